"""The draft of a source as an Excel sheet: one row for each question, with lists to choose from."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wbkit.errors import DataError
from wbkit.intake.draft.draft import FORMAT_NAMES, Draft
from wbkit.intake.draft.guess import Guess
from wbkit.intake.draft.toml import DESIGNS, title_of
from wbkit.labels import label
from wbkit.workbooks import new_workbook
from wbkit.workflow.describe.item_sheet import FIELDS, choice_words

LAST_ROW = 2000  # lists to choose from reach to here, for rows that somebody adds
NOT_SENSITIVE = "none"


def write_item_sheet(draft: Draft, file: Path) -> None:
    """Write a draft as an Excel workbook: a sheet with the items, and one about the source.

    Parameters
    ----------
    draft
        The draft.
    file
        A new .xlsx file.

    Raises
    ------
    DataError
        If it is there already, or its name ends otherwise: neither a raw file nor the work of
        somebody in an earlier sheet is ever overwritten.
    """
    if file.suffix.lower() != ".xlsx":
        raise DataError(f"{file}: is no name of an Excel file. Give --sheet a name that ends in "
                        ".xlsx, such as vragen.xlsx.")
    if file.exists():
        raise DataError(f"{file}: is there already, and is not overwritten. Give --sheet another "
                        "name, or remove that file first when nobody needs it.")
    language = draft.language
    with new_workbook(file) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7",
                                "border": 1, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        _write_items(book.add_worksheet(label("sheet_items", language)), draft, head, cell)
        _write_source(book.add_worksheet(label("sheet_source", language)), draft, head, cell)


def _write_items(sheet: Worksheet, draft: Draft, head: Format, cell: Format) -> None:
    language = draft.language
    names = ["guessed", "name", *(field.key for field in FIELDS), "reason"]
    widths = [18, 24, *(field.width for field in FIELDS), 44]
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(place, place, width, cell)
        sheet.write_string(0, place, label(f"sheet_{name}", language), head)
    for row, guess in enumerate(draft.items, start=1):
        for place, words in enumerate(_cells(guess, language)):
            sheet.write_string(row, place, words, cell)
    _add_lists(sheet, language)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(draft.items), len(names) - 1)


def _cells(guess: Guess, language: str) -> list[str]:
    known = {"label": guess.column.question, "sensitivity": NOT_SENSITIVE, **guess.fields}
    written = [field.write(known[field.key], language) if field.key in known else ""
               for field in FIELDS]
    return [label("sheet_not_yet", language), guess.name, *written,
            "\n".join(dict.fromkeys(guess.reasons.values()))]


def _add_lists(sheet: Worksheet, language: str) -> None:
    """Let people choose from a list where only some words are right."""
    sure = [label("sheet_not_yet", language), label("sheet_yes", language)]
    _add_list(sheet, 0, sure)
    for place, field in enumerate(FIELDS, start=2):
        if field.choices:
            _add_list(sheet, place, choice_words(field.key, field.choices, language).values())


def _add_list(sheet: Worksheet, place: int, words: Any) -> None:
    sheet.data_validation(1, place, LAST_ROW, place, {"validate": "list", "source": list(words)})


def _write_source(sheet: Worksheet, draft: Draft, head: Format, cell: Format) -> None:
    language = draft.language
    sheet.set_column(0, 1, 44, cell)
    lists = _source_lists(language)
    for row, (key, words) in enumerate(source_cells(draft).items()):
        sheet.write_string(row, 0, label(f"sheet_{key}", language), head)
        sheet.write_string(row, 1, words, cell)
        if key in lists:
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(lists[key])})


def source_cells(draft: Draft) -> Mapping[str, str]:
    """Return what the sheet says of the source: key = words.

    Parameters
    ----------
    draft
        The draft.

    Returns
    -------
    dict of str to str
        In the order of the sheet.
    """
    language = draft.language
    design = f"draft_{draft.design}" if draft.design else "sheet_unknown"
    return {"source_name": draft.name, "source_label": title_of(draft.file), "file": draft.file,
            "format": draft.format, "unit": draft.unit, "synthetic": label("sheet_no", language),
            "design": label(design, language)}


def _source_lists(language: str) -> dict[str, Sequence[str]]:
    return {
        "format": FORMAT_NAMES,
        "synthetic": [label("sheet_no", language), label("sheet_yes", language)],
        "design": [label("sheet_unknown", language),
                   *choice_words("draft", DESIGNS, language).values()],
    }
