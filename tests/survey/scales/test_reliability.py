"""Reliability: of the units that answered every item, and never more than it is.

`scale_keys` compares it with R's psych.
"""

import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from builders.responses import answers
from builders.scales import ITEM, NUMBER, numbers, scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.mixed_linear_model import MixedLM

import wbkit as wb
from wbkit.stats.reliability import (
    Grouped,
    alpha_if_dropped,
    cronbach_alpha,
    item_rest,
    reml_icc,
    searle_interval,
)

ROOT = Path(__file__).parents[3]
SWMDK = ROOT / os.environ.get("WBKIT_SHARED", "../shared") / "data" / "SWMDK.csv"
ASSUMED = "aselect binnen de school"

needs_pupils = pytest.mark.skipif(
    not SWMDK.is_file(), reason="SWMDK.csv is not here; name its parent folder in WBKIT_SHARED")


def estimates(table, item="whole_scale"):
    rows = table.data[table.data["item"] == item]
    return rows.set_index("measure")["estimate"].to_dict()


def row_of(table, measure):
    return table.data[table.data["measure"] == measure].iloc[0]


def nested(values, groups, **fields):
    """Make units with two equal items, so that the score is the value, in groups."""
    names = [f"g{one}" for one in groups]
    items = {"a": NUMBER, "b": NUMBER, "klas": {"kind": "nominal", "values": sorted(set(names))}}
    data = {"a": pd.Series(values, dtype=float), "b": pd.Series(values, dtype=float),
            "klas": names}
    scale = {"name": "s", "variant": "v1", "items": ["a", "b"]}
    return answers(data, items=items, scales={"s": scale}, **fields)


@needs_pupils
@pytest.mark.parametrize(("items", "icc"), [(range(1, 8), 0.177243), (range(8, 14), 0.168006)])
def test_icc_of_pupils_in_30_classes_is_that_of_lme4_and_statsmodels(items, icc):
    # lme4, REML, to six decimals; statsmodels' optimiser stops near 1e-4.
    frame = pd.read_csv(SWMDK)
    scores = frame[[f"Item{n}" for n in items]].mean(axis=1).to_numpy()
    found = reml_icc(Grouped.of(scores, frame["classId"].to_numpy()))
    assert found == pytest.approx(icc, abs=5e-7)
    model = MixedLM(scores, np.ones((len(scores), 1)), groups=frame["classId"]).fit(reml=True)
    between = float(np.asarray(model.cov_re)[0, 0])
    assert found == pytest.approx(between / (between + model.scale), rel=1e-3)


def test_cronbach_by_hand():
    # Two items with covariance 1 and variances 2: alpha = 2 (1 - 4 / 6) = 2 / 3, item-rest 1 / 2.
    covariance = np.array([[2.0, 1], [1, 2]])
    assert cronbach_alpha(covariance) == pytest.approx(2 / 3)
    assert item_rest(covariance) == pytest.approx([0.5, 0.5])
    assert np.isnan(alpha_if_dropped(covariance)).all()


def test_groups_that_differ_in_nothing_have_an_icc_of_nought_or_of_one():
    assert reml_icc(Grouped.of(np.array([1.0, 2, 1, 2]), np.array([0, 0, 1, 1]))) == 0
    assert reml_icc(Grouped.of(np.array([1.0, 1, 2, 2]), np.array([0, 0, 1, 1]))) == 1
    assert np.isnan(reml_icc(Grouped.of(np.ones(4), np.array([0, 0, 1, 1]))))


RNG = np.random.default_rng(7)
MANY = [float(one) for one in np.repeat(RNG.normal(size=20), 3) + RNG.normal(size=60)]
CLASSES = list(np.repeat(range(20), 3))


def test_a_cluster_of_the_design_gives_an_icc_without_being_named():
    design = {"kind": "cluster", "cluster": "klas"}
    who = nested(MANY, CLASSES, design=design)
    table = wb.reliability(who, "s")
    assert row_of(table, "icc")["estimate"] == pytest.approx(
        reml_icc(Grouped.of(np.array(MANY), np.array(CLASSES))))
    assert "geschat met REML" in repr(table)
    assert wb.reliability(who, "s").fingerprint == wb.reliability(
        who, "s", groups="klas").fingerprint


