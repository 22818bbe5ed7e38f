"""Rows in the file are rows kept and rows set aside."""

import pytest
from builders.raw import E3, raw
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb

ITEMS = {"gezien": E3, "idee": {"kind": "open", "column": "Wat is jouw idee?"}}
IDS = {"id": "ID"}


def survey(gezien, idee=None, *, started=None, **fields):
    columns = {"ID": [str(number) for number in range(1, len(gezien) + 1)], "gezien": gezien,
               "Wat is jouw idee?": idee or ["x"] * len(gezien)}
    return raw(columns, ITEMS, started=started, ids=IDS, **fields)


def log(responses):
    return [tuple(row) for row in responses.log.itertuples(index=False)]


def test_a_row_is_set_aside_by_a_declared_rule_and_logged():
    cleaned = wb.clean(survey(["eens", "oneens"],
                              set_aside=[{"where": {"id": 2}, "reason": "testrij"}]))
    assert cleaned.data.index.tolist() == [2]
    assert cleaned.raw_rows == 2
    assert log(cleaned) == [(3, "", "", "set aside", "set aside: testrij")]


@pytest.mark.parametrize("where", [
    {"gezien": "oneens"}, {"Wat is jouw idee?": "y"}, {"Wat  is jouw\u00a0idee?": "y"},
    {"ID": "2"}, {"id": [2, 17]}, {"id": 2.0}, {"gezien": "oneens", "idee": "y"},
])
def test_a_rule_may_name_an_item_a_heading_or_the_id(where):
    cleaned = wb.clean(survey(["eens", "oneens"], ["x", "y"],
                              set_aside=[{"where": where, "reason": "r"}]))
    assert cleaned.data.index.tolist() == [2]


def test_a_rule_that_matches_no_row_is_an_error():
    with pytest.raises(wb.DataError, match=r"set_aside: no row of raw/students\.xlsx has id = 17"):
        wb.clean(survey(["eens"], set_aside=[{"where": {"id": 17}, "reason": "testrij"}]))


def test_a_rule_about_an_unknown_column_is_an_error():
    with pytest.raises(wb.DataError, match=r"'geziem' is no item .*Did you mean 'gezien'\?"):
        wb.clean(survey(["eens"], set_aside=[{"where": {"geziem": 1}, "reason": "r"}]))


def test_a_row_without_any_answer_is_set_aside():
    cleaned = wb.clean(survey(["eens", " ", ""], ["", "\u00a0", ""]))
    assert cleaned.data.index.tolist() == [2]
    assert [entry[4] for entry in log(cleaned)] == ["no answer at all"] * 2


def test_a_missing_code_is_an_answer():
    items = {"gezien": E3 | {"missing": ["weet ik niet"]}}
    cleaned = wb.clean(raw({"gezien": ["weet ik niet", ""]}, items))
    assert cleaned.data.index.tolist() == [2]


RULE = "same answers within 10 minutes"
TIMES = ["2022-11-15 09:00", "2022-11-15 09:09", "2022-11-15 09:18", "2022-11-15 11:00"]


@pytest.mark.parametrize(("keep", "kept", "of", "after"), [
    ("first", [2, 5], 2, "set aside"), ("last", [4, 5], 4, "set aside"),
    ("all", [2, 3, 4, 5], 2, "kept"),
])
def test_suspected_duplicates_are_listed_and_a_person_chose_which_to_keep(keep, kept, of, after):
    cleaned = wb.clean(survey(["eens"] * 4, started=TIMES,
                              duplicates={"rule": RULE, "keep": keep}))
    assert cleaned.data.index.tolist() == kept
    assert {entry[3:] for entry in log(cleaned)} == {(after, f"suspected duplicate of row {of}")}
    assert len(log(cleaned)) == 2


def test_other_answers_another_time_or_no_time_are_no_duplicate():
    cleaned = wb.clean(survey(["eens", "eens", "oneens", "eens"], ["x", "y", "x", "x"],
                              started=[*TIMES[:3], None], duplicates={"rule": RULE}))
    assert cleaned.log.empty


def test_without_minutes_the_same_answers_are_enough():
    cleaned = wb.clean(survey(["eens", "oneens", "eens"],
                              duplicates={"rule": "same answers", "keep": "first"}))
    assert log(cleaned) == [(4, "", "", "set aside", "suspected duplicate of row 2")]


def test_another_identifier_is_another_person():
    items = ITEMS | {"nummer": {"kind": "open", "sensitivity": "identifier"}}
    cleaned = wb.clean(raw({"gezien": ["eens"] * 2, "Wat is jouw idee?": ["x"] * 2,
                            "nummer": ["1", "2"]}, items,
                           duplicates={"rule": "same answers", "keep": "first"}))
    assert len(cleaned.data) == 2


def test_a_rule_in_minutes_needs_times():
    with pytest.raises(wb.DataError, match=r"duplicates: 'same answers within 10 minutes' needs"):
        wb.clean(survey(["eens"], duplicates={"rule": RULE}))
    with pytest.raises(wb.DataError, match="and raw/students.xlsx has none that can be read"):
        wb.clean(survey(["eens"], started=[None], duplicates={"rule": RULE}))


def test_a_row_that_was_set_aside_needs_no_correction():
    cleaned = wb.clean(survey(["eens", "test"],
                              set_aside=[{"where": {"id": 2}, "reason": "testrij"}]))
    assert len(cleaned.data) == 1


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "eens", "oneens", " "]),
                          st.sampled_from(["", "x", "y "]), st.integers(0, 40)), min_size=1),
       st.sampled_from(["first", "last", "all"]))
def test_rows_kept_and_set_aside_add_up(rows, keep):
    gezien, idee, minutes = map(list, zip(*rows, strict=True))
    started = [f"2022-11-15 09:{minute:02}" for minute in minutes]
    cleaned = wb.clean(survey(gezien, idee, started=started,
                              duplicates={"rule": RULE, "keep": keep}))
    aside = cleaned.log.loc[cleaned.log["after"] == "set aside", "row"]
    assert aside.is_unique
    assert sorted([*cleaned.data.index, *aside]) == list(range(2, len(rows) + 2))
    assert cleaned.log["row"].is_monotonic_increasing
