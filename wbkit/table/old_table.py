"""A Table made with finished words: until every kind makes facts."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from wbkit.labels import label, words
from wbkit.study.model import NOT_A_DIMENSION
from wbkit.table.contents import CELL_END, ROW_END
from wbkit.table.facts import canonical
from wbkit.table.render import Shown
from wbkit.table.table import Table
from wbkit.table.words import Names


@dataclass(frozen=True)
class OldNames(Names):
    """Words of ids that were made with the Table."""

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    several: bool = False

    @property
    def adds_up(self) -> bool:
        return not self.several

    def item(self, name):
        return None

    def spoken(self, column):
        return self.labels.get(column, {})

    def words(self, column, key, *, item=None):
        own = self.labels.get(f"{column} of {item}", {})
        return own.get(str(key), self.labels.get(column, {}).get(str(key), str(key)))

    def heading(self, column):
        if column in self.labels.get("column", {}):
            return self.words("column", column)
        return label(f"col_{column}", self.language) if f"col_{column}" in words() else column

    def units_of(self, unit):
        source = next((one for one in self.sources if one.unit == unit), None)
        if source:
            return source.units(1), source.units(2)
        return (self.words("unit", unit),) * 2


@dataclass(frozen=True, repr=False)
class OldTable(Table):
    """A result whose words were made in one language."""

    title: str = ""
    units: tuple[str, str] = ("", "")
    base: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "nl"
    part: str = ""
    adds_up: bool = True
    about: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        own = tuple(name for name in self.data.columns if name not in NOT_A_DIMENSION)
        object.__setattr__(self, "dimensions", self.dimensions or own)

    @property
    def fingerprint(self) -> str:
        lines = [self.kind, *self.about]
        lines += [CELL_END.join(self.data.columns)]
        lines += [CELL_END.join(map(canonical, row)) for row in self.data.itertuples(index=False)]
        return hashlib.sha256(ROW_END.join(lines).encode()).hexdigest()[:12]

    def show(self, language=None, *, notes="full", title=None) -> Shown:
        names = OldNames(self, self.language, self.labels, not self.adds_up)
        return Shown(self, names, title or self.title, self.units, self.base, self.basis,
                     self.notes, self.part)


