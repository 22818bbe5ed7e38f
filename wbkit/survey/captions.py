"""The words above and below a Table: what was asked, of whom, and who is not in it."""

from collections.abc import Sequence

import pandas as pd

from wbkit.labels import label, listing, number
from wbkit.nouns.item import OTHER, Item
from wbkit.nouns.response import NO_ANSWER, NOT_ASKED, Responses


def about(responses: Responses, items: Sequence[Item], group: Item | None) -> str:
    """Return the title: the question, or the theme of several, and the groups."""
    language = responses.source.language
    title = items[0].words(language) if len(items) == 1 else _together_words(responses, items)
    if group is None:
        return title
    return label("by_group", language, title=title, group=group.words(language, short=True))


def _together_words(responses: Responses, items: Sequence[Item]) -> str:
    """Name the theme that several items share, and say how many there are."""
    language = responses.source.language
    several = label("several_items", language, n=len(items))
    themes = {item.theme for item in items}
    name = responses.source.setting.themes.get(next(iter(themes)) or "")
    return f"{name.text(language)}: {several}" if len(themes) == 1 and name else several


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
    responses: Responses, items: Sequence[Item], data: pd.DataFrame, of: str, *, grouped: bool
) -> str:
    """Say what the base is: how many of which units, asked and answered."""
    language, source = responses.source.language, responses.source
    bases = data["base"].dropna().unique()
    one = len(bases) == 1 and data["base"].notna().all() and not grouped
    n = {"n": number(bases[0], language)} if one else {}
    return base_line(responses, items, of if source.kind == "survey" else f"list_{of}", **n)


def base_line(responses: Responses, items: Sequence[Item], key: str, **n: str) -> str:
    """Return the words of a base, with its count where there is one, and who was asked."""
    language, source = responses.source.language, responses.source
    text = label(f"base_{key}_n" if n else f"base_{key}", language, units=source.units(2),
                 unit=source.units(1), all=number(responses.n, language), **n)
    part, asked = responses.base_words(), _asked_words(responses, items)
    extra = [label("base_part", language, part=part)] if part else []
    extra += [label("base_routing", language, asked=asked)] if asked else []
    return " ".join([text, *extra])


def item_notes(
    responses: Responses, items: Sequence[Item], *, of: str = "respondents"
) -> tuple[str, ...]:
    """Say beside the base who is not in it, item by item, and what else must be known."""
    notes = [_outside_words(responses, items, of)]
    notes += [label("ticks_note", responses.source.language)
              for item in items[:1] if item.kind == "multiple" and of != "answers"]
    notes += _own_notes(responses, items)
    return tuple(dict.fromkeys(filter(None, notes)))


def _own_notes(responses: Responses, items: Sequence[Item]) -> list[str]:
    source, language = responses.source, responses.source.language
    notes = [item.note.text(language) for item in items if item.note]
    if source.design and source.design.kind == "joint" and source.design.people:
        people = number(source.design.people, language)
        notes.append(label("joint_note", language, n=number(responses.n, language),
                           units=source.units(responses.n), people=people))
    notes += source.missing_words()
    return notes


def _outside_words(responses: Responses, items: Sequence[Item], of: str) -> str:
    """Count the units outside the base, and say why; item by item when there are several."""
    language = responses.source.language
    counts = {item.words(language, short=True): _outside(responses, item, of) for item in items}
    if len(items) == 1 or len(set(counts.values())) == 1:
        parts = next(iter(counts.values()))
    else:
        parts = "; ".join(f"{name} ({words})" for name, words in counts.items() if words)
    return label("outside_base", language, parts=parts) if parts else ""


def _outside(responses: Responses, item: Item, of: str) -> str:
    """Count the units outside the base of one item by reason."""
    language, minimum = responses.source.language, responses.source.minimum
    state = responses.state(item)[responses.domain]
    words = item.value_words(language)
    counts = {reason: int((state == reason).sum())
              for reason in (NOT_ASKED, *item.missing, NO_ANSWER)
              if of != "asked" or reason == NOT_ASKED}
    counts = {reason: n for reason, n in counts.items() if n}
    if any(n < minimum for reason, n in counts.items() if reason != NOT_ASKED):
        counts = _together(counts)
    return ", ".join(
        f"{number(n, language)} × "
        + (f"‘{words[reason]}’" if reason in words else label(reason, language))
        for reason, n in counts.items()
    )


def _together(counts: dict[str, int]) -> dict[str, int]:
    """Add the reasons up, so that none of the small ones can be read."""
    rest = sum(n for reason, n in counts.items() if reason != NOT_ASKED)
    return {reason: n for reason, n in counts.items() if reason == NOT_ASKED} | {"no_valid": rest}


def _asked_words(responses: Responses, items: Sequence[Item]) -> str:
    language = responses.source.language
    parts = []
    for parent, values in dict(pair for item in items for pair in item.asked_if.items()).items():
        rule = responses.item(parent)
        words = rule.value_words(language)
        parts.append(label("condition", language, item=rule.words(language, short=True),
                           values=listing([words.get(one, one) for one in values], language,
                                          last="or")))
    return "; ".join(parts)
