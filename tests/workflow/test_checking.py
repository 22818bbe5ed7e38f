"""Check names what is not in order and what to do, and changes nothing."""

import pytest
from builders.studies import RAW, STUDY, contents, make_notebook, make_study, wbkit

from wbkit.coding.store.store import CodingStore
from wbkit.intake.processed import read_responses
from wbkit.study.study import load_study
from wbkit.survey.frequency import frequency
from wbkit.workflow.checking import check
from wbkit.workflow.preparing import prepare
from wbkit.workflow.running import refresh_notebooks


@pytest.fixture
def study(tmp_path):
    loaded = load_study(make_study(tmp_path))
    make_notebook(tmp_path, "answer = 'eens'", "print(answer)")
    return loaded


def faults(study):
    return {point.name: point.words for point in check(study) if not point.ok}


def test_a_fresh_study_lacks_prepared_data_and_its_notebooks_wait(study):
    found = faults(study)
    assert set(found) == {"processed"}
    assert "wbkit prepare" in found["processed"]
    words = {point.name: point.words for point in check(study)}
    assert words["notebooks"] == "1, not run yet; wbkit run runs them"


def test_a_notebook_that_was_not_run_beside_one_that_was_is_named(study):
    refresh_notebooks(study)
    make_notebook(study.folder.parent, "print(1)", name="20_later.ipynb")
    found = faults(study)
    assert "20_later.ipynb: its code cells were not run once in order" in found["notebooks"]
    assert "Run wbkit notebooks" in found["notebooks"]


def test_everything_in_order(study):
    prepare(study)
    refresh_notebooks(study)
    assert faults(study) == {}


def test_check_changes_nothing(study):
    before = contents(study.folder.parent)
    check(study)
    assert contents(study.folder.parent) == before


def test_unclean_data_are_named_with_what_to_do(study):
    make_study(study.folder.parent, raw=RAW.replace("neutraal", "best wel"))
    assert "'best wel'" in faults(study)["raw data"]


def test_the_command_says_per_point_what_is_not_in_order(study):
    done = wbkit("check", "--study", study.file)
    assert done.exit_code == 1
    assert "ok      raw data: raw/enquete.csv: 12 rows, 11 kept" in done.output
    assert "NOT OK  processed: " in done.output
    assert "ok      notebooks: 1, not run yet" in done.output
    assert "Not in order: 1 of 6 points; see NOT OK above." in done.output


def test_notebooks_are_run_in_place_and_a_second_time_changes_nothing(study):
    root = study.folder.parent
    done = wbkit("notebooks", "--study", study.file)
    assert (done.exit_code, "10_gezien.ipynb" in done.output) == (0, True)
    before = contents(root / "notebooks")
    done = wbkit("notebooks", "--study", study.file)
    assert (done.exit_code, "changed: none" in done.output) == (0, True)
    assert contents(root / "notebooks") == before
    assert not (root / "results").exists()


def test_a_failing_notebook_stays_as_it_was(study):
    path = make_notebook(study.folder.parent, "1 / 0", name="20_wrong.ipynb")
    before = path.read_bytes()
    done = wbkit("notebooks", "--study", study.file)
    assert done.exit_code == 1
    assert "20_wrong.ipynb, code cell 1 ('1 / 0'): ZeroDivisionError" in done.output
    assert path.read_bytes() == before


def test_codings_are_compared_with_their_texts_and_the_codebook(study):
    (study.folder / "codebook.toml").write_text('[codes.druk]\nlabel = "x"\ndefinition = "x"\n')
    with CodingStore(study.folder / "coding") as store:
        store.add_document("a", "Ik had stress.", privacy="synthetic")
        store.add("a", 7, 13, "druk", coder="anna")
        assert "edits of anna are not in coding/codings yet" in faults(study)["coding"]
    assert "coding" not in faults(study)
    with CodingStore(study.folder / "coding") as store:
        wrong = store.add("a", 0, 2, "drukk", coder="anna")
    assert "Did you mean 'druk'?" in faults(study)["coding"]
    store.withdraw(wrong, coder="anna")
    store.close()
    assert "coding" not in faults(study)
    path = study.folder / "coding" / "codings" / "anna" / "a.jsonl"
    path.write_text(path.read_text().replace('"quote":"stress"', '"quote":"strass"'))
    assert "does not stand at 7-13: its quote differs" in faults(study)["coding"]


def test_check_ends_with_1_while_a_question_of_the_draft_is_open(tmp_path):
    file = make_study(tmp_path, study=STUDY + 'doubt = "Hoort hier een 0 bij?"\n')
    prepare(load_study(file))
    done = wbkit("check", "--study", file)
    assert done.exit_code == 1
    assert "NOT OK  asked: students, ASK  items.gezien: Hoort hier een 0 bij? Answer it in " \
        "study.toml, and remove doubt there." in done.output
    file.write_text(STUDY, encoding="utf-8")
    prepare(load_study(file))
    assert wbkit("check", "--study", file).exit_code == 0


def test_a_table_of_an_item_with_an_open_question_is_not_confirmed(tmp_path):
    file = make_study(tmp_path, study=STUDY + 'doubt = "Hoort hier een 0 bij?"\n')
    study = load_study(file)
    prepare(study)
    answers = read_responses(study, "students")
    assert "Nog niet bevestigd" in repr(frequency(answers, "gezien"))
    assert "Nog niet bevestigd" not in repr(frequency(answers, "leerweg"))
