"""The numbers of a Dutch sentence: shares, counts and means, and how roughly each is meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

UNITS = {"nul": 0, "één": 1, "eén": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6,
         "zeven": 7, "acht": 8, "negen": 9}
TEENS = {"tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15,
         "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19}
TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
        "tachtig": 80, "negentig": 90}
JOINED = {f"{'een' if one == 'één' else one}{'ën' if one in ('twee', 'drie') else 'en'}{ten}": n + m
          for one, n in UNITS.items() if n and one != "eén" for ten, m in TENS.items()}
HUNDREDS = {"honderd": 100, "duizend": 1000} | {
    f"{one}honderd": 100 * n for one, n in UNITS.items() if n > 1}
WORDED = UNITS | TEENS | TENS | JOINED | HUNDREDS
PARTS = {"kwart": 4, "derde": 3, "vijfde": 5, "zesde": 6, "achtste": 8, "tiende": 10}
FRACTIONS = {"helft": 1 / 2, "kwart": 1 / 4} | {  # also "tweederde", in one word
    f"{one}{part}": n / whole for part, whole in PARTS.items()
    for one, n in {"een": 1, **UNITS}.items() if 0 < n < whole}
ABOUT = r"ongeveer|circa|ca\.|rond(?: de)?|zo[’']n|grofweg|om en nabij|zowat"
ALMOST = r"bijna|krap|net geen|net niet|een kleine|nog geen|iets minder dan|net minder dan"
OVER = r"ruim|iets meer dan|net iets meer dan|net meer dan|net boven|goed|dik"
MORE, LESS = r"meer dan|boven", r"minder dan|onder"
ROUGHLY = [("about", ABOUT), ("almost", ALMOST), ("over", OVER), ("more", MORE), ("less", LESS),
           ("least", r"minstens|ten minste|minimaal"), ("most", r"hooguit|hoogstens|maximaal")]
ROUGH_POINTS, SIDE, LOOSE, FRACTION = .02, .04, .10, .01  # points of the base, from 0 to 1
DIGITS = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+(?:,\d+)?"
NUMBER = rf"(?:{DIGITS}|(?:{'|'.join(sorted(WORDED, key=len, reverse=True))})\b)"
ONE = rf"(?:{NUMBER}|een\b)"
YEAR = r"(?:19|20)\d\d"
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
LABELS = (r"tabel|figuur|hoofdstuk|paragraaf|bijlage|pagina|blz\.?|vraag|niveau|niveaus|leerjaar"
          r"|stelling|deel|versie|stap|lokaal|bron|noot|nummer|nr\.|leerlijn|onderzoekslijn|lijn")
NO_NUMBER = re.compile(  # digits that name something and count nothing
    rf"\b{YEAR}\s?[-/–]\s?(?:{YEAR}|\d\d)\b|(?<![\d.,]){YEAR}\b(?! (?:van|student|team|procent))"
    rf"|\b\d\d?[.:]\d\d uur\b|\b(?:\d\d? (?:tot|en|tot en met|t/m) )?\d\d? (?:{MONTHS})\b"
    rf"|\b(?:{LABELS}) \d[\d.,]*"
    r"(?:(?: en | of |, )\d+)*"
    rf"|\b(?:hoofdstuk|deel|versie|stap) (?:{'|'.join(WORDED)})\b|\b[pP] ?[<>=] ?0?,\d+"
    r"|\b0\d{1,3}[ -]*[-–]? ?\d[\d ]{5,}|\b[A-Z]\d+\b"
    r"|\b(?:die|beide|deze) (?:twee|drie|vier)\b"
    rf"|\b(?:{'|'.join(WORDED)}|\d+) (?:vormen|soorten|manieren|aspecten|thema's|lijnen|pijlers)\b"
    r"|\bvan (?:1|één|een)(?: \([^)]*\))? (?:tot(?: en met)?|t/m) (?:5|10|7|4|vijf|tien)\b")
SHARED = re.compile(r"^\s?(?:%|procent\b|pct\b)")
GRADE = re.compile(rf"\b(?:een|cijfer) ({NUMBER}) (?:of|en) (lager|minder|hoger|meer)\b"
                   r"|\b(?:gaf|gaven|geeft|geven|krijg\w*|kreeg|kregen)\b[^.;]*?\been "
                   rf"(\d\d?|{'|'.join([*UNITS, 'tien'])})"
                   r"(?=[ .;:!?]|,(?!\d)|$)(?! (?:op|van|procent|%|of|en)\b)", re.IGNORECASE)

NUMBERS = re.compile(rf"\b{NUMBER}|\b(?:{'|'.join({**FRACTIONS, **PARTS})})\b|%|\bprocent\b"
                     r"|\b(?:meer|minder)derheid\b|\been\b|\balle\b", re.IGNORECASE)
ROUGH = re.compile(rf"\b(?:{ALMOST}|{OVER}|{MORE}|{LESS})(?= (?:de )?\s)", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A number as it is written, and between which two the true one lies.

    Parameters
    ----------
    kind
        ``share`` (from 0 to 1), ``count`` (with or without a base) or ``mean``.
    value, low, high
        What is written, and the range that it allows.
    start, end
        Where it stands in the sentence.
    base
        Of how many units, where the sentence says so.
    rough
        Whether it is a fraction in words beside which a precise number can stand.
    """

    kind: str
    value: float
    low: float
    high: float
    start: int
    end: int
    base: float | None = None
    rough: bool = False

    def holds(self, number: float) -> bool:
        """Whether a number is what was written, rounded as it was written."""
        return self.low - 1e-9 <= number <= self.high + 1e-9


