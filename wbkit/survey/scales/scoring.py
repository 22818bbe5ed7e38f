"""Scores of a scale: one number for each unit, made of several items."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.responses import REASON_COLUMNS, Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, brief_number, number, spoken
from wbkit.stats.reliability import item_rest
from wbkit.study.item import NOT_ASKED, SPECIAL
from wbkit.study.model import Label
from wbkit.study.scale import TOO_FEW, Scale, ScoredItem, Scoring
from wbkit.study.source import Source, is_guessed
from wbkit.survey.scales.scoring_keys import (
    Rules,
    declared_scale,
    outside,
    points_of,
    rules_of,
    turned,
)

ENOUGH_UNITS = 10  # to judge whether an item runs against the others
SENSITIVITY = ("none", "quasi", *SPECIAL)  # from low to high


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
    need(responses, Responses, "score")
    scale = declared_scale(responses, scale)
    if scale.name in responses.source.items:
        raise DataError(_(
            "{source}: there is an item {scale!r} already. Score a scale once, or give it a name "
            "that no item has.",
            source=responses.source.name, scale=scale.name))
    rules = rules_of(responses, scale)
    raw = points_of(responses, rules)
    points = turned(raw, rules)
    scoring = _scoring(responses, rules, raw, points)
    for doubt in _doubts(responses, rules, scoring):
        warnings.warn(_("{source}, scale {scale}: {doubt}", source=responses.source.name,
                        scale=scale.name, doubt=doubt), UserWarning, stacklevel=2)
    return _with_item(responses, rules, points, scoring)


def scores_of(points: pd.DataFrame, rules: Rules) -> pd.Series:
    """Return the score of each unit, nan where too few items were answered."""
    answered = points.notna().sum(axis=1)
    mean = points.sum(axis=1) / answered.where(answered > 0)
    return (mean * rules.factor).where(answered >= rules.least)


def scale_label(rules: Rules) -> Label:
    """Return the printed name of a scale: its own, or that of its instrument."""
    known = rules.known.label if rules.known else Label(nl=rules.scale.name)
    own = rules.scale.label
    return own if own.text("nl") else known


def with_scale(source: Source, rules: Rules) -> Source:
    """Return a source that knows a scale, under the printed name that it has."""
    scale = rules.scale.model_copy(update={"label": scale_label(rules)})
    return source.model_copy(update={"scales": source.scales | {scale.name: scale}})


def _scoring(
    responses: Responses, rules: Rules, raw: pd.DataFrame, points: pd.DataFrame
) -> Scoring:
    """Say how the score is made, and what looks wrong in the answers."""
    counts, minimum = outside(raw, rules), responses.source.minimum
    found = {item.name: int(counts[item.name]) for item in rules.items if counts[item.name]}
    return Scoring(
        variant=rules.scale.variant, method=rules.method,
        factor=rules.known.factor if rules.known else 1, items=len(rules.items),
        least=rules.least, ends=rules.range or (), points=rules.ends or (),
        reversed=tuple(item.name for item in rules.items if item.name in rules.reversed),
        against=_against_the_rest(points, rules),
        outside=tuple((name, n if n >= minimum else None) for name, n in found.items()))


def _against_the_rest(points: pd.DataFrame, rules: Rules) -> tuple[tuple[str, float], ...]:
    """Find the items that run against the others: perhaps they are not reversed as they should."""
    complete = points.dropna()
    if len(complete) < ENOUGH_UNITS or points.shape[1] < 2:
        return ()
    found = item_rest(np.cov(complete.to_numpy(), rowvar=False))
    return tuple((item.name, float(r)) for item, r in zip(rules.items, found, strict=True)
                 if r < 0)


def _doubts(responses: Responses, rules: Rules, scoring: Scoring) -> list[str]:
    """Say what looks wrong, for who scores; under a Table the same stands in its language."""
    words = {item.name: item.words(spoken(), short=True) for item in rules.items}
    low, high = (brief_number(end, spoken()) for end in scoring.points or (0, 0))
    few = _("fewer than {minimum}", minimum=responses.source.minimum)
    return [
        *(_("Note: ‘{item}’ correlates negatively with the other items (r = {r:,.2f}); is it "
            "reversed as it should be? The score counts it as study.toml has it.",
            item=words[name], r=r) for name, r in scoring.against),
        *(_("Note: {n} × an answer to ‘{item}’ outside {low} to {high}; the score counts it as it "
            "stands. Correct the file, or declare in study.toml what it means.",
            n=few if n is None else number(n, spoken()), item=words[name], low=low, high=high)
          for name, n in scoring.outside)]


def _with_item(
    responses: Responses, rules: Rules, points: pd.DataFrame, scoring: Scoring
) -> Responses:
    """Add the scores, the item that says what they are, and why some are absent."""
    scores = scores_of(points, rules)
    item = _item(responses, rules, scoring)
    source = with_scale(responses.source, rules)
    source = source.model_copy(update={"items": source.items | {item.name: item}})
    reasons = _reasons(responses, rules, points, scores)
    return replace(responses, data=responses.data.assign(**{item.name: scores}), source=source,
                   reasons=pd.concat([responses.reasons, reasons], ignore_index=True))


def _item(responses: Responses, rules: Rules, scoring: Scoring) -> ScoredItem:
    themes = {item.theme for item in rules.items}
    shared = [set(item.questions) for item in rules.items]
    questions = [one for one in rules.items[0].questions if all(one in some for some in shared)]
    levels = [SENSITIVITY.index(item.sensitivity) for item in rules.items
              if item.sensitivity in SENSITIVITY]
    return ScoredItem(
        name=rules.scale.name, kind="numeric", range=rules.range, label=scale_label(rules),
        theme=themes.pop() if len(themes) == 1 else None, questions=tuple(questions),
        sensitivity=SENSITIVITY[max(levels, default=0)],
        guessed=any(is_guessed(responses.source, item.name) for item in rules.items),
        missing=(TOO_FEW,), scoring=scoring,
    )


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
