"""A small study, spoiled in every way that a file can be spoiled; always the same ones."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

SEED = 20221115
HEADINGS = ("nr", "leerweg", "niveau", "Ik voel mij gezien", "Ik voel mij veilig",
            "Goede begeleiding", "cijfer", "motivatie", "Bij wie zoek je steun?", "toelichting",
            "vriend")
AGREE = ("oneens", "neutraal", "eens")
STUDY = '''title = "Proef"
language = "nl"
display = { minimum = 5 }

[questions.1b]
line = 1
text = { nl = "Welke hulp?", en = "Which help?" }

[sources.students]
label = { nl = "Enquête", en = "Survey" }
file = "raw/FILE"
format = "FORMAT"
unit = "student"
synthetic = true
design = { kind = "convenience", population = 40, margins = { leerweg = { bol = 30, bbl = 10 } } }
set_aside = [{ where = { nr = "20" }, reason = "testrij" }]
duplicates = { rule = "same answers", keep = "first" }
ignore = ["nr"]

[sources.students.items.leerweg]
kind = "nominal"
values = ["bol", "bbl"]
sensitivity = "quasi"

[sources.students.items.niveau]
kind = "ordinal"
values = ["2", "3", "4"]
questions = ["1b"]

[sources.students.items.niveau_laag]
kind = "ordinal"
values = ["laag", "hoog"]
recode = { item = "niveau", map = { "2" = "laag", "3" = "laag", "4" = "hoog" } }

[sources.students.items.gezien]
column = "Ik voel mij gezien"
label = { en = "I feel seen" }
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
value_labels = { en = ["disagree", "neutral", "agree"] }
missing = ["weet ik niet"]
corrections = { "Eens!" = "eens" }

[sources.students.items.veilig]
column = "Ik voel mij veilig"
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]

[sources.students.items.begeleiding]
column = "Goede begeleiding"
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
asked_if = { leerweg = ["bbl"] }

[sources.students.items.cijfer]
kind = "numeric"
range = [1, 10]

[sources.students.items.motivatie]
kind = "multiple"
values = ["leuk vak", "snel diploma", "moet"]
other = "Anders"

[sources.students.items.steun]
column = "Bij wie zoek je steun?"
kind = "multiple"
values = ["ouder", "vrienden", "coach", "niemand"]
exclusive = ["niemand"]

[sources.students.items.toelichting]
kind = "open"
sensitivity = "health"

[sources.students.items.vriend]
kind = "nominal"
values = "any"
'''


@dataclass
class Case:
    """The files of a study, as bytes."""

    name: str
    study: bytes
    raw: bytes
    suffix: str


def rows() -> list[list[object]]:
    """Return twenty answers, with a routed question, gaps, own words and a correction."""
    choose = random.Random(SEED)
    made = []
    for number in range(1, 21):
        track = choose.choice(("bol", "bol", "bbl"))
        steun = choose.choice((["ouder", "coach"], ["vrienden"], ["niemand"], []))
        motive = choose.choice((["leuk vak"], ["snel diploma", "moet"], ["leuk vak", "mijn oom"]))
        made.append([
            number, track, choose.choice((2, 3, 4)),
            choose.choice((*AGREE, "weet ik niet", "", "Eens!")), choose.choice((*AGREE, "")),
            choose.choice(AGREE) if track == "bbl" else "", choose.choice((6, 7.5, 8, "")),
            "".join(f"{part};" for part in motive), "".join(f"{part};" for part in steun),
            choose.choice(("", "De lessen één voor één uitleggen", "rooster")),
            choose.choice(("Ali", "Bo", "Cé", "")),
        ])
    return made


def csv_bytes(table: list[list[object]], *, headings=HEADINGS, mark=";") -> bytes:
    lines = [headings, *([cell if cell != "" else "" for cell in row] for row in table)]
    return "\n".join(mark.join(quoted(cell, mark) for cell in line) for line in lines).encode()


def quoted(cell: object, mark: str) -> str:
    text = str(cell)
    return f'"{text}"' if mark in text else text


def xlsx_bytes(table: list[list[object]], *, headings=HEADINGS, empty_first=False) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                        "default_date_format": "yyyy-mm-dd hh:mm"})
    book.set_properties({"created": datetime(2022, 11, 15)})  # the same bytes every time
    if empty_first:
        book.add_worksheet()
    sheet = book.add_worksheet("Antwoorden")
    for place, line in enumerate((headings, *table)):
        sheet.write_row(place, 0, [None if cell == "" else cell for cell in line])
    book.close()
    return stream.getvalue()


def flipped(choose: random.Random, content: bytes) -> bytes:
    """Flip one to three bits."""
    spoiled = bytearray(content)
    for _ in range(choose.randint(1, 3)):
        spoiled[choose.randrange(len(spoiled))] ^= 1 << choose.randrange(8)
    return bytes(spoiled)


def truncated(choose: random.Random, content: bytes) -> bytes:
    return content[:choose.randrange(len(content))]


def line_deleted(choose: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    del lines[choose.randrange(len(lines))]
    return b"".join(lines)


def line_doubled(choose: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    place = choose.randrange(len(lines))
    return b"".join([*lines[:place + 1], *lines[place:]])


def lines_swapped(choose: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    one, other = choose.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def recoded(choose: random.Random, content: bytes) -> bytes:
    codec = choose.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig", "mac-roman", "utf-32"))
    return content.decode().encode(codec, "replace")


def other_line_ends(choose: random.Random, content: bytes) -> bytes:
    return content.replace(b"\n", choose.choice((b"\r\n", b"\r", b"\n\n")))


def quote_added(choose: random.Random, content: bytes) -> bytes:
    place = choose.randrange(len(content))
    return content[:place] + b'"' + content[place:]


TYPES = ("3", "-1.5", "true", "[]", '"iets"', "{}", '["a", 1]', "2022-11-15", '""', "[[1]]",
         '{ nl = "x" }', '["eens", "eens"]', "nan", '"any"', "9999999999999999999999")


def key_retyped(choose: random.Random, content: bytes) -> bytes:
    """Give one key a value of another type."""
    lines = content.decode().splitlines()
    place = choose.choice([n for n, line in enumerate(lines) if " = " in line])
    lines[place] = f"{lines[place].split(' = ', 1)[0]} = {choose.choice(TYPES)}"
    return "\n".join(lines).encode()


def key_removed(choose: random.Random, content: bytes) -> bytes:
    lines = content.decode().splitlines()
    del lines[choose.choice([n for n, line in enumerate(lines) if " = " in line])]
    return "\n".join(lines).encode()


def key_renamed(choose: random.Random, content: bytes) -> bytes:
    """Misspell one key or heading by leaving a letter out."""
    lines = content.decode().splitlines()
    place = choose.choice([n for n, line in enumerate(lines) if "=" in line or "[" in line])
    at = choose.randrange(max(1, len(lines[place].split("=")[0]) - 1))
    lines[place] = lines[place][:at] + lines[place][at + 1:]
    return "\n".join(lines).encode()


CELLS = ("", " ", "5", 5, 3.7, "eens", " eens ", "EENS", "7,5", "7.5", "1.234,5", "-", "n.v.t.",
         "=1+1", "#REF!", True, datetime(2022, 11, 15, 9, 30), "0", "leuk vak;;", ";",
         "oneens;eens", "é\u00a0", "\u200b", "x" * 500, "10", 11, "1e3", "\t", "bol",
         "ouder;niemand;", "weet ik niet")


def cell_changed(choose: random.Random, table: list) -> list:
    for _ in range(choose.randint(1, 3)):
        table[choose.randrange(len(table))][choose.randrange(len(HEADINGS))] = choose.choice(CELLS)
    return table


def row_deleted(choose: random.Random, table: list) -> list:
    del table[choose.randrange(len(table))]
    return table


def row_doubled(choose: random.Random, table: list) -> list:
    return [*table, [*choose.choice(table)]]


def row_emptied(choose: random.Random, table: list) -> list:
    table[choose.randrange(len(table))] = [""] * len(HEADINGS)
    return table


def cell_added(choose: random.Random, table: list) -> list:
    place = choose.randrange(len(table))
    table[place] = [*table[place], "extra"]
    return table


def columns_swapped(choose: random.Random, table: list) -> list:
    """Swap the answers of two columns under the same headings."""
    one, other = choose.sample(range(len(HEADINGS)), 2)
    for row in table:
        row[one], row[other] = row[other], row[one]
    return table


def headings_changed(choose: random.Random) -> tuple[str, ...]:
    """Rename, repeat, empty or drop a heading."""
    names = [*HEADINGS]
    place = choose.randrange(len(names))
    new = choose.choice((names[place][:-1], names[place].upper(), "", names[place - 1],
                         f" {names[place]}\u00a0", "Anders"))
    names[place] = new
    return tuple(names[:-1]) if choose.random() < 0.2 else tuple(names)


BYTES: tuple[Callable, ...] = (flipped, truncated)
TEXT: tuple[Callable, ...] = (*BYTES, line_deleted, line_doubled, lines_swapped, recoded,
                              other_line_ends, quote_added)
KEYS: tuple[Callable, ...] = (key_retyped, key_removed, key_renamed)
TABLE: tuple[Callable, ...] = (cell_changed, cell_changed, row_deleted, row_doubled, row_emptied,
                               cell_added, columns_swapped)


def cases(number: int = 200) -> list[Case]:
    """Return spoiled studies: study.toml, csv and xlsx in turn."""
    choose = random.Random(SEED)
    makers = (spoiled_study, spoiled_csv, spoiled_xlsx)
    return [makers[place % 3](choose, place) for place in range(number)]


def study_text(suffix: str) -> bytes:
    kind = "csv" if suffix == "csv" else "ms-forms"
    return STUDY.replace("FILE", f"survey.{suffix}").replace("FORMAT", kind).encode()


def whole(suffix: str = "csv") -> Case:
    """Return the study before anything was spoiled."""
    raw = csv_bytes(rows()) if suffix == "csv" else xlsx_bytes(rows())
    return Case("whole", study_text(suffix), raw, suffix)


def spoiled_study(choose: random.Random, place: int) -> Case:
    change = choose.choice((*TEXT, *KEYS, *KEYS))
    case = whole()
    return Case(f"{place} study {change.__name__}", change(choose, case.study), case.raw, "csv")


def spoiled_csv(choose: random.Random, place: int) -> Case:
    change = choose.choice((*TEXT, *TABLE, "headings", "mark"))
    raw = csv_bytes(rows())
    if change in TEXT:
        raw = change(choose, raw)
    elif change in TABLE:
        raw = csv_bytes(change(choose, rows()))
    elif change == "headings":
        raw = csv_bytes(rows(), headings=headings_changed(choose))
    else:
        raw = csv_bytes(rows(), mark=choose.choice((",", "\t", "|", ":")))
    name = change if isinstance(change, str) else change.__name__
    return Case(f"{place} csv {name}", study_text("csv"), raw, "csv")


def spoiled_xlsx(choose: random.Random, place: int) -> Case:
    change = choose.choice((*BYTES, *TABLE, "headings", "empty_first", "csv_inside"))
    if change in BYTES:
        raw = change(choose, xlsx_bytes(rows()))
    elif change in TABLE:
        raw = xlsx_bytes(change(choose, rows()))
    elif change == "headings":
        raw = xlsx_bytes(rows(), headings=headings_changed(choose))
    else:
        raw = xlsx_bytes(rows(), empty_first=True) if change == "empty_first" else csv_bytes(rows())
    name = change if isinstance(change, str) else change.__name__
    return Case(f"{place} xlsx {name}", study_text("xlsx"), raw, "xlsx")
