"""Words for estimates, for who took part, for rates by year, and for lists."""

from collections.abc import Callable, Mapping, Sequence

from wbkit.labels import FINE_BASE, percentage
from wbkit.messages import brief_number, decimal_mark, listing
from wbkit.table.facts import Fact, Subject
from wbkit.table.phrases.common import Words, asked_title, just
from wbkit.table.statements.privacy import Audited, InParts, Protected, Rounded
from wbkit.table.statements.survey import (
    Agreed,
    Approached,
    Behind,
    Clusters,
    Divided,
    Edge,
    Estimated,
    FarOut,
    Finite,
    Flat,
    FullCount,
    Kish,
    LeftOut,
    Lone,
    Merged,
    Moved,
    NetFrom,
    NotDelivered,
    OutsiderKnows,
    QuantileEnd,
    Raked,
    Ranked,
    Redefined,
    Resembling,
    Rows,
    Stopped,
    Strata,
    Tiny,
    Together,
    TookPart,
    Trimmed,
    WeightedBy,
    WeightedTo,
)
from wbkit.table.words import Names


def _estimate_title(subject: Subject, names: Names) -> str:
    found = names.contents.found(Estimated)[0]
    statistic = names.label(f"estimate_{found.statistic}",
                            per=names.title_of(found.per, short=True))
    return names.titled("estimate_title", asked_title(subject, names), statistic=statistic)


def _source_title(_: Subject, names: Names) -> str:
    return names.source.words(names.language)


def _net_from(facts: Sequence[NetFrom], names: Names) -> list[str]:
    return [names.label("nps_note", least=facts[0].least, units=names.units(2))]


def _titled(key: str) -> Callable[[Subject, Names], str]:
    """Name the source in a title."""
    return lambda _, names: names.label(key, source=names.source.words(names.language))


def _trend_title(subject: Subject, names: Names) -> str:
    *groups, year = subject.by
    title = names.label("trend_title", item=names.title_of(subject.items[0]),
                        year=names.title_of(year, short=True).lower())
    return names.label("by_group", title=title, group=names.title_of(groups[0], short=True)) \
        if groups else title


TITLES: Mapping[str, Callable[[Subject, Names], str]] = {
    "estimate": _estimate_title,
    "coverage": _titled("coverage_title"),
    "nonresponse": _titled("nonresponse_title"),
    "trend": _trend_title,
    "list": _source_title,
    "audit": lambda _, names: names.label("audit_title"),
    "people": _titled("people_title"),
    "anonymity": _titled("anonymity_title"),
    "twin": lambda _, names: names.label("twin_title"),
}


def _clusters(facts: Sequence[Clusters], names: Names) -> list[str]:
    return [names.label("clusters_note", n=names.number(one.n),
                        item=names.title_of(one.item, short=True),
                        strata=names.title_of(one.strata, short=True)) for one in facts]


def _finite(facts: Sequence[Finite], names: Names) -> list[str]:
    population = facts[0].population
    if population is None:
        return [names.label("finite_note_fpc")]
    return [names.label("finite_note", units=names.units(2), population=names.number(population))]


def _kish(facts: Sequence[Kish], names: Names) -> list[str]:
    one = facts[0]
    lines = [names.label("kish_note", deff=names.number(one.deff, decimals=2),
                         n=names.count(one.n), units=names.units(one.n),
                         effective=names.number(one.effective))]
    return [*lines, names.label("kish_clusters")] if one.clusters else lines


def _left_out(facts: Sequence[LeftOut], names: Names) -> list[str]:
    return [names.label("left_out_weight" if one.weight else "left_out", n=names.count(one.n),
                        units=names.units(one.n)) for one in facts]


def _merged(facts: Sequence[Merged], names: Names) -> list[str]:
    and_ = " + "
    if not any(one.strata for one in facts):
        return [names.label("strata_merged_few", least=one.least) for one in facts]
    return [names.label("strata_merged", least=one.least, strata="; ".join(
        and_.join(names.combined(one.items, values) for values in stratum)
        for stratum in one.strata)) for one in facts]


def _strata(facts: Sequence[Strata], names: Names) -> list[str]:
    keys = {"interval": "strata_note"}
    return [names.label(keys.get(one.about, f"strata_note_{one.about}"), units=names.units(2),
                        margins=_margins(one.items, names)) for one in facts]


def _tiny(facts: Sequence[Tiny], names: Names) -> list[str]:
    cells = []
    for one in facts:
        cell = names.combined(one.items, one.values)
        cells.append(names.label("tiny_merge", cell=cell, near=names.combined(one.items, one.near))
                     if one.near else cell)
    return [names.label("tiny_note", units=names.units(2), cells="; ".join(cells))]


def _trimmed(facts: Sequence[Trimmed], names: Names) -> list[str]:
    low, high = (brief_number(one, names.language) for one in (facts[0].low, facts[0].high))
    return [names.label("trimmed_note", n=names.count(facts[0].n), low=low, high=high,
                        units=names.units(facts[0].n))]


