"""Whether a rate rises or falls over the years."""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr, stdtr, stdtrit

from wbkit.stats.intervals import TAIL

IRLS_STEPS = 50
IRLS_CLOSE = 1e-12  # of a step, for a maximum that was reached
LEAST = 1e-6  # of an expected count: under it, years of 0 alone carry the line


class NoMaximumError(ValueError):
    """No line fits best: years without any count pull it down without end."""


@dataclass(frozen=True)
class Slope:
    """A change for each year, with 95 % interval, and its test."""

    statistic: float
    df: float
    p: float
    change: float
    low: float
    high: float


def cochran_armitage(n: np.ndarray, base: np.ndarray, year: np.ndarray) -> Slope:
    """Test a straight line through shares [1]_ [2]_.

    Parameters
    ----------
    n, base
        Units with the feature, and units in all, by year.
    year
        Its place in time.

    Returns
    -------
    Slope
        Chi-square with 1 degree of freedom, as R's ``prop.trend.test``; the change of the share
        for each year by least squares, with an interval from binomial variances.

    References
    ----------
    .. [1] Cochran, W. G. (1954). Biometrics, 10, 417-451.
    .. [2] Armitage, P. (1955). Biometrics, 11, 375-386.
    """
    share, whole = n / base, n.sum() / base.sum()
    centred = year - (base * year).sum() / base.sum()
    spread = (base * centred**2).sum()
    change = float((base * centred * share).sum() / spread)
    statistic = float(change**2 * spread / (whole * (1 - whole)))
    se = np.sqrt((base * centred**2 * share * (1 - share)).sum()) / spread
    reach = -stdtrit(1e12, TAIL) * se
    return Slope(statistic, 1.0, float(chdtrc(1, statistic)), change, change - reach,
                 change + reach)


def poisson(n: np.ndarray, base: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Fit log (n / base) = x · coefficients to counts: a Poisson model with an offset [1]_.

    Parameters
    ----------
    n, base
        Counts, and what they are divided by.
    x
        Shape (years, coefficients).

    Returns
    -------
    tuple
        Coefficients, their covariances, and Pearson's chi-square.

    Raises
    ------
    NoMaximumError
        If the likelihood has no maximum.

    References
    ----------
    .. [1] Frome, E. L. (1983). Biometrics, 39, 665-674.
    """
    from statsmodels.genmod.families import Poisson  # noqa: PLC0415 - a slow import
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415 - a slow import

    model = GLM(n, x, family=Poisson(), offset=np.log(base))
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what they warn of is refused below
        try:
            fit = model.fit(maxiter=IRLS_STEPS, tol=IRLS_CLOSE, tol_criterion="params")
        except (ValueError, np.linalg.LinAlgError):
            raise NoMaximumError from None
    if not (fit.converged and (fit.mu > LEAST).all()):
        raise NoMaximumError
    return fit.params, fit.normalized_cov_params, float(fit.pearson_chi2)


def poisson_trend(n: np.ndarray, base: np.ndarray, year: np.ndarray) -> Slope:
    """Test a rate that changes by the same factor each year: z of a Poisson model with offset.

    Returns
    -------
    Slope
        ``change`` is the factor for each year.
    """
    theta, covariance, _ = poisson(n, base, np.column_stack([np.ones(len(year)), year]))
    return factor(theta[1], float(np.sqrt(covariance[1, 1])), np.inf)


def factor(estimate: float, se: float, df: float) -> Slope:
    """Return a coefficient of a logarithm as a factor, with its interval and test."""
    statistic = float(estimate / se)
    far = -abs(statistic)
    reach = -stdtrit(min(df, 1e12), TAIL) * se
    p = 2 * (ndtr(far) if np.isinf(df) else stdtr(df, far))
    ends = np.exp([estimate, estimate - reach, estimate + reach])
    return Slope(statistic, np.nan if np.isinf(df) else df, float(p), *map(float, ends))


def interrupted(
    n: np.ndarray, base: np.ndarray, year: np.ndarray, since: int
) -> tuple[Slope, Slope]:
    """Compare a series before and after a year: its level and its slope [1]_.

    Parameters
    ----------
    n, base, year
        As above.
    since
        Place of the first year after.

    Returns
    -------
    tuple of Slope
        Factor by which the level differs from the line before, and by which the yearly change
        differs; a quasi-Poisson model, t with as many degrees of freedom as years beyond 4.

    References
    ----------
    .. [1] Wagner, A. K. et al. (2002). Journal of Clinical Pharmacy and Therapeutics, 27, 299-309.
    """
    after = (np.arange(len(year)) >= since).astype(float)
    x = np.column_stack([np.ones(len(year)), year, after, after * (year - year[since])])
    theta, covariance, pearson = poisson(n, base, x)
    df = len(year) - 4
    se = np.sqrt(np.diag(covariance) * max(1.0, pearson / df))
    return factor(theta[2], se[2], df), factor(theta[3], se[3], df)
