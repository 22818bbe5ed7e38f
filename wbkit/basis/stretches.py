"""Passages on one axis: over which units they lie, found by a sweep over their edges."""

import numpy as np


def edges(
    starts: np.ndarray, ends: np.ndarray, passages: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Cut places at every edge of a passage, so that each piece lies in or out of it as a whole.

    Parameters
    ----------
    starts, ends
        Places in order, half-open, none over another; shape (places,).
    passages
        Starts and ends of passages, which may overlap.

    Returns
    -------
    tuple of numpy.ndarray
        Starts and ends of the pieces, in order.
    """
    cuts = np.unique(np.concatenate([starts, ends, *passages]))
    place = np.searchsorted(starts, cuts, side="right") - 1
    inside = (place >= 0) & (cuts < ends[np.maximum(place, 0)]) if len(ends) else cuts < cuts
    first = np.flatnonzero(inside)
    return cuts[first], cuts[first + 1]


def covered(
    units: tuple[np.ndarray, np.ndarray], passages: tuple[np.ndarray, np.ndarray],
    kind: np.ndarray, kinds: int,
) -> np.ndarray:
    """Find which units are touched by a passage of each kind.

    Parameters
    ----------
    units
        Starts and ends of units in order, none over another; shape (units,).
    passages
        Starts and ends of passages.
    kind
        Of which kind each passage is, from 0.
    kinds
        How many kinds there are.

    Returns
    -------
    numpy.ndarray of bool
        Shape (kinds, units).
    """
    starts, ends = units
    n = len(starts)
    first = np.searchsorted(ends, passages[0], side="right")
    last = np.searchsorted(starts, passages[1], side="left")
    some = last > first
    size = (n + 1) * kinds
    opened = np.bincount(kind[some] * (n + 1) + first[some], minlength=size)
    closed = np.bincount(kind[some] * (n + 1) + last[some], minlength=size)
    lying = np.cumsum((opened - closed).astype(np.int32), dtype=np.int32)  # 0 at every row's end
    return lying.reshape(kinds, n + 1)[:, :n] > 0
