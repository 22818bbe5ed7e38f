"""Whether groups differ in height: ranks and means."""

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, chdtrc, fdtrc, ndtr, stdtr

from wbkit.stats.intervals import noncentral_t, small_sample

VALUE_ROUNDING = 1e-13  # of the greatest number
METHODS = ("holm", "bonferroni", "bh", "by", "none")


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


def constant(values: np.ndarray, *beside: np.ndarray) -> bool:
    """Whether numbers differ by no more than rounding, beside the numbers they were made of."""
    size = max(float(np.abs(one).max(initial=0)) for one in (values, *beside))
    return float(np.ptp(values)) <= VALUE_ROUNDING * size


def paired_t(difference: np.ndarray) -> tuple[float, float, float]:
    """Return Student's paired t (1908): statistic, degrees of freedom, p-value."""
    n = len(difference)
    se = difference.std(ddof=1) / np.sqrt(n)
    statistic = float(difference.mean() / se)
    return statistic, n - 1, float(2 * stdtr(n - 1, -abs(statistic)))


def standardised_change(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return the mean change in standard deviations of before [1]_, shape (…).

    .. [1] Becker, B. J. (1988). British Journal of Mathematical and Statistical Psychology, 41,
       257-278.
    """
    df = before.shape[-1] - 1
    spread = before.std(axis=-1, ddof=1)
    change = (after - before).mean(axis=-1)
    return change / np.where(spread > 0, spread, np.nan) * (1 - 3 / (4 * df - 1))


def steps(difference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count, for each size of a change, how many rose and how many fell by it.

    Parameters
    ----------
    difference
        Whole steps of each unit, shape (…, n).

    Returns
    -------
    tuple of numpy.ndarray
        Shape (…, sizes), from one step on.
    """
    most = int(np.abs(difference).max(initial=1))
    sizes = np.arange(1, most + 1)[:, None]
    return ((difference[..., None, :] == sizes).sum(axis=-1),
            (difference[..., None, :] == -sizes).sum(axis=-1))


def wilcoxon(rose: np.ndarray, fell: np.ndarray) -> tuple[float, float]:
    """Return Wilcoxon's signed-rank test without the units that did not change [1]_: z, p-value.

    R: ``wilcox.test(paired = TRUE, exact = FALSE, correct = FALSE)``.

    .. [1] Wilcoxon, F. (1945). Biometrics Bulletin, 1, 80-83.
    """
    ranks = midranks(rose + fell) + 0.5
    z = float(((rose - fell) * ranks).sum() / np.sqrt(((rose + fell) * ranks**2).sum()))
    return z, float(2 * ndtr(-abs(z)))


def rank_biserial(rose: np.ndarray, fell: np.ndarray) -> np.ndarray:
    """Return how much of the ranks rose, less how much fell, from -1 to 1 (Kerby, 2014)."""
    ranks = midranks(rose + fell) + 0.5
    whole = ((rose + fell) * ranks).sum(axis=-1)
    return ((rose - fell) * ranks).sum(axis=-1) / np.where(whole > 0, whole, np.nan)


def mcnemar(rose: int, fell: int) -> float:
    """Return the exact p-value of McNemar's test (1947): as many rose as fell."""
    many = rose + fell
    return float(min(1.0, 2 * bdtr(min(rose, fell), many, 0.5))) if many else 1.0


def stuart_maxwell(table: np.ndarray) -> tuple[float, float, float]:
    """Return the test of equal margins of a square table [1]_ [2]_: statistic, df, p-value.

    .. [1] Stuart, A. (1955). Biometrika, 42, 412-416.
    .. [2] Maxwell, A. E. (1970). British Journal of Psychiatry, 116, 651-655.
    """
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    difference = (rows - columns)[:-1]
    spread = (np.diag(rows + columns) - table - table.T)[:-1, :-1]
    df = np.linalg.matrix_rank(spread)
    if not df:
        return np.nan, np.nan, np.nan
    statistic = float(difference @ np.linalg.pinv(spread) @ difference)
    return statistic, float(df), float(chdtrc(df, statistic))


def adjusted(p: np.ndarray, method: str) -> np.ndarray:
    """Return p-values adjusted for the size of their family.

    Parameters
    ----------
    p
        Raw p-values; absent ones are no part of the family.
    method
        ``holm`` [1]_, ``bonferroni``, ``bh`` [2]_, ``by`` [3]_ or ``none``.

    Returns
    -------
    numpy.ndarray
        As many as `p`.

    References
    ----------
    .. [1] Holm, S. (1979). Scandinavian Journal of Statistics, 6, 65-70.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Journal of the Royal Statistical Society B, 57,
       289-300.
    .. [3] Benjamini, Y. & Yekutieli, D. (2001). Annals of Statistics, 29, 1165-1188.
    """
    p = np.asarray(p, float)
    known = ~np.isnan(p)
    found = p.copy()
    if known.any() and method != "none":
        found[known] = _adjusted(p[known], method)
    return found


def _adjusted(p: np.ndarray, method: str) -> np.ndarray:
    """Multiply ordered p-values, and let none overtake the next."""
    size, place = len(p), np.argsort(np.argsort(p, kind="stable"), kind="stable")
    ordered, rank = np.sort(p), np.arange(1, len(p) + 1)
    if method in ("bh", "by"):
        harmonic = (1 / rank).sum() if method == "by" else 1.0
        raised = np.minimum.accumulate((ordered * harmonic * size / rank)[::-1])[::-1]
    else:
        times = np.full(size, size) if method == "bonferroni" else size + 1 - rank
        raised = np.maximum.accumulate(ordered * times)
    return np.minimum(raised, 1.0)[place]
