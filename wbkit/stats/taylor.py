"""Design-based variances from sums per cluster: no row for a person is needed."""

from dataclasses import dataclass

import numpy as np

ROUNDING = 1e-13  # of a sum of squares
SWEEPS = 10  # R's number; where margins hang together closely, the limit lies a little further


@dataclass(frozen=True)
class Linear:
    """Sums of linearised values z over the units of each part of the sample.

    Parameters
    ----------
    plain
        Sum of z, shape (parts, statistics).
    first, second
        Sums of w z and of w² z, shape (parts, statistics).
    squares
        Sums of w² z z′, shape (parts, statistics, statistics); or of w² z² only, shape
        (parts, statistics), where covariances are not wanted.
    """

    plain: np.ndarray
    first: np.ndarray
    second: np.ndarray
    squares: np.ndarray


@dataclass(frozen=True)
class Parts:
    """The parts of a sample, and how they were drawn.

    Parameters
    ----------
    stratum, psu, ssu
        Codes of each part. No `psu`: the units themselves were drawn. With `psu` and two stages
        but no `ssu`: units were drawn within the PSU.
    n, w, w2
        Units, sum of weights and of squared weights of each part.
    population
        Sizes of the population at each stage, shape (stages, parts); infinite where no
        correction is due.
    lonely
        ``adjust``, ``certainty`` or None, see `LonelyError`.
    """

    stratum: np.ndarray
    psu: np.ndarray | None
    ssu: np.ndarray | None
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    population: np.ndarray
    lonely: str | None = None


@dataclass(frozen=True)
class Auxiliary:
    """What the weights were calibrated to.

    Parameters
    ----------
    margins
        For each margin the category of each part, shape (parts,).
    base
        Sum of the weights before calibration in each part; none for raking, where units count.
    trimmed
        Weight after trimming divided by the weight before, for each part.
    """

    margins: tuple[np.ndarray, ...]
    base: np.ndarray | None
    trimmed: np.ndarray


class LonelyError(ValueError):
    """A stratum holds one sampling unit, so it says nothing about its own variance."""

    def __init__(self, stratum: int, stage: int) -> None:
        super().__init__(f"stratum {stratum} has one unit at stage {stage}")
        self.stratum, self.stage = stratum, stage


def variance(linear: Linear, parts: Parts, auxiliary: Auxiliary | None = None) -> np.ndarray:
    """Return the covariances of linearised statistics, or the variances only [1]_.

    Stage by stage, as ``svyrecvar`` of R's survey package [2]_ does: between the sampling units
    of a stratum, times the finite population correction; the stages below count for the
    fraction that was drawn above them.

    Parameters
    ----------
    linear
        The linearised values, summed over each part.
    parts
        How the parts were drawn.
    auxiliary
        What the weights were calibrated to; z is then replaced by its residual [3]_.

    Returns
    -------
    numpy.ndarray
        Covariances, shape (statistics, statistics); variances, shape (statistics,), where
        `linear` holds no products of different statistics.

    Raises
    ------
    LonelyError
        If a stratum holds one sampling unit that was not drawn with certainty.

    References
    ----------
    .. [1] Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling,
       chapters 3 and 5. Springer.
    .. [2] Lumley, T. (2004). Journal of Statistical Software, 9(8), 1-19.
    .. [3] Deville, J.-C. & Särndal, C.-E. (1992). Journal of the American Statistical
       Association, 87, 376-382.
    """
    totals, squares = linear.first, linear.squares
    if auxiliary is not None:
        totals, squares = _residuals(linear, parts, auxiliary)
    found = _stage(totals, squares, parts, stage=0)
    return found if len(parts.population) < 2 else found + _second_stage(totals, squares, parts)


def _residuals(
    linear: Linear, parts: Parts, auxiliary: Auxiliary
) -> tuple[np.ndarray, np.ndarray]:
    """Replace z by its residual on the margins, in the sums of w z and of w² z z′."""
    trimmed = auxiliary.trimmed[:, None]
    if auxiliary.base is None:
        fitted = _swept(trimmed * linear.plain, parts.n, auxiliary.margins)
    else:
        share = (auxiliary.base / parts.w)[:, None]
        fitted = _regressed(trimmed * linear.first * share, auxiliary)
    fitted = fitted / trimmed
    totals = linear.first - parts.w[:, None] * fitted
    pairs = linear.squares.ndim == 3
    mixed = _times(linear.second, fitted, pairs=pairs)
    mixed = mixed + (mixed.swapaxes(1, 2) if pairs else mixed)
    return totals, linear.squares - mixed + _scaled(_times(fitted, fitted, pairs=pairs), parts.w2)


def _times(one: np.ndarray, other: np.ndarray, *, pairs: bool) -> np.ndarray:
    """Multiply statistics with each other, every pair of them or each with itself."""
    return one[..., :, None] * other[..., None, :] if pairs else one * other


