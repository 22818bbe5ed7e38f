"""Published instruments: how their answers are counted, in which variant."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from wbkit.errors import StudyError
from wbkit.messages import _, spoken
from wbkit.study.item import Id
from wbkit.study.model import Label, Model
from wbkit.study.scale import Band, Scale, check_bands


class Variant(Model):
    """One published form: the order of its items, and its bands.

    Parameters
    ----------
    note
        What sets this form apart.
    order
        The items as this form numbers them.
    bands, bands_source
        Named parts of the range, and who published them.
    """

    note: Label
    order: tuple[Id, ...] = ()
    bands: tuple[Band, ...] = ()
    bands_source: str | None = None


class Instrument(Model):
    """A published questionnaire: its items by name, and how a score is made of them.

    Parameters
    ----------
    name
        The id.
    items
        Names of the items; a source says which of its own items they are.
    points
        Range of one answer, before reversing.
    codes
        Names of the answers of an instrument that counts answers instead of adding points.
    count
        Item = the answers that count 1.
    reversed
        Items of which a high answer means a low score.
    method, factor, range
        ``mean`` or ``sum`` of the items, times `factor`; the range of that score.
    variants
        Published forms by name. A scale has to name one.
    texts
        The wording of an item, where it is public.
    """

    name: Id
    label: Label
    items: tuple[Id, ...]
    points: tuple[float, float] | None = None
    codes: tuple[str, ...] = ()
    count: dict[Id, tuple[str, ...]] = Field(default_factory=dict)
    reversed: tuple[Id, ...] = ()
    method: Literal["mean", "sum"]
    factor: float = 1
    range: tuple[float, float]
    citation: str
    variants: dict[Id, Variant] = Field(min_length=1)
    texts: dict[Id, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Self:
        named = [*self.reversed, *self.count, *self.texts]
        named += [name for variant in self.variants.values() for name in variant.order]
        strange = sorted(set(named) - set(self.items))
        if strange:
            raise ValueError(_(
                "{instrument} names {item}, which is none of its items.",
                instrument=self.name, item=strange[0]))
        for variant in self.variants.values():
            if variant.bands:
                check_bands(variant.bands)
        return self


@cache
def load_instruments() -> dict[str, Instrument]:
    """Return the instruments that wbkit knows, by id."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {name: Instrument.model_validate(entry | {"name": name})
            for name, entry in tomllib.loads(text).items()}


def instrument_of(scale: Scale) -> tuple[Instrument, Variant] | None:
    """Return the instrument of a scale and the variant that it names, None without one."""
    if scale.instrument is None:
        return None
    known = load_instruments()
    if scale.instrument not in known:
        raise StudyError(_(
            "scales.{scale}.instrument: wbkit does not know {instrument!r}. It knows {known}. Use "
            "one of these, or leave instrument out and declare reversed, range and answers "
            "yourself.",
            scale=scale.name, instrument=scale.instrument, known=", ".join(known)))
    found = known[scale.instrument]
    if scale.variant not in found.variants:
        forms = "; ".join(f"{name}: {one.note.text(spoken())}"
                          for name, one in found.variants.items())
        raise StudyError(_(
            "scales.{scale}.variant: {variant!r} is no variant of {instrument}. Look which form "
            "was used and name it. {forms}",
            scale=scale.name, variant=scale.variant, instrument=found.name, forms=forms))
    _check_items(scale, found)
    return found, found.variants[scale.variant]


def item_names(scale: Scale) -> dict[str, str]:
    """Return the items of a scale: name in the instrument = id in the source."""
    return dict(scale.keys) or {name: name for name in scale.items}


def _check_items(scale: Scale, known: Instrument) -> None:
    names = item_names(scale)
    if set(names) != set(known.items) or len(set(names.values())) != len(names):
        raise StudyError(_(
            "scales.{scale}: {instrument} has the items {items}, and the scale names {names}. "
            'Write keys = {{ {first} = "id of your item", … }} with every item once. wbkit never '
            "takes them by their position.",
            scale=scale.name, instrument=known.name, items=", ".join(known.items),
            names=", ".join(names), first=known.items[0]))
