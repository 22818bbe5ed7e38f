"""Which sheet of a workbook holds the answers, and whether each answer has a cell of its own."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from wbkit.errors import DataError
from wbkit.intake.sheet import column_letters
from wbkit.text.normalise import listed, tidy


@dataclass(frozen=True)
class Leaf:
    """One sheet with something on it.

    Parameters
    ----------
    name
        Its name.
    visible
        Whether Excel shows it.
    cells
        Its rows, from the first one that is not empty.
    first
        Number of that row, from 1.
    merged
        Corners of the merged cells, from 0: (row, column), (row, column).
    left
        Place of its first column, from 0.
    """

    name: str
    visible: bool
    cells: list[list[Any]]
    first: int
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    left: int

    def fits(self, expected: Collection[str]) -> int:
        """Return how many of the expected headings it shows."""
        return len({tidy(str(cell)) for cell in self.cells[0]} & set(expected))


def filled_sheet(
    content: bytes, where: str, expected: Collection[str]
) -> tuple[str, list[list[Any]], int, tuple[str, ...]]:
    """Return the sheet that holds the answers.

    Parameters
    ----------
    content
        The bytes of an xlsx file.
    where
        Words for the file in a message.
    expected
        Headings that the study names, spaces normalised.

    Returns
    -------
    name, cells, first_row, found
        Name of the sheet, its rows, the number of the first one, and what was found out.

    Raises
    ------
    DataError
        If there is no such sheet or more than one, or answers stand in merged cells.
    """
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    places = range(len(workbook.sheet_names))
    leaves = [leaf for leaf in (_leaf(workbook, place) for place in places) if leaf]
    if not leaves:
        raise DataError(
            f"{where}: is an empty workbook. Its first sheet should hold the questions in row 1 "
            "and one answer in each row below. Export it again."
        )
    chosen = _chosen(leaves, workbook.sheet_names[0], where, expected)
    _refuse_merged(chosen, where)
    others = [leaf.name if leaf.visible else f"{leaf.name} (hidden)"
              for leaf in leaves if leaf is not chosen]
    found = (f"not read, other sheets with data: {listed(others)}",) if others else ()
    if chosen.name != workbook.sheet_names[0] and not others:
        found = ("the first sheet is empty",)
    return chosen.name, chosen.cells, chosen.first, found


def _leaf(workbook: CalamineWorkbook, place: int) -> Leaf | None:
    sheet, about = workbook.get_sheet_by_index(place), workbook.sheets_metadata[place]
    if sheet.start is None:
        return None
    return Leaf(sheet.name, about.visible == SheetVisibleEnum.Visible, sheet.to_python(),
                sheet.start[0] + 1, sheet.merged_cell_ranges or (), sheet.start[1])


def _chosen(
    leaves: Sequence[Leaf], first: str, where: str, expected: Collection[str]
) -> Leaf:
    """Return the only sheet, the one that fits best, or the first one."""
    best = max(leaf.fits(expected) for leaf in leaves)
    fitting = [leaf for leaf in leaves if leaf.fits(expected) == best]
    fitting = [leaf for leaf in fitting if leaf.visible] or fitting
    if len(fitting) == 1 or fitting[0].name == first:
        return fitting[0]
    names = listed(repr(leaf.name) for leaf in fitting)
    if best and first in {leaf.name for leaf in leaves}:
        raise DataError(
            f"{where}: the sheets {names} all show the headings of study.toml. Only one can hold "
            "the answers that count. Save that sheet as a workbook of its own."
        )
    state = "hidden" if leaves[0].name == first else "empty"
    raise DataError(
        f"{where}: its first sheet is {state}, and {names} hold data. Only one "
        "sheet should. Save the sheet with the answers as a workbook of its own."
    )


def _refuse_merged(leaf: Leaf, where: str) -> None:
    """Refuse an answer that stands in merged cells: the other rows have lost theirs."""
    ranges = [((top, left), (bottom, right)) for (top, left), (bottom, right) in leaf.merged
              if top >= leaf.first and _cell(leaf, top, left) not in ("", None)]
    if ranges:
        names = listed(f"{_address(*start)}:{_address(*end)}" for start, end in ranges)
        raise DataError(
            f"{where}, sheet {leaf.name!r}: the cells {names} are merged, so only the first of "
            "them holds an answer. In a copy: undo the merge in Excel, give each row its own "
            "answer, and name the copy in file in study.toml."
        )


def _cell(leaf: Leaf, row: int, column: int) -> Any:
    line = leaf.cells[row + 1 - leaf.first]
    place = column - leaf.left
    return line[place] if 0 <= place < len(line) else ""


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"
