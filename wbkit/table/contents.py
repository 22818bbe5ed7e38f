"""What a Table holds: numbers by id, statements about them, and their sources."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import pandas as pd

from wbkit.errors import DataError
from wbkit.study.codebook import Codebook
from wbkit.study.source import Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import (
    NO_VALID,
    NOT_ASKED,
    Base,
    Count,
    Fact,
    NoInterval,
    Outside,
    canonical,
)
from wbkit.table.kinds import KINDS

CELL_END, ROW_END = "\x1f", "\x1e"  # ASCII separators: no answer holds them
ADDRESS = ("source", "moment", "item", "measure", "cell")
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
            raise DataError(
                f"{name!r} is a column that a {self.kind} Table has itself, so its groups cannot "
                f"be named like it. Give the item another id in study.toml, such as {name}_group, "
                f"and write column = {name!r}."
            )
        object.__setattr__(self, "facts", hide(self.facts, self.minimum))

    @property
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


def hide(facts: tuple[Fact, ...], minimum: int) -> tuple[Fact, ...]:
    """Hide every Count of fewer than `minimum` units, and what would give it away.

    Gives reasons of which one is small are taken together by item; a total is hidden where it
    would give a hidden reason; a number made of a hidden count goes with it.
    """
    if minimum <= 1:
        return facts
    bases = [fact for fact in facts if isinstance(fact, Base)]
    if any(_small(base.n, minimum) for base in bases):
        facts = tuple(fact for fact in facts if not isinstance(fact, Outside))
    facts = tuple(_hidden(fact, minimum) for fact in _together(facts, minimum))
    facts = tuple(fact for fact in facts if not _gives_away(fact))
    unknown = any(isinstance(fact, Outside) and not fact.n.known for fact in facts)
    known = tuple(_without_total(fact, minimum, unknown) if isinstance(fact, Base) else fact
                  for fact in facts)
    bases = [pair for pair in zip(facts, known, strict=True) if isinstance(pair[0], Base)]
    return tuple(_without_part_taken(fact, bases, minimum) if isinstance(fact, NoInterval)
                 else fact for fact in known)


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
    return fact.vanishes and any(not count.known for _, _, count in fact.counts())


def _without_total(base: Base, minimum: int, unknown: bool) -> Base:
    """Leave out of how many the base is, where the difference is or gives a hidden count."""
    close = base.n is not None and base.n.known and base.looked.known \
        and 0 < base.looked.n - base.n.n < minimum
    shut = base.closed and not base.n.known
    return replace(base, looked=Count(None)) if close or shut or unknown else base


def _without_part_taken(
    fact: NoInterval, bases: list[tuple[Base, Base]], minimum: int
) -> NoInterval:
    """Leave out how many took part, where a base or a total that went makes it tell too much."""
    if fact.answered is None or not fact.answered.known:
        return fact
    taken = fact.answered.n
    gone = [before.looked.n for before, after in bases
            if before.looked.known and not after.looked.known]
    shown = [after.n.n for _, after in bases if after.n is not None and after.n.known]
    tells = any(0 <= taken - total < minimum for total in gone) \
        or any(0 < taken - base < minimum for base in shown)
    return replace(fact, answered=None) if tells else fact
