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
from wbkit.report.plots.bar_rows import arranged, check_sort, measured, strips, with_base
from wbkit.report.plots.headings import Finding, most_often
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, between, draws_table, open_page
from wbkit.report.plots.ranked_bars import ranked_page
from wbkit.report.plots.style import GROUPS, SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import INK, MARK, PAPER, REST, SOFT, TRACK
from wbkit.study.item import YES
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

Measure = Literal["share", "n"]
Sort = Literal["size", "asked"]
THICK, BETWEEN, BEFORE_HEAD, UNDER_HEAD = 0.18, 0.07, 0.08, 0.05
WIDEST_NAMES, GAP_NAMES = 0.42, 0.12  # of the page; inches
BESIDE, ROUND = 0.07, 0.075
MOST_BARS = 150
BELOW = 0.33
STEPS = [1, 2, 5, 10]


@dataclass(frozen=True)
class BarSketch:
    """Everything inside the frame of a bar chart; places in inches from its top.

    ``bars`` has a row for each bar: y, length, whole_length, low, high, words, colour, bold.
    ``names`` and ``heads`` are places, words and whether they are bold or soft.
    """

    bars: pd.DataFrame
    names: tuple[tuple[float, str, str], ...]
    heads: tuple[tuple[float, str], ...]
    height: float
    left: float
    right: float


@draws_table
def plot_bars(
    table: Table, *, measure: Measure = "share", values: Sequence[str] | None = None,
    sort: Sort | None = None, highlight: Sequence[str] | None = None, **look: Unpack[Look],
) -> Figure:
    """Draw the counts of a Table as horizontal bars on a pale track that is as long as the base.

    Groups and items stand below each other; up to three groups stand beside each other in
    colours. Under a base of 10 there are rounds, one for each unit, and no percentage; a number
    that is hidden is a dash. Of a ranking the bar of an option begins with how often it came
    first, and goes on with the places behind that; what came first most often stands on top.

    Parameters
    ----------
    table
        A frequency, ranking, crosstab, coverage, nonresponse or anonymity Table.
    measure
        The length of a bar: ``share`` (percent of its base) or ``n``; always ``n`` for key words.
    values
        Only these answers of a frequency Table, or options of a ranking; with one answer of a
        frequency Table the rows are the items or groups.
    sort
        ``size``: the largest on top; ``asked``: in the order of the Table. Left out: by size
        where answers have no order, with "something else" and "none" last.
    highlight
        Ids of answers, items or groups that are marked, in colour and in bold. Left out: those
        that the title is about; an empty list marks none.
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
        If the Table is of another kind, is empty, has no such values, or `measure`, `sort` or
        `highlight` is unknown.
    """
    shown = table.show(look.get("language"))
    _check(shown, measure, sort)
    drawn = ("plot_bars", measure, *(values or ()), *filter(None, [sort]), *(highlight or ()))
    if shown.kind == "ranking":
        chosen = _chosen_note(shown, values)
        page, alt = ranked_page(shown, values, chosen, shares=measure == "share")
        return page.figure(table, " ".join([alt, *chosen]), drawn)
    every = strips(shown, values)
    found, left_out = _drawable(shown, arranged(every, sort))
    if len(found) > MOST_BARS:
        raise DataError(_(
            "{title}: there are {n} bars, and a figure holds at most {most}. Name some answers "
            "with values=[…], or merge them (recode).",
            title=shown.title, n=len(found), most=MOST_BARS))
    chosen = [*_chosen_note(shown, values), *left_out]
    page = _page(shown, found, _said(values, chosen), measure=measure, highlight=highlight)
    return page.figure(table, " ".join([bars_in_words(shown, found), *chosen]), drawn)


def _check(table: Worded, measure: str, sort: str | None) -> None:
    if measure not in ("share", "n"):
        raise DataError(_(
            "{title}: measure={measure!r} is unknown. Use share or n.",
            title=table.title, measure=measure))
    check_sort(table, sort)


