"""Dots with an interval: one for each code of a Table of agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.messages import _, counted, number
from wbkit.report.plots.alt_text import dots_in_words
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, draws_table, open_page
from wbkit.report.plots.style import GROUPS, SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import INK, RULE, SOFT
from wbkit.table.count_layouts import GIVEN, HIDDEN, estimate_words, interval_ends
from wbkit.table.statistic_layouts import estimate_cells, row_columns, statistic_of
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded


@dataclass(frozen=True)
class Room:
    """How rows are laid out; lengths in inches.

    Parameters
    ----------
    between
        Room between two rows.
    gap
        Room that names and words keep from the plot.
    names, words
        The widest that they become, as a part of the page; longer ones are broken into lines.
    names_end, words_start
        Where they stand, from the plot.
    """

    between: float = 0.07
    gap: float = 0.12
    names: float = 0.4
    words: float = 0.3
    names_end: float = 0.12
    words_start: float = 0.1


ROOM = Room(names=0.34, words=0.3)
TICKS = (-1, -0.5, 0, 0.5, 1)
DEFAULTS = ("alpha", "f1")  # the first of these that the Table has
INTERVAL_ROOM = Room(between=0.09, gap=0.15, names_end=0.13, words_start=0.12)
NOTES = {"": "range_note", "_deff2": "range_deff2_note"}
LINES = {"": 1.6, "_deff2": 0.7}
LINE, SPARE, BELOW = 0.15, 0.02, 0.33


@dataclass(frozen=True)
class Rows:
    """A page with the names and words of its rows on it, and room for their dots.

    Parameters
    ----------
    page
        The page.
    data
        One row each, with ``y``: its middle, in inches from the top of the plot.
    height
        From the first row to the last.
    """

    page: Page
    data: pd.DataFrame
    height: float


@draws_table
def plot_agreement(
    table: Table, *, measure: str | None = None, **look: Unpack[Look],
) -> Figure:
    """Draw one measure of agreement as a dot with its interval for each code.

    A hollow dot with a dashed line rests on few documents or few passages; where the number is
    not defined stands the reason.

    Parameters
    ----------
    table
        A Table of `agreement` or `precision_recall`.
    measure
        Id of the measure; alpha, or F1, when left out.
    look
        ``language``: ``nl`` or ``en``; that of the study when left out. ``title``: ``finding``,
        what the Table shows, where it shows something, or ``question``. ``size``: ``a4``,
        ``slide`` or ``phone``.

    Returns
    -------
    Figure
        The picture, the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, or does not have this measure.
    """
    shown = table.show(look.get("language"))
    measure = _measure(shown, measure)
    chosen = shown.data[shown.data["measure"].isin(_kinds(measure))].reset_index(drop=True)
    worded, axis = _worded(shown, chosen), shown.words("measure", measure)
    rows = open_rows(shown, worded, ROOM, axis=axis, notes=_notes(shown, chosen))
    _scale(rows.page.axes, chosen, shown.language)
    _draw(rows)
    return rows.page.figure(table, dots_in_words(shown, worded, axis),
                  ("plot_agreement", measure))


def _measure(table: Worded, measure: str | None) -> str:
    known = list(dict.fromkeys(table.data["measure"])) if table.kind == "agreement" else []
    if measure is None:
        measure = next((one for one in DEFAULTS if one in known), "")
    if not measure and set(GIVEN) & set(known):
        raise DataError(_(
            "{title}: holds counts and no coefficient to draw, because fewer than 10 documents "
            "are independent of each other. Show the Table, and talk about the list of "
            "disagreements(…).",
            title=table.title))
    if measure not in known:
        raise DataError(_(
            "{title}: there is no measure {measure!r} to draw; there is {known}. plot_agreement "
            "draws a Table of agreement or precision_recall.",
            title=table.title, measure=measure, known=", ".join(known) or _("none")))
    return measure


def _kinds(measure: str) -> tuple[str, ...]:
    """Return the measures in one column: alpha stands on codes, and on sets of them."""
    return ("alpha", "alpha_masi") if measure == "alpha" else (measure,)


def _worded(table: Worded, chosen: pd.DataFrame) -> pd.DataFrame:
    return chosen.assign(name=[table.words("code", code) for code in chosen["code"]],
                         words=[_words(table, row) for _, row in chosen.iterrows()])


def _words(table: Worded, row: pd.Series) -> str:
    """Write the estimate with its interval, or why there is none."""
    if row.get("state") == HIDDEN:
        return label("not_shown", table.language)
    if pd.isna(row["estimate"]):
        return table.words("reason", row["reason"])
    return estimate_words(row, table.language)


def _notes(table: Worded, chosen: pd.DataFrame) -> list[str]:
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
    axes.vlines(axes.get_xticks(), 0, rows.height, color=RULE, linewidth=0.6, zorder=0)
    axes.vlines(0, 0, rows.height, color=SOFT, linewidth=0.8, zorder=1)
    careful = rows.data["reason"] != ""
    known = rows.data[rows.data["low"].notna()]
    dashes = [(0, (2, 2)) if one else "solid" for one in careful[known.index]]
    axes.hlines(known["y"], known["low"].clip(lower=-1), known["high"], color=INK, linewidth=0.9,
                linestyle=dashes or "solid", zorder=2)
    draw_dots(axes, rows.data[rows.data["estimate"] >= -1], "estimate", hollow=careful)


@draws_table
def plot_estimates(table: Table, **look: Unpack[Look]) -> Figure:
    """Draw estimates, such as the mean score of each group, as dots with their interval.

    The axis is the range of the item where it has one, so that a small difference looks small;
    otherwise it holds 0.

    Parameters
    ----------
    table
        A Table of `estimate`.
    look
        ``language``: ``nl`` or ``en``; that of the study when left out. ``title``: ``finding``,
        what the Table shows, where it shows something, or ``question``. ``size``: ``a4``,
        ``slide`` or ``phone``.

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
    shown = table.show(look.get("language"))
    if shown.kind != "estimate" or shown.data.empty:
        raise DataError(_(
            "{title}: this is a {kind} Table with {rows}; plot_estimates draws one of "
            "estimate(...).",
            title=shown.title, kind=shown.kind, rows=counted(len(shown.data), "row", "rows")))
    ends = interval_ends(shown.data)
    worded = _with_interval_words(shown, ends)
    notes = [label(NOTES[end], shown.language) for end in ends]
    rows = open_rows(shown, worded, INTERVAL_ROOM, axis=_axis(shown), notes=notes)
    _interval_scale(rows.page.axes, shown, ends)
    _draw_intervals(rows, ends)
    return rows.page.figure(table, dots_in_words(shown, worded),
                  ("plot_estimates",))


