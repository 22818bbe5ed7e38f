"""Counts and sums of many columns in few passes."""

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

CROSSED = 2**15  # cells counted in one pass: the sums of all of them stay in the processor's cache
THREADS_PAY = 100_000  # rows


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
) -> list[Sums]:
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

    Returns
    -------
    list of Sums
        For each column: rows, sum of weights and of squared weights, shape (base, column).
    """
    constant = _constant(base, weight)
    if constant is not None and len(base.codes) <= CROSSED:  # a crossing has more cells than rows
        return [_scaled(n, constant) for n in _counted_beside(base, columns)]
    blocks = list(_blocks(base.size, columns))
    if constant is not None:
        counts = _threaded(lambda block: _counted(base, block), blocks, len(base.codes))
        return [_scaled(_margin(n, place), constant)
                for n, block in zip(counts, blocks, strict=True) for place in range(len(block))]
    ones, both = np.ones(len(weight)), np.empty(len(weight), dtype=complex)
    both.real, both.imag = weight, weight**2  # one number holds w and w2, for one pass over both
    totals = _threaded(lambda block: _summed(base, block, ones, both), blocks, len(weight))
    return [Sums(*(_margin(one, place) for one in three))
            for three, block in zip(totals, blocks, strict=True) for place in range(len(block))]


def _threaded(
    work: Callable[[list[Column]], np.ndarray], blocks: list[list[Column]], rows: int
) -> list[np.ndarray]:
    """Do the work in two threads where there are rows enough to pay for them."""
    if rows < THREADS_PAY or len(blocks) < 2:
        return [work(block) for block in blocks]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, blocks))


def _shape(base: Column, block: list[Column]) -> tuple[int, ...]:
    return (base.size, *(column.size for column in block))


def _counted_beside(base: Column, columns: Sequence[Column]) -> list[np.ndarray]:
    """Count columns in one pass, each in cells of its own."""
    if not columns:
        return []
    sizes, shifts = (np.array([[getattr(one, name)] for one in columns]) for name in
                     ("size", "shift"))
    starts = (np.cumsum(sizes) * base.size).tolist()
    cells = np.array([one.codes for one in columns], dtype=np.intp)
    cells += base.codes * sizes + shifts
    cells[1:] += np.array(starts[:-1], dtype=np.intp)[:, None]
    counts = np.bincount(cells.ravel(), minlength=starts[-1])
    return [one.reshape(base.size, column.size)
            for one, column in zip(np.split(counts, starts[:-1]), columns, strict=True)]


def _counted(base: Column, block: list[Column]) -> np.ndarray:
    shape = _shape(base, block)
    return np.bincount(_cross(base, block), minlength=math.prod(shape)).reshape(shape)


def _summed(
    base: Column, block: list[Column], ones: np.ndarray, both: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sum n, w and w2 by sparse products, which let other threads work meanwhile."""
    shape, cells = _shape(base, block), _cross(base, block)
    n, w = (_added(one, cells, math.prod(shape)).reshape(shape) for one in (ones, both))
    return n.round().astype(np.int64), w.real, w.imag


def _added(values: np.ndarray, cells: np.ndarray, size: int) -> np.ndarray:
    """Add up the values of each cell: the product of a matrix of one column with 1."""
    ends = np.array([0, len(cells)], dtype=cells.dtype)
    return csc_array((values, cells, ends), shape=(size, 1)) @ np.ones(1, dtype=values.dtype)


def _constant(base: Column, weight: np.ndarray | None) -> np.ndarray | None:
    """Return the weight of each base cell, if all its rows have the same one."""
    if weight is None:
        return np.ones(base.size)
    value = np.zeros(base.size)
    value[base.codes] = weight
    return value if np.array_equal(value[base.codes], weight) else None


def _scaled(n: np.ndarray, weight: np.ndarray) -> Sums:
    if (weight == 1).all():
        return Sums(n, n.astype(float), n.astype(float))
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
    size = math.prod(_shape(base, block))
    small = np.int16 if size <= CROSSED else np.int64
    crossed, shift = base.codes.astype(small), 0
    for column in block:
        crossed *= small(column.size)
        crossed += column.codes.astype(small, copy=False) if column.codes.itemsize > \
            crossed.itemsize else column.codes
        shift = shift * column.size + column.shift
    crossed += small(shift)
    return crossed.astype(np.int32 if size < 2**31 else np.int64)


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
