"""Words for tests, models, scales and scores."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from wbkit.messages import brief_number, listing
from wbkit.study.scale import Scale
from wbkit.study.source import Source
from wbkit.table.contents import Contents
from wbkit.table.facts import Fact, Subject, known
from wbkit.table.phrases.common import Words, asked_title, just, part_words
from wbkit.table.statements.tests import (
    AgainstTheRest,
    Apart,
    AsTheyStand,
    Attrition,
    Compared,
    Consistency,
    Dropped,
    Effect,
    Explored,
    Family,
    FewEvents,
    FewPoints,
    Fitted,
    Interrupted,
    LostMean,
    NeedsAssumption,
    NeedsDefinition,
    NeedsPoints,
    Nested,
    NoCause,
    NoEnds,
    NoFeldt,
    OfScale,
    OutsideScale,
    PartAt,
    Place,
    PValue,
    Reference,
    Reversed,
    Scored,
    Untested,
    Unweighted,
    Waves,
    Whole,
    YearsTogether,
)
from wbkit.table.words import Names

Title = Callable[[Subject, Names], str]
CAUSES = {"groups": "no_cause_groups", "model": "model_note", "pairs": "no_cause_note",
          "series": "no_comparison_note"}


# Titles


def _test_title(key: str) -> Title:
    """Ask of the items and groups what is tested."""
    return _explored(lambda subject, names: names.titled(key, asked_title(subject, names)))


def _explored(title: Title) -> Title:
    """Say in a title that items or groups were chosen after looking."""
    def words(subject: Subject, names: Names) -> str:
        text = title(subject, names)
        found = names.contents.found(Explored)
        return names.label("exploratory_title", title=text) if found else text

    return words


def _model_title(subject: Subject, names: Names) -> str:
    return names.label("model_title", item=names.title_of(subject.items[0]))


def _rates_title(subject: Subject, names: Names) -> str:
    return names.label("trend_test_title", item=names.title_of(subject.items[0]),
                       year=names.title_of(subject.by[-1], short=True).lower())


def _reliability_title(subject: Subject, names: Names) -> str:
    """Name the scale, or say how many items of none."""
    of = names.contents.found(OfScale)
    scale = scale_of(of[0].scale, names) if of else None
    words = (scale.label.text(names.language) or scale.name) if scale \
        else names.label("several_items", n=len(subject.items))
    return names.label("reliability_title", scale=words)


TITLES: Mapping[str, Title] = {
    "compared": _test_title("test_title"),
    "paired": _test_title("pairs_title"),
    "model": _explored(_model_title),
    "rates": _explored(_rates_title),
    "reliability": _reliability_title,
}


# The base


def _whole(facts: Sequence[Whole], names: Names) -> list[str]:
    """Say how many answered everything, and of how many where that gives nothing away."""
    fact = facts[0]
    if fact.n is None:
        return [names.label(f"base_{fact.of}", units=names.units(2))]
    units = names.units(fact.n if fact.of == "times" else 2)
    whole = names.count(fact.looked) if known(fact.looked) else ""
    key = f"base_{fact.of}_{'n' if whole else 'only'}"
    return [names.label(key, n=names.count(fact.n), all=whole, units=units,
                        items=fact.items)]


def _part_at(facts: Sequence[PartAt], names: Names) -> list[str]:
    times = dict.fromkeys(one.time for one in facts)
    return [names.label(f"{time}_part", part=part_words(
        [one for one in facts if one.time == time], names)) for time in times]


def _years_together(facts: Sequence[YearsTogether], names: Names) -> list[str]:
    return [names.label("trend_test_base", n=names.count(one.n), years=one.years,
                        base=names.title_of(one.item, short=True)) for one in facts]


# Tests


def _compared(facts: Sequence[Compared], names: Names) -> list[str]:
    """Say why each test was taken; of several tests for which items."""
    lines = []
    for one in facts:
        why = names.label(f"why_{one.test}", units=names.units(2))
        if len(facts) > 1 and one.places:
            items = dict.fromkeys(_place_words(place, names) for place in one.places)
            lines.append(names.label("test_of_items", items="; ".join(items), why=why))
        else:
            lines.append(why[:1].upper() + why[1:])
    return lines


def _p_value(facts: Sequence[PValue], names: Names) -> list[str]:
    """Say how p was found; where tests differ in it, for which items."""
    lines = []
    for one in facts:
        why = names.label(f"p_{one.how}", units=names.units(2))
        items = dict.fromkeys(_place_words(place, names) for place in one.places)
        same = len({other.how for other in facts}) == 1
        lines.append(why if same else
                     names.label("test_of_items", items="; ".join(items), why=why))
    return list(dict.fromkeys(lines))


def _place_words(place: Place, names: Names) -> str:
    item, value = place
    return names.value(item, value) if value else names.title_of(item, short=True)


def _dropped(facts: Sequence[Dropped], names: Names) -> list[str]:
    return [names.label("no_group_note", groups=listing(
        [names.value(one.item, value) for value in one.values], names.language))
        for one in facts]


def _effect(facts: Sequence[Effect], names: Names) -> list[str]:
    lines = []
    for one in facts:
        groups = [names.value(one.item, value) for value in one.values] \
            or [names.label(f"{place}_group") for place in ("first", "second")]
        lines.append(names.label(f"about_{one.name}", units=names.units(2), first=groups[0],
                                 second=groups[1]))
    return lines


def _no_ends(facts: Sequence[NoEnds], names: Names) -> list[str]:
    return [names.label(f"no_ends_{one.reason}", effect=names.label(f"effect_{one.name}"),
                        items="; ".join(f"‘{_place_words(place, names)}’"
                                        for place in one.places)) for one in facts]


def _untested(facts: Sequence[Untested], names: Names) -> list[str]:
    return [names.label(f"reason_{one.reason}", items="; ".join(
        f"‘{_place_words(place, names)}’" for place in one.places)) for one in facts]


def _family(facts: Sequence[Family], names: Names) -> list[str]:
    return [names.label("family" if one.of == "items" else f"family_{one.of}", n=one.n,
                        method=names.label(f"adjust_{one.method}"),
                        options=listing([names.number(n) for n in one.options], names.language))
            for one in facts]


def _no_cause(facts: Sequence[NoCause], names: Names) -> list[str]:
    return [names.label(CAUSES[one.of]) for one in facts]


def _attrition(facts: Sequence[Attrition], names: Names) -> list[str]:
    lines = []
    for fact in facts:
        one = fact.lost.n == 1
        lines.append(names.label(
            "attrition_one" if one else "attrition", units=names.units(1 if one else 2),
            lost=names.count(fact.lost), new=names.count(fact.new),
            keyless=names.count(fact.keyless)))
    return lines


def _lost_mean(facts: Sequence[LostMean], names: Names) -> list[str]:
    return [names.label("attrition_mean", item=names.title_of(one.item, short=True),
                        lost=names.number(one.mean_lost, decimals=2),
                        n_lost=names.count(one.lost), n_stayed=names.count(one.stayed),
                        stayed=names.number(one.mean_stayed, decimals=2)) for one in facts]


def _interrupted(facts: Sequence[Interrupted], names: Names) -> list[str]:
    return [names.label("interrupted_note", since=names.value(one.item, one.since))
            for one in facts]


def _few_points(facts: Sequence[FewPoints], names: Names) -> list[str]:
    return [names.label("interrupted_few", points=one.points, enough=one.enough)
            for one in facts]


def needs_words(facts: Sequence[Fact], source: Source) -> str:
    """Say what an interrupted series would need, in the language of the study."""
    names = Names(Contents(pd.DataFrame(), "test", (), tuple(facts), (source,)), source.language)
    needs = "; ".join(line for fact in facts for line in WORDS[type(fact)]([fact], names))
    return names.label("needs", source=source.name, needs=needs)


def _needs_points(facts: Sequence[NeedsPoints], names: Names) -> list[str]:
    return [names.label("needs_points", least=one.least, before=one.before, after=one.after,
                        since=names.value(one.item, one.since)) for one in facts]


def _needs_definition(facts: Sequence[NeedsDefinition], names: Names) -> list[str]:
    return [names.label("needs_definition", years=", ".join(
        names.value(one.item, year) for year in one.years)) for one in facts]


# Models


def _fitted(facts: Sequence[Fitted], names: Names) -> list[str]:
    return [names.label(f"model_{one.model}", units=names.units(2),
                        value=names.value(one.item, one.value) if one.value else "")
            for one in facts]


def _reference(facts: Sequence[Reference], names: Names) -> list[str]:
    return [names.label("model_reference", item=names.title_of(one.item, short=True),
                        value=names.value(one.item, one.value)) for one in facts]


def _few_events(facts: Sequence[FewEvents], names: Names) -> list[str]:
    return [names.label("model_few", n=names.count(one.n), terms=one.terms) for one in facts]


# Scales and scores


def scale_of(name: str, names: Names) -> Scale | None:
    """Return a scale of one of the sources."""
    return next((one.scales[name] for one in names.sources if name in one.scales), None)


def _of_scale(facts: Sequence[OfScale], names: Names) -> list[str]:
    return [line for one in facts for line in _scale_lines(one.scale, names)]


def _scale_lines(name: str, names: Names) -> list[str]:
    """Say what must be known of a scale: its own note, and that it is not validated."""
    scale = scale_of(name, names)
    note = scale.note.text(names.language) if scale and scale.note else ""
    unproven = "" if scale and scale.validated else names.label("not_validated")
    return [line for line in (note, unproven) if line]


def _reversed(facts: Sequence[Reversed], names: Names) -> list[str]:
    return [_reversed_line(one.items, names) for one in facts]


def _reversed_line(items: Sequence[str], names: Names) -> str:
    words = [f"‘{names.title_of(one, short=True)}’" for one in items]
    return names.label("scored_reversed", items=listing(words, names.language))


def _nested(facts: Sequence[Nested], names: Names) -> list[str]:
    """Say between which groups, how it was estimated, and whether it has an interval."""
    fact = facts[0]
    group = names.title_of(fact.item, short=True)
    if fact.reason:
        return [names.label(f"icc_{fact.reason}", group=group, least=fact.least)]
    interval = "icc_searle" if fact.interval else "icc_no_interval"
    return [names.label("icc_note", group=group), names.label(interval)]


def _scored(facts: Sequence[Scored], names: Names) -> list[str]:
    """Say in one note how a score is made, what its scale is worth, and what seems wrong."""
    return [" ".join([*_how(one, names), *_scale_lines(one.item, names), *_doubts(one, names)])
            for one in facts]


def _how(fact: Scored, names: Names) -> list[str]:
    key = f"scored_{fact.method}{'_times' if fact.factor != 1 else ''}"
    lines = [names.label(key, variant=fact.variant, items=fact.items, least=fact.least,
                         times=brief_number(fact.factor, names.language))]
    if fact.ends:
        low, high = (brief_number(end, names.language) for end in fact.ends)
        lines.append(names.label("scored_range", low=low, high=high))
    some = 0 < len(fact.reversed) < fact.items
    return [*lines, _reversed_line(fact.reversed, names)] if some else lines


def _doubts(fact: Scored, names: Names) -> list[str]:
    against = [one for one in names.contents.found(AgainstTheRest) if one.score == fact.item]
    lines = [names.label("unreversed_note", item=names.title_of(one.item, short=True),
                         r=names.number(one.r, decimals=2)) for one in against]
    outside = [one for one in names.contents.found(OutsideScale) if one.score == fact.item]
    for one in outside:
        low, high = (brief_number(end, names.language) for end in one.ends)
        lines.append(names.label("outside_note", item=names.title_of(one.item, short=True),
                                 n=names.count(one.n), low=low, high=high))
    return lines


WORDS: Mapping[type[Fact], Words] = {
    Whole: _whole, PartAt: _part_at, YearsTogether: _years_together, Apart: just("test_apart"),
    Compared: _compared, PValue: _p_value, Dropped: _dropped, Effect: _effect,
    NoEnds: _no_ends, Untested: _untested, Family: _family, Waves: just("waves_note"),
    Explored: just("exploratory_note"), NoCause: _no_cause, Attrition: _attrition,
    LostMean: _lost_mean, Interrupted: _interrupted, FewPoints: _few_points,
    NeedsPoints: _needs_points, NeedsDefinition: _needs_definition,
    NeedsAssumption: just("needs_assumption"), Fitted: _fitted, Reference: _reference,
    FewEvents: _few_events, OfScale: _of_scale, AsTheyStand: just("as_they_stand"),
    Reversed: _reversed, Consistency: just("reliability_read"), Nested: _nested,
    NoFeldt: just("no_feldt"), Unweighted: just("unweighted_note"), Scored: _scored,
}  # fmt: skip
