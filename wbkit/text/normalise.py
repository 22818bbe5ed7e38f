"""Text made comparable: spaces, lookalike headings, words for a message."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import count

from wbkit.messages import _, listing, spoken

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
CLOSE = 60  # a suggestion under this ratio confuses more than it helps
CUT = 40
MOST_DIGITS = 15  # more is a code that names something
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls other than tab and newline; a lone surrogate cannot be written as UTF-8.
STRAY = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
BYTE_ORDER_MARK = "\ufeff"
# A tag of a web page: "<b>", "</p>", "<br />", '<span style="…">'; not "a < b" or "<18 jaar>".
VALUE = r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?"
TAG = re.compile(rf"</?[a-zA-Z][a-zA-Z0-9]*(?:\s+[a-zA-Z-]+{VALUE})*\s*/?>")
SPACED = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|td|h[1-6])\b[^>]*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")


def tidy(text: str) -> str:
    """Return the text with single spaces, none outside, and no invisible characters.

    NFC; line breaks and non-breaking spaces count as spaces.
    """
    if text.isascii() and "  " not in text and text.isprintable():
        return text.strip()
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).split())


def heading(text: str) -> str:
    """Return a heading as it is compared: tidy, and without the tags of a web page."""
    if "<" in text:
        text = TAG.sub("", SPACED.sub(" ", text))
    return tidy(html.unescape(text) if ENTITY.search(text) else text)


def closest(text: str, names: Iterable[str], *, n: int = 1, least: float = CLOSE) -> list[str]:
    """Return the names that look most like a text.

    Gives the likest first; empty when nothing comes near.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a message needs it

    by_form = {name.casefold(): name for name in names}
    found = process.extract(text.casefold(), list(by_form), scorer=fuzz.ratio,
                            score_cutoff=least, limit=n)
    return [by_form[form] for form, *_ in found]


def did_you_mean(text: str, names: Iterable[str], *, n: int = 1) -> str:
    """Return a question that names what could have been meant, empty when nothing comes near."""
    found = closest(text, names, n=n)
    if not found:
        return ""
    names = [repr(cut(name, 80)) for name in found]
    return _("Did you mean {names}?", names=listing(names, spoken(), last="or"))


def cut(text: str, length: int = CUT) -> str:
    """Return the text, or its beginning when it is longer than `length`."""
    return text if len(text) <= length else text[: length - 1] + "…"


def as_id(text: str, *, start: str = "q", longest: int | None = None) -> str:
    """Return an id made from words: small letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:longest].rstrip("_")
    return name if name[:1].isalpha() else f"{start}_{name}".rstrip("_")


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id that is not yet taken."""
    names = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(one for one in names if one not in taken)


def natural(text: str) -> tuple[tuple[str | int, ...], str]:
    """Return a key that sorts as people count: k2 before k10.

    Gives its words and numbers, in turn; then the text, so that 1 and 01 have one order.
    """
    parts = re.split(r"(\d+)", text)
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)), text


def is_whole(text: str) -> bool:
    """Whether a text is a whole number that Python reads: digits, not thousands of them."""
    return text.isdecimal() and len(text) <= MOST_DIGITS


def listed(parts: Iterable[object], *, most: int = 5) -> str:
    """Return the first few things, separated by commas, and how many more there are."""
    words = [str(part) for part in parts]
    rest = len(words) - most
    first = ", ".join(words[:most])
    return _("{first} and {n} more", first=first, n=rest) if rest > 0 else first


def frozen(text: str) -> str:
    """Return a text in the one form in which it is kept."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.lstrip(BYTE_ORDER_MARK))
    return STRAY.sub("", BREAKS.sub("\n", text))


def sha256_of(texts: Iterable[str]) -> list[str]:
    """Return the hash of each text, by which a changed text is recognised."""
    return [hashlib.sha256(text.encode()).hexdigest() for text in texts]
