"""Read the Excel sheet of items: what it says now, and what it said when it was drafted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from wbkit.errors import StudyError
from wbkit.intake.excel import as_text
from wbkit.intake.source_files import read_bytes
from wbkit.labels import label
from wbkit.messages import LANGUAGES, _, shown
from wbkit.text.normalise import did_you_mean, tidy
from wbkit.workflow.describe.sheet_fields import FIELDS, KEYS, NEEDED, SOURCE_FIELDS, UNUSED

OWN_KEYS = ("guessed", "name", "reason", "place", "certainty", "examples")
ASIDE = ("aside_column", "aside_cell", "aside_reason")
SHEETS = ("source", "items", "aside")
DRAFTED = "wbkit"  # the hidden sheet
SOURCE_KEYS = tuple(field.key for field in SOURCE_FIELDS)


@dataclass(frozen=True)
class ItemRow:
    """One row of the sheet.

    Parameters
    ----------
    name, fields
        Id and keys of the item.
    confirmed
        Whether somebody said that it is right.
    reason
        Why it was drafted so.
    place
        Which question of the file it is; 0 for a row that somebody added.
    used
        Whether the column is used at all.
    """

    name: str
    fields: Mapping[str, Any]
    confirmed: bool
    reason: str = ""
    place: int = 0
    used: bool = True

    @property
    def written(self) -> dict[str, Any]:
        """The keys of the item as study.toml has them."""
        return {**self.fields, **({} if self.confirmed else {"guessed": True})}

    @property
    def headings(self) -> list[str]:
        """The headings in the file, as the sheet has them."""
        columns = self.fields.get("columns") or ()
        several = list(columns.values() if isinstance(columns, Mapping) else columns)
        several += [self.fields["other_column"]] if "other_column" in self.fields else []
        return several if columns else [self.fields.get("column", self.name), *several]


@dataclass(frozen=True)
class ItemSheet:
    """What a sheet says.

    Parameters
    ----------
    name, source
        Id and keys of the source; a key that the sheet has no row for is not there.
    items
        One for each row, in the order of the raw file.
    keys
        The keys of items for which the sheet has a column.
    title
        Title of the study.
    """

    name: str
    source: Mapping[str, Any]
    items: tuple[ItemRow, ...]
    keys: tuple[str, ...] = KEYS
    title: str = ""


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as it is now, and as it was drafted; an `id` tells one workbook from another."""

    now: ItemSheet
    id: str = ""
    drafted: ItemSheet | None = field(default=None)


def read_item_sheet(file: Path) -> ReadSheet:
    """Read the workbook of items."""
    book = _opened(file)
    aside = _found(book, "sheet_aside")
    source, items = (_needed(book, f"sheet_{name}", file) for name in ("source", "items"))
    now = sheet_of(items, source, _cells(book, aside) if aside else None, file.name)
    if DRAFTED not in book.sheet_names:
        return ReadSheet(now)
    try:
        told = json.loads("".join(row[0] for row in _cells(book, DRAFTED)))
        return ReadSheet(now, told["id"], from_json(told))
    except (ValueError, KeyError, TypeError, IndexError):
        return ReadSheet(now)


def sheet_of(
    items: Sequence[Sequence[str]], source: Sequence[Sequence[str]],
    aside: Sequence[Sequence[str]] | None, where: str,
) -> ItemSheet:
    """Return what the cells of a sheet mean."""
    said = _read_source(source, where)
    places = _places(items[0] if items else [], where)
    rows = [_read_row(row, items[0], places, _("{file}, row {row}", file=where, row=number))
            for number, row in enumerate(items[1:], start=2) if any(map(tidy, row))]
    rows.sort(key=lambda row: row.place or len(items))
    said |= {"set_aside": _read_aside(aside, where)} if aside is not None else {}
    title = said.pop("study_title", "") or ""
    return ItemSheet(said.pop("source_name"), said, tuple(rows),
                     tuple(key for key in KEYS if key in places), title)


def as_json(sheet: ItemSheet) -> dict[str, Any]:
    """Return a sheet as plain lists and dictionaries."""
    return asdict(sheet)


def from_json(told: Mapping[str, Any]) -> ItemSheet:
    """Return the sheet that `as_json` wrote."""
    return ItemSheet(told["name"], told["source"], tuple(ItemRow(**row) for row in told["items"]),
                     tuple(told["keys"]), told["title"])


def renamed(sheet: ItemSheet, names: Mapping[str, str]) -> ItemSheet:
    """Give items other ids, also where one is asked after another."""
    rows = []
    for row in sheet.items:
        asked = row.fields.get("asked_if")
        fields = {**row.fields, "asked_if": {names.get(one, one): answers
                                             for one, answers in asked.items()}} if asked \
            else row.fields
        rows.append(replace(row, name=names.get(row.name, row.name), fields=fields))
    return replace(sheet, items=tuple(rows))


def _opened(file: Path) -> CalamineWorkbook:
    if not file.exists():
        raise StudyError(_(
            "{file}: there is no such file. Give the workbook that wbkit describe --sheet wrote.",
            file=shown(file)))
    read_bytes(file, file.name)
    try:
        return CalamineWorkbook.from_path(str(file))
    except CalamineError:
        raise StudyError(_(
            "{file}: is no workbook that can be read. Give the .xlsx file that wbkit describe "
            "--sheet wrote.",
            file=file.name)) from None


