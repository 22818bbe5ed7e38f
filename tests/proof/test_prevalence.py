"""How often the interval of `prediction_powered` holds the truth, in 20 made-up populations.

Three more have hits that are hardly ever wrong: there it holds the truth more often. In each,
texts, codes and hits are fixed, and only who is drawn is left to chance, as in practice.
"""

import numpy as np
import pytest

from wbkit.stats.intervals import finite_base, wilson
from wbkit.stats.prediction_powered import Frame, prediction_powered, score_interval

pytestmark = pytest.mark.proof
RUNS, FEW_RUNS = 10_000, 1_000
SINGLE = {  # units, sample, share with the code, found of these, found of the others
    "half, good": (1000, 100, 0.3, 0.8, 0.1),
    "half, poor": (1000, 60, 0.5, 0.6, 0.3),
    "one in ten": (5000, 200, 0.1, 0.7, 0.05),
    "rare, many read": (5000, 400, 0.05, 0.6, 0.05),
    "rarer, many read": (100_000, 500, 0.03, 0.8, 0.02),
    "hits say nothing": (20_000, 100, 0.2, 0.5, 0.5),
    "hits everywhere": (20_000, 100, 0.2, 0.9, 0.4),
    "nearly all have it": (20_000, 200, 0.92, 0.95, 0.2),
    "most have it": (20_000, 100, 0.8, 0.7, 0.1),
    "half of a few read": (400, 200, 0.5, 0.9, 0.1),
    "a third of a few read": (400, 150, 0.15, 0.8, 0.05),
    "few found, few wrong": (1000, 120, 0.15, 0.6, 0.01),
    "hits err more than the code": (2000, 120, 0.1, 0.85, 0.15),
    "never found by mistake": (2000, 60, 0.25, 0.7, 0.0),
    "all found": (2000, 60, 0.25, 1.0, 0.1),
    "found where it is not": (5000, 100, 0.3, 0.2, 0.7),
}
HARDLY_WRONG = {  # so few hits are wrong that the sample often holds none of them
    "hardly wrong": (1000, 100, 0.1, 0.99, 0.001),
    "hardly wrong, nearly all have it": (5000, 100, 0.9, 0.99, 0.05),
    "hardly wrong, rare": (5000, 200, 0.05, 0.9, 0.01),
}
DRAWN_TOGETHER = {  # clusters, sample, units in each, share, spread between them, found, mistaken
    "turns in interviews": (200, 25, 15, 0.2, 0.1, 0.8, 0.1),
    "answers in classes": (300, 60, 5, 0.3, 0.2, 0.9, 0.1),
}
WEIGHTED = {  # units, sample, share, found, mistaken, spread of the logarithm of the weights
    "weights": (2000, 120, 0.3, 0.8, 0.1, 0.4),
    "uneven weights": (2000, 200, 0.2, 0.7, 0.1, 0.7),
}


def population(units, share, found, mistaken):
    """Return who has the code and who a hit, in exact shares."""
    with_code = round(units * share)
    hand = np.arange(units) < with_code
    hits = np.zeros(units, bool)
    hits[:round(with_code * found)] = True
    hits[with_code:with_code + round((units - with_code) * mistaken)] = True
    return hand, hits


@pytest.mark.parametrize("design", HARDLY_WRONG)
def test_hits_that_are_hardly_ever_wrong_do_not_make_the_interval_too_sure(design):
    low, high, alone, (hand, hits) = single(HARDLY_WRONG[design])
    assert np.mean((low <= hand.mean()) & (hand.mean() <= high)) >= 0.95
    assert np.median(high - low) < 0.8 * np.median(alone[1] - alone[0])


@pytest.mark.parametrize("design", SINGLE)
def test_single_units(design):
    holds(*single(SINGLE[design]))


