"""A slip of the pen is refused or named: the code, the coder, the text."""

import pytest
from builders.transcripts import codebook, source

import wbkit as wb
from wbkit.coding.store.store import CodingStore
from wbkit.messages import MESSAGES_VARIABLE

BOOK = codebook(druk=["stress"], sfeer=[])


@pytest.fixture
def store(tmp_path):
    with CodingStore(tmp_path / "coding", codes=BOOK.codes) as made:
        made.add_document("a", "Ik had stress.", privacy="synthetic", source="leiders")
        yield made


@pytest.mark.parametrize("slip", [
    lambda store: store.add("a", 0, 2, "drukk", coder="anna"),
    lambda store: store.consider("a", ["druk", "drukk"], coder="anna"),
    lambda store: store.change_code("rename", "drukk", "x", coder="anna"),
    lambda store: store.add_memo("x", coder="anna", code="drukk"),
])
def test_a_code_that_is_not_in_the_codebook_is_refused(store, slip):
    with pytest.raises(wb.CodingError, match="'drukk', which is not in codebook.toml. Did you mea"):
        slip(store)
    assert (store.codings(), store.considered(), store.operations(), store.memos()) == ([],) * 4


def test_a_code_of_before_a_change_is_known(store):
    store.change_code("rename", "druk", "spanning", coder="anna")
    with pytest.raises(wb.CodingError, match="no longer in use. Use spanning"):
        store.add("a", 0, 2, "druk", coder="anna")
    free = CodingStore(store.folder, codes=codebook(spanning=[]).codes)
    assert free.add("a", 0, 2, "spanning", coder="bas").code == "spanning"
    assert free.check(["spanning"]) == []


def test_check_names_the_line_with_an_unknown_code(store):
    with CodingStore(store.folder) as free:
        wrong = free.add("a", 0, 2, "drukk", coder="anna")
        free.consider("a", ["sfeerr"], coder="anna")
    assert store.faults() == []
    assert store.check(BOOK.codes) == [
        f"codings/anna/a.jsonl, line 2: document 'a', coder anna: the coding {wrong.id} has the "
        "code 'drukk', which is not in codebook.toml. Did you mean 'druk'?",
        "codings/anna/a.jsonl, line 1: document 'a', coder anna: looked for the code 'sfeerr', "
        "which is not in codebook.toml. Did you mean 'sfeer'?"]
    free.withdraw(wrong, coder="anna")
    free.consider("a", ["sfeer"], coder="anna")
    assert store.check(BOOK.codes) == []


@pytest.mark.parametrize("text", [None, b"abc", 3])
def test_a_text_that_is_no_string_is_refused(store, text):
    with pytest.raises(wb.CodingError, match="b: its text is of type"):
        store.add_document("b", text, privacy="synthetic")


def test_a_memo_about_something_else_is_refused(store):
    with pytest.raises(wb.CodingError, match="a memo has 'about'. It may have document"):
        store.add_memo("x", coder="anna", about="druk")


def test_a_store_is_a_folder(tmp_path):
    (tmp_path / "x.toml").write_text("")
    with pytest.raises(wb.CodingError, match="x.toml: is a file. A coding store is a folder"):
        CodingStore(tmp_path / "x.toml")


def test_a_revision_says_in_one_line_what_became_of_the_codings(store):
    store.add("a", 7, 13, "druk", coder="anna")
    assert repr(store.revise("a", "Soms had ik stress.")) == (
        "a: codings: 1 kept, 0 moved, 0 to be looked at, 0 whose passage is gone.")


def test_reading_for_a_coder_who_is_not_there_is_refused(store, tmp_path):
    made = source(name="leiders")
    study = wb.Study.model_validate({"title": "x", "sources": {}}).model_copy(
        update={"sources": {"leiders": made}, "file": tmp_path / "study.toml"})
    store.add("a", 7, 13, "druk", coder="anna")
    with pytest.raises(wb.CodingError, match="there is no coder 'ann' in the coding store. It has"):
        wb.read_codings(study, "leiders", coders=["ann"], codebook=BOOK)
    assert len(wb.read_codings(study, "leiders", coders="anna", codebook=BOOK).data) == 1


def test_edits_that_git_would_not_keep_are_named(store):
    assert store.unfinished() == []
    store.add("a", 0, 2, "druk", coder="anna")
    assert CodingStore(store.folder).unfinished() == ["anna"]
    store.close()
    assert store.unfinished() == []


@pytest.mark.parametrize(("slip", "words"), [
    (lambda store: store.add("a", 0, 2, "druck", coder="anna"),
     "dit is de code 'druck', en die staat niet in codebook.toml. Bedoel je 'druk'?"),
    (lambda store: store.add("a", 9, 99, "druk", coder="anna"),
     "een fragment 9-99 bestaat niet in een tekst van 14 tekens"),
    (lambda store: store.find("a", "s"), r"deze woorden \(1 teken\) staan er meer dan één keer"),
    (lambda store: store.text("b"), r"geen document 'b'. In de opslag staat: 1 document. Kijk"),
    (lambda store: store.add_memo("x", coder="anna", kind="idee"), "Het mag zijn: code, theory"),
])
def test_a_slip_in_a_dutch_study_is_told_in_dutch(store, monkeypatch, slip, words):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    with pytest.raises(wb.CodingError, match=words):
        slip(store)


def test_a_damaged_line_is_told_in_dutch_with_its_place(store, monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    store.add("a", 7, 13, "druk", coder="anna")
    store.close()
    file = store.folder / "codings" / "anna" / "a.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"quote"', b'"citaat"'))
    faults = CodingStore(store.folder).check()
    assert faults[0].startswith("codings/anna/a.jsonl, regel 2: hier ontbreekt quote. Haal het")
