"""Lines: the rates of a register year by year, interrupted where figures cannot be compared."""

from dataclasses import dataclass
from typing import Unpack

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label, percentage
from wbkit.messages import _, counted, listing, number
from wbkit.report.plots.alt_text import grid_in_words, opening
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, draws_table, open_page
from wbkit.report.plots.style import GROUPS, SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import INK, RULE, SOFT
from wbkit.table.count_layouts import ABSENT, HIDDEN
from wbkit.table.statistic_layouts import BREAK
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

PANEL, UNDER_HEAD, BETWEEN = 0.62, 0.26, 0.12
LEFT, RIGHT = 0.5, 0.1
ABOVE_POINT, ABOVE_ZERO = 0.11, 0.09
STEPS = [1, 2, 5, 10]
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # hides the line behind a number
HEIGHT, CURVE_LEFT = 2.2, 0.45
MOST_NAMES = 12  # of documents below the axis


@dataclass(frozen=True)
class Frame:
    """Where years and amounts stand; lengths in inches from the left and top of the plot.

    Parameters
    ----------
    years
        Year = x of its middle.
    most
        The largest amount on the axis.
    ticks
        Amounts with a line.
    breaks
        x of each change of definition.
    """

    years: dict[str, float]
    most: float
    ticks: tuple[float, ...]
    breaks: tuple[float, ...]


@draws_table
def plot_trend(table: Table, **look: Unpack[Look]) -> Figure:
    """Draw the rates of a register as lines, one panel for each group.

    A line is interrupted where another definition begins and where a count was not delivered.
    Under a base of 10 there is a count and no point.

    Parameters
    ----------
    table
        A Table of `trend`.
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
        If the Table is of another kind or has no rows.
    """
    shown = table.show(look.get("language"))
    if shown.kind != "trend" or shown.data.empty:
        raise DataError(_(
            "{title}: plot_trend draws a trend Table with rows, and this is a {kind} Table of "
            "{rows}. Use trend(...).",
            title=shown.title, kind=shown.kind, rows=counted(len(shown.data), "row", "rows")))
    points = _points(shown)
    panels = points["panel"].max() + 1
    frame = _frame(points)
    head = text_height("", SMALL) + 0.04 if frame.breaks else 0.0
    step = UNDER_HEAD + PANEL + BETWEEN
    notes = [label("trend_line_note", shown.language)] if panels > 1 else []
    page = open_page(Plan(shown, head + step * panels, LEFT, RIGHT, below=0.08 + max(
        text_height(_year(shown, one, frame), SMALL) for one in frame.years), notes=notes))
    points["x"] = points["year"].map(frame.years)
    points["foot"] = head + step * points["panel"] + UNDER_HEAD + PANEL
    for __, part in points.groupby("panel"):
        _draw_panel(page, frame, part.iloc[0], shown)
    _draw_lines(page, frame, points)
    bottom = head + step * panels - BETWEEN
    _draw_years(page, frame, shown, bottom)
    _draw_breaks(page, frame, shown, (head, bottom))
    return page.figure(table, grid_in_words(shown, "line_chart"), ("plot_trend",))


def _points(table: Worded) -> pd.DataFrame:
    """Return panel (0, 1 …), year, amount and words of each point, panel by panel.

    A piece is a part of a line: another begins with each panel, at another definition and
    after a point that is not there.
    """
    frame, language = table.data, table.language
    *groups, year = table.dimensions
    shares = bool(frame["base"].notna().any())
    amount = 100 * frame["share"].where(frame["base"] >= SMALLEST_BASE) if shares else frame["n"]
    panel = frame[groups[0]] if groups else pd.Series("", index=frame.index)
    above = panel.map(lambda one: table.words(groups[0], one)) if groups else panel
    points = pd.DataFrame({
        "panel": pd.factorize(panel)[0], "words_above": above, "year": frame[year],
        "amount": amount.astype(float),
        "break": frame["break"],
        "words": [_words(row, language, shares=shares) for _, row in frame.iterrows()],
    }).sort_values("panel", kind="stable")
    ends = points["break"] | points["amount"].shift().isna() | points["panel"].diff().ne(0)
    return points.assign(piece=ends.cumsum())