def single(design):
    """Return the intervals of many draws, those of the sample alone, and the population."""
    units, sample, share, found, mistaken = design
    hand, hits = population(units, share, found, mistaken)
    cells = [(hits & hand).sum(), (hits & ~hand).sum(), (~hits & hand).sum(),
             (~hits & ~hand).sum()]
    rng = np.random.default_rng(1)
    drawn = rng.multivariate_hypergeometric(cells, sample, RUNS)
    n = np.stack([drawn[:, :2].sum(axis=1), drawn[:, 2:].sum(axis=1)]).astype(float)
    kept = (n >= 2).all(axis=0)  # the others are the sample alone, and a test of tests/stats
    drawn, n = drawn[kept], n[:, kept]
    every = np.array([[hits.sum()], [(~hits).sum()]])
    base = n * (every - 1) / np.maximum(every - n, 1e-12)
    part = every / units * np.ones_like(n)
    low, high = score_interval(drawn[:, [0, 2]].T / n, base, part)
    check_one(drawn, (low, high), (hand, hits, sample))
    own = drawn[:, 0] + drawn[:, 2]
    alone = wilson(own * finite_base(1, sample, units), finite_base(sample, sample, units))
    return low, high, alone, (hand, hits)


def check_one(drawn, ends, made):
    """Compare some of the fast intervals with those that `prediction_powered` gives."""
    hand, hits, sample = made
    frame = Frame(hits, np.ones(len(hits)), np.arange(len(hits)))
    kinds = [np.flatnonzero(hits & hand), np.flatnonzero(hits & ~hand),
             np.flatnonzero(~hits & hand), np.flatnonzero(~hits & ~hand)]
    for run in range(5):
        places = np.concatenate([kind[:n] for kind, n in zip(kinds, drawn[run], strict=True)])
        one = prediction_powered(frame, places, hand[places])
        assert len(places) == sample
        assert (one.low, one.high) == pytest.approx((ends[0][run], ends[1][run]), abs=1e-9)


def holds(low, high, alone, made, weight=1.0):
    """Coverage is 93 to 97 %, and the interval no wider than that of the sample alone."""
    hand, hits = made
    truth = (weight * hand).sum() / (weight * np.ones(len(hand))).sum()
    covered = np.mean((low <= truth) & (truth <= high))
    width, width_alone = np.median(high - low), np.median(alone[1] - alone[0])
    assert 0.93 <= covered <= 0.97, f"coverage {covered:.3f}"
    assert width <= 1.02 * width_alone, f"{width:.4f} against {width_alone:.4f}"
    if np.var(hand.astype(float) - hits) < np.var(hand.astype(float)):
        assert width < width_alone


@pytest.mark.parametrize("design", DRAWN_TOGETHER)
def test_units_drawn_together(design):
    clusters, sample, size, share, between, found, mistaken = DRAWN_TOGETHER[design]
    rng = np.random.default_rng(2)
    cluster = np.repeat(np.arange(clusters), rng.poisson(size - 1, clusters) + 1)
    spread = 1 / between - 1
    hand = rng.random(len(cluster)) < rng.beta(share * spread, (1 - share) * spread,
                                               clusters)[cluster]
    hits = np.where(hand, rng.random(len(cluster)) < found, rng.random(len(cluster)) < mistaken)
    simulated(hand, hits, np.ones(len(cluster)), cluster, sample)


@pytest.mark.parametrize("design", WEIGHTED)
def test_weighted_units(design):
    units, sample, share, found, mistaken, uneven = WEIGHTED[design]
    hand, hits = population(units, share, found, mistaken)
    weight = np.exp(np.random.default_rng(3).normal(0, uneven, units))
    simulated(hand, hits, weight, np.arange(units), sample)


def simulated(hand, hits, weight, cluster, sample):
    """Draw whole clusters, with and without the help of hits."""
    rng, ends = np.random.default_rng(4), []
    for _ in range(FEW_RUNS):
        chosen = rng.choice(cluster.max() + 1, sample, replace=False)
        drawn = np.flatnonzero(np.isin(cluster, chosen))
        found = [prediction_powered(Frame(one, weight, cluster), drawn, hand[drawn])
                 for one in (hits, np.zeros(len(hits), bool))]
        ends.append([found[0].low, found[0].high, found[1].low, found[1].high])
    low, high, *alone = np.array(ends).T
    holds(low, high, alone, (hand, hits), weight)
