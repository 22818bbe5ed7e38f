"""What a Table says about a scale: its rows, its middle, and what stands on both sides."""

from dataclasses import dataclass

import pandas as pd

from wbkit.errors import DataError
from wbkit.report.plots.bar_rows import names_of
from wbkit.study.item import Item
from wbkit.table.table import Table

FEWEST, MOST = 2, 7


@dataclass(frozen=True)
class Sides:
    """The printed answers of a scale in order, before and after the middle.

    Parameters
    ----------
    words
        All answers.
    first, last
        The answers on both sides of the middle.
    """

    words: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]


def sides(table: Table) -> Sides:
    """Divide the answers at the neutral one, which an item can name; else at the middle.

    Parameters
    ----------
    table
        A frequency Table of a scale.

    Returns
    -------
    Sides
        Printed words.
    """
    values = list(table.data["value"].unique())
    words = tuple(table.words("value", value, item=table.data["item"].iloc[0])
                  for value in values)
    neutral = _neutral(table)
    before = values.index(neutral) if neutral in values else len(values) // 2
    after = before + 1 if neutral in values or len(values) % 2 else before
    return Sides(words, words[:before], words[after:])


def scale_rows(table: Table) -> pd.DataFrame:
    """Turn a Table into rows of a chart.

    Parameters
    ----------
    table
        A frequency Table.

    Returns
    -------
    pandas.DataFrame
        One row for each answer in a row of the chart: ``block`` and ``row`` (ids),
        ``block_words`` and ``row_words`` (empty where the title says it), ``value`` (words),
        ``n``, ``base``, ``share``, ``state``, ``named`` (the base stands with the row).

    Raises
    ------
    DataError
        If the Table is no frequency Table of one scale.
    """
    _check(table)
    frame = table.data
    keys = [name for name in ("item", *table.dimensions) if frame[name].nunique() > 1] or ["item"]
    *blocks, row = keys
    rows = pd.Series(names_of(table, frame, [row], short=True), index=frame.index)
    said = frame[row].nunique() == 1 and table.words(row, frame[row].iloc[0]) == table.title
    return frame.assign(
        block=frame[blocks].astype(str).agg("\n".join, axis=1) if blocks else "",
        row=frame[row].astype(str),
        block_words=names_of(table, frame, blocks),
        row_words="" if said else rows,
        value=names_of(table, frame, ["value"]),
        named=True,
    )[["block", "row", "block_words", "row_words", "value", "n", "base", "share", "state",
       "named"]]


def _neutral(table: Table) -> str | None:
    """Return the neutral answer, where an item of the Table names one."""
    items = [_item(table, name) for name in table.data["item"].unique()]
    return next((item.neutral for item in items if item and item.neutral), None)


def _item(table: Table, name: str) -> Item | None:
    return next((source.items[name] for source in table.sources if name in source.items), None)


def _check(table: Table) -> None:
    if table.kind != "frequency":
        raise DataError(
            f"{table.title}: this is a {table.kind} Table; plot_likert draws frequency Tables. "
            "Use plot_bars, or make the frequency of the items."
        )
    if not table.adds_up:
        raise DataError(
            f"{table.title}: one unit can have several of these answers, so they are no scale. "
            "Use plot_bars."
        )
    items = [_item(table, name) for name in table.data["item"].unique()]
    nominal = [item.name for item in items if item and item.kind == "nominal"]
    if nominal:
        raise DataError(
            f"{table.title}: {nominal[0]} is nominal, so its answers have no order and no middle. "
            "Use plot_bars, or make it ordinal in study.toml."
        )
    named = table.data.assign(value=names_of(table, table.data, ["value"]))
    groups = named.groupby(["item", *table.dimensions], sort=False)["value"].agg(tuple)
    lists = list(dict.fromkeys(groups))
    if len(lists) > 1:
        raise DataError(
            f"{table.title}: the items have different answers ({', '.join(map(str, lists[0]))}; "
            f"{', '.join(map(str, lists[1]))}). Draw items with the same answers together."
        )
    if not lists or not FEWEST <= len(lists[0]) <= MOST:
        raise DataError(
            f"{table.title}: there are {len(lists[0]) if lists else 0} answers; plot_likert draws "
            f"{FEWEST} to {MOST}. Use plot_bars."
        )
