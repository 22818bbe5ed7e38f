"""The file of what one coder did in one text, read line by line."""

import json
from pathlib import Path
from typing import Any

from wbkit.coding.store.files import CODINGS, file_name
from wbkit.coding.store.records import Coded, coding_from, considered_from

MENDED = "Bring the file back with git, or withdraw the coding and add it again."


def coded_path(store: Path, coder: str, group: str) -> Path:
    """Return the file of what a coder did in a text or a set of answers."""
    return store / CODINGS / coder / f"{file_name(group)}.jsonl"


def read_coded(path: Path, coder: str) -> tuple[Coded, list[str]]:
    """Read what a coder did in a text.

    Parameters
    ----------
    path
        The file; without it there is nothing.
    coder
        Id of the coder.

    Returns
    -------
    tuple
        What could be read, and one line about each line of the file that could not.
    """
    coded, faults = Coded(coder), []
    if not path.exists():
        return coded, faults
    lines = path.read_bytes().split(b"\n")
    for number, content in enumerate(_contents(lines), start=1):
        try:
            if content is not None:
                _take_in(coded, content, number)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(f"{where(path, number)}: {_reason(error)}. {MENDED}")
    return coded, faults


def _contents(lines: list[bytes]) -> list[Any]:
    """Return what the lines hold; None for an empty one, the line itself for a damaged one."""
    try:  # all at once takes half the time
        found = json.loads(b"[%s]" % b",".join(line or b"null" for line in lines))
        if len(found) == len(lines):
            return found
    except ValueError:
        pass
    return [_content(line) if line else None for line in lines]


def _content(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def where(path: Path, number: int) -> str:
    """Return words for a line of a file of codings."""
    return f"{'/'.join(path.parts[-3:])}, line {number}"


def _take_in(coded: Coded, content: Any, number: int) -> None:
    if not isinstance(content, dict):
        raise TypeError
    if "considered" in content:
        for one in considered_from(content, coded.coder):
            coded.put(one)
        return
    coding = coding_from(content, coded.coder)
    if coding.id in coded.codings:
        raise ValueError(f"the coding {coding.id} stands there twice")
    coded.put(coding, line=number)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError | TypeError | AttributeError):
        return "is not a whole line of a coding"
    return str(error)
