"""Read the Excel sheet of items back into study.toml; comments in the file stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from python_calamine import CalamineError, CalamineWorkbook
from tomlkit import TOMLDocument
from tomlkit.items import Table

from wbkit.errors import StudyError
from wbkit.intake.draft.toml import DESIGNS, item_table, toml_value
from wbkit.intake.excel import as_text
from wbkit.intake.source_files import read_bytes
from wbkit.labels import label
from wbkit.messages import LANGUAGES
from wbkit.text.normalise import did_you_mean, tidy
from wbkit.workflow.describe.item_sheet import FIELDS, chosen
from wbkit.workflow.describe.study_file import read_document, write_checked

OWN_KEYS = ("guessed", "name", "reason")
SOURCE_KEYS = ("source_name", "source_label", "file", "format", "unit", "synthetic", "design")
KEYS = tuple(field.key for field in FIELDS)


@dataclass(frozen=True)
class ItemRow:
    """One row of the sheet: id, keys of the item, whether somebody confirmed it, and why."""

    name: str
    fields: Mapping[str, Any]
    confirmed: bool
    reason: str = ""


@dataclass(frozen=True)
class ItemSheet:
    """What a sheet says: keys of the source, and its items."""

    name: str
    source: Mapping[str, Any]
    items: tuple[ItemRow, ...]


def take_over(file: Path, study: Path) -> ItemSheet:
    """Write what the sheet says into study.toml."""
    sheet = read_item_sheet(file)
    document = read_document(study)
    new = sheet.name not in document.get("sources", {})
    if new:
        before = tomlkit.dumps(document).rstrip("\n")
        document = tomlkit.parse("\n\n".join(filter(None, (before, _new_source(sheet)))))
    table = document["sources"][sheet.name]
    for key, value in sheet.source.items():
        _set(table, key, value)
    for row in sheet.items:
        _update(document, sheet.name, row)
    write_checked(study, tomlkit.dumps(document))
    return sheet


def read_item_sheet(file: Path) -> ItemSheet:
    """Read the workbook of items."""
    book = _opened(file)
    source = _read_source(_cells(book, "sheet_source", file), file)
    rows = _cells(book, "sheet_items", file)
    places = _places(rows[0] if rows else [], file)
    items = [_read_row(row, places, f"{file.name}, row {number}")
             for number, row in enumerate(rows[1:], start=2)
             if any(tidy(cell) for cell in row)]
    return ItemSheet(source.pop("source_name"), source, tuple(items))


def _opened(file: Path) -> CalamineWorkbook:
    if not file.exists():
        raise StudyError(f"{file}: there is no such file. Give the workbook that "
                         "wbkit describe --sheet wrote.")
    read_bytes(file, file.name)
    try:
        return CalamineWorkbook.from_path(str(file))
    except CalamineError:
        raise StudyError(f"{file.name}: is no workbook that can be read. Give the .xlsx file that "
                         "wbkit describe --sheet wrote.") from None


def _cells(book: CalamineWorkbook, key: str, file: Path) -> list[list[str]]:
    names = [label(key, language) for language in LANGUAGES]
    found = next((name for name in names if name in book.sheet_names), None)
    if found is None:
        raise StudyError(f"{file.name}: lacks the sheet {names[0]!r}; it has "
                         f"{', '.join(book.sheet_names)}. Give the workbook that "
                         "wbkit describe --sheet wrote, or name the sheet so again.")
    return [as_text(row) for row in book.get_sheet_by_name(found).to_python(skip_empty_area=False)]


def _places(headings: Sequence[str], file: Path) -> dict[str, int]:
    """Return key = column; somebody may have moved or added columns."""
    words = {label(f"sheet_{key}", language): key for language in LANGUAGES
             for key in (*OWN_KEYS, *KEYS)}
    found = {words[tidy(heading)]: place for place, heading in enumerate(headings)
             if tidy(heading) in words}
    for key in ("name", "kind"):
        if key not in found:
            heading = label(f"sheet_{key}", "nl")
            raise StudyError(f"{file.name}: lacks the column {heading!r}. "
                             f"{did_you_mean(heading, filter(None, headings))} ".lstrip()
                             + "Write the headings as wbkit describe --sheet wrote them.")
    return found


def _read_row(row: Sequence[str], places: Mapping[str, int], where: str) -> ItemRow:
    fields = {}
    for field in FIELDS:
        cell = row[places[field.key]] if field.key in places else ""
        if not tidy(cell):
            continue
        try:
            fields[field.key] = field.read(cell)
        except StudyError as fault:
            heading = label(f"sheet_{field.key}", "nl")
            raise StudyError(f"{where}, {heading!r}: {fault}") from None
    if fields.get("sensitivity") == "none":
        del fields["sensitivity"]
    if fields.get("label") == fields.get("column"):
        fields.pop("label", None)
    own = {key: row[places[key]] if key in places else "" for key in OWN_KEYS}
    sure = {label("sheet_yes", language) for language in LANGUAGES}
    reason = "; ".join(map(tidy, own["reason"].splitlines()))
    return ItemRow(tidy(own["name"]), fields, tidy(own["guessed"]).casefold() in sure, reason)


def _read_source(rows: Sequence[Sequence[str]], file: Path) -> dict[str, Any]:
    words = {label(f"sheet_{key}", language): key for language in LANGUAGES
             for key in SOURCE_KEYS}
    said = {words[tidy(row[0])]: tidy(row[1]) for row in rows
            if len(row) > 1 and tidy(row[0]) in words}
    lacking = [key for key in SOURCE_KEYS if not said.get(key)]
    if lacking:
        heading = label(f"sheet_{lacking[0]}", "nl")
        raise StudyError(f"{file.name}, sheet {label('sheet_source', 'nl')!r}: {heading!r} is "
                         "empty or missing. Fill it in.")
    try:
        design = chosen("draft", DESIGNS, said["design"]) if _is_known(said["design"]) else None
        synthetic = chosen("sheet", ("yes", "no"), said["synthetic"]) == "yes"
    except StudyError as fault:
        raise StudyError(f"{file.name}, sheet {label('sheet_source', 'nl')!r}: {fault}") from None
    kept = {key: said[key] for key in ("source_name", "file", "format", "unit")}
    return kept | {"label": said["source_label"], "synthetic": synthetic} | (
        {"design": {"kind": design}} if design else {})


def _is_known(words: str) -> bool:
    return words not in {label("sheet_unknown", language) for language in LANGUAGES}


def _new_source(sheet: ItemSheet) -> str:
    """Return the text of a source without items."""
    document = tomlkit.document()
    document["sources"] = tomlkit.table(is_super_table=True)
    table = tomlkit.table()
    for key in ("label", "file", "format", "unit", "synthetic", "design"):
        if key in sheet.source:
            table[key] = toml_value(sheet.source[key])
    document["sources"][sheet.name] = table
    return tomlkit.dumps(document) + "\n"


def _update(document: TOMLDocument, source: str, row: ItemRow) -> None:
    """Write one row: keys that differ are changed, all else stays as it stands."""
    table = document["sources"][source]
    if "items" not in table:
        table["items"] = tomlkit.table(is_super_table=True)
    if row.name not in table["items"]:
        reasons = {"kind": row.reason} if row.reason and not row.confirmed else {}
        table["items"][row.name] = item_table(row.fields, reasons, guessed=not row.confirmed)
        return
    item = table["items"][row.name]
    wanted = {**row.fields, **({} if row.confirmed else {"guessed": True})}
    for key in (*KEYS, "guessed"):
        if key in wanted:
            _set(item, key, wanted[key])
        elif key in item and not (key == "label" and not isinstance(item[key], str)):
            del item[key]


def _set(table: Table, key: str, value: Any) -> None:
    """Change a value only when it is another one, so that its comment stays."""
    now = table.get(key)
    now = now.unwrap() if hasattr(now, "unwrap") else now
    if isinstance(now, dict) and key in ("label", "design"):
        part, value = ("nl", value) if key == "label" else ("kind", value["kind"])
        if now.get(part) != value:
            table.get(key).update({part: value})
        return
    if now == value:
        return
    comment = table.item(key).trivia.comment if key in table else ""
    item = toml_value(value)
    table.update({key: item.comment(comment.lstrip("# ")) if comment else item})
