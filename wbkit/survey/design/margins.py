"""Known counts of the population, and the cells of the sample that must meet them."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from numbers import Real
from typing import Any

import numpy as np

from wbkit.data.category_codes import category_codes, joint
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _, listing, number, spoken
from wbkit.stats.calibration import Target
from wbkit.study.design import Margin

Given = Mapping[str | tuple[str, ...], Mapping[Any, float]]


def margin_list(responses: Responses, margins: Given | None) -> list[Margin]:
    """Return the margins, those of the design when none are given; refuse what disagrees."""
    source = responses.source
    given = source.design.margins if margins is None else margins
    if not given:
        raise DataError(_(
            "{source}: there are no margins to weight to. Give them, or add margins to the design "
            "in study.toml.",
            source=source.name))
    if not (isinstance(given, Mapping)
            and all(isinstance(one, Mapping) for one in given.values())):
        raise DataError(_(
            "{source}: margins={given!r} does not say how many there are of each value. Write "
            '{{"item": {{"value": count, …}}}}.',
            source=source.name, given=given))
    known = [_margin(responses, names, counts) for names, counts in given.items()]
    totals = {" × ".join(one.items): sum(count for _, count in one.counts) for one in known}
    if max(totals.values()) > min(totals.values()) * (1 + 1e-9):
        sums = ", ".join(f"{name} {number(total, spoken())}" for name, total in totals.items())
        raise DataError(_(
            "{source}: the margins do not add up to the same number: {sums}. Make them agree.",
            source=source.name, sums=sums))
    _refuse_total(responses, next(iter(totals.values())))
    return known


def _refuse_total(responses: Responses, total: float) -> None:
    """Refuse percentages, and other margins that do not count the population."""
    source, n = responses.source, len(responses.data)
    population = source.design.population or total
    if total < n or abs(total - population) > population / 100:
        known = _("the population is {population:,.0f}", population=population) if total >= n \
            else _("{n} answered", n=n)
        raise DataError(_(
            "{source}: the margins add up to {total:,.12g}, and {known}. A margin counts the units "
            "of the population, also those who did not answer: write counts, no percentages.",
            source=source.name, total=total, known=known))


def _margin(responses: Responses, names: str | tuple[str, ...], counts: Mapping) -> Margin:
    names = (names,) if isinstance(names, str) else tuple(names)
    known = [_values(responses, name) for name in names]
    pairs = []
    for values, count in counts.items():
        values = tuple(map(str, values)) if isinstance(values, tuple) else (str(values),)
        strange = [one for one, of in zip(values, known, strict=False) if one not in of]
        counted = isinstance(count, Real) and 0 <= count < np.inf
        if strange or len(values) != len(names) or not counted:
            raise DataError(_(
                "{source}: the margin of {items} holds {cell} = {count}. Use the values of "
                "these items ({values}) and counts from 0 on.",
                source=responses.source.name, items=" × ".join(names),
                cell=" × ".join(values), count=count,
                values="; ".join(", ".join(of) for of in known)))
        pairs.append((values, float(count)))
    return Margin(items=names, counts=tuple(pairs))


def _values(responses: Responses, name: str) -> tuple[str, ...]:
    item = responses.item(name)
    if item.kind not in ("nominal", "ordinal"):
        raise DataError(_(
            "{source}: a margin needs a nominal or ordinal item; {item} is {kind}. Make a derived "
            "item with recode.",
            source=responses.source.name, item=item.name, kind=item.kind))
    return responses.values(item)


def _names(margins: Sequence[Margin]) -> list[str]:
    return list(dict.fromkeys(name for margin in margins for name in margin.items))


def crossing(responses: Responses, margins: Sequence[Margin]) -> tuple[np.ndarray, np.ndarray]:
    """Return the cell of each unit (-1 without one), and the values of each cell."""
    names, values, codes = _names(margins), [], []
    for name in names:
        values.append(responses.values(name))
        where = f"{responses.source.name}: {name}"
        codes.append(category_codes(responses.data[name], values[-1], where))
    known = np.logical_and.reduce([one >= 0 for one in codes])
    if not known.all():
        codes = [one[known] for one in codes]
    cell, first = joint([(one, len(of)) for one, of in zip(codes, values, strict=True)])
    table = np.array([np.array(of, dtype=object)[one[first]]
                      for one, of in zip(codes, values, strict=True)], dtype=object).T
    if known.all():
        return cell, table
    every = np.full(len(known), -1)
    every[known] = cell
    return every, table


def targets_of(
    responses: Responses, margins: Sequence[Margin], table: np.ndarray
) -> list[Target]:
    """Say for each cell to which count of each margin it adds."""
    names, targets = _names(margins), []
    for margin in margins:
        place = {values: number for number, (values, _) in enumerate(margin.counts)}
        columns = [names.index(name) for name in margin.items]
        found = [tuple(row) for row in table[:, columns]]
        totals = np.array([count for _, count in margin.counts])
        strange = [one for one in found if one not in place or not totals[place[one]]]
        if strange:
            raise DataError(_(
                "{source}: there are units with {items} = {cell}, and the margin says there "
                "are none. If it is a way of writing another answer, add it to corrections of the "
                "item; if these units belong to the population, add their number to the margin.",
                source=responses.source.name, items=" × ".join(margin.items),
                cell=" × ".join(strange[0])))
        targets.append(Target(np.array([place[one] for one in found], dtype=int), totals))
    return targets


def refuse_empty(responses: Responses, margins: Sequence[Margin], found: np.ndarray) -> None:
    """Refuse margins, and pairs of margins, that nobody in the sample can stand for."""
    names = _names(margins)
    for margin in margins:
        columns = [names.index(name) for name in margin.items]
        there = {tuple(row) for row in found[:, columns]}
        wanted = [values for values, count in margin.counts if count]
        _refuse(responses, margin.items, wanted, there)
    for one, other in combinations(margins, 2):
        items = (*one.items, *other.items)
        there = {tuple(row) for row in found[:, [names.index(name) for name in items]]}
        wanted = [(*a, *b) for (a, m), (b, n) in product(one.counts, other.counts) if m and n]
        _refuse(responses, items, wanted, there)


def refuse_impossible(
    responses: Responses, margins: Sequence[Margin], found: np.ndarray
) -> None:
    """Refuse units in a combination that the design says cannot occur."""
    names = _names(margins)
    for row in found:
        cell = dict(zip(names, row, strict=True))
        if _structural(responses, cell):
            raise DataError(_(
                "{source}: there are units with {cell}, and structural_zeros in the design says "
                "that there are none. Correct these answers, or structural_zeros.",
                source=responses.source.name, cell=_cell_words(cell)))


def _cell_words(cell: Mapping[str, str]) -> str:
    return listing([f"{name} = {value}" for name, value in cell.items()], spoken())


def _refuse(
    responses: Responses, items: Sequence[str], wanted: Sequence[tuple], there: set[tuple]
) -> None:
    for values in wanted:
        cell = dict(zip(items, values, strict=True))
        if values not in there and not _structural(responses, cell):
            near = neighbour(responses.values(items[-1]), values[-1])
            raise DataError(_(
                "{source}: nobody with {cell} answered, so no weight can stand for them. Merge "
                "{item} {answer!r} with {near!r} (recode, and add up their counts), or, if they "
                "cannot exist, add the combination to structural_zeros in the design.",
                source=responses.source.name, cell=_cell_words(cell), item=items[-1],
                answer=values[-1], near=near))


def _structural(responses: Responses, cell: Mapping[str, str]) -> bool:
    return any(all(cell.get(name) == value for name, value in zero.items())
               for zero in responses.source.design.structural_zeros)


def neighbour(values: Sequence[str], value: str) -> str:
    """Return the value that stands next to one: the following, of the last the one before."""
    place = values.index(value)
    return values[place + 1] if place + 1 < len(values) else values[place - 1]
