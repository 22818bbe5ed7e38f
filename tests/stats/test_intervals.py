"""Quantiles and tails of our own are those of scipy.stats and statsmodels, which load slowly."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from wbkit.stats.intervals import clopper_pearson, hypergeometric, student, wilson

RNG = np.random.default_rng(203)
BASE = np.r_[1.0, 1.0, RNG.integers(1, 5000, 500)]
N = np.r_[0.0, 1.0, np.floor(BASE[2:] * RNG.random(500))]


@pytest.mark.parametrize(("ours", "method"), [(wilson, "wilson"), (clopper_pearson, "beta")])
def test_intervals_are_those_of_statsmodels(ours, method):
    theirs = proportion_confint(N, BASE, alpha=0.05, method=method)
    np.testing.assert_allclose(ours(N, BASE), np.nan_to_num(theirs), atol=1e-12)


def test_t_intervals_are_those_of_scipy_and_normal_without_end():
    df = np.array([1, 1.5, 2, 7, 30, 200, 1e6, np.inf])
    np.testing.assert_allclose(student(0.0, 1.0, df)[1], stats.t.ppf(0.975, df), rtol=1e-12)


@pytest.mark.parametrize(("n", "base", "population"), [
    (0, 5, 40), (3, 5, 40), (5, 5, 40), (41, 203, 1513), (1, 1, 1), (7, 20, 20)])
def test_a_finite_share_leaves_just_more_than_a_tail(n, base, population):
    ends = np.array(hypergeometric(n, base, population)) * population
    low, high = np.rint(ends).astype(int)
    tail = 0.025
    assert stats.hypergeom.sf(n - 1, population, low, base) > tail
    assert stats.hypergeom.cdf(n, population, high, base) > tail
    if low > n:
        assert stats.hypergeom.sf(n - 1, population, low - 1, base) <= tail
    if high < population - base + n:
        assert stats.hypergeom.cdf(n, population, high + 1, base) <= tail
