"""Tests of a difference that know weights, strata and clusters."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, fdtrc, stdtr

from wbkit.stats.contingency import pearson
from wbkit.stats.group_tests import midranks
from wbkit.stats.taylor import Linear
from wbkit.survey.design.linearisation import Sample, linear_of_moments
from wbkit.survey.testing.groups import Grouped

FLAT = 1e-14  # of a variance


@dataclass(frozen=True)
class Outcome:
    """What a test gives; `df2` are the degrees of freedom below the line of an F."""

    statistic: float
    df: float
    p: float
    df2: float = np.nan


NOTHING = Outcome(np.nan, np.nan, np.nan)


def rao_scott(found: Grouped) -> Outcome:
    """Return Rao and Scott's second-order test of a table, as F [1]_ [2]_.

    R: ``svychisq(statistic = "F")``.

    References
    ----------
    .. [1] Rao, J. N. K. & Scott, A. J. (1984). Annals of Statistics, 12, 46-60.
    .. [2] Thomas, D. R. & Rao, J. N. K. (1987). Journal of the American Statistical
       Association, 82, 630-636.
    """
    if min(found.weights.shape) < 2:
        return NOTHING
    share = (found.weights / found.weights.sum()).ravel()
    total = found.rows["w"].sum()
    cell = found.group * found.weights.shape[1] + found.value
    z = (np.eye(len(share))[cell] - share) / total
    delta = _design_effects(share, found.covariance(z) * found.base, found.weights.shape)
    return _second_order(pearson(found.weights)[0], delta, found.df_there)


def _design_effects(share: np.ndarray, variance: np.ndarray, shape: tuple) -> np.ndarray:
    """Return the matrix whose eigenvalues are the design effects of the interactions."""
    contrasts = _interactions(*shape)
    inverse = np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)[:, None]
    scaled = inverse * contrasts
    return np.linalg.solve(contrasts.T @ scaled, scaled.T @ variance @ scaled)


def _interactions(rows: int, columns: int) -> np.ndarray:
    """Return contrasts of the cells without those of rows and columns apart."""
    def inner(size: int) -> np.ndarray:
        return np.eye(size)[:, 1:] - 1 / size

    return np.kron(inner(rows), inner(columns))


def _second_order(statistic: float, delta: np.ndarray, df: float) -> Outcome:
    first, second = np.trace(delta), np.trace(delta @ delta)
    if not first > FLAT:
        return NOTHING
    many = first**2 / second
    f = float(statistic / first)
    return Outcome(f, float(many), float(fdtrc(many, many * df, f)), float(many * df))


def rank_test(found: Grouped) -> Outcome:
    """Return the design-based Kruskal-Wallis test [1]_, a t for two groups.

    R: ``svyranktest``; units with the same answer share the mean of their weighted ranks.

    References
    ----------
    .. [1] Lumley, T. & Scott, A. J. (2013). Biometrika, 100, 831-842.
    """
    totals = found.weights.sum(axis=0)
    return mean_test(found, midranks(totals) / totals.sum())


def mean_test(found: Grouped, scores: np.ndarray) -> Outcome:
    """Return the design-based test of equal means, a t for two groups.

    R: ``svyttest``; for more groups ``regTermTest`` of a ``svyglm`` on the groups.
    """
    many = len(found.groups)
    if many < 2 or len(found.values) < 2:
        return NOTHING
    weight = np.bincount(found.group, found.rows["w"], many)
    x = scores[found.value]
    means = np.bincount(found.group, found.rows["w"] * x, many) / weight
    z = np.eye(many)[found.group] * ((x - means[found.group]) / weight[found.group])[:, None]
    return _contrasted(means, found.covariance(z), found.df)


def _contrasted(means: np.ndarray, variance: np.ndarray, df: int) -> Outcome:
    """Test whether all means are equal."""
    contrasts = np.eye(len(means))[1:] - np.eye(len(means))[0]
    difference, spread = contrasts @ means, contrasts @ variance @ contrasts.T
    many = len(difference)
    left = df - many
    if left < 1 or np.linalg.matrix_rank(spread) < many:
        return NOTHING
    if many == 1:
        t = float(difference[0] / np.sqrt(spread[0, 0]))
        return Outcome(t, left, float(2 * stdtr(left, -abs(t))))
    f = float(difference @ np.linalg.solve(spread, difference) / many)
    return Outcome(f, many, float(fdtrc(many, left, f)), left)


@dataclass(frozen=True, eq=False)
class Ticks:
    """Shares of each option in each group, and how they vary together.

    Parameters
    ----------
    share
        Shape (groups, options); only groups that somebody is in.
    size
        Sum of weights of each group, scaled to the number of units.
    covariance
        Of the shares, options within groups, shape (groups × options) twice.
    together
        Correlations of the options over all groups, shape (options, options).
    """

    share: np.ndarray
    size: np.ndarray
    covariance: np.ndarray
    together: np.ndarray


def ticks_of(sample: Sample, names: tuple[str, ...], groups: tuple[str, ...]) -> Ticks:
    """Take options (columns of 0 and 1) together; those that all or none ticked are left out."""
    sums = sample.cells.moments_of(names)
    inside = [(sums.keys["group"] == one).to_numpy() for one in groups]
    weight = np.array([sums.w[one].sum() for one in inside])
    share = np.array([sums.wx[one].sum(axis=0) for one in inside]) / weight[:, None]
    whole = weight @ share / weight.sum()
    kept = np.flatnonzero((whole > 0) & (whole < 1))
    pairs = sum(sums.wxx[one].sum(axis=0) for one in inside) / weight.sum()
    spread = (pairs - np.outer(whole, whole))[np.ix_(kept, kept)]
    scale = np.sqrt(np.diag(spread))
    linear = _stacked([_of_group(sample, one, names, (share[at], weight[at]))
                       for at, one in enumerate(inside)])
    chosen = (np.arange(len(groups))[:, None] * len(names) + kept).ravel()
    variance = sample.variance(linear)[np.ix_(chosen, chosen)]
    n = sum(sums.n[one].sum() for one in inside)
    return Ticks(share[:, kept], weight * n / weight.sum(), variance,
                 spread / np.outer(scale, scale))


def _of_group(
    sample: Sample, inside: np.ndarray, names: tuple[str, ...], at: tuple[np.ndarray, float]
) -> Linear:
    share, weight = at
    return linear_of_moments(sample, inside, names, (-share / weight, np.eye(len(share)) / weight))


def _stacked(groups: list[Linear]) -> Linear:
    """Put the statistics of groups beside each other; nobody is in two of them."""
    plain, first, second = (np.hstack([getattr(one, name) for one in groups])
                            for name in ("plain", "first", "second"))
    parts, many = groups[0].squares.shape[:2]
    squares = np.zeros((parts, many * len(groups), many * len(groups)))
    for place, one in enumerate(groups):
        at = slice(place * many, (place + 1) * many)
        squares[:, at, at] = one.squares
    return Linear(plain, first, second, squares)


def all_ticks(ticks: Ticks) -> float:
    """Return the sum over the options of Pearson's chi-square."""
    whole = ticks.size @ ticks.share / ticks.size.sum()
    parts = ticks.size[:, None] * (ticks.share - whole) ** 2 / (whole * (1 - whole))
    return float(parts.sum())


