"""The SQLite file in which another coding program keeps a project: read, never written."""

import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Any, Self
from uuid import uuid5

from wbkit.coding.refi.model import Note
from wbkit.coding.refi.parts import SPACE
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.text.normalise import frozen

BEGINNING = b"SQLite format 3\x00"
MOST_BYTES, LONGEST = 1_000_000_000, 100_000_000  # of a file, and of one text in it


class Database:
    """The tables of a project, open for reading.

    Parameters
    ----------
    path
        The file.
    program
        Name of the program that wrote it.
    needed
        Tables without which it is no project of that program.
    """

    def __init__(self, path: Path, program: str, needed: Collection[str]) -> None:
        self.name, self._program = path.name, program
        _check_file(path, program)
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        self._connection.text_factory = lambda content: content.decode("utf-8", "replace")
        self._columns = {}
        try:
            self._open(needed)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *__: object) -> None:
        self._connection.close()

    def rows(self, table: str, *columns: str) -> list[dict[str, Any]]:
        """Return the rows of a table in the order in which they were made.

        Each has its ``rowid`` too. A column that this version of the program does not have is
        empty, as is a cell without content.
        """
        there = self._columns.get(table, ())
        names = ["rowid", *(one for one in columns if one in there)]
        if not there:
            return []
        empty = dict.fromkeys(columns, "")
        found = self._asked(f'select {", ".join(names)} from "{table}" order by rowid')
        return [empty | {name: _filled(cell) for name, cell in zip(names, row, strict=True)}
                for row in found]

    def count(self, table: str) -> int:
        """Return how many rows a table has; 0 when it is not there."""
        return len(self.rows(table))

    def _open(self, needed: Collection[str]) -> None:
        self._asked("pragma trusted_schema = off")
        for (table,) in self._asked("select name from sqlite_master where type = 'table'"):
            name = table.replace('"', '""')
            self._columns[table] = [row[1] for row in self._asked(f'pragma table_info("{name}")')]
        lacking = sorted(set(needed) - self._columns.keys())
        if lacking:
            raise CodingError(_(
                "{file}: is no project of {program}: it has no table {table!r}. Give the file in "
                "which {program} keeps the project.",
                file=self.name, program=self._program, table=lacking[0]))

    def _asked(self, question: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(question).fetchall()
        except sqlite3.Error:
            raise CodingError(_(
                "{file}: cannot be read. It is damaged, or {program} still has it open. Close "
                "{program} there, copy the file again and read the copy.",
                file=self.name, program=self._program)) from None


def _check_file(path: Path, program: str) -> None:
    if not path.is_file():
        raise CodingError(_(
            "{file}: there is no such file. Give the path of a project of {program}.",
            file=path.name, program=program))
    if path.stat().st_size > MOST_BYTES:
        raise CodingError(_(
            "{file}: is larger than {most} MB. This is no project of {program}; do not open it.",
            file=path.name, most=MOST_BYTES // 1_000_000, program=program))
    if _read_beginning(path) != BEGINNING:
        raise CodingError(_(
            "{file}: is no database, and {program} keeps a project in one (SQLite). Give the file "
            "that {program} wrote itself.",
            file=path.name, program=program))


def _read_beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(len(BEGINNING))


def _filled(cell: Any) -> Any:
    return "" if cell is None or isinstance(cell, bytes) else cell


def made_guid(program: str, kind: str, number: object) -> str:
    """Return a GUID that depends on the program and its own number alone."""
    return str(uuid5(SPACE, f"{program}:{kind}:{number}"))


def note_of(guid: str, words: str, title: str, **rest: Any) -> tuple[Note, ...]:
    """Return a note, or nothing where nobody wrote one."""
    kept = frozen(str(words))
    return (Note(guid, title, kept, **rest),) if kept.strip() else ()
