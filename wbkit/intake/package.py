"""Whether an xlsx file can be given to its reader: a package that is whole and not absurd."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache

from wbkit.errors import DataError

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
FAR_CELL = re.compile(rb' r="(?:[A-Z]{3}\d|[A-Z]{1,2}\d{6})')


def check_package(content: bytes, where: str) -> tuple[str, ...]:
    """Refuse what is no whole xlsx file, before a reader gets to see it.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

    Returns
    -------
    tuple of str
        What a reader of the cells cannot see: Excel errors and formulas without a result.

    Raises
    ------
    DataError
        If it is protected, old, damaged, or far larger than its content can be.
    """
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
        raise DataError(
            f"{where}: is not a whole xlsx file. It should be one as Forms and Excel write it. "
            'Download it again; if it is a csv file, write format = "csv" in study.toml.'
        ) from None
    return tuple(f"{count} cells hold {what} and are read as empty"
                 for what, count in hollow.items())


def _closed(content: bytes, where: str) -> DataError:
    what = "is protected with a password" if ENCRYPTED in content else "is an old .xls file"
    return DataError(
        f"{where}: {what}. It should be an .xlsx file that opens without a password. "
        "Open it in Excel and save it so."
    )


def _check_size(package: zipfile.ZipFile, packed: int, where: str) -> None:
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > max(MOST_UNPACKED, MOST_TIMES * packed):
        raise DataError(
            f"{where}: unpacks to {unpacked // 1_000_000} MB, {unpacked // packed} times its size. "
            f"A survey stays under {MOST_TIMES} times. This is not an export; do not open it."
        )


def _check_sheet(package: zipfile.ZipFile, name: str, where: str) -> Counter[str]:
    """Refuse a sheet that cannot be read as it stands; count its cells without a value."""
    hollow: Counter[str] = Counter()
    rows = columns = 0
    small = package.getinfo(name).file_size < MOST_SEARCHED
    for part in _parts(package, name):
        for row, column in _row_ends(part):
            if row <= rows:
                raise DataError(
                    f"{where}: its row {row} stands there twice, or after row {rows}. The file is "
                    "damaged. Download it again, or open it in Excel and save it as .xlsx."
                )
            rows, columns = row, max(columns, column)
        _check_extent(rows, columns, part if small else b"", where)
        hollow += _hollow(part)
    return hollow


def _hollow(part: bytes) -> Counter[str]:
    """Count the cells that a reader takes for empty although something stands there."""
    return Counter({
        "an Excel error (such as #N/A)": part.count(ERROR),
        "a formula without a result": sum(map(part.count, NO_RESULT)) if FORMULA in part else 0,
    })


def _check_extent(rows: int, columns: int, part: bytes, where: str) -> None:
    """Refuse a stray cell so far away that reading the sheet would fill the memory."""
    if FAR_CELL.search(part):
        cells = [(int(cell[2]), _place(cell[1])) for cell in CELL.finditer(part)]
        rows = max(rows, *(row for row, _ in cells))
        columns = max(columns, *(column for _, column in cells))
    if rows * columns > MOST_CELLS:
        raise DataError(
            f"{where}: its sheet reaches to row {rows} and column {columns}, "
            f"{rows * columns:,} cells; at most {MOST_CELLS:,} can be read. Delete the empty rows "
            "and columns behind the answers in Excel, or save the sheet as csv."
        )


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
