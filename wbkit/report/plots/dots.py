"""Dots with an interval: one for each code of a Table of agreement."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from wbkit.errors import DataError
from wbkit.labels import label, number
from wbkit.report.plots.alt_text import dots_in_words
from wbkit.report.plots.dotted import Room, Rows, open_rows
from wbkit.report.plots.drawing import draws_table
from wbkit.report.plots.page import MARGIN
from wbkit.report.plots.style import CATEGORIES, FAINT, INK, SOFT, WIDTH, figure_style
from wbkit.table.figure import Figure
from wbkit.table.measures import estimate_words
from wbkit.table.table import Table

ROOM = Room(names=0.36 * WIDTH, words=0.34 * WIDTH - MARGIN - Room.gap)
TICKS = (-1, -0.5, 0, 0.5, 1)
DEFAULTS = ("alpha", "f1")  # the first of these that the Table has


@draws_table
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
    worded, axis = _worded(table, chosen), table.words("measure", measure)
    with figure_style():
        rows = open_rows(table, worded, ROOM, axis=axis, notes=_notes(table, chosen))
        _scale(rows.page.axes, chosen, table.language)
        _draw(rows)
    return Figure(rows.page.picture, table, dots_in_words(table, worded, axis))


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


def _worded(table: Table, chosen: pd.DataFrame) -> pd.DataFrame:
    return chosen.assign(name=[table.words("code", code) for code in chosen["code"]],
                         words=[_words(table, row) for _, row in chosen.iterrows()])


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


def _draw(rows: Rows) -> None:
    axes = rows.page.axes
    axes.vlines(axes.get_xticks(), 0, rows.height, color=FAINT, linewidth=0.6, zorder=0)
    axes.vlines(0, 0, rows.height, color=SOFT, linewidth=0.8, zorder=1)
    for _, row in rows.data.iterrows():
        careful = row["reason"] != ""
        if pd.notna(row["low"]):
            axes.plot([max(row["low"], -1), row["high"]], [row["y"]] * 2, color=INK, linewidth=0.9,
                      linestyle=(0, (2, 2)) if careful else "solid", zorder=2)
        axes.plot(row["estimate"], row["y"], marker="o", markersize=5, color=CATEGORIES[0],
                  markerfacecolor="white" if careful else CATEGORIES[0], zorder=3,
                  clip_on=bool(row["estimate"] < -1))
