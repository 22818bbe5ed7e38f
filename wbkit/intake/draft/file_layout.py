"""Find out how an unknown export is laid out: which program wrote it, where its table stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wbkit.errors import DataError
from wbkit.intake.delimited import read_records
from wbkit.intake.draft.guess import lexicon, plain
from wbkit.intake.excel import as_text, check_package, guarded, read_leaves
from wbkit.intake.export_columns import FORMS_TIMES
from wbkit.intake.layout import Layout
from wbkit.intake.long_format import find_long
from wbkit.intake.platforms import BOTH, IMPORT_MARK, MONKEY_FIRST, has_labels_below, head_words
from wbkit.intake.sheet import Sheet, refuse_wide
from wbkit.intake.source_files import WORKBOOK_START, read_sheet
from wbkit.messages import _, message
from wbkit.text.normalise import heading, listed, tidy

BY_ENDING = {".sav": "spss", ".zsav": "spss", ".dta": "stata"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
LOOKED_AT = 30  # rows from the top in which the headings are looked for
MOSTLY = 0.7  # share of the cells of a heading row that are filled
LAST_ROWS = 5
AMOUNT = re.compile(r"[€$£]?\s*[+-]?[0-9][0-9.,]*\s*[%€]?")  # what a row of totals holds
LIME_MARKS = {"lastpage", "submitdate", "laatste pagina", "last page", "startlanguage", "starttaal",
              "start language", "begin taal", "datum ingezonden", "datum verstuurd",
"date submitted", "datestamp"}
LIME_PART = re.compile(r"[a-z]\w*\[\w+\]\. .+")  # q2[sq001]. the words of a part
GOOGLE_FIRST = {"timestamp", "tijdstempel"}
KOBO_MARKS = {"_id", "_uuid", "_submission_time", "__version__", "_index", "_submitted_by",
              "_validation_status"}
REDCAP_FIRST = {"record_id", "record id", "participant id", "study_id"}
PREVIEW = {"survey preview"}
STATUS = {"status", "response type", "finished"}  # whether somebody came to the end
ENOUGH = 2  # marks of a platform that tell it


@dataclass(frozen=True)
class Found:
    """How a file is laid out, and what a person should know of it.

    Parameters
    ----------
    layout
        As study.toml says it.
    set_aside
        Rows that are no unit: heading = cell, and why.
    notes
        What was passed over.
    sheet
        The cells, when the answers had to be read to tell.
    """

    layout: Layout
    set_aside: tuple[tuple[Mapping[str, str], str], ...] = ()
    notes: tuple[str, ...] = ()
    sheet: Sheet | None = field(default=None, repr=False)


def find_layout(name: str, content: bytes, where: str, language: str = "nl") -> Found:
    """Return how an export is laid out, by its name, its first rows and its last ones."""
    known = BY_ENDING.get(Path(name).suffix.lower())
    if known:
        return Found(Layout(known))
    book = content.startswith((WORKBOOK_START, OLD_OFFICE)) or name.lower().endswith(".xlsx")
    if book:
        found = _in_workbook(content, where, language)
    else:
        rows, __ = read_records(content, where, ())
        refuse_wide(max(map(len, rows), default=0), where)  # before each heading is looked at
        found = Found(_layout_of_rows(rows, 1, "csv"))
    sheet = read_sheet(content, found.layout, where, ())
    long = find_long(sheet) if found.layout.format in ("csv", "excel") else None
    if long:
        return replace(found, layout=replace(found.layout, long=long))
    return replace(found, sheet=sheet,
                   set_aside=(
        *_previews(sheet, language), *_levels(sheet, language), *_totals(sheet, language)))


def _in_workbook(content: bytes, where: str, language: str) -> Found:
    """Choose the sheet with most answers, and the row of its headings."""
    check_package(content, where)
    __, leaves = guarded(lambda: read_leaves(content), where)
    if not leaves:
        raise DataError(_(
            "{where}: is an empty workbook. Its first sheet should hold the questions in row 1 "
            "and one answer in each row below. Export it again.",
            where=where))
    size = {leaf.name: sum(cell != "" for row in leaf.cells for cell in row) for leaf in leaves}
    visible = [leaf for leaf in leaves if leaf.visible] or leaves
    best = max(visible, key=lambda leaf: size[leaf.name])
    rows = [as_text(row) for row in best.cells[:LOOKED_AT]]
    layout = _layout_of_rows(rows, best.first, "excel")
    others = [leaf.name for leaf in leaves if leaf is not best]
    if not others:
        return Found(layout)
    words = message("draft_sheets", language, sheet=best.name, others=listed(map(repr, others)))
    return Found(replace(layout, sheet=best.name), notes=(words,))


def _layout_of_rows(rows: Sequence[Sequence[str]], first: int, plain_format: str) -> Layout:
    platform = _platform(rows[:3], plain_format)
    if platform:
        return Layout(platform)
    place, n = _headings(rows[:LOOKED_AT])
    return Layout(plain_format, heading_row=first + place if place or n > 1 else None,
                  heading_rows=n if n > 1 else None)


def _platform(rows: Sequence[Sequence[str]], plain_format: str) -> str:
    """Return the program that wrote these headings; empty when they are of nobody's."""
    words = [[heading(cell).casefold() for cell in row] for row in rows] + [[], [], []]
    if any(IMPORT_MARK in cell for cell in words[2]) or has_labels_below(rows):
        return "qualtrics"
    if _is_limesurvey(words):
        return "limesurvey"
    first = words[0][0] if words[0] else ""
    if first in MONKEY_FIRST:
        return "surveymonkey"
    if len(KOBO_MARKS & set(words[0])) >= ENOUGH:
        return "kobo"
    if first in REDCAP_FIRST or head_words(words[0], "redcap") >= ENOUGH:
        return "redcap"
    if first in GOOGLE_FIRST:
        return "google-forms"
    if plain_format == "excel" and len(FORMS_TIMES & set(words[0])) >= ENOUGH:
        return "ms-forms"
    return ""


