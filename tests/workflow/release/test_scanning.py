import pytest

from wbkit.text.identifying import KnownNames
from wbkit.workflow.release.scanning import scan

KNOWN = KnownNames.of(["Fatima Yilmaz"])


def lines(name, text):
    return [one.line for one in scan([(name, text.encode())], KNOWN)]


@pytest.mark.parametrize(("text", "what"), [
    ("bel 06 - 1234 5678", "a phone number"), ("mail f.jansen@school.nl", "an e-mail address"),
    ("vraag het fatima", "a name of the project's list"), ("bsn 111222333", "a BSN"),
    ("op NL91ABNA0417164300", "a bank account"), ("studentnummer 1234567", "a student number"),
    ("Kerkstraat 12, 1234 AB Utrecht", "an address"),
])
def test_what_points_to_a_person_is_named_by_place_and_kind_never_by_its_words(text, what):
    assert lines("study.toml", f"title = 'x'\n{text}") == [f"study.toml, line 2: {what}"]


def test_a_student_number_of_the_form_that_study_toml_declares_is_found():
    found = scan([("a.md", b"ik ben 8123456 en niet 812345")], KNOWN, numbers=["8[0-9]{6}"])
    assert [one.line for one in found] == ["a.md, line 1: a student number"]


def test_what_stands_there_often_is_named_at_its_first_place():
    assert lines("a.csv", "wie\n" + "bel 0612345678\n" * 2000) == [
        "a.csv, line 2: a phone number"]


def test_a_kind_is_named_once_for_each_place():
    assert lines("a.md", "0612345678 of 0687654321\nof 0612345678") == [
        "a.md, line 1: a phone number", "a.md, line 2: a phone number"]


@pytest.mark.parametrize("text", [
    "eens,0.0612345678", "eens,12.0612345678", "2020-2021 6", "2018-2019\n5", "Nederland 1",
    "0123\n456789", "Vanochtend kwam Petra van Dam", "fingerprint: 0612ab345678",
    "sha256: 0612345678abcdef0612345678abcdef",
])
def test_numbers_of_a_table_and_proposals_for_a_person_do_not_stop_a_file(text):
    assert lines("a.csv", text) == []


def test_a_file_that_cannot_be_read_is_named():
    assert lines("a.xlsx", "kapot") == [
        "a.xlsx, the whole file: cannot be looked into (damaged, closed with a password, or "
        "of a kind that is not read). Save it as xlsx, docx, csv or txt, or leave it out"]
