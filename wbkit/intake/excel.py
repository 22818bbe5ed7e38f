"""Exports of Microsoft Forms: the first sheet of an xlsx file."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import compress
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from wbkit.errors import DataError
from wbkit.intake.layout import CountHeads, Grid, Layout
from wbkit.intake.sheet import column_letters
from wbkit.messages import _, counted
from wbkit.text.normalise import did_you_mean, listed, tidy


def _datetime(cell: datetime) -> str:
    return cell.isoformat(sep=" ", timespec="seconds")


def _number(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() else repr(cell)


WRITE: dict[type, Callable[[Any], str]] = {
    bool: lambda cell: str(cell).upper(),
    int: str,
    float: _number,
    datetime: _datetime,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
              RuntimeError, ValueError)  # what zipfile lets through on a damaged package
SHEET_FOLDER = "xl/worksheets/"
MOST_UNPACKED, MOST_TIMES = 100_000_000, 200  # a sheet of 50,000 rows and 50 questions: 17 times
MOST_SEARCHED = 20_000_000  # larger sheets: only the last cell of each row is looked at
MOST_CELLS = 30_000_000  # calamine sets memory aside for every cell up to the last one
CHUNK, LONGEST_ROW = 1 << 20, 1 << 25
ROW_END = b"row>"
CELL = re.compile(rb' r="([A-Z]{1,3})(\d{1,12})"')
ERROR, FORMULA = b' t="e"', b"</f>"
NO_RESULT = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />")
MOST_HEADS = 5  # rows of headings
# what may be no reference: not one or two letters and a row, and no number of a row
DOUBTFUL = re.compile(rb' r="(?![A-Z]{1,2}[1-9]\d{0,5}"|[1-9]\d{0,5}")([^"]{0,20})')
ANY_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"']([^\"'>]{0,20})")
REFERENCE = re.compile(rb"([A-Z]{1,3})?([1-9]\d{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
FAR_CELL = re.compile(rb' r="(?:[A-Z]{3}\d|[A-Z]{1,2}\d{6})')


@dataclass(frozen=True)
class Leaf:
    """One sheet with something on it.

    Parameters
    ----------
    name
        Its name.
    visible
        Whether Excel shows it.
    cells
        Its rows, from the first one that is not empty.
    first
        Number of that row, from 1.
    merged
        Corners of the merged cells, from 0: (row, column), (row, column).
    left
        Place of its first column, from 0.
    """

    name: str
    visible: bool
    cells: list[list[Any]]
    first: int
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    left: int

    def fits(self, expected: Collection[str]) -> int:
        """Return how many of the expected headings it shows."""
        return len({tidy(str(cell)) for cell in self.cells[0]} & set(expected))


def read_xlsx(
    content: bytes, where: str, expected: Collection[str], layout: Layout, count: CountHeads
) -> Grid:
    """Read the cells of an xlsx file as text."""
    hollow = check_package(content, where)
    name, cells, first_row, found = guarded(
        lambda: filled_sheet(content, where, expected, layout), where)
    width = max(map(len, cells))
    heads = [as_text(row) for row in cells[:MOST_HEADS]]
    n = count(heads)
    rows = cells[n:]
    numbers = range(first_row + n, first_row + n + len(rows))
    kept = [any(cell != "" for cell in row) for row in rows]
    rows = list(compress(rows, kept))
    numbers = list(compress(numbers, kept))
    if len(rows) < len(kept):
        found = (*found, counted(len(kept) - len(rows), "empty row was skipped",
                                 "empty rows were skipped"))
    columns = tuple(map(as_text, zip(*rows, strict=True))) if rows else ((),) * width
    return Grid(heads[:n], columns, numbers, (_("sheet {sheet!r}", sheet=name), *found, *hollow))


def as_text(cells: Sequence[Any]) -> list[str]:
    """Return the text of each cell: 7.0 is written 7, a date as ISO, a truth value as TRUE."""
    if set(map(type, cells)) <= {str}:
        return list(cells)
    return [cell if type(cell) is str else WRITE[type(cell)](cell) for cell in cells]


def guarded(read: Callable[[], Any], where: str) -> Any:
    """Turn what calamine raises on a damaged file into a message; it also panics on some."""
    try:
        return read()
    except CalamineError:
        pass
    except BaseException as error:  # a Rust panic is no Exception and has no class to import
        if type(error).__name__ != "PanicException":
            raise
    raise DataError(_(
        "{where}: is damaged: its cells cannot be read. It should be an xlsx file as Forms and "
        "Excel write it. Download it again, or open it in Excel and save it as .xlsx.",
        where=where))


def read_leaves(content: bytes) -> tuple[list[str], list[Leaf]]:
    """Return the names of all sheets of a workbook, and the sheets with something on them."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    leaves = [_leaf(workbook, place) for place in range(len(workbook.sheet_names))]
    return workbook.sheet_names, [leaf for leaf in leaves if leaf]


