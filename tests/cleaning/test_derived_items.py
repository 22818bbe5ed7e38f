"""Routing, derived items, moments and minutes."""

from datetime import datetime

import pandas as pd
import pytest
from builders.raw import E3, raw

import wbkit as wb

STAGE = {"kind": "nominal", "values": ["ja", "nee"], "missing": ["weet ik niet"],
         "missing_labels": {"en": ["don't know"]}}
BLOCK = E3 | {"asked_if": {"stage": ["ja"]}}
WAAROM = {"kind": "multiple", "values": ["leuk", "diploma", "moet"]}


def log(responses):
    return [tuple(row) for row in responses.log.itertuples(index=False)]


def clean(columns, items, **fields):
    return wb.clean(raw(columns, items, **fields))


def values(responses, item):
    return [None if pd.isna(one) else one for one in responses.data[item]]


def test_an_answer_of_a_unit_that_was_not_asked_is_removed_and_logged():
    cleaned = clean({"stage": ["ja", "nee", "", "weet ik niet", "nee"],
                     "les": ["eens", "eens", "oneens", "eens", ""]}, {"stage": STAGE, "les": BLOCK})
    assert values(cleaned, "les") == ["eens", None, None, None, None]
    assert cleaned.state("les").tolist() == ["answered"] + ["not_asked"] * 4
    assert log(cleaned) == [(3, "les", "eens", "", "not asked"),
                            (4, "les", "oneens", "", "not asked"),
                            (5, "les", "eens", "", "not asked")]


@pytest.mark.parametrize(("item", "answer", "before"), [
    (WAAROM, "leuk;moet", "leuk; moet"), ({"kind": "numeric"}, "7,0", "7"),
    ({"kind": "open"}, "van alles", "•••"), (STAGE, "weet ik niet", "weet ik niet"),
    ({"kind": "multiple", "values": ["a"], "other": "Anders"}, "iets", "other"),
])
def test_routing_removes_answers_of_every_kind(item, answer, before):
    cleaned = clean({"stage": ["nee"], "les": [answer]},
                    {"stage": STAGE, "les": item | {"asked_if": {"stage": ["ja"]}}})
    assert cleaned.state("les").tolist() == ["not_asked"]
    assert log(cleaned)[-1] == (2, "les", before, "", "not asked")
    texts = [name for name in cleaned.data if name.endswith("_text")]
    assert all(cleaned.data[name].eq("").all() for name in texts)


def test_routing_follows_the_questions_before_it():
    items = {"p2": E3 | {"asked_if": {"les": ["eens"]}}, "les": BLOCK, "stage": STAGE}
    cleaned = clean({"stage": ["nee", "ja"], "les": ["eens", "eens"], "p2": ["eens", "oneens"]},
                    items)
    assert cleaned.state("p2").tolist() == ["not_asked", "answered"]


def test_all_conditions_of_a_question_must_hold():
    items = {"stage": STAGE, "waarom": WAAROM,
             "les": E3 | {"asked_if": {"stage": ["ja"], "waarom": ["leuk", "moet"]}}}
    cleaned = clean({"stage": ["ja", "ja", "nee"], "waarom": ["moet", "diploma", "leuk"],
                     "les": ["eens"] * 3}, items)
    assert cleaned.state("les").tolist() == ["answered", "not_asked", "not_asked"]


def test_items_that_depend_on_each_other_in_a_circle_are_refused():
    items = {"a": E3 | {"asked_if": {"b": ["eens"]}}, "b": E3 | {"asked_if": {"a": ["eens"]}}}
    with pytest.raises(wb.DataError, match=r"in a circle: (a -> b -> a|b -> a -> b)\."):
        clean({"a": ["eens"], "b": ["eens"]}, items)


def test_recode_merges_answers_and_keeps_the_others():
    items = {"niveau": {"kind": "ordinal", "values": ["Entree", "2", "3"]},
             "entree_2": {"kind": "ordinal", "values": ["Entree en 2", "3"],
                          "recode": {"item": "niveau", "map": {"Entree": "Entree en 2",
                                                               "2": "Entree en 2"}}}}
    cleaned = clean({"niveau": ["2", "3", "Entree", ""], "x": ["", "", "", "1"]},
                    items | {"x": {"kind": "numeric"}})
    assert values(cleaned, "entree_2") == ["Entree en 2", "3", "Entree en 2", None]
    assert cleaned.data["entree_2"].cat.ordered


