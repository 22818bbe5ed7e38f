"""Names that stand in columns of the data, and where texts of the same people name them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from wbkit.text.identifying_numbers import Hit
from wbkit.text.name_words import misspelt, read_lists
from wbkit.text.person_cells import LETTERS, PARTICLES
from wbkit.text.person_names import (
    FIRST_NAMES,
    OPENING_WORDS,
    ORDINARY_NAMES,
    ORDINARY_WORDS,
    SURNAMES,
)

WORD = re.compile(rf"{LETTERS}(?:[-'’]{LETTERS})*")
NAMELESS = frozenset(("anoniem", "anonymous", "onbekend", "test"))
WITH_DIGITS = re.compile(r"\w*\d\w*")  # Persoon12: no part of a name
LONGEST_NAME = 5  # words in a cell that holds a name; a longer one holds something else
BETWEEN = re.compile(r"\s+(?:(?:van|de|den|der|ten|ter|het|el)\s+)*")  # two parts of one name
NEXT = re.compile(rf"{BETWEEN.pattern}(?P<name>{WORD.pattern})")
UNMISTAKABLE = frozenset(  # names that are no word, so that they count without a capital too
    name for name in FIRST_NAMES - ORDINARY_NAMES - ORDINARY_WORDS - SURNAMES if len(name) > 3)
ALSO_WORDS = (ORDINARY_NAMES | ORDINARY_WORDS) & (SURNAMES - FIRST_NAMES) | OPENING_WORDS
SENTENCE_ENDS = ".!?:;\n\"'‘“(-"


@dataclass(frozen=True)
class NameParts:
    """Parts of the names that stand in columns of the data.

    Parameters
    ----------
    parts
        First and last names in small letters, as `name_parts` returns them.
    words
        Words that the texts also write without a capital: at the beginning of a sentence they
        are no name.
    """

    parts: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset(), repr=False)

    def __or__(self, other: "NameParts") -> "NameParts":
        """Return the parts of both."""
        return NameParts(self.parts | other.parts, self.words | other.words)

    def hits(self, text: str) -> list[Hit]:
        """Return where a text names somebody, also with one letter of a long name wrong."""
        words = list(WORD.finditer(text)) if self.parts else []
        near = misspelt({_plain(word[0]) for word in words}, self.parts)
        return sorted([*self.exact(text), *(Hit(*word.span(), "NAAM", "near") for word in words
                                            if _plain(word[0]) in near)])

    def exact(self, text: str) -> list[Hit]:
        """Return where a text names somebody; the parts of one name are one passage."""
        found: list[Hit] = []
        for word in WORD.finditer(text) if self.parts else ():
            end = self._end(word)
            if end and found and BETWEEN.fullmatch(text, found[-1].end, word.start()):
                found[-1] = Hit(found[-1].start, end, "NAAM", "project")
            elif end:
                found.append(Hit(word.start(), end, "NAAM", "project"))
        return found

    def _end(self, word: re.Match[str]) -> int:
        """Return where a name ends, without 's; 0 when a word is none."""
        bare = re.sub(r"['’]s$", "", word[0])
        if _plain(bare) not in self.parts and len(bare) > len("Bos"):
            bare = bare.removesuffix("s")
        named = _plain(bare) in self.parts and self._counts(word, _plain(bare))
        return word.start() + len(bare) if named else 0

    def _counts(self, word: re.Match[str], plain: str) -> bool:
        """Whether a part of a name stands here as a name."""
        if not word[0][0].isupper():
            return plain in UNMISTAKABLE or not (
                plain in read_lists().doubtful or plain in ORDINARY_WORDS)
        before = word.string[:word.start()].rstrip(" \t")
        begins = not before or before[-1] in SENTENCE_ENDS
        return not (begins and (plain in self.words or plain in ALSO_WORDS)) or self._beside(word)

    def _beside(self, word: re.Match[str]) -> bool:
        """Whether a name follows: "Groen" in "Groen legt uit" is a colour, in "Roos Groen" none."""
        after = NEXT.match(word.string, word.end())
        return after is not None and after["name"][0].isupper() \
            and _plain(after["name"]) in self.parts


def name_parts(cells: Iterable[str], ordinary: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the parts of names by which somebody can be found in a text.

    Gives first and last names of two letters and more, without capitals and particles; of a
    double name also its parts. A word of school and work ("Techniek") is no name, nor is one of
    `ordinary`, unless it is a known name too ("Groen") or stands in a cell with a known name.
    """
    found: set[str] = set()
    for cell in cells:
        words = [_plain(word) for word in WORD.findall(WITH_DIGITS.sub(" ", cell))
                 if word[0].isupper() or len(cell.split()) <= 2 or _plain(word) in UNMISTAKABLE]
        if "@" in cell or len(cell.split()) > LONGEST_NAME:
            continue
        parts = {part for word in words for part in (word, *word.split("-"))}
        known = parts & (FIRST_NAMES | SURNAMES)
        beside = parts - ORDINARY_WORDS if known else parts - ORDINARY_WORDS - ordinary
        found |= known | beside
    return frozenset(part for part in found if len(part) > 1) - PARTICLES - NAMELESS


def common_words(texts: Iterable[str], *, least: int = 2) -> frozenset[str]:
    """Return the words that texts write without a capital, and more often so than with one."""
    small: Counter[str] = Counter()
    for text in texts:
        for word in WORD.findall(text):
            small[_plain(word)] += 1 if word[0].islower() else -1
    return frozenset(word for word, n in small.items() if n >= least)


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that some text writes without a capital."""
    return frozenset(_plain(word) for text in texts for word in WORD.findall(text)
                     if word[0].islower())


def _plain(word: str) -> str:
    """Return a word in the one form in which words are compared."""
    return unicodedata.normalize("NFC", word).replace("’", "'").casefold()
