"""Exports of Microsoft Forms: the first sheet of an xlsx file."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import compress
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from wbkit.basis.text import listed
from wbkit.errors import DataError
from wbkit.intake.package import check_package
from wbkit.intake.sheet import Sheet, tidy_headings


def read_xlsx(content: bytes, where: str) -> Sheet:
    """Read the cells of an xlsx file as text.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

    Returns
    -------
    Sheet
        The first sheet, or the only one that holds data.

    Raises
    ------
    DataError
        If it is no xlsx file, is protected or damaged, or holds no data.
    """
    hollow = check_package(content, where)
    name, cells, first_row, found = _guarded(lambda: _filled_sheet(content, where), where)
    headings, *rows = cells
    width = max(map(len, cells))
    numbers = range(first_row + 1, first_row + 1 + len(rows))
    kept = [any(cell != "" for cell in row) for row in rows]
    rows = list(compress(rows, kept))
    numbers = list(compress(numbers, kept))
    if len(rows) < len(kept):
        found = (*found, f"{len(kept) - len(rows)} empty rows were skipped")
    columns = tuple(map(as_text, zip(*rows, strict=True))) if rows else ((),) * width
    return Sheet(tidy_headings(as_text(headings), where), columns, numbers,
                 (f"sheet {name!r}", *found, *hollow))


def as_text(cells: Sequence[Any]) -> list[str]:
    """Return the text of each cell: 7.0 is written 7, a date as ISO, a truth value as TRUE.

    Parameters
    ----------
    cells
        Values of one column.

    Returns
    -------
    list of str
        One text for each cell.
    """
    if set(map(type, cells)) <= {str}:
        return list(cells)
    return [cell if type(cell) is str else WRITE[type(cell)](cell) for cell in cells]


def _number(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() else repr(cell)


def _datetime(cell: datetime) -> str:
    return cell.isoformat(sep=" ", timespec="seconds")


WRITE: dict[type, Callable[[Any], str]] = {
    bool: lambda cell: str(cell).upper(),
    int: str,
    float: _number,
    datetime: _datetime,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def _guarded(read: Callable[[], Any], where: str) -> Any:
    """Turn what calamine raises on a damaged file into a message; it also panics on some."""
    try:
        return read()
    except CalamineError:
        pass
    except BaseException as error:  # a Rust panic is no Exception and has no class to import
        if type(error).__name__ != "PanicException":
            raise
    raise DataError(
        f"{where}: is damaged: its cells cannot be read. It should be an xlsx file as Forms "
        "and Excel write it. Download it again, or open it in Excel and save it as .xlsx."
    )


def _filled_sheet(content: bytes, where: str) -> tuple[str, list[list[Any]], int, tuple[str, ...]]:
    """Return name, cells and number of the first row of the sheet to read."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    filled = []
    for place, name in enumerate(workbook.sheet_names):
        sheet = workbook.get_sheet_by_index(place)
        if sheet.start is not None:
            filled.append(name)
            chosen = (name, sheet.to_python(), sheet.start[0] + 1)
        if filled and (place == 0 or len(filled) > 1):
            break
    if len(filled) == 1:
        skipped = () if place == 0 else ("the first sheet is empty",)
        return *chosen, skipped
    if not filled:
        raise DataError(
            f"{where}: is an empty workbook. Its first sheet should hold the questions in row 1 "
            "and one answer in each row below. Export it again."
        )
    raise DataError(
        f"{where}: its first sheet is empty, and {listed(map(repr, filled))} hold data. Only one "
        "sheet should. Save the sheet with the answers as a workbook of its own."
    )
