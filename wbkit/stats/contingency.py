"""Whether two ways to divide units hang together: statistics of a table of counts."""

import numpy as np
from scipy.special import chdtrc, gammaln

from wbkit.stats.intervals import generator, noncentral_chi_square

MOST_PATHS = 1_000_000  # of half a table: an exact p-value then takes about a second
SAME = 1e-7  # two tables whose probabilities differ less count as equally likely, as in R
DRAWS = 50_000
SHUFFLED_AT_ONCE = 2_000_000  # units shuffled at once


def expected(table: np.ndarray) -> np.ndarray:
    """Return the counts that would be there if rows and columns were independent."""
    return np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()


def pearson(table: np.ndarray) -> tuple[float, int, float]:
    """Return Pearson's chi-square without continuity correction [1]_.

    Parameters
    ----------
    table
        Counts without empty rows and columns, shape (rows, columns).

    Returns
    -------
    tuple
        Statistic, degrees of freedom, p-value.

    References
    ----------
    .. [1] Pearson, K. (1900). Philosophical Magazine, 50, 157-175.
    """
    due = expected(table)
    statistic = float(((table - due) ** 2 / due).sum())
    df = (table.shape[0] - 1) * (table.shape[1] - 1)
    return statistic, df, float(chdtrc(df, statistic))


def is_sparse(table: np.ndarray) -> bool:
    """Whether too few are expected: more than 1 in 5 cells under 5, or any under 1 [1]_.

    .. [1] Cochran, W. G. (1954). Biometrics, 10, 417-451.
    """
    due = expected(table)
    return bool((due < 1).any() or (due < 5).mean() > 0.2)


def cramer_squared(tables: np.ndarray) -> np.ndarray:
    """Return Cramér's V² of tables of counts or weights [1]_.

    Parameters
    ----------
    tables
        Shape (…, rows, columns); empty rows and columns do not count.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, shape (…); not a number where one row or column is left.

    References
    ----------
    .. [1] Cramér, H. (1946). Mathematical Methods of Statistics, chapter 21. Princeton.
    """
    rows, columns = tables.sum(axis=-1), tables.sum(axis=-2)
    total = rows.sum(axis=-1)
    total = np.where(total > 0, total, np.nan)  # a resample can be empty
    due = rows[..., :, None] * columns[..., None, :] / total[..., None, None]
    parts = np.divide((tables - due) ** 2, due, out=np.zeros_like(due), where=due > 0)
    left = np.minimum((rows > 0).sum(axis=-1), (columns > 0).sum(axis=-1)) - 1
    return parts.sum(axis=(-2, -1)) / total / np.where(left > 0, left, np.nan)


def cramer(table: np.ndarray) -> float:
    """Return Cramér's V of one table, from 0 to 1."""
    return float(np.sqrt(cramer_squared(np.asarray(table, float))))


