"""Text as it is frozen when it comes in: one form, so that positions keep their meaning."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls other than tab and newline; a lone surrogate cannot be written as UTF-8.
STRAY = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
BYTE_ORDER_MARK = "\ufeff"


def frozen(text: str) -> str:
    r"""Return a text in the one form in which it is kept.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        NFC, lines ended with ``\n``, no byte order mark, no control characters.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.lstrip(BYTE_ORDER_MARK))
    return STRAY.sub("", BREAKS.sub("\n", text))


def sha256_of(texts: Iterable[str]) -> list[str]:
    """Return the hash of each text, by which a changed text is recognised.

    Parameters
    ----------
    texts
        Frozen texts.

    Returns
    -------
    list of str
        sha256 of the UTF-8 bytes, in hexadecimals.
    """
    return [hashlib.sha256(text.encode()).hexdigest() for text in texts]
