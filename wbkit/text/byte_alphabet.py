"""Text as one byte for each character that matters, so that millions of texts are searched fast.

Case, accents, kinds of apostrophes, hyphens and spaces make no difference; characters that occur
in no term are told apart only as letter, space, end of a clause, or other.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from wbkit.messages import _

SEPARATOR, SPACE, LETTER, SIGN, LINE, CLAUSE = range(6)
FIRST, UNKNOWN, DROPPED, LONGER = 8, 253, 254, 255
MOST_SIGNS = UNKNOWN - FIRST  # characters of terms that have a byte of their own
CLAUSE_SIGNS = ".,;:!?()[]\"“”„«»…"
SAME = str.maketrans(
    dict.fromkeys("’‘‛ʼ′`´＇", "'") | dict.fromkeys("‐‑‒–—−﹣－", "-")
    | dict(zip("øđłıð", "odlid", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"}
)
LATIN = 256


def folded(text: str) -> str:
    """Return a text without case, accents and invisible characters; one kind of each sign."""
    return "".join(map(_folded_sign, text))


@lru_cache(maxsize=4096)
def _folded_sign(sign: str) -> str:
    plain = sign.translate(SAME)
    plain = unicodedata.normalize("NFKD", plain).casefold().translate(SAME)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(one for one in plain if unicodedata.category(one) not in ("Mn", "Me", "Cf"))


def is_letter(sign: str) -> bool:
    """Say whether a character is part of a word: a letter, a digit, or a mark on one."""
    return sign.isalnum() or unicodedata.category(sign) == "Mc"


@dataclass(frozen=True)
class Coded:
    """Text as bytes, and where each byte comes from.

    Parameters
    ----------
    codes
        One byte for each folded character, runs of spaces as one.
    origin
        Position in the text of each byte and of the end; None when the two are the same.
    clauses
        Positions in the text at which a clause ends.
    """

    codes: np.ndarray
    origin: np.ndarray | None
    clauses: np.ndarray

    def places(self, positions: np.ndarray) -> np.ndarray:
        """Return the positions in the text that belong to positions in the bytes."""
        return positions if self.origin is None else self.origin[positions]


class Alphabet:
    """The characters of some terms, each with a byte of its own.

    Parameters
    ----------
    words
        Folded words; together at most 240 different characters.
    """

    def __init__(self, words: Iterable[str]) -> None:
        signs = sorted(set("".join(words)) - {" "})
        if len(signs) > MOST_SIGNS:
            raise ValueError(_(
                "the terms hold {n} different characters; at most {most} can be searched at "
                "once. Split them.",
                n=len(signs), most=MOST_SIGNS))
        self._bytes = {" ": SPACE} | {sign: FIRST + at for at, sign in enumerate(signs)}
        self.letters = np.zeros(256, dtype=bool)
        self.letters[[LETTER, *(self._bytes[sign] for sign in signs if is_letter(sign))]] = True
        self._table = np.full(0x110000, UNKNOWN, dtype=np.uint8)
        self._long: dict[int, bytes] = {}
        self._learn(range(LATIN))

    def bytes_of(self, word: str) -> bytes:
        """Return the bytes of a folded word that the alphabet was made for."""
        return bytes(self._bytes[sign] for sign in word)

    def encode(self, text: str) -> Coded:
        """Return a text as bytes."""
        raw = self._looked_up(text)
        clauses = np.flatnonzero((raw == LINE) | (raw == CLAUSE) | (raw == SEPARATOR))
        raw = np.where(raw == LINE, np.uint8(SPACE), raw)
        raw = self._own_bytes(raw, text, clauses)
        origin = None
        if (raw >= DROPPED).any():
            raw, origin = self._resized(raw, text)
        spaces = raw == SPACE
        again = spaces[1:] & spaces[:-1]
        if again.any():
            kept = np.flatnonzero(~np.append(False, again)).astype(np.int32)
            raw, origin = raw[kept], kept if origin is None else origin[kept]
        end = np.int32(len(text))
        return Coded(raw, None if origin is None else np.append(origin, end), clauses)

    def _looked_up(self, text: str) -> np.ndarray:
        try:
            narrow = text.encode("latin-1")
        except UnicodeEncodeError:
            points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        else:  # several times as fast as looking numbers up, and each of these is known
            return np.frombuffer(narrow.translate(self._table[:LATIN].tobytes()), dtype=np.uint8)
        raw = self._table[points]
        strange = raw == UNKNOWN
        if strange.any():
            self._learn(np.unique(points[strange]).tolist())
            raw = self._table[points]
        return raw

    def _own_bytes(self, raw: np.ndarray, text: str, clauses: np.ndarray) -> np.ndarray:
        """Give a byte to the signs that end a clause: their own when they stand in a term."""
        raw = np.where(raw == CLAUSE, np.uint8(SIGN), raw)
        for sign in set(CLAUSE_SIGNS) & set(self._bytes):
            raw[[at for at in clauses.tolist() if text[at] == sign]] = self._bytes[sign]
        return raw

    def _learn(self, points: Iterable[int]) -> None:
        for point in points:
            self._table[point] = self._byte(point)

    def _byte(self, point: int) -> int:
        sign = chr(point)
        if point == 0:
            return SEPARATOR
        if sign in CLAUSE_SIGNS:
            return CLAUSE
        if sign.isspace():
            return LINE if sign in "\n\r\x0b\x0c\x85\u2028\u2029" else SPACE
        plain = _folded_sign(sign)
        if len(plain) == 1:
            return self._plain(plain)
        self._long[point] = bytes(map(self._plain, plain))
        return LONGER if plain else DROPPED

    def _plain(self, sign: str) -> int:
        if sign.isspace():
            return SPACE
        return self._bytes.get(sign, LETTER if is_letter(sign) else SIGN)

    def _resized(self, raw: np.ndarray, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Leave out what has no byte and write out what has several."""
        size = (raw != DROPPED).astype(np.uint8)
        longer = np.flatnonzero(raw == LONGER).tolist()
        size[longer] = [len(self._long[ord(text[at])]) for at in longer]
        origin = np.repeat(np.arange(len(raw), dtype=np.int32), size)
        codes = raw[origin]
        for at, place in zip(longer, np.searchsorted(origin, longer).tolist(), strict=True):
            written = self._long[ord(text[at])]
            codes[place:place + len(written)] = np.frombuffer(written, dtype=np.uint8)
        return codes, origin
