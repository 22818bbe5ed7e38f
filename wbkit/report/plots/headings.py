"""The words around a plot: what it shows or asks, about whom, and where it comes from.

A finding is one sentence with its numbers; there is none where the Table does not say it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wbkit.labels import SMALLEST_BASE, label
from wbkit.messages import listing, number
from wbkit.stats.intervals import surely_ahead
from wbkit.study.source import Source, is_guessed
from wbkit.table.count_layouts import STATES, whole_percentage
from wbkit.table.facts import Assumed, Base, Joint, Part, Routed, Subject, known
from wbkit.table.statements.survey import Behind, Together
from wbkit.table.words import Worded

BETWEEN = " · "
LEAD_UNITS, LEAD_SHARE = 2, 0.05  # a first place leads by both, or it is a tie
MOST_NAMED = 3
SAME = 1e-9
SAME_BASE = 1.1  # bases that differ more are of other people


@dataclass(frozen=True)
class Headings:
    """Title, subtitle, and the line below a plot."""

    title: str
    subtitle: str
    footer: str


def headings(table: Worded, finding: str) -> Headings:
    """Give a plot its words; without a finding the question is its title."""
    asked, about = question(table), base_words(table)
    parts = [asked, about] if finding else [about[:1].upper() + about[1:]]
    return Headings(finding or asked, BETWEEN.join(filter(None, parts)), source_line(table))


def question(table: Worded) -> str:
    """Return the question, or the theme of several; a title that the caller gave stays."""
    subjects = table.contents.found(Subject)
    several = label("several_items", table.language, n=len(subjects[0].items)) if subjects else ""
    if not several or not table.title.startswith(several):
        return table.title.replace(f": {several}", "") if several else table.title
    items = [table.names.item(one) for one in subjects[0].items]
    known = table.names.source.setting.themes
    themes = [known[one].text(table.language) or one for one in
              dict.fromkeys(item.theme for item in items if item and item.theme) if one in known]
    return table.title.replace(several, listing(themes, table.language)) if themes else table.title


def base_words(table: Worded) -> str:
    """Say in a few words who was counted."""
    contents, names = table.contents, table.names
    parts = [_counted(base, table) for base in contents.found(Base)[:1]]
    parts += [names.label("short_together", n=names.count(one.n), units=names.units(one.n))
              for one in contents.found(Together)]
    people = [one.people for one in contents.found(Together, Joint) if one.people is not None]
    people = [names.count(one) for one in people]
    parts += [names.label("short_people", n=people[0])] if people else []
    parts += [names.label("short_behind") for _ in contents.found(Behind)]
    parts += [_asked(routed, table) for routed in contents.found(Routed)[:1]]
    own = table.base.partition(". ")[0].rstrip(".").removeprefix(label("base_word", table.language))
    return "; ".join([one for one in parts if one] or [own.strip()])


def _counted(base: Base, table: Worded) -> str:
    names = table.names
    if not known(base.n):
        if table.names.source.kind != "survey":
            return ""
        who = names.label("short_who_asked" if base.of == "asked" else "short_who_answered")
        return names.label(f"short_each_{'_'.join(base.each)}", units=names.units(2), who=who) \
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
    if any(source.kind == "counts" for source in sources):
        return [label("short_counts", table.language)]
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


# What a figure shows


@dataclass(frozen=True)
class Finding:
    """A sentence, and which rows of the figure it is about."""

    words: str = ""
    about: tuple[int, ...] = ()


def most_often(table: Worded, rows: pd.DataFrame) -> Finding:
    """Name what was counted most often, or say that nothing stands out.

    `rows` has row_words, n, base, share, low, high, state and rest; all with one base and none
    hidden, or there is no finding. A first place leads by two units and five points of the base,
    or it is a tie; where a sample is drawn and the interval of the difference with the second
    includes 0 there is no finding. Of a base under 10 it says what was counted, and gives no rank.
    """
    counted = rows[~rows["rest"]]
    if not _can_be_ranked(table, rows) or len(counted) < 2:
        return Finding()
    ranked = counted.sort_values("n", ascending=False, kind="stable")
    first, second = ranked.iloc[0], ranked.iloc[1]
    drawn = pd.notna(first["low"]) and pd.notna(second["high"])
    if drawn and not _is_tie(first, second) and not surely_ahead(
            first["n"], second["n"], first["base"]):
        return Finding()
    aside = rows[rows["rest"] & (rows["n"] >= first["n"])]
    if len(aside) and first["n"] > 0:
        return _after_the_rest(table, rows.drop(index=aside.index), aside)
    few = first["base"] < SMALLEST_BASE
    tied = ranked[ranked["n"] == first["n"]] if few else ranked[
        [_is_tie(first, row) for _, row in ranked.iterrows()]]
    if first["n"] == 0 or len(tied) == len(ranked):
        return Finding(_all_alike(table, ranked)) if first["n"] > 0 else Finding()
    if len(tied) > MOST_NAMED:
        return Finding(_none_out(table, tied))
    return Finding(_named(table, tied), tuple(tied.index))


def _after_the_rest(table: Worded, rows: pd.DataFrame, aside: pd.DataFrame) -> Finding:
    """Say first what more units said than any of the answers: nothing, or something else."""
    finding, language = most_often(table, rows), table.language
    base = rows["base"].iloc[0]
    if not finding.words:
        return finding
    said = listing([f"‘{one['row_words']}’ {number(one['n'], language)}"
                    for _, one in aside.iterrows()], language)
    then = finding.words[:1].lower() + finding.words[1:]
    return Finding(label("finding_after_rest", language, rest=said, then=then,
                         base=number(base, language),
                         units=table.units[0 if base == 1 else 1]), finding.about)


def _can_be_ranked(table: Worded, rows: pd.DataFrame) -> bool:
    """Whether all rows are counts of one base that may be set beside each other."""
    shown = not rows["state"].isin(STATES).any() and rows["n"].notna().all()
    one_base = rows["base"].nunique(dropna=False) == 1 and (rows["base"] > 0).all()
    unweighted = ((rows["share"] - rows["n"] / rows["base"]).abs().fillna(0) < SAME).all()
    classes = any(one.form == "distribution" for one in table.contents.found(Subject))
    return bool(shown and one_base and unweighted) and not classes \
        and not table.names.by_keywords


def _is_tie(first: pd.Series, row: pd.Series) -> bool:
    lead = first["n"] - row["n"]
    return lead < LEAD_UNITS or lead / first["base"] < LEAD_SHARE - SAME


def _named(table: Worded, tied: pd.DataFrame) -> str:
    language, base = table.language, tied["base"].iloc[0]
    values = {"values": listing([f"‘{name}’" for name in tied["row_words"]], language),
              "base": number(base, language), "units": table.units[0 if base == 1 else 1]}
    if base < SMALLEST_BASE:
        each = "finding_few" if len(tied) == 1 else "finding_few_each"
        return label(each, language, n=number(tied["n"].iloc[0], language), **values)
    if len(tied) == 1:
        share = whole_percentage(tied["n"].iloc[0] / base, base, language) \
            if base >= SMALLEST_BASE else ""
        return label("finding_first", language, n=number(tied["n"].iloc[0], language),
                     share=f" ({share})" if share else "", **values)
    if tied["n"].nunique() == 1:
        return label("finding_tied", language, n=number(tied["n"].iloc[0], language), **values)
    counts = listing([number(n, language) for n in tied["n"]], language)
    return label("finding_about_tied", language, n=counts, **values)


def _none_out(table: Worded, tied: pd.DataFrame) -> str:
    return label("finding_none_out", table.language, k=len(tied), **_ends(table, tied))


def _all_alike(table: Worded, tied: pd.DataFrame) -> str:
    return label("finding_all_alike", table.language, **_ends(table, tied))


def _ends(table: Worded, tied: pd.DataFrame) -> dict[str, str]:
    """Give the smallest and largest count, once where they are one, and the base."""
    language, base = table.language, tied["base"].iloc[0]
    low, high = (number(n, language) for n in (tied["n"].min(), tied["n"].max()))
    n = label("finding_each", language, n=low) if low == high \
        else label("finding_from_to", language, low=low, high=high)
    return {"n": n, "base": number(base, language), "units": table.units[0 if base == 1 else 1]}


def most_agreed(
    table: Worded, rows: Sequence[tuple[str, float, float]], answers: Sequence[str]
) -> Finding:
    """Say how many gave one of these answers: in the row with most and in that with least.

    `rows` are (words, n, base). Rows of other bases are not set beside each other: only the row
    with the largest base is named. Under a base of 10 there is no finding.
    """
    language = table.language
    if not rows or not answers or any(not base >= SMALLEST_BASE for _, _, base in rows):
        return Finding()
    values = listing([f"‘{one}’" for one in answers], language, last="or")
    bases = [base for _, _, base in rows]
    shares = [n / base for _, n, base in rows]
    most, least = shares.index(max(shares)), shares.index(min(shares))
    ends = [whole_percentage(shares[place], bases[place], language) for place in (most, least)]
    if max(bases) > SAME_BASE * min(bases) or ends[0] == ends[1]:
        place = bases.index(max(bases))
        return _agreed_in(table, rows[place], place, values)
    return Finding(label("finding_agreed", language, values=values, high=ends[0],
                         most=rows[most][0], low=ends[1], least=rows[least][0]), (most, least))


def _agreed_in(
    table: Worded, row: tuple[str, float, float], place: int, values: str
) -> Finding:
    words, n, base = row
    key = "finding_agreed_in" if words else "finding_agreed_one"
    return Finding(label(
        key, table.language, values=values, row=words, n=number(n, table.language),
        base=number(base, table.language), units=table.units[1],
        share=whole_percentage(n / base, base, table.language)), (place,))
