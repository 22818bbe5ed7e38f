"""What is stated of tests, models, scales and scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Base, Count, Fact

Place = tuple[str, str]  # an item and, for one option of it, the value

# Which test was taken, and how to read it


@dataclass(frozen=True)
class Compared(Fact):
    """Which test was taken for which items or options; without these for all of them."""

    essential: ClassVar[bool] = False
    test: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class PValue(Fact):
    """Where the p of a rank test comes from: exact, drawn orders, or a distribution."""

    essential: ClassVar[bool] = False
    test: str
    how: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Dropped(Fact):
    """Groups in which nobody answered, so that they are not compared."""

    item: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Effect(Fact):
    """Which effect stands beside a test; `values` are the first group and the second."""

    name: str
    item: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoEnds(Fact):
    """Why an effect has no interval: at an ``end`` of its scale, ``zero`` or ``unstable``."""

    name: str
    reason: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Untested(Fact):
    """Why items or options were not tested."""

    reason: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Family(Fact):
    """For how many tests p-values were adjusted; `of` is what they are tests of."""

    of: str
    method: str
    n: int
    options: tuple[int, ...] = ()


@dataclass(frozen=True)
class Waves(Fact):
    """Other people were asked at each moment."""


@dataclass(frozen=True)
class Explored(Fact):
    """Items or groups were chosen after looking at the answers."""


@dataclass(frozen=True)
class NoCause(Fact):
    """What was found says nothing of causes; `of` is groups, a model, pairs or a series."""

    of: str


# The base of a test or model


@dataclass(frozen=True)
class Whole(Base):
    """Who answered all questions of a ``model``, all of a ``scale``, or both ``times``."""

    totals: ClassVar[tuple[str, ...]] = ("n", "looked")
    items: int = 0

    @property
    def closed(self) -> bool:
        """Those who were lost are counted beside it."""
        return self.of == "times"


@dataclass(frozen=True)
class PartAt(Fact):
    """Only these units are looked at the ``first`` or the ``second`` time."""

    place: ClassVar[str] = "base"
    time: str
    item: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class YearsTogether(Fact):
    """How many were counted in all years together, and which count that is."""

    place: ClassVar[str] = "base"
    item: str
    n: Count
    years: int


@dataclass(frozen=True)
class Apart(Fact):
    """Other persons are counted each year."""

    place: ClassVar[str] = "basis"


# Models


@dataclass(frozen=True)
class Fitted(Fact):
    """Which model was fitted; of an answer to a closed item, towards which one."""

    model: str
    item: str
    value: str = ""

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """The term without an item is the constant."""
        return {"column": {"term": "col_model_term"}, "term": {"": "constant"}}


@dataclass(frozen=True)
class Reference(Fact):
    """With which value of a term the others are compared."""

    item: str
    value: str


@dataclass(frozen=True)
class FewEvents(Fact):
    """The rarest answer occurs seldom for so many terms."""

    n: Count
    terms: int


# The same people twice


@dataclass(frozen=True)
class Attrition(Fact):
    """How many took part one time only, or have no key."""

    lost: Count
    new: Count
    keyless: Count


@dataclass(frozen=True)
class LostMean(Fact):
    """What those who did not come back answered the first time, beside those who stayed."""

    vanishes: ClassVar[bool] = True
    totals: ClassVar[tuple[str, ...]] = ("stayed",)
    item: str
    lost: Count
    stayed: Count | None
    mean_lost: float
    mean_stayed: float


# Rates over the years


@dataclass(frozen=True)
class Interrupted(Fact):
    """From which year something was different."""

    item: str
    since: str

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """What changes at an interruption."""
        return {"value": {"level": "level_change", "slope": "slope_change"}}


@dataclass(frozen=True)
class FewPoints(Fact):
    """How many points the shorter side of an interrupted series has; `enough` are needed."""

    points: int
    enough: int


@dataclass(frozen=True)
class NeedsPoints(Fact):
    """An interrupted series needs `least` points on each side of a year."""

    place: ClassVar[str] = "needs"
    item: str
    since: str
    least: int
    before: int
    after: int


@dataclass(frozen=True)
class NeedsDefinition(Fact):
    """An interrupted series needs one definition, and it changed from these years on."""

    place: ClassVar[str] = "needs"
    item: str
    years: tuple[str, ...]


@dataclass(frozen=True)
class NeedsAssumption(Fact):
    """An interrupted series needs the assumption that years stand apart."""

    place: ClassVar[str] = "needs"


# Scales and scores


@dataclass(frozen=True)
class OfScale(Fact):
    """The items are those of a scale, in one of its variants."""

    scale: str
    variant: str


@dataclass(frozen=True)
class AsTheyStand(Fact):
    """The items are of no scale: none was reversed."""


@dataclass(frozen=True)
class Reversed(Fact):
    """Items of which a high answer means a low score."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Consistency(Fact):
    """How to read alpha, omega and the correlation of an item with the others."""

    essential: ClassVar[bool] = False

    @property
    def spoken(self) -> Mapping[str, Mapping[str, str]]:
        """What is not about one item, and which alpha it is."""
        return {"measure": {"alpha": "measure_cronbach"},
                "item": {"whole_scale": "whole_scale",
                         "whole_scale_standardised": "whole_standardised"}}


@dataclass(frozen=True)
class Nested(Fact):
    """Units are in the groups of an item; why there is no ICC, or whether it has an interval."""

    item: str
    reason: str
    least: int
    interval: bool


@dataclass(frozen=True)
class NoFeldt(Fact):
    """The interval of alpha does not fit how units came in."""

    place: ClassVar[str] = "basis"


@dataclass(frozen=True)
class Unweighted(Fact):
    """The weights of the design were not used."""


@dataclass(frozen=True)
class Scored(Fact):
    """How an item was made: the score of a scale, from the answers to others."""

    item: str
    variant: str
    method: str
    items: int
    least: int
    factor: float
    ends: tuple[float, ...]
    reversed: tuple[str, ...]


@dataclass(frozen=True)
class AgainstTheRest(Fact):
    """An item of a score correlates negatively with the others; stands with `Scored`."""

    place: ClassVar[str] = "scored"
    score: str
    item: str
    r: float


@dataclass(frozen=True)
class OutsideScale(Fact):
    """How many answers to an item of a score its scale does not know; stands with `Scored`."""

    place: ClassVar[str] = "scored"
    score: str
    item: str
    n: Count
    ends: tuple[float, ...]
