"""Weights: what they meet, what they refuse, what stands under the Table."""

import numpy as np
import pandas as pd
import pytest
from builders.responses import answers, people
from oracles.reference_data import HERE, raalte, responses_of

import wbkit as wb

DESIGN = {"kind": "srs", "population": 40, "margins": {"g": {"a": 30, "b": 10}}}


def four(groups="aabb", other="xyxy", **design):
    frame = pd.DataFrame({"g": list(groups), "h": list(other), "y": [1.0, 0.0, 1.0, 1.0]})
    return responses_of(frame, DESIGN | design, numbers=["y"], closed=["g", "h"])


def test_post_stratified_weights_are_population_by_sample():
    # 30 of group a stand behind two answers, 10 of group b behind two.
    weighted = wb.weight(four(), method="poststratify")
    assert weighted.data["calibrated_weight"].tolist() == pytest.approx([15, 15, 5, 5])
    assert wb.estimate(weighted, "y").data["estimate"].iloc[0] == pytest.approx(25 / 40)


def test_raked_weights_meet_every_margin_to_1e_10():
    weighted = wb.weight(raalte())
    for name, counts in weighted.source.design.margins.items():
        met = weighted.data.groupby(name, observed=True)["calibrated_weight"].sum()
        assert met.to_dict() == pytest.approx(counts, rel=1e-10)


def test_a_combination_of_margins_is_met_by_post_stratification():
    pairs = pd.read_csv(HERE / "raalte_population.csv").set_index("team")[["bol", "bbl"]].stack()
    weighted = wb.weight(raalte(), {("team", "leerweg"): pairs.to_dict()}, "poststratify")
    theirs = pd.read_csv(HERE / "raalte_weights.csv")["poststrat"]
    assert weighted.data["calibrated_weight"].to_numpy() == pytest.approx(theirs.to_numpy())


def test_raw_stands_beside_weighted_and_the_words_say_what_weighting_repairs():
    table = wb.frequency(wb.weight(raalte()), "hulp")
    row = table.data.set_index("value").loc["ja"]
    assert row["share_raw"] == pytest.approx(118 / 203)
    assert row["share"] == pytest.approx(0.582600685793625)  # R: raalte.hulp_a.raked_fpc
    words = repr(table)
    assert "Wegen herstelt alleen deze kenmerken, niet hoe mensen zijn bereikt." in words
    # R: raalte.weights, deff_kish 1.0611 and neff 191.3
    assert "(Kish) 1,06; de 203 studenten wegen als 191." in words
    assert "Weinig studenten in DVL × bbl (te overwegen: samenvoegen met DVL × bol)" in words


@pytest.mark.parametrize(("statistic", "more", "raw"), [
    ("mean", {}, 7.0), ("quantile", {"q": 0.5}, 6.0), ("ratio", {"per": "uren"}, 28 / 16),
    ("share", {}, None), ("total", {}, None)])
def test_the_unweighted_estimate_stands_beside_the_weighted_one(statistic, more, raw):
    # Weights 15, 15, 5, 5; by hand: mean (15*6 + 15*6 + 5*8 + 5*8) / 40 = 6.5 beside 7.
    frame = pd.DataFrame({"weg": ["bol", "bol", "bbl", "bbl"], "cijfer": [6.0, 6.0, 8.0, 8.0],
                          "uren": [5.0, 5.0, 3.0, 3.0]})
    given = wb.responses(frame, unit="student", public=True,
                         design=wb.Design(kind="srs", invited=4))
    weighted = wb.weight(given, {"weg": {"bol": 30, "bbl": 10}})
    item = "weg" if statistic == "share" else "cijfer"
    table = wb.estimate(weighted, item, statistic, **more)
    assert "estimate_raw" not in wb.estimate(given, "cijfer").data
    if statistic == "total":
        assert "estimate_raw" not in table.data
    elif statistic == "share":
        raws = table.data.set_index("value")[["estimate", "estimate_raw"]].loc["bol"]
        assert raws.tolist() == pytest.approx([0.75, 0.5])
    else:
        assert table.data["estimate_raw"].tolist() == pytest.approx([raw])
    assert ("ongewogen  " in repr(table)) is (statistic != "total")


def test_weights_do_not_make_an_interval_of_a_convenience_sample():
    table = wb.frequency(wb.weight(raalte(kind="convenience")), "hulp")
    assert table.data["low"].isna().all()
    assert table.show().basis.startswith("Geen interval")


