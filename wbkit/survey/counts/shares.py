"""Shares of every value, weighted and unweighted, for many items and groups at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from wbkit.data.cells import BASE, OUTSIDE, VALUE
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.intervals import (
    Ends,
    clopper_pearson,
    effective_base,
    finite_base,
    hypergeometric,
    logit,
    student,
    wilson,
)
from wbkit.stats.taylor import Linear
from wbkit.study.item import Item
from wbkit.survey.design.linearisation import Sample

MOST = 2_000_000  # numbers in one array; more items are taken one after another
METHODS = ("wilson", "clopper-pearson", "logit", "beta", "hypergeometric", "t")
SIMPLE = ("wilson", "clopper-pearson", "hypergeometric")


@dataclass(frozen=True, eq=False)
class Shares:
    """The shares of some items, in each group.

    Parameters
    ----------
    frame
        One row for each item, group and value: n, base, share, share_raw, df.
    first, second, plain
        Sums over each part of the sample: of weights, squared weights and units with the
        answer, and of those in the base; shape (2, parts, rows).
    weight
        Sum of weights in the base of each row.
    sample
        The sample.
    """

    frame: pd.DataFrame
    plain: np.ndarray
    first: np.ndarray
    second: np.ndarray
    weight: np.ndarray
    sample: Sample

    @cached_property
    def variance(self) -> np.ndarray:
        """The variance of each share, linearised for the design."""
        share, weight = self.frame["share"].fillna(0.0).to_numpy(), self.weight
        scale = np.divide(1.0, weight, out=np.zeros_like(weight), where=weight > 0)
        linear = [(one[0] - share * one[1]) * scale
                  for one in (self.plain, self.first, self.second)]
        squares = (self.second[0] * (1 - 2 * share) + self.second[1] * share**2) * scale**2
        return self.sample.variance(Linear(*linear, squares))

    @property
    def se(self) -> np.ndarray:
        """The standard error of each share; rounding can put a variance just under 0."""
        return np.sqrt(np.maximum(self.variance, 0.0))

    @property
    def deff(self) -> np.ndarray:
        """Variance divided by that of a simple random sample as large."""
        share, base, weight = self.frame["share"], self.frame["base"], self.weight
        simple = share * (1 - share) * (1 - base / weight) / (base - 1)
        known = (simple > 0) & (weight >= base) & (base > 1)
        return np.where(known, self.variance / simple.where(known), np.nan)


def share_tables(sample: Sample, items: Sequence[Item], group: Item | None) -> list[Shares]:
    """Compute the shares of all items, as many at once as memory allows."""
    groups = sample.cells.values(group) if group else ("",)
    batches: list[list[Item]] = []
    room = 0
    for item in items:
        need = len(sample.cells.values(item)) * len(groups) * max(1, len(sample.parts.n))
        if not batches or need > room:
            batches.append([])
            room = MOST
        batches[-1].append(item)
        room -= need
    return [_shares(sample, batch, group) for batch in batches]


def _shares(sample: Sample, items: Sequence[Item], group: Item | None) -> Shares:
    cells = sample.cells
    groups = cells.values(group) if group else (None,)
    keys = [(item.name, one, value) for item in items for one in groups
            for value in cells.values(item)]
    bases = {(item.name, one): place
             for place, (item, one) in enumerate((i, g) for i in items for g in groups)}
    of_base = np.array([bases[item, one] for item, one, _ in keys], dtype=int)
    rows = _rows(sample, items, group)
    at = _placed(rows, keys, bases)
    sums = {name: np.stack(_summed(sample, rows, name, at, (len(keys), of_base)))
            for name in ("n", "w", "w2")}
    total = {name: one.sum(axis=1) for name, one in sums.items()}
    present = _present(sample, rows, at[1], len(bases))
    frame = pd.DataFrame({
        "item": [key[0] for key in keys], "group": [key[1] for key in keys],
        "value": [key[2] for key in keys],
        "n": total["n"][0].astype(int), "base": total["n"][1].astype(int),
        "share": _divided(total["w"]), "share_raw": _divided(total["n"]),
        "df": sample.df(present)[of_base],
    })
    return Shares(frame, sums["n"], sums["w"], sums["w2"], total["w"][1], sample)


def _rows(sample: Sample, items: Sequence[Item], group: Item | None) -> pd.DataFrame:
    """Return the counts of these items, and whether a row adds to the base of its item."""
    counts = sample.cells.counts
    names = [item.name for item in items]
    multiple = [item.name for item in items if item.kind == "multiple"]
    chosen = counts["item"].isin(names)
    chosen &= (counts["group"] != "") if group else True
    rows = counts[chosen.to_numpy()]
    apart = rows["item"].isin(multiple).to_numpy()
    role = rows["role"].to_numpy()
    return rows.assign(group=rows["group"] if group else None,
                       answers=role == VALUE, in_base=role == np.where(apart, BASE, VALUE),
                       there=(role == OUTSIDE) | (role == np.where(apart, BASE, VALUE)))


def _placed(
    rows: pd.DataFrame, keys: list[tuple], bases: dict[tuple, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the place of each row among the shares (-1 without one) and among the bases."""
    place = {key: number for number, key in enumerate(keys)}
    item, group, value = (rows[name].tolist() for name in ("item", "group", "value"))
    answers = rows["answers"].tolist()
    shares = [place[key] if one else -1
              for key, one in zip(zip(item, group, value, strict=True), answers, strict=True)]
    return np.array(shares, dtype=int), np.array(
        [bases[key] for key in zip(item, group, strict=True)], dtype=int)


