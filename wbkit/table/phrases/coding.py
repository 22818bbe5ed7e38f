"""The words of statements about texts and codes."""

from collections.abc import Callable, Mapping, Sequence

from wbkit.messages import listing
from wbkit.study.source import Source
from wbkit.table.facts import Count, Counted, Fact, Subject
from wbkit.table.phrases.common import Words, just
from wbkit.table.statements.coding import (
    AboutTexts,
    AnyCoder,
    Asked,
    Cases,
    Caution,
    Checked,
    Chosen,
    ClustersResampled,
    CodeAll,
    Coders,
    Considered,
    Differing,
    Given,
    Group,
    HandRead,
    Listed,
    Memos,
    MoreByHand,
    Nearness,
    NoVerdict,
    OlderDefinition,
    OnceEach,
    Origin,
    Pair,
    PartlyRead,
    Pooled,
    Resampled,
    Rolled,
    Row,
    Speaking,
    Training,
    Unconsidered,
    Undefined,
    Unshared,
    Waiting,
    Witness,
)
from wbkit.table.statements.identifying import Linked, Proposed, Undecided
from wbkit.table.statements.privacy import Informants, NotApart
from wbkit.table.words import Names

WAITING = {"hits": "review_note", "codings": "undecided_note", "held": "held_note"}


# Titles


def _texts(subject: Subject, names: Names) -> str:
    """Name the texts: by the open item that was answered, or by their sources."""
    if subject.items:
        return names.title_of(subject.items[0], short=True)
    return _list([one.words(names.language) for one in names.sources], names)


def _list(words: Sequence[str], names: Names) -> str:
    return listing(list(words), names.language)


def _in_texts(subject: Subject, names: Names) -> str:
    return names.label(subject.form, source=_texts(subject, names))


def _titled(subject: Subject, names: Names) -> str:
    """Fill in the title of this form: the texts, who is compared, which codes are named."""
    values = {"source": _texts(subject, names)}
    for fact in names.contents.found(Nearness, Cases, Coders):
        if isinstance(fact, Nearness):
            values["near"] = names.label(f"near_{fact.near}", n=fact.within)
        elif isinstance(fact, Coders):
            values["coders"] = _list(fact.coders, names)
        else:
            values |= _cases(fact, names)
    return names.label(f"{subject.form}_title", **values)


def _cases(fact: Cases, names: Names) -> dict[str, str]:
    return {"code": names.words("code", fact.code), "other": names.words("code", fact.other)}


def _excerpts_title(subject: Subject, names: Names) -> str:
    """Name the question, or the source and what was chosen of it."""
    title = _asked_in_texts(subject, names)
    chosen = ", ".join(f"{names.title_of(one.item, short=True)} {names.value(one.item, one.value)}"
                       for one in names.contents.found(Chosen))
    return f"{title}: {chosen}" if chosen else title


def _asked_in_texts(subject: Subject, names: Names) -> str:
    asked = [one.question for one in names.contents.found(Asked)]
    for name in subject.items:
        item, title = names.item(name), names.title_of(name)
        return title if item is None or item.kind == "open" else f"{title}: {names.label('other')}"
    source = names.source.words(names.language)
    return names.label("passages_title", source=source, question=asked[0],
                       topic=names.words("topic", asked[0])) if asked else source


TITLES: Mapping[str, Callable[[Subject, Names], str]] = {
    **dict.fromkeys(("codes_in", "keywords_in", "codes_beside", "keywords_beside", "both_beside"),
                    _in_texts),
    **dict.fromkeys(("agreement", "answer_table", "check_claims", "check_quotes",
                     "codes_by_question",
                     "cooccurrence", "disagreements", "evaluate", "guide", "identifiers",
                     "link_codes", "member_checks", "memos", "negative",
                     "prevalence", "pseudonymise", "quotes", "recommendation_matrix",
                     "recommendations", "saturation", "spoke", "topics",
                     "unique"), _titled),
    "excerpts": _excerpts_title,
}


# What ids stand for


def _row(facts: Sequence[Row], names: Names) -> list[str]:
    return [_apart(one, _row_words(one, names), names) for one in facts]


def _informants(facts: Sequence[Informants], names: Names) -> list[str]:
    """Name services together, with how many conversations and people there were."""
    lines = []
    for one in facts:
        known = [source for source in names.sources if source.name in one.sources]
        lines.append(names.label(
            "informants_together", name=known[0].design.informants.text(names.language),
            n=names.number(one.texts), people=names.number(
                sum(source.design.people or 1 for source in known))))
    return lines


