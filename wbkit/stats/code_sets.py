"""Agreement on which codes a unit has, taken together: alpha with the MASI distance."""

import numpy as np
from scipy import sparse


def numbered(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give each distinct set of codes a number.

    Parameters
    ----------
    given
        Which codes each unit got from each coder, bool, shape (codes, coders, units).

    Returns
    -------
    tuple of numpy.ndarray
        The number of the set of each unit and coder, shape (coders, units); the sets, bool,
        shape (sets, codes).
    """
    codes, coders, units = given.shape
    rows = np.ascontiguousarray(given.reshape(codes, coders * units).T)
    packed = np.packbits(rows, axis=1)
    wide = -packed.shape[1] % 8
    keys = np.pad(packed, ((0, 0), (0, wide))).view(np.uint64)
    flat = keys[:, 0] if keys.shape[1] == 1 else _ranked(keys)
    _, first, which = np.unique(flat, return_index=True, return_inverse=True)
    return which.reshape(coders, units), rows[first]


def _ranked(keys: np.ndarray) -> np.ndarray:
    """Fold several columns into one number for each distinct row."""
    flat = np.zeros(len(keys), dtype=np.int64)
    for column in keys.T:
        _, rank = np.unique(column, return_inverse=True)
        _, flat = np.unique(flat * (rank.max(initial=0) + 1) + rank, return_inverse=True)
    return flat


def masi(sets: np.ndarray) -> np.ndarray:
    """Return the MASI distance of each pair of sets [1]_.

    Parameters
    ----------
    sets
        Which codes are in each set, bool, shape (sets, codes).

    Returns
    -------
    numpy.ndarray
        1 - Jaccard × (1 for equal sets, 2/3 for a part of the other, 1/3 for an overlap, 0);
        two empty sets are equal. Shape (sets, sets).

    References
    ----------
    .. [1] Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and
       pragmatic annotation. Proceedings of LREC 2006.
    """
    codes = sets.astype(np.float32)
    both = codes @ codes.T
    size = codes.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    part = both == np.minimum(size[:, None], size[None, :])
    factor = np.where(both == either, 1, np.where(part, 2 / 3, 1 / 3))
    return 1 - np.where(either == 0, 1, both / np.maximum(either, 1) * factor)


class SetTally:
    """Sets of codes counted by cluster, from which alpha follows for any weights of clusters.

    Parameters
    ----------
    given
        Which codes each unit got from each coder, bool, shape (codes, coders, units).
    weight, cluster, clusters
        As for `tally`.
    """

    def __init__(
        self, given: np.ndarray, weight: np.ndarray, cluster: np.ndarray, clusters: int
    ) -> None:
        which, sets = numbered(given)
        self.distance = masi(sets)
        coders = len(which)
        apart = sum(self.distance[which[one], which[other]]
                    for one in range(coders) for other in range(one))
        self.apart = np.bincount(cluster, weight * apart * 2 / (coders - 1), clusters)
        self.counts = sparse.csr_array(
            (np.tile(weight, coders), (np.tile(cluster, coders), which.ravel())),
            shape=(clusters, len(sets)))

    def alpha(self, drawn: np.ndarray) -> np.ndarray:
        """Return alpha for each row of weights.

        Parameters
        ----------
        drawn
            How often each cluster counts, shape (resamples, clusters).

        Returns
        -------
        numpy.ndarray
            Shape (resamples,); not a number where all sets are the same.
        """
        n = (self.counts.T @ drawn.T).T
        expected = ((n @ self.distance) * n).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = 1 - (n.sum(axis=1) - 1) * (drawn @ self.apart) / expected
        return np.where(expected > 0, found, np.nan)
