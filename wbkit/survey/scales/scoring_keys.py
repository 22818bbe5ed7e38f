"""How many points each answer to the items of a scale counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses, number_id
from wbkit.errors import DataError
from wbkit.messages import _, counted
from wbkit.study.item import Item
from wbkit.study.scale import Band, Scale
from wbkit.survey.scales.instruments import Instrument, Variant, instrument_of, item_names
from wbkit.text.normalise import did_you_mean


@dataclass(frozen=True)
class Rules:
    """How a scale is scored in one source.

    Parameters
    ----------
    scale
        The scale as the source declares it.
    items
        Its items, in order.
    points
        For each item: answer = points before reversing; None where the answer is a number.
    ends
        Lowest and highest points of an answer, None where nothing says so.
    reversed
        Ids of the items that are turned round.
    known, variant
        The published instrument and its form, None for a scale of one's own.
    """

    scale: Scale
    items: tuple[Item, ...]
    points: tuple[dict[str, float] | None, ...]
    ends: tuple[float, float] | None
    reversed: frozenset[str]
    known: Instrument | None = None
    variant: Variant | None = None

    @property
    def least(self) -> int:
        """How many items a unit has to answer to get a score."""
        return self.scale.minimum_answered or len(self.items)

    @property
    def method(self) -> str:
        """Whether the score is a ``mean`` or a ``sum``."""
        return self.known.method if self.known else "mean"

    @property
    def factor(self) -> float:
        """By what the mean of the items is multiplied."""
        times = self.known.factor if self.known else 1
        return times * (len(self.items) if self.method == "sum" else 1)

    @property
    def bands(self) -> tuple[Band, ...]:
        """Named parts of the range, of the published form or of one's own validated scale."""
        return self.variant.bands if self.variant else self.scale.bands

    @property
    def range(self) -> tuple[float, float] | None:
        """Lowest and highest score, None where nothing says so."""
        return self.known.range if self.known else self.ends


def declared_scale(responses: Responses, scale: str | Scale) -> Scale:
    """Return a scale of the source by its id.

    Gives the scale; one that the source does not have is refused.
    """
    if isinstance(scale, Scale):
        return scale
    scales = responses.source.scales
    if scale in scales:
        return scales[scale]
    there = _("It has {scales}.", scales=", ".join(scales)) if scales else _("It has none.")
    hint = did_you_mean(str(scale), scales) or there
    raise DataError(_(
        "{source}: there is no scale {scale!r}. {hint} Declare it in study.toml as "
        "[sources.{source}.scales.{scale}].",
        source=responses.source.name, scale=scale, hint=hint))


def rules_of(responses: Responses, scale: Scale) -> Rules:
    """Find out how each answer counts."""
    instrument = instrument_of(scale)
    if instrument is None:
        items = tuple(responses.item(name) for name in scale.items)
        points = tuple(own_points(responses, scale, item) for item in items)
        ends = scale.range or common_ends(responses, scale, items, points)
        return Rules(scale, items, points, ends, frozenset(scale.reversed))
    known, variant = instrument
    names = {name: item_names(scale)[name] for name in known.items}
    items = tuple(responses.item(name) for name in names.values())
    points = tuple(known_points(responses, scale, known, pair)
                   for pair in zip(names, items, strict=True))
    turned = frozenset(names[name] for name in known.reversed)
    ends = known.points or (0.0, 1.0)
    return Rules(scale, items, points, ends, turned, known, variant)


def points_of(responses: Responses, rules: Rules) -> pd.DataFrame:
    """Return the points of every unit, before reversing.

    Gives one row for each row of the data, one column for each item; nan without an answer.
    """
    pairs = zip(rules.items, rules.points, strict=True)
    columns = {item.name: _column(responses.data[item.name], points) for item, points in pairs}
    return pd.DataFrame(columns, index=responses.data.index)


def _column(answers: pd.Series, points: Mapping[str, float] | None) -> np.ndarray:
    """Return the points of the answers to one item."""
    if points is None:
        return answers.to_numpy(dtype=float)
    if not isinstance(answers.dtype, pd.CategoricalDtype):
        answers = answers.map(number_id, na_action="ignore").astype("category")
    typed = answers.array
    known = [points.get(value, np.nan) for value in typed.categories]
    return np.array([*known, np.nan])[typed.codes]


