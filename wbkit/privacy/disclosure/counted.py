"""What counts of answers and statistics of numbers state: frequencies, cross tables, means."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from wbkit.privacy.disclosure.cells import (
    EVERYONE,
    LEAST,
    MOST,
    OUT,
    REST,
    Cell,
    Population,
    Terms,
    added,
    meeting,
)
from wbkit.privacy.disclosure.statements import (
    Place,
    Reading,
    Row,
    Statement,
    answers_of,
    bases_of,
    in_group,
    is_classed,
    lines_of,
    number,
    part_of,
)
from wbkit.table.facts import Base, ShareOf
from wbkit.table.statements.survey import Estimated, Ranked
from wbkit.table.table import Table

UNRANKED = "unranked"


def _frequency(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    population = reading.population(table.data_sets[0])
    part, of = part_of(population, table.facts), _base_of(table)
    by = table.dimensions[0] if table.dimensions else ""
    classed = is_classed(table)
    keys = ["item", *([by] if by else [])]
    for key, rows in table.data.groupby(keys, sort=False):
        key = key if isinstance(key, tuple) else (key,)
        item, listed = str(key[0]), [str(one) for one in rows["value"]]
        inside = meeting(part, in_group(population, by, key[1], list(map(str, table.data[by])))
                         if by else {EVERYONE: 1.0})
        told = _valued(population, item, listed, of, classed=classed)
        base = population.cell(inside, _whole(population, item, of, told))
        yield from lines_of(rows, at, "value", told, (population, inside, base), item)
        yield from bases_of(rows, at, base, item)


def _base_of(table: Table) -> str:
    return next((one.of for one in table.found(Base)), "respondents")


def _valued(
    population: Population, item: str, listed: Sequence[str], of: str, *, classed: bool
) -> dict[str, dict]:
    """Return the people of each value."""
    known = population.items.get(item)
    if classed:
        return {one: _in_class(population, item, one, listed) for one in listed}
    reasons = () if known is None or of != "asked" else (*known.missing, "no_answer")
    told = {one: population.absent(item, one) for one in listed if one in reasons}
    return told | {one: population.answer(item, answers_of(population, item, one, listed))
                   for one in listed if one not in told}


def _in_class(population: Population, item: str, one: str, listed: Sequence[str]) -> dict:
    """Return who is in a class of numbers: classes of other widths stand apart."""
    name = f"{item}~{'|'.join(listed)}"
    return population.option(name.replace(":", "~"), (one,), (*listed, REST))


def _whole(population: Population, item: str, of: str, told: Mapping[str, Terms]) -> dict:
    if of == "answers":
        return added(*told.values())
    return population.asked(item) if of == "asked" else population.answered(item)


def _crosstab(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    population = reading.population(table.data_sets[0])
    part, names = part_of(population, table.facts), table.dimensions[:2]
    both = meeting(*(population.answered(one) for one in names))
    told = [{value: in_group(population, name, value, listed) for value in listed}
            for name in names for listed in [list(dict.fromkeys(map(str, table.data[name])))]]
    of = next((one.of for one in table.found(ShareOf)), "total")
    within = {"rows": 0, "columns": 1}.get(of)
    key = [names[within]] if within is not None else [lambda _: 0]
    for name, rows in table.data.groupby(key[0], sort=False):
        whole = both if within is None else meeting(both, told[within][str(name)])
        base = population.cell(part, whole)
        for row, first, second, n in zip(rows.index, rows[names[0]], rows[names[1]], rows["n"],
                                         strict=True):
            yield Statement(
                population.cell(part, told[0][str(first)], told[1][str(second)]), number(n),
                Place(at, (row,)), "count", "+".join(names), base)
        yield from bases_of(rows, at, base, "+".join(names))


def _ranking(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    population = reading.population(table.data_sets[0])
    part, by = part_of(population, table.facts), table.dimensions[0] if table.dimensions else ""
    top = next((one.top for one in table.found(Ranked)), 1)
    for row in table.data.reset_index().to_dict("records"):
        inside = meeting(part, population.answer(by, (str(row[by]),)) if by else {EVERYONE: 1.0})
        yield from _places_of(population, inside, row, at, top)
    keys = ["item", *([by] if by else [])]
    for key, rows in table.data.groupby(keys, sort=False):
        inside = meeting(part, population.answer(by, (str(key[1]),)) if by else {EVERYONE: 1.0})
        item = str(key[0])
        yield from bases_of(rows, at, population.cell(inside, population.answered(item)), item)


def _places_of(
    population: Population, inside: Terms, row: Row, at: int, top: int
) -> Iterator[Statement]:
    """State how often an option came first, near it, or anywhere, and its mean place."""
    item, place = str(row["item"]), row["index"]
    many = len(population.items[item].categories)
    every = (*map(str, range(1, many + 1)), UNRANKED, OUT)
    base = population.cell(inside, population.answered(item))

    def placed(last: int) -> dict:
        return meeting(inside, population.option(f"{item}:{row['value']}", every[:last], every))

    yield Statement(population.cell(placed(1)), number(row["n"]), Place(at, (place,)), "count",
                    item, base)
    for name, last, columns in (("top", top, ("top", "share_top")),
                                ("ranked", many, ("ranked", "mean"))):
        if name in row:
            yield Statement(population.cell(placed(last)), number(row[name]),
                            Place(at, (place,), columns), "count", item, base)
    sums = added(*({where: times * one for where, times in meeting(
        inside, population.option(f"{item}:{row['value']}", (str(one),), every)).items()}
        for one in range(1, many + 1)))
    known, mean = number(row.get("ranked")), number(row.get("mean"))
    if "share_raw" not in row:
        yield Statement(population.cell(sums), known * mean if known and mean else None,
                        Place(at, (place,), ("mean",)), "sum", item, population.cell(placed(many)))


# Numbers that people gave


def _estimate(reading: Reading, at: int, table: Table) -> Iterator[Statement]:
    population = reading.population(table.data_sets[0])
    part, by = part_of(population, table.facts), table.dimensions[0] if table.dimensions else ""
    statistic = next((one.statistic for one in table.found(Estimated)), "")
    plain = "estimate_raw" not in table.data
    keys = ["item", *([by] if by else [])]
    for key, rows in table.data.groupby(keys, sort=False):
        item = str(key[0])
        inside = meeting(part, in_group(population, by, key[1], list(map(str, table.data[by])))
                         if by else {EVERYONE: 1.0})
        base = population.cell(inside, population.answered(item))
        n = number(rows["n"].iloc[0])
        yield Statement(base, n, Place(at, tuple(rows.index), ("n",)), "base", item)
        if plain and statistic == "mean":
            ends = _ends_of(population, item, reading.means[population.name, item])
            yield from _mean(population.cell(inside, numbers_given(population, item, ends)),
                             (rows, n), at, item, base)
        if plain and statistic == "total":
            yield from _total(reading, (population.name, key), (rows, n), at, base)
        if plain and statistic == "share":
            told = _valued(population, item, [str(one) for one in rows["value"]], "", classed=False)
            counts = rows.assign(n=(rows["estimate"] * rows["n"]).round(6))
            yield from lines_of(counts, at, "value", told, (population, inside, base), item)


def _mean(
    cell: Cell, about: tuple[pd.DataFrame, float | None], at: int, item: str, base: Cell
) -> Iterator[Statement]:
    """State the sum of the numbers, which a mean and its base give."""
    rows, n = about
    for row, mean in zip(rows.index, rows["estimate"], strict=True):
        mean = number(mean)
        total = None if n is None or mean is None else near_whole(mean * n)
        yield Statement(cell, total, Place(at, (row,)), "sum", item, base)


def _total(
    reading: Reading, named: tuple[str, tuple], about: tuple[pd.DataFrame, float | None], at: int,
    base: Cell,
) -> Iterator[Statement]:
    """State a total by itself: with weights it is no sum over the people who are counted."""
    name, key = named
    rows, n = about
    apart = reading.other(f"{name} total")
    for row, total in zip(rows.index, rows["estimate"], strict=True):
        yield Statement(apart.cell(apart.answer("~".join(map(str, key)), ("total",))),
                        None if n is None else number(total), Place(at, (row,)), "sum",
                        str(key[0]), base)


def near_whole(total: float) -> float:
    """Round a sum that only rounding keeps from a whole number."""
    return float(round(total)) if abs(total - round(total)) < 1e-6 else total


def _ends_of(population: Population, item: str, highest: float) -> tuple[float, float]:
    """Return between which ends the numbers lie: twice the highest mean where nobody says it."""
    known = population.items.get(item)
    return known.range if known is not None and known.range else (0.0, max(2 * highest, 1.0))


def numbers_given(
    population: Population, item: str, ends: tuple[float, float]
) -> dict:
    """Return the sum of the numbers that people gave to an item."""
    given = [one for one in population.seen.get(item, ()) if _is_number(one)]
    item_known = population.items.get(item)
    listed = population.values_of(item_known) if item_known else (LEAST, MOST)
    given += [one for one in listed if _is_number(one)]
    known = dict(zip((LEAST, MOST), ends, strict=True)) | {one: float(one) for one in given}
    values = [(one, known[one]) for one in listed]
    return added(*({where: times * value for where, times in
                    population.answer(item, (one,)).items()} for one, value in values if value))


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


COUNTED: dict[str, Callable[[Reading, int, Table], Iterator[Statement]]] = {
    "frequency": _frequency, "crosstab": _crosstab, "ranking": _ranking, "estimate": _estimate,
}  # fmt: skip
