"""Where the files of a study stand, their hashes and their rows."""

import csv
import errno
import hashlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from wbkit.errors import DataError
from wbkit.files import LONGEST_PATH, InUse, write_whole
from wbkit.messages import Told, _, counted, mark, shown
from wbkit.study.study import Study
from wbkit.text.normalise import cut, did_you_mean

INPUTS = "inputs.csv"
INPUT_COLUMNS = ("file", "sha256", "rows")
CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")  # what git leaves where two changes meet
RESTORE = mark("Restore the file with git, or accept the results again.")
CELL_SECONDS = 300  # time limit of one notebook cell
REASONS = {  # what the system says of a file, by its number
    errno.ENOENT: mark("No such file or directory"), errno.EACCES: mark("Permission denied"),
    errno.EPERM: mark("Operation not permitted"), errno.EISDIR: mark("Is a directory"),
    errno.ENOTDIR: mark("Not a directory"), errno.EEXIST: mark("File exists"),
    errno.ENOSPC: mark("No space left on device"), errno.EROFS: mark("Read-only file system"),
    errno.ENAMETOOLONG: mark("File name too long"), errno.EMFILE: mark("Too many open files"),
    errno.ENOTEMPTY: mark("Directory not empty"), errno.EIO: mark("Input/output error"),
}


def sha256(path: Path) -> str:
    """Return the sha256 of the bytes of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def text_sha256(path: Path) -> str:
    """Return the sha256 of a text file, the same when git changed its line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def hash_text(text: str) -> str:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def count_rows(path: Path) -> int:
    """Return the number of records of a csv file below its heading."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return max(0, sum(1 for _ in csv.reader(stream)) - 1)


def write_json(path: Path, content: Any) -> None:
    """Write JSON with sorted keys and a line end."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_whole(path, text.encode())


def read_json(path: Path) -> dict[str, Any]:
    """Read JSON that wbkit wrote."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError too
        content = None
    if not isinstance(content, dict):
        raise DataError(_(
            "{file}: is damaged: it does not hold what wbkit wrote. wbkit makes this file; remove "
            "it and give the command again.",
            file=path.name))
    return content


def notebooks_folder(study: Study, folder: Path | None = None) -> Path:
    """Return the folder of the notebooks: the one asked for, or the one beside the data."""
    if folder is not None and not folder.is_dir():
        raise DataError(_(
            "{folder}: there is no such folder of notebooks. Correct --notebooks.",
            folder=folder))
    return folder or root(study) / "notebooks"


def list_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in the order in which they run."""
    return sorted(folder.glob("[!.]*.ipynb"))


def root(study: Study) -> Path:
    """Return the folder that holds the data folder, the notebooks and the results."""
    return study.file.resolve().parent.parent


def expected_folder(study: Study) -> Path:
    """Return the folder of the accepted results."""
    return study.folder / "expected"


def require_there(path: Path) -> None:
    """Refuse a path that somebody typed where nothing stands, and say what could be meant."""
    if path.exists():
        return
    if "\\" in str(path) and os.sep == "/":
        hint = _("Write / between folders.")
    else:
        names = [one.name for one in path.parent.glob("[!.~]*")] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, names) or _("Put the file there, or correct the path.")
    raise DataError(_("{path}: there is no such file or folder. {hint}", path=path, hint=hint))


def in_command(name: str) -> str:
    """Write a name so that it can be pasted in a command: one with spaces in quotes."""
    return f'"{name}"' if re.search(r"\s", name) else name