def test_under_twenty_groups_there_is_no_icc():
    few = [one % 19 for one in CLASSES]
    table = wb.reliability(nested(MANY, few), "s", groups="klas")
    assert np.isnan(row_of(table, "icc")["estimate"])
    assert row_of(table, "icc")["reason"] == "few_groups"
    assert "te weinig groepen (klas); er zijn er minstens 20 nodig" in repr(table)


def test_one_unit_in_each_group_has_no_icc():
    table = wb.reliability(nested(MANY, range(60)), "s", groups="klas")
    assert row_of(table, "icc")["reason"] == "alone"


def test_icc_has_searles_interval_only_where_groups_were_drawn_or_are_assumed_to_be():
    who = nested(MANY, CLASSES)
    bare = row_of(wb.reliability(who, "s", groups="klas"), "icc")
    assert np.isnan(bare["low"])
    assumed = wb.reliability(wb.assume(who, ASSUMED), "s", groups="klas")
    low, high = searle_interval(Grouped.of(np.array(MANY), np.array(CLASSES)))
    assert tuple(row_of(assumed, "icc")[["low", "high"]]) == pytest.approx((low, high))
    assert "volgens Searle" in repr(assumed)


def test_alpha_of_a_convenience_sample_has_no_interval_before_assume():
    who = numbers({"a": MANY, "b": MANY[1:] + MANY[:1], "c": MANY[2:] + MANY[:2]})
    bare = wb.reliability(who, "s")
    assert np.isnan(row_of(bare, "alpha")["low"])
    assert "Geen interval: wie toevallig aanwezig was" in repr(bare)
    assumed = wb.reliability(wb.assume(who, ASSUMED), "s")
    assert row_of(assumed, "alpha")["low"] < row_of(assumed, "alpha")["estimate"]
    assert f"(Feldt), onder de aanname: ‘{ASSUMED}’" in repr(assumed)


def test_feldt_is_not_for_units_that_are_random_within_strata_only():
    items = {"a": NUMBER, "b": NUMBER, "leerweg": {"kind": "nominal", "values": ["bol", "bbl"]}}
    who = answers({"a": MANY, "b": MANY[1:] + MANY[:1], "leerweg": ["bol", "bbl"] * 30},
                  items=items, design={"kind": "convenience",
                                       "margins": {"leerweg": {"bol": 400, "bbl": 40}}})
    alphas = {words: row_of(wb.reliability(wb.assume(who, words), ["a", "b"]), "alpha")
              for words in ("als een aselecte steekproef", "aselect binnen strata")}
    simple, within = alphas.values()
    assert simple["low"] < simple["estimate"] == within["estimate"]
    assert np.isnan(within["low"])


def test_feldt_is_not_for_units_drawn_in_groups():
    design = {"kind": "cluster", "cluster": "klas", "invited": 60}
    table = wb.reliability(wb.assume(nested(MANY, CLASSES, design=design), ASSUMED), "s")
    assert np.isnan(row_of(table, "alpha")["low"])
    assert "Geen interval van alfa: de formule is voor een enkelvoudige" in repr(table)


def test_only_who_answered_everything_counts():
    who = numbers({"a": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, None], "b": [1, 2, 3, 4, 5] * 2 + [2]})
    table = wb.reliability(who, "s")
    assert set(table.data["n"]) == {10}
    assert "10 van de 11 studenten beantwoordden alle 2 vragen" in repr(table)


