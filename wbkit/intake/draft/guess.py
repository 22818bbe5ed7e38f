"""What a draft says of one question, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wbkit.intake.draft.lexicon import is_missing, mentions
from wbkit.intake.sheet import Hint
from wbkit.text.normalise import tidy


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


def corrections(column: Column, values: Sequence[str]) -> dict[str, str]:
    """Return the answers that are a value but for spaces or capitals.

    Parameters
    ----------
    column
        The column.
    values
        The values and missing codes of the item.

    Returns
    -------
    dict of str to str
        As they are written = the value.
    """
    return {cell.strip(): form for cell, form in column.forms.items()
            if form in values and cell.strip() != form}


def sensitivity(column: Column, *, describes: bool) -> dict[str, str]:
    """Return the sensitivity that the words of the question suggest.

    Parameters
    ----------
    column
        The column.
    describes
        Whether the answers say what somebody is, not what somebody thinks.

    Returns
    -------
    dict
        ``sensitivity`` = class, empty when nothing suggests one.
    """
    if mentions(column.question, "health"):
        return {"sensitivity": "health"}
    describes = describes and not mentions(column.question, "mark")  # a mark is an opinion
    return {"sensitivity": "quasi"} if describes and mentions(column.question, "quasi") else {}
