"""What is stated about proposals of what points to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Fact


@dataclass(frozen=True)
class Proposed(Fact):
    """How many passages can point to a person, in how many texts, and whether words are hidden."""

    place: ClassVar[str] = "base"
    n: int
    texts: int
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """The kinds of what points to a person, and by what each was known."""
        return {"kind": {one: f"identifier_{one.lower()}" for one in self.kinds},
                "reason": {one: f"identifier_by_{one}" for one in self.reasons}}


@dataclass(frozen=True)
class Undecided(Fact):
    """How many texts are pseudonymised, out of how many."""

    place: ClassVar[str] = "base"
    n: int
    every: int

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Whether a text was read."""
        return {"read": {"yes": "yes", "no": "no"}}


@dataclass(frozen=True)
class Linked(Fact):
    """How codes of people's own were linked."""

    place: ClassVar[str] = "base"
    ways: tuple[str, ...]

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """What the results are called."""
        return {"link": {one: f"link_{one}" for one in self.ways}}
