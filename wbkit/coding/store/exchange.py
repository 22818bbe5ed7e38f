"""From the coding store to results: Codings, and a Table of memos."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from wbkit.coding.store.codebook_difference import with_operations
from wbkit.coding.store.incoming import Witness
from wbkit.coding.store.memos import MEMO_KINDS
from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.records import Coding, Considered
from wbkit.coding.store.texts import Group, Stored
from wbkit.data.codings import CODING_COLUMNS, CONSIDERED_COLUMNS, MACHINE, Codings
from wbkit.data.consent import are_of, not_quoted, read_consent, read_noted_rows
from wbkit.data.documents import PSEUDONYMISED, TURN_COLUMNS, Documents, no_rows
from wbkit.data.source_data import need
from wbkit.errors import CodebookError, CodingError, DisclosureError
from wbkit.messages import _, counted
from wbkit.study.codebook import Codebook, load_codebook
from wbkit.study.study import Study
from wbkit.table.facts import Counted, Subject
from wbkit.table.statements.coding import Memos
from wbkit.table.table import Table

FOLDER = "coding"
MORE = ("id", "round", "rule", "codebook", "memo", "time", "supersedes", "decided_by")
LOOKED = ("round", "codebook", "status", "blind")
MEMO_COLUMNS = ("title", "kind", "about", "coder", "time", "text")


def read_codings(
    study: Study, name: str, *, documents: Documents | None = None,
    coders: Sequence[str] | None = None, codebook: Codebook | None = None,
    folder: str | Path | None = None,
) -> Codings:
    """Read what people coded in the texts of a source, or in the answers to an open item.

    Parameters
    ----------
    study
        The study.
    name
        Id of a source of texts, or ``source.item``.
    documents
        The texts as `read_texts` returns them, with guide and attributes; they must be those
        that were coded. When left out: the texts of the store.
    coders
        Ids of coders; everybody when left out.
    codebook
        When left out: codebook.toml beside study.toml.
    folder
        The coding store; ``data/coding`` when left out.

    Returns
    -------
    Codings
        One row for each coding that has a place in the texts as they are now; status ``review``
        waits for a reader. Beside the usual columns: id, round, rule, codebook, memo, time,
        supersedes, decided_by. ``considered`` has round, codebook, status and blind too; of a
        machine origin and witness. ``documents.privacy`` is what the store says.

    Raises
    ------
    CodingError
        If a quote or a text is not what it was (document, coder and line are named), the store
        has no such texts or coders, or `documents` are other texts than those that were coded.
    CodebookError
        If a code is not in the codebook (document, coder and line are named).
    """
    need(study, Study, "read_codings",
         _("Give load_study() first, then the id of a source."))
    store = StoredCodings(folder or study.folder / FOLDER)
    coders = [coders] if isinstance(coders, str) else coders
    found, looked = store.codings(), store.considered()
    _check_coders(coders, found, looked)
    groups = _groups(store, name)
    there = {one.id: one for group in groups for one in group.texts.values()}
    made = documents or _documents(study, name, groups)
    _check_same(made, there, name)
    book = with_operations(codebook or load_codebook(study.folder), store.operations())
    strange = store.faults(book.codes)
    if strange:
        raise CodebookError(strange[0])
    known = set(made.texts["document"])
    found, looked = ([one for one in every if one.document in there
                      and _within(one.document) in known and (not coders or one.coder in coders)]
                     for every in (found, looked))
    whole = {one.digits: one.sha256 for one in there.values()}
    made = replace(made, privacy=_privacy(made, there, groups),
                   unquoted=made.unquoted | _unquoted(study, made))
    return Codings(_frame(found, whole), made, book, _looked(looked, whole, store.witnesses()))


def _privacy(made: Documents, there: Collection[str], groups: Iterable[Group]) -> str:
    """Say how it stands with texts of real people: as the store says of all of them."""
    said = {group.about["privacy"] for group in groups}
    inside = {_within(one) for one in there} >= set(made.texts["document"])
    safe = inside and said <= {"synthetic", "public", PSEUDONYMISED}
    return PSEUDONYMISED if safe and PSEUDONYMISED in said else "real" if not safe else ""


def _unquoted(study: Study, made: Documents) -> frozenset[str]:
    """Return the texts of people who do not want to be quoted, as consent.csv says now.

    Of answers only the preparation knows whose they are.
    """
    source = made.source
    if source.synthetic or source.public:
        return frozenset()
    if made.item:
        return read_noted_rows(study.folder, source.name)
    silent = not_quoted(read_consent(study.private_folder), source.name)
    theirs = are_of(made.texts["document"], silent) | are_of(made.texts["unit"], silent)
    return frozenset(made.texts.loc[theirs, "document"])


def _check_coders(
    coders: Sequence[str] | None, found: Sequence[Coding], looked: Sequence[Considered]
) -> None:
    known = {one.coder for every in (found, looked) for one in every}
    strange = [one for one in coders or () if one not in known]
    if strange or (coders is not None and not coders):
        raise CodingError(_(
            "there is no coder {coder!r} in the coding store. It has {known}. Choose among "
            "these.",
            coder=strange[0] if strange else "", known=", ".join(sorted(known)) or _("nobody")))


def read_memos(
    study: Study, *, kind: str | None = None, folder: str | Path | None = None
) -> Table:
    """List the memos of the coders.

    Parameters
    ----------
    study
        The study.
    kind
        ``code``, ``theory`` or ``method``; all when left out.
    folder
        The coding store; ``data/coding`` when left out.

    Returns
    -------
    Table
        One row for each memo: title, kind, about (document, coding or code), coder, time, text.

    Raises
    ------
    DisclosureError
        If texts of real people were not pseudonymised: a memo can hold their words.
    CodingError
        If there is no such kind, or a memo cannot be read.
    """
    need(study, Study, "read_memos", _("Give load_study()."))
    if kind is not None and kind not in MEMO_KINDS:
        raise CodingError(_(
            "there is no kind of memo {kind!r}. It may be {kinds}.",
            kind=kind, kinds=", ".join(MEMO_KINDS)))
    store = StoredCodings(folder or study.folder / FOLDER)
    _check_memos_may_be_shown(store)
    chosen = [one for one in store.memos() if kind in (None, one.kind)]
    rows = [(one.title, one.kind, one.code or one.document or one.coding, one.coder, one.time,
             one.text) for one in chosen]
    facts = (Subject("memos"), Counted("memo"), Memos(len(rows), MEMO_KINDS))
    sources = [study.sources[name] for name in study.sources if name in _held(store)]
    data = pd.DataFrame(rows, columns=list(MEMO_COLUMNS), dtype="str")
    return Table(data, "listing", (), facts, tuple(sources))


def _check_memos_may_be_shown(store: StoredCodings) -> None:
    real = [name for name, group in store.groups().items()
            if group.about["privacy"] not in ("synthetic", "public", PSEUDONYMISED)]
    if real:
        raise DisclosureError(_(
            "the coding store holds {text!r}, words of real people, and a memo can repeat them. "
            "Give wbkit pseudonymise, which goes through memos too; until then read the files in "
            "memos/ where they are.",
            text=real[0]))


def _held(store: StoredCodings) -> set[str]:
    """Return the sources of which the store has texts."""
    return {group.about["source"] for group in store.groups().values()}


def _groups(store: StoredCodings, name: str) -> list[Group]:
    every = store.groups()
    found = [group for group in every.values()
             if name == group.name or name == group.about["source"] and not group.about["item"]]
    if not found:
        raise CodingError(_(
            "{name}: the coding store has no such texts. It has {names}. Keep them there with "
            "store.add_documents, or correct the name.",
            name=name, names=", ".join(sorted(_names(every.values()))) or _("none")))
    return found


def _names(groups: Iterable[Group]) -> set[str]:
    return {group.name if group.about["item"] else group.about["source"] or group.name
            for group in groups}


def _within(document: str) -> str:
    """Return the id of a text within its source: the row of an answer."""
    return document.rpartition("/")[2]


def _documents(study: Study, name: str, groups: Sequence[Group]) -> Documents:
    source = study.source(groups[0].about["source"] or name.partition(".")[0])
    texts = [{"document": _within(one.id), "text": one.text, "unit": one.unit or _within(one.id),
              **one.attributes} for group in groups for one in group.texts.values()]
    turns = [{"document": group.name, **turn} for group in groups for turn in group.turns]
    frame = pd.DataFrame(turns)[list(TURN_COLUMNS)] if turns else no_rows(TURN_COLUMNS)
    return Documents.of(pd.DataFrame(texts, dtype="str").fillna(""), source, turns=frame,
                        item=groups[0].about["item"])


def _check_same(documents: Documents, stored: dict[str, Stored], name: str) -> None:
    """Refuse texts that are not those that were coded."""
    there = {_within(one.id): one.sha256 for one in stored.values()}
    hashes = documents.texts.set_index("document")["sha256"]
    other = [one for one, sha256 in hashes.items() if there.get(one, sha256) != sha256]
    if other:
        raise CodingError(_(
            "{name}: {texts} other than those that were coded, {first!r} first. Bring the coding "
            "store up to date with store.revise, or run wbkit prepare on the texts that were "
            "coded.",
            name=name, texts=counted(len(other), "text", "texts"), first=other[0]))


def _frame(codings: Sequence[Coding], whole: Mapping[str, str]) -> pd.DataFrame:
    columns = [*CODING_COLUMNS, *MORE]
    rows = [{**{name: getattr(one, name) for name in (*CODING_COLUMNS[:-1], *MORE)},
             "document": _within(one.document), "revision": whole.get(one.revision, one.revision),
             "term": one.rule} for one in codings]
    frame = pd.DataFrame(rows, columns=columns)
    texts = [name for name in columns if name not in ("start", "end")]
    return frame.astype(dict.fromkeys(texts, "str") | {"start": "int64", "end": "int64"})


def _looked(
    considered: Sequence[Considered], whole: Mapping[str, str], machines: Mapping[str, Witness]
) -> pd.DataFrame:
    rows = [[_within(one.document), whole.get(one.revision, one.revision), one.coder, one.codes,
             *(getattr(one, name) for name in LOOKED), MACHINE if one.coder in machines else "",
             str(machines.get(one.coder, ""))] for one in considered]
    return pd.DataFrame(rows, columns=[*CONSIDERED_COLUMNS, *LOOKED, "origin", "witness"],
                        dtype=object)
