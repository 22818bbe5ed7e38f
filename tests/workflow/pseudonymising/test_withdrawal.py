"""Somebody who withdraws is gone at the next run: id, pseudonym and words, in every file."""

from datetime import date

import pytest
from builders.review_sheets import STUDY, decide, make_private_study
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import wbkit as wb
from wbkit.data.consent import read_consent
from wbkit.study.study import load_study
from wbkit.workflow.checking import check
from wbkit.workflow.notebooks import as_text
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising.reviewing import pseudonymise
from wbkit.workflow.release.ledger import write_release
from wbkit.workflow.running import run
from wbkit.workflow.verifying import accept

TALKS = {
    "gesprek_a7": "Interviewer: Hoe gaat het?\nStudent: Zeldzame zinswending van Fatima Yilmaz "
                  "over haar coach Petra, want alpaca.\n",
    "gesprek_b8": "Interviewer: En jij?\nStudent: Fatima vertelde mij veel, en Petra ook.\n",
}
SURVEY = "naam;code;tip\nFatima Yilmaz;QX77;mijn unieke okapi\nKevin Smit;RZ88;meer rust graag\n"
ITEMS = STUDY + '''
[sources.students.items.code]
kind = "open"
sensitivity = "identifier"
link = "hash"
'''
CONSENT = """who;source;basis;text_version;age;quotes;given;withdrawn;names
gesprek_a7;interviews;consent;v2;17;yes;2026-01-10;2026-02-01;Fatima Yilmaz
QX77;students;consent;v2;17;yes;2026-01-10;2026-02-01;
"""


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))


def everything(folder):
    """Return what stands in every file that wbkit made, names of files included."""
    apart = ("raw", "private")
    return b"\n".join(
        path.name.encode() + b"\n" + path.read_bytes() for path in sorted(folder.rglob("*"))
        if path.is_file() and not set(apart) & set(path.relative_to(folder).parts)).decode(
            errors="replace")


def notebook(folder):
    cells = ["import wbkit as wb\nstudy = wb.load_study()",
             "texts = wb.read_texts(study, 'interviews')\ntable = wb.excerpts(texts)\ntable",
             "wb.save(table, '10_woorden')"]
    made = new_notebook(cells=[new_markdown_cell("# Woorden"), *map(new_code_cell, cells)])
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "10_woorden.ipynb").write_text(as_text(made), encoding="utf-8")


def test_a_withdrawn_person_is_nowhere_after_the_next_run(tmp_path):
    folder = tmp_path / "s"
    file = make_private_study(folder, study=ITEMS, talks=TALKS, survey=SURVEY)
    notebook(folder)
    study = load_study(file)
    pseudonymise(study)
    decide(file)
    pseudonymise(study)
    texts = wb.read_texts(study, "interviews")
    pseudonym = texts.text("gesprek_b8").split("[")[1].split("]")[0]
    with wb.CodingStore(file.parent / "coding") as store:
        store.add_documents(texts)
        store.add("gesprek_a7", 0, 20, "coach", coder="anna", memo="alpaca bij gesprek_a7")
        store.consider("gesprek_a7", ["coach"], coder="anna")
        store.add_memo("gesprek_a7 is apart", coder="anna", document="gesprek_a7")
    left = file.parent / "coding" / ".journal" / ".gesprek_a7.txt.99999999-1.part"
    left.write_text("Zeldzame zinswending")
    run(study)
    (link,) = [line.split(",")[2] for line in
               (file.parent / "processed" / "students.csv").read_text().splitlines()
               if "okapi" in line]
    before = everything(folder)
    for word in ("gesprek_a7", "Zeldzame", "alpaca", "okapi", link, pseudonym):
        assert word in before, word
    (file.parent / "private" / "consent.csv").write_text(CONSENT, encoding="utf-8")
    study = load_study(file)
    with pytest.raises(wb.DataError, match=r"1 file of texts are still theirs alone"):
        prepare(study)
    (file.parent / "raw" / "texts" / "gesprek_a7.txt").unlink()
    pseudonymise(study)
    decide(file)
    pseudonymise(study)
    run(study)
    after = everything(folder)
    for word in ("gesprek_a7", "Zeldzame", "alpaca", "okapi", link, pseudonym, "QX77", "Fatima"):
        assert word not in after, word
    assert "vertelde mij veel" in after
    assert len(wb.read_responses(study, "students").data) == 1


