"""What is stated of estimates, of who took part, of rates by year, and of lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Count, Fact

TOTAL = {"total": "total"}
NOTHING = "nothing"  # an outsider does not lack any of the quasi-identifiers
WHOLE_STUDY = "study"
NET_VALUES = ("detractors", "passives", "promoters", "nps")


@dataclass(frozen=True)
class Estimated(Fact):
    """Which statistic is estimated; of a ratio also the item below the line."""

    place: ClassVar[str] = "title"
    statistic: str
    per: str = ""

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """The values of quantiles are no answers, those of a score are classes of them."""
        if self.statistic == "nps":
            return {"value": {one: f"nps_{one}" for one in NET_VALUES}}
        return {"column": {"value": "estimate_quantile"}} if self.statistic == "quantile" else {}


@dataclass(frozen=True)
class NetFrom(Fact):
    """From how many units on the score of a group is shown."""

    least: int


@dataclass(frozen=True)
class Ranked(Fact):
    """The options of a ranking are counted; the first `top` places are taken together as well."""

    top: int

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """What is counted is how often an option came first."""
        near = {"top": f"col_top_{self.top}", "share_top": f"col_share_top_{self.top}"}
        return {"column": {"value": "col_option", "n": "col_first", "share": "col_share_first",
                           "mean": "col_mean_place", "ranked": "col_ranked"}
                | (near if self.top > 1 else {})}


@dataclass(frozen=True)
class TookPart(Fact):
    """How many took part, of a population, and of those invited where a design invited."""

    place: ClassVar[str] = "base"
    n: Count
    population: int
    invited: int | None = None

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Values are groups; one stands for all."""
        return {"column": {"value": "col_group"}, "margin": TOTAL, "value": TOTAL}


@dataclass(frozen=True)
class Approached(Fact):
    """How the units were found, by the kind of design."""

    place: ClassVar[str] = "basis"
    design: str


@dataclass(frozen=True)
class Stopped(Fact):
    """After how many open questions a unit stopped; `by` is the column of the groups."""

    place: ClassVar[str] = "base"
    last: int
    by: str = ""

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """Questions are counted, not units; one group stands for all."""
        columns = {"base": "col_put", "share": "col_share_skipped"}
        return {"column": columns, self.by: TOTAL} if self.by else {
            "column": columns | {"group": ""}, "group": TOTAL}


@dataclass(frozen=True)
class OutsiderKnows(Fact):
    """What an outsider can know of a unit; `n` answered all of it, fewer than `least` is few."""

    place: ClassVar[str] = "base"
    items: tuple[str, ...]
    n: Count
    least: int

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """One row is for all that is known."""
        return {"without": {NOTHING: "anonymity_nothing"}}


@dataclass(frozen=True)
class Resembling(Fact):
    """How a twin was compared with its original: two-way Tables, and bootstrap samples."""

    place: ClassVar[str] = "base"
    tables: int
    samples: int
    short: int

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """One row is for the whole study."""
        return {"original": {WHOLE_STUDY: "whole_study"}}


@dataclass(frozen=True)
class Divided(Fact):
    """What a count is divided by each year, empty for a count without a rate."""

    place: ClassVar[str] = "base"
    item: str
    by: str


@dataclass(frozen=True)
class FullCount(Fact):
    """A full count carries no interval."""

    place: ClassVar[str] = "basis"


@dataclass(frozen=True)
class Redefined(Fact):
    """From which years another definition holds."""

    item: str
    years: tuple[str, ...]


@dataclass(frozen=True)
class NotDelivered(Fact):
    """Some counts were not delivered."""


@dataclass(frozen=True)
class Rows(Fact):
    """How many rows of a list are shown; the columns hold these items."""

    place: ClassVar[str] = "base"
    n: Count
    items: tuple[str, ...]


@dataclass(frozen=True)
class Together(Fact):
    """How many joint answers stand beside each other, and how many people behind them."""

    place: ClassVar[str] = "base"
    n: Count
    people: Count | None = None


@dataclass(frozen=True)
class Agreed(Fact):
    """How many agreed stands with each answer."""


@dataclass(frozen=True)
class Behind(Fact):
    """The people behind joint answers are counted, out of those of the group."""

    place: ClassVar[str] = "base"
    people: str
    of: str

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """The one value."""
        return {"value": {"behind": "team_coverage"}}


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
    """Strata with too few units were taken together; those of real people are not named."""

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
class Trimmed(Fact):
    """Between which ends weights were cut, and how many units had one outside."""

    low: float
    high: float
    n: Count


@dataclass(frozen=True)
class Moved(Fact):
    """What the share of a margin became by trimming; few real people are not named."""

    vanishes: ClassVar[bool] = True
    items: tuple[str, ...]
    values: tuple[str, ...]
    wanted: float
    share: float
    n: Count


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
    totals: ClassVar[tuple[str, ...]] = ("n",)
    n: Count | None
    deff: float
    effective: float
    clusters: bool


@dataclass(frozen=True)
class Finite(Fact):
    """The interval is about a finite population, of this size where it is declared."""

    essential: ClassVar[bool] = False
    population: int | None


@dataclass(frozen=True)
class FarOut(Fact):
    """Answers so far from the others that these would share one class; real ones have no name."""

    item: str
    answers: tuple[str, ...]
    n: Count


@dataclass(frozen=True)
class Edge(Fact):
    """A share of 0 or 1 took the interval of Korn and Graubard."""

    essential: ClassVar[bool] = False


@dataclass(frozen=True)
class Lone(Fact):
    """Some estimates have too few sampling units for an interval."""

    essential: ClassVar[bool] = False


@dataclass(frozen=True)
class Flat(Fact):
    """Some estimates were seen without any spread, so that they have no interval."""


@dataclass(frozen=True)
class QuantileEnd(Fact):
    """A quantile near the lowest or highest answer lacks an end."""

    essential: ClassVar[bool] = False
