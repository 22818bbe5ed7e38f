"""Rows of categories and their two-way tables: how far apart, and fitted by exchange."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ABSENT = -1  # code of a unit that was not asked
CANDIDATES = 12  # rows that are looked at for one exchange
EXCHANGES = 40  # units to one exchange, each time a pair of categories comes by
DRAWS = 100  # pairs of bootstrap samples
STILL = 0.002  # share of the visits that has to bring something, or fitting stops


@dataclass(frozen=True)
class Pairs:
    """Shares in all two-way tables of a number of columns.

    Parameters
    ----------
    sizes
        Number of categories of each column, shape (columns,).
    shares
        Share of the units with both answers, shape (categories, categories) over the categories
        of all columns; the block of two columns adds up to 1, or to less where shares are hidden.
    known
        Which of these shares are known, of the same shape; never those of a column with itself.
    """

    sizes: tuple[int, ...]
    shares: np.ndarray
    known: np.ndarray

    @property
    def places(self) -> np.ndarray:
        """Where the categories of each column begin, shape (columns + 1,)."""
        return np.concatenate([[0], np.cumsum(self.sizes)]).astype(int)


def _indicators(codes: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Return a 0/1 matrix of who is in which category.

    Parameters
    ----------
    codes
        Category of each unit in each column, `ABSENT` for none, shape (units, columns).
    sizes
        Number of categories of each column.

    Returns
    -------
    numpy.ndarray
        Shape (units, categories of all columns).
    """
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    made = np.zeros((len(codes), begins[-1]))
    for column, begin in enumerate(begins[:-1]):
        rows = np.flatnonzero(codes[:, column] >= 0)
        made[rows, begin + codes[rows, column]] = 1
    return made


def pairs_of(codes: np.ndarray, sizes: Sequence[int]) -> Pairs:
    """Return the two-way shares of rows.

    Parameters
    ----------
    codes
        Category of each unit in each column, below 0 for none, shape (units, columns).
    sizes
        Number of categories of each column.

    Returns
    -------
    Pairs
        All of them known, but those of a column with itself and those nobody is in the base of.
    """
    counts = _indicators(codes, sizes)
    joint = counts.T @ counts
    base = _spread(_both(codes), sizes)
    shares = np.divide(joint, base, out=np.zeros_like(joint), where=base > 0)
    own = _spread(np.eye(len(sizes)), sizes) > 0
    return Pairs(tuple(sizes), shares, (base > 0) & ~own)


def pair_distances(one: Pairs, other: Pairs) -> np.ndarray:
    """Return the total variation distance of each two-way table, over the shares that are known.

    Half the sum of the absolute differences between shares; 0 is the same, 1 has nothing in
    common.

    Parameters
    ----------
    one
        Shares, of which `known` says which count.
    other
        The shares of the same tables in other data.

    Returns
    -------
    numpy.ndarray
        One number from 0 to 1 for each table in which a share is known.
    """
    gaps = np.abs(one.shares - other.shares) * one.known
    begins = one.places[:-1]
    sums, known = (np.add.reduceat(np.add.reduceat(matrix, begins, axis=0), begins, axis=1)
                   for matrix in (gaps, one.known.astype(int)))
    above = np.triu(known, k=1) > 0
    return sums[above] / 2


def bootstrap_distances(
    codes: np.ndarray, pairs: Pairs, rng: np.random.Generator, *, draws: int = DRAWS
) -> np.ndarray:
    """Return how far two bootstrap samples of rows are apart in each two-way table [1]_.

    Parameters
    ----------
    codes
        Category of each unit in each column, below 0 for none, shape (units, columns).
    pairs
        Says which shares count.
    rng
        Source of chance.
    draws
        How many pairs of samples.

    Returns
    -------
    numpy.ndarray
        Total variation distances, shape (draws, tables).

    References
    ----------
    .. [1] Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.
    """
    n, made = len(codes), []
    for _ in range(draws):
        one, other = (pairs_of(codes[rng.integers(n, size=n)], pairs.sizes) for _ in range(2))
        made.append(pair_distances(Pairs(pairs.sizes, one.shares, pairs.known), other))
    return np.array(made)


def chance_distance(codes: np.ndarray, pairs: Pairs, rng: np.random.Generator) -> float:
    """Return the median distance of two bootstrap samples over all tables, 0 without any."""
    if not pairs.known.any():
        return 0.0
    there = np.maximum(codes, ABSENT)
    return float(np.median(bootstrap_distances(there, pairs, rng), axis=1).mean())


