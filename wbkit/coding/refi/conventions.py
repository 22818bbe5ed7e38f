"""Which way of counting is accepted: the only one by which every selection is one of a person."""

import operator
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wbkit.coding.refi.model import Counted
from wbkit.coding.refi.offsets import (
    Convention,
    Place,
    candidates,
    in_this_text,
    positions,
    widened,
)
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.normalise import BYTE_ORDER_MARK, listed

OWN = Convention("code points")  # how wbkit itself counts
LEAST_NAME = 8  # signs of a name that can be the beginning of the quote
LEAST_TAIL = 3  # signs of a line of which a selection takes the beginning or the end
ENOUGH = 0.6  # of the selections must begin and end well, also where a person chose the way
TELLING = 10  # words with a space behind them: so often is no chance
SHOWN, EDGE, MOST_WAYS = 3, 16, 4  # quotes side by side, signs of both their ends, ways
JOINERS = "\u200d\ufe0f\ufe0e"
TONES = range(0x1F3FB, 0x1F400)  # skin tones stand behind the sign that they colour
CLOSING, OPENING = ".,;:!?)]}»”", "([{«“„"
FEW = 3  # selections; fewer begin and end well by chance, counted in any way
MARK = re.compile(r"[^\w\s]{1,3}|\w{1,2}[.):]")  # before the words of a line: -, 1., I:


@dataclass(frozen=True)
class Counting:
    """The selections of one source as a program counted them."""

    source: str
    text: str
    raw: tuple[tuple[int, int], ...]
    names: tuple[str, ...]  # where they repeat words of the text, else empty

    @cached_property
    def ways(self) -> dict[Convention, Convention]:
        """The plainest way of counting that does the same in this text, for each way."""
        return {way: in_this_text(way, self.text) for way in candidates()}

    @cached_property
    def tried(self) -> dict[Convention, tuple[Place, ...]]:
        """Where the selections stand by each way of counting that differs in this text."""
        return {way: tuple(positions(self.text, self.raw, way))
                for way in dict.fromkeys(self.ways.values())}

    @cached_property
    def _trimmed(self) -> dict[Convention, tuple[Place, ...]]:
        return {way: tuple(place and _trimmed(self.text, widened(self.text, *place))
                           for place in places) for way, places in self.tried.items()}

    @cached_property
    def _good(self) -> dict[Convention, list[bool]]:
        possible = [any(one is not None for one in every)
                    for every in zip(*self.tried.values(), strict=True)]
        named = [bool(name) and any(_is_whole(self.text, place, name) for place in every)
                 for name, every in zip(
                     self.names, zip(*self.tried.values(), strict=True), strict=True)]
        return {way: [not can or (_is_of_person(self.text, place, name) and (
            not whole or _is_whole(self.text, place, name)))
            for place, name, whole, can in zip(places, self.names, named, possible, strict=True)]
            for way, places in self._trimmed.items()}

    def trimmed(self, way: Convention) -> tuple[Place, ...]:
        """Return the places without white space at their edges, which nobody selects on purpose."""
        return self._trimmed[self.ways[way]]

    def good(self, way: Convention) -> list[bool]:
        """Return whether each selection begins and ends where a person would begin and end it."""
        return self._good[self.ways[way]]

    def loose(self, way: Convention) -> int:
        """Count the signs of white space at the edges of selections."""
        pairs = zip(self.tried[self.ways[way]], self.trimmed(way), strict=True)
        return sum(max(0, inner[0] - place[0]) + max(0, place[1] - inner[1])
                   for place, inner in pairs if place and inner)

    def words_with_a_space(self, way: Convention) -> int:
        """Count the selections that end with a word and then white space."""
        pairs = zip(self.tried[self.ways[way]], self.trimmed(way), strict=True)
        return sum(place[1] > inner[1] and self.text[inner[1] - 1].isalnum()
                   for place, inner in pairs if place and inner)

    def report(self, way: Convention, words: str) -> Counted:
        """Return how well a way of counting fits, beside the next best one."""
        others = [sum(good and tight for good, tight in zip(
            self.good(one), map(operator.eq, self.tried[one], self.trimmed(one)), strict=True))
            for one in self.tried if self.tried[one] != self.tried[self.ways[way]]]
        return Counted(self.source, words, sum(self.good(way)), len(self.raw),
                       max(others, default=0))


