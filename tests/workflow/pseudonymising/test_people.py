"""A line of consent.csv means one person: an id is no row number, and a typing error is told."""

import pandas as pd
import pytest
from builders.review_sheets import STUDY, make_private_study

import wbkit as wb
from wbkit.data.consent import Consent
from wbkit.data.documents import Documents
from wbkit.study.study import load_study
from wbkit.workflow.checking import check
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising.applying import Private

NUMBERS = STUDY.replace("synthetic = false\n\n[sources.students.items.naam]",
                        'synthetic = false\nignore = ["minuten"]\n\n[sources.students.items.naam]')
SURVEY = "naam;tip;minuten\n3;a ja;10\n4;b nee;12\n12;c wel;3\nQx77;d niet;8\nQx77;e soms;9\n"
TALKS = {"gesprek_01": "Interviewer: Hoe gaat het?\nStudent: de planning gaat best goed.\n",
         "gesprek_02": "Interviewer: En jij?\nStudent: de coach is een okapi voor mij.\n"}


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))


def study(folder, *lines, head="who;source;withdrawn", text=NUMBERS, survey=SURVEY):
    file = make_private_study(folder, study=text, talks=TALKS, survey=survey)
    (file.parent / "private").mkdir(exist_ok=True)
    (file.parent / "private" / "consent.csv").write_text(
        "\n".join((head, *lines)), encoding="utf-8")
    return load_study(file)


def kept(study):
    prepare(study)
    return [text[0] for text in wb.read_responses(study, "students").data["tip"]]


def unclear(study):
    return [one.words for one in check(study) if "this who" in one.words and not one.ok]


@pytest.mark.parametrize(("who", "rows"), [
    ("3", "bcde"),  # the id of row 2; row 3 is of somebody else, who answered in 3 minutes
    ("12", "abde"),  # the id of row 4; row 3 took 12 minutes
    ("row:3", "acde"), ("qX77", "abc"), ("5", "abcde")])
def test_who_is_an_id_and_row_is_written_out(tmp_path, who, rows):
    assert "".join(kept(study(tmp_path / "s", f"{who};students;2026-02-01"))) == rows


def test_without_a_column_of_ids_a_number_is_a_row(tmp_path):
    text = NUMBERS.replace('\nsensitivity = "identifier"', "")
    made = study(tmp_path / "s", "3;students;2026-02-01", text=text.replace(
        "items.naam", "items.kleur"), survey=SURVEY.replace("naam", "kleur"))
    assert "".join(kept(made)) == "acde"


def test_an_ignored_column_that_says_who_somebody_is_counts(tmp_path):
    text = NUMBERS.replace("minuten", "studentnummer")
    made = study(tmp_path / "s", "12;students;2026-02-01", text=text,
                 survey=SURVEY.replace("minuten", "studentnummer").replace("12;c", "77;c"))
    assert "".join(kept(made)) == "acde"


def test_check_says_that_nobody_has_this_id(tmp_path):
    made = study(tmp_path / "s", "5;students;2026-02-01", "gesprek_09;interviews;2026-02-01",
                 "3;student;2026-02-01", "12;students;2026-02-01", "99;;")
    assert [(one[:19], "nobody in" in one) for one in unclear(made)] == [
        (f"consent.csv, line {line}", True) for line in (2, 3, 4)]
    assert unclear(made)[0] == (
        "consent.csv, line 2: nobody in students has this who, so nothing happens. Correct who or "
        "source; row:12 is row 12 of the file. Did you take what was theirs out of the raw files? "
        "Write that day under removed.")


def test_check_is_content_when_the_day_of_removal_is_written(tmp_path):
    made = study(tmp_path / "s", "gesprek_09;interviews;2026-02-01;2026-02-03",
                 head="who;source;withdrawn;removed")
    assert unclear(made) == []


def test_check_says_that_an_id_is_of_several_rows(tmp_path):
    made = study(tmp_path / "s", "Qx77;students;no", "row:5;students;no", "row:6;students;no",
                 head="who;source;quotes")
    assert unclear(made) == [
        "consent.csv, line 2: this who stands in 2 rows of students, and all of them are taken "
        "for this person. Write one line for each row that is, with row:12 for row 12 of the "
        "file."]


def test_answers_of_a_row_with_the_number_of_an_id_stay(tmp_path):
    made = study(tmp_path / "s")
    frame = pd.DataFrame({"document": ["2", "3"], "text": ["van 3 zelf", "van een ander"]})
    answers = Documents.of(frame, made.sources["students"], item="tip")
    private = Private(consents=(Consent("3", withdrawn="2026-02-01"), Consent("3", quotes="no")))
    assert private.without_withdrawn(answers).texts["document"].tolist() == ["2", "3"]
    assert private.documents(answers).unquoted == frozenset()  # whose they are, the rows tell


def test_capitals_of_the_name_of_a_text_do_not_matter(tmp_path):
    made = study(tmp_path / "s", "Gesprek_02;interviews;no", head="who;source;quotes")
    prepare(made)
    assert wb.read_texts(made, "interviews").unquoted == {"gesprek_02"}
    assert unclear(made) == []