def number_of(words: str) -> float:
    """Return the number that a Dutch word or digits stand for."""
    words = words.casefold()
    if words in WORDED or words == "een":
        return float(WORDED.get(words, 1))
    return float(words.replace(".", "").replace(",", "."))


def amounts(sentence: str) -> list[Amount]:
    """Return what a sentence counts, in its order; years, pages and names of things are left out.

    A fraction in words becomes loose where a precise share or a count with its base stands in the
    same sentence: "ruim de helft (57 %)".
    """
    text = without_grade(NO_NUMBER.sub(_blank, sentence))
    found: list[Amount] = []
    for reader in (_totals, _pairs, _ratios, _fractions, _shares, _plain):
        for one in reader(text):
            if all(one.end <= other.start or one.start >= other.end for other in found):
                found.append(one)
    found.sort(key=lambda one: one.start)
    return _loosened(found)


def without_amounts(sentence: str, found: list[Amount]) -> str:
    """Return a sentence without its numbers; other words between them stay."""
    for one in reversed(found):
        inside = NUMBERS.sub(" ", sentence[one.start:one.end])
        sentence = f"{sentence[:one.start]} {inside} {sentence[one.end:]}"
    return ROUGH.sub(" ", sentence)


def without_grade(sentence: str) -> str:
    """Return a sentence in which a grade ("a six or lower", "gave an 8") is blank."""
    match = GRADE.search(sentence)
    if match is None:
        return sentence
    start, end = match.start(1 if match[1] else 3), match.end()
    return f"{sentence[:start]}{'·' * (end - start)}{sentence[end:]}"


def _blank(match: re.Match) -> str:
    return "·" * len(match[0])


def _loosened(found: list[Amount]) -> list[Amount]:
    """Widen a fraction in words next to which the precise number stands."""
    exact = [one.value if one.kind == "share" else one.value / one.base for one in found
             if not one.rough and (one.kind == "share" or one.base)]
    return [replace(one, low=one.value - LOOSE, high=one.value + LOOSE)
            if one.rough and any(abs(one.value - other) <= LOOSE for other in exact) else one
            for one in found]


def _way(text: str, start: int) -> str:
    """Say which word before a number makes it rough, if any."""
    before = text[max(0, start - 24):start].casefold()
    return next((way for way, words in ROUGHLY
                 if re.search(rf"(?:^|\W)(?:{words})(?: de| een| dan)? $", before)), "")


def _range(value: float, way: str, own: float, side: float, most: float) -> tuple[float, float]:
    """Return the range that a number and the word before it allow."""
    return {"": (value - own, value + own),
            "about": (value - side / 2, value + side / 2), "almost": (value - side, value),
            "over": (value, value + side), "more": (value, most), "less": (0.0, value),
            "least": (value, most), "most": (0.0, value)}[way]


def _share(value: float, text: str, span: tuple[int, int], *, own: float,
           rough: bool = False) -> Amount:
    low, high = _range(value, _way(text, span[0]), own, SIDE, 1.0)
    return Amount("share", value, low, high, *span, rough=rough)


