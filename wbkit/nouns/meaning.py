"""What Responses and Cells have in common: a source, a part that is looked at, an assumption."""

from dataclasses import dataclass
from difflib import get_close_matches

from wbkit.errors import DataError
from wbkit.labels import label, listing
from wbkit.nouns.item import Item
from wbkit.nouns.source import Source


@dataclass(frozen=True)
class Condition:
    """A part of the units: those with one of these answers to an item."""

    item: str
    values: tuple[str, ...]


class Meaning:
    """Carries a source and knows what its items mean."""

    source: Source
    conditions: tuple[Condition, ...]
    assumption: str | None

    def item(self, name: str | Item) -> Item:
        """Return an item of this source by its id.

        Parameters
        ----------
        name
            Id of an item, or the item itself.

        Returns
        -------
        Item
            The item.

        Raises
        ------
        DataError
            If the source has no such item.
        """
        name = name.name if isinstance(name, Item) else name
        if name in self.source.items:
            return self.source.items[name]
        close = get_close_matches(str(name), self.source.items, n=1)
        hint = f"Did you mean {close[0]!r}?" if close else f"It has {', '.join(self.source.items)}."
        raise DataError(f"{self.source.name}: there is no item {name!r}. {hint}")

    def base_words(self) -> str:
        """Return the words of the conditions that `where` set, empty without any."""
        language = self.source.language
        parts = []
        for condition in self.conditions:
            item = self.item(condition.item)
            words = item.value_words(language)
            values = [words.get(value, value) for value in condition.values]
            parts.append(label("condition", language, item=item.words(language, short=True),
                               values=listing(values, language, last="or")))
        return "; ".join(parts)
