"""What is stated of a survey Table beside its numbers: its base, who is outside it, its ground."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.study.item import NO_ANSWER, NOT_ASKED, Item
from wbkit.study.scale import ScoredItem
from wbkit.study.source import Source
from wbkit.survey.design.intervals import invited_units, skipped, why_no_interval
from wbkit.survey.testing.choice import Tested
from wbkit.survey.testing.effect_sizes import why_no_ends
from wbkit.table.facts import (
    Assumed,
    Base,
    Count,
    Derived,
    Drawn,
    Fact,
    ItemNotes,
    Joint,
    MissingUnits,
    NoInterval,
    Outside,
    Part,
    Routed,
    Ticks,
    Ungrouped,
)
from wbkit.table.statements.tests import (
    AgainstTheRest,
    Compared,
    Dropped,
    Effect,
    Explored,
    Family,
    NoEnds,
    OutsideScale,
    Place,
    PValue,
    Scored,
    Untested,
)


def base_facts(responses: Responses | Cells, items: Sequence[Item], base: Base) -> list[Fact]:
    """State the base, the part that is looked at, who was asked, and what a rule made."""
    known, rules, asked = responses.source.items, {}, list(items)
    while asked:  # of a derived item also who was asked what it is made from
        item = asked.pop(0)
        rules |= item.asked_if
        asked = [*(known[name] for name in item.parents if name in known), *asked]
    return [base, *part_facts(responses),
            *(Routed(parent, tuple(values)) for parent, values in rules.items()),
            *(Derived(item.name, item.rule, item.parents) for item in items if item.parents)]


def counted_base(
    responses: Responses | Cells, items: Sequence[Item], of: str, data: pd.DataFrame | None
) -> Base:
    """State how many of which units are in the base, where `data` has one base for all."""
    bases = [] if data is None else data["base"].unique()
    looked = Count(responses.n)
    if len(bases) == 1 and pd.notna(bases[0]):
        return Base(of, looked, Count(int(bases[0])))
    each = ("item",) * (len(items) > 1) + ("group",) * (data is None)
    return Base(of, looked, Count(None) if len(bases) == 1 else None, each)


def part_facts(responses: Responses | Cells) -> list[Fact]:
    """State the conditions that `where` set."""
    return [Part(one.item, one.values) for one in responses.conditions]


def interval_facts(
    responses: Responses | Cells, items: Sequence[Item] = (), method: str = "wilson",
    about: str = "interval",
) -> list[Fact]:
    """State on what intervals or tests rest, or why there are none.

    Of a random sample, who skipped one of the items is no longer there by lot.
    """
    if responses.source.kind == "list" and not responses.assumption:
        return []
    reason = why_no_interval(responses)
    if reason:
        return [no_interval(responses, reason)]
    if responses.assumption:
        return [Assumed(responses.assumption, method, about)]
    return [Drawn(method, any(skipped(responses, item) for item in items), about)]


def no_interval(responses: Responses | Cells, reason: str) -> NoInterval:
    """State why there is no interval, with the counts that the reason speaks of."""
    design = responses.source.design
    invited = invited_units(design) if design else None
    return NoInterval(reason, Count(responses.sample), invited)


def answer_facts(
    responses: Responses | Cells, items: Sequence[Item], group: Item | None = None, *,
    of: str = "respondents",
) -> list[Fact]:
    """State beside the base who is not in it, item by item, and what else must be known."""
    source, design = responses.source, responses.source.design
    facts = outside_facts(responses, items, of)
    if items and items[0].kind == "multiple" and of != "answers":
        facts.append(Ticks())
    facts.append(ItemNotes(tuple(one.name for one in items if one.note)))
    for item in (one for one in items if isinstance(one, ScoredItem)):
        facts += _scored_facts(item)
    if design and design.kind == "joint" and design.people:
        facts.append(Joint(Count(responses.n), design.people))
    facts += missing_facts(source)
    ungrouped = responses.ungrouped(group) if group else 0
    return [*facts, Ungrouped(group.name, Count(ungrouped))] if ungrouped else facts


def missing_facts(source: Source) -> list[Fact]:
    """State that units are missing, where study.toml names them."""
    return [MissingUnits()] if source.missing_units else []


def _scored_facts(item: ScoredItem) -> list[Fact]:
    """State how a score was made, and what looked wrong in the answers to its items."""
    made = item.scoring
    return [Scored(item.name, made.variant, made.method, made.items, made.least,
                   float(made.factor), made.ends, made.reversed),
            *(AgainstTheRest(item.name, name, r) for name, r in made.against),
            *(OutsideScale(item.name, name, Count(n), made.points) for name, n in made.outside)]


def outside_facts(
    responses: Responses | Cells, items: Sequence[Item], of: str = "respondents"
) -> list[Fact]:
    """Count the units outside the base of each item by reason.

    Where the base of an item is too small to show, these counts would give it.
    """
    facts: list[Fact] = []
    for item in items:
        found = responses.state_counts(item)
        if 0 < responses.answered(item) < responses.source.minimum:
            continue
        reasons = (NOT_ASKED,) if of == "asked" else (NOT_ASKED, *responses.codes(item), NO_ANSWER)
        facts += [Outside(item.name, reason, Count(int(found[reason])))
                  for reason in reasons if found.get(reason)]
    return facts


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
    minimum = counted.source.minimum
    done = [row for row in rows if not row.reason]
    tests, effects, reasons = (list(dict.fromkeys(found)) for found in (
        (row.test for row in done), (row.effect.name for row in rows if row.effect.name),
        (row.reason for row in rows if row.reason and row.least >= minimum)))
    values = _first_and_second(counted, rows, group)
    hows = dict.fromkeys((row.test, row.how) for row in done if row.how)
    return [*(Compared(one, _places(done, "test", one)) for one in tests),
            *(PValue(test, how, _places(done, "how", how)) for test, how in hows),
            *_dropped(counted, rows, group),
            *(Effect(one, group.name, values) for one in effects), *_no_ends(rows, minimum),
            *(Untested(one, _places([row for row in rows if row.least >= minimum], "reason", one))
              for one in reasons)]


def _no_ends(rows: Sequence[Tested], minimum: int) -> list[Fact]:
    """State which effects have no interval, and why."""
    found: dict[tuple[str, str], list[Place]] = {}
    for row in (row for row in rows if row.least >= minimum):
        why = why_no_ends(row.effect.size, row.effect.low)
        found.setdefault((row.effect.name, why), []).append((row.item, row.value))
    return [NoEnds(name, why, tuple(places)) for (name, why), places in found.items() if why]


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
    """Return the two groups that are compared; nothing for small ones or written answers."""
    pairs = [row for row in rows if len(row.groups) == 2]
    few = any(row.least < counted.source.minimum for row in pairs)
    return () if not pairs or few or _written(counted, group) else pairs[0].groups


def _written(counted: Cells, group: Item) -> bool:
    """Whether groups are named by answers that people wrote, which small ones would show."""
    return group.values == "any" and counted.source.minimum > 1


def family_facts(
    items: Sequence[Item], rows: Sequence[Tested], adjust: str, minimum: int
) -> list[Fact]:
    """State for how many tests p-values were adjusted; hidden rows count as tested."""
    tested = [row for row in rows if row.least < minimum or not np.isnan(row.outcome.p)]
    whole = sum(not row.value for row in tested)
    many = [sum(row.item == item.name and bool(row.value) for row in tested) for item in items]
    options = tuple(n for n in many if n)
    if not tested:
        return []
    of = "options" if options else "items"
    if whole == 1:
        of = "ticks" if options else "one"
    if adjust == "none" and of != "one":
        of = "none"
    return [Family(of, adjust, whole, options)]