def _with_interval_words(table: Worded, ends: Sequence[str]) -> pd.DataFrame:
    data = table.data
    return data.assign(name=[_name(table, row) for _, row in data.iterrows()],
                       words=[_interval_words(table, row, ends) for _, row in data.iterrows()])


def _name(table: Worded, row: pd.Series) -> str:
    parts = [table.short(row[column]) if column == "item"
             else table.words(column, row[column], item=row["item"])
             for column in row_columns(table)]
    if pd.isna(row["n"]):
        return ", ".join(parts)
    return label("estimate_row", table.language, name=", ".join(parts),
                 n=number(row["n"], table.language))


def _interval_words(table: Worded, row: pd.Series, ends: Sequence[str]) -> str:
    """Write the estimate and its first interval."""
    estimate, *intervals, _ = estimate_cells(table, row, list(ends[:1]))
    return f"{estimate} ({intervals[0]})" if intervals and intervals[0] else estimate


def _axis(table: Worded) -> str:
    statistic = statistic_of(table)
    if statistic in ("share", "nps"):
        return label(f"axis_{'percent' if statistic == 'share' else 'nps'}", table.language)
    return label(f"estimate_{statistic}", table.language) if statistic in ("mean", "total") \
        else table.heading("estimate")


def _interval_scale(axes: Axes, table: Worded, ends: Sequence[str]) -> None:
    low, high = _ends_of_axis(table, ends)
    axes.set_xlim(low - 0.01 * (high - low), high + 0.01 * (high - low))
    share = statistic_of(table) in ("share", "nps")
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ticks = [one for one in ticks if low - 1e-9 <= one <= high + 1e-9]
    places = 0 if np.allclose(ticks, np.round(ticks)) else 1 if np.allclose(
        ticks, np.round(ticks, 1)) else 2
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(
        lambda value, _: number(100 * value, table.language) if share
        else number(value, table.language, decimals=places)))


