"""Intervals from drawing whole clusters again, with a seed."""

from collections.abc import Iterator

import numpy as np

from wbkit.errors import DataError

AT_ONCE = 4_000_000  # numbers drawn at once
UNDEFINED = 0.05  # with more resamples without a value, the rest is no fair picture


def generator(seed: int) -> np.random.Generator:
    """Return random numbers that are the same for the same seed.

    Parameters
    ----------
    seed
        A whole number from 0 on.

    Returns
    -------
    numpy.random.Generator
        The random numbers.

    Raises
    ------
    DataError
        If it is another number.
    """
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise DataError(f"seed={seed!r} is no whole number from 0 on. Give one, such as seed=1.")
    return np.random.default_rng(seed)


def resamples(clusters: int, times: int, seed: int) -> Iterator[np.ndarray]:
    """Yield how often each cluster is drawn, for a block of resamples at a time.

    Parameters
    ----------
    clusters
        How many there are.
    times
        How many resamples in all.
    seed
        The same seed gives the same draws.

    Yields
    ------
    numpy.ndarray
        Shape (resamples in this block, clusters).
    """
    rng = generator(seed)
    block = max(1, AT_ONCE // max(clusters, 1))
    for first in range(0, times, block):
        rows = min(block, times - first)
        drawn = rng.integers(0, clusters, (rows, clusters))
        places = (drawn + np.arange(rows)[:, None] * clusters).ravel()
        yield np.bincount(places, minlength=rows * clusters).reshape(rows, clusters).astype(float)


def percentile_interval(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % percentile interval of each column [1]_.

    Parameters
    ----------
    drawn
        Values, shape (resamples, …).

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper end; not a number where more than 1 in 20 resamples has no value.

    References
    ----------
    .. [1] Efron, B. & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.
    """
    absent = np.isnan(drawn)
    ordered = np.sort(drawn, axis=0)  # those without a value come last
    there = (~absent).sum(axis=0)
    ends = [_quantile(ordered, there, q) for q in (0.025, 0.975)]
    enough = absent.mean(axis=0) <= UNDEFINED
    low, high = (np.where(enough & (there > 0), end, np.nan) for end in ends)
    return low, high


def _quantile(ordered: np.ndarray, there: np.ndarray, q: float) -> np.ndarray:
    """Return a quantile of the first `there` values of each column, by linear interpolation."""
    place = np.maximum(there - 1, 0) * q
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(there - 1, 0))
    low, high = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in (below, above))
    return low + (high - low) * (place - below)
