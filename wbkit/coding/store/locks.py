"""Who is writing: a lock that names its holder and ends with the process that holds it."""

import contextlib
import io
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from wbkit.errors import CodingError
from wbkit.files import hold

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
        stream.write(json.dumps({"who": self.who, "host": socket.gethostname(),
                                 "process": os.getpid(), "since": now()}).encode())
        stream.flush()
        return stream

    def _message(self) -> str:
        place = f"{self.path.parent.parent.name}: "
        held = read_holder(self.path)
        if held.get("process") == os.getpid() and held.get("host") == socket.gethostname():
            return (f"{place}this notebook already has the store open for {held['who']}, since "
                    f"{held['since']}. Close that one: store.close().")
        return (f"{place}{held.get('who', 'somebody')} is writing in it, since "
                f"{held.get('since', 'a moment ago')}, on {held.get('host', 'this computer')} "
                f"(process {held.get('process', 'unknown')}). Close it there first.")


def read_holder(path: Path) -> dict[str, str]:
    """Return who wrote their name in a lock; nothing when nobody did."""
    with contextlib.suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    return {}


def is_held(path: Path) -> bool:
    """Whether somebody holds this lock now."""
    if not path.exists() or not read_holder(path):
        return False
    lock = Lock(path, "a look")
    try:
        lock.take()
    except CodingError:
        return True
    lock.release()
    return False


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).strftime(TIME)