def test_a_part_of_the_units_is_looked_at_alone():
    items = {"a": NUMBER, "b": NUMBER, "leerweg": {"kind": "nominal", "values": ["bol", "bbl"]}}
    data = {"a": [float(n) for n in range(10)] * 2, "b": [float(n) for n in range(10)] * 2,
            "leerweg": ["bol"] * 10 + ["bbl"] * 10}
    data["b"] = data["b"][:10] + data["b"][10:][::-1]
    scale = {"name": "s", "variant": "v1", "items": ["a", "b"]}
    who = answers(data, items=items, scales={"s": scale})
    assert estimates(wb.reliability(who.where(leerweg="bol"), "s"))["alpha"] == pytest.approx(1)
    assert row_of(wb.reliability(who.where(leerweg="bol"), "s"), "alpha")["n"] == 10


@pytest.mark.parametrize(("data", "reason"), [
    ({"a": [1.0] * 9, "b": [2.0] * 9, "c": [2.0] * 9}, "few_units"),
    ({"a": [1.0] * 12, "b": MANY[:12], "c": MANY[12:24]}, "same_answer"),
])
def test_what_cannot_be_computed_says_why(data, reason):
    table = wb.reliability(numbers(data), "s")
    whole = table.data[table.data["item"] == "whole_scale"]
    assert whole["estimate"].isna().all() and set(whole["reason"]) == {reason}
    assert table.data["estimate"].isna().sum() >= 5


def test_items_that_cancel_one_another_say_so_and_give_no_huge_number():
    # The covariances add up to 0 but for rounding: dividing by it gave -2.5e16.
    steps = np.arange(20.0)
    for other in (-steps, -steps + 1e-9 * np.sin(steps)):
        table = wb.reliability(numbers({"a": steps, "b": other}), "s")
        alphas = table.data.set_index("measure").loc[["alpha", "alpha_standardised"]]
        assert alphas["estimate"].isna().all() and set(alphas["reason"]) == {"cancelled"}


@pytest.mark.parametrize("same", [3.3, 0.1])
def test_a_fraction_that_all_gave_is_the_same_answer(same):
    # The mean of twenty times 3.3 is not 3.3, so that rounding left a variance.
    data = {"a": MANY[:20], "b": MANY[20:40], "c": [same] * 20}
    reasons = wb.reliability(numbers(data), "s").data.set_index(["item", "measure"])["reason"]
    assert reasons["whole_scale", "alpha_standardised"] == "same_answer"
    assert reasons["c", "item_rest"] == "same_answer"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("data", "icc", "reason"), [
    ([1.0] * 60, None, "same_answer"), ([float(one) for one in CLASSES], 1.0, "")])
def test_an_icc_without_spread_within_groups_has_no_interval(data, icc, reason):
    items = {"a": NUMBER, "b": NUMBER, "klas": {"kind": "nominal", "values": [
        str(one) for one in range(20)]}}
    scale = {"name": "s", "variant": "v1", "items": ["a", "b"]}
    who = answers({"a": data, "b": data, "klas": [str(one) for one in CLASSES]}, items=items,
                  scales={"s": scale}, design={"kind": "cluster", "cluster": "klas", "invited": 60})
    row = wb.reliability(who, "s").data.set_index("measure").loc["icc"]
    assert row["reason"] == reason and np.isnan(row["low"])
    assert (np.isnan(row["estimate"]) if icc is None else row["estimate"] == icc)


def test_two_items_have_no_omega():
    table = wb.reliability(numbers({"a": MANY, "b": MANY[1:] + MANY[:1]}), "s")
    found = table.data.set_index("measure").loc["omega"]
    assert np.isnan(found["estimate"]) and found["reason"] == "two_items"


def test_where_one_factor_does_not_fit_there_is_no_omega():
    # Two items that are nearly one and a third that is neither: a Heywood case.
    noise = np.array(MANY) / 100
    data = {"a": MANY, "b": list(np.array(MANY) + noise[::-1]),
            "c": list(np.array(MANY) + RNG.normal(size=60))}
    reasons = wb.reliability(numbers(data), "s").data.set_index("measure")["reason"]
    assert reasons["omega"] == "no_one_factor"


