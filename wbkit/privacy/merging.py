"""Which steps of an answer, or which groups, to merge so that less has to be hidden.

Merging is a choice of a researcher: what is worked out here is offered, and never done by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.privacy.disclosure.joint_answers import is_joint
from wbkit.privacy.disclosure.rules import Rule, rule_of
from wbkit.study.item import Item, Labels
from wbkit.study.source import Source
from wbkit.table.facts import Part
from wbkit.table.table import Table

KINDS = ("frequency", "crosstab")  # Tables that count answers one by one
FEWEST = 2  # answers that are left
Parts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Merge:
    """Answers that become one, in all questions with the same answers.

    Parameters
    ----------
    source
        The source.
    items
        The items, each with these answers.
    parts
        All answers in order; those of one part become one.
    """

    source: str
    items: tuple[str, ...]
    parts: Parts

    @property
    def together(self) -> Parts:
        """The parts of more than one answer."""
        return tuple(part for part in self.parts if len(part) > 1)

    @property
    def names(self) -> dict[str, str]:
        """What each answer is called afterwards."""
        return {one: " + ".join(part) for part in self.parts for one in part}


@dataclass
class _Counts:
    """The counts of items with the same answers, shape (answers, others) each."""

    source: Source
    items: dict[str, None] = field(default_factory=dict)
    arrays: list[np.ndarray] = field(default_factory=list)
    apart: list[frozenset[str]] = field(default_factory=list)  # told apart from the other answers
    groups: bool = False


def next_merge(tables: Sequence[Table], profile: str) -> Merge | None:
    """Return the two answers of which merging makes most small counts vanish; None without any.

    `tables` hold their counts, also the small ones. Adjacent steps of an ordinal item are merged
    on one side of a scale only (`agree`), of a nominal item small groups. Answers that a part, a
    routing or a derived item tells apart stay apart.
    """
    found = [one for name, counts in _by_answers(tables).items()
             for one in _options(counts, name[1], profile)]
    gain, merge = max(found, key=lambda pair: pair[0], default=(0, None))
    return merge if gain > 0 else None


def and_then(several: Sequence[Merge], step: Merge) -> list[Merge]:
    """Return merges with one more, of answers that can be merged ones already."""
    before = next((one for one in several if one.source == step.source
                   and one.items == step.items), None)
    if before is None:
        return [*several, step]
    whole = {" + ".join(part): part for part in before.parts}
    parts = tuple(tuple(one for name in part for one in whole[name]) for part in step.parts)
    return [replace(one, parts=parts) if one is before else one for one in several]


def _by_answers(tables: Sequence[Table]) -> dict[tuple[str, tuple[str, ...]], _Counts]:
    """Put the counts of items with the same answers together."""
    found: dict[tuple[str, tuple[str, ...]], _Counts] = {}
    for table in tables:
        if table.kind not in KINDS or not table.data_sets:
            continue
        source = table.data_sets[0]
        for name, array, is_group in _arrays(table):
            item = source.items.get(name)
            if item is None or item.kind not in ("nominal", "ordinal") or item.values == "any":
                continue
            counts = found.setdefault((source.name, item.categories), _Counts(source))
            counts.items[name] = None
            counts.arrays.append(array.reindex(item.categories).fillna(0.0).to_numpy())
            counts.groups |= is_group
    for counts in found.values():
        counts.apart += [few for name in counts.items
                         for few in _told_apart(counts.source, name, tables)]
    return found


def _arrays(table: Table) -> Iterator[tuple[str, pd.DataFrame, bool]]:
    """Yield the counts of each item by its answers, and of each item that makes groups."""
    data = table.data[table.data["n"].notna()]
    if table.kind == "crosstab":
        down, across = table.dimensions[:2]
        crossed = data.pivot_table(index=down, columns=across, values="n", aggfunc="sum")
        yield down, crossed, True
        yield across, crossed.T, True
        return
    for item, rows in data.groupby("item", sort=False):
        by = [one for one in table.dimensions if one in rows]
        counts = rows.pivot_table(index="value", columns=by, values="n", aggfunc="sum") if by \
            else rows.set_index("value")[["n"]]
        yield str(item), counts, False
        for one in by:
            yield one, counts.T, True
            yield one, rows.groupby(one, sort=False)[["base"]].first(), True


def _told_apart(source: Source, name: str, tables: Sequence[Table]) -> Iterator[frozenset[str]]:
    """Yield the answers that something else tells from the others."""
    for item in source.items.values():
        yield from (frozenset(few) for one, few in item.asked_if.items() if one == name)
        yield from (frozenset(one.values) for one in (item.any_of, item.none_of)
                    if one is not None and one.item == name)
        if item.recode is not None and item.recode.item == name:
            made = item.recode.map
            yield from (frozenset(one for one in made if made[one] == what)
                        for what in set(made.values()))
    for table in tables:
        yield from (frozenset(part.values) for part in table.found(Part) if part.item == name
                    and table.data_sets and table.data_sets[0].name == source.name)


def _options(
    counts: _Counts, answers: tuple[str, ...], profile: str
) -> Iterator[tuple[int, Merge]]:
    """Yield how many small counts vanish when two answers are merged, and that merge."""
    rule = rule_of(counts.source, profile)
    parts: Parts = tuple((one,) for one in answers)
    small = _small(counts, parts, answers, rule)
    if rule.of != "cell" or is_joint(counts.source) or len(parts) <= FEWEST or not small:
        return
    for one in _closer(counts, parts):
        yield small - _small(counts, one, answers, rule), Merge(
            counts.source.name, tuple(counts.items), one)


def _small(counts: _Counts, parts: Parts, answers: tuple[str, ...], rule: Rule) -> int:
    """Count the numbers that may not be shown when these answers are merged."""
    place = {one: at for at, one in enumerate(answers)}
    taken = np.zeros((len(parts), len(answers)))
    for row, part in enumerate(parts):
        taken[row, [place[one] for one in part]] = 1.0
    sums = [taken @ one for one in counts.arrays]
    return sum(int(((one > 0) & (one < rule.least)).sum()) for one in sums)


def _closer(counts: _Counts, parts: Parts) -> Iterator[Parts]:
    """Yield the parts with two of them merged, where these may be."""
    items = [counts.source.items[name] for name in counts.items]
    ordered = all(one.kind == "ordinal" for one in items)
    if not ordered and not counts.groups:
        return
    pairs = pairwise(range(len(parts))) if ordered else combinations(range(len(parts)), 2)
    for one, other in pairs:
        if all(_alike((*parts[one], *parts[other]), few)
               for few in (*counts.apart, *_sides(items))):
            made = [part for at, part in enumerate(parts) if at != other]
            made[one] = (*parts[one], *parts[other])
            yield tuple(made)


def _alike(answers: tuple[str, ...], few: frozenset[str]) -> bool:
    return len({one in few for one in answers}) == 1


def _sides(items: Sequence[Item]) -> Iterator[frozenset[str]]:
    """Yield the answers of one side of a scale."""
    for one in items:
        yield from (frozenset(few) for few in (one.agree, (one.neutral,)) if any(few))


# Answers with these merged


def with_merged(responses: Responses, several: Sequence[Merge]) -> Responses:
    """Return the answers as they would be with some of them merged."""
    source, data = responses.source, responses.data
    for merge in several:
        if merge.source != source.name:
            continue
        names = merge.names
        kept = list(dict.fromkeys(names.values()))
        data = data.assign(**{item: pd.Categorical(
            data[item].astype("str").map(names), kept, ordered=True) for item in merge.items})
        source = _merged_source(source, merge.items, names)
    return replace(responses, source=source, data=data)


def _merged_source(
    source: Source, items: Sequence[str], names: Mapping[str, str]
) -> Source:
    design = source.design
    if design is not None:
        design = design.model_copy(update={
            "margins": {one: of for one, of in design.margins.items() if one not in items},
            "structural_zeros": tuple(one for one in design.structural_zeros
                                      if not set(one) & set(items))})
    made = {name: _merged_item(one, items, names) for name, one in source.items.items()}
    return source.model_copy(update={"items": made, "design": design})


def _merged_item(item: Item, items: Sequence[str], names: Mapping[str, str]) -> Item:
    """Return an item with its own answers merged, or those of others that it refers to."""
    def new(answers: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.get(one, one) for one in answers))

    changes: dict[str, object] = {"asked_if": {
        one: new(few) if one in items else few for one, few in item.asked_if.items()}}
    if item.name in items:
        neutral = names.get(item.neutral, item.neutral) if item.neutral else None
        changes |= {"values": new(item.categories), "value_labels": Labels(),
                    "agree": new(item.agree), "neutral": neutral, "other": None}
    if item.recode is not None:
        given = item.recode.item in items
        made = {names.get(one, one) if given else one:
                names.get(what, what) if item.name in items else what
                for one, what in item.recode.map.items()}
        changes["recode"] = item.recode.model_copy(update={"map": made})
    for rule in ("any_of", "none_of"):
        ticked = getattr(item, rule)
        if item.name not in items and ticked is not None and ticked.item in items:
            changes[rule] = ticked.model_copy(update={"values": new(ticked.values)})
    return item.model_copy(update=changes)

