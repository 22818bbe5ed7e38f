"""The words above and below a Table: what was asked, of whom, and who is not in it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import NO_ANSWER, NOT_ASKED, Responses
from wbkit.labels import decimal_mark, label, listing, number
from wbkit.study.item import Item
from wbkit.survey.counts.tallies import OTHER_ANSWERS
from wbkit.survey.stating import scored_facts
from wbkit.table.contents import Contents
from wbkit.table.facts_tests import Scored
from wbkit.table.wording_tests import WORDS
from wbkit.table.words import Names

NO_VALID = "no_valid"
FEW_ITEMS = 4  # their names fit in a title
SHORT = 24  # letters that stand on one line


def about(responses: Responses | Cells, items: Sequence[Item], group: Item | None) -> str:
    """Return the title: the question, or the theme of several, and the groups."""
    language = responses.source.language
    title = items[0].words(language) if len(items) == 1 else _together_words(responses, items)
    if group is None:
        return title
    return label("by_group", language, title=title, group=group.words(language, short=True))


def _together_words(responses: Responses | Cells, items: Sequence[Item]) -> str:
    """Name the theme that several items share, and say how many there are; else name a few."""
    language = responses.source.language
    several = label("several_items", language, n=len(items))
    themes = {item.theme for item in items}
    if len(themes) > 1 and len(items) <= FEW_ITEMS:
        names = listing([item.words(language, short=True) for item in items], language)
        return names[:1].upper() + names[1:]
    name = responses.source.setting.themes.get(next(iter(themes)) or "")
    return f"{name.text(language)}: {several}" if len(themes) == 1 and name else several


def item_labels(
    items: Sequence[Item], language: str, found: Mapping[str, Sequence[str]] | None = None
) -> dict[str, dict[str, str]]:
    """Return the printed words of items and their values; `found` names the values by item.

    An item whose words differ from those of an item before it has a list of its own.
    """
    own = {item.name: item.value_words(language)
           | {one: _answer_words(item, one, language) for one in (found or {}).get(item.name, ())}
           for item in items}
    values: dict[str, str] = {}
    for words in own.values():
        values |= {one: text for one, text in words.items() if one not in values}
    return {
        "item": {item.name: item.words(language) for item in items},
        "item_short": {item.name: item.words(language, short=True) for item in items},
        "value": values,
    } | {f"value of {name}": words for name, words in own.items()
         if any(values[one] != text for one, text in words.items())}


def _answer_words(item: Item, answer: str, language: str) -> str:
    """Return the printed words of an answer, or of the reason why there is none."""
    known = item.value_words(language)
    if answer in known:
        return known[answer]
    if answer in (NO_ANSWER, OTHER_ANSWERS):
        return label(answer, language)
    return answer.replace(".", decimal_mark(language)) if item.kind == "numeric" else answer


def dimension_labels(group: Item, language: str) -> dict[str, dict[str, str]]:
    """Return the printed words of the groups and of their column."""
    words = group.value_words(language)
    words |= {OTHER_ANSWERS: label(OTHER_ANSWERS, language)} if group.values == "any" else {}
    return {group.name: words, "column": {group.name: group.words(language, short=True)}}


def base_words(
    responses: Responses | Cells, items: Sequence[Item], of: str, data: pd.DataFrame | None
) -> str:
    """Say what the base is: how many of which units, where `data` has one base for all."""
    source = responses.source
    bases = [] if data is None else data["base"].unique()
    one = len(bases) == 1 and pd.notna(bases[0])
    n = {"n": number(bases[0], source.language)} if one else {}
    n = n or {"each": _each_words(items, group=data is None, language=source.language)}
    return base_line(responses, items, of if source.kind == "survey" else f"list_{of}", **n)


def _each_words(items: Sequence[Item], *, group: bool, language: str) -> str:
    """Say that every question or group has a base of its own."""
    several = ["item"] * (len(items) > 1) + ["group"] * group
    return label("each_" + "_".join(several), language) if several else ""


def base_line(responses: Responses | Cells, items: Sequence[Item], key: str, **n: str) -> str:
    """Return the words of a base, with its count where there is one, and who was asked."""
    language, source = responses.source.language, responses.source
    text = label(f"base_{key}_n" if "n" in n else f"base_{key}", language, units=source.units(2),
                 unit=source.units(1), all=number(responses.n, language), **n)
    part, asked = responses.base_words(), _asked_words(responses, items)
    extra = [label("base_part", language, part=part)] if part else []
    extra += [label("base_routing", language, asked=asked)] if asked else []
    return " ".join([text, *extra])


def item_notes(
    responses: Responses | Cells, items: Sequence[Item], *, of: str = "respondents"
) -> tuple[str, ...]:
    """Say beside the base who is not in it, item by item, and what else must be known."""
    notes = [_outside_words(responses, items, of)]
    notes += [label("ticks_note", responses.source.language)
              for item in items[:1] if item.kind == "multiple" and of != "answers"]
    notes += _own_notes(responses, items)
    return tuple(dict.fromkeys(filter(None, notes)))


def _own_notes(responses: Responses | Cells, items: Sequence[Item]) -> list[str]:
    source, language = responses.source, responses.source.language
    notes = [item.note.text(language) for item in items if item.note]
    notes += _score_notes(responses, items)
    if source.design and source.design.kind == "joint" and source.design.people:
        people = number(source.design.people, language)
        key = "joint_note" if responses.n != 1 else "joint_note_one"
        notes.append(label(key, language, n=number(responses.n, language),
                           units=source.units(responses.n), people=people))
    notes += source.missing_words()
    return notes


def _score_notes(responses: Responses | Cells, items: Sequence[Item]) -> Sequence[str]:
    """Say how scores were made, in Tables that do not hold statements yet."""
    facts = tuple(scored_facts(items))
    names = Names(Contents(pd.DataFrame(), "frequency", (), facts, (responses.source,)),
                  responses.source.language)
    return WORDS[Scored]([one for one in facts if isinstance(one, Scored)], names)


def _outside_words(responses: Responses | Cells, items: Sequence[Item], of: str) -> str:
    """Count the units outside the base, and say why; item by item when there are several."""
    language = responses.source.language
    counts = {item.words(language, short=True): _outside(responses, item, of) for item in items}
    if len(items) == 1 or len(set(counts.values())) == 1:
        parts = next(iter(counts.values()))
    else:
        parts = "; ".join(f"{name} ({words})" for name, words in counts.items() if words)
    return label("outside_base", language, parts=parts) if parts else ""


def _outside(responses: Responses | Cells, item: Item, of: str) -> str:
    """Count the units outside the base of one item by reason."""
    language, minimum = responses.source.language, responses.source.minimum
    found = responses.state_counts(item)
    if 0 < responses.answered(item) < minimum:
        return ""  # with the total, these counts would give the base that is hidden
    reasons = (NOT_ASKED,) if of == "asked" else (NOT_ASKED, *responses.codes(item), NO_ANSWER)
    counts = {reason: int(found[reason]) for reason in reasons if found.get(reason)}
    if any(n < minimum for reason, n in counts.items() if reason != NOT_ASKED):
        counts = _together(counts)
    known = item.value_words(language)
    words = {reason: f"‘{known.get(reason, reason)}’" for reason in counts} | {
        reason: label(reason, language) for reason in (NOT_ASKED, NO_ANSWER, NO_VALID)}
    return ", ".join(_unbroken(f"{at_least(n, responses)} × {words.get(reason, reason)}")
                     for reason, n in counts.items())


def _unbroken(words: str) -> str:
    """Keep a short part on one line."""
    return words.replace(" ", "\u00a0") if len(words) <= SHORT else words


def _together(counts: dict[str, int]) -> dict[str, int]:
    """Add the reasons up, so that none of the small ones can be read."""
    rest = sum(n for reason, n in counts.items() if reason != NOT_ASKED)
    return {reason: n for reason, n in counts.items() if reason == NOT_ASKED} | {NO_VALID: rest}


def at_least(n: int, responses: Responses | Cells) -> str:
    """Write a count, or that it is smaller than the source shows."""
    language, minimum = responses.source.language, responses.source.minimum
    return number(n, language) if n >= minimum else label("fewer_than", language, minimum=minimum)


def unknown_group(responses: Responses | Cells, group: Item) -> str:
    """Count the units that are in no group, empty without any."""
    source, language = responses.source, responses.source.language
    n = responses.ungrouped(group)
    if not n:
        return ""
    few = n < source.minimum
    return label("margin_unknown", language, units=source.units(2 if few else n),
                 n=label("some", language) if few else number(n, language),
                 item=group.words(language, short=True))


def _asked_words(responses: Responses | Cells, items: Sequence[Item]) -> str:
    language = responses.source.language
    parts = []
    for parent, values in dict(pair for item in items for pair in item.asked_if.items()).items():
        rule = responses.item(parent)
        words = rule.value_words(language)
        given = listing([f"‘{words.get(one, one)}’" for one in values], language, last="or")
        parts.append(label("asked_if", language, item=rule.words(language), values=given))
    return "; ".join(parts)
