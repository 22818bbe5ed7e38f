"""Earlier releases: whether they count the same people, and whom a difference tells of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from wbkit.privacy.disclosure.atoms import atoms_of
from wbkit.privacy.disclosure.reading import read_statements
from wbkit.privacy.disclosure.rules import rule_of
from wbkit.privacy.disclosure.statements import Statement
from wbkit.table.table import Table

EARLIER = "earlier"
SAME = 1e-6
Pair = tuple[Statement, Statement, int]


def apart(tables: Sequence[Table], released: Sequence[Table]) -> list[Table]:
    """Return the earlier Tables; those about other people under a source of another name."""
    moved = {one.cell.population.partition(" ")[0] for one, other, _ in _pairs(tables, released)
             if abs(one.value - other.value) > SAME}
    return [_renamed(table, moved) for table in released]


def _renamed(table: Table, moved: set[str]) -> Table:
    sources = tuple(
        one.model_copy(update={"name": f"{one.name}_{EARLIER}"})
        if one in table.data_sets and one.name in moved else one for one in table.sources)
    return replace(table, sources=sources)


def changed(
    tables: Sequence[Table], released: Sequence[Table], profile: str
) -> Iterator[tuple[int, int, str, float, float]]:
    """Yield the counts that changed by fewer people than may be shown.

    Gives the Table, the earlier Table, what is counted, and the two numbers.
    """
    for one, other, least in _pairs(tables, released, profile):
        if SAME < abs(one.value - other.value) < least and one.role in ("count", "base", "few"):
            ends = sorted([one.value, other.value])
            yield (one.place.table, other.place.table - len(tables), _told(one), *ends)


def _told(one: Statement) -> str:
    return " + ".join(sorted("; ".join(
        f"{name}={'|'.join(sorted(few))}" for name, few in sorted(where))
        for where, _times in one.cell.terms))


def _pairs(
    tables: Sequence[Table], released: Sequence[Table], profile: str = "intern"
) -> Iterator[Pair]:
    """Yield each number that both show, once, with the least count that may be shown."""
    if not released:
        return
    every = [*tables, *released]
    statements, reading = read_statements(every)
    twins = atoms_of([one.cell for one in statements], reading.populations).twins
    now: dict[int, Statement] = {}
    then: dict[int, Statement] = {}
    for one, twin in zip(statements, twins.tolist(), strict=True):
        if one.value is not None and np.isfinite(one.value):
            (now if one.place.table < len(tables) else then).setdefault(twin, one)
    for twin in now.keys() & then.keys():
        source = every[now[twin].place.table].data_sets[0]
        yield now[twin], then[twin], rule_of(source, profile).least
