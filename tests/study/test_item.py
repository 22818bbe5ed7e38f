"""What study.toml may say of one question: columns, ticks, codes."""

import pytest
from builders.raw import source
from pydantic import ValidationError

from wbkit.study.item import Item

TICKS = {"kind": "multiple", "columns": {"geld": "Hulp [geld]", "rust": "Hulp [rust]"}}


def item(**fields):
    return Item.model_validate({"name": "hulp"} | fields)


@pytest.mark.parametrize(("fields", "message"), [
    (TICKS | {"separator": ","}, "has columns and separator. Ticks stand in one cell or in "),
    ({"kind": "multiple", "values": ["a"], "ticked": ["x"]},
     "ticked and unticked say how a tick is written in the column of each option. Name the"),
    ({"kind": "multiple", "values": ["a"], "columns": ["m1", "m2"], "unticked": ["0"]},
     "ticked and unticked say how a tick is written in the column of each option. Name the"),
    (TICKS | {"values": ["geld"]}, "columns names 'rust', which is not one of its values .'geld'.. "
                                   "Correct it, or add it to values"),
    (TICKS | {"values": ["geld", "rust", "tijd"]}, "columns says no heading for 'tijd'. Add it"),
    (TICKS | {"ticked": ["Ja"], "unticked": ["ja "]}, "'ja' stands in ticked and in unticked"),
    ({"kind": "nominal", "columns": {"a": "b"}}, "columns is for multiple and ranking items; this "
                                                 "one is nominal"),
    ({"kind": "open", "separator": ","}, "separator is for multiple and ranking items; this one"),
    ({"kind": "nominal", "values": ["a"], "unit_words": ["min"]}, "unit_words is for numeric"),
    ({"kind": "nominal", "values": ["a"], "missing_ranges": [[97, 99]]},
     "missing_ranges is for numeric items; this one is nominal. Remove it, or correct kind"),
    ({"kind": "open", "other_column": "tekst"}, "other_column is for nominal and multiple items"),
    ({"kind": "multiple", "columns": ["m1", "m2"]}, "values is missing. List the answers in order"),
    ({"kind": "ranking", "columns": ["r1", "r2"]}, "values is missing. List the answers in order"),
    ({"kind": "ranking", "values": "any"}, 'values = "any" is for a nominal item; this one is '
                                           "ranking"),
    ({"any_of": {"item": "x", "values": ["a"]}, "column": "Hulp?"},
     "has a column and any_of. A derived item has no column; keep one"),
])
def test_what_does_not_go_together_is_refused(fields, message):
    with pytest.raises(ValidationError, match=message):
        item(**fields)


def test_the_options_are_the_keys_of_columns():
    assert item(**TICKS).categories == ("geld", "rust")
    code = TICKS | {"columns": TICKS["columns"] | {"weet niet": "Hulp [weet niet]"},
                    "missing": ["weet niet"]}
    assert item(**code).categories == ("geld", "rust")


def test_the_free_option_is_no_value_of_its_own():
    free = item(**TICKS | {"columns": TICKS["columns"] | {"other": "Hulp [Anders]"},
                           "other": "Anders", "other_column": "Hulp tekst"})
    assert free.values == ("geld", "rust")
    assert free.headings == ("Hulp [geld]", "Hulp [rust]", "Hulp [Anders]", "Hulp tekst")
    assert free.data_columns == ("hulp:geld", "hulp:rust", "hulp:other", "hulp:other_text")


def test_the_headings_of_an_item_are_those_that_its_file_has():
    assert item(kind="open").headings == ("hulp",)
    assert item(kind="open", column="<b>Hulp?</b>").headings == ("Hulp?",)
    ranked = item(kind="ranking", columns=["r1", "r2"], values=["a", "b"], column="Rang")
    assert ranked.headings == ("r1", "r2")
    own = item(kind="nominal", values=["a"], other="Anders", column="q3", other_column="q3[other]")
    assert own.headings == ("q3", "q3[other]")


@pytest.mark.parametrize(("fields", "explicit"), [
    (TICKS, False), (TICKS | {"unticked": ["Nee"]}, True), ({"kind": "open"}, False)])
def test_a_no_in_the_file_gives_a_column_that_says_who_answered(fields, explicit):
    assert item(**fields).explicit == explicit
    assert ("hulp.answered" in item(**fields).data_columns) == explicit


def test_two_items_with_one_heading_are_refused():
    with pytest.raises(ValidationError, match=r"items.geld and items.hulp have the same column "
                                              r"'Hulp \[geld\]'. Give each its own"):
        source({"hulp": TICKS, "geld": {"kind": "open", "column": "Hulp <i>[geld]</i>"}})


@pytest.mark.parametrize(("fields", "message"), [
    ({"heading_row": 0}, "greater than or equal to 1"), ({"heading_rows": 6}, "less than or equal"),
    ({"long": {"unit": "a", "question": "b"}}, "answer"), ({"format": "google"}, "google-forms"),
])
def test_a_layout_that_no_file_has_is_refused(fields, message):
    with pytest.raises(ValidationError, match=message):
        source({"a": {"kind": "open"}}, **fields)
