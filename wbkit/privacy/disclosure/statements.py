"""What a number in a Table states: what it counts, and where it stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.privacy.disclosure.cells import (
    EVERYONE,
    Cell,
    Population,
    Terms,
    meeting,
    population_of,
)
from wbkit.study.source import Source
from wbkit.table.facts import Fact, Part, Subject
from wbkit.table.statements.privacy import Rounded
from wbkit.table.table import Table

TENTH = 0.05  # how far a mean with one decimal can be from what it was
Role = Literal["count", "base", "sum", "few", "question"]
Row = Mapping[str, object]
TOTAL, OTHER_ANSWERS = "total", "other_answers"
ABSENT, HIDDEN, SHOWN = "absent", "hidden", "shown"


@dataclass(frozen=True)
class Place:
    """Where a number stands in a list of Tables: rows and columns of one, or a field of a fact.

    No columns are all that the kind of Table hides, and the state of the row.
    """

    table: int
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    fact: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Statement:
    """One number of a Table.

    Parameters
    ----------
    cell
        What it counts.
    value
        The number; None where it is hidden.
    place
        Where it stands.
    role
        ``count`` of people, ``base``, ``sum`` of the numbers that people gave, ``few`` (a count
        beside the base), or ``question`` (counts no people).
    item
        The item that it is about, or empty.
    base
        Of what it is a part.
    """

    cell: Cell
    value: float | None
    place: Place
    role: Role
    item: str = ""
    base: Cell | None = None


@dataclass
class Reading:
    """The populations that some Tables are about, while these are read."""

    tables: Sequence[Table]
    populations: dict[str, Population] = field(default_factory=dict)
    seen: dict[str, dict[str, dict[str, None]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    means: dict[tuple[str, str], float] = field(default_factory=dict)

    def population(self, source: Source) -> Population:
        """Return the people of a source."""
        if source.name not in self.populations:
            seen = {name: tuple(some) for name, some in self.seen[source.name].items()}
            self.populations[source.name] = population_of(source, seen)
        return self.populations[source.name]

    def note_mean(self, source: str, item: str, highest: float) -> None:
        """Remember the greatest mean of an item: numbers go up to some times as much."""
        self.means[source, item] = max(self.means.get((source, item), 0.0), highest)

    def other(self, name: str) -> Population:
        """Return a population that is not that of a source, such as questions put to people."""
        return self.populations.setdefault(name, Population(name, {}))

    def register(self, source: Source, counted: str) -> Population:
        """Return the people whom a count of a register counts; each is in one of its cells."""
        name = f"{source.name} {counted}"
        return self.populations.setdefault(
            name, Population(name, source.items, complete=True))


def number(value: object) -> float | None:
    """Return a number, None where it is absent."""
    return None if value is None or pd.isna(value) else float(value)


def part_of(population: Population, facts: Sequence[Fact]) -> dict:
    """Return the part of the people that a Table looks at."""
    parts = [population.answer(one.item, one.values) for one in facts if isinstance(one, Part)]
    terms: Terms = {EVERYONE: 1.0}
    for part in parts:
        terms = meeting(terms, part)
    return dict(terms)


def in_group(population: Population, name: str, group: object, listed: Sequence[str]) -> dict:
    """Return the people in one group; the rest is who is in none of those that are listed."""
    return population.answer(name, answers_of(population, name, str(group), listed))


def answers_of(
    population: Population, name: str, value: str, listed: Sequence[str]
) -> tuple[str, ...]:
    """Return the answers that an id stands for: of the rest all that are not listed."""
    if value != OTHER_ANSWERS or name not in population.items:
        return (value,)
    item = population.items[name]
    return tuple(one for one in population.values_of(item) if one not in listed)


def is_classed(table: Table) -> bool:
    """Whether the values of a Table are classes of numbers."""
    forms = [one.form for one in table.found(Subject)]
    return "distribution" in forms or any(one.key == "bands" for one in table.facts)


def lines_of(
    rows: pd.DataFrame, at: int, column: str, told: Mapping[str, Terms],
    about: tuple[Population, Terms, Cell], item: str,
) -> Iterator[Statement]:
    """State the count of each row, with what it counts by the value in a column."""
    population, inside, base = about
    for row, value, n, state in zip(rows.index, rows[column], rows["n"], rows["state"],
                                    strict=True):
        if state != ABSENT:
            yield Statement(population.cell(inside, told[str(value)]), number(n),
                            Place(at, (row,)), "count", item, base)


def in_ranges(
    statements: Sequence[Statement], tables: Sequence[Table]
) -> tuple[list[Statement], np.ndarray]:
    """Take rounded numbers for what they say: between which two numbers each lies.

    Gives the statements, those of rounded Tables without a value, and the ends, shape
    (statements, 2). A rounded mean bounds the sum of what people said.
    """
    steps = {at: one.step for at, table in enumerate(tables) for one in table.found(Rounded)}
    ends = np.tile([-np.inf, np.inf], (len(statements), 1))
    bases = {(one.place.table, one.cell): one.value for one in statements if one.role == "base"}
    told = []
    for at, one in enumerate(statements):
        step = steps.get(one.place.table)
        exact = step is None or one.value is None or not (one.place.rows or one.place.fact)
        if not exact:
            ends[at] = _ends(one, step // 2, bases.get((one.place.table, one.base)))
        told.append(one if exact else replace(one, value=None))
    return told, ends


def _ends(one: Statement, off: int, base: float | None) -> tuple[float, float]:
    if one.role != "sum":
        return max(one.value - off, 0.0), one.value + off
    if not base:
        return -np.inf, np.inf
    mean = one.value / base
    sums = [(mean + side) * max(base + away, 0.0) for side in (-TENTH, TENTH)
            for away in (-off, off)]
    return min(sums), max(sums)


def bases_of(rows: pd.DataFrame, at: int, base: Cell, item: str) -> Iterator[Statement]:
    """State the base of some rows, once."""
    there = rows[rows["state"] != ABSENT]
    if len(there):
        yield Statement(base, number(there["base"].iloc[0]),
                        Place(at, tuple(there.index), ("base",)), "base", item)
