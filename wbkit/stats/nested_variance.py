"""How much of the variance lies between groups (ICC), from group means and one sum of squares."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.optimize import brentq
from scipy.stats import f

NEAR_ONE, STEPS = 1 - 1e-9, 400


@dataclass(frozen=True)
class Grouped:
    """All that the intraclass correlation needs to know of units in groups.

    Parameters
    ----------
    sizes, means
        Units in each group and their mean, shape (groups,).
    within
        Sum of squared distances of units to the mean of their group.
    """

    sizes: np.ndarray
    means: np.ndarray
    within: float

    @classmethod
    def of(cls, values: np.ndarray, groups: np.ndarray) -> Self:
        """Add up values, shape (units,), by the place of their group."""
        _, places = np.unique(groups, return_inverse=True)
        sizes = np.bincount(places)
        means = np.bincount(places, weights=values) / sizes
        return cls(sizes, means, float(((values - means[places]) ** 2).sum()))

    @property
    def units(self) -> int:
        """How many units there are."""
        return int(self.sizes.sum())


def reml_icc(grouped: Grouped) -> float:
    """Return the intraclass correlation by restricted maximum likelihood.

    Parameters
    ----------
    grouped
        At least two groups, and more units than groups.

    Returns
    -------
    float
        Variance between groups divided by all variance, from 0 to 1; nan without any variance.
        As lme4's ``lmer(y ~ 1 + (1 | group))``.

    References
    ----------
    .. [1] Patterson, H. D. & Thompson, R. (1971). Biometrika, 58, 545-554.
    """
    if grouped.within <= 0:
        return np.nan if np.ptp(grouped.means) == 0 else 1.0
    shares = np.linspace(0, NEAR_ONE, STEPS)
    best = int(np.argmin([_deviance(share / (1 - share), grouped) for share in shares]))
    low, high = shares[max(best - 1, 0)], shares[min(best + 1, STEPS - 1)]
    ends = [_slope(share / (1 - share), grouped) for share in (low, high)]
    if ends[0] >= 0:
        return 0.0
    if ends[1] <= 0:
        return float(high)
    ratio = brentq(_slope, low / (1 - low), high / (1 - high), args=(grouped,), xtol=1e-14)
    return ratio / (1 + ratio)


def searle_interval(grouped: Grouped, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of the intraclass correlation from an analysis of variance.

    Parameters
    ----------
    grouped
        At least two groups, and more units than groups. For groups of unequal size the interval
        is approximate: their size is then the one of the analysis of variance.
    level
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper end; the lower end can be below 0.

    References
    ----------
    .. [1] Searle, S. R. (1971). Linear models. Wiley, p. 414.
    """
    groups, units, tail = len(grouped.sizes), grouped.units, (1 - level) / 2
    size = (units - (grouped.sizes**2).sum() / units) / (groups - 1)
    grand = (grouped.sizes * grouped.means).sum() / units
    between = (grouped.sizes * (grouped.means - grand) ** 2).sum() / (groups - 1)
    ratio = between / (grouped.within / (units - groups))
    edges = [ratio / f.ppf(one, groups - 1, units - groups) for one in (1 - tail, tail)]
    return tuple(float((edge - 1) / (edge + size - 1)) for edge in edges)


def _parts(ratio: float, grouped: Grouped) -> tuple[np.ndarray, np.ndarray, float]:
    """Return weights of groups, distances to the weighted mean, and the sum of squares."""
    weights = grouped.sizes / (1 + grouped.sizes * ratio)
    away = grouped.means - (weights * grouped.means).sum() / weights.sum()
    return weights, away, grouped.within + (weights * away**2).sum()


def _deviance(ratio: float, grouped: Grouped) -> float:
    """Return -2 log restricted likelihood; `ratio` is variance between / variance within."""
    weights, _, squares = _parts(ratio, grouped)
    return ((grouped.units - 1) * np.log(squares) + np.log1p(grouped.sizes * ratio).sum()
            + np.log(weights.sum()))


def _slope(ratio: float, grouped: Grouped) -> float:
    weights, away, squares = _parts(ratio, grouped)
    return (weights.sum() - (weights**2).sum() / weights.sum()
            - (grouped.units - 1) * (weights**2 * away**2).sum() / squares)
