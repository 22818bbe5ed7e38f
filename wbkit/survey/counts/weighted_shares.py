"""The share of each answer, with the interval that the design of the source carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.cells import BASE, OUTSIDE, VALUE, Cells
from wbkit.data.responses import Responses
from wbkit.study.item import NO_ANSWER, NOT_ASKED, Item
from wbkit.survey.counts.shares import (
    Shares,
    at_an_edge,
    default_method,
    is_alone,
    require_method,
    share_ends,
    share_tables,
)
from wbkit.survey.counts.tallies import Counts, count, rows_of
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.intervals import (
    design_facts,
    follows_design,
    share_intervals,
    weighted,
    why_no_interval,
)
from wbkit.survey.design.linearisation import Sample, sample_of
from wbkit.survey.design.sampling import within_strata
from wbkit.survey.stating import interval_facts
from wbkit.table.count_layouts import ABSENT, HIDDEN, SHOWN
from wbkit.table.facts import Fact
from wbkit.table.statements.survey import Edge, Lone

KEYS = ["item", "group", "value"]
NUMBERS = ["share", "share_raw", "low", "high", "low_deff2", "high_deff2"]


@dataclass(frozen=True, eq=False)
class Found:
    """What a frequency Table is made of.

    Parameters
    ----------
    counted
        The Cells from which they come.
    rows
        Columns, one row for each item, group and value: n, whole, hidden, small and the shares.
    facts
        On what the intervals rest, and what a reader must know of weights and strata.
    """

    counted: Cells
    rows: Mapping[str, np.ndarray]
    facts: tuple[tuple[Fact, ...], tuple[Fact, ...]]


def find_shares(
    responses: Responses | Cells, counted: Cells, items: Sequence[Item], group: Item | None, *,
    of: str = "respondents", interval: str | None = None,
) -> Found:
    """Divide the counts, by the design of the source where it does more than count."""
    if follows_design(responses, interval):
        return shares_by_design(counted, items, group, of=of, interval=interval)
    return _plain_shares(counted, count(counted, items, group, responses), of)


def shares_by_design(
    counted: Cells, items: Sequence[Item], group: Item | None, *, of: str, interval: str | None
) -> Found:
    """Count, weigh and give each share the interval that the design carries."""
    sample = sample_of(settle(counted))
    method = _method(sample, interval, of, whole=group is None and not counted.conditions)
    tables = share_tables(sample, items, group) if of == "respondents" else []
    numbers = [_with_ends(one, method) for one in tables] or _counted(sample, items, group, of)
    numbers = pd.concat(numbers, ignore_index=True).fillna({"group": ""})
    if not weighted(sample):
        numbers = numbers.drop(columns="share_raw")
    rows = pd.DataFrame(rows_of(count(sample.cells, items, group), of))
    beside = numbers[[*KEYS, *(name for name in NUMBERS if name in numbers)]]
    notes = (*design_facts(sample, finite=method != "clopper-pearson"),
             *_edge_facts(tables, method, counted))
    basis = _basis(sample, items, method) if of == "respondents" else ()
    rows = rows.merge(beside, on=KEYS, how="left")
    return Found(sample.cells, {name: rows[name].to_numpy() for name in rows}, (basis, notes))


def _counted(
    sample: Sample, items: Sequence[Item], group: Item | None, of: str
) -> list[pd.DataFrame]:
    """Weigh ticks or all who were asked; these have no interval."""
    groups = sample.cells.values(group) if group else (None,)
    return [_counts(sample.cells, item, name, of).assign(
        item=item.name, group=name, low=np.nan, high=np.nan) for item in items for name in groups]


def _counts(counted: Cells, item: Item, group: str | None, of: str) -> pd.DataFrame:
    """Weigh ticks, or every answer and every reason why there is none."""
    rows = counted.of(item)
    rows = rows if group is None else rows[(rows["group"] == group).to_numpy()]
    reasons = (*counted.codes(item), NO_ANSWER)
    values = counted.values(item) + (reasons if of == "asked" else ())
    sums = rows[rows["role"] != BASE].groupby("value")[["n", "w"]].sum()
    sums = sums.reindex(values, fill_value=0)
    asked = (BASE if item.kind == "multiple" else VALUE, OUTSIDE)
    roles = asked if of == "asked" else (VALUE,)
    inside = rows[rows["role"].isin(roles) & (rows["value"] != NOT_ASKED)]
    n, w = inside["n"].sum(), inside["w"].sum()
    return pd.DataFrame({
        "value": list(values), "share": sums["w"].to_numpy() / (w or np.nan),
        "share_raw": sums["n"].to_numpy() / (n or np.nan),
    })


def _method(sample: Sample, interval: str | None, of: str, *, whole: bool) -> str | None:
    """Return which interval is given, none where the design or the base carries none."""
    if of != "respondents" or why_no_interval(sample.cells):
        return None
    if interval:
        require_method(sample, interval, whole=whole)
    return interval or default_method(sample)


def _with_ends(shares: Shares, method: str | None) -> pd.DataFrame:
    """Put the intervals beside the shares."""
    data = shares.frame.assign(low=np.nan, high=np.nan)
    if method is None:
        return data
    ends = share_ends(shares, method)
    data = data.assign(low=ends[:, 0], high=ends[:, 1])
    if not within_strata(shares.sample.cells.assumption):
        return data
    wider = share_ends(shares, method, deff=2.0)
    return data.assign(low_deff2=wider[:, 0], high_deff2=wider[:, 1])


def _edge_facts(tables: Sequence[Shares], method: str | None, counted: Cells) -> list[Fact]:
    """State which shares took another interval than the method says, or none."""
    least = counted.source.minimum
    edge = any(at_an_edge(one, method) for one in tables)
    lone = any(is_alone(one, method, least) for one in tables)
    return [*([Edge()] if edge else []), *([Lone()] if lone else [])]


def _basis(sample: Sample, items: Sequence[Item], method: str | None) -> tuple[Fact, ...]:
    finite = method == "wilson" and sample.finite
    method = "wilson_finite" if finite else method or "wilson"
    return tuple(interval_facts(sample.cells, items, method))


def _plain_shares(counted: Cells, counts: list[Counts], of: str) -> Found:
    """Divide the counts of units that all count the same, drawn one by one."""
    rows, basis = rows_of(counts, of), []
    n, whole = rows["n"].astype(float), rows["whole"]
    base = np.where(whole > 0, whole, np.nan)
    low = high = np.full(len(base), np.nan)
    if of == "respondents":
        basis = interval_facts(counted, [one.item for one in counts])
        if why_no_interval(counted) is None:
            low, high = share_intervals(n, base)
    return Found(counted, rows | {"share": n / base, "low": low, "high": high},
                 (tuple(basis), ()))


def share_frame(found: Found, group: Item | None) -> pd.DataFrame:
    """Return one row for each item, group and value; numbers that are too small are absent."""
    rows, source = found.rows, found.counted.source
    hidden, small, whole = (rows[name] for name in ("hidden", "small", "whole"))
    absent = np.isin(rows["group"], list(source.missing_units)) & (whole == 0)
    numbers = {name: np.where(hidden | absent, np.nan, rows[name].astype(float))
               for name in ("n", *NUMBERS) if name in rows}
    names = {"item": rows["item"]} | ({group.name: rows["group"]} if group else {})
    return pd.DataFrame({
        **names, "value": rows["value"], "n": numbers.pop("n"),
        "base": np.where(small | absent, np.nan, whole.astype(float)), **numbers,
        "state": np.where(absent, ABSENT, np.where(hidden, HIDDEN, SHOWN)),
    })
