"""The columns of the Excel sheet of items: how each key of study.toml is written in a cell."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wbkit.errors import DataError, StudyError
from wbkit.files import new_workbook
from wbkit.intake.draft.draft import FORMAT_NAMES
from wbkit.intake.draft.guess import Guess
from wbkit.intake.draft.toml import DESIGNS, Draft, title_of
from wbkit.labels import label
from wbkit.messages import LANGUAGES
from wbkit.study.item import Kind, Sensitivity
from wbkit.text.normalise import did_you_mean, listed, tidy

ARROWS = (" → ", "→", " -> ", "->")
KINDS: tuple[str, ...] = Kind.__args__
SENSITIVITIES: tuple[str, ...] = Sensitivity.__args__
Words = dict[str, Any]


class Field(NamedTuple):
    """One key of an item: its width in the sheet, how it is written and read, and its choices."""

    key: str
    width: int
    write: Callable[[Any, str], str]
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()


def _choice(prefix: str) -> Callable[[Any, str], str]:
    return lambda value, language: label(f"{prefix}_{value}", language)


def _lines(value: Sequence[str] | str, language: str) -> str:
    return label("sheet_any", language) if value == "any" else "\n".join(map(str, value))


def _pairs(value: Mapping[str, Any], language: str) -> str:
    return "\n".join(f"{before} → {one}" for before, after in value.items()
                     for one in ([after] if isinstance(after, str) else after))


def _read_lines(text: str) -> list[str] | str:
    lines = [tidy(line) for line in text.split("\n") if tidy(line)]
    every = {label("sheet_any", language) for language in LANGUAGES} | {"any"}
    return "any" if len(lines) == 1 and lines[0] in every else lines


def _read_range(text: str) -> list[float]:
    try:
        (low, high), = _read_pairs(text)
        return [_number(low), _number(high)]
    except ValueError:
        raise StudyError(f"there is {text!r}. Write two numbers: 1 → 10.") from None


def _read_routing(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for before, after in _read_pairs(text):
        found.setdefault(before, []).append(after)
    return found


def _text(value: Any, _: str) -> str:
    return value.get("nl", "") if isinstance(value, Mapping) else str(value)


FIELDS = (
    Field("column", 40, _text, tidy),
    Field("label", 40, _text, tidy),
    Field("kind", 24, _choice("kind"), lambda text: chosen("kind", KINDS, text), KINDS),
    Field("values", 34, _lines, _read_lines),
    Field("agree", 18, _lines, _read_lines),
    Field("neutral", 14, _text, tidy),
    Field("missing", 22, _lines, _read_lines),
    Field("other", 16, _text, tidy),
    Field("exclusive", 20, _lines, _read_lines),
    Field("asked_if", 26, _pairs, _read_routing),
    Field("corrections", 26, _pairs, lambda text: dict(_read_pairs(text))),
    Field("range", 10, lambda value, _: f"{value[0]} → {value[1]}", _read_range),
    Field("sensitivity", 24, _choice("sensitivity"),
          lambda text: chosen("sensitivity", SENSITIVITIES, text), SENSITIVITIES),
    Field("theme", 16, _text, tidy),
    Field("questions", 16, _lines, _read_lines),
)
LAST_ROW = 2000  # lists to choose from reach to here, for rows that somebody adds
NOT_SENSITIVE = "none"


def choice_words(prefix: str, names: Sequence[str], language: str) -> dict[str, str]:
    """Return name = words in this language."""
    return {name: label(f"{prefix}_{name}", language) for name in names}


def chosen(prefix: str, names: Sequence[str], words: str) -> str:
    """Return the id that words stand for, in any language."""
    known = {text.casefold(): name for language in LANGUAGES
             for name, text in choice_words(prefix, names, language).items()}
    known |= {name: name for name in names}
    if tidy(words).casefold() not in known:
        raise StudyError(f"there is {words!r}. It may be {listed(known, most=20)}. "
                         f"{did_you_mean(words, known)}".rstrip())
    return known[tidy(words).casefold()]


def _read_pairs(text: str) -> list[tuple[str, str]]:
    pairs = []
    for line in filter(str.strip, text.split("\n")):
        arrow = next((one for one in ARROWS if one in line), None)
        if arrow is None:
            raise StudyError(f"{tidy(line)!r} has no arrow. Write: before → after.")
        before, after = line.rsplit(arrow, 1)
        pairs.append((before.strip(), tidy(after)))
    return pairs


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def write_item_sheet(draft: Draft, file: Path) -> None:
    """Write a draft as an Excel workbook: a sheet with the items, and one about the source."""
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
    """Return what the sheet says of the source: key = words."""
    language = draft.language
    design = f"draft_{draft.design}" if draft.design else "sheet_unknown"
    return {"source_name": draft.name, "source_label": title_of(draft.file), "file": draft.file,
            "format": draft.layout.format, "unit": draft.unit,
            "synthetic": label("sheet_no", language),
            "design": label(design, language)}


def _source_lists(language: str) -> dict[str, Sequence[str]]:
    return {
        "format": FORMAT_NAMES,
        "synthetic": [label("sheet_no", language), label("sheet_yes", language)],
        "design": [label("sheet_unknown", language),
                   *choice_words("draft", DESIGNS, language).values()],
    }
