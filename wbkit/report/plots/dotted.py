"""Rows with a dot each: a name to the left of the plot, words to the right of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wbkit.report.plots.page import MARGIN, Page, Plan, open_page
from wbkit.report.plots.style import SMALL, SOFT, WIDTH, text_height, text_width, wrap
from wbkit.table.table import Table

LINE, SPARE, BELOW = 0.15, 0.02, 0.33


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
        The widest that they become; longer ones are broken into lines.
    names_end, words_start
        Where they stand, from the plot.
    """

    between: float = 0.07
    gap: float = 0.12
    names: float = 0.4 * WIDTH
    words: float = 0.3 * WIDTH
    names_end: float = 0.12
    words_start: float = 0.1


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


def open_rows(
    table: Table, data: pd.DataFrame, room: Room, *, axis: str, notes: Sequence[str]
) -> Rows:
    """Make a page on which every row has its place, from the top down.

    Parameters
    ----------
    table
        Gives title and caption.
    data
        One row each, with ``name`` and ``words``.
    room
        How they are laid out.
    axis
        The name of the scale.
    notes
        Lines that explain the drawing.

    Returns
    -------
    Rows
        The same rows in the same order.
    """
    names_room = min(max(map(text_width, data["name"])), room.names)
    words_room = min(max(text_width(one, SMALL) for one in data["words"]), room.words)
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
        page.write(left - room.names_end, place, name, ha="right")
        page.write(WIDTH - right + room.words_start, place, one, size=SMALL)
    page.axes.set_xlabel(axis, fontsize=SMALL, color=SOFT, loc="left", labelpad=3)
    return Rows(page, data.assign(y=places), y - room.between)
