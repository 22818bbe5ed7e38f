"""Answers on a scale: one bar of segments for each question or group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Unpack

import numpy as np
import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label, percentage
from wbkit.messages import _, listing, number
from wbkit.report.plots.alt_text import rows_in_words
from wbkit.report.plots.bar_rows import check_sort, names_of
from wbkit.report.plots.headings import Finding, most_agreed
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, between, draws_table, open_page
from wbkit.report.plots.style import SMALL, paper, scale_colours, text_height, text_width, wrap
from wbkit.report.style import GOOD, HALF, NONE, SOFT, ink_on
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

Style = Literal["diverging", "stacked"]
Sort = Literal["size", "asked"]
THICK, BETWEEN, BEFORE_HEAD, UNDER_HEAD = 0.24, 0.09, 0.08, 0.05
WIDEST_NAMES = 0.36  # of the page
BESIDE, GAP_NAMES = 0.08, 0.12
DEGREES = (NONE, HALF, GOOD)
SQUARE = 0.14
TOTAL_GAP = 0.06
PAD = 0.04  # room that the number in a segment keeps on both sides
FEWEST, MOST = 2, 7


@dataclass(frozen=True)
class Row:
    """One row of the chart: places in inches from the top of bar and name, words, counts."""

    y: float
    name: str
    name_y: float
    counts: np.ndarray
    base: float
    state: str

    @property
    def in_percent(self) -> bool:
        """Whether the row has enough units, all shown, for a bar in percent."""
        return self.state not in STATES and self.base >= SMALLEST_BASE

    @property
    def shares(self) -> np.ndarray:
        """Percentages of the answers, in order."""
        return 100 * self.counts / self.base


@dataclass(frozen=True)
class LikertSketch:
    """Rows and headings before the page is made."""

    rows: tuple[Row, ...]
    heads: tuple[tuple[float, str], ...]
    height: float
    left: float


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

    @property
    def middle(self) -> int:
        """How many answers are on neither side: one or none."""
        return len(self.words) - len(self.first) - len(self.last)


@dataclass(frozen=True)
class _Chart:
    """Draws the rows on a page."""

    page: Page
    sketch: LikertSketch
    answers: Sides
    colours: Sequence[str]
    language: str
    style: str

    def draw(self) -> None:
        """Draw all rows, headings and the line in the middle."""
        self._set_scale()
        for row in self.sketch.rows:
            self._write_ends(row)
            if row.state in STATES:
                words = label(f"state_{row.state}", self.language)
                self.page.write(self.start + BESIDE, row.y, words, color=SOFT)
            elif row.base >= SMALLEST_BASE:
                self._bar(row)
            else:
                self._squares(row)
        for y, head in self.sketch.heads:
            self.page.write(MARGIN, y, head, fontweight="bold")

    @property
    def start(self) -> float:
        """Where the axes begin, in inches from the left of the page."""
        return self.page.axes.get_position().x0 * paper().width

    @property
    def width(self) -> float:
        """Width of the axes in inches."""
        return self.page.axes.get_position().width * paper().width

    def _offset(self, row: Row) -> float:
        """Return where the bar begins: half of the middle answer stands left of zero."""
        if self.style == "stacked":
            return 0.0
        before = len(self.answers.first)
        middle = row.shares[before:len(row.shares) - len(self.answers.last)].sum()
        return -(row.shares[:before].sum() + middle / 2)

    def _set_scale(self) -> None:
        axes, offsets = self.page.axes, [self._offset(row) for row in self._percent_rows()]
        low = min(offsets, default=0.0)
        high = max((offset + 100 for offset in offsets), default=100.0)
        axes.set_xlim(low, high)
        axes.set_xticks([])
        if self.style == "diverging":
            half = (THICK + BETWEEN) / 2
            for row in self._percent_rows():
                axes.plot([0, 0], [row.y - half, row.y + half], color=SOFT, linewidth=0.8, zorder=0)

    def _percent_rows(self) -> list[Row]:
        return [row for row in self.sketch.rows if row.in_percent]

    def _bar(self, row: Row) -> None:
        left = self._offset(row)
        per_inch = np.diff(self.page.axes.get_xlim())[0] / self.width
        for share, colour in zip(row.shares, self.colours, strict=True):
            self.page.axes.barh(row.y, share, left=left, height=THICK, color=colour,
                                edgecolor="white", linewidth=0.5)
            words = number(share, self.language)
            if text_width(words, SMALL) + 2 * PAD <= share / per_inch:
                middle = left + share / 2 - self.page.axes.get_xlim()[0]
                self.page.write(self.start + middle / per_inch, row.y, words, size=SMALL,
                                ha="center", color=ink_on(colour))
            left += share

    def _squares(self, row: Row) -> None:
        every = np.repeat(self.colours, row.counts.astype(int))
        for place, colour in enumerate(every):
            self.page.square(self.start + BESIDE + place * SQUARE, row.y, colour)

    def _write_ends(self, row: Row) -> None:
        """Write the name left; right the n; beside the bar the totals of both sides."""
        self.page.write(MARGIN, row.name_y, row.name)
        self.page.write(paper().width - MARGIN, row.y, _n_words(row, self.language), ha="right",
                        color=SOFT)
        if not row.in_percent:
            return
        first, last = len(self.answers.first), len(row.counts) - len(self.answers.last)
        if self.style == "diverging":
            self._write_total(row, row.counts[:first], self.start - TOTAL_GAP, "right")
        self._write_total(row, row.counts[last:], self.start + self.width + TOTAL_GAP, "left")

    def _write_total(self, row: Row, counts: np.ndarray, x: float, side: str) -> None:
        if len(counts):
            total = percentage(counts.sum() / row.base, SMALLEST_BASE, self.language)
            self.page.write(x, row.y, total, ha=side, fontweight="bold")


@draws_table
def plot_likert(
    table: Table, *, style: Style = "stacked", sort: Sort | None = None, **look: Unpack[Look],
) -> Figure:
    """Draw answers on a scale, a row for each question or group.

    The bold number beside a row is the share of the answers behind the middle; around zero that
    before the middle stands on the left. A row of fewer than 10 units has a square for each
    answer and no percentages; a row of which anything is hidden has no segments.

    Parameters
    ----------
    table
        A frequency Table of items with the same answers in order, or of one by groups.
    style
        ``stacked``: from 0 to 100 %. ``diverging``: the middle answer stands around zero.
    sort
        ``size``: the row with most answers behind the middle on top; ``asked``: in the order of
        the Table. Left out: questions by size, groups as they stand.
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
        If the Table is of another kind, its items have different answers, fewer than 2 or more
        than 7, several answers per unit, or `style` or `sort` is unknown.
    """
    shown = table.show(look.get("language"))
    if style not in ("diverging", "stacked"):
        raise DataError(_(
            "{title}: style={style!r} is unknown. Use diverging or stacked.",
            title=shown.title, style=style))
    check_sort(shown, sort)
    answers = sides(shown)
    found = _sorted(shown, scale_rows(shown), answers, sort)
    colours = answer_colours(shown, answers)
    sketch = _sketch(found)
    finding = _finding(shown, found, answers)
    page = open_page(_plan(shown, sketch, answers, colours, style, finding))
    _Chart(page, sketch, answers, colours, shown.language, style).draw()
    sided = style == "diverging" and not answers.middle
    alt = rows_in_words(shown, found, "likert_sided" if sided else f"likert_{style}")
    return page.figure(table, alt, ("plot_likert", style, *filter(None, [sort])))


def answer_colours(table: Worded, answers: Sides) -> Sequence[str]:
    """Return a colour for each answer: of opinions, or of not, partly and well."""
    if len(answers.words) == len(DEGREES) and not _neutral(table):
        return DEGREES
    return scale_colours(len(answers.first), answers.middle, len(answers.last))


def _sorted(table: Worded, found: pd.DataFrame, answers: Sides, sort: str | None) -> pd.DataFrame:
    """Put the question with most answers behind the middle on top; hidden ones last."""
    by_item = table.data["item"].nunique() > 1 and found["block"].nunique() == 1
    if sort == "asked" or (sort is None and not by_item):
        return found
    shares = {}
    for key, part in found.groupby(["block", "row"], sort=False):
        n, base = part["n"].to_numpy(float), part["base"].iloc[0]
        shares[key] = n[len(n) - len(answers.last):].sum() / base if base > 0 else -1.0
    place = [-shares[key] if shares[key] == shares[key] else 1.0
             for key in zip(found["block"], found["row"], strict=True)]
    blocks = pd.factorize(found["block"])[0]
    order = pd.DataFrame({"block": blocks, "place": place, "row": pd.factorize(found["row"])[0]})
    return found.iloc[order.sort_values(["block", "place", "row"], kind="stable").index]


def _finding(table: Worded, found: pd.DataFrame, answers: Sides) -> Finding:
    """Say what was answered most behind the middle, where everything is shown."""
    if found["state"].isin(STATES).any() or found["block"].nunique() > 1 or table.dimensions:
        return Finding()
    rows = [(part["row_words"].iloc[0], part["n"].iloc[len(part) - len(answers.last):].sum(),
             part["base"].iloc[0]) for _, part in found.groupby("row", sort=False)]
    return most_agreed(table, rows, answers.last)


def _sketch(found: pd.DataFrame) -> LikertSketch:
    """Give every row its place, from the top down."""
    above = paper().above
    room = paper().width - 2 * MARGIN if above else min(
        max(map(text_width, found["row_words"])), WIDEST_NAMES * paper().width)
    rows, heads, y = [], [], 0.0
    for __, part in found.groupby("block", sort=False):
        block = part["block_words"].iloc[0]
        if block:
            head = wrap(block, paper().width - 2 * MARGIN, weight="bold")
            y += BEFORE_HEAD if y else 0.0
            heads.append((y + text_height(head) / 2, head))
            y += text_height(head) + UNDER_HEAD
        for __, cells in part.groupby("row", sort=False):
            name = wrap(cells["row_words"].iloc[0], room)
            words = text_height(name) if name else 0.0
            height = words + THICK if above else max(words, THICK)
            middle = y + words + THICK / 2 if above else y + height / 2
            rows.append(_row(middle, y + words / 2 if above else middle, name, cells))
            y += height + between(BETWEEN)
    left = MARGIN if above else MARGIN + room + GAP_NAMES * bool(room)
    return LikertSketch(tuple(rows), tuple(heads), y, left)


def _row(y: float, name_y: float, name: str, cells: pd.DataFrame) -> Row:
    states = [state for state in cells["state"] if state in STATES]
    return Row(y, name, name_y, cells["n"].to_numpy(dtype=float), cells["base"].iloc[0],
               states[0] if states else "shown")


def _plan(
    table: Worded, sketch: LikertSketch, answers: Sides, colours: Sequence[str], style: str,
    finding: Finding,
) -> Plan:
    """Say what has to find room: rows, the columns of totals, n, and what the marks mean."""
    language, rows = table.language, sketch.rows
    notes = []
    if answers.last and any(row.in_percent for row in rows):
        first, last = (listing(list(words), language, last="or")
                       for words in (answers.first, answers.last))
        notes.append(label(f"segments_{style}", language, left=first, right=last))
    if any(row.state not in STATES and 0 < row.base < SMALLEST_BASE for row in rows):
        notes.append(label("squares_note", language))
    if any(row.state == HIDDEN for row in rows):
        notes.append(label("hidden_row_note", language))
    legend = list(zip(answers.words, colours, strict=True))
    left = sketch.left + (_total_room() if style == "diverging" else 0.0)
    return Plan(table, sketch.height, left, _total_room() + _n_room(rows, language),
                legend=legend, notes=notes, finding=finding.words)


def _total_room() -> float:
    return text_width("100 %", weight="bold") + TOTAL_GAP + BESIDE


def _n_room(rows: Sequence[Row], language: str) -> float:
    return max(text_width(_n_words(row, language)) for row in rows) + BESIDE + MARGIN


def _n_words(row: Row, language: str) -> str:
    return "" if np.isnan(row.base) else label("n_equals", language, n=number(row.base, language))


def sides(table: Worded) -> Sides:
    """Divide the answers at the neutral one, which an item can name; else at the middle."""
    values = list(table.data["value"].unique())
    words = tuple(table.words("value", value, item=table.data["item"].iloc[0])
                  for value in values)
    neutral = _neutral(table)
    before = values.index(neutral) if neutral in values else len(values) // 2
    after = before + 1 if neutral in values or len(values) % 2 else before
    return Sides(words, words[:before], words[after:])


def scale_rows(table: Worded) -> pd.DataFrame:
    """Turn a Table into rows of a chart."""
    _check(table)
    frame = table.data
    keys = [name for name in ("item", *table.dimensions) if frame[name].nunique() > 1] or ["item"]
    *blocks, row = keys
    rows = pd.Series(names_of(table, frame, [row]), index=frame.index)
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


def _neutral(table: Worded) -> str | None:
    """Return the neutral answer, where an item of the Table names one."""
    items = [table.names.item(name) for name in table.data["item"].unique()]
    return next((item.neutral for item in items if item and item.neutral), None)


def _check(table: Worded) -> None:
    if table.kind != "frequency":
        raise DataError(_(
            "{title}: this is a {kind} Table; plot_likert draws frequency Tables. Use plot_bars, "
            "or make the frequency of the items.",
            title=table.title, kind=table.kind))
    if not table.adds_up:
        raise DataError(_(
            "{title}: one unit can have several of these answers, so they are no scale. Use "
            "plot_bars.",
            title=table.title))
    items = [table.names.item(name) for name in table.data["item"].unique()]
    nominal = [item.name for item in items if item and item.kind == "nominal"]
    if nominal:
        raise DataError(_(
            "{title}: {item} is nominal, so its answers have no order and no middle. Use "
            "plot_bars, or make it ordinal in study.toml.",
            title=table.title, item=nominal[0]))
    named = table.data.assign(value=names_of(table, table.data, ["value"]))
    groups = named.groupby(["item", *table.dimensions], sort=False)["value"].agg(tuple)
    lists = list(dict.fromkeys(groups))
    if len(lists) > 1:
        raise DataError(_(
            "{title}: the items have different answers ({answers}; {others}). Draw items with the "
            "same answers together.",
            title=table.title, answers=", ".join(map(str, lists[0])),
            others=", ".join(map(str, lists[1]))))
    if not lists or not FEWEST <= len(lists[0]) <= MOST:
        raise DataError(_(
            "{title}: plot_likert draws {fewest} to {most} answers, not {n}. Use plot_bars.",
            title=table.title, fewest=FEWEST, most=MOST, n=len(lists[0]) if lists else 0))
