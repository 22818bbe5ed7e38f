"""Whether the same units changed: two answers of each."""

import numpy as np
from scipy.special import bdtr, chdtrc, ndtr, stdtr

from wbkit.stats.group_tests import midranks

ROUNDING = 1e-13  # of the greatest number


def constant(values: np.ndarray, *beside: np.ndarray) -> bool:
    """Whether numbers differ by no more than rounding, beside the numbers they were made of."""
    size = max(float(np.abs(one).max(initial=0)) for one in (values, *beside))
    return float(np.ptp(values)) <= ROUNDING * size


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
