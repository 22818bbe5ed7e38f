"""Other samples and calls than those of reference.json, as R gives them.

R 4.2.2, survey 4.1-1, options(digits = 15); each test names its call. `ra` is
raalte_synthetic.csv, with N = 1513; `rk` is svydesign(~1, fpc = ~N, data = ra) raked to team and
leerweg (epsilon 1e-13); `w` is svydesign(~1, strata = ~team, weights = ~who5_2, data = ra) without
the 2 students who left who5_2 open: 13 weights are 0.
"""

import numpy as np
import pandas as pd
import pytest
from oracles.reference_data import ELSEWHERE, HERE, api, needs_elsewhere, raalte, responses_of

import wbkit as wb


def students(**design):
    """Give the made-up students with answers that are compared, and numbers that weigh."""
    frame = pd.read_csv(HERE / "raalte_synthetic.csv")
    return responses_of(frame, {"invited": len(frame)} | design, unit="student",
                        numbers=["who5_2", "who5_3", "hulp_b", "likert_2"],
                        closed={"team": [], "leerweg": ["bbl", "bol"], "likert_1": [],
                                "likert_3": []})


def weighed():
    return students(kind="stratified", strata="team", weight="who5_2")


def by_likert():
    return students(kind="stratified", strata="team", weight="likert_2")


def columns(table, *names):
    return np.concatenate([table.data[name].to_numpy(float) for name in names])


def test_how_many_students_gave_each_answer():
    # svytotal(~factor(likert_1), rk); svytotal(~team, svydesign(~1, fpc = ~N, data = ra))
    table = wb.estimate(wb.weight(raalte()), "likert_1", "total")
    assert columns(table, "estimate", "se") == pytest.approx([
        167.1318358014994, 315.1299208459434, 461.0766636952357, 276.5714282710620,
        293.0901513862594, 31.0404212825585, 40.4486327647259, 46.6120050234491,
        38.9632179483622, 40.1650080897249], rel=1e-9)
    assert "likert_1: totaal" in repr(table)
    assert columns(wb.estimate(raalte(), "team", "total"), "estimate", "se") == pytest.approx([
        409.9261083743842, 253.4088669950739, 156.5172413793103, 275.7684729064039,
        417.3793103448276, 44.0246175285486, 36.9884557431857, 30.1667643347785,
        38.2417973056617, 44.2727062751567], rel=1e-9)


def test_the_design_effect_of_totals_and_ratios():
    # With d <- svydesign(~1, strata = ~team, weights = ~likert_2, data = ra):
    # deff(svytotal(~who5_3, d, deff = TRUE)), of subset(d, leerweg == "bol"),
    # deff(svyratio(~who5_3, ~hulp_b, d, deff = TRUE)), deff(svytotal(~factor(likert_1), …))
    given = by_likert()
    found = [columns(table, "deff") for table in (
        wb.estimate(given, "who5_3", "total"),
        wb.estimate(given.where(leerweg="bol"), "who5_3", "total"),
        wb.estimate(given, "who5_3", "ratio", per="hulp_b"),
        wb.estimate(given, "likert_1", "total"))]
    assert np.concatenate(found) == pytest.approx([
        3.1551908634414, 3.9662591279223, 1.71230245557163, 1.57169812404057, 1.61819801568848,
        1.72743238075594, 1.79739773892857, 1.95410036941113], rel=1e-9)


def test_how_many_ticked_an_option_is_a_total_too():
    frame = pd.DataFrame({"m:a": [True, False, True, True], "m:b": [False, True, False, True]})
    items = {"m": {"kind": "multiple", "values": ["a", "b"]}}
    given = wb.responses(frame, unit="student", items=items, public=True,
                         design=wb.Design(kind="srs", population=40, invited=4))
    data = wb.estimate(given, "m", "total").data
    # svytotal(~a + b, svydesign(~1, fpc = rep(40, 4))): 10 × 3 and 10 × 2; degf 3
    assert data["estimate"].tolist() == [30, 20]
    assert data["se"].tolist() == pytest.approx([9.48683298050514, 10.9544511501033], rel=1e-9)
    assert data["df"].tolist() == [3, 3]


