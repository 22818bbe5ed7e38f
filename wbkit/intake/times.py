"""When answers were given: the order of day and month, found by evidence."""

import re

import numpy as np
import pandas as pd

ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]?.*")
WRITTEN = (r"^\s*(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<year>\d{4}|\d{2})"
           r"(?:,?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
           r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?\s*$")
SERIAL = r"^\d{5}(?:\.\d+)?$"
DAY_ZERO = pd.Timestamp("1899-12-30")  # Excel counts days from here
UNIT = "datetime64[us]"


def read_times(columns: dict[str, pd.Series]) -> tuple[dict[str, pd.Series], tuple[str, ...]]:
    """Read columns of dates and times; all columns together decide the order of day and month.

    Parameters
    ----------
    columns
        Heading = text.

    Returns
    -------
    dict of str to pandas.Series
        Heading = times, absent where a cell holds none.
    tuple of str
        What was found out.
    """
    written = {name: _parts(column) for name, column in columns.items()}
    day_first, found = _order(pd.concat(written.values()) if written else pd.DataFrame())
    times = {name: _times(column, written[name], day_first) for name, column in columns.items()}
    for name, column in columns.items():
        lost = int((times[name].isna() & (column.str.strip() != "")).sum())
        found += (f"{name}: {lost} cells hold no date and time",) if lost else ()
    return times, found


def _parts(column: pd.Series) -> pd.DataFrame:
    return column.str.extract(WRITTEN)


def _order(parts: pd.DataFrame) -> tuple[bool, tuple[str, ...]]:
    """Say whether the day comes first, and how that was found out."""
    dates = parts.dropna(subset=["a"]) if len(parts) else parts
    if not len(dates):
        return False, ()
    first, second = dates["a"].astype(int).max(), dates["b"].astype(int).max()
    if first > 12 and second > 12:
        return False, ("dates are written month first in some rows and day first in others: "
                       "read as month first",)
    if first > 12:
        return True, ("dates are written day first",)
    if second > 12:
        return False, ("dates are written month first",)
    if dates["mark"].eq("-").all():
        return True, ("no date shows the order of day and month: read as day first, "
                      "as Dutch dates with hyphens are",)
    return False, ("no date shows the order of day and month: read as month first, "
                   "as Forms writes them",)


def _times(column: pd.Series, parts: pd.DataFrame, day_first: bool) -> pd.Series:
    times = pd.to_datetime(_iso(parts, day_first), errors="coerce", format="%Y-%m-%d %H:%M:%S")
    standing = column.where(column.str.match(ISO))
    times = times.fillna(pd.to_datetime(standing, errors="coerce", format="ISO8601"))
    serial = pd.to_numeric(column.where(column.str.match(SERIAL)), errors="coerce")
    days = pd.to_timedelta((serial * 86_400).round(), unit="s", errors="coerce")
    return times.fillna(DAY_ZERO + days).astype(UNIT)


def _iso(parts: pd.DataFrame, day_first: bool) -> pd.Series:
    """Write each date as year-month-day hour:minute:second."""
    day, month = (parts["a"], parts["b"]) if day_first else (parts["b"], parts["a"])
    year = parts["year"].where(parts["year"].str.len() != 2, "20" + parts["year"])
    hour = pd.to_numeric(parts["hour"]).fillna(0)
    evening = parts["half"].str.lower()
    hour = np.where(evening.notna(), hour % 12 + 12 * evening.eq("p"), hour)
    clock = [pd.Series(part, index=parts.index).astype(int).astype(str)
             for part in (hour, pd.to_numeric(parts["minute"]).fillna(0),
                          pd.to_numeric(parts["second"]).fillna(0))]
    return year + "-" + month + "-" + day + " " + clock[0] + ":" + clock[1] + ":" + clock[2]
