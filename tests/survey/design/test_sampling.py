"""Strata made of margins: which designs may have them, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from builders.responses import LEERWEG, answers

import wbkit as wb

NIVEAU = {"kind": "nominal", "values": ["2", "3"], "label": "niveau"}
MARGINS = {"leerweg": {"bol": 40, "bbl": 20}, "niveau": {"2": 30, "3": 30}}


def met(ways, levels, *, synthetic=True, **design):
    items = {"leerweg": LEERWEG, "niveau": NIVEAU,
             "tevreden": {"kind": "nominal", "values": ["ja", "nee"]}}
    size = len(ways)
    data = {"leerweg": ways, "niveau": levels, "tevreden": (["ja", "nee"] * size)[:size]}
    return answers(data, items=items, synthetic=synthetic,
                   design={"kind": "convenience", "population": 60} | design)


def test_a_value_of_several_margins_that_nobody_has_is_named_with_what_to_do():
    given = wb.assume(met(["bol"] * 10, ["2", "3"] * 5, margins=MARGINS), "random within strata")
    with pytest.raises(wb.DataError, match="nobody with leerweg = bbl answered, and there are 20 "
                                           "in the population. Merge it with another value"):
        wb.frequency(given, "tevreden")


@pytest.mark.parametrize("names", [["leerweg"], ["leerweg", "niveau"]])
def test_strata_of_several_margins_are_said_to_be_estimated(names):
    given = met(["bol", "bbl"] * 20, ["2", "2", "3", "3"] * 10,
                margins={name: MARGINS[name] for name in names})
    notes = wb.frequency(wb.assume(given, "random within strata"), "tevreden").show().notes
    assert any("geschat uit de kenmerken apart" in note for note in notes) is (len(names) > 1)


def test_who_answered_of_a_sample_by_lot_can_be_random_within_its_margins():
    drawn = met(["bol"] * 10 + ["bbl"] * 10, ["2", "3"] * 10, kind="srs", invited=30,
                margins={"leerweg": MARGINS["leerweg"]})
    table = wb.frequency(wb.assume(drawn, "random within strata"), "leerweg")
    assert table.data["share"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert "low_deff2" in table.data
    # without the assumption the margins stay out of it
    plain = wb.frequency(wb.assume(drawn, "wie antwoordde, is aselect"), "leerweg")
    assert plain.data["share"].tolist() == [0.5, 0.5]


def test_few_real_students_who_are_left_out_are_not_counted_out():
    given = met(["bol"] * 6 + ["bbl"] * 6 + [None] * 2, ["2", "3"] * 7, synthetic=False,
                margins={"leerweg": MARGINS["leerweg"]})
    notes = wb.frequency(wb.assume(given, "random within strata"), "tevreden").show().notes
    assert not any("tellen niet mee" in note for note in notes)


def test_a_finite_population_is_named_only_where_it_enters_an_interval():
    given = met(["bol"] * 6 + ["bbl"] * 6, ["2", "3"] * 6)
    assumed = wb.assume(given, "wie er was, is aselect")
    for asked, named in ((given, False), (assumed, True)):
        notes = wb.estimate(asked, "tevreden", "share").show().notes
        assert any("eindige populatie" in note for note in notes) is named


def test_the_second_interval_of_a_mean_is_for_a_design_effect_of_2():
    given = wb.assume(met(["bol"] * 6 + ["bbl"] * 6, ["2", "3"] * 6,
                          margins={"leerweg": MARGINS["leerweg"]}), "random within strata")
    row = wb.estimate(given, "tevreden", "share").data.iloc[0]
    assert row["high_deff2"] - row["estimate"] == pytest.approx(
        np.sqrt(2) * (row["high"] - row["estimate"]))
    assert row["estimate"] - row["low_deff2"] == pytest.approx(
        np.sqrt(2) * (row["estimate"] - row["low"]))


@pytest.mark.parametrize(("item", "statistic", "deff"), [
    ("x", "mean", 1.59286667938203), ("v", "share", 1.47857142857143)])
def test_the_design_effect_is_that_of_r(item, statistic, deff):
    # R: s <- svydesign(id = ~1, weights = ~w, data = d); deff(svymean(~x, s, deff = TRUE))
    columns = {"x": [1.0, 2.0, 3.0, 4.0, 6.0, 9.0], "v": ["ja", "nee", "ja", "ja", "nee", "nee"]}

    def found(weights):
        given = wb.responses(pd.DataFrame(columns | {"w": weights}), unit="student", public=True,
                             design=wb.Design(kind="srs", invited=6, weight="w"))
        return wb.estimate(given, item, statistic).data

    assert found([2.0, 2.0, 3.0, 3.0, 5.0, 5.0])["deff"].iloc[0] == pytest.approx(deff, rel=1e-9)
    # weights that add up to less than the sample stand for no population
    assert "deff" not in found([0.2, 0.2, 0.3, 0.3, 0.5, 0.5])


def test_a_median_between_two_answers_is_the_lower_one():
    # R: svyquantile(~x, s, 0.5, qrule = "math")
    given = answers({"x": [1.0, 2.0, 3.0, 4.0]}, items={"x": {"kind": "numeric"}},
                    design={"kind": "srs", "invited": 4})
    assert wb.estimate(given, "x", "quantile").data["estimate"].tolist() == [2.0]


@pytest.mark.parametrize("kind", ["stratified", "cluster"])
def test_margins_are_no_strata_of_a_design_that_was_drawn_otherwise(kind):
    with pytest.raises(wb.DataError, match="geen strata om binnen te loten"):
        wb.assume(met(["bol"] * 4, ["2"] * 4, kind=kind, margins=MARGINS), "random within strata")