def _ends_of_axis(table: Worded, ends: Sequence[str]) -> tuple[float, float]:
    """Return the range of the item, or what holds 0 and everything that is drawn."""
    drawn = table.data[["estimate", *(f"{name}{end}" for end in ends for name in ("low", "high"))]]
    low, high = np.nanmin([0, drawn.min().min()]), np.nanmax([0, drawn.max().max()])
    items = table.data["item"].unique()
    known = {source.items[name].range for source in table.sources for name in items
             if name in source.items}
    statistic = statistic_of(table)
    if statistic not in ("total", "ratio") and len(known) == 1:
        first, last = next(iter(known)) or (low, high)
        low, high = (first, last) if first <= drawn.min().min() else (low, high)
        high = max(high, drawn.max().max())
    return (low, high) if high > low else (low, low + 1)


def _draw_intervals(rows: Rows, ends: Sequence[str]) -> None:
    axes = rows.page.axes
    axes.vlines(axes.get_xticks(), 0, rows.height, color=RULE, linewidth=0.6, zorder=0)
    for end in ends:
        known = rows.data[rows.data[f"low{end}"].notna()]
        axes.hlines(known["y"], known[f"low{end}"], known[f"high{end}"], color=INK,
                    linewidth=LINES[end], zorder=2)
    draw_dots(axes, rows.data, "estimate", size=5.5)


def draw_dots(
    axes: Axes, data: pd.DataFrame, x: str, *, hollow: pd.Series | bool = False, size: float = 5
) -> None:
    """Draw a dot in each row of which the number is known; they may stand across the edge."""
    data = data[data[x].notna()].assign(hollow=hollow)
    if data.empty:
        return
    sns.scatterplot(data, x=x, y="y", hue="hollow", palette={False: GROUPS[0], True: "white"},
                    s=size ** 2, edgecolor=GROUPS[0], linewidth=1, legend=False, zorder=3,
                    clip_on=False, ax=axes)
    axes.set_ylabel("")


def open_rows(
    table: Worded, data: pd.DataFrame, room: Room, *, axis: str, notes: Sequence[str]
) -> Rows:
    """Make a page on which every row has its place, from the top down."""
    names_room = min(max(map(text_width, data["name"])), room.names * paper().width)
    words_room = min(max(text_width(one, SMALL) for one in data["words"]),
                     room.words * paper().width)
    names = [wrap(one, names_room) for one in data["name"]]
    words = [wrap(one, words_room + SPARE, SMALL) for one in data["words"]]
    y, places = 0.0, []
    for name, one in zip(names, words, strict=True):
        height = max(text_height(name), text_height(one, SMALL), LINE)
        places.append(y + height / 2)
        y += height + room.between
    left, right = MARGIN + names_room + room.gap, MARGIN + words_room + room.gap
    page = open_page(Plan(table, y, left, right, below=BELOW, notes=notes))
    for place, name, one in zip(places, names, words, strict=True):
        page.write(MARGIN, place, name)
        page.write(paper().width - right + room.words_start, place, one, size=SMALL)
    page.axes.set_xlabel(axis, fontsize=SMALL, color=SOFT, loc="left", labelpad=3)
    return Rows(page, data.assign(y=places), y - room.between)
