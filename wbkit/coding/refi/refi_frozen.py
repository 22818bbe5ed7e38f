"""From positions in a text as it was delivered to positions in its frozen form."""

import codecs
import unicodedata
from collections.abc import Iterable

from wbkit.errors import CodingError
from wbkit.text.frozen import frozen

WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def delivered(content: bytes, where: str) -> str:
    """Return a text as it was delivered, byte order mark and line ends included."""
    encoding = next((name for mark, name in WIDE.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise CodingError(f"{where}: is not a text in UTF-8 or UTF-16. Export the project "
                          "again.") from None


def carried(text: str, places: Iterable[int]) -> dict[int, int]:
    """Return where places in a text are in its frozen form.

    Parameters
    ----------
    text
        As it was delivered.
    places
        Places in code points.

    Returns
    -------
    dict
        Place = place in ``frozen(text)``.
    """
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