def _not_apart(facts: Sequence[NotApart], names: Names) -> list[str]:
    words = [source.design.informants.text(names.language) for one in facts
             for source in names.sources if source.name in one.sources]
    return [names.label("informants_note", names=_list(list(dict.fromkeys(words)), names))]


def _apart(row: Row, words: str, names: Names) -> str:
    return f"{words} ({names.label(row.apart).lower()})" if row.apart else words


def _row_words(row: Row, names: Names) -> str:
    source = next(one for one in names.sources if one.name == row.source)
    if row.of == "source":
        found = [source.items[one].words(names.language, short=True) for one in row.items]
        return found[0] if found else source.words(names.language)
    if row.of == "document":
        return names.spoken("document").get(row.part, row.part)
    if row.of == "question":
        return names.words("question", row.id)
    return _value_in(source, row, names)


def _value_in(source: Source, row: Row, names: Names) -> str:
    """Return the words of a group: a value of an item of this source, or not known."""
    item = source.items.get(row.of)
    known = {"unknown": names.label("unknown_group")}
    return ((item.value_words(names.language) if item else {}) | known).get(row.part, row.part)


def _speaking(facts: Sequence[Speaking], names: Names) -> list[str]:
    lines = []
    for one in facts:
        source = next(source for source in names.sources if source.name == one.id)
        units = source.units(2 if one.texts.n is None else one.texts.n, names.language)
        lines.append(names.label("spoke_source", source=source.words(names.language), units=units,
                                 texts=names.count(one.texts), n=names.count(one.asked)))
    return lines


def _group(facts: Sequence[Group], names: Names) -> list[str]:
    return [_list(one.ids, names) for one in facts]


def _differing(facts: Sequence[Differing], names: Names) -> list[str]:
    return [names.label("changed_places", n=one.places) if one.places else
            "; ".join(_change(*change, names) for change in one.changes) for one in facts]


def _change(quoted: str, there: str, names: Names) -> str:
    if not quoted:
        return names.label("words_left_out", words=there)
    return f"{quoted} → {there}" if there else names.label("words_added", words=quoted)


# The base


def _considered(facts: Sequence[Considered], names: Names) -> list[str]:
    return [names.label(one.form, units=_units(names), codes=one.codes, coders=one.coders,
                        **_counts(names, n=one.n, all=one.every, documents=one.texts))
            for one in facts]


def _hand_read(facts: Sequence[HandRead], names: Names) -> list[str]:
    return [names.label("hand_read_base", units=_units(names), sample=one.sample, seed=one.seed,
                        **_counts(names, n=one.n, all=one.every)) for one in facts]


def _about_texts(facts: Sequence[AboutTexts], names: Names) -> list[str]:
    return [names.label(f"about_texts_{one.how}", units=_units(names)) for one in facts]


def _listed(facts: Sequence[Listed], names: Names) -> list[str]:
    lines = []
    for one in facts:
        cases = [_cases(case, names) for case in names.contents.found(Cases)]
        lines.append(names.label(
            f"{one.form}_base", units=_units(names), **(cases[0] if cases else {}),
            **_counts(names, n=one.n, all=one.every, texts=one.texts, documents=one.documents)))
    return lines


def _checked(facts: Sequence[Checked], names: Names) -> list[str]:
    return [names.label("check_quotes_base", n=names.number(one.n), all=names.number(one.every),
                        short=names.number(one.short), words=one.words) for one in facts]


def _memos(facts: Sequence[Memos], names: Names) -> list[str]:
    return [names.label("memos_base", n=names.number(one.n),
                        units=names.units_of("memo")[0 if one.n == 1 else 1]) for one in facts]


def _proposed(facts: Sequence[Proposed], names: Names) -> list[str]:
    return [names.label(key, n=names.number(one.n), texts=names.number(one.texts))
            for one in facts
            for key in ("identifiers_base", *(["identifiers_hidden"] if one.hidden else []))]


def _undecided(facts: Sequence[Undecided], names: Names) -> list[str]:
    return [names.label("pseudonymise_base", n=names.number(one.n), all=names.number(one.every))
            for one in facts]


def _pairs(facts: Sequence[Pair], names: Names) -> list[str]:
    """Name the pairs in one line."""
    pairs = [names.label("pair", coders=_list((one.coder, one.other), names),
                         n=names.count(one.n)) for one in facts]
    return [names.label("pairs_base", units=_units(names), pairs="; ".join(pairs))]


