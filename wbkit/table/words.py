"""What ids mean in one language (`Names`), and a Table in words (`Worded`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from wbkit.labels import day, label, words
from wbkit.messages import decimal_mark, number, unit_words
from wbkit.study.codebook import Codebook
from wbkit.study.item import NO_ANSWER, Item
from wbkit.study.source import Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.contents import Contents
from wbkit.table.facts import Count, Overlapping, ShortNames, Subject
from wbkit.table.kinds import KINDS
from wbkit.table.statements.coding import Given
from wbkit.table.statements.privacy import Protected
from wbkit.table.statements.survey import Rows

OTHER_ANSWERS = "other_answers"  # answers that people wrote, too rare to be repeated
NONE_TICKED = "none_ticked"  # every option was answered with no
REASONS = (NO_ANSWER, OTHER_ANSWERS, NONE_TICKED)
LABELLED = frozenset({"measure", "reason", "effect_name", "test", "agreement", "statistic",
                      "role", "origin", "rule", "verdict", "certainty", "stands", "what", "flag",
                      "change", "necessity", "recognised"})  # columns with ids of the label table
CODED = ("code", "other", "value")  # columns that hold codes, where there is a codebook

SHORT_ITEMS = {  # columns that hold items, by kind
    "anonymity": ("without",), "test": ("by",), "model": ("term",)}
DATED = ("member_checks", "recommendations")  # kinds with a column of days


@dataclass(frozen=True)
class Names:
    """Looks up what ids mean, in one language; `told` are words that statements give."""

    contents: Contents
    language: str
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict, kw_only=True)
    _spoken: dict[str, dict[str, str]] = field(default_factory=dict, init=False, compare=False)

    @property
    def sources(self) -> list[Source]:
        """The sources that are data sets."""
        return self.contents.data_sets

    @property
    def source(self) -> Source:
        """The first data set, whose units are counted."""
        return self.sources[0]

    def item(self, name: str) -> Item | None:
        """Return an item of one of the sources."""
        return next((one.items[name] for one in self.sources if name in one.items), None)

    def title_of(self, name: str, *, short: bool = False) -> str:
        """Return the words of an item, or its id where no source has it."""
        item = self.item(name)
        return item.words(self.language, short=short) if item else name

    def value(self, item: str, value: str) -> str:
        """Return the words of an answer, or of the reason why there is none."""
        found = self.item(item)
        known = found.value_words(self.language) if found else {}
        if value in known:
            return known[value]
        if value in REASONS:
            return self.label(value)
        numeric = found is not None and found.kind == "numeric"
        return value.replace(".", decimal_mark(self.language)) if numeric else value

    def combined(self, items: tuple[str, ...], values: tuple[str, ...]) -> str:
        """Return the words of a combination of values, one for each item."""
        return " × ".join(self.value(item, value)
                          for item, value in zip(items, values, strict=False))

    def label(self, key: str, **values: object) -> str:
        """Return the words of a key of the label table."""
        return label(key, self.language, **values)

    def titled(self, key: str, title: str, **values: object) -> str:
        """Return a title with words behind it; after a question no colon stands, but a capital."""
        words = self.label(key, title=title, **values)
        behind = words.removeprefix(f"{title}: ")
        asked = title.endswith("?") and behind != words
        return f"{title} {behind[:1].upper()}{behind[1:]}" if asked else words

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number."""
        return number(value, self.language, decimals=decimals)

    def count(self, count: Count | float) -> str:
        """Write a number of units, or that it is smaller than the source shows."""
        n = count.n if isinstance(count, Count) else count
        if n is not None:
            return self.number(n)
        if self.contents.found(Protected):
            return self.label("count_not_shown")
        return self.label("fewer_than", minimum=self.contents.minimum)

    def units(self, count: Count | float = 2) -> str:
        """Return the word for so many units of the first source."""
        n = count.n if isinstance(count, Count) else count
        return self.source.units(2 if n is None else n, self.language)

    def units_of(self, unit: str) -> tuple[str, str]:
        """Return the words for one and several of a unit."""
        source = next((one for one in self.sources if one.unit == unit), None)
        if source:
            return source.units(1, self.language), source.units(2, self.language)
        return unit_words(unit, self.language) or (unit, unit)

    @property
    def by_keywords(self) -> bool:
        """Whether key words were found, so that a count is no share of people."""
        return any(one.how == "keywords" for one in self.contents.found(Given))

    @property
    def adds_up(self) -> bool:
        """Whether each unit has one value: none of the items has several."""
        items = [self.item(name) for one in self.contents.found(Subject) for name in one.items]
        return not self.contents.found(Overlapping) \
            and all(one is None or one.kind != "multiple" for one in items)

    def spoken(self, column: str) -> dict[str, str]:
        """Return the words that facts and vocabularies have for a column."""
        if column not in self._spoken:
            self._spoken[column] = self._told_of(column)
        return self._spoken[column]

    def _told_of(self, column: str) -> dict[str, str]:
        keys = {key: known for one in self.contents.facts
                for key, known in one.spoken.get(column, {}).items()}
        found = [one.words[self.language] for one in self.contents.sources
                 if isinstance(one, Vocabulary) and one.column == column]
        return {key: self.label(known) if known else "" for key, known in keys.items()} \
            | {key: text for one in reversed(found) for key, text in one.items()} \
            | dict(self.told.get(column, {}))

    def code(self, code: str) -> str | None:
        """Return the label of a code, None where no codebook has it."""
        books = [one for one in self.contents.sources if isinstance(one, Codebook)]
        return next((one.codes[code].words(self.language) for one in books
                     if code in one.codes), None)

    def words(self, column: str, key: object, *, item: object = None) -> str:
        """Return the printed words of an id in a column, or the id itself."""
        spoken = self.spoken(column)
        if str(key) in spoken:
            return spoken[str(key)]
        if self._holds_item(column):
            return self.value(column, str(key))
        if self._holds_code(column) and (code := self.code(str(key))) is not None:
            return code
        if column == "margin":
            return self.title_of(str(key), short=True)
        if column == "item":
            return self._item_words(str(key))
        if column in SHORT_ITEMS.get(self.contents.kind, ()):
            title = self.title_of(str(key), short=True)
            return self.label("anonymity_but", item=title) if column == "without" else title
        if column in ("value", "level"):
            return self.value(str(item) if item is not None else self._holder(key), str(key))
        return self._own(column, key)

    def _own(self, column: str, key: object) -> str:
        """Return the words of the label table; several ids are joined by +, with : comes who."""
        if column == "date" and self.contents.kind in DATED:
            return day(str(key), self.language)
        name = column.removesuffix("_name")
        found = [(f"{name}_{part}", about) for part, _, about in
                 (part.partition(":") for part in str(key).split("+"))]
        if column not in LABELLED or any(known not in words() for known, _ in found):
            return str(key)
        return "; ".join(self.label(known, coder=about) for known, about in found)

    def _holds_item(self, column: str) -> bool:
        """Whether a column holds the answers to the item of its name."""
        listed = any(column in one.items for one in self.contents.found(Rows))
        return (listed or column in self.contents.dimensions) and self.item(column) is not None

    def _holds_code(self, column: str) -> bool:
        """Whether a column holds codes, and not the groups of an attribute of that name."""
        own = KINDS[self.contents.kind].dimensions
        return column in CODED and (column not in self.contents.dimensions or column in own)

    def _item_words(self, name: str) -> str:
        short = bool(self.contents.found(ShortNames))
        return self.title_of(name, short=short) if name or not short else self.label("whole_row")

    def _holder(self, value: object) -> str:
        """Return the first item that has a value."""
        items = [name for one in self.contents.found(Subject) for name in one.items]
        return next((name for name in items if (found := self.item(name))
                     and str(value) in found.value_words(self.language)), (*items, "")[0])

    def heading(self, column: str) -> str:
        """Return the printed heading of a column."""
        spoken = self.spoken("column")
        if column in spoken:
            return spoken[column]
        if self._holds_item(column):
            return self.title_of(column, short=True)
        return self.label(f"col_{column}") if f"col_{column}" in words() else column


