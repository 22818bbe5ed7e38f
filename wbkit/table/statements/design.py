"""What is stated of design and weights: strata, clusters, weighting, a finite population."""

from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Count, Fact


@dataclass(frozen=True)
class LeftOut(Fact):
    """How many units the design could not place, or weighed 0."""

    vanishes: ClassVar[bool] = True
    n: Count
    weight: bool


@dataclass(frozen=True)
class Strata(Fact):
    """Units were assumed to be met at random within these groups; `about` interval or test."""

    items: tuple[str, ...]
    about: str = "interval"


@dataclass(frozen=True)
class Merged(Fact):
    """Strata with too few units were taken together."""

    essential: ClassVar[bool] = False
    items: tuple[str, ...]
    strata: tuple[tuple[tuple[str, ...], ...], ...]
    least: int


@dataclass(frozen=True)
class Raked(Fact):
    """The size of each combination was estimated out of the margins."""

    essential: ClassVar[bool] = False


@dataclass(frozen=True)
class Clusters(Fact):
    """How many cluster names occur in several strata."""

    essential: ClassVar[bool] = False
    n: int
    item: str
    strata: str


@dataclass(frozen=True)
class WeightedTo(Fact):
    """The units were weighted to the margins of these items."""

    method: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class WeightedBy(Fact):
    """The units have weights of an item, or of their strata when it is empty."""

    item: str


@dataclass(frozen=True)
class Tiny(Fact):
    """A cell of the weighting with few units, and the one it could be merged with."""

    vanishes: ClassVar[bool] = True
    essential: ClassVar[bool] = False
    items: tuple[str, ...]
    values: tuple[str, ...]
    near: tuple[str, ...]
    n: Count


@dataclass(frozen=True)
class Kish(Fact):
    """What unequal weights cost: design effect and effective number of units."""

    vanishes: ClassVar[bool] = True
    essential: ClassVar[bool] = False
    n: Count
    deff: float
    effective: float
    clusters: bool


@dataclass(frozen=True)
class Finite(Fact):
    """The interval is about a finite population, of this size where it is declared."""

    essential: ClassVar[bool] = False
    population: int | None


@dataclass(frozen=True)
class Edge(Fact):
    """A share of 0 or 1 took the interval of Korn and Graubard."""

    essential: ClassVar[bool] = False


@dataclass(frozen=True)
class Lone(Fact):
    """Some estimates have too few sampling units for an interval."""

    essential: ClassVar[bool] = False


@dataclass(frozen=True)
class QuantileEnd(Fact):
    """A quantile near the lowest or highest answer lacks an end."""

    essential: ClassVar[bool] = False
