"""A new version of a text: what changes in which files."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wbkit.coding.store.anchoring import Revision, anchored, erased, moved_turns
from wbkit.coding.store.cache import Shelf
from wbkit.coding.store.coded import coded_path
from wbkit.coding.store.files import JOURNAL, REVISIONS, file_name
from wbkit.coding.store.journal import group_of
from wbkit.coding.store.memos import memos_about
from wbkit.coding.store.records import REVIEW, Coded, Coding
from wbkit.coding.store.texts import Group, Stored, contents, group_path, made, renewed

Files = dict[Path, bytes | None]


def revision_of(
    shelf: Shelf, document: str, text: str, keep: bool
) -> tuple[Files, Revision]:
    """Work out what a new version of a text changes.

    Parameters
    ----------
    shelf
        What stands in the store.
    document
        Id of the text.
    text
        The new version, frozen.
    keep
        Whether the old version is kept.

    Returns
    -------
    tuple
        Path = its new bytes, or None where the file goes; and what became of the codings.
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
    notes = [f"{gone} turns are no longer in the text."] if gone else []
    if keep and old.sha256 != new.sha256:
        files[revision_path(shelf.store, document, old.digits)] = old.text.encode()
    elif not keep:
        memos, versions = _told_about(shelf, old), _older(shelf.store, old)
        files |= dict.fromkeys([*memos, *versions, *_unfinished(shelf.store)])
        notes.append(f"Erased: the old text, {len(versions)} older versions, {len(memos)} memos. "
                     "Earlier commits still hold them where git kept this folder.")
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
    return sorted((store / JOURNAL).glob("*.tmp"))


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
