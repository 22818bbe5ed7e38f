"""Answers in groups: odds ratios, samples drawn again, options that tell nothing."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import wbkit as wb
from wbkit.survey.testing.effect_sizes import drawn_again, resampled
from wbkit.survey.testing.groups import endless_sample, in_groups


def likert(first, second):
    """Students in two groups, by how many gave each answer."""
    frame = pd.DataFrame({"y": np.repeat(list("abcabc"), [*first, *second]),
                          "g": np.repeat(["x", "y"], [sum(first), sum(second)])})
    return wb.responses(frame, unit="student", public=True,
                        items={"y": {"kind": "ordinal", "values": list("abc")},
                               "g": {"kind": "nominal", "values": ["x", "y"]}},
                        design=wb.Design(kind="srs", invited=len(frame)))


def test_the_odds_ratio_has_its_interval_the_right_way_round():
    # R: MASS::polr(y ~ g, Hess = TRUE); exp(b + c(0, -1, 1) * qnorm(.975) * se)
    row = wb.compare(likert([7, 5, 3], [3, 7, 5]), "y", "g").data.iloc[1]
    assert row["test"] == "ordinal_logit"
    assert row[["effect", "low", "high"]].tolist() == pytest.approx(
        [2.7223754185, 0.6908250015, 10.7282277038], rel=1e-4)


def test_groups_that_share_no_answer_have_no_odds_ratio():
    table = wb.compare(likert([5, 6, 0], [0, 0, 8]), "y", "g")
    assert table.data["test"].tolist() == ["kruskal_wallis"]


def grouped(given, item="y"):
    return in_groups(endless_sample(wb.count_cells(given, item, by="g")), given.item(item),
                     given.item("g"))


def test_a_sample_drawn_again_weighs_as_much_as_the_sample():
    # Rao & Wu (1988): n - 1 units are drawn, and each counts n / (n - 1) times
    found = grouped(likert([2, 0, 1], [0, 1, 1]))
    tables = np.concatenate(list(drawn_again(found, seed=1, times=50)))
    assert tables.sum(axis=(1, 2)) == pytest.approx(np.full(50, 5.0))


def test_resamples_are_shifted_down_by_twice_the_bias_of_one_sample(monkeypatch):
    drawn = np.linspace(12.0, 14.0, 1001)  # 3 above the 10 that was found, on average
    monkeypatch.setattr("wbkit.survey.testing.effect_sizes.drawn_again", lambda *_: iter([drawn]))
    found = SimpleNamespace(weights=np.array(10.0))
    ends = resampled(found, lambda weights: weights, 1, most=100.0)
    assert ends == pytest.approx((6.05, 7.95))


def test_an_option_that_everyone_ticked_tells_no_groups_apart():
    frame = pd.DataFrame({"g": ["x", "y"] * 20, "h:a": [True] * 40,
                          "h:b": [True, False, True, True] * 10,
                          "h:c": [False, True, False, True] * 10})
    given = wb.responses(frame, unit="student", public=True,
                         items={"h": {"kind": "multiple", "values": list("abc")},
                                "g": {"kind": "nominal", "values": ["x", "y"]}},
                         design=wb.Design(kind="srs", invited=40))
    whole = wb.compare(given, "h", "g").data.iloc[0]
    assert whole["test"] == "bilder_loughin" and 0 < whole["p"] < 1
