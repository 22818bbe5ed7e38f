"""Dots with an interval: how large each difference is, or what goes with an answer."""

from dataclasses import dataclass
from typing import Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.messages import _, listing, number
from wbkit.report.plots.alt_text import dots_in_words
from wbkit.report.plots.dots import Room, Rows, draw_dots, open_rows
from wbkit.report.plots.page import Look, draws_table
from wbkit.report.style import INK, RULE, SOFT
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

RATIOS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class Dots:
    """What is drawn: one row for each effect, on a scale on which `zero` is no difference.

    Parameters
    ----------
    data
        name, size, low, high, words; absent numbers where nothing was tested.
    effect
        Id of what the sizes are.
    axis
        The name of the scale.
    zero
        0, or 1 for a ratio.
    beside
        What the Table holds and the picture does not.
    """

    data: pd.DataFrame
    effect: str
    axis: str
    zero: float
    beside: str = ""


@draws_table
def plot_forest(
    table: Table, *, effect: str | None = None, **look: Unpack[Look],
) -> Figure:
    """Draw each effect as a dot with its interval, beside the line of no difference.

    Parameters
    ----------
    table
        A Table of `compare`, `compare_paired`, `trend` with a test, or `regress`. Of a model the
        odds ratios are drawn, on a logarithmic scale, or the coefficients; never the constant.
    effect
        Id of the effect to draw, where a Table has several: ``cramer_v`` …; the most frequent
        one when left out.
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
        If the Table is of another kind, or has no such effect.
    """
    shown = table.show(look.get("language"))
    dots = _of_model(shown) if shown.kind == "model" else _of_tests(shown, effect)
    notes = [label("interval_mark_note", shown.language), *filter(None, [dots.beside])]
    rows = open_rows(shown, dots.data, Room(), axis=dots.axis, notes=notes)
    _scale(rows.page.axes, dots, shown.language)
    _draw(rows, dots.zero)
    return rows.page.figure(table, dots_in_words(shown, dots.data, dots.axis),
                  ("plot_forest", dots.effect))


def _of_tests(table: Worded, effect: str | None) -> Dots:
    """Take the rows with one kind of effect."""
    known = [one for one in table.data["effect_name"] if one] if table.kind == "test" else []
    effect = effect or max(known, key=known.count, default="")
    if effect not in known:
        raise DataError(_(
            "{title}: there is no effect {effect!r} to draw; there is {known}. plot_forest "
            "draws a Table of tests or of a model.",
            title=table.title, effect=effect,
            known=", ".join(dict.fromkeys(known)) or _("none")))
    part = table.data[table.data["effect_name"] == effect]
    names = [name for name in ("item", *table.dimensions, "value")
             if name in part and part[name].nunique() > 1] or ["item"]
    data = pd.DataFrame({
        "name": [", ".join(table.words(one, row[one], item=row["item"]) for one in names
                           if row[one]) for _, row in part.iterrows()],
        "size": part["effect"].to_numpy(), "low": part["low"].to_numpy(),
        "high": part["high"].to_numpy()})
    zero = 1.0 if effect in ("rate_ratio", "odds_ratio") else 0.0
    return Dots(_worded(data, table.language), effect, table.words("effect_name", effect), zero,
                _beside(table, effect))


def _beside(table: Worded, effect: str) -> str:
    """Name the questions of the Table that have no dot: another effect, or no test."""
    drawn = table.data["effect_name"] == effect
    items = [one for one in dict.fromkeys(table.data["item"])
             if one not in set(table.data.loc[drawn, "item"])]
    names = listing([f"‘{table.words('item', one)}’" for one in items], table.language)
    return label("not_drawn_note", table.language, items=names) if items else ""


def _of_model(table: Worded) -> Dots:
    """Take the terms of a model."""
    part = table.data[(table.data["term"] != "").to_numpy()]
    odds = part["odds_ratio"].notna().any()
    columns = ("odds_ratio", "odds_low", "odds_high") if odds else ("estimate", "low", "high")
    data = pd.DataFrame({
        "name": [_term(table, row) for _, row in part.iterrows()],
        "size": part[columns[0]].to_numpy(), "low": part[columns[1]].to_numpy(),
        "high": part[columns[2]].to_numpy()})
    axis = label(f"col_{columns[0]}", table.language)
    return Dots(_worded(data, table.language), columns[0], axis, 1.0 if odds else 0.0)


def _term(table: Worded, row: pd.Series) -> str:
    name = table.words("term", row["term"])
    if not row["level"]:
        return name
    return f"{name}: {table.words('level', row['level'], item=row['term'])}"


def _worded(data: pd.DataFrame, language: str) -> pd.DataFrame:
    """Write each effect with its interval."""
    words = []
    for __, row in data.iterrows():
        size, low, high = (number(row[one], language, decimals=2)
                           for one in ("size", "low", "high"))
        words.append(label("estimate_interval", language, estimate=size, low=low, high=high)
                     if low else size or label("not_shown", language))
    return data.assign(words=words)


def _scale(axes: Axes, dots: Dots, language: str) -> None:
    """Let the axis hold every interval and the line of no difference."""
    ends = dots.data[["size", "low", "high"]].to_numpy(float)
    ends = np.append(ends[~np.isnan(ends)], dots.zero)
    low, high = ends.min(), ends.max()
    if dots.zero == 1.0:
        axes.set_xscale("log")
        axes.set_xlim(min(low, 0.9) / 1.1, max(high, 1.1) * 1.1)
        axes.xaxis.set_major_locator(FixedLocator(
            [one for one in RATIOS if min(low, 0.9) / 1.1 <= one <= max(high, 1.1) * 1.1]))
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        room = 0.04 * max(high - low, 0.1)
        axes.set_xlim(low - room, high + room)
        axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, language)))


def _tick(value: float, language: str) -> str:
    text = f"{value:.10g}"
    return number(value, language, decimals=len(text.partition(".")[2]))


def _draw(rows: Rows, zero: float) -> None:
    axes = rows.page.axes
    axes.vlines(zero, 0, rows.height, color=SOFT, linewidth=0.8, zorder=1)
    axes.hlines(rows.data["y"], *axes.get_xlim(), color=RULE, linewidth=0.5, zorder=0)
    known = rows.data[rows.data["low"].notna()]
    axes.hlines(known["y"], known["low"], known["high"], color=INK, linewidth=0.9, zorder=2)
    draw_dots(axes, rows.data, "size")
