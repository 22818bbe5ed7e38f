"""Words for estimates, for who took part, for rates by year, and for lists."""

from collections.abc import Callable, Mapping, Sequence

from wbkit.labels import listing, percentage
from wbkit.table.facts import Fact, Subject
from wbkit.table.phrases.common import Words, asked_title, just
from wbkit.table.statements.survey import (
    Agreed,
    Approached,
    Behind,
    Divided,
    Estimated,
    FullCount,
    NotDelivered,
    Redefined,
    Rows,
    Stopped,
    Together,
    TookPart,
)
from wbkit.table.words import Names


def _estimate_title(subject: Subject, names: Names) -> str:
    found = names.contents.found(Estimated)[0]
    statistic = names.label(f"estimate_{found.statistic}",
                            per=names.title_of(found.per, short=True))
    return names.label("estimate_title", title=asked_title(subject, names), statistic=statistic)


def _trend_title(subject: Subject, names: Names) -> str:
    *groups, year = subject.by
    title = names.label("trend_title", item=names.title_of(subject.items[0]),
                        year=names.title_of(year, short=True).lower())
    return names.label("by_group", title=title, group=names.title_of(groups[0], short=True)) \
        if groups else title


def _source_title(_: Subject, names: Names) -> str:
    return names.source.words(names.language)


def _titled(key: str) -> Callable[[Subject, Names], str]:
    """Name the source in a title."""
    return lambda _, names: names.label(key, source=names.source.words(names.language))


TITLES: Mapping[str, Callable[[Subject, Names], str]] = {
    "estimate": _estimate_title,
    "coverage": _titled("coverage_title"),
    "nonresponse": _titled("nonresponse_title"),
    "trend": _trend_title,
    "list": _source_title,
    "people": _titled("people_title"),
}


def _took_part(facts: Sequence[TookPart], names: Names) -> list[str]:
    """Say how many took part: of those invited where a design invited, otherwise of all."""
    fact = facts[0]
    numbers = {"n": names.count(fact.n), "population": names.number(fact.population),
               "units": names.units(2)}
    if fact.invited is None:
        return [names.label("coverage_base", **numbers)]
    share = percentage(fact.n.n / fact.invited, fact.invited, names.language) \
        if fact.n.known else ""
    key = "response_base" if share else "response_base_few"
    return [names.label(key, invited=names.number(fact.invited), share=share, **numbers)]


def _approached(facts: Sequence[Approached], names: Names) -> list[str]:
    return [names.label(f"design_{facts[0].design}")]


def _stopped(facts: Sequence[Stopped], names: Names) -> list[str]:
    return [names.label("nonresponse_base", units=names.units(2), last=facts[0].last)]


def _divided(facts: Sequence[Divided], names: Names) -> list[str]:
    item, by = (names.title_of(one, short=True) for one in (facts[0].item, facts[0].by))
    return [names.label("trend_base" if by else "trend_counts", item=item, base=by)]


def _redefined(facts: Sequence[Redefined], names: Names) -> list[str]:
    years = [names.value(one.item, year) for one in facts for year in one.years]
    return [names.label("trend_break", years=listing(years, names.language))]


def _rows(facts: Sequence[Rows], names: Names) -> list[str]:
    n = facts[0].n
    return [names.label("listing_base", n=names.count(n), units=names.units(n))]


def _together(facts: Sequence[Together], names: Names) -> list[str]:
    fact = facts[0]
    lines = [names.label("answers_base", n=names.count(fact.n), units=names.units(fact.n))]
    return lines if fact.people is None else [
        *lines, names.label("answers_people", n=names.count(fact.people))]


WORDS: Mapping[type[Fact], Words] = {
    TookPart: _took_part, Approached: _approached, Stopped: _stopped, Divided: _divided,
    FullCount: just("no_interval_counts"), Redefined: _redefined,
    NotDelivered: just("trend_absent"), Rows: _rows, Together: _together,
    Agreed: just("answers_agreement"), Behind: just("people_base"),
}  # fmt: skip
