"""What an interpretation says without a Table: literal numbers, ranks, changes and causes."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wbkit.findings.claims.amounts import amounts
from wbkit.findings.claims.report_text import sentences
from wbkit.findings.claims.words import FIRST, LAST, PLACE, patterns
from wbkit.findings.slots import SLOT
from wbkit.messages import mark
from wbkit.text.quotations import quotations

SORTS = {"number": mark("a number that no Table gives"),
         "rank": mark("a rank or comparison that no Table gives"),
         "change": mark("a change, which nobody measured"),
         "cause": mark("a cause, which nobody studied"),
         "significance": mark("significance, or what holds for everybody")}
SHARED = ("cause", "change", "significance")  # with claims.toml, in Dutch
FREE_WHEN_DENIED = ("cause", "change")
BLANK = "·"
SHORTEST_LABEL = 4  # letters; a shorter word is no name of an answer


@dataclass(frozen=True)
class Overclaim:
    """Words of an interpretation that no Table supports.

    Parameters
    ----------
    sort
        ``number``, ``rank``, ``change``, ``cause`` or ``significance``.
    words
        The words.
    sentence
        The sentence in which they stand.
    """

    sort: str
    words: str
    sentence: str


def overclaims(text: str, language: str, *, labels: Iterable[str] = ()) -> list[Overclaim]:
    """Return what a text says outside its slots that only a Table may say.

    Free are quotations, words of the study (`labels`), and what is told as what people said
    ("volgens studenten hielp") or as not known.

    Parameters
    ----------
    text
        A text with slots, in one language.
    language
        ``nl`` or ``en``.
    labels
        Words of answers and questions, in which such words may stand.

    Returns
    -------
    list of Overclaim
        In the order of the text; empty when all is in order.
    """
    named = sorted({one for one in labels if len(one) >= SHORTEST_LABEL}, key=len, reverse=True)
    return [found for sentence in sentences(text)
            for found in _in_sentence(sentence, _free(sentence, language, named), language)]


def _free(sentence: str, language: str, labels: list[str]) -> str:
    """Blank slots, quotations, words of the study and numbers that count nothing."""
    text = SLOT.sub(_blank, sentence)
    for __, quote in quotations(text):
        text = text.replace(quote, BLANK * len(quote))
    for one in labels:
        text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", _blank, text, flags=re.IGNORECASE)
    for one in _patterns(language, "uncounted"):
        text = one.sub(_blank, text)
    return text


def _blank(match: re.Match) -> str:
    return BLANK * len(match[0])


def _in_sentence(sentence: str, text: str, language: str) -> Iterator[Overclaim]:
    free = _says(language, "denied", text) or _says(language, "witness", text)
    for sort in SORTS:
        if sort in FREE_WHEN_DENIED and free:
            continue
        found = next(_found(sort, text, language), "")
        if found:
            yield Overclaim(sort, found, sentence)


def _found(sort: str, text: str, language: str) -> Iterator[str]:
    if sort == "number" and language == "nl":
        yield from (text[one.start:one.end] for one in amounts(text))
    known = [*_patterns(language, sort)]
    if sort == "rank":
        known += [*_patterns(language, "compared"), *((FIRST, LAST, PLACE) if language == "nl"
                                                      else ())]
    if sort in SHARED and language == "nl":
        known += patterns(sort)
    yield from (match[0] for one in known if (match := one.search(text)))


def _says(language: str, name: str, text: str) -> bool:
    return any(one.search(text) for one in _patterns(language, name))


@cache
def _patterns(language: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of overclaims.toml."""
    return tuple(re.compile(one, re.IGNORECASE) for one in load_rules()[language].get(name, ()))


@cache
def load_rules() -> dict:
    """Return overclaims.toml."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
