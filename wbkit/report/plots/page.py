"""The page around a plot: title, legend, room for the plot, and the words that go with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Rectangle

from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, mark
from wbkit.report.plots.style import (
    POINTS_PER_INCH,
    SMALL,
    SOFT,
    TEXT,
    TITLE,
    WIDTH,
    text_height,
    text_width,
    wrap,
)
from wbkit.table.render import caption_lines
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

MARGIN = 0.08
MOST_ROWS = 2_000  # of a Table that is drawn
GAP = 0.12
SWATCH = 0.12
HALF_A_CAPITAL = 0.365  # of the size, in DejaVu Sans
ADVICE = mark(
    "A plot draws what was counted: make a Table first, with frequency(…) or estimate(…).")


@dataclass(frozen=True)
class Plan:
    """What has to find room on a page; lengths in inches.

    Parameters
    ----------
    table
        Gives title and caption.
    height
        Of the plot.
    left, right
        Room beside the plot.
    below
        Room for ticks and the name of the axis.
    legend
        Words and colours.
    notes
        Lines that explain the drawing; stand above those of the Table.
    """

    table: Worded
    height: float
    left: float
    right: float
    below: float = 0.0
    legend: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """A picture with room for a plot; places in inches from the left and from the plot's top."""

    picture: Picture
    axes: Axes
    top: float

    def write(
        self, x: float, y: float, words: str, *, size: float = TEXT, **options: Any
    ) -> None:
        """Write lines of which the middle is at y."""
        width, height = self.picture.get_size_inches()
        lines = words.split("\n")
        baseline = self.top + y - (len(lines) - 1) * text_height("", size) / 2
        baseline += HALF_A_CAPITAL * size / POINTS_PER_INCH
        for place, line in enumerate(lines):
            below = baseline + place * text_height("", size)
            self.picture.text(x / width, 1 - below / height, line, fontsize=size, **options)

    def square(self, x: float, y: float, colour: str, *, width: float = SWATCH) -> None:
        """Draw a small rectangle, its left side at x and its middle at y."""
        wide, high = self.picture.get_size_inches()
        corner = (x / wide, 1 - (self.top + y + SWATCH / 2) / high)
        self.picture.add_artist(Rectangle(corner, width / wide, SWATCH / high, facecolor=colour,
                                          edgecolor="none", transform=self.picture.transFigure))


def open_page(plan: Plan) -> Page:
    """Make a picture that is as high as it needs, with everything but the plot on it."""
    room = WIDTH - 2 * MARGIN
    title = wrap(plan.table.title, room, TITLE, weight="bold")
    legend = _legend_places(plan.legend, room)
    notes = [wrap(line, room, SMALL) for line in (*plan.notes, *caption_lines(plan.table))]
    head = MARGIN + text_height(title, TITLE) + GAP
    top = head + _legend_height(legend)
    caption = top + plan.height + plan.below + GAP
    height = caption + sum(text_height(line, SMALL) for line in notes) + MARGIN
    picture = Picture(figsize=(WIDTH, height), facecolor="white")
    page = Page(picture, _axes(picture, plan, top), top)
    page.write(MARGIN, MARGIN + text_height(title, TITLE) / 2 - top, title, size=TITLE,
               fontweight="bold")
    for x, y, words, colour in legend:
        page.square(x, head - top + y, colour)
        page.write(x + SWATCH + 0.05, head - top + y, words)
    _write_notes(page, notes, caption - top)
    return page


def _axes(picture: Picture, plan: Plan, top: float) -> Axes:
    width, height = picture.get_size_inches()
    place = (plan.left / width, 1 - (top + plan.height) / height,
             (width - plan.left - plan.right) / width, plan.height / height)
    axes = picture.add_axes(place, facecolor="none")
    axes.set_ylim(plan.height, 0)
    axes.set_yticks([])
    axes.tick_params(axis="x", length=0, labelsize=SMALL, labelcolor=SOFT, pad=2)
    for side in axes.spines.values():
        side.set_visible(False)
    return axes


def _legend_places(
    legend: Sequence[tuple[str, str]], room: float
) -> list[tuple[float, float, str, str]]:
    """Put the entries of a legend beside each other, on as many lines as they need."""
    places, x, top, bottom = [], MARGIN, 0.0, 0.0
    for words, colour in legend:
        words = wrap(words, room - SWATCH - 0.05)
        width = SWATCH + 0.05 + max(map(text_width, words.split("\n"))) + 0.16
        if x > MARGIN and x + width > room + MARGIN:
            x, top = MARGIN, bottom
        places.append((x, top + text_height(words) / 2, words, colour))
        x, bottom = x + width, max(bottom, top + text_height(words) + 0.02)
    return places


def _legend_height(places: Sequence[tuple[float, float, str, str]]) -> float:
    bottoms = [y + text_height(words) / 2 for _, y, words, _ in places]
    return max(bottoms) + GAP if bottoms else 0.0


def _write_notes(page: Page, notes: Sequence[str], y: float) -> None:
    for line in notes:
        page.write(MARGIN, y + text_height(line, SMALL) / 2, line, size=SMALL, color=SOFT)
        y += text_height(line, SMALL)


def draws_table(plot: Callable[..., Figure]) -> Callable[..., Figure]:
    """Let a plot refuse, by its name, what is no Table, and note what the caller chose."""

    @wraps(plot)
    def checked(table: Table, *others: Any, **choices: Any) -> Figure:
        need(table, Table, plot.__name__, _(ADVICE))
        if len(table.data) > MOST_ROWS:
            raise DataError(_(
                "{plot}: this Table has {n} rows, and a figure holds at most {most}. Merge "
                "answers (recode), or show it as a Table.",
                plot=plot.__name__, n=len(table.data), most=MOST_ROWS))
        return replace(plot(table, *others, **choices), choices=choices)

    return checked
