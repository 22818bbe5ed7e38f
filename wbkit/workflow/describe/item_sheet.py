"""Write a draft as an Excel workbook that a person checks: what needs a person first."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wbkit.errors import DataError
from wbkit.files import new_workbook
from wbkit.intake.draft.guess import Guess
from wbkit.intake.draft.toml import Draft, layout_keys, title_of
from wbkit.labels import label
from wbkit.messages import _, shown
from wbkit.workflow.describe.certainty import certainty, examples, unsure_first
from wbkit.workflow.describe.item_sheet_reading import ASIDE, DRAFTED, as_json, sheet_of
from wbkit.workflow.describe.sheet_fields import (
    FIELDS,
    SIGNS,
    SOURCE_FIELDS,
    Field,
    choice_words,
)

FIRST, LAST_OF_ITEM = ("guessed", "name", "certainty"), ("examples", "reason", "place")
WIDTHS = {"guessed": 18, "name": 24, "certainty": 12, "examples": 30, "reason": 44, "place": 6}
BEFORE = ("doubt", "column", "label", "kind")  # stand before reason and examples
LAST_ROW = 2000  # lists to choose from reach to here, for rows that somebody adds
SEPARATORS = (";", "|", "/", ">", "+")
NOT_SENSITIVE = "none"
CELL = 30_000  # characters; Excel keeps 32,767 in a cell
HELPED = ("unit", "long", "counts")  # rows of the source with an explanation beside them
EMPTY_RULES = 20  # rows to fill in
HEAD = {"bold": True, "text_wrap": True, "bg_color": "#DDEBF7", "border": 1, "valign": "top"}
TEXT = {"text_wrap": True, "valign": "top", "num_format": "@"}
ASKED, LOOK = {"bg_color": "#F8CBAD"}, {"bg_color": "#FFF2CC"}
Rows = list[list[str]]


def write_item_sheet(draft: Draft, file: Path, *, title: str = "") -> None:
    """Write a draft as a workbook: the items, the source, and the rows that are set aside.

    What was drafted is kept in a hidden sheet, so that reading it can tell what a person changed.
    """
    if file.suffix.lower() != ".xlsx":
        raise DataError(_(
            "{file}: is no name of an Excel file. Give --sheet a name that ends in .xlsx, such as "
            "vragen.xlsx.",
            file=shown(file)))
    if file.exists():
        raise DataError(_(
            "{file}: is there already, and is not overwritten. Give --sheet another name, or "
            "remove that file first when nobody needs it.",
            file=shown(file)))
    language = draft.language
    items, source, aside = _items(draft), _source(draft, title), _aside(draft)
    with new_workbook(file) as book:
        head, cell = book.add_format(HEAD), book.add_format(TEXT)
        _write_items(book, items, draft, head, cell)
        _write_source(book.add_worksheet(label("sheet_source", language)), source, language, head,
                      cell)
        _write_rows(book.add_worksheet(label("sheet_aside", language)), aside, [44, 44, 60], head,
                    cell)
        drafted = sheet_of(items, source, aside, file.name)
        _write_drafted(book.add_worksheet(DRAFTED), {"id": uuid4().hex} | as_json(drafted))


def item_columns() -> list[tuple[str, int]]:
    """Return the columns of the sheet of items in order, with their widths."""
    fields = {field.key: field.width for field in FIELDS}
    rest = [key for key in fields if key not in BEFORE]
    names = (*FIRST, *BEFORE, "reason", "examples", *rest, "place")
    return [(name, (WIDTHS | fields)[name]) for name in names]


def _items(draft: Draft) -> Rows:
    names = [name for name, __ in item_columns()]
    rows = [[label(f"sheet_{name}", draft.language) for name in names]]
    for place, guess in unsure_first(draft.items):
        cells = _cells(guess, place, draft.language)
        rows.append([cells.get(name, "") for name in names])
    return rows


def _cells(guess: Guess, place: int, language: str) -> dict[str, str]:
    known = {"label": guess.column.question, "sensitivity": NOT_SENSITIVE, **guess.fields}
    written = {field.key: field.write(known[field.key], language) for field in FIELDS
               if field.key in known}
    return written | {
        "guessed": label("sheet_not_yet", language), "name": guess.name, "place": str(place),
        "certainty": label(f"sheet_{certainty(guess)}", language),
        "examples": "\n".join(examples(guess)),
        "reason": "\n".join(dict.fromkeys(guess.reasons.values())),
    }


def _write_items(
    book: Workbook, rows: Rows, draft: Draft, head: Format, cell: Format
) -> None:
    language, columns = draft.language, item_columns()
    sheet = book.add_worksheet(label("sheet_items", language))
    _write_rows(sheet, rows, [width for __, width in columns], head, cell)
    places = {name: place for place, (name, __) in enumerate(columns)}
    sheet.set_column(places["place"], places["place"], None, None, {"hidden": True})
    for word, colour in (("asked", ASKED), ("look", LOOK)):
        sheet.conditional_format(1, places["certainty"], LAST_ROW, places["certainty"], {
            "type": "cell", "criteria": "==", "value": f'"{label(f"sheet_{word}", language)}"',
            "format": book.add_format(colour)})
    _add_lists(sheet, places, language)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows) - 1, len(columns) - 1)


def _write_rows(
    sheet: Worksheet, rows: Rows, widths: Sequence[int], head: Format, cell: Format
) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, cell)
    for row, cells in enumerate(rows):
        for place, words in enumerate(cells):
            sheet.write_string(row, place, words, head if not row else cell)


def _add_lists(sheet: Worksheet, places: Mapping[str, int], language: str) -> None:
    """Let people choose from a list where only some words are right."""
    _add_list(sheet, places["guessed"], [label("sheet_not_yet", language),
                                         label("sheet_yes", language)])
    for field in FIELDS:
        if field.choices:
            words = choice_words(field.key, field.choices, language).values()
            _add_list(sheet, places[field.key], words)
    signs = [*SEPARATORS, *(label(f"sheet_{name}", language) for name in SIGNS.values())]
    _add_list(sheet, places["separator"], signs, strict=False)


def _add_list(
    sheet: Worksheet, place: int, words: Iterable[str], *, strict: bool = True
) -> None:
    sheet.data_validation(1, place, LAST_ROW, place, {
        "validate": "list", "source": list(words),
        "error_type": "stop" if strict else "information"})


def _source(draft: Draft, title: str) -> Rows:
    """Return the rows about the source: what stands in front, and what is known of it."""
    language = draft.language
    known: dict[str, Any] = {
        "study_title": title, "source_name": draft.name, "source_label": title_of(draft.file),
        "file": draft.file, **layout_keys(draft.layout), "unit": draft.unit, "synthetic": False,
        "design": {"kind": draft.design} if draft.design else None,
        "ignore": list(draft.ignored),
    }
    known |= {"counts": draft.counts} if draft.counts else {}
    return [[label(f"sheet_{field.key}", language),
             field.write(known[field.key], language) if field.key in known else ""]
            for field in SOURCE_FIELDS]


def _write_source(
    sheet: Worksheet, rows: Rows, language: str, head: Format, cell: Format
) -> None:
    sheet.set_column(0, 2, 44, cell)
    for row, (field, (name, words)) in enumerate(zip(SOURCE_FIELDS, rows, strict=True)):
        sheet.write_string(row, 0, name, head)
        sheet.write_string(row, 1, words, cell)
        if field.key in HELPED:
            sheet.write_string(row, 2, label(f"sheet_help_{field.key}", language), cell)
        if field.choices:
            sheet.data_validation(row, 1, row, 1, {
                "validate": "list", "source": _choices(field, language)})


def _choices(field: Field, language: str) -> list[str]:
    if field.key == "format":
        return list(field.choices)
    if field.key == "design":
        return [label("sheet_unknown", language),
                *choice_words("draft", field.choices, language).values()]
    return list(choice_words("sheet", field.choices, language).values())


def _aside(draft: Draft) -> Rows:
    """Return the rules for rows that are set aside, with empty rows to fill in."""
    rules = [["\n".join(where), "\n".join(where.values()), reason]
             for where, reason in draft.set_aside]
    heads = [label(f"sheet_{name}", draft.language) for name in ASIDE]
    return [heads, *rules, *([[""] * len(heads)] * EMPTY_RULES)]


def _write_drafted(sheet: Worksheet, drafted: Mapping[str, Any]) -> None:
    sheet.very_hidden()
    text = json.dumps(drafted, ensure_ascii=False)
    for row, start in enumerate(range(0, len(text), CELL)):
        sheet.write_string(row, 0, text[start:start + CELL])


def study_title(fields: Mapping[str, Any]) -> str:
    """Return the title of a study as one text."""
    title = fields.get("title", "")
    return str(title.get("nl", "") if isinstance(title, Mapping) else title)
