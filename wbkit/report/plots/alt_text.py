"""What a figure shows, in words for who cannot see it."""

from collections.abc import Sequence

import pandas as pd

from wbkit.labels import SMALLEST_BASE, label
from wbkit.messages import listing, number
from wbkit.report.plots.bar_rows import strip_words
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.statistic_layouts import grid
from wbkit.table.words import Worded


def bars_in_words(table: Worded, found: pd.DataFrame) -> str:
    """State the data of a bar chart."""
    groups = [
        _group(["block_words", "series_words"], part, "row_words", table)
        for _, part in found.groupby(["block", "series"], sort=False)
    ]
    return " ".join([opening("bar_chart", table), *groups])


def rows_in_words(table: Worded, found: pd.DataFrame, kind: str) -> str:
    """State the data of a chart with one bar of segments for each row."""
    groups = [
        _group(["block_words", "row_words"], part, "value", table)
        for _, part in found.groupby(["block", "row"], sort=False)
    ]
    return " ".join([opening(kind, table), *groups])


def dots_in_words(table: Worded, data: pd.DataFrame, axis: str = "") -> str:
    """State the data of a figure with one dot in each row."""
    parts = [f"{name}: {words}" for name, words in zip(data["name"], data["words"], strict=True)]
    start = f"{axis}: " if axis else ""
    return f"{opening('dot_chart', table)} {start}{listing(parts, table.language)}."


def grid_in_words(table: Worded, kind: str) -> str:
    """State the data of a figure that stands in rows and columns as its Table does."""
    shown = grid(table)
    heads = shown.header[shown.stub:]
    rows = []
    for row in shown.rows:
        cells = [f"{head} {cell}" for head, cell in zip(heads, row[shown.stub:], strict=True)
                 if cell]
        rows.append(f"{', '.join(filter(None, row[:shown.stub]))}: {', '.join(cells)}.")
    return " ".join([opening(kind, table), *rows])


def opening(kind: str, table: Worded) -> str:
    """Name the kind of figure, and its title."""
    return f"{label(kind, table.language)}. {_closed(table.title)}"


def _group(names: Sequence[str], part: pd.DataFrame, column: str, table: Worded) -> str:
    """Write one group: its name, its counts, its base."""
    language, bases = table.language, part["base"].dropna().unique()
    counts = [f"{strip[column]} {_count(strip, language)}" for _, strip in part.iterrows()]
    name = ", ".join(filter(None, (part[one].iloc[0] for one in names)))
    start = f"{name}: " if name and name != table.title else ""
    base = _base(bases[0], table) if len(bases) == 1 and part["named"].all() else ""
    return f"{start}{', '.join(counts)}. {base}".strip()


def _count(strip: pd.Series, language: str) -> str:
    if strip["state"] == HIDDEN:
        return label("not_shown", language)
    if strip["state"] not in STATES and strip["named"] and strip["base"] < SMALLEST_BASE:
        return number(strip["n"], language)
    return strip_words(strip, language)


def _base(base: float, table: Worded) -> str:
    key = "alt_searched" if table.names.by_keywords else "alt_base"
    return label(key, table.language, base=number(base, table.language),
                 units=table.units[0 if base == 1 else 1])


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
