"""What the cells of a column show of a person: an address, a number, a name."""

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Sequence

from wbkit.text.normalise import tidy
from wbkit.text.person_names import FIRST_NAMES, ORDINARY_NAMES, ORDINARY_WORDS, SURNAMES

LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"  # an accent can stand behind its letter
PARTICLES = frozenset(("de", "den", "der", "het", "in", "la", "le", "op", "te", "ten", "ter",
                       "van", "von", "el", "al", "bin", "ben", "abu"))
EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
GAP = r"[\s.‑–/()-]"
BARE = r"[\s.‑–/-]"
PAIR = r"(?:[12]\d|3[01]|0?[1-9])"
PHONE = re.compile(
    rf"(?<![\w+])(?!{PAIR}[-/. ]\d\d?[-/. ](?:19|20)\d\d(?!\d))"
    rf"\(?0{GAP}{{0,3}}[1-9](?:{GAP}{{0,3}}\d){{8}}(?!\d)"
    rf"|(?<!\w)(?:\+|00)\s?31{BARE}{{0,2}}(?:\(0\))?(?:{BARE}{{0,2}}\d){{9}}(?!\d)"
    rf"|(?<!\w)(?:\+|00)\s?[1-9]\d{GAP}{{0,2}}(?:\(0\))?(?:{GAP}{{0,2}}\d){{8,10}}(?!\d)")
ABROAD = re.compile(r"(?:\+|00)\d{1,3}[\s.-]?(?:\(0\))?(?:[\s.-]?\d){7,12}")
AMERICAN = re.compile(r"(?:\+?1[\s.-])?(?:\([2-9]\d{2}\)[\s.-]?|[2-9]\d{2}[.-])\d{3}[\s.-]\d{4}")
POSTCODE = re.compile(r"[1-9]\d{3}\s?[A-Za-z]{2}"
                      r"(?:[\s,-]+\d{1,5}\s?[A-Za-z]{0,3})?")
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
PANEL = re.compile(
    r"[0-9a-f]{24}"  # Prolific
    r"|(?:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[rR]_[0-9A-Za-z]{8,20}"  # Qualtrics
    r"|A(?=[A-Z]*\d)(?=\d*[A-Z])[0-9A-Z]{12,14}", re.ASCII)  # Mechanical Turk
PLACE = re.compile(r"-?\d{1,2}\.\d{3,}\s*[,;\s]\s*-?\d{1,3}\.\d{3,}(?:[\s,;].*)?")
STREET = re.compile(
    r"[^\W\d].*(?:straat|laan|plein|gracht|singel|dreef|kade|weg|pad|hof|steeg|dijk|park)"
    r"\b.*\s\d{1,5}\s?[a-zA-Z]{0,3}(?:\W.*)?"
    r"|(?:laan|plein|weg|hof) (?:van|der|de) .*\s\d{1,5}\s?[a-z]?(?:\W.*)?"
    r"|\d{1,5}[a-z]? .*(?:street|road|avenue|lane|drive|close|square)\b.*", re.IGNORECASE)
TOGETHER = re.compile(r"\s*[,;/&+]\s*|\s+(?:en|and)\s+")
TITLE = re.compile(
    r"(?:mevr|mevrouw|mw|dhr|de heer|heer|meneer|mijnheer|mr|mrs|ms|miss|mister|juf|juffrouw|dr|drs"
    r"|prof|meester)\.?\s+(?=\S)", re.IGNORECASE)
