"""What a coder does, written to disk before it is said to be done."""

import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from wbkit.coding.store.files import CODINGS, JOURNAL, Lock, is_held, write_folder
from wbkit.coding.store.records import (
    Coded,
    Coding,
    Considered,
    as_json,
    coded_path,
    coding_from,
    considered_json,
    read_coded,
)
from wbkit.errors import CodingError
from wbkit.files import write_whole

Entry = Coding | Considered
WHOLE_STORE = "+store.lock"  # no coder can bear this name


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


class Desk:
    """What one coder has done and does, while the coder holds the lock.

    Parameters
    ----------
    store
        The folder of the store.
    coder
        Id of the coder.
    """

    def __init__(self, store: Path, coder: str) -> None:
        self.store, self.coder = store, coder
        self._lock = Lock(lock_path(store, coder), coder)
        self._coded: dict[str, Coded] = {}
        self._journal = Journal(store, coder)

    def begin(self) -> None:
        """Take the lock, and put what an earlier session left behind in its place."""
        self._lock.take()
        try:
            check_whole_store_is_free(self.store)
            self.fold()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Put the edits in their files and let go of the lock."""
        try:
            self.fold()
        finally:
            self._lock.release()

    def coded(self, group: str) -> Coded:
        """Return what this coder did in a text or a set of answers."""
        if group not in self._coded:
            coded, faults = read_coded(coded_path(self.store, self.coder, group), self.coder)
            if faults:
                raise CodingError(faults[0])
            self._coded[group] = coded
        return self._coded[group]

    def find(self, coding: str, *groups: str) -> Coding:
        """Return a coding of this coder by its id."""
        for group in groups:
            if coding in self.coded(group).codings:
                return self.coded(group).codings[coding]
        raise CodingError(f"{self.store.name}: {self.coder} has no coding {coding!r}. Each coder "
                          "changes their own codings; look at store.codings().")

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep entries; when this returns they are safe."""
        entries = list(entries)
        files = [self.coded(group_of(entry.document)) for entry in entries]
        self._journal.write(entries)
        for coded, entry in zip(files, entries, strict=True):
            coded.put(entry)

    def fold(self) -> None:
        """Move what stands in the journal to the files of the codings, as these are now."""
        self._coded.clear()
        changed: set[str] = set()
        for entry in read_journal(self.store, self.coder):
            group = group_of(entry.document)
            self.coded(group).put(entry)
            changed.add(group)
        for group in sorted(changed):
            path = coded_path(self.store, self.coder, group)
            write_whole(path, self.coded(group).content(), durable=self.store / JOURNAL)
        if changed:
            write_folder(self.store / CODINGS / self.coder)
        self._journal.clear()


def journal_path(store: Path, coder: str) -> Path:
    """Return the journal of a coder."""
    return store / JOURNAL / coder


def lock_path(store: Path, coder: str) -> Path:
    """Return the lock of a coder."""
    return store / JOURNAL / f"{coder}.lock"


def group_of(document: str) -> str:
    """Return the file of texts to which a document belongs: an answer is ``set/row``."""
    return document.partition("/")[0]


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


def check_whole_store_is_free(store: Path) -> None:
    """Refuse to work while texts are being changed."""
    path = store / JOURNAL / WHOLE_STORE
    if is_held(path):
        Lock(path, "").take()


def coders_of(store: Path) -> list[str]:
    """Return everybody who has a folder or a journal here."""
    folders = [path.name for path in (store / CODINGS).glob("*") if path.is_dir()]
    journals = [path.name for path in (store / JOURNAL).glob("*")
                if not path.suffix and not path.name.startswith("+")]
    return sorted({*folders, *(name for name in journals if journal_path(store, name).is_file())})