def test_trimming_shares_what_it_cuts_over_the_others():
    # 15, 15, 5, 5 cut at 12: 6 are cut, and shared by the last two.
    trimmed = wb.weight(four(), trim=(0.0, 12.0)).data["calibrated_weight"]
    assert trimmed.tolist() == pytest.approx([12, 12, 8, 8])


def test_who_has_no_answer_to_a_margin_gets_no_weight_and_is_counted():
    given = people(["eens", "oneens"] * 3, leerweg=["bol", "bbl", "bol", "bbl", "bol", None],
                   design={"kind": "srs", "margins": {"leerweg": {"bol": 4, "bbl": 2}}})
    weighted = wb.weight(given)
    assert np.isnan(weighted.data["calibrated_weight"].iloc[-1])
    table = wb.frequency(weighted, "gezien")
    assert table.data["base"].iloc[0] == 5
    notes = table.show().notes
    assert "1 student tellen niet mee: een kenmerk van het ontwerp is onbekend." in notes


H = {"h": {"x": 20, "y": 20}}


@pytest.mark.parametrize(("call", "message"), [
    (lambda: wb.weight(four("aabb", "xxxy"), DESIGN["margins"] | H),
     r"nobody with g = a and h = y answered.*Merge h 'y' with 'x' \(recode.*structural_zeros"),
    (lambda: wb.weight(four(), {"g": {"a": 30, "c": 10}}), r"the margin of g holds c = 10"),
    (lambda: wb.weight(four(), DESIGN["margins"] | {"h": {"x": 1, "y": 1}}),
     r"margins do not add up to the same number: g 40, h 2"),
    (lambda: wb.weight(four(), {"g": {"a": 40, "b": 0}}),
     r"there are units with g = b, and the margin says there are none\. If it is a way of writing "
     r"another answer, add it to corrections of the item; if these units belong to the population"),
    (lambda: wb.weight(four(), DESIGN["margins"] | H, "poststratify"),
     r"post-stratification takes one margin, and there are 2"),
    (lambda: wb.weight(four(), method="guess"), r"method='guess', distance='linear' is unknown"),
    (lambda: wb.weight(four(margins={})), r"no margins to weight to"),
    (lambda: wb.weight(four(), {"y": {"0": 1}}), r"a margin needs a nominal or ordinal item; y"),
    (lambda: wb.weight(people(["eens"], design=None)), r"bij de bron staat geen design"),
    (lambda: wb.weight(people(["eens"], design={"kind": "joint"})), r"rij is een gezamenlijk"),
    (lambda: wb.weight(people(["eens"], design={"kind": "joint"}, language="en")),
     r"one row is a joint answer\. Show the joint answers without weights"),
])
def test_wrong_requests_are_refused(call, message):
    with pytest.raises(wb.DataError, match=message):
        call()


@pytest.mark.parametrize("count", [-10, float("nan"), float("inf")])
def test_a_margin_is_a_count(count):
    with pytest.raises(wb.DataError, match="the margin of g holds a = .*counts from 0 on"):
        wb.weight(four("aabb", "xxyy"), {"g": {"a": count, "b": 50}})


def test_calibrated_weights_that_were_unequal_before_have_the_error_of_r():
    # R: calibrate(svydesign(id = ~1, weights = ~w, data = d), ~g + h, c(40, 22, 18)); svymean(~x)
    frame = pd.DataFrame({"x": [1.0, 2, 3, 4, 6, 9, 7, 5, 8, 2, 3, 6],
                          "w": [2.0, 2, 3, 3, 5, 5, 2, 4, 1, 3, 2, 4],
                          "g": ["a", "b"] * 6, "h": ["p", "p", "q", "q", "q", "p"] * 2})
    given = wb.responses(frame, unit="student", public=True,
                         design=wb.Design(kind="srs", weight="w", invited=12))
    made = wb.weight(given, {"g": {"a": 18, "b": 22}, "h": {"p": 22, "q": 18}}, "calibrate")
    row = wb.estimate(made, "x").data.iloc[0]
    assert (row["estimate"], row["se"]) == pytest.approx(
        (5.035356200527705, 0.723882156785429), rel=1e-9)


