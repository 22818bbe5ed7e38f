"""Krippendorff's alpha on ratings as numbers: any level of measurement, or any distance."""

from typing import Literal

import numpy as np

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
ABSENT = -1
AT_ONCE = 1024  # rows of a distance table made at once


def alpha(ratings: np.ndarray, values: np.ndarray, level: Level) -> float:
    """Return Krippendorff's alpha [1]_.

    Parameters
    ----------
    ratings
        Which of `values` each unit got, ``ABSENT`` where there is no rating, shape
        (units, ratings). Who gave a rating makes no difference.
    values
        The distinct values in order, as numbers; shape (values,).
    level
        ``nominal``, ``ordinal``, ``interval`` or ``ratio``.

    Returns
    -------
    float
        1 - observed / expected disagreement. Not a number when no two values differ, or no unit
        has two ratings.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of
       Pennsylvania, Departmental Papers (ASC) 43.
    """
    there = ratings != ABSENT
    size = there.sum(axis=1)
    paired = size > 1
    if not paired.all():
        ratings, there, size = ratings[paired], there[paired], size[paired]
    complete = bool(there.all())
    n = np.bincount(ratings.ravel() if complete else ratings[there], minlength=len(values))
    scale = _midranks(n) if level == "ordinal" else np.asarray(values, dtype=float)
    share = 1.0 / (size - 1)
    observed = sum(
        2 * _disagreement(ratings[:, one], ratings[:, other], scale, level, share)
        for one in range(ratings.shape[1]) for other in range(one)
    )
    expected = _expected(n.astype(float), scale, level)
    return float(1 - (n.sum() - 1) * observed / expected) if expected > 0 else float("nan")


def _midranks(n: np.ndarray) -> np.ndarray:
    """Return the place of each value among all ratings: the ordinal metric is its difference."""
    return np.cumsum(n) - n / 2


def _disagreement(
    one: np.ndarray, other: np.ndarray, scale: np.ndarray, level: Level, share: np.ndarray
) -> float:
    """Sum the distances between two ratings of each unit, by the share of the unit."""
    differ = np.flatnonzero((one != other) & (one != ABSENT) & (other != ABSENT))
    distance = _distance(scale[one[differ]], scale[other[differ]], level)
    return float(distance @ share[differ])


def _distance(one: np.ndarray, other: np.ndarray, level: Level) -> np.ndarray:
    if level == "nominal":
        return np.broadcast_to(one != other, np.broadcast(one, other).shape).astype(float)
    if level == "ratio":
        both = one + other
        return ((one - other) / np.where(both == 0, 1, both)) ** 2
    return (one - other) ** 2


def _expected(n: np.ndarray, scale: np.ndarray, level: Level) -> float:
    """Sum the distances between all pairs of ratings, whatever their unit."""
    if level == "nominal":
        return float(n.sum() ** 2 - n @ n)
    if level == "ratio":
        parts = range(0, len(n), AT_ONCE)
        return float(sum(n[at:at + AT_ONCE] @ _distance(
            scale[at:at + AT_ONCE, None], scale[None, :], level) @ n for at in parts))
    middle = scale - (n @ scale) / max(n.sum(), 1)
    return float(2 * n.sum() * (n @ middle**2) - 2 * (n @ middle) ** 2)
