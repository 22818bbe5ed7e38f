"""Dots with their interval: one for each row of a Table of estimates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wbkit.errors import DataError
from wbkit.labels import label, listing, number
from wbkit.nouns.estimated import estimate_cells, row_columns
from wbkit.nouns.figure import Figure
from wbkit.nouns.layout import column_words, interval_ends
from wbkit.nouns.table import Table
from wbkit.report.alternative import opening
from wbkit.report.page import MARGIN, Page, Plan, open_page
from wbkit.report.style import (
    CATEGORIES,
    FAINT,
    INK,
    SMALL,
    SOFT,
    WIDTH,
    figure_style,
    text_height,
    text_width,
    wrap,
)

BETWEEN, LINE, BELOW = 0.09, 0.15, 0.33
WIDEST_NAMES, WIDEST_WORDS = 0.4, 0.3  # of the page
NOTES = {"": "range_note", "_deff2": "range_deff2_note"}
LINES = {"": 1.6, "_deff2": 0.7}


@dataclass(frozen=True)
class Rows:
    """What is drawn: one row for each estimate, with y, name and the words beside it."""

    data: pd.DataFrame
    height: float
    left: float
    right: float


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
    with figure_style():
        rows = _placed(table, ends)
        page = open_page(Plan(table, rows.height, rows.left, rows.right, below=BELOW, notes=[
            label(NOTES[end], table.language) for end in ends]))
        _scale(page.axes, table, ends)
        _draw(page, rows, ends)
    return Figure(page.picture, table, _in_words(table, rows.data))


def _placed(table: Table, ends: Sequence[str]) -> Rows:
    """Give every row its place, from the top down."""
    names = [_name(table, row) for _, row in table.data.iterrows()]
    words = [_words(table, row, ends) for _, row in table.data.iterrows()]
    left = MARGIN + min(max(map(text_width, names)), WIDEST_NAMES * WIDTH) + 0.15
    widest = max(text_width(one, SMALL) for one in words)
    right = MARGIN + min(widest, WIDEST_WORDS * WIDTH) + 0.15
    y, places, names_wrapped, words_wrapped = 0.0, [], [], []
    for name, one in zip(names, words, strict=True):
        names_wrapped.append(wrap(name, left - MARGIN - 0.15))
        words_wrapped.append(wrap(one, right - MARGIN - 0.13, SMALL))
        height = max(text_height(names_wrapped[-1]), text_height(words_wrapped[-1], SMALL), LINE)
        places.append(y + height / 2)
        y += height + BETWEEN
    data = table.data.assign(y=places, name=names_wrapped, words=words_wrapped)
    return Rows(data, y, left, right)


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


def _scale(axes: Axes, table: Table, ends: Sequence[str]) -> None:
    low, high = _ends_of_axis(table, ends)
    axes.set_xlim(low - 0.01 * (high - low), high + 0.01 * (high - low))
    share = table.words("measure", "estimate") == "share"
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ticks = [one for one in ticks if low - 1e-9 <= one <= high + 1e-9]
    places = 0 if np.allclose(ticks, np.round(ticks)) else 1 if np.allclose(
        ticks, np.round(ticks, 1)) else 2
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(
        lambda value, _: number(100 * value, table.language) if share
        else number(value, table.language, decimals=places)))
    words = label("axis_percent", table.language) if share else column_words(table, "estimate")
    axes.set_xlabel(words, fontsize=SMALL, color=SOFT, loc="left", labelpad=3)


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


def _draw(page: Page, rows: Rows, ends: Sequence[str]) -> None:
    axes = page.axes
    axes.vlines(axes.get_xticks(), 0, rows.height - BETWEEN, color=FAINT, linewidth=0.6, zorder=0)
    for _, row in rows.data.iterrows():
        page.write(rows.left - 0.13, row["y"], row["name"], ha="right")
        page.write(WIDTH - rows.right + 0.12, row["y"], row["words"], size=SMALL)
        for end in ends:
            axes.plot([row[f"low{end}"], row[f"high{end}"]], [row["y"]] * 2, color=INK,
                      linewidth=LINES[end], solid_capstyle="butt", zorder=2)
        axes.plot(row["estimate"], row["y"], marker="o", markersize=5.5, color=CATEGORIES[0],
                  zorder=3)


def _in_words(table: Table, rows: pd.DataFrame) -> str:
    parts = [f"{row['name']}: {row['words']}".replace("\n", " ") for _, row in rows.iterrows()]
    return f"{opening('dot_chart', table)} {listing(parts, table.language)}."
