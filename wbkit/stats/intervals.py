"""Intervals of a share: for simple random samples, finite populations and designs.

Quantiles come from scipy.special: scipy.stats has the same ones, and takes a second to load.
"""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.special import betaincinv, betaln, chndtr, gammaln, nctdtr, ndtri, stdtrit

from wbkit.errors import DataError
from wbkit.messages import _

TAIL = 0.025
Numbers = float | np.ndarray
Ends = tuple[Numbers, Numbers]
FARTHEST = 1e7
HALVINGS = 70
DRAWN_AT_ONCE = 4_000_000  # numbers drawn at once
UNDEFINED = 0.05  # with more resamples without a value, the rest is no fair picture


def wilson(n: Numbers, base: Numbers) -> Ends:
    """Return the score interval without continuity correction (Wilson, 1927)."""
    share, far = n / base, -ndtri(TAIL)
    middle = share + far**2 / (2 * base)
    reach = far * np.sqrt(share * (1 - share) / base + far**2 / (4 * base**2))
    shrunk = 1 + far**2 / base
    return np.maximum((middle - reach) / shrunk, 0.0), np.minimum((middle + reach) / shrunk, 1.0)


def paired_difference(rose: Numbers, fell: Numbers, n: int) -> Ends:
    """Return the 95 % score interval of a difference of shares of the same units [1]_.

    Also where nobody changed: then from -z² / (n + z²) to z² / (n + z²), with z = 1.96.

    Parameters
    ----------
    rose, fell
        Units that went from no to yes, and from yes to no; shape (…).
    n
        Units that answered both times.

    Returns
    -------
    tuple
        Lower and upper end of (rose - fell) / n, from -1 to 1.

    References
    ----------
    .. [1] Tango, T. (1998). Statistics in Medicine, 17, 891-908.
    """
    rose, fell = np.asarray(rose, float), np.asarray(fell, float)

    def score(shift: np.ndarray) -> np.ndarray:
        half = rose + fell - (2 * n - rose + fell) * shift
        part = (half + np.sqrt(half**2 + 8 * n * fell * shift * (1 - shift))) / (4 * n)
        spread = n * (2 * part + shift * (1 - shift))
        return (rose - fell - n * shift) / np.sqrt(np.maximum(spread, np.finfo(float).tiny))

    middle, one, far = (rose - fell) / n, np.ones_like(rose), -ndtri(TAIL)
    return (_falls_to(score, far, -one, middle), _falls_to(score, -far, middle, one))


def surely_ahead(one: float, other: float, base: float) -> bool:
    """Whether one count of a drawn sample leads another: the interval of the difference is above 0.

    How many units gave both answers is not known, so the interval is the widest of those that
    the two counts allow [1]_.

    Parameters
    ----------
    one, other
        Units that gave the one answer and the other.
    base
        Units that answered, from which both were counted.

    Returns
    -------
    bool
        True if the whole 95 % interval of `paired_difference` is above 0.

    References
    ----------
    .. [1] Tango, T. (1998). Statistics in Medicine, 17, 891-908.
    """
    both = max(0.0, one + other - base)  # at least so many gave both
    low, __ = paired_difference(one - both, other - both, int(base))
    return bool(low > 0)


def _falls_to(
    score: Callable[[np.ndarray], np.ndarray], wanted: float, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Return where a decreasing function of each number falls to a value, between two ends."""
    for __ in range(HALVINGS):
        middle = (low + high) / 2
        above = score(middle) > wanted
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2


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


def noncentral_chi_square(statistic: float, df: int) -> tuple[float, float]:
    """Return the noncentralities that leave a chi-square in either tail of 2.5 %.

    Parameters
    ----------
    statistic, df
        Of the test.

    Returns
    -------
    tuple of float
        The least and the greatest; 0 where even 0 leaves less.
    """
    def above(shift: float) -> float:
        return 1 - float(chndtr(statistic, df, shift))

    return _crossing(above, TAIL, 0.0), _crossing(above, 1 - TAIL, 0.0)


def noncentral_t(statistic: float, df: float) -> tuple[float, float]:
    """Return the noncentralities that leave a t in either tail of 2.5 %.

    Parameters
    ----------
    statistic, df
        Of the test.

    Returns
    -------
    tuple of float
        The least and the greatest.
    """
    start = statistic - 40.0 - abs(statistic)

    def above(shift: float) -> float:
        return 1 - float(nctdtr(df, shift, statistic))

    return _crossing(above, TAIL, start), _crossing(above, 1 - TAIL, start)


def _crossing(above: Callable[[float], float], wanted: float, start: float) -> float:
    """Return where an increasing function reaches a value; the start where it began above."""
    if above(start) >= wanted:
        return start
    step = max(1.0, abs(start))
    while above(start + step) < wanted and step < FARTHEST:
        step *= 2
    low, high = start, start + step
    for __ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) < wanted else (low, middle)
    return high


def small_sample(df: float | np.ndarray) -> np.ndarray:
    """Return Hedges' exact correction of a standardised difference (1981)."""
    known = np.where(np.asarray(df) > 0, df, np.nan)
    return np.exp(gammaln(known / 2) - np.log(known / 2) / 2 - gammaln((known - 1) / 2))


def generator(seed: int) -> np.random.Generator:
    """Return random numbers that are the same for the same seed.

    Parameters
    ----------
    seed
        A whole number from 0 on.

    Returns
    -------
    numpy.random.Generator
        The random numbers.

    Raises
    ------
    DataError
        If it is another number.
    """
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise DataError(_(
            "seed={seed!r} is no whole number from 0 on. Give one, such as seed=1.",
            seed=seed))
    return np.random.default_rng(seed)


def resamples(clusters: int, times: int, seed: int) -> Iterator[np.ndarray]:
    """Yield how often each cluster is drawn, for a block of resamples at a time.

    Parameters
    ----------
    clusters
        How many there are.
    times
        How many resamples in all.
    seed
        The same seed gives the same draws.

    Yields
    ------
    numpy.ndarray
        Shape (resamples in this block, clusters).
    """
    rng = generator(seed)
    block = max(1, DRAWN_AT_ONCE // max(clusters, 1))
    for first in range(0, times, block):
        rows = min(block, times - first)
        drawn = rng.integers(0, clusters, (rows, clusters))
        places = (drawn + np.arange(rows)[:, None] * clusters).ravel()
        yield np.bincount(places, minlength=rows * clusters).reshape(rows, clusters).astype(float)


def percentile_interval(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % percentile interval of each column [1]_.

    Parameters
    ----------
    drawn
        Values, shape (resamples, …).

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper end; not a number where more than 1 in 20 resamples has no value.

    References
    ----------
    .. [1] Efron, B. & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.
    """
    absent = np.isnan(drawn)
    ordered = np.sort(drawn, axis=0)  # those without a value come last
    there = (~absent).sum(axis=0)
    ends = [_quantile(ordered, there, q) for q in (0.025, 0.975)]
    enough = absent.mean(axis=0) <= UNDEFINED
    low, high = (np.where(enough & (there > 0), end, np.nan) for end in ends)
    return low, high


def _quantile(ordered: np.ndarray, there: np.ndarray, q: float) -> np.ndarray:
    """Return a quantile of the first `there` values of each column, by linear interpolation."""
    place = np.maximum(there - 1, 0) * q
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(there - 1, 0))
    low, high = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in (below, above))
    return low + (high - low) * (place - below)
