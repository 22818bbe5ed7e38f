"""What is stated of Tables that are released together: how they were protected, and audited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from wbkit.table.facts import Fact

VERDICTS = ("safe", "narrow", "exact", "released")


@dataclass(frozen=True)
class Protected(Fact):
    """The Table was protected together with others; a number that is hidden can be of any size."""

    profile: str


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
