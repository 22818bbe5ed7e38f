"""Numbers, dates and addresses in running Dutch text that point to a person.

As people write them, and as speech recognition writes what they said: ``06 - 1234 5678``,
``nul zes twaalf …``, ``jan punt jansen apenstaartje …``, ``twaalf maart tweeduizend vijf``.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from wbkit.messages import _, mark
from wbkit.text.person_cells import PAIR, PHONE, is_bsn, is_iban

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
          "oktober", "november", "december")
SHORT_MONTHS = "jan|feb|febr|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
         "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien",
         "negentien")
TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
        "tachtig": 80, "negentig": 90}
NUMBERS = {word: number for number, word in enumerate(UNITS)} | TENS | {"één": 1, "nulnul": 0} | {
    f"{unit}{joint}{ten}": tens + number for ten, tens in TENS.items()
    for number, unit in enumerate(UNITS[1:10], start=1) for joint in ("en", "ën")}
NUMBER_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
ORDINALS = r"eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende"
DAY_WORD = (rf"(?:{NUMBER_WORD}|{ORDINALS}|(?:elf|twaalf|dertien|veertien|vijftien|zestien"
            r"|zeventien|achttien|negentien)de|(?:\w+(?:en|ën))?(?:twintig|dertig)ste)")
YEAR_WORD = rf"(?:negentien(?:honderd)?|twee\s?duizend|twintig)(?:\s?(?:en\s)?(?:{NUMBER_WORD}))?"
CALENDAR = rf"{PAIR}\s?[-/.]\s?(?:1[0-2]|0?[1-9])\s?[-/.]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)"
STREETS = r"straat|laan|plein|gracht|singel|dreef|plantsoen|steeg|kade"
STREETS_TOO = r"weg|dijk|hof|pad|park|ring|wal|veld|berg|markt|kamp|erf|akker|land|brink|tuin|haven"
NO_STREET = r"onderweg|snelweg|halverwege|fietspad|spoorweg|hoofdweg|leerpad|stappenplan"
BEFORE = r"(?:lange|korte|oude|nieuwe|grote|kleine|hoge|lage|eerste|tweede|derde|verlengde|achter)"
NAMED_AFTER = (  # Burgemeester de Vries-, Lange Kerk-
    r"(?:(?!(?:In|Op|Aan|Bij|De|Het|Naar|Van(?!\s[A-ZÀ-Ý])|Uit|Ons|Mijn|Ik|Adres|Daar|En|Nu)\b)"
    r"[A-ZÀ-Ý][\w'’.-]*\s"
    r"(?:(?:de|van|den|der|ter|ten|van\sde|van\sder|van\sden)\s)?){0,3}?")
HOUSE = (rf"(?:\d{{1,5}}(?:\s?-?[a-zA-Z]\b|-\d{{1,3}}\b)?|(?:{NUMBER_WORD})\b)"
         r"(?!\s*(?:uur|minuten|euro|jaar|keer|%|procent|punten|studenten|leerlingen))")
PLATE = "|".join((
    r"[a-z]{2}-?\d\d-?\d\d", r"\d\d-?\d\d-?[a-z]{2}", r"\d\d-?[a-z]{2}-?\d\d",
    r"[a-z]{2}-?\d\d-?[a-z]{2}", r"[a-z]{2}-?[a-z]{2}-?\d\d", r"\d\d-?[a-z]{2}-?[a-z]{2}",
    r"\d\d-?[a-z]{3}-?\d", r"\d-?[a-z]{3}-?\d\d",
    r"[a-z]{2}-?\d{3}-?[a-z]", r"[a-z]-?\d{3}-?[a-z]{2}",
    r"[a-z]{3}-?\d\d-?[a-z]", r"[a-z]-?\d\d-?[a-z]{3}", r"\d-?[a-z]{2}-?\d{3}",
    r"\d{3}-?[a-z]{2}-?\d"))  # fourteen sidecodes of the RDW
WITH_HYPHENS = re.sub(r"-\?", "-", PLATE)
ABOUT = re.compile(  # what stands shortly before a number that has no form of its own
    r"(?:student(?:en)?|leerling|stam|inlog|account|school|pas|klant|patiënt|patient|dossier|bsn"
    r"|burgerservice|sofi|personeels|deelnemer)[\s-]?(?:nummer|nr|code|no)?\b|\b(?:nummer|bsn|nr)\b",
    re.IGNORECASE)
PHONE_SAID = re.compile(
    r"(?:bel|app|appje|sms|nummer|telefoon\w*|tel|mobiel\w*|06)\b", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?:student|leerling|inlog|school|deelnemer)\w*nummer|\bnummer\s…|school|pasje", re.IGNORECASE)
CERTAIN = frozenset(("EMAIL", "TEL", "ADRES", "POSTCODE", "STUDNR", "BSN", "IBAN"))
BY_FORM = ("form", "checked", "spelled")  # reasons that need no word around a number
ORDINARY = "Een antwoord zonder nummer: in 2022 waren er 1, 10 of 100 van de rest."
SEVEN = mark("Write [0-9]{7} for a number of seven digits.")
REACH = 45  # signs before a number in which its name can stand


@dataclass(frozen=True, order=True)
class Hit:
    """A passage that can point to a person.

    Parameters
    ----------
    start, end
        Code points, half-open.
    kind
        NAAM PLAATS ORG SCHOOL TEL EMAIL URL ADRES POSTCODE DATUM STUDNR BSN IBAN KENTEKEN.
    reason
        What it was known by: ``form``, ``checked``, ``context``, ``capital``, ``list``,
        ``project``, ``near`` or ``spelled``.
    """

    start: int
    end: int
    kind: str
    reason: str


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


AT = r"(?:@|\s?[(\[{]\s?(?:at|apenstaart(?:je)?|@)\s?[)\]}]\s?|\s(?:apenstaartje|apestaartje|at)\s)"
DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punt)\s?[)\]}]\s?|\s(?:punt|dot)\s)"
EMAIL = _pattern(
    r"(?:[\w.+%'-]+(?:(?:\s(?:punt|streepje|underscore)\s|\s?[(\[](?:dot|punt)[)\]]\s?)"
    r"[\w+%'-]+)*)"
    rf"{AT}[\w-]+(?:{DOT}[\w-]+)+")
ENDING = r"(?:nl|com|org|net|eu|be|de|info|edu)"
URL = _pattern(
    r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]|www\.[^\s<>\"]+[^\s<>\".,;:!?)]"
    rf"|(?<![\w@.])[\w-]{{2,}}(?:\.[\w-]+)*\.{ENDING}\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?(?![\w@])")
HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z_][\w.]*\w")
ACCOUNT = re.compile(
    r"\b(?:insta|instagram|snap|snapchat|tiktok|twitter|discord|username|gebruikersnaam)\b"
    r"(?:\s(?:is|heet|naam|account|van|mij|mijn|dan|gewoon|als|op|onder|ik|ben)){0,3}:?\s+"
    r"(?P<hit>(?=[\w.]*[\d_.])[A-Za-z][\w.]{2,}\w)", re.IGNORECASE)
IBAN = _pattern(r"\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?\b")
DUTCH_IBAN = _pattern(r"\bnl\s?\d{2}\s?[a-z]{4}(?:\s?\d){10}\b")
SHORT_PHONE = re.compile(
    r"(?<![\w.,-])(?:6[\s-]?(?:\d[\s-]?){7}\d|\d{6,7}|\d{3}[ -]\d{2}[ -]\d{2})(?![\d.,%])")
NINE = re.compile(r"(?<![\w.,+-])\d{2,4}(?:[ .-]?\d{2,3}){2}[ .-]?\d{0,2}(?![\w]|[.,]\d)")
STUDENT = re.compile(r"(?<![\w.,-])[a-zA-Z]{0,2}\d{5,10}(?![\w%]|[.,]\d)")
SPACED = re.compile(r"(?<![\w.,-])(?:[sS]\s)?(?:\d\s){4,9}\d(?![\w%]|[.,]\d)")
CARD = re.compile(r"(?<![\w.,-])\d{4}(?:[ -]\d{4}){3}(?![\w])")
STUDENT_NAMED = _pattern(
    r"\b(?:student|leerling|stam)(?:en)?[\s-]?(?:nummer|nr|number|no)\b\.?[\s:=]*(?:is\s+)?"
    r"(?P<hit>[a-z]?\d{4,10})\b")
S_NUMBER = re.compile(r"(?<![\w.,-])[sS]\d{6,8}(?!\w)")
WRITTEN_DATE = _pattern(
    rf"(?<![\w.,-]){PAIR}\s?(?:e|ste|de)?\s?(?:van\s)?(?:{'|'.join(MONTHS)}|(?:{SHORT_MONTHS})\b\.?)"
    r"(?:,?\s(?:19|20)\d\d\b|\s'\d\d\b)?(?!\w)"
    rf"|(?<![\w.,-/]){CALENDAR}(?![\w-])"
    rf"|(?<![\w-])(?:19|20)\d\d[-/.](?:1[0-2]|0[1-9])[-/.]{PAIR}(?![\w-])")
SPOKEN_DATE = _pattern(
    rf"\b{DAY_WORD}\s(?:van\s)?(?:{'|'.join(MONTHS)})\b(?:\s(?:{YEAR_WORD})\b|\s(?:19|20)\d\d\b)?")
POSTCODE = re.compile(
    r"(?<![\w.,-])[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b(?!\w)|(?<![\w.,-])[1-9]\d{3}[a-z]{2}\b"
    r"|(?<=postcode )[1-9]\d{3}\s[a-z]{2}\b|(?<=postcode is )[1-9]\d{3}\s[a-z]{2}\b")
SAID_POSTCODE = _pattern(
    rf"\bpostcode\s(?:is\s)?(?P<hit>(?:(?:{NUMBER_WORD})\s){{2,4}}[a-z]\s?[a-z])\b")
ADDRESS = re.compile(
    rf"(?<!\w)(?!(?i:{NO_STREET})\b){NAMED_AFTER}"
    rf"(?:[A-ZÀ-Ý][\w'’-]*(?i:{STREETS}|{STREETS_TOO})"
    rf"|(?:{BEFORE}\s)?[a-zà-ý][\w'’-]{{2,}}(?:{STREETS})|(?:{BEFORE}\s)?[a-zà-ý][\w'’-]{{3,}}weg)\s(?:nummer\s)?{HOUSE}"
    rf"|\b(?:[Ll]aan|[Pp]lein|[Ww]eg|[Hh]of)\s(?:van|der|de|van\sde)\s[\w'’-]+\s{HOUSE}")
LIVED = re.compile(  # a street without an ending of streets, behind who lives there
    r"\b(?i:woon\w*|adres\w*)\s(?:[\w'’]+\s){0,3}?(?:op|aan|in|is)\s(?:(?:de|het)\s)?"
    rf"(?P<hit>[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+){{0,2}}\s{HOUSE})")
WITH_POSTCODE = re.compile(  # Dam 12, 1234 AB; 1234 AB 12; Kerkstraat 12: the rest of addresses
    r"\b[A-Z]\w+(?:\s\w+)?\s\d{1,5}(?:\s?[a-zA-Z]\b|\b),?\s+[1-9]\d{3}\s?[A-Z]{2}\b"
    r"|\b[1-9]\d{3}(?:\s?[A-Z]{2}|[a-z]{2})[\s,]+(?:nr\.?\s?|huisnummer\s)?"
    r"\d{1,5}(?:\s?[a-zA-Z]\b|\b)"
    rf"|\b(?!Onderweg\b|Snelweg\b)[A-Z]\w+(?:{STREETS}|weg)\s\d{{1,5}}(?:\s?[a-zA-Z]\b|-\d{{1,3}}\b|\b)")
STREET = re.compile(
    rf"(?:\s|\b(?:op|in|aan) de )(?!(?i:{NO_STREET})\b)"
    rf"(?P<hit>[A-ZÀ-Ý][\w'’-]+(?:{STREETS}|weg)"
    rf"|(?<=de )[a-zà-ý]{{4,}}(?:straat|laan|gracht|singel))\b")
NO_NAMED_STREET = frozenset(("winkelstraat", "hoofdstraat", "woonstraat", "zijstraat"))
CAR = _pattern(rf"(?<![\w-])(?:{WITH_HYPHENS})(?![\w-])")
CAR_SAID = _pattern(rf"\bkenteken:?(?:\sis)?\s(?P<hit>{PLATE})\b")
SAID_DIGITS = rf"(?:(?:dubbel|twee\s?keer|twee\s?maal)\s)?(?:{NUMBER_WORD})"
SPELLED = _pattern(
    rf"\b(?:plus\s)?(?:{SAID_DIGITS}|\d{{1,4}})(?:(?:[\s,-]+|\s?-\s?)(?:{SAID_DIGITS}|\d{{1,4}})\b){{3,}}")


def numbers_in(text: str, kinds: Collection[str] = ()) -> list[Hit]:
    """Return the numbers, dates and addresses of a text that can point to a person, by place.

    With `kinds` only what is of these kinds by its form alone.
    """
    taken: list[Hit] = []
    for hit in _found(text):
        if not kinds or (hit.kind in kinds and hit.reason in BY_FORM):
            free = _free(hit, taken, text)
            taken += [free] if free else []
    return sorted(taken)


def _free(hit: Hit, taken: Iterable[Hit], text: str) -> Hit | None:
    """Return a passage as far as it stands before others; None when it begins in one of them."""
    over = min((one for one in taken if one.start < hit.end and hit.start < one.end), default=None)
    if over is None:
        return hit
    end = hit.start + len(text[hit.start:over.start].rstrip(" \n\t-.,("))
    return Hit(hit.start, end, hit.kind, hit.reason) if end > hit.start and \
        over.kind != hit.kind else None


def _found(text: str) -> Iterator[Hit]:
    """Yield hits, the surest kinds first: what comes later gives way where they overlap."""
    small = text.casefold()
    if "@" in small or "at" in small or "ape" in small:
        yield from _hits(EMAIL, text, "EMAIL", _is_email)
    if "." in text or "@" in text or "/" in text:
        yield from _hits(URL, text, "URL")
        yield from _hits(HANDLE, text, "URL")
    yield from _hits(ACCOUNT, text, "URL", group="hit", reason="context")
    if _has_digit(text):
        yield from _with_digits(text)
    yield from _hits(SPOKEN_DATE, text, "DATUM", reason="spelled")
    yield from _hits(SAID_POSTCODE, text, "POSTCODE", group="hit", reason="spelled")
    if any(month in small for month in MONTHS):
        yield from _hits(SPOKEN_DATE, text, "DATUM", reason="spelled")
    yield from _spelled(text)
    yield from _hits(ADDRESS, text, "ADRES", _is_street)
    yield from _hits(LIVED, text, "ADRES", group="hit", reason="context")
    yield from _hits(STREET, text, "ADRES", _is_street, group="hit", reason="context")


def _with_digits(text: str) -> Iterator[Hit]:
    yield from _hits(DUTCH_IBAN, text, "IBAN")
    yield from _hits(IBAN, text, "IBAN", lambda one: is_iban(one[0].upper()), reason="checked")
    yield from _hits(PHONE, text, "TEL")
    yield from _hits(WRITTEN_DATE, text, "DATUM")
    yield from _hits(CAR, text, "KENTEKEN")
    yield from _hits(CAR_SAID, text, "KENTEKEN", group="hit", reason="context")
    yield from _hits(ADDRESS, text, "ADRES", _is_street)
    yield from _hits(WITH_POSTCODE, text, "ADRES")
    yield from _hits(POSTCODE, text, "POSTCODE", _is_postcode)
    yield from _hits(NINE, text, "BSN", _is_bsn, reason="checked")
    yield from _hits(SHORT_PHONE, text, "TEL", _follows(PHONE_SAID, but=ABOUT), reason="context")
    yield from _hits(STUDENT_NAMED, text, "STUDNR", group="hit")
    yield from _hits(S_NUMBER, text, "STUDNR")
    yield from _hits(STUDENT, text, "STUDNR", _follows(ABOUT), reason="context")
    yield from _hits(SPACED, text, "STUDNR")
    yield from _hits(CARD, text, "STUDNR")


def _hits(
    pattern: re.Pattern[str], text: str, kind: str,
    fits: Callable[[re.Match[str]], object] = bool, *, group: str | int = 0, reason: str = "form",
) -> Iterator[Hit]:
    for match in pattern.finditer(text):
        if fits(match):
            start, end = match.span(group)
            words = text[start:end].rstrip(" -.,(")
            yield Hit(start, start + len(words), kind, reason)


def _follows(
    pattern: re.Pattern[str], *, but: re.Pattern[str] | None = None
) -> Callable[[re.Match[str]], bool]:
    """Return whether words that tell what a number is stand shortly before it."""

    def said(match: re.Match[str]) -> bool:
        before = match.string[max(0, match.start() - REACH):match.start()]
        clause = re.split(r"[.!?;\n]\s", before)[-1]
        names = but is not None and re.search(r"student|leerling|school|bsn", clause, re.IGNORECASE)
        return bool(pattern.search(clause)) and not names

    return said


def _is_email(match: re.Match[str]) -> bool:
    """Whether "at" between words is that of an address: it has an ending."""
    return "@" in match[0] or bool(re.search(rf"(?i)[.)\]\s]{ENDING}$", match[0]))


def _is_bsn(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match[0])
    named = re.search(r"(?i)\b(?:bsn|burgerservice\w*|sofi\w*)\b.{0,25}$",
                      match.string[max(0, match.start() - REACH):match.start()])
    return bool(named and len(digits) in (8, 9)) or (len(digits) == 9 and is_bsn(digits))


def _is_postcode(match: re.Match[str]) -> bool:
    """Whether four digits and two letters are no year with a word behind it."""
    number, letters = int(match[0][:4]), match[0][-2:]
    glued = not match[0][4:5].isspace()
    return not (1900 <= number <= 2100) or (glued and letters.isupper()) or match.string[
        max(0, match.start() - 20):match.start()].rstrip().endswith((",", "postcode"))


def _is_street(match: re.Match[str]) -> bool:
    first = match[match.lastgroup or 0].split()[0].casefold()
    return first not in NO_NAMED_STREET and not first.startswith(("deze", "andere"))


def _spelled(text: str) -> Iterator[Hit]:
    """Yield telephone numbers and numbers of persons that were written as they are said."""
    for match in SPELLED.finditer(text):
        digits = digits_of(match[0])
        before = text[max(0, match.start() - REACH):match.start()]
        behind = text[match.end():match.end() + REACH]
        if match[0].isdigit() or not re.search(NUMBER_WORD, match[0], re.IGNORECASE):
            continue
        if len(digits) == 10 and digits.startswith("0"):
            yield Hit(*match.span(), "TEL", "spelled")
        elif len(digits) == 9 and (is_bsn(digits) or re.search(r"(?i)bsn|burgerservice", before)):
            yield Hit(*match.span(), "BSN", "spelled")
        elif len(digits) >= 5 and NUMBERED.search(f"{before} … {behind}"):
            yield Hit(*match.span(), "STUDNR", "spelled")
        elif len(digits) >= 8:
            yield Hit(*match.span(), "TEL", "spelled")


@cache
def digits_of(words: str) -> str:
    """Write out the digits of number words: "nul zes twaalf" is 0612."""
    said = re.sub(rf"(?i)\b(?:dubbel|twee\s?keer|twee\s?maal)\s({NUMBER_WORD})\b", r"\1 \1", words)
    parts = re.findall(rf"(?i)\b(?:{NUMBER_WORD})\b|\d+", said)
    return "".join(part if part.isdigit() else str(NUMBERS[part.casefold()]) for part in parts)


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


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def without_overlap(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits by place; of two that overlap the first, and of those the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
