"""A new version of a text: what changes in which files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wbkit.coding.store.alignment import KEPT, MOVED, align, anchored
from wbkit.coding.store.files import JOURNAL, REVISIONS, file_name
from wbkit.coding.store.journal import group_of
from wbkit.coding.store.memos import memos_about
from wbkit.coding.store.reader import Shelf
from wbkit.coding.store.records import (
    ORPHAN,
    PLACED,
    REVIEW,
    WITHDRAWN,
    Coded,
    Coding,
    coded_path,
    surroundings,
)
from wbkit.coding.store.texts import (
    ENDINGS,
    Group,
    Stored,
    contents,
    group_path,
    made,
    renewed,
)
from wbkit.messages import _, counted

Files = dict[Path, bytes | None]


@dataclass(frozen=True, repr=False)
class Revision:
    """What became of the codings of a text that changed.

    Parameters
    ----------
    document
        The text.
    kept, moved
        The same words at the place where they belong, or as a whole elsewhere.
    review
        Changed inside or at an edge: a person must look. The place is a proposal.
    orphan
        Their passage is no longer there.
    notes
        What else changed.
    """

    document: str
    kept: tuple[Coding, ...] = ()
    moved: tuple[Coding, ...] = ()
    review: tuple[Coding, ...] = ()
    orphan: tuple[Coding, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        counts = _(
            "{document}: codings: {kept} kept, {moved} moved, {review} to be looked at, {orphan} "
            "whose passage is gone.",
            document=self.document, **{name: len(getattr(self, name))
                                       for name in (KEPT, MOVED, REVIEW, ORPHAN)})
        return "\n".join([counts, *self.notes])


def revision_of(
    shelf: Shelf, document: str, text: str, keep: bool
) -> tuple[Files, Revision]:
    """Return the files that a new version of a text, frozen, changes, and what became of codings.

    A file that goes has None in place of its bytes.
    """
    group, old = shelf.group(group_of(document)), shelf.text(document)
    new = _new(old, text, keep)
    fates: dict[str, list[Coding]] = {}
    files: Files = {}
    for (coder, name), coded in sorted(shelf.coded().items()):
        if name == group.name:
            after = _carried(shelf, coded, old, new, fates)
            after = after if keep else _erased(after, new)
            files[coded_path(shelf.store, coder, name)] = after.content()
    texts, gone = _texts(shelf.store, group, old, new)
    notes = [_("No longer in the text: {turns}.",
               turns=counted(gone, "turn", "turns"))] if gone else []
    if keep and old.sha256 != new.sha256:
        files[revision_path(shelf.store, document, old.digits)] = old.text.encode()
    elif not keep:
        memos, versions = _told_about(shelf, old), _older(shelf.store, old)
        files |= dict.fromkeys([*memos, *versions, *_unfinished(shelf.store)])
        notes.append(_(
            "Erased: the old text, {versions}, {memos}. Earlier commits still hold them where git "
            "kept this folder.",
            versions=counted(len(versions), "older version", "older versions"),
            memos=counted(len(memos), "memo", "memos")))
    return files | texts, _result(document, fates, notes)


@dataclass(frozen=True)
class Replaced:
    """Words of a set of texts that were replaced.

    Parameters
    ----------
    group
        A text, or the set of answers to an open item.
    texts
        Document = its new text, and where a place of the old one is in it; the second argument
        of that function says whether the place is an end.
    words
        What becomes of a remark about the texts.
    privacy
        How it stands with the texts now.
    """

    group: str
    texts: Mapping[str, tuple[str, Callable[[int, bool], int]]]
    words: Callable[[str], str]
    privacy: str


def replacement_of(shelf: Shelf, made_of: Replaced) -> tuple[Files, list[Revision]]:
    """Return the files that replaced words change; each coding goes where its words went.

    Codings of older versions are carried as `revision_of` does. Nothing of the old text is kept.
    """
    group = shelf.group(made_of.group)
    coded = {key: one.copy() for key, one in sorted(shelf.coded().items()) if key[1] == group.name}
    files: Files = dict.fromkeys(_unfinished(shelf.store))
    results = []
    for document, (text, place) in made_of.texts.items():
        old = group.texts[document]
        new, fates = _new(old, text, keep=False), {}
        for key, one in coded.items():
            exact = _followed(one, old, new, place, fates)
            carried = _carried(shelf, exact, old, new, fates)
            coded[key] = _erased(carried, new, made_of.words)
        files |= dict.fromkeys(_older(shelf.store, old))
        turns = [{**turn, "start": place(turn["start"], False), "end": place(turn["end"], True)}
                 for turn in group.turns]
        group = renewed(group, new, turns)
        results.append(_result(document, fates, ()))
    group = replace(group, about={**group.about, "privacy": made_of.privacy})
    files |= {coded_path(shelf.store, *key): one.content() for key, one in coded.items()}
    return files | contents(shelf.store, group), results


def _followed(
    coded: Coded, old: Stored, new: Stored, place: Callable[[int, bool], int],
    fates: dict[str, list[Coding]],
) -> Coded:
    """Return the work of a coder with the codings of the present text at their new place."""
    after = coded.copy()
    for one in coded.codings.values():
        if one.document == old.id and one.revision == old.digits and one.status in PLACED:
            start, end = place(one.start, False), place(one.end, True)
            made = replace(one, start=start, end=end, revision=new.digits,
                           **surroundings(new.text, start, end))
            fates.setdefault(REVIEW if one.status == REVIEW else KEPT, []).append(made)
            after.codings[one.id] = made
    return after


def forgotten(shelf: Shelf, document: str) -> Files:
    """Return the files that change when a text goes with all that was made of it.

    Its codings, what was considered in it, its older versions and the memos about it go too.
    """
    group, old = shelf.group(group_of(document)), shelf.text(document)
    files: Files = {}
    for (coder, name), coded in sorted(shelf.coded().items()):
        if name == group.name:
            rest = _without(coded, document)
            path = coded_path(shelf.store, coder, name)
            files[path] = rest.content() if rest.codings or rest.considered else None
    files |= dict.fromkeys([*_told_about(shelf, old), *_older(shelf.store, old),
                            *_unfinished(shelf.store)])
    others = {name: one for name, one in group.texts.items() if name != document}
    if others:
        return files | contents(shelf.store, replace(group, texts=others))
    ends = [group_path(shelf.store, group.name, ending.removeprefix(".")) for ending in ENDINGS]
    return files | {path: None for path in ends if path.exists()}


def _without(coded: Coded, document: str) -> Coded:
    after = coded.copy()
    for coding in coded.codings.values():
        if coding.document == document:
            del after.codings[coding.id]
    for key, one in coded.considered.items():
        if one.document == document:
            del after.considered[key]
    return after


def _new(old: Stored, text: str, keep: bool) -> Stored:
    if text == old.text:
        return old
    withdrawn = not text and not keep
    return made(old.id, text, unit=old.unit, revision=old.revision + 1,
                attributes={} if withdrawn else old.attributes)


def _carried(
    shelf: Shelf, coded: Coded, old: Stored, new: Stored, fates: dict[str, list[Coding]]
) -> Coded:
    """Return the work of a coder with all codings of the text carried to its new version."""
    after = coded.copy()
    mine = [one for one in coded.codings.values() if one.document == old.id]
    for revision in dict.fromkeys(one.revision for one in mine):
        words = old.text if revision == old.digits else _read_revision(shelf, old.id, revision)
        part = [one for one in mine if one.revision == revision]
        if words is None or revision == new.digits:
            continue
        for fate, coding in anchored(part, words, new.text, new.digits):
            fate = REVIEW if coding.status == REVIEW else fate
            fates.setdefault(fate, []).append(coding)
            after.codings[coding.id] = coding
    return after


def _erased(
    coded: Coded, new: Stored, words: Callable[[str], str] = lambda _: ""
) -> Coded:
    after = coded.copy()
    for coding in coded.codings.values():
        if coding.document == new.id:
            after.codings[coding.id] = replace(erased(coding), memo=words(coding.memo))
    for key, one in coded.considered.items():
        if one.document == new.id:  # the hash of a short answer gives the answer away
            after.considered[key] = replace(one, revision=new.digits)
    return after


def _told_about(shelf: Shelf, old: Stored) -> list[Path]:
    ids = [one.id for coded in shelf.coded().values() for one in coded.codings.values()
           if one.document == old.id]
    return memos_about(shelf.store, old.id, ids)


def _older(store: Path, old: Stored) -> list[Path]:
    return sorted(revision_path(store, old.id, "x").parent.glob("*.txt"))


def _unfinished(store: Path) -> list[Path]:
    return sorted((store / JOURNAL).glob(".*.part"))


def _texts(store: Path, group: Group, old: Stored, new: Stored) -> tuple[Files, int]:
    if old == new:
        return {}, 0
    turns, gone = moved_turns(group.turns, old.text, new.text) if group.turns else ([], 0)
    files: Files = dict(contents(store, renewed(group, new, turns)))
    if group.turns and not turns:
        files[group_path(store, group.name, "turns.csv")] = None
    return files, gone


def _result(document: str, fates: dict[str, list[Coding]], notes: Iterable[str]) -> Revision:
    kinds = {name: tuple(sorted(fates.get(name, ()), key=lambda one: one.order))
             for name in ("kept", "moved", "review", "orphan")}
    return Revision(document, **kinds, notes=tuple(notes))


def revision_path(store: Path, document: str, digits: str) -> Path:
    """Return the file of an older version of a text."""
    return store.joinpath(REVISIONS, *map(file_name, document.split("/")), f"{digits}.txt")


def _read_revision(shelf: Shelf, document: str, digits: str) -> str | None:
    path = revision_path(shelf.store, document, digits)
    return path.read_bytes().decode() if digits and path.is_file() else None


def erased(coding: Coding) -> Coding:
    """Return a coding without any word of the old text, or of anybody about it."""
    bare = replace(coding, memo="", was="")
    if bare.status in (ORPHAN, WITHDRAWN):
        return replace(bare, quote="", before="", after="", start=0, end=0, revision="")
    return bare


def moved_turns(
    turns: Iterable[Mapping[str, Any]], old: str, new: str
) -> tuple[list[dict[str, Any]], int]:
    """Return the turns in the new text, and how many are no longer there."""
    versions, kept, gone = align(old, new), [], 0
    for turn in turns:
        start, end = versions.new_start(turn["start"]), versions.new_end(turn["end"])
        if start >= end:
            gone += 1
            continue
        kept.append({**turn, "start": start, "end": end})
    return kept, gone
