"""Intervals of an effect, read back from the noncentral distribution of its test statistic."""

from collections.abc import Callable

import numpy as np
from scipy.special import chndtr, gammaln, nctdtr

TAIL = 0.025
FARTHEST = 1e7
HALVINGS = 70


def noncentral_chi_square(statistic: float, df: int) -> tuple[float, float]:
    """Return the noncentralities that leave a chi-square in either tail of 2.5 %.

    Parameters
    ----------
    statistic, df
        Of the test.

    Returns
    -------
    tuple of float
        The least and the greatest; 0 where even 0 leaves less.
    """
    def above(shift: float) -> float:
        return 1 - float(chndtr(statistic, df, shift))

    return _crossing(above, TAIL, 0.0), _crossing(above, 1 - TAIL, 0.0)


def noncentral_t(statistic: float, df: float) -> tuple[float, float]:
    """Return the noncentralities that leave a t in either tail of 2.5 %.

    Parameters
    ----------
    statistic, df
        Of the test.

    Returns
    -------
    tuple of float
        The least and the greatest.
    """
    start = statistic - 40.0 - abs(statistic)

    def above(shift: float) -> float:
        return 1 - float(nctdtr(df, shift, statistic))

    return _crossing(above, TAIL, start), _crossing(above, 1 - TAIL, start)


def _crossing(above: Callable[[float], float], wanted: float, start: float) -> float:
    """Return where an increasing function reaches a value; the start where it began above."""
    if above(start) >= wanted:
        return start
    step = max(1.0, abs(start))
    while above(start + step) < wanted and step < FARTHEST:
        step *= 2
    low, high = start, start + step
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) < wanted else (low, middle)
    return high


def small_sample(df: float | np.ndarray) -> np.ndarray:
    """Return Hedges' exact correction of a standardised difference (1981)."""
    known = np.where(np.asarray(df) > 0, df, np.nan)
    return np.exp(gammaln(known / 2) - np.log(known / 2) / 2 - gammaln((known - 1) / 2))
