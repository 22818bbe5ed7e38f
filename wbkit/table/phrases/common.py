"""Phrases that several wordings share."""

from collections.abc import Callable, Sequence

from wbkit.messages import listing
from wbkit.table.facts import Part, Subject
from wbkit.table.words import Names

FEW_ITEMS = 4  # their names fit in a title
Words = Callable[[Sequence, Names], Sequence[str]]


def just(key: str) -> Words:
    """Say a fact that has neither ids nor numbers."""
    return lambda _, names: [names.label(key)]


def asked_title(subject: Subject, names: Names) -> str:
    """Name the question, or the theme of several, and the groups."""
    title = names.title_of(subject.items[0]) if len(subject.items) == 1 \
        else _several(subject, names)
    if not subject.by:
        return title
    return names.label("by_group", title=title, group=names.title_of(subject.by[0], short=True))


def _several(subject: Subject, names: Names) -> str:
    """Name the theme that several items share, and say how many there are; else name a few."""
    several = names.label("several_items", n=len(subject.items))
    items = [names.item(one) for one in subject.items]
    themes = {item.theme for item in items if item}
    if len(themes) > 1 and len(items) <= FEW_ITEMS:
        words = listing([names.title_of(one, short=True) for one in subject.items],
                        names.language)
        return words[:1].upper() + words[1:]
    name = names.source.setting.themes.get(next(iter(themes)) or "") if len(themes) == 1 else None
    return f"{name.text(names.language)}: {several}" if name else several


def part_words(parts: Sequence[Part], names: Names) -> str:
    """Name the part of the units that is looked at: item and values, empty without any."""
    lines = []
    for part in parts:
        values = [names.value(part.item, one) for one in part.values]
        lines.append(names.label("condition", item=names.title_of(part.item, short=True),
                                 values=listing(values, names.language, last="or")))
    return "; ".join(lines)
