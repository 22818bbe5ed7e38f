"""Results on disk: a Table as csv and xlsx, a Figure as svg and png, and what each of them is."""

import io
import json
import re
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from wbkit.errors import DataError
from wbkit.files import is_reserved, new_workbook, write_whole
from wbkit.labels import FINE_BASE, SMALLEST_BASE, label
from wbkit.messages import _
from wbkit.table.count_layouts import HIDDEN, SHARES, STATES
from wbkit.table.render import caption_lines
from wbkit.table.stored import stored
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

NAME = re.compile(r"[a-z0-9_-]+")
PRINT_DPI = 300
WIDEST, FIRST_ROW = 60, 2
WORDS = "words"
WHOLE, DECIMALS, PERCENT, EXACT_PERCENT = "#,##0", "#,##0.00", "0%", "0.0%"
OF_POPULATION = ("coverage", "share_population")


Result = TypeVar("Result", Table, Figure)


def save(
    result: Result, name: str, *, language: str | None = None, size: str | None = None
) -> Result:
    """Write a Table or a Figure to the results folder of its study, and give it back.

    A Table becomes ``tables/<name>.csv`` (ids and plain numbers), ``tables/<name>.xlsx`` (as
    shown) and ``tables/<name>.json`` (what it is); a Figure ``figures/<name>.svg`` and ``.png``,
    both with its alternative text inside, and ``figures/<name>.json``. A file is there whole or
    not at all.

    Parameters
    ----------
    result
        A Table or a Figure.
    name
        Name of the files: small letters, digits, ``_`` and ``-``.
    language
        ``nl`` or ``en``, of the words in them; that of the study when left out.
    size
        Of a Figure: draw it for ``a4`` (a page or a screen), a ``slide`` or a ``phone`` and save
        that; as it is when left out.

    Returns
    -------
    Table or Figure
        What was saved: as the last line of a notebook cell it is shown too.

    Raises
    ------
    DataError
        If `result` is something else, `name` has other characters or is one that Windows keeps
        for a device, the Table has no source and so no results folder, or it is no Figure and
        there is a `size`.
    """
    table = result.table if isinstance(result, Figure) else result
    if not isinstance(table, Table):
        raise DataError(_(
            "save: there is a {type}. Give a Table or a Figure, as frequency(...) and "
            "plot_bars(...) return.",
            type=type(result).__name__))
    folder = _results(table)
    _check(name)
    shown = table.show(language)
    figure = isinstance(result, Figure)
    if size is not None:
        result = _sized(result, size)
    parts = figure_files(result, shown) if figure else table_files(table, shown)
    for ending, content in parts.items():
        write_whole(folder / f"{'figures' if figure else 'tables'}/{name}.{ending}", content)
    return result


def _sized(result: Result, size: str) -> Result:
    if isinstance(result, Figure):
        return result.sized(size)
    raise DataError(_(
        "save: a Table has no size, and size={size!r} was given. Leave size out, or save a Figure.",
        size=size))


def _results(table: Table) -> Path:
    if not table.data_sets:
        raise DataError(_(
            "save: this {kind} Table has no source, so it has no results folder. Give its "
            "sources: dataclasses.replace(table, sources=(study.source(...),)).",
            kind=table.kind))
    return table.data_sets[0].setting.results


def _check(name: str) -> None:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise DataError(_(
            "save: {name!r} is no name for a file. Use small letters, digits, _ and -, such as "
            "20_gezien.",
            name=name))
    if is_reserved(name):
        raise DataError(_(
            "save: {name!r} is a name that Windows keeps for a device. Choose another, such as "
            "20_{name}.",
            name=name))


def table_files(table: Table, shown: Worded) -> dict[str, bytes]:
    """Return the files of a Table by ending; the json holds all that makes it again."""
    csv = table.data.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    return {"csv": csv.encode(), "xlsx": workbook(shown), "json": _about(table, shown)}


