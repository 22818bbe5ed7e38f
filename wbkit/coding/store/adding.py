"""From a place in a text to a coding that is safe on disk."""

import hashlib
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from wbkit.coding.store.cache import Shelf
from wbkit.coding.store.codebook_log import History
from wbkit.coding.store.files import file_name, now
from wbkit.coding.store.journal import Desk, group_of
from wbkit.coding.store.records import (
    ACCEPTED,
    PLACED,
    REVIEW,
    WITHDRAWN,
    Coding,
    as_json,
    check_choices,
)
from wbkit.coding.store.revisions import surroundings
from wbkit.coding.store.texts import (
    ANSWERS,
    TEXT,
    TURN,
    Group,
    Stored,
    contents,
    described,
    group_path,
    made,
)
from wbkit.errors import CodingError, DisclosureError
from wbkit.text.normalise import frozen

ID_DIGITS = 16
PLACE = ("document", "start", "end", "code")
REST = ("origin", "round", "rule", "codebook", "memo", "time", "status", "supersedes",
        "decided_by")
OWN = ("unit", "attributes")
HOLD_WORDS = ("documents", "codings", "memos", "revisions")  # a coding keeps its quote
IGNORED, NO_REPOSITORY = 0, 128  # what `git check-ignore` ends with


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


def text_group(
    document: str, text: str, turns: Sequence[Mapping[str, Any]], about: Mapping[str, Any]
) -> Group:
    """Freeze one text."""
    own = {name: about[name] for name in OWN if name in about}
    rest = {name: value for name, value in about.items() if name not in OWN}
    one = made(document, text, **own)
    kept = tuple({name: turn.get(name, "") for name in TURN} for turn in turns)
    _check_turns(one, kept)
    return Group(document, described(rest, kind=TEXT), {document: one}, kept)


def answers_group(
    name: str, answers: Iterable[Mapping[str, Any]], about: Mapping[str, Any]
) -> Group:
    """Freeze the answers to an open item."""
    texts: dict[str, Stored] = {}
    for answer in answers:
        row = str(answer["document"])
        one = made(f"{name}/{row}", answer["text"], unit=str(answer.get("unit", row)),
                   attributes=answer.get("attributes", {}))
        if one.id in texts:
            raise CodingError(f"{name}: the answer {row!r} comes twice. Give each its own row.")
        texts[one.id] = one
    return Group(name, described(about, kind=ANSWERS), texts)


def add_group(shelf: Shelf, group: Group) -> dict[Path, bytes]:
    """Return the files in which new texts are kept, or say why they cannot come in."""
    _check_name(shelf, group)
    if not group_path(shelf.store, group.name).exists():
        return contents(shelf.store, group)
    there = shelf.group(group.name)
    changed = [one.id for one in group.texts.values()
               if there.texts.get(one.id, one).sha256 != one.sha256]
    if changed or there.kind != group.kind:
        raise CodingError(f"{group.name}: there is another text with the id "
                          f"{(changed or [group.name])[0]!r}. Give a new version of it to "
                          "store.revise, or choose another id.")
    _check_same_privacy(group, there)
    if group.kind == TEXT:
        return {}
    kept = {**group.texts, **there.texts}
    return contents(shelf.store, Group(there.name, there.about, kept))


def _check_same_privacy(group: Group, there: Group) -> None:
    """Refuse a text that is kept as one thing and comes again as another."""
    was, now = (one.about["privacy"] for one in (there, group))
    if was != now:
        raise CodingError(
            f"{group.name}: the store keeps it with privacy = {was!r}, and now it is said to be "
            f"{now!r}. If {was!r} is right, say so here too; if not, correct privacy in "
            f"documents/{file_name(group.name)}.toml first."
        )


def check_privacy(store: Path, group: Group) -> None:
    """Refuse texts of real people where git would keep them."""
    if group.about["privacy"] != "real" or _is_outside_git(store):
        return
    raise DisclosureError(
        f"{group.name}: is a text of real people, and git keeps {store.name}. Pseudonymise it "
        'first and say privacy = "pseudonymised", or put the store in a folder that .gitignore '
        "names whole: codings and memos repeat its words.")


def _is_outside_git(store: Path) -> bool:
    there = store.resolve()
    while not there.is_dir():
        there = there.parent
    if not any((folder / ".git").exists() for folder in (there, *there.parents)):
        return True
    try:
        asked = subprocess.run(
            ["git", "check-ignore", *(str(store.resolve() / part / "a") for part in HOLD_WORDS)],
            cwd=there, capture_output=True, check=False)
    except OSError:  # without git nobody can say, so it is kept
        return False
    every = len(asked.stdout.splitlines()) == len(HOLD_WORDS)
    return asked.returncode == NO_REPOSITORY or (asked.returncode == IGNORED and every)


def _check_turns(text: Stored, turns: Iterable[Mapping[str, Any]]) -> None:
    for turn in turns:
        if not 0 <= turn["start"] <= turn["end"] <= len(text.text):
            raise CodingError(f"{text.id}: turn {turn['turn']} goes from {turn['start']} to "
                              f"{turn['end']}, outside its text. Read the text again.")


def _check_name(shelf: Shelf, group: Group) -> None:
    """Refuse a name that another system would take for another one."""
    own = file_name(group.name)
    taken = {stem.casefold(): stem for stem in shelf.stems()}
    small = own.casefold()
    same = taken.get(small, own)
    turns = small.endswith(".turns") and small.removesuffix(".turns") in taken
    if same != own or turns or f"{small}.turns" in taken:
        raise CodingError(f"{group.name!r} and {unquote(same)!r} cannot both be here: some systems "
                          "make no difference between their files. Choose another id.")
