"""From a file of any program to results: new, describe, prepare and run, and on the example too."""

import shutil

import pytest
from builders.look_alikes import PROGRAMS, ROWS
from builders.studies import wbkit

import wbkit as wb
from wbkit.study.study import STUDY_VARIABLE
from wbkit.workflow import notebooks as rules
from wbkit.workflow.describe.study_file import begin_study
from wbkit.workflow.executing import execute, place_for
from wbkit.workflow.files import list_notebooks

pytestmark = pytest.mark.proof

AFTER_A_RUN = (rules.has_output, rules.without_error, rules.without_warnings, rules.stable_output)


def faults_of(folder, study):
    """Run every notebook of a study, and say what is wrong with it."""
    paths = list_notebooks(folder / "notebooks")
    with place_for(study, folder / "results", folder) as place:
        made = execute(paths, place)
    return [f"{path.name}: {words}" for path, notebook in zip(paths, made, strict=True)
            for rule in AFTER_A_RUN for words in rule(notebook, path.name)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_export_becomes_results_without_a_line_of_code(name, tmp_path, monkeypatch):
    monkeypatch.delenv(STUDY_VARIABLE, raising=False)
    folder = tmp_path / "studie"
    assert wbkit("new", folder).exit_code == 0
    raw = PROGRAMS[name](folder / "data" / "raw" / name)
    monkeypatch.chdir(folder)
    for words in (("describe", raw, "--design", "present"), ("prepare",)):
        done = wbkit(*words)
        assert done.exit_code == 0, done.output
    study = wb.load_study(folder)
    (source,) = study.sources
    answers = wb.read_responses(study, source)
    assert answers.n == ROWS
    assert len([item for item in answers.source.items.values() if item.kind == "ordinal"]) >= 3
    assert faults_of(folder, study) == []
    names = {path.name[:2] for path in (folder / "results" / "figures").glob("*.png")}
    assert {"10", "15", "20"} <= names


def test_every_notebook_runs_on_the_example_as_it_is(processed, tmp_path):
    begin_study(tmp_path / "studie")
    shutil.rmtree(tmp_path / "studie" / "data")
    assert faults_of(tmp_path / "studie", processed) == []
