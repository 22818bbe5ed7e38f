"""What is stated of a Table of tests: which test, on what ground, in which family."""

from collections.abc import Sequence

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.study.item import Item
from wbkit.survey.design.intervals import skipped
from wbkit.survey.testing.choice import Tested
from wbkit.table.facts import Assumed, Drawn, Fact
from wbkit.table.statements.tests import (
    Compared,
    Dropped,
    Effect,
    Explored,
    Family,
    Place,
    Untested,
)


def explored_facts(*parts: Responses | Cells) -> list[Fact]:
    """State that items or groups were chosen after looking at the answers."""
    return [Explored()] if any(part.exploratory for part in parts) else []


def ground_facts(responses: Responses | Cells, items: Sequence[Item]) -> list[Fact]:
    """State on what p-values rest; without a ground there is no test at all."""
    if responses.assumption:
        return [Assumed(responses.assumption, about="test")]
    return [Drawn("", any(skipped(responses, item) for item in items), "test")]


def tested_facts(counted: Cells, rows: Sequence[Tested], group: Item) -> list[Fact]:
    """State which test was taken for which item, what each effect is, and what was not tested."""
    done = [row for row in rows if not row.reason]
    tests, effects, reasons = (list(dict.fromkeys(found)) for found in (
        (row.test for row in done), (row.effect.name for row in rows if row.effect.name),
        (row.reason for row in rows if row.reason)))
    values = _first_and_second(counted, rows, group)
    return [*(Compared(one, _places(done, "test", one)) for one in tests),
            *_dropped(counted, rows, group),
            *(Effect(one, group.name, values) for one in effects),
            *(Untested(one, _places(rows, "reason", one)) for one in reasons)]


def _places(rows: Sequence[Tested], name: str, key: str) -> tuple[Place, ...]:
    return tuple((row.item, row.value) for row in rows if getattr(row, name) == key)


def _dropped(counted: Cells, rows: Sequence[Tested], group: Item) -> list[Fact]:
    """State the groups in which nobody answered."""
    met = {one for row in rows for one in row.groups}
    lost = () if _written(counted, group) else tuple(
        one for one in counted.values(group) if one not in met)
    return [Dropped(group.name, lost)] if lost else []


def _first_and_second(
    counted: Cells, rows: Sequence[Tested], group: Item
) -> tuple[str, ...]:
    """Return the two groups that are compared, nothing where their names are written answers."""
    pairs = [row.groups for row in rows if len(row.groups) == 2]
    return () if not pairs or _written(counted, group) else pairs[0]


def _written(counted: Cells, group: Item) -> bool:
    """Whether groups are named by answers that people wrote, which small ones would show."""
    return group.values == "any" and counted.source.minimum > 1


def family_fact(items: Sequence[Item], adjust: str) -> Family:
    """State for how many tests p-values were adjusted."""
    options = tuple(len(item.categories) for item in items if item.kind == "multiple")
    of = "options" if options else "items"
    if adjust == "none":
        of = "none"
    elif len(items) == 1:
        of = "ticks" if options else "one"
    return Family(of, adjust, len(items), options)
