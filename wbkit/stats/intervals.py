"""Intervals of a share: for simple random samples, finite populations and designs.

Quantiles come from scipy.special: scipy.stats has the same ones, and takes a second to load.
"""

from collections.abc import Callable

import numpy as np
from scipy.special import betaincinv, betaln, ndtri, stdtrit

TAIL = 0.025
Numbers = float | np.ndarray
Ends = tuple[Numbers, Numbers]


def wilson(n: Numbers, base: Numbers) -> Ends:
    """Return the score interval without continuity correction (Wilson, 1927)."""
    share, far = n / base, -ndtri(TAIL)
    middle = share + far**2 / (2 * base)
    reach = far * np.sqrt(share * (1 - share) / base + far**2 / (4 * base**2))
    shrunk = 1 + far**2 / base
    return np.maximum((middle - reach) / shrunk, 0.0), np.minimum((middle + reach) / shrunk, 1.0)


def finite_base(base: Numbers, sample: float, population: float) -> Numbers:
    """Return the base that carries as much as `base` does in a finite population.

    Parameters
    ----------
    base
        Units in the share.
    sample, population
        Units that were drawn, and out of how many.

    Returns
    -------
    float or numpy.ndarray
        base (N - 1) / (N - n), infinite for a full count.
    """
    return base * ((population - 1) / (population - sample) if population > sample else np.inf)


def clopper_pearson(n: Numbers, base: Numbers) -> Ends:
    """Return the exact binomial interval (Clopper & Pearson, 1934); n need not be whole."""
    n, rest = np.asarray(n, float), np.asarray(base, float) - n
    rest = np.where(rest < 1e-9, 0.0, rest)
    low = np.where(n > 0, betaincinv(n, rest + 1, TAIL), 0.0)
    high = np.where(rest > 0, betaincinv(n + 1, rest, 1 - TAIL), 1.0)
    return low, high


def hypergeometric(n: int, base: int, population: int) -> tuple[float, float]:
    """Return the exact interval of a share in a finite population.

    Parameters
    ----------
    n, base
        Units with the answer, of the units that were drawn.
    population
        Units out of which they were drawn.

    Returns
    -------
    tuple of float
        The least and the greatest share that leave more than 2.5 % in either tail (Buonaccorsi,
        1987).
    """
    least, most = n, population - (base - n)

    def up(size: int) -> float:
        return _drawn(np.arange(n, base + 1), base, size, population)

    def down(size: int) -> float:
        return _drawn(np.arange(n + 1), base, size, population)

    low = _first(lambda size: up(size) > TAIL, least, most)
    high = least + most - _first(lambda size: down(least + most - size) > TAIL, least, most)
    return low / population, high / population


def _drawn(n: np.ndarray, base: int, size: int, population: int) -> float:
    """Return the chance of one of these counts in a draw without putting back."""
    n = n[(n <= size) & (base - n <= population - size)]
    ways = _log_choose(size, n) + _log_choose(population - size, base - n)
    return float(np.exp(ways - _log_choose(population, base)).sum())


def _log_choose(whole: Numbers, part: Numbers) -> Numbers:
    return -np.log1p(whole) - betaln(whole - part + 1, part + 1)


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the first whole number for which a condition holds that keeps holding."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def logit(share: Numbers, se: Numbers, df: Numbers) -> Ends:
    """Return the interval that is symmetric on the scale of log odds (R: xlogit).

    Parameters
    ----------
    share, se
        The estimated share, between 0 and 1, and its standard error.
    df
        Degrees of freedom of the design.

    Returns
    -------
    tuple
        Lower and upper end.
    """
    odds = np.log(share / (1 - share))
    reach = _t(1 - TAIL, df) * se / (share * (1 - share))
    return 1 / (1 + np.exp(reach - odds)), 1 / (1 + np.exp(-reach - odds))


def effective_base(share: Numbers, se: Numbers, base: Numbers, df: Numbers) -> Numbers:
    """Return the size of a simple random sample that carries as much (Korn & Graubard, 1998).

    Parameters
    ----------
    share, se
        The estimated share and its standard error.
    base
        Units in the share; stands in where the share has no standard error.
    df
        Degrees of freedom of the design.

    Returns
    -------
    float or numpy.ndarray
        The effective base, with the correction for the degrees of freedom.
    """
    se = np.asarray(se, float)
    known = se > 0
    plain = np.where(known, share * (1 - share) / np.where(known, se, 1.0) ** 2, base)
    ratio = _t(TAIL, np.maximum(base - 1, 1)) / _t(TAIL, df)
    return plain * np.where(np.asarray(base) > 1, ratio, 1.0) ** 2


def student(estimate: Numbers, se: Numbers, df: Numbers) -> Ends:
    """Return estimate ± t × se."""
    reach = _t(1 - TAIL, df) * se
    return estimate - reach, estimate + reach


def _t(chance: float, df: Numbers) -> Numbers:
    """Return the quantile of the t distribution, that of the normal one for endless df."""
    return np.where(np.isinf(df), ndtri(chance), stdtrit(df, chance))