def fit_pairs(
    codes: np.ndarray, pairs: Pairs, movable: Sequence[int], rng: np.random.Generator, *,
    rounds: int = 40,
) -> np.ndarray:
    """Exchange answers between units until the two-way tables come near to given ones.

    Two units exchange their answers to one question when that brings the sum of squared
    differences between the counts and those that are wanted down, so that the counts of each
    question by itself stay as they are.

    Parameters
    ----------
    codes
        Category of each unit in each column, `ABSENT` for none, shape (units, columns).
    pairs
        The shares that are wanted.
    movable
        Columns in which answers may be exchanged.
    rng
        Source of chance: in which order columns and categories come by.
    rounds
        How often each column comes by at most.

    Returns
    -------
    numpy.ndarray
        As `codes`: the same answers to each question, given by other units.
    """
    codes = codes.copy()
    wanted = pairs.shares * _spread(_both(codes), pairs.sizes)
    state = _State(codes, pairs, _indicators(codes, pairs.sizes), wanted)
    for _ in range(rounds):
        tried = moved = 0
        for column in rng.permutation(list(movable)):
            found = [_exchange(state, column, pair, rng) for pair in _steps(state, column, rng)]
            tried, moved = tried + len(found), moved + sum(found)
        if moved <= STILL * tried:
            break
    return codes


class _State:
    """Rows while they are fitted, and how far their counts are from those wanted."""

    def __init__(
        self, codes: np.ndarray, pairs: Pairs, rows: np.ndarray, wanted: np.ndarray
    ) -> None:
        self.codes, self.rows = codes, rows
        self.places, self.known = pairs.places, pairs.known.astype(float)
        self.gap = (rows.T @ rows - wanted) * self.known

    def swap(self, column: int, one: int, other: int) -> None:
        """Let two units exchange their answers to a question."""
        was, now = (self.places[column] + self.codes[row, column] for row in (one, other))
        change = self.rows[one] - self.rows[other]
        change[self.places[column]:self.places[column + 1]] = 0
        for place, sign in ((now, 1), (was, -1)):
            step = sign * change * self.known[place]
            self.gap[place] += step
            self.gap[:, place] += step
        self.rows[[one, one, other, other], [was, now, was, now]] = [0, 1, 1, 0]
        self.codes[[one, other], column] = self.codes[[other, one], column]


def _steps(
    state: _State, column: int, rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Return the pairs of categories that come by: each category with one other."""
    size = state.places[column + 1] - state.places[column]
    order = rng.permutation(size)
    return list(zip(order[:-1], order[1:], strict=True)) if size > 1 else []


def _exchange(
    state: _State, column: int, pair: tuple[int, int], rng: np.random.Generator
) -> bool:
    """Let units with two categories of a column exchange these, as long as it helps."""
    done = False
    for _ in range(len(state.codes) // EXCHANGES + 2):
        first, second = (np.flatnonzero(state.codes[:, column] == code) for code in pair)
        if not len(first) or not len(second):
            return done
        one, other = (state.places[column] + code for code in pair)
        slope = 2 * (state.gap[other] - state.gap[one])
        weight = state.known[one] + state.known[other]
        givers, takers = (_promising(state.rows @ (sign * slope), rows, rng)
                          for rows, sign in ((first, 1), (second, -1)))
        a, b = state.rows[givers], state.rows[takers]
        a, b = _without(a, state, column), _without(b, state, column)
        bend = (a**2 @ weight)[:, None] + (b**2 @ weight)[None, :] - 2 * (a * weight) @ b.T
        gain = (a @ slope)[:, None] - (b @ slope)[None, :] + bend
        best = np.unravel_index(np.argmin(gain), gain.shape)
        if gain[best] >= 0:
            return done
        state.swap(column, givers[best[0]], takers[best[1]])
        done = True
    return done


def _promising(cost: np.ndarray, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the rows that cost least; of equals those that chance brings first."""
    rows = rng.permutation(rows)
    return rows[np.argsort(cost[rows], kind="stable")[:CANDIDATES]]


def _without(rows: np.ndarray, state: _State, column: int) -> np.ndarray:
    """Leave out the column itself, whose answers are exchanged."""
    rows = rows.copy()
    rows[:, state.places[column]:state.places[column + 1]] = 0
    return rows


def _both(codes: np.ndarray) -> np.ndarray:
    """Count the units with an answer to both questions, shape (columns, columns)."""
    there = (codes >= 0).astype(float)
    return there.T @ there


def _spread(matrix: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Repeat a number for each pair of columns over the categories of these columns."""
    return np.repeat(np.repeat(matrix, sizes, axis=0), sizes, axis=1)
