"""How a Dutch report is read: words made comparable, and the constructions of claims.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

WORD = re.compile(r"\d{4}-\d{4}|[^\W_]+(?:['’][^\W_]+)*")
ENDINGS = re.compile(r"(?:en|e|n|t|d|s|te|de)$")
TAKERS = "TAKERS"  # stands for those who took part, apart from everyone
TOOK_PART = re.compile(r"\b(?:deelnemers|respondenten|invullers)\b", re.IGNORECASE)
NOT, BARE = "NOT", ("niet", "geen")
ORDER = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
ORDINAL = re.compile(rf"\b({'|'.join(ORDER)}) (versie|stelling|ronde)\b", re.IGNORECASE)
SAME_WORD, COMPOUND = 1.0, .75
FIRST = re.compile(
    r"\b(?:het (?:vaakst|meest)|de meeste|(?:de |het )?meest|vooral|met name|(?:de |het )?"
    r"(?:hoogste|hoogst|grootste|belangrijkste|voornaamste|populairste)|bovenaan|voorop"
    r"|op (?:nummer |plaats )?(?:1|één|een)\b|de meerderheid)\b", re.IGNORECASE)
LAST = re.compile(
    r"\b(?:het minst(?: vaak)?|de minste|(?:de |het )?(?:laagste|laagst|kleinste)|onderaan"
    r"|het zeldzaamst|op de laatste plaats|de minst)\b", re.IGNORECASE)
PLACE = re.compile(
    rf"\bop de ({'|'.join(ORDER)}) (?:plaats|plek)|\bop (?:plaats|nummer) (\d)\b", re.IGNORECASE)
ONLY_TWO = re.compile(r",? (?:als |wanneer )?alleen (?:die|deze) twee\b.*", re.IGNORECASE)
WITH_IT = re.compile(r"\b(?:er|daar|iets|ergens)(?: \w+)? mee\b", re.IGNORECASE)
ELSEWHERE = "elsewhere"  # people whom no source counts
SHORTEST_PART = 4  # letters; a shorter word is no part of a compound
Patterns = tuple[re.Pattern[str], ...]


@cache
def load_lexicon() -> dict:
    """Return claims.toml."""
    return tomllib.loads(Path(__file__).with_name("claims.toml").read_text(encoding="utf-8"))


@cache
def patterns(name: str) -> Patterns:
    """Return the expressions of one construction."""
    return tuple(re.compile(one, re.IGNORECASE) for one in load_lexicon()["constructions"][name])


def says(name: str, sentence: str) -> bool:
    """Whether a sentence holds a construction of claims.toml."""
    return any(one.search(sentence) for one in patterns(name))


@cache
def stem(word: str) -> str:
    """Return a word without the endings of Dutch: "behandelen" and "behandeld" are one."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    plain = "".join(one for one in plain if not unicodedata.combining(one)).replace("'", "")
    if plain[:1].isdigit() or len(plain) < 4:
        return plain
    if len(plain) > 6 and plain.startswith("ge") and plain[-1] in "dt":
        plain = plain[2:]
    for __ in range(2):
        shorter = ENDINGS.sub("", plain)
        plain = shorter if len(shorter) > 2 else plain
    plain = re.sub(r"([aeou])\1", r"\1", plain)
    plain = re.sub(r"([bcdfghjklmnpqrstvwxz])\1$", r"\1", plain)
    return re.sub("v$", "f", re.sub("z$", "s", plain))


@cache
def _same() -> dict[str, str]:
    return {stem(word): stem(first) for first, words in load_lexicon()["same"].items()
            for word in words.split()}


@cache
def _stop() -> frozenset[str]:
    return frozenset(word.casefold() for word in load_lexicon()["stop"].split())


@cache
def _negation() -> frozenset[str]:
    return frozenset(load_lexicon()["negation"].split())


def tokens(text: str) -> list[str]:
    """Return the stems of the words that name a subject; a negation is one of them, once."""
    found = []
    text = WITH_IT.sub(" ", text)
    text = ORDINAL.sub(lambda match: f"{match[2]} {ORDER.index(match[1].casefold()) + 1}", text)
    for match in WORD.finditer(text):
        word = match[0].casefold()
        if word in _negation():
            found.append(NOT)
        if word not in _stop() and word not in BARE and word not in counted_nouns():
            found.append(_same().get(stem(word), stem(word)))
    return list(dict.fromkeys(found))


@cache
def likeness(one: str, other: str) -> float:
    """Say how alike two stems are: 1 the same, less where one is part of a compound."""
    if one == other:
        return SAME_WORD
    if NOT in (one, other) or one[:1].isdigit() or other[:1].isdigit():
        return 0.0
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_PART:
        return 0.0
    if long.startswith(short) or long.endswith(short):
        return COMPOUND
    alike = len(short) >= SHORTEST_PART + 2 and short[:5] == long[:5] and \
        len(long) - len(short) <= 3
    return COMPOUND if alike else 0.0


def best(token: str, others: Iterable[str]) -> float:
    """Return how alike a stem is to the most similar of others."""
    return max((likeness(token, other) for other in others), default=0.0)


@cache
def counted_nouns() -> frozenset[str]:
    """Return the nouns of people who are counted; they tell the unit, and not the subject."""
    return frozenset(noun for noun, unit in units().items() if unit != ELSEWHERE)


@cache
def units() -> dict[str, str]:
    """Return for each noun of people the unit of which it is a word."""
    return {noun: unit for unit, nouns in load_lexicon()["units"].items() for noun in nouns.split()}


def without_ranks(sentence: str) -> str:
    """Return a sentence without the words of a rank, which name no subject."""
    for one in (PLACE, FIRST, LAST, ONLY_TWO):
        sentence = one.sub(" ", sentence)
    return sentence
