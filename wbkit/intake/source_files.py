"""Read the raw file of a source."""

import hashlib
import os
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from wbkit.data.raw import Raw
from wbkit.data.responses import with_columns
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.files import LONGEST_PATH, read_regular
from wbkit.intake.delimited import read_delimited
from wbkit.intake.excel import read_xlsx
from wbkit.intake.export_columns import (
    check_headings,
    export_columns,
    headings_of,
    question_parts,
    refuse_title,
    unused_headings,
)
from wbkit.intake.layout import Grid, Layout, layout_of
from wbkit.intake.linking_key import read_key
from wbkit.intake.long_format import one_row_each
from wbkit.intake.platforms import count_headings, named_sheet
from wbkit.intake.sheet import UNIT, Sheet, read_times
from wbkit.intake.spss import read_labelled
from wbkit.messages import _
from wbkit.study.source import Source
from wbkit.study.toml_text import read_fields
from wbkit.text.normalise import did_you_mean

TIMES = ("started", "completed")


def read_toml_list(content: bytes, where: str) -> Sheet:
    """Read the tables under one name as rows.

    Gives one row for each table; ``id`` is its own name, the other headings are its keys.
    """
    fields = read_fields(content, where, DataError)
    lists = [name for name, value in fields.items() if _is_list(value)]
    if len(lists) != 1:
        raise DataError(_(
            "{where}: holds {n} lists of tables ({names}), and one is read. Write each row as "
            "[list.id], all under one name.",
            where=where, n=len(lists), names=", ".join(lists) or _("none")))
    rows = [{"id": name} | row for name, row in fields[lists[0]].items()]
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    columns = tuple([str(row.get(heading, "")) for row in rows] for heading in headings)
    return Sheet(headings, columns, range(1, len(rows) + 1),
                 (_("list {name!r}", name=lists[0]),))


WORKBOOK_START = b"PK\x03\x04"
WORKBOOKS = ("ms-forms", "excel")
LABELLED = ("spss", "stata")


def read_source(source: Source) -> Raw:
    """Read the raw file of a source, and say what was found out about it.

    Parameters
    ----------
    source
        A source of a study, as in ``study.source("students")``.

    Returns
    -------
    Raw
        One row for each row of the file, text in every cell. The file itself is not changed.

    Raises
    ------
    DataError
        If the file is not there, cannot be read, or lacks a heading that the study names.
    """
    need(source, Source, "read_source", _("Give study.source(…), with the id of the source."))
    where = f"{source.name} ({source.file})"
    if source.holds_texts:
        raise DataError(_(
            "{where}: its format {format} holds texts, no table of answers. Use read_documents.",
            where=where, format=source.format))
    content = read_bytes(source.path, where)
    sheet = read_sheet(content, layout_of(source), where, headings_of(source))
    refuse_title(sheet, source, where)
    parts = question_parts(sheet)
    known = with_columns(source, parts, set(sheet.names))
    check_headings(sheet.names, known, where)
    if not sheet.rows:
        raise DataError(_(
            "{where}: holds headings and no answers. It should have one row for each {unit}. "
            "Export it again when there are answers.",
            where=where, unit=source.unit))
    roles = export_columns(sheet.headings, known)
    data = sheet.frame()
    times, dates = read_times({roles[role]: data[roles[role]] for role in TIMES if role in roles})
    found = (*sheet.found, *dates, *unused_headings(sheet, known, roles.values()))
    started, completed = (times.get(roles.get(role), pd.Series(dtype=UNIT)) for role in TIMES)
    digest = hashlib.sha256(content).hexdigest()
    key = read_key() if any(item.link for item in source.items.values()) else b""
    return Raw(data, source, digest, found, started, completed, roles, parts, key)


def _near(path: Path) -> str:
    """Say what could be meant: a backslash, other capitals, a name that is nearly the same."""
    signs = len(str(path.absolute()))
    if signs > LONGEST_PATH:
        return _("With all its folders its name has {signs} signs, and Windows takes {most}: move "
                 "the study to a folder with a shorter name.", signs=signs, most=LONGEST_PATH)
    if "\\" in str(path) and os.sep == "/":
        return _("Write / between folders, on every machine.")
    names = [one.name for one in path.parent.glob("[!.~]*")] if path.parent.is_dir() else []
    return did_you_mean(path.name, names)


def _absent(path: Path, where: str) -> DataError:
    """Return the message for a file that is not there."""
    hint = _near(path)
    if hint:
        return DataError(_(
            "{where}: there is no such file in {folder}. Put the export there, or correct file of "
            "this source in study.toml. {hint}",
            where=where, folder=path.parent, hint=hint))
    return DataError(_(
        "{where}: there is no such file in {folder}. Put the export there, or correct file of this "
        "source in study.toml.",
        where=where, folder=path.parent))


def read_bytes(path: Path, where: str) -> bytes:
    """Read a file, or say why it cannot be read."""
    try:
        content = read_regular(path)
    except FileNotFoundError:
        raise _absent(path, where) from None
    except IsADirectoryError:
        raise DataError(_(
            "{where}: is a folder, not a file. Correct file of this source in study.toml.",
            where=where)) from None
    except OSError as error:
        raise DataError(_(
            "{where}: cannot be read. Close it in Excel, wait until OneDrive is done, and check "
            "that you may open it ({reason}).",
            where=where, reason=error.strerror)) from None
    if not content.strip():
        raise DataError(_(
            "{where}: is empty. It should hold headings and answers. Export it again.",
            where=where))
    return content


def read_sheet(content: bytes, layout: Layout, where: str, expected: Collection[str]) -> Sheet:
    """Read the cells of a raw file."""
    if layout.format == "toml":
        return read_toml_list(content, where)
    if layout.format in LABELLED:
        return read_labelled(content, where, layout.format)
    sheet = named_sheet(read_grid(content, layout, where, expected), layout, where)
    return one_row_each(sheet, layout.long, where) if layout.long else sheet


def read_grid(content: bytes, layout: Layout, where: str, expected: Collection[str]) -> Grid:
    """Read the cells of a workbook or a text file."""
    book = layout.format in WORKBOOKS or content.startswith(WORKBOOK_START)
    read = read_xlsx if book else read_delimited
    return read(content, where, expected, layout, partial(count_headings, layout, where))


def _is_list(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(
        isinstance(row, dict) for row in value.values())
