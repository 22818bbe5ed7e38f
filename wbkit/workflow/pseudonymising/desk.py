"""Replacing names in JupyterLab: a decision for each word, and each turn read."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wbkit.data.source_data import need
from wbkit.errors import CodingError, DataError, WbkitError
from wbkit.files import write_whole
from wbkit.labels import label
from wbkit.messages import _, counted
from wbkit.privacy.private_folder import SHEET, refuse_kept
from wbkit.privacy.review import CHOICES, KEEP, REPLACE, Decision, Proposal, example, proposals
from wbkit.privacy.review_sheet import DIGITS, read_review, write_review
from wbkit.study.study import Study
from wbkit.table.table import Table
from wbkit.text.identifying import KINDS, key_of
from wbkit.text.identifying_numbers import Hit
from wbkit.widgets.content import blocks, widget_words
from wbkit.widgets.saving import SavingWidget, read_parts
from wbkit.widgets.saving import key_of as tab_key
from wbkit.widgets.session import EditSession
from wbkit.workflow.pseudonymising.applying import Private, giving_out, read_private
from wbkit.workflow.pseudonymising.reviewing import (
    Own,
    on_sheet,
    pseudonymise,
    to_decide,
    with_names,
)

WORDS = "names_"  # begins the keys of labels.toml
READING = "reading.json"  # which turns were read, in the folder of names
NUMBER = "[nummer]"  # in the place of digits of which nobody said what they are
# A capital where no sentence begins, or four digits and more: a person looks at each.
DOUBTFUL = re.compile(r"(?<![\w.])(?P<digits>\d{4,})(?!\w)|(?<!\w)(?P<capital>[A-ZÀ-ÖØ-Þ][\w’'-]*)")
BEGINS = re.compile(r"(?:^|[.?!…:\n]\s*|^\s+)[\"'‘’“”(\[–—-]*\s*$")
NO_NAME = frozenset({"Ik", "I", "Ik’m", "Ik'm"})


def doubtful(text: str, found: Iterable[Hit]) -> Iterator[Hit]:
    """Yield capitals inside a sentence and digits from four on that the finder left alone."""
    taken = [(one.start, one.end) for one in found]
    for one in DOUBTFUL.finditer(text):
        start, end = one.span()
        if any(start < last and end > first for first, last in taken):
            continue
        if text[:start].rfind("[") > text[:start].rfind("]") or one.group() in NO_NAME:
            continue
        if one["digits"] or not BEGINS.search(text[max(0, start - 40):start]):
            yield Hit(start, end, "NAAM", "doubt")


@dataclass(frozen=True)
class _Part:
    """A text as it is read: one conversation, or the answers to an open item."""

    name: str
    own: Own
    texts: tuple[tuple[str, str], ...]  # id and words


class PseudonymDesk(SavingWidget):
    """Go in JupyterLab through all words that can point to a person, and read each text.

    A word is decided on once, in all files; the decisions are those of the review sheet of
    `pseudonymise`, and stand in it at once. A text counts as read when each of its turns is
    confirmed. Then `apply`, or ``wbkit pseudonymise``, makes the texts with pseudonyms.

    Parameters
    ----------
    study
        The study; its sources with words of real people are shown, on this machine alone.

    Raises
    ------
    DisclosureError
        If git would keep the folder of names and decisions.
    DataError
        If the study has no words of real people.

    Notes
    -----
    Nothing of a text is kept in the notebook file: that has counts.
    """

    _esm = read_parts("offsets.js", "turns.js", "deciding.js", "names.js")

    def __init__(self, study: Study) -> None:
        need(study, Study, "PseudonymDesk", _("Give load_study()."))
        self._study = study
        refuse_kept(study.private_folder, coming=[SHEET])
        own = to_decide(study)[1]
        self._own, self._parts = own, {one.name: one for each in own for one in _parts(each)}
        self._part = next(iter(self._parts))
        self._session = _Session(self)
        self._look()
        super().__init__()

    def apply(self) -> Table:
        """Make the texts with pseudonyms, as `pseudonymise` does."""
        return pseudonymise(self._study)

    def _look(self) -> None:
        """Go through all texts with what was decided until now."""
        self._private = with_names(read_private(self._study), self._own)
        review = self._private.review
        pairs = [(part.name, text) for part in self._parts.values() for __, text in part.texts]
        self._found = {text: (*review.hits(text), *doubtful(text, review.hits(text)))
                       for __, text in pairs}
        self._sheet = proposals(pairs, review)
        known = {key_of(one.word) for one in self._sheet}
        self._doubts = [one for one in _doubts(pairs, self._found) if key_of(one.word) not in known]
        with giving_out(self._private.pseudonyms) as pseudonyms:
            self._given = {key_of(one.word): pseudonyms.of(one.word, one.kind)
                           for one in self._sheet}

    def _content(self) -> dict[str, Any]:
        """Return all that the browser shows."""
        part, language = self._parts[self._part], self._study.language
        return _view(part) | {
            "key": tab_key(self._study.private_folder.resolve(), "names"), "language": language,
            "journal": self._session.history(""), "document": part.name,
            "hits": [[name, hit.start, hit.end, key_of(text[hit.start:hit.end])]
                     for name, text in part.texts for hit in self._found[text]],
            "kinds": [[one, label(f"identifier_{one.lower()}", language)] for one in KINDS],
            "words": widget_words(language, WORDS), **self._now()}

    def _now(self) -> dict[str, Any]:
        """Return what was decided on each word, and which turns were read."""
        review, language = self._private.review, self._study.language
        rows = []
        for one in (*self._sheet, *self._doubts):
            said = review.decision(one.word) or Decision(one.word)
            rows.append({
                "key": key_of(one.word), "word": one.word, "n": one.n, "texts": one.texts,
                "kind": said.kind or one.kind,
                "reason": label(f"identifier_by_{one.reason}", language),
                "proposed": self._given.get(key_of(one.word), ""), "choice": said.choice,
                "own": said.pseudonym.strip("[]")})
        return {"list": rows, "documents": [
            {"id": name, "open": self._open_words(part), "turns": len(_turns(part)),
             "read": sorted(self._read_turns(part))} for name, part in self._parts.items()]}

    def _open_words(self, part: _Part) -> int:
        """Return on how many different words of a text nobody decided."""
        review = self._private.review
        return len({key_of(text[hit.start:hit.end]) for __, text in part.texts
                    for hit in self._found[text]
                    if review.decision(text[hit.start:hit.end]) is None
                    and not review.is_withdrawn(text[hit.start:hit.end])})

    def _read_turns(self, part: _Part) -> set[int]:
        """Return the turns that were read in this version of a text; all when it was read."""
        name, sha256 = part.name, self._sha256(part)
        if self._private.review.is_read(name, sha256):
            return set(range(len(_turns(part))))
        digits, turns = self._reading().get(name, ("", []))
        return set(turns) if digits == sha256[:DIGITS] else set()

    def _sha256(self, part: _Part) -> str:
        return next(one.sha256 for one in on_sheet(part.own, self._private.review)
                    if one.name == part.name)

    def _reading(self) -> dict[str, Any]:
        file = self._study.private_folder / READING
        return json.loads(file.read_bytes()) if file.is_file() else {}

    def _open(self, document: str) -> None:
        if document not in self._parts:
            raise CodingError(_(
                "{file}: there is no text {document!r} among {documents}. Choose one of the list.",
                file=self._study.file.name, document=document,
                documents=counted(len(self._parts), "document", "documents")))
        self._part = document
        self._look()

    def seen(self, words: str) -> Proposal:
        """Return words that a person saw in the texts while reading."""
        if not any(words in key_of(text) for part in self._parts.values()
                   for __, text in part.texts):
            raise DataError(_(
                "{file}: these words stand in none of the texts. Select them in the text again.",
                file=self._study.file.name))
        return Proposal(words, "NAAM", "project", 1, 1, "")

    def keep_decisions(self, words: Mapping[str, Decision], turns: Mapping[str, set[int]]) -> None:
        """Write decisions on the review sheet, and which turns of a text were read."""
        now = read_private(self._study).review  # somebody may have filled in the sheet itself
        rows = {key_of(one.word): one for one in now.decisions} | words
        read, reading = dict(now.read), self._reading()
        for name, done in turns.items():
            part = self._parts[name]
            digits = self._sha256(part)[:DIGITS]
            reading[name] = [digits, sorted(done)]
            if len(done) == len(_turns(part)):
                read[name] = digits
            else:
                read.pop(name, None)
        self._write(self._private.review.decided(
            (one for one in rows.values() if one.choice), read))
        write_whole(self._study.private_folder / READING, json.dumps(reading).encode())
        replaced = [one for one in words.values() if one.choice not in ("", KEEP)]
        if replaced:  # the kind can be another one now
            with giving_out(self._private.pseudonyms) as pseudonyms:
                self._given |= {key_of(one.word): pseudonyms.of(one.word, one.kind)
                                for one in replaced if not one.pseudonym}

    def _write(self, review: Any) -> None:
        """Write the sheet; what cannot be read again is taken back."""
        folder = self._study.private_folder
        refuse_kept(folder, coming=[SHEET])
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / SHEET
        before = file.read_bytes() if file.is_file() else None
        rows = [(one, self._given[key_of(one.word)]) for one in self._sheet]
        texts = [one for own in self._own for one in on_sheet(own, review)]
        write_review(file, review, rows, texts, language=self._study.language)
        try:
            read_review(folder, consents=self._private.consents)
        except WbkitError:
            if before is None:
                file.unlink()
            else:
                write_whole(file, before)
            raise
        self._private: Private = replace(self._private, review=review)

    def _html(self) -> str:
        now, language = self._now(), self._study.language
        words = widget_words(language, WORDS)
        head = "".join(f"<th>{html.escape(words[one])}</th>" for one in (
            "text_column", "open_column", "read_column", "turns_column"))
        lines = "".join(
            f"<tr><td>{html.escape(one['id'])}</td><td>{one['open']}</td>"
            f"<td>{len(one['read'])}</td><td>{one['turns']}</td></tr>" for one in now["documents"])
        return (f'<div lang="{language}"><table><caption>{html.escape(repr(self))}</caption>'
                f"<tr>{head}</tr>{lines}</table></div>")

    def __repr__(self) -> str:
        now = self._now()
        done = sum(not one["open"] and len(one["read"]) == one["turns"]
                   for one in now["documents"])
        return label("pseudonymdesk", self._study.language, n=len(now["list"]),
                     open=sum(not one["choice"] for one in now["list"]), done=done,
                     texts=len(now["documents"]))


class _Session(EditSession):
    """What a browser says that a person decided, kept on the review sheet once."""

    def __init__(self, desk: PseudonymDesk) -> None:
        super().__init__()
        self._desk = desk

    def keep(self, message: Mapping[str, Any]) -> None:
        """Keep decisions: on a word choice, kind and pseudonym; on a turn whether it was read."""
        desk = self._desk
        known = {key_of(one.word): one for one in (*desk._sheet, *desk._doubts)}
        words: dict[str, Decision] = {}
        turns: dict[str, set[int]] = {}
        for key, said in message["decide"]:
            what, name, nth = json.loads(key)
            if what == "word":
                words[name] = _decision(known.get(name) or desk.seen(name), *said)
                continue
            done = turns.setdefault(name, desk._read_turns(desk._parts[name]))
            if said[0]:
                done.add(nth)
            else:
                done.discard(nth)
        desk.keep_decisions(words, turns)
        self.note(message, dict(message.get("entry") or {}))

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was decided as it is now."""
        return {"now": self._desk._now()}