def test_an_item_that_runs_against_the_others_is_marked_and_not_turned():
    data = {"a": list(range(12)), "b": list(range(12)), "c": list(range(12, 0, -1))}
    table = wb.reliability(numbers(data), ["a", "b", "c"])
    reasons = table.data[table.data["measure"] == "item_rest"].set_index("item")["reason"]
    assert reasons["c"] == "unreversed"
    assert "loopt tegen de andere in: goed omgekeerd?" in repr(table)
    assert "geen is omgekeerd" in repr(table)


def test_a_list_of_items_is_taken_as_it_stands():
    who = numbers({"a": MANY, "b": MANY[1:] + MANY[:1], "c": MANY[2:] + MANY[:2]})
    by_list, by_scale = wb.reliability(who, ["a", "b", "c"]), wb.reliability(who, "s")
    pd.testing.assert_frame_equal(by_list.data, by_scale.data)
    assert "Niet gevalideerd" in repr(by_scale) and "Niet gevalideerd" not in repr(by_list)


@pytest.mark.parametrize(("given_items", "words"), [
    ([], "needs a list of different items, and there is none"),
    (["a", "a"], "needs a list of different items, and there is a, a. Name each once"),
    (["a"], "reliability is about items that hang together, and there is a alone. Name"),
])
def test_too_few_items_are_refused(given_items, words):
    with pytest.raises(wb.DataError, match=words):
        wb.reliability(scaled({"a": ["soms"], "b": ["soms"]}, items={"a": ITEM, "b": ITEM}),
                       given_items)


def test_reversed_items_and_weights_are_named():
    items = {"a": NUMBER, "b": NUMBER, "c": NUMBER, "gewicht": NUMBER}
    data = {"a": MANY, "b": MANY[1:] + MANY[:1], "c": MANY[2:] + MANY[:2], "gewicht": [1.0] * 60}
    scale = {"name": "s", "variant": "v1", "items": ["a", "b", "c"], "reversed": ["b"],
             "range": [-9, 9]}
    who = answers(data, items=items, scales={"s": scale},
                  design={"kind": "convenience", "weight": "gewicht"})
    words = repr(wb.reliability(who, "s"))
    assert "Omgekeerd geteld: ‘b’." in words and "Berekend zonder gewichten." in words
    table = wb.reliability(wb.assume(who, "wie er was, is aselect"), "s")
    assert table.data["low"].isna().all()  # Feldt's interval is of units that count equally


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_reversing_every_item_or_the_order_of_rows_changes_nothing(seed):
    draw = np.random.default_rng(seed)
    values = draw.normal(size=(30, 1)) + draw.normal(size=(30, 4))
    data = dict(zip("abcd", values.T, strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first, turned, mixed = (
            wb.reliability(numbers(some), list("abcd")).data for some in
            (data, {name: -one for name, one in data.items()},
             {name: one[::-1] for name, one in data.items()}))
    for other in (turned, mixed):
        np.testing.assert_allclose(other["estimate"], first["estimate"], atol=1e-5)


def test_fewer_units_than_the_study_shows_are_not_counted_out():
    who = numbers({"a": [1, 2, 3, 4] + [None] * 8, "b": [1.0] * 12}, synthetic=False)
    table = wb.reliability(who, "s")
    assert table.data["n"].isna().all() and set(table.data["state"]) == {"hidden"}
    assert "minder dan 5 van de 12 studenten" in repr(table)


def test_an_alpha_of_one_has_no_interval_and_says_why():
    same = [1.0, 2.0, 3.0, 4.0, 5.0, 3.0] * 3
    given = wb.responses(pd.DataFrame({"a": same, "b": same, "c": same}), unit="student",
                         public=True, design=wb.Design(kind="srs", invited=18))
    table = wb.reliability(given, ["a", "b", "c"])
    alpha = table.data[table.data["measure"] == "alpha"].iloc[0]
    assert alpha["estimate"] == pytest.approx(1)
    assert alpha[["low", "high"]].isna().all()
    assert alpha["reason"] == "at_end"
    assert "aan het uiterste van de schaal: geen interval" in repr(table)
    assert "per groep geloot of gewogen" not in repr(table)
