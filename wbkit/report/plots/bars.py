"""Bars: one for each count of a Table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Unpack

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label
from wbkit.messages import _, listing, number
from wbkit.report.plots.alt_text import bars_in_words
from wbkit.report.plots.bar_rows import measured, strips, with_base
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, draws_table, open_page
from wbkit.report.plots.ranked_bars import ranked_page
from wbkit.report.plots.style import GROUPS, SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import INK, RULE, SOFT
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

Measure = Literal["share", "n"]
THICK, BETWEEN, BEFORE_HEAD, UNDER_HEAD = 0.15, 0.075, 0.06, 0.05
WIDEST_NAMES = 0.42  # of the page
BESIDE = 0.05
MOST_BARS = 150
BELOW = 0.33
STEPS = [1, 2, 5, 10]
LAST_TICK = 0.97  # of the axes: half of its number stands to the right of it
MOST_ROOM = 0.9  # of the axes that the words beside a bar may take


@dataclass(frozen=True)
class BarSketch:
    """Everything inside the frame of a bar chart; places in inches from its top.

    ``bars`` has a row for each bar: y, length, low, high, words, colour.
    """

    bars: pd.DataFrame
    names: tuple[tuple[float, str], ...]
    heads: tuple[tuple[float, str], ...]
    height: float


@draws_table
def plot_bars(
    table: Table, *, measure: Measure = "share", values: Sequence[str] | None = None,
    language: str | None = None,
    **look: Unpack[Look],
) -> Figure:
    """Draw the counts of a Table as horizontal bars.

    Groups and items stand below each other; up to three groups stand beside each other in
    colours. Under a base of 10 there is a count ("5 of 7") and no percentage; a number that
    is hidden is a dash. Of a ranking the bar of an option begins with how often it came first, and
    goes on with the places behind that; what came first most often stands on top.

    Parameters
    ----------
    table
        A frequency, ranking, crosstab, coverage, nonresponse or anonymity Table.
    measure
        The length of a bar: ``share`` (percent of its base) or ``n``; always ``n`` for key words.
    values
        Only these answers of a frequency Table, or options of a ranking; with one answer of a
        frequency Table the rows are the items or groups.
    language
        ``nl`` or ``en``; that of the study when left out.
    look
        ``title``: ``finding``, what the Table shows, where it shows something, or ``question``;
        ``size``: ``a4``, ``slide`` or ``phone``.

    Returns
    -------
    Figure
        The picture, the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, is empty, has no such values, or `measure` is unknown.
    """
    shown = table.show(language)
    if measure not in ("share", "n"):
        raise DataError(_(
            "{title}: measure={measure!r} is unknown. Use share or n.",
            title=shown.title, measure=measure))
    if shown.kind == "ranking":
        chosen = _chosen_note(shown, values)
        page, alt = ranked_page(shown, values, chosen, shares=measure == "share")
        alt = " ".join([alt, *chosen])
        return page.figure(table, alt, ("plot_bars", measure, *(values or ())))
    found, left_out = _drawable(shown, strips(shown, values))
    if len(found) > MOST_BARS:
        raise DataError(_(
            "{title}: there are {n} bars, and a figure holds at most {most}. Name some answers "
            "with values=[…], or merge them (recode).",
            title=shown.title, n=len(found), most=MOST_BARS))
    shares = measure == "share" and not shown.names.by_keywords \
        and bool((found["base"] >= SMALLEST_BASE).any())
    found = measured(found, shown.language, shares=shares)
    left = _room_for_names(found)
    sketch = _sketch(shown, found, left)
    chosen = [*_chosen_note(shown, values), *left_out]
    page = open_page(_plan(shown, found, sketch, left, [*chosen, *_notes(shown, found)]))
    _scale(page.axes, sketch.bars, shown.language, shares=shares)
    _draw(page, sketch, left)
    page.axes.set_xlabel(_axis_words(shown, found, shares=shares), fontsize=SMALL, color=SOFT,
                         loc="left", labelpad=3, visible=True)
    alt = " ".join([bars_in_words(shown, found), *chosen])
    return page.figure(table, alt, ("plot_bars", measure, *(values or ())))


def _drawable(table: Worded, found: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Leave out groups of which nothing can be shown, and name them."""
    lost = found["state"].eq(HIDDEN).groupby(found["block"]).transform("all")
    if lost.all() or not lost.any():
        return found, []
    names = listing(list(dict.fromkeys(found.loc[lost, "block_words"])), table.language)
    return found[~lost].reset_index(drop=True), [label("undrawn_note", table.language, names=names)]


def _chosen_note(table: Worded, values: Sequence[str] | None) -> list[str]:
    """Say which answers are drawn, when they are not all."""
    words = dict.fromkeys(table.words("value", value, item=item) for value in values or ()
                          for item in table.data.loc[table.data["value"] == value, "item"])
    names = listing([f"‘{word}’" for word in words], table.language)
    return [label("only_answers", table.language, values=names)] if words else []


def _room_for_names(found: pd.DataFrame) -> float:
    widest = max(text_width(row) for row in found["row_words"])
    return MARGIN + min(widest, WIDEST_NAMES * paper().width) + 0.1


