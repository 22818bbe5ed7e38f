"""Exports of Microsoft Forms: the first sheet of an xlsx file."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from itertools import compress
from typing import Any

from python_calamine import CalamineError

from wbkit.errors import DataError
from wbkit.intake.leaves import filled_sheet
from wbkit.intake.package import check_package
from wbkit.intake.sheet import Sheet, tidy_headings


def read_xlsx(content: bytes, where: str, expected: Collection[str] = ()) -> Sheet:
    """Read the cells of an xlsx file as text.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.
    expected
        Headings that the study names: of several sheets the one that shows most of them is read.

    Returns
    -------
    Sheet
        Text in every cell.

    Raises
    ------
    DataError
        If it is no xlsx file, is protected or damaged, holds no data, has several sheets that
        could be meant, or answers in merged cells.
    """
    hollow = check_package(content, where)
    name, cells, first_row, found = _guarded(lambda: filled_sheet(content, where, expected), where)
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
