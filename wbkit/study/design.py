"""How the units of a source came in, and how they were weighted."""

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from wbkit.messages import _, counted, listing, spoken
from wbkit.study.item import Id
from wbkit.study.model import Label, Model

Method = Literal["rake", "poststratify", "calibrate"]


class Margin(Model):
    """Known counts of one item, or of the combinations of several."""

    items: tuple[Id, ...]
    counts: tuple[tuple[tuple[str, ...], float], ...]


class Calibration(Model):
    """What `weight` did: to which margins, how, and from which weights.

    Parameters
    ----------
    method
        ``rake``, ``poststratify`` or ``calibrate``; decides the standard error.
    margins
        The counts that the weights add up to.
    base
        The item with the weights before; none when every unit counted the same.
    untrimmed
        The item with the calibrated weights before they were trimmed.
    ends, cut
        Between which weights were trimmed, and how many units had one outside.
    """

    method: Method
    margins: tuple[Margin, ...]
    base: Id | None = None
    untrimmed: Id | None = None
    ends: tuple[float, float] | None = None
    cut: int = 0

    @property
    def items(self) -> tuple[str, ...]:
        """The items of the margins, each once."""
        return tuple(dict.fromkeys(name for margin in self.margins for name in margin.items))


class Crowd(Model):
    """A population of people, such as all teachers of a school.

    Parameters
    ----------
    label
        What these people are called.
    n
        How many there are.
    """

    label: Label
    n: int = Field(gt=0)


class Design(Model):
    """How the units of a source came in. Never guessed.

    Parameters
    ----------
    kind
        ``census`` (everyone was invited), ``srs``, ``stratified`` or ``cluster`` (drawn by lot),
        ``convenience`` (whoever was there), ``joint`` (a group gave one answer together).
    population, invited, people
        Units in the population, units that were invited, people behind joint answers.
    people_of
        Populations of people that those behind joint answers are a part of, each with its name.
    margins
        Known counts in the population: item, value, count.
    structural_zeros
        Combinations that cannot occur.
    strata, cluster, weight, fpc
        Items that hold the design, as R's ``svydesign`` names them. `cluster` and `fpc` hold
        one item for each stage of drawing; one more `fpc` than `cluster` says that units
        were drawn within the last cluster. An `fpc` is a population size, or a fraction up to 1.
    lonely
        What a stratum with one cluster adds to a variance: ``adjust`` (its distance to the
        mean of all) or ``certainty`` (nothing: it was not drawn by lot). None refuses it.
    participants
        ``known`` where others can know who took part (everyone was invited, or all saw it),
        ``unknown`` where they cannot. Left out: known for ``census``, ``joint`` and
        ``convenience``, unknown for units that were drawn by lot.
    agreed
        Of joint answers: the groups that agreed to be named with their answer outside the group.
        Of a conversation with a service: the id of its source, once it agreed and read along.
    informants
        What professionals who spoke about their work are called together, such as
        ``"teamleiders"``. Of real ones no count says how many said something, but *alle*, *de
        meesten* or *enkele*; services of the same name stand together, not apart.
    calibration
        Set by `weight`, never written in study.toml.
    """

    kind: Literal["census", "srs", "stratified", "cluster", "convenience", "joint"]
    population: int | None = Field(default=None, gt=0)
    invited: int | None = Field(default=None, gt=0)
    people: int | None = Field(default=None, gt=0)
    people_of: tuple[Crowd, ...] = ()
    frame_date: date | None = None
    margins: dict[Id, dict[str, int]] = Field(default_factory=dict)
    structural_zeros: tuple[dict[Id, str], ...] = ()
    strata: Id | None = None
    cluster: tuple[Id, ...] = ()
    weight: Id | None = None
    fpc: tuple[Id, ...] = ()
    lonely: Literal["adjust", "certainty"] | None = None
    participants: Literal["known", "unknown"] | None = None
    agreed: tuple[str, ...] = ()
    informants: Label | None = None
    calibration: Calibration | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every item that the design names."""
        zeros = (name for zero in self.structural_zeros for name in zero)
        return (*self.margins, *zeros, *self.drawn_by)

    @property
    def drawn_by(self) -> tuple[str, ...]:
        """The items with the strata, clusters, weights and populations of the units."""
        return tuple(filter(None, (self.strata, *self.cluster, self.weight, *self.fpc)))

    @field_validator("cluster", "fpc", mode="before")
    @classmethod
    def _one_or_more(cls, names: Any) -> Any:
        if names is None:
            return ()
        return (names,) if isinstance(names, str) else tuple(names)

    @model_validator(mode="after")
    def _stages_agree(self) -> Self:
        if len(self.cluster) > 2 or len(self.fpc) > len(self.cluster) + 1 or len(self.fpc) > 2:
            raise ValueError(_(
                "cluster names {clusters} and fpc {sizes}. Name at most two stages, and no fpc "
                "beyond the units within the last cluster.",
                clusters=counted(len(self.cluster), "stage", "stages"),
                sizes=counted(len(self.fpc), "stage", "stages")))
        return self

    @model_validator(mode="after")
    def _uses_what_it_declares(self) -> Self:
        joint = [name for name in ("strata", "cluster", "weight", "fpc") if getattr(self, name)]
        if self.kind == "joint" and joint:
            raise ValueError(_(
                '{keys} is declared, and kind = "joint" (a group gave one answer together) does '
                "not use it: a joint answer stands for no number of people. Remove it; people "
                "says how many stand behind the answers.",
                keys=listing(joint, spoken())))
        unused = [name for name in ("strata", "cluster") if getattr(self, name)]
        if self.kind == "srs" and unused:
            raise ValueError(_(
                '{keys} is declared, and kind = "srs" (every unit drawn by lot from one list) '
                'does not use it. Remove it, or write kind = "stratified" or "cluster".',
                keys=listing(unused, spoken())))
        return self

    @model_validator(mode="after")
    def _margins_add_up(self) -> Self:
        for name, counts in self.margins.items():
            total = sum(counts.values())
            if self.population is not None and total != self.population:
                raise ValueError(_(
                    "margins.{name} adds up to {total}, population is {population}. Make them "
                    "agree.",
                    name=name, total=total, population=self.population))
        return self