def turned(points: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Turn the reversed items round: the lowest points become the highest."""
    if not rules.reversed:
        return points
    return points.assign(**{name: sum(rules.ends) - points[name] for name in rules.reversed})


def outside(points: pd.DataFrame, rules: Rules) -> pd.Series:
    """Count the answers of each item that lie outside the range, before reversing."""
    if rules.ends is None:
        return pd.Series(0, index=points.columns)
    low, high = rules.ends
    return ((points < low) | (points > high)).sum()


def own_points(responses: Responses, scale: Scale, item: Item) -> dict[str, float] | None:
    """Return the points of answers in a scale of one's own."""
    values = _values(responses, scale, item)
    if scale.answers:
        return _by_answers(scale, item, values, lambda answer: _own_number(scale, answer))
    if item.kind == "numeric":
        return None
    numbers = _numerals(values)
    if numbers:
        return numbers
    _refuse_nominal(responses, scale, item)
    low = scale.range[0] if scale.range else 1
    if scale.range and scale.range[1] - low != len(values) - 1:
        raise DataError(_(
            "{source}, scale {scale}: range runs from {low:g} to {high:g}, and {item} has "
            "{n_values} ({values}). Correct range, or write answers = {{ … }} with the points of "
            "each answer.",
            source=responses.source.name, scale=scale.name, low=low, high=scale.range[1],
            item=item.name, n_values=counted(len(values), "value", "values"),
            values=", ".join(values)))
    return {value: float(low + place) for place, value in enumerate(values)}


def known_points(
    responses: Responses, scale: Scale, known: Instrument, pair: tuple[str, Item]
) -> dict[str, float] | None:
    """Return the points of answers in a published instrument: never by their order alone."""
    name, item = pair
    values = _values(responses, scale, item)
    if scale.answers:
        return _by_answers(scale, item, values, _counted(scale, known, name))
    if not known.codes and item.kind == "numeric":
        return None
    numbers = None if known.codes else _numerals(values)
    if numbers:
        return numbers
    allowed = ", ".join(known.codes) if known.codes else _(
        "points from {low:g} to {high:g}", low=known.points[0], high=known.points[1])
    raise DataError(_(
        "{source}, scale {scale}: the answers to {item} ({values}) do not say how {instrument} "
        "counts them; a form can list them from high to low. Write answers = {{ … }}: each answer "
        "= {allowed}, before reversing.",
        source=responses.source.name, scale=scale.name, item=item.name,
        values=", ".join(values) or _("numbers"), instrument=known.name, allowed=allowed))


def _values(responses: Responses, scale: Scale, item: Item) -> tuple[str, ...]:
    if item.kind in ("multiple", "ranking", "open"):
        raise DataError(_(
            "{source}, scale {scale}: {item} is {kind}, and a score is made of ordinal or numeric "
            "items. Take it out of the scale.",
            source=responses.source.name, scale=scale.name, item=item.name, kind=item.kind))
    if item.kind != "numeric":
        return responses.values(item)
    return tuple(dict.fromkeys(map(number_id, responses.data[item.name].dropna())))


def _by_answers(
    scale: Scale, item: Item, values: tuple[str, ...], points: Callable[[str | float], float]
) -> dict[str, float]:
    """Return the points that the scale declares for each answer."""
    silent = [value for value in values if value not in scale.answers]
    if silent:
        raise DataError(_(
            "scale {scale}: answers says nothing about {answer!r}, an answer to {item}. It has "
            "{answers}. Add it, or declare it as missing in the item.",
            scale=scale.name, answer=silent[0], item=item.name, answers=", ".join(scale.answers)))
    return {value: points(scale.answers[value]) for value in values}


def _own_number(scale: Scale, answer: str | float) -> float:
    if isinstance(answer, str):
        raise DataError(_(
            "scale {scale}: answers gives {answer!r}, and points are numbers. Write the number of "
            "points of each answer.",
            scale=scale.name, answer=answer))
    return float(answer)


def _counted(scale: Scale, known: Instrument, name: str) -> Callable[[str | float], float]:
    """Return what an answer to one item of an instrument counts, given how it was declared."""
    if not known.codes:
        return lambda answer: _own_number(scale, answer)

    def counts(answer: str | float) -> float:
        if answer not in known.codes:
            raise DataError(_(
                "scale {scale}: answers gives {answer!r}, and {instrument} knows {codes}. Use one "
                "of these for each answer.",
                scale=scale.name, answer=answer, instrument=known.name,
                codes=", ".join(known.codes)))
        return float(answer in known.count[name])

    return counts


def _numerals(values: tuple[str, ...]) -> dict[str, float] | None:
    """Return the numbers that the answers are, None when one of them is not a number."""
    try:
        return {value: float(value) for value in values}
    except ValueError:
        return None


def _refuse_nominal(responses: Responses, scale: Scale, item: Item) -> None:
    if item.kind == "nominal":
        raise DataError(_(
            "{source}, scale {scale}: {item} is nominal, so its answers have no order. Write "
            "answers = {{ … }} with the points of each, or make it ordinal.",
            source=responses.source.name, scale=scale.name, item=item.name))


def common_ends(
    responses: Responses, scale: Scale, items: tuple[Item, ...],
    points: tuple[Mapping[str, float] | None, ...],
) -> tuple[float, float] | None:
    """Return the range that all items share; a scale whose items differ must declare one."""
    found = [item.range if one is None else (min(one.values()), max(one.values()))
             for item, one in zip(items, points, strict=True) if one is None or one]
    different = {ends for ends in found if ends is not None}
    if len(different) > 1 or (not different and scale.reversed):
        ranges = "; ".join(
            _("{item}: {low:g} to {high:g}", item=item.name, low=ends[0], high=ends[1]) if ends
            else _("{item}: not declared", item=item.name)
            for item, ends in zip(items, found, strict=False))
        raise DataError(_(
            "{source}, scale {scale}: nothing says from where to where one answer counts "
            "({ranges}). Add range = [lowest, highest] to the scale.",
            source=responses.source.name, scale=scale.name, ranges=ranges))
    return next(iter(different), None)
