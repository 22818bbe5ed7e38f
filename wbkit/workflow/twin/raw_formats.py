"""Write made-up answers in the format, and under the headings, of the original file."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import tomlkit
from python_calamine import CalamineWorkbook

from wbkit.data.raw import Raw
from wbkit.files import new_workbook
from wbkit.intake.source_files import LABELLED, WORKBOOK_START
from wbkit.study.source import Source
from wbkit.study.toml_text import read_fields
from wbkit.text.normalise import heading

MADE_UP = "oefenversie met verzonnen gegevens"
SEPARATORS = ";,\t|"
KINDS = (datetime, bool, float)  # of cells that are no text, as Excel keeps them
WRITTEN_TIME = "%Y-%m-%d %H:%M:%S"


def raw_file(raw: Raw, cells: pd.DataFrame, content: bytes) -> bytes:
    """Return a file like the original with other answers.

    Parameters
    ----------
    raw
        The original as it was read.
    cells
        The made-up answers: text in every cell, under the headings of ``raw.data``.
    content
        The bytes of the original, of which only headings, format and kinds of cells are taken.

    Returns
    -------
    bytes
        The file.
    """
    source = raw.source
    if source.format == "toml":
        return _toml(cells, content, source)
    if source.format in LABELLED:
        return _labelled(cells, content, source.format)
    if content.startswith(WORKBOOK_START):
        return _workbook(raw, cells, content)
    return _delimited(raw, cells, content)


def _heads(rows: Sequence[Sequence[Any]], raw: Raw) -> list[list[Any]]:
    """Return the rows above the answers; a title above the headings says that it is a twin."""
    first = (raw.source.heading_row or 1) - 1
    below = 2 if raw.source.long or not len(raw.data) else int(raw.data.index[0])
    heads = [list(row) for row in rows[:below - 1]]
    return [[MADE_UP, *[""] * (len(row) - 1)] if at < first else row
            for at, row in enumerate(heads)]


def _lines(raw: Raw, cells: pd.DataFrame, names: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of each row in the order of the headings; of a long file each answer."""
    if raw.source.long is None:
        yield from cells.reindex(columns=list(raw.data.columns), fill_value="").values.tolist()
        return
    long = raw.source.long
    for at, row in enumerate(cells.to_dict("records"), start=1):
        for question, answer in row.items():
            known = {heading(long.unit): str(at), heading(long.question): question,
                     heading(long.answer): answer}
            if answer and question != heading(long.unit):
                yield [known.get(heading(name), "") for name in names]


def _delimited(raw: Raw, cells: pd.DataFrame, content: bytes) -> bytes:
    encoding = _encoding(content)
    text = content.decode(encoding, errors="replace").lstrip("\ufeff")
    first = text.partition("\n")[0]
    mark = max(SEPARATORS, key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    stream = io.StringIO()
    quoted = csv.QUOTE_ALL if first.startswith('"') else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=mark, quoting=quoted,
                        lineterminator="\r\n" if first.endswith("\r") else "\n")
    heads = _heads(rows, raw)
    writer.writerows(heads)
    writer.writerows(_lines(raw, cells, heads[-1] if heads else []))
    return stream.getvalue().encode(encoding, errors="replace")


def _encoding(content: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    found = next((name for mark, name in marks.items() if content.startswith(mark)), None)
    if found:
        return found
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _workbook(raw: Raw, cells: pd.DataFrame, content: bytes) -> bytes:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
             for name in book.sheet_names}
    name = raw.source.sheet or max(grids, key=lambda one: _fit(grids[one], raw))
    rows = grids[name]
    heads = _heads(rows, raw)
    writers = [_cell_writer([row[at] for row in rows[len(heads):] if at < len(row)])
               for at in range(max(map(len, rows), default=0))]
    stream = io.BytesIO()
    with new_workbook(stream, title=MADE_UP, comments=MADE_UP) as made:
        day = made.add_format({"num_format": "d-m-yyyy h:mm:ss"})
        sheet = made.add_worksheet(name)
        for at, row in enumerate(heads):
            sheet.write_row(at, 0, ["" if cell is None else str(cell) for cell in row])
        for at, row in enumerate(_lines(raw, cells, [*map(str, heads[-1])]), start=len(heads)):
            for place, cell in enumerate(row):
                _put(sheet, (at, place), writers[place](cell) if cell else "", day)
    return stream.getvalue()


def _fit(rows: Sequence[Sequence[Any]], raw: Raw) -> int:
    """Count the headings of the study on a sheet."""
    top = {heading(str(cell)) for row in rows[:30] for cell in row}
    return len(top & set(raw.data.columns))


def _cell_writer(column: Sequence[Any]) -> Callable[[str], Any]:
    """Return what turns text into the kind of cell that most of a column are."""
    filled = [cell for cell in column if cell not in ("", None)]
    kind = next((kind for kind in KINDS if filled and sum(
        isinstance(cell, kind) for cell in filled) * 2 > len(filled)), str)

    def write(text: str) -> Any:
        try:
            if kind is datetime:
                return datetime.strptime(text, WRITTEN_TIME)
            return {bool: text.casefold() == "true", float: float(text)}[kind] \
                if kind is not str else text
        except ValueError:
            return text

    return write


def _put(sheet: Any, place: tuple[int, int], value: Any, day: Any) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(*place, value, day)
    elif value != "":
        sheet.write(*place, value)


def _toml(cells: pd.DataFrame, content: bytes, source: Source) -> bytes:
    """Write each row as a table under the name that the list has in the original."""
    fields = read_fields(content, source.file, ValueError)
    name = next(key for key, value in fields.items() if isinstance(value, dict) and value
                and all(isinstance(row, dict) for row in value.values()))
    document = tomlkit.document()
    document.add(tomlkit.comment(MADE_UP))
    document["synthetic"] = True
    document[name] = {
        row.pop("id"): {key: text for key, text in row.items() if text}
        for row in cells.to_dict("records")}
    return tomlkit.dumps(document).encode()


def _labelled(cells: pd.DataFrame, content: bytes, kind: str) -> bytes:
    """Write a file of SPSS or Stata with the same variables, labels and missing values."""
    import pyreadstat  # noqa: PLC0415 - only a file of SPSS or Stata needs it

    read = {"spss": pyreadstat.read_sav, "stata": pyreadstat.read_dta}[kind]
    __, meta = read(io.BytesIO(content), user_missing=True)
    frame = pd.DataFrame({name: _codes(cells[heading(name)], meta.variable_value_labels.get(
        name, {}), str(meta.readstat_variable_types.get(name, ""))) for name in meta.column_names})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "twin"
        labels = {"column_labels": meta.column_names_to_labels,
                  "variable_value_labels": meta.variable_value_labels, "file_label": "oefenversie"}
        if kind == "spss":
            pyreadstat.write_sav(frame, file, **labels, variable_measure=meta.variable_measure,
                                 missing_ranges=meta.missing_ranges)
        else:
            pyreadstat.write_dta(frame, file, **labels)
        return file.read_bytes()


def _codes(column: pd.Series, labels: dict[Any, str], kind: str) -> pd.Series:
    """Turn words into the codes of the file; a code of which the words occur twice comes along."""
    words = {heading(text): code for code, text in labels.items()}
    words |= {f"{heading(text)} ({code:g})": code for code, text in labels.items()
              if isinstance(code, int | float)}
    found = column.map(lambda cell: words.get(heading(cell), cell) if cell else None)
    if kind == "string":
        return found.map(lambda cell: "" if cell is None else str(cell)).astype(object)
    return pd.to_numeric(found, errors="coerce")
