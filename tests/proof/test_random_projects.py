"""Random projects of other programs: none comes in with other words than were selected."""

import unicodedata

import pytest
from builders import refi_projects as rf
from builders.random_projects import projects
from hypothesis import HealthCheck, given, settings

import wbkit as wb

pytestmark = pytest.mark.proof


@settings(derandomize=True, max_examples=500, deadline=None,
          suppress_health_check=list(HealthCheck))
@given(projects())
def test_of_500_random_projects_none_is_accepted_wrongly(tmp_path_factory, made):
    if not made.places:
        return
    path = rf.qdpx(tmp_path_factory.mktemp("a") / "a.qdpx", rf.project(rf.source(made.raw())),
                   {"Sources/gesprek.txt": made.text.encode()})
    try:
        project = wb.read_refi(path)
    except wb.CodingError as error:
        assert "is not certain how the program counted" in str(error)  # asked, not refused
        return
    wanted = [unicodedata.normalize("NFC", quote.replace("\r\n", "\n")).strip()
              for quote in made.quotes]
    assert [one.quote.strip() for __, one in project.selections()] == wanted
