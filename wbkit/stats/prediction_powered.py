"""A share out of what a machine found everywhere and a person in a random sample."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from wbkit.stats.intervals import TAIL, finite_base

FEWEST = 2  # units with, and units without a hit in the sample; with fewer the hits have weight 0
STEPS = 60  # halvings on a logarithmic scale
NEAREST, FARTHEST = 1e-9, 1e12  # between these lies the multiplier of an end, in units of 1 / share


@dataclass(frozen=True)
class Frame:
    """All units: what a machine found in each, how much each counts, and how they were drawn.

    Parameters
    ----------
    found
        Whether the machine found the code, shape (units,).
    weight
        How much each unit counts in the share, shape (units,); 1 for a plain share.
    cluster
        Which units were drawn together, as numbers, shape (units,); each for itself if units
        were drawn.
    """

    found: np.ndarray
    weight: np.ndarray
    cluster: np.ndarray


@dataclass(frozen=True)
class Corrected:
    """A share, its 95 % interval, and what it rests on.

    Parameters
    ----------
    share, low, high
        From 0 to 1.
    weight
        How much the hits count (λ of PPI++): 0 where they say nothing, 1 where a hit is a unit
        more.
    spread
        The variance that one drawn unit would have: the squared standard error times the units
        in the sample, without correction for a finite population.
    """

    share: float
    low: float
    high: float
    weight: float
    spread: float


def prediction_powered(frame: Frame, drawn: np.ndarray, hand: np.ndarray) -> Corrected:
    """Return the share of units with a code, of which a person read a random part.

    The estimator is that of prediction-powered inference with the weight that gives the least
    variance [1]_. For a hit that is there or not it is the regression estimator, and that is
    post-stratification by hits [2]_: ``W1 p1 + W0 p0`` with known shares W of units with and
    without a hit, and shares p with the code among those that were read; the weight is p1 - p0.
    The interval inverts the score test of that sum [3]_, so that it holds for rare codes too; in
    a stratum n counts as n (N - 1) / (N - n). Unequal weights and units that were drawn together
    divide n by the design effect of the linearised variance, and t takes the place of z.

    Parameters
    ----------
    frame
        All units.
    drawn
        Places in the frame of the units that were read, shape (n,): whole clusters, drawn with
        equal chances.
    hand
        Whether a person gave the code, shape (n,).

    Returns
    -------
    Corrected
        The share, its interval, the weight of the hits and the spread.

    References
    ----------
    .. [1] Angelopoulos, A. N., Duchi, J. C. & Zrnic, T. (2023). PPI++: Efficient
       prediction-powered inference. arXiv:2311.01453.
    .. [2] Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling,
       sections 6.4 and 7.6. Springer. Cochran, W. G. (1977). Sampling Techniques, chapters 5A
       and 7. Wiley.
    .. [3] Martín Andrés, A., Álvarez Hernández, M. & Herranz Tejedor, I. (2011). Statistical
       Methods in Medical Research, 20, 369-387.
    """
    found = frame.found.astype(int)
    if np.bincount(found[drawn], minlength=2).min() < FEWEST:
        found = np.zeros_like(found)  # one stratum: the sample alone
    weight, inside = frame.weight[drawn], found[drawn]
    strata = range(int(found.max()) + 1)
    part = np.array([frame.weight[found == one].sum() for one in strata]) / frame.weight.sum()
    there = np.array([weight[inside == one].sum() for one in strata])
    shares = np.array([weight[(inside == one) & hand].sum() for one in strata]) / there
    n = np.array([(inside == one).sum() for one in strata], float)
    every = np.array([(found == one).sum() for one in strata])
    residual = part[inside] * weight / there[inside] * (hand - shares[inside])
    plain = (part**2 * shares * (1 - shares) / n).sum()
    effect, far = _design_effect(residual, plain, weight, frame.cluster[drawn])
    base = np.array([finite_base(one, *sizes) for one, *sizes in zip(n, n, every, strict=True)])
    low, high = score_interval(shares, base / effect, part, far)
    return Corrected(float(part @ shares), float(low), float(high),
                     float(shares[-1] - shares[0]), float(effect * plain * len(drawn)))


def _design_effect(
    residual: np.ndarray, plain: float, weight: np.ndarray, cluster: np.ndarray
) -> tuple[float, float]:
    """Return by how much the variance is larger than that of single, equal units, and z or t."""
    own, which = np.unique(cluster, return_inverse=True)
    if len(own) == len(weight) and (weight == weight[0]).all():
        return 1.0, float(-ndtri(TAIL))
    clusters = len(own)
    far = float(stdtrit(max(clusters - 1, 1), 1 - TAIL))
    variance = clusters / max(clusters - 1, 1) * (np.bincount(which, residual)**2).sum()
    sums = np.bincount(which, weight)
    uneven = len(weight) * (sums**2).sum() / sums.sum()**2  # as if units drawn together were one
    return float(max(variance / plain, 1.0) if plain > 0 else uneven), far


def score_interval(
    shares: np.ndarray, base: np.ndarray, part: np.ndarray, far: float = float(-ndtri(TAIL))
) -> tuple[np.ndarray, np.ndarray]:
    """Return the score interval of a weighted sum of independent shares.

    Of one share it is Wilson's interval; of a difference (`part` 1 and -1) that of Mee.

    Parameters
    ----------
    shares, base
        Shares and of how many units each, shape (shares, …); infinite for a full count.
    part
        The weights, shape (shares, …).
    far
        Quantile of the distribution of the test.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper end, shape (…).

    Notes
    -----
    Under a sum θ the most likely shares solve ``base (share - p) = μ part p (1 - p)``; μ is
    found so that ``(estimate - θ)² = far² Σ part² p (1 - p) / base``.
    """
    shares, base, part = np.broadcast_arrays(*(np.asarray(one, float)
                                               for one in (shares, base, part)))
    estimate = (part * shares).sum(axis=0)
    finite = np.where(np.isinf(base), 1.0, base)
    pull = np.where(np.isinf(base), 0.0, part)  # a full count stays where it is
    ends = []
    for sign in (1, -1):
        near, limit = (np.full(estimate.shape, np.log(one)) for one in (NEAREST, FARTHEST))
        for __ in range(STEPS):
            middle = (near + limit) / 2
            p = _most_likely(shares, finite, sign * np.exp(middle) * pull)
            spread = (pull**2 * p * (1 - p) / finite).sum(axis=0)
            beyond = (estimate - (part * p).sum(axis=0))**2 > far**2 * spread
            near, limit = np.where(beyond, near, middle), np.where(beyond, middle, limit)
        ends.append((part * _most_likely(shares, finite, sign * np.exp(near) * pull)).sum(axis=0))
    return ends[0], ends[1]


def _most_likely(shares: np.ndarray, base: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """Return the root in [0, 1] of pull p² - (base + pull) p + base share = 0."""
    both = base + pull
    root = np.sqrt(np.maximum(both**2 - 4 * pull * base * shares, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(both >= 0, 2 * base * shares / (both + root), (both - root) / (2 * pull))
    return np.clip(np.nan_to_num(p), 0.0, 1.0)


def needed(spread: float, every: int, reach: float) -> int:
    """Return how many units to read so that the interval reaches no farther than ± `reach`.

    Parameters
    ----------
    spread
        As in `Corrected`.
    every
        All units.
    reach
        Half the width of the interval, from 0 to 1.

    Returns
    -------
    int
        Units in the sample, those that were read already included; at most all.
    """
    alone = (-ndtri(TAIL) / reach)**2 * spread
    return int(min(np.ceil(alone / (1 + alone / every)), every))