def left(study):
    return [one.words for one in check(study) if "withdrew" in one.words]


def test_until_results_are_accepted_anew_check_says_where_a_withdrawn_person_can_stand(tmp_path):
    folder = tmp_path / "s"
    file = make_private_study(folder, study=ITEMS, talks=TALKS, survey=SURVEY)
    notebook(folder)
    study = load_study(file)
    pseudonymise(study)
    decide(file)
    pseudonymise(study)
    with wb.CodingStore(file.parent / "coding") as store:
        store.add_documents(wb.open_answers(wb.read_responses(study, "students"), "tip"))
        store.add("students.tip/2", 0, 4, "tip", coder="anna", memo="okapi dus")
    pseudonym = wb.read_texts(study, "interviews").text("gesprek_b8").split("[")[1].split("]")[0]
    run(study)
    accept(study)
    write_release(study, {"10_woorden": wb.excerpts(wb.read_texts(study, "interviews"))},
                  profile="intern", on=date(2026, 1, 15))
    ledger = (file.parent / "releases" / "2026-01-15.json").read_text()
    assert "Zeldzame" not in ledger and "gesprek_a7" not in ledger
    assert left(study) == []
    assert "Zeldzame" in (file.parent / "expected" / "tables" / "10_woorden.csv").read_text()
    (file.parent / "private" / "consent.csv").write_text(CONSENT, encoding="utf-8")
    (file.parent / "raw" / "texts" / "gesprek_a7.txt").unlink()
    study = load_study(file)
    (line,) = left(study)
    assert "Give wbkit pseudonymise, wbkit run and wbkit accept." in line
    pseudonymise(study)
    decide(file)
    pseudonymise(study)
    run(study)
    (line,) = left(study)
    assert "data/expected holds other results than those of now (" in line
    assert "10_woorden" in line
    accept(study)
    assert left(study) == []
    after = everything(folder)
    for word in ("gesprek_a7", "Zeldzame", "alpaca", "okapi", "QX77", "Fatima", pseudonym):
        assert word not in after, word


def test_a_withdrawn_sheet_of_a_file_with_several_goes_and_the_others_stay(tmp_path):
    talks = {"gesprek_allen": "Blad een\n# id: s1\nStudent: okapi\nBlad twee\n# id: s2\n"
                              "Student: meer rust\n"}
    study = STUDY.replace('interviewers = ["Interviewer"]', 'sheets = "Blad", interviewers = []')
    file = make_private_study(tmp_path / "s", study=study, talks=talks, survey=SURVEY)
    (file.parent / "private").mkdir()
    (file.parent / "private" / "consent.csv").write_text("who,withdrawn\ns1,2026-02-01\n")
    prepare(load_study(file))
    made = wb.read_texts(load_study(file), "interviews")
    assert made.texts["document"].tolist() == ["s2"]
    assert "okapi" not in "".join(path.read_text() for path in (
        file.parent / "processed").glob("interviews*"))


def test_a_number_withdraws_a_row_of_the_survey(tmp_path):
    file = make_private_study(tmp_path / "s", study=ITEMS, survey=SURVEY)
    (file.parent / "private").mkdir()
    (file.parent / "private" / "consent.csv").write_text("who;withdrawn\nQX77;2026-02-01\n")
    prepare(load_study(file))
    assert "okapi" not in everything(tmp_path / "s")


@pytest.mark.parametrize(("line", "words"), [
    ("who;when\na;2026-01-01", "has the columns who, when"),
    ("who;withdrawn\na;gisteren", "line 2: withdrawn is 'gisteren'"),
    ("who;basis\na;zomaar", "basis is 'zomaar'"),
    ("who;quotes\na;soms", "line 2: quotes is 'soms'. It may be yes or no"),
    ("who;age;parent\na;15;misschien", "line 2: parent is 'misschien'"),
    ("who;age\na;vijftien", "line 2: age is 'vijftien'. Write whole years"),
])
def test_a_register_that_cannot_be_read_says_where(tmp_path, line, words):
    (tmp_path / "consent.csv").write_text(line)
    with pytest.raises(wb.DataError, match=words):
        read_consent(tmp_path)


def test_there_need_be_no_register(tmp_path):
    assert read_consent(tmp_path) == ()
