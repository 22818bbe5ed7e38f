"""Counts of an administration: an empty cell is not 0, and what cannot be right is refused."""

import pandas as pd
import pytest
from builders.raw import raw
from builders.register import ITEMS, ROWS, RULES, changed, register
from pydantic import ValidationError

import wbkit as wb
from wbkit.intake.processed import read_responses, write_processed

BROKEN = [
    (changed(1, weg="bol"), r"rows 2, 3: the same cell \(2019, zorg, bol\)"),
    (changed(0, team=""), "row 2: jaar, team, weg must all be filled in"),
    (changed(0, traag="10,5"), "row 2, traag: 10.5 is no count"),
    (changed(0, traag="-1"), "row 2, traag: -1 is no count"),
    (changed(0, traag=""), "row 2: only one of traag and alle was delivered"),
    (changed(2, traag="9"), r"row 4: traag \(9\) is larger than alle \(8\)"),
    (changed(9, alle="1.013"), "row 11, alle: the total is 1013, its cells add up to 1012"),
    (changed(9, traag="veel"), r"items.traag: may hold a number"),
]


def test_a_thousands_mark_is_read_and_an_empty_count_is_no_zero():
    data = wb.clean(register()).data
    assert data["alle"].tolist()[6] == 1000
    assert data.loc[7, ["alle", "traag", "naast"]].isna().all()
    assert data["naast"].tolist()[1] == 0


def test_a_total_is_set_aside_and_said_so():
    cleaned = wb.clean(register())
    assert len(cleaned.data) == len(ROWS) - 1
    assert cleaned.log[["row", "rule"]].iloc[-1].tolist() == [
        11, "set aside: total of other rows"]
    assert "totaalregel" in repr(wb.cleaning_summary(cleaned))


def test_a_total_over_a_cell_that_was_not_delivered_is_not_checked():
    rows = [*ROWS[:-1], ("2020", "samen", "bol", "999", "99", "1", "v1")]
    assert len(wb.clean(register(rows=rows)).data) == 9


@pytest.mark.parametrize(("rows", "words"), BROKEN)
def test_counts_that_cannot_be_right_are_refused(rows, words):
    with pytest.raises(wb.DataError, match=words):
        wb.clean(register(rows=rows))


@pytest.mark.parametrize(("change", "words"), [
    ({"base": "leerlingen"}, "counts refers to 'leerlingen', which is no item"),
    ({"base": "team"}, "needs numeric items; team is nominal"),
    ({"cells": ["jaar", "alle"]}, "cells needs nominal or ordinal items; alle is numeric"),
    ({"totals": {"soort": "samen"}}, "totals names 'soort', which is not one of cells"),
])
def test_rules_that_name_other_items_are_refused(change, words):
    with pytest.raises(ValidationError, match=words):
        register(counts=RULES | change)


def test_kind_and_rules_of_counts_go_together():
    with pytest.raises(ValidationError, match="go together"):
        register(counts=None)
    with pytest.raises(ValidationError, match="go together"):
        register(kind="survey")


@pytest.mark.parametrize("count", [
    lambda counts: wb.frequency(counts, "team"),
    lambda counts: wb.frequency(counts, "alle"),
    lambda counts: wb.crosstab(counts, "team", "weg"),
    lambda counts: wb.nonresponse(counts),
    lambda counts: counts.n,
])
def test_cells_are_never_counted_as_students(count):
    with pytest.raises(wb.DataError, match="one row is a cell with counts, not a student"):
        count(wb.clean(register()))


def test_rows_of_a_register_are_not_listed():
    with pytest.raises(wb.DisclosureError, match="rows of people are never shown"):
        wb.list_rows(wb.clean(register()), ["team"])


def test_a_register_shows_how_many_cells_it_has():
    assert repr(wb.clean(register())).startswith("register: 9 cellen")


def test_a_register_comes_back_from_processed_as_it_was(tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY, encoding="utf-8")
    lines = [";".join(ITEMS), *map(";".join, ROWS)]
    (tmp_path / "register.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    loaded = wb.load_study(study)
    given = wb.read_source(loaded.source("register"))
    cleaned = wb.clean(given)
    write_processed(cleaned, given, tmp_path / "processed")
    again = read_responses(loaded, "register")
    pd.testing.assert_frame_equal(again.data, cleaned.data)
    assert again.source.counts == cleaned.source.counts


def test_a_survey_may_not_be_a_trend():
    students = wb.clean(raw({"gezien": ["eens"]}, {"gezien": {"kind": "nominal",
                                                              "values": ["eens"]}}))
    with pytest.raises(wb.DataError, match="trend needs a source of counts"):
        wb.trend(students, "gezien", year="gezien")


STUDY = """
title = "Proef"
[sources.register]
file = "register.csv"
format = "csv"
kind = "counts"
unit = "student"
synthetic = true
[sources.register.counts]
cells = ["jaar", "team", "weg"]
base = "alle"
parts = ["traag"]
beside = ["naast"]
definition = "soort"
totals = { team = "samen" }
[sources.register.items]
jaar = { kind = "ordinal", values = ["2019", "2020", "2021", "2022"] }
team = { kind = "nominal", values = ["zorg", "groen"] }
weg = { kind = "nominal", values = ["bol", "bbl"] }
alle = { kind = "numeric", range = [5, 5000] }
traag = { kind = "numeric" }
naast = { kind = "numeric" }
soort = { kind = "nominal", values = ["v1", "v2"] }
"""
