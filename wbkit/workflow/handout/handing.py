"""Documents that people go on with: what somebody edited stays."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wbkit.files import write_whole
from wbkit.workflow.files import read_json, write_json

MADE = ".made.json"  # what wbkit wrote, to know what somebody edited since
NEW = ".nieuw"


@dataclass(frozen=True)
class Handed:
    """What became of documents.

    Parameters
    ----------
    written
        Files that are new, or that nobody had edited.
    kept
        Files that somebody edited: they stay, and the new text stands beside them.
    """

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def hand_over(folder: Path, documents: Mapping[str, bytes]) -> Handed:
    """Write documents by name; beside one that somebody edited stands the new text."""
    known = read_json(folder / MADE) if (folder / MADE).is_file() else {}
    written, kept = [], []
    for name, content in documents.items():
        file = folder / name
        if file.is_file() and _digest(file.read_bytes()) not in (known.get(name), _digest(content)):
            kept.append(file)
            file = file.with_name(f"{file.stem}{NEW}{file.suffix}")
        else:
            known[name] = _digest(content)
        written.append(write_whole(file, content))
    write_json(folder / MADE, known)
    return Handed(tuple(written), tuple(kept))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
