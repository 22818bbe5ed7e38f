"""Changes of many files at once: all of them, also after a power cut half-way."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path

from wbkit.coding.store.files import JOURNAL, Lock, is_held, remove, write_folder
from wbkit.coding.store.journal import WHOLE_STORE, coders_of, lock_path
from wbkit.errors import CodingError
from wbkit.files import write_whole

PLAN = "+plan"


class WholeStore:
    """The right to change texts and the work of every coder on them.

    Parameters
    ----------
    store
        The folder of the store.
    doing
        What is being done, for whoever meets the lock.
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
            raise CodingError(f"{busy[0]} was working here a moment ago. Try again.")

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def write_together(store: Path, files: Mapping[Path, bytes | None]) -> None:
    """Replace files, or take them away, all or none.

    Parameters
    ----------
    store
        The folder of the store, whose lock is held.
    files
        Path = its new bytes, or None for a file that goes.
    """
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
        with WholeStore(store, "a revision that was interrupted"):
            if (store / JOURNAL / PLAN).exists():
                write_plan(store)
