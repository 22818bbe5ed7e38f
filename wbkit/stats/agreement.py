"""Agreement beyond chance on ratings in categories, from tables of counts."""

import numpy as np


def tally(given: np.ndarray, weight: np.ndarray, cluster: np.ndarray, clusters: int) -> np.ndarray:
    """Count, for each cluster, the units by how many coders gave the code, and by whom.

    All coefficients for two values follow from these counts, which add up over clusters.

    Parameters
    ----------
    given
        Who gave the code to which unit, bool, shape (coders, units).
    weight
        How often each unit counts (characters in a stretch), shape (units,).
    cluster
        To which cluster each unit belongs, from 0, shape (units,).
    clusters
        How many there are.

    Returns
    -------
    numpy.ndarray
        Shape (clusters, 2 * coders + 1): units given the code by 0, 1, … all coders, then the
        units given it by each coder.
    """
    coders = len(given)
    times = given.sum(axis=0)
    by_times = np.bincount(cluster * (coders + 1) + times, weight, clusters * (coders + 1))
    by_coder = [np.bincount(cluster[mask], weight[mask], clusters) for mask in given]
    return np.column_stack([by_times.reshape(clusters, coders + 1), *by_coder])


def coefficients(totals: np.ndarray) -> dict[str, np.ndarray]:
    """Return every coefficient of agreement on one code.

    Parameters
    ----------
    totals
        Sums of tallies, shape (…, 2 * coders + 1).

    Returns
    -------
    dict
        Name = numbers of shape (…); not a number where it is not defined.

        - ``n``: units; ``any``: units given the code by anyone
        - ``agreement``: share of pairs of coders that agree, mean over units
        - ``positive``: share of pairs that agree among pairs with a yes [1]_
        - ``cohen`` (two coders) or ``fleiss``; ``alpha`` (nominal); ``ac1``
        - ``pabak``: 2 × agreement - 1 [2]_

    References
    ----------
    .. [1] Cicchetti, D. V. & Feinstein, A. R. (1990). Journal of Clinical Epidemiology, 43,
       551-558.
    .. [2] Byrt, T., Bishop, J. & Carlin, J. B. (1993). Journal of Clinical Epidemiology, 46,
       423-429.
    """
    coders = totals.shape[-1] // 2
    units, times = totals[..., : coders + 1], np.arange(coders + 1)
    n = units.sum(axis=-1)
    yes, no = units @ times, units @ (coders - times)
    split = units @ (times * (coders - times)) / (coders - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        agreement = 1 - 2 * split / (n * coders)
        share = yes / (n * coders)
        return {
            "n": n, "any": n - units[..., 0], "agreement": agreement,
            "positive": 1 - split / yes,
            **_kappa(totals, agreement, share),
            "alpha": 1 - (n * coders - 1) * split / (yes * no),
            "ac1": _beyond(agreement, 2 * share * (1 - share)),
            "pabak": 2 * agreement - 1,
        }


def prevalence(totals: np.ndarray) -> np.ndarray:
    """Return the share of the units to which each coder gave the code.

    Parameters
    ----------
    totals
        Sums of tallies, shape (…, 2 * coders + 1).

    Returns
    -------
    numpy.ndarray
        Shape (…, coders).
    """
    coders = totals.shape[-1] // 2
    n = totals[..., : coders + 1].sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return totals[..., coders + 1:] / n


def _kappa(totals: np.ndarray, agreement: np.ndarray, share: np.ndarray) -> dict[str, np.ndarray]:
    if totals.shape[-1] != 5:
        return {"fleiss": _beyond(agreement, share**2 + (1 - share) ** 2)}
    own = prevalence(totals)
    return {"cohen": _beyond(agreement, own.prod(axis=-1) + (1 - own).prod(axis=-1))}


def _beyond(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return (observed - expected) / (1 - expected)