INITIALS = r"(?:[^\W\d_]\.?\s?-?)?(?:[^\W\d_]\.\s?){1,5}"
SHORTENED = re.compile(rf"{INITIALS}(?:[a-z']+\s)*[A-Z]\S*(?:[\s-]\S+)?|[A-Z]\S+ [A-Z]\.")
LETTERS_ONLY = re.compile(rf"{LETTERS}(?:[-'’.]+{LETTERS})*\.?")
WITH_CODE = re.compile(r"[\s,]+[(]?[A-Za-z]*\d\w*[)]?$")  # a class or an age behind a name
NONE_GIVEN = frozenset((
    "-", "--", "?", "x", "xx", "xxx", "n.v.t.", "nvt", "n/a", "na", "geen", "none", "nee", "no",
    "anoniem", "anonymous", "onbekend", "unknown", "geheim", "niemand", "nobody", "weet ik niet",
    "weet niet", "geen idee", "don't know", "liever niet", "zeg ik liever niet",
    "wil ik niet zeggen", "prefer not to say", "geen antwoord", "nog niet", "i don't know",
    "anders", "other", "heb ik niet", "heb ik nog niet",
))
ALONE = FIRST_NAMES - ORDINARY_WORDS  # first names that no other word of school is
HALF, MOST = 0.5, 0.7
MOST_LOOKED = 300
LONGEST_NAME = 6  # words of a name, particles and a title among them
LEAST_FOREIGN = 0.2  # share of known names that makes the capitals around them names too
BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
IBAN_REST = 97
VERSION = 100  # one of the four numbers of an address is at least this, those of a version are not


def given(cells: Sequence[str]) -> list[str]:
    """Return what people filled in, without "geen", "anonymous" and the like."""
    read = {cell: tidy(cell) for cell in dict.fromkeys(cells)}
    none = {cell for cell, text in read.items()
            if not text or {text.casefold(), text.casefold().rstrip(".!")} & NONE_GIVEN}
    return [read[cell] for cell in cells if cell not in none]


