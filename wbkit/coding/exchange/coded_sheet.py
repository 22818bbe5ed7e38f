"""Read a sheet in which somebody coded answers by hand: one row for each answer."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from wbkit.coding.exchange.database import made_guid
from wbkit.coding.refi.model import (
    ANSWER,
    Author,
    Given,
    Looked,
    RefiCode,
    RefiSource,
    Selection,
    User,
)
from wbkit.coding.refi.project import RefiProject
from wbkit.errors import CodingError
from wbkit.files import read_regular
from wbkit.messages import _, counted
from wbkit.text.normalise import frozen, listed, tidy

SHEET = "sheet"  # of which program its GUIDs are
FIRST_ROWS = 30  # the headings stand in one of these
YES = frozenset({"1", "x", "v", "✓", "✔", "ja", "j", "yes", "y", "true", "waar"})
NO = frozenset({"0", "nee", "n", "no", "false", "onwaar", "-"})
NONE = frozenset({"geen", "geen code", "none", "no code", "-", "0"})  # looked at, no code fits
SEPARATORS = (";", "|", "\n", ",")
ENCODINGS = ("utf-8-sig", "cp1252")  # Excel saves a csv file in either
ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv")


def read_coded_sheet(
    path: str | Path, *, text: str, codes: str | Sequence[str], coder: str,
    id: str | None = None, separator: str | None = None,
) -> RefiProject:
    """Read a sheet in which somebody coded answers by hand.

    The sheet and the row of headings are found by the headings that you name.

    Parameters
    ----------
    path
        The file: ``.xlsx``, ``.xls``, ``.ods`` or ``.csv``; one row for each answer.
    text
        Heading of the column with the answers.
    codes
        Headings of the columns with a code each, in which a cell says 1, x or ja, or 0 or nee;
        or the heading of the one column in which the codes stand.
    coder
        Who coded.
    id
        Heading of the column with the ids of the answers; else the number of the row is the id.
    separator
        What stands between codes in one cell; found when left out.

    Returns
    -------
    RefiProject
        As `read_refi` gives it: ``.codebook``, ``.codings`` (each code is given to a whole
        answer), ``.texts``, ``.warnings``, ``.left_out``, and ``.considered``: which answers
        were looked at. In a sheet that says 0 or nee somewhere an empty cell was not looked at;
        in a sheet of marks alone it was, and has no code. Keep it with `CodingStore.add_refi`,
        with the id of the item.

    Raises
    ------
    CodingError
        If a heading is not there or stands there twice, an id comes back, a cell is no mark, or
        several signs can be the separator.
    """
    path = Path(path)
    columns = [codes] if isinstance(codes, str) else list(codes)
    sheet = _sheet(path, [text, *columns, *([id] if id else [])])
    ids = _ids(sheet, id)
    making = _Making(sheet, text, ids, coder)
    marked = making.listed(codes, separator) if isinstance(codes, str) else making.ticked(columns)
    return making.project(path.stem, marked)


@dataclass(frozen=True)
class _Sheet:
    """The cells under the headings that were asked for, as text."""

    file: str
    columns: Mapping[str, list[str]]
    numbers: list[int]  # of the rows, as the program shows them
    others: int  # columns that were not asked for


@dataclass(frozen=True)
class _Marked:
    """What was looked for in each answer, and found; the words of codes."""

    codes: list[str]
    looked: list[tuple[str, ...]]
    found: list[tuple[str, ...]]


@dataclass
class _Making:
    """A project in the making."""

    sheet: _Sheet
    text: str
    ids: list[str]
    coder: str
    warnings: list[str] = field(default_factory=list)

    def ticked(self, columns: Sequence[str]) -> _Marked:
        """Read a column for each code."""
        cells = {name: [tidy(cell).casefold() for cell in self.sheet.columns[name]]
                 for name in columns}
        for name, column in cells.items():
            _check_marks(self.sheet, name, column)
        says_no = any(cell in NO for column in cells.values() for cell in column)
        rows = range(len(self.ids))
        looked = [tuple(name for name in columns if cells[name][row] or not says_no)
                  for row in rows]
        found = [tuple(name for name in columns if cells[name][row] in YES) for row in rows]
        empty = sum(not cell for column in cells.values() for cell in column)
        if says_no and empty:
            self.warnings.append(_(
                "{file}: {cells} empty. The sheet also says 0 or nee, so these were taken as not "
                "looked at.",
                file=self.sheet.file, cells=counted(empty, "cell is", "cells are")))
        return _Marked(list(columns), looked, found)

    def listed(self, column: str, separator: str | None) -> _Marked:
        """Read the one column in which the codes stand."""
        cells = self.sheet.columns[column]
        between = separator or _separator(self.sheet, column)
        spelled: dict[str, str] = {}
        found = []
        for cell in cells:
            words = [tidy(part) for part in (cell.split(between) if between else [cell])]
            given = [word for word in words if word and word.casefold() not in NONE]
            found.append(tuple(dict.fromkeys(
                spelled.setdefault(word.casefold(), word) for word in given)))
        codes = list(spelled.values())
        looked = [tuple(codes) if tidy(cell) else () for cell in cells]
        empty = sum(not tidy(cell) for cell, text in zip(
            cells, self.sheet.columns[self.text], strict=True) if tidy(text))
        if empty:
            self.warnings.append(_(
                "{file}: {answers} without a code, taken as not looked at. Write geen where "
                "somebody looked and no code fits.",
                file=self.sheet.file, answers=counted(empty, "answer", "answers")))
        return _Marked(codes, looked, found)

    def project(self, name: str, marked: _Marked) -> RefiProject:
        texts = [frozen(cell).strip() for cell in self.sheet.columns[self.text]]
        user = User(made_guid(SHEET, "user", self.coder), self.coder)
        answers = [row for row, text in enumerate(texts) if text]
        lost = sum(bool(marked.found[row]) for row, text in enumerate(texts) if not text)
        return RefiProject(
            name, SHEET, users=(user,),
            codes=tuple(RefiCode(_code(word), word) for word in marked.codes),
            sources=tuple(_answer(self.ids[row], texts[row], marked.found[row], user)
                          for row in answers),
            considered=tuple(Looked(_source(self.ids[row]), user.guid,
                                    tuple(map(_code, marked.looked[row])))
                             for row in answers if marked.looked[row]),
            warnings=tuple(self.warnings),
            unread=((_("coded rows without an answer"), lost),
                    (_("other columns of the sheet"), self.sheet.others)))


def _code(word: str) -> str:
    return made_guid(SHEET, "code", word)


def _source(name: str) -> str:
    return made_guid(SHEET, "answer", name)


def _answer(name: str, text: str, codes: Sequence[str], user: User) -> RefiSource:
    by = Author(user.guid)
    given = tuple(Given(made_guid(SHEET, "coding", f"{name} {code}"), _code(code), by)
                  for code in codes)
    whole = Selection(made_guid(SHEET, "selection", name), 0, len(text), text, author=by,
                      codings=given, raw=(0, len(text)))
    return RefiSource(_source(name), name, text, ANSWER, author=by,
                      selections=(whole,) if given else ())


def _ids(sheet: _Sheet, heading: str | None) -> list[str]:
    """Return the id of each answer."""
    if heading is None:
        return list(map(str, sheet.numbers))
    found = [tidy(cell) for cell in sheet.columns[heading]]
    twice = [one for one, n in Counter(found).items() if n > 1 or not one]
    if twice:
        raise CodingError(_(
            "{file}, {heading}, row {row}: the id is empty or stands there twice. Give each "
            "answer an id of its own, or leave id out.",
            file=sheet.file, heading=heading, row=sheet.numbers[found.index(twice[0])]))
    return found


def _check_marks(sheet: _Sheet, heading: str, cells: Sequence[str]) -> None:
    """Refuse a cell that is neither yes nor no; it can be an answer, so it is not repeated."""
    for row, cell in enumerate(cells):
        if cell and cell not in YES | NO:
            raise CodingError(_(
                "{file}, {heading}, row {row}: a cell of a code may be empty, 1, x or ja, or 0 or "
                "nee, and this one holds something else. Correct the cell, or take this column "
                "out of codes. If the column holds the codes themselves, give codes={heading!r}.",
                file=sheet.file, heading=heading, row=sheet.numbers[row]))


def _separator(sheet: _Sheet, heading: str) -> str | None:
    """Return what stands between the codes in a cell; None where no cell holds two."""
    there = [sign for sign in SEPARATORS
             if any(sign in cell.strip() for cell in sheet.columns[heading])]
    if len(there) > 1:
        raise CodingError(_(
            "{file}, {heading}: {signs} stand in its cells, and only one of them parts the codes. "
            "Say which one with separator.",
            file=sheet.file, heading=heading, signs=listed(map(repr, there))))
    return there[0] if there else None


# Reading

def _sheet(path: Path, headings: Sequence[str]) -> _Sheet:
    """Find the sheet and the row with these headings, and read what stands under them."""
    wanted = list(map(tidy, headings))
    for first, grid in _read_grids(path):
        for at, row in enumerate(grid[:FIRST_ROWS]):
            names = [tidy(cell) for cell in row]
            if set(wanted) <= set(names):
                return _under(path.name, grid[at:], first + at, dict(zip(headings, wanted,
                                                                          strict=True)))
    raise CodingError(_(
        "{file}: no sheet has a row with the headings {headings}. Copy the headings from the "
        "sheet, letter by letter.",
        file=path.name, headings=listed(map(repr, headings), most=20)))


def _under(
    file: str, grid: Sequence[Sequence[str]], first: int, wanted: Mapping[str, str]
) -> _Sheet:
    """Return the columns under the headings in the first row; rows without a word are no rows."""
    names = [tidy(cell) for cell in grid[0]]
    twice = [heading for heading, name in wanted.items() if names.count(name) > 1]
    if twice:
        raise CodingError(_(
            "{file}: the heading {heading!r} stands there twice. Give one of the two columns "
            "another heading.",
            file=file, heading=twice[0]))
    places = {heading: names.index(name) for heading, name in wanted.items()}
    rows = [(first + at, row) for at, row in enumerate(grid[1:], start=1)
            if any(tidy(row[place]) for place in places.values())]
    others = sum(bool(name) and name not in set(wanted.values()) for name in names)
    return _Sheet(file, {heading: [row[place] for __, row in rows]
                         for heading, place in places.items()},
                  [number for number, __ in rows], others)


def _read_grids(path: Path) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield each sheet of a file: the number of its first row, and its cells as text."""
    if path.suffix.lower() not in ENDINGS:
        raise CodingError(_(
            "{file}: ends with {ending!r}; it may be {endings}. Save it as .xlsx.",
            file=path.name, ending=path.suffix, endings=listed(ENDINGS)))
    if not path.is_file():
        raise CodingError(_(
            "{file}: there is no such file. Give the path of the coded sheet.", file=path.name))
    content = read_regular(path)
    if path.suffix.lower() == ".csv":
        yield 1, _csv(content)
        return
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.start is not None:
                yield sheet.start[0] + 1, [[_words(cell) for cell in row]
                                           for row in sheet.to_python()]
    except (CalamineError, OSError, ValueError):
        raise CodingError(_(
            "{file}: its cells cannot be read. Open it in Excel and save it as .xlsx.",
            file=path.name)) from None


def _csv(content: bytes) -> list[list[str]]:
    words = _decoded(content)
    head = words.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(words, newline=""),
                           delimiter=max(";,\t", key=head.count)))
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _decoded(content: bytes) -> str:
    try:
        return content.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return content.decode(ENCODINGS[1], "replace")


def _words(cell: Any) -> str:
    """Return a cell as text: 7.0 is 7, a truth value TRUE."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).upper() if isinstance(cell, bool) else str(cell)
