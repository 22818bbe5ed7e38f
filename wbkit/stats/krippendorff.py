"""Krippendorff's alpha on ratings as numbers: any level of measurement, or any distance."""

from typing import Literal

import numpy as np
from scipy import sparse

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
ABSENT = -1
ROWS_AT_ONCE = 1024  # rows of a distance table made at once


class SetTally:
    """Sets of codes counted by cluster, from which alpha follows for any weights of clusters.

    Parameters
    ----------
    given
        Which codes each unit got from each coder, bool, shape (codes, coders, units).
    weight, cluster, clusters
        As for `tally`.
    judged
        Which coders judged each unit, at least two of them, bool, shape (coders, units).
    """

    def __init__(
        self, given: np.ndarray, weight: np.ndarray, cluster: np.ndarray, clusters: int,
        judged: np.ndarray,
    ) -> None:
        which, sets = numbered(given)
        self.distance = masi(sets)
        coders = len(which)
        apart = sum(self.distance[which[one], which[other]] * (judged[one] & judged[other])
                    for one in range(coders) for other in range(one))
        self.apart = np.bincount(cluster, weight * apart * 2 / (judged.sum(axis=0) - 1), clusters)
        self.counts = sparse.csr_array(
            ((weight * judged).ravel(), (np.tile(cluster, coders), which.ravel())),
            shape=(clusters, len(sets)))

    def alpha(self, drawn: np.ndarray) -> np.ndarray:
        """Return alpha for each row of weights.

        Parameters
        ----------
        drawn
            How often each cluster counts, shape (resamples, clusters).

        Returns
        -------
        numpy.ndarray
            Shape (resamples,); not a number where all sets are the same.
        """
        n = (self.counts.T @ drawn.T).T
        expected = ((n @ self.distance) * n).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = 1 - (n.sum(axis=1) - 1) * (drawn @ self.apart) / expected
        return np.where(expected > 0, found, np.nan)


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
        parts = range(0, len(n), ROWS_AT_ONCE)
        return float(sum(n[at:at + ROWS_AT_ONCE] @ _distance(
            scale[at:at + ROWS_AT_ONCE, None], scale[None, :], level) @ n for at in parts))
    middle = scale - (n @ scale) / max(n.sum(), 1)
    return float(2 * n.sum() * (n @ middle**2) - 2 * (n @ middle) ** 2)


def numbered(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give each distinct set of codes a number.

    Parameters
    ----------
    given
        Which codes each unit got from each coder, bool, shape (codes, coders, units).

    Returns
    -------
    tuple of numpy.ndarray
        The number of the set of each unit and coder, shape (coders, units); the sets, bool,
        shape (sets, codes).
    """
    codes, coders, units = given.shape
    rows = np.ascontiguousarray(given.reshape(codes, coders * units).T)
    packed = np.packbits(rows, axis=1)
    wide = -packed.shape[1] % 8
    keys = np.pad(packed, ((0, 0), (0, wide))).view(np.uint64)
    flat = keys[:, 0] if keys.shape[1] == 1 else _ranked(keys)
    _, first, which = np.unique(flat, return_index=True, return_inverse=True)
    return which.reshape(coders, units), rows[first]


def _ranked(keys: np.ndarray) -> np.ndarray:
    """Fold several columns into one number for each distinct row."""
    flat = np.zeros(len(keys), dtype=np.int64)
    for column in keys.T:
        _, rank = np.unique(column, return_inverse=True)
        _, flat = np.unique(flat * (rank.max(initial=0) + 1) + rank, return_inverse=True)
    return flat


def masi(sets: np.ndarray) -> np.ndarray:
    """Return the MASI distance of each pair of sets [1]_.

    Parameters
    ----------
    sets
        Which codes are in each set, bool, shape (sets, codes).

    Returns
    -------
    numpy.ndarray
        1 - Jaccard × (1 for equal sets, 2/3 for a part of the other, 1/3 for an overlap, 0);
        two empty sets are equal. Shape (sets, sets).

    References
    ----------
    .. [1] Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and
       pragmatic annotation. Proceedings of LREC 2006.
    """
    codes = sets.astype(np.float32)
    both = codes @ codes.T
    size = codes.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    part = both == np.minimum(size[:, None], size[None, :])
    factor = np.where(both == either, 1, np.where(part, 2 / 3, 1 / 3))
    return 1 - np.where(either == 0, 1, both / np.maximum(either, 1) * factor)
