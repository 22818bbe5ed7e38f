"""How far items hang together, from their covariances."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.optimize import brentq, least_squares, minimize
from scipy.stats import f

COVARIANCE_ROUNDING = 1e-12  # of a sum of covariances that should be 0
LEAST_UNIQUE = 0.005  # of the variance of an item, as in R's factanal
NEAR_ONE, STEPS = 1 - 1e-9, 400


@dataclass(frozen=True)
class OneFactor:
    """How strongly each item hangs on the factor, and the variance that is its own."""

    loadings: np.ndarray
    uniquenesses: np.ndarray

    @property
    def proper(self) -> bool:
        """Whether every item keeps some variance of its own: otherwise one factor does not fit."""
        whole = self.loadings**2 + self.uniquenesses
        return bool((self.uniquenesses > 1.01 * LEAST_UNIQUE * whole).all())

    @property
    def omega(self) -> float:
        """Omega total: the part of the variance of the sum that the factor makes up, 0 to 1.

        McDonald, R. P. (1999). Test theory: a unified treatment. Erlbaum.
        """
        common = self.loadings.sum() ** 2
        return float(common / (common + self.uniquenesses.sum()))


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
    if items < 2 or total <= COVARIANCE_ROUNDING * np.abs(covariance).sum():
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


def minimal_residuals(correlation: np.ndarray) -> OneFactor:
    """Fit one factor to correlations by least squares of what is off the diagonal (minres).

    Parameters
    ----------
    correlation
        Correlations of at least three items, shape (items, items).

    Returns
    -------
    OneFactor
        Standardised loadings, as psych's ``fa(fm = "minres")``.

    References
    ----------
    .. [1] Harman, H. H. & Jones, W. H. (1966). Psychometrika, 31, 351-368.
    """
    pairs = np.triu_indices(len(correlation), 1)
    found = least_squares(
        lambda loadings: (correlation - np.outer(loadings, loadings))[pairs],
        _start(correlation), method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15,
    )
    loadings = _upright(found.x)
    return OneFactor(loadings, 1 - loadings**2)


def maximum_likelihood(covariance: np.ndarray) -> OneFactor:
    """Fit one factor to covariances by maximum likelihood.

    Parameters
    ----------
    covariance
        Covariances of at least three items, shape (items, items).

    Returns
    -------
    OneFactor
        Loadings in the units of the items.

    References
    ----------
    .. [1] Joreskog, K. G. (1967). Psychometrika, 32, 443-482.
    """
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    start = np.clip(1 - _start(correlation) ** 2, 2 * LEAST_UNIQUE, 0.95)
    found = minimize(_misfit, start, args=(correlation,), jac=True, method="L-BFGS-B",
                     bounds=[(LEAST_UNIQUE, 1)] * len(start),
                     options={"ftol": 1e-15, "gtol": 1e-11, "maxiter": 5_000})
    loadings = _upright(_fitted(found.x, correlation)[0])
    return OneFactor(loadings * spread, found.x * spread**2)


def _start(correlation: np.ndarray) -> np.ndarray:
    """Return the loadings of the first principal component, shrunk a little."""
    values, vectors = np.linalg.eigh(correlation)
    return 0.9 * vectors[:, -1] * np.sqrt(values[-1])


def _upright(loadings: np.ndarray) -> np.ndarray:
    return loadings if loadings.sum() >= 0 else -loadings


def _fitted(unique: np.ndarray, correlation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the loadings that fit best given the uniquenesses, and the eigenvalues left over."""
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    return root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0)), values[:-1]


def _misfit(unique: np.ndarray, correlation: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the distance from correlations to the model, and its slope."""
    loadings, values = _fitted(unique, correlation)
    values = np.clip(values, 1e-300, None)
    slope = (loadings**2 + unique - np.diag(correlation)) / unique**2
    return float((values - np.log(values) - 1).sum()), slope


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
