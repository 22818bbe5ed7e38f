"""How the units of a source came in."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from wbkit.nouns.crowd import Crowd
from wbkit.nouns.item import Id
from wbkit.nouns.model import Model


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
        Items that hold the design, as R's ``svydesign`` names them.
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
    cluster: Id | None = None
    weight: Id | None = None
    fpc: Id | None = None

    @model_validator(mode="after")
    def _uses_what_it_declares(self) -> Self:
        unused = [name for name in ("strata", "cluster", "weight") if getattr(self, name)]
        if self.kind == "srs" and unused:
            raise ValueError(
                f'{" and ".join(unused)} is declared, and kind = "srs" (every unit drawn by lot '
                'from one list) does not use it. Remove it, or write kind = "stratified" or '
                '"cluster".'
            )
        return self

    @model_validator(mode="after")
    def _margins_add_up(self) -> Self:
        for name, counts in self.margins.items():
            total = sum(counts.values())
            if self.population is not None and total != self.population:
                raise ValueError(
                    f"margins.{name} adds up to {total}, population is {self.population}. "
                    "Make them agree."
                )
        return self