def _found(book: CalamineWorkbook, key: str) -> str | None:
    names = (label(key, language) for language in LANGUAGES)
    return next((name for name in names if name in book.sheet_names), None)


def _needed(book: CalamineWorkbook, key: str, file: Path) -> list[list[str]]:
    found = _found(book, key)
    if found is None:
        raise StudyError(_(
            "{file}: lacks the sheet {sheet!r}; it has {sheets}. Give the workbook that wbkit "
            "describe --sheet wrote, or name the sheet so again.",
            file=file.name, sheet=label(key, _language(book.sheet_names)),
            sheets=", ".join(name for name in book.sheet_names if name != DRAFTED)))
    return _cells(book, found)


def _cells(book: CalamineWorkbook, name: str) -> list[list[str]]:
    return [as_text(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _language(words: Iterable[str]) -> str:
    """Return the language in which a workbook of items was written."""
    said = set(map(tidy, words))
    keys = (*OWN_KEYS, *KEYS, *SOURCE_KEYS, *ASIDE, *SHEETS)
    return max(LANGUAGES, key=lambda language: sum(
        label(f"sheet_{key}", language) in said for key in keys))


def _places(headings: Sequence[str], where: str) -> dict[str, int]:
    """Return key = column; somebody may have moved or added columns."""
    words = {label(f"sheet_{key}", language): key for language in LANGUAGES
             for key in (*OWN_KEYS, *KEYS)}
    found = {words[tidy(heading)]: place for place, heading in enumerate(headings)
             if tidy(heading) in words}
    for key in ("name", "kind"):
        if key not in found:
            heading = label(f"sheet_{key}", _language(headings))
            advice = _("Write the headings as wbkit describe --sheet wrote them.")
            near = did_you_mean(heading, filter(None, headings))
            raise StudyError(_(
                "{where}: lacks the column {heading!r}. {advice}",
                where=where, heading=heading, advice=" ".join(filter(None, (near, advice)))))
    return found


def _read_row(
    row: Sequence[str], headings: Sequence[str], places: Mapping[str, int], where: str
) -> ItemRow:
    fields = {}
    for one in FIELDS:
        cell = row[places[one.key]] if one.key in places else ""
        if not tidy(cell):
            continue
        try:
            fields[one.key] = one.read(cell)
        except StudyError as fault:
            raise StudyError(_(
                "{where}, {heading!r}: {fault}", where=where,
                heading=tidy(headings[places[one.key]]), fault=fault.args[0])) from None
    if fields.get("sensitivity") == "none":
        del fields["sensitivity"]
    if fields.get("label") == fields.get("column"):
        fields.pop("label", None)
    own = {key: row[places[key]] if key in places else "" for key in OWN_KEYS}
    sure = {label("sheet_yes", language) for language in LANGUAGES}
    reason = "; ".join(map(tidy, own["reason"].splitlines()))
    place = int(own["place"]) if own["place"].isdecimal() else 0
    return ItemRow(tidy(own["name"]), fields, tidy(own["guessed"]).casefold() in sure, reason,
                   place, used=fields.get("kind") != UNUSED)


def _read_source(rows: Sequence[Sequence[str]], where: str) -> dict[str, Any]:
    words = {label(f"sheet_{key}", language): key for language in LANGUAGES
             for key in SOURCE_KEYS}
    said = {words[tidy(row[0])]: row[1] for row in rows
            if len(row) > 1 and tidy(row[0]) in words}
    language = _language(row[0] for row in rows if row)
    place = _("{file}, sheet {sheet!r}", file=where, sheet=label("sheet_source", language))
    lacking = [key for key in NEEDED if not tidy(said.get(key, ""))]
    if lacking:
        raise StudyError(_(
            "{place}: {name!r} is empty or missing. Fill it in.",
            place=place, name=label(f"sheet_{lacking[0]}", language)))
    found: dict[str, Any] = {}
    for one in SOURCE_FIELDS:
        cell = said.get(one.key, "")
        try:
            if one.key in said:
                found[one.key] = one.read(cell) if tidy(cell) else None
        except StudyError as fault:
            raise StudyError(_("{place}, {name!r}: {fault}", place=place, fault=fault.args[0],
                               name=label(f"sheet_{one.key}", language))) from None
    return found | {"label": found.pop("source_label")}


def _read_aside(rows: Sequence[Sequence[str]], where: str) -> list[dict[str, Any]] | None:
    """Read the rules for rows that are set aside."""
    rules = []
    for number, row in enumerate(rows[1:], start=2):
        names, cells, reason = [*row, "", "", ""][:3]
        columns = [tidy(line) for line in names.split("\n") if tidy(line)]
        wanted = [tidy(line) for line in cells.split("\n")]
        if not any(map(tidy, (names, cells, reason))):
            continue
        if len(columns) != len(wanted) or not columns or not tidy(reason):
            raise StudyError(_(
                "{file}, sheet {sheet!r}, row {row}: needs a column, what stands in its cell, and "
                "a reason; with several columns one cell a line. Fill it in, or empty the row.",
                file=where, sheet=label("sheet_aside", _language(rows[0])), row=number))
        rules.append({"where": dict(zip(columns, wanted, strict=True)), "reason": tidy(reason)})
    return rules or None
