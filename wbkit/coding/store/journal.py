"""Where a coding becomes durable: on disk before it is said to be done.

The journal of a coder is written with fsync, so that a power cut loses nothing, and folded into
the files of codings; changes of many files at once are written down first.
"""

import base64
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from wbkit.coding.store.files import CODINGS, JOURNAL, Lock, is_held, remove, write_folder
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
from wbkit.messages import _

Entry = Coding | Considered
WHOLE_STORE, PLAN = "+store.lock", "+plan"  # no coder can bear these names


class Desk:
    """What one coder has done and does, while the coder holds the lock."""

    def __init__(self, store: Path, coder: str) -> None:
        self.store, self.coder = store, coder
        self._lock = Lock(lock_path(store, coder), coder)
        self._coded: dict[str, Coded] = {}
        self._journal = store / JOURNAL / coder  # edits that are not yet in codings/
        self._stream: io.FileIO | None = None

    def begin(self) -> None:
        """Take the lock, and put what an earlier session left behind in its place."""
        self._lock.take()
        try:
            texts = self.store / JOURNAL / WHOLE_STORE
            if is_held(texts):  # somebody is changing texts: take() says who
                Lock(texts, "").take()
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
        raise CodingError(_(
            "{store}: {coder} has no coding {coding!r}. Each coder changes their own codings; "
            "look at store.codings().",
            store=self.store.name, coder=self.coder, coding=coding))

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep entries; when this returns, they survive a power cut."""
        entries = list(entries)
        files = [self.coded(group_of(entry.document)) for entry in entries]
        lines = "".join(
            f'{{"coding":{one.line()}}}\n' if isinstance(one, Coding)
            else f"{as_json({'considered': considered_json(one)})}\n" for one in entries).encode()
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
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        self._journal.unlink(missing_ok=True)

    def _write_stream(self) -> io.FileIO:
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self._journal.open("ab", buffering=0)
        write_folder(self._journal.parent)
        return self._stream


def lock_path(store: Path, coder: str) -> Path:
    """Return the lock of a coder."""
    return store / JOURNAL / f"{coder}.lock"


def group_of(document: str) -> str:
    """Return the file of texts to which a document belongs: an answer is ``set/row``."""
    return document.partition("/")[0]


def read_journal(store: Path, coder: str) -> Iterator[Entry]:
    """Yield the entries of a journal; a later one replaces an earlier one.

    Half a last line was never said to be done.
    """
    try:
        content = (store / JOURNAL / coder).read_bytes()
    except FileNotFoundError:
        return
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            entry = json.loads(line)
            yield (coding_from(entry["coding"], coder) if "coding" in entry
                   else Considered.from_json(entry["considered"], coder))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CodingError(_(
                "{file}, line {number}: is damaged. Keep a copy of this file, take the "
                "line out, and open the store again.",
                file=f"{JOURNAL}/{coder}", number=number)) from error


def coders_of(store: Path) -> list[str]:
    """Return everybody who has a folder or a journal here."""
    folders = [path.name for path in (store / CODINGS).glob("*") if path.is_dir()]
    journals = [path.name for path in (store / JOURNAL).glob("*")
                if not path.suffix and not path.name.startswith("+")]
    return sorted({*folders, *(name for name in journals if (store / JOURNAL / name).is_file())})


class WholeStore:
    """The right to change texts and the work of every coder on them.

    `doing` says what is done, for whoever meets the lock.
    """

    def __init__(self, store: Path, doing: str) -> None:
        self.store = store
        self._lock = Lock(store / JOURNAL / WHOLE_STORE, doing)

    def __enter__(self) -> None:
        self._lock.take()
        busy = [coder for coder in coders_of(self.store) if is_held(lock_path(self.store, coder))]
        if busy:
            self._lock.release()
            Lock(lock_path(self.store, busy[0]), "").take()  # says who is working, and where
            raise CodingError(_("{coder} was working here a moment ago. Try again.", coder=busy[0]))

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def write_together(store: Path, files: Mapping[Path, bytes | None]) -> None:
    """Replace files, all or none, also after a power cut half-way; None is a file that goes."""
    plan = {path.relative_to(store).as_posix():
            None if content is None else base64.b64encode(content).decode()
            for path, content in files.items()}
    write_whole(store / JOURNAL / PLAN, json.dumps(plan).encode(), durable=store / JOURNAL)
    write_folder(store / JOURNAL)
    write_plan(store)


def write_plan(store: Path) -> None:
    """Do what a plan says that was made and perhaps half carried out."""
    path = store / JOURNAL / PLAN
    plan = json.loads(path.read_bytes())
    for name, content in plan.items():
        if content is None:
            remove(store / name)
        else:
            write_whole(store / name, base64.b64decode(content), durable=store / JOURNAL)
    for folder in {(store / name).parent for name in plan}:
        if folder.is_dir():
            write_folder(folder)
    path.unlink()


def write_new(store: Path, files: Mapping[Path, bytes]) -> None:
    """Write new files; the last one says that the others are there."""
    for path, content in files.items():
        write_whole(path, content, durable=store / JOURNAL)
    for folder in {path.parent for path in files}:
        write_folder(folder)


def write_unfinished(store: Path) -> None:
    """Finish what an earlier session began and could not end."""
    if (store / JOURNAL / PLAN).exists():
        with WholeStore(store, _("a revision that was interrupted")):
            if (store / JOURNAL / PLAN).exists():
                write_plan(store)