def counting(
    source: str, text: str, raw: Iterable[tuple[int, int]], names: Sequence[str]
) -> Counting:
    """Return the selections of a source; some programs name them with the words they select."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return Counting(source, text, tuple(raw), tuple(
        name if _squeezed(name) and _squeezed(name) in plain else "" for name in names))


def chosen(
    every: Mapping[str, Counting], convention: str | None
) -> dict[str, tuple[Convention, str]]:
    """Return the way of counting of each source, and the words for it.

    A program counts all its sources in one way. It is accepted when it is the only one by which
    every selection of the project begins and ends as a person would have it; ways that differ
    in white space at the edges alone are one. A person decides in all other cases.

    Raises
    ------
    CodingError
        If it stays in doubt: with quotes by each way beside each other.
    """
    several = [one for one in every.values() if one.raw]
    if convention is not None:
        return _by_hand(every, convention)
    ways = _groups(several, [way for way in candidates() if _is_good(several, way)])
    if len(ways) == 1 and _are_few(several):
        ways = _groups(several, [way for way in candidates() if _has_places(several, way)])
    elif len(ways) > 1:
        ways = _without_spaces(several, ways)
    if len(ways) != 1:
        _refuse_unknown(several)
        raise _asked(several, ways)
    return {guid: _worded(one, ways[0], alone=len(several) == 1) for guid, one in every.items()}


def _is_good(several: Iterable[Counting], way: Convention) -> bool:
    return all(all(one.good(way)) for one in several)


def _are_few(several: Iterable[Counting]) -> bool:
    """Whether there are so few selections, without names, that a wrong way can fit by chance."""
    return sum(len(one.raw) for one in several) < FEW and not any(
        name for one in several for name in one.names)


def _has_places(several: Iterable[Counting], way: Convention) -> bool:
    return all(None not in one.trimmed(way) for one in several)


def _groups(
    several: Sequence[Counting], ways: Iterable[Convention]
) -> list[list[Convention]]:
    """Put the ways together that give the same places but for white space at the edges."""
    found: dict[tuple, list[Convention]] = {}
    for way in ways:
        found.setdefault(tuple(one.trimmed(way) for one in several), []).append(way)
    return [sorted(group, key=lambda way: sum(one.loose(way) for one in several))
            for group in found.values()]


def _without_spaces(
    several: Sequence[Counting], ways: Sequence[list[Convention]]
) -> list[list[Convention]]:
    """Drop ways by which words end with a space time after time, if one way never has any."""
    tidy = [group for group in ways if not sum(one.loose(group[0]) for one in several)]
    spaced = [group for group in ways if sum(
        one.words_with_a_space(group[0]) for one in several) >= TELLING]
    return tidy if len(tidy) == 1 and len(tidy) + len(spaced) == len(ways) else list(ways)


def _worded(
    one: Counting, group: Sequence[Convention], *, alone: bool
) -> tuple[Convention, str]:
    """Return the way of counting in one source; in doubt, that of the other sources."""
    way = one.ways[group[0]]
    sure = alone or len(_groups([one], [way for way in candidates() if _is_good([one], way)])) == 1
    return way, str(way) if sure else _(
        "{convention}, as in the other sources", convention=str(way))


def _by_hand(
    every: Mapping[str, Counting], convention: str
) -> dict[str, tuple[Convention, str]]:
    """Return the way of counting that a person chose."""
    known = {str(way): way for way in reversed(candidates())}
    if convention not in known:
        raise CodingError(_(
            "convention={convention!r} is no way of counting. It may be {conventions}. Copy one "
            "of these.",
            convention=convention, conventions=listed(map(repr, known), most=len(known))))
    found = {}
    for guid, one in every.items():
        way = one.ways[known[convention]]
        if sum(one.good(way)) < ENOUGH * len(one.raw):
            raise _no_way(one, way)
        found[guid] = way, _("{convention}, as was said", convention=str(way))
    return found


def _refuse_unknown(several: Sequence[Counting]) -> None:
    """Refuse a source in which no way of counting comes near."""
    for one in several:
        best = max(one.tried, key=lambda way: sum(one.good(way)))
        if sum(one.good(best)) < ENOUGH * len(one.raw):
            raise _no_way(one, best)


def _no_way(one: Counting, way: Convention) -> CodingError:
    return CodingError(_(
        "source {source!r}: no way of counting fits; with {convention}, {fits} of {selections} "
        "begin and end where words do. The text is probably another version than the one that "
        "was coded. Export the project again.",
        source=one.source, convention=str(way), fits=sum(one.good(way)),
        selections=counted(len(one.raw), "selection", "selections")))


def _asked(several: Sequence[Counting], ways: Sequence[list[Convention]]) -> CodingError:
    """Return the question which quotes were selected, with those of each way of counting."""
    if not ways:
        every = _groups(several, candidates())
        ways = sorted(every, key=lambda group: -sum(
            sum(one.good(group[0])) for one in several))[:MOST_WAYS]
    ways = list(ways)[:MOST_WAYS]
    where = max(several, key=lambda one: len({one.trimmed(group[0]) for group in ways}))
    differ = [at for at in range(len(where.raw))
              if len({where.trimmed(group[0])[at] for group in ways}) > 1]
    lines = [_("{convention}: {quotes}", convention=repr(str(where.ways[group[0]])),
               quotes=" | ".join(_edges(where.text, where.tried[where.ways[group[0]]][at])
                                 for at in differ[:SHOWN])) for group in ways]
    return CodingError("\n".join([_(
        "source {source!r}: it is not certain how the program counted positions. Below stand the "
        "same selections by each way of counting. Look in the program which of them you "
        "selected, and give its words as convention=.",
        source=where.source), *lines]))


def _edges(text: str, place: Place) -> str:
    """Return the beginning and the end of a quote, by which it can be recognised."""
    if place is None:
        return _("no place")
    quote = text[place[0]:place[1]].replace("\r\n", "⏎").replace("\n", "⏎")
    return f"[{quote if len(quote) <= 2 * EDGE else f'{quote[:EDGE]}…{quote[-EDGE:]}'}]"


# Where a person begins and ends

def _trimmed(text: str, place: tuple[int, int]) -> Place:
    start, end = place
    while start < end and (text[start].isspace() or text[start] == BYTE_ORDER_MARK):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _is_of_person(text: str, place: Place, name: str) -> bool:
    """Whether somebody would begin and end a selection here."""
    if place is None or place[1] > len(text):
        return False
    start, end = place
    quote = text[start:end]
    if _squeezed(name) and not _is_beginning(quote, name):
        return False
    if _inside(text, start) or _inside(text, end) or quote[-1] in OPENING:
        return False
    if quote[0] in CLOSING and start and not text[start - 1].isspace() and len(quote) > 1:
        return False  # the full stop of what was said before
    first, *__, last = (*quote.split("\n", 1), *quote.rsplit("\n", 1)[-1:])
    if "\n" not in quote:
        return True
    return len(first.strip()) >= LEAST_TAIL and len(last.strip()) >= LEAST_TAIL and not (
        MARK.fullmatch(last.strip()))


def _inside(text: str, at: int) -> bool:
    """Whether a place lies within a word, or within a sign of several code points."""
    if at in (0, len(text)):
        return False
    before, behind = text[at - 1], text[at]
    return (before.isalnum() and behind.isalnum() or unicodedata.combining(behind) > 0
            or behind in JOINERS or before == "\u200d" or ord(behind) in TONES
            or before == "\r" and behind == "\n"
            or _is_flag(before) and _is_flag(behind) and _flags_before(text, at) % 2 == 1)


def _is_flag(sign: str) -> bool:
    return 0x1F1E6 <= ord(sign) <= 0x1F1FF


def _flags_before(text: str, at: int) -> int:
    n = 0
    while n < at and _is_flag(text[at - 1 - n]):
        n += 1
    return n


def _squeezed(words: str) -> str:
    """Return words without the dots that stand for the rest, and with single spaces."""
    plain = " ".join(unicodedata.normalize("NFC", words).split()).rstrip("….").rstrip()
    return plain if len(plain) >= LEAST_NAME else ""


def _is_beginning(quote: str, name: str) -> bool:
    return " ".join(unicodedata.normalize("NFC", quote).split()).startswith(_squeezed(name))


def _is_whole(text: str, place: Place, name: str) -> bool:
    """Whether the name of a selection is the whole quote, from its first sign to its last."""
    if place is None or not name:
        return False
    quote = unicodedata.normalize("NFC", text[place[0]:place[1]])
    return " ".join(quote.split()) == " ".join(unicodedata.normalize("NFC", name).split())
