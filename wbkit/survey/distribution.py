"""How scores and other numbers are spread: counted in classes, or in published bands."""

from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses, number_id
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import LANGUAGES, brief_number, message
from wbkit.study.item import Item, Labels
from wbkit.study.scale import Band, Scale
from wbkit.survey.frequency import frequency
from wbkit.survey.scales.scoring import score
from wbkit.survey.scales.scoring_keys import Rules, declared_scale, rules_of
from wbkit.table.count_layouts import HIDDEN
from wbkit.table.facts import Bands, Subject
from wbkit.table.kinds import KINDS
from wbkit.table.table import Table

STEPS = (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 250, 500, 1_000)
MOST_CLASSES = 10
LEAST_IN_GROUP = 10  # bands say something of groups, never of persons
ROUNDING = 9  # decimals: a score of 3.5 is not put below 3.5


def distribution(
    responses: Responses, item: str | Item, *, by: str | Item | None = None,
    step: float | None = None,
) -> Table:
    """Count a number in classes of equal width, for everyone or for each group.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    item
        A numeric item, such as a score.
    by
        A nominal or ordinal item: one group for each of its values.
    step
        The width of a class, in the units of the item; at most ten classes when left out.

    Returns
    -------
    Table
        A frequency Table; ``value`` is a class. A class holds its lower end and not its upper
        one, the last class holds both; whole numbers stand from and up to and including.

    Raises
    ------
    DataError
        If the item is not numeric, nobody answered it, or `step` is not above 0.
    """
    need(responses, Responses, "distribution")
    found = responses.item(item)
    if found.kind != "numeric":
        raise DataError(f"{responses.source.name}: distribution counts a number in classes, and "
                        f"{found.name} is {found.kind}. Use frequency.")
    answers = responses.data[found.name]
    if answers.isna().all():
        raise DataError(f"{responses.source.name}: {found.name} has no answer to count. "
                        "Choose another item.")
    edges, whole = _edges(responses, found, step)
    places = np.searchsorted(edges[1:-1], answers.round(ROUNDING), side="right")
    ids = [f"{number_id(low)}_{number_id(high)}"
           for low, high in zip(edges[:-1], edges[1:], strict=True)]
    words = {language: tuple(_class_words(edges, place, language, whole=whole)
                             for place in range(len(ids))) for language in LANGUAGES}
    classes = pd.Series(places, index=answers.index).where(answers.notna(), -1).astype(int)
    table = frequency(_in_classes(responses, found, classes, (ids, words)), found.name, by=by)
    return replace(table, facts=tuple(
        replace(one, form="distribution") if isinstance(one, Subject) else one
        for one in table.facts))


def score_bands(
    responses: Responses, scale: str | Scale, *, by: str | Item | None = None
) -> Table:
    """Count how many units of each group fall in the published bands of a validated scale.

    A band is about a group and is no diagnosis: the Responses never hold the band of a person,
    and a group of fewer than ten is not shown.

    Parameters
    ----------
    responses
        One row for each unit of the source, scored or not.
    scale
        Id of a validated scale with bands, of its own or of its instrument.
    by
        A nominal or ordinal item: one group for each of its values.

    Returns
    -------
    Table
        A frequency Table; ``value`` is a band. The source of the bands stands in the notes.

    Raises
    ------
    DataError
        If the scale is not validated, or has no bands.
    """
    need(responses, Responses, "score_bands")
    scale = declared_scale(responses, scale)
    rules = rules_of(responses, scale)
    _require_bands(responses, rules)
    scored = score(_unscored(responses, scale), scale)
    item, scores = scored.item(scale.name), scored.data[scale.name]
    places = scores.map(lambda one: _band_of(one, rules.bands), na_action="ignore")
    ids = [band.name for band in rules.bands]
    words = {language: tuple(band.label.or_else(band.name).text(language) for band in rules.bands)
             for language in LANGUAGES}
    classed = _in_classes(scored, item, places.fillna(-1).astype(int), (ids, words))
    table = frequency(classed, item.name, by=by)
    return _groups_only(table, Bands(_bands_source(rules), LEAST_IN_GROUP))


