"""The answers to one item in each group: what every test of a difference starts from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from wbkit.data.cells import BASE, OUTSIDE, VALUE, Cells
from wbkit.stats.taylor import Linear
from wbkit.study.item import NO, YES, Item
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.linearisation import Sample, linear_of_counts, sample_of


@dataclass(frozen=True, eq=False)
class Grouped:
    """Answers in groups, of units whose design is known.

    Parameters
    ----------
    sample
        The settled sample.
    rows
        part, n, w, w2: units with one answer in one group and one part of the sample.
    group, value
        The place of the group and of the answer of each row.
    groups, values
        Ids; only those that somebody has.
    there
        Units of each part of the sample, also those without an answer, a group or a weight.
    """

    sample: Sample
    rows: pd.DataFrame
    group: np.ndarray
    value: np.ndarray
    groups: tuple[str, ...]
    values: tuple[str, ...]
    there: np.ndarray

    @cached_property
    def table(self) -> np.ndarray:
        """Units in each group with each answer, shape (groups, values)."""
        return self._summed("n")

    @cached_property
    def weights(self) -> np.ndarray:
        """Sums of weights, scaled to the number of units; shape (groups, values)."""
        sums = self._summed("w")
        return sums * self.base / sums.sum()

    @property
    def base(self) -> int:
        """How many units are compared."""
        return int(self.rows["n"].sum())

    @property
    def numbers(self) -> np.ndarray:
        """The answers as numbers, where they are numbers."""
        return np.array([float(value) for value in self.values])

    @cached_property
    def df(self) -> int:
        """Sampling units less strata, among the units that are compared."""
        return self._df(np.bincount(self.rows["part"], self.rows["n"], len(self.there)))

    @cached_property
    def df_there(self) -> int:
        """Sampling units less strata, among all units, as R's ``svychisq`` counts them."""
        return self._df(self.there)

    def _df(self, present: np.ndarray) -> int:
        return int(self.sample.df(present[:, None])[0])

    def covariance(self, z: np.ndarray) -> np.ndarray:
        """Return the covariances of statistics, from their linearised value in each row."""
        linear: Linear = linear_of_counts(self.sample, self.rows, z)
        return self.sample.variance(linear)

    def _summed(self, name: str) -> np.ndarray:
        shape = (len(self.groups), len(self.values))
        place = self.group * shape[1] + self.value
        weights = self.rows[name].to_numpy(float)
        return np.bincount(place, weights, shape[0] * shape[1]).reshape(shape)


def endless_sample(counted: Cells) -> Sample:
    """Return the sample as one out of an endless population.

    A difference between groups is asked of what made them differ, not of these very units: a
    finite population has no part in a test.
    """
    return endless(sample_of(settle(counted)))


def endless(sample: Sample) -> Sample:
    """Leave the finite population correction out."""
    parts = replace(sample.parts, population=np.full_like(sample.parts.population, np.inf))
    return replace(sample, parts=parts)


def in_groups(sample: Sample, item: Item, group: Item, option: str | None = None) -> Grouped:
    """Take the answers to an item, or to one option of it, by group."""
    counted = sample.cells
    rows = counted.of(item)
    there = _there(rows, item, len(sample.parts.n)) + counted.drawn["n_weightless"]
    rows = rows[(rows["group"] != "").to_numpy()]
    if option is not None:
        rows, values = _ticked(rows, option), (NO, YES)
    else:
        rows, values = rows[(rows["role"] == VALUE).to_numpy()], counted.values(item)
    groups, group_codes = _met(rows["group"], counted.values(group))
    values, value_codes = _met(rows["value"], values)
    return Grouped(sample, rows[["part", "n", "w", "w2"]].reset_index(drop=True), group_codes,
                   value_codes, groups, values, there)


def _there(rows: pd.DataFrame, item: Item, size: int) -> np.ndarray:
    """Count the units of each part of the sample once, whether they answered or not."""
    answered = BASE if item.kind == "multiple" else VALUE
    once = rows[rows["role"].isin((answered, OUTSIDE)).to_numpy()]
    return np.bincount(once["part"], once["n"], size)


def _met(column: pd.Series, ids: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the ids that occur, in order, and the place of each row among them."""
    found = set(column)
    kept = tuple(one for one in ids if one in found)
    return kept, pd.Index(kept, dtype=object).get_indexer(column)


def _ticked(rows: pd.DataFrame, option: str) -> pd.DataFrame:
    """Return who ticked an option, and who answered without ticking it."""
    keys = ["part", "group"]
    base = rows[(rows["role"] == BASE).to_numpy()].set_index(keys)[["n", "w", "w2"]]
    yes = rows[((rows["role"] == VALUE) & (rows["value"] == option)).to_numpy()] \
        .set_index(keys)[["n", "w", "w2"]].reindex(base.index, fill_value=0)
    both = pd.concat({YES: yes, NO: base - yes}, names=["value"]).reset_index()
    return both[both["n"] > 0]
