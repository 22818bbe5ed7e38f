"""Means, totals, ratios and quantiles of one group of units."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from wbkit.data.cells import BASE, VALUE
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.intervals import student
from wbkit.study.item import Item
from wbkit.survey.design.linearisation import Sample, linear_of_counts, linear_of_moments


@dataclass(frozen=True, eq=False)
class Computed:
    """Statistics of one group; the variance is computed when it is asked for.

    Parameters
    ----------
    values
        What each statistic is about: a value of the item, a quantile, or nothing.
    estimate
        The statistics.
    covariance
        Computes their covariance matrix.
    counts
        Units behind each statistic.
    base
        Units in the group that answered.
    df
        Degrees of freedom of the units in the group, also those who did not answer.
    simple
        Variance of each statistic in a simple random sample as large, absent where it has none.
    ends
        Interval ends, where they are not estimate ± t × standard error.
    raw
        The statistics when every unit counts once; absent for a total.
    """

    values: tuple[str, ...]
    estimate: np.ndarray
    covariance: Callable[[], np.ndarray]
    counts: np.ndarray
    base: int
    df: int
    simple: np.ndarray | None = None
    ends: Callable[[], np.ndarray] | None = None
    raw: np.ndarray | float = np.nan

    @cached_property
    def variance(self) -> np.ndarray:
        """The covariance matrix of the statistics."""
        return self.covariance()

    @property
    def se(self) -> np.ndarray:
        """The standard errors; rounding can make a variance of 0 fall just under it."""
        return np.sqrt(np.maximum(np.diag(self.variance), 0.0))

    @property
    def deff(self) -> np.ndarray:
        """Variance divided by that of a simple random sample as large."""
        absent = np.full(len(self.estimate), np.nan)
        if self.simple is None:
            return absent
        known = np.broadcast_to(self.simple, absent.shape)
        return np.divide(np.diag(self.variance), known, out=absent, where=known > 0)


def mean(sample: Sample, item: Item, group: str | None) -> Computed:
    """Estimate the mean of a numeric item, among the units of a group that answered."""
    sums, chosen = sample.cells.moments_of(item.name), _chosen(sample, (item.name,), group)
    weight, total = sums.w[chosen].sum(), sums.wx[chosen].sum()
    base, df = int(sums.n[chosen].sum()), degrees_in(sample, item, group)
    if weight == 0:
        return _nothing(("",), df)
    estimate = total / weight
    form = (np.array([-estimate / weight]), np.array([[1 / weight]]))
    linear = linear_of_moments(sample, chosen, (item.name,), form)
    spread = sums.wxx[chosen].sum() / weight - estimate**2
    return Computed(("",), np.array([estimate]), lambda: sample.variance(linear), np.array([base]),
                 base, df, np.array([spread * one_unit(weight, base)]),
                 raw=sums.x[chosen].sum(axis=0) / base)


def total(sample: Sample, item: Item, group: str | None) -> Computed:
    """Estimate the total of a numeric item in the population of a group."""
    sums, chosen = sample.cells.moments_of(item.name), _chosen(sample, (item.name,), group)
    form = (np.zeros(1), np.ones((1, 1)))
    linear = linear_of_moments(sample, chosen, (item.name,), form)
    base, weight, whole = int(sums.n[chosen].sum()), sums.w[chosen].sum(), sums.wx[chosen].sum()
    simple = (sums.wxx[chosen].sum() * weight - whole**2) * one_unit(weight, base)
    return Computed(("",), np.array([whole]), lambda: sample.variance(linear), np.array([base]),
                    base, degrees_in(sample, item, group), np.array([simple]))


def totals(sample: Sample, item: Item, group: str | None) -> Computed:
    """Estimate how many units of the population of a group gave each answer to a closed item."""
    rows, values = in_group(sample.cells.of(item), group), sample.cells.values(item)
    base, weight = rows.loc[rows["role"] == _answered(item), ["n", "w"]].sum()
    rows = rows[rows["role"] == VALUE]
    z = np.eye(len(values))[pd.Index(values, dtype=object).get_indexer(rows["value"])]
    linear = linear_of_counts(sample, rows, z)
    found = rows["w"].to_numpy(float) @ z
    return Computed(values, found, lambda: sample.variance(linear), rows["n"].to_numpy() @ z,
                 int(base), degrees_in(sample, item, group),
                 found * (weight - found) * one_unit(weight, int(base)))


def ratio(sample: Sample, item: Item, per: Item, group: str | None) -> Computed:
    """Estimate the total of one numeric item for each unit of the total of another."""
    names = (item.name, per.name)
    sums, chosen = sample.cells.moments_of(names), _chosen(sample, names, group)
    above, below = sums.wx[chosen].sum(axis=0) if chosen.any() else (0.0, 0.0)
    base, df = int(sums.n[chosen].sum()), degrees_in(sample, item, group)
    if below == 0:
        return replace(_nothing(("",), df), base=base)
    form = (np.zeros(1), np.array([[1 / below, -above / below**2]]))
    linear = linear_of_moments(sample, chosen, names, form)
    slope, weight, plain = form[1][0], sums.w[chosen].sum(), sums.x[chosen].sum(axis=0)
    simple = slope @ sums.wxx[chosen].sum(axis=0) @ slope * weight * one_unit(weight, base)
    return Computed(("",), np.array([above / below]), lambda: sample.variance(linear),
                 np.array([base]), base, df, np.array([simple]),
                 raw=plain[:1] / (plain[1] or np.nan))


def quantiles(sample: Sample, item: Item, q: tuple[float, ...], group: str | None) -> Computed:
    """Estimate quantiles: the least value up to which a share `q` of the units lies.

    The interval is Woodruff's: that of the share up to the estimate, read back as values
    (Woodruff, 1952, Journal of the American Statistical Association, 47, 635-646; R's
    ``svyquantile`` with ``qrule = "math"``).
    """
    rows = in_group(sample.cells.of(item), group)
    names = tuple(f"{one:g}" for one in q)
    answers = rows[rows["role"] == VALUE]
    df = _df_of(sample, answers["part"], answers["n"])  # of who answered: R's svyquantile
    if answers["w"].sum() == 0:
        return _nothing(names, df)
    answers = answers.assign(number=answers["value"].astype(float))
    weights = answers.groupby("number")["w"].sum()
    estimate = np.array([_value_at(weights, one) for one in q])
    base = int(answers["n"].sum())

    @cache
    def ends() -> np.ndarray:
        return np.array([_woodruff(sample, answers, weights, (one, df)) for one in estimate])

    def covariance() -> np.ndarray:
        reach = student(0.0, 1.0, df)[1] if df > 0 else np.nan
        return np.diag((np.diff(ends(), axis=1)[:, 0] / (2 * reach)) ** 2)

    counts = answers.groupby("number")["n"].sum()
    raw = np.array([_value_at(counts, one) for one in q])
    return Computed(names, estimate, covariance, np.full(len(q), base), base, df, ends=ends,
                    raw=raw)


def _value_at(weights: pd.Series, share: float) -> float:
    """Return the least value with at least this share of the weight up to it."""
    reached = np.cumsum(weights.to_numpy()) / weights.sum() >= share - 1e-12
    return float(weights.index[np.argmax(reached)] if reached.any() else weights.index[-1])


def _woodruff(
    sample: Sample, answers: pd.DataFrame, weights: pd.Series, at: tuple[float, int]
) -> tuple[float, float]:
    value, df = at
    if df < 1:
        return np.nan, np.nan
    weight = weights.sum()
    share = weights[weights.index <= value].sum() / weight
    z = ((answers["number"] <= value).to_numpy(float) - share)[:, None] / weight
    variance = sample.variance(linear_of_counts(sample, answers, z))[0, 0]
    low, high = student(share, np.sqrt(max(variance, 0.0)), df)
    return (_value_at(weights, low) if low >= 0 else np.nan,
            _value_at(weights, high) if high <= 1 else np.nan)


def in_group(rows: pd.DataFrame, group: str | None) -> pd.DataFrame:
    """Return the rows of a group, all of them without one."""
    return rows if group is None else rows[(rows["group"] == group).to_numpy()]


def _chosen(sample: Sample, names: tuple[str, ...], group: str | None) -> np.ndarray:
    keys = sample.cells.moments_of(names).keys
    return np.ones(len(keys), bool) if group is None else keys["group"].to_numpy() == group


def degrees_in(sample: Sample, item: Item, group: str | None) -> int:
    """Return the degrees of freedom of a group, also for those in it who did not answer."""
    lines = sample.cells.lines(item)
    inside = np.ones(len(lines["n"]), dtype=bool) if group is None else lines["group"] == group
    if item.kind == "multiple":
        inside &= lines["role"] != VALUE  # ticks; units stand beside them
    return _df_of(sample, lines["part"][inside], lines["n"][inside])


def _answered(item: Item) -> str:
    """Return the role of rows that hold each unit that answered once."""
    return BASE if item.kind == "multiple" else VALUE


def _df_of(sample: Sample, part: ArrayLike, n: ArrayLike) -> int:
    """Return the degrees of freedom of rows: to which part of the sample they belong, units."""
    return int(sample.df(np.bincount(part, n, len(sample.parts.n))[:, None])[0])


def one_unit(weight: float, base: int) -> float:
    """Return what the variance of one unit counts for in a simple random sample as large."""
    return (1 - base / weight) / (base - 1) if base > 1 and weight >= base else np.nan


def _nothing(values: tuple[str, ...], df: int) -> Computed:
    absent = np.full(len(values), np.nan)
    return Computed(values, absent, lambda: np.diag(absent), np.zeros(len(values), int), 0, df)


def require_numeric(item: Item, statistic: str, source: str) -> None:
    """Refuse a statistic of numbers for an item that holds none."""
    if item.kind != "numeric":
        raise DataError(_(
            "{source}: the {statistic} needs a numeric item; {item} is {kind}. Use "
            "statistic='share', or make a score.",
            source=source, statistic=statistic, item=item.name, kind=item.kind))
