"""Bytes of a text file as text: which encoding, found by evidence."""

from wbkit.errors import DataError

MARKS = {b"\xef\xbb\xbf": ("utf-8-sig", "UTF-8 with byte order mark"),
         b"\xff\xfe": ("utf-16", "UTF-16"), b"\xfe\xff": ("utf-16", "UTF-16")}
MOST_BYTES = 50_000_000
LOOKED_AT, STRAY = 10_000, 2
ORDINARY = "\t\n\r\x0b\x0c"


def decoded(content: bytes, where: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

    Returns
    -------
    text, encoding
        The encoding in words: UTF-8, Windows-1252 or UTF-16.

    Raises
    ------
    DataError
        If it is no text, or larger than 50 MB.
    """
    if len(content) > MOST_BYTES:
        raise DataError(f"{where}: is larger than {MOST_BYTES // 1_000_000} MB. "
                        "A transcript is smaller; divide the file.")
    found = text_in(content)
    if found is None:
        raise DataError(f"{where}: is not a text file. It should be text in UTF-8 or Windows-1252. "
                        "Save it again as text, or write the right format in study.toml.")
    return found


def text_in(content: bytes) -> tuple[str, str] | None:
    """Return the text that bytes hold and the name of its encoding.

    Parameters
    ----------
    content
        The bytes of a file.

    Returns
    -------
    text, encoding
        None for the bytes of a picture or a program: with a zero, or with control characters,
        more than two and than one in a hundred.
    """
    marked = [found for mark, found in MARKS.items() if content.startswith(mark)]
    for codec, words in (*marked, ("utf-8", "UTF-8"), *_without_mark(content),
                         ("cp1252", "Windows-1252 (cp1252)")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, words
    return None


def _is_text(text: str) -> bool:
    beginning = text[:LOOKED_AT]
    strange = sum(sign < " " and sign not in ORDINARY for sign in beginning)
    return "\0" not in text and strange <= max(STRAY, len(beginning) // 100)


def _without_mark(content: bytes) -> list[tuple[str, str]]:
    """Recognise UTF-16 without a mark: every other byte of Latin text is zero."""
    half = max(1, len(content) // 2)
    share = {codec: content[first::2].count(0) / half
             for codec, first in (("utf-16-le", 1), ("utf-16-be", 0))}
    return [(codec, "UTF-16") for codec, zeros in share.items()
            if zeros > 0.5 and len(content) % 2 == 0]
