"""Agreement beyond chance on ratings in categories, from tables of counts."""

import numpy as np


def tally(given: np.ndarray, weight: np.ndarray, cluster: np.ndarray, clusters: int) -> np.ndarray:
    """Count, for each cluster, the units by how many coders gave the code, and by whom.

    All coefficients for two values follow from these counts, by `moments`.

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


def moments(tallied: np.ndarray, looked: np.ndarray | None = None) -> np.ndarray:
    """Return the sums over units from which every coefficient follows; they add up.

    Parameters
    ----------
    tallied
        As `tally` gives them, shape (…, 2 * coders + 1).
    looked
        Which coders judged the units of a row, bool, shape (…, coders); all of them when left
        out. Rows that fewer than two coders judged count nothing.

    Returns
    -------
    numpy.ndarray
        Shape (…, 8 + 2 * coders). With m coders of whom y say yes, the sums of 1, y > 0, y, m,
        y (m - y) / (m - 1), that divided by m, y / m, and y = m; then y and 1 for each coder.
    """
    coders = tallied.shape[-1] // 2
    if looked is None:
        looked = np.ones((*tallied.shape[:-1], coders), dtype=bool)
    judged = looked.sum(axis=-1)
    there, m = judged > 1, np.maximum(judged, 2)
    units, times = tallied[..., : coders + 1], np.arange(coders + 1)
    n, yes = units.sum(axis=-1), units @ times
    split = (units * (times * np.maximum(m[..., None] - times, 0))).sum(axis=-1) / (m - 1)
    every = np.take_along_axis(units, judged[..., None], axis=-1)[..., 0]
    sums = np.stack([n, n - units[..., 0], yes, n * m, split, split / m, yes / m, every], axis=-1)
    own = np.concatenate([tallied[..., coders + 1:], n[..., None] * looked], axis=-1)
    return np.concatenate([sums, own], axis=-1) * there[..., None]


def coefficients(totals: np.ndarray) -> dict[str, np.ndarray]:
    """Return every coefficient of agreement on one code; not all coders need judge every unit.

    Parameters
    ----------
    totals
        Sums of `moments`, shape (…, 8 + 2 * coders).

    Returns
    -------
    dict
        Name = numbers of shape (…); not a number where it is not defined.

        - ``n``: units; ``any`` and ``every``: units given the code by anyone, by all who judged
        - ``agreement``: share of pairs of coders that agree, mean over units
        - ``positive``: share of pairs that agree among pairs with a yes [1]_
        - ``cohen`` (two coders) or ``fleiss``; ``alpha`` (nominal); ``ac1``; with coders who
          judged some of the units these are the estimators of Gwet [3]_
        - ``pabak``: 2 × agreement - 1 [2]_

    References
    ----------
    .. [1] Cicchetti, D. V. & Feinstein, A. R. (1990). Journal of Clinical Epidemiology, 43,
       551-558.
    .. [2] Byrt, T., Bishop, J. & Carlin, J. B. (1993). Journal of Clinical Epidemiology, 46,
       423-429.
    .. [3] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th edition, chapter 5.
    """
    n, given, yes, ratings, split, apart, share = np.moveaxis(totals[..., :7], -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        agreement, share = 1 - 2 * apart / n, share / n
        return {
            "n": n, "any": given, "every": totals[..., 7], "agreement": agreement,
            "positive": 1 - split / yes,
            **_kappa(totals, agreement, share),
            "alpha": 1 - (ratings - 1) * split / (yes * (ratings - yes)),
            "ac1": _beyond(agreement, 2 * share * (1 - share)),
            "pabak": 2 * agreement - 1,
        }


def prevalence(totals: np.ndarray) -> np.ndarray:
    """Return the share of the units to which each coder gave the code.

    Parameters
    ----------
    totals
        Sums of `moments`, shape (…, 8 + 2 * coders).

    Returns
    -------
    numpy.ndarray
        Shape (…, coders): of the units that this coder judged, and another one too.
    """
    yes, n = np.split(totals[..., 8:], 2, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return yes / n


def _kappa(totals: np.ndarray, agreement: np.ndarray, share: np.ndarray) -> dict[str, np.ndarray]:
    if totals.shape[-1] != 8 + 2 * 2:
        return {"fleiss": _beyond(agreement, share**2 + (1 - share) ** 2)}
    own = prevalence(totals)
    return {"cohen": _beyond(agreement, own.prod(axis=-1) + (1 - own).prod(axis=-1))}


def _beyond(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return (observed - expected) / (1 - expected)
