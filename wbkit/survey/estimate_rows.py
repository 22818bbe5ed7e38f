"""The rows of an estimate Table, before anything is hidden."""

import numpy as np
import pandas as pd

from wbkit.basis.hiding import too_small
from wbkit.basis.shares import student
from wbkit.nouns.count_table import Cells
from wbkit.survey.share_table import Shares
from wbkit.survey.statistics import Found

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


def found_rows(found: Found, item: str, group: str | None, *, interval: bool) -> pd.DataFrame:
    """Lay out the statistics of one group."""
    data = pd.DataFrame({
        "item": item, "group": group, "value": found.values, "estimate": found.estimate,
        "n": float(found.base), "count": found.base,
    })
    if not (interval and found.df > 0 and found.base):
        return data
    numbers = _with_ends(found.estimate, found.se, found.df) | {"deff": found.deff}
    if found.ends is not None:
        ends = found.ends()
        numbers |= {"low": ends[:, 0], "high": ends[:, 1], "low_deff2": np.nan,
                    "high_deff2": np.nan}
    return data.assign(**numbers)


def _with_ends(estimate: np.ndarray, se: np.ndarray, df: np.ndarray | int) -> dict:
    low, high = student(estimate, se, df)
    low_deff2, high_deff2 = student(estimate, se * np.sqrt(2), df)
    return {"se": se, "low": low, "high": high, "low_deff2": low_deff2,
            "high_deff2": high_deff2, "df": np.broadcast_to(np.asarray(df, float), se.shape)}


def arranged(
    counted: Cells, rows: pd.DataFrame, group: str | None, *, second: bool
) -> pd.DataFrame:
    """Order the columns, leave out the empty ones, and take out what is too small to show."""
    rows = rows.reindex(columns=[*rows.columns, *(n for n in NUMBERS if n not in rows)])
    hidden = _hidden(counted, rows)
    keys = [*([group] if group else []), "item"]
    keys += ["value"] if (rows["value"] != "").any() else []
    numbers = [name for name in NUMBERS if second or not name.endswith("deff2")]
    numbers = [name for name in numbers if name != "deff" or rows["deff"].notna().any()]
    shown = rows.assign(
        **rows[numbers].astype(float).where(~np.repeat(hidden[:, None], len(numbers), axis=1)),
        n=rows["n"].mask(rows["n"].between(1, counted.source.minimum - 1)),
        state=np.where(hidden, "hidden", "shown"),
    )
    return shown.rename(columns={"group": group} if group else {})[[*keys, *numbers, "n", "state"]]


def _hidden(counted: Cells, rows: pd.DataFrame) -> np.ndarray:
    hidden, minimum = np.zeros(len(rows), dtype=bool), counted.source.minimum
    if minimum <= 1:
        return hidden
    for (item, _), part in rows.groupby(["item", "group"], sort=False, dropna=False):
        base = int(part["n"].iloc[0])
        partition = counted.item(item).kind != "multiple"
        counts = part["count"].to_numpy()
        small = too_small(counts, base, minimum, partition=partition) \
            if counted.item(item).closed else np.full(len(part), 0 < base < minimum)
        hidden[rows.index.get_indexer(part.index)] = small
    return hidden
