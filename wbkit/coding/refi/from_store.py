"""Write all that stands in the coding store for another coding program (REFI-QDA)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid5

from wbkit.coding.refi.model import (
    Author,
    Case,
    Given,
    Note,
    RefiCode,
    RefiSet,
    RefiSource,
    Selection,
    User,
    Value,
    Variable,
)
from wbkit.coding.refi.parts import SPACE
from wbkit.coding.refi.project import RefiProject
from wbkit.coding.refi.writing import Written, write_project
from wbkit.coding.store.memos import MEMO_KINDS, Memo
from wbkit.coding.store.records import ACCEPTED, Coding
from wbkit.coding.store.store import CodingStore
from wbkit.coding.store.texts import Stored
from wbkit.errors import CodebookError
from wbkit.messages import mark
from wbkit.study.codebook import Codebook

LOST = {
    "rule": mark("the rule or term that led to a coding"),
    "codebook": mark("versions of the codebook"),
    "supersedes": mark("which coding another one supersedes"),
}


def write_refi(
    store: CodingStore, codebook: Codebook, path: str | Path, *, name: str = "wbkit"
) -> Written:
    r"""Write all that stands in the store as a project (.qdpx), or its codebook (.qdc).

    Parameters
    ----------
    store
        The coding store.
    codebook
        What the codes mean.
    path
        The file; its ending says what is written.
    name
        Name of the project.

    Returns
    -------
    Written
        The file, and what its format cannot hold. It holds texts, codings, coders, memos and
        attributes (as variables of cases, one for each unit); GUIDs depend on ids only, and the
        same store gives the same bytes. Positions are code points, the end exclusive, in texts
        with ``\n`` and without byte order mark.

    Raises
    ------
    CodebookError
        If a quote is not what it was, or a code is not in the codebook; names document, coder
        and line.
    CodingError
        If the path has another ending, or a codebook has no codes.
    """
    return write_project(_project(store, codebook, name), path)


def _project(store: CodingStore, codebook: Codebook, name: str) -> RefiProject:
    faults = store.faults(codebook.codes)
    if faults:
        raise CodebookError(faults[0])
    texts = list(store.documents().values())
    made = _Making(codebook, store.codings(), store.memos())
    variables = sorted({one for text in texts for one in text.attributes})
    codes = tuple(made.codes())
    return RefiProject(
        name, "wbkit", users=tuple(User(_guid("user", one), one) for one in made.coders()),
        codes=codes, sources=tuple(made.source(one) for one in texts),
        variables=tuple(Variable(_guid("variable", one), one) for one in variables),
        cases=tuple(_cases(texts)), notes=tuple(made.notes()), sets=tuple(made.kinds()),
        note_refs=made.about("", ""), lost=(*made.lost, *_beside(store)))


@dataclass
class _Making:
    """A project in the making."""

    codebook: Codebook
    codings: Sequence[Coding]
    memos: Sequence[Memo]
    lost: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_text: dict[str, list[Coding]] = {}
        for one in self.codings:
            self._by_text.setdefault(one.document, []).append(one)

    def coders(self) -> list[str]:
        return sorted({one.coder for one in (*self.codings, *self.memos)})

    def about(self, what: str, name: str) -> tuple[str, ...]:
        """Return references to the memos about a code, text or coding; without a word to others."""
        return tuple(_memo_guid(one) for one in self.memos if _link(one) == (what, name))

    def codes(self) -> Iterator[RefiCode]:
        for name, code in self.codebook.codes.items():
            self.lost += [mark("further parents of a code")] * max(0, len(code.parents) - 1)
            self.lost += [mark("search terms of codes")] * len(code.terms)
            words = "\n".join(filter(None, (code.definition, code.include, code.exclude,
                                            code.example)))
            parent = _guid("code", code.parents[0]) if code.parents else ""
            yield RefiCode(_guid("code", name), code.words("nl"), words, parent,
                           notes=self.about("code", name))

    def source(self, text: Stored) -> RefiSource:
        groups: dict[tuple[int, int], list[Coding]] = {}
        for one in self._by_text.get(text.id, ()):
            groups.setdefault((one.start, one.end), []).append(one)
        return RefiSource(_guid("source", text.id), text.id, text.text, selections=tuple(
            self._selection(text, place, every) for place, every in sorted(groups.items())),
            notes=self.about("document", text.id))

    def _selection(
        self, text: Stored, place: tuple[int, int], every: Sequence[Coding]
    ) -> Selection:
        for one in every:
            self.lost += [words for name, words in LOST.items() if getattr(one, name)]
            self.lost += [mark("the round of a coding")] * (one.round != "main")
            self.lost += [mark("the origin of a coding")] * (one.origin != "manual")
            self.lost += [mark("that a coding waits for a reader")] * (one.status != ACCEPTED)
        first = min(every, key=lambda one: (one.time, one.coder))
        given = tuple(Given(_guid("coding", one.id), _guid("code", one.code),
                            Author(_guid("user", one.coder), one.time),
                            (*([_guid("note", one.id)] if one.memo else []),
                             *self.about("coding", one.id))) for one in every)
        return Selection(_guid("selection", f"{text.id}:{place[0]}-{place[1]}"), *place,
                         author=Author(_guid("user", first.coder), first.time), codings=given)

    def notes(self) -> Iterator[Note]:
        for one in self.codings:
            if one.memo:
                yield Note(_guid("note", one.id), "", one.memo,
                           Author(_guid("user", one.coder), one.time))
        for memo in self.memos:
            yield Note(_memo_guid(memo), memo.title, memo.text,
                       Author(_guid("user", memo.coder), memo.time))

    def kinds(self) -> Iterator[RefiSet]:
        """Yield the kinds of memos, by which `CodingStore.add_refi` knows them again."""
        for kind in MEMO_KINDS:
            notes = tuple(_memo_guid(one) for one in self.memos if one.kind == kind)
            if notes:
                yield RefiSet(_guid("memos", kind), kind, notes=notes)


def _memo_guid(memo: Memo) -> str:
    return _guid("note", f"{memo.coder}:{memo.time}:{memo.kind}:{_link(memo)}:{memo.text}")


def _link(memo: Memo) -> tuple[str, str]:
    """Return what a memo is about, the nearest of what it names, and its id."""
    names = ("coding", "code", "document")
    return next(((name, getattr(memo, name)) for name in names if getattr(memo, name)), ("", ""))


def _beside(store: CodingStore) -> list[str]:
    """Say what else stands in the store and not in the project."""
    gone = [one for one in store.codings(withdrawn=True) if one.status in ("withdrawn", "orphan")]
    turns = sum(len(group.turns) for group in store.groups().values())
    return ([mark("withdrawn and lost codings")] * len(gone) + [mark("turns of speakers")] * turns
            + [mark("what coders looked for without finding it")] * len(store.considered())
            + [mark("changes of the codebook")] * len(store.operations()))


def _cases(texts: Iterable[Stored]) -> Iterator[Case]:
    units: dict[str, list[Stored]] = {}
    for one in texts:
        group = one.id.rpartition("/")[0]
        units.setdefault(f"{group}/{one.unit}" if group else one.unit or one.id, []).append(one)
    for unit, every in units.items():
        values = {name: value for one in every for name, value in one.attributes.items() if value}
        yield Case(_guid("case", unit), unit, values=tuple(
            Value(_guid("variable", name), "Text", value) for name, value in values.items()),
            sources=tuple(_guid("source", one.id) for one in every))


def _guid(kind: str, name: str) -> str:
    return str(uuid5(SPACE, f"{kind}:{name}"))
