"""Small sources, raw files and Forms exports, for tests that a reader can check by hand."""

import hashlib
from datetime import datetime, timedelta

import pandas as pd
import xlsxwriter

from wbkit.data.raw import Raw
from wbkit.study.source import Source

E3 = {"kind": "ordinal", "values": ["oneens", "neutraal", "eens"]}
START = datetime(2022, 11, 15, 9, 0)
FORMS = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam")


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


def write_forms(path, headings, rows, *, meta=FORMS, starts=None):
    """Write an xlsx file as Forms does, with its own five columns before the answers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Form1")
        sheet.write_row(0, 0, [*meta, *headings])
        stamp = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate([*_own(number, meta, starts), *row]):
                sheet.write(number, place, cell, *([stamp] if isinstance(cell, datetime) else []))
    return path


def write_text(path, text, *, encoding="utf-8"):
    """Write a text file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def digest(path):
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _own(number, meta, starts):
    start = starts[number - 1] if starts else START + timedelta(minutes=number)
    end = start + timedelta(minutes=6) if isinstance(start, datetime) else start
    return [number, start, end, "anonymous", ""][: len(meta)]


def _times(values, index):
    if values is None:
        return pd.Series(dtype="datetime64[us]")
    return pd.Series(pd.to_datetime(values, format="ISO8601"), index=index).astype("datetime64[us]")
