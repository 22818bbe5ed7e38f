"""A lock of the operating system: gone when the process ends, however it ends."""

import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt
FAR = 1 << 30  # Windows locks bytes for readers too, so a byte behind the words is locked
CREATED = datetime(2020, 1, 1)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}


def hold(stream: BinaryIO) -> None:
    """Lock an open file until it is closed.

    Parameters
    ----------
    stream
        The file, open for writing.

    Raises
    ------
    OSError
        If another process holds it.
    """
    if fcntl is not None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    stream.seek(FAR)
    msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)


def write_whole(file: Path, content: bytes) -> Path:
    """Write a file so that nobody ever finds half of it.

    Parameters
    ----------
    file
        Its folder is made when it is not there.
    content
        The bytes.

    Returns
    -------
    Path
        The file.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        return part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def new_workbook(file: Path | BinaryIO, **properties: str) -> xlsxwriter.Workbook:
    """Open a workbook in which nothing that somebody wrote becomes a formula or a link.

    Parameters
    ----------
    file
        Where it is written when it is closed.
    properties
        Of the document, such as title.

    Returns
    -------
    xlsxwriter.Workbook
        Without sheets; to be closed by a ``with`` statement.
    """
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": CREATED, **properties})
    return book