def _decision(one: Proposal, choice: str, kind: str, own: str) -> Decision:
    """Return a decision as it stands on the sheet."""
    choice = choice if choice in CHOICES else ""
    mark = f"[{own.strip('[] ')}]" if own.strip("[] ") else ""
    if not mark and choice == REPLACE and one.word.isdigit() and one.reason == "doubt":
        mark = NUMBER
    return Decision(one.word, choice, kind if kind in KINDS else one.kind,
                    mark if choice != KEEP else "")


def _parts(own: Own) -> list[_Part]:
    """Return the texts of a source one by one; the answers to an item together."""
    rows = [(str(row.document), row.text) for row in own.documents.texts.itertuples()]
    if own.name:
        return [_Part(own.label, own, tuple((f"{own.label}/{one}", text) for one, text in rows))]
    return [_Part(name, own, ((name, text),)) for name, text in rows]


def _turns(part: _Part) -> list[Any]:
    """Return what is read and confirmed one by one: turns, or answers."""
    return list(part.texts) if part.own.name else blocks(part.own.documents, part.name)


def _view(part: _Part) -> dict[str, Any]:
    if part.own.name:
        return {"answers": [{"document": name, "text": text, "attributes": []}
                            for name, text in part.texts]}
    return {"text": part.texts[0][1], "blocks": blocks(part.own.documents, part.name)}


def _doubts(
    pairs: Iterable[tuple[str, str]], found: Mapping[str, tuple[Hit, ...]]
) -> list[Proposal]:
    """Return one proposal for each distinct word that the finder left alone."""
    times: Counter[str] = Counter()
    inside: dict[str, set[str]] = {}
    first: dict[str, tuple[str, str]] = {}
    for name, text in pairs:
        for hit in found[text]:
            if hit.reason == "doubt":
                words = text[hit.start:hit.end]
                key = key_of(words)
                times[key] += 1
                inside.setdefault(key, set()).add(name)
                first.setdefault(key, (words, example(text, hit)))
    return [Proposal(words, "NAAM", "doubt", times[key], len(inside[key]), around)
            for key, (words, around) in sorted(first.items(), key=lambda one: -times[one[0]])]
