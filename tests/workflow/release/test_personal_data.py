import json

import openpyxl
import pytest
from builders.studies import REAL, REAL_RAW, STUDY, make_notebook, make_study, wbkit
from openpyxl.comments import Comment

from wbkit.coding.store.store import CodingStore
from wbkit.study.study import load_study
from wbkit.workflow.preparing import prepare
from wbkit.workflow.release.personal_data import people_in_files
from wbkit.workflow.release.rules import Rules

PLANTED = {"Fatima Yilmaz": "a name of the project's list", "06-12345678": "a phone number",
           "BSN 111222333": "a BSN", "NL91ABNA0417164300": "a bank account",
           "f.y@school.nl": "an e-mail address"}


@pytest.fixture
def study(tmp_path):
    study = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    (tmp_path / "data/private").mkdir()
    (tmp_path / "data/private/names.csv").write_text("fatima yilmaz\n", encoding="utf-8")
    return study


def in_study_toml(folder, words):
    file = folder / "data/study.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(
        'kind = "ordinal"', f'kind = "ordinal"\nnote.nl = "{words}"'), encoding="utf-8")
    return "data/study.toml, line 23"


def in_notebook(folder, words):
    path = make_notebook(folder, "x")
    path.write_text(path.read_text(encoding="utf-8").replace('"outputs": []', json.dumps(
        {"outputs": [{"output_type": "stream", "name": "stdout", "text": words}]})[1:-1]),
        encoding="utf-8")
    return "notebooks/10_gezien.ipynb, cell 4, its output"


def in_alternative_text(folder, words):
    (folder / "results/figures").mkdir(parents=True)
    about = {"kind": "frequency", "title": "x", "fingerprint": "0", "alt": words}
    (folder / "results/figures/10_gezien.json").write_text(json.dumps(about), encoding="utf-8")
    return "results/figures/10_gezien.json, alt"


def in_comment(folder, words):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["A1"].comment = Comment(words, "x")
    book.save(folder / "vragen.xlsx")
    return "vragen.xlsx, comment at cell A1"


def in_transcript(folder, words):
    with CodingStore(folder / "data/coding", codes=["a"]) as store:
        store.add_document("gesprek", f"Eerst dit. {words} zei dat.", privacy="real")
    return "data/coding/documents/gesprek.txt, line 1"


def in_cleaned_answers(folder, words):
    (folder / "data/processed").mkdir()
    (folder / "data/processed/students.csv").write_text(f"row;kwijt\n2;{words}\n",
                                                        encoding="utf-8")
    return "data/processed/students.csv, line 2"


@pytest.mark.parametrize("words", PLANTED)
@pytest.mark.parametrize("plant", [in_study_toml, in_notebook, in_alternative_text, in_comment,
                                   in_transcript, in_cleaned_answers])
def test_what_is_planted_anywhere_is_found_and_not_repeated(study, tmp_path, plant, words):
    place = plant(tmp_path, words)
    found = people_in_files(load_study(study.file), tmp_path / "notebooks", Rules())
    assert f"{place}: {PLANTED[words]}" in found
    assert not any(words in line for line in found)


def test_nothing_is_found_where_nothing_stands(study, tmp_path):
    make_notebook(tmp_path)
    prepare(study)
    assert people_in_files(study, tmp_path / "notebooks", Rules()) == []


def test_cleaned_answers_that_were_made_up_are_not_looked_through(tmp_path):
    study = load_study(make_study(tmp_path, study=STUDY))
    in_cleaned_answers(tmp_path, "06-12345678")
    assert people_in_files(study, tmp_path / "notebooks", Rules()) == []


def test_check_names_the_place(study, tmp_path):
    prepare(study)
    in_comment(tmp_path, "06-12345678")
    done = wbkit("check", "--study", study.file)
    assert done.exit_code == 1
    assert "NOT OK  personal data: vragen.xlsx, comment at cell A1: a phone number" in done.output
    assert "12345678" not in done.output