def _is_limesurvey(words: Sequence[Sequence[str]]) -> bool:
    """Whether columns of LimeSurvey itself stand there, or its codes of parts: q2[sq001]. words."""
    codes = [match["code"] if (match := BOTH.fullmatch(cell)) else cell for cell in words[0]]
    parts = sum(bool(LIME_PART.fullmatch(cell)) for cell in words[0])
    return parts > ENOUGH or len(LIME_MARKS & {*words[0], *words[1], *codes}) >= ENOUGH


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return the place of the first heading row, and how many rows the headings take.

    A title has one cell, a row of themes a few; the headings fill nearly all columns. A question
    above and its options in the row below fill them together.
    """
    filled = [{place for place, cell in enumerate(row) if tidy(cell)} for row in rows]
    most = max(map(len, filled), default=0)
    for place, cells in enumerate(filled):
        numbered = len(cells) > 1 and cells == {*range(1, most)}  # row numbers have no heading
        if len(cells) >= MOSTLY * most and len(cells) > 1 or most == len(cells) or numbered:
            return place, 1
        below = filled[place + 1] if place + 1 < len(filled) else set()
        together = len(cells | below) >= MOSTLY * most and len(cells) > 1 and len(below) > 1
        apart = len(cells & below) <= len(below) / 2 and not _are_themes(rows, place, most)
        if together and apart and not _like(rows, place + 1):
            return place, 2
    return 0, 1


def _are_themes(rows: Sequence[Sequence[str]], place: int, most: int) -> bool:
    """Whether a row names parts of the questionnaire above headings that are whole questions."""
    above, below = ([tidy(cell) for cell in rows[one] if tidy(cell)] for one in (place, place + 1))
    if not above or len(below) < MOSTLY * most or len(set(below)) < len(below):
        return False
    words = [sum(len(cell.split()) for cell in row) / len(row) for row in (above, below)]
    return words[0] < words[1] and not any("?" in cell for cell in above)


def _like(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a row holds what the rows below it hold: then it is no heading.

    An option above a column in which nothing but that option stands is one: it was ticked.
    """
    below = [{tidy(row[column]) for row in rows[place + 1:] if column < len(row)} - {""}
             for column in range(len(rows[place]))]
    cells = [tidy(cell) for cell in rows[place]]
    told = {cell for cell, under in zip(cells, below, strict=True) if cell and under != {cell}}
    return 2 * len(told & set().union(*below)) >= len(set(filter(None, cells)))


def _totals(sheet: Sheet, language: str) -> list[tuple[Mapping[str, str], str]]:
    """Return the rules for rows below the table: totals, and notes in one cell."""
    found = []
    for place in range(max(0, len(sheet.rows) - LAST_ROWS), len(sheet.rows)):
        cells = [(name, tidy(column[place]), column)
                 for name, column in zip(sheet.names, sheet.columns, strict=True)]
        filled = [(name, cell) for name, cell, __ in cells if cell]
        first = next((column for __, cell, column in cells[:3] if cell), None)
        numbers = all(AMOUNT.fullmatch(cell) for __, cell in filled[1:])
        if first and numbers and len(cells) > 1 and _is_total(filled[0][1]) \
                and not _is_total(tidy(first[0])):
            found.append((dict(filled[:1]), message("draft_total", language)))
        elif len(filled) == 1 < len(cells) // 4 and len(filled[0][1].split()) > 2:
            found.append((dict(filled), message("draft_footnote", language)))
    return found


def _levels(sheet: Sheet, language: str) -> list[tuple[Mapping[str, str], str]]:
    """Return the rule for a row that says how each question was measured: nominal, ratio."""
    n = len(sheet.rows)
    for place in {*range(min(n, LAST_ROWS)), *range(max(0, n - LAST_ROWS), n)}:
        cells = [(name, tidy(column[place]), column)
                 for name, column in zip(sheet.names, sheet.columns, strict=True)]
        filled = [one for one in cells if one[1]]
        told = [(name, cell) for name, cell, column in filled
                if plain(cell) in lexicon()["levels"] and list(map(tidy, column)).count(cell) == 1]
        if len(told) > ENOUGH and len(told) >= MOSTLY * len(filled):
            return [(dict(told[:1]), message("draft_levels", language))]
    return []


def _is_total(cell: str) -> bool:
    words = plain(cell)
    return words in lexicon()["total"] or any(words.startswith(f"{one} ")
                                              for one in lexicon()["total"] if len(one) > 1)


def _previews(sheet: Sheet, language: str) -> list[tuple[Mapping[str, str], str]]:
    """Return the rule for rows that somebody made to try out the questionnaire."""
    for name, column in zip(sheet.names, sheet.columns, strict=True):
        kinds = {cell for cell in set(column) if tidy(cell).casefold() in PREVIEW}
        if kinds and name.casefold() in STATUS:
            return [({name: kind}, message("draft_preview", language)) for kind in sorted(kinds)]
    return []