def _page(
    table: Worded, found: pd.DataFrame, chosen: Sequence[str], *, measure: str,
    highlight: Sequence[str] | None,
) -> Page:
    """Draw the bars on a page."""
    shares = measure == "share" and not table.names.by_keywords \
        and bool((found["base"] >= SMALLEST_BASE).any())
    found = measured(found, table.language, shares=shares)
    grouped = found["block"].nunique() > 1 or found["series"].nunique() > 1
    several = bool(chosen) and not found["row"].is_unique
    finding = Finding() if grouped or several else most_often(table, found)
    sketch = _sketch(table, _marked(table, found, finding, highlight))
    page = open_page(_plan(table, sketch, finding, [*chosen, *_notes(table, found)]))
    _scale(page.axes, sketch.bars, table.language, shares=shares)
    _draw(page, sketch)
    if not _in_units(sketch.bars):
        page.axes.set_xlabel(_axis_words(table, found, shares=shares), fontsize=SMALL, color=SOFT,
                             loc="left", labelpad=3, visible=True)
    return page


def _marked(
    table: Worded, found: pd.DataFrame, finding: Finding, highlight: Sequence[str] | None
) -> pd.DataFrame:
    """Give each bar its colour: by group, grey for the rest, and another for what is marked."""
    about = set(finding.about) if paper().title == "finding" and highlight is None else set()
    if highlight is not None:
        known = {key for column in ("row", "series", "block") for ids in found[column]
                 for key in ids.split("\n")}
        strange = [one for one in highlight if one not in known]
        if strange:
            raise DataError(_(
                "{title}: highlight={name!r} is not in this figure. There is {known}.",
                title=table.title, name=strange[0], known=", ".join(sorted(filter(None, known)))))
        ids = found[["block", "series", "row"]].agg("\n".join, axis=1).str.split("\n")
        about = {at for at, own in ids.items() if set(own) & set(highlight)}
    one = found["series"].nunique() == 1
    colours = dict(zip(found["series"].unique(), GROUPS, strict=False))
    colour = found["series"].map(colours).mask(found["rest"] & one, REST)
    bold = pd.Series([at in about for at in found.index], index=found.index)
    return found.assign(colour=colour.mask(bold, MARK), bold=bold)


def _in_units(bars: pd.DataFrame) -> bool:
    """Whether each bar is drawn as rounds, one for each unit of a small base."""
    shown = ~bars["state"].isin(STATES)
    return bool(((bars["base"] < SMALLEST_BASE) | ~shown).all() and shown.any())


def _sketch(table: Worded, found: pd.DataFrame) -> BarSketch:
    """Give every bar its place, from the top down."""
    above = paper().above
    widest = max(text_width(row, weight="bold") for row in found["row_words"])
    room = paper().width - 2 * MARGIN if above else min(widest, WIDEST_NAMES * paper().width)
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
            weight = "bold" if cells["bold"].any() else "normal"
            name = wrap(cells["row_words"].iloc[0], room, weight="bold")
            bars, words = len(cells) * THICK, text_height(name) if name else 0.0
            height = words + bars if above else max(words, bars)
            top = y + words if above else y + (height - bars) / 2
            names.append((y + (words if above else height) / 2, name,
                          "rest" if cells["rest"].all() else weight))
            places |= {one: top + (place + 0.5) * THICK for place, one in enumerate(cells.index)}
            y += height + between(BETWEEN)
    left = MARGIN if above else MARGIN + room + GAP_NAMES
    bars = found.assign(y=pd.Series(places))
    words = max(text_width(one, SMALL, weight="bold") for one in bars["words"])
    return BarSketch(bars, tuple(names), tuple(heads), y, left, words + BESIDE + MARGIN)


def _plan(table: Worded, sketch: BarSketch, finding: Finding, notes: Sequence[str]) -> Plan:
    """Say what has to find room: the bars, a legend for groups, and the words around them."""
    language, bars, legend = table.language, sketch.bars, []
    for __, part in bars.groupby("series", sort=False):
        words = part["series_words"].iloc[0]
        if words:
            one_block = bars["block"].nunique() == 1
            named = with_base(words, part, language) if one_block else words
            legend.append((named, part["colour"].mode().iloc[0]))
    below = 0.02 if _in_units(bars) else BELOW
    return Plan(table, sketch.height, sketch.left, sketch.right, below=below, legend=legend,
                notes=notes, finding=finding.words)


