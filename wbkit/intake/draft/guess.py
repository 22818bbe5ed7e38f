"""What a draft says of one question, and why."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from wbkit.intake.sheet import Hint
from wbkit.text.normalise import tidy

PUNCTUATION = re.compile(r"[^\w\s]|_")
NUMBERED = re.compile(r"(?P<number>\d{1,2})\s*(?:[-=.:)]\s*|\s+)(?P<words>\D.*)")
LEAST_OF_SCALE = 3  # answers of a scale that must be there before another answer is set beside it


@dataclass(frozen=True)
class Column:
    """One column of a raw file that holds answers.

    Parameters
    ----------
    heading
        Its heading.
    cells
        Text, ``""`` for an empty cell.
    hint
        What the file itself says about it.
    language
        In which language reasons are written.
    shared
        Answers to the questions beside it that have the same list.
    """

    heading: str
    cells: Sequence[str]
    hint: Hint = Hint()
    language: str = "nl"
    shared: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The words of the question."""
        return self.hint.label or self.heading

    @cached_property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if tidy(cell)]

    @cached_property
    def forms(self) -> dict[str, str]:
        """Cell = the way in which most write it: spaces and capitals make no other answer."""
        counts = Counter(map(tidy, self.filled))
        best: dict[str, str] = {}
        for text, _ in counts.most_common():
            best.setdefault(text.casefold(), text)
        return {cell: best[tidy(cell).casefold()] for cell in dict.fromkeys(self.filled)}

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each answer was given, the most frequent first."""
        return Counter(dict(Counter(self.forms[cell] for cell in self.filled).most_common()))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The answers that are no answer."""
        known = dict.fromkeys(self.hint.missing)
        return tuple(known | dict.fromkeys(
            answer for answer in (*self.counts, *self.shared)
            if answer not in known and is_missing(answer, self.question)))

    @cached_property
    def answers(self) -> list[str]:
        """The different answers without missing codes."""
        every = dict.fromkeys((*self.counts, *self.shared))
        return [answer for answer in every if answer not in self.missing]


@dataclass(frozen=True)
class Guess:
    """A draft of one item.

    Parameters
    ----------
    name
        Its id.
    column
        The column that it describes.
    fields
        Keys and values as study.toml has them.
    reasons
        Key = why, in words.
    family
        The scale that the answers follow.
    """

    name: str
    column: Column
    fields: Mapping[str, Any]
    reasons: Mapping[str, str] = field(default_factory=dict)
    family: str = ""

    @property
    def kind(self) -> str:
        """The kind of the item."""
        return self.fields["kind"]


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


def corrections(column: Column, values: Sequence[str]) -> dict[str, str]:
    """Return the answers that are a value but for spaces or capitals."""
    return {cell.strip(): form for cell, form in column.forms.items()
            if form in values and cell.strip() != form}


@cache
def lexicon() -> dict[str, Any]:
    """Return the words of lexicon.toml."""
    return tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Return words in small letters, without marks and without "mee"."""
    words = PUNCTUATION.sub(" ", tidy(text).casefold().replace("'", "").replace("’", "")).split()
    return " ".join(word for word in words if word != "mee")


def mentions(text: str, topic: str) -> bool:
    """Whether a question holds one of the words of a topic, as whole words."""
    words = f" {plain(text)} "
    return any(f" {one} " in words for one in lexicon()[topic])


def starts(text: str, topic: str) -> bool:
    """Whether a text begins with one of the words of a topic."""
    return any(f"{plain(text)} ".startswith(f"{one} ") for one in lexicon()[topic])


def is_missing(answer: str, question: str) -> bool:
    """Whether an answer is no answer; to a question of knowledge "don't know" is one."""
    known = plain(answer) in lexicon()["missing"]
    return known and not starts(question, "knowing") or tidy(answer) in ("-", "--", "?")


def other_stem(answer: str) -> str:
    """Return the option of "Anders, namelijk: …": what stands before the mark."""
    return tidy(re.split("[:,]", answer, maxsplit=1)[0])


def is_other(answer: str) -> bool:
    """Whether an answer is the free option, with or without own words behind it."""
    return plain(other_stem(answer)).removesuffix(" namelijk") in lexicon()["other"]


def recognise(answers: Iterable[str]) -> Scale | None:
    """Return the scale that answers follow."""
    answers = list(answers)
    found = [scale for entry in lexicon()["scales"] if (scale := _fits(entry, answers))]
    best = max(found, key=lambda scale: len(scale.values), default=None)
    return best or _numbered(answers)


def _fits(entry: dict[str, Any], answers: Sequence[str]) -> Scale | None:
    place = {words: step for step, ways in enumerate(entry["steps"]) for words in ways}
    known = {answer: place[plain(answer)] for answer in answers if plain(answer) in place}
    beside = tuple(answer for answer in answers if answer not in known)
    enough = len(known) >= (LEAST_OF_SCALE if beside else 2) and len(beside) <= 1
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
    if len(answers) < LEAST_OF_SCALE or not all(found.values()):
        return None
    number = {answer: int(match["number"]) for answer, match in found.items()}
    if len(set(number.values())) < len(number):
        return None
    return Scale({"nl": "genummerd", "en": "numbered"}, "ordinal",
                 tuple(sorted(number, key=number.__getitem__)))
