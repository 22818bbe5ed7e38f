"""Hide in all Tables together what an outsider may not know, and cannot work out then."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.privacy.disclosure.atoms import Atoms, atoms_of
from wbkit.privacy.disclosure.bounds import Shown
from wbkit.privacy.disclosure.hiding import without
from wbkit.privacy.disclosure.rules import PROFILES, Profile, primary
from wbkit.privacy.disclosure.reading import read_statements
from wbkit.privacy.disclosure.statements import Place, Statement
from wbkit.privacy.disclosure.suppression import Task, suppress
from wbkit.table.table import Table

COST = {"count": 1.0, "base": 1.0, "sum": 1.5, "few": 0.5, "question": 0.5}


@dataclass(frozen=True, eq=False)
class Release:
    """The numbers of some Tables, each told once, and what may not be shown of them.

    Parameters
    ----------
    tables
        The Tables.
    statements
        Each number at each place.
    atoms
        What they count.
    values
        Of each number what the Tables show somewhere, absent where all hide it.
    """

    tables: Sequence[Table]
    statements: Sequence[Statement]
    atoms: Atoms
    marks: np.ndarray
    least: np.ndarray

    @classmethod
    def of(cls, tables: Sequence[Table], profile: str) -> "Release":
        statements, reading = read_statements(tables)
        marks, rules = primary(statements, tables, profile)
        atoms = atoms_of([one.cell for one in statements], reading.populations)
        return cls(tables, statements, atoms, marks, np.array([one.width for one in rules]))

    @property
    def _twins(self) -> np.ndarray:
        return self.atoms.twins

    @cached_property
    def values(self) -> np.ndarray:
        values = np.full(len(self.statements), np.nan)
        for one, twin in zip(self.statements, self._twins, strict=True):
            if one.value is not None and np.isnan(values[twin]):
                values[twin] = one.value
        return values

    @cached_property
    def hidden(self) -> np.ndarray:
        """Mark what may not be shown, or stands hidden somewhere."""
        marks = np.zeros(len(self.statements), dtype=bool)
        marks[self._twins[self.marks]] = True
        return marks

    @cached_property
    def first(self) -> np.ndarray:
        return self._twins == np.arange(len(self.statements))

    def task(self) -> Task:
        size = len(self.statements)
        width, cost = np.zeros(size), np.zeros(size)
        np.maximum.at(width, self._twins, self.least.astype(float))
        roles = [one.role for one in self.statements]
        np.maximum.at(cost, self._twins, np.array([
            COST[one.role] if one.place.rows or one.place.fact else np.inf
            for one in self.statements]))
        known = np.nan_to_num(self.values)
        cost += 0.1 * (np.bincount(self._twins, minlength=size) - 1) + 1e-4 * np.minimum(known, 999)
        shown = self.first & ~self.hidden
        targets = self.first & np.isin(np.arange(size), self._twins[[
            at for at, role in enumerate(roles) if role != "question"]])
        wholes, parts = self._nested()
        caps = np.full(size, np.inf)
        return Task(Shown(self.atoms, self.values, shown, caps), width, cost, wholes, parts,
                    targets)

    def _nested(self) -> tuple[np.ndarray, np.ndarray]:
        """Pair each base with the numbers that stand on it."""
        bases = {one.cell: twin for one, twin in zip(self.statements, self._twins, strict=True)
                 if one.role == "base"}
        pairs = {(bases[one.base], twin)
                 for one, twin in zip(self.statements, self._twins, strict=True)
                 if one.base in bases and bases[one.base] != twin}
        found = np.array(sorted(pairs), dtype=int).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def places(self, shown: np.ndarray) -> list[Place]:
        """Return where the numbers stand that are not shown."""
        return [one.place for one, twin in zip(self.statements, self._twins, strict=True)
                if not shown[twin]]


def protect(
    tables: Sequence[Table], *, profile: Profile, known: Sequence[Table] = ()
) -> list[Table]:
    """Hide."""
    release = Release.of(tables, profile)
    shown = suppress(release.task())
    return without(tables, release.places(shown))
