"""How another program counted: found by where selections begin and end in the text."""

import codecs
import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from wbkit.coding.refi.model import Counted
from wbkit.errors import CodingError
from wbkit.messages import _, counted, listing, spoken
from wbkit.text.normalise import BYTE_ORDER_MARK, frozen

POINTS, UTF16, UTF8 = "code points", "UTF-16 units", "UTF-8 bytes"
AS_IS, ONE, TWO = "", "CRLF as 1", "line ends as 2"
ENOUGH = 0.6  # of the selections must fit
MARGIN = 0.1  # and so many more than with the next best way
LEAST_NAME = 8  # signs of a name that can be the beginning of the quote
JOINERS = "\u200d\ufe0f\ufe0e"
TONES = range(0x1F3FB, 0x1F400)  # skin tones stand behind the sign that they colour
Place = tuple[int, int] | None
BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Convention:
    """One way of counting positions."""

    unit: str  # code points, UTF-16 units or UTF-8 bytes
    bom: bool = True  # a byte order mark is counted
    breaks: str = AS_IS  # how the end of a line is counted when not by its signs
    inclusive: bool = False  # the end is the last sign, instead of the one behind it

    def __str__(self) -> str:
        end = "end inclusive" if self.inclusive else "end exclusive"
        parts = [self.unit, "" if self.bom else "byte order mark not counted", self.breaks, end]
        return ", ".join(filter(None, parts))


def fits(text: str, place: Place, name: str) -> bool:
    """Whether a selection begins and ends where somebody would begin and end it."""
    if place is None or place[1] > len(text):
        return False
    start, end = place
    if _squeezed(name) and not _is_beginning(text[start:end], name):
        return False
    if text[start].isspace() or text[end - 1].isspace() or text[start] == BYTE_ORDER_MARK:
        return False
    return not (_inside(text, start) or _inside(text, end))


def positions(text: str, raw: Sequence[tuple[int, int]], way: Convention) -> list[Place]:
    """Return where selections stand in code points; None where this way gives no place."""
    if not raw:
        return []
    offsets = np.concatenate([[0], np.cumsum(_widths(text, way))])
    edges = np.array(raw, dtype=np.int64)
    start = np.searchsorted(offsets, edges[:, 0], side="right") - 1
    if way.inclusive:  # the last sign may be wider than one unit, or counted by its first unit
        last = np.searchsorted(offsets, edges[:, 1], side="right") - 1
        end = last + 1
        exact = (edges[:, 1] >= 0) & (edges[:, 1] < offsets[-1]) & _touches(
            offsets, edges[:, 1], last)
    else:
        end = np.searchsorted(offsets, edges[:, 1], side="left")
        exact = offsets[np.minimum(end, len(offsets) - 1)] == edges[:, 1]
    exact &= (edges[:, 0] >= 0) & (offsets[np.maximum(start, 0)] == edges[:, 0]) & (start < end)
    return [(int(one), int(other)) if fine else None
            for one, other, fine in zip(start, end, exact, strict=True)]


@dataclass(frozen=True)
class Verdict:
    """The best way of counting in one source, and those that fit about as well."""

    source: str
    best: Convention
    places: list[Place]
    n: int
    fits: int
    runner_up: int
    rivals: tuple[Convention, ...]
    every: tuple[tuple[int, Convention, list[Place]], ...]

    def counted(self, convention: str) -> Counted:
        """Return the report about this source; the way of counting may be told with its why."""
        return Counted(self.source, convention, self.fits, self.n, self.runner_up)

    def chosen(self, way: Convention) -> "Verdict | None":
        """Return the verdict for another way that fits as well as the best."""
        for score, one, found in self.every:
            if str(one) == str(way):
                return Verdict(self.source, one, found, self.n, score, self.fits, (), self.every)
        return None


def candidates(text: str) -> list[Convention]:
    """Return the ways of counting that can differ in this text, the plainest first."""
    marks = (False, True) if text.startswith(BYTE_ORDER_MARK) else (True,)
    breaks = (AS_IS, ONE) if "\r\n" in text else (AS_IS, TWO) if "\n" in text else (AS_IS,)
    return [Convention(unit, mark, ends, inclusive) for inclusive, unit, mark, ends
            in itertools.product((False, True), (POINTS, UTF16, UTF8), marks, breaks)]


