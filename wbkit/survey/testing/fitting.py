"""Linear, logit and ordinal models on distinct rows with counts."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from scipy.special import ndtr, stdtr, stdtrit
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from wbkit.stats.ordinal_regression import NotFittedError, ordinal_logit
from wbkit.survey.design.linearisation import linear_of_counts
from wbkit.survey.testing.distinct_rows import Patterns

TAIL = 0.025
LARGEST = 40.0  # of a coefficient times the spread of its term: beyond it there is no maximum


class CollinearError(NotFittedError):
    """The terms do not tell their influences apart."""


class TooFewError(NotFittedError):
    """The design leaves no degrees of freedom."""

    def __init__(self, df: int) -> None:
        super().__init__(f"{df} degrees of freedom")
        self.df = df


@dataclass(frozen=True)
class Model:
    """What a model gives.

    Parameters
    ----------
    kind
        ``linear``, ``logit`` or ``ordinal``; with a design ``linear_design``, ``logit_design``.
    estimate, se
        The constant first, without one for an ordinal model.
    df
        Degrees of freedom of t; infinite where the estimate is normal.
    loglik
        Absent for a design, which has no likelihood.
    """

    kind: str
    estimate: np.ndarray
    se: np.ndarray
    df: float
    loglik: float

    @property
    def statistic(self) -> np.ndarray:
        """Estimate divided by its standard error."""
        return self.estimate / self.se

    @property
    def p(self) -> np.ndarray:
        """Two-sided p-values."""
        far = -np.abs(self.statistic)
        return 2 * (ndtr(far) if np.isinf(self.df) else stdtr(self.df, far))

    @property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The 95 % interval."""
        reach = -stdtrit(min(self.df, 1e12), TAIL) * self.se
        return self.estimate - reach, self.estimate + reach


def fit_linear(found: Patterns) -> Model:
    """Fit a linear model: least squares, standard errors of the design where there is one."""
    return _fit(found, sm.families.Gaussian(), "linear")


def fit_logit(found: Patterns) -> Model:
    """Fit a logit model of the second of two answers."""
    return _fit(found, sm.families.Binomial(), "logit")


def fit_ordinal(found: Patterns) -> Model:
    """Fit a proportional-odds model; for a simple random sample only."""
    _refuse_collinear(found)
    fit = ordinal_logit(found.y, found.x[:, 1:], found.rows["n"].to_numpy(float))
    many = found.x.shape[1] - 1
    return Model("ordinal", fit.estimate[:many], np.sqrt(np.diag(fit.covariance))[:many], np.inf,
                 fit.loglik)


def _fit(found: Patterns, family: sm.families.Family, kind: str) -> Model:
    """Fit a generalised linear model with its canonical link."""
    fit = _maximum(found, family)
    estimate = np.asarray(fit.params)
    if not found.sample.simple:
        return by_design(found, estimate, (fit.mu, family.variance(fit.mu)), kind)
    df = float(fit.df_resid) if kind == "linear" else np.inf
    return Model(kind, estimate, np.asarray(fit.bse), df, float(fit.llf))


def _maximum(found: Patterns, family: sm.families.Family) -> sm.GLM:
    weight = found.rows["n" if found.sample.simple else "w"].to_numpy(float)
    weight = weight * found.n / weight.sum()
    model = sm.GLM(found.y, found.x, family=family, freq_weights=weight)
    _refuse_collinear(found)
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            fit = model.fit(tol=1e-12, maxiter=100)
        except PerfectSeparationWarning:
            raise NotFittedError from None
    largest = np.abs(np.asarray(fit.params) * np.append(1.0, np.ptp(found.x[:, 1:], axis=0)))[1:]
    told = isinstance(family, sm.families.Binomial) and largest.max(initial=0) > LARGEST
    if told:
        raise NotFittedError
    return fit


def _refuse_collinear(found: Patterns) -> None:
    if found.n <= found.x.shape[1] or np.linalg.matrix_rank(found.x) < found.x.shape[1]:
        raise CollinearError


def by_design(
    found: Patterns, estimate: np.ndarray, mean: tuple[np.ndarray, np.ndarray], kind: str
) -> Model:
    """Give standard errors that know the design: linearised, as R's ``svyglm``.

    Parameters
    ----------
    found
        The distinct rows.
    estimate
        The coefficients.
    mean
        Mean and variance of each row by the model.
    kind
        ``linear`` or ``logit``.

    Returns
    -------
    Model
        With as many degrees of freedom as sampling units less strata and terms.
    """
    mu, variance = (np.asarray(one) for one in mean)
    w = found.rows["w"].to_numpy(float)
    bread = np.linalg.inv((found.x * (w * variance)[:, None]).T @ found.x)
    z = (found.x * (found.y - mu)[:, None]) @ bread
    covariance = found.sample.variance(linear_of_counts(found.sample, found.rows, z))
    present = np.bincount(found.rows["part"], found.rows["n"], len(found.sample.parts.n))
    df = int(found.sample.df(present[:, None])[0]) + 1 - len(estimate)
    if df < 1:
        raise TooFewError(df)
    return Model(f"{kind}_design", estimate, np.sqrt(np.diag(covariance)), float(df), np.nan)


FITS: dict[str, Callable[[Patterns], Model]] = {
    "linear": fit_linear, "logit": fit_logit, "ordinal": fit_ordinal}