def share(cells: Sequence[str], fits: Callable[[str], object]) -> float:
    """Return the share of cells that fit, 0 without cells.

    Of many different cells an even part is looked at: half of a column shows in some hundreds.
    """
    counts = Counter(cells)
    looked = list(counts)[::max(len(counts) // MOST_LOOKED, 1)]
    total = sum(counts[cell] for cell in looked)
    return sum(counts[cell] for cell in looked if fits(cell)) / max(total, 1)


def is_phone(cell: str) -> bool:
    """Whether a cell is a telephone number: with its country, its first 0 or its area."""
    return any(form.fullmatch(cell) for form in (PHONE, ABROAD, AMERICAN))


def is_bsn(cell: str) -> bool:
    """Whether nine digits pass the eleven test of a citizen service number."""
    digits = re.sub(r"[\s.-]", "", cell)
    if not re.fullmatch(r"[0-9]{9}", digits) or digits == "0" * 9:
        return False
    return sum(weight * int(digit) for weight, digit in zip(BSN_WEIGHTS, digits, strict=True)) \
        % 11 == 0


def is_iban(cell: str) -> bool:
    """Whether a cell is a bank account: its letters as numbers, the head last, leave 1."""
    text = re.sub(r"[\s.]", "", cell).upper()
    if not IBAN.fullmatch(text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % IBAN_REST == 1


def is_ip(cell: str) -> bool:
    """Whether a cell is an internet address, and no number of a version."""
    try:
        address = ipaddress.ip_address(cell)
    except ValueError:
        return False
    return address.version == 6 or max(address.packed) >= VERSION


def _short(cell: str) -> bool:
    """Whether a cell is no sentence, so that what is in it is what was asked."""
    return len(cell.split()) <= LONGEST_NAME


def _is_postcode(cell: str) -> bool:
    """Whether a cell is a postcode with letters, and not the year of a class: 2024AB."""
    return bool(POSTCODE.fullmatch(cell)) and cell[:2] not in ("19", "20")


FORMS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("email", lambda cell: _short(cell) and EMAIL.search(cell)), ("iban", is_iban),
    ("phone", lambda cell: is_phone(cell) or (_short(cell) and PHONE.search(cell))), ("ip", is_ip),
    ("panel_id", PANEL.fullmatch), ("postcode", _is_postcode),
    ("coordinate", PLACE.fullmatch), ("bsn", is_bsn),
)


def personal_form(cells: Sequence[str]) -> str:
    """Return what more than half of the cells are, whatever stands above them, or ``""``.

    Gives email, phone, iban, ip, panel_id, postcode, coordinate or bsn. Of random numbers of nine
    digits one in eleven passes the test of a bsn; therefore nearly all have to.
    """
    filled = given(cells)
    for form, fits in FORMS:
        least = 0.9 if form == "bsn" else HALF
        if filled and share(filled, fits) > least and (form != "bsn" or len(set(filled)) > 1):
            return form
    return ""


def is_name(cell: str) -> bool:
    """Whether a cell is surely the name of somebody: ``Ada Bedenksel``, ``mevr. Bakker``."""
    if is_full_name(cell) or is_first_name(cell):
        return True
    several = [part for part in TOGETHER.split(cell) if part]
    return len(several) > 1 and all(is_full_name(one) or is_first_name(one) for one in several)


def is_first_name(cell: str) -> bool:
    """Whether a cell is one known first name that is no ordinary word."""
    word = cell.casefold()
    return word in ALONE and (cell[:1].isupper() or word not in ORDINARY_NAMES)


def may_be_name(cell: str) -> bool:
    """Whether a cell could be a name where a name was asked for."""
    words = TITLE.sub("", cell).replace(",", " ").split()
    if not 0 < len(words) <= LONGEST_NAME or not all(map(LETTERS_ONLY.fullmatch, words)):
        return False
    if is_name(cell):
        return True
    real = [word for word in words if word.casefold() not in PARTICLES]
    return bool(real) and all(_written_as_name(word) for word in real)


def is_ordinary(cell: str) -> bool:
    """Whether a cell holds an ordinary word of school and work, and no known name."""
    words = [word.strip(".,").casefold() for word in re.split(r"[\s/-]+", cell)]
    return any(word in ORDINARY_WORDS for word in words) and not is_name(cell)


def holds_names(cells: Sequence[str]) -> bool:
    """Whether a column holds names of people, whatever stands above it."""
    filled = given(cells)
    full = share(filled, is_full_name)
    alone = share(filled, is_first_name)
    foreign = full >= LEAST_FOREIGN and share(filled, may_be_name) > 1 - LEAST_FOREIGN
    return full > HALF or full + alone >= MOST or foreign


def may_hold_names(cells: Sequence[str]) -> bool:
    """Whether a column could hold names where names were asked for."""
    return holds_names(cells) or share(given(cells), may_be_name) >= HALF


def is_full_name(cell: str) -> bool:
    """Whether a cell is a first name or initials with a surname behind it."""
    cell = WITH_CODE.sub("", cell)
    words = cell.split()
    if not 2 <= len(words) <= LONGEST_NAME or any(sign.isdigit() for sign in cell):
        return False
    if TITLE.match(cell):
        return _follows(TITLE.sub("", cell).split())
    if "," in cell:
        last, _, first = cell.partition(",")
        return _follows(last.split()) and _opens(first.strip())
    return bool(SHORTENED.fullmatch(cell)) or (_opens(words[0]) and _follows(words[1:]))


def _opens(first: str) -> bool:
    """Whether a full name can open with this: a known first name or initials."""
    word = first.split()[0] if first.split() else ""
    parts = {word.casefold(), *word.casefold().split("-")}
    return bool(parts & FIRST_NAMES) or bool(re.fullmatch(INITIALS, first))


def _follows(words: Sequence[str]) -> bool:
    """Whether words can stand behind a first name or a title."""
    real = [word for word in words if word.casefold() not in PARTICLES]
    known = all(word.casefold() in SURNAMES | FIRST_NAMES or _written_as_name(word)
                for word in real)
    return bool(real) and known


def _written_as_name(word: str) -> bool:
    small = word.casefold().strip(".")
    if small in FIRST_NAMES | SURNAMES:
        return True
    return word[0].isupper() and small not in ORDINARY_WORDS and (
        not word.isupper() or len(word) == 1 or "-" in word)
