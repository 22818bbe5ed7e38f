"""How large a difference is, with an interval from drawing the sample again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from wbkit.stats.contingency import cramer, cramer_interval, cramer_squared
from wbkit.stats.group_tests import (
    explained,
    groups_of,
    hedges,
    hedges_interval,
    kelley,
    midranks,
)
from wbkit.stats.intervals import generator, percentile_interval
from wbkit.survey.testing.groups import Grouped

TIMES = 1000
AT_ONCE = 2_000_000  # numbers in one block of resamples
AT_END, AT_ZERO = 0.995, 0.005  # beyond these an effect and its ends are printed as 1.00 or 0.00


@dataclass(frozen=True)
class Effect:
    """An effect size by its name, with its 95 % interval."""

    name: str
    size: float
    low: float
    high: float


def told_apart(size: float, low: float, high: float) -> tuple[float, float]:
    """Return the ends of an effect; absent where all three would be printed as 1.00, or as 0.00.

    Of a sample in which the groups hold no answer in common every resample is like it, and of one
    in which they differ less than chance gives no noncentral distribution fits: such ends say
    nothing of chance.
    """
    three = np.abs([size, low, high])
    same = three.min() >= AT_END or three.max() < AT_ZERO or low == high
    return (np.nan, np.nan) if same else (low, high)


def why_no_ends(size: float, low: float) -> str:
    """Return why an effect has no interval: ``end``, ``zero``, ``unstable``; empty with one."""
    if np.isnan(size) or not np.isnan(low):
        return ""
    return "end" if abs(size) >= AT_END else "zero" if abs(size) < AT_ZERO else "unstable"


def effect_v(found: Grouped, seed: int, *, simple: bool) -> Effect:
    """Return Cramér's V: noncentral interval for a simple random sample, else resampled."""
    size = cramer(found.weights)
    if np.isnan(size):
        return Effect("cramer_v", size, np.nan, np.nan)
    if simple:
        return Effect("cramer_v", size, *told_apart(size, *cramer_interval(found.table)))
    low, high = resampled(found, cramer_squared, seed, most=1.0)
    ends = float(np.sqrt(low)), max(size, float(np.sqrt(high)))
    return Effect("cramer_v", size, *told_apart(size, *ends))


def effect_ranks(found: Grouped, seed: int) -> Effect:
    """Return epsilon²: how much of the variance of the ranks lies between groups."""
    def of(tables: np.ndarray) -> np.ndarray:
        return explained(tables, midranks(tables.sum(axis=-2)))

    return _between("epsilon2", of, found, seed)


def effect_means(found: Grouped, seed: int, *, simple: bool) -> Effect:
    """Return Hedges' g for two groups, epsilon² of means for more."""
    scores = found.numbers
    if len(found.groups) > 2:
        return _between("epsilon2_means", lambda tables: kelley(tables, scores), found,
                        seed)
    size = float(_g(found.weights, scores))
    if np.isnan(size):
        return Effect("hedges_g", size, np.nan, np.nan)
    if simple:
        return Effect("hedges_g", size, *hedges_interval(groups_of(found.table, scores)))
    drawn = np.concatenate([_g(tables, scores) for tables in drawn_again(found, seed)])
    low, high = percentile_interval(drawn[:, None])
    return Effect("hedges_g", size, float(low[0]), float(high[0]))


def _g(tables: np.ndarray, scores: np.ndarray) -> np.ndarray:
    return hedges(groups_of(tables, scores))


def _between(
    name: str, of: Callable[[np.ndarray], np.ndarray], found: Grouped, seed: int
) -> Effect:
    size = float(of(found.weights))
    if np.isnan(size):
        return Effect(name, size, np.nan, np.nan)
    low, high = resampled(found, of, seed, most=1.0)
    return Effect(name, size, *told_apart(size, min(low, size), max(high, size)))


def resampled(
    found: Grouped, statistic: Callable[[np.ndarray], np.ndarray], seed: int, *, most: float
) -> tuple[float, float]:
    """Return the 95 % interval of a statistic that chance makes larger.

    Drawing again adds as much chance as there is in the sample itself, so that resamples lie
    above the truth by twice the bias of one sample; they are shifted down by it [1]_.

    References
    ----------
    .. [1] Efron, B. & Tibshirani, R. J. (1993). An introduction to the bootstrap, chapter 10.
    """
    drawn = np.concatenate([statistic(tables) for tables in drawn_again(found, seed)])
    if np.isnan(drawn).all():
        return np.nan, np.nan
    bias = np.nanmean(drawn) - statistic(found.weights)
    ends = percentile_interval((drawn - 2 * bias)[:, None])
    low, high = (float(np.clip(end[0], 0.0, most)) for end in ends)
    return low, high


def drawn_again(found: Grouped, seed: int, times: int = TIMES) -> Iterator[np.ndarray]:
    """Yield weighted tables of samples drawn from this one, by its design [1]_.

    Within each stratum one sampling unit less than there are is drawn with replacement, and
    weights are blown up accordingly. Weights are taken as they are.

    References
    ----------
    .. [1] Rao, J. N. K. & Wu, C. F. J. (1988). Journal of the American Statistical Association,
       83, 231-241.
    """
    rng = generator(seed)
    shape = found.weights.shape
    scale = found.base / found.rows["w"].sum()
    cell = found.group * shape[1] + found.value
    order = np.argsort(cell, kind="stable")
    met, starts = np.unique(cell[order], return_index=True)
    weight = (found.rows["w"].to_numpy(float) * scale)[order]
    block = max(1, min(times, AT_ONCE // max(len(cell), 1)))
    for first in range(0, times, block):
        drawn = _multiplicities(found, rng, min(block, times - first))[:, order] * weight
        tables = np.zeros((len(drawn), shape[0] * shape[1]))
        tables[:, met] = np.add.reduceat(drawn, starts, axis=1)
        yield tables.reshape(-1, *shape)


def _multiplicities(found: Grouped, rng: np.random.Generator, times: int) -> np.ndarray:
    """Return how much each row counts for in each sample that is drawn."""
    parts, at = found.sample.parts, found.rows["part"].to_numpy()
    counts = np.ones((times, len(at)))
    for stratum in np.unique(parts.stratum[at]):
        rows = np.flatnonzero(parts.stratum[at] == stratum)
        if parts.psu is None:
            units = int(parts.n[parts.stratum == stratum].sum())
            counts[:, rows] = _units_again(found.rows["n"].to_numpy()[rows], units, rng, times)
        else:
            clusters, place = np.unique(parts.psu[parts.stratum == stratum]), parts.psu[at[rows]]
            drawn = _drawn(np.ones(len(clusters)), len(clusters), rng, times)
            counts[:, rows] = drawn[:, np.searchsorted(clusters, place)]
    return counts


def _units_again(n: np.ndarray, units: int, rng: np.random.Generator, times: int) -> np.ndarray:
    """Draw units of a stratum, also those that are in no row."""
    outside = units - n.sum()
    return _drawn(np.append(n, outside), units, rng, times)[:, :-1]


def _drawn(n: np.ndarray, units: int, rng: np.random.Generator, times: int) -> np.ndarray:
    """Draw units - 1 of the units; return how much each place counts for."""
    if units < 2:
        return np.ones((times, len(n)))
    drawn = rng.multinomial(units - 1, n / units, size=times)
    return drawn * (units / (units - 1)) / np.where(n > 0, n, 1)
