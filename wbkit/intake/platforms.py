"""Exports of LimeSurvey: csv with codes, questions or both as headings, answers as codes or text.

Heading ``q2[SQ001]`` is an option or a row of question q2, ``q2[other]`` the words behind "other"
(LimeSurvey manual, "Export results").
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from wbkit.errors import DataError
from wbkit.intake.delimited import even_sheet, read_records
from wbkit.intake.export_columns import (
    EXPORT_ROLES,
    NOT_TICKED,
    SEPARATOR,
    Merged,
    Part,
    is_tick,
    merge,
)
from wbkit.intake.sheet import Hint, Sheet, tidy_headings
from wbkit.study.item import Item
from wbkit.text.normalise import tidy

INSIDE = re.compile(r"(?P<question>.*?)\s*\[(?P<option>[^\[\]]+)\]")
BOTH = re.compile(r"(?P<code>[A-Za-z]\w*(?:\[\w+\])*)\. (?P<words>.+)")
OTHER = {"other", "anders", "overig", "overige", "iets anders"}
ID = {"id", "response id", "antwoord id"}
COMMENT = re.compile(r"comment|opmerking", re.IGNORECASE)
IMPORT_MARK = "importid"
OTHER_TEXT = re.compile(r"(?P<question>.+?)(?:_\d+)?_TEXT")
OPTION = re.compile(r"(?P<question>.+)_\d+")
BETWEEN = " - "
FILLING = {"selected choice", "text"}  # words that Qualtrics puts between question and option
COMMA = re.compile(r",(?! )")  # no space behind it: it stands between options
MOST_OPTIONS = 40
ROLE_NAMES = {name for names in EXPORT_ROLES.values() for name in names}


def read_limesurvey(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read a csv export of LimeSurvey."""
    records, found = read_records(content, where, items)
    heads = _heads(records)
    names = tidy_headings(records[heads[0]], where)
    labels = [tidy(cell) for cell in records[heads[1]]] if len(heads) > 1 else list(names)
    names, labels = _split(names, [*labels, *names[len(labels):]])
    first = len(heads)
    sheet = even_sheet(names, records[first:], where, found=found, first=first + 1)
    parts = [_limesurvey_part(name, words, cells)
             for name, words, cells in zip(names, labels, sheet.columns, strict=False)]
    return joined(merge(parts, items, where), sheet)


def joined(merged: Sequence[Merged], sheet: Sheet) -> Sheet:
    """Return the sheet with joined columns in place of its own."""
    several = [column.heading for column in merged if column.hint.multiple]
    found = (f"options in columns of their own were joined for {len(several)} questions",)
    return Sheet(
        tuple(column.heading for column in merged), tuple(column.cells for column in merged),
        sheet.rows, (*sheet.found, *(found if several else ())),
        {column.heading: column.hint for column in merged if column.hint != Hint()},
    )


def _heads(records: Sequence[Sequence[str]]) -> list[int]:
    """Return the rows with codes and with words: one row, or two in either order."""
    first, second = ({tidy(cell).casefold() for cell in row} for row in [*records, []][:2])
    if not (first & ID and second & ID):
        return [0]
    return [0, 1] if "submitdate" in first or "submitdate" not in second else [1, 0]


def _split(names: Sequence[str], labels: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Take code and words apart where a heading holds both: ``q1. Which team?``."""
    found = [BOTH.fullmatch(name) for name in names]
    if sum(map(bool, found)) < 2:
        return tuple(names), list(labels)
    return (tuple(match["code"] if match else name
                  for match, name in zip(found, names, strict=True)),
            [match["words"] if match else name for match, name in zip(found, names, strict=True)])


def _limesurvey_part(name: str, words: str, cells: Sequence[str]) -> Part:
    """Say which question a column belongs to."""
    inside, described = INSIDE.fullmatch(name), INSIDE.fullmatch(words)
    if not inside or COMMENT.search(inside["option"]):
        return Part(name, name, cells, label="" if words == name else words)
    own_words = inside["option"].casefold() in OTHER and not all(
        is_tick(cell, "") or cell.strip().casefold() in NOT_TICKED for cell in set(cells))
    question_label = described["question"] if described and words != name else ""
    return Part(name, inside["question"], cells, "" if words == name else words, question_label,
                (described or inside)["option"], own_words or inside["option"] == "other")


def read_qualtrics(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read a csv export of Qualtrics."""
    records, found = read_records(content, where, items)
    if len(records) < 3 or not any(IMPORT_MARK in cell.casefold() for cell in records[2]):
        raise DataError(
            f"{where}: is no csv export of Qualtrics. Its third row should hold ImportId for each "
            'column. Export the answers again as csv, or write format = "csv" in study.toml.'
        )
    names = tidy_headings(records[0], where)
    labels = [*map(tidy, records[1]), *([""] * len(names))]
    sheet = even_sheet(names, records[3:], where, found=found, first=4)
    parts = [_qualtrics_part(name, words, cells)
             for name, words, cells in zip(names, labels, sheet.columns, strict=False)]
    stems = Counter(part.question for part in parts)
    parts = [part if stems[part.question] > 1 else _alone(part, items) for part in parts]
    return joined(merge(parts, items, where), sheet)


def _qualtrics_part(name: str, words: str, cells: Sequence[str]) -> Part:
    """Say which question a column belongs to."""
    steps = [step for step in words.split(BETWEEN) if step.casefold() not in FILLING]
    question, option = (BETWEEN.join(steps[:-1]), steps[-1]) if len(steps) > 1 else (words, "")
    typed, ticked = OTHER_TEXT.fullmatch(name), OPTION.fullmatch(name)
    if name.casefold() in ROLE_NAMES:
        return Part(name, name, cells)
    if typed:
        return Part(name, typed["question"], cells, words, question, option or "Other", True)
    if ticked and option:
        return Part(name, ticked["question"], cells, words, question, option)
    return Part(name, name, cells, label=BETWEEN.join(steps))


def _alone(part: Part, items: Mapping[str, Item]) -> Part:
    """Return a question in one column, with its options joined as everywhere."""
    known = items.get(part.heading)
    several = known.kind == "multiple" if known else _holds_several(part.cells)
    cells = [COMMA.sub(SEPARATOR, cell.replace(SEPARATOR, ",")) for cell in part.cells]
    return Part(part.heading, part.heading, cells if several else part.cells, label=part.label,
                several=several)


def _holds_several(cells: Sequence[str]) -> bool:
    """Whether cells look like options with commas: few, and most of them come back."""
    options = Counter(option for cell in cells if cell.strip() for option in COMMA.split(cell))
    several = sum(bool(COMMA.search(cell)) for cell in cells)
    again = sum(count > 1 for count in options.values())
    return several > 1 and len(options) <= MOST_OPTIONS and 2 * again >= len(options) and \
        not all(map(str.isdigit, options))