def test_quantiles_of_a_raked_sample():
    # svyquantile(~who5_3, rk, c(.1, .25, .75, .9))
    table = wb.estimate(wb.weight(raalte()), "who5_3", "quantile", q=[0.1, 0.25, 0.75, 0.9])
    assert table.data[["estimate", "low", "high"]].to_numpy().tolist() == [
        [1, 1, 2], [2, 2, 3], [4, 4, 5], [5, 5, 5]]
    assert table.data["se"].tolist() == pytest.approx([0.253578321714895] * 3 + [0], rel=1e-9)


def test_who_weighs_nothing_is_still_a_sampling_unit():
    # svymean(~hulp_b, w); svytotal(~hulp_b, w); degf 183: units with weight less strata
    mean, total = (wb.estimate(weighed(), "hulp_b", one) for one in ("mean", "total"))
    assert columns(mean, "estimate", "se", "df") == pytest.approx(
        [0.3942133815551537, 0.0386496508250604, 183], rel=1e-9)
    assert columns(total, "estimate", "se") == pytest.approx([218, 22.3301870353448], rel=1e-9)
    assert "15 studenten tellen niet mee" in repr(mean)
    # svymean(~factor(likert_1), subset(w, leerweg == "bol"))
    share = wb.estimate(weighed().where(leerweg="bol"), "likert_1", "share")
    assert columns(share, "estimate", "se") == pytest.approx([
        0.0630252100840336, 0.1764705882352941, 0.2920168067226891, 0.2289915966386555,
        0.2394957983193277, 0.0175468410487853, 0.0297466367763088, 0.0389619636736842,
        0.0369311344510753, 0.0382111612110419], rel=1e-9)


@pytest.mark.parametrize(("item", "without", "expected"), [
    # d: svydesign(~1, strata = ~team, weights = ~likert_2, data = ra)
    # svychisq(~likert_1 + leerweg, d); svychisq(~likert_3 + leerweg, d): 3 left likert_3 open
    ("likert_1", "", (1.544378775431454, 3.895655151074536, 771.339719912758, 0.188930306745816)),
    ("likert_3", "", (2.62523818239170, 3.95545697062784, 783.180480184313, 0.0341478745603378)),
    # svychisq(~likert_3 + leerweg, subset(d, team != "Zorg"))
    ("likert_3", "Zorg",
     (2.17433735093049, 3.91404796687998, 559.708859263837, 0.0720686615752613)),
])
def test_who_left_a_question_open_still_counts_as_a_sampling_unit(item, without, expected):
    given = by_likert()
    teams = [one for one in given.item("team").values if one != without]
    row = wb.compare(given.where(team=teams), item, "leerweg").data.iloc[0]
    assert tuple(row[["statistic", "df", "df2", "p"]]) == pytest.approx(expected, rel=1e-9)


def test_a_model_with_groups_and_weights():
    # summary(svyglm(who5_3 ~ leerweg + likert_1, d)); d as above, likert_1 as a number
    given = by_likert()
    numbers = given.data.assign(mening=given.data["likert_1"].astype(float))
    items = given.source.items | {"mening": wb.Item(name="mening", kind="numeric")}
    given = wb.Responses(numbers, given.source.model_copy(update={"items": items}))
    table = wb.regress(given, "who5_3", ["leerweg", "mening"])
    assert columns(table, "estimate", "se", "p") == pytest.approx([
        0.887221832144810, 0.228562755966729, 0.532033579508513, 0.3237987226200055,
        0.2674022881116917, 0.0672608944610276, 6.71042181480045e-03, 3.93731784591059e-01,
        1.84290201307133e-13], rel=1e-9)
    assert set(table.data["df"]) == {196}


