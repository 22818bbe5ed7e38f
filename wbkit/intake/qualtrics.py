"""Exports of Qualtrics: csv with three rows of headings.

Row 1 holds codes, row 2 questions ("question - option"), row 3 ``{"ImportId": …}``; a multiple
question stands in one column with commas, or in a column for each option (Qualtrics support,
"Data export formats").
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from wbkit.errors import DataError
from wbkit.intake.delimited import even_sheet, read_records
from wbkit.intake.export_columns import EXPORT_ROLES
from wbkit.intake.options import SEPARATOR, Part, merge
from wbkit.intake.platforms import joined
from wbkit.intake.sheet import Sheet, tidy_headings
from wbkit.study.item import Item
from wbkit.text.normalise import tidy

MARK = "importid"
TEXT = re.compile(r"(?P<question>.+?)(?:_\d+)?_TEXT")
OPTION = re.compile(r"(?P<question>.+)_\d+")
BETWEEN = " - "
FILLING = {"selected choice", "text"}  # words that Qualtrics puts between question and option
COMMA = re.compile(r",(?! )")  # no space behind it: it stands between options
MOST_OPTIONS = 40
ROLES = {name for names in EXPORT_ROLES.values() for name in names}


def read_qualtrics(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read a csv export of Qualtrics.

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
        Options of a multiple question joined in one cell under the code of the question.

    Raises
    ------
    DataError
        If it is no such export, or a row has too many or too few cells.
    """
    records, found = read_records(content, where, items)
    if len(records) < 3 or not any(MARK in cell.casefold() for cell in records[2]):
        raise DataError(
            f"{where}: is no csv export of Qualtrics. Its third row should hold ImportId for each "
            'column. Export the answers again as csv, or write format = "csv" in study.toml.'
        )
    names = tidy_headings(records[0], where)
    labels = [*map(tidy, records[1]), *([""] * len(names))]
    sheet = even_sheet(names, records[3:], where, found=found, first=4)
    parts = [_part(name, words, cells)
             for name, words, cells in zip(names, labels, sheet.columns, strict=False)]
    stems = Counter(part.question for part in parts)
    parts = [part if stems[part.question] > 1 else _alone(part, items) for part in parts]
    return joined(merge(parts, items, where), sheet)


def _part(name: str, words: str, cells: Sequence[str]) -> Part:
    """Say which question a column belongs to."""
    steps = [step for step in words.split(BETWEEN) if step.casefold() not in FILLING]
    question, option = (BETWEEN.join(steps[:-1]), steps[-1]) if len(steps) > 1 else (words, "")
    typed, ticked = TEXT.fullmatch(name), OPTION.fullmatch(name)
    if name.casefold() in ROLES:
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
