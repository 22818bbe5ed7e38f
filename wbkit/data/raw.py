"""A raw file as it was read: text as it stood there, and what was found out about the file."""

from dataclasses import dataclass, field

import pandas as pd

from wbkit.messages import counted
from wbkit.study.source import Source


@dataclass(frozen=True)
class Raw:
    """The cells of a raw file, unchanged, before any cleaning.

    Parameters
    ----------
    data
        One row for each row of the file, text in every cell, ``""`` for an empty one;
        the index is the row number that Excel shows.
    source
        The source that describes the file.
    sha256
        Hash of the bytes of the file.
    found
        What was found out about the file: delimiter, encoding, order of dates …
    started, completed
        When each unit started and sent its answers; empty without such columns.
    key
        What makes a code of the items with ``link = "hash"``; empty without such items.
    parts
        Questions that stand in several columns: name of the question = option = heading.
    ids
        Columns that the export itself adds, by role (``id``, ``name``, ``email`` …).
    """

    data: pd.DataFrame
    source: Source
    sha256: str
    found: tuple[str, ...] = ()
    started: pd.Series = field(default_factory=lambda: pd.Series(dtype="datetime64[us]"))
    completed: pd.Series = field(default_factory=lambda: pd.Series(dtype="datetime64[us]"))
    ids: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    key: bytes = field(default=b"", repr=False)

    def __repr__(self) -> str:
        rows, columns = self.data.shape
        sizes = counted(rows, "row", "rows"), counted(columns, "column", "columns")
        return f"Raw({self.source.file}: {', '.join(sizes)})"
