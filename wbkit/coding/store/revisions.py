"""A new version of a text: what changes in which files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wbkit.coding.store.alignment import Alignment, Run, align, once
from wbkit.coding.store.files import JOURNAL, REVISIONS, file_name
from wbkit.coding.store.journal import group_of
from wbkit.coding.store.memos import memos_about
from wbkit.coding.store.reader import Shelf
from wbkit.coding.store.records import (
    CONTEXT,
    ORPHAN,
    PLACED,
    REVIEW,
    WITHDRAWN,
    Coded,
    Coding,
    coded_path,
    surroundings,
)
from wbkit.coding.store.texts import Group, Stored, contents, group_path, made, renewed
from wbkit.messages import _, counted

Files = dict[Path, bytes | None]
KEPT, MOVED = "kept", "moved"
LONG_ENOUGH = 25  # a passage this long that occurs once needs no context to be known again
TOO_SHORT = 4  # a passage this short is looked for nowhere else


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


def _erased(coded: Coded, new: Stored) -> Coded:
    after = coded.copy()
    for coding in coded.codings.values():
        if coding.document == new.id:
            after.codings[coding.id] = erased(coding)
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


def anchored(
    codings: Iterable[Coding], old: str, new: str, revision: str
) -> Iterator[tuple[str, Coding]]:
    """Yield every coding of the old text with what became of it.

    `revision` are the first digits of the hash of the new text.
    """
    versions = align(old, new)
    for coding in codings:
        if coding.status not in PLACED:
            yield coding.status, coding
            continue
        fate, place = _fate(coding, versions)
        yield fate, _placed(coding, fate, place, versions.new, revision)


def _fate(coding: Coding, versions: Alignment) -> tuple[str, tuple[int, int] | None]:
    run = versions.run_at(coding.start, coding.end)
    if run is not None:
        start = run.there + coding.start - run.start
        place = start, start + coding.end - coding.start
        return (KEPT if _is_there(coding, versions, run, place) else REVIEW), place
    start, end = versions.new_start(coding.start), versions.new_end(coding.end)
    place = _elsewhere(coding, versions)
    if place and (start >= end or place[1] <= start or place[0] >= end):
        return (MOVED if _is_known(coding, versions) else REVIEW), place
    if place:  # it stands where a part of it stayed: an edge changed, and nobody can tell which
        return REVIEW, place
    return (REVIEW, (start, end)) if start < end else (ORPHAN, None)


def _is_there(
    coding: Coding, versions: Alignment, run: Run, place: tuple[int, int]
) -> bool:
    """Whether a passage that stands in both versions must be the same one."""
    if coding.start < run.first or coding.end > run.last or _fewer(coding, versions):
        return False
    return versions.stands_once(run) or _same_around(coding, versions, place)


def _same_around(coding: Coding, versions: Alignment, place: tuple[int, int]) -> bool:
    """Whether the passage with its old context occurs once in either version, at this place."""
    words = _with_context(coding, versions.old)
    start = place[0] - min(CONTEXT, coding.start)
    return _once_in_both(words, versions) and versions.new.find(words) == start


def _fewer(coding: Coding, versions: Alignment) -> bool:
    """Whether the passage stood there more than once, and one of them came or went."""
    words = _with_context(coding, versions.old)
    n = versions.old.count(words)
    return n > 1 and versions.new.count(words) != n


def _elsewhere(coding: Coding, versions: Alignment) -> tuple[int, int] | None:
    """Return where a passage went that stands elsewhere as a whole."""
    around = _with_context(coding, versions.old)
    if _once_in_both(around, versions):
        start = versions.new.find(around) + min(CONTEXT, coding.start)
    elif len(coding.quote) >= TOO_SHORT and _once_in_both(coding.quote, versions):
        start = versions.new.find(coding.quote)
    else:
        return None
    return start, start + len(coding.quote)


def _is_known(coding: Coding, versions: Alignment) -> bool:
    """Whether a passage that stands once in either version must be the same one."""
    return (len(coding.quote) >= LONG_ENOUGH or _one_side(coding, versions)
            or _once_in_both(_with_context(coding, versions.old), versions))


def _once_in_both(words: str, versions: Alignment) -> bool:
    return once(words, versions.old) and once(words, versions.new)


def _one_side(coding: Coding, versions: Alignment) -> bool:
    """Whether what stood before or after a passage stands there still."""
    old = surroundings(versions.old, coding.start, coding.end)
    start = versions.new.find(coding.quote)
    new = surroundings(versions.new, start, start + len(coding.quote))
    return any(old[side].strip() and old[side] == new[side] for side in ("before", "after"))


def _with_context(coding: Coding, text: str) -> str:
    return text[max(0, coding.start - CONTEXT):coding.end + CONTEXT]


def _placed(
    coding: Coding, fate: str, place: tuple[int, int] | None, text: str, revision: str
) -> Coding:
    was = coding.was or f"{coding.revision}:{coding.start}-{coding.end}"
    if place is None:
        return replace(coding, status=ORPHAN, was=was)
    start, end = _trimmed(text, *place) if fate == REVIEW else place
    moved = replace(coding, start=start, end=end, revision=revision,
                    **surroundings(text, start, end))
    if fate == REVIEW:
        return replace(moved, status=REVIEW, was=was)
    return moved


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space at the edges out of a proposal."""
    inside = text[start:end]
    if not inside.strip():
        return start, end
    lead = len(inside) - len(inside.lstrip())
    return start + lead, end - (len(inside) - len(inside.rstrip()))


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
