"""The additive count table of one pass over Responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from typing_extensions import override

from wbkit.data.source_data import Condition, Meaning
from wbkit.errors import DataError
from wbkit.messages import _, message
from wbkit.study.item import NO_ANSWER, NOT_ASKED, Item
from wbkit.study.source import Source

KEYS = ("stratum", "psu", "ssu", "margin_cell")
SUMS = ("n", "w", "w2")
UNIT_SUMS = (*SUMS, "d", "untrimmed", "n_weightless")
POPULATION = ("population_1", "population_2")
COUNT_KEYS, UNIT_KEYS = (*KEYS, "item", "group", "value", "role"), (*KEYS, *POPULATION)
VALUE, BASE, OUTSIDE = "value", "base", "outside"


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows as arrays, one for each column; a DataFrame is made when it is asked for."""

    columns: Mapping[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __add__(self, other: Self) -> Self:
        return Rows({name: np.concatenate([one, other[name]])
                     for name, one in self.columns.items()})

    def assign(self, **columns: np.ndarray) -> Self:
        """Put columns beside those that are there, or in their place."""
        return Rows({**self.columns, **columns})

    def at(self, places: np.ndarray | slice) -> Self:
        """Return the rows at these places, or where a mask is true."""
        return Rows({name: one[places] for name, one in self.columns.items()})

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows as a DataFrame, texts as objects."""
        return pd.DataFrame({name: pd.Series(one, dtype=object) if one.dtype == object else one
                             for name, one in self.columns.items()})


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


@dataclass(frozen=True, repr=False, eq=False)
class Cells(Meaning):
    """Counts of one source that can be added: one row for each cell, no row for a person.

    Every unit of the part that is looked at stands in exactly one cell of each item and group:
    a value, or the reason why it gave none. The options of a multiple item and the places of a
    ranking are the exception: each is counted beside one row for all who answered.

    Parameters
    ----------
    source
        What every item means, and how the units came in.
    items
        Ids of the items that were counted.
    by
        Id of the item that divides the units into groups.
    rows
        Arrays of `counts`: stratum, psu, ssu, margin_cell, item, group, value, role, n, w, w2.
        ``role`` is ``value`` (an answer; of a ranking an option with its place, ``coach:1``),
        ``base`` (all who answered a multiple item, a ranking or a numeric
        item) or ``outside`` (``value`` then says why: ``no_answer``, ``not_asked``, a missing
        code). ``group`` is empty for units without an answer to `by`.
    drawn
        Arrays of `units`: stratum, psu, ssu, margin_cell, population_1, population_2, n, w, w2,
        d, untrimmed, n_weightless: every unit of the sample, also outside the part that is
        looked at. The populations are the sizes at each stage of drawing, absent where they are
        not known;
        ``d`` is the sum of the weights before calibration, ``untrimmed`` of the calibrated
        weights before trimming; ``n_weightless`` counts those of the part that weigh 0: drawn,
        so sampling units, and in no row.
    moments
        For each numeric item, for all of them together, and for the options of each multiple
        item (1 when ticked): sums and sums of products over the units that answered them all.
    found
        The values that were met of items that take theirs from the data.
    conditions, assumption
        As in Responses.
    left_out
        Units that cannot be weighted: no answer to an item of the design.
    settled
        Whether weights and populations were filled in from the declared counts already.
    """

    source: Source
    items: tuple[str, ...]
    by: str | None
    rows: Rows
    drawn: Rows
    moments: Mapping[tuple[str, ...], Moments]
    found: Mapping[str, tuple[str, ...]]
    conditions: tuple[Condition, ...] = ()
    assumption: str | None = None
    left_out: int = 0
    weightless: int = 0  # of those left out: units that weigh 0, drawn all the same
    settled: bool = False
    inside: int = 0  # units that are looked at, also those left out
    exploratory: bool = False  # items or groups were chosen after looking

    @property
    def n(self) -> int:
        """How many units are looked at."""
        return self.inside

    @property
    def sample(self) -> int:
        """How many units answered, also outside the part that is looked at."""
        return int(self.drawn["n"].sum()) + self.left_out - self.weightless

    @property
    def counts(self) -> pd.DataFrame:
        """One row for each cell that somebody is in."""
        return self.rows.frame

    @property
    def units(self) -> pd.DataFrame:
        """One row for each part of the sample."""
        return self.drawn.frame

    @cached_property
    def _lines(self) -> Mapping[str, Rows]:
        if len(self.items) == 1:
            return {self.items[0]: self.rows}
        codes, names = pd.factorize(self.rows["item"])
        ends = np.cumsum(np.bincount(codes, minlength=len(names)))[:-1]
        places = np.split(np.argsort(codes, kind="stable"), ends)
        found = dict(zip(names, places, strict=False))
        return {name: self.rows.at(found.get(name, np.zeros(0, dtype=int))) for name in self.items}

    @override
    def values(self, item: str | Item) -> tuple[str, ...]:
        item = self.item(item)
        return self.found.get(item.name, item.categories)

    def of(self, item: str | Item) -> pd.DataFrame:
        """Return the counts of one item.

        Parameters
        ----------
        item
            Id of an item, or the item itself.

        Returns
        -------
        pandas.DataFrame
            The rows of `counts` of this item.

        Raises
        ------
        DataError
            If the item was not counted.
        """
        return self.lines(item).frame

    def lines(self, item: str | Item) -> Rows:
        """Return the rows of `of` as arrays."""
        item = self.item(item)
        if item.name not in self.items:
            raise DataError(_(
                "{source}: these Cells do not count {item}; they count {items}. Make them with "
                "count_cells(..., [{item!r}]).",
                source=self.source.name, item=item.name, items=", ".join(self.items)))
        return self._lines[item.name]

    def in_base(self, item: str | Item) -> np.ndarray:
        """Mark the rows of `lines` that together hold everyone who answered."""
        role = self.lines(item)["role"]
        return (role == BASE) if self.item(item).several else \
            (role == BASE) | (role == VALUE)

    @override
    def state_counts(self, item: str | Item) -> dict[str, int]:
        name, found = self.item(item).name, {}
        lines = self._lines.get(name)
        outside = [] if lines is None else np.flatnonzero(lines["role"] == OUTSIDE)
        for place in outside:
            why = lines["value"][place]
            found[why] = found.get(why, 0) + int(lines["n"][place])
        return found

    @override
    def codes(self, item: str | Item) -> tuple[str, ...]:
        item = self.item(item)
        found = sorted(set(self.state_counts(item)) - {NO_ANSWER, NOT_ASKED})
        return tuple(dict.fromkeys((*item.missing, *found)))

    @override
    def answered(self, item: str | Item) -> int:
        return int(self.lines(item)["n"][self.in_base(item)].sum())

    @override
    def ungrouped(self, group: str | Item) -> int:
        lines = self.lines(self.items[0])
        once = self.in_base(self.items[0]) | (lines["role"] == OUTSIDE)
        return int(lines["n"][once & (lines["group"] == "")].sum())

    def moments_of(self, items: str | Sequence[str]) -> Moments:
        """Return the moments of one numeric item, or of several together.

        Parameters
        ----------
        items
            Id of an item, or a list of them; units count that answered every one.

        Returns
        -------
        Moments
            The sums.

        Raises
        ------
        DataError
            If these moments were not made.
        """
        names = (items,) if isinstance(items, str) else tuple(items)
        if names in self.moments:
            return self.moments[names]
        made = "; ".join(", ".join(names) for names in self.moments) or _("none")
        raise DataError(_(
            "{source}: these Cells hold no moments of {names} together; they hold those of: "
            "{made}. Make them with count_cells(..., {items!r}).",
            source=self.source.name, names=", ".join(names), made=made, items=list(names)))

    def __add__(self, other: Self) -> Self:
        """Add the Cells of two parts of one source."""
        _refuse_other_source(self, other)
        return replace(
            self,
            rows=together(self.rows + other.rows, COUNT_KEYS, SUMS),
            drawn=together(self.drawn + other.drawn, UNIT_KEYS, UNIT_SUMS),
            moments={names: self.moments[names] + other.moments[names] for names in self.moments},
            found={name: _in_order(self.item(name), self.found[name] + other.found[name])
                   for name in self.found},
            left_out=self.left_out + other.left_out,
            weightless=self.weightless + other.weightless,
            inside=self.inside + other.inside,
            exploratory=self.exploratory or other.exploratory,
        )

    def __repr__(self) -> str:
        return (f"{self.source.words()}: {self.n} {self.source.units(self.n)}, "
                f"{len(self.items)} {message('items', self.source.language)}, "
                f"{len(self.rows)} {message('cells', self.source.language)}")


def _refuse_other_source(one: Cells, other: object) -> None:
    if not isinstance(other, Cells):
        raise DataError(_(
            "Cells can be added to Cells only, and there is {type}. Give Cells.",
            type=type(other).__name__))
    for name in ("source", "items", "by", "conditions", "assumption", "settled"):
        if getattr(one, name) != getattr(other, name):
            raise DataError(_(
                "{source} and {other}: these Cells differ in {name}, so they are no parts "
                "of one source. Add parts of one source that were counted alike; put different "
                'sources together with pool_cells({{"school A": a, …}}).',
                source=one.source.name, other=other.source.name, name=name))


def together(rows: Rows, keys: Sequence[str], sums: Sequence[str]) -> Rows:
    """Add up the rows that have the same keys."""
    number = numbered([rows[key] for key in keys])
    first = np.unique(number, return_index=True)[1]
    added = {name: np.bincount(number, rows[name], len(first)).astype(rows[name].dtype)
             for name in sums}
    return Rows({key: rows[key][first] for key in keys} | added)


def _in_order(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    key = float if item.kind == "numeric" else str
    return tuple(sorted(set(values), key=key))


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
