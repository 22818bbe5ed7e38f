"""What certainly points to a person in running text: addresses, numbers, names that are known.

Only plain forms count, so that what is masked is seldom something else. A name that is in no list,
an uncommon name without its capital, a nickname or a description of somebody is not seen: that
takes a person.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from wbkit.messages import _, mark
from wbkit.text.person_names import (
    FIRST_NAMES,
    OPENING_WORDS,
    ORDINARY_NAMES,
    ORDINARY_WORDS,
    SURNAMES,
)

MARKS = {  # what stands in the place of each kind; Dutch, as the answers are, in every language
    "email": "[e-mailadres]",
    "address": "[adres]",
    "phone": "[telefoonnummer]",
    "number": "[studentnummer]",
    "name": "[naam]",
}
EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
STREET = r"straat|laan|plein|gracht|singel|dreef|plantsoen|steeg|kade|weg"
HOUSE = r"\d{1,5}(?:\s?[a-zA-Z]\b|\b)"
ADDRESS = re.compile(
    rf"\b[A-Z]\w+(?:\s\w+)?\s{HOUSE},?\s+[1-9]\d{{3}}\s?[A-Z]{{2}}\b"  # Kerklaan 12, 1234 AB
    rf"|\b[1-9]\d{{3}}(?:\s?[A-Z]{{2}}|[a-z]{{2}})[\s,]+(?:nr\.?\s?|huisnummer\s)?{HOUSE}"
    rf"|\b(?!Onderweg\b|Snelweg\b)[A-Z]\w+(?:{STREET})\s{HOUSE}")
DATE = r"\d\d[-/. ]\d\d[-/. ](?:19|20)\d\d\b"
GAP = r"[\s.‑-]"
PHONE = re.compile(
    rf"(?<![\w+])(?!{DATE})06(?:{GAP}{{0,2}}\d){{8}}(?!\d)"
    rf"|(?<!\w)(?:\+|00)31{GAP}?(?:\(0\))?{GAP}?[1-9](?:{GAP}?\d){{8}}(?!\d)"
    rf"|(?<![\w+])\(?0[1-9]\d\)?{GAP}?\d{{3}}{GAP}?\d\d{GAP}?\d\d(?!\d)"
    rf"|(?<![\w+])\(?0[1-9]\d\d\)?{GAP}?\d{{3}}{GAP}?\d{{3}}(?!\d)")
NUMBER = re.compile(
    r"\b(?:student|leerling|stam)(?:en)?[\s-]?(?:nummer|nr|number|no)\b\.?[\s:=]*(?:is\s+)?"
    r"[a-z]?\d{4,10}\b", re.IGNORECASE)
LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"  # an accent can stand behind its letter
WORD = re.compile(rf"{LETTERS}(?:[-'’]{LETTERS})*")
PARTICLES = frozenset(("de", "den", "der", "het", "in", "la", "le", "op", "te", "ten", "ter",
                       "van", "von", "el", "al", "bin", "ben", "abu"))
NAMELESS = frozenset(("anoniem", "anonymous", "onbekend", "test"))
WITH_DIGITS = re.compile(r"\w*\d\w*")  # Persoon12: no part of a name
LONGEST_NAME = 5  # words in a cell that holds a name; a longer one holds something else
TOGETHER = re.compile(r"\[naam\](?:\s+(?:(?:van|de|den|der|ten|ter|het)\s+)*\[naam\])+")
ORDINARY = "Een antwoord zonder nummer: in 2022 waren er 1, 10 of 100 van de rest."
SEVEN = mark("Write [0-9]{7} for a number of seven digits.")
NEXT = re.compile(rf"\s+(?:(?:van|de|den|der|ten|ter|het|el)\s+)*(?P<name>{WORD.pattern})")
UNMISTAKABLE = frozenset(  # names that are no word, so that they count without a capital too
    name for name in FIRST_NAMES - ORDINARY_NAMES - ORDINARY_WORDS - SURNAMES if len(name) > 3)
ALSO_WORDS = (ORDINARY_NAMES | ORDINARY_WORDS) & (SURNAMES - FIRST_NAMES) | OPENING_WORDS
SENTENCE_ENDS = ".!?:;\n\"'‘“(-"


@dataclass(frozen=True)
class Personal:
    """What points to a person in the texts of one file.

    Parameters
    ----------
    names
        Parts of names, without capitals.
    numbers
        Pattern of the numbers that point to a person.
    words
        Words that these texts also write without a capital: at the beginning of a sentence
        they are no name.
    """

    names: frozenset[str] = frozenset()
    numbers: re.Pattern[str] | None = None
    words: frozenset[str] = field(default=frozenset(), repr=False)

    def masked(self, text: str) -> tuple[str, dict[str, int]]:
        """Put a mark in the place of what points to a person.

        Gives the text with marks, and how many of each kind; a name of several words is one.
        """
        found = {}
        for kind, pattern in self._patterns(text):
            text, found[kind] = pattern.subn(MARKS[kind], text)
        if self.names:
            before = text.count(MARKS["name"])
            text = TOGETHER.sub(MARKS["name"], WORD.sub(lambda word: self._name(word), text))
            found["name"] = text.count(MARKS["name"]) - before
        return text, {kind: n for kind, n in found.items() if n > 0}

    def _patterns(self, text: str) -> Iterable[tuple[str, re.Pattern[str]]]:
        if "@" in text:
            yield "email", EMAIL
        if any(sign.isdigit() for sign in text):
            yield from (("address", ADDRESS), ("number", NUMBER), ("phone", PHONE))
            if self.numbers is not None:
                yield "number", self.numbers

    def _name(self, word: re.Match[str]) -> str:
        plain = _plain(re.sub(r"['’]s$", "", word[0]))
        if plain not in self.names:
            return word[0]
        if not word[0][0].isupper():
            return MARKS["name"] if plain in UNMISTAKABLE else word[0]
        before = word.string[:word.start()].rstrip(" \t")
        begins = not before or before[-1] in SENTENCE_ENDS
        if begins and (plain in self.words or plain in ALSO_WORDS) and not self._beside(word):
            return word[0]
        return MARKS["name"]

    def _beside(self, word: re.Match[str]) -> bool:
        """Whether a name follows: "Groen" in "Groen legt uit" is a colour, in "Roos Groen" none."""
        after = NEXT.match(word.string, word.end())
        return after is not None and after["name"][0].isupper() \
            and _plain(after["name"]) in self.names


def checked_number(pattern: str) -> str:
    """Return the pattern of student numbers that a person declared."""
    try:
        re.compile(pattern)  # alone first, so that the place of a fault is that in the pattern
        sweeping = re.search(rf"\b(?:{pattern})\b", ORDINARY)
    except re.error as error:
        place = (error.pos or 0) + 1 if error.pattern == pattern else 1
        raise ValueError(_(
            "{pattern!r} is no pattern: it goes wrong at sign {place}. {advice}",
            pattern=pattern, place=place, advice=_(SEVEN))) from None
    if sweeping:
        raise ValueError(_(
            "{pattern!r} also fits ordinary words or numbers. {advice}",
            pattern=pattern, advice=_(SEVEN)))
    return pattern


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
