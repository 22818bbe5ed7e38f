"""The proportional-odds model, fitted on distinct rows with counts."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.special import expit

MOST_STEPS, STEP_CLOSE = 60, 1e-12
TOLD = 1e-4  # of the spread of the terms: what a separating direction moves an answer at least


class NotFittedError(ValueError):
    """The likelihood has no maximum: an answer can be told exactly from the terms."""


@dataclass(frozen=True)
class Fit:
    """Coefficients, their covariances and the log-likelihood.

    Parameters
    ----------
    estimate
        Coefficients of the terms, then the thresholds between the answers.
    covariance
        Inverse of the observed information.
    loglik
        At the maximum.
    """

    estimate: np.ndarray
    covariance: np.ndarray
    loglik: float


def ordinal_logit(y: np.ndarray, x: np.ndarray, n: np.ndarray) -> Fit:
    """Fit logit P(Y ≤ k) = threshold k - x · coefficients, by Newton's method [1]_.

    Parameters
    ----------
    y
        Place of the answer, 0 to the last; each occurs. Shape (rows,).
    x
        Terms without a constant, shape (rows, terms).
    n
        How many units have this answer and these terms, shape (rows,).

    Returns
    -------
    Fit
        As R's ``polr``; for two answers the logit model, whose constant is minus the threshold.

    Raises
    ------
    NotFittedError
        If there is no maximum.

    References
    ----------
    .. [1] McCullagh, P. (1980). Journal of the Royal Statistical Society B, 42, 109-142.
    """
    if told_answers(y, x).any():
        raise NotFittedError
    model = _Model(y, x, np.asarray(n, float))
    theta = model.start()
    value, slope, curve = model.at(theta)
    for _ in range(MOST_STEPS):
        try:
            step = np.linalg.solve(-curve, slope)
        except np.linalg.LinAlgError:
            raise NotFittedError from None
        theta, value, slope, curve = model.better(theta, value, step)
        if np.abs(step).max() < STEP_CLOSE * (1 + np.abs(theta).max()):
            return Fit(theta, np.linalg.inv(-curve), value)
        if np.abs(theta * np.append(model.spread, np.ones(model.cuts))).max() > 40:
            raise NotFittedError
    raise NotFittedError


def told_answers(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Mark the rows whose answer the terms tell exactly, so that the likelihood has no maximum.

    Along some direction of coefficients and thresholds no answer becomes less likely and those
    that are told become ever more so: complete or quasi-complete separation [1]_. A linear
    programme finds such a direction or shows that there is none [2]_; weights above 0 do not
    matter.

    Parameters
    ----------
    y
        Place of the answer, 0 to the last; each occurs. Shape (rows,).
    x
        Terms without a constant, shape (rows, terms).

    Returns
    -------
    numpy.ndarray
        Booleans, shape (rows,); none is true where there is a maximum.

    References
    ----------
    .. [1] Albert, A. & Anderson, J. A. (1984). Biometrika, 71, 1-10.
    .. [2] Konis, K. (2007). Linear programming algorithms for detecting separated data in binary
       logistic regression models. Thesis, University of Oxford.
    """
    spread = np.ptp(x, axis=0)
    scaled = (x - x.min(axis=0)) / np.where(spread > 0, spread, 1.0)
    model = _Model(y, scaled, np.ones(len(y)))
    above, below = y < model.cuts, y > 0
    moves = np.vstack([model.upper[above], -model.lower[below]])
    rows = np.append(np.flatnonzero(above), np.flatnonzero(below))
    told = np.zeros(len(y), dtype=bool)
    while not told.all():  # one direction need not tell every answer that some direction tells
        found = linprog(-moves[~told[rows]].mean(axis=0), A_ub=-moves, b_ub=np.zeros(len(moves)),
                        bounds=(-1, 1))
        more = rows[moves @ found.x > TOLD] if found.status == 0 else rows[:0]
        if told[more].all():
            break
        told[more] = True
    return told


class _Model:
    """The likelihood of one data set."""

    def __init__(self, y: np.ndarray, x: np.ndarray, n: np.ndarray) -> None:
        self.y, self.n, self.cuts = y, n, int(y.max())
        self.spread = np.ptp(x, axis=0)
        edges = np.eye(self.cuts + 1, self.cuts)
        edges[-1] = 0.0
        self.upper = np.hstack([-x, edges[y]])
        self.lower = np.hstack([-x, edges[y - 1] * (y > 0)[:, None]])

    def start(self) -> np.ndarray:
        """Start without any influence of the terms."""
        below = np.cumsum(np.bincount(self.y, self.n))[:-1] / self.n.sum()
        return np.append(np.zeros(self.upper.shape[1] - self.cuts), np.log(below / (1 - below)))

    def better(self, theta: np.ndarray, value: float, step: np.ndarray) -> tuple:
        """Go the step, or as much of it as makes the likelihood larger."""
        for _ in range(40):
            found = self.at(theta + step)
            if found[0] >= value - 1e-9 * abs(value):
                return theta + step, *found
            step = step / 2
        return theta, *self.at(theta)

    def at(self, theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Return the log-likelihood with its first and second derivatives."""
        if (np.diff(theta[len(theta) - self.cuts:]) <= 0).any():
            return -np.inf, theta, np.eye(len(theta))
        over = np.where(self.y < self.cuts, expit(self.upper @ theta), 1.0)
        under = np.where(self.y > 0, expit(self.lower @ theta), 0.0)
        chance = np.maximum(over - under, 1e-300)
        up, down = over * (1 - over), under * (1 - under)
        slopes = (up[:, None] * self.upper - down[:, None] * self.lower) / chance[:, None]
        curve = _crossed(self.upper, self.n * up * (1 - 2 * over) / chance) \
            - _crossed(self.lower, self.n * down * (1 - 2 * under) / chance) \
            - _crossed(slopes, self.n)
        return float(self.n @ np.log(chance)), self.n @ slopes, curve


def _crossed(rows: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return (rows * weight[:, None]).T @ rows
