"""Read Tables as an outsider does: all numbers of all of them, with what each counts."""

from collections.abc import Iterator, Sequence

import numpy as np

from wbkit.privacy.disclosure.cells import (
    EVERYONE,
    Population,
    Terms,
    meeting,
)
from wbkit.privacy.disclosure.counted import COUNTED
from wbkit.privacy.disclosure.participation import TOOK_PART, rows_alone
from wbkit.privacy.disclosure.statements import (
    OTHER_ANSWERS,
    TOTAL,
    Place,
    Reading,
    Role,
    Statement,
    is_classed,
    part_of,
)
from wbkit.study.item import NOT_ASKED
from wbkit.study.source import Source
from wbkit.table.facts import (
    Base,
    Bases,
    Counted,
    Fact,
    Joint,
    NoInterval,
    Outside,
    Subject,
    Ungrouped,
)
from wbkit.table.statements.survey import Behind, TookPart
from wbkit.table.table import Table

READERS = COUNTED | TOOK_PART
NAMING = ("frequency", "crosstab", "estimate", "joint", "coverage")  # ids are answers
TOLD = ("frequency", "crosstab", "ranking", "estimate", "coverage")  # who is outside is counted


def read_statements(tables: Sequence[Table]) -> tuple[list[Statement], Reading]:
    """Say of each number in Tables about people what it counts.

    Tables of a source that was published before are left out.
    """
    reading = Reading(tables)
    chosen = [(at, table) for at, table in enumerate(tables)
              if table.data_sets and not all(one.public for one in table.data_sets)]
    for _, table in chosen:
        _note_answers(reading, table)
    found = [one for at, table in chosen for one in _statements(reading, at, table)]
    return found, reading


def _note_answers(reading: Reading, table: Table) -> None:
    """Remember the answers that a Table names of items that do not declare them."""
    if table.kind not in NAMING:
        return
    source, rows = table.data_sets[0], table.data
    seen = reading.seen[source.name]
    for name in (one for one in table.dimensions if one in rows):
        seen[name] |= dict.fromkeys(rows[name].astype(str))
    if "estimate" in rows:
        for item, part in rows.groupby("item", sort=False):
            highest = float(np.nanmax([*part["estimate"].abs(), 0.0]))
            reading.note_mean(source.name, str(item), highest)
    if {"item", "value"} <= set(rows) and not is_classed(table):
        for item, part in rows.groupby("item", sort=False):
            if _kind_of(source, item) in ("numeric", "nominal"):
                named = part["value"].astype(str)
                seen[item] |= dict.fromkeys(named[named != OTHER_ANSWERS])


def _kind_of(source: Source, item: str) -> str:
    return source.items[item].kind if item in source.items else ""


def _statements(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    read = READERS.get(table.kind, rows_alone) if _asks_people(table) else rows_alone
    yield from read(reading, at, table)
    yield from _fact_statements(reading, at, table)
    yield from _untold(reading, at, table)


def _asks_people(table: Table) -> bool:
    """Whether the items of a Table are questions of its source, and not codes given to texts."""
    source = table.data_sets[0]
    items = set(table.data["item"]) if "item" in table.data and table.kind != "joint" else set()
    others = {one.unit for one in table.found(Counted)} - {"answer"}
    return not source.holds_texts and items <= set(source.items) and not (
        others or table.found(Behind))


# Counts beside the data


def _untold(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    """State that nobody is outside a base or the groups where the notes count nobody."""
    if table.kind not in TOLD or not _asks_people(table):
        return
    population = reading.population(table.data_sets[0])
    part, place = part_of(population, table.facts), Place(at)
    outside = {one.item for one in table.found(Outside)}
    ungrouped = {one.item for one in table.found(Ungrouped)}
    of = next((one.of for one in table.found(Base)), "")
    for item in _with_a_base(table) - outside:
        absent = population.absent(item, NOT_ASKED) if of == "asked" else population.ungrouped(item)
        yield Statement(population.cell(part, absent), 0.0, place, "few", item)
    grouped = set() if table.kind == "crosstab" else set(table.dimensions)
    grouped |= set(table.data["margin"]) - {TOTAL} if table.kind == "coverage" else set()
    for item in grouped - ungrouped:
        yield Statement(population.cell(part, population.ungrouped(item)), 0.0, place, "few", item)


def _with_a_base(table: Table) -> set[str]:
    """Return the items of which some base is shown; where none is, the notes may leave out more."""
    base = "n" if table.kind == "estimate" else "base"
    if table.kind == "coverage":
        return set()
    shown = table.data[table.data[base].notna()]
    if table.kind == "crosstab":
        return set(table.dimensions) if len(shown) else set()
    return set(shown["item"])


def _fact_statements(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    for place, fact in enumerate(table.facts):
        if isinstance(fact, Bases):
            sources = [one for one in table.data_sets if one.name in fact.sources]
            for inner, one in enumerate(fact.facts):
                if sources and not sources[0].public:
                    population = reading.population(sources[0])
                    yield from _of_fact(reading, population, one, fact.facts,
                                        Place(at, fact=(place, inner)))
        elif not all(one.public for one in table.data_sets):
            population = reading.population(table.data_sets[0])
            yield from _of_fact(reading, population, fact, table.facts, Place(at, fact=(place,)))


def _of_fact(
    reading: Reading, population: Population, fact: Fact, facts: Sequence[Fact], place: Place
) -> Iterator[Statement]:
    part, table = part_of(population, facts), reading.tables[place.table]
    role: Role = "few" if isinstance(fact, Outside | Ungrouped) else "count"
    for name, address, count in fact.counts():
        field_name = name.partition(".")[2]
        asked = table.kind == "joint" or _asks_people(table)
        told = _counted(population, fact, field_name, part, table) if asked else None
        alone = reading.other(f"{population.name} {place.table} {place.fact} {name} {address}")
        cell = alone.cell() if told is None else population.cell(told)
        yield Statement(cell, count.n, Place(place.table, fact=place.fact, name=field_name), role,
                        getattr(fact, "item", ""))


def _counted(
    population: Population, fact: Fact, name: str, part: Terms, table: Table
) -> Terms | None:
    """Return whom a Count in a fact counts; None where only its own words say so."""
    if isinstance(fact, Outside):
        reasons = fact.reason
        return meeting(part, population.absent(fact.item, reasons))
    if isinstance(fact, Ungrouped):
        return meeting(part, population.ungrouped(fact.item))
    if isinstance(fact, NoInterval | TookPart):
        return {EVERYONE: 1.0}
    if isinstance(fact, Joint) or (isinstance(fact, Base) and name == "looked"):
        return dict(part)
    if type(fact) is Base and name == "n" and table.kind != "joint":
        return _based(population, fact, part, table)
    return None


def _based(population: Population, fact: Base, part: Terms, table: Table) -> Terms | None:
    """Return who is in the one base of a Table."""
    items = next((one.items for one in table.found(Subject)), ())
    if table.kind == "crosstab":
        return meeting(part, meeting(*(population.answered(one) for one in table.dimensions[:2])))
    if len(items) != 1 or table.dimensions or fact.of == "answers":
        return None
    if is_classed(table) or fact.of not in ("respondents", "asked", "ranked"):
        return None
    whole = population.asked if fact.of == "asked" else population.answered
    return meeting(part, whole(items[0]))
