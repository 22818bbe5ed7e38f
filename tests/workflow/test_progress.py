"""Who waits is told how far it is, and how long each part took."""

import pytest
from builders.studies import make_notebook, make_study

from wbkit.messages import MESSAGES_VARIABLE, _
from wbkit.study.study import load_study
from wbkit.workflow.executing import execute, place_for
from wbkit.workflow.overview.standard import standard_results
from wbkit.workflow.preparing import clean_sources, prepare
from wbkit.workflow.progress import CELL, duration, is_passing


@pytest.mark.parametrize(("seconds", "english", "dutch"), [
    (0.0, "1 second", "1 seconde"),
    (12.4, "12 seconds", "12 seconden"),
    (60, "1 minute", "1 minuut"),
    (125, "2 minutes and 5 seconds", "2 minuten en 5 seconden"),
    (61, "1 minute and 1 second", "1 minuut en 1 seconde"),
])
def test_a_duration_is_told_in_seconds_or_in_minutes_and_seconds(
        seconds, english, dutch, monkeypatch):
    assert duration(seconds) == english
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    assert duration(seconds) == dutch


def test_only_what_says_at_which_cell_or_table_a_run_is_passes_by():
    cell = _(CELL, notebook="10_a.ipynb", cell=1, cells=2, number=1, notebooks=3)
    assert (is_passing(cell), is_passing(str(cell)), is_passing(duration(3))) == (
        True, False, False)


def test_every_line_about_notebooks_says_how_many_of_how_many(tmp_path):
    study = load_study(make_study(tmp_path))
    paths = [make_notebook(tmp_path, "1 + 1", name=f"{number}_a.ipynb") for number in (10, 20)]
    said = []
    with place_for(study, tmp_path / "results", paths[0].parent) as place:
        execute(paths, place, watch=said.append)
    cells = [line for line in said if is_passing(line)]
    assert "10_a.ipynb: cell 1 of 1 (notebook 1 of 2)" in cells
    ends = [line for line in said if not is_passing(line)]
    assert [line.partition(" (")[2] for line in ends] == ["notebook 1 of 2)", "notebook 2 of 2)"]
    assert all(" done in " in line and "second" in line for line in ends)


def test_every_line_about_sources_and_tables_says_how_many_of_how_many(tmp_path):
    study, said = load_study(make_study(tmp_path)), []
    clean_sources(study, watch=said.append)
    assert said == ["reading raw/enquete.csv (source 1 of 1)"]
    prepare(study)
    tables = []
    standard_results(study.model_copy(update={"results": tmp_path / "results"}),
                     watch=tables.append)
    passing = [line for line in tables if is_passing(line)]
    assert passing[0].endswith(f": 1 of {len(passing)} (source 1 of 1)")
    assert passing[-1].endswith(f": {len(passing)} of {len(passing)} (source 1 of 1)")
