"""P-values of a family of tests, adjusted for how many there are."""

import numpy as np

METHODS = ("holm", "bonferroni", "bh", "by", "none")


def adjusted(p: np.ndarray, method: str) -> np.ndarray:
    """Return p-values adjusted for the size of their family.

    Parameters
    ----------
    p
        Raw p-values; absent ones are no part of the family.
    method
        ``holm`` [1]_, ``bonferroni``, ``bh`` [2]_, ``by`` [3]_ or ``none``.

    Returns
    -------
    numpy.ndarray
        As many as `p`.

    References
    ----------
    .. [1] Holm, S. (1979). Scandinavian Journal of Statistics, 6, 65-70.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Journal of the Royal Statistical Society B, 57,
       289-300.
    .. [3] Benjamini, Y. & Yekutieli, D. (2001). Annals of Statistics, 29, 1165-1188.
    """
    p = np.asarray(p, float)
    known = ~np.isnan(p)
    found = p.copy()
    if known.any() and method != "none":
        found[known] = _adjusted(p[known], method)
    return found


def _adjusted(p: np.ndarray, method: str) -> np.ndarray:
    """Multiply ordered p-values, and let none overtake the next."""
    size, place = len(p), np.argsort(np.argsort(p, kind="stable"), kind="stable")
    ordered, rank = np.sort(p), np.arange(1, len(p) + 1)
    if method in ("bh", "by"):
        harmonic = (1 / rank).sum() if method == "by" else 1.0
        raised = np.minimum.accumulate((ordered * harmonic * size / rank)[::-1])[::-1]
    else:
        times = np.full(size, size) if method == "bonferroni" else size + 1 - rank
        raised = np.maximum.accumulate(ordered * times)
    return np.minimum(raised, 1.0)[place]
