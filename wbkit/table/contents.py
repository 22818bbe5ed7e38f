"""What a Table holds: numbers by id, statements about them, and their sources."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import combinations
from typing import TypeVar

import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.codebook import Codebook
from wbkit.study.source import Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import (
    BESIDE,
    NO_VALID,
    NOT_ASKED,
    Base,
    Count,
    Fact,
    Outside,
    Ungrouped,
    canonical,
    known,
)
from wbkit.table.kinds import KINDS

CELL_END, ROW_END = "\x1f", "\x1e"  # ASCII separators: no answer holds them
ADDRESS = ("source", "moment", "item", "measure", "cell")
BASED = ("frequency", "ranking", "estimate", "test", "reliability")  # a base for each item
Some = TypeVar("Some", bound=Fact)


@dataclass(frozen=True, repr=False)
class Contents:
    """Numbers and statements by id, without a word of any language."""

    data: pd.DataFrame
    kind: str
    dimensions: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source | Codebook | Vocabulary, ...] = ()

    def __post_init__(self) -> None:
        """Hide what is too small, and refuse a group that is named like a column of the kind."""
        form = KINDS[self.kind]
        taken = set(self.dimensions) & set(form.columns) - set(form.dimensions)
        if taken:
            name = sorted(taken)[0]
            raise DataError(_(
                "{name!r} is a column that a {kind} Table has itself, so its groups cannot be "
                "named like it. Give the item another id in study.toml, such as {name}_group, and "
                "write column = {name!r}.",
                name=name, kind=self.kind))
        if self.minimum > 1:
            object.__setattr__(self, "facts", hide(self.facts, self.minimum, self._bases))

    @property
    def _bases(self) -> list[float]:
        """How many units are in the base of each item, in all its groups together."""
        column = "base" if "base" in self.data else "n"
        if self.kind not in BASED or not {"item", column} <= set(self.data):
            return []
        if not self.dimensions:
            return self.data[column].dropna().unique().tolist()
        once = self.data.drop_duplicates(["item", *self.dimensions])
        return once.groupby("item")[column].agg(pd.Series.sum, skipna=False).dropna().tolist()

    @cached_property
    def data_sets(self) -> list[Source]:
        """The sources that hold data; the others say what ids mean."""
        return [one for one in self.sources if isinstance(one, Source)]

    @property
    def minimum(self) -> int:
        """The smallest count that all of the sources show."""
        return max((one.minimum for one in self.data_sets), default=1)

    @property
    def synthetic(self) -> bool:
        """Whether any of the sources was made up."""
        return any(one.synthetic for one in self.data_sets)

    @property
    def language(self) -> str:
        """The language of the study, in which a Table is shown when no other is asked for."""
        return next((one.language for one in self.data_sets), "nl")

    def found(self, *kinds: type[Some]) -> list[Some]:
        """Return the statements of these classes, in order."""
        return [fact for fact in self.facts if isinstance(fact, kinds)]

    @property
    def cells(self) -> pd.DataFrame:
        """The address of each number: source, moment, item, measure, cell, number.

        ``cell`` joins the part of the units that is looked at, the dimensions and their
        categories: ``leerweg=bol; niveau=2; value=eens``. The counts in `facts` follow: their
        measure is the statement and its field, ``outside.n``.
        """
        source = "+".join(one.name for one in self.data_sets)
        parts = [f"{fact.item}={'|'.join(fact.values)}" for fact in self.facts
                 if fact.key == "part"]
        inside = [*self._data_cells(parts), *self._fact_cells(parts)]
        frame = pd.DataFrame(inside, columns=[*ADDRESS[1:], "number"])
        return frame.assign(source=source)[[*ADDRESS, "number"]]

    def _data_cells(self, parts: list[str]) -> Iterator[tuple]:
        measures = [name for name in self.data if KINDS[self.kind].is_number(name)]
        keys = [name for name in self.data if name not in measures
                and name not in ("state", "item", "moment", "measure", "break")]
        rows = self.data.to_dict("records")
        for measure in measures:
            for row in rows:
                cell = "; ".join([*parts, *(f"{key}={row[key]}" for key in keys)])
                yield row.get("moment", ""), row.get("item", ""), measure, cell, row[measure]

    def _fact_cells(self, parts: list[str]) -> Iterator[tuple]:
        for fact in self.facts:
            for measure, address, count in fact.counts():
                cell = "; ".join(filter(None, [*parts, address]))
                yield "", getattr(fact, "item", ""), measure, cell, count.n

    @property
    def fingerprint(self) -> str:
        """Twelve digits of the sha256 of numbers and facts, to six decimals; in no language."""
        lines = [self.kind, *sorted(fact.line for fact in self.facts)]
        lines += [CELL_END.join(self.data.columns)]
        lines += [CELL_END.join(map(canonical, row)) for row in self.data.itertuples(index=False)]
        return hashlib.sha256(ROW_END.join(lines).encode()).hexdigest()[:12]


# The one rule that hides small counts


def hide(
    facts: tuple[Fact, ...], minimum: int, bases: Sequence[float] = ()
) -> tuple[Fact, ...]:
    """Hide every Count of fewer than `minimum` units, and what would give it away.

    Reasons of which one is small are taken together by item; a number made of a hidden count
    goes with it. A total goes where less a base, and less any of the counts beside it, it leaves
    fewer than `minimum`. `bases` are those that stand in the data.
    """
    if minimum <= 1:
        return facts
    stated = [fact.n for fact in facts if isinstance(fact, Base)]
    if any(_small(count, minimum) for count in stated):
        facts = tuple(fact for fact in facts if not isinstance(fact, Outside))
    facts = tuple(_hidden(fact, minimum) for fact in _together(facts, minimum))
    read = {*bases, *(count.n for count in stated if known(count))}
    left = {base + part for base in read for part in _beside(facts)}
    unknown = any(isinstance(fact, Outside | Ungrouped) and not fact.n.known for fact in facts)
    facts = tuple(_without_totals(fact, left, minimum, unknown) for fact in facts)
    return tuple(fact for fact in facts if not _gives_away(fact))


def _small(count: Count | None, minimum: int) -> bool:
    return count is not None and count.n is not None and 0 < count.n < minimum


def _together(facts: tuple[Fact, ...], minimum: int) -> list[Fact]:
    """Add up the reasons of an item, so that none of the small ones can be read."""
    few = {fact.item for fact in facts if isinstance(fact, Outside)
           and fact.reason != NOT_ASKED and _small(fact.n, minimum)}
    sums = {item: sum(fact.n.n for fact in facts if _is_reason(fact, item)) for item in few}
    kept: list[Fact] = []
    for fact in facts:
        item = next((one for one in few if _is_reason(fact, one)), None)
        if item is None:
            kept.append(fact)
        elif item in sums:
            kept.append(Outside(item, NO_VALID, Count(sums.pop(item))))
    return kept


def _is_reason(fact: Fact, item: str) -> bool:
    return isinstance(fact, Outside) and fact.item == item and fact.reason != NOT_ASKED


def _hidden(fact: Fact, minimum: int) -> Fact:
    small = {one.name: Count(None) for one in fields(fact)
             if isinstance(value := getattr(fact, one.name), Count) and _small(value, minimum)}
    return replace(fact, **small) if small else fact


def _gives_away(fact: Fact) -> bool:
    """Whether a statement is nothing but a hidden count, or a number made of one."""
    return fact.vanishes and any(value is None or value == Count(None) for value in (
        getattr(fact, one.name) for one in fields(fact)))


def _beside(facts: tuple[Fact, ...]) -> set[float]:
    """Return what the counts beside a base can add up to, of one item at a time."""
    beside = [fact for fact in facts if fact.key in BESIDE and fact.n.known]
    items = {fact.item for fact in beside if isinstance(fact, Outside)} or {""}
    parts = [[fact.n.n for fact in beside if not isinstance(fact, Outside) or fact.item == item]
             for item in items]
    return {sum(some) for counts in parts for size in range(len(counts) + 1)
            for some in combinations(counts, size)}


def _without_totals(fact: Fact, left: set[float], minimum: int, unknown: bool) -> Fact:
    """Leave out the Counts of everyone of which too few are left, or a hidden number of them."""
    open_base = isinstance(fact, Base) and (
        fact.n is None or (fact.closed and not known(fact.n)))
    gone = [name for name in fact.totals if (count := getattr(fact, name)) is not None and (
        unknown or (open_base and name == "looked")
        or (known(count) and any(0 < count.n - one < minimum for one in left)))]
    return replace(fact, **dict.fromkeys(gone)) if gone else fact
