"""What is stated of Tables that are released together: how they were protected, and audited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Fact, Naming

VERDICTS = ("safe", "narrow", "exact", "released")


@dataclass(frozen=True)
class Protected(Fact):
    """The Table was protected together with others; a number that is hidden can be of any size."""

    profile: str


@dataclass(frozen=True)
class Rounded(Fact):
    """Counts of people are rounded to multiples of `step`, totals apart from their parts."""

    place: ClassVar[str] = "base"
    step: int


@dataclass(frozen=True)
class Audited(Fact):
    """How many hidden numbers were looked at, and how many of them can be worked out."""

    place: ClassVar[str] = "base"
    hidden: int
    exact: int
    narrow: int
    released: int

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """What each verdict means, and what the columns hold."""
        return {"verdict": {one: f"verdict_{one}" for one in VERDICTS},
                "column": {name: f"col_audit_{name}" for name in
                           ("table", "cell", "lowest", "highest", "verdict", "given_by")}}


@dataclass(frozen=True)
class InParts(Fact):
    """Too many answers were combined to look at all at once: what all give together is not seen."""

    place: ClassVar[str] = "base"


@dataclass(frozen=True)
class Informants(Naming):
    """Services that are told together: which sources they are, in how many conversations."""

    column: ClassVar[str] = "row"
    id: str
    sources: tuple[str, ...]
    texts: int


@dataclass(frozen=True)
class NotApart(Fact):
    """Informants of these sources are left out, or without a name: they could be recognised."""

    sources: tuple[str, ...]
