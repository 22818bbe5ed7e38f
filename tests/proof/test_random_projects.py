"""Random projects of other programs: none comes in with other words than were selected."""

import pytest
from builders.random_projects import projects, right_or_asked
from hypothesis import HealthCheck, given, settings

pytestmark = pytest.mark.proof


@settings(derandomize=True, max_examples=500, deadline=None,
          suppress_health_check=list(HealthCheck))
@given(projects())
def test_of_500_random_projects_none_is_accepted_wrongly(tmp_path_factory, made):
    assert right_or_asked(made, tmp_path_factory.mktemp("a"))
