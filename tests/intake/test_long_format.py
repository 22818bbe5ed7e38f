"""Files with one row for each answer: each unit gets one row."""

import pytest

from wbkit.errors import DataError
from wbkit.intake.long_format import find_long, one_row_each
from wbkit.intake.sheet import Sheet
from wbkit.study.source import Long

LONG = Long(unit="student", question="vraag", answer="antwoord")
HEADS = ("student", "klas", "vraag", "antwoord")
ROWS = [("1", "a", "Veilig?", "ja"), ("1", "a", "Thuis?", "nee"),
        ("2", "b", "Veilig?", "nee"), ("2", "b", "Thuis?", "ja"),
        ("3", "a", "Veilig?", "ja"), ("3", "a", "Thuis?", "ja")]


def sheet(rows, heads=HEADS):
    return Sheet(heads, tuple(zip(*rows, strict=True)), range(2, 2 + len(rows)))


def turned(rows, long=LONG, heads=HEADS):
    return one_row_each(sheet(rows, heads), long, "a.csv")


def test_each_unit_has_a_row_and_each_question_a_column():
    found = turned(ROWS)
    assert found.headings == ("student", "klas", "Veilig?", "Thuis?")
    assert found.frame().to_numpy().tolist() == [
        ["1", "a", "ja", "nee"], ["2", "b", "nee", "ja"], ["3", "a", "ja", "ja"]]
    assert list(found.rows) == [2, 4, 6]
    assert "6 answers became 3 rows, one for each student" in found.found


def test_who_did_not_answer_a_question_has_an_empty_cell():
    found = turned(ROWS[:3]).frame()
    assert found["Thuis?"].tolist() == ["nee", ""]


def test_a_unit_without_any_answer_keeps_its_row():
    found = turned([*ROWS, ("4", "b", "Veilig?", "")]).frame()
    assert found["student"].tolist() == ["1", "2", "3", "4"]
    assert found.loc[8, ["Veilig?", "Thuis?"]].tolist() == ["", ""]


def test_several_answers_to_one_question_are_joined_and_said():
    found = turned([*ROWS, ("1", "a", "Veilig?", "soms")])
    assert found.frame()["Veilig?"].tolist()[0] == "ja;soms"
    assert "1 time somebody gave several answers to one question: joined with ;" in found.found


def test_what_differs_within_a_unit_is_left_out_and_said():
    rows = [(*row[:1], f"d{n}", *row[2:]) for n, row in enumerate(ROWS)]
    found = turned(rows)
    assert "klas" not in found.headings
    assert "not used, since they differ between the answers of one student: 'klas'" in found.found


def test_an_answer_of_nobody_is_refused_with_its_row():
    with pytest.raises(DataError, match="a.csv: row 8 has no student or no vraag. .* Correct the"):
        turned([*ROWS, ("", "a", "Veilig?", "ja")])


def test_a_heading_that_is_not_there_is_named():
    with pytest.raises(DataError, match="has no column 'wie', which long names; it has 'student'"):
        turned(ROWS, Long(unit="wie", question="vraag", answer="antwoord"))


def test_one_row_for_each_answer_is_recognised():
    third = [(str(n), klas, "Wat vind je?", words)
             for n, klas, words in ((1, "a", "leuk"), (2, "b", "saai"), (3, "a", "goed"))]
    assert find_long(sheet([*ROWS, *third])) == LONG


@pytest.mark.parametrize("rows", [
    [("1", "a", "ja", "nee"), ("2", "b", "nee", "ja"), ("3", "a", "ja", "ja"),
     ("4", "b", "nee", "nee")],
    ROWS[:3],
])
def test_one_row_for_each_unit_is_not_turned(rows):
    assert find_long(sheet(rows, ("student", "klas", "Veilig?", "Thuis?"))) is None
