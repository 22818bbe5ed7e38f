"""A Table as an Excel sheet: printed words, real numbers, no formulas."""

import io
from typing import Any

import pandas as pd

from wbkit.labels import FINE_BASE, SMALLEST_BASE, label
from wbkit.table.layout import HIDDEN, SHARES, STATES, column_words
from wbkit.table.render import caption_lines
from wbkit.table.table import Table
from wbkit.workbooks import new_workbook

WIDEST, FIRST_ROW = 60, 2
WORDS = "words"
WHOLE, DECIMALS, PERCENT, EXACT_PERCENT = "#,##0", "#,##0.00", "0%", "0.0%"


def workbook(table: Table) -> bytes:
    """Return a Table as an xlsx file: title, one row for each number, and what stands below it.

    Parameters
    ----------
    table
        The Table.

    Returns
    -------
    bytes
        The same bytes for the same Table. Text that looks like a formula stays text.
    """
    stream = io.BytesIO()
    with new_workbook(stream, title=table.title) as book:
        _fill(book, book.add_worksheet(label("sheet", table.language)), table)
    return stream.getvalue()


def _fill(book: Any, sheet: Any, table: Table) -> None:
    """Write title, headings, rows and the lines below."""
    bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1})
    looks = {look: book.add_format({"num_format": look, "valign": "top", "align": "right"})
             for look in (WHOLE, DECIMALS, PERCENT, EXACT_PERCENT)}
    looks[WORDS] = book.add_format({"text_wrap": True, "valign": "top"})
    columns = [name for name in table.data.columns if _is_shown(table.data, name)]
    sheet.write_string(0, 0, table.title, bold)
    for place, name in enumerate(columns):
        words = column_words(table, name)
        sheet.write_string(FIRST_ROW, place, words, head)
        sheet.set_column(place, place, _width(table, name, words))
    for line, (_, row) in enumerate(table.data.iterrows(), start=FIRST_ROW + 1):
        for place, name in enumerate(columns):
            _write(sheet, (line, place), *cell_of(table, name, row), looks)
    sheet.freeze_panes(FIRST_ROW + 1, 0)
    for line, words in enumerate(caption_lines(table), start=FIRST_ROW + 2 + len(table.data)):
        sheet.write_string(line, 0, words)


def _write(
    sheet: Any, place: tuple[int, int], cell: str | float, look: str, looks: dict[str, Any]
) -> None:
    """Write words as words, whatever they begin with, and a number as a number."""
    if isinstance(cell, str) and cell:
        sheet.write_string(*place, cell, looks[look])
    elif not isinstance(cell, str):
        sheet.write_number(*place, cell, looks[look])


def cell_of(table: Table, column: str, row: pd.Series) -> tuple[str | float, str]:
    """Return what a cell holds, and how Excel shows it.

    Parameters
    ----------
    table
        Gives the printed words.
    column, row
        Where the cell stands in its data.

    Returns
    -------
    tuple
        Words or a number, and how it looks: a number format or ``WORDS``.
    """
    value = row[column]
    if pd.isna(value):
        hidden = row.get("state") in STATES and column == "n"
        return (label(f"state_{row['state']}", table.language), WHOLE) if hidden else ("", WHOLE)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return table.words(column, value, item=row.get("item")), WORDS
    if column not in SHARES:
        return value, WHOLE if float(value).is_integer() else DECIMALS
    base = row.get("population" if column in OF_POPULATION else "base", FINE_BASE)
    if base < SMALLEST_BASE:
        return "", WHOLE
    return value, EXACT_PERCENT if base >= FINE_BASE else PERCENT


OF_POPULATION = ("coverage", "share_population")


def _is_shown(frame: pd.DataFrame, column: str) -> bool:
    if column == "state":
        return False
    return bool(frame[column].notna().any()) or (
        column == "n" and "state" in frame and HIDDEN in set(frame["state"]))


def _width(table: Table, column: str, words: str) -> int:
    if pd.api.types.is_numeric_dtype(table.data[column]):
        return max(12, len(words) + 2)
    longest = max((len(table.words(column, key)) for key in table.data[column]), default=0)
    return min(WIDEST, max(longest, len(words)) + 2)