def filled_sheet(
    content: bytes, where: str, expected: Collection[str], layout: Layout
) -> tuple[str, list[list[Any]], int, tuple[str, ...]]:
    """Return the sheet that holds the answers, from the row of its headings."""
    names, leaves = read_leaves(content)
    if not leaves:
        raise DataError(_(
            "{where}: is an empty workbook. Its first sheet should hold the questions in row 1 "
            "and one answer in each row below. Export it again.",
            where=where))
    chosen = _named(leaves, layout.sheet, where) if layout.sheet else _chosen(
        leaves, names[0], where, expected)
    chosen = _from_headings(chosen, layout.heading_row, where)
    _refuse_merged(chosen, where)
    others = [leaf.name if leaf.visible else _("{sheet} (hidden)", sheet=leaf.name)
              for leaf in leaves if leaf.name != chosen.name]
    found = (_("not read, other sheets with data: {sheets}", sheets=listed(others)),) \
        if others else ()
    if chosen.name != names[0] and not others and not layout.sheet:
        found = (_("the first sheet is empty"),)
    return chosen.name, chosen.cells, chosen.first, found


def _named(leaves: Sequence[Leaf], name: str, where: str) -> Leaf:
    """Return the sheet that study.toml names."""
    for leaf in leaves:
        if tidy(leaf.name) == tidy(name):
            return leaf
    names = [leaf.name for leaf in leaves]
    raise DataError(_(
        "{where}: has no sheet {name!r} with cells; it has {names}. {hint} Correct sheet in "
        "study.toml.",
        where=where, name=name, names=listed(map(repr, names)),
        hint=did_you_mean(name, names) or _("Choose one of these.")))


def _from_headings(leaf: Leaf, row: int | None, where: str) -> Leaf:
    """Leave out what stands above the headings."""
    if row is None or row <= leaf.first:
        return leaf
    if row >= leaf.first + len(leaf.cells):
        raise DataError(_(
            "{where}: heading_row = {row}, and sheet {sheet!r} ends at row {last}. Correct "
            "heading_row in study.toml.",
            where=where, row=row, sheet=leaf.name, last=leaf.first + len(leaf.cells) - 1))
    return replace(leaf, cells=leaf.cells[row - leaf.first:], first=row)


def _leaf(workbook: CalamineWorkbook, place: int) -> Leaf | None:
    sheet, about = workbook.get_sheet_by_index(place), workbook.sheets_metadata[place]
    if sheet.start is None:
        return None
    return Leaf(sheet.name, about.visible == SheetVisibleEnum.Visible, sheet.to_python(),
                sheet.start[0] + 1, sheet.merged_cell_ranges or (), sheet.start[1])


def _chosen(
    leaves: Sequence[Leaf], first: str, where: str, expected: Collection[str]
) -> Leaf:
    """Return the only sheet, the one that fits best, or the first one."""
    best = max(leaf.fits(expected) for leaf in leaves)
    fitting = [leaf for leaf in leaves if leaf.fits(expected) == best]
    fitting = [leaf for leaf in fitting if leaf.visible] or fitting
    if len(fitting) == 1 or fitting[0].name == first:
        return fitting[0]
    names = listed(repr(leaf.name) for leaf in fitting)
    if best and first in {leaf.name for leaf in leaves}:
        raise DataError(_(
            "{where}: the sheets {sheets} all show the headings of study.toml. Only one can hold "
            "the answers that count. Save that sheet as a workbook of its own.",
            where=where, sheets=names))
    if leaves[0].name == first:
        raise DataError(_(
            "{where}: its first sheet is hidden, and {sheets} hold data. Only one sheet should. "
            "Save the sheet with the answers as a workbook of its own.",
            where=where, sheets=names))
    raise DataError(_(
        "{where}: its first sheet is empty, and {sheets} hold data. Only one sheet should. Save "
        "the sheet with the answers as a workbook of its own.",
        where=where, sheets=names))


def _refuse_merged(leaf: Leaf, where: str) -> None:
    """Refuse an answer that stands in merged cells: the other rows have lost theirs."""
    ranges = [((top, left), (bottom, right)) for (top, left), (bottom, right) in leaf.merged
              if top >= leaf.first and _cell(leaf, top, left) not in ("", None)]
    if ranges:
        names = listed(f"{_address(*start)}:{_address(*end)}" for start, end in ranges)
        raise DataError(_(
            "{where}, sheet {sheet!r}: the cells {cells} are merged, so only the first of them "
            "holds an answer. In a copy: undo the merge in Excel, give each row its own answer, "
            "and name the copy in file in study.toml.",
            where=where, sheet=leaf.name, cells=names))


def _cell(leaf: Leaf, row: int, column: int) -> Any:
    above = row + 1 - leaf.first
    line = leaf.cells[above] if 0 <= above < len(leaf.cells) else ()
    place = column - leaf.left
    return line[place] if 0 <= place < len(line) else ""


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def check_package(content: bytes, where: str) -> tuple[str, ...]:
    """Refuse what is no whole xlsx file, before a reader gets to see it."""
    if content.startswith(OLD_OFFICE_START):
        raise _closed(content, where)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_size(package, len(content), where)
            hollow = Counter()
            for name in package.namelist():
                if name.lower().startswith(SHEET_FOLDER) and name.lower().endswith(".xml"):
                    hollow += _check_sheet(package, name, where)
    except DataError:
        raise
    except UNREADABLE:
        raise DataError(_(
            "{where}: is not a whole xlsx file. It should be one as Forms and Excel write it. "
            'Download it again; if it is a csv file, write format = "csv" in study.toml.',
            where=where)) from None
    return tuple(HOLLOW[what](n) for what, n in hollow.items())


