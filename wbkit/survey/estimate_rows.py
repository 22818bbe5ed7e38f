"""The rows of an estimate Table, before anything is hidden."""

import numpy as np
import pandas as pd

from wbkit.basis.shares import student
from wbkit.nouns.count_table import Cells
from wbkit.nouns.item import Item
from wbkit.nouns.layout import HIDDEN, SHOWN
from wbkit.survey.cell_tallies import count_bases, count_cells
from wbkit.survey.share_table import Shares
from wbkit.survey.statistics import Found
from wbkit.survey.tallies import OTHER_ANSWERS, rows_of, without_rare

NUMBERS = ["estimate", "se", "low", "high", "low_deff2", "high_deff2", "df", "deff"]


def share_rows(shares: Shares, *, interval: bool) -> pd.DataFrame:
    """Lay out shares with their standard errors."""
    frame = shares.frame
    data = frame[["item", "group", "value"]].assign(
        estimate=frame["share"], n=frame["base"].astype(float), count=frame["n"])
    if not interval:
        return data
    known = (frame["df"] > 0) & (frame["base"] > 0)
    numbers = _with_ends(frame["share"].to_numpy(), shares.se, frame["df"].to_numpy(float))
    numbers |= {"deff": shares.deff}
    return data.assign(**{name: np.where(known, one, np.nan) for name, one in numbers.items()})


def found_rows(found: Found, item: str, group: str | None, *, interval: bool) -> dict[str, list]:
    """Lay out the statistics of one group, each column as a list."""
    size = len(found.values)
    data = {name: [np.nan] * size for name in NUMBERS} | {
        "item": [item] * size, "group": [group] * size, "value": found.values,
        "estimate": found.estimate, "n": [float(found.base)] * size, "count": [found.base] * size}
    if not (interval and found.base):
        return data
    spread = found.variance  # refuses a lonely sampling unit, also where no degree is left
    if found.df < 1 or (found.ends is None and np.isnan(spread).all()):
        return data
    numbers = _with_ends(found.estimate, found.se, found.df) | {"deff": found.deff}
    if found.ends is not None:
        ends = found.ends()
        numbers |= {"low": ends[:, 0], "high": ends[:, 1], "low_deff2": data["low_deff2"],
                    "high_deff2": data["high_deff2"]}
    return data | numbers


def _with_ends(estimate: np.ndarray, se: np.ndarray, df: np.ndarray | int) -> dict:
    low, high = student(estimate, se, df)
    low_deff2, high_deff2 = student(estimate, se * np.sqrt(2), df)
    return {"se": se, "low": low, "high": high, "low_deff2": low_deff2,
            "high_deff2": high_deff2, "df": np.broadcast_to(np.asarray(df, float), se.shape)}


def arranged(
    counted: Cells, rows: pd.DataFrame, asked: tuple[list[Item], Item | None], *, second: bool
) -> pd.DataFrame:
    """Order the columns, leave out the empty ones, and take out what is too small to show."""
    items, group = asked
    rows = rows.assign(**{name: np.nan for name in NUMBERS if name not in rows})
    rows = _marked(counted, rows.fillna({"group": ""}), items, group)
    keys = [*([group.name] if group else []), "item"]
    keys += ["value"] if (rows["value"] != "").any() else []
    numbers = [name for name in NUMBERS if second or not name.endswith("deff2")]
    numbers = [name for name in numbers if name != "deff" or rows["deff"].notna().any()]
    hidden, small = rows["hidden"].to_numpy(bool), rows["small"].to_numpy(bool)
    return pd.DataFrame({
        **{name: rows["group" if group and name == group.name else name] for name in keys},
        **{name: np.where(hidden, np.nan, rows[name].to_numpy(float)) for name in numbers},
        "n": np.where(small, np.nan, rows["n"].to_numpy(float)),
        "state": np.where(hidden, HIDDEN, SHOWN),
    })


def _marked(
    counted: Cells, rows: pd.DataFrame, items: list[Item], group: Item | None
) -> pd.DataFrame:
    """Mark what may not be shown: of shares the values, of numbers the groups."""
    if items[0].closed:
        return _shares_marked(counted, rows, items, group)
    return pd.concat([
        _numbers_marked(counted, rows[(rows["item"] == item.name).to_numpy()], item, group)
        for item in items], ignore_index=True)


def _shares_marked(
    counted: Cells, rows: pd.DataFrame, items: list[Item], group: Item | None
) -> pd.DataFrame:
    counts = [without_rare(one, counted) for one in count_cells(counted, items, group)]
    marks = rows_of(counts, "respondents").drop(columns="n")
    found = marks.merge(rows, on=["item", "group", "value"], how="left")
    return found.assign(n=found["whole"].astype(float))


def _numbers_marked(
    counted: Cells, rows: pd.DataFrame, item: Item, group: Item | None
) -> pd.DataFrame:
    """Mark groups; those taken from the data that few are in become one row without numbers."""
    counts = count_bases(counted, item, group)
    small = rows["group"].map(dict(zip(counts.groups, counts.small, strict=True))).astype(bool)
    found = rows.assign(hidden=small | _at_the_end(rows, counted.source.minimum), small=small)
    if group is None or group.values != "any" or counted.source.minimum <= 1:
        return found
    named = found.assign(group=found["group"].mask(small, OTHER_ANSWERS))
    return named.drop_duplicates(["group", "value"])


def _at_the_end(rows: pd.DataFrame, minimum: int) -> np.ndarray:
    """Mark quantiles beyond which too few units lie: the least and greatest are of one person."""
    q = pd.to_numeric(rows["value"], errors="coerce").to_numpy(float)
    beyond = np.minimum(q, 1 - q) * rows["n"].to_numpy(float)
    return ~np.isnan(q) & (beyond < minimum) & (minimum > 1)
