"""Factors that make weighted counts add up to known margins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONVERGED, EXACT = 1e-10, 1e-13  # what is asked, and where rounding errors begin
MOST_ROUNDS = 10_000


@dataclass(frozen=True)
class Target:
    """One margin: the category of each cell, and the known count of each category."""

    codes: np.ndarray
    totals: np.ndarray


class NotConvergedError(ValueError):
    """The margins cannot be met together."""


def rake(base: np.ndarray, targets: Sequence[Target]) -> np.ndarray:
    """Return the factor of each cell by iterative proportional fitting [1]_.

    Parameters
    ----------
    base
        Sum of the weights in each cell.
    targets
        The margins.

    Returns
    -------
    numpy.ndarray
        Factors after which every margin is met to a relative 1e-10.

    Raises
    ------
    NotConvergedError
        If that is not reached.

    References
    ----------
    .. [1] Deming, W. E. & Stephan, F. F. (1940). Annals of Mathematical Statistics, 11, 427-444.
    """
    factor, before = np.ones(len(base)), np.inf
    for _ in range(MOST_ROUNDS):
        for target in targets:
            factor = factor * _ratio(base * factor, target)[target.codes]
        distance = max(_distance(base * factor, target) for target in targets)
        if distance < CONVERGED and (distance < EXACT or distance >= before):
            return factor
        before = distance
    raise NotConvergedError


def calibrate(base: np.ndarray, targets: Sequence[Target], distance: str) -> np.ndarray:
    """Return the factor of each cell that changes the weights least.

    Parameters
    ----------
    base
        Sum of the weights in each cell.
    targets
        The margins.
    distance
        ``linear`` (chi-square distance; factors can fall under 0) or ``raking``
        (Deville & Särndal, 1992).

    Returns
    -------
    numpy.ndarray
        The factors.

    Raises
    ------
    NotConvergedError
        If the margins are not met to a relative 1e-10.
    """
    if distance == "raking":
        return rake(base, targets)
    x = indicators(targets)
    total = np.concatenate([target.totals for target in targets])
    factor = np.ones(len(base))
    for _ in range(3):  # once is exact; the repetitions only take rounding errors away
        weighted = base * factor
        move = np.linalg.lstsq((x * base[:, None]).T @ x, total - x.T @ weighted, rcond=None)[0]
        factor = factor + x @ move
    if max(_distance(base * factor, target) for target in targets) > CONVERGED:
        raise NotConvergedError
    return factor


def indicators(targets: Sequence[Target]) -> np.ndarray:
    """Return one column of 0 and 1 for each category of each margin."""
    return np.hstack([np.eye(len(target.totals))[target.codes] for target in targets])


def _ratio(weighted: np.ndarray, target: Target) -> np.ndarray:
    found = np.bincount(target.codes, weighted, len(target.totals))
    return np.divide(target.totals, found, out=np.ones_like(found), where=found > 0)


def _distance(weighted: np.ndarray, target: Target) -> float:
    found = np.bincount(target.codes, weighted, len(target.totals))
    return float(np.max(np.abs(found - target.totals) / np.maximum(target.totals, 1e-300)))


def trim(weight: np.ndarray, low: float, high: float) -> np.ndarray:
    """Cut weights at two ends and share what was cut equally over the others (R: trimWeights).

    Parameters
    ----------
    weight
        One weight for each unit.
    low, high
        The ends.

    Returns
    -------
    numpy.ndarray
        Weights with the same sum.
    """
    outside = (weight < low) | (weight > high)
    cut = np.clip(weight, low, high)
    if not outside.any() or outside.all():
        return cut if outside.any() else weight
    rest = (weight - cut).sum() / (~outside).sum()
    return np.where(outside, cut, weight + rest)


def kish(n: float, w: float, w2: float) -> tuple[float, float]:
    """Return design effect and effective n of unequal weights.

    Parameters
    ----------
    n, w, w2
        Units, sum of their weights, sum of their squared weights.

    Returns
    -------
    tuple of float
        n Σw² / (Σw)² and (Σw)² / Σw² (Kish, 1965, Survey Sampling, 11.7).
    """
    return n * w2 / w**2, w**2 / w2
