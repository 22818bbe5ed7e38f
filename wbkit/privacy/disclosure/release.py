"""All numbers of a set of Tables, each told once: what is shown, and what must be protected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.privacy.disclosure.atoms import Atoms, atoms_of
from wbkit.privacy.disclosure.bounds import Shown
from wbkit.privacy.disclosure.cells import Cell
from wbkit.privacy.disclosure.differences import Difference, differences
from wbkit.privacy.disclosure.reading import read_statements
from wbkit.privacy.disclosure.rules import Rule, too_few, too_small
from wbkit.privacy.disclosure.statements import Place, Reading, Statement, in_ranges
from wbkit.privacy.disclosure.suppression import Task
from wbkit.table.statements.privacy import Protected
from wbkit.table.table import Table

COST = {"count": 1.0, "base": 0.3, "sum": 0.5, "few": 0.5, "question": 0.5}
PLACE, SIZE, LARGE = 0.1, 1e-4, 999.0  # what else hiding costs: for each place, and each person
SAME = 1e-6


@dataclass(frozen=True, eq=False)
class Release:
    """The numbers of some Tables, and what may not be shown of them.

    Parameters
    ----------
    tables
        Tables to be released, and behind them Tables that are known already.
    own
        How many of them are to be released.
    statements
        Each number at each place.
    atoms
        What they count.
    small
        Numbers that may not be shown by themselves, shape (statements,).
    rules
        The rule for each of them.
    ends
        Between which numbers each lies that was rounded, shape (statements, 2).
    between
        Differences that may not be known: the last statements, which stand in no Table.
    """

    tables: Sequence[Table]
    own: int
    statements: Sequence[Statement]
    reading: Reading
    atoms: Atoms
    small: np.ndarray
    rules: Sequence[Rule]
    ends: np.ndarray
    between: Sequence[Difference]

    @classmethod
    def of(cls, tables: Sequence[Table], known: Sequence[Table], profile: str) -> "Release":
        """Read Tables, and those that an outsider knows already."""
        every = [*tables, *known]
        exact, reading = read_statements(every)
        statements, ends = in_ranges(exact, every)
        small, rules = too_small(statements, every, profile)
        theirs = np.array([one.place.table >= len(tables) for one in statements], dtype=bool)
        small &= ~theirs
        kept = list(_few_between(statements, reading, every, (rules, theirs)))
        made = [replace(one, value=None) for _, one in kept]
        rules = [*rules, *(rules[one.whole] for one, _ in kept)]
        atoms = atoms_of([one.cell for one in (*statements, *made)], reading.populations)
        return cls(every, len(tables), [*statements, *made], reading, atoms,
                   np.concatenate([small, np.ones(len(made), dtype=bool)]), rules,
                   np.concatenate([ends, np.tile([-np.inf, np.inf], (len(made), 1))]),
                   [one for one, _ in kept])

    @cached_property
    def values(self) -> np.ndarray:
        """What each number is, as any of the Tables shows it; absent where all hide it."""
        values = np.full(len(self.statements), np.nan)
        for at, (one, twin) in enumerate(zip(self.statements, self.atoms.twins, strict=True)):
            if one.value is None:
                continue
            if not np.isnan(values[twin]) and abs(values[twin] - one.value) > SAME:
                raise DataError(self._contradiction(at, twin))
            values[twin] = one.value
        return values

    def _contradiction(self, at: int, twin: int) -> str:
        first = next(one for one, of in zip(self.statements, self.atoms.twins, strict=True)
                     if of == twin and one.value is not None)
        tables = [self.tables[one.place.table] for one in (first, self.statements[at])]
        return _(
            "{first} and {second}: they count the same people, and not the same number of them. "
            "Make both again from the same data.",
            first=title_of(tables[0]), second=title_of(tables[1]))

    @cached_property
    def known(self) -> np.ndarray:
        """Mark the numbers that an outsider knows already."""
        marks = np.zeros(len(self.statements), dtype=bool)
        for one, twin in zip(self.statements, self.atoms.twins, strict=True):
            marks[twin] |= one.value is not None and (
                one.place.table >= self.own or not (one.place.rows or one.place.fact))
        return marks

    @cached_property
    def silent(self) -> np.ndarray:
        """Mark the numbers that the notes count nobody in, by saying nothing: no secret."""
        marks = np.zeros(len(self.statements), dtype=bool)
        for one, twin in zip(self.statements, self.atoms.twins, strict=True):
            marks[twin] |= one.value == 0 and not (one.place.rows or one.place.fact)
        return marks

    @cached_property
    def hidden(self) -> np.ndarray:
        """Mark what may not be shown, or stands hidden in one of the Tables."""
        marks = np.zeros(len(self.statements), dtype=bool)
        marks[self.atoms.twins[self.small]] = True
        return marks & ~self.known

    @cached_property
    def first(self) -> np.ndarray:
        """Mark the first statement of each number."""
        return self.atoms.twins == np.arange(len(self.statements))

    @cached_property
    def width(self) -> np.ndarray:
        """How wide the interval of each number must be."""
        width = np.zeros(len(self.statements))
        np.maximum.at(width, self.atoms.twins, [float(one.width) for one in self.rules])
        return width

    @cached_property
    def people(self) -> np.ndarray:
        """Mark the numbers that count people, or add up what these said."""
        return self.first & ~self.silent & np.isin(
            np.arange(len(self.statements)), self.atoms.twins[
            [at for at, one in enumerate(self.statements)
             if one.role != "question" and self._counts(at)]])

    def _counts(self, at: int) -> bool:
        """Whether a statement counts people who may be few: a large one that was rounded, no."""
        one, rule = self.statements[at], self.rules[at]
        if rule.of == "rounded":
            return one.role != "sum" and self.ends[at, 0] < rule.least
        return rule.of != "none"

    @cached_property
    def caps(self) -> np.ndarray:
        """What a hidden number is at most: a note that is not protected says "fewer than"."""
        caps = np.full(len(self.statements), np.inf)
        for one, twin in zip(self.statements, self.atoms.twins, strict=True):
            table = self.tables[one.place.table]
            if one.value is None and one.place.fact and not table.found(Protected):
                caps[twin] = min(caps[twin], table.minimum - 1)
        np.minimum.at(caps, self.atoms.twins, self.ends[:, 1])
        return caps

    @cached_property
    def floors(self) -> np.ndarray:
        """What a rounded number is at least."""
        floors = np.full(len(self.statements), -np.inf)
        np.maximum.at(floors, self.atoms.twins, self.ends[:, 0])
        return floors

    def task(self) -> Task:
        """Return what must be protected, and what hiding each number costs."""
        size, twins = len(self.statements), self.atoms.twins
        cost = np.zeros(size)
        np.maximum.at(cost, twins, [COST[one.role] for one in self.statements])
        cost += PLACE * (np.bincount(twins, minlength=size) - 1)
        cost += SIZE * np.minimum(np.nan_to_num(self.values), LARGE)
        cost[self.known] = np.inf
        wholes, parts = self._nested()
        read = Shown(self.atoms, self.values, self.first & ~self.hidden, np.full(size, np.inf))
        return Task(read, self.width, cost, wholes, parts, self.people)

    def _nested(self) -> tuple[np.ndarray, np.ndarray]:
        """Pair each base with the numbers that stand on it."""
        both = list(zip(self.statements, self.atoms.twins, strict=True))
        bases = {one.cell: twin for one, twin in both if one.role == "base"}
        pairs = {(bases[one.base], twin) for one, twin in both
                 if one.base in bases and bases[one.base] != twin}
        found = np.array(sorted(pairs), dtype=int).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def places(self, numbers: np.ndarray) -> Iterator[Place]:
        """Yield where some numbers stand in the Tables to be released."""
        for one, twin in zip(self.statements, self.atoms.twins, strict=True):
            if numbers[twin] and one.place.table < self.own:
                yield one.place

    def cells(self, numbers: np.ndarray) -> list[Cell]:
        """Return what some numbers count, of those that stand in a Table."""
        told = len(self.statements) - len(self.between)
        return [self.statements[at].cell for at in np.flatnonzero(numbers[:told])]

    def made_of(self, number: int) -> tuple[Place, ...]:
        """Return where the numbers stand of which a number is the difference; none of others."""
        at = number - (len(self.statements) - len(self.between))
        return tuple(self.statements[one].place for one in self.between[at].every) \
            if at >= 0 else ()

    def tables_of(self, number: int, *, shown: bool) -> list[int]:
        """Return the Tables in which a number stands, shown or hidden."""
        return list(dict.fromkeys(
            one.place.table for one, twin in zip(self.statements, self.atoms.twins, strict=True)
            if twin == number and (one.value is not None) == shown))

    def without(self, table: int) -> Shown:
        """Return what is read when one Table is left out."""
        left = np.zeros(len(self.statements), dtype=bool)
        for one, twin in zip(self.statements, self.atoms.twins, strict=True):
            left[twin] |= one.value is not None and one.place.table != table
        return replace(self.shown, shown=left)

    @cached_property
    def shown(self) -> Shown:
        """Return what is read of all Tables."""
        return Shown(self.atoms, self.values, self.first & np.isfinite(self.values), self.caps,
                     self.floors)


def _few_between(
    statements: Sequence[Statement], reading: Reading, tables: Sequence[Table],
    about: tuple[Sequence[Rule], np.ndarray],
) -> Iterator[tuple[Difference, Statement]]:
    """Yield the differences that may not be known, where one of the numbers can be hidden."""
    rules, theirs = about
    for one in differences(statements, reading.populations):
        every = [statements[at] for at in one.every]
        free = [two.place.table for two, at in zip(every, one.every, strict=True)
                if not theirs[at] and (two.place.rows or two.place.fact)]
        role = "base" if all(two.role == "base" for two in every) else "count"
        if free and one.n > SAME:
            made = Statement(one.cell, one.n, Place(free[0]), role, every[0].item)
            if too_few(made, None, rules[one.whole], tables[free[0]].data_sets[0]):
                yield one, made


def title_of(table: Table) -> str:
    """Return the title of a Table in its own language."""
    return table.show().title
