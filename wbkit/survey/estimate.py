"""Statistics of the population, with standard errors that know the design."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.data.source_data import need, refuse_rankings
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.intervals import student
from wbkit.study.item import Item
from wbkit.survey.counts.cells import counted_by, several
from wbkit.survey.counts.shares import Shares, share_tables
from wbkit.survey.counts.tallies import (
    OTHER_ANSWERS,
    count,
    count_bases,
    rows_of,
)
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.intervals import (
    design_facts,
    lone_facts,
    require_interval,
    weighted,
    why_no_interval,
)
from wbkit.survey.design.linearisation import Sample, sample_of
from wbkit.survey.design.sampling import within_strata
from wbkit.survey.far_out import far_out
from wbkit.survey.recommendation import (
    LEAST,
    NET,
    in_classes,
    net_marks,
    net_share,
    refuse_joint,
    require_net,
)
from wbkit.survey.stating import (
    answer_facts,
    base_facts,
    counted_base,
    interval_facts,
)
from wbkit.survey.statistics import (
    Computed,
    mean,
    quantiles,
    ratio,
    require_numeric,
    total,
    totals,
)
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Subject
from wbkit.table.statements.survey import Estimated, NetFrom
from wbkit.table.table import Table

Statistic = Literal["mean", "total", "share", "ratio", "quantile", "nps"]
STATISTICS = ("mean", "total", "share", "ratio", "quantile", "nps")
KEYS = ["item", "group", "value"]
ROUNDING = 1e-13  # of an estimate: a standard error under it is 0
NUMBERS = ["estimate", "estimate_raw", "se", "low", "high", "low_deff2", "high_deff2", "df", "deff"]
Rows = dict[str, np.ndarray]  # columns


def estimate(
    responses: Responses | Cells,
    item: str | Item | Sequence[str | Item],
    statistic: Statistic = "mean",
    *,
    by: str | Item | None = None,
    per: str | Item | None = None,
    q: float | Sequence[float] | None = None,
) -> Table:
    """Estimate a statistic of the population, for everyone or for each group.

    Standard errors are linearised (Taylor) for the design of the source [1]_ [2]_; groups and
    `where` are domains, so that the design stays whole.

    Parameters
    ----------
    responses
        One row for each unit of the source, or its Cells (for a quantile those made with
        ``numeric="values"``).
    item
        A numeric item, or a list of them; for ``share`` nominal, ordinal or multiple items; for
        ``total`` the one or the other.
    statistic
        ``mean``, ``total`` (of numbers, or how many units gave each value), ``share`` (of each
        value), ``ratio`` (total of `item` divided by total of `per`), ``quantile``, or ``nps``
        (of an item with ``score = "nps"``: the shares of 0 to 6, 7 and 8, 9 and 10, and the last
        less the first [3]_, from -1 to 1).
    by
        A nominal or ordinal item: one group for each of its values.
    per
        The numeric item below the line of a ratio.
    q
        Which quantiles, between 0 and 1; 0.5 when left out.

    Returns
    -------
    Table
        One row for each group and statistic.

        - `by`, ``item``, ``value`` (of a closed item, or which quantile): ids
        - ``estimate``, ``se``: the statistic and its standard error
        - ``estimate_raw``: the unweighted statistic, beside a weighted one (not of a total)
        - ``low``, ``high``: 95 % interval, estimate ± t se; for a quantile Woodruff's; absent
          where the design carries none, or no spread was seen
        - ``low_deff2``, ``high_deff2``: the same for a design effect of 2, under the assumption
          "random within strata"
        - ``df``: degrees of freedom, sampling units less strata
        - ``deff``: variance divided by that of a simple random sample as large
        - ``n``: units that answered
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the item does not fit the statistic, a stratum holds one sampling unit, a total is
        asked of units that are no sample, or a score of fewer than 30 units, of units that are
        no persons, or of an item that does not declare it.

    References
    ----------
    .. [1] Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling.
    .. [2] Lumley, T. (2004). Journal of Statistical Software, 9(8), 1-19.
    .. [3] Reichheld, F. F. (2003). Harvard Business Review, 81(12), 46-54.
    """
    need(responses, (Responses, Cells), "estimate")
    items = [responses.item(one) for one in several(item)]
    other = responses.item(per) if per is not None else None
    wanted = _quantiles(responses, statistic, q)
    _check(responses, items, statistic, other)
    numeric = "values" if statistic in ("quantile", NET) else "moments"
    asked = [[*items, other]] if other else items
    counted, group = counted_by(responses, asked, by, numeric=numeric)
    counted, items = in_classes(counted, items) if statistic == NET else (counted, items)
    sample = sample_of(settle(counted))
    interval = why_no_interval(counted) is None
    rows = _shares(sample, items, group, interval=interval) if statistic == "share" else \
        _numbers(sample, items, group, _computing(sample, statistic, other, wanted))
    rows = rows if sample.complete or statistic == "quantile" else _without_flat(rows)
    data = arranged(sample.cells, rows, (items, group),
                    second=interval and within_strata(counted.assumption),
                    raw=weighted(sample) and statistic != "total")
    table = _table(sample, (items, other), group, statistic, data)
    far = far_out(responses, items) if _one_can_move_it(responses, statistic) else []
    return replace(table, facts=(*table.facts, *far)) if far else table


def _one_can_move_it(responses: Responses | Cells, statistic: str) -> bool:
    """Whether one answer far out moves the statistic, and the answers themselves are there."""
    return statistic == "mean" and isinstance(responses, Responses)


def _shares(sample: Sample, items: list[Item], group: Item | None, *, interval: bool) -> Rows:
    return _below([share_rows(one, interval=interval)
                   for one in share_tables(sample, items, group)])


def _numbers(
    sample: Sample, items: list[Item], group: Item | None,
    compute: Callable[[Item, str | None], Computed],
) -> Rows:
    interval = why_no_interval(sample.cells) is None
    groups = sample.cells.values(group) if group else (None,)
    return _below([found_rows(compute(item, name), item.name, name, interval=interval)
                   for item in items for name in groups])


def _without_flat(rows: Rows) -> Rows:
    """Take out the ends of estimates in which no spread was seen: they would claim certainty."""
    flat = rows["se"] <= ROUNDING * np.maximum(np.abs(rows["estimate"]), 1.0)
    ends = ("low", "high", "low_deff2", "high_deff2")
    return rows | {"se": np.where(flat, 0.0, rows["se"])} | {
        name: np.where(flat, np.nan, rows[name]) for name in ends}


def _below(parts: Sequence[Rows]) -> Rows:
    """Put parts one below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _computing(
    sample: Sample, statistic: str, per: Item | None, q: tuple[float, ...]
) -> Callable[[Item, str | None], Computed]:
    return {
        "mean": lambda item, group: mean(sample, item, group),
        "total": lambda item, group: (totals if item.closed else total)(sample, item, group),
        "ratio": lambda item, group: ratio(sample, item, per, group),
        "quantile": lambda item, group: quantiles(sample, item, q, group),
        NET: lambda item, group: net_share(sample, item, group),
    }[statistic]


