"""Dots with their interval: one for each row of a Table of estimates."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wbkit.errors import DataError
from wbkit.labels import label, number
from wbkit.report.plots.alt_text import dots_in_words
from wbkit.report.plots.dotted import Room, Rows, open_rows
from wbkit.report.plots.drawing import draws_table
from wbkit.report.plots.style import CATEGORIES, FAINT, INK, figure_style
from wbkit.table.estimated import estimate_cells, row_columns
from wbkit.table.figure import Figure
from wbkit.table.layout import column_words, interval_ends
from wbkit.table.table import Table

ROOM = Room(between=0.09, gap=0.15, names_end=0.13, words_start=0.12)
NOTES = {"": "range_note", "_deff2": "range_deff2_note"}
LINES = {"": 1.6, "_deff2": 0.7}


@draws_table
def plot_estimates(table: Table) -> Figure:
    """Draw estimates, such as the mean score of each group, as dots with their interval.

    The axis is the range of the item where it has one, so that a small difference looks small;
    otherwise it holds 0.

    Parameters
    ----------
    table
        A Table of `estimate`.

    Returns
    -------
    Figure
        A dot for each row and a line for its interval, where the design carries one; the Table,
        and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, or has no row to draw.
    """
    if table.kind != "estimate" or table.data.empty:
        raise DataError(f"{table.title}: this is a {table.kind} Table with {len(table.data)} rows; "
                        "plot_estimates draws one of estimate(...).")
    ends = interval_ends(table.data)
    worded, notes = _worded(table, ends), [label(NOTES[end], table.language) for end in ends]
    with figure_style():
        rows = open_rows(table, worded, ROOM, axis=_axis(table), notes=notes)
        _scale(rows.page.axes, table, ends)
        _draw(rows, ends)
    return Figure(rows.page.picture, table, dots_in_words(table, worded))


def _worded(table: Table, ends: Sequence[str]) -> pd.DataFrame:
    data = table.data
    return data.assign(name=[_name(table, row) for _, row in data.iterrows()],
                       words=[_words(table, row, ends) for _, row in data.iterrows()])


def _name(table: Table, row: pd.Series) -> str:
    own = table.labels.get("item_short", {})
    parts = [own.get(row[column], table.words(column, row[column])) if column == "item"
             else table.words(column, row[column], item=row["item"])
             for column in row_columns(table)]
    if pd.isna(row["n"]):
        return ", ".join(parts)
    return label("estimate_row", table.language, name=", ".join(parts),
                 n=number(row["n"], table.language))


def _words(table: Table, row: pd.Series, ends: Sequence[str]) -> str:
    """Write the estimate and its first interval."""
    estimate, *intervals, _ = estimate_cells(table, row, list(ends[:1]))
    return f"{estimate} ({intervals[0]})" if intervals and intervals[0] else estimate


def _is_share(table: Table) -> bool:
    return table.words("measure", "estimate") == "share"


def _axis(table: Table) -> str:
    if _is_share(table):
        return label("axis_percent", table.language)
    named = [one for one in ("mean", "total") if one in table.about]
    return label(f"estimate_{named[0]}", table.language) if named \
        else column_words(table, "estimate")


def _scale(axes: Axes, table: Table, ends: Sequence[str]) -> None:
    low, high = _ends_of_axis(table, ends)
    axes.set_xlim(low - 0.01 * (high - low), high + 0.01 * (high - low))
    share = _is_share(table)
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ticks = [one for one in ticks if low - 1e-9 <= one <= high + 1e-9]
    places = 0 if np.allclose(ticks, np.round(ticks)) else 1 if np.allclose(
        ticks, np.round(ticks, 1)) else 2
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(
        lambda value, _: number(100 * value, table.language) if share
        else number(value, table.language, decimals=places)))


def _ends_of_axis(table: Table, ends: Sequence[str]) -> tuple[float, float]:
    """Return the range of the item, or what holds 0 and everything that is drawn."""
    drawn = table.data[["estimate", *(f"{name}{end}" for end in ends for name in ("low", "high"))]]
    low, high = np.nanmin([0, drawn.min().min()]), np.nanmax([0, drawn.max().max()])
    items = table.data["item"].unique()
    known = {source.items[name].range for source in table.sources for name in items
             if name in source.items}
    if not {"total", "ratio"} & {*table.about} and len(known) == 1:
        first, last = next(iter(known)) or (low, high)
        low, high = (first, last) if first <= drawn.min().min() else (low, high)
        high = max(high, drawn.max().max())
    return (low, high) if high > low else (low, low + 1)


def _draw(rows: Rows, ends: Sequence[str]) -> None:
    axes = rows.page.axes
    axes.vlines(axes.get_xticks(), 0, rows.height, color=FAINT, linewidth=0.6, zorder=0)
    for _, row in rows.data.iterrows():
        for end in ends:
            axes.plot([row[f"low{end}"], row[f"high{end}"]], [row["y"]] * 2, color=INK,
                      linewidth=LINES[end], solid_capstyle="butt", zorder=2)
        axes.plot(row["estimate"], row["y"], marker="o", markersize=5.5, color=CATEGORIES[0],
                  zorder=3)
