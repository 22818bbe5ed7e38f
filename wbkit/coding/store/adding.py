"""From a place in a text to a coding that is safe on disk."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wbkit.coding.store.anchoring import surroundings
from wbkit.coding.store.cache import Shelf
from wbkit.coding.store.codebook_log import History
from wbkit.coding.store.desk import Desk
from wbkit.coding.store.journal import group_of
from wbkit.coding.store.locks import now
from wbkit.coding.store.records import (
    ACCEPTED,
    PLACED,
    REVIEW,
    WITHDRAWN,
    Coding,
    as_json,
    check_choices,
)
from wbkit.coding.store.texts import Group, Stored
from wbkit.errors import CodingError
from wbkit.text.frozen import frozen

ID_DIGITS = 16
PLACE = ("document", "start", "end", "code")
REST = ("origin", "round", "rule", "codebook", "memo", "time", "status", "supersedes",
        "decided_by")


class Adding:
    """Codings of one coder on their way into the store.

    Parameters
    ----------
    shelf
        The texts.
    desk
        Where the coder works.
    log
        Which codes are in use.
    """

    def __init__(self, shelf: Shelf, desk: Desk, log: History) -> None:
        self._shelf, self._desk, self._log = shelf, desk, log
        self._groups: dict[str, Group] = {}
        self._known: dict[str, dict[tuple, Coding]] = {}
        self._fresh: list[Coding] = []

    def made(self, row: Mapping[str, Any]) -> Coding:
        """Return the coding of a row, or the one that is there already."""
        _check_row(row)
        self._log.check_in_use(row["code"])
        coding = self._fill(row, self._text(row["document"]))
        known = self._known_in(group_of(coding.document))
        there = known.get(_passage(coding))
        if there is not None:
            return there
        coding = replace(coding, id=self._new_id(coding))
        known[_passage(coding)] = coding
        self._desk.coded(group_of(coding.document))
        self._fresh.append(coding)
        return coding

    def save(self) -> None:
        """Keep what was made; what it replaces is withdrawn."""
        if self._fresh:
            self._desk.put([*self._fresh, *self._replaced()])

    def _text(self, document: str) -> Stored:
        name = group_of(document)
        if name not in self._groups or document not in self._groups[name].texts:
            self._shelf.text(document)
            self._groups[name] = self._shelf.group(name)
        return self._groups[name].texts[document]

    def _fill(self, row: Mapping[str, Any], text: Stored) -> Coding:
        start, end = _place(row, text)
        rest = {name: frozen(str(row[name])) for name in REST if name in row}
        coding = Coding("", text.id, text.digits, start, end, code=row["code"],
                        coder=self._desk.coder, **surroundings(text.text, start, end),
                        **{"time": now()} | rest)
        if "quote" in row and frozen(row["quote"]) != coding.quote:
            raise CodingError(f"document {text.id!r}: at {start}-{end} stands another passage "
                              "than the quote that came with it. Give the right place.")
        return coding

    def _known_in(self, group: str) -> dict[tuple, Coding]:
        if group not in self._known:
            every = self._desk.coded(group).codings.values()
            self._known[group] = {_passage(one): one for one in every if one.status in PLACED}
        return self._known[group]

    def _new_id(self, coding: Coding) -> str:
        taken = self._desk.coded(group_of(coding.document)).codings
        nth = 0
        while (made := _id(coding, nth)) in taken:
            nth += 1
        return made

    def _replaced(self) -> Iterator[Coding]:
        for coding in self._fresh:
            own = self._desk.coded(group_of(coding.document)).codings
            if coding.supersedes in own:
                yield replace(own[coding.supersedes], status=WITHDRAWN)


def marked(coding: Coding, desk: Desk, status: str) -> Coding:
    """Give a coding another status, and keep it."""
    if status == ACCEPTED and coding.status not in (REVIEW, ACCEPTED):
        raise CodingError(f"the coding {coding.id} of {desk.coder} is {coding.status}: it has no "
                          "place in the text. Add a new one that supersedes it.")
    made = replace(coding, status=status)
    if status == ACCEPTED:
        made = replace(made, was="")
    desk.put([made])
    return made


def _check_row(row: Mapping[str, Any]) -> None:
    lacking = [name for name in PLACE if name not in row]
    strange = row.keys() - {*PLACE, *REST, "quote"}
    if lacking or strange:
        what = f"lacks {lacking[0]}" if lacking else f"has {min(strange)!r}"
        raise CodingError(f"a coding {what}. It has {', '.join(PLACE)}; it may have quote, "
                          f"{', '.join(REST)}. Correct it.")
    if not isinstance(row["code"], str) or not row["code"].strip():
        raise CodingError(f"the code of a coding is {row['code']!r}; it should be the id of a "
                          "code. Give one of codebook.toml.")
    check_choices(row)
    if row.get("status", ACCEPTED) not in PLACED:
        raise CodingError(f"a new coding cannot be {row['status']}. Leave status out.")


def _place(row: Mapping[str, Any], text: Stored) -> tuple[int, int]:
    start, end = row["start"], row["end"]
    if not (hasattr(start, "__index__") and hasattr(end, "__index__")) or not (
            0 <= start < end <= len(text.text)):
        raise CodingError(f"document {text.id!r}: there is no passage {start}-{end} in a text of "
                          f"{len(text.text)} signs. Start is smaller than end; both count from 0.")
    return int(start), int(end)


def _passage(coding: Coding) -> tuple:
    return coding.document, coding.start, coding.end, coding.code, coding.origin, coding.round


def _id(coding: Coding, nth: int) -> str:
    words = as_json([coding.coder, coding.revision, *_passage(coding), nth])
    return hashlib.sha256(words.encode()).hexdigest()[:ID_DIGITS]
