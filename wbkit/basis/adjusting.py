"""P-values of a family of tests, adjusted for how many there are."""

import numpy as np
from statsmodels.stats.multitest import multipletests

METHODS = {"holm": "holm", "bonferroni": "bonferroni", "bh": "fdr_bh", "by": "fdr_by", "none": ""}


def adjusted(p: np.ndarray, method: str) -> np.ndarray:
    """Return p-values adjusted for the size of their family.

    Parameters
    ----------
    p
        Raw p-values; absent ones are no part of the family.
    method
        ``holm`` [1]_, ``bonferroni``, ``bh`` [2]_, ``by`` or ``none``.

    Returns
    -------
    numpy.ndarray
        As many as `p`.

    References
    ----------
    .. [1] Holm, S. (1979). Scandinavian Journal of Statistics, 6, 65-70.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Journal of the Royal Statistical Society B, 57,
       289-300.
    """
    p = np.asarray(p, float)
    known = ~np.isnan(p)
    found = p.copy()
    if METHODS[method] and known.any():
        found[known] = multipletests(p[known], method=METHODS[method])[1]
    return found
