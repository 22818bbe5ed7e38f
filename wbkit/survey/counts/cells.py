"""One pass over the data to Cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from wbkit.data.category_codes import (
    Coded,
    category_codes,
    found_values,
    item_columns,
    joint,
    value_name,
)
from wbkit.data.cells import KEYS, SUMS, Cells, Moments, Rows
from wbkit.data.responses import REASON_COLUMNS, Responses
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.grouped_sums import Column, group_moments, sum_columns
from wbkit.study.item import NOT_ASKED, Item
from wbkit.study.source import Source
from wbkit.survey.design.sampling import Sampling, sampling, within_strata

Numeric = Literal["moments", "values"]
Names = str | Item | Sequence[str | Item]


@dataclass(frozen=True)
class Place:
    """The units that are counted: their rows, their cell of design and group, their weight."""

    rows: np.ndarray | slice
    base: Column
    keys: Rows
    weight: np.ndarray | None


def count_cells(
    responses: Responses | Any,
    items: Names | Sequence[Names],
    *,
    by: str | Item | None = None,
    source: Source | None = None,
    numeric: Numeric = "moments",
) -> Cells:
    """Count items in one pass; everything else is computed from the small result.

    Parameters
    ----------
    responses
        One row for each unit of the source, or a Dask DataFrame (or a pandas one) with such
        rows, in which missing codes may stand between the answers. Dask counts one partition at
        a time, on its own client when there is one.
    items
        Id of an item, or a list of them. A list within the list asks for the moments of those
        numeric items together.
    by
        A nominal or ordinal item that divides the units into groups.
    source
        What the columns of a DataFrame mean; Responses know theirs.
    numeric
        What is kept of numeric items: ``moments`` (sums and sums of products) or also
        ``values`` (how often each value occurs, for frequencies and quantiles).

    Returns
    -------
    Cells
        Counts, sums of weights and of squared weights for each stratum, PSU and cell.

    Raises
    ------
    DataError
        If an item does not exist or is open, `by` is not nominal or ordinal, or a DataFrame
        comes without a source.
    """
    if numeric not in ("moments", "values"):
        raise DataError(_(
            "count_cells: numeric={numeric!r} is unknown. Use 'moments' or 'values'.",
            numeric=numeric))
    count = partial(_count, items=items, by=by, numeric=numeric)
    if isinstance(responses, Responses):
        return count(responses)
    if source is None:
        raise DataError(_(
            "count_cells: a DataFrame does not say what its columns mean. Name the source: "
            "count_cells(data, items, source=study.sources[…])."))
    if hasattr(responses, "to_delayed"):
        return _by_partition(responses, partial(_count_part, source=source, count=count))
    return count(framed(responses, source))


def _by_partition(data: Any, count: partial) -> Cells:
    """Count each partition where it lies, and add the results two by two."""
    from dask import delayed  # noqa: PLC0415 - an extra that only national files need

    parts = [delayed(count, pure=False)(part) for part in data.to_delayed()]
    while len(parts) > 1:
        pairs = [parts[place:place + 2] for place in range(0, len(parts), 2)]
        parts = [delayed(_add)(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return parts[0].compute()


def _count_part(data: pd.DataFrame, *, source: Source, count: partial) -> Cells:
    return count(framed(data, source))


def _add(one: Cells, other: Cells) -> Cells:
    return one + other


def _count(
    responses: Responses, *, items: Any, by: str | Item | None, numeric: str,
    margins: bool = True, moments: bool = True,
) -> Cells:
    singles, together = _asked(responses, items)
    group = responses.grouping(by) if by is not None else None
    drawn = sampling(responses, margins=margins)
    inside = responses.domain.to_numpy()
    weighing = drawn.kept.copy()  # a weight of 0: drawn, so a sampling unit, and no further
    if drawn.weight is not None:
        weighing[drawn.kept] = drawn.weight != 0
        drawn = _with_weightless(drawn, inside)
    place = _place(responses, drawn, group, inside & weighing)
    columns = [one for item in singles for one in item_columns(responses, item, numeric)]
    return Cells(
        source=responses.source,
        items=tuple(item.name for item in singles),
        by=group.name if group else None,
        rows=_rows(columns, place),
        drawn=drawn.units,
        moments={names: _moments(responses, names, place)
                 for names in (_moment_names(singles, together) if moments else ())},
        found={item.name: found_values(responses, item, columns)
               for item in [*singles, *([group] if group else [])]
               if item.values == "any" or (item.kind == "numeric" and numeric == "values")},
        conditions=responses.conditions,
        assumption=responses.assumption,
        left_out=int((~weighing).sum()),
        weightless=int((drawn.kept & ~weighing).sum()),
        inside=int(inside.sum()),
        exploratory=responses.exploratory,
    )


def _with_weightless(drawn: Sampling, inside: np.ndarray) -> Sampling:
    """Count the units of the part that weigh 0, for each part of the sample."""
    nothing = inside[drawn.kept] & (drawn.weight == 0)
    counted = np.bincount(drawn.key[nothing], minlength=len(drawn.units))
    return replace(drawn, units=drawn.units.assign(n_weightless=counted))


def _place(
    responses: Responses, drawn: Sampling, group: Item | None, inside: np.ndarray
) -> Place:
    counted = inside[drawn.kept]
    rows = slice(None) if inside.all() and drawn.kept.all() else inside & drawn.kept
    within = slice(None) if counted.all() else counted
    names, codes = ("",), 0
    if group:
        names = (*responses.values(group), "")
        column = responses.data[group.name]
        codes = category_codes(column, names[:-1], f"{responses.source.name}: {group.name}")[rows]
        names = names if codes.min(initial=0) < 0 else names[:-1]
        codes = np.where(codes < 0, len(names) - 1, codes)
    base = drawn.key[within] * np.int64(len(names)) + codes
    size = len(drawn.keys["stratum"])
    keys = {name: np.repeat(drawn.keys[name], len(names)) for name in KEYS}
    keys["group"] = np.tile(np.array(names, dtype=object), size)
    weight = None if drawn.weight is None else drawn.weight[within]
    return Place(rows, Column(base, size * len(names)), Rows(keys), weight)


def _rows(columns: Sequence[Coded], place: Place) -> Rows:
    """Count every column; only cells that somebody is in and that have a role become rows."""
    parts = [Column(one.codes[place.rows], len(one.names), one.shift) for one in columns]
    found = sum_columns(place.base, parts, place.weight)
    sums = {name: np.concatenate([[], *(getattr(one, name).ravel() for one in found)])
            for name in SUMS}
    sums["n"] = sums["n"].astype(int)
    texts = [[text for one in columns for text in getattr(one, field)]
             for field in ("names", "roles")]
    names, roles = (np.array(one, dtype=object) for one in texts)
    sizes = np.array([one.size for one in parts], dtype=int)
    ends, met = np.cumsum(sizes), np.flatnonzero(sums["n"])
    column = np.searchsorted(ends * place.base.size, met, side="right")
    base, code = np.divmod(met - (ends - sizes)[column] * place.base.size, sizes[column])
    code += (ends - sizes)[column]
    known = slice(None) if all(roles) else roles[code] != ""
    base, code, column, met = (one[known] for one in (base, code, column, met))
    items = np.array([one.item for one in columns], dtype=object)
    return Rows({name: place.keys[name][base] for name in KEYS} | {
        "item": items[column], "group": place.keys["group"][base], "value": names[code],
        "role": roles[code]} | {name: one[met] for name, one in sums.items()})


def _asked(
    responses: Responses, items: Any
) -> tuple[list[Item], list[tuple[str, ...]]]:
    """Return the items, and the lists of numeric items that are wanted together."""
    asked = [items] if isinstance(items, str | Item) else list(items)
    lists = [[responses.item(name) for name in one] for one in asked
             if not isinstance(one, str | Item)]
    singles = [responses.item(one) for one in asked if isinstance(one, str | Item)]
    singles += [item for one in lists for item in one]
    for item in singles:
        if item.kind == "open":
            raise DataError(_(
                "{source}: {item} is open; open answers are coded, not counted. Choose a closed "
                "or numeric item.",
                source=responses.source.name, item=item.name))
    unique = list({item.name: item for item in singles}.values())
    return unique, [tuple(item.name for item in one) for one in lists]


def counted_by(
    responses: Responses | Cells, items: Any, by: str | Item | None, *, numeric: Numeric,
    moments: bool = True,
) -> tuple[Cells, Item | None]:
    """Return Cells of these items and groups: made from Responses, or those that are there."""
    group = responses.grouping(by) if by is not None else None
    if isinstance(responses, Responses):
        margins = within_strata(responses.assumption)
        return _count(responses, items=items, by=group, numeric=numeric, margins=margins,
                      moments=moments), group
    if group and responses.by != group.name:
        raise DataError(_(
            "{source}: these Cells were counted by {by}. Make them with count_cells(..., "
            "by={group!r}).",
            source=responses.source.name, by=responses.by or _("no item"), group=group.name))
    for item in (one for one in items if isinstance(one, Item)):
        responses.lines(item)
        if item.kind == "numeric" and numeric == "values" and item.name not in responses.found:
            raise DataError(_(
                "{source}: these Cells hold no values of {item}. Make them with count_cells(..., "
                "numeric='values').",
                source=responses.source.name, item=item.name))
    return responses, group


def several(item: str | Item | Sequence[str | Item]) -> list[str | Item]:
    """Return a list of items, also for one."""
    if isinstance(item, str | Item):
        return [item]
    if not list(item):
        raise DataError(_(
            "items: the list of items is empty. Name an item; when items are asked for by tag, "
            "look in study.toml whether any item carries that question or theme."))
    return list(item)


def _moment_names(singles: list[Item], together: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """List which numbers are summed together."""
    numeric = tuple(item.name for item in singles if item.kind == "numeric")
    options = [_columns(item) for item in singles if item.kind == "multiple"]
    return list(dict.fromkeys([*((name,) for name in numeric), *([numeric] if numeric else []),
                               *together, *options]))


def _moments(responses: Responses, names: tuple[str, ...], place: Place) -> Moments:
    x = responses.data.loc[:, list(names)].to_numpy(float, na_value=np.nan)[place.rows]
    known = ~np.isnan(x).any(axis=1)
    item, _, option = names[0].partition(":")
    if option:  # options of a multiple item: those who marked none gave no answer
        known &= responses.filled(responses.item(item))[place.rows]
    weight = np.ones(int(known.sum())) if place.weight is None else place.weight[known]
    codes, first = joint([(place.base.codes[known], place.base.size)])
    keys = place.keys.at(place.base.codes[known][first])
    return Moments(keys.frame, **group_moments(Column(codes, len(first)), x[known], weight))


def framed(data: pd.DataFrame, source: Source) -> Responses:
    """Take the missing codes out of the columns, and mark who was not asked."""
    data = data.reset_index(drop=True)
    there = [item for item in source.items.values() if set(_columns(item)) <= set(data)]
    reasons, columns = [], {}
    for item in there:
        found = list(_reasons(item, data, source))
        if found:
            absent = np.logical_or.reduce([rows for _, rows in found])
            marks = (*_columns(item), item.marked_column)
            columns |= {name: _without(data[name], absent) for name in marks if name in data}
            reasons += [_listed(item, why, rows) for why, rows in found]
    if not reasons:
        return Responses(data, source)
    known = pd.concat(reasons, ignore_index=True).drop_duplicates(["row", "item"])
    return Responses(data.assign(**columns), source, reasons=known)


def _columns(item: Item) -> tuple[str, ...]:
    return item.option_columns or (item.name,)


def _reasons(
    item: Item, data: pd.DataFrame, source: Source
) -> Iterator[tuple[str, np.ndarray]]:
    """Give each reason that occurs, and the rows that it is about; not being asked comes first."""
    away = np.zeros(len(data), dtype=bool)
    for parent, values in item.asked_if.items():
        columns = _columns(source.items[parent])
        if set(columns) <= set(data):
            away |= ~_has(source.items[parent], data, values)
    marked = [(NOT_ASKED, away)]
    if item.missing and item.kind in ("nominal", "ordinal", "numeric"):
        marked += [(code, _has(item, data, (code,))) for code in item.missing]
    for low, high in item.missing_ranges:
        column = data[item.name]
        marked += [(f"{one:g}", column.eq(one).to_numpy(bool))
                   for one in sorted(column[column.between(low, high)].unique())]
    yield from ((why, rows) for why, rows in marked if rows.any())


def _has(item: Item, data: pd.DataFrame, values: tuple[str, ...]) -> np.ndarray:
    if item.kind == "multiple":
        return data[[f"{item.name}:{one}" for one in values]].to_numpy(bool).any(axis=1)
    column = data[item.name]
    if item.kind == "numeric":
        return column.isin([float(one) for one in values if _is_number(one)]).to_numpy(bool)
    column = column.astype("category")
    wanted = [value_name(one, (*item.categories, *item.missing)) in values
              for one in column.cat.categories]
    return np.array([*wanted, False])[column.array.codes]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _without(column: pd.Series, absent: np.ndarray) -> pd.Series:
    return column & ~absent if column.dtype == bool else column.mask(absent)


def _listed(item: Item, why: str, rows: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(dict(zip(REASON_COLUMNS, (np.flatnonzero(rows), item.name, why),
                                 strict=True)))
