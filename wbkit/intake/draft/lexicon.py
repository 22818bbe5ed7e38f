"""What is known beforehand of questionnaires: scales, missing codes, sensitive questions."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wbkit.text.normalise import tidy

MARKS = re.compile(r"[^\w\s]|_")
NUMBERED = re.compile(r"(?P<number>\d{1,2})\s*(?:[-=.:)]\s*|\s+)(?P<words>\D.*)")
LEAST = 3  # answers of a scale that must be there before another answer is set beside it


@dataclass(frozen=True)
class Scale:
    """A scale that the answers follow.

    Parameters
    ----------
    name
        Its words, by language.
    kind
        ``ordinal``, or ``nominal`` for yes and no.
    values
        The answers in order.
    beside
        Answers that are no step of it.
    agree, neutral
        Answers that count as "agree", and the middle one.
    """

    name: dict[str, str]
    kind: str
    values: tuple[str, ...]
    beside: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    neutral: str | None = None


@cache
def lexicon() -> dict[str, Any]:
    """Return the words of lexicon.toml."""
    return tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Return words in small letters, without marks and without "mee".

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Comparable with the words of the lexicon.
    """
    words = MARKS.sub(" ", tidy(text).casefold().replace("'", "").replace("’", "")).split()
    return " ".join(word for word in words if word != "mee")


def mentions(text: str, topic: str) -> bool:
    """Whether a question holds one of the words of a topic, as whole words.

    Parameters
    ----------
    text
        The question.
    topic
        A list of lexicon.toml.

    Returns
    -------
    bool
        True when it does.
    """
    words = f" {plain(text)} "
    return any(f" {one} " in words for one in lexicon()[topic])


def starts(text: str, topic: str) -> bool:
    """Whether a text begins with one of the words of a topic.

    Parameters
    ----------
    text
        A question or an answer.
    topic
        A list of lexicon.toml.

    Returns
    -------
    bool
        True when it does.
    """
    return any(f"{plain(text)} ".startswith(f"{one} ") for one in lexicon()[topic])


def is_missing(answer: str, question: str) -> bool:
    """Whether an answer is no answer; to a question of knowledge "don't know" is one.

    Parameters
    ----------
    answer
        An answer.
    question
        The question.

    Returns
    -------
    bool
        True for "weet ik niet", "n.v.t." and the like.
    """
    known = plain(answer) in lexicon()["missing"]
    return known and not starts(question, "knowing") or tidy(answer) in ("-", "--", "?")


def other_stem(answer: str) -> str:
    """Return the option of "Anders, namelijk: …": what stands before the mark.

    Parameters
    ----------
    answer
        An answer.

    Returns
    -------
    str
        The answer up to the first colon or comma.
    """
    return tidy(re.split("[:,]", answer, maxsplit=1)[0])


def is_other(answer: str) -> bool:
    """Whether an answer is the free option, with or without own words behind it.

    Parameters
    ----------
    answer
        An answer.

    Returns
    -------
    bool
        True for "Anders", "iets anders: …" and the like.
    """
    return plain(other_stem(answer)).removesuffix(" namelijk") in lexicon()["other"]


def recognise(answers: Iterable[str]) -> Scale | None:
    """Return the scale that answers follow.

    Parameters
    ----------
    answers
        Different answers, without missing codes.

    Returns
    -------
    Scale or None
        The scale of which most answers are a step: all of them, or all but one.
    """
    answers = list(answers)
    found = [scale for entry in lexicon()["scales"] if (scale := _fits(entry, answers))]
    best = max(found, key=lambda scale: len(scale.values), default=None)
    return best or _numbered(answers)


def _fits(entry: dict[str, Any], answers: Sequence[str]) -> Scale | None:
    place = {words: step for step, ways in enumerate(entry["steps"]) for words in ways}
    known = {answer: place[plain(answer)] for answer in answers if plain(answer) in place}
    beside = tuple(answer for answer in answers if answer not in known)
    enough = len(known) >= (LEAST if beside else 2) and len(beside) <= 1
    if not enough or len(set(known.values())) < len(known):
        return None
    if not entry.get("numbers", True) and all(map(str.isdigit, known)):
        return None
    values = tuple(sorted(known, key=known.__getitem__))
    middle = [value for value in values if known[value] == entry.get("neutral")]
    centred = bool(middle) and len(values) == 2 * values.index(middle[0]) + 1
    agree = tuple(value for value in values if known[value] in entry.get("agree", ()))
    return Scale(entry["name"], entry.get("kind", "ordinal"), values, beside, agree,
                 middle[0] if centred else None)


def _numbered(answers: Sequence[str]) -> Scale | None:
    """Recognise answers that carry their own number: "1 = nooit"."""
    found = {answer: NUMBERED.fullmatch(answer) for answer in answers}
    if len(answers) < LEAST or not all(found.values()):
        return None
    number = {answer: int(match["number"]) for answer, match in found.items()}
    if len(set(number.values())) < len(number):
        return None
    return Scale({"nl": "genummerd", "en": "numbered"}, "ordinal",
                 tuple(sorted(number, key=number.__getitem__)))
