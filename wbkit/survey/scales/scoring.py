"""Scores of a scale: one number for each unit, made of several items."""

import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.responses import NOT_ASKED, REASON_COLUMNS, Responses
from wbkit.errors import DataError
from wbkit.labels import LANGUAGES, label, listing, number
from wbkit.stats.reliability import item_rest
from wbkit.study.item import Item, Labels
from wbkit.study.model import Label
from wbkit.study.scale import Scale
from wbkit.study.source import is_guessed
from wbkit.survey.design.inference import require
from wbkit.survey.scales.scoring_keys import (
    Rules,
    declared_scale,
    outside,
    points_of,
    rules_of,
    turned,
)

TOO_FEW = "too_few_answered"
ENOUGH_UNITS = 10  # to judge whether an item runs against the others
Words = dict[str, str]  # by language
SENSITIVITY = ("none", "quasi", "health")  # from low to high


def score(responses: Responses, scale: str | Scale) -> Responses:
    """Give every unit a score on a scale, as a numeric item of that name.

    Nothing is repaired: an item that looks unreversed, and answers outside the range, are warned
    of, named under every Table of the score, and counted as they stand.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    scale
        Id of a scale in study.toml, or a `Scale`. With an instrument that wbkit knows, the
        variant has to be one of its published forms.

    Returns
    -------
    Responses
        The same answers and one item more: the mean of the items (of a published instrument: the
        score that it defines), for units that answered enough of them. Units that answered some
        items, but too few, have the missing code ``too_few_answered``. "Not validated" stands
        under every Table of a scale that is not.

    Raises
    ------
    DataError
        If there is no such scale, the source has an item of its name, an item cannot be scored,
        or nothing says how an answer counts.
    StudyError
        If the instrument or its variant is not known, or its items are not all named.

    Warns
    -----
    UserWarning
        If an item correlates negatively with the others, or answers lie outside the range.
    """
    require(responses, "score", Responses)
    scale = declared_scale(responses, scale)
    if scale.name in responses.source.items:
        raise DataError(
            f"{responses.source.name}: there is an item {scale.name!r} already. Score a scale "
            "once, or give it a name that no item has."
        )
    rules = rules_of(responses, scale)
    raw = points_of(responses, rules)
    points = turned(raw, rules)
    doubts = [*_against_the_rest(points, rules), *_outside_range(responses, raw, rules)]
    for doubt in doubts:
        warnings.warn(f"{responses.source.name}, scale {scale.name}: {doubt['en']}", UserWarning,
                      stacklevel=2)
    return _with_item(responses, rules, points, doubts)


def scores_of(points: pd.DataFrame, rules: Rules) -> pd.Series:
    """Return the score of each unit, nan where too few items were answered.

    Parameters
    ----------
    points
        Points of every unit and item, after reversing.
    rules
        How the scale is scored.

    Returns
    -------
    pandas.Series
        One number for each row.
    """
    answered = points.notna().sum(axis=1)
    mean = points.sum(axis=1) / answered.where(answered > 0)
    return (mean * rules.factor).where(answered >= rules.least)


def scale_words(rules: Rules, language: str) -> str:
    """Return the printed name of a scale."""
    own = rules.scale.label.text(language)
    return own or (rules.known.label.text(language) if rules.known else rules.scale.name)


def scale_notes(rules: Rules, language: str) -> list[str]:
    """Return what must be known of a scale: its own note, and that it is not validated."""
    note = rules.scale.note.text(language) if rules.scale.note else ""
    unproven = "" if rules.scale.validated else label("not_validated", language)
    return list(filter(None, [note, unproven]))


def _against_the_rest(points: pd.DataFrame, rules: Rules) -> list[Words]:
    """Find the items that run against the others: perhaps they are not reversed as they should."""
    complete = points.dropna()
    if len(complete) < ENOUGH_UNITS or points.shape[1] < 2:
        return []
    found = item_rest(np.cov(complete.to_numpy(), rowvar=False))
    return [{language: label("unreversed_note", language, item=item.words(language, short=True),
                             r=number(r, language, decimals=2)) for language in LANGUAGES}
            for item, r in zip(rules.items, found, strict=True) if r < 0]


