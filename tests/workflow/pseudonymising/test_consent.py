"""Who did not agree to be quoted is counted and never quoted; who is under 16 needs a parent."""

from dataclasses import replace

import pytest
from builders.review_sheets import STUDY, decide, make_private_study
from docx import Document as Word
from pandas.testing import assert_frame_equal

import wbkit as wb
from wbkit.data.documents import UNQUOTED
from wbkit.study.study import load_study
from wbkit.workflow.checking import check
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising.reviewing import pseudonymise

TALKS = {
    "gesprek_01": "Interviewer: Hoe gaat het?\nStudent: de planning is een okapi voor mij.\n",
    "gesprek_02": "Interviewer: En jij?\nStudent: de planning gaat best goed.\n",
}
SURVEY = "naam;tip\nFatima Yilmaz;mijn unieke alpaca\nKevin Smit;meer rust graag\n"
REGISTER = """who;source;quotes
gesprek_01;interviews;no
gesprek_02;interviews;yes
Fatima Yilmaz;students;nee
"""
BOOK = wb.Codebook.model_validate({"codes": {
    "plan": {"label": "Planning", "definition": "Over plannen."},
    "rust": {"label": "Rust", "definition": "Over rust."}}})


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))


def consent(file, text):
    (file.parent / "private").mkdir(exist_ok=True)
    (file.parent / "private" / "consent.csv").write_text(text, encoding="utf-8")
    return load_study(file)


@pytest.fixture
def study(tmp_path):
    file = make_private_study(tmp_path / "s", study=STUDY, talks=TALKS, survey=SURVEY)
    study = consent(file, REGISTER)
    pseudonymise(study)
    decide(file)
    pseudonymise(study)
    return study


def coded(study):
    texts = wb.read_texts(study, "interviews")
    with wb.CodingStore(study.folder / "coding") as store:
        store.add_documents(texts)
        for coder in ("anna", "bo"):
            for name in TALKS:
                at = texts.text(name).index("de planning")
                if coder == "anna" or name == "gesprek_02":
                    store.add(name, at, len(texts.text(name)), "plan", coder=coder)
                store.consider(name, ["plan", "rust"], coder=coder, blind=True)
    return wb.read_codings(study, "interviews", codebook=BOOK)


def test_words_of_who_did_not_agree_are_in_no_excerpt_and_the_row_says_so(study):
    rows = wb.excerpts(wb.read_texts(study, "interviews")).data
    assert rows.to_numpy().tolist() == [
        ["gesprek_01", UNQUOTED], ["gesprek_02", "de planning gaat best goed."]]
    assert wb.excerpts(wb.open_answers(wb.read_responses(study, "students"), "tip")).data[
        "quote"].tolist() == [UNQUOTED, "meer rust graag"]


@pytest.mark.parametrize("show", [
    lambda codings: wb.coded_segments(codings, "plan"),
    lambda codings: wb.negative_cases(codings, "plan", other="rust"),
    wb.disagreements,
], ids=["coded_segments", "negative_cases", "disagreements"])
def test_a_listing_of_quotes_says_who_did_not_agree(study, show):
    table = show(coded(study))
    data = table.data
    assert data.loc[data["document"] == "gesprek_01", "quote"].unique().tolist() == [UNQUOTED]
    assert "okapi" not in data.to_csv() + repr(table)


def test_a_code_that_one_person_has_is_listed_without_the_words(study):
    texts = wb.read_texts(study, "interviews")
    with wb.CodingStore(study.folder / "coding") as store:
        store.add_documents(texts)
        store.add("gesprek_01", texts.text("gesprek_01").index("de planning"),
                  len(texts.text("gesprek_01")), "rust", coder="anna")
    codings = wb.read_codings(study, "interviews", codebook=BOOK)
    assert wb.unique_cases(codings).data["quote"].tolist() == [UNQUOTED]


def test_counts_stay_as_they_are(study):
    codings = coded(study)
    free = replace(codings, documents=replace(codings.documents, unquoted=frozenset()))
    assert codings.documents.unquoted == {"gesprek_01"}
    assert_frame_equal(wb.code_frequency(codings).data, wb.code_frequency(free).data)
    assert len(wb.coded_segments(codings, "plan").data) == 2


@pytest.mark.parametrize("shape", ["rows", "segments"])
def test_an_export_holds_the_coding_without_the_words(study, tmp_path, shape):
    ending = ".docx" if shape == "segments" else ".csv"
    path = wb.export_codings(coded(study), tmp_path / f"out{ending}", shape=shape)
    text = path.read_text() if shape == "rows" else "\n".join(
        one.text for one in Word(path).paragraphs)
    assert "okapi" not in text
    assert UNQUOTED in text
    assert "de planning gaat best goed" in text


def test_a_change_of_mind_counts_at_once_for_what_was_coded(study):
    coded(study)
    consent(study.file, REGISTER.replace("gesprek_02;interviews;yes", "gesprek_02;interviews;no"))
    codings = wb.read_codings(load_study(study.file), "interviews", codebook=BOOK)
    assert set(wb.coded_segments(codings, "plan").data["quote"]) == {UNQUOTED}


def test_nobody_is_silenced_without_a_register(tmp_path):
    file = make_private_study(tmp_path / "s", study=STUDY, talks=TALKS, survey=SURVEY)
    prepare(load_study(file))
    assert wb.read_texts(load_study(file), "interviews").unquoted == frozenset()


def people_under_16(study):
    return [one for one in check(study) if "under 16" in one.words]


def test_check_says_who_is_under_16_without_a_parent(study):
    study = consent(study.file, "who;age;parent;withdrawn;basis\na;15;;;consent\nb;15;ja;;consent\n"
                                "c;16;;;consent\nd;14;no;;consent\ne;15;;2026-02-01;consent\n"
                                "f;15;;;task\n")
    (point,) = people_under_16(study)
    assert (point.name, point.ok) == ("personal data", False)
    assert point.words == (
        "consent.csv: 2 people under 16 agreed without a parent (lines 2, 5). Ask a parent or "
        "guardian, and write yes in the column parent. Does nobody agree? Write a day under "
        "withdrawn.")


def test_check_has_nothing_to_say_about_who_is_16(study):
    assert people_under_16(consent(study.file, "who;age\na;16\nb;\n")) == []
