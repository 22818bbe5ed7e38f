"""How many points each answer to the items of a scale counts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.columns import number_id
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.study.scale import Band, Scale
from wbkit.survey.scales.answer_points import common_ends, known_points, own_points
from wbkit.survey.scales.instruments import Instrument, Variant, instrument_of, item_names
from wbkit.text.normalise import closest


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

    Parameters
    ----------
    responses
        One row for each unit of the source.
    scale
        Id of a scale, or the scale itself.

    Returns
    -------
    Scale
        The scale; one that the source does not have is refused.
    """
    if isinstance(scale, Scale):
        return scale
    scales = responses.source.scales
    if scale in scales:
        return scales[scale]
    close = closest(str(scale), scales)
    there = f"It has {', '.join(scales)}." if scales else "It has none."
    hint = f"Did you mean {close[0]!r}?" if close else there
    raise DataError(f"{responses.source.name}: there is no scale {scale!r}. {hint} Declare it in "
                    f"study.toml as [sources.{responses.source.name}.scales.{scale}].")


def rules_of(responses: Responses, scale: Scale) -> Rules:
    """Find out how each answer counts.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    scale
        The scale.

    Returns
    -------
    Rules
        Points for every answer of every item.

    Raises
    ------
    StudyError
        If the instrument, its variant or its items are not known.
    DataError
        If an item cannot be scored, or nothing says how an answer counts.
    """
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

    Parameters
    ----------
    responses
        One row for each unit of the source.
    rules
        How answers count.

    Returns
    -------
    pandas.DataFrame
        One row for each row of the data, one column for each item; nan without an answer.
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
