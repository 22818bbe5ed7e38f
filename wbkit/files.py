"""Files that are written whole or not at all, and locks that end with the process."""

import contextlib
import errno
import io
import itertools
import os
import re
import stat
import subprocess
import time
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from filelock import lock_descriptor

from wbkit.messages import _

if TYPE_CHECKING:
    from docx.document import Document
    from xlsxwriter import Workbook

MOST_BYTES = 500_000_000  # a million answers to thirty questions take 200 MB
WAITS = (0.1, 0.3, 0.6)  # seconds: OneDrive and virus scanners hold a new file for a moment
LONGEST_PATH = 259  # what Windows takes, unless it was told otherwise
NOT_ON_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
COUNT = itertools.count()  # threads of one process never share an unfinished file
UNFINISHED = re.compile(r"\.(\d{1,10})-\d+\.part$")
CREATED = datetime(2020, 1, 1)
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}
IGNORED, NO_REPOSITORY = 0, 128  # what `git check-ignore` ends with
Result = TypeVar("Result")


class InUse(PermissionError):
    """Another program kept a file open for as long as was waited for it."""


def hold(stream: BinaryIO) -> None:
    """Lock an open file until it is closed.

    Parameters
    ----------
    stream
        The file, open for writing. Where it is locked, Windows lets nobody else read its first
        byte.

    Raises
    ------
    OSError
        If another process holds it.
    """
    if not lock_descriptor(stream.fileno(), blocking=False):
        raise BlockingIOError(_("{file}: is locked by another program.", file=stream.name))


def read_regular(file: Path) -> bytes:
    """Read a file, but no device or pipe, which may never end.

    One that another program has open is tried again for a second.

    Parameters
    ----------
    file
        The file.

    Returns
    -------
    bytes
        What it holds.

    Raises
    ------
    OSError
        If it cannot be read, is no file, or is larger than any export.
    """
    about = file.stat()
    if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
        raise OSError(errno.EINVAL, _("it is a device, a pipe or a socket, and no file"),
                      str(file))
    if about.st_size > MOST_BYTES:
        raise OSError(errno.EFBIG, _(
            "it is larger than {megabytes} MB", megabytes=MOST_BYTES // 1_000_000), str(file))
    return _patiently(file.read_bytes)


def write_whole(file: Path, content: bytes, *, durable: Path | None = None) -> Path:
    """Write a file so that nobody ever finds half of it.

    Parameters
    ----------
    file
        Its folder is made when it is not there.
    content
        The bytes.
    durable
        A folder on the same disk in which the file waits until the bytes have reached the disk:
        after a power cut `file` is the old one or the new one. Left out, it waits beside `file`,
        and not for the disk.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InUse
        If another program, such as Excel, still has `file` open after a second.
    """
    waiting = durable or file.parent
    part = waiting / f".{file.name}.{os.getpid()}-{next(COUNT)}.part"
    for folder in {waiting, file.parent}:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        return move(part, file)
    finally:
        part.unlink(missing_ok=True)


def move(origin: Path, target: Path) -> Path:
    """Give a file or folder another name, and wait a second for a program that has it open.

    Parameters
    ----------
    origin
        The file or folder.
    target
        Its new name; a file of that name is replaced.

    Returns
    -------
    Path
        The new name.

    Raises
    ------
    InUse
        If another program still has one of the two open.
    """
    try:
        return _patiently(lambda: origin.replace(target))
    except PermissionError as fault:
        raise InUse(errno.EACCES, _("another program has it open (Excel, OneDrive?)"),
                    str(target)) from fault


def _patiently(action: Callable[[], Result]) -> Result:
    for seconds in WAITS:
        with contextlib.suppress(PermissionError):
            return action()
        time.sleep(seconds)
    return action()


def as_spelled(path: Path) -> Path:
    """Find a file by its name, whichever way the accents in it are stored.

    A Mac, and OneDrive after it, can store the ê of a name as two signs.

    Parameters
    ----------
    path
        A file or folder.

    Returns
    -------
    Path
        The one that is there; `path` itself when there is none.
    """
    if str(path).isascii() or path.exists() or path.parent == path:
        return path
    folder = as_spelled(path.parent)
    meant = unicodedata.normalize("NFC", path.name)
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    same = [name for name in names if unicodedata.normalize("NFC", name) == meant]
    return folder / min(same, default=path.name)


def is_reserved(name: str) -> bool:
    """Whether Windows keeps this name for a device, as it does con and aux.

    Parameters
    ----------
    name
        Of a file or folder, with or without an ending.

    Returns
    -------
    bool
        Also true of ``aux.txt``, and in capitals.
    """
    return bool(NOT_ON_WINDOWS.fullmatch(name))


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed process left half-written in a folder.

    Parameters
    ----------
    folder
        A file that another process is still writing stays.
    """
    for part in folder.glob(".*.part"):
        found = UNFINISHED.search(part.name)
        if found and not _is_running(int(found[1])):
            with contextlib.suppress(OSError):  # Windows keeps what is still being written
                part.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":  # there the signal 0 ends a process
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def new_workbook(file: Path | BinaryIO, **properties: str) -> "Workbook":
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
    from xlsxwriter import Workbook  # noqa: PLC0415 - who reads needs it never

    book = Workbook(file, OPTIONS)
    book.set_properties({"created": CREATED, **properties})
    return book


def word_bytes(document: "Document") -> bytes:
    """Return the bytes of a Word document, the same for the same words."""
    stream, packed = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(packed, "w") as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), made.read(name),
                             zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def is_outside_git(folder: Path, files: Sequence[str]) -> bool:
    """Whether git keeps none of these files; in doubt it does.

    Parameters
    ----------
    folder
        A folder, which need not be there yet.
    files
        Names of files from that folder, which need not be there either.

    Returns
    -------
    bool
        True where no repository holds the folder, or it ignores each of the files.
    """
    there = folder.resolve()
    while not there.is_dir():
        there = there.parent
    if not any((one / ".git").exists() for one in (there, *there.parents)):
        return True
    try:
        asked = subprocess.run(
            ["git", "check-ignore", *(str(folder.resolve() / name) for name in files)],
            cwd=there, capture_output=True, check=False)
    except OSError:  # without git nobody can say, so it is kept
        return False
    every = len(asked.stdout.splitlines()) == len(files)
    return asked.returncode == NO_REPOSITORY or (asked.returncode == IGNORED and every)
