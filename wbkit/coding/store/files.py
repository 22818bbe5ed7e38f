"""Files of the coding store: names that every system takes, and locks that name their holder."""

import contextlib
import io
import json
import os
import re
import socket
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from wbkit.errors import CodingError
from wbkit.files import hold, is_outside_git, is_reserved, write_whole
from wbkit.messages import Told, _

JOURNAL, DOCUMENTS, CODINGS = ".journal", "documents", "codings"
REVISIONS, LOG, MEMOS = "revisions", "codebook-log", "memos"
HOLD_WORDS = (DOCUMENTS, CODINGS, MEMOS, REVISIONS)  # a coding keeps its quote
CODER = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LONGEST_NAME = 120
OUTSIDE = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]")
ABOUT_STORE = {
    ".gitattributes": b"* -text\n",  # the same bytes on every system, also on Windows
    ".gitignore": b".journal/\n",
}
LOCKED = b" "  # the byte that Windows keeps from readers stands before the holder's name
TIME = "%Y-%m-%dT%H:%M:%SZ"


class Lock:
    """The right to write certain files, held by one process at a time.

    Parameters
    ----------
    path
        The file that says who holds it. It stays; the system forgets the lock when the process
        ends, however it ends.
    who
        Coder, or what is being done.
    """

    def __init__(self, path: Path, who: str) -> None:
        self.path, self.who = path, who
        self._stream: io.BufferedRandom | None = None

    def take(self) -> None:
        """Take the lock, or say who has it."""
        stream = self._write_holder()
        if stream is None:
            raise CodingError(self._message())
        self._stream = stream

    def release(self) -> None:
        """Let others write."""
        if self._stream is not None:
            self._stream.truncate(0)
            self._stream.close()  # the system lets go of the lock with the file
            self._stream = None

    def _write_holder(self) -> io.BufferedRandom | None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        stream = self.path.open("a+b")
        try:
            hold(stream)
        except OSError:
            stream.close()
            return None
        stream.truncate(0)
        holder = json.dumps({"who": self.who, "host": socket.gethostname(),
                             "process": os.getpid(), "since": now()})
        stream.write(LOCKED + holder.encode())
        stream.flush()
        return stream

    def _message(self) -> Told:
        store, held = self.path.parent.parent.name, read_holder(self.path)
        if held.get("process") == os.getpid() and held.get("host") == socket.gethostname():
            return _(
                "{store}: this notebook already has the store open for {who}, since {since}. "
                "Close that one: store.close().",
                store=store, who=held["who"], since=held["since"])
        unread = {"who": _("somebody"), "since": _("a moment ago"), "host": _("this computer"),
                  "process": _("unknown")}
        return _(
            "{store}: {who} is writing in it, since {since}, on {host} (process {process}). "
            "Close it there first.",
            store=store, **(unread | held))


def file_name(name: str) -> str:
    """Return the name of a document as part of a file name; the same on every system."""
    made = quote(name, safe=" ()+,&=@") if name and not OUTSIDE.search(name) else ""
    if not made or made[0] in ". " or made[-1] in ". " or is_reserved(made) or len(
            made) > LONGEST_NAME:
        raise CodingError(_(
            "{name!r} cannot be the id of a document: a file bears its name. It has no slash, "
            "does not begin or end with a dot or a space, and is no longer than {longest} signs. "
            "Choose another id.",
            name=name, longest=LONGEST_NAME))
    return made


def check_coder(coder: str) -> str:
    """Return the id of a coder, or say what it may be."""
    if not isinstance(coder, str) or not CODER.fullmatch(coder) or is_reserved(coder):
        raise CodingError(_(
            "{coder!r} cannot be the id of a coder: a folder bears its name. Use small letters "
            "without accents, digits, _ and -, as in anna or coder_2.",
            coder=coder))
    return coder


def write_folder(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_store(store: Path) -> None:
    """Make the folder of a store, with what git must know about it."""
    for name, content in ABOUT_STORE.items():
        if not (store / name).exists():
            write_whole(store / name, content, durable=store / JOURNAL)
            write_folder(store)


def keeps_nothing(store: Path) -> bool:
    """Whether git keeps nothing of a store that repeats words of people; in doubt it does."""
    return is_outside_git(store, [f"{part}/a" for part in HOLD_WORDS])


def remove(path: Path) -> None:
    """Take a file away, and its folder when that is empty."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is replaced; nothing when it is not there."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino


def read_holder(path: Path) -> dict[str, str]:
    """Return who wrote their name in a lock; nothing when nobody did."""
    with contextlib.suppress(OSError, ValueError), path.open("rb", buffering=0) as stream:
        stream.seek(len(LOCKED))
        return json.loads(stream.read())
    return {}


def is_held(path: Path) -> bool:
    """Whether somebody holds this lock now."""
    if not path.exists() or not read_holder(path):
        return False
    lock = Lock(path, _("a look"))
    try:
        lock.take()
    except CodingError:
        return True
    lock.release()
    return False


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).strftime(TIME)
