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


def joined_up(
    units: tuple[np.ndarray, np.ndarray], positions: np.ndarray
) -> np.ndarray:
    """Return positions on an axis on which units stand behind each other without gaps.

    Parameters
    ----------
    units
        Starts and ends of units in order, none over another; shape (units,).
    positions
        Places on the axis with gaps; one in a gap comes at the end of the unit before it.

    Returns
    -------
    numpy.ndarray
        From 0 to the length of all units together.
    """
    starts, ends = units
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    place = np.searchsorted(starts, positions, side="right") - 1
    inside = np.minimum(positions - starts[place], ends[place] - starts[place])
    return np.where(place < 0, 0, before[place] + inside)


def tallies(
    runs: np.ndarray, passages: tuple[np.ndarray, np.ndarray],
    given: tuple[np.ndarray, np.ndarray], size: tuple[int, int],
) -> np.ndarray:
    """Count characters by how many coders gave a code, and by whom: each code by its own edges.

    Characters between two edges of a code are one step of the sweep; characters are not looked
    at one by one, and other codes do not cut them.

    Parameters
    ----------
    runs
        Edges of texts behind each other, from 0; shape (texts + 1,).
    passages
        Starts and ends on that axis.
    given
        Code and coder of each passage, from 0.
    size
        How many codes and how many coders there are.

    Returns
    -------
    numpy.ndarray
        Shape (texts, codes, 2 * coders + 1), as `wbkit.stats.yes_no.tally` for each code.
    """
    (starts, ends), (code, coder), (codes, coders) = passages, given, size
    length, texts, n = int(runs[-1]), len(runs) - 1, len(starts)
    at = np.concatenate([starts, ends, np.tile(runs, codes)])
    code = np.concatenate([code, code, np.repeat(np.arange(codes), texts + 1)])
    step = np.zeros((coders + 1, len(at)), dtype=np.int32)
    step[coder, np.arange(n)], step[coder, np.arange(n, 2 * n)] = 1, -1
    step[coders, 2 * n:] = 1
    order = np.argsort(code * (length + 1) + at)  # the codes behind each other
    at, code = at[order], code[order]
    step = np.cumsum(np.take(step, order, axis=1), axis=1, dtype=np.int32)
    text = np.clip(step[coders] - 1 - code * (texts + 1), 0, texts - 1)
    wide = np.where(at == length, 0, np.diff(at, append=length)).astype(float)
    group, lying = text * codes + code, step[:coders] > 0
    times = np.bincount(group * (coders + 1) + lying.sum(axis=0, dtype=np.int8), wide,
                        texts * codes * (coders + 1)).reshape(texts, codes, coders + 1)
    own = [np.bincount(group, wide * one, texts * codes) for one in lying]
    return np.concatenate([times, np.stack(own, axis=1).reshape(texts, codes, coders)], axis=2)