def _quantiles(responses: Responses | Cells, statistic: str, q: object) -> tuple[float, ...]:
    if q is None:
        return (0.5,)
    wanted = (float(q),) if np.isscalar(q) else tuple(float(one) for one in q)
    if statistic != "quantile" or not wanted or not all(0 < one < 1 for one in wanted):
        raise DataError(_(
            "{source}: q={q!r} does not fit. Give shares between 0 and 1, with "
            "statistic='quantile'.",
            source=responses.source.name, q=q))
    return wanted


def _check(
    responses: Responses | Cells, items: list[Item], statistic: str, per: Item | None
) -> None:
    name = responses.source.name
    if statistic not in STATISTICS:
        raise DataError(_(
            "{source}: statistic={statistic!r} is unknown. Use one of {statistics}.",
            source=name, statistic=statistic, statistics=", ".join(STATISTICS)))
    if (statistic == "ratio") != (per is not None):
        raise DataError(_(
            "{source}: a ratio, and only a ratio, needs per: the item below the line.",
            source=name))
    refuse_rankings(name, filter(None, (*items, per)), _("estimate takes numbers and answers"))
    for item in filter(None, (*items, per)):
        if statistic == "total" and all(one.closed for one in items):
            continue
        if statistic != "share":
            require_numeric(item, statistic, name)
        elif not item.closed:
            raise DataError(_(
                "{source}: a share needs a closed item; {item} is {kind}. Use statistic='mean', "
                "or frequency for each number.",
                source=name, item=item.name, kind=item.kind))
    (require_net if statistic == NET else refuse_joint)(responses, items)
    if statistic == "total":
        _check_total(responses)


def _check_total(responses: Responses | Cells) -> None:
    """Refuse a total of units that stand for no others; who all answered are the population."""
    design = responses.source.design
    counted = why_no_interval(responses) == "no_interval_census"
    if not counted and not (design and design.weight):
        require_interval(responses, "about_total")


def _table(
    sample: Sample, asked: tuple[list[Item], Item | None], group: Item | None, statistic: str,
    data: pd.DataFrame,
) -> Table:
    counted, (items, per) = sample.cells, asked
    method = "woodruff" if statistic == "quantile" else "t"
    by = (group.name,) if group else ()
    base = counted_base(counted, items, "respondents",
                        None if group else data.assign(base=data["n"]))
    facts = (Subject("estimate", tuple(one.name for one in items), by),
             Estimated(statistic, per.name if per else ""),
             *([NetFrom(LEAST)] if statistic == NET and group else []),
             *base_facts(counted, items, base), *interval_facts(counted, items, method),
             *answer_facts(counted, items, group), *design_facts(sample),
             *(lone_facts(counted, data) if why_no_interval(counted) is None else []))
    return Table(data, "estimate", by, facts, (counted.source,))


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


def found_rows(found: Computed, item: str, group: str | None, *, interval: bool) -> Rows:
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
    net = NET in rows["value"] and all(item.score for item in items)
    mark = _net_marked if net else _shares_marked if items[0].closed else _numbers_marked
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
    marks = rows_of(count(counted, items, group), "respondents")
    return _beside(pd.DataFrame(marks).drop(columns="n"), rows)


def _net_marked(counted: Cells, rows: Rows, items: list[Item], group: Item | None) -> Rows:
    return _beside(net_marks(counted, items, group), rows)


def _beside(marks: pd.DataFrame, rows: Rows) -> Rows:
    """Put the statistics beside the marks of their rows."""
    found = marks.merge(pd.DataFrame(rows), on=KEYS, how="left")
    return {name: found[name].to_numpy() for name in found} | {
        "n": found["whole"].to_numpy(float)}


def _numbers_marked(counted: Cells, rows: Rows, items: list[Item], group: Item | None) -> Rows:
    """Mark groups; those taken from the data that few are in become one row without numbers."""
    marks = {(item.name, name): mark for item in items
             for counts in [count_bases(counted, item, group)]
             for name, mark in zip(counts.groups, counts.small, strict=True)}
    small = np.array([marks[key] for key in zip(rows["item"], rows["group"], strict=True)])
    small |= (rows["n"] > 0) & (rows["n"] < counted.source.minimum)  # of a ratio: of both items
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