def _moved(facts: Sequence[Moved], names: Names) -> list[str]:
    margins = [names.label("moved_margin", cell=names.combined(one.items, one.values),
                           share=percentage(one.share, FINE_BASE, names.language),
                           wanted=percentage(one.wanted, FINE_BASE, names.language))
               for one in facts]
    return [names.label("moved_note", margins="; ".join(margins))]


def _weighted_by(facts: Sequence[WeightedBy], names: Names) -> list[str]:
    return [names.label("weighted_declared", item=names.title_of(one.item, short=True))
            if one.item else names.label("weighted_strata") for one in facts]


def _weighted_to(facts: Sequence[WeightedTo], names: Names) -> list[str]:
    return [names.label("weighted_note", margins=_margins(one.items, names),
                        method=names.label(f"method_{one.method}")) for one in facts]


def _approached(facts: Sequence[Approached], names: Names) -> list[str]:
    return [names.label(f"design_{facts[0].design}")]


def _divided(facts: Sequence[Divided], names: Names) -> list[str]:
    item, by = (names.title_of(one, short=True) for one in (facts[0].item, facts[0].by))
    return [names.label("trend_base" if by else "trend_counts", item=item, base=by)]


def _redefined(facts: Sequence[Redefined], names: Names) -> list[str]:
    years = [names.value(one.item, year) for one in facts for year in one.years]
    return [names.label("trend_break", years=listing(years, names.language))]


def _rows(facts: Sequence[Rows], names: Names) -> list[str]:
    n = facts[0].n
    return [names.label("listing_base", n=names.count(n), units=names.units(n))]


def _stopped(facts: Sequence[Stopped], names: Names) -> list[str]:
    return [names.label("nonresponse_base", units=names.units(2), last=facts[0].last)]


def _outsider(facts: Sequence[OutsiderKnows], names: Names) -> list[str]:
    fact = facts[0]
    return [names.label("anonymity_base", items=_margins(fact.items, names), n=names.count(fact.n),
                        units=names.units(fact.n), least=fact.least)]


def _resembling(facts: Sequence[Resembling], names: Names) -> list[str]:
    fact = facts[0]
    return [names.label("twin_base", tables=names.number(fact.tables), samples=fact.samples,
                        short=fact.short)]


def _together(facts: Sequence[Together], names: Names) -> list[str]:
    fact = facts[0]
    lines = [names.label("answers_base", n=names.count(fact.n), units=names.units(fact.n))]
    return lines if fact.people is None else [
        *lines, names.label("answers_people", n=names.count(fact.people))]


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


def _far_out(facts: Sequence[FarOut], names: Names) -> list[str]:
    mark = decimal_mark(names.language)
    several = len({name for one in names.contents.found(Subject) for name in one.items}) > 1
    notes = [names.label("far_out" if one.answers else "far_out_some", n=names.count(one.n),
                         units=names.units(one.n), values=listing(
                             [answer.replace(".", mark) for answer in one.answers],
                             names.language)) for one in facts]
    return [names.label("far_out_of", item=names.title_of(one.item, short=True), note=note)
            for one, note in zip(facts, notes, strict=True)] if several else notes


def _margins(items: Sequence[str], names: Names) -> str:
    return listing([names.title_of(one, short=True) for one in items], names.language)


def _protected(facts: Sequence[Protected], names: Names) -> list[str]:
    return [names.label(f"protected_{one.profile}") for one in facts]


def _rounded(facts: Sequence[Rounded], names: Names) -> list[str]:
    return [names.label("rounded_note", step=facts[0].step)]


def _audited(facts: Sequence[Audited], names: Names) -> list[str]:
    return [names.label("audit_base", **{name: names.number(value) for name, value in
                                         vars(one).items()}) for one in facts]


WORDS: Mapping[type[Fact], Words] = {
    LeftOut: _left_out, Strata: _strata, Merged: _merged, Raked: just("strata_raked"),
    Clusters: _clusters, WeightedTo: _weighted_to, WeightedBy: _weighted_by,
    Trimmed: _trimmed, Moved: _moved, Tiny: _tiny,
    NetFrom: _net_from, Ranked: just("ranking_note"),
    Kish: _kish, Finite: _finite, FarOut: _far_out,
    Edge: just("edge_note"), Lone: just("lone_note"),
    Flat: just("flat_note"),
    QuantileEnd: just("quantile_end_note"),
    TookPart: _took_part, Approached: _approached, Stopped: _stopped, Divided: _divided,
    FullCount: just("no_interval_counts"), Redefined: _redefined,
    NotDelivered: just("trend_absent"), Rows: _rows, Together: _together,
    OutsiderKnows: _outsider, Resembling: _resembling,
    Protected: _protected, Audited: _audited, Rounded: _rounded,
    InParts: just("audit_in_parts"),
    Agreed: just("answers_agreement"), Behind: just("people_base"),
}  # fmt: skip
