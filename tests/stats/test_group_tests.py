"""Effects of means, and ICC of groups of unequal size, by hand and as R gives them."""

import numpy as np
import pytest

from wbkit.stats.group_tests import explained, kelley
from wbkit.stats.reliability import Grouped, searle_interval


def test_epsilon_of_means_takes_off_what_chance_explains():
    # 1 2 3, 2 3 4 and 6 7 8: between 42, within 6 (6 df), so (42 - 2 * 1) / 48.
    scores = np.array([1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0])
    table = np.array([[1, 1, 1, 0, 0, 0, 0], [0, 1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1]])
    assert explained(table, scores) == pytest.approx(42 / 48)
    assert kelley(table, scores) == pytest.approx(40 / 48)


def test_searle_s_interval_knows_groups_of_unequal_size():
    # R: anova(aov(y ~ g)); Fv / qf(c(.975, .025), 2, 9); (e - 1) / (e + 11 / 3 - 1)
    y = np.array([1, 3, 2, 5, 4, 4, 7, 8, 6, 9, 7, 8], dtype=float)
    ends = searle_interval(Grouped.of(y, np.repeat([1, 2, 3], [2, 4, 6])))
    assert ends == pytest.approx((0.440230056394625, 0.995818194872572), rel=1e-9)
