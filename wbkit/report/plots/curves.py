"""The codes that each next document adds, as a curve."""

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from wbkit.errors import DataError
from wbkit.labels import label, listing, number
from wbkit.report.plots.alt_text import opening
from wbkit.report.plots.drawing import draws_table
from wbkit.report.plots.page import MARGIN, Plan, open_page
from wbkit.report.plots.style import (
    CATEGORIES,
    FAINT,
    INK,
    SMALL,
    SOFT,
    WIDTH,
    figure_style,
    text_height,
    text_width,
    wrap,
)
from wbkit.table.figure import Figure
from wbkit.table.table import Table

HEIGHT, LEFT = 2.2, 0.45
MOST_NAMES = 12  # of documents below the axis


@draws_table
def plot_saturation(table: Table) -> Figure:
    """Draw the new codes of each document, and the codes so far.

    Parameters
    ----------
    table
        A Table of `saturation`.

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
    if table.kind != "saturation":
        raise DataError(f"{table.title}: this is a {table.kind} Table; plot_saturation draws "
                        "one of saturation(...).")
    language = table.language
    names = _names(table)
    below = 0.36 + (max(map(text_height, names)) - 0.1 if names else 0)
    legend = [(label("col_new", language), CATEGORIES[1]),
              (label("so_far_line", language), CATEGORIES[0]),
              (label("expected_line", language), SOFT)]
    with figure_style():
        page = open_page(Plan(table, HEIGHT, LEFT, MARGIN + 0.1, below=below, legend=legend))
        _draw(page.axes, table)
        _scale(page.axes, table, names)
    return Figure(page.picture, table, _in_words(table))


def _draw(axes: Axes, table: Table) -> None:
    data = table.data
    axes.bar(data["step"], data["new"], width=0.6, color=CATEGORIES[1], zorder=2)
    axes.plot(data["step"], data["expected"], color=SOFT, linewidth=1.1, linestyle=(0, (3, 2)),
              zorder=3)
    axes.plot(data["step"], data["so_far"], color=CATEGORIES[0], linewidth=1.5, marker="o",
              markersize=3.5, zorder=4)


def _scale(axes: Axes, table: Table, names: list[str]) -> None:
    data, language = table.data, table.language
    axes.set_ylim(0, max(1, data["so_far"].max()) * 1.08)
    axes.set_xlim(0.4, len(data) + 0.6)
    places = MaxNLocator(nbins=5, integer=True).tick_values(0, data["so_far"].max())
    axes.set_yticks([place for place in places if place <= axes.get_ylim()[1]])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    axes.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=SOFT, pad=3)
    axes.hlines(axes.get_yticks(), *axes.get_xlim(), color=FAINT, linewidth=0.6, zorder=0)
    axes.hlines(0, *axes.get_xlim(), color=INK, linewidth=0.8, zorder=5)
    if names:
        axes.set_xticks(data["step"], names)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))
    axes.set_xlabel(label("saturation_axis", language), fontsize=SMALL, color=SOFT, loc="left",
                    labelpad=3)


def _names(table: Table) -> list[str]:
    """Return the names of the documents in as many lines as they need; none of many."""
    if len(table.data) > MOST_NAMES:
        return []
    room = (WIDTH - LEFT - MARGIN) / len(table.data) - 0.04
    return [_short(name, room) for name in table.data["document"]]


def _short(name: str, room: float) -> str:
    """Break a name where it does not fit, at an underscore if there is one."""
    if text_width(name, SMALL) <= room:
        return name
    return wrap(name.replace("_", " "), room, SMALL)


def _in_words(table: Table) -> str:
    language = table.language
    parts = [label("saturation_words", language, document=row.document,
                   new=number(row.new, language), so_far=number(row.so_far, language))
             for row in table.data.itertuples()]
    return f"{opening('curve_chart', table)} {listing(parts, language)}."