def _counts(names: Names, **counts: Count | int | None) -> dict[str, str]:
    return {name: names.count(count) for name, count in counts.items() if count is not None}


def _units(names: Names) -> str:
    """Return the word for several of what is counted."""
    counted = names.contents.found(Counted)
    return names.units_of(counted[0].unit)[1] if counted else names.units(2)


def _units_of(n: float, names: Names) -> str:
    """Return the word for n of what is counted."""
    counted = names.contents.found(Counted)
    return names.units_of(counted[0].unit)[0 if n == 1 else 1] if counted else names.units(n)


# Notes


def _given(facts: Sequence[Given], names: Names) -> list[str]:
    """Warn of key words."""
    return [names.label(f"{one.how}_note", units=_units(names)) for one in facts
            if one.how != "codes"]


def _more_by_hand(facts: Sequence[MoreByHand], names: Names) -> list[str]:
    return [names.label("more_by_hand_note", n=names.number(one.n), points=one.points,
                        units=_units_of(one.n, names)) for one in facts]


def _code_all(facts: Sequence[CodeAll], names: Names) -> list[str]:
    return [names.label("code_all_note", n=names.count(one.every), units=_units(names))
            for one in facts]


def _any_coder(facts: Sequence[AnyCoder], names: Names) -> list[str]:
    return [names.label("any_coder_note", coders=_list(one.coders, names)) for one in facts]


def _pooled(facts: Sequence[Pooled], names: Names) -> list[str]:
    return [names.label("several_coders_note", coders=_list(one.coders, names)) for one in facts]


def _waiting(facts: Sequence[Waiting], names: Names) -> list[str]:
    return [names.label(WAITING[one.of], n=names.count(one.n)) for one in facts]


def _caution(facts: Sequence[Caution], names: Names) -> list[str]:
    return [names.label(f"{one.form}_note") for one in facts]


def _undefined(facts: Sequence[Undefined], names: Names) -> list[str]:
    return [names.label(f"note_{one.reason}") for one in facts]


def _unshared(facts: Sequence[Unshared], names: Names) -> list[str]:
    return [names.label("outside_universe_note", n=names.count(one.n)) for one in facts]


def _origin(facts: Sequence[Origin], names: Names) -> list[str]:
    """Name other origins with their share, which a hidden count would give."""
    lines = []
    for one in facts:
        values = {"n": names.count(one.n), "all": names.count(one.every),
                  "origin": names.label(f"origin_{one.origin}")}
        if one.n.known and one.every.known:
            share = names.number(100 * one.n.n / one.every.n, decimals=1)
            lines.append(names.label("other_origin_note", share=share, **values))
        else:
            lines.append(names.label("other_origin_few_note", **values))
    return lines


def _training(facts: Sequence[Training], names: Names) -> list[str]:
    return [names.label("training_note", n=names.count(one.n), all=names.count(one.every))
            for one in facts]


def _witness(facts: Sequence[Witness], names: Names) -> list[str]:
    return [names.label(f"{one.form}_note", coder=one.coder,
                        words=one.words or names.label("unknown_program")) for one in facts]


def _unconsidered(facts: Sequence[Unconsidered], names: Names) -> list[str]:
    return [names.label("unconsidered_note", n=names.count(one.n)) for one in facts]


def _older(facts: Sequence[OlderDefinition], names: Names) -> list[str]:
    return [names.label("older_note", n=names.count(one.n), codes=_list(
        [names.words("code", code) for code in one.codes], names)) for one in facts]


WORDS: Mapping[type[Fact], Words] = {
    Row: _row, Informants: _informants, NotApart: _not_apart,
    Speaking: _speaking, Group: _group, Differing: _differing,
    Considered: _considered, Listed: _listed, Checked: _checked, Memos: _memos,
    Proposed: _proposed, Undecided: _undecided, Linked: just("link_codes_base"),
    HandRead: _hand_read, AboutTexts: _about_texts, MoreByHand: _more_by_hand,
    CodeAll: _code_all, Resampled: just("agreement_basis"),
    ClustersResampled: just("agreement_basis_cluster"), Pair: _pairs, Given: _given,
    AnyCoder: _any_coder,
    PartlyRead: just("partly_read_note"), Waiting: _waiting, Rolled: just("rollup_note"),
    OnceEach: just("mentions_note"), Caution: _caution, Pooled: _pooled, Undefined: _undefined,
    Unshared: _unshared, Origin: _origin, Training: _training, Witness: _witness,
    Unconsidered: _unconsidered, OlderDefinition: _older, NoVerdict: just("no_verdict_note"),
}  # fmt: skip
