"""Words and lists by which names are told from other words in running Dutch text."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from wbkit.text.dutch_words import is_proper
from wbkit.text.person_names import FIRST_NAMES, ORDINARY_NAMES, ORDINARY_WORDS, SURNAMES

LETTER = r"(?:[^\W\d_][\u0300-\u036f]*)"  # an accent can stand behind its letter
TOKEN = re.compile(
    rf"['’][tsn](?=\s)|(?:{LETTER}\.)+(?!{LETTER})|{LETTER}+(?:(?:[-'’&]|\.(?![A-ZÀ-Ý][a-zà-ý])){LETTER}+)*|\d+")
PARTICLES = frozenset((
    "van", "de", "den", "der", "het", "ten", "ter", "te", "el", "al", "bin", "ben", "'t",
    "in", "op", "la", "le", "von", "ait",
))
LETTERS_ONLY = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NO_INITIALS = frozenset((
    "p.s", "n.b", "e.d", "o.a", "m.b.t", "t.o.v", "d.w.z", "a.u.b", "i.p.v"))
ENDS = ".!?…:;\n\"“„«•*|"
SHORT_FORMS = frozenset((
    "dhr", "mevr", "mw", "mr", "mrs", "dr", "drs", "prof", "bijv", "bv", "nr", "o.a", "st",
    "ir", "ing",
))
GENITIVE = re.compile(r"['’]s?$")
SCHOOL_ENDS = ("college", "lyceum", "school", "gymnasium", "academie")
WHEN = ("vakantie", "feest", "weekend", "toets", "examen")  # Kerstvakantie
DIRECTIONS = ("-noord", "-zuid", "-oost", "-west", "-centrum", "-zuidoost", "-stad")
SPEECH = frozenset((
    "zei", "zegt", "vertelde", "vertelt", "vroeg", "vraagt", "dacht", "denkt", "vindt",
    "vond", "belde", "is", "was", "heeft", "had", "gaat", "ging", "kan", "komt", "kwam",
    "wil", "wilde", "werd", "wordt", "helpt", "hielp", "doet", "deed", "en",
))
ACTS = SPEECH - {"is", "was", "en", "kan", "komt", "wordt", "werd"} | {
    "zijn", "haar", "snapt", "kreeg", "krijgt", "moet", "moest", "legt", "legde", "geeft", "gaf",
    "praat", "praatte", "zit", "zat", "werkt", "werkte", "weet", "wist", "blijft", "bleef",
    "stuurt", "stuurde", "belt", "appt", "appte", "maakt", "maakte", "luistert", "luisterde",
    "hoeft", "mocht", "snapte", "lacht", "lachte", "kent", "kende", "liep", "loopt", "woont"}
MEETING = frozenset((
    "vind", "vindt", "vond", "ken", "kent", "kende", "zag", "sprak", "spreek", "mis", "zei",
    "zegt", "kwam", "belde", "vroeg", "met", "aan", "door", "tegen", "volgens", "voor", "van",
    "naar", "bij"))  # a name can stand behind it, and a thing only with an article
NO_ACCENT = str.maketrans("ıøłđß", "iolds")  # letters that do not fall apart
LONG = 6  # letters of a name that is known again with one letter wrong
WORDS = Path(__file__).with_name("identifying_names.toml")


@dataclass(frozen=True)
class Lists:
    """The words by which names are told from other words."""

    first: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    words_too: frozenset[str]
    titles: frozenset[str]
    weak_titles: frozenset[str]
    roles: frozenset[str]
    naming: frozenset[str]
    places_before: frozenset[str]
    verbs_too: frozenset[str]
    organisations: frozenset[str]
    schools: frozenset[str]
    known_schools: frozenset[str]
    companies: frozenset[str]
    plain_companies: frozenset[str]
    safe: frozenset[str]
    common: frozenset[str]
    english: frozenset[str]
    clubs: frozenset[str]
    surname_ends: frozenset[str]
    places_near: frozenset[str]
    things: frozenset[str]

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Names of people and places that in small letters mean something else as well."""
        return self.words_too | ORDINARY_NAMES | self.common | PARTICLES

    @cached_property
    def openings(self) -> frozenset[str]:
        """First words of the schools and companies that everybody knows."""
        return frozenset(one.split()[0] for one in self.known_schools | self.companies)

    @cached_property
    def place_openings(self) -> frozenset[str]:
        """First words of the places."""
        return frozenset(one.split()[0] for one in self.places)

    @cached_property
    def certain(self) -> frozenset[str]:
        """First names that in small letters are nothing else."""
        plain = self.first - self.doubtful - ORDINARY_WORDS - self.safe
        no_word = self.first & (self.words_too | ORDINARY_NAMES) - self.english - self.safe
        return frozenset(one for one in plain if len(one) > 3) | frozenset(
            one for one in no_word if len(one) > 2 and is_proper(one))

    def is_name(self, word: str) -> bool:
        """Whether a word, in small letters, is a first name or a surname."""
        return word in self.first or word in self.surnames

    def is_ordinary(self, word: str) -> bool:
        """Whether a word with a capital points to nobody."""
        return word in self.safe or word in self.common or word.endswith(WHEN) or (
            word in ORDINARY_WORDS and word not in self.places and not self.is_name(word))