def _closed(content: bytes, where: str) -> DataError:
    if ENCRYPTED in content:
        return DataError(_(
            "{where}: is protected with a password. It should be an .xlsx file that opens without "
            "a password. Open it in Excel and save it so.",
            where=where))
    return DataError(_(
        "{where}: is an old .xls file. It should be an .xlsx file that opens without a password. "
        "Open it in Excel and save it so.",
        where=where))


def _check_size(package: zipfile.ZipFile, packed: int, where: str) -> None:
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > max(MOST_UNPACKED, MOST_TIMES * packed):
        raise DataError(_(
            "{where}: unpacks to {size} MB, {times} times its size. A survey stays under {most} "
            "times. This is not an export; do not open it.",
            where=where, size=unpacked // 1_000_000, times=unpacked // packed, most=MOST_TIMES))


def _check_sheet(package: zipfile.ZipFile, name: str, where: str) -> Counter[str]:
    """Refuse a sheet that cannot be read as it stands; count its cells without a value."""
    hollow: Counter[str] = Counter()
    rows = columns = 0
    small = package.getinfo(name).file_size < MOST_SEARCHED
    for part in _parts(package, name):
        _check_references(part, where)
        for row, column in _row_ends(part):
            if row <= rows:
                raise DataError(_(
                    "{where}: its row {row} stands there twice, or after row {before}. The file "
                    "is damaged. Download it again, or open it in Excel and save it as .xlsx.",
                    where=where, row=row, before=rows))
            rows, columns = row, max(columns, column)
        _check_extent(rows, columns, part if small else b"", where)
        hollow += _hollow(part)
    return hollow


def _check_references(part: bytes, where: str) -> None:
    """Refuse a place that no sheet has: calamine would end this Python over it."""
    cells, rows = part.count(b'<c r="'), part.count(b'<row r="')
    plain = (cells == part.count(b"<c") and rows == part.count(b"<row")
             and cells + rows == part.count(b' r="')
             and b":c" not in part and b":row" not in part)  # as Excel and Forms write them
    for found in (DOUBTFUL if plain else ANY_CELL).finditer(part):
        place = REFERENCE.fullmatch(found[1])
        if place is None or int(place[2]) > LAST_ROW or _place(place[1] or b"") > LAST_COLUMN:
            written = found[1].decode(errors="replace")
            raise DataError(_(
                "{where}: holds a cell at {place!r}, and a sheet goes from A1 to XFD1048576. The "
                "file is damaged. Download it again, or open it in Excel and save it as .xlsx.",
                where=where, place=written))


def _hollow(part: bytes) -> Counter[str]:
    """Count the cells that a reader takes for empty although something stands there."""
    return Counter({
        "error": part.count(ERROR),
        "formula": sum(map(part.count, NO_RESULT)) if FORMULA in part else 0,
    })


HOLLOW: dict[str, Callable[[int], str]] = {  # what a reader takes for empty
    "error": lambda n: counted(
        n, "cell holds an Excel error (such as #N/A) and is read as empty",
        "cells hold an Excel error (such as #N/A) and are read as empty"),
    "formula": lambda n: counted(n, "cell holds a formula without a result and is read as empty",
                                 "cells hold a formula without a result and are read as empty"),
}


def _check_extent(rows: int, columns: int, part: bytes, where: str) -> None:
    """Refuse a stray cell so far away that reading the sheet would fill the memory."""
    if FAR_CELL.search(part):
        cells = [(int(cell[2]), _place(cell[1])) for cell in CELL.finditer(part)]
        rows = max(rows, *(row for row, _ in cells))
        columns = max(columns, *(column for _, column in cells))
    if rows * columns > MOST_CELLS:
        raise DataError(_(
            "{where}: its sheet reaches to row {row} and column {column}, {cells:,} cells; at most "
            "{most:,} can be read. Delete the empty rows and columns behind the answers in Excel, "
            "or save the sheet as csv.",
            where=where, row=rows, column=columns, cells=rows * columns, most=MOST_CELLS))


def _parts(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Read a part of the package in pieces of whole rows."""
    rest = b""
    with package.open(name) as stream:
        while chunk := stream.read(CHUNK):
            whole = rest + chunk
            end = whole.rfind(ROW_END)
            end = end + len(ROW_END) if end >= 0 else len(whole) * (len(whole) > LONGEST_ROW)
            rest = whole[end:]
            yield whole[:end]
    yield rest


def _row_ends(part: bytes) -> Iterator[tuple[int, int]]:
    """Return row and column of the last cell of each row."""
    for row in part.split(ROW_END):
        cell = CELL.match(row[row.rfind(b' r="'):]) if b' r="' in row else None
        if cell:
            yield int(cell[2]), _place(cell[1])


@cache
def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + letter - ord("A") + 1
    return place
