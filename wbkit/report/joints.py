"""Themes in several sources: a bar or squares for each, on the base of that source alone."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.patches import Rectangle

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.nouns.figure import Figure
from wbkit.nouns.grids import joint_words
from wbkit.nouns.layout import STATES
from wbkit.nouns.table import Table
from wbkit.report.alternative import grid_in_words
from wbkit.report.page import MARGIN, Page, Plan, open_page
from wbkit.report.strips import FEW
from wbkit.report.style import (
    CATEGORIES,
    FAINT,
    SMALL,
    SOFT,
    WIDTH,
    figure_style,
    text_height,
    text_width,
    wrap,
)

WIDEST_NAMES, NARROWEST = 0.26, 0.95
THICK, SQUARE, STEP, BESIDE, BETWEEN = 0.13, 0.1, 0.13, 0.05, 0.08
MOST_COLUMNS = 5


def plot_joint(table: Table) -> Figure:
    """Draw themes beside each other for several sources, each on its own base.

    Parameters
    ----------
    table
        A Table of `joint_display`, of at most five sources.

    Returns
    -------
    Figure
        The picture, the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, has no rows, or has too many sources.
    """
    sources = list(dict.fromkeys(table.data["source"])) if table.kind == "joint" else []
    if not 0 < len(sources) <= MOST_COLUMNS:
        raise DataError(f"{table.title}: plot_joint draws a joint Table of 1 to {MOST_COLUMNS} "
                        f"sources; this is a {table.kind} Table of {len(sources)}. Use "
                        "joint_display with fewer Tables.")
    with figure_style():
        left = _left(table)
        wide = (WIDTH - left - MARGIN) / len(sources)
        heads = [_head(table, source, wide - BESIDE) for source in sources]
        top = BETWEEN + max(text_height(name, SMALL) + text_height(base, SMALL)
                            for name, base in heads)
        names = {key: wrap(table.words("theme", key), left - MARGIN - 0.1)
                 for key in dict.fromkeys(table.data["theme"])}
        height = top + sum(_row_height(name) for name in names.values())
        page = open_page(Plan(table, height, left, MARGIN,
                              notes=[label("joint_bar_note", table.language)]))
        page.axes.set_xlim(0, WIDTH - left - MARGIN)
        page.axes.set_xticks([])
        for place, (name, base) in enumerate(heads):
            _draw_head(page, left + place * wide, name, base)
        _draw_rows(page, table, names, (left, wide, top))
    return Figure(page.picture, table, grid_in_words(table, "joint_chart"))


def _left(table: Table) -> float:
    widest = max(text_width(table.words("theme", key)) for key in table.data["theme"])
    return MARGIN + min(widest, WIDEST_NAMES * WIDTH) + 0.12


def _head(table: Table, source: str, room: float) -> tuple[str, str]:
    name = wrap(table.words("source", source), room, SMALL, weight="bold")
    return name, wrap(table.labels.get("head", {}).get(source, ""), room, SMALL)


def _row_height(name: str) -> float:
    return max(text_height(name), THICK) + BETWEEN


def _draw_head(page: Page, x: float, name: str, base: str) -> None:
    page.write(x, text_height(name, SMALL) / 2, name, size=SMALL, fontweight="bold")
    if base:
        page.write(x, text_height(name, SMALL) + text_height(base, SMALL) / 2, base, size=SMALL,
                   color=SOFT)


def _draw_rows(
    page: Page, table: Table, names: dict[str, str], places: tuple[float, float, float]
) -> None:
    left, wide, y = places
    room = _room_for_words(table)
    for key, part in table.data.groupby("theme", sort=False):
        middle = y + _row_height(names[key]) / 2
        page.write(left - 0.12, middle, names[key], ha="right")
        for place, (_, cell) in enumerate(part.iterrows()):
            words = joint_words(table, cell.to_frame().T)
            end = _draw_mark(page, cell, (place * wide, middle), wide - room - 0.1)
            faint = {"color": SOFT, "style": "italic"} if cell["state"] in STATES else {}
            page.write(left + end + (BESIDE if end > place * wide else 0), middle, words,
                       size=SMALL, **faint)
        y += _row_height(names[key])


def _room_for_words(table: Table) -> float:
    words = [joint_words(table, cell.to_frame().T) for _, cell in table.data.iterrows()]
    return max(text_width(one, SMALL) for one in words) + BESIDE


def _draw_mark(
    page: Page, cell: pd.Series, place: tuple[float, float], room: float
) -> float:
    """Draw the bar or the squares of one cell; return where it ends."""
    x, y = place
    if cell["state"] in STATES:
        return x
    if cell["base"] >= FEW:
        _fill(page, [(x, room)], y, FAINT, THICK)
        _fill(page, [(x, room * cell["n"] / cell["base"])], y, CATEGORIES[0], THICK)
        return x + room
    squares = [(x + STEP * number, SQUARE) for number in range(int(cell["base"]))]
    _fill(page, squares[:int(cell["n"])], y, CATEGORIES[0], SQUARE)
    _fill(page, squares[int(cell["n"]):], y, FAINT, SQUARE)
    return x + STEP * len(squares) - (STEP - SQUARE)


def _fill(
    page: Page, pieces: Sequence[tuple[float, float]], y: float, colour: str, height: float
) -> None:
    for x, width in pieces:
        page.axes.add_patch(Rectangle((x, y - height / 2), width, height, facecolor=colour,
                                      edgecolor="none"))
