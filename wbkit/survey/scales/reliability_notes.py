"""The words around a Table of reliability."""

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.labels import label, listing, number
from wbkit.study.item import Item
from wbkit.survey.counts.captions import at_least
from wbkit.survey.design.intervals import basis_words, why_no_interval
from wbkit.survey.scales.scoring import scale_notes, scale_words
from wbkit.survey.scales.scoring_keys import Rules
from wbkit.table.layout import HIDDEN, SHOWN
from wbkit.table.table import Table

WHOLE, ITEMS = "whole_scale", "items_as_they_stand"
FEW_GROUPS = 20


def reliability_table(
    responses: Responses, rules: Rules, data: pd.DataFrame, nested: Item | None
) -> Table:
    """Make the Table of what was found.

    Parameters
    ----------
    responses
        The answers.
    rules
        How the scale is scored.
    data
        One row for each measure of the whole and of each item.
    nested
        The groups, None without.

    Returns
    -------
    Table
        Of kind ``reliability``.
    """
    source, language = responses.source, responses.source.language
    small = data["n"].between(1, source.minimum - 1)
    shown = data.assign(n=data["n"].astype(float).mask(small),
                        state=small.map({True: HIDDEN, False: SHOWN}))
    return Table(
        data=shown, kind="reliability",
        title=label("reliability_title", language, scale=_name(rules, language)),
        units=(source.units(1), source.units(2)),
        base=_base(responses, data, rules), basis=_basis(responses, data),
        notes=tuple(_notes(responses, rules, data, nested)), sources=(source,),
        labels=_labels(rules, data, nested, language), language=language,
        part=responses.base_words(),
        about=(rules.scale.name, rules.scale.variant, *(item.name for item in rules.items),
               *sorted(rules.reversed), nested.name if nested else "", *responses.about),
    )


def _name(rules: Rules, language: str) -> str:
    if rules.scale.name == ITEMS:
        return label("several_items", language, n=len(rules.items))
    return scale_words(rules, language)


def _base(responses: Responses, data: pd.DataFrame, rules: Rules) -> str:
    source, language = responses.source, responses.source.language
    n = int(data.loc[data["measure"] == "alpha", "n"].iloc[0])
    words = label("reliability_base", language, n=at_least(n, responses), items=len(rules.items),
                  all=number(responses.n, language), units=source.units(2))
    part = responses.base_words()
    return f"{words} {label('base_part', language, part=part)}" if part else words


def _basis(responses: Responses, data: pd.DataFrame) -> str:
    """Say on what the interval of alpha rests, or why there is none."""
    language = responses.source.language
    if why_no_interval(responses):
        return basis_words(responses)
    if data.loc[data["measure"] == "alpha", "low"].isna().all():
        return label("no_feldt", language) if data["estimate"].notna().any() else ""
    if responses.assumption:
        return label("feldt_assumed", language, words=responses.assumption)
    return label("feldt_drawn", language)


def _notes(
    responses: Responses, rules: Rules, data: pd.DataFrame, nested: Item | None
) -> list[str]:
    language = responses.source.language
    own = rules.scale.name != ITEMS
    notes = scale_notes(rules, language) if own else [label("as_they_stand", language)]
    notes += [_reversed(rules, language)] if rules.reversed else []
    notes += [label("reliability_read", language)]
    notes += _of_groups(responses, data, nested) if nested else []
    design = responses.source.design
    notes += [label("unweighted_note", language)] if design and design.weight else []
    return notes


def _reversed(rules: Rules, language: str) -> str:
    words = [f"‘{item.words(language, short=True)}’" for item in rules.items
             if item.name in rules.reversed]
    return label("scored_reversed", language, items=listing(words, language))


def _of_groups(responses: Responses, data: pd.DataFrame, nested: Item) -> list[str]:
    """Say between which groups, how it was estimated, and whether it has an interval."""
    language = responses.source.language
    found = data[data["measure"] == "icc"].iloc[0]
    words = nested.words(language, short=True)
    if found["reason"]:
        return [label(f"icc_{found['reason']}", language, group=words, least=FEW_GROUPS)]
    interval = "icc_searle" if pd.notna(found["low"]) else "icc_no_interval"
    return [label("icc_note", language, group=words), label(interval, language)]


def _labels(
    rules: Rules, data: pd.DataFrame, nested: Item | None, language: str
) -> dict[str, dict[str, str]]:
    items = {item.name: item.words(language) for item in rules.items}
    short = {item.name: item.words(language, short=True) for item in rules.items}
    whole = {WHOLE: label(WHOLE, language),
             f"{WHOLE}_standardised": label("whole_standardised", language),
             f"{WHOLE}_nested": label("whole_nested", language, group=nested.words(
                 language, short=True)) if nested else ""}
    reasons = [one for one in dict.fromkeys(data["reason"]) if one]
    return {
        "item": items | whole, "item_short": short | whole,
        "measure": {"alpha": label("measure_cronbach", language)} | {
            one: label(f"measure_{one}", language)
            for one in ("omega", "item_rest", "alpha_if_dropped", "icc")},
        "reason": {one: label(f"reason_{one}", language) for one in reasons},
    }
