"""The share of units with a code out of hits and a hand sample, in another way than wbkit.

A regression on the hits by least squares, its residuals summed by cluster in loops, and an
interval from the profile likelihood of two shares, found by root finding.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm


def regression_estimate(found, hand, frame, weights=None):
    """Return the regression estimate of Särndal et al. (1992), 6.4, and its slope."""
    weights = np.ones(len(hand)) if weights is None else weights
    x = np.column_stack([np.ones(len(found)), found])
    root = np.sqrt(weights)
    first, slope = np.linalg.lstsq(x * root[:, None], hand * root, rcond=None)[0]
    return first + slope * frame, slope


def clustered_variance(found, hand, frame, clusters, weights):
    """Return the linearised variance between clusters, with g-weights, without fpc."""
    total = {}
    for value, share in ((True, frame), (False, 1 - frame)):
        inside = [at for at in range(len(hand)) if found[at] == value]
        size = sum(weights[at] for at in inside)
        mean = sum(weights[at] * hand[at] for at in inside) / size
        for at in inside:
            own = share / size * weights[at] * (hand[at] - mean)
            total[clusters[at]] = total.get(clusters[at], 0.0) + own
    n = len(total)
    middle = sum(total.values()) / n
    return n / (n - 1) * sum((one - middle) ** 2 for one in total.values())


def profile_score_ends(yes, base, part):
    """Return the score interval of part[0] p[0] + part[1] p[1]: yes of base units each."""
    shares = [one / n for one, n in zip(yes, base, strict=True)]
    estimate = sum(w * p for w, p in zip(part, shares, strict=True))
    far = norm.ppf(0.975)

    def other(first, theta):
        return (theta - part[0] * first) / part[1]

    def slope(first, theta):  # of the likelihood along the line of shares that give theta
        second = other(first, theta)
        return (yes[0] / first - (base[0] - yes[0]) / (1 - first)
                - part[0] / part[1] * (yes[1] / second - (base[1] - yes[1]) / (1 - second)))

    def beyond(theta):
        edges = sorted([theta / part[0], (theta - part[1]) / part[0]])
        low, high = max(edges[0], 0) + 1e-13, min(edges[1], 1) - 1e-13
        first = brentq(slope, low, high, args=(theta,), xtol=1e-15, rtol=1e-14)
        second = other(first, theta)
        spread = sum(w**2 * p * (1 - p) / n for w, p, n in
                     zip(part, (first, second), base, strict=True))
        return abs(estimate - theta) / np.sqrt(spread) - far

    return (brentq(beyond, 1e-6, estimate - 1e-9, xtol=1e-14),
            brentq(beyond, estimate + 1e-9, 1 - 1e-6, xtol=1e-14))
