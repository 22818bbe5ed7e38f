"""The cells of one sheet: headings, and text in every cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from wbkit.errors import DataError
from wbkit.text.normalise import tidy


@dataclass(frozen=True)
class Hint:
    """What a file itself says about a column, beside its heading.

    Parameters
    ----------
    label
        The question.
    values
        The answers in their order.
    missing
        The answers that are no answer.
    other
        The option behind which own words are typed.
    multiple
        Whether several options stand in one cell.
    measure
        ``nominal``, ``ordinal`` or ``scale``, as the author of the file chose; mostly nobody did.
    """

    label: str = ""
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    other: str = ""
    multiple: bool = False
    measure: str = ""


@dataclass(frozen=True)
class Sheet:
    """Headings and cells as they were read.

    Parameters
    ----------
    headings
        One for each column, spaces normalised; empty where the file has none.
    columns
        The cells of each column as text, ``""`` for an empty one.
    rows
        The row number that Excel shows, for each row.
    found
        What was found out about the file.
    hints
        Heading = what the file itself says about that column.
    """

    headings: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    rows: Sequence[int]
    found: tuple[str, ...] = field(default=())
    hints: Mapping[str, Hint] = field(default_factory=dict)

    def frame(self) -> pd.DataFrame:
        """Return the cells; a column without a heading of its own is named by its place.

        Returns
        -------
        pandas.DataFrame
            One row for each row of the file.
        """
        names: list[str] = []
        taken = set(self.headings)
        for place, heading in enumerate(self.headings):
            own = heading and heading not in names
            names.append(heading if own else _place_name(place, taken))
        index = pd.Index(self.rows, dtype="int64")
        cells = [pd.Series(column, index=index, dtype="str") for column in self.columns]
        if not cells:
            return pd.DataFrame(index=index)
        return pd.concat(cells, axis="columns", keys=names)


def column_letters(place: int) -> str:
    """Return the letters that Excel shows above a column; the first column is 0.

    Parameters
    ----------
    place
        Number of the column, from 0.

    Returns
    -------
    str
        ``A`` … ``Z``, ``AA`` …
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def tidy_headings(headings: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the headings with their spaces normalised.

    Parameters
    ----------
    headings
        The first row.
    where
        Words for the file in a message.

    Returns
    -------
    tuple of str
        One for each column.

    Raises
    ------
    DataError
        If there is no heading at all.
    """
    tidied = tuple(tidy(heading) for heading in headings)
    if not any(tidied):
        raise DataError(
            f"{where}: holds no headings. Its first row should hold the questions. "
            "Check that this is the right file, and export it again."
        )
    return tidied


def _place_name(place: int, taken: set[str]) -> str:
    name = f"(column {column_letters(place)})"
    while name in taken:
        name = f"({name})"
    return name
