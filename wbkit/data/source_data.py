"""What Responses and Cells have in common: a source, a part that is looked at, an assumption."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import _, listing, message, spoken
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.text.normalise import did_you_mean

SHORTEST_ASSUMPTION = 10


@dataclass(frozen=True)
class Condition:
    """A part of the units: those with one of these answers to an item."""

    item: str
    values: tuple[str, ...]


class Meaning(ABC):
    """Carries a source, knows what its items mean, and counts who answered them."""

    source: Source
    conditions: tuple[Condition, ...]
    assumption: str | None

    def __post_init__(self) -> None:
        """Refuse an assumption that says nothing."""
        words = self.assumption
        if words is not None and (
            not isinstance(words, str) or len(words.strip()) < SHORTEST_ASSUMPTION
        ):
            raise DataError(_(
                "{source}: assume needs the assumption in words, and there is {words!r}. Write "
                "why these units may be treated as a random sample.",
                source=self.source.name, words=words))

    @property
    def about(self) -> tuple[str, ...]:
        """Ids of the part that is looked at, and the assumption: what a fingerprint must hold."""
        return (*(f"{one.item}={'|'.join(one.values)}" for one in self.conditions),
                *filter(None, [self.assumption]))

    def item(self, name: str | Item) -> Item:
        """Return an item of this source by its id."""
        name = name.name if isinstance(name, Item) else name
        if not isinstance(name, str):
            raise DataError(_(
                "{source}: one item is wanted here, by its id, and there is {name!r}. Name one; a "
                "combination of several is a derived item.",
                source=self.source.name, name=name))
        if name in self.source.items:
            return self.source.items[name]
        items = self.source.items
        hint = did_you_mean(str(name), items) or _("It has {items}.", items=", ".join(items))
        raise DataError(_(
            "{source}: there is no item {name!r}. {hint}",
            source=self.source.name, name=name, hint=hint))

    def grouping(self, item: str | Item) -> Item:
        """Return an item whose values are groups."""
        found = self.item(item)
        if found.kind == "ranking":
            raise refused_ranking(self.source.name, found, _(
                "groups and cross tables take an item with one answer"))
        if found.kind not in ("nominal", "ordinal"):
            raise DataError(_(
                "{source}: groups and cross tables need a nominal or ordinal item; {name} is "
                "{kind}. Choose another item, or make a derived item of it with any_of or recode.",
                source=self.source.name, name=found.name, kind=found.kind))
        return found

    @abstractmethod
    def values(self, item: str | Item) -> tuple[str, ...]:
        """Return the ids of the values of an item, in order.

        Gives the declared values; for ``values = "any"``, and in Cells for a numeric item,
        those that were met.
        """

    @abstractmethod
    def codes(self, item: str | Item) -> tuple[str, ...]:
        """Return the reasons why a unit that was asked can have no value, in order."""

    @abstractmethod
    def state_counts(self, item: str | Item) -> dict[str, int]:
        """Count why units are outside the base of an item."""

    @abstractmethod
    def answered(self, item: str | Item) -> int:
        """Count the units that gave an answer to an item."""

    @abstractmethod
    def ungrouped(self, group: str | Item) -> int:
        """Count the units without an answer to the item that makes the groups."""

    def base_words(self) -> str:
        """Return the words of the conditions that `where` set, empty without any."""
        language = self.source.language
        parts = []
        for condition in self.conditions:
            item = self.item(condition.item)
            words = item.value_words(language)
            values = [words.get(value, value) for value in condition.values]
            parts.append(message("condition", language, item=item.words(language, short=True),
                               values=listing(values, language, last="or")))
        return "; ".join(parts)


def refused_ranking(source: str, item: Item, why: str) -> DataError:
    """Return the refusal of a ranking where one answer or one number is wanted.

    `why` is a clause that says what is taken instead.
    """
    return DataError(_(
        "{source}: {why}, and {item} is a ranking: options in an order. Count it with "
        "frequency(responses, {item!r}), for groups with by=…; it gives how often each option "
        "came first, and its mean place.",
        source=source, why=why, item=item.name))


def refuse_rankings(source: str, items: Iterable[Item], why: str) -> None:
    """Refuse items of which one is a ranking."""
    for item in items:
        if item.kind == "ranking":
            raise refused_ranking(source, item, why)


def need(
    given: object, kinds: type | tuple[type, ...], function: str, advice: str = ""
) -> None:
    """Refuse anything but these nouns, before something inside it is missed.

    The advice, when left out, is about Responses.
    """
    if not isinstance(given, kinds):
        advice = advice or _advice(given)
        names = [one.__name__ for one in (kinds if isinstance(kinds, tuple) else (kinds,))]
        found = type(given).__name__
        takes = listing([_one(name) for name in names], spoken(), last="or")
        if _many(found):
            raise DataError(_(
                "{function}: takes {takes}, and there are {found}. {advice}",
                function=function, takes=takes, found=found, advice=advice))
        raise DataError(_(
            "{function}: takes {takes}, and there is {found}. {advice}",
            function=function, takes=takes, found=_one(found), advice=advice))


def _advice(given: object) -> str:
    """Say how to come by Responses from what does not know its source, or from Cells."""
    if isinstance(given, pd.DataFrame):
        return _(
            "Say first what its columns mean, and how units came in: responses(data, unit=…).")
    if isinstance(given, Meaning):
        return _("Cells hold counts only; give the answers from which they were made.")
    return _("Give what read_responses, clean or responses returned.")


def _one(name: str) -> str:
    """Put an article before the name of a class, unless it names several things."""
    if _many(name):
        return name
    return _("an {name}", name=name) if name[0] in "AEIOU" else _("a {name}", name=name)


def _many(name: str) -> bool:
    return name.endswith("s")
