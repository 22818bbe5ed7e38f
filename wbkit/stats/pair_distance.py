"""How far two sets of two-way tables are apart, and how far chance alone brings them apart."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from wbkit.stats.pair_fitting import Pairs

DRAWS = 20  # pairs of bootstrap samples of each table


def pair_distances(one: Pairs, other: Pairs) -> np.ndarray:
    """Return the total variation distance of each two-way table, over the shares that are known.

    Half the sum of the absolute differences between shares; 0 is the same, 1 has nothing in
    common.

    Parameters
    ----------
    one
        Shares, of which `known` says which count.
    other
        The shares of the same tables in other data.

    Returns
    -------
    numpy.ndarray
        One number from 0 to 1 for each table in which a share is known.
    """
    gaps = np.abs(one.shares - other.shares) * one.known
    return np.array([gaps[block].sum() / 2 for block in _blocks(one)])


def bootstrap_distances(
    pairs: Pairs, units: np.ndarray, rng: np.random.Generator, *, draws: int = DRAWS
) -> np.ndarray:
    """Return how far two bootstrap samples are apart in each two-way table [1]_.

    The cells of a table in a bootstrap sample of the units are multinomial, with the shares of
    the original; hidden shares are one cell.

    Parameters
    ----------
    pairs
        The shares of the original.
    units
        Number of units with both answers, shape (columns, columns).
    rng
        Source of chance.
    draws
        How many pairs of samples.

    Returns
    -------
    numpy.ndarray
        The mean total variation distance between the two, in the order of `pair_distances`.

    References
    ----------
    .. [1] Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.
    """
    found = []
    places = pairs.places
    for block in _blocks(pairs):
        one, other = (np.searchsorted(places, side.start, side="right") - 1 for side in block)
        shares = pairs.shares[block][pairs.known[block]]
        n = max(round(float(units[one, other])), 1)
        full = np.append(shares, max(1 - shares.sum(), 0))
        drawn = rng.multinomial(n, full / full.sum(), size=(draws, 2))[:, :, :-1] / n
        found.append(np.abs(drawn[:, 0] - drawn[:, 1]).sum(axis=1).mean() / 2)
    return np.array(found)


def _blocks(pairs: Pairs) -> Iterator[tuple[slice, slice]]:
    """Yield the place of each table of two columns in which a share is known."""
    places = pairs.places
    sides = [slice(first, last) for first, last in zip(places[:-1], places[1:], strict=True)]
    for block in combinations(sides, 2):
        if pairs.known[block].any():
            yield block