def file_fault(fault: OSError) -> str:
    """Say what is wrong with a file or folder, and what to do."""
    name = fault.filename2 or fault.filename  # of a move: where to
    where = shown(Path(name)) if name else _("a file")
    signs = len(str(Path(name).absolute())) if name else 0
    absent = isinstance(fault, FileNotFoundError)  # what Windows says of a path that is too long
    if signs > LONGEST_PATH and (absent or fault.errno == errno.ENAMETOOLONG):
        return _(
            "{where}: its name with all folders has {n} signs, and Windows takes {most}. Move the "
            "study to a folder with a shorter name, such as C:/onderzoek, and give the command "
            "again.",
            where=where, n=signs, most=LONGEST_PATH)
    advice = {
        InUse: _("Close it in Excel, or wait until OneDrive is done, and give the command again."),
        PermissionError: _(
            "Close the program that has it open (Excel?), or ask for the right to read and write "
            "it, and give the command again."),
        FileNotFoundError: _("Put it there, or correct the path, and give the command again."),
        IsADirectoryError: _("Give a file, not a folder, and give the command again."),
        NotADirectoryError: _("Give a folder, not a file, and give the command again."),
        FileExistsError: _("Give a folder, not a file, and give the command again."),
    }.get(type(fault), _("Look whether the disk is full and the folder can be written, and give "
                         "the command again."))
    return _("{where}: {reason}. {advice}", where=where, reason=reason(fault), advice=advice)


def reason(fault: OSError) -> str:
    """Say in the language of messages what the system says of a file."""
    said = fault.strerror or str(fault)
    of_system = getattr(fault, "winerror", None) or said == os.strerror(fault.errno or 0)
    if of_system and not isinstance(said, Told) and fault.errno in REASONS:
        return _(REASONS[fault.errno])
    return said  # worded where it was raised, or of no kind that we know


def sign_fault(fault: UnicodeEncodeError) -> str:
    """Say that this machine is set to an alphabet without the letters of a file name."""
    letters = fault.object[fault.start:fault.end]
    is_path = len(Path(fault.object).parts) > 1 and "\n" not in fault.object
    where = cut(fault.object, 80) if is_path else _("a name or text")  # never own words
    return _(
        "{where}: holds {letters!r}, and this console is set to {encoding}, which has no such "
        "letter. Give the command again after `export PYTHONUTF8=1` (PowerShell: "
        "`$env:PYTHONUTF8 = 1`), or give the file a name without accents.",
        where=where, letters=letters, encoding=fault.encoding)


def accepted_inputs(study: Study) -> pd.DataFrame:
    """Return the raw files for which the results were accepted: file, sha256, rows.

    Gives text in every cell; empty when nothing was accepted yet.
    """
    file = expected_folder(study) / INPUTS
    if not file.is_file():
        return pd.DataFrame({name: [] for name in INPUT_COLUMNS}, dtype=str)
    return read_accepted(file, INPUT_COLUMNS)


def read_accepted(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read a list of data/expected; gives text in every cell."""
    where = f"expected/{file.name}"
    conflict = conflict_line(file)
    if conflict:
        raise DataError(_(
            "{file}, line {line}: holds the marks of a merge conflict. Keep one of the two "
            "versions: git checkout --ours or --theirs. {advice}",
            file=where, line=conflict, advice=_(RESTORE)))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(_(
            "{file}: is damaged: it is no UTF-8 text. {advice}",
            file=where, advice=_(RESTORE))) from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows, heading = [], next(reader, [])
    lacking = [name for name in columns if name not in heading]
    if lacking:
        raise DataError(_(
            "{file}, line 1: lacks the column {column}. It needs {columns}. {advice}",
            file=where, column=lacking[0], columns=", ".join(columns), advice=_(RESTORE)))
    try:
        for row in reader:
            if len(row) != len(heading):
                raise DataError(_(
                    "{file}, line {line}: holds {cells}, and there are {headings}. {advice}",
                    file=where, line=reader.line_num, cells=counted(len(row), "cell", "cells"),
                    headings=counted(len(heading), "heading", "headings"), advice=_(RESTORE)))
            rows.append(row)
    except csv.Error:
        raise DataError(_(
            "{file}, line {line}: its quotes are not in order. {advice}",
            file=where, line=reader.line_num, advice=_(RESTORE))) from None
    return pd.DataFrame(rows, columns=heading, dtype=str)


def conflict_line(file: Path) -> int | None:
    """Return the number of the line where git left the marks of a merge conflict."""
    lines = file.read_bytes().decode(errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if CONFLICT.match(line)), None)
