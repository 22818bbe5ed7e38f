"""Own words of real people: what certainly points to somebody gets a mark in its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.cleaning.answers import Answers
from wbkit.cleaning.log import MASK, Change
from wbkit.data.cleaning_log import MADE_UP, MASKED
from wbkit.data.columns import asked_items
from wbkit.data.raw import Raw
from wbkit.study.source import Source
from wbkit.text.identifiers import Personal, name_parts, small_words
from wbkit.text.normalise import tidy

NAMED = ("name", "first_name")
NAMES = frozenset((
    "naam", "name", "voornaam", "achternaam", "first name", "last name", "voor- en achternaam"))


def mask_personal(
    ready: Mapping[str, Answers], raw: Raw, source: Source
) -> dict[str, Answers]:
    """Mask addresses, numbers and names in the own words of a source.

    Parameters
    ----------
    ready
        Answers to all items, by id.
    raw
        The raw file: its columns of names say which names can stand in an answer.
    source
        The source. In made-up data everything stays, and the log says what was seen; data that
        were published before stay as they are.

    Returns
    -------
    dict of str to Answers
        The same answers, with a line in the log for each kind in each answer.
    """
    if source.public:
        return dict(ready)
    own = {name: _own_words(one) for name, one in ready.items()
           if one.item.sensitivity != "identifier" and _own_words(one) is not None}
    names = _names(raw, source)
    personal = Personal(
        names, re.compile(rf"\b(?:{source.personal_number})\b") if source.personal_number else None,
        small_words(text for texts in own.values() for text in texts) if names else frozenset())
    return {name: _masked(one, own[name], personal, source) if name in own else one
            for name, one in ready.items()}


def _own_words(answers: Answers) -> np.ndarray | None:
    if answers.item.kind == "open":
        return answers.values
    return answers.text if answers.item.other else None


def _names(raw: Raw, source: Source) -> frozenset[str]:
    """Return the names in the columns that point to a person."""
    columns = {raw.ids[role] for role in NAMED if role in raw.ids}
    columns |= {tidy(item.column or item.name) for item in asked_items(source)
                if item.sensitivity == "identifier"}
    if source.kind == "survey":
        columns |= {heading for heading in raw.data if heading.casefold() in NAMES}
    return name_parts(cell for heading in columns for cell in raw.data[heading].unique())


def _masked(
    answers: Answers, texts: np.ndarray, personal: Personal, source: Source
) -> Answers:
    codes, different = pd.factorize(texts)
    read = [personal.masked(text) for text in different]
    changes = tuple(_changes(answers, codes, [found for _, found in read], source))
    if not changes:
        return answers
    if source.synthetic:
        return replace(answers, changes=answers.changes + changes)
    new = np.array([text for text, _ in read], dtype=object)[codes]
    field = "values" if answers.item.kind == "open" else "text"
    return replace(answers, changes=answers.changes + changes, **{field: new})


def _changes(
    answers: Answers, codes: np.ndarray, found: list[dict[str, int]], source: Source
) -> Iterator[Change]:
    hit = np.array([bool(kinds) for kinds in found], dtype=bool)[codes]
    for row, code in zip(answers.rows[hit].tolist(), codes[hit].tolist(), strict=True):
        for kind, n in found[code].items():
            for _ in range(n):
                rule = MADE_UP if source.synthetic else MASKED[kind]
                yield Change(row, answers.item.name, MASK, MASK, rule)
