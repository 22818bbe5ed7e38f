"""What rounding leaves of a variance of 0 is no standard error."""

import numpy as np
import pandas as pd

import wbkit as wb
from wbkit.stats.taylor import Linear, Parts, variance


def test_equal_values_have_no_variance_left_by_rounding():
    for units in range(2, 60):
        one, total = np.ones((1, 1)), np.full((1, 1), 0.1 * units)
        squares = np.full((1, 1), 0.1**2 * units)
        parts = Parts(np.zeros(1, int), None, None, np.array([units]), one[0] * units,
                      one[0] * units, np.full((1, 1), np.inf))
        assert variance(Linear(total, total, total, squares), parts)[0] == 0
        assert variance(Linear(total, total, total, squares[:, :, None]), parts)[0, 0] == 0


def test_a_total_of_equal_numbers_is_sure():
    frame = pd.DataFrame({"uren": [0.1] * 7})
    drawn = wb.responses(frame, unit="student", design=wb.Design(kind="srs", invited=7,
                                                                 population=20))
    row = wb.estimate(drawn, "uren", "total").data.iloc[0]
    assert row["se"] == 0 and row[["low", "high"]].isna().all()  # no interval of a sure thing
