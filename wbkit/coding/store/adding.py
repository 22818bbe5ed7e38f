"""What a coder does in a store: from a place in a text to a coding that is safe on disk."""

import hashlib
import weakref
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from wbkit.coding.store.codebook_log import History, history
from wbkit.coding.store.files import check_coder, now
from wbkit.coding.store.incoming import check_hand
from wbkit.coding.store.journal import Desk, group_of, write_unfinished
from wbkit.coding.store.reader import Shelf, StoredCodings, code_hint
from wbkit.coding.store.records import (
    ACCEPTED,
    PLACED,
    REVIEW,
    WITHDRAWN,
    Coding,
    Considered,
    as_json,
    check_choices,
    check_considered,
    surroundings,
)
from wbkit.coding.store.texts import Stored
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.identifying import key_of
from wbkit.text.normalise import frozen

ID_DIGITS = 16
PLACE = ("document", "start", "end", "code")
REST = ("origin", "round", "rule", "codebook", "memo", "time", "status", "supersedes",
        "decided_by")


class CoderStore(StoredCodings):
    """A store with the desks of the coders who work in it now."""

    def __init__(
        self, folder: str | Path, *, codes: Collection[str] | None = None,
        safe: Collection[str] = (),
    ) -> None:
        super().__init__(folder)
        self.codes = codes
        self.safe = frozenset(map(key_of, safe))
        self._desks: dict[str, Desk] = {}
        self._closing = weakref.finalize(self, _close, self._desks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Put all edits in their files and let others write."""
        _close(self._desks)

    def add(
        self, document: str, start: int, end: int, code: str, *, coder: str, **rest: str
    ) -> Coding:
        """Give a code to a passage."""
        row = {"document": document, "start": start, "end": end, "code": code, **rest}
        return self.add_all([row], coder=coder)[0]

    def add_all(self, rows: Iterable[Mapping[str, Any]], *, coder: str) -> list[Coding]:
        """Give codes to many passages in one step."""
        rows = list(rows)
        check_hand(self.folder, coder, rows)
        log = history(self.operations())
        self._check_codes((row["code"] for row in rows if isinstance(row.get("code"), str)), log)
        adding = Adding(self._shelf, self._desk(coder), log)
        made = [adding.add(row) for row in rows]
        adding.save()
        return made

    def withdraw(self, coding: Coding | str, *, coder: str) -> Coding:
        """Take a coding back; a line that says so stays in the file."""
        return self._marked(coding, coder, WITHDRAWN)

    def accept(self, coding: Coding | str, *, coder: str) -> Coding:
        """Agree with a place that `revise` proposed, or a coding that waited for a reader."""
        return self._marked(coding, coder, ACCEPTED)

    def consider(
        self, document: str, codes: Sequence[str], *, coder: str, **rest: str | bool
    ) -> Considered:
        """Say which codes a coder looked for in a text; later words replace earlier ones.

        Gives what was kept; of the last text when there are several.
        """
        check_considered(rest)
        looked = tuple(sorted({codes} if isinstance(codes, str) else set(codes)))
        self._check_codes(looked)
        desk = self._desk(coder)
        group = self._shelf.group(group_of(document))
        texts = group.texts.values() if document == group.name else [self._shelf.text(document)]
        every = [Considered(one.id, one.digits, coder, looked, **rest) for one in texts]
        desk.put(every)
        return every[-1]

    def _check_codes(self, codes: Iterable[str], log: History | None = None) -> None:
        """Refuse a code that the codebook does not have and never had."""
        if self.codes is None:
            return
        known = {*self.codes, *(log or history(self.operations())).current}
        for code in codes:
            if code not in known:
                raise CodingError(_(
                    "this is the code {code!r}, which is not in codebook.toml. {hint}",
                    code=code, hint=code_hint(code, known)))

    def _desk(self, coder: str) -> Desk:
        write_unfinished(self.folder)
        if check_coder(coder) not in self._desks:
            desk = Desk(self.folder, coder)
            desk.begin()
            self._desks[coder] = desk
        return self._desks[coder]

    def _marked(self, coding: Coding | str, coder: str, status: str) -> Coding:
        """Give a coding another status, and keep it."""
        desk = self._desk(coder)
        if not isinstance(coding, str) and coding.coder == coder:
            groups = [group_of(coding.document)]
        else:
            groups = [group for who, group in self._shelf.coded() if who == coder]
        there = desk.find(coding if isinstance(coding, str) else coding.id, *groups)
        if status == ACCEPTED and there.status not in (REVIEW, ACCEPTED):
            raise CodingError(_(
                "the coding {id} of {coder} is {status}: it has no place in the text. Add a new "
                "one that supersedes it.",
                id=there.id, coder=coder, status=there.status))
        made = replace(there, status=status, was="" if status == ACCEPTED else there.was)
        desk.put([made])
        return made


def _close(desks: dict[str, Desk]) -> None:
    while desks:
        desks.popitem()[1].close()


class Adding:
    """Codings of one coder on their way into the store."""

    def __init__(self, shelf: Shelf, desk: Desk, log: History) -> None:
        self._shelf, self._desk, self._log = shelf, desk, log
        self._texts: dict[str, Stored] = {}
        self._known: dict[str, dict[tuple, Coding]] = {}
        self._fresh: list[Coding] = []

    def add(self, row: Mapping[str, Any]) -> Coding:
        """Return the coding of a row, or the one that is there already."""
        _check_row(row)
        self._log.check_in_use(row["code"])
        document = row["document"]
        if document not in self._texts:
            self._texts |= self._shelf.group(group_of(document), document).texts
        coding = self._coding(row, self._texts[document])
        group = group_of(document)
        if group not in self._known:
            self._known[group] = {one.same_as: one for one in self._own(document).values()
                                  if one.status in PLACED}
        known = self._known[group]
        if coding.same_as not in known:
            known[coding.same_as] = replace(coding, id=self._new_id(coding))
            self._fresh.append(known[coding.same_as])
        return known[coding.same_as]

    def save(self) -> None:
        """Keep what was made; what it replaces is withdrawn."""
        if not self._fresh:
            return
        replaced = [replace(own[coding.supersedes], status=WITHDRAWN) for coding in self._fresh
                    if coding.supersedes in (own := self._own(coding.document))]
        self._desk.put([*self._fresh, *replaced])

    def _own(self, document: str) -> Mapping[str, Coding]:
        return self._desk.coded(group_of(document)).codings

    def _coding(self, row: Mapping[str, Any], text: Stored) -> Coding:
        start, end = _place(row, text)
        rest = {name: frozen(str(row[name])) for name in REST if name in row}
        coding = Coding("", text.id, text.digits, start, end, code=row["code"],
                        coder=self._desk.coder, **surroundings(text.text, start, end),
                        **{"time": now()} | rest)
        if "quote" in row and frozen(row["quote"]) != coding.quote:
            raise CodingError(_(
                "document {document!r}: at {start}-{end} stands another passage than the quote "
                "that came with it. Give the right place.",
                document=text.id, start=start, end=end))
        return coding

    def _new_id(self, coding: Coding) -> str:
        """Return an id that depends on the coding alone, and on how often it was withdrawn."""
        nth, made = -1, ""
        while not made or made in self._own(coding.document):
            nth += 1
            words = as_json([coding.coder, coding.revision, *coding.same_as, nth])
            made = hashlib.sha256(words.encode()).hexdigest()[:ID_DIGITS]
        return made


def _check_row(row: Mapping[str, Any]) -> None:
    lacking = [name for name in PLACE if name not in row]
    strange = row.keys() - {*PLACE, *REST, "quote"}
    keys = {"place": ", ".join(PLACE), "rest": ", ".join(REST)}
    if lacking:
        raise CodingError(_(
            "a coding lacks {key}. It has {place}; it may have quote, {rest}. Correct it.",
            key=lacking[0], **keys))
    if strange:
        raise CodingError(_(
            "a coding has {key!r}. It has {place}; it may have quote, {rest}. Correct it.",
            key=min(strange), **keys))
    if not isinstance(row["code"], str) or not row["code"].strip():
        raise CodingError(_(
            "the code of a coding is {code!r}; it should be the id of a code. Give one of "
            "codebook.toml.",
            code=row["code"]))
    check_choices(row)
    if row.get("status", ACCEPTED) not in PLACED:
        raise CodingError(_(
            "a new coding cannot be {status}. Leave status out.", status=row["status"]))


def _place(row: Mapping[str, Any], text: Stored) -> tuple[int, int]:
    start, end = row["start"], row["end"]
    if not (hasattr(start, "__index__") and hasattr(end, "__index__")) or not (
            0 <= start < end <= len(text.text)):
        raise CodingError(_(
            "document {document!r}: there is no passage {start}-{end} in a text of {signs}. Start "
            "is smaller than end; both count from 0.",
            document=text.id, start=start, end=end,
            signs=counted(len(text.text), "sign", "signs")))
    return int(start), int(end)
