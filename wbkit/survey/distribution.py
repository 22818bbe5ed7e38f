"""How scores and other numbers are spread: counted in classes, or in published bands."""

from dataclasses import dataclass, replace
from numbers import Real

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses, number_id
from wbkit.data.source_data import need, refuse_rankings
from wbkit.errors import DataError
from wbkit.messages import LANGUAGES, _, brief_number, decimal_mark, message
from wbkit.study.item import Item, Labels
from wbkit.study.scale import Band, Scale
from wbkit.survey.far_out import MOST_CLASSES, far_out, not_far
from wbkit.survey.frequency import frequency
from wbkit.survey.scales.scoring import score
from wbkit.survey.scales.scoring_keys import Rules, declared_scale, rules_of
from wbkit.table.count_layouts import HIDDEN
from wbkit.table.facts import Bands, Subject
from wbkit.table.kinds import KINDS
from wbkit.table.table import Table

STEPS = (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 250, 500, 1_000)
ROUND_STEPS = (1, 2.5, 5)  # times a power of ten, where numbers are smaller or larger
MOST_ASKED = 100  # classes, when a width is given
SAME, TINIEST = 1e-12, 1e-200  # numbers that differ less, of the greatest or at all, are equal
NEAR = 1e-9  # of a class: a score of 3.5 is not put below 3.5 by rounding
LARGEST_WHOLE, ROUNDED_AWAY = 2.0**53, 1e-9  # between these a number is written out
LEAST_IN_GROUP = 10  # bands say something of groups, never of persons
ROUNDING = 9  # decimals of the ends of a class


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
        Answers that are far out [1]_, and so far that the others would share one class, stand in
        a class with one end; a note names them.

    Raises
    ------
    DataError
        If the item is not numeric, nobody answered it, an answer is infinite, or `step` is not
        above 0 or makes more than a hundred classes.

    References
    ----------
    .. [1] Tukey, J. W. (1977). Exploratory Data Analysis, chapter 2. Addison-Wesley.
    """
    need(responses, Responses, "distribution")
    found = responses.item(item)
    refuse_rankings(responses.source.name, [found],
                    _("distribution counts a number in classes"))
    if found.kind != "numeric":
        raise DataError(_(
            "{source}: distribution counts a number in classes, and {item} is {kind}. Use "
            "frequency.",
            source=responses.source.name, item=found.name, kind=found.kind))
    answers = responses.data[found.name]
    if answers.isna().all():
        raise DataError(_(
            "{source}: {item} has no answer to count. Choose another item.",
            source=responses.source.name, item=found.name))
    if np.isinf(answers.to_numpy(float, na_value=np.nan)).any():
        raise DataError(_(
            "{source}: an answer to {item} is infinite, and fits in no class. Correct it, or "
            "make it missing.",
            source=responses.source.name, item=found.name))
    made = _classes(responses, found, step)
    places = np.searchsorted(made.inner, answers, side="right")
    words = {language: made.words(language) for language in LANGUAGES}
    classes = pd.Series(places, index=answers.index).where(answers.notna(), -1).astype(int)
    table = frequency(_in_classes(responses, found, classes, (made.ids, words)), found.name, by=by)
    facts = (replace(one, form="distribution") if isinstance(one, Subject) else one
             for one in table.facts)
    return replace(table, facts=(*facts, *far_out(responses, [found])))


@dataclass(frozen=True)
class Classes:
    """The ends of classes of equal width, and whether answers lie far below or above them."""

    edges: np.ndarray
    whole: bool
    below: bool
    above: bool

    @property
    def ends(self) -> tuple[float, float]:
        """From where and up to where the classes go, with what rounding adds."""
        reach = NEAR * (self.edges[1] - self.edges[0])
        return self.edges[0] - reach, self.edges[-1] + reach

    @property
    def inner(self) -> np.ndarray:
        """Where one class ends and the next begins."""
        low, high = self.ends
        inside = self.edges[1:-1] - NEAR * (self.edges[1] - self.edges[0])
        return np.concatenate([[low] * self.below, inside, [high] * self.above])

    @property
    def ids(self) -> list[str]:
        """The id of each class."""
        ends = [number_id(one) for one in self.edges]
        inside = [f"{low}_{high}" for low, high in zip(ends[:-1], ends[1:], strict=True)]
        return [f"below_{ends[0]}"] * self.below + inside + [f"above_{ends[-1]}"] * self.above

    def words(self, language: str) -> tuple[str, ...]:
        """Return the words of each class."""
        single = self.whole and self.edges[-1] - self.edges[-2] == 1
        low, high = (_end_words(end, language) for end in (self.edges[0], self.edges[-1] - single))
        inside = [_class_words(self.edges, place, language, whole=self.whole)
                  for place in range(len(self.edges) - 1)]
        return (*[message("class_under", language, low=low)] * self.below, *inside,
                *[message("class_over", language, high=high)] * self.above)


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


def _classes(responses: Responses, item: Item, step: float | None) -> Classes:
    """Divide the answers in classes of one width; those that are far out stand apart."""
    name, known = responses.source.name, responses.data[item.name].dropna().to_numpy(float)
    near = not_far(known, item)
    low, high = float(near.min()), float(near.max())
    below, above = bool((known < low).any()), bool((known > high).any())
    if not np.isfinite(high - low):
        raise DataError(_(
            "{source}: the answers to {item} lie too far apart for classes. Correct them, or make "
            "the farthest missing.",
            source=name, item=item.name))
    whole = bool((near == near.round()).all()) and max(abs(low), abs(high)) < LARGEST_WHOLE
    start = None if item.range else low  # the lowest answer is one person's: begin at a round one
    if step is not None:
        edges = _asked_edges((low, high), step, start, name)
        return Classes(edges, whole and step == round(step), below, above)
    if high - low <= max(SAME * max(abs(low), abs(high)), TINIEST):
        whole = whole or abs(low) <= TINIEST
        return Classes(_lone_edges(low, whole=whole), whole, below, above)
    most = MOST_CLASSES - below - above
    fits = (edges for width in _widths(high - low) if not (whole and width != round(width))
            if (edges := _edges((low, high), width, start, most, whole=whole)) is not None)
    return Classes(next(fits), whole, below, above)


def _widths(spread: float) -> list[float]:
    """Return round widths of classes, narrow to wide."""
    power = int(np.floor(np.log10(spread)))
    others = [one * 10.0**at for at in range(power - 2, min(power + 2, 308)) for one in ROUND_STEPS]
    return sorted([*STEPS, *(one for one in others if not STEPS[0] <= one <= STEPS[-1])])


def _edges(
    ends: tuple[float, float], width: float, start: float | None, most: int, *, whole: bool
) -> np.ndarray | None:
    """Return the ends of classes of this width; None where there are too many."""
    low, high = ends
    low = low if start is None else width * np.floor(round(start / width, ROUNDING))
    one_each = whole and width == 1
    many = high - low + 1 if one_each else np.ceil(round((high - low) / width, ROUNDING))
    if many > most:
        return None
    found = low + width * np.arange(max(1, int(many)) + 1)
    return np.round(found, ROUNDING) if width >= STEPS[0] and abs(found).max() < LARGEST_WHOLE \
        else found


def _asked_edges(
    ends: tuple[float, float], step: float, start: float | None, name: str
) -> np.ndarray:
    """Return classes of the width that was asked, or refuse it."""
    if isinstance(step, bool) or not isinstance(step, Real) or not 0 < step < np.inf:
        raise DataError(_(
            "{source}: step={step!r} is no width of a class. Give a number above 0, or leave it "
            "out.",
            source=name, step=step))
    whole = step == 1 and all(one == round(one) for one in ends)
    found = _edges(ends, float(step), start, MOST_ASKED, whole=whole)
    if found is None:
        raise DataError(_(
            "{source}: step={step} makes more than {most} classes between {lowest} and {highest}. "
            "Give a wider one, or leave it out.",
            source=name, step=step, most=MOST_ASKED, lowest=number_id(ends[0]),
            highest=number_id(ends[1])))
    return found


def _lone_edges(value: float, *, whole: bool) -> np.ndarray:
    """Return one class around the only answer there is."""
    width = 1.0 if whole else 10.0 ** (np.floor(np.log10(abs(value))) - 1)
    low = width * np.floor(round(value / width, ROUNDING))
    return np.array([low, low + width])


def _end_words(value: float, language: str) -> str:
    """Write the end of a class with the decimals that it has; very large and small ones short."""
    if round(value, 2) == value and abs(value) < LARGEST_WHOLE:
        return brief_number(value, language)
    short = f"{value:.6g}"
    if ROUNDED_AWAY <= abs(value) < LARGEST_WHOLE:
        short = f"{value:.12f}".rstrip("0")
    return short.replace(".", decimal_mark(language))


def _class_words(edges: np.ndarray, place: int, language: str, *, whole: bool) -> str:
    low, high = edges[place], edges[place + 1]
    last = place == len(edges) - 2
    if whole and high - low == 1:
        return _end_words(low, language)
    if whole and not last:
        return message("class_up_to", language, low=_end_words(low, language),
                       high=_end_words(high - 1, language))
    key = "class_up_to" if last else "class_below"
    ends = {"low": _end_words(low, language), "high": _end_words(high, language)}
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
    if not rules.scale.validated:
        raise DataError(_(
            "{source}, scale {scale}: bands are for a validated scale, and study.toml says "
            "validated = false. Show means per group with estimate, or the distribution.",
            source=responses.source.name, scale=rules.scale.name))
    if not rules.bands:
        raise DataError(_(
            "{source}, scale {scale}: there are no bands, neither of its own nor published ones "
            "that wbkit knows. Show means per group with estimate, or the distribution.",
            source=responses.source.name, scale=rules.scale.name))


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
