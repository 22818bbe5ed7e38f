"""Small sources and raw answers, made in memory, for tests that a reader can check by hand."""

import pandas as pd

from wbkit.data.raw import Raw
from wbkit.study.source import Source

E3 = {"kind": "ordinal", "values": ["oneens", "neutraal", "eens"]}


def source(items, *, folder=None, **fields):
    """Make a source of students; the heading of an item is its id unless it has a column."""
    given = {"name": "students", "file": "raw/students.xlsx", "format": "ms-forms",
             "unit": "student", "synthetic": True, "items": items} | fields
    return Source.model_validate(given | {"setting": {"folder": folder} if folder else {}})


def raw(columns, items, *, started=None, completed=None, ids=None, found=(), **fields):
    """Make a raw file in memory; rows are numbered from 2, as Excel shows them."""
    data = pd.DataFrame(columns, dtype="str")
    data.index = pd.Index(range(2, len(data) + 2), dtype="int64")
    return Raw(data, source(items, **fields), "0" * 64, tuple(found), _times(started, data.index),
               _times(completed, data.index), ids or {})


def _times(values, index):
    if values is None:
        return pd.Series(dtype="datetime64[us]")
    return pd.Series(pd.to_datetime(values, format="ISO8601"), index=index).astype("datetime64[us]")
