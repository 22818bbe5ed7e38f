"""Whether groups differ in height: ranks and means."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, fdtrc, stdtr

from wbkit.stats.noncentral import noncentral_t, small_sample


@dataclass(frozen=True)
class Groups:
    """Size, mean and variance (n - 1) of each group, shape (groups,)."""

    n: np.ndarray
    mean: np.ndarray
    variance: np.ndarray


def midranks(totals: np.ndarray) -> np.ndarray:
    """Return the mean rank of each value from how many have it, shape (…, values)."""
    return np.cumsum(totals, axis=-1) - totals / 2


def kruskal(table: np.ndarray) -> tuple[float, int, float]:
    """Return Kruskal and Wallis' H, corrected for ties [1]_.

    Parameters
    ----------
    table
        Units in each group with each value, values in order, shape (groups, values).

    Returns
    -------
    tuple
        Statistic, degrees of freedom, p-value.

    References
    ----------
    .. [1] Kruskal, W. H. & Wallis, W. A. (1952). Journal of the American Statistical
       Association, 47, 583-621.
    """
    ranks = midranks(table.sum(axis=0))
    statistic = float((table.sum() - 1) * explained(table, ranks))
    df = len(table) - 1
    return statistic, df, float(chdtrc(df, statistic))


def explained(tables: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return the part of the variance of scores that lies between groups.

    Parameters
    ----------
    tables
        Units or weights in each group with each value, shape (…, groups, values).
    scores
        One for each value, shape (…, values). For midranks this is epsilon² [1]_.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, shape (…); not a number when all have the same score.

    References
    ----------
    .. [1] Tomczak, M. & Tomczak, E. (2014). Trends in Sport Sciences, 1, 19-25.
    """
    weight, values = tables.sum(axis=-1), tables.sum(axis=-2)
    all_units = values.sum(axis=-1)
    mean = (values * scores).sum(axis=-1) / np.where(all_units > 0, all_units, np.nan)
    centred = scores - mean[..., None]
    total = (values * centred**2).sum(axis=-1)
    sums = (tables * centred[..., None, :]).sum(axis=-1)
    between = np.divide(sums**2, weight, out=np.zeros_like(sums), where=weight > 0).sum(axis=-1)
    return between / np.where(total > 0, total, np.nan)


def groups_of(tables: np.ndarray, scores: np.ndarray) -> Groups:
    """Return size, mean and variance of each group from its counts of each number."""
    n = tables.sum(axis=-1)
    mean = tables @ scores / np.where(n > 0, n, np.nan)
    squares = (tables * (scores - mean[..., None]) ** 2).sum(axis=-1)
    return Groups(n, mean, squares / np.where(n > 1, n - 1, np.nan))


def welch_t(groups: Groups) -> tuple[float, float, float]:
    """Return Welch's t of the second mean less the first [1]_: statistic, df, p-value.

    .. [1] Welch, B. L. (1947). Biometrika, 34, 28-35.
    """
    parts = groups.variance / groups.n
    statistic = float((groups.mean[1] - groups.mean[0]) / np.sqrt(parts.sum()))
    df = float(parts.sum() ** 2 / (parts**2 / (groups.n - 1)).sum())
    return statistic, df, float(2 * stdtr(df, -abs(statistic)))


def welch_f(groups: Groups) -> tuple[float, tuple[int, float], float]:
    """Return Welch's analysis of variance [1]_: statistic, both df, p-value.

    .. [1] Welch, B. L. (1951). Biometrika, 38, 330-336.
    """
    k, weight = len(groups.n), groups.n / groups.variance
    share = weight / weight.sum()
    loss = ((1 - share) ** 2 / (groups.n - 1)).sum()
    between = (weight * (groups.mean - (share * groups.mean).sum()) ** 2).sum() / (k - 1)
    statistic = float(between / (1 + 2 * (k - 2) / (k**2 - 1) * loss))
    df = float((k**2 - 1) / (3 * loss))
    return statistic, (k - 1, df), float(fdtrc(k - 1, df, statistic))


def hedges(groups: Groups) -> np.ndarray:
    """Return Hedges' g [1]_: the second mean less the first, in pooled standard deviations.

    .. [1] Hedges, L. V. (1981). Journal of Educational Statistics, 6, 107-128.
    """
    df = groups.n.sum(axis=-1) - 2
    pooled = ((groups.n - 1) * groups.variance).sum(axis=-1) / df
    spread = np.sqrt(np.where(pooled > 0, pooled, np.nan))
    return (groups.mean[..., 1] - groups.mean[..., 0]) / spread * small_sample(df)


def hedges_interval(groups: Groups) -> tuple[float, float]:
    """Return the 95 % interval of g of a simple random sample, from the noncentral t [1]_.

    .. [1] Goulet-Pelletier, J.-C. & Cousineau, D. (2018). The Quantitative Methods for
       Psychology, 14, 242-265.
    """
    df, scale = float(groups.n.sum() - 2), float(np.sqrt((1 / groups.n).sum()))
    correction = small_sample(df)
    low, high = noncentral_t(float(hedges(groups)) / correction / scale, df)
    return low * scale * correction, high * scale * correction


def kelley(tables: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return epsilon² of means: `explained`, less what chance explains [1]_.

    .. [1] Kelley, T. L. (1935). Proceedings of the National Academy of Sciences, 21, 554-559.
    """
    n, k = tables.sum(axis=(-2, -1)), (tables.sum(axis=-1) > 0).sum(axis=-1)
    return 1 - (1 - explained(tables, scores)) * (n - 1) / (n - k)