def cramer_interval(table: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of Cramér's V of a simple random sample.

    The noncentral chi-square distributions that leave the statistic in a tail of 2.5 % [1]_,
    each read back as a V. The estimate overstates a V near 0, so the interval can end under
    it; it is then stretched to the estimate.

    .. [1] Steiger, J. H. (2004). Psychological Methods, 9, 164-182.
    """
    statistic, df, _ = pearson(table)
    scale = table.sum() * (min(table.shape) - 1)
    low, high = np.sqrt(np.array(noncentral_chi_square(statistic, df)) / scale)
    return float(low), float(min(max(high, cramer(table)), 1.0))


def exact_p(table: np.ndarray, most: float = MOST_PATHS) -> float | None:
    """Return the exact p-value of a table with these margins [1]_ [2]_.

    Parameters
    ----------
    table
        Whole counts, shape (rows, columns).
    most
        How many ways to fill half of the table are gone through.

    Returns
    -------
    float or None
        The probability of every table that is at most as likely as this one; None where there
        are too many tables.

    References
    ----------
    .. [1] Fisher, R. A. (1934). Statistical Methods for Research Workers, 5th ed.
    .. [2] Freeman, G. H. & Halton, J. H. (1951). Biometrika, 38, 141-149.
    """
    table = np.asarray(table, dtype=int)
    if table.shape[0] < table.shape[1]:
        table = table.T
    table = table[np.argsort(-table.sum(axis=1), kind="stable")]
    ways = [_ways(int(row.sum()), table.shape[1]) for row in table]
    half = min(range(1, len(table)), key=lambda at: max(np.prod(ways[:at], dtype=float),
                                                        np.prod(ways[at:], dtype=float)))
    if max(np.prod(ways[:half], dtype=float), np.prod(ways[half:], dtype=float)) > most:
        return None
    columns = table.sum(axis=0)
    top = _half(table[:half].sum(axis=1), columns)
    bottom = _half(table[half:].sum(axis=1), columns)
    constant = _log_factorials(columns).sum() - _log_factorials(np.array([table.sum()])).sum() \
        + _log_factorials(table.sum(axis=1)).sum()
    observed = constant - _log_factorials(table.ravel()).sum()
    return _less_likely(top, bottom, columns, (constant, observed))


def _ways(total: int, parts: int) -> float:
    """Count how a row can be divided over columns."""
    return float(np.prod([(total + place) / place for place in range(1, parts)]))


def _log_factorials(counts: np.ndarray) -> np.ndarray:
    return gammaln(np.asarray(counts) + 1.0)


def _half(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """List what some rows can leave in the columns, with the logarithm of how likely."""
    sums, logs = np.zeros((len(columns), 1), dtype=np.int32), np.zeros(1)
    for total in rows:
        parts = _divisions(int(total), columns)
        own = -_log_factorials(parts).sum(axis=1)
        sums = (sums[:, :, None] + parts.T[:, None, :]).reshape(len(columns), -1)
        logs = (logs[:, None] + own).ravel()
        fits = np.logical_and.reduce([one <= most
                                      for one, most in zip(sums, columns, strict=True)])
        if not fits.all():
            sums, logs = sums[:, fits], logs[fits]
    return sums.T, logs


def _divisions(total: int, columns: np.ndarray) -> np.ndarray:
    """List every way to divide a row over the columns."""
    found = np.zeros((1, 0), dtype=np.int32)
    for most in columns[:-1]:
        left = total - found.sum(axis=1)
        sizes = np.minimum(left, most) + 1
        first = np.repeat(np.arange(len(found)), sizes)
        steps = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        found = np.column_stack([found[first], steps])
    last = total - found.sum(axis=1)
    return np.column_stack([found, last])[last <= columns[-1]].astype(np.int32)


def _less_likely(
    top: tuple[np.ndarray, np.ndarray], bottom: tuple[np.ndarray, np.ndarray],
    columns: np.ndarray, logs: tuple[float, float],
) -> float:
    """Add up the probability of all pairs of halves that fit and are at most as likely."""
    scale = np.cumprod(np.append(1, columns[:-1] + 1))
    states, place = np.unique(top[0] @ scale, return_inverse=True)
    wanted, rest = (columns - bottom[0]) @ scale, bottom[1]
    at = np.minimum(np.searchsorted(states, wanted), len(states) - 1)
    meets = states[at] == wanted
    at, rest = at[meets], rest[meets]
    constant, observed = logs
    highest, width = top[1].max(), np.ptp(top[1]) + 1.0
    key = np.sort(place * width + (top[1] - highest))  # first by state, then by likelihood
    place = np.sort(place)
    mass = np.append(0.0, np.cumsum(np.exp(key - place * width)))
    first = np.searchsorted(place, np.arange(len(states)))
    limit = np.minimum(observed + SAME - constant - rest - highest, 0.0)
    ends = np.searchsorted(key, at * width + np.maximum(limit, 0.5 - width), side="right")
    found = np.exp(rest + constant + highest) * (mass[ends] - mass[first[at]])
    return float(min(1.0, found.sum()))


def simulated_p(table: np.ndarray, seed: int, draws: int = DRAWS) -> float:
    """Return the p-value of `exact_p` from random tables with the same margins.

    Parameters
    ----------
    table
        Whole counts, shape (rows, columns).
    seed
        The same seed gives the same p-value.
    draws
        How many tables.

    Returns
    -------
    float
        (1 + tables at most as likely) / (1 + draws), as R's ``fisher.test``.
    """
    table = np.asarray(table, dtype=int)
    rng = generator(seed)
    rows, columns = (np.repeat(np.arange(len(sums)), sums)
                     for sums in (table.sum(axis=1), table.sum(axis=0)))
    least = -_log_factorials(table).sum() + SAME
    found = sum(_at_most(rng, rows, columns, (least, *table.shape, size))
                for size in _blocks(draws, len(rows)))
    return (1 + found) / (1 + draws)


def _at_most(
    rng: np.random.Generator, rows: np.ndarray, columns: np.ndarray,
    wanted: tuple[float, int, int, int],
) -> int:
    """Count how many of some random tables are at most as likely."""
    least, down, across, size = wanted
    shuffled = rng.permuted(np.broadcast_to(columns, (size, len(columns))), axis=1)
    places = rows * across + shuffled + (np.arange(size) * down * across)[:, None]
    tables = np.bincount(places.ravel(), minlength=size * down * across).reshape(size, -1)
    return int((-_log_factorials(tables).sum(axis=1) <= least).sum())


def _blocks(draws: int, units: int) -> list[int]:
    most = max(1, SHUFFLED_AT_ONCE // units)
    return [min(most, draws - first) for first in range(0, draws, most)]