def test_an_answer_about_which_recode_says_nothing_stops():
    items = {"team": {"kind": "nominal", "values": "any"},
             "sector": {"kind": "nominal", "values": ["techniek"],
                        "recode": {"item": "team", "map": {"bouw": "techniek"}}}}
    with pytest.raises(wb.DataError, match=r"'zorg' once, row 3\. recode says nothing about it"):
        clean({"team": ["bouw", "zorg"]}, items)


def test_three_definitions_from_one_multiple_item():
    items = {"waarom": WAAROM, "vast": {"kind": "open"},
             "niet_leuk": {"none_of": {"item": "waarom", "values": ["leuk"]}},
             "moeten": {"any_of": {"item": "waarom", "values": ["diploma", "moet"]}},
             "beide": {"both": ["niet_leuk", "moeten"]}}
    items = {name: {"kind": "nominal"} | fields for name, fields in items.items()}
    cleaned = clean({"waarom": ["leuk", "leuk;moet", "diploma", ""], "vast": ["x"] * 4}, items)
    assert values(cleaned, "niet_leuk") == ["nee", "nee", "ja", None]
    assert values(cleaned, "moeten") == ["nee", "ja", "ja", None]
    assert values(cleaned, "beide") == ["nee", "nee", "ja", None]


def test_both_is_absent_where_either_is():
    items = {"a": STAGE, "b": STAGE, "c": {"kind": "nominal", "both": ["a", "b"]}}
    cleaned = clean({"a": ["ja", "ja", "nee"], "b": ["ja", "", ""]}, items)
    assert values(cleaned, "c") == ["ja", None, None]


def test_a_derived_item_has_the_reasons_and_missing_codes_of_what_it_is_made_from():
    items = {"stage": STAGE, "les": STAGE | {"asked_if": {"stage": ["ja"]}},
             "wel": {"kind": "nominal", "any_of": {"item": "les", "values": ["ja"]}}}
    cleaned = clean({"stage": ["ja", "ja", "nee"], "les": ["ja", "weet ik niet", ""]}, items)
    assert cleaned.state("wel").tolist() == ["answered", "weet ik niet", "not_asked"]
    assert cleaned.item("wel").missing == ("weet ik niet",)
    assert cleaned.item("wel").value_words("en")["weet ik niet"] == "don't know"


@pytest.mark.parametrize(("item", "message"), [
    ({"kind": "nominal", "values": ["x"], "recode": {"item": "waarom", "map": {"leuk": "x"}}},
     r"made from waarom, which is multiple\. recode needs"),
    ({"kind": "nominal", "both": ["waarom", "stage"]}, r"both needs items with the value 'ja'"),
    ({"kind": "multiple", "any_of": {"item": "stage", "values": ["ja"]}},
     r"a derived item is nominal or ordinal; this one is multiple"),
])
def test_items_that_cannot_be_made_are_refused(item, message):
    with pytest.raises(wb.DataError, match=message):
        clean({"waarom": ["leuk"], "stage": ["ja"]}, {"waarom": WAAROM, "stage": STAGE, "d": item})


MOMENTS = {"m1": {"start": datetime(2022, 11, 15, 9), "end": datetime(2022, 11, 15, 12)},
           "m2": {"start": datetime(2022, 11, 17, 9), "end": datetime(2022, 11, 17, 12)}}


def test_the_moment_comes_from_the_start_and_outside_all_moments_is_logged():
    times = ["2022-11-15 09:00", "2022-11-15 12:00", "2022-11-17 10:00", None]
    cleaned = clean({"gezien": ["eens"] * 4}, {"gezien": E3}, started=times, moments=MOMENTS)
    assert values(cleaned, "moment") == ["m1", None, "m2", None]
    assert log(cleaned) == [(3, "moment", "2022-11-15 12:00:00", "", "outside all moments")]


def test_moments_without_times_are_refused():
    with pytest.raises(wb.DataError, match=r"moments: raw/students\.xlsx does not say when"):
        clean({"gezien": ["eens"]}, {"gezien": E3}, moments=MOMENTS)


def test_minutes_are_added_and_never_run_backwards():
    cleaned = clean({"gezien": ["eens"] * 3}, {"gezien": E3},
                    started=["2022-11-15 09:00"] * 3,
                    completed=["2022-11-15 09:06:30", None, "2022-11-15 08:00"])
    assert values(cleaned, "minutes") == [6.5, None, None]
    assert cleaned.item("minutes").kind == "numeric"
    assert cleaned.item("minutes").words("en") == "Minutes to fill in"
    assert log(cleaned) == [(4, "minutes", "-60", "", "completed before started")]


def test_without_times_there_are_no_minutes():
    assert "minutes" not in clean({"gezien": ["eens"]}, {"gezien": E3}).source.items
