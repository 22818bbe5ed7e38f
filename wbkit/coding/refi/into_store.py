"""Bring a project of another coding program into the coding store, a first or a second time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from wbkit.coding.store.codebook_log import history
from wbkit.coding.store.files import TIME, now
from wbkit.coding.store.memos import Memo
from wbkit.coding.store.records import PLACED, WITHDRAWN, Coding
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.normalise import frozen

if TYPE_CHECKING:  # the store itself needs no pandas
    from wbkit.coding.refi.model import Note
    from wbkit.coding.refi.project import RefiProject

Store = Any  # a CodingStore, which imports this module
NOBODY = "import"  # the coder of what nobody signed
Key = tuple[str, int, int, str, str]


@dataclass(frozen=True, repr=False)
class Imported:
    """What an import brought into the store, and what it found there.

    Parameters
    ----------
    texts, codings, memos
        How many were new.
    same
        How many codings were there already.
    changed
        Ids of codings that have another memo in the project; the store keeps its own.
    gone
        Ids of codings that an earlier import brought and the project no longer has; they stay.
    withdrawn
        How many codings of the project were withdrawn in the store; they stay withdrawn.
    left_out
        What of the project has no place in the store.
    """

    texts: int
    codings: int
    memos: int
    same: int
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    withdrawn: int
    left_out: tuple[str, ...]

    def __repr__(self) -> str:
        new = (counted(self.texts, "text", "texts"), counted(self.codings, "coding", "codings"),
               counted(self.memos, "memo", "memos"))
        told = {
            _("there already, the same"): self.same,
            _("changed in the project (another memo); the store keeps its own"): self.changed,
            _("gone from the project; still in the store"): self.gone,
            _("withdrawn in the store; not brought back"): self.withdrawn}
        lines = [_("new: {parts}", parts=", ".join(new))]
        for words, what in told.items():
            if what:
                n, ids = (what, "") if isinstance(what, int) else (
                    len(what), f" ({', '.join(what)})")
                lines.append(f"{words}: {n}{ids}")
        return "\n".join([*lines, *(_("left out: {what}", what=one) for one in self.left_out)])


def import_project(
    store: Store, project: "RefiProject", *, privacy: str, source: str, item: str
) -> Imported:
    """Keep the texts, codings, memos and what was looked for of a project."""
    name = f"{source}.{item}" if item else ""
    if not item and any(one.kind == "Answer" for one in project.sources):
        raise CodingError(_(
            "{project}: holds answers to an open item. Give the id of their source and of the "
            "item, as source and item.",
            project=project.name))
    before = set(store.documents())
    _add_texts(store, project, {"privacy": privacy, "source": source, "converter": "refi"}, item)
    prefix = f"{name}/" if name else ""
    keys = _keys(store, project, prefix)
    wanted = _wanted(project, keys)
    there = _imported(store)
    fresh = {key: row for key, row in wanted.items() if key not in there}
    for coder in {key[-1] for key in fresh}:
        store.add_all((row for key, row in fresh.items() if key[-1] == coder), coder=coder)
    _consider(store, project, name)
    return Imported(
        texts=len(set(store.documents()) - before), codings=len(fresh),
        memos=_add_memos(store, project, prefix, keys),
        **_compared(project, wanted, there, prefix), left_out=project.left_out)


def _add_texts(
    store: Store, project: "RefiProject", about: Mapping[str, str], item: str
) -> None:
    if not item:
        there = store.documents()  # these first: one that is another text now stops the import
        for name, one in sorted(project.texts.items(), key=lambda pair: pair[0] not in there):
            store.add_document(name, one.text, attributes=project.attributes_of(one), **about)
        return
    rows = [{"document": name, "text": one.text, "attributes": project.attributes_of(one)}
            for name, one in project.texts.items()]
    store.add_answers(f"{about['source']}.{item}", rows, item=item, **about)


def _keys(store: Store, project: "RefiProject", prefix: str) -> dict[str, Key]:
    """Return by GUID what makes each coding the one it is, with the code that is in use now."""
    current = history(store.operations()).current
    return {guid: (prefix + row["document"], row["start"], row["end"],
                   current.get(row["code"], row["code"]), coder)
            for guid, coder, row in project.placed()}


def _wanted(
    project: "RefiProject", keys: Mapping[str, Key]
) -> dict[Key, dict[str, Any]]:
    """Return the codings of a project, each once; remarks on the same coding are joined."""
    found: dict[Key, dict[str, Any]] = {}
    for guid, __, row in project.placed():
        key = keys[guid]
        memos = [found[key]["memo"]] if key in found else []
        memos += [row["memo"]] if row["memo"] not in memos else []
        found[key] = row | {"document": key[0], "memo": "\n\n".join(filter(None, memos))}
    return found


def _imported(store: Store) -> dict[Key, Coding]:
    """Return the codings of earlier imports; where one was withdrawn and given again, the last."""
    every = [one for one in store.codings(withdrawn=True)
             if one.origin == "import" and one.status in (*PLACED, WITHDRAWN)]
    return {(one.document, one.start, one.end, one.code, one.coder): one
            for one in sorted(every, key=lambda one: one.status in PLACED)}


def _compared(
    project: "RefiProject", wanted: Mapping[Key, Mapping[str, Any]],
    there: Mapping[Key, Coding], prefix: str,
) -> dict[str, Any]:
    """Say what became of the codings that were there."""
    texts = {prefix + name for name in project.texts}
    coders = {*project.coders().values(), NOBODY}
    known = {key: one for key, one in there.items() if key in wanted}
    kept = {key: one for key, one in known.items() if one.status != WITHDRAWN}
    changed = [one.id for key, one in kept.items() if one.memo != frozen(wanted[key]["memo"])]
    gone = [one.id for key, one in there.items() if key not in wanted and one.status in PLACED
            and one.document in texts and one.coder in coders]
    return {"same": len(kept) - len(changed), "changed": tuple(sorted(changed)),
            "gone": tuple(sorted(gone)), "withdrawn": len(known) - len(kept)}


def _consider(store: Store, project: "RefiProject", name: str) -> None:
    """Keep what was looked for; in one step where it is the same for all answers."""
    looked = project.looked()
    same = {(coder, codes) for __, coder, codes in looked}
    if name and len(same) == 1 and len(looked) == len(project.texts):
        ((coder, codes),) = same
        store.consider(name, codes, coder=coder)
        return
    for document, coder, codes in looked:
        store.consider(f"{name}/{document}" if name else document, codes, coder=coder)


def _add_memos(
    store: Store, project: "RefiProject", prefix: str, keys: Mapping[str, Key]
) -> int:
    """Keep the notes of a project as memos, each about what it is linked to; return how many."""
    there = {key: one.id for key, one in _imported(store).items()}
    ids = {guid: there[key] for guid, key in keys.items() if key in there}
    known, coders, n = {_told(memo) for memo in store.memos()}, project.coders(), 0
    for note, about in _linked(project, prefix, ids):
        memo = Memo(note.text, coders.get(note.author.creator, NOBODY), title=note.name,
                    time=_when(note.author.created), **about)
        if note.text.strip() and _told(memo) not in known:
            known.add(_told(memo))
            store.add_memo(memo.text, coder=memo.coder, title=memo.title, time=memo.time, **about)
            n += 1
    return n


def _told(memo: Memo) -> tuple[str, ...]:
    return (frozen(memo.text).strip("\n"), memo.coder, memo.kind, memo.title, memo.document,
            memo.coding, memo.code)


def _linked(
    project: "RefiProject", prefix: str, ids: Mapping[str, str]
) -> Iterator[tuple["Note", dict[str, str]]]:
    """Yield each note with its kind and the ids that it is about.

    A remark on codings alone is not there: it is their memo.
    """
    kinds, links = project.memo_kinds(), project.note_links()
    for note, document in project.described():
        yield note, {"kind": "theory", "document": prefix + document} if document else {
            "kind": "method"}
    for note in project.notes:
        every = links.get(note.guid, [])
        found = [{what: prefix + one if what == "document" else ids.get(one, one)}
                 for what, one in every if what != "coding" or note.guid in kinds]
        for about in found or ([] if every else [{}]):
            usual = "code" if "code" in about else "theory" if about else "method"
            yield note, about | {"kind": kinds.get(note.guid, usual)}


def _when(written: str) -> str:
    """Return a time as the store writes it; now, where none was written."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return now()
    return (found.astimezone(UTC) if found.tzinfo else found).strftime(TIME)
