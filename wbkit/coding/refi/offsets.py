"""From positions as another program counted them to places in the text, and in its frozen form."""

import codecs
import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.text.normalise import BYTE_ORDER_MARK, frozen

POINTS, UTF16, UTF8 = "code points", "UTF-16 units", "UTF-8 bytes"
AS_IS, ONE, TWO = "", "CRLF as 1", "line ends as 2"
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


def candidates() -> list[Convention]:
    """Return all ways of counting, the plainest first."""
    return [Convention(unit, mark, ends, inclusive) for inclusive, unit, mark, ends
            in itertools.product((False, True), (POINTS, UTF16, UTF8), (True, False),
                                 (AS_IS, ONE, TWO))]


def in_this_text(way: Convention, text: str) -> Convention:
    """Return the plainest way of counting that gives the same places in this text."""
    marked, pairs = text.startswith(BYTE_ORDER_MARK), "\r\n" in text
    differ = {AS_IS: False, ONE: pairs, TWO: "\n" in text and not pairs}
    breaks = way.breaks if differ[way.breaks] else AS_IS
    return replace(way, bom=way.bom or not marked, breaks=breaks)


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
