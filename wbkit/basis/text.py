"""Text made comparable: spaces, lookalike headings, words for a message."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
CLOSE = 60  # a suggestion under this ratio confuses more than it helps
CUT = 40


def tidy(text: str) -> str:
    """Return the text with single spaces, none outside, and no invisible characters.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        NFC; line breaks and non-breaking spaces count as spaces.
    """
    if text.isascii() and "  " not in text and text.isprintable():
        return text.strip()
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).split())


def closest(text: str, names: Iterable[str], *, n: int = 1) -> list[str]:
    """Return the names that look most like a text.

    Parameters
    ----------
    text
        What was written.
    names
        What could have been meant.
    n
        How many to return at most.

    Returns
    -------
    list of str
        The likest first; empty when nothing comes near.
    """
    by_form = {name.casefold(): name for name in names}
    found = process.extract(text.casefold(), list(by_form), scorer=fuzz.ratio,
                            score_cutoff=CLOSE, limit=n)
    return [by_form[form] for form, *_ in found]


def did_you_mean(text: str, names: Iterable[str], *, n: int = 1) -> str:
    """Return a question that names what could have been meant, empty when nothing comes near.

    Parameters
    ----------
    text
        What was written.
    names
        What could have been meant.
    n
        How many to name at most.

    Returns
    -------
    str
        ``Did you mean 'a' or 'b'?``
    """
    found = closest(text, names, n=n)
    return f"Did you mean {' or '.join(repr(cut(name, 80)) for name in found)}?" if found else ""


def cut(text: str, length: int = CUT) -> str:
    """Return the text, or its beginning when it is longer than `length`.

    Parameters
    ----------
    text
        Any text.
    length
        Most characters to keep.

    Returns
    -------
    str
        At most `length` characters, the last one ``…`` when something was left out.
    """
    return text if len(text) <= length else text[: length - 1] + "…"


def as_id(text: str) -> str:
    """Return an id made from words: small letters, digits and underscores.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        It starts with a letter; ``q_`` is put before a digit.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return name if name[:1].isalpha() else f"q_{name}".rstrip("_")


def listed(parts: Iterable[object], *, most: int = 5) -> str:
    """Return the first few things, separated by commas, and how many more there are.

    Parameters
    ----------
    parts
        Things to name.
    most
        How many to name.

    Returns
    -------
    str
        ``a, b, c and 4 more``
    """
    words = [str(part) for part in parts]
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest} more" if rest > 0 else "")
