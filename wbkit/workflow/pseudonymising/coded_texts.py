"""The coding store after pseudonymising: texts with pseudonyms, codings where their words went."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import pandas as pd

from wbkit.coding.store.revisions import Replaced, Revision
from wbkit.coding.store.store import CodingStore
from wbkit.coding.store.texts import Group
from wbkit.data.consent import are_of
from wbkit.data.documents import PSEUDONYMISED, Documents
from wbkit.privacy.pseudonyms import Edit, edited, edits_of, moved
from wbkit.text.identifying import REPLACED
from wbkit.text.normalise import frozen
from wbkit.workflow.pseudonymising.applying import Private

Place = Callable[[int, bool], int]


def update_store(
    folder: Path, applied: Iterable[tuple[Documents, tuple[Documents, Private]]], *,
    watch: Callable[[str], None] = lambda _: None,
) -> list[Revision]:
    """Bring the texts of a store to their form of now, and carry their codings.

    `applied` are texts as they stand in the raw files, with what was made of them.
    """
    if not folder.is_dir():
        return []
    results: list[Revision] = []
    texts = list(applied)
    safe = {word for _, (_, private) in texts for word in private.review.safe}
    with CodingStore(folder, safe=safe) as store:
        for raw, (now, private) in texts:
            for name, group in store.groups().items():
                if _belongs(group, now):
                    results += _carried(store, name, group, raw, now, private)
    for one in results:
        if one.review or one.orphan:
            watch(str(one))
    return results


def _belongs(group: Group, documents: Documents) -> bool:
    return (group.about["source"] == documents.source.name
            and group.about["item"] == documents.item)


def _carried(
    store: CodingStore, name: str, group: Group, raw: Documents, now: Documents, private: Private
) -> list[Revision]:
    """Carry the codings of one text, or of the answers to an item."""
    origin = dict(zip(raw.texts["document"], raw.texts["text"], strict=True))
    texts = dict(zip(now.texts["document"], now.texts["text"], strict=True))
    privacy = PSEUDONYMISED if now.privacy == PSEUDONYMISED else group.about["privacy"]
    marks = {one.pseudonym for one in private.review.decisions if one.pseudonym}
    exact: dict[str, tuple[str, Place]] = {}
    results = []
    for document, stored in group.texts.items():
        own = document.rpartition("/")[2]
        if own not in texts or (stored.text == texts[own] and privacy == group.about["privacy"]):
            continue
        new = edits_of(origin[own], private.review, private.pseudonyms,
                       undecided=now.privacy != PSEUDONYMISED)
        place = place_between(stored.text, origin[own], new, marks)
        if place is None:  # the raw text itself is another one: nobody can say where words went
            results.append(store.revise(document, texts[own], keep=False))
        else:
            exact[document] = texts[own], place
    if exact:
        words = private.review, private.pseudonyms
        results += store.replace_words(Replaced(
            name, exact, lambda text: edited(text, edits_of(text, *words, undecided=True)),
            privacy))
    return results


def edits_between(raw: str, text: str, own: Iterable[str] = ()) -> list[Edit] | None:
    """Return the edits that made a text of a raw one; None when it was not made of it.

    What was replaced stands between brackets, as a pseudonym of wbkit or one of a person's `own`;
    all else is as it was.
    """
    marks = re.compile("|".join((*map(re.escape, sorted(own, reverse=True)), REPLACED.pattern)))
    raw, edits, at, done = frozen(raw), [], 0, 0
    for mark in marks.finditer(text):
        literal = text[done:mark.start()]
        place = raw.find(literal, at) if edits else (0 if raw.startswith(literal) else -1)
        if place < 0:
            return None
        if edits:
            edits[-1] = Edit(edits[-1].start, place, edits[-1].new)
        edits.append(Edit(place + len(literal), place + len(literal), mark[0]))
        at, done = place + len(literal), mark.end()
    rest = text[done:]
    if not edits:
        return [] if raw == text else None
    if not raw.endswith(rest) or len(raw) - len(rest) < at:
        return None
    edits[-1] = Edit(edits[-1].start, len(raw) - len(rest), edits[-1].new)
    return edits


def place_between(
    stored: str, raw: str, new: Sequence[Edit], own: Iterable[str] = ()
) -> Place | None:
    """Return where a place of the stored text is in the new one, by way of the raw text."""
    old = edits_between(raw, stored, own)
    if old is None:
        return None
    there = moved(new)
    return lambda at, is_end: there(_in_raw(old, at, is_end=is_end), is_end)


def _in_raw(edits: Sequence[Edit], at: int, *, is_end: bool) -> int:
    """Return where a place of an edited text is in the raw one."""
    shift = 0
    for one in edits:
        start = one.start + shift
        end = start + len(one.new)
        if at <= start:
            break
        if at < end or (at == end and is_end):
            return one.end if is_end else one.start
        shift += len(one.new) - (one.end - one.start)
    return at - shift


def forget_withdrawn(folder: Path, gone: Mapping[str, AbstractSet[str]]) -> list[str]:
    """Remove the texts of people who withdrew from a store, with all that was made of them."""
    if not folder.is_dir():
        return []
    with CodingStore(folder) as store:
        out = [document for group in store.groups().values()
               for document, text in group.texts.items()
               if are_of(pd.Series([document.rpartition("/")[2], text.unit], dtype="str"),
                         gone.get(group.about["source"], frozenset())).any()]
        for document in out:
            store.forget(document)
    return out