def _notes(table: Worded, found: pd.DataFrame) -> list[str]:
    """Say what the marks mean."""
    bare = (found["base"] < SMALLEST_BASE) & ~found["state"].isin(STATES) & (found["length"] == 0)
    notes = [label("small_bars_note", table.language)] if (bare & (found["n"] > 0)).any() else []
    interval = found["low"].notna().any()
    return notes + ([label("interval_mark_note", table.language)] if interval else [])


def _scale(axes: Axes, bars: pd.DataFrame, language: str, *, shares: bool) -> None:
    """Let the axis run to the base: all of it, never only to the longest bar."""
    base = bars["base"].max()
    top = 100 if shares else base if base > 0 else max(bars["length"].max(), 1)
    axes.set_xlim(0, top)
    if _in_units(bars):
        axes.set_xticks([])
        return
    places = MaxNLocator(nbins=4, integer=True, steps=STEPS).tick_values(0, top)
    axes.set_xticks([0, 25, 50, 75, 100] if shares else [
        place for place in places if place <= top and abs(place - top) > 0.09 * top] + [top])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    first, *_, last = axes.get_xticklabels()
    first.set_ha("left")
    last.set_ha("right")


def _draw(page: Page, sketch: BarSketch) -> None:
    axes, bars = page.axes, sketch.bars
    end = page.width - sketch.right
    if _in_units(bars):
        end = _draw_units(page, sketch, end - sketch.left)
    else:
        _draw_bars(axes, bars)
    for __, bar in bars.iterrows():
        page.write(end + BESIDE, bar["y"], bar["words"], size=SMALL,
                   fontweight="bold" if bar["bold"] else "normal")
    for y, name, look in sketch.names:
        page.write(MARGIN, y, name, fontweight="bold" if look == "bold" else "normal",
                   color=SOFT if look == "rest" else INK)
    for y, head in sketch.heads:
        page.write(MARGIN, y, head, fontweight="bold")


def _draw_bars(axes: Axes, bars: pd.DataFrame) -> None:
    """Draw the track of each bar, the bar, and its interval."""
    top, shown = axes.get_xlim()[1], bars[~bars["state"].isin(STATES)]
    for __, bar in shown.iterrows():
        end = bar["base"] if top != 100 and bar["base"] <= top else top
        axes.broken_barh([(0, end)], (bar["y"] - THICK * 0.46, THICK * 0.92), color=TRACK,
                         linewidth=0, zorder=0)
    nearest = np.diff(np.sort(bars["y"])).min() if len(bars) > 1 else 1.0  # seaborn's unit
    colours = bars["colour"].unique()
    sns.barplot(bars, x="length", y="y", hue="colour", palette={one: one for one in colours},
                orient="y", native_scale=True, dodge=False, errorbar=None, saturation=1,
                width=THICK * 0.92 / nearest, legend=False, ax=axes)
    axes.set_ylabel("")
    for __, bar in bars[bars["low"].notna()].iterrows():
        axes.plot([bar["low"], bar["high"]], [bar["y"]] * 2, color=INK, linewidth=0.9,
                  marker="|", markersize=3.5, zorder=4)


def _draw_units(page: Page, sketch: BarSketch, room: float) -> float:
    """Draw a round for each unit of a small base, filled if counted; return where they end."""
    most = sketch.bars["base"].max()
    step = min(2.6 * ROUND, room / max(most, 1))
    for __, bar in sketch.bars[~sketch.bars["state"].isin(STATES)].iterrows():
        for place in range(int(bar["base"])):
            face = bar["colour"] if place < bar["n"] else PAPER
            page.round(sketch.left + (place + 0.5) * step, bar["y"], ROUND, facecolor=face,
                       edgecolor=bar["colour"] if place < bar["n"] else REST, linewidth=0.9)
    return sketch.left + most * step


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


def _said(values: Sequence[str] | None, notes: Sequence[str]) -> Sequence[str]:
    """Leave out of the picture that "yes" is meant, which the name of a row says already."""
    return notes if list(values or ()) != [YES] else notes[1:]


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
