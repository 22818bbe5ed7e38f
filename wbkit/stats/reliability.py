"""How far items hang together, from their covariances."""

import numpy as np
from scipy.stats import f

ROUNDING = 1e-12  # of a sum of covariances that should be 0


def correlations(covariance: np.ndarray) -> np.ndarray:
    """Return the correlations that belong to covariances, shape (items, items)."""
    spread = np.sqrt(np.diag(covariance))
    return covariance / np.outer(spread, spread)


def cronbach_alpha(covariance: np.ndarray) -> float:
    """Return Cronbach's alpha.

    Parameters
    ----------
    covariance
        Covariances of the items, shape (items, items); of correlations it is standardised.

    Returns
    -------
    float
        At most 1; below 0 when items go against one another on the whole; nan for fewer than
        two items, and where the sum of the items has no spread.

    References
    ----------
    .. [1] Cronbach, L. J. (1951). Psychometrika, 16, 297-334.
    """
    items, total = len(covariance), covariance.sum()
    if items < 2 or total <= ROUNDING * np.abs(covariance).sum():
        return np.nan
    return float(items / (items - 1) * (1 - np.trace(covariance) / total))


def feldt_interval(
    alpha: float, units: int, items: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the interval of alpha for a simple random sample.

    Parameters
    ----------
    alpha
        Cronbach's alpha.
    units, items
        How many of each.
    level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper end.

    References
    ----------
    .. [1] Feldt, L. S. (1965). Psychometrika, 30, 357-370.
    """
    freedom, tail = (units - 1, (units - 1) * (items - 1)), (1 - level) / 2
    return tuple(float(1 - (1 - alpha) * f.ppf(one, *freedom)) for one in (1 - tail, tail))


def item_rest(covariance: np.ndarray) -> np.ndarray:
    """Return the correlation of each item with the sum of the others.

    Parameters
    ----------
    covariance
        Covariances of the items, shape (items, items).

    Returns
    -------
    numpy.ndarray
        From -1 to 1, shape (items,); nan for an item without spread, or for one item alone.
    """
    own, with_all = np.diag(covariance), covariance.sum(axis=0)
    rest = covariance.sum() - 2 * with_all + own
    spread = np.sqrt(own * np.clip(rest, 0, None))
    return np.divide(with_all - own, spread, out=np.full(len(own), np.nan), where=spread > 0)


def alpha_if_dropped(covariance: np.ndarray) -> np.ndarray:
    """Return alpha of the other items, for each item.

    Parameters
    ----------
    covariance
        Covariances of the items, shape (items, items).

    Returns
    -------
    numpy.ndarray
        Shape (items,); nan where one item is left.
    """
    items = range(len(covariance))
    kept = [np.delete(np.delete(covariance, item, 0), item, 1) for item in items]
    return np.array([cronbach_alpha(one) for one in kept])