def _scaled(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return (values.T * weight).T


def _swept(sums: np.ndarray, n: np.ndarray, margins: tuple[np.ndarray, ...]) -> np.ndarray:
    """Take the mean out of each margin in turn, as often as ``svyrecvar`` does after ``rake``."""
    fitted = np.zeros_like(sums)
    for _ in range(SWEEPS):
        for codes in margins:
            inside = np.eye(codes.max() + 1)[codes]
            left = inside.T @ (sums - n[:, None] * fitted)
            fitted = fitted + inside @ (left / (inside.T @ n)[:, None])
    return fitted


def _regressed(sums: np.ndarray, auxiliary: Auxiliary) -> np.ndarray:
    """Return the regression on all margins together, weighted as before calibration."""
    x = np.hstack([np.eye(codes.max() + 1)[codes] for codes in auxiliary.margins])
    root = np.sqrt(auxiliary.base)[:, None]
    return x @ np.linalg.lstsq(x * root, sums / root, rcond=None)[0]


def _stage(totals: np.ndarray, squares: np.ndarray, parts: Parts, *, stage: int) -> np.ndarray:
    """Add up the variance between sampling units within the strata of one stage."""
    found = np.zeros(squares.shape[1:])
    for number in np.unique(parts.stratum):
        inside = parts.stratum == number
        spread, units = _spread(totals[inside], squares[inside], parts, inside)
        left = _left(units, parts.population[stage][inside][0])
        if left < 1e-7:
            continue
        if units == 1:
            spread = _alone(totals[inside], found.ndim == 2, parts.lonely, (int(number), stage + 1))
        found += left * units / max(units - 1, 1) * spread
    return found


def _spread(
    totals: np.ndarray, squares: np.ndarray, parts: Parts, inside: np.ndarray
) -> tuple[np.ndarray, int]:
    """Return the sum of squares around the mean of one stratum, and how many units it has."""
    pairs = squares.ndim == 3
    if parts.psu is None:
        units, whole, raw = int(parts.n[inside].sum()), totals.sum(axis=0), squares.sum(axis=0)
        return _without_noise(raw - _times(whole, whole, pairs=pairs) / units, raw), units
    codes = np.unique(parts.psu[inside], return_inverse=True)[1]
    clusters = np.zeros((codes.max() + 1, totals.shape[1]))
    np.add.at(clusters, codes, totals)
    clusters -= clusters.mean(axis=0)
    spread = clusters.T @ clusters if pairs else (clusters**2).sum(axis=0)
    return spread, len(clusters)


def _without_noise(spread: np.ndarray, raw: np.ndarray) -> np.ndarray:
    """Put 0 for a spread that is only the rounding error of a difference."""
    if spread.ndim == 1:
        return np.where(spread > ROUNDING * raw, spread, 0.0)
    real = np.diag(spread) > ROUNDING * np.diag(raw)
    return spread * np.outer(real, real)


def _left(units: int, population: float) -> float:
    """Return the part of the population that was not drawn."""
    return 1.0 if np.isinf(population) else (population - units) / population


def _alone(
    totals: np.ndarray, pairs: bool, lonely: str | None, place: tuple[int, int]
) -> np.ndarray:
    if lonely is None:
        raise LonelyError(*place)
    whole = totals.sum(axis=0)
    return _times(whole, whole, pairs=pairs) * (lonely == "adjust")


def _second_stage(totals: np.ndarray, squares: np.ndarray, parts: Parts) -> np.ndarray:
    """Add up the variance within PSUs, for the fraction of PSUs that was drawn."""
    found = np.zeros(squares.shape[1:])
    for number in np.unique(parts.stratum):
        inside = parts.stratum == number
        population = parts.population[0][inside][0]
        drawn = len(np.unique(parts.psu[inside])) / population
        if drawn > 0:
            within = Parts(parts.psu[inside], None if parts.ssu is None else parts.ssu[inside],
                           None, parts.n[inside], parts.w[inside], parts.w2[inside],
                           parts.population[:, inside], parts.lonely)
            found += drawn * _stage(totals[inside], squares[inside], within, stage=1)
    return found


def degrees_of_freedom(parts: Parts, present: np.ndarray) -> np.ndarray:
    """Return sampling units less strata, among the parts where somebody is looked at.

    Parameters
    ----------
    parts
        How the parts were drawn.
    present
        Units that are looked at in each part, shape (parts, groups).

    Returns
    -------
    numpy.ndarray
        As ``degf`` of R's survey package, shape (groups,).
    """
    strata = _met(parts.stratum, present)
    units = present.sum(axis=0) if parts.psu is None else _met(parts.psu, present)
    return units - strata


def _met(codes: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Count how many codes have somebody, in each group."""
    found = np.zeros((codes.max(initial=-1) + 1, present.shape[1]))
    np.add.at(found, codes, present)
    return (found > 0).sum(axis=0)
