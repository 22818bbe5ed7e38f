"""What one written answer means, by the item's own rules."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wbkit.cleaning.log import MASK, masked
from wbkit.data.cleaning_log import CORRECTION, GUESSED, NEAR_MISS, OWN_WORDS, RESEMBLES, SPACES
from wbkit.study.item import OTHER, Item
from wbkit.text.normalise import closest, tidy

NEAR = 85  # rapidfuzz ratio from which own words look like a misspelt option
NAMELY = r"(?:\s*,?\s*(?:namelijk|nl\.?|te weten|namely|please specify))"

Edit = tuple[str, str, str]


@dataclass(frozen=True)
class Meaning:
    """What one written answer means.

    Parameters
    ----------
    value
        Id of a value, a number, or ids of ticked options; None for no answer.
    text
        Own words behind the closed list, or the open answer.
    reason
        The missing code that was given instead of an answer.
    edits
        Changes on the way here: before, after, rule.
    unknown
        Parts that the item does not know.
    """

    value: str | float | tuple[str, ...] | None = None
    text: str = ""
    reason: str = ""
    edits: tuple[Edit, ...] = ()
    unknown: tuple[str, ...] = ()


Reader = Callable[[str], Meaning]


@dataclass(frozen=True)
class Known:
    """The answers that an item knows, by the way they are written."""

    item: Item
    values: dict[str, str]
    missing: dict[str, str]
    corrections: dict[str, str]
    own_words: re.Pattern[str] | None

    def read(self, written: str) -> Meaning:
        """Return what one closed answer means; the whole answer or one ticked part."""
        target, edits = self.corrected(written)
        form = tidy(target)
        if form in self.values:
            return Meaning(self.values[form], edits=(*edits, *spaces(target, self.values[form])))
        if form in self.missing:
            return Meaning(reason=self.missing[form], edits=edits)
        return self._own(form, edits) if form else Meaning(edits=edits)

    def corrected(self, written: str) -> tuple[str, tuple[Edit, ...]]:
        """Return the answer after the declared corrections, and that change."""
        form = tidy(written)
        target = self.corrections.get(written)
        if target is None and form not in self.values and form not in self.missing:
            target = self.corrections.get(form)
        if target is None:
            return written, ()
        before, after = (masked(self.item, text) for text in (written, target))
        return target, ((before, after, decided(self.item)),)

    def _own(self, form: str, edits: tuple[Edit, ...]) -> Meaning:
        if self.item.values == "any":
            return Meaning(form, edits=edits)
        if self.own_words is None:
            return Meaning(edits=edits, unknown=(form,))
        behind = self.own_words.fullmatch(form)
        text = (behind["text"] or "").strip() if behind else form
        return Meaning(OTHER, text=text, edits=(*edits, *self._other_edit(text)))

    def _other_edit(self, text: str) -> tuple[Edit, ...]:
        if not text:
            return ()
        options = self.values | self.missing
        near = closest(text, options, least=NEAR)
        if near:
            return ((MASK, f"{RESEMBLES} {options[near[0]]!r}", NEAR_MISS),)
        return ((MASK, OTHER, OWN_WORDS),)


def decided(item: Item) -> str:
    """Say who decided on the corrections of an item: a person, or so far only the computer."""
    return GUESSED if item.guessed else CORRECTION


def known_answers(item: Item) -> Known:
    """Return the answers that an item knows."""
    values = () if item.values == "any" else item.values
    known = _by_form(values)
    corrections = {tidy(before): after for before, after in item.corrections.items()
                   if tidy(before) not in known}
    return Known(item, known, _by_form(item.missing), corrections | item.corrections,
                 _own_words(item.other) if item.other else None)


def single_reader(item: Item) -> Reader:
    """Return the reader of a nominal or ordinal item."""
    return known_answers(item).read


def open_reader(item: Item) -> Reader:
    """Return the reader of an open item: own words, outer spaces removed."""
    missing = {code.casefold(): code for code in map(tidy, item.missing)}

    def read(written: str) -> Meaning:
        text = written.replace("\r\n", "\n").strip()
        text = item.corrections.get(text, text)
        if not text:
            return Meaning()
        if tidy(text).casefold() in missing:
            return Meaning(reason=missing[tidy(text).casefold()])
        rule = decided(item) if written.strip() in item.corrections else SPACES
        return Meaning(text, edits=((MASK, MASK, rule),) if text != written else ())

    return read


def spaces(before: str, after: str) -> tuple[Edit, ...]:
    """Return the change of an answer that differs from its value by spaces only."""
    return () if before == after else ((before, after, SPACES),)


def _by_form(values: Iterable[str]) -> dict[str, str]:
    return {tidy(value): value for value in values}


def _own_words(other: str) -> re.Pattern[str]:
    """Match "Anders", "Anders: …" and "Anders, namelijk: …", whatever the option is called."""
    stem = re.sub(rf"{NAMELY}?[\s,:.…_]*$", "", tidy(other), flags=re.IGNORECASE)
    words = (rf"{re.escape(stem)}(?:{NAMELY}?\s*:\s*|{NAMELY}[\s:.…]+|{NAMELY}?[\s,.…_]*$)"
             r"(?P<text>.*)")
    return re.compile(words, re.IGNORECASE | re.DOTALL)