def _summed(
    sample: Sample, rows: pd.DataFrame, name: str, at: tuple[np.ndarray, np.ndarray],
    shape: tuple[int, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Sum over each part: those with the answer, and those in the base of it."""
    many, of_base = shape
    part, values = rows["part"].to_numpy(), rows[name].to_numpy(float)
    answers, inside = rows["answers"].to_numpy(), rows["in_base"].to_numpy()
    size = len(sample.parts.n)
    bases = of_base.max(initial=-1) + 1
    one = np.bincount(part[answers] * many + at[0][answers], values[answers], size * many)
    base = np.bincount(part[inside] * bases + at[1][inside], values[inside], size * bases)
    return (one.astype(float).reshape(size, many),
            base.astype(float).reshape(size, bases)[:, of_base])


def _present(sample: Sample, rows: pd.DataFrame, at: np.ndarray, many: int) -> np.ndarray:
    """Count the units of each group in each part, also those without an answer."""
    there, size = rows["there"].to_numpy(), len(sample.parts.n)
    place = rows["part"].to_numpy()[there] * many + at[there]
    return np.bincount(place, rows["n"].to_numpy()[there], size * many).reshape(size, many)


def _divided(pair: np.ndarray) -> np.ndarray:
    return np.divide(pair[0], pair[1], out=np.full(len(pair[0]), np.nan), where=pair[1] > 0)


def default_method(sample: Sample) -> str:
    """Return Wilson for a simple random sample, logit for any other design."""
    return "wilson" if sample.simple else "logit"


def require_method(sample: Sample, method: str, *, whole: bool) -> None:
    """Refuse a method that the design does not carry."""
    name = sample.cells.source.name
    if method in SIMPLE and not sample.simple:
        raise DataError(_(
            "{source}: interval={method!r} is for a simple random sample, and these units have "
            "strata, clusters or unequal weights. Use 'logit' or 'beta'.",
            source=name, method=method))
    if method == "hypergeometric" and not (whole and sample.finite):
        raise DataError(_(
            "{source}: interval='hypergeometric' needs a known population, and that of a group or "
            "part is not declared. Add population to the design and ask for everyone, or use "
            "'wilson'.",
            source=name))


def share_ends(shares: Shares, method: str, *, deff: float = 1.0) -> np.ndarray:
    """Return the interval of each share.

    Gives shape (shares, 2); absent where there is nothing to say.
    """
    frame = shares.frame
    ends = np.full((len(frame), 2), np.nan)
    known = (frame["base"] > 0).to_numpy()
    known = known if method in SIMPLE else known & (frame["df"] > 0).to_numpy()
    if known.any():
        made = _simple(shares.sample, frame[known], method, deff) if method in SIMPLE else \
            _designed(frame[known], shares.se[known], method, deff)
        ends[known] = np.column_stack(made)
    return ends


def at_an_edge(shares: Shares, method: str | None) -> bool:
    """Whether some share of 0 or 1 took another interval than the method says."""
    return method == "logit" and bool(_edge(shares.frame["share"].to_numpy()).any())


def is_alone(shares: Shares, method: str | None, least: int) -> bool:
    """Whether a share of at least so many units has no interval for want of sampling units."""
    frame = shares.frame
    alone = (frame["df"] < 1) & (frame["base"] >= max(1, least))
    return method is not None and method not in SIMPLE and bool(alone.any())


def _edge(share: np.ndarray) -> np.ndarray:
    return np.isin(share.round(12), (0.0, 1.0))


def _simple(sample: Sample, frame: pd.DataFrame, method: str, deff: float) -> Ends:
    drawn, population = float(sample.parts.n.sum()), float(sample.parts.population[0][0])
    n, base = frame["n"].to_numpy(float), frame["base"].to_numpy(float)
    if method == "hypergeometric":
        pairs = [hypergeometric(int(a), int(b), round(population))
                 for a, b in zip(n, base, strict=True)]
        return tuple(np.array(pairs).T)
    if method == "clopper-pearson":
        return clopper_pearson(n / deff, base / deff)
    effective = finite_base(base / deff, drawn, population) if np.isfinite(population) \
        else base / deff
    if np.isinf(effective).any():
        return n / base, n / base
    return wilson(n / base * effective, effective)


def _designed(frame: pd.DataFrame, se: np.ndarray, method: str, deff: float) -> Ends:
    share = np.clip(frame["share"].to_numpy(), 0.0, 1.0)
    base, df = frame["base"].to_numpy(float), frame["df"].to_numpy(float)
    if method == "t":
        return student(share, se * np.sqrt(deff), df)
    edge = _edge(share)
    effective = effective_base(share, np.where(edge, 0.0, se), base, df) / deff
    exact = clopper_pearson(np.where(edge, share.round(), share) * effective, effective)
    if method == "logit":
        inner = np.where(edge, 0.5, share)
        exact = tuple(np.where(edge, one, other) for one, other in
                      zip(exact, logit(inner, se * np.sqrt(deff), df), strict=True))
    sure = ~edge & (se == 0)
    return tuple(np.where(sure, share, one) for one in exact)
