"""Results are read back as they were saved: no Table is counted again."""

import json

import pytest
from builders.report_studies import save_results
from builders.studies import make_notebook, make_study

import wbkit as wb
from wbkit.errors import DataError
from wbkit.report.saved_results import read_results
from wbkit.workflow.running import run


@pytest.fixture
def saved(tmp_path):
    return save_results(tmp_path, answers=False)


def test_every_saved_table_comes_back_with_its_title(saved):
    study, results = saved
    assert list(results.tables) == ["00_dekking", "10_gezien", "11_gezien_team", "40_wens"]
    again = wb.frequency(wb.read_responses(study, "students"), "gezien")
    assert results.tables["10_gezien"].table.fingerprint == again.fingerprint
    assert results.tables["10_gezien"].show("nl").title == again.show().title


def test_words_of_another_language_are_made_when_it_is_shown(saved):
    assert saved[1].tables["10_gezien"].show("en").title == "I feel seen"


def test_a_figure_can_be_drawn_again_in_another_language(saved):
    figure = saved[1].figures["10_gezien"].draw("en")
    assert "agree 17" in figure.alt


def test_a_figure_that_somebody_drew_by_hand_cannot(saved):
    study, _ = saved
    file = study.results / "figures" / "10_gezien.json"
    about = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(about | {"plot": "my_own"}), encoding="utf-8")
    assert read_results(study).figures["10_gezien"].draw("nl") is None


def test_each_result_knows_its_notebook(tmp_path):
    study = wb.load_study(make_study(tmp_path))
    make_notebook(tmp_path)
    run(study)
    results = read_results(study)
    assert results.tables["10_gezien"].notebook == "10_gezien"
    assert results.notebooks == {"10_gezien": "Wie voelt zich gezien?"}


def test_without_results_the_message_says_what_to_do(tmp_path):
    study = wb.load_study(make_study(tmp_path))
    with pytest.raises(DataError, match="holds no Tables, .* Give wbkit run first"):
        read_results(study)


@pytest.mark.parametrize("content", ["{", "[]", '{"title": "x"}'])
def test_a_damaged_file_is_named(saved, content):
    study, _ = saved
    (study.results / "tables" / "10_gezien.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"tables/10_gezien.json: is damaged"):
        read_results(study)
