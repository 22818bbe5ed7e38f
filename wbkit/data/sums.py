"""Sums of numeric items over units, and of their products."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over the units that answered every one of some numeric items.

    Parameters
    ----------
    keys
        One row for each stratum, PSU, margin cell and group.
    n, w, w2
        Units, sum of weights, sum of squared weights; shape (rows,).
    x, wx, w2x
        Sums of the items, plain and weighted; shape (rows, items).
    wxx, w2xx
        Weighted sums of products of items; shape (rows, items, items).
    """

    keys: pd.DataFrame
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    x: np.ndarray
    wx: np.ndarray
    w2x: np.ndarray
    wxx: np.ndarray
    w2xx: np.ndarray

    ARRAYS = ("n", "w", "w2", "x", "wx", "w2x", "wxx", "w2xx")

    def __add__(self, other: Self) -> Self:
        keys = pd.concat([self.keys, other.keys], ignore_index=True)
        arrays = {name: np.concatenate([getattr(self, name), getattr(other, name)])
                  for name in self.ARRAYS}
        return Moments(keys, **arrays).together()

    def together(self) -> Self:
        """Add up the rows that have the same keys."""
        grouped = self.keys.groupby(list(self.keys.columns), sort=True, observed=True)
        number = grouped.ngroup().to_numpy()
        first = np.zeros(grouped.ngroups, dtype=int)
        first[number[::-1]] = np.arange(len(number))[::-1]
        arrays = {name: _summed(getattr(self, name), number, len(first)) for name in self.ARRAYS}
        return Moments(self.keys.iloc[first].reset_index(drop=True), **arrays)


def numbered(columns: Sequence[np.ndarray]) -> np.ndarray:
    """Number the combinations of keys, in the order in which they first occur."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, found = pd.factorize(column, use_na_sentinel=False)
        if len(found) > 1:
            number = pd.factorize(number * len(found) + codes)[0]
    return number


def _summed(array: np.ndarray, number: np.ndarray, size: int) -> np.ndarray:
    out = np.zeros((size, *array.shape[1:]), dtype=array.dtype)
    np.add.at(out, number, array)
    return out