def _count(value: float, text: str, span: tuple[int, int], base: float | None = None) -> Amount:
    low, high = _range(value, _way(text, span[0]), 0, max(SIDE * value, 2), float("inf"))
    return Amount("count", value, low, high, *span, base)


def _totals(text: str) -> Iterator[Amount]:
    """Yield "alle vier de teams", "geen van de vier teams", "geen enkel team"."""
    for match in re.finditer(rf"\b(alle|geen van(?: de)?) ({NUMBER})", text, re.IGNORECASE):
        base = number_of(match[2])
        yield _count(base if match[1][0] in "aA" else 0, text, match.span(), base)
    for match in re.finditer(r"\bgeen enkel[e]? (?=team|student)", text, re.IGNORECASE):
        yield _count(0, text, match.span())


def _pairs(text: str) -> Iterator[Amount]:
    """Yield "5 van de 14", and "van de 14 studenten voelen er 5"."""
    plain = rf"\b({ONE}) (?:van|uit)(?: de| alle| onze| deze)? ({NUMBER})(?! ?%| procent)"
    for match in re.finditer(plain, text, re.IGNORECASE):
        yield _count(number_of(match[1]), text, match.span(), number_of(match[2]))
    turned = rf"\b(?:van|onder) de ({NUMBER}) [^.;()]*?\b({NUMBER})\b(?! ?%| procent| op de)"
    clauses = [0, *(found.end() for found in re.finditer(r", (?=van )", text)), len(text)]
    for start, end in pairwise(clauses):
        match = re.search(turned, text[start:end], re.IGNORECASE)
        if match and not re.search(plain, text[start:end], re.IGNORECASE):
            span = start + match.start(), start + match.end()
            yield _count(number_of(match[2]), text, span, number_of(match[1]))


def _ratios(text: str) -> Iterator[Amount]:
    """Yield "drie op de tien"."""
    for match in re.finditer(rf"\b({ONE}) op (?:de|elke|iedere) ({NUMBER})", text, re.IGNORECASE):
        value = number_of(match[1]) / number_of(match[2])
        yield _share(value, text, match.span(), own=FRACTION, rough=True)


def _fractions(text: str) -> Iterator[Amount]:
    """Yield "de helft", "drie kwart", "twee derde", "een meerderheid"."""
    parts = rf"\b({ONE}) ({'|'.join(PARTS)})\b(?! (?:versie|plaats|plek|keer|jaar))"
    for match in re.finditer(parts, text, re.IGNORECASE):
        value = number_of(match[1]) / PARTS[match[2].casefold()]
        yield _share(value, text, match.span(), own=FRACTION, rough=True)
    for match in re.finditer(rf"\b({'|'.join(FRACTIONS)})\b", text, re.IGNORECASE):
        start = match.start() - 3 * text[:match.start()].endswith("de ")
        yield _share(FRACTIONS[match[1].casefold()], text, (start, match.end()), own=FRACTION,
                     rough=True)
    for match in re.finditer(r"\b(meerderheid|minderheid)\b", text, re.IGNORECASE):
        low, high = (.5, 1.0) if match[1][1] == "e" else (0.0, .5)
        yield Amount("share", .5, low, high, *match.span(), rough=True)


def _shares(text: str) -> Iterator[Amount]:
    """Yield percentages."""
    for match in re.finditer(NUMBER, text, re.IGNORECASE):
        sign = SHARED.match(text[match.end():])
        if sign:
            own = .005 * 10.0 ** -_decimals(match[0])
            span = match.start(), match.end() + sign.end()
            yield _share(number_of(match[0]) / 100, text, span, own=own)


def _plain(text: str) -> Iterator[Amount]:
    """Yield the other numbers: counts, and means where there are decimals."""
    mean = re.search(r"\bgemiddeld", text, re.IGNORECASE) is not None
    for match in re.finditer(rf"\b{NUMBER}", text, re.IGNORECASE):
        value, decimals = number_of(match[0]), _decimals(match[0])
        if decimals or mean:
            own = .5 * 10.0 ** -decimals
            low, high = _range(value, _way(text, match.start()), own, .2, float("inf"))
            yield Amount("mean", value, low, high, *match.span())
        else:
            yield _count(value, text, match.span())


def _decimals(words: str) -> int:
    return len(words.partition(",")[2])
