"""Take numbers out of Tables, so that nothing of them is left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from wbkit.privacy.disclosure.statements import HIDDEN, SHOWN, Place
from wbkit.table.facts import Bases, Count, Fact
from wbkit.table.kinds import KINDS
from wbkit.table.table import Table


def without(tables: Sequence[Table], places: Iterable[Place]) -> list[Table]:
    """Return the Tables with what stands at these places hidden."""
    of: dict[int, list[Place]] = defaultdict(list)
    for one in places:
        of[one.table].append(one)
    return [_hidden(table, of[at]) if at in of else table for at, table in enumerate(tables)]


def _hidden(table: Table, places: Sequence[Place]) -> Table:
    data = table.data
    for columns in dict.fromkeys(one.columns for one in places if one.rows):
        rows = sorted({row for one in places if one.columns == columns for row in one.rows})
        data = _emptied(data, table.kind, rows, columns)
    facts = _without_counts(table.facts, [one for one in places if one.fact])
    return replace(table, data=data, facts=facts)


def _emptied(
    data: pd.DataFrame, kind: str, rows: Sequence[int], columns: tuple[str, ...]
) -> pd.DataFrame:
    """Leave out numbers of some rows; without columns all that the kind hides, and say so."""
    form = KINDS[kind]
    gone = [name for name in (columns or form.hides) if name in data]
    there = pd.Series(data.index.isin(rows), index=data.index) & data["state"].isin(
        [SHOWN, HIDDEN])
    words = [name for name in gone if not form.is_number(name)]
    kept = data.assign(**{name: data[name].astype(float).mask(there) for name in gone
                          if name not in words},
                       **{name: data[name].mask(there, "") for name in words})
    return kept if columns else kept.assign(state=data["state"].mask(there, HIDDEN))


def _without_counts(facts: tuple[Fact, ...], places: Sequence[Place]) -> tuple[Fact, ...]:
    told: list[Fact | None] = list(facts)
    for one in places:
        first, *inner = one.fact
        fact = told[first]
        if isinstance(fact, Bases) and inner:
            some = list(fact.facts)
            some[inner[0]] = _without_count(some[inner[0]], one.name)
            told[first] = replace(fact, facts=tuple(some))
        elif fact is not None:
            made = _without_count(fact, one.name)
            told[first] = None if made.vanishes else made
    return tuple(one for one in told if one is not None)


def _without_count(fact: Fact, name: str) -> Fact:
    """Leave a total out; another Count says that it is hidden."""
    return replace(fact, **{name: None if name in fact.totals else Count(None)})