def _words(row: pd.Series, language: str, *, shares: bool) -> str:
    if row["state"] == ABSENT:
        return label("not_delivered", language)
    if row["state"] == HIDDEN:
        return label("state_hidden", language)
    n = number(row["n"], language)
    if not shares:
        return n
    count = label("n_of_base", language, n=n, base=number(row["base"], language))
    return percentage(row["share"], row["base"], language) or count


def _frame(points: pd.DataFrame) -> Frame:
    years = list(dict.fromkeys(points["year"]))
    slot = (paper().width - LEFT - RIGHT) / len(years)
    places = {year: (place + 0.5) * slot for place, year in enumerate(years)}
    highest = points["amount"].max()
    ticks = MaxNLocator(nbins=2, integer=True, steps=STEPS).tick_values(
        0, highest if highest > 0 else 1)
    moved = points.loc[points["break"], "year"].unique()
    return Frame(places, max(ticks), tuple(tick for tick in ticks if tick >= 0),
                 tuple(places[year] - slot / 2 for year in moved))


def _draw_panel(page: Page, frame: Frame, first: pd.Series, table: Worded) -> None:
    """Draw the axis of a panel, of which `first` is a point, and write its name."""
    axes, foot = page.axes, first["foot"]
    axes.set_xlim(0, paper().width - LEFT - RIGHT)
    axes.set_xticks([])
    heights = [foot - PANEL * tick / frame.most for tick in frame.ticks]
    axes.hlines(heights, 0, paper().width - LEFT - RIGHT, color=RULE, linewidth=0.6, zorder=0)
    axes.hlines(foot, 0, paper().width - LEFT - RIGHT, color=SOFT, linewidth=0.8, zorder=1)
    for tick, y in zip(frame.ticks, heights, strict=True):
        page.write(LEFT - 0.06, y, _tick(tick, table), size=SMALL, color=SOFT, ha="right")
    if first["words_above"]:
        page.write(MARGIN, foot - PANEL - UNDER_HEAD / 2 - 0.02, first["words_above"],
                   fontweight="bold")


def _draw_lines(page: Page, frame: Frame, points: pd.DataFrame) -> None:
    """Draw the lines of all panels, and write its number above each point."""
    points = points.assign(y=points["foot"] - PANEL * points["amount"] / frame.most)
    sns.lineplot(points, x="x", y="y", units="piece", estimator=None, color=GROUPS[0],
                 linewidth=1.6, marker="o", markersize=4, markeredgecolor=GROUPS[0],
                 markeredgewidth=1, zorder=3, ax=page.axes)
    page.axes.set(xlabel="", ylabel="")
    for __, point in points.iterrows():
        drawn = pd.notna(point["amount"])
        y = point["y"] - ABOVE_POINT if drawn else point["foot"] - ABOVE_ZERO
        page.write(LEFT + point["x"], y, point["words"], size=SMALL, ha="center",
                   bbox=WHITE, **({} if drawn else {"color": SOFT}))


def _tick(tick: float, table: Worded) -> str:
    if table.data["base"].notna().any():
        return label("percent", table.language, n=number(tick, table.language))
    return number(tick, table.language)


def _draw_years(page: Page, frame: Frame, table: Worded, bottom: float) -> None:
    for one, x in frame.years.items():
        words = _year(table, one, frame)
        page.write(LEFT + x, bottom + 0.05 + text_height(words, SMALL) / 2, words, size=SMALL,
                   color=SOFT, ha="center")


def _year(table: Worded, one: str, frame: Frame) -> str:
    """Return the words of a year, a school year on two lines where it does not fit on one."""
    year = table.dimensions[-1]
    room = (paper().width - LEFT - RIGHT) / len(frame.years) - 0.04
    fits = all(text_width(table.words(year, key), SMALL) <= room for key in frame.years)
    return table.words(year, one) if fits else table.words(year, one).replace("-", "-\n")