def _sketch(table: Worded, found: pd.DataFrame, left: float) -> BarSketch:
    """Give every bar its place, from the top down."""
    colours = dict(zip(found["series"].unique(), GROUPS, strict=False))
    names, heads, places, y = [], [], {}, 0.0
    for __, part in found.groupby("block", sort=False):
        block = part["block_words"].iloc[0]
        if block:
            head = wrap(with_base(block, part, table.language), paper().width - 2 * MARGIN,
                        weight="bold")
            y += BEFORE_HEAD if y else 0.0
            heads.append((y + text_height(head) / 2, head))
            y += text_height(head) + UNDER_HEAD
        for __, cells in part.groupby("row", sort=False):
            name = wrap(cells["row_words"].iloc[0], left - MARGIN - 0.1)
            height = max(text_height(name), len(cells) * THICK)
            names.append((y + height / 2, name))
            first = y + (height - (len(cells) - 1) * THICK) / 2
            places |= {one: first + place * THICK for place, one in enumerate(cells.index)}
            y += height + BETWEEN
    bars = found.assign(y=pd.Series(places), colour=found["series"].map(colours))
    return BarSketch(bars, tuple(names), tuple(heads), y)


def _plan(
    table: Worded, found: pd.DataFrame, sketch: BarSketch, left: float, notes: Sequence[str]
) -> Plan:
    """Say what has to find room: the bars, a legend for groups, and the words below."""
    language, legend = table.language, []
    for __, part in found.groupby("series", sort=False):
        words = part["series_words"].iloc[0]
        if words:
            one_block = found["block"].nunique() == 1
            named = with_base(words, part, language) if one_block else words
            legend.append((named, sketch.bars.loc[part.index[0], "colour"]))
    return Plan(table, sketch.height, left, MARGIN, below=BELOW, legend=legend, notes=notes)


def _notes(table: Worded, found: pd.DataFrame) -> list[str]:
    """Say what the marks mean."""
    bare = (found["base"] < SMALLEST_BASE) & ~found["state"].isin(STATES) & (found["length"] == 0)
    notes = [label("small_bars_note", table.language)] if (bare & (found["n"] > 0)).any() else []
    interval = found["low"].notna().any()
    return notes + ([label("interval_mark_note", table.language)] if interval else [])


def _scale(axes: Axes, bars: pd.DataFrame, language: str, *, shares: bool) -> None:
    """Make the axis so long that the words beside the longest bar fit on the page."""
    room = axes.get_position().width * paper().width
    ends = bars[["length", "high"]].max(axis=1)
    taken = (bars["words"].map(lambda words: text_width(words, SMALL)) + 2 * BESIDE) / room
    longest = (ends / (1 - taken.clip(upper=MOST_ROOM))).max()
    axes.set_xlim(0, longest if longest > 0 else 1)
    places = MaxNLocator(nbins=5, integer=True, steps=STEPS).tick_values(0, max(ends.max(), 1))
    top = min(100 if shares else ends.max() + 1, LAST_TICK * axes.get_xlim()[1])
    axes.set_xticks([place for place in places if place <= top])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))


def _draw(page: Page, sketch: BarSketch, left: float) -> None:
    axes, bars = page.axes, sketch.bars
    for __, part in bars.groupby("block", sort=False):
        ends = part["y"].min() - THICK, part["y"].max() + THICK
        axes.vlines(axes.get_xticks(), *ends, color=RULE, linewidth=0.6, zorder=0)
        axes.vlines(0, *ends, color=SOFT, linewidth=0.8, zorder=3)
    nearest = np.diff(np.sort(bars["y"])).min() if len(bars) > 1 else 1.0  # seaborn's unit
    sns.barplot(bars, x="length", y="y", hue="colour", palette={one: one for one in GROUPS},
                orient="y", native_scale=True, dodge=False, errorbar=None, saturation=1,
                width=THICK * 0.92 / nearest, legend=False, ax=axes)
    axes.set_ylabel("")
    for __, bar in bars[bars["low"].notna()].iterrows():
        axes.plot([bar["low"], bar["high"]], [bar["y"]] * 2, color=INK, linewidth=0.9,
                  marker="|", markersize=3.5, zorder=4)
    scale = axes.get_position().width * paper().width / axes.get_xlim()[1]
    for __, bar in bars.iterrows():
        end = max(bar["length"], bar["high"]) if bar["high"] > 0 else bar["length"]
        page.write(left + end * scale + BESIDE, bar["y"], bar["words"], size=SMALL)
    for y, name in sketch.names:
        page.write(left - 0.1, y, name, ha="right")
    for y, head in sketch.heads:
        page.write(MARGIN, y, head, fontweight="bold")


def _axis_words(table: Worded, found: pd.DataFrame, *, shares: bool) -> str:
    language = table.language
    if table.kind == "nonresponse" and not shares:
        return label("axis_n_mixed", language)
    if not shares:
        key = "axis_found" if table.names.by_keywords else "axis_n"
        return label(key, language, units=table.units[1])
    if found["whole"].all():
        base = number(found["base"].max(), language)
        return label("axis_share_n", language, base=base, units=table.units[1])
    return label("axis_share_groups" if found["named"].all() else "axis_share_bars", language)