def figure_files(figure: Figure, shown: Worded) -> dict[str, bytes]:
    """Return the files of a Figure by ending; the json holds all that draws it again."""
    plot = {"plot": figure.drawn[0], "choices": dict(figure.choices)} if figure.drawn else {}
    return {"svg": figure.svg(), "png": figure.png(dpi=PRINT_DPI),
            "json": _about(figure.table, shown, alt=figure.alt, **plot)}


def _about(table: Table, shown: Worded, **more: Any) -> bytes:
    facts = {
        "kind": shown.kind,
        "title": shown.title,
        "language": shown.language,
        "fingerprint": shown.fingerprint,
        "synthetic": shown.synthetic,
        "sources": [source.name for source in shown.sources],
        "table": stored(table),
    }
    text = json.dumps(facts | more, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def workbook(table: Worded) -> bytes:
    """Return a Table as an xlsx file: title, one row for each number, and what stands below it."""
    stream = io.BytesIO()
    with new_workbook(stream, title=table.title) as book:
        _fill(book, book.add_worksheet(label("sheet", table.language)), table)
    return stream.getvalue()


def _fill(book: Any, sheet: Any, table: Worded) -> None:
    """Write title, headings, rows and the lines below."""
    bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1})
    looks = {look: book.add_format({"num_format": look, "valign": "top", "align": "right"})
             for look in (WHOLE, DECIMALS, PERCENT, EXACT_PERCENT)}
    looks[WORDS] = book.add_format({"text_wrap": True, "valign": "top"})
    columns = [name for name in table.data.columns if _is_shown(table.data, name)]
    sheet.write_string(0, 0, table.title, bold)
    for place, name in enumerate(columns):
        words = table.heading(name)
        sheet.write_string(FIRST_ROW, place, words, head)
        sheet.set_column(place, place, _width(table, name, words))
    for line, (__, row) in enumerate(table.data.iterrows(), start=FIRST_ROW + 1):
        for place, name in enumerate(columns):
            _write(sheet, (line, place), *cell_of(table, name, row), looks)
    sheet.freeze_panes(FIRST_ROW + 1, 0)
    for line, words in enumerate(caption_lines(table), start=FIRST_ROW + 2 + len(table.data)):
        sheet.write_string(line, 0, words)


def _write(
    sheet: Any, place: tuple[int, int], cell: str | float, look: str, looks: dict[str, Any]
) -> None:
    """Write words as words, whatever they begin with, and a number as a number."""
    if isinstance(cell, str) and cell:
        sheet.write_string(*place, cell, looks[look])
    elif not isinstance(cell, str):
        sheet.write_number(*place, cell, looks[look])


def cell_of(table: Worded, column: str, row: pd.Series) -> tuple[str | float, str]:
    """Return what a cell holds, and how Excel shows it."""
    value = row[column]
    if pd.isna(value):
        hidden = row.get("state") in STATES and column == "n"
        return (label(f"state_{row['state']}", table.language), WHOLE) if hidden else ("", WHOLE)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return table.words(column, value, item=row.get("item", row.get("margin"))), WORDS
    if column not in SHARES:
        return value, WHOLE if float(value).is_integer() else DECIMALS
    base = row.get("population" if column in OF_POPULATION else "base", FINE_BASE)
    if base < SMALLEST_BASE:
        return "", WHOLE
    return value, EXACT_PERCENT if base >= FINE_BASE else PERCENT


def _is_shown(frame: pd.DataFrame, column: str) -> bool:
    if column == "state":
        return False
    return bool(frame[column].notna().any()) or (
        column == "n" and "state" in frame and HIDDEN in set(frame["state"]))


def _width(table: Worded, column: str, words: str) -> int:
    if pd.api.types.is_numeric_dtype(table.data[column]):
        return max(12, len(words) + 2)
    longest = max((len(table.words(column, key)) for key in table.data[column]), default=0)
    return min(WIDEST, max(longest, len(words)) + 2)