def _draw_breaks(page: Page, frame: Frame, table: Worded, ends: tuple[float, float]) -> None:
    top, bottom = ends
    for x in frame.breaks:
        page.axes.vlines(x, top, bottom, color=SOFT, linewidth=0.9, linestyle=(0, (4, 3)), zorder=2)
        page.write(LEFT + x, top - text_height("", SMALL) / 2,
                   f"{BREAK} {label('other_definition', table.language)}", size=SMALL, color=SOFT,
                   ha="center")


@draws_table
def plot_saturation(table: Table, **look: Unpack[Look]) -> Figure:
    """Draw the new codes of each document, and the codes so far.

    Parameters
    ----------
    table
        A Table of `saturation`.
    look
        ``language``: ``nl`` or ``en``; that of the study when left out. ``title``: ``finding``,
        what the Table shows, where it shows something, or ``question``. ``size``: ``a4``,
        ``slide`` or ``phone``.

    Returns
    -------
    Figure
        Bars for the new codes, a line for the codes so far, and a dashed line for what any
        order gives; the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind.
    """
    shown = table.show(look.get("language"))
    if shown.kind != "saturation":
        raise DataError(_(
            "{title}: this is a {kind} Table; plot_saturation draws one of saturation(...).",
            title=shown.title, kind=shown.kind))
    language = shown.language
    names = _names(shown)
    below = 0.36 + (max(map(text_height, names)) - 0.1 if names else 0)
    legend = [(label("col_new", language), GROUPS[1]),
              (label("so_far_line", language), GROUPS[0]),
              (label("expected_line", language), SOFT)]
    page = open_page(Plan(shown, HEIGHT, CURVE_LEFT, MARGIN + 0.1, below=below, legend=legend))
    _draw(page.axes, shown)
    _scale(page.axes, shown, names)
    return page.figure(table, _in_words(shown), ("plot_saturation",))


def _draw(axes: Axes, table: Worded) -> None:
    data = table.data
    sns.barplot(data, x="step", y="new", native_scale=True, errorbar=None, width=0.6,
                color=GROUPS[1], saturation=1, zorder=2, ax=axes)
    sns.lineplot(data, x="step", y="expected", estimator=None, color=SOFT, linewidth=1.1,
                 linestyle=(0, (3, 2)), zorder=3, ax=axes)
    sns.lineplot(data, x="step", y="so_far", estimator=None, color=GROUPS[0], linewidth=1.5,
                 marker="o", markersize=3.5, markeredgecolor=GROUPS[0], markeredgewidth=1,
                 zorder=4, ax=axes)
    axes.set_ylabel("")


def _scale(axes: Axes, table: Worded, names: list[str]) -> None:
    data, language = table.data, table.language
    axes.set_ylim(0, max(1, data["so_far"].max()) * 1.08)
    axes.set_xlim(0.4, len(data) + 0.6)
    places = MaxNLocator(nbins=5, integer=True).tick_values(0, data["so_far"].max())
    axes.set_yticks([place for place in places if place <= axes.get_ylim()[1]])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    axes.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=SOFT, pad=3)
    axes.hlines(axes.get_yticks(), *axes.get_xlim(), color=RULE, linewidth=0.6, zorder=0)
    axes.hlines(0, *axes.get_xlim(), color=INK, linewidth=0.8, zorder=5)
    if names:
        axes.set_xticks(data["step"], names)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))
    axes.set_xlabel(label("saturation_axis", language), fontsize=SMALL, color=SOFT, loc="left",
                    labelpad=3, visible=True)


def _names(table: Worded) -> list[str]:
    """Return the names of the documents in as many lines as they need; none of many."""
    if len(table.data) > MOST_NAMES:
        return []
    room = (paper().width - CURVE_LEFT - MARGIN) / len(table.data) - 0.04
    return [_short(name, room) for name in table.data["document"]]


def _short(name: str, room: float) -> str:
    """Break a name where it does not fit, at an underscore if there is one."""
    if text_width(name, SMALL) <= room:
        return name
    return wrap(name.replace("_", " "), room, SMALL)


def _in_words(table: Worded) -> str:
    language = table.language
    parts = [label("saturation_words", language, document=row.document,
                   new=number(row.new, language), so_far=number(row.so_far, language))
             for row in table.data.itertuples()]
    return f"{opening('curve_chart', table)} {listing(parts, language)}."
