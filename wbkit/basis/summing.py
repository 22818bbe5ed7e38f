"""Counts and sums of many columns in few passes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

CROSSED = 2**15  # cells counted in one pass: the sums of all of them stay in the processor's cache


@dataclass(frozen=True)
class Column:
    """One code for each row: `codes` + `shift` runs from 0 to `size` - 1."""

    codes: np.ndarray
    size: int
    shift: int = 0


@dataclass(frozen=True)
class Sums:
    """n, w and w2 of each cell, shape (base, column)."""

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray


def sum_columns(
    base: Column, columns: Sequence[Column], weight: np.ndarray | None
) -> Iterator[Sums]:
    """Count every column within every base cell.

    Several columns are crossed and counted in one pass; the counts of one column are sums of
    those of the crossing.

    Parameters
    ----------
    base
        Code of the cell in which each row stands.
    columns
        The columns to count.
    weight
        One weight for each row, or none when every row counts once.

    Yields
    ------
    Sums
        For each column: rows, sum of weights and of squared weights, shape (base, column).
    """
    constant = _constant(base, weight)
    squares = None if weight is None or constant is not None else weight**2
    for block in _blocks(base.size, columns):
        crossed = _cross(base, block)
        shape = (base.size, *(column.size for column in block))
        n = np.bincount(crossed, minlength=int(np.prod(shape))).reshape(shape)
        if squares is None:
            yield from (_scaled(_margin(n, place), constant) for place in range(len(block)))
            continue
        w, w2 = (np.bincount(crossed, one, n.size).reshape(shape) for one in (weight, squares))
        for place in range(len(block)):
            yield Sums(*(_margin(one, place) for one in (n, w, w2)))


def _constant(base: Column, weight: np.ndarray | None) -> np.ndarray | None:
    """Return the weight of each base cell, if all its rows have the same one."""
    if weight is None:
        return np.ones(base.size)
    value = np.zeros(base.size)
    value[base.codes] = weight
    return value if np.array_equal(value[base.codes], weight) else None


def _scaled(n: np.ndarray, weight: np.ndarray) -> Sums:
    return Sums(n, n * weight[:, None], n * weight[:, None] ** 2)


def _blocks(size: int, columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Take columns together while their crossing stays small."""
    block: list[Column] = []
    many = size
    for column in columns:
        if block and many * column.size > CROSSED:
            yield block
            block, many = [], size
        block.append(column)
        many *= column.size
    if block:
        yield block


def _cross(base: Column, block: Sequence[Column]) -> np.ndarray:
    crossed = base.codes.astype(np.int32)
    for column in block:
        crossed *= column.size
        crossed += column.codes
    rest = 0
    for column in block:
        rest = rest * column.size + column.shift
    return crossed.astype(np.intp) + rest


def _margin(counts: np.ndarray, place: int) -> np.ndarray:
    others = tuple(axis for axis in range(1, counts.ndim) if axis != place + 1)
    return counts.sum(axis=others)


def group_moments(groups: Column, x: np.ndarray, weight: np.ndarray) -> dict[str, np.ndarray]:
    """Sum numbers and their products within groups.

    Parameters
    ----------
    groups
        Code of the group of each row; every group has a row.
    x
        The numbers, shape (rows, items).
    weight
        One weight for each row.

    Returns
    -------
    dict of numpy.ndarray
        n, w, w2, x, wx, w2x, wxx, w2xx, each with one row for each group.
    """
    order = np.argsort(groups.codes, kind="stable")
    x, weight = x[order], weight[order]
    n = np.bincount(groups.codes, minlength=groups.size)
    starts = np.cumsum(n) - n
    first, second = x * weight[:, None], x * (weight**2)[:, None]
    sums = {"w": weight, "w2": weight**2, "x": x, "wx": first, "w2x": second}
    made = {name: np.add.reduceat(one, starts, axis=0) for name, one in sums.items()}
    products = {"wxx": _products(x, first, starts), "w2xx": _products(x, second, starts)}
    return {"n": n} | made | products


def _products(x: np.ndarray, weighted: np.ndarray, starts: np.ndarray) -> np.ndarray:
    if x.shape[1] == 1:
        return np.add.reduceat(x * weighted, starts, axis=0)[:, :, None]
    ends = [*starts[1:], len(x)]
    made = [x[a:b].T @ weighted[a:b] for a, b in zip(starts, ends, strict=False)]
    return np.reshape(made, (len(starts), x.shape[1], x.shape[1]))