def test_units_in_a_structural_zero_are_refused():
    with pytest.raises(wb.DataError, match="there are units with g = a and h = x, and structural_"
                                           "zeros in the design says that there are none"):
        wb.weight(four("aabb", "xxxy", structural_zeros=[{"g": "a", "h": "x"}]),
                  {"g": {"a": 20, "b": 20}, "h": {"x": 30, "y": 10}})


def test_a_declared_structural_zero_may_be_empty():
    weighted = wb.weight(four("aabb", "xxxy", structural_zeros=[{"g": "a", "h": "y"}]),
                         {"g": {"a": 30, "b": 10}, "h": {"x": 35, "y": 5}})
    assert weighted.data["calibrated_weight"].tolist() == pytest.approx([15, 15, 5, 5])


def test_margins_that_cannot_be_met_together_are_refused():
    with pytest.raises(wb.DataError, match=r"no weights meet these margins together"):
        wb.weight(four("aabb", "xxxy", structural_zeros=[{"g": "a", "h": "y"}]),
                  {"g": {"a": 30, "b": 10}, "h": {"x": 20, "y": 20}})


def test_weights_under_nought_are_refused():
    # R's calibrate gives them with calfun = "linear" and no bounds; shares then leave 0 to 1.
    who = answers({"a": ["p"] * 4 + ["q"] * 4, "b": ["p", "p", "p", "q"] * 2},
                  items={name: {"kind": "nominal", "values": ["p", "q"]} for name in "ab"},
                  design={"kind": "srs"})
    margins = {"a": {"p": 1, "q": 99}, "b": {"p": 1, "q": 99}}
    with pytest.raises(wb.DataError, match=r"give 3 units a weight under 0.*distance='raking'"):
        wb.weight(who, margins, "calibrate")
    assert (wb.weight(who, margins, "calibrate", distance="raking")
            .data["calibrated_weight"] > 0).all()


@pytest.mark.parametrize("ends", [(12.0, 8.0), (20.0, 30.0), (0.0, 5.0)])
def test_ends_that_cannot_hold_the_mean_weight_are_refused(ends):
    # Weights 15, 15, 5, 5: with ends of 20 and 30 they added up to 80, not to 40.
    with pytest.raises(wb.DataError, match=r"no room for the mean weight, 10\."):
        wb.weight(four(), trim=ends)


def skewed(**more):
    """Make 30 bol and 10 bbl out of a population of 120 and 280."""
    frame = pd.DataFrame({"g": ["bol"] * 30 + ["bbl"] * 10, "q": ["ja", "nee"] * 20})
    return wb.responses(frame, unit="student", design=wb.Design(
        kind="srs", invited=40, population=400, margins={"g": {"bol": 120, "bbl": 280}}), **more)


def test_the_margins_that_trimming_moved_stand_under_the_table():
    # Weights 4 and 28; cut at 20: 80 is shared by the 30 others. 200 of 400 is bbl then, not 280.
    table = wb.frequency(wb.weight(skewed(public=True), trim=(1, 20)), "q")
    notes = table.show().notes
    assert any("Gewichten afgekapt op 1 en 20: die van 10 studenten" in one for one in notes)
    moved = next(one for one in notes if one.startswith("Na het afkappen"))
    assert "bol 50,0 % (populatie 30,0 %)" in moved and "bbl 50,0 % (populatie 70,0 %)" in moved
    assert any("After trimming: bol 50.0% (population 30.0%)" in one
               for one in table.show("en").notes)


def test_weights_that_lie_within_the_ends_moved_nothing():
    notes = wb.frequency(wb.weight(skewed(public=True), trim=(1, 40)), "q").show().notes
    assert not any("afgekapt" in one or "Na het afkappen" in one for one in notes)


def test_margins_of_few_real_students_are_not_told_by_what_they_became():
    given = skewed()
    few = wb.Responses(given.data.drop(index=range(33, 40)), given.source.model_copy(update={
        "design": given.source.design.model_copy(update={"invited": 33})}))
    notes = wb.frequency(wb.weight(few, trim=(1, 60)), "q").show().notes
    assert any("minder dan 5 studenten" in one for one in notes)
    assert not any("Na het afkappen" in one for one in notes)


def test_ends_that_cut_every_weight_are_refused():
    with pytest.raises(wb.DataError, match="cuts every weight, so that nobody is left"):
        wb.weight(skewed(), trim=(5, 20))
