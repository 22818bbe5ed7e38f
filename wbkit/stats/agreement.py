"""Agreement beyond chance on ratings in categories, from tables of counts."""

import numpy as np


def cohen_kappa(table: np.ndarray) -> float:
    """Return Cohen's kappa of two coders [1]_.

    Parameters
    ----------
    table
        Units by the category of the first coder (rows) and the second (columns).

    Returns
    -------
    float
        (observed - expected) / (1 - expected) agreement; not a number when both coders used
        one and the same category, or there are no units.

    References
    ----------
    .. [1] Cohen, J. (1960). Educational and Psychological Measurement, 20, 37-46.
    """
    table = np.asarray(table, dtype=float)
    n = table.sum()
    if not n:
        return float("nan")
    expected = table.sum(axis=1) @ table.sum(axis=0) / n**2
    return beyond(np.trace(table) / n, expected)


def fleiss_kappa(counts: np.ndarray) -> float:
    """Return Fleiss' kappa [1]_.

    Parameters
    ----------
    counts
        How many coders gave each category (columns) to each unit (rows); the same number of
        coders for each unit.

    Returns
    -------
    float
        Not a number when all ratings are the same, or there are no units.

    References
    ----------
    .. [1] Fleiss, J. L. (1971). Psychological Bulletin, 76, 378-382.
    """
    counts = np.asarray(counts, dtype=float)
    if not counts.sum():
        return float("nan")
    share = counts.sum(axis=0) / counts.sum()
    return beyond(pairs_that_agree(counts), share @ share)


def gwet_ac1(counts: np.ndarray) -> float:
    """Return Gwet's AC1 [1]_.

    Parameters
    ----------
    counts
        How many coders gave each category (columns) to each unit (rows); units may have fewer
        ratings than others.

    Returns
    -------
    float
        Not a number when no unit has two ratings, or there is one category.

    References
    ----------
    .. [1] Gwet, K. L. (2008). British Journal of Mathematical and Statistical Psychology, 61,
       29-48.
    """
    counts = np.asarray(counts, dtype=float)
    counts = counts[counts.sum(axis=1) > 0]
    if counts.shape[1] < 2 or not (counts.sum(axis=1) > 1).any():
        return float("nan")
    share = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    return beyond(pairs_that_agree(counts), share @ (1 - share) / (counts.shape[1] - 1))


def pairs_that_agree(counts: np.ndarray) -> float:
    """Return the mean share of pairs of coders that agree, over units with two ratings.

    Parameters
    ----------
    counts
        How many coders gave each category (columns) to each unit (rows).

    Returns
    -------
    float
        From 0 to 1.
    """
    coders = counts.sum(axis=1)
    paired = coders > 1
    counts, coders = counts[paired], coders[paired]
    same = (counts * (counts - 1)).sum(axis=1)
    return float((same / (coders * (coders - 1))).mean())


def beyond(observed: float, expected: float) -> float:
    """Return the agreement beyond what was expected, as a part of what was possible.

    Parameters
    ----------
    observed, expected
        Shares, from 0 to 1.

    Returns
    -------
    float
        At most 1; not a number when `expected` is 1.
    """
    return float((observed - expected) / (1 - expected)) if expected < 1 else float("nan")
