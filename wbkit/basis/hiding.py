"""Which counts are too small to show, within one group of answers."""

import numpy as np


def too_small(counts: np.ndarray, base: int, minimum: int, *, partition: bool) -> np.ndarray:
    """Mark the counts of one group that may not be shown.

    Parameters
    ----------
    counts
        Number of units for each value, shape (values,).
    base
        Number of units in the group.
    minimum
        Smallest count that may be shown; 1 shows everything.
    partition
        Whether each unit has exactly one value, so that the counts add up to `base`
        and a single hidden count could be found by subtraction.

    Returns
    -------
    numpy.ndarray of bool
        True for a count to hide, shape (values,).
    """
    if minimum <= 1:
        return np.zeros(len(counts), dtype=bool)
    if 0 < base < minimum:
        return np.ones(len(counts), dtype=bool)
    hidden = (counts > 0) & (counts < minimum)
    if not partition:
        rest = base - counts
        return hidden | ((rest > 0) & (rest < minimum))
    return _with_company(counts, hidden, minimum)


def _with_company(counts: np.ndarray, hidden: np.ndarray, minimum: int) -> np.ndarray:
    """Hide the next smallest counts until the hidden ones cannot be found by subtraction."""
    hidden = hidden.copy()
    while hidden.any() and not hidden.all() and (
        hidden.sum() < 2 or counts[hidden].sum() < minimum
    ):
        shown = np.flatnonzero(~hidden)
        hidden[shown[np.argmin(counts[shown])]] = True
    return hidden


def too_small_crossed(counts: np.ndarray, minimum: int) -> np.ndarray:
    """Mark the counts of a cross table that may not be shown.

    Parameters
    ----------
    counts
        Number of units, shape (rows, columns).
    minimum
        Smallest count that may be shown.

    Returns
    -------
    numpy.ndarray of bool
        True for a count to hide; never one alone in a row or column, because the totals of
        rows and columns are known.
    """
    hidden = np.zeros(counts.shape, dtype=bool)
    while True:
        before = hidden.copy()
        for lines, marks in ((counts, hidden), (counts.T, hidden.T)):
            for line, mark in zip(lines, marks, strict=True):
                small = too_small(line, int(line.sum()), minimum, partition=True)
                mark |= _with_company(line, small | mark, minimum)
        if (hidden == before).all():
            return hidden
