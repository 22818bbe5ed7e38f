"""Items that are scored together."""

from collections.abc import Iterable
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from wbkit.messages import _, counted, listing, message, spoken
from wbkit.study.item import Id, Item
from wbkit.study.model import Label, Model

TOO_FEW = "too_few_answered"


class Band(Model):
    """A part of the range of a score, with a name: up to a score, or below one.

    Parameters
    ----------
    name
        The id.
    label
        Its words.
    up_to, below
        The highest score in the band, or the lowest that is not; the last band has neither.
    """

    name: Id
    label: Label = Label()
    up_to: float | None = None
    below: float | None = None

    @property
    def end(self) -> float:
        """Where the band ends."""
        ends = (one for one in (self.up_to, self.below) if one is not None)
        return next(ends, float("inf"))


class Scale(Model):
    """Items that are scored together, in one named variant.

    Parameters
    ----------
    name
        The id, also of the item that `score` makes.
    variant
        Which form of the questionnaire this is: the same items stand in several orders, and
        have several ways of scoring.
    instrument
        Id of a published instrument that wbkit knows; it then says what is reversed, the range,
        how the score is made and the bands. Left out for a scale of your own.
    items
        Ids of the items; with `keys` they follow from it.
    keys
        Item of the instrument = item of this source, where the ids differ.
    answers
        Answer = its points, as the instrument counts them before reversing. Needed where answers
        are words of which the order does not say enough.
    reversed
        Items of which a high answer means a low score.
    minimum_answered
        Score only who answered at least so many of the items; all when left out.
    range
        Lowest and highest points of an answer; a score, being a mean, has the same range.
    validated
        Whether research shows that the scale measures what it should, here; `source` says which.
    bands
        Named parts of the range of a validated scale.
    """

    name: Id
    variant: str
    instrument: Id | None = None
    items: tuple[Id, ...] = ()
    keys: dict[Id, Id] = Field(default_factory=dict)
    label: Label = Label()
    answers: dict[str, str | float] = Field(default_factory=dict)
    reversed: tuple[Id, ...] = ()
    minimum_answered: int | None = None
    range: tuple[float, float] | None = None
    validated: bool = False
    bands: tuple[Band, ...] = ()
    source: str | None = None
    note: Label | None = None

    @model_validator(mode="before")
    @classmethod
    def _items_of_keys(cls, fields: Any) -> Any:
        keys = fields.get("keys") if isinstance(fields, dict) else None
        if not isinstance(keys, dict) or "items" in fields:
            return fields
        return fields | {"items": tuple(keys.values())}

    @model_validator(mode="after")
    def _check(self) -> Self:
        for check in (_check_items, _check_names, _check_numbers, _check_known, _check_bands):
            check(self)
        return self


class Scoring(Model):
    """How a score was made of the answers to other items.

    Parameters
    ----------
    variant
        The form of the questionnaire.
    method, factor
        ``mean`` or ``sum`` of the items, times `factor`.
    items, least
        How many items there are, and how many a unit has to answer.
    ends
        Lowest and highest score, nothing where no one says so.
    points
        Lowest and highest points of an answer.
    reversed
        Items that are turned round.
    against
        Items that correlate negatively with the others, and how much.
    outside
        Items with answers that the scale does not know, and how many; None for a hidden count.
    """

    variant: str
    method: Literal["mean", "sum"]
    factor: float = 1
    items: int
    least: int
    ends: tuple[float, ...] = ()
    points: tuple[float, ...] = ()
    reversed: tuple[Id, ...] = ()
    against: tuple[tuple[Id, float], ...] = ()
    outside: tuple[tuple[Id, int | None], ...] = ()


class ScoredItem(Item):
    """An item that nobody was asked: the score of the scale of its name.

    Parameters
    ----------
    scoring
        How the score was made.
    """

    scoring: Scoring

    def value_words(self, language: str) -> dict[str, str]:
        """Return the printed words of why a unit has no score, and of values if there are any."""
        return super().value_words(language) | {TOO_FEW: message(TOO_FEW, language)}


def _check_items(scale: Scale) -> None:
    if not scale.variant.strip():
        raise ValueError(_("variant is empty. Name which form of the questionnaire this is."))
    if not scale.items:
        raise ValueError(_("items is missing. List the ids of the items that are scored together."))
    double = {name for name in scale.items if scale.items.count(name) > 1}
    if double:
        raise ValueError(_(
            "items holds {names} twice. Keep each item once.",
            names=_listed(double)))


def _check_names(scale: Scale) -> None:
    for name, some in (("reversed", scale.reversed), ("keys", scale.keys.values())):
        strange = set(some) - set(scale.items)
        if strange:
            raise ValueError(_(
                "{key} names {names}, which the scale does not hold. Its items are {items}. "
                "Correct the name.",
                key=name, names=_listed(strange), items=_listed(scale.items)))


def _check_numbers(scale: Scale) -> None:
    least, size = scale.minimum_answered, len(scale.items)
    if least is not None and not 1 <= least <= size:
        raise ValueError(_(
            "minimum_answered is {least}, and the scale has {items}. Give a number from 1 to "
            "{size}.",
            least=least, items=counted(size, "item", "items"), size=size))
    if scale.range and scale.range[0] >= scale.range[1]:
        raise ValueError(_(
            "range runs from {first:g} to {second:g}. Give the lowest points first.",
            first=scale.range[0], second=scale.range[1]))


def _check_known(scale: Scale) -> None:
    """Refuse a scale that says itself what its instrument says."""
    own = [name for name in ("reversed", "range", "bands") if getattr(scale, name)]
    if scale.instrument and own:
        raise ValueError(_(
            "{keys} follows from instrument and variant. Remove it; a form that differs from the "
            "published one is a scale of its own, without instrument.",
            keys=listing(own, spoken())))
    if scale.keys and not scale.instrument:
        raise ValueError(_("keys is for a scale with an instrument. Write items instead."))
    if scale.validated and not scale.source:
        raise ValueError(_(
            "validated = true needs source: where the research stands that shows what the scale "
            "measures. Add it, or write validated = false."))


def _check_bands(scale: Scale) -> None:
    if scale.bands and not scale.validated:
        raise ValueError(_(
            "bands are for a validated scale, and validated is false. Remove bands; a mean per "
            "group says what there is to say."))
    if scale.bands:
        check_bands(scale.bands)


def check_bands(bands: tuple[Band, ...]) -> None:
    """Refuse bands that do not follow one another up to the end."""
    ends = [band.end for band in bands]
    both = [band.name for band in bands if band.up_to is not None and band.below is not None]
    if both or ends != sorted(set(ends)) or ends[-1] != float("inf"):
        raise ValueError(_(
            "bands must follow one another from low to high: each with up_to or below, and the "
            "last with neither. Correct them."))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in dict.fromkeys(names))
