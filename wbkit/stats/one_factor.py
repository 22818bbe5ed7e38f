"""One factor behind several items, and the share of the score that it makes up (omega)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares, minimize

LEAST_UNIQUE = 0.005  # of the variance of an item, as in R's factanal


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
