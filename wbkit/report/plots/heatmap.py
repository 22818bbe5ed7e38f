"""A grid of numbers or answers, shaded: codes by source, questions by team."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Unpack

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, to_hex

from wbkit.errors import DataError
from wbkit.labels import FINE_BASE, label, percentage
from wbkit.messages import _, counted, decimal_mark, number
from wbkit.report.plots.alt_text import opening
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, draws_table, open_page
from wbkit.report.plots.style import SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import COUNT, GOOD, HALF, PAPER, RULE, SOFT, STRENGTH, ink_on
from wbkit.table.count_layouts import STATES
from wbkit.table.statistic_layouts import answer_words, head_words, joint_words, row_words
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

# One hue each, so that only lightness counts: blue for numbers, green for answers on a scale.
SHADES = {
    "counts": sns.blend_palette((PAPER, *STRENGTH[:3], COUNT), as_cmap=True),
    "answers": sns.blend_palette(("#f1f4f3", HALF, GOOD), as_cmap=True),
}
FEWEST_SHADED = 5  # under this base a shade would say more than the number does
WIDEST_NAMES, PADDING = 0.3, 0.05
MOST_COLUMNS = 9
UNSHADED = float("nan")


@dataclass(frozen=True)
class Cell:
    """The words of one cell, and how dark it is: 0 to 1, absent for no colour."""

    words: str
    shade: float = UNSHADED
    faint: bool = False


@dataclass(frozen=True)
class Squares:
    """A Table as a grid: rows, columns, their printed words, and what the shades mean.

    ``legend`` has words and a place on the palette `shades`, from 0 to 1.
    """

    rows: dict[str, str]
    columns: dict[str, str]
    cells: dict[tuple[str, str], Cell]
    legend: tuple[tuple[str, float], ...]
    shades: str = "counts"

    @property
    def palette(self) -> Colormap:
        """Colours from 0 to 1."""
        return SHADES[self.shades]


@draws_table
def plot_heatmap(
    table: Table, *, darkest: Literal["first", "last"] = "last", **look: Unpack[Look]
) -> Figure:
    """Draw a Table as a shaded grid with its numbers or answers in the cells.

    Parameters
    ----------
    table
        A matrix Table of codes, a Table of `team_answers` or `joint_display`, a crosstab, or a
        frequency Table of one item by one group; at most nine columns. A column with a base
        under 5 has numbers and no shade.
    darkest
        Of answers on a scale: which of them is darkest, the ``first`` or the ``last``.
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
        If the Table is of another kind, has no rows, or has too many columns.
    """
    shown = table.show(look.get("language"))
    if shown.kind not in READERS or shown.data.empty:
        raise DataError(_(
            "{title}: plot_heatmap draws {kinds} Tables with rows, and this is a {kind} Table of "
            "{rows}. Use plot_bars.",
            title=shown.title, kinds=", ".join(READERS), kind=shown.kind,
            rows=counted(len(shown.data), "row", "rows")))
    if darkest not in ("first", "last"):
        raise DataError(_(
            "{title}: darkest={darkest!r} is unknown. Use first or last.",
            title=shown.title, darkest=darkest))
    squares = _turned(READERS[shown.kind](shown), darkest)
    if len(squares.columns) > MOST_COLUMNS:
        raise DataError(_(
            "{title}: there are {n} columns; plot_heatmap draws at most {most}. Choose some of "
            "them.",
            title=shown.title, n=len(squares.columns), most=MOST_COLUMNS))
    left = _left(squares)
    wide = (paper().width - left - MARGIN) / len(squares.columns)
    heads = [wrap(words, wide - PADDING, SMALL, weight="bold")
             for words in squares.columns.values()]
    top = max(text_height(head, SMALL) for head in heads) + PADDING
    rows = _rows(squares, left, wide)
    page = open_page(Plan(shown, top + sum(height for _, height, _ in rows), left, MARGIN,
                          legend=_legend(squares)))
    for place, head in enumerate(heads):
        page.write(left + (place + 0.5) * wide, top - PADDING - text_height(head, SMALL) / 2,
                   head, size=SMALL, fontweight="bold", ha="center")
    _draw(page, rows, (left, wide, top), squares.palette)
    drawn = ("plot_heatmap", *[darkest] * (darkest == "first"))
    return page.figure(table, _in_words(shown, squares), drawn)


def _turned(squares: Squares, darkest: str) -> Squares:
    """Let the first answer of a scale be the darkest."""
    if darkest == "last" or squares.shades != "answers":
        return squares
    return replace(squares, legend=tuple((words, 1 - place) for words, place in squares.legend),
                   cells={key: replace(cell, shade=1 - cell.shade)
                          for key, cell in squares.cells.items()})


def _legend(squares: Squares) -> list[tuple[str, str]]:
    """Say what the shades mean, where there are any."""
    shaded = any(not np.isnan(cell.shade) for cell in squares.cells.values())
    return [(words, to_hex(squares.palette(place))) for words, place in squares.legend] \
        if shaded else []


def _left(squares: Squares) -> float:
    if paper().above:
        return MARGIN
    widest = max(text_width(words) for words in squares.rows.values())
    return MARGIN + min(widest, WIDEST_NAMES * paper().width) + 0.1


def _rows(squares: Squares, left: float, wide: float) -> list[tuple[str, float, list[Cell]]]:
    """Return name, height and cells of each row, all words wrapped.

    On a narrow page the name stands above, in a row of its own without cells.
    """
    rows, above = [], paper().above
    for key, words in squares.rows.items():
        name = wrap(words, paper().width - 2 * MARGIN if above else left - MARGIN - 0.1)
        cells = [squares.cells.get((key, column), Cell("")) for column in squares.columns]
        cells = [Cell(wrap(cell.words, wide - PADDING, SMALL), cell.shade, cell.faint)
                 for cell in cells]
        heights = [text_height(cell.words, SMALL) for cell in cells]
        if above:
            rows.append((name, text_height(name) + 3 * PADDING, [Cell("")] * len(cells)))
        rows.append(("" if above else name,
                     max([*heights, 0.0 if above else text_height(name)]) + 2 * PADDING, cells))
    return rows


def _draw(
    page: Page, rows: list[tuple[str, float, list[Cell]]], places: tuple[float, float, float],
    palette: Colormap,
) -> None:
    left, wide, y = places
    _shade(page.axes, rows, y, palette)
    for at, (name, height, cells) in enumerate(rows):
        if name and paper().above:  # a name above its row has no cells behind it
            page.axes.broken_barh([(-1, len(cells) + 2)], (at, 1), color=PAPER, zorder=2)
        page.write(MARGIN, y + height / 2 + PADDING * paper().above, name)
        for place, cell in enumerate(cells):
            ink = ink_on(PAPER if np.isnan(cell.shade) else to_hex(palette(cell.shade)))
            look = {"color": SOFT} if cell.faint else {"color": ink}
            page.write(left + (place + 0.5) * wide, y + height / 2, cell.words, size=SMALL,
                       ha="center", **look)
        y += height


def _shade(
    axes: Axes, rows: list[tuple[str, float, list[Cell]]], top: float, palette: Colormap
) -> None:
    """Colour the cells; y counts rows, each as high as its words, after one for the heads."""
    places = np.arange(-1, len(rows) + 1)
    edges = np.cumsum([0, top, *(height for _, height, _ in rows)])
    axes.set_yscale("function", functions=(lambda y: np.interp(y, places, edges),
                                           lambda inches: np.interp(inches, edges, places)))
    sns.heatmap(np.array([[cell.shade for cell in cells] for _, _, cells in rows]),
                vmin=0, vmax=1, cmap=palette, cbar=False, linewidths=0.6, linecolor=RULE,
                antialiased=True, clip_on=False, xticklabels=False, yticklabels=False, ax=axes)
    axes.set_ylim(len(rows), -1)


def _codes(table: Worded) -> Squares:
    """Codes by source, text or group: the count and its base, or the places in one text."""
    frame, language = table.data, table.language
    several = bool((frame["base"] > 1).any())
    most = 1.0 if several else max(frame["mentions"].max(), 1.0)
    cells = {}
    for __, row in frame.iterrows():
        amount = row["n"] / row["base"] if several else row["mentions"] / most
        cells[row["value"], row["row"]] = _counted(row, amount, language, several=several)
    bases = frame.drop_duplicates("row").set_index("row")
    columns = {key: _with_base(table, key, bases.loc[key]) if several else table.words("row", key)
               for key in bases.index}
    rows = {key: table.words("value", key) for key in dict.fromkeys(frame["value"])}
    legend = _share_legend(table) if several else (
        (label("shade_none", language), 0.0),
        (label("shade_most", language, n=number(most, language)), 1.0))
    return Squares(rows, columns, cells, legend)


def _share_legend(table: Worded) -> tuple[tuple[str, float], ...]:
    """Name both ends and the middle of the shades: parts of the base of a column."""
    key = "shade_found" if table.names.by_keywords else "shade_share"
    return tuple((label(key, table.language, share=percentage(place, FINE_BASE, table.language)
                        .replace(decimal_mark(table.language) + "0", "")), place)
                 for place in (0.0, 0.5, 1.0))


def _counted(row: pd.Series, amount: float, language: str, *, several: bool) -> Cell:
    if row["state"] in STATES:
        return Cell(label(f"state_{row['state']}", language), faint=True)
    n = row["n"] if several else row["mentions"]
    few = several and not row["base"] >= FEWEST_SHADED
    shade = UNSHADED if few else 0.0 if pd.isna(amount) else amount
    return Cell(number(n, language) if n or several else "·", shade)


def _with_base(table: Worded, key: str, row: pd.Series) -> str:
    if pd.isna(row["base"]):
        return table.words("row", key)
    base = f"{number(row['base'], table.language)} {table.units_of(row['unit'], row['base'])}"
    return f"{table.words('row', key)} ({base})"


def _answers(table: Worded) -> Squares:
    """Questions by group: the answer, and how far it is on its scale."""
    frame, group = table.data, table.dimensions[-1]
    cells = {}
    for key, part in frame.groupby(["item", group], sort=False, observed=True):
        state = part["state"].iloc[0]
        shade = UNSHADED if state in STATES else _place(table, key[0], list(part["value"]))
        cells[key] = Cell(answer_words(table, part), shade, faint=state in STATES)
    rows = {key: row_words(table, "item", key) for key in dict.fromkeys(frame["item"])}
    columns = {key: head_words(table, key) for key in dict.fromkeys(frame[group])}
    return Squares(rows, columns, cells, _answer_legend(table, list(rows)), "answers")


def _answer_legend(table: Worded, items: list[str]) -> tuple[tuple[str, float], ...]:
    """Name the answers where all questions have one scale; else only its two ends."""
    scales = {tuple(table.words("value", one, item=name) for one in _scale(table, name))
              for name in items} - {()}
    if len(scales) != 1:
        return tuple((label(f"shade_{end}", table.language), place)
                     for end, place in (("first", 0.0), ("last", 1.0)))
    (words,) = scales
    return tuple((word, place / max(len(words) - 1, 1)) for place, word in enumerate(words))


def _scale(table: Worded, name: str) -> list[str]:
    """Return the answers of an item in order; empty where they have none."""
    item = next((one.items[name] for one in table.sources if name in one.items), None)
    if item is not None and item.kind == "ordinal":
        return list(item.values)
    return list(table.names.spoken("scale"))


def _place(table: Worded, name: str, values: list[str]) -> float:
    """Return how far an answer is on the scale of its item, absent without a scale."""
    scale = _scale(table, name)
    return scale.index(values[0]) / max(len(scale) - 1, 1) if values[0] in scale else UNSHADED


def _frequency(table: Worded) -> Squares:
    """Answers by group: the count, shaded by its part of the base of the group."""
    frame, language = table.data, table.language
    if len(table.dimensions) != 1 or frame["item"].nunique() > 1:
        raise DataError(_(
            "{title}: plot_heatmap draws the frequency of one item by one group. Use "
            "frequency(responses, item, by=…).",
            title=table.title))
    group, found = table.dimensions[0], table.names.by_keywords
    cells = {(row["value"], row[group]): _counted(
        row, row["n"] / row["base"] if found else row["share"], language, several=True)
        for _, row in frame.iterrows()}
    bases = frame.drop_duplicates(group).set_index(group)["base"]
    columns = {key: table.words(group, key) if pd.isna(base) else label(
        "with_n", language, words=table.words(group, key), n=number(base, language))
        for key, base in bases.items()}
    rows = {key: table.words("value", key) for key in dict.fromkeys(frame["value"])}
    return Squares(rows, columns, cells, _share_legend(table))


def _crosstab(table: Worded) -> Squares:
    """Two items: the count, shaded by its part of the base."""
    frame, (down, across) = table.data, table.dimensions[:2]
    cells = {(row[down], row[across]): _counted(row, row["share"], table.language, several=True)
             for _, row in frame.iterrows()}
    rows, columns = ({key: table.words(name, key) for key in dict.fromkeys(frame[name])}
                     for name in (down, across))
    return Squares(rows, columns, cells, _share_legend(table))


def _joint(table: Worded) -> Squares:
    """Themes by source: the count, shaded by its part of the base of that source."""
    frame = table.data
    shares = frame["n"] / frame["base"].where(frame["base"] >= FEWEST_SHADED)
    cells = {(row["theme"], row["source"]): Cell(joint_words(table, row.to_frame().T),
                                                 share, faint=row["state"] in STATES)
             for (_, row), share in zip(frame.iterrows(), shares, strict=True)}
    rows = {key: table.words("theme", key) for key in dict.fromkeys(frame["theme"])}
    columns = {key: head_words(table, key) for key in dict.fromkeys(frame["source"])}
    return Squares(rows, columns, cells, _share_legend(table))


READERS: dict[str, Callable[[Table], Squares]] = {
    "joint": _joint,
    "matrix": _codes,
    "answers": _answers,
    "frequency": _frequency,
    "crosstab": _crosstab,
}


def _in_words(table: Worded, squares: Squares) -> str:
    """State every cell: row, column, words."""
    lines = [f"{words}: " + ", ".join(
        f"{head} {squares.cells[key, column].words}"
        for column, head in squares.columns.items() if (key, column) in squares.cells) + "."
        for key, words in squares.rows.items()]
    return " ".join([opening("matrix_chart", table), *lines])
