"""Quantiles and tails of our own are those of scipy.stats and statsmodels, which load slowly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from wbkit.stats.intervals import (
    clopper_pearson,
    hypergeometric,
    paired_difference,
    student,
    wilson,
)

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


def test_a_paired_difference_is_that_of_the_publication():
    # Fagerland, Lydersen & Laake (2017), Statistical Analysis of Contingency Tables, chapter 8
    # (Cavo et al., 2012: 59, 6, 16, 80), and their R package contingencytables 3.0.0.
    assert paired_difference(6, 16, 161) == pytest.approx((-0.1240, -0.0054), abs=5e-5)


def test_a_paired_difference_of_nobody_follows_tango_s_formula():
    # Tango (1998), formula 29: -z² / (n + z²) to z² / (n + z²), 3.8415 / 23.8415.
    assert paired_difference(0, 0, 20) == pytest.approx((-0.16113, 0.16113), abs=5e-6)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_paired_difference_lies_in_its_interval_and_swaps_with_the_moments(rose, fell, same):
    n = max(1, rose + fell + same)
    low, high = paired_difference(rose, fell, n)
    assert -1 <= low <= (rose - fell) / n <= high <= 1
    assert low < high
    assert paired_difference(fell, rose, n) == pytest.approx((-high, -low), abs=1e-9)
