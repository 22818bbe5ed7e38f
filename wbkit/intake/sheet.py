"""The cells of one sheet: headings, and text in every cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import _, counted
from wbkit.text.normalise import heading

WRITTEN = (r"^\s*(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<year>\d{4}|\d{2})"
           r"(?:,?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
           r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?\s*$")
SERIAL = r"\d{5}(?:\.\d+)?"
ZONE = r"(:\d{2}(?:\.\d+)?)(?:Z|[+-]\d{2}:?\d{2})$"  # times are read as they stood on the clock
MOST_COLUMNS = 16_384
DAY_ZERO = pd.Timestamp("1899-12-30")  # Excel counts days from here
UNIT = "datetime64[us]"


@dataclass(frozen=True)
class Hint:
    """What a file itself says about a column, beside its heading.

    Parameters
    ----------
    label
        The question, or the row of a table of questions.
    values
        The answers in their order.
    missing
        The answers that are no answer.
    measure
        ``nominal``, ``ordinal`` or ``scale``, as the author of the file chose; mostly nobody did.
    group
        The name of the question of which this column is one part; empty for a whole question.
    stem, part
        The words of that question, and those of this part: an option, a row, a place.
    ticks
        Whether the file itself says that the parts are options to tick.
    mentions
        Whether the file itself says that each part holds one of the options.
    own_words
        Whether it holds what was typed behind an option.
    """

    label: str = ""
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    measure: str = ""
    group: str = ""
    stem: str = ""
    part: str = ""
    ticks: bool = False
    mentions: bool = False
    own_words: bool = False


@dataclass(frozen=True)
class Sheet:
    """Headings and cells as they were read.

    Parameters
    ----------
    headings
        One for each column, without double spaces and tags of web pages, each once; empty where
        the file has none.
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

    @property
    def names(self) -> list[str]:
        """The headings; a column without one is named by its letter in Excel."""
        taken = set(self.headings)
        return [one or _place_name(place, taken) for place, one in enumerate(self.headings)]

    def at(self, places: Sequence[int]) -> Self:
        """Return these rows only."""
        columns = tuple([column[place] for place in places] for column in self.columns)
        return replace(self, columns=columns, rows=[self.rows[place] for place in places])

    def frame(self) -> pd.DataFrame:
        """Return the cells; a column without a heading of its own is named by its letter."""
        names = self.names
        index = pd.Index(self.rows, dtype="int64")
        cells = [pd.Series(column, index=index, dtype="str") for column in self.columns]
        if not cells:
            return pd.DataFrame(index=index)
        return pd.concat(cells, axis="columns", keys=names)


def column_letters(place: int) -> str:
    """Return the letters that Excel shows above a column; the first column is 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def refuse_wide(n: int, where: str) -> None:
    """Refuse a file that is wider than a sheet of Excel."""
    if n > MOST_COLUMNS:
        raise DataError(_(
            "{where}: holds {n:,} columns; at most {most:,} are read, as many as Excel shows. Is "
            "the table on its side, or is this another file?",
            where=where, n=n, most=MOST_COLUMNS))


def tidy_headings(headings: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the headings as they are compared; one that was there before is named by letter."""
    refuse_wide(len(headings), where)
    tidied = tuple(map(heading, headings))
    if not any(tidied):
        raise DataError(_(
            "{where}: holds no headings. Its first row should hold the questions. Check that this "
            "is the right file, and export it again.",
            where=where))
    return numbered(tidied)


def numbered(names: Sequence[str]) -> tuple[str, ...]:
    """Name a column by its letter in Excel when its heading was there before."""
    found: list[str] = []
    for place, name in enumerate(names):
        found.append(_place_name(place, {*names, *found}) if name and name in found else name)
    return tuple(found)


def _place_name(place: int, taken: set[str]) -> str:
    name = column_letters(place)
    while name in taken:
        name = f"({name})"
    return name


def read_times(columns: dict[str, pd.Series]) -> tuple[dict[str, pd.Series], tuple[str, ...]]:
    """Read columns of dates and times; all columns together decide the order of day and month."""
    times = {name: _standard(column) for name, column in columns.items()}
    written = {name: column[times[name].isna()].str.extract(WRITTEN)
               for name, column in columns.items()}
    day_first, found = _order(pd.concat(written.values()) if written else pd.DataFrame())
    for name, column in columns.items():
        times[name] = times[name].fillna(_written(written[name], day_first)).astype(UNIT)
        lost = int((times[name].isna() & (column.str.strip() != "")).sum())
        found += (f"{name}: {_no_time(lost)}",) if lost else ()
    return times, found


def _no_time(n: int) -> str:
    return counted(n, "cell holds no date and time", "cells hold no date and time")


def _standard(column: pd.Series) -> pd.Series:
    """Read ISO dates, and dates that Excel shows as a number of days."""
    standing = column.where(column.str.slice(4, 5) == "-")
    if (standing.str.len() > len("2022-11-15 09:03:12")).any():
        standing = standing.str.replace(ZONE, r"\1", regex=True)
    times = pd.to_datetime(standing, errors="coerce", format="ISO8601").astype(UNIT)
    if times.notna().all():
        return times
    serial = pd.to_numeric(column.where(column.str.fullmatch(SERIAL)), errors="coerce")
    days = pd.to_timedelta((serial * 86_400).round(), unit="s")
    return times.fillna(DAY_ZERO + days).astype(UNIT)


def _order(parts: pd.DataFrame) -> tuple[bool, tuple[str, ...]]:
    """Say whether the day comes first, and how that was found out."""
    dates = parts.dropna(subset=["a"]) if len(parts) else parts
    if not len(dates):
        return False, ()
    first, second = dates["a"].astype(int).max(), dates["b"].astype(int).max()
    if first > 12 and second > 12:
        return False, (_("dates are written month first in some rows and day first in others: "
                         "read as month first"),)
    if first > 12:
        return True, (_("dates are written day first"),)
    if second > 12:
        return False, (_("dates are written month first"),)
    if dates["mark"].eq("-").all():
        return True, (_("no date shows the order of day and month: read as day first, as Dutch "
                        "dates with hyphens are"),)
    return False, (_("no date shows the order of day and month: read as month first, as Forms "
                     "writes them"),)


def _written(parts: pd.DataFrame, day_first: bool) -> pd.Series:
    """Read dates that are written in the order of a country."""
    day, month = (parts["a"], parts["b"]) if day_first else (parts["b"], parts["a"])
    year = parts["year"].where(parts["year"].str.len() != 2, "20" + parts["year"])
    hour = pd.to_numeric(parts["hour"]).fillna(0)
    evening = parts["half"].str.lower()
    hour = np.where(evening.notna(), hour % 12 + 12 * evening.eq("p"), hour)
    clock = [pd.Series(part, index=parts.index).astype(int).astype(str)
             for part in (hour, pd.to_numeric(parts["minute"]).fillna(0),
                          pd.to_numeric(parts["second"]).fillna(0))]
    texts = year + "-" + month + "-" + day + " " + clock[0] + ":" + clock[1] + ":" + clock[2]
    return pd.to_datetime(texts, errors="coerce", format="%Y-%m-%d %H:%M:%S").astype(UNIT)
