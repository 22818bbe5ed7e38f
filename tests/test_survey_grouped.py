"""Two groups and an ordinal answer: the odds ratio beside the test."""

import numpy as np
import pandas as pd
import pytest

import wbkit as wb


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
