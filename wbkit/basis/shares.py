"""Intervals of a share: for simple random samples, finite populations and designs."""

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

TAIL = 0.025
Ends = tuple[float, float]


def wilson(n: float, base: float) -> Ends:
    """Return the score interval without continuity correction (Wilson, 1927)."""
    low, high = proportion_confint(n, base, alpha=2 * TAIL, method="wilson")
    return max(0.0, float(low)), min(1.0, float(high))


def finite_base(base: float, sample: float, population: float) -> float:
    """Return the base that carries as much as `base` does in a finite population.

    Parameters
    ----------
    base
        Units in the share.
    sample, population
        Units that were drawn, and out of how many.

    Returns
    -------
    float
        base (N - 1) / (N - n), infinite for a full count.
    """
    return base * (population - 1) / (population - sample) if population > sample else np.inf


def clopper_pearson(n: float, base: float) -> Ends:
    """Return the exact binomial interval (Clopper & Pearson, 1934); n need not be whole."""
    low = stats.beta.ppf(TAIL, n, base - n + 1) if n > 0 else 0.0
    high = stats.beta.ppf(1 - TAIL, n + 1, base - n) if n < base else 1.0
    return float(low), float(high)


def hypergeometric(n: int, base: int, population: int) -> Ends:
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


def _first(holds: object, low: int, high: int) -> int:
    """Return the first whole number for which a condition holds that keeps holding."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def logit(share: float, se: float, df: float) -> Ends:
    """Return the interval that is symmetric on the scale of log odds (R: xlogit).

    Parameters
    ----------
    share, se
        The estimated share and its standard error.
    df
        Degrees of freedom of the design.

    Returns
    -------
    tuple of float
        Lower and upper end.
    """
    odds = np.log(share / (1 - share))
    reach = stats.t.ppf(1 - TAIL, df) * se / (share * (1 - share))
    low, high = 1 / (1 + np.exp(-(odds + np.array([-reach, reach]))))
    return float(low), float(high)


def effective_base(share: float, se: float, base: float, df: float) -> float:
    """Return the size of a simple random sample that carries as much (Korn & Graubard, 1998).

    Parameters
    ----------
    share, se
        The estimated share and its standard error.
    base
        Units in the share; stands in where the share is 0 or 1 and has no standard error.
    df
        Degrees of freedom of the design.

    Returns
    -------
    float
        The effective base, with the correction for the degrees of freedom.
    """
    plain = share * (1 - share) / se**2 if se > 0 else base
    return plain * (stats.t.ppf(TAIL, base - 1) / stats.t.ppf(TAIL, df)) ** 2 if base > 1 else plain


def korn_graubard(share: float, effective: float) -> Ends:
    """Return the Clopper-Pearson interval on an effective base (R: beta)."""
    return clopper_pearson(share * effective, effective)


def student(estimate: float, se: float, df: float) -> Ends:
    """Return estimate ± t × se."""
    reach = stats.t.ppf(1 - TAIL, df) * se
    return float(estimate - reach), float(estimate + reach)
