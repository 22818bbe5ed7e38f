"""What a notebook reads, writes and loads, noted by its own Python while it runs.

Runs inside the kernel, so it imports nothing but the standard library: what it would load would
count as loaded by every notebook.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

READ, WRITTEN, LISTED, SOURCES, OUTSIDE = "read", "written", "listed", "sources", "outside"
WRITING = os.O_WRONLY | os.O_RDWR
OUR_PACKAGE = "wbkit"
BEGIN = "__import__('wbkit.workflow.recording', fromlist=['begin']).begin()"
END = "__import__('wbkit.workflow.recording', fromlist=['begin']).write_account({file!r})"


class Account:
    """Names of files and folders as full paths, and what the notebook did beyond them.

    ``outside`` holds what cannot be compared before the next run: a program that was started or a
    host that was called.
    """

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = {
            kind: set() for kind in (READ, WRITTEN, LISTED, SOURCES, OUTSIDE)}
        self.busy = False

    def note(self, event: str, details: tuple[Any, ...]) -> None:
        """Take in one audit event of Python."""
        known = EVENTS.get(event)
        if known is None or self.busy:
            return
        with contextlib.suppress(Exception):  # a hook that raises would stop the notebook
            known(self, details)

    def opened(self, details: tuple[Any, ...]) -> None:
        """A file was opened, to be read or to be written."""
        path, mode, flags = details
        writes = any(sign in mode for sign in "wax+") if mode else bool(flags & WRITING)
        self.add(WRITTEN if writes else READ, path)

    def renamed(self, details: tuple[Any, ...]) -> None:
        """A file took its place: whatever is written whole is written beside it first."""
        self.add(WRITTEN, details[1])

    def listed(self, details: tuple[Any, ...]) -> None:
        """The names in a folder were asked for."""
        self.add(LISTED, details[0] if details and details[0] is not None else ".")

    def used(self, details: tuple[Any, ...]) -> None:
        """The description of a source was taken out of the study."""
        self.seen[SOURCES].update(details)

    def went(self, kind: str, details: tuple[Any, ...]) -> None:
        """Something was asked of another program or host."""
        self.seen[OUTSIDE].add(kind)

    def add(self, kind: str, path: Any) -> None:
        """Keep a path; a file that was opened by its number has none."""
        if isinstance(path, str | bytes | os.PathLike):
            self.seen[kind].add(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - fast


EVENTS = {
    "open": Account.opened,
    "os.rename": Account.renamed,
    "os.listdir": Account.listed,
    "os.scandir": Account.listed,
    "sqlite3.connect": lambda account, details: account.add(READ, details[0]),
    "wbkit.source": Account.used,
    "socket.getaddrinfo": lambda account, details: account.went("a host", details),
    "os.system": lambda account, details: account.went("a program", details),
}
ACCOUNT = Account()


def begin() -> None:
    """Note from now on what this Python does."""
    sys.addaudithook(ACCOUNT.note)


def write_account(file: str) -> None:
    """Write what was noted, and which code is loaded, to a JSON file."""
    ACCOUNT.busy = True
    loaded = _loaded()
    searched = {os.path.abspath(folder) for folder in ("", *sys.path)}  # noqa: PTH100
    ACCOUNT.seen[LISTED] -= searched  # imports look there
    seen = {kind: sorted(found) for kind, found in ACCOUNT.seen.items()}
    Path(file).write_text(json.dumps(seen | loaded), encoding="utf-8")


def _loaded() -> dict[str, Any]:
    """Return the modules of wbkit by name, and the files of those that were installed by nobody."""
    ours, own = {}, []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.endswith(".py"):
            continue
        if name.partition(".")[0] == OUR_PACKAGE:
            ours[name] = file
        elif not _is_installed(file):
            own.append(str(Path(file).resolve()))
    return {"modules": ours, "code": sorted(own)}


def _is_installed(file: str) -> bool:
    """Whether a file came with Python or a package of it."""
    parts = Path(file).parts
    homes = {sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.__file__)}  # noqa: PTH120
    return ("site-packages" in parts or "dist-packages" in parts
            or any(Path(file).is_relative_to(home) for home in homes))