def _touches(offsets: np.ndarray, edges: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Whether an inclusive end is the first or the last unit of a sign."""
    last = np.minimum(np.maximum(last, 0), len(offsets) - 2)
    return (offsets[last] == edges) | (offsets[last + 1] - 1 == edges)


def _widths(text: str, way: Convention) -> np.ndarray:
    """Return how many units each code point takes."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    widths = np.ones(len(points), dtype=np.int64)
    if way.unit == UTF16:
        widths += points > 0xFFFF
    elif way.unit == UTF8:
        for least in (0x7F, 0x7FF, 0xFFFF):
            widths += points > least
    if way.breaks == ONE:
        widths[:-1][(points[:-1] == ord("\r")) & (points[1:] == ord("\n"))] = 0
    elif way.breaks == TWO:
        widths[points == ord("\n")] += 1
    if not way.bom and len(points):
        widths[0] = 0
    return widths


def _inside(text: str, at: int) -> bool:
    """Whether a place lies within a word, or within a sign of several code points."""
    if at in (0, len(text)):
        return False
    before, behind = text[at - 1], text[at]
    return (before.isalnum() and behind.isalnum() or unicodedata.combining(behind) > 0
            or behind in JOINERS or before == "\u200d" or ord(behind) in TONES
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


def quoted_names(text: str, names: Sequence[str]) -> list[str]:
    """Return the names of selections where they repeat words of the text, else empty."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return [name if _squeezed(name) and _squeezed(name) in plain else "" for name in names]


def weigh(source: str, text: str, raw: Sequence[tuple[int, int]], names: Sequence[str]) -> Verdict:
    """Try every way of counting on the selections of a source.

    Ways that give the same places for all selections are one. Some programs write the beginning
    of the quote as the name of a selection.
    """
    known = quoted_names(text, names)
    scored: dict[tuple, tuple[int, int, Convention, list[Place]]] = {}
    every = []
    for way in candidates(text):
        found = positions(text, raw, way)
        both = list(zip(found, known, strict=True))
        score = sum(fits(text, place, name) for place, name in both)
        whole = sum(_is_whole(text, place, name) for place, name in both)
        every.append((score, way, found))
        scored.setdefault(tuple(found), (score + whole, *every[-1]))
    ranked = sorted(scored.values(), key=lambda one: -one[0])
    best, others = ranked[0], ranked[1:]
    least = best[0] - max(1, MARGIN * len(raw))
    rivals = tuple(way for total, _, way, _ in others if total > least)
    return Verdict(source, best[2], best[3], len(raw), best[1],
                   others[0][1] if others else 0, rivals, tuple(every))


def check(verdict: Verdict) -> None:
    """Refuse a source of which the way of counting stays in doubt."""
    if verdict.fits < ENOUGH * verdict.n or not verdict.fits:
        raise CodingError(_(
            "source {source!r}: no way of counting fits; with {convention}, {fits} of "
            "{selections} begin and end where words do. The text is probably another version than "
            "the one that was coded. Export the project again.",
            source=verdict.source, convention=str(verdict.best), fits=verdict.fits,
            selections=counted(verdict.n, "selection", "selections")))
    if verdict.rivals:
        rivals = listing([f'"{way}"' for way in (verdict.best, *verdict.rivals)], spoken(),
                         last="or")
        raise CodingError(_(
            "source {source!r}: these ways of counting fit about as well ({fits} and {runner_up} "
            "of {selections}): {conventions}. Look up how the program counts, and give one of "
            "these words as convention.",
            source=verdict.source, fits=verdict.fits, runner_up=verdict.runner_up,
            selections=counted(verdict.n, "selection", "selections"), conventions=rivals))


def delivered(content: bytes, where: str) -> str:
    """Return a text as it was delivered, byte order mark and line ends included."""
    encoding = next((name for mark, name in BOMS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise CodingError(_(
            "{where}: is not a text in UTF-8 or UTF-16. Export the project again.",
            where=where)) from None


def carried(text: str, places: Iterable[int]) -> dict[int, int]:
    """Return where places in a text, in code points, are in its frozen form."""
    found, length, last, pieces = {}, 0, 0, []
    for place in sorted(set(places)):
        pieces.append(frozen(text[last:place]))
        length += len(pieces[-1])
        found[place], last = length, place
    whole = frozen(text)
    if "".join([*pieces, frozen(text[last:])]) == whole:
        return found
    # Letters that grow together across a place, or a mark inside the text: one by one then.
    return {place: len(frozen(text[:place])) for place in found}


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place whose edges do not part an accent from its letter, or CR from LF."""
    while start > 0 and _parts(text, start):
        start -= 1
    while end < len(text) and _parts(text, end):
        end += 1
    return start, end


def _parts(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text):
        return False
    return unicodedata.combining(text[at]) > 0 or text[at - 1:at + 1] == "\r\n"
