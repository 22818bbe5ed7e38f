"""How often the interval of a paired difference holds the truth, by enumeration of every sample.

The grid: shares before and after of 0.05, 0.1, 0.2 … 0.9, 0.95, correlations of 0, 0.25, 0.5,
0.75 and 0.9 where those shares allow them, and every n from 5 to 60.
"""

from functools import cache
from itertools import product

import numpy as np
import pytest
from scipy.special import gammaln, xlogy

from wbkit.stats.intervals import paired_difference, wilson

pytestmark = pytest.mark.proof
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
CORRELATIONS = (0, 0.25, 0.5, 0.75, 0.9)
SIZES = range(5, 61)
LARGEST_SMALL, COMPARED = 10, (5, 6, 7, 8, 10, 15, 20, 30, 40, 60)
EDGE = 1e-9  # of rounding: an end on the truth holds it


@cache
def grid():
    """Return the chances of yes-yes, yes-no, no-yes and no-no, shape (points, 4)."""
    points = []
    for before, after, phi in product(SHARES, SHARES, CORRELATIONS):
        both = before * after + phi * np.sqrt(before * (1 - before) * after * (1 - after))
        cells = np.array([both, before - both, after - both, 1 - before - after + both])
        if cells.min() >= -1e-12:
            points.append(np.maximum(cells, 0))
    return np.array(points)


def samples(n):
    """List every sample of n units, shape (4, samples), and the logarithm of its ways."""
    found = np.array([(a, b, c, n - a - b - c) for a in range(n + 1) for b in range(n + 1 - a)
                      for c in range(n + 1 - a - b)]).T
    return found, gammaln(n + 1) - gammaln(found + 1).sum(axis=0)


def changes(n):
    """List how many can fall and rise, and the logarithm of the ways; the others did not change."""
    found = np.array([(b, c, n - b - c) for b in range(n + 1) for c in range(n + 1 - b)]).T
    return found, gammaln(n + 1) - gammaln(found + 1).sum(axis=0)


def newcombe(cells):
    """Return Newcombe's (1998) method 10 for yes-no less no-yes."""
    a, b, c, d = cells.astype(float)
    n = a + b + c + d
    (l1, u1), (l2, u2) = wilson(a + b, n), wilson(a + c, n)
    p1, p2 = (a + b) / n, (a + c) / n
    product_ = a * d - b * c
    product_ = np.where(product_ > 0, np.maximum(product_ - n / 2, 0), product_)
    scale = np.sqrt((a + b) * (c + d) * (a + c) * (b + d))
    phi = np.divide(product_, scale, out=np.zeros_like(scale), where=scale > 0)
    low = (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2
    high = (p2 - l2) ** 2 - 2 * phi * (p2 - l2) * (u1 - p1) + (u1 - p1) ** 2
    return p1 - p2 - np.sqrt(np.maximum(low, 0)), p1 - p2 + np.sqrt(np.maximum(high, 0))


def covered(found, ways, chances, ends):
    """Return at each point how often the ends hold the true difference."""
    truth = grid()[:, 1] - grid()[:, 2]
    inside = (ends[0] - EDGE <= truth[:, None]) & (truth[:, None] <= ends[1] + EDGE)
    return np.array([np.exp(ways + xlogy(found, point[:, None]).sum(axis=0)) @ kept
                     for point, kept in zip(chances, inside, strict=True)])


@cache
def tango_coverage():
    """Return the coverage of every n at every point of the grid, shape (sizes, points)."""
    chances = np.column_stack([grid()[:, 1], grid()[:, 2], grid()[:, 0] + grid()[:, 3]])
    rows = []
    for n in SIZES:
        found, ways = changes(n)
        rows.append(covered(found, ways, chances, paired_difference(found[0], found[1], n)))
    return np.array(rows)


@cache
def newcombe_coverage():
    rows = []
    for n in COMPARED:
        found, ways = samples(n)
        rows.append(covered(found, ways, grid(), newcombe(found)))
    return np.array(rows)


def test_newcombe_s_method_is_the_published_one():
    # Newcombe (1998), Statistics in Medicine 17, 2635-2650, table II: 36, 12, 2, 0.
    assert newcombe(np.array([[36], [12], [2], [0]])) == pytest.approx((0.0569, 0.3404), abs=5e-5)


def test_the_mean_coverage_is_at_least_94_per_cent_at_every_n():
    assert tango_coverage().mean(axis=1).min() >= 0.94


def test_the_least_coverage_of_the_grid_is_at_least_90_per_cent():
    assert tango_coverage().min() >= 0.90


def test_few_units_are_covered_too_often_rather_than_too_seldom():
    mean = tango_coverage().mean(axis=1)
    assert (mean[:LARGEST_SMALL] > 0.97).all()  # n = 5 to 14: wider than they need be
    assert mean.max() == mean[0]


def test_newcombe_s_method_falls_below_90_per_cent():
    assert newcombe_coverage().min() < 0.90


def test_the_figures_of_the_decision_are_those_of_the_enumeration(pytestconfig):
    page = (pytestconfig.rootpath / "docs/decisions/10-paired-shares.md").read_text("utf-8")
    ours = tango_coverage()[[n - SIZES[0] for n in COMPARED]]
    for n, one, other in zip(COMPARED, ours, newcombe_coverage(), strict=True):
        figures = [f"{100 * number:.1f}" for part in (one, other)
                   for number in (part.mean(), part.min())]
        assert f"| {n} | {' | '.join(figures)} |" in page
