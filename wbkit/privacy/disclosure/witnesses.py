"""Ways in which people can be spread that fit what is shown: what proves that a number is in doubt.

Each programme that was solved gives one. In a few of them most hidden numbers are seen to be far
enough apart, so that these need no programme of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from wbkit.privacy.disclosure.atoms import Atoms

SLACK = 1e-6  # of a number: rounding in the solver


@dataclass(frozen=True, eq=False)
class Points:
    """Ways in which people can be spread over some atoms.

    Parameters
    ----------
    atoms
        The atoms.
    people
        How many are in each of them, shape (points, atoms).
    whole
        Of which ways all people are whole, shape (points,).
    """

    atoms: np.ndarray
    people: np.ndarray
    whole: np.ndarray


@dataclass(frozen=True, eq=False)
class Widths:
    """How far apart each number was seen: in any ways, and in ways of whole people."""

    any: np.ndarray
    whole: np.ndarray


@dataclass(frozen=True, eq=False)
class Batch:
    """What the numbers are in some ways of one part of the people.

    Parameters
    ----------
    cells
        The numbers that count people of this part.
    inside
        Which of these count no others, shape (cells,).
    counts
        What they are, shape (cells, ways).
    whole
        In which ways all people are whole, shape (ways,).
    shown
        What was shown of all numbers, so that these ways fit it.
    """

    cells: np.ndarray
    inside: np.ndarray
    counts: np.ndarray
    whole: np.ndarray
    shown: np.ndarray

    def fitting(self, values: np.ndarray, shown: np.ndarray) -> np.ndarray:
        """Mark the ways in which every newly shown number is what it is."""
        new = (shown & ~self.shown)[self.cells]
        if (new & ~self.inside).any():
            return np.zeros(len(self.whole), dtype=bool)
        counts = self.counts[new] - values[self.cells[new]][:, None]
        return (np.abs(counts) < SLACK).all(axis=0)


class Witnesses:
    """The ways that were found so far, in numbers that are these."""

    def __init__(self, atoms: Atoms, values: np.ndarray) -> None:
        self._atoms, self._values = atoms, values
        self.batches: list[Batch] = []

    @cached_property
    def _rows(self) -> sp.csc_array:
        """How each number adds up the atoms that somebody can be in."""
        return self._atoms.rows.tocsc()

    @cached_property
    def _lengths(self) -> np.ndarray:
        return np.diff(self._rows[:, self._atoms.possible].tocsr().indptr)

    def add(self, points: Sequence[Points], shown: np.ndarray) -> None:
        """Remember ways that fit what is shown."""
        self.batches += [self._batch(one, shown) for one in points]

    def _batch(self, points: Points, shown: np.ndarray) -> Batch:
        inside = self._rows[:, points.atoms].tocsr()
        lengths = np.diff(inside.indptr)
        cells = np.flatnonzero(lengths)
        return Batch(cells, (lengths == self._lengths)[cells], inside[cells] @ points.people.T,
                     points.whole, shown)

    def widths(self, shown: np.ndarray) -> Widths:
        """Return how far apart each number was seen, among ways that fit what is shown now."""
        low, high = np.full((2, len(shown)), np.inf), np.full((2, len(shown)), -np.inf)
        for one in self.batches:
            fit = one.fitting(self._values, shown)
            cells = one.cells[one.inside]
            for at, ways in enumerate((fit, fit & one.whole)):
                if ways.any():
                    counts = one.counts[one.inside][:, ways]
                    low[at, cells] = np.minimum(low[at, cells], counts.min(axis=1))
                    high[at, cells] = np.maximum(high[at, cells], counts.max(axis=1))
        return Widths(*np.where(np.isfinite(high), whole_width(low, high), -1.0))


def whole_width(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return how far apart the least and the greatest whole number of intervals are."""
    return np.floor(high + SLACK) - np.ceil(low - SLACK)