def test_one_group_without_spread_is_compared_as_r_does():
    # t.test(c(1, 2, 5, 6), c(3, 3, 3, 3))
    frame = pd.DataFrame({"y": [3.0] * 4 + [1.0, 2.0, 5.0, 6.0], "g": ["a"] * 4 + ["b"] * 4})
    given = wb.responses(frame, unit="student", public=True,
                         design=wb.Design(kind="srs", invited=8))
    row = wb.compare(given, "y", "g").data.iloc[0]
    assert tuple(row[["statistic", "df", "p"]]) == pytest.approx(
        (0.420084025208403, 3, 0.702696943894362), rel=1e-9)


def test_a_change_from_one_and_the_same_number_is_tested_without_an_effect():
    # t.test(c(1, 2, 5, 6), c(3, 3, 3, 3), paired = TRUE)
    before, after = (wb.responses(
        pd.DataFrame({"y": y, "k": list("abcd")}), unit="student", public=True,
        design=wb.Design(kind="srs", invited=4)) for y in ([3.0] * 4, [1.0, 2.0, 5.0, 6.0]))
    row = wb.compare_paired(before, after, "y", key="k").data.iloc[0]
    assert tuple(row[["statistic", "df", "p"]]) == pytest.approx(
        (0.420084025208403, 3, 0.702696943894362), rel=1e-9)
    assert (row["test"], row["effect_name"]) == ("paired_t", "")


@needs_elsewhere
def test_the_ends_of_quantiles_rest_on_who_answered():
    # svyquantile(~enroll, svydesign(~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2),
    #             c(.1, .25, .75, .9), na.rm = TRUE): degf 38 of 39
    table = wb.estimate(api("clus2_fpc"), "enroll", "quantile", q=[0.1, 0.25, 0.75, 0.9])
    assert columns(table, "estimate", "low", "high", "se") == pytest.approx([
        175, 235, 825, 1120, np.nan, 167, 455, 840, 282, 397, 1418, np.nan,
        np.nan, 56.7567011023611, 237.637839832929, np.nan], rel=1e-9, nan_ok=True)
    assert "mist een grens: het interval van het aandeel" in repr(table)
    # One quantile at a time keeps the end that there is: svyquantile(~meals, apiclus1, .9)
    row = wb.estimate(api("clus1_fpc"), "meals", "quantile", q=0.9).data.iloc[0]
    assert (row["estimate"], row["low"]) == (89, 76)
    assert np.isnan(row["high"])


@needs_elsewhere
def test_a_quantile_is_the_least_value_that_reaches_its_share():
    # 20 of 200 equal weights reach q = .1. svyquantile(~meals, svydesign(~1, data = apisrs), q)
    # gives 9 and 92; with weights = ~pw rounding of R's sums makes that 10 and 93.
    table = wb.estimate(api("srs_fpc"), "meals", "quantile", q=[0.1, 0.9])
    assert table.data["estimate"].tolist() == [9, 92]
    # 0.021 lies under the first of 14 schools: R's rule then starts at the second (443).
    table = wb.estimate(with_1999("clus1_nofpc").where(stype="H"), "api99", "quantile")
    assert table.data[["estimate", "low", "high"]].iloc[0].tolist() == [593, 414, 715]


def with_1999(design):
    given = api(design)
    values = pd.read_csv(ELSEWHERE / "data" / "apiclus1.csv")["api99"].astype(float)
    items = given.source.items | {"api99": wb.Item(name="api99", kind="numeric")}
    return wb.Responses(given.data.assign(api99=values),
                        given.source.model_copy(update={"items": items}))


@needs_elsewhere
def test_how_many_schools_of_each_type():
    # svytotal(~stype, svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1))
    table = wb.estimate(api("clus1_fpc"), "stype", "total")
    assert columns(table, "estimate", "se") == pytest.approx([
        4873.967468261711, 473.857948303222, 846.174907684325,
        1333.319404949674, 158.699278792624, 167.549891621390], rel=1e-9)