def bilder_loughin(ticks: Ticks) -> Outcome:
    """Return the second-order test over all options, of a simple random sample [1]_.

    References
    ----------
    .. [1] Bilder, C. R. & Loughin, T. M. (2004). Biometrics, 60, 241-248.
    """
    free, many = len(ticks.size) - 1, len(ticks.together)
    if not free or not many:
        return NOTHING
    squares = (ticks.together**2).sum()
    statistic, df = float(all_ticks(ticks) * many / squares), float(free * many**2 / squares)
    return Outcome(statistic, df, float(chdtrc(df, statistic)))


def ticks_test(ticks: Ticks, df: int) -> Outcome:
    """Return the second-order test over all options for any design, as F [1]_.

    References
    ----------
    .. [1] Thomas, D. R. & Decady, Y. J. (2004). International Journal of Testing, 4, 43-59.
    """
    groups, many = ticks.share.shape
    if groups < 2 or not many:
        return NOTHING
    part = ticks.size / ticks.size.sum()
    whole = part @ ticks.share
    centre = np.kron(np.eye(groups) - part, np.eye(many))
    scale = np.kron(ticks.size, 1 / (whole * (1 - whole)))
    delta = centre.T @ (scale[:, None] * centre) @ ticks.covariance
    return _second_order(all_ticks(ticks), delta, df)
