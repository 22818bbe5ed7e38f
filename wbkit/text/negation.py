"""Which hits of a term stand in a clause that is negated in Dutch."""

import numpy as np

from wbkit.text.terms import Hits

NEGATING = ("geen", "niet", "nooit", "zonder", "nauwelijks", "amper", "niks", "niets", "noch",
            "nergens", "niemand")
NOT_NEGATING = ("niet alleen", "niet enkel", "niet slechts")
# A clause also ends where one of these begins another one: "niet leuk maar wel stress".
JOINING = ("maar", "want", "omdat", "doordat", "zodat", "waardoor", "terwijl", "dus", "hoewel",
           "als", "toen", "wanneer", "dat")
WORDS = (*NEGATING, *NOT_NEGATING, *JOINING)


def negated(hits: Hits, words: Hits) -> np.ndarray:
    """Say for each hit whether a negating word stands in its clause, before or after it.

    Parameters
    ----------
    hits
        The hits of terms.
    words
        The hits of `WORDS` in the same texts, numbered in that order.

    Returns
    -------
    numpy.ndarray of bool
        One for each hit.
    """
    kinds = np.repeat([0, 1, 2], [len(NEGATING), len(NOT_NEGATING), len(JOINING)])[words.term]
    joints = np.sort(_places(words)[kinds == 2])
    only = np.isin(_places(words), _places(words)[kinds == 1])
    negating = words.where((kinds == 0) & ~only)
    return np.isin(_clauses(hits, joints), _clauses(negating, joints))


def _places(hits: Hits) -> np.ndarray:
    return hits.text.astype(np.int64) << 32 | hits.start


def _clauses(hits: Hits, joints: np.ndarray) -> np.ndarray:
    """Return the number of the clause, counted on at every joining word."""
    return hits.clause.astype(np.int64) + np.searchsorted(joints, _places(hits), side="right")
