"""Themes in several sources: a bar or squares for each, on the base of that source alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pandas as pd
from matplotlib.patches import Rectangle

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label
from wbkit.messages import _, counted, number
from wbkit.report.plots.alt_text import grid_in_words
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, between, draws_table, open_page
from wbkit.report.plots.style import GROUPS, SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import RULE, SOFT, TRACK
from wbkit.table.count_layouts import STATES
from wbkit.table.statistic_layouts import joint_words
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

WIDEST_NAMES, NARROW_NAMES, FEW_SOURCES = 0.34, 0.24, 3
NARROWEST, SHORTEST_BAR, APART = 0.75, 0.4, 0.14
THICK, SQUARE, STEP, BESIDE, BETWEEN = 0.13, 0.1, 0.13, 0.05, 0.08


@draws_table
def plot_joint(table: Table, **look: Unpack[Look]) -> Figure:
    """Draw themes beside each other for several sources, each on its own base.

    Parameters
    ----------
    table
        A Table of `joint_display`, of about four sources; plot_heatmap draws more.
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
        If the Table is of another kind, has no rows, or has more sources than fit.
    """
    shown = table.show(look.get("language"))
    if shown.kind != "joint" or shown.data.empty:
        raise DataError(_(
            "{title}: plot_joint draws a joint Table with rows; this is a {kind} Table of {rows}. "
            "Use joint_display(...).",
            title=shown.title, kind=shown.kind, rows=counted(len(shown.data), "row", "rows")))
    left = _left(shown)
    columns = _columns(shown, left)
    heads = [_head(shown, name, column.width - 0.1) for name, column in columns.items()]
    top = max(text_height(name, SMALL) + text_height(base, SMALL) * bool(base)
              for name, base in heads) + BETWEEN
    room = paper().width - 2 * MARGIN if paper().above else left - MARGIN - 0.1
    names = {key: wrap(shown.words("theme", key), room)
             for key in dict.fromkeys(shown.data["theme"])}
    lines = _lines(shown, columns)
    height = top + sum(_row_height(name, lines[key]) for key, name in names.items())
    page = open_page(Plan(shown, height, left, MARGIN,
                          notes=[label("joint_bar_note", shown.language)]))
    page.axes.set_xlim(0, paper().width - left - MARGIN)
    page.axes.set_xticks([])
    for column, (name, base) in zip(columns.values(), heads, strict=True):
        _draw_head(page, left + column.x, name, base)
    _draw_rows(page, shown, names, (left, top, columns, lines))
    return page.figure(table, grid_in_words(shown, "joint_chart"), ("plot_joint",))


@dataclass(frozen=True)
class Column:
    """The place of one source, from the left of the plot, and the width of its bars; inches."""

    x: float
    width: float
    bar: float


def _columns(table: Worded, left: float) -> dict[str, Column]:
    """Give each source the room that its marks and words need; what is left is shared."""
    parts = dict(tuple(table.data.groupby("source", sort=False)))
    bars = {name: bool(part["base"].max() >= SMALLEST_BASE) for name, part in parts.items()}
    needs = {name: _need(table, part, tight=False) for name, part in parts.items()}
    room = paper().width - left - MARGIN
    if paper().above and sum(needs.values()) > room:
        needs = {name: _need(table, part, tight=True) for name, part in parts.items()}
    spare = room - sum(needs.values())
    if spare < 0:
        raise DataError(_(
            "{title}: {n} sources do not fit beside each other. Use plot_heatmap, or a joint "
            "display of fewer Tables.",
            title=table.title, n=len(needs)))
    share = spare / len(needs)
    columns, x = {}, 0.0
    for name, need in needs.items():
        columns[name] = Column(x, need + share, SHORTEST_BAR + share * bars[name])
        x += need + share
    return columns


def _need(table: Worded, part: pd.DataFrame, *, tight: bool) -> float:
    """Return the width that a source needs; a tight one breaks its words over lines."""
    most = part["base"].max()
    mark = SHORTEST_BAR if most >= SMALLEST_BASE else STEP * (most if most > 1 else 0)
    said = [_words(table, cell) for _, cell in part.iterrows()]
    said = [word for words in said for word in words.split()] if tight and not mark else said
    words = max(text_width(one, SMALL) for one in said)
    heads = table.words("source", part["source"].iloc[0]).split()
    head = 0.0 if tight else max(text_width(one, SMALL, weight="bold") for one in heads)
    apart = APART / 2 if tight else APART
    return max(mark + BESIDE + words + apart, head + apart, 0.0 if tight else NARROWEST)


def _lines(table: Worded, columns: dict[str, Column]) -> dict[str, float]:
    """Return for each theme the height of its highest cell, as words alone may be wrapped."""
    heights: dict[str, float] = {}
    for __, cell in table.data.iterrows():
        words = _wrapped(table, cell, columns[cell["source"]])
        heights[cell["theme"]] = max(heights.get(cell["theme"], 0.0), text_height(words, SMALL))
    return heights


def _wrapped(table: Worded, cell: pd.Series, column: Column) -> str:
    """Break the words of a cell that has no mark beside them."""
    words = _words(table, cell)
    alone = cell["state"] in STATES or cell["base"] <= 1
    return wrap(words, column.width - BESIDE, SMALL) if alone else words


def _words(table: Worded, cell: pd.Series) -> str:
    """Write a count; without its base where that stands above the column."""
    has_base = cell["state"] not in STATES and cell["base"] > 1
    if has_base and table.words_if("head", cell["source"]):
        return number(cell["n"], table.language)
    return joint_words(table, cell.to_frame().T)


def _left(table: Worded) -> float:
    if paper().above:
        return MARGIN
    widest = max(text_width(table.words("theme", key)) for key in table.data["theme"])
    share = WIDEST_NAMES if table.data["source"].nunique() <= FEW_SOURCES else NARROW_NAMES
    return MARGIN + min(widest, share * paper().width) + 0.12


def _head(table: Worded, source: str, room: float) -> tuple[str, str]:
    name = wrap(table.words("source", source), room, SMALL, weight="bold")
    return name, wrap(table.words_if("head", source), room, SMALL)


def _row_height(name: str, lines: float) -> float:
    if paper().above:
        return text_height(name) + max(THICK, lines) + between(BETWEEN)
    return max(text_height(name), THICK, lines) + BETWEEN


def _draw_head(page: Page, x: float, name: str, base: str) -> None:
    page.write(x, text_height(name, SMALL) / 2, name, size=SMALL, fontweight="bold")
    if base:
        page.write(x, text_height(name, SMALL) + text_height(base, SMALL) / 2, base, size=SMALL,
                   color=SOFT)


def _draw_rows(
    page: Page, table: Worded, names: dict[str, str],
    places: tuple[float, float, dict[str, Column], dict[str, float]],
) -> None:
    left, y, columns, lines = places
    for key, part in table.data.groupby("theme", sort=False):
        words, high = text_height(names[key]), _row_height(names[key], lines[key])
        middle = y + (high + words - between(0.0) if paper().above else high) / 2
        page.write(MARGIN, y + words / 2 if paper().above else middle, names[key])
        for __, cell in part.iterrows():
            column = columns[cell["source"]]
            end = _draw_mark(page, cell, (column.x, middle), column.bar)
            faint = {"color": SOFT} if cell["state"] in STATES else {}
            page.write(left + end + (BESIDE if end > column.x else 0), middle,
                       _wrapped(table, cell, column), size=SMALL, **faint)
        y += high


def _draw_mark(
    page: Page, cell: pd.Series, place: tuple[float, float], room: float
) -> float:
    """Draw the bar or the squares of one cell; return where it ends."""
    x, y = place
    if cell["state"] in STATES:
        return x
    if cell["base"] >= SMALLEST_BASE:
        _fill(page, [(x, room)], y, TRACK, THICK)
        _fill(page, [(x, room * cell["n"] / cell["base"])], y, GROUPS[0], THICK)
        return x + room
    if cell["base"] <= 1:  # words say whether it was mentioned
        return x
    squares = [(x + STEP * place, SQUARE) for place in range(int(cell["base"]))]
    _fill(page, squares[:int(cell["n"])], y, GROUPS[0], SQUARE)
    _fill(page, squares[int(cell["n"]):], y, RULE, SQUARE)
    return x + STEP * len(squares) - (STEP - SQUARE)


def _fill(
    page: Page, pieces: Sequence[tuple[float, float]], y: float, colour: str, height: float
) -> None:
    for x, width in pieces:
        page.axes.add_patch(Rectangle((x, y - height / 2), width, height, facecolor=colour,
                                      edgecolor="none"))