def _outside_range(responses: Responses, raw: pd.DataFrame, rules: Rules) -> list[Words]:
    """Find the items with answers that the scale does not know."""
    counts = outside(raw, rules)
    return [{language: _outside_words(responses, rules, (item, counts[item.name]), language)
             for language in LANGUAGES} for item in rules.items if counts[item.name]]


def _outside_words(
    responses: Responses, rules: Rules, found: tuple[Item, int], language: str
) -> str:
    item, n = found
    low, high = (number_words(end, language) for end in rules.ends)
    few, minimum = n < responses.source.minimum, responses.source.minimum
    words = label("fewer_than", language, minimum=minimum) if few else number(n, language)
    return label("outside_note", language, item=item.words(language, short=True), n=words, low=low,
                 high=high)


def number_words(value: float, language: str) -> str:
    """Write a number with as few decimals as it has, two at most."""
    places = next(places for places in (0, 1, 2) if places == 2 or round(value, places) == value)
    return number(value, language, decimals=places)


def _with_item(
    responses: Responses, rules: Rules, points: pd.DataFrame, doubts: Sequence[Words]
) -> Responses:
    """Add the scores, the item that says what they are, and why some are absent."""
    scores = scores_of(points, rules)
    item = _item(responses, rules, doubts)
    source = responses.source.model_copy(
        update={"items": responses.source.items | {item.name: item},
                "scales": responses.source.scales | {item.name: rules.scale}})
    reasons = _reasons(responses, rules, points, scores)
    return replace(responses, data=responses.data.assign(**{item.name: scores}), source=source,
                   reasons=pd.concat([responses.reasons, reasons], ignore_index=True))


def _item(responses: Responses, rules: Rules, doubts: Sequence[Words]) -> Item:
    themes = {item.theme for item in rules.items}
    shared = [set(item.questions) for item in rules.items]
    questions = [one for one in rules.items[0].questions if all(one in some for some in shared)]
    levels = [SENSITIVITY.index(item.sensitivity) for item in rules.items
              if item.sensitivity in SENSITIVITY]
    words = {language: (label(TOO_FEW, language),) for language in LANGUAGES}
    return Item(
        name=rules.scale.name, kind="numeric", range=rules.range,
        label=Label(**{language: scale_words(rules, language) for language in LANGUAGES}),
        theme=themes.pop() if len(themes) == 1 else None, questions=tuple(questions),
        sensitivity=SENSITIVITY[max(levels, default=0)],
        guessed=any(is_guessed(responses.source, item.name) for item in rules.items),
        missing=(TOO_FEW,), missing_labels=Labels(**words),
        note=Label(**{language: _note(rules, doubts, language) for language in LANGUAGES}),
    )


def _note(rules: Rules, doubts: Sequence[Words], language: str) -> str:
    """Return what is printed under every Table of the score."""
    parts = [_how_words(rules, language), *scale_notes(rules, language)]
    parts += [doubt[language] for doubt in doubts]
    return " ".join(parts)


def _how_words(rules: Rules, language: str) -> str:
    """Say how the score is made."""
    items = [f"‘{item.words(language, short=True)}’" for item in rules.items
             if item.name in rules.reversed]
    key = f"scored_{rules.method}" + ("_times" if rules.known and rules.known.factor != 1 else "")
    words = label(key, language, variant=rules.scale.variant, items=len(rules.items),
                  least=rules.least,
                  times=number_words(rules.known.factor if rules.known else 1, language))
    if rules.range:
        low, high = (number_words(end, language) for end in rules.range)
        words = f"{words} {label('scored_range', language, low=low, high=high)}"
    if items and len(items) < len(rules.items):
        words += " " + label("scored_reversed", language, items=listing(items, language))
    return words


def _reasons(
    responses: Responses, rules: Rules, points: pd.DataFrame, scores: pd.Series
) -> pd.DataFrame:
    """Say why a unit has no score: no item was put to it, or it answered too few."""
    states = [responses.state_codes(item) for item in rules.items]
    never = np.all([found == names.index(NOT_ASKED) for found, names in states], axis=0)
    few = scores.isna() & points.notna().any(axis=1)
    rows = [(row, rules.scale.name, reason) for reason, mask in ((NOT_ASKED, never), (TOO_FEW, few))
            for row in responses.data.index[mask]]
    return pd.DataFrame(rows, columns=list(REASON_COLUMNS))
