"""Statistics that are made of hidden counts: they go where a count goes."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from wbkit.privacy.disclosure.cells import Cell, Population
from wbkit.privacy.disclosure.statements import SHOWN, Place, Reading, Row
from wbkit.table.facts import Part, Subject
from wbkit.table.statements.survey import Estimated
from wbkit.table.table import Table

Items = frozenset[str]
SPREAD = ("se", "low", "high", "low_deff2", "high_deff2", "df", "deff")
LINEAR = ("mean", "share")  # statistics that are read as sums of people
MODELS = ("test", "model", "reliability")


def made_of_hidden(
    tables: Sequence[Table], hidden: Sequence[Cell], reading: Reading
) -> Iterator[Place]:
    """Yield the statistics that are made of a hidden number, or of counts that are not shown.

    A test of closed items needs its cross table among the Tables, shown whole: its statistic and
    the margins can give the counts. A standard error goes where a count of its item is hidden.
    """
    for at, table in enumerate(tables):
        if table.kind not in (*MODELS, "estimate") or not table.data_sets:
            continue
        population = reading.populations.get(table.data_sets[0].name)
        if population is None:
            continue
        gone = {_items(cell, population) for cell in hidden if cell.population == population.name}
        yield from _statistics(tables, at, population, gone)


def _statistics(
    tables: Sequence[Table], at: int, population: Population, gone: AbstractSet[Items]
) -> Iterator[Place]:
    table = tables[at]
    about = frozenset(one.item for one in table.found(Part))
    statistic = next((one.statistic for one in table.found(Estimated)), "")
    for place, row in zip(table.data.index, table.data.to_dict("records"), strict=True):
        items = _named(table, row)
        roots = _roots(population, items | about)
        lost = any(one <= roots for one in gone)
        if table.kind == "estimate":
            columns = tuple(name for name in SPREAD if name in table.data)
            if lost:
                yield Place(at, (place,), columns if statistic in LINEAR else ())
        elif lost or not _counts_stand(tables, table, items, population):
            yield Place(at, (place,))


def _named(table: Table, row: Row) -> Items:
    """Return the items of which the numbers of a row are made."""
    named = {str(row[name]) for name in ("item", "by") if row.get(name)} | set(table.dimensions)
    if table.kind in ("model", "reliability"):
        named |= {str(row["term"])} if row.get("term") else set()
        named |= {one for subject in table.found(Subject) for one in subject.items}
    return frozenset(named)


def _items(cell: Cell, population: Population) -> Items:
    return _roots(population, {name.partition(":")[0].partition("~")[0]
                               for name in cell.variables})


def _roots(population: Population, items: AbstractSet[str]) -> Items:
    """Return the items that were asked, of which others are made."""
    found: set[str] = set()
    for name in items:
        item = population.items.get(name)
        if item is None or not item.parents:
            found.add(name)
        else:
            found |= _roots(population, frozenset(item.parents))
    return frozenset(found)


def _counts_stand(
    tables: Sequence[Table], table: Table, items: Items, population: Population
) -> bool:
    """Whether the counts of which a test of closed items is made stand among the Tables, whole."""
    kinds = {population.items[one].kind for one in items if one in population.items}
    if table.kind != "test" or "numeric" in kinds or len(items) != 2:
        return True
    parts = set(table.found(Part))
    return any(set(other.found(Part)) == parts and _crosses(other, items)
               for other in tables if other.data_sets and table.data_sets
               and other.data_sets[0].name == table.data_sets[0].name)


def _crosses(table: Table, items: Items) -> bool:
    """Whether a Table counts one item by the other, and hides nothing of it."""
    if table.kind == "crosstab":
        return set(table.dimensions) == set(items) and (table.data["state"] == SHOWN).all()
    if table.kind != "frequency" or len(table.dimensions) != 1:
        return False
    (by,), rows = table.dimensions, table.data[table.data["item"].isin(items)]
    return by in items and len(rows) > 0 and bool((rows["state"] == SHOWN).all())
