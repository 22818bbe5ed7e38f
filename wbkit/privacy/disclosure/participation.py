"""What Tables state of who took part, of registers, of sources beside each other, and of codes."""

from collections.abc import Callable, Iterator

from wbkit.privacy.disclosure.cells import EVERYONE, IN, OUT, added, meeting
from wbkit.privacy.disclosure.statements import (
    ABSENT,
    TOTAL,
    Place,
    Reading,
    Statement,
    lines_of,
    number,
    part_of,
)
from wbkit.table.facts import Bases, Part
from wbkit.table.kinds import KINDS
from wbkit.table.statements.survey import Divided
from wbkit.table.table import Table


def _coverage(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    population = reading.population(table.data_sets[0])
    for margin, rows in table.data.groupby("margin", sort=False):
        told = {str(value): {EVERYONE: 1.0} if margin == TOTAL else
                population.answer(str(margin), (str(value),)) for value in rows["value"]}
        inside = population.cell(added(*told.values()))
        item = "" if margin == TOTAL else str(margin)
        yield from lines_of(rows, at, "value", told, (population, {EVERYONE: 1.0}, inside), item)
        shares = rows[rows["share"].fillna(0) > 0]
        if margin != TOTAL and len(shares):
            whole = round(float((shares["n"] / shares["share"]).iloc[0]), 6)
            yield Statement(inside, whole, Place(at, tuple(rows.index), ("share", "ratio")),
                            "base", item)


def _nonresponse(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    population = reading.population(table.data_sets[0])
    questions = reading.other(f"{population.name} questions")
    part, (by,) = part_of(population, table.facts), table.dimensions
    looked = "; ".join(sorted(f"{one.item}={one.values}" for one in table.found(Part)))
    for row in table.data.reset_index().to_dict("records"):
        alone = row[by] == TOTAL
        inside = part if alone else meeting(part, population.answer(by, (str(row[by]),)))
        of = {EVERYONE: 1.0} if alone else questions.answer(by, (str(row[by]),))
        of = meeting(of, questions.answer("part", (looked,)))
        place, units = row["index"], population.cell(inside)
        yield Statement(units, number(row["n"]), Place(at, (place,)), "count", by)
        broke = meeting(inside, population.option("~broke_off", (IN,), (IN, OUT)))
        yield Statement(population.cell(broke), number(row["broke_off"]),
                        Place(at, (place,), ("broke_off",)), "count", by, units)
        skipped = questions.option("~skipped", (IN,), (IN, OUT))
        yield Statement(questions.cell(of), number(row["base"]),
                        Place(at, (place,), ("base", "share")), "question", by)
        yield Statement(questions.cell(of, skipped), number(row["skipped"]),
                        Place(at, (place,), ("skipped", "share")), "few", by)


def _trend(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    divided = next(iter(table.found(Divided)), None)
    base = divided.by if divided else ""
    for row in table.data.reset_index().to_dict("records"):
        if row["state"] == ABSENT:
            continue
        item = str(row["item"])
        population = reading.register(table.data_sets[0], base or item)
        part = part_of(population, table.facts)
        inside = [part, *(population.answer(one, (str(row[one]),)) for one in table.dimensions)]
        whole = population.cell(*inside)
        counted = population.option(f"~{item}", (IN,), (IN, OUT)) if base else {EVERYONE: 1.0}
        place = row["index"]
        yield Statement(population.cell(*inside, counted), number(row["n"]), Place(at, (place,)),
                        "count", item, whole if base else None)
        if base:
            yield Statement(whole, number(row["base"]), Place(at, (place,), ("base",)), "base",
                            item)


def _joint(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    """State counts of several sources, each on its own base; those of texts stand alone."""
    known = {one.name: one for one in table.data_sets if not one.public}
    parts = {one.sources[0]: one.facts for one in table.found(Bases) if len(one.sources) == 1
             and one.kind == "frequency"}
    for row in table.data.reset_index().to_dict("records"):
        name = str(row["source"]).partition(":")[0]
        if row["state"] in (ABSENT, "not_asked") or name not in parts or name not in known:
            continue
        population, item = reading.population(known[name]), str(row["item"])
        if item not in population.items:
            continue
        part, place = part_of(population, parts[name]), row["index"]
        base = population.cell(part, population.answered(item))
        yield Statement(population.cell(part, population.answer(item, (str(row["value"]),))),
                        number(row["n"]), Place(at, (place,)), "count", item, base)
        yield Statement(base, number(row["base"]), Place(at, (place,), ("base",)), "base", item)


def rows_alone(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    """State counts of which only the row is known: each n is a part of its base."""
    form = KINDS[table.kind]
    counts = [name for name in table.data if form.columns.get(name) == "count"]
    if table.kind in ("listing", "saturation", "answers") or not counts:
        return
    population = reading.other(f"{table.data_sets[0].name} {at}")
    keys = [name for name in table.data if name not in ("state", *counts)
            and (form.columns.get(name) == "id" or name in table.dimensions)]
    part = "; ".join(sorted(f"{one.item}={one.values}" for one in table.found(Part)))
    for row in table.data.reset_index().to_dict("records"):
        name = "; ".join([str(at), table.kind, part, *(f"{key}={row[key]}" for key in keys)])
        base = population.cell(population.answer(f"{name} base", (IN,))) if "base" in row else None
        for column in counts:
            counted = population.answer(f"{name} {column}", (IN,))
            own = () if column in form.hides[:1] or column == "n" else (column,)
            yield Statement(population.cell(counted), number(row[column]),
                            Place(at, (row["index"],), own), "count", str(row.get("item", "")),
                            base)


TOOK_PART: dict[str, Callable[[Reading, int, Table], Iterator[Statement]]] = {
    "coverage": _coverage, "nonresponse": _nonresponse, "trend": _trend, "joint": _joint,
}  # fmt: skip
