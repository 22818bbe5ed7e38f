"""What is known of a Table beside its data: statements of ids and counts, without a word.

A number of units in a statement is a `Count`: a cell like those of the data, hidden by the same
rule. What only repeats study.toml (a note of an item, a unit that is missing) is a mark: the words
are looked up when the Table is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

import pandas as pd

FIELD_END, PART_END = "\x1f", "\x1d"  # ASCII separators: no answer holds them
NOT_ASKED, NO_VALID = "not_asked", "no_valid"
BESIDE = ("outside", "ungrouped", "leftout")  # statements that count units outside the base


@dataclass(frozen=True)
class Count:
    """A number of units; None where it is hidden."""

    n: float | None

    @property
    def known(self) -> bool:
        """Whether the number may be read."""
        return self.n is not None


def known(count: Count | None) -> bool:
    """Whether a number is stated, and may be read."""
    return count is not None and count.known


@dataclass(frozen=True)
class Fact:
    """A statement about a Table; `essential` ones stand under it in its short form too."""

    place: ClassVar[str] = "notes"
    essential: ClassVar[bool] = True
    vanishes: ClassVar[bool] = False  # says nothing, or gives too much, when a Count is hidden
    totals: ClassVar[tuple[str, ...]] = ()  # Counts of everyone, which less a base can be small

    @property
    def key(self) -> str:
        """The name of the statement in addresses and fingerprints."""
        return type(self).__name__.lower()

    @property
    def line(self) -> str:
        """What a fingerprint holds of it; a hidden Count is empty."""
        return FIELD_END.join([self.key, *(canonical(getattr(self, one.name))
                                           for one in fields(self))])

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """What ids are called where it holds: column = id = key of the label table."""
        return {}

    def counts(self) -> Iterator[tuple[str, str, Count]]:
        """Yield each Count with its name and its address."""
        ids = [f"{one.name}={canonical(value)}" for one in fields(self)
               if isinstance(value := getattr(self, one.name), str | tuple) and value]
        for one in fields(self):
            if isinstance(value := getattr(self, one.name), Count):
                yield f"{self.key}.{one.name}", "; ".join(ids), value


@dataclass(frozen=True)
class Naming(Fact):
    """A statement that gives the words of one id: of `id` in the column `column`."""

    place: ClassVar[str] = "ids"


def canonical(value: object) -> str:
    """Write a value the same way on every machine; tiny numbers are 0, absent ones empty."""
    if isinstance(value, Count):
        return canonical(value.n)
    if isinstance(value, tuple):
        return PART_END.join(map(canonical, value))
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{round(value, 6) + 0.0:.6f}"
    return str(value)


# What the Table is about


@dataclass(frozen=True)
class Subject(Fact):
    """Which items are counted, by which groups, in which form of title."""

    place: ClassVar[str] = "title"
    form: str
    items: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted(Fact):
    """What n counts, where it is not the unit of the source."""

    place: ClassVar[str] = "units"
    unit: str


@dataclass(frozen=True)
class Overlapping(Fact):
    """One unit can have several of the values, so that they may not be added up."""

    place: ClassVar[str] = "units"


@dataclass(frozen=True)
class ShortNames(Fact):
    """Items are called by their short words; an empty one is the whole row."""

    place: ClassVar[str] = "units"


@dataclass(frozen=True)
class Derived(Fact):
    """A rule made the item out of others: nobody was asked."""

    place: ClassVar[str] = "base"
    item: str
    rule: str
    parents: tuple[str, ...]


# The base


@dataclass(frozen=True)
class Base(Fact):
    """Who is in the base, out of how many; `n` is absent where each item or group has its own.

    Of real people `looked` is absent where it would give a hidden count.
    """

    place: ClassVar[str] = "base"
    totals: ClassVar[tuple[str, ...]] = ("looked",)
    of: str
    looked: Count | None
    n: Count | None = None
    each: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether who is not in the base is counted elsewhere, so that the total gives n."""
        return False


@dataclass(frozen=True)
class Part(Fact):
    """Only the units with one of these answers are looked at."""

    place: ClassVar[str] = "base"
    item: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Routed(Fact):
    """Only who gave one of these answers was asked."""

    place: ClassVar[str] = "base"
    item: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Cleaned(Fact):
    """How many rows of a file were kept and how many set aside: rows, not people."""

    place: ClassVar[str] = "base"
    kept: int
    aside: int


# On what intervals and tests rest


@dataclass(frozen=True)
class NoInterval(Fact):
    """Why the design of the source carries no interval.

    How many took part is absent where it would give a hidden count away.
    """

    place: ClassVar[str] = "basis"
    totals: ClassVar[tuple[str, ...]] = ("answered",)
    reason: str
    answered: Count | None
    invited: int | None = None


@dataclass(frozen=True)
class Drawn(Fact):
    """The interval or test rests on a random sample; `skipped` if some in it gave no answer."""

    place: ClassVar[str] = "basis"
    method: str
    skipped: bool = False
    about: str = "interval"


@dataclass(frozen=True)
class Assumed(Fact):
    """The interval or test rests on an assumption, in the words of who made it."""

    place: ClassVar[str] = "basis"
    words: str
    method: str = ""
    about: str = "interval"


# Notes about answers


@dataclass(frozen=True)
class ShareOf(Fact):
    """Of what the shares of a cross table are."""

    of: str
    item: str


@dataclass(frozen=True)
class Outside(Fact):
    """How many units are outside the base of an item, by reason."""

    item: str
    reason: str
    n: Count


@dataclass(frozen=True)
class Ticks(Fact):
    """Several answers could be ticked."""

    essential: ClassVar[bool] = False


@dataclass(frozen=True)
class ItemNotes(Fact):
    """What study.toml notes about these items."""

    essential: ClassVar[bool] = False
    items: tuple[str, ...]


@dataclass(frozen=True)
class Joint(Fact):
    """Each answer is that of a group of people together."""

    totals: ClassVar[tuple[str, ...]] = ("n",)
    n: Count | None
    people: int


@dataclass(frozen=True)
class MissingUnits(Fact):
    """study.toml names units that should have been here."""


@dataclass(frozen=True)
class Ungrouped(Fact):
    """How many units are in none of the groups."""

    item: str
    n: Count


@dataclass(frozen=True)
class Bands(Fact):
    """Where the bands of a score were published, and the smallest group they are shown for."""

    source: str
    least: int


@dataclass(frozen=True)
class JointBase(Fact):
    """Sources stand beside each other, each on its own base."""

    place: ClassVar[str] = "base"
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Bases(Fact):
    """What was stated of one of the Tables that stand beside each other."""

    sources: tuple[str, ...]
    kind: str
    facts: tuple[Fact, ...]

    @property
    def line(self) -> str:
        """What a fingerprint holds of it."""
        own = sorted(one.line for one in self.facts)
        return FIELD_END.join([self.key, *self.sources, self.kind, *own])

    def counts(self) -> Iterator[tuple[str, str, Count]]:
        """Yield the Counts of the statements, with their source in the address."""
        for one in self.facts:
            for name, address, count in one.counts():
                place = f"source={'+'.join(self.sources)}"
                yield name, "; ".join(filter(None, [place, address])), count