def _unscored(responses: Responses, scale: Scale) -> Responses:
    """Forget a score of that name: it may be of another variant, and bands are of this one."""
    items = {name: item for name, item in responses.source.items.items()
             if name != scale.name or name in scale.items}
    return replace(responses, source=responses.source.model_copy(update={"items": items}))


def _edges(
    responses: Responses, item: Item, step: float | None
) -> tuple[np.ndarray, bool]:
    """Return the ends of the classes, and whether all numbers are whole."""
    answers = responses.data[item.name].dropna()
    low, high = item.range or (answers.min(), answers.max())
    low, high = min(low, answers.min()), max(high, answers.max())
    low, high = (float(low), float(high)) if high > low else (float(low), low + 1.0)
    if step is not None and step <= 0:
        raise DataError(f"{responses.source.name}: step={step} is no width of a class. "
                        "Give a number above 0, or leave it out.")
    whole = bool((answers == answers.round()).all()) and low == round(low) and high == round(high)
    width = step or next((one for one in STEPS if (high - low) / one <= MOST_CLASSES
                          and not (whole and one != round(one))), STEPS[-1])
    if not item.range:  # the lowest answer is one person's: classes start at a round number
        low = width * np.floor(round(low / width, ROUNDING))
    if whole and width == 1:
        return np.arange(low, high + 2), True
    count = max(1, int(np.ceil(round((high - low) / width, ROUNDING))))
    return np.round(low + width * np.arange(count + 1), ROUNDING), whole


def _class_words(edges: np.ndarray, place: int, language: str, *, whole: bool) -> str:
    low, high = edges[place], edges[place + 1]
    last = place == len(edges) - 2
    if whole and high - low == 1:
        return brief_number(low, language)
    if whole and not last:
        return message("class_up_to", language, low=brief_number(low, language),
                     high=brief_number(high - 1, language))
    key = "class_up_to" if last else "class_below"
    ends = {"low": brief_number(low, language), "high": brief_number(high, language)}
    return message(key, language, **ends)


def _in_classes(
    responses: Responses, item: Item, places: pd.Series,
    classes: tuple[list[str], dict[str, tuple[str, ...]]],
) -> Responses:
    """Return the answers with a number replaced by its class; -1 is no answer."""
    ids, words = classes
    made = item.model_copy(update={
        "kind": "ordinal", "range": None, "values": tuple(ids), "value_labels": Labels(**words)})
    column = pd.Categorical.from_codes(places.to_numpy(), pd.Index(ids, dtype="str"), ordered=True)
    source = responses.source
    source = source.model_copy(update={"items": source.items | {item.name: made}})
    return replace(responses, data=responses.data.assign(**{item.name: column}), source=source)


def _require_bands(responses: Responses, rules: Rules) -> None:
    name = f"{responses.source.name}, scale {rules.scale.name}"
    if not rules.scale.validated:
        raise DataError(f"{name}: bands are for a validated scale, and study.toml says validated = "
                        "false. Show means per group with estimate, or the distribution.")
    if not rules.bands:
        raise DataError(f"{name}: there are no bands, neither of its own nor published ones that "
                        "wbkit knows. Show means per group with estimate, or the distribution.")


def _band_of(value: float, known: tuple[Band, ...]) -> int:
    """Return the place of the band in which a score falls."""
    value = round(value, ROUNDING)
    return next(place for place, band in enumerate(known)
                if value < band.end or (band.up_to is not None and value == band.end)
                or band.end == np.inf)


def _bands_source(rules: Rules) -> str:
    return (rules.variant.bands_source if rules.variant else rules.scale.source) or ""


def _groups_only(table: Table, score_bands: Bands) -> Table:
    """Hide the groups in which a band would say something of persons."""
    few = table.data["base"].isna() | (table.data["base"] < LEAST_IN_GROUP)
    numbers = [name for name in KINDS["frequency"].hides if name in table.data]
    data = table.data.assign(state=table.data["state"].mask(few, HIDDEN),
                             **table.data[numbers].mask(few, axis=0))
    return replace(table, data=data, facts=(*table.facts, score_bands))
