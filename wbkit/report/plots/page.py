"""The page around a plot: title, subtitle, legend, room for the plot, and one line of source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Literal, TypedDict

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.patches import Circle, Rectangle

from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, mark
from wbkit.report.plots.headings import headings
from wbkit.report.plots.style import (
    PAPERS,
    POINTS_PER_INCH,
    SMALL,
    TEXT,
    TITLE,
    Size,
    balanced,
    figure_style,
    paper,
    text_height,
    text_width,
    wrap,
)
from wbkit.report.style import PAPER, RULE, SOFT, contrast, font_faces
from wbkit.table.table import AROUND, Around, Figure, Table
from wbkit.table.words import Worded

MARGIN = 0.1
MOST_ROWS = 2_000  # of a Table that is drawn
GAP = 0.11
OWN = 0.06  # by which a name above its row is nearer to it than to the row before
SWATCH = 0.12
HALF_A_CAPITAL = 0.3615  # of the size, in Public Sans
UNDER_TITLE = 0.04
SUBTITLE = 9.5
PALE = 1.3  # contrast with the paper under which a square needs a line around it
TITLES = ("finding", "question")
ADVICE = mark(
    "A plot draws what was counted: make a Table first, with frequency(…) or estimate(…).")


class Look(TypedDict, total=False):
    """What every plot can be asked: its title, its size and its language."""

    title: Literal["finding", "question"]
    size: Size
    language: str | None


@dataclass(frozen=True)
class Plan:
    """What has to find room on a page; lengths in inches.

    Parameters
    ----------
    table
        Gives question, base and source.
    height
        Of the plot.
    left, right
        Room beside the plot.
    below
        Room for ticks and the name of the axis.
    legend
        Words and colours.
    notes
        Lines that explain the marks of the drawing.
    finding
        What the plot shows, in one sentence; empty where nothing can be said.
    """

    table: Worded
    height: float
    left: float
    right: float
    below: float = 0.0
    legend: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    finding: str = ""


@dataclass(frozen=True)
class Page:
    """A picture with room for a plot; places in inches from the left and from the plot's top."""

    picture: Picture
    axes: Axes
    top: float
    around: Around = Around()

    @property
    def width(self) -> float:
        """Width of the picture in inches."""
        return float(self.picture.get_size_inches()[0])

    def figure(self, table: Table, alt: str, drawn: tuple[str, ...]) -> Figure:
        """Return what was drawn, with the Table and the words that state it."""
        return Figure(self.picture, table, alt, drawn, around=self.around)

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

    def square(
        self, x: float, y: float, colour: str, *, width: float = SWATCH, height: float = SWATCH
    ) -> None:
        """Draw a small rectangle, its left side at x and its middle at y."""
        wide, high = self.picture.get_size_inches()
        corner = (x / wide, 1 - (self.top + y + height / 2) / high)
        pale = contrast(colour, PAPER) < PALE
        self.picture.add_artist(Rectangle(
            corner, width / wide, height / high, facecolor=colour, linewidth=0.6,
            edgecolor=RULE if pale else "none", transform=self.picture.transFigure))

    def round(self, x: float, y: float, radius: float, **look: Any) -> None:
        """Draw a round, its middle at x and y."""
        high = self.picture.get_size_inches()[1]
        self.picture.add_artist(Circle((x, high - self.top - y), radius,
                                       transform=self.picture.dpi_scale_trans, **look))


