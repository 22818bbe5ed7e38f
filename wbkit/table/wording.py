"""Where facts become sentences: title, base, basis and notes of a Table, in one language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from wbkit.messages import listing
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.table.contents import Contents
from wbkit.table.facts import (
    NOT_ASKED,
    Assumed,
    Bands,
    Base,
    Bases,
    Cleaned,
    Counted,
    Derived,
    Drawn,
    Fact,
    ItemNotes,
    Joint,
    JointBase,
    MissingUnits,
    Naming,
    NoInterval,
    Outside,
    Part,
    Routed,
    ShareOf,
    Subject,
    Ticks,
    Ungrouped,
    known,
)
from wbkit.table.phrases import coding, survey, tests
from wbkit.table.phrases.common import FEW_ITEMS, Words, asked_title, part_words
from wbkit.table.render import Shown
from wbkit.table.statements.tests import Scored
from wbkit.table.words import Names

SHORT = 24  # letters that stand on one line
UNCOUNTED = {"no_interval_response": "no_interval_some", "no_interval_more": "no_interval_over",
             "no_interval_more_invited": "no_interval_over_invited"}


def shown(
    contents: Contents, *, language: str | None = None, notes: str = "full",
    title: str | None = None,
) -> Shown:
    """Put a Table into words."""
    names = _telling(Names(contents, language or contents.language))
    return Shown(
        contents, names,
        title=title or _title(contents, names),
        units=_units(contents, names),
        base=" ".join(_said("base", contents, names)),
        basis=" ".join(_said("basis", contents, names)),
        notes=tuple(dict.fromkeys(_said("notes", contents, names, full=notes == "full"))),
        part=part_words(contents.found(Part), names),
    )


def _telling(names: Names) -> Names:
    """Let the statements about ids give their words."""
    told: dict[str, dict[str, str]] = {}
    for fact in names.contents.found(Naming):
        told.setdefault(fact.column, {})[fact.id] = WORDS[type(fact)]([fact], names)[0]
    return replace(names, told=told) if told else names


def _said(place: str, contents: Contents, names: Names, *, full: bool = True) -> list[str]:
    """Say the facts of one place, those of one class together."""
    facts = [fact for fact in contents.facts if fact.place == place and (full or fact.essential)]
    kinds = list(dict.fromkeys(map(type, facts)))
    lines = [line for kind in kinds
             for line in WORDS[kind]([one for one in facts if type(one) is kind], names)]
    return [line for line in lines if line]


def _units(contents: Contents, names: Names) -> tuple[str, str]:
    counted = contents.found(Counted)
    if counted:
        return names.units_of(counted[0].unit)
    return (names.units(1), names.units(2)) if names.sources else names.units_of("unit")


# Titles


def _title(contents: Contents, names: Names) -> str:
    """Say what the Table is about; a part of the units stands behind it."""
    subjects = contents.found(Subject)
    if not subjects:
        return ""
    text = TITLES[subjects[0].form](subjects[0], names)
    values = [_part_title(part.item, one, names)
              for part in contents.found(Part) for one in part.values]
    return names.label("title_part", title=text, part=listing(values, names.language)) \
        if values else text


def _part_title(item: str, value: str, names: Names) -> str:
    """Name a value, with its question where other questions have a value of the same words."""
    words = names.value(item, value)
    others = [one for source in names.sources for one in source.items.values()
              if one.name != item and words in one.value_words(names.language).values()]
    return names.label("condition", item=names.title_of(item, short=True), values=words) \
        if others else words


def _crossed_title(subject: Subject, names: Names) -> str:
    down, across = (names.title_of(one, short=True) for one in subject.by)
    title = names.label("crossed", rows=down, columns=across)
    return title[:1].upper() + title[1:]


def _distribution_title(subject: Subject, names: Names) -> str:
    return names.titled("distribution_title", asked_title(subject, names))


def _joint_title(subject: Subject, names: Names) -> str:
    """Name the theme that the sources are about, or say that there are several."""
    n = len(names.sources)
    key = f"{subject.form if subject.items == () else 'joint_title'}{'' if n > 1 else '_one'}"
    known = [one.setting.themes.get(name) for one in names.sources[:1] for name in subject.items]
    words = known[0].text(names.language) if known and known[0] else "".join(subject.items)
    return names.label(key, n=n, theme=words)


def _changes_title(_: Subject, names: Names) -> str:
    return names.label("changes_title", source=names.source.words(names.language))


TITLES: Mapping[str, Callable[[Subject, Names], str]] = {
    "asked": asked_title,
    "crossed": _crossed_title,
    "distribution": _distribution_title,
    "joint": _joint_title,
    "joint_themes": _joint_title,
    "changes": _changes_title,
} | coding.TITLES | survey.TITLES | tests.TITLES


# The base


def _base(facts: Sequence[Base], names: Names) -> list[str]:
    base = facts[0]
    listed = names.source.kind != "survey"
    key = f"base_list_{base.of}" if listed else f"base_{_asked_or_derived(base, names)}"
    values = {"units": names.units(2), "unit": names.units(1)}
    if not known(base.n):
        each = f"each_{'_'.join(base.each)}" if base.each else ""
        return [names.label(key, each=names.label(each) if each else "", **values)]
    if base.of == "answers":
        return [names.label(f"{key}_n", n=names.count(base.n), **values)]
    if not known(base.looked):
        return [names.label("base_only", n=names.count(base.n), units=names.units(base.n))]
    return [names.label(f"{key}_n", n=names.count(base.n), all=names.count(base.looked), **values)]


def _asked_or_derived(base: Base, names: Names) -> str:
    """Say of derived items and scores that nobody was asked; of unlike ones only who is known."""
    made = {one.item for one in names.contents.found(Derived)}
    scored = {one.item for one in names.contents.found(Scored)}
    subjects = {name for one in names.contents.found(Subject) for name in one.items or one.by}
    if base.of == "answers" or not (made | scored) & subjects:
        return base.of
    if subjects <= scored:
        return "scored"
    return "derived" if subjects <= made else "known"


def _part(facts: Sequence[Part], names: Names) -> list[str]:
    return [names.label("base_part", part=part_words(facts, names))]


def _routed(facts: Sequence[Routed], names: Names) -> list[str]:
    asked = []
    for fact in facts:
        values = [f"‘{names.value(fact.item, one)}’" for one in fact.values]
        asked.append(names.label("asked_if", item=names.title_of(fact.item),
                                 values=listing(values, names.language, last="or")))
    return [names.label("base_routing", asked="; ".join(asked))]


def _derived(facts: Sequence[Derived], names: Names) -> list[str]:
    """Name the questions that a rule took, when they are few enough to read."""
    parents = list(dict.fromkeys(one for fact in facts for one in fact.parents))
    words = [f"‘{names.title_of(one, short=True)}’" for one in parents]
    return [names.label("derived_from", items=listing(words, names.language))] \
        if 0 < len(words) <= FEW_ITEMS else []


# On what intervals rest


def _cleaned(facts: Sequence[Cleaned], names: Names) -> list[str]:
    return [names.label("changes_base", rows=names.number(one.kept + one.aside),
                        kept=names.number(one.kept), aside=names.number(one.aside))
            for one in facts]


def _no_interval(facts: Sequence[NoInterval], names: Names) -> list[str]:
    fact = facts[0]
    values = {"invited": names.number(fact.invited) if fact.invited else "",
              "units": names.units(2)}
    if fact.answered is None:
        return [names.label(UNCOUNTED.get(fact.reason, fact.reason), **values)]
    return [names.label(fact.reason, n=names.count(fact.answered), **values)]


def _drawn(facts: Sequence[Drawn], names: Names) -> list[str]:
    fact = facts[0]
    key = f"{fact.about}_{'skipped' if fact.skipped else 'drawn'}"
    return [names.label(key, method=method_words(fact.method, names))]


def _assumed(facts: Sequence[Assumed], names: Names) -> list[str]:
    fact = facts[0]
    return [names.label(f"{fact.about}_assumed", words=fact.words,
                        method=method_words(fact.method, names))]


def method_words(method: str, names: Names) -> str:
    """Return the name of the method of an interval."""
    return names.label(f"interval_{method}") if method else ""


# Notes about answers


def _share_of(facts: Sequence[ShareOf], names: Names) -> list[str]:
    return [names.label(f"share_{one.of}", item=names.title_of(one.item, short=True))
            for one in facts]


def _outside(facts: Sequence[Outside], names: Names) -> list[str]:
    """Count the units outside the base and say why, item by item when they differ."""
    items = [one for subject in names.contents.found(Subject)
             for one in subject.items or subject.by]
    counts = {item: _reasons([one for one in facts if one.item == item], names)
              for item in dict.fromkeys([*items, *(one.item for one in facts)])}
    if len(counts) == 1 or len(set(counts.values())) == 1:
        parts = next(iter(counts.values()))
    else:
        parts = "; ".join(f"{names.title_of(item, short=True)} ({text})"
                          for item, text in counts.items() if text)
    return [names.label("outside_base", parts=parts)]


def _reasons(facts: Sequence[Outside], names: Names) -> str:
    return ", ".join(_unbroken(f"{names.count(one.n)} × {reason_words(one, names)}")
                     for one in facts)


def reason_words(fact: Outside, names: Names) -> str:
    """Say why units are outside the base: a reason of wbkit, or a missing code between quotes."""
    if fact.reason in (NOT_ASKED, "no_answer", "no_valid"):
        return names.label(fact.reason)
    return f"‘{names.value(fact.item, fact.reason)}’"


def _unbroken(words: str) -> str:
    """Keep a short part on one line."""
    return words.replace(" ", "\u00a0") if len(words) <= SHORT else words


def _ticks(_: Sequence[Ticks], names: Names) -> list[str]:
    return [names.label("ticks_note")]


def _item_notes(facts: Sequence[ItemNotes], names: Names) -> list[str]:
    found = [names.item(one) for fact in facts for one in fact.items]
    return [_own_note(item, names.language) for item in found if item and item.note]


def _own_note(item: Item, language: str) -> str:
    return item.note.text(language) or ""


def _joint(facts: Sequence[Joint], names: Names) -> list[str]:
    fact = facts[0]
    if fact.n is None:
        return [names.label("joint_note_few", people=names.number(fact.people))]
    key = "joint_note_one" if fact.n.n == 1 else "joint_note"
    return [names.label(key, n=names.count(fact.n), units=names.units(fact.n),
                        people=names.number(fact.people))]


def _missing_units(_: Sequence[MissingUnits], names: Names) -> list[str]:
    return [line for source in names.sources for line in source.missing_words(names.language)]


def _ungrouped(facts: Sequence[Ungrouped], names: Names) -> list[str]:
    return [names.label("margin_unknown", units=names.units(one.n),
                        n=names.count(one.n) if one.n.known else names.label("some"),
                        item=names.title_of(one.item, short=True)) for one in facts]


def _joint_base(facts: Sequence[JointBase], names: Names) -> list[str]:
    units = {one.unit: one.units(2, names.language) for one in names.sources}
    return [names.label("joint_base", units=listing(list(units.values()), names.language))]


def _bases(facts: Sequence[Bases], names: Names) -> list[str]:
    """Give each source one line with its base and notes."""
    lines = []
    for fact in facts:
        sources = [one for one in names.sources if one.name in fact.sources]
        spoken = [one for one in names.contents.sources if not isinstance(one, Source)]
        own = Contents(pd.DataFrame(), fact.kind, (), fact.facts, (*sources, *spoken))
        inner = Names(own, names.language)
        notes = _said("notes", own, inner)
        words = " ".join([*_said("base", own, inner), *notes])
        alone = len(sources) == 1 and words
        lines += [f"{sources[0].words(names.language)}. {words}"] if alone else notes
    return lines


def _bands(facts: Sequence[Bands], names: Names) -> list[str]:
    return [names.label("bands_note", source=one.source, least=one.least) for one in facts]


WORDS: Mapping[type[Fact], Words] = {
    Base: _base, Part: _part, Routed: _routed, Derived: _derived,
    NoInterval: _no_interval, Drawn: _drawn, Assumed: _assumed,
    JointBase: _joint_base, Bases: _bases, Cleaned: _cleaned,
    ShareOf: _share_of, Outside: _outside, Ticks: _ticks, ItemNotes: _item_notes,
    Joint: _joint, MissingUnits: _missing_units, Ungrouped: _ungrouped, Bands: _bands,
} | coding.WORDS | survey.WORDS | tests.WORDS  # fmt: skip
