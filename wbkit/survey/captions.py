"""The words above and below a Table: what was asked, of whom, and who is not in it."""

from collections.abc import Sequence

import pandas as pd

from wbkit.labels import label, listing, number
from wbkit.nouns.count_table import Cells
from wbkit.nouns.item import OTHER, Item
from wbkit.nouns.responses import NO_ANSWER, NOT_ASKED, Responses


def about(items: Sequence[Item], group: Item | None, language: str) -> str:
    """Return the title: the question, or how many, and the groups."""
    if len(items) == 1:
        title = items[0].words(language)
    else:
        title = label("several_items", language, n=len(items))
    if group is None:
        return title
    return label("by_group", language, title=title, group=group.words(language, short=True))


def item_labels(items: Sequence[Item], language: str) -> dict[str, dict[str, str]]:
    """Return the printed words of items and their values."""
    values: dict[str, str] = {}
    for item in items:
        values |= item.value_words(language)
        values |= {OTHER: label("other", language)} if item.other else {}
    return {
        "item": {item.name: item.words(language) for item in items},
        "item_short": {item.name: item.words(language, short=True) for item in items},
        "value": values,
    }


def dimension_labels(group: Item, language: str) -> dict[str, dict[str, str]]:
    """Return the printed words of the groups and of their column."""
    words = group.value_words(language)
    words |= {OTHER: label("other", language)} if group.other else {}
    return {group.name: words, "column": {group.name: group.words(language, short=True)}}


def base_words(
    responses: Responses | Cells, items: Sequence[Item], data: pd.DataFrame, of: str
) -> str:
    """Say what the base is: how many of which units, asked and answered."""
    language, source = responses.source.language, responses.source
    bases = data["base"].dropna().unique()
    words = {"units": source.units(2), "unit": source.units(1),
             "all": number(responses.n, language)}
    if len(bases) == 1 and len(data["base"].dropna()) == len(data):
        text = label(f"base_{of}_n", language, n=number(bases[0], language), **words)
    else:
        text = label(f"base_{of}", language, **words)
    part, asked = responses.base_words(), _asked_words(responses, items)
    extra = [label("base_part", language, part=part)] if part else []
    extra += [label("base_routing", language, asked=asked)] if asked else []
    return " ".join([text, *extra])


def item_notes(
    responses: Responses | Cells, items: Sequence[Item], *, of: str = "respondents"
) -> tuple[str, ...]:
    """Say beside the base who is not in it, item by item, and what else must be known."""
    notes = [_outside(responses, item, of, named=len(items) > 1) for item in items]
    notes += [label("ticks_note", responses.source.language)
              for item in items[:1] if item.kind == "multiple"]
    notes += _own_notes(responses, items)
    return tuple(dict.fromkeys(filter(None, notes)))


def _own_notes(responses: Responses | Cells, items: Sequence[Item]) -> list[str]:
    source, language = responses.source, responses.source.language
    notes = [item.note.text(language) for item in items if item.note]
    if source.design and source.design.kind == "joint" and source.design.people:
        people = number(source.design.people, language)
        notes.append(label("joint_note", language, n=number(responses.n, language),
                           units=source.units(responses.n), people=people))
    notes += [f"{unit}: {reason}" for unit, reason in source.missing_units.items()]
    return notes


def _outside(responses: Responses | Cells, item: Item, of: str, *, named: bool) -> str:
    """Count the units outside the base of one item, and why they are."""
    language, minimum = responses.source.language, responses.source.minimum
    words = item.value_words(language)
    found = responses.state_counts(item)
    order = [NOT_ASKED, *item.missing, NO_ANSWER]
    counts = {reason: found[reason] for reason in sorted(found, key=order.index)}
    counts = {reason: n for reason, n in counts.items()
              if n and (of != "asked" or reason == NOT_ASKED)}
    if any(n < minimum for reason, n in counts.items() if reason != NOT_ASKED):
        counts = _together(counts)
    parts = [f"{words.get(reason) or label(reason, language)} {number(n, language)}"
             for reason, n in counts.items()]
    text = label("outside_base", language, parts=", ".join(parts)) if parts else ""
    return f"{item.words(language, short=True)}: {text}" if text and named else text


def _together(counts: dict[str, int]) -> dict[str, int]:
    """Add the reasons up, so that none of the small ones can be read."""
    rest = sum(n for reason, n in counts.items() if reason != NOT_ASKED)
    return {reason: n for reason, n in counts.items() if reason == NOT_ASKED} | {"no_valid": rest}


def _asked_words(responses: Responses | Cells, items: Sequence[Item]) -> str:
    language = responses.source.language
    parts = []
    for parent, values in dict(pair for item in items for pair in item.asked_if.items()).items():
        rule = responses.item(parent)
        words = rule.value_words(language)
        parts.append(label("condition", language, item=rule.words(language, short=True),
                           values=listing([words.get(one, one) for one in values], language,
                                          last="or")))
    return "; ".join(parts)
