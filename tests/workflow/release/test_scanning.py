import pytest
from builders.release_rules import find_identifiers

from wbkit.workflow.release.scanning import scan


def lines(name, text, *names):
    return [one.line for one in scan([(name, text.encode())], names=names, find=find_identifiers)]


@pytest.mark.parametrize(("text", "what"), [
    ("bel 0612345678", "a phone number"), ("mail f.jansen@school.nl", "an e-mail address"),
    ("vraag het fatima", "a name of the project's list"),
])
def test_what_points_to_a_person_is_named_by_place_and_kind_never_by_its_words(text, what):
    assert lines("study.toml", f"title = 'x'\n{text}", "Fatima") == [f"study.toml, line 2: {what}"]


def test_a_kind_is_named_once_for_each_place():
    assert lines("a.md", "0612345678 of 0687654321\nof 0612345678") == [
        "a.md, line 1: a phone number", "a.md, line 2: a phone number"]


def test_decimals_are_no_phone_number():
    assert lines("a.csv", "eens,0.0612345678\neens,12.0612345678") == []


def test_a_proposal_on_which_a_person_decides_does_not_stop_a_file():
    def proposing(text, *, names=()):
        found = find_identifiers(text)
        found.data.loc[:, ["kind", "reason"]] = ["NAAM", "capital"]
        return found

    assert list(scan([("a.md", b"0612345678")], names=(), find=proposing)) == []


def test_a_file_that_cannot_be_read_is_named():
    assert lines("a.xlsx", "kapot") == [
        "a.xlsx, the whole file: cannot be looked into (damaged, or closed with a password)"]
