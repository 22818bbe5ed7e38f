"""The rows of an estimate Table, before anything is hidden."""

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.stats.intervals import student
from wbkit.study.item import Item
from wbkit.survey.counts.cell_tallies import count_bases, count_cells
from wbkit.survey.counts.shares import Shares
from wbkit.survey.counts.tallies import OTHER_ANSWERS, rows_of, without_rare
from wbkit.survey.statistics import Found
from wbkit.table.layout import HIDDEN, SHOWN

KEYS = ["item", "group", "value"]
NUMBERS = ["estimate", "estimate_raw", "se", "low", "high", "low_deff2", "high_deff2", "df", "deff"]
Rows = dict[str, np.ndarray]  # columns


def share_rows(shares: Shares, *, interval: bool) -> Rows:
    """Lay out shares with their standard errors."""
    frame = shares.frame
    absent = np.full(len(frame), np.nan)
    data = {name: frame[name].to_numpy() for name in ("item", "value")} | {
        "group": frame["group"].fillna("").to_numpy()} | dict.fromkeys(NUMBERS, absent) | {
        "estimate": frame["share"].to_numpy(), "estimate_raw": frame["share_raw"].to_numpy(),
        "n": frame["base"].to_numpy(float)}
    if not interval:
        return data
    known = ((frame["df"] > 0) & (frame["base"] > 0)).to_numpy()
    numbers = _with_ends(data["estimate"], shares.se, frame["df"].to_numpy(float))
    numbers |= {"deff": shares.deff}
    return data | {name: np.where(known, one, np.nan) for name, one in numbers.items()}


def found_rows(found: Found, item: str, group: str | None, *, interval: bool) -> Rows:
    """Lay out the statistics of one group."""
    size = len(found.values)
    absent = np.full(size, np.nan)
    data = dict.fromkeys(NUMBERS, absent) | {
        "item": np.repeat(item, size), "group": np.repeat(group or "", size),
        "value": np.array(found.values), "estimate": found.estimate,
        "estimate_raw": np.broadcast_to(found.raw, size), "n": np.repeat(float(found.base), size)}
    if not (interval and found.base):
        return data
    spread = found.variance  # refuses a lonely sampling unit, also where no degree is left
    if found.df < 1 or (found.ends is None and np.isnan(spread).all()):
        return data
    numbers = _with_ends(found.estimate, found.se, found.df) | {"deff": found.deff}
    if found.ends is not None:
        ends = found.ends()
        numbers |= {"low": ends[:, 0], "high": ends[:, 1], "low_deff2": absent,
                    "high_deff2": absent}
    return data | numbers


def _with_ends(estimate: np.ndarray, se: np.ndarray, df: np.ndarray | int) -> dict:
    low, high = student(estimate, se, df)
    low_deff2, high_deff2 = student(estimate, se * np.sqrt(2), df)
    return {"se": se, "low": low, "high": high, "low_deff2": low_deff2,
            "high_deff2": high_deff2, "df": np.broadcast_to(np.asarray(df, float), se.shape)}


def arranged(
    counted: Cells, rows: Rows, asked: tuple[list[Item], Item | None], *, second: bool, raw: bool
) -> pd.DataFrame:
    """Order the columns, leave out the empty ones, and take out what is too small to show."""
    items, group = asked
    mark = _shares_marked if items[0].closed else _numbers_marked
    rows = mark(counted, rows, items, group)
    keys = {**({group.name: "group"} if group else {}), "item": "item"}
    keys |= {"value": "value"} if (rows["value"] != "").any() else {}
    numbers = [name for name in NUMBERS if second or not name.endswith("deff2")]
    numbers = [name for name in numbers if name != "estimate_raw" or raw]
    numbers = [name for name in numbers if name != "deff" or not np.isnan(rows["deff"]).all()]
    return pd.DataFrame({
        **{name: rows[column] for name, column in keys.items()},
        **{name: np.where(rows["hidden"], np.nan, rows[name]) for name in numbers},
        "n": np.where(rows["small"], np.nan, rows["n"]),
        "state": np.where(rows["hidden"], HIDDEN, SHOWN),
    })


def _shares_marked(counted: Cells, rows: Rows, items: list[Item], group: Item | None) -> Rows:
    """Mark the values that may not be shown."""
    counts = [without_rare(one, counted) for one in count_cells(counted, items, group)]
    marks = pd.DataFrame(rows_of(counts, "respondents")).drop(columns="n")
    found = marks.merge(pd.DataFrame(rows), on=KEYS, how="left")
    return {name: found[name].to_numpy() for name in found} | {
        "n": found["whole"].to_numpy(float)}


def _numbers_marked(counted: Cells, rows: Rows, items: list[Item], group: Item | None) -> Rows:
    """Mark groups; those taken from the data that few are in become one row without numbers."""
    marks = {(item.name, name): mark for item in items
             for counts in [count_bases(counted, item, group)]
             for name, mark in zip(counts.groups, counts.small, strict=True)}
    small = np.array([marks[key] for key in zip(rows["item"], rows["group"], strict=True)])
    hidden = small | _at_the_end(rows, counted.source.minimum)
    rows = rows | {"small": small, "hidden": hidden}
    if group is None or group.values != "any" or counted.source.minimum <= 1:
        return rows
    rows["group"] = np.where(small, OTHER_ANSWERS, rows["group"])
    first = ~pd.DataFrame({name: rows[name] for name in KEYS}).duplicated().to_numpy()
    return {name: one[first] for name, one in rows.items()}


def _at_the_end(rows: Rows, minimum: int) -> np.ndarray:
    """Mark quantiles beyond which too few units lie: the least and greatest are of one person."""
    q = pd.to_numeric(pd.Series(rows["value"]), errors="coerce").to_numpy(float)
    beyond = np.minimum(q, 1 - q) * rows["n"]
    return ~np.isnan(q) & (beyond < minimum) & (minimum > 1)
