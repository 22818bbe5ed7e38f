"""Between the coding store and a project of another coding program."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from wbkit.coding.refi.model import (
    NOWHERE,
    Author,
    Case,
    Given,
    Note,
    RefiCode,
    RefiProject,
    RefiSource,
    Selection,
    User,
    Value,
    Variable,
)
from wbkit.coding.refi.parts import SPACE
from wbkit.coding.store.files import CODER
from wbkit.coding.store.records import ACCEPTED, Coding
from wbkit.coding.store.store import CodingStore
from wbkit.coding.store.texts import Stored
from wbkit.errors import CodebookError, CodingError
from wbkit.study.codebook import Codebook
from wbkit.text.normalise import as_id, free_id

LONGEST = 32  # signs of an id
DEFINED = "Imported; not defined there."
LOST = {
    "rule": "the rule or term that led to a coding", "codebook": "versions of the codebook",
    "supersedes": "which coding another one supersedes",
}


def refi_project(store: CodingStore, codebook: Codebook, *, name: str = "wbkit") -> RefiProject:
    """Make a project for another coding program of all that stands in the store.

    Parameters
    ----------
    store
        The coding store.
    codebook
        What the codes mean.
    name
        Name of the project.

    Returns
    -------
    RefiProject
        Texts, codings, coders, memos and attributes (as variables of cases, one for each unit);
        GUIDs depend on ids only. ``lost`` says what the format cannot hold.

    Raises
    ------
    CodebookError
        If a quote is not what it was, or a code is not in the codebook; names document, coder
        and line.
    """
    faults = store.check(codebook.codes)
    if faults:
        raise CodebookError(faults[0])
    texts = list(store.documents().values())
    made = _Making(codebook, store.codings())
    variables = sorted({one for text in texts for one in text.attributes})
    codes = tuple(made.codes())
    return RefiProject(
        name, "wbkit", users=tuple(User(_guid("user", one), one) for one in made.coders()),
        codes=codes, sources=tuple(made.source(one) for one in texts),
        variables=tuple(Variable(_guid("variable", one), one) for one in variables),
        cases=tuple(_cases(texts)), notes=tuple(made.notes(store)),
        lost=(*made.lost, *_beside(store)))


@dataclass
class _Making:
    """A project in the making."""

    codebook: Codebook
    codings: Sequence[Coding]
    lost: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_text: dict[str, list[Coding]] = {}
        for one in self.codings:
            self._by_text.setdefault(one.document, []).append(one)

    def coders(self) -> list[str]:
        return sorted({one.coder for one in self.codings})

    def codes(self) -> Iterator[RefiCode]:
        for name, code in self.codebook.codes.items():
            self.lost += ["further parents of a code"] * max(0, len(code.parents) - 1)
            self.lost += ["search terms of codes"] * len(code.terms)
            words = "\n".join(filter(None, (code.definition, code.include, code.exclude,
                                            code.example)))
            parent = _guid("code", code.parents[0]) if code.parents else ""
            yield RefiCode(_guid("code", name), code.words("nl"), words, parent)

    def source(self, text: Stored) -> RefiSource:
        groups: dict[tuple[int, int], list[Coding]] = {}
        for one in self._by_text.get(text.id, ()):
            groups.setdefault((one.start, one.end), []).append(one)
        return RefiSource(_guid("source", text.id), text.id, text.text, selections=tuple(
            self._selection(text, place, every) for place, every in sorted(groups.items())))

    def _selection(
        self, text: Stored, place: tuple[int, int], every: Sequence[Coding]
    ) -> Selection:
        for one in every:
            self.lost += [words for name, words in LOST.items() if getattr(one, name)]
            self.lost += ["the round of a coding"] * (one.round != "main")
            self.lost += ["the origin of a coding"] * (one.origin != "manual")
            self.lost += ["that a coding waits for a reader"] * (one.status != ACCEPTED)
        first = min(every, key=lambda one: (one.time, one.coder))
        given = tuple(Given(_guid("coding", one.id), _guid("code", one.code),
                            Author(_guid("user", one.coder), one.time),
                            (_guid("note", one.id),) if one.memo else ()) for one in every)
        return Selection(_guid("selection", f"{text.id}:{place[0]}-{place[1]}"), *place,
                         author=Author(_guid("user", first.coder), first.time), codings=given)

    def notes(self, store: CodingStore) -> Iterator[Note]:
        for one in self.codings:
            if one.memo:
                yield Note(_guid("note", one.id), "", one.memo,
                           Author(_guid("user", one.coder), one.time))
        coders = self.coders()
        for memo in store.memos():
            self.lost += ["what a memo is about, and its kind"]
            by = _guid("user", memo.coder) if memo.coder in coders else ""
            yield Note(_guid("note", f"{memo.coder}:{memo.time}:{memo.text}"), memo.title,
                       memo.text, Author(by, memo.time))


def _beside(store: CodingStore) -> list[str]:
    """Say what else stands in the store and not in the project."""
    gone = [one for one in store.codings(withdrawn=True) if one.status in ("withdrawn", "orphan")]
    turns = sum(len(group.turns) for group in store.groups().values())
    return (["withdrawn and lost codings"] * len(gone) + ["turns of speakers"] * turns
            + ["what coders looked for without finding it"] * len(store.considered())
            + ["changes of the codebook"] * len(store.operations()))


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


def refi_codebook(project: RefiProject) -> Codebook:
    """Make a codebook of the codes of a project.

    Parameters
    ----------
    project
        As `read_refi` returns it.

    Returns
    -------
    Codebook
        Ids are made of the names; what was not described there says so.

    Raises
    ------
    CodingError
        If the project has no codes.
    """
    if not project.codes:
        raise CodingError(f"{project.name}: the project has no codes. Export it with them.")
    ids = code_ids(project)
    return Codebook.model_validate({"codes": {
        ids[one.guid]: {"label": one.name or ids[one.guid],
                        "definition": one.description.strip() or DEFINED,
                        "parents": [ids[one.parent]] if one.parent in ids else []}
        for one in project.codes}})


def code_ids(project: RefiProject) -> dict[str, str]:
    """Return the id of each code by its GUID."""
    return _ids({one.guid: one.name for one in project.codes}, "code")


def _ids(names: Mapping[str, str], word: str) -> dict[str, str]:
    """Return ids of small letters, each once."""
    made: dict[str, str] = {}
    for key, name in names.items():
        made[key] = free_id(as_id(name, start=word, longest=LONGEST), made.values())
    return made


def store_refi(
    store: CodingStore, project: RefiProject, *, privacy: str, source: str = ""
) -> tuple[str, ...]:
    """Bring the texts and codings of a project into the coding store.

    Parameters
    ----------
    store
        The store.
    project
        As `read_refi` returns it.
    privacy
        ``synthetic``, ``public``, ``pseudonymised`` or ``real``.
    source
        Id of the source of study.toml to which the texts belong, by which `read_codings` finds
        them.

    Returns
    -------
    tuple of str
        What has no place in the store. Codings have origin ``import`` and the time and memo of
        the project; coders and codes have ids made of their names (`refi_codebook`).

    Raises
    ------
    DisclosureError
        If the texts are real and git keeps the store.
    """
    names = _ids({one.guid: one.name for one in project.sources}, "source")
    coders = _ids({one.guid: one.name for one in project.users}, "coder")
    for one in project.sources:
        if one.text is not None:
            store.add_document(names[one.guid], one.text, privacy=privacy, converter="refi",
                               source=source, attributes=_attributes(project, one))
    rows = list(_rows(project, names, coders))
    for coder in dict.fromkeys(row["coder"] for row in rows):
        mine = [{key: value for key, value in row.items() if key != "coder"} for row in rows
                if row["coder"] == coder]
        store.add_all(mine, coder=coder)
    return _left_out(project)


def _rows(
    project: RefiProject, names: Mapping[str, str], coders: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    codes, notes = code_ids(project), {one.guid: one.text for one in project.notes}
    for source, place in project.selections():
        for one in place.codings if place.start != NOWHERE else ():
            memo = "\n\n".join([*filter(None, [place.description]),
                                *(notes[ref] for ref in (*place.notes, *one.notes)
                                  if ref in notes)])
            coder = coders.get(one.author.creator or place.author.creator, "import")
            if one.code in codes and CODER.fullmatch(coder):
                yield {"document": names[source.guid], "start": place.start, "end": place.end,
                       "code": codes[one.code], "coder": coder, "origin": "import",
                       "time": one.author.created or place.author.created, "memo": memo}


def _attributes(project: RefiProject, source: RefiSource) -> dict[str, str]:
    words = {one.guid: one.name for one in project.variables}
    given = [value for case in project.cases if source.guid in case.sources
             for value in case.values]
    return {words[one.variable]: one.value for one in (*given, *source.values)
            if one.variable in words}


def _left_out(project: RefiProject) -> tuple[str, ...]:
    lost = {
        "codes given to a whole source": sum(len(one.codings) for one in project.sources),
        "selections without a code": sum(not one.codings for _, one in project.selections()),
        "selections without a place": sum(one.start == NOWHERE for _, one in project.selections()),
        "sources without text": sum(one.text is None for one in project.sources),
        "links": len(project.links), "sets": len(project.sets),
    }
    return tuple(f"{words}: {n}" for words, n in lost.items() if n)
