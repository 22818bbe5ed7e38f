"""Exports of LimeSurvey: csv with codes, questions or both as headings, answers as codes or text.

Heading ``q2[SQ001]`` is an option or a row of question q2, ``q2[other]`` the words behind "other"
(LimeSurvey manual, "Export results").
"""

import re
from collections.abc import Mapping, Sequence

from wbkit.intake.delimited import even_sheet, read_records
from wbkit.intake.options import NOT_TICKED, Merged, Part, is_tick, merge
from wbkit.intake.sheet import Hint, Sheet, tidy_headings
from wbkit.study.item import Item
from wbkit.text.normalise import tidy

INSIDE = re.compile(r"(?P<question>.*?)\s*\[(?P<option>[^\[\]]+)\]")
BOTH = re.compile(r"(?P<code>[A-Za-z]\w*(?:\[\w+\])*)\. (?P<words>.+)")
OTHER = {"other", "anders", "overig", "overige", "iets anders"}
ID = {"id", "response id", "antwoord id"}
COMMENT = re.compile(r"comment|opmerking", re.IGNORECASE)


def read_limesurvey(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read a csv export of LimeSurvey.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.
    items
        Heading = item, for the items that are known.

    Returns
    -------
    Sheet
        Options of a multiple question joined in one cell under the heading of the question.

    Raises
    ------
    DataError
        If it is no text with separators, or a row has too many or too few cells.
    """
    records, found = read_records(content, where, items)
    heads = _heads(records)
    names = tidy_headings(records[heads[0]], where)
    labels = [tidy(cell) for cell in records[heads[1]]] if len(heads) > 1 else list(names)
    names, labels = _split(names, [*labels, *names[len(labels):]])
    first = len(heads)
    sheet = even_sheet(names, records[first:], where, found=found, first=first + 1)
    parts = [_part(name, words, cells)
             for name, words, cells in zip(names, labels, sheet.columns, strict=False)]
    return joined(merge(parts, items, where), sheet)


def joined(merged: Sequence[Merged], sheet: Sheet) -> Sheet:
    """Return the sheet with joined columns in place of its own.

    Parameters
    ----------
    merged
        The columns.
    sheet
        The sheet as it was read: its rows and what was found out.

    Returns
    -------
    Sheet
        With what the file says about each column.
    """
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


def _part(name: str, words: str, cells: Sequence[str]) -> Part:
    """Say which question a column belongs to."""
    inside, described = INSIDE.fullmatch(name), INSIDE.fullmatch(words)
    if not inside or COMMENT.search(inside["option"]):
        return Part(name, name, cells, label="" if words == name else words)
    own_words = inside["option"].casefold() in OTHER and not all(
        is_tick(cell, "") or cell.strip().casefold() in NOT_TICKED for cell in set(cells))
    question_label = described["question"] if described and words != name else ""
    return Part(name, inside["question"], cells, "" if words == name else words, question_label,
                (described or inside)["option"], own_words or inside["option"] == "other")
