"""How certain an answer is: a person chooses, and the design of the sources caps it.

Inspired by GRADE-CERQual, of which it takes the idea that a person judges and says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wbkit.study.interpretations import FAIR, FIRM, LEVELS, LIMITED, NONE
from wbkit.study.item import YES, Item
from wbkit.study.source import Source
from wbkit.study.study import Population, Question
from wbkit.table.facts import Bases, Fact, Part, Routed
from wbkit.table.statements.coding import Given
from wbkit.table.table import Table

Conditions = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Cap:
    """The highest certainty that the design allows, and why: an id of the label table."""

    level: str
    reason: str = ""


def cap_of(tables: Mapping[str, Table]) -> Cap:
    """Return how certain an answer that rests on these Tables can be at most.

    No Table: no answer. One source, joint answers only or key words only: limited. A convenience
    sample among the sources: fair.
    """
    if not tables:
        return Cap(NONE, "no_evidence")
    sources = {one.name: one for table in tables.values() for one in table.data_sets}
    designs = [one.design.kind if one.design else "" for one in sources.values()]
    if len(sources) == 1:
        return Cap(LIMITED, "one_source")
    if all(one == "joint" for one in designs):
        return Cap(LIMITED, "joint_only")
    if all(_by_keywords(table) for table in tables.values()):
        return Cap(LIMITED, "keywords_only")
    return Cap(FAIR, "convenience") if "convenience" in designs else Cap(FIRM)


def lower(one: str, other: str) -> str:
    """Return the lower of two levels."""
    return max(one, other, key=LEVELS.index)


def _by_keywords(table: Table) -> bool:
    nested = [fact for one in table.found(Bases) for fact in one.facts]
    return any(one.how == "keywords" for one in [*table.found(Given), *nested]
               if isinstance(one, Given))


# About whom a question is


def of_others(question: Question, tables: Mapping[str, Table]) -> list[str]:
    """Return the names of Tables that count other units than those the question is about."""
    asked = question.population
    if asked is None:
        return []
    return [name for name, table in tables.items() if _is_of_others(asked, table)]


def _is_of_others(asked: Population, table: Table) -> bool:
    source = next((one for one in table.data_sets if one.name == asked.source), None)
    if source is None:
        return False
    wanted = _conditions([Part(item, values) for item, values in asked.where.items()], source)
    columns = [one.facts for one in table.found(Bases) if asked.source in one.sources]
    grouped = {_root(source, one)[0] for one in table.dimensions if one in source.items}
    return not any(_meets(_conditions(facts, source), wanted, grouped)
                   for facts in (columns or [table.facts]))


def _meets(there: Conditions, wanted: Conditions, grouped: set[str]) -> bool:
    """Whether only the units that are asked for are counted, or they are a group of their own."""
    return all(item in grouped or (item in there and there[item] <= values)
               for item, values in wanted.items())


def _conditions(facts: Sequence[Fact], source: Source) -> Conditions:
    """Return the answers that were asked for, by the item that people answered."""
    found: Conditions = {}
    for fact in facts:
        if isinstance(fact, Part | Routed) and fact.item in source.items:
            item, values = _root(source, fact.item, fact.values)
            found[item] = found[item] & values if item in found else values
    return found


def _root(source: Source, name: str, values: Sequence[str] = ()) -> tuple[str, frozenset[str]]:
    """Follow a derived item back to the one that was asked."""
    item: Item = source.items[name]
    kept = frozenset(values)
    while item.any_of or item.recode:
        rule = item.any_of or item.recode
        parent = source.items[rule.item]
        if item.any_of:
            others = frozenset(parent.categories) - frozenset(rule.values)
            kept = frozenset().union(*(frozenset(rule.values) if one == YES else others
                                       for one in kept))
        else:
            kept = frozenset(one for one, merged in rule.map.items() if merged in kept)
        item = parent
    return item.name, kept
