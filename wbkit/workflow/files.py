"""Where the files of a study stand, their hashes and their rows."""

import csv
import errno
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from wbkit.errors import DataError
from wbkit.files import LONGEST_PATH, InUse, write_whole
from wbkit.messages import _
from wbkit.study.study import Study
from wbkit.text.normalise import cut

INPUTS = "inputs.csv"
INPUT_COLUMNS = ("file", "sha256", "rows")
CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")  # what git leaves where two changes meet
RESTORE = "Restore the file with git, or accept the results again."
CELL_SECONDS = 300  # time limit of one notebook cell


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
            "{path}: is damaged: it does not hold what wbkit wrote. wbkit makes this file; remove "
            "it and give the command again.",
            path=path.name))
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


def shown(path: Path) -> str:
    """Write a path the way the user sees it: from the folder where the command is given."""
    full = path.resolve()
    here = Path.cwd().resolve()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else str(path)


def file_fault(fault: OSError) -> str:
    """Say what is wrong with a file or folder, and what to do."""
    name = fault.filename2 or fault.filename  # of a move: where to
    where = shown(Path(name)) if name else "a file"
    signs = len(str(Path(name).absolute())) if name else 0
    absent = isinstance(fault, FileNotFoundError)  # what Windows says of a path that is too long
    if signs > LONGEST_PATH and (absent or fault.errno == errno.ENAMETOOLONG):
        return (f"{where}: its name with all folders has {signs} signs, and Windows takes "
                f"{LONGEST_PATH}. Move the study to a folder with a shorter name, such as "
                "C:/onderzoek, and give the command again.")
    advice = {
        InUse: "Close it in Excel, or wait until OneDrive is done",
        PermissionError: "Close the program that has it open (Excel?), or ask for the right to "
                         "read and write it",
        FileNotFoundError: "Put it there, or correct the path",
        IsADirectoryError: "Give a file, not a folder",
        NotADirectoryError: "Give a folder, not a file",
        FileExistsError: "Give a folder, not a file",
    }.get(type(fault), "Look whether the disk is full and the folder can be written")
    return f"{where}: {fault.strerror or fault}. {advice}, and give the command again."


def sign_fault(fault: UnicodeEncodeError) -> str:
    """Say that this machine is set to an alphabet without the letters of a file name."""
    letters = fault.object[fault.start:fault.end]
    is_path = len(Path(fault.object).parts) > 1 and "\n" not in fault.object
    where = cut(fault.object, 80) if is_path else "a name or text"  # never somebody's own words
    return (f"{where}: holds {letters!r}, and this console is set to "
            f"{fault.encoding}, which has no such letter. Give the command again after "
            "`export PYTHONUTF8=1` (PowerShell: `$env:PYTHONUTF8 = 1`), or give the file a name "
            "without accents.")


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
            "{where}, line {conflict}: holds the marks of a merge conflict. Keep one of the two "
            "versions: git checkout --ours or --theirs. {restore}",
            where=where, conflict=conflict, restore=RESTORE))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(_(
            "{where}: is damaged: it is no UTF-8 text. {restore}",
            where=where, restore=RESTORE)) from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows, heading = [], next(reader, [])
    lacking = [name for name in columns if name not in heading]
    if lacking:
        raise DataError(_(
            "{where}, line 1: lacks the column {lacking}. It needs {columns}. {restore}",
            where=where, lacking=lacking[0], columns=", ".join(columns), restore=RESTORE))
    try:
        for row in reader:
            if len(row) != len(heading):
                raise DataError(_(
                    "{where}, line {line_num}: holds {n} cells, and its headings make "
                    "{n_heading}. {restore}",
                    where=where, line_num=reader.line_num, n=len(row), n_heading=len(heading),
                    restore=RESTORE))
            rows.append(row)
    except csv.Error as fault:
        raise DataError(_(
            "{where}, line {line_num}: {fault}. {restore}",
            where=where, line_num=reader.line_num, fault=fault, restore=RESTORE)) from None
    return pd.DataFrame(rows, columns=heading, dtype=str)


def conflict_line(file: Path) -> int | None:
    """Return the number of the line where git left the marks of a merge conflict."""
    lines = file.read_bytes().decode(errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if CONFLICT.match(line)), None)