def open_page(plan: Plan) -> Page:
    """Make a picture that is as high as it needs, with everything but the plot on it."""
    width, room = paper().width, paper().width - 2 * MARGIN
    words = headings(plan.table, plan.finding if paper().title == "finding" else "")
    title = balanced(words.title, room, TITLE, weight="bold")
    subtitle = wrap(words.subtitle, room, SUBTITLE)
    footer = wrap(words.footer, room, SMALL)
    notes = [wrap(line, room, SMALL) for line in plan.notes]
    legend = _legend_places(plan.legend, room)
    head = MARGIN + text_height(title, TITLE)
    head += UNDER_TITLE + text_height(subtitle, SUBTITLE) if subtitle else 0.0
    top = head + GAP + _legend_height(legend)
    below = top + plan.height + plan.below + GAP
    foot = below + sum(text_height(line, SMALL) for line in notes) + (GAP / 2 if notes else 0.0)
    height = max(foot + text_height(footer, SMALL) + MARGIN, paper().least)
    picture = Picture(figsize=(width, height), facecolor="white")
    around = Around(title, subtitle, footer, head + GAP / 2, foot - GAP / 4, font_faces())
    page = Page(picture, _axes(picture, plan, top), top, around)
    for x, y, line, colour in legend:
        page.square(x, head + GAP - top + y, colour)
        page.write(x + SWATCH + 0.05, head + GAP - top + y, line, size=SMALL)
    _write_lines(page, notes, below - top)
    _write_around(page, height)
    return page


def _write_around(page: Page, height: float) -> None:
    """Write title, subtitle and footer, so that they can be left out of the picture."""
    title, subtitle, footer = page.around.title, page.around.subtitle, page.around.footer
    y = MARGIN + text_height(title, TITLE) / 2 - page.top
    page.write(MARGIN, y, title, size=TITLE, fontweight="bold", gid=AROUND)
    if subtitle:
        y += (text_height(title, TITLE) + text_height(subtitle, SUBTITLE)) / 2 + UNDER_TITLE
        page.write(MARGIN, y, subtitle, size=SUBTITLE, color=SOFT, gid=AROUND)
    if footer:
        y = height - MARGIN - text_height(footer, SMALL) / 2 - page.top
        page.write(MARGIN, y, footer, size=SMALL, color=SOFT, gid=AROUND)


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
        words = wrap(words, room - SWATCH - 0.05, SMALL)
        width = SWATCH + 0.05 + max(text_width(one, SMALL) for one in words.split("\n")) + 0.16
        if x > MARGIN and x + width > room + MARGIN:
            x, top = MARGIN, bottom
        places.append((x, top + text_height(words, SMALL) / 2, words, colour))
        x, bottom = x + width, max(bottom, top + text_height(words, SMALL) + 0.02)
    return places


def _legend_height(places: Sequence[tuple[float, float, str, str]]) -> float:
    bottoms = [y + text_height(words, SMALL) / 2 for _, y, words, _ in places]
    return max(bottoms) + GAP if bottoms else 0.0


def _write_lines(page: Page, lines: Sequence[str], y: float) -> None:
    for line in lines:
        page.write(MARGIN, y + text_height(line, SMALL) / 2, line, size=SMALL, color=SOFT)
        y += text_height(line, SMALL)


def between(gap: float) -> float:
    """Return the room between two rows: more where a name stands above its own."""
    return gap + OWN if paper().above else gap


def draws_table(plot: Callable[..., Figure]) -> Callable[..., Figure]:
    """Let a plot refuse, by its name, what it cannot draw, and note what the caller chose.

    It draws on the first paper of its size on which it fits, in the style of every figure.
    """

    @wraps(plot)
    def checked(table: Table, *others: Any, **choices: Any) -> Figure:
        need(table, Table, plot.__name__, _(ADVICE))
        if len(table.data) > MOST_ROWS:
            raise DataError(_(
                "{plot}: this Table has {n} rows, and a figure holds at most {most}. Merge "
                "answers (recode), or show it as a Table.",
                plot=plot.__name__, n=len(table.data), most=MOST_ROWS))
        size, title = choices.get("size", "a4"), choices.get("title", "finding")
        _check("size", size, tuple(PAPERS), plot.__name__)
        _check("title", title, TITLES, plot.__name__)
        for one in PAPERS[size]:
            with figure_style(replace(one, title=title)):
                figure = plot(table, *others, **choices)
            if not one.least or figure.picture.get_size_inches()[1] <= one.least:
                break
        return replace(figure, choices=choices, plot=checked)

    return checked


def _check(name: str, chosen: object, known: Sequence[str], plot: str) -> None:
    if chosen not in known:
        raise DataError(_(
            "{plot}: {name}={chosen!r} is unknown. Use {known}.",
            plot=plot, name=name, chosen=chosen, known=", ".join(known)))
