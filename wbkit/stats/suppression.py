"""Which counts are too small to show, also by subtraction from what is shown elsewhere."""

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


def lines_too_small(
    sums: np.ndarray, minimum: int, known: np.ndarray | bool = False
) -> np.ndarray:
    """Mark the groups of which not even the size may be shown.

    Parameters
    ----------
    sums
        Number of units in each group, shape (groups,); their total is known.
    minimum
        Smallest count that may be shown.
    known
        Groups that are hidden in another Table already.

    Returns
    -------
    numpy.ndarray of bool
        True for a group to hide whole, shape (groups,).
    """
    hidden = known | too_small(sums, int(sums.sum()), minimum, partition=True)
    return _with_company(sums, hidden, minimum)


def too_small_crossed(
    counts: np.ndarray, minimum: int, *, rows: np.ndarray | bool = False,
    columns: np.ndarray | bool = False, bases: np.ndarray | None = None,
) -> np.ndarray:
    """Mark the counts of groups by values that may not be shown.

    The same counts turned on their side give the same marks.

    Parameters
    ----------
    counts
        Number of units, shape (groups, values).
    minimum
        Smallest count that may be shown.
    rows, columns
        Groups and values that are hidden whole.
    bases
        Units in each group, for a unit that can have several values; left out, the counts of
        a group add up to its base.

    Returns
    -------
    numpy.ndarray of bool
        True for a count to hide; never one alone in a row or column, because the totals of
        rows and columns are known.
    """
    hidden = np.zeros(counts.shape, dtype=bool)
    if minimum <= 1:
        return hidden
    hidden = hidden | np.reshape(rows, (-1, 1)) | columns
    while True:
        more = hidden | _marked(counts, hidden, minimum, bases)
        more |= _marked(counts.T, hidden.T, minimum).T
        if bases is not None:
            more |= _marked((bases[:, None] - counts).T, hidden.T, minimum).T
        if (more == hidden).all():
            return hidden
        hidden = more


def too_small_in_lines(
    counts: np.ndarray, minimum: int, known: np.ndarray | bool = False
) -> np.ndarray:
    """Mark the counts of a table of any number of dimensions that may not be shown.

    Parameters
    ----------
    counts
        Number of units; those of each line, in each direction, add up to a total that is known.
    minimum
        Smallest count that may be shown.
    known
        Counts that are hidden already, shape of `counts`.

    Returns
    -------
    numpy.ndarray of bool
        True for a count to hide; never one alone in a line.
    """
    hidden = np.zeros(counts.shape, dtype=bool)
    if minimum <= 1:
        return hidden
    hidden = hidden | known
    while True:
        more = hidden.copy()
        for axis in range(counts.ndim):
            turned = np.moveaxis(counts, axis, -1).shape
            lines, marks = (np.moveaxis(one, axis, -1).reshape(-1, turned[-1])
                            for one in (counts, more))
            more = np.moveaxis((marks | _marked(lines, marks, minimum)).reshape(turned), -1, axis)
        if (more == hidden).all():
            return hidden
        hidden = more


def _marked(
    lines: np.ndarray, hidden: np.ndarray, minimum: int, bases: np.ndarray | None = None
) -> np.ndarray:
    """Mark what is too small in each line, with the company it needs there."""
    partition = bases is None
    totals = lines.sum(axis=1) if bases is None else bases
    near = hidden.any(axis=0)
    marks = [_with_company(line, mark | too_small(line, int(total), minimum, partition=partition),
                           minimum, near)
             for line, mark, total in zip(lines, hidden, totals, strict=True)]
    return np.array(marks, dtype=bool).reshape(lines.shape)


def _with_company(
    counts: np.ndarray, hidden: np.ndarray, minimum: int, near: np.ndarray | bool = False
) -> np.ndarray:
    """Hide the next smallest counts until the hidden ones cannot be found by subtraction.

    First come those that are `near`: where other counts are hidden in the line across.
    """
    hidden = hidden.copy()
    while hidden.any() and not hidden.all() and (
        hidden.sum() < 2 or counts[hidden].sum() < minimum
    ):
        free = ~hidden & (counts > 0)  # a nought hides nobody
        some = np.flatnonzero(free & near if (free & near).any() else free)
        hidden[some[np.argmin(counts[some])] if len(some) else slice(None)] = True
    return hidden
