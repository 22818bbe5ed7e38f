"""Rows of a DataFrame as Responses: missing codes and routing become reasons."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from wbkit.data.category_codes import value_name
from wbkit.data.responses import REASON_COLUMNS, Responses
from wbkit.study.item import NOT_ASKED, Item
from wbkit.study.source import Source


def framed(data: pd.DataFrame, source: Source) -> Responses:
    """Take the missing codes out of the columns, and mark who was not asked.

    Parameters
    ----------
    data
        One row for each unit: a column for each item that is there, ``item:value`` for each
        option of a multiple one.
    source
        What the columns mean.

    Returns
    -------
    Responses
        Each row for itself, so that every part of a large file can be read on its own.
    """
    data = data.reset_index(drop=True)
    there = [item for item in source.items.values() if set(_columns(item)) <= set(data)]
    reasons, columns = [], {}
    for item in there:
        found = list(_reasons(item, data, source))
        if found:
            absent = np.logical_or.reduce([rows for _, rows in found])
            columns |= {name: _without(data[name], absent) for name in _columns(item)}
            reasons += [_listed(item, why, rows) for why, rows in found]
    if not reasons:
        return Responses(data, source)
    known = pd.concat(reasons, ignore_index=True).drop_duplicates(["row", "item"])
    return Responses(data.assign(**columns), source, reasons=known)


def _columns(item: Item) -> tuple[str, ...]:
    return item.columns[: len(item.categories)] if item.kind == "multiple" else (item.name,)


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