@dataclass(frozen=True, repr=False)
class Worded:
    """A Table in words.

    Parameters
    ----------
    contents
        The numbers.
    names
        Looks up the words of ids.
    title
        Printed above.
    units
        The word for one and for several units.
    base
        What the base is.
    basis
        On what an interval or test rests, or why there is none.
    notes
        Further lines printed below.
    part
        The part of the units that is looked at, empty for all.
    """

    contents: Contents
    names: Names
    title: str
    units: tuple[str, str]
    base: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()
    part: str = ""

    @property
    def data(self) -> pd.DataFrame:
        """The numbers, by id."""
        return self.contents.data

    @property
    def kind(self) -> str:
        """The kind of Table."""
        return self.contents.kind

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The columns by which the numbers are divided into groups."""
        return self.contents.dimensions

    @property
    def sources(self) -> list[Source]:
        """The data sets of the numbers."""
        return self.names.sources

    @property
    def synthetic(self) -> bool:
        """Whether any of the sources was made up."""
        return self.contents.synthetic

    @property
    def fingerprint(self) -> str:
        """Digits that change with numbers and facts, the same in every language."""
        return self.contents.fingerprint

    @property
    def adds_up(self) -> bool:
        """Whether each unit has one value, so that values may be added up."""
        return self.names.adds_up

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.names.language

    def words(self, column: str, key: object, *, item: object = None) -> str:
        """Return the printed words of an id; a value can have other words in another item."""
        return self.names.words(column, key, item=item)

    def short(self, item: str) -> str:
        """Return the short words of an item."""
        spoken = self.names.spoken("item_short")
        return spoken.get(item) or (self.names.title_of(item, short=True)
                                    if self.names.item(item) else self.words("item", item))

    def heading(self, column: str) -> str:
        """Return the printed heading of a column."""
        return self.names.heading(column)

    def words_if(self, column: str, key: str) -> str:
        """Return the words that a vocabulary has for an id, empty without any."""
        return self.names.spoken(column).get(str(key), "")

    def units_of(self, unit: str, n: float) -> str:
        """Return the word for n of a unit of one of the sources."""
        return self.names.units_of(unit)[0 if n == 1 else 1]
