"""The words around a plot: what it shows or asks, about whom, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from wbkit.labels import label
from wbkit.messages import listing
from wbkit.study.source import Source, is_guessed
from wbkit.table.facts import Assumed, Base, Joint, Part, Routed, Subject, known
from wbkit.table.statements.survey import Together
from wbkit.table.words import Worded

BETWEEN = " · "


@dataclass(frozen=True)
class Headings:
    """Title, lines of the subtitle, and the line below a plot."""

    title: str
    subtitle: tuple[str, ...]
    footer: str


def headings(table: Worded, finding: str) -> Headings:
    """Give a plot its words; without a finding the question is its title."""
    asked, about = question(table), base_words(table)
    lines = [asked, about] if finding else [about]
    return Headings(finding or asked, tuple(filter(None, lines)), source_line(table))


def question(table: Worded) -> str:
    """Return the question, or the theme of several; a title that the caller gave stays."""
    subjects = table.contents.found(Subject)
    several = label("several_items", table.language, n=len(subjects[0].items)) if subjects else ""
    return table.title.replace(f": {several}", "") if several else table.title


def base_words(table: Worded) -> str:
    """Say in a few words who was counted."""
    contents, names = table.contents, table.names
    parts = [_counted(base, table) for base in contents.found(Base)[:1]]
    parts += [names.label("short_together", n=names.count(one.n), units=names.units(one.n))
              for one in contents.found(Together)]
    people = [one.people for one in contents.found(Together, Joint) if one.people is not None]
    people = [names.count(one) for one in people]
    parts += [names.label("short_people", n=people[0])] if people else []
    parts += [_asked(routed, table) for routed in contents.found(Routed)[:1]]
    parts = [one for one in parts if one] or [table.base.partition(". ")[0].rstrip(".")]
    return "; ".join(parts)


def _counted(base: Base, table: Worded) -> str:
    names = table.names
    if not known(base.n):
        return names.label(f"short_each_{'_'.join(base.each)}", units=names.units(2)) \
            if base.each else ""
    units = names.units(base.n)
    if base.of == "answers":
        return ""
    whole = known(base.looked) and base.looked.n == base.n.n
    if not known(base.looked) or (whole and table.contents.found(Part)):
        return names.label("short_base", n=names.count(base.n), units=units)
    return names.label("short_base_all" if whole else "short_base_of", n=names.count(base.n),
                       all=names.count(base.looked), units=names.units(base.looked))


def _asked(routed: Routed, table: Worded) -> str:
    names = table.names
    values = [f"‘{names.value(routed.item, one)}’" for one in routed.values]
    return names.label("short_asked", item=names.title_of(routed.item, short=True),
                       values=listing(values, names.language, last="or"))


def source_line(table: Worded) -> str:
    """Name the sources, how people came in, and what was made up; in one line."""
    language, sources = table.language, table.sources
    if not sources:
        return ""
    assumed = [label("short_assumed", language, words=one.words)
               for one in table.contents.found(Assumed)[:1]]
    names = listing([source.words(language) for source in sources], language)
    parts = [label("short_source", language, names=names), *(assumed or _recruited(sources, table))]
    parts += [_made_up(sources, language), _guessed(table)]
    return BETWEEN.join(filter(None, parts))


def _recruited(sources: Sequence[Source], table: Worded) -> list[str]:
    """Say how the units came in, where the sources did so in one way."""
    kinds = {source.design.kind for source in sources if source.design is not None}
    if len(kinds) != 1:
        return []
    return [label(f"short_{kinds.pop()}", table.language, unit=table.names.units(1))]


def _made_up(sources: Sequence[Source], language: str) -> str:
    made_up = [source.synthetic for source in sources]
    if not any(made_up):
        return ""
    if all(made_up):
        return label("short_synthetic", language)
    names = [source.words(language) for source in sources if source.synthetic]
    return label("short_synthetic_some", language, names=listing(names, language))


def _guessed(table: Worded) -> str:
    """Say that a computer drafted a question and nobody confirmed it yet."""
    used = set(table.dimensions) | {
        name for column in ("item", "margin") if column in table.data
        for name in table.data[column].astype(str)}
    return label("short_guessed", table.language) if any(
        is_guessed(source, name) for source in table.sources for name in source.items
        if name in used) else ""
