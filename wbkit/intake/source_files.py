"""Read the raw file of a source."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from wbkit.data.raw import Raw
from wbkit.data.responses import asked_items
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.files import read_regular
from wbkit.intake.delimited import read_delimited
from wbkit.intake.excel import read_xlsx
from wbkit.intake.export_columns import (
    check_headings,
    export_columns,
    refuse_title,
    unused_headings,
)
from wbkit.intake.platforms import read_limesurvey, read_qualtrics
from wbkit.intake.sheet import UNIT, Sheet, read_times
from wbkit.intake.spss import read_spss
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.study import loaded_toml
from wbkit.text.normalise import did_you_mean, tidy

TIMES = ("started", "completed")


def read_toml_list(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read the tables under one name as rows.

    Gives one row for each table; ``id`` is its own name, the other headings are its keys.
    """
    try:
        fields = loaded_toml(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: is not valid TOML: {error}. Look at that line.") from None
    lists = [name for name, value in fields.items() if _is_list(value)]
    if len(lists) != 1:
        raise DataError(
            f"{where}: holds {len(lists)} lists of tables ({', '.join(lists) or 'none'}), and one "
            "is read. Write each row as [list.id], all under one name."
        )
    rows = [{"id": name} | row for name, row in fields[lists[0]].items()]
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    columns = tuple([str(row.get(heading, "")) for row in rows] for heading in headings)
    return Sheet(headings, columns, range(1, len(rows) + 1), (f"list '{lists[0]}'",))


EXPORTS = {"spss": read_spss, "limesurvey": read_limesurvey, "qualtrics": read_qualtrics,
           "toml": read_toml_list}


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
    need(source, Source, "read_source", "Give study.source(…), with the id of the source.")
    where = f"{source.name} ({source.file})"
    if source.holds_texts:
        raise DataError(f"{where}: has format {source.format} and holds texts, no table of "
                        "answers. Use read_documents.")
    content = read_bytes(source.path, where)
    items = {tidy(item.column or item.name): item for item in asked_items(source)}
    sheet = read_sheet(content, source.format, where, items)
    refuse_title(sheet, source, where)
    check_headings(sheet.headings, source, where)
    if not sheet.rows:
        raise DataError(f"{where}: holds headings and no answers. It should have one row for "
                        f"each {source.unit}. Export it again when there are answers.")
    roles = export_columns(sheet.headings, source)
    data = sheet.frame()
    times, dates = read_times({roles[role]: data[roles[role]] for role in TIMES if role in roles})
    found = (*sheet.found, *dates, *unused_headings(sheet.headings, source, roles.values()))
    started, completed = (times.get(roles.get(role), pd.Series(dtype=UNIT)) for role in TIMES)
    digest = hashlib.sha256(content).hexdigest()
    return Raw(data, source, digest, found, started, completed, roles)


def _near(path: Path) -> str:
    """Say what could be meant: a backslash, other capitals, a name that is nearly the same."""
    if "\\" in str(path) and os.sep == "/":
        return " Write / between folders, on every machine."
    names = [one.name for one in path.parent.glob("[!.~]*")] if path.parent.is_dir() else []
    hint = did_you_mean(path.name, names)
    return f" {hint}" if hint else ""


def read_bytes(path: Path, where: str) -> bytes:
    """Read a file, or say why it cannot be read."""
    try:
        content = read_regular(path)
    except FileNotFoundError:
        raise DataError(
            f"{where}: there is no such file in {path.parent}. Put the export there, "
            f"or correct file of this source in study.toml.{_near(path)}"
        ) from None
    except IsADirectoryError:
        raise DataError(f"{where}: is a folder, not a file. "
                        "Correct file of this source in study.toml.") from None
    except OSError as error:
        raise DataError(
            f"{where}: cannot be read ({error.strerror}). Close it in Excel, "
            "and check that you may open it."
        ) from None
    if not content.strip():
        raise DataError(f"{where}: is empty. It should hold headings and answers. "
                        "Export it again.")
    return content


def read_sheet(content: bytes, kind: str, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read the cells of a raw file."""
    if kind == "ms-forms":
        return read_xlsx(content, where, items)
    if kind == "csv":
        return read_delimited(content, where, items)
    return EXPORTS[kind](content, where, items)


def _is_list(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(
        isinstance(row, dict) for row in value.values())
