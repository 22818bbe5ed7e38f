"""The place where one coder works: files that nobody else writes."""

from collections.abc import Iterable
from pathlib import Path

from wbkit.coding.store.coded import coded_path, read_coded
from wbkit.coding.store.files import CODINGS, JOURNAL, write_folder, write_whole
from wbkit.coding.store.journal import (
    Entry,
    Journal,
    group_of,
    journal_path,
    lock_path,
    read_journal,
)
from wbkit.coding.store.locks import Lock, is_held
from wbkit.coding.store.records import Coded, Coding
from wbkit.errors import CodingError

WHOLE_STORE = "+store.lock"  # no coder can bear this name


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
            write_whole(path, self.coded(group).content(), self.store)
        if changed:
            write_folder(self.store / CODINGS / self.coder)
        self._journal.clear()


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
