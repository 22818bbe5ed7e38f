"""Intervals of a share: for simple random samples, finite populations and designs."""

from collections.abc import Callable

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

TAIL = 0.025
Numbers = float | np.ndarray
Ends = tuple[Numbers, Numbers]


def wilson(n: Numbers, base: Numbers) -> Ends:
    """Return the score interval without continuity correction (Wilson, 1927)."""
    low, high = proportion_confint(n, base, alpha=2 * TAIL, method="wilson")
    return np.maximum(low, 0.0), np.minimum(high, 1.0)


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
    low = np.where(n > 0, stats.beta.ppf(TAIL, n, rest + 1), 0.0)
    high = np.where(rest > 0, stats.beta.ppf(1 - TAIL, n + 1, rest), 1.0)
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
        return stats.hypergeom.sf(n - 1, population, size, base)

    def down(size: int) -> float:
        return stats.hypergeom.cdf(n, population, size, base)

    low = _first(lambda size: up(size) > TAIL, least, most)
    high = least + most - _first(lambda size: down(least + most - size) > TAIL, least, most)
    return low / population, high / population


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
    reach = stats.t.ppf(1 - TAIL, df) * se / (share * (1 - share))
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
    ratio = stats.t.ppf(TAIL, np.maximum(base - 1, 1)) / stats.t.ppf(TAIL, df)
    return plain * np.where(np.asarray(base) > 1, ratio, 1.0) ** 2


def student(estimate: Numbers, se: Numbers, df: Numbers) -> Ends:
    """Return estimate ± t × se."""
    reach = stats.t.ppf(1 - TAIL, df) * se
    return estimate - reach, estimate + reach
