"""What a coder does, written to disk before it is said to be done."""

import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from wbkit.coding.store.files import JOURNAL, write_folder
from wbkit.coding.store.records import (
    Coding,
    Considered,
    as_json,
    coding_from,
    considered_json,
)
from wbkit.errors import CodingError

Entry = Coding | Considered


def journal_path(store: Path, coder: str) -> Path:
    """Return the journal of a coder."""
    return store / JOURNAL / coder


def lock_path(store: Path, coder: str) -> Path:
    """Return the lock of a coder."""
    return store / JOURNAL / f"{coder}.lock"


def group_of(document: str) -> str:
    """Return the file of texts to which a document belongs: an answer is ``set/row``."""
    return document.partition("/")[0]


class Journal:
    """The edits of one coder that are not yet in ``codings/``.

    Parameters
    ----------
    store
        The folder of the store.
    coder
        Id of the coder, who holds the lock.
    """

    def __init__(self, store: Path, coder: str) -> None:
        self.path = journal_path(store, coder)
        self._stream: io.FileIO | None = None

    def write(self, entries: Iterable[Entry]) -> None:
        """Write entries; when this returns, they survive a power cut."""
        lines = "".join(f"{_line(entry)}\n" for entry in entries).encode()
        stream = self._stream or self._write_stream()
        before = os.fstat(stream.fileno()).st_size
        try:
            done = 0
            while done < len(lines):
                done += stream.write(lines[done:])
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(before)  # a full disk leaves no half line before the next edit
            raise

    def clear(self) -> None:
        """Forget the entries, which now stand in ``codings/``."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        self.path.unlink(missing_ok=True)

    def _write_stream(self) -> io.FileIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self.path.open("ab", buffering=0)
        write_folder(self.path.parent)
        return self._stream


def _line(entry: Entry) -> str:
    if isinstance(entry, Coding):
        return f'{{"coding":{entry.line()}}}'
    return as_json({"considered": considered_json(entry)})


def read_journal(store: Path, coder: str) -> Iterator[Entry]:
    """Yield the entries of a journal; half a last line was never said to be done.

    Parameters
    ----------
    store
        The folder of the store.
    coder
        Id of the coder.

    Yields
    ------
    Coding or Considered
        In the order in which they were written; a later one replaces an earlier one.
    """
    try:
        content = journal_path(store, coder).read_bytes()
    except FileNotFoundError:
        return
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            yield _entry(json.loads(line), coder)
        except (ValueError, KeyError, TypeError) as error:
            raise CodingError(f"{JOURNAL}/{coder}, line {number}: is damaged. Keep a copy of this "
                              "file, take the line out, and open the store again.") from error


def _entry(entry: dict[str, Any], coder: str) -> Entry:
    if "coding" in entry:
        return coding_from(entry["coding"], coder)
    return Considered.from_json(entry["considered"], coder)

