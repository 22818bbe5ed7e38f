"""When answers were given: the order of day and month, found by evidence."""

import numpy as np
import pandas as pd

WRITTEN = (r"^\s*(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<year>\d{4}|\d{2})"
           r"(?:,?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
           r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?\s*$")
SERIAL = r"\d{5}(?:\.\d+)?"
ZONE = r"(:\d{2}(?:\.\d+)?)(?:Z|[+-]\d{2}:?\d{2})$"  # times are read as they stood on the clock
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
    times = {name: _standard(column) for name, column in columns.items()}
    written = {name: column[times[name].isna()].str.extract(WRITTEN)
               for name, column in columns.items()}
    day_first, found = _order(pd.concat(written.values()) if written else pd.DataFrame())
    for name, column in columns.items():
        times[name] = times[name].fillna(_written(written[name], day_first)).astype(UNIT)
        lost = int((times[name].isna() & (column.str.strip() != "")).sum())
        found += (f"{name}: {lost} cells hold no date and time",) if lost else ()
    return times, found


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
