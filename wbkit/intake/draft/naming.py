"""Ids that can be read: made from the words of a question, each once."""

import re
from collections import Counter
from collections.abc import Sequence

from wbkit.intake.draft.lexicon import lexicon, plain
from wbkit.study.moments import MINUTES, MOMENT
from wbkit.study.reserved import NOT_A_DIMENSION
from wbkit.text.normalise import as_id, free_id

MOST_WORDS, LONGEST, SHARED = 3, 30, 3
TAKEN = NOT_A_DIMENSION | {MINUTES, MOMENT, "other", "row", "total"}  # names of wbkit itself
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,14}")


def item_ids(headings: Sequence[str], questions: Sequence[str]) -> list[str]:
    """Return an id for each item.

    Parameters
    ----------
    headings
        The headings; kept where they are short codes themselves.
    questions
        The words of the questions.

    Returns
    -------
    list of str
        Small letters, digits and underscores, each once. Words with which several questions
        begin ("De laatste twee weken …") are left out.
    """
    told = [_telling(question) for question in questions]
    starts = Counter(tuple(words[:MOST_WORDS]) for words in told if len(words) > MOST_WORDS)
    names: list[str] = []
    for heading, question, words in zip(headings, questions, told, strict=True):
        code = CODE.fullmatch(heading) and heading == question
        shared = starts[tuple(words[:MOST_WORDS])] >= SHARED
        name = as_id(heading) if code else _joined(words[MOST_WORDS * shared:])
        names.append(free_id(name, {*names, *TAKEN}))
    return names


def _telling(question: str) -> list[str]:
    """Return the words that say something."""
    words = plain(question).split()
    return [word for word in words if word not in lexicon()["stop"]] or words


def _joined(words: Sequence[str]) -> str:
    name = as_id("_".join(words[:MOST_WORDS]))[:LONGEST].strip("_")
    return name if name not in ("", "q") else "vraag"
