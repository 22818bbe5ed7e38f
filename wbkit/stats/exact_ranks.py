"""P-values of rank tests of few units: exact, or from random orders; ties are reckoned with."""

import math

import numpy as np

from wbkit.stats.group_tests import explained, midranks
from wbkit.stats.intervals import generator

MOST_STATES = 1_000_000  # ways to divide units that are gone through at once
DRAWS = 50_000
SAME = 1e-9  # two statistics that differ less are equally large


def exact_wilcoxon(rose: np.ndarray, fell: np.ndarray) -> float:
    """Return the exact two-sided p-value of Wilcoxon's signed-rank test [1]_ [2]_.

    Units that did not change are left out, and changes of one size share the mean of their
    ranks; given the sizes, each change was as likely up as down. Without ties R:
    ``wilcox.test(paired = TRUE, exact = TRUE)``; with ties ``coin::wilcoxsign_test(zero.method =
    "Wilcoxon", distribution = "exact")``.

    Parameters
    ----------
    rose, fell
        How many rose and fell by each size, from one step on; shape (sizes,).

    Returns
    -------
    float
        1 where nobody changed.

    References
    ----------
    .. [1] Wilcoxon, F. (1945). Biometrics Bulletin, 1, 80-83.
    .. [2] Hollander, M. & Wolfe, D. A. (1999). Nonparametric Statistical Methods, 2nd ed.,
       section 3.1.
    """
    many = np.asarray(rose + fell, dtype=int)
    twice = (2 * midranks(many) + 1).astype(int)  # whole numbers, also of ties
    chance = np.ones(1)
    for rank in np.repeat(twice, many):
        up = np.concatenate([np.zeros(rank), chance])
        chance = (up + np.pad(chance, (0, rank))) / 2
    least = int(min((rose * twice).sum(), (fell * twice).sum()))
    return float(min(1.0, 2 * chance[: least + 1].sum()))


def exact_kruskal(table: np.ndarray, most: int = MOST_STATES) -> float | None:
    """Return the exact p-value of Kruskal and Wallis' H, given the answers of all groups [1]_.

    Of two groups this is the exact Wilcoxon-Mann-Whitney test, two-sided.

    Parameters
    ----------
    table
        Units in each group with each value, values in order, shape (groups, values).
    most
        How many ways to divide the units with one value are gone through at once.

    Returns
    -------
    float or None
        The probability of an H as large or larger; None where there are too many ways.

    References
    ----------
    .. [1] Kruskal, W. H. & Wallis, W. A. (1952). Journal of the American Statistical
       Association, 47, 583-621.
    """
    table = np.asarray(table, dtype=int)
    sizes, totals = table.sum(axis=1), table.sum(axis=0)
    states, chance = np.zeros((1, 2 * len(sizes)), dtype=np.int64), np.ones(1)
    for total, rank in zip(totals, (2 * midranks(totals) + 1).astype(int), strict=True):
        if len(states) * math.comb(total + len(sizes) - 1, total) > most:
            return None
        parts, ways = _divided(int(total), len(sizes))
        found = (states[:, None] + np.hstack([parts, parts * rank])).reshape(-1, states.shape[1])
        chance = (chance[:, None] * ways).ravel()
        fits = (found[:, :len(sizes)] <= sizes).all(axis=1)
        states, place = np.unique(found[fits], axis=0, return_inverse=True)
        chance = np.bincount(place.ravel(), chance[fits])
    due = sizes * (table.sum() + 1)  # of twice the sums of ranks
    spread = ((states[:, len(sizes):] - due) ** 2 / sizes).sum(axis=1)
    observed = ((table @ (2 * midranks(totals) + 1) - due) ** 2 / sizes).sum()
    return float(min(1.0, chance[spread >= observed * (1 - SAME)].sum() / chance.sum()))


def _divided(total: int, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """List how units can be divided over groups, and how likely each way is by lot."""
    parts = np.zeros((1, 0), dtype=np.int64)
    for _ in range(groups - 1):
        left = total - parts.sum(axis=1) + 1
        first = np.repeat(np.arange(len(parts)), left)
        steps = np.arange(len(first)) - np.repeat(np.cumsum(left) - left, left)
        parts = np.column_stack([parts[first], steps])
    parts = np.column_stack([parts, total - parts.sum(axis=1)])
    log = np.array([math.lgamma(one + 1) for one in range(total + 1)])
    return parts, np.exp(log[total] - log[parts].sum(axis=1) - total * math.log(groups))


def simulated_kruskal(table: np.ndarray, seed: int, draws: int = DRAWS) -> float:
    """Return the p-value of H from random orders of the units.

    Parameters
    ----------
    table
        Units in each group with each value, values in order, shape (groups, values).
    seed
        The same seed gives the same p-value.
    draws
        How many orders.

    Returns
    -------
    float
        (1 + orders with an H as large or larger) / (1 + draws).
    """
    table = np.asarray(table, dtype=int)
    sizes, totals = table.sum(axis=1), table.sum(axis=0)
    rng, ranks = generator(seed), midranks(totals)
    left, groups = np.tile(totals, (draws, 1)), []
    for size in sizes[:-1]:
        groups.append(_drawn(rng, left, int(size)))
        left = left - groups[-1]
    between = explained(np.stack([*groups, left], axis=1), ranks)
    found = int((between >= explained(table, ranks) * (1 - SAME)).sum())
    return (1 + found) / (1 + draws)


def _drawn(rng: np.random.Generator, left: np.ndarray, size: int) -> np.ndarray:
    """Draw the units of one group from those that are left, shape (draws, values)."""
    found, wanted = np.zeros_like(left), np.full(len(left), size)
    after = left.sum(axis=1)
    for value in range(left.shape[1]):
        after = after - left[:, value]
        found[:, value] = rng.hypergeometric(left[:, value], after, wanted)
        wanted = wanted - found[:, value]
    return found
