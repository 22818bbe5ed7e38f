"""What a source of counts needs to say besides its items: one row is a cell, not a unit."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from wbkit.study.item import Id, Item
from wbkit.study.model import Model


class CountRules(Model):
    """What names a cell, and what its counts are.

    Parameters
    ----------
    cells
        The items that together name a cell; each cell stands in the file once.
    base
        The item that counts all units of a cell. An empty count was not delivered; it is not 0.
    parts
        Items that count some of these units: a rate is a part divided by the base.
    beside
        Items that count other units, which are not in the base.
    definition
        The item that names the definition by which the parts were counted.
    persons
        ``different`` when nobody is counted in two years, ``same`` when it is always the same
        group; not said when some stay. Decides whether a trend may be tested.
    totals
        Item = the word that marks a row with the total over it. Such a row is checked against
        its cells and then set aside.
    """

    cells: tuple[Id, ...] = Field(min_length=1)
    base: Id
    parts: tuple[Id, ...] = ()
    beside: tuple[Id, ...] = ()
    definition: Id | None = None
    persons: Literal["different", "same"] | None = None
    totals: dict[Id, str] = Field(default_factory=dict)

    @property
    def counted(self) -> tuple[str, ...]:
        """All items that hold counts."""
        return (self.base, *self.parts, *self.beside)

    def check(self, items: Mapping[str, Item]) -> None:
        """Refuse rules about items that are not there or are of another kind."""
        named = [("cells", name, ("nominal", "ordinal")) for name in (*self.cells, *self.totals)]
        named += [("definition", self.definition, ("nominal", "ordinal"))] * bool(self.definition)
        named += [("base, parts and beside", name, ("numeric",)) for name in self.counted]
        for key, name, kinds in named:
            if name not in items:
                raise ValueError(f"counts refers to {name!r}, which is no item of this source. "
                                 f"Its items are {', '.join(items)}.")
            if items[name].kind not in kinds:
                raise ValueError(f"counts: {key} needs {' or '.join(kinds)} items; {name} is "
                                 f"{items[name].kind}. Correct its kind, or name another item.")
        strange = set(self.totals) - set(self.cells)
        if strange:
            raise ValueError(f"counts.totals names {sorted(strange)[0]!r}, which is not one of "
                             f"cells ({', '.join(self.cells)}). Correct it.")
