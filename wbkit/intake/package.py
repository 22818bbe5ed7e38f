"""Whether an xlsx file can be given to its reader: a package that is whole and not absurd."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from wbkit.errors import DataError

ZIP_START, OLD_OFFICE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SHEET_FOLDER = "xl/worksheets/"
MOST_UNPACKED, MOST_TIMES = 100_000_000, 200  # a sheet of 50,000 rows and 50 questions: 17 times
MOST_CELLS = 30_000_000  # calamine sets memory aside for every cell up to the last one
CHUNK = 1 << 20
ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
FAR_ROW = re.compile(rb' r="[A-Z]{1,3}(\d{5,})"')
COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')


def check_package(content: bytes, where: str) -> None:
    """Refuse what is no whole xlsx file, before a reader gets to see it.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

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
            for name in package.namelist():
                if name.lower().startswith(SHEET_FOLDER) and name.lower().endswith(".xml"):
                    _check_extent(package, name, where)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError):
        raise DataError(
            f"{where}: is not a whole xlsx file. It should be one as Forms and Excel write it. "
            'Download it again; if it is a csv file, write format = "csv" in study.toml.'
        ) from None


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


def _check_extent(package: zipfile.ZipFile, name: str, where: str) -> None:
    """Refuse a sheet with a stray cell so far away that reading it would fill the memory."""
    rows, letters = 0, {b"A"}
    for part in _parts(package, name):
        found = [*ROW.findall(part), *FAR_ROW.findall(part)]
        rows = max(rows, *map(_count, found)) if found else rows
        letters.update(COLUMN.findall(part))
    columns = max(map(_place, letters))
    if rows * columns > MOST_CELLS:
        raise DataError(
            f"{where}: its sheet reaches to row {rows} and column {columns}, "
            f"{rows * columns:,} cells; at most {MOST_CELLS:,} can be read. Delete the empty rows "
            "and columns behind the answers in Excel, or save the sheet as csv."
        )


def _parts(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Read a part of the package in pieces that end before a tag."""
    rest = b""
    with package.open(name) as stream:
        while chunk := stream.read(CHUNK):
            whole = rest + chunk
            end = whole.rfind(b"<") if len(whole) < 4 * CHUNK else len(whole)
            rest = whole[end:] if end > 0 else whole
            yield whole[:max(end, 0)]
    yield rest


def _count(digits: bytes) -> int:
    return int(digits[:12])


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + letter - ord("A") + 1
    return place
