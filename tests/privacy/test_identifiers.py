"""find_identifiers gives a Table of proposals, and prints no words of real people."""

import pytest
from builders import transcripts

import wbkit as wb
from wbkit.privacy.identifiers import find_identifiers


def test_each_row_says_where_what_and_why():
    table = find_identifiers("Bel Petra op 06-12345678", names=["Petra"])
    assert table.data.to_dict("records") == [
        {"document": "", "start": 4, "end": 9, "quote": "Petra", "kind": "NAAM",
         "reason": "project"},
        {"document": "", "start": 13, "end": 24, "quote": "06-12345678", "kind": "TEL",
         "reason": "form"}]


def test_the_words_of_real_people_are_in_the_data_and_are_not_printed():
    table = find_identifiers(transcripts.documents("ik sprak Fatima", synthetic=False))
    assert table.data["quote"].tolist() == ["Fatima"]
    assert "Fatima" not in str(table.show("nl"))
    assert "Fatima" not in str(table.show("en"))
    assert "van echte mensen" in str(table.show("nl"))


def test_made_up_words_are_printed_with_their_kind():
    table = find_identifiers(transcripts.documents("ik sprak Fatima"))
    assert "Fatima" in str(table.show("nl"))
    assert "bekende naam of plaats" in str(table.show("nl"))
    assert "known name or place" in str(table.show("en"))


def test_a_text_without_identifiers_gives_an_empty_table():
    assert find_identifiers("de les was leuk").data.empty
    assert "0" in str(find_identifiers("").show("nl"))


def test_something_else_than_a_text_is_refused():
    with pytest.raises(wb.DataError, match="find_identifiers"):
        find_identifiers(12)
