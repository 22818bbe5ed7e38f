"""What a draft says of one question, and why."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from wbkit.intake.draft.misspelt import misspelt
from wbkit.intake.draft.refusals import refusals
from wbkit.intake.sheet import Hint
from wbkit.text.excel_dates import from_excel_date
from wbkit.text.normalise import tidy

SAMPLED = 2_500  # cells: of a larger file a draft may see a part
IN_BRACKETS = re.compile(r"\s*\([^()]*\)?\s*$")  # "Anders (geef nadere toelichting)"
PUNCTUATION = re.compile(r"[^\w\s]|_")


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
    slugs
        Whether the file names options without spaces, and so may put one between them.
    nameless
        Whether the file has no heading here.
    elsewhere
        How often answers were given to other questions on the same list.
    """

    heading: str
    cells: Sequence[str]
    hint: Hint = Hint()
    language: str = "nl"
    shared: tuple[str, ...] = ()
    slugs: bool = False
    nameless: bool = False
    elsewhere: Mapping[str, int] = field(default_factory=dict)

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
        """Cell = the answer; one that was misspelt is the answer that it resembles."""
        return {cell: self.misspelt.get(form, form) for cell, form in self._written.items()}

    @cached_property
    def misspelt(self) -> dict[str, str]:
        """Answer that hardly anybody gave = the usual one that it resembles."""
        counts = Counter(self._written[cell] for cell in self.filled)
        part = len(self.cells) >= SAMPLED  # in a part of a large file nothing is known to be rare
        return {} if self.hint.values or part else misspelt(counts, self.elsewhere)

    @cached_property
    def _written(self) -> dict[str, str]:
        """Cell = the way in which most write it: spaces and capitals make no other answer."""
        counts = Counter(map(tidy, self.filled))
        best: dict[str, str] = {}
        for text, _ in counts.most_common():
            best.setdefault(text.casefold(), text)
        dates = from_excel_date(list(best.values()))
        forms = {cell: best[tidy(cell).casefold()] for cell in dict.fromkeys(self.filled)}
        return {cell: dates.get(form, form) for cell, form in forms.items()}

    @cached_property
    def excel_dates(self) -> dict[str, str]:
        """Cell = the answer of which Excel made a date."""
        dates = from_excel_date(list(dict.fromkeys(map(tidy, self.filled))))
        return {cell.strip(): dates[tidy(cell)] for cell in self.forms if tidy(cell) in dates}

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each answer was given, the most frequent first."""
        return Counter(dict(Counter(self.forms[cell] for cell in self.filled).most_common()))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The answers that are no answer."""
        known = dict.fromkeys(self.hint.missing)
        every = dict.fromkeys((*self.shared, *self.hint.values), 0) | self.counts
        found = refusals(every, self.question, self.hint.missing)
        return tuple(known | dict.fromkeys(found))

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


def corrections(column: Column, values: Sequence[str]) -> dict[str, str]:
    """Return the answers that are a value but for spaces, capitals, or a date of Excel."""
    return column.excel_dates | {cell.strip(): form for cell, form in column.forms.items()
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


def other_stem(answer: str) -> str:
    """Return the option of "Anders, namelijk: …": what stands before the mark."""
    return tidy(re.split("[:,]", answer, maxsplit=1)[0])


def is_other(answer: str) -> bool:
    """Whether an answer is the free option, with or without own words behind it."""
    stem = other_stem(answer)
    return any(plain(one).removesuffix(" namelijk") in lexicon()["other"]
               for one in (stem, without_brackets(stem)))


def without_brackets(option: str) -> str:
    """Return "Anders" of "Anders (geef nadere toelichting)"."""
    return IN_BRACKETS.sub("", option)