@cache
def read_lists() -> Lists:
    """Return the lists, read once."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    names = tomllib.loads(WORDS.with_name("name_lists.toml").read_text(encoding="utf-8"))
    made = {key: frozenset(one.replace("_", " ") for one in text.split())
            for key, text in (words | names).items()}
    return Lists(first=FIRST_NAMES | made.pop("first_names"),
                 surnames=SURNAMES | made.pop("surnames"), **made)


@dataclass(frozen=True)
class Token:
    """A word of a text, and how it stands there."""

    start: int
    end: int
    word: str
    begins: bool  # at the beginning of a sentence

    @cached_property
    def plain(self) -> str:
        """The word in small letters, without 's."""
        written = unicodedata.normalize("NFC", self.word).replace("’", "'").casefold()
        return GENITIVE.sub("", written).rstrip(".")

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.word[0].isupper()

    @property
    def initials(self) -> bool:
        """Whether it is B. or A.B."""
        return self.capital and self.word.endswith(".") and self.plain not in NO_INITIALS

    @property
    def last(self) -> int:
        """Where it ends without 's."""
        return self.start + len(GENITIVE.sub("", self.word))


@cache
def bare_letters(word: str) -> str:
    """Return a word without accents: somebody types them, and another one does not."""
    return "".join(one for one in unicodedata.normalize("NFKD", word.translate(NO_ACCENT))
                   if not unicodedata.combining(one))


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        between = text[found[-1].end if found else 0:match.start()]
        short = bool(found) and found[-1].word.casefold().rstrip(".") in SHORT_FORMS \
            and between.strip() in (".", "")
        initial = bool(found) and found[-1].initials and not between.strip()
        begins = not found or (not short and not initial and (
            any(sign in ENDS for sign in between) or found[-1].initials and between != " "))
        found.append(Token(*match.span(), match[0], begins))
    return found


def misspelt(words: Iterable[str], names: Collection[str]) -> dict[str, str]:
    """Return words that are a long name with one letter wrong, added, left out or exchanged.

    Gives word = name, all in small letters; ordinary words and the names themselves are none.
    """
    long = sorted(name for name in names if len(name) >= LONG)
    if not long:
        return {}
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a browser lacks it

    known, found = read_lists(), {}
    for word in words:
        if len(word) < LONG - 1 or word in names or word in known.common or \
                word in ORDINARY_WORDS:
            continue
        like = next((name for name in long if abs(len(name) - len(word)) < 2
                     and name[0] == word[0] and name[:-1] != word[:len(name) - 1]
                     and OSA.distance(name, word, score_cutoff=1) == 1), "")
        if like:
            found[word] = like
    return found
