"""What certainly points to a person in running text: addresses, numbers, names that are known.

Only plain forms count, so that what is masked is seldom something else. A name that is in no list,
a name without its capital, a nickname or a description of somebody is not seen: that takes a
person.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

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
LONGEST_NAME = 5  # words in a cell that holds a name; a longer one holds something else
TOGETHER = re.compile(r"\[naam\](?:\s+(?:(?:van|de|den|der|ten|ter|het)\s+)*\[naam\])+")
ORDINARY = "Een antwoord zonder nummer: in 2022 waren er 1, 10 of 100 van de rest."
SEVEN = "Write [0-9]{7} for a number of seven digits."
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
        if not word[0][0].isupper() or plain not in self.names:
            return word[0]
        before = word.string[:word.start()].rstrip(" \t")
        begins = not before or before[-1] in SENTENCE_ENDS
        if begins and plain in self.words:
            return word[0]
        return MARKS["name"]


def checked_number(pattern: str) -> str:
    """Return the pattern of student numbers that a person declared."""
    try:
        sweeping = re.search(rf"\b(?:{pattern})\b", ORDINARY)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no pattern: {error}. {SEVEN}") from None
    if sweeping:
        raise ValueError(f"{pattern!r} also fits ordinary words or numbers. {SEVEN}")
    return pattern


def name_parts(cells: Iterable[str]) -> frozenset[str]:
    """Return the parts of names by which somebody can be found in a text.

    Gives first and last names of two letters and more, without capitals and particles; of a
    double name also its parts.
    """
    words = (_plain(word) for cell in cells if "@" not in cell
             and len(cell.split()) <= LONGEST_NAME for word in WORD.findall(cell))
    parts = (part for word in words for part in (word, *word.split("-")))
    return frozenset(part for part in parts if len(part) > 1) - PARTICLES - NAMELESS


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that some text writes without a capital."""
    return frozenset(_plain(word) for text in texts for word in WORD.findall(text)
                     if word[0].islower())


def _plain(word: str) -> str:
    """Return a word in the one form in which words are compared."""
    return unicodedata.normalize("NFC", word).replace("’", "'").casefold()
