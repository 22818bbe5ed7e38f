"""Dots with an interval: one for each code of a Table of agreement."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from wbkit.errors import DataError
from wbkit.labels import label, listing, number
from wbkit.nouns.figure import Figure
from wbkit.nouns.measures import estimate_words
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

BETWEEN, LINE = 0.07, 0.15
WIDEST_NAMES = 0.36  # of the page
BELOW = 0.33
TICKS = (-1, -0.5, 0, 0.5, 1)
DEFAULTS = ("alpha", "f1")  # the first of these that the Table has


@dataclass(frozen=True)
class Rows:
    """What is drawn: one row for each code, with y, name and the words beside it."""

    data: pd.DataFrame
    height: float
    left: float
    right: float


def plot_agreement(table: Table, *, measure: str | None = None) -> Figure:
    """Draw one measure of agreement as a dot with its interval for each code.

    A hollow dot with a dashed line rests on few documents or few passages; where the number is
    not defined stands the reason.

    Parameters
    ----------
    table
        A Table of `agreement` or `evaluate`.
    measure
        Id of the measure; alpha, or F1, when left out.

    Returns
    -------
    Figure
        The picture, the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, or does not have this measure.
    """
    measure = _measure(table, measure)
    chosen = table.data[table.data["measure"].isin(_kinds(measure))].reset_index(drop=True)
    with figure_style():
        rows = _placed(table, chosen)
        page = open_page(Plan(table, rows.height, rows.left, rows.right, below=BELOW,
                              notes=_notes(table, chosen)))
        _scale(page.axes, chosen, table.language)
        _draw(page, rows)
        page.axes.set_xlabel(table.words("measure", measure), fontsize=SMALL, color=SOFT,
                             loc="left", labelpad=3)
    return Figure(page.picture, table, _in_words(table, chosen, measure))


def _measure(table: Table, measure: str | None) -> str:
    known = list(dict.fromkeys(table.data["measure"])) if table.kind == "agreement" else []
    if measure is None:
        measure = next((one for one in DEFAULTS if one in known), "")
    if measure not in known:
        raise DataError(f"{table.title}: there is no measure {measure!r} to draw; there is "
                        f"{', '.join(known) or 'none'}. plot_agreement draws a Table of agreement "
                        "or evaluate.")
    return measure


def _kinds(measure: str) -> tuple[str, ...]:
    """Return the measures in one column: alpha stands on codes, and on sets of them."""
    return ("alpha", "alpha_masi") if measure == "alpha" else (measure,)


def _placed(table: Table, chosen: pd.DataFrame) -> Rows:
    """Give every code its place, from the top down."""
    names = [table.words("code", code) for code in chosen["code"]]
    left = MARGIN + min(max(map(text_width, names)), WIDEST_NAMES * WIDTH) + 0.12
    words = [_words(table, row) for _, row in chosen.iterrows()]
    right = MARGIN + max(text_width(one, SMALL) for one in words) + 0.12
    right = min(right, 0.34 * WIDTH)
    y, places, wrapped = 0.0, [], []
    beside = [wrap(one, right - MARGIN - 0.1, SMALL) for one in words]
    for name, one in zip(names, beside, strict=True):
        wrapped.append(wrap(name, left - MARGIN - 0.12))
        height = max(text_height(wrapped[-1]), text_height(one, SMALL), LINE)
        places.append(y + height / 2)
        y += height + BETWEEN
    return Rows(chosen.assign(y=places, name=wrapped, words=beside), y, left, right)


def _words(table: Table, row: pd.Series) -> str:
    """Write the estimate with its interval, or why there is none."""
    if pd.isna(row["estimate"]):
        return table.words("reason", row["reason"])
    return estimate_words(row, table.language)


def _notes(table: Table, chosen: pd.DataFrame) -> list[str]:
    language = table.language
    notes = [label("interval_mark_note", language)] if chosen["low"].notna().any() else []
    careful = chosen["estimate"].notna() & (chosen["reason"] != "")
    return notes + ([label("hollow_note", language)] if careful.any() else [])


def _scale(axes: Axes, chosen: pd.DataFrame, language: str) -> None:
    lowest = chosen[["estimate", "low"]].min().min()
    first = 0 if pd.isna(lowest) or lowest >= 0 else -0.5 if lowest >= -0.5 else -1
    axes.set_xlim(first - 0.02, 1.02)
    axes.set_xticks([tick for tick in TICKS if tick >= first])
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(value, language, decimals=1)))


def _draw(page: Page, rows: Rows) -> None:
    axes = page.axes
    axes.vlines(axes.get_xticks(), 0, rows.height - BETWEEN, color=FAINT, linewidth=0.6, zorder=0)
    axes.vlines(0, 0, rows.height - BETWEEN, color=SOFT, linewidth=0.8, zorder=1)
    for _, row in rows.data.iterrows():
        careful = row["reason"] != ""
        page.write(rows.left - 0.12, row["y"], row["name"], ha="right")
        page.write(WIDTH - rows.right + 0.1, row["y"], row["words"], size=SMALL)
        if pd.notna(row["low"]):
            axes.plot([max(row["low"], -1), row["high"]], [row["y"]] * 2, color=INK, linewidth=0.9,
                      linestyle=(0, (2, 2)) if careful else "solid", zorder=2)
        axes.plot(row["estimate"], row["y"], marker="o", markersize=5, color=CATEGORIES[0],
                  markerfacecolor="white" if careful else CATEGORIES[0], zorder=3,
                  clip_on=bool(row["estimate"] < -1))


def _in_words(table: Table, chosen: pd.DataFrame, measure: str) -> str:
    parts: Sequence[str] = [f"{table.words('code', row['code'])}: {_words(table, row)}"
                            for _, row in chosen.iterrows()]
    name = table.words("measure", measure)
    return f"{opening('dot_chart', table)} {name}: {listing(list(parts), table.language)}."
