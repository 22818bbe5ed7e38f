"""A project of a coding program as a whole, and what the coding store takes from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wbkit.coding.refi.model import (
    ANSWER,
    NOWHERE,
    Author,
    Case,
    Counted,
    Link,
    Looked,
    Note,
    RefiCode,
    RefiSet,
    RefiSource,
    Selection,
    User,
    Variable,
)
from wbkit.coding.store.memos import MEMO_KINDS
from wbkit.errors import CodingError
from wbkit.messages import _, counted, mark
from wbkit.study.codebook import Codebook
from wbkit.text.normalise import as_id, free_id

ORIGIN = "wbkit"
LONGEST = 32  # signs of an id
DEFINED = mark("Imported; not defined there.")
CODING = ("document", "start", "end", "quote", "code", "coder", "origin", "time", "memo")


@dataclass(frozen=True, repr=False)
class RefiProject:
    """A project as it was read, or as it will be written.

    Parameters
    ----------
    name, origin, author, description
        About the project.
    users, codes, variables, cases, sources, notes, links, sets
        Its parts.
    note_refs
        GUIDs of notes about the project as a whole.
    counted
        How positions were counted in each source.
    warnings
        What was odd, and what is not kept.
    lost
        What of our own work the format cannot hold, once for each thing.
    unread
        What the file of another program holds and a project does not: words and their number.
    considered
        Who looked for which codes in which source, where the file says so.

    Ids of codes, texts and coders are made of their names.
    """

    name: str
    origin: str = ""
    author: Author = Author()
    description: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[RefiCode, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[RefiSource, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    sets: tuple[RefiSet, ...] = ()
    note_refs: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    warnings: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    considered: tuple[Looked, ...] = ()

    def selections(self) -> Iterator[tuple[RefiSource, Selection]]:
        """Yield every selection with its source."""
        for source in self.sources:
            for selection in source.selections:
                yield source, selection

    @property
    def codebook(self) -> Codebook:
        """The codes of the project; what was not described there says so."""
        if not self.codes:
            raise CodingError(_(
                "{name}: the project has no codes. Export it with them.",
                name=self.name))
        ids = self._code_ids()
        return Codebook.model_validate({"codes": {
            ids[one.guid]: {"label": one.name or ids[one.guid],
                            "definition": one.description.strip() or str(_(DEFINED)),
                            "parents": [ids[one.parent]] if one.parent in ids else []}
            for one in self.codes}})

    @property
    def codings(self) -> pd.DataFrame:
        """The codings that have a place in a text."""
        texts = {name: one.text for name, one in self.texts.items()}
        rows = [{**row, "coder": coder, "quote": texts[row["document"]][row["start"]:row["end"]]}
                for coder, every in self.rows().items() for row in every]
        return pd.DataFrame(rows, columns=list(CODING))

    @property
    def left_out(self) -> tuple[str, ...]:
        """What has no place in a coding store."""
        places = [one for __, one in self.selections()]
        sets = [one for one in self.sets if one not in self._kinds_of_memos()]
        lost = {
            _("codes given to a whole source"): sum(len(one.codings) for one in self.sources),
            _("selections without a code"): sum(not one.codings for one in places),
            _("selections without a place"): sum(one.start == NOWHERE for one in places),
            _("codings that name no code"): sum(
                not given.code for one in places for given in one.codings),
            _("names of selections that are not their quote"): sum(
                not _repeats(one.name, one.quote) for one in places),
            _("sources without text"): sum(one.text is None for one in self.sources),
            _("colours of codes"): sum(bool(one.color) for one in self.codes),
            _("cases without a text"): sum(not one.sources for one in self.cases),
            _("codes, passages and descriptions of cases"): sum(
                len(one.codes) + len(one.selections) + bool(one.description)
                for one in self.cases),
            _("descriptions of variables"): sum(bool(one.description) for one in self.variables),
            _("who changed something last, and when"): sum(
                bool(one.author.modified) for one in (*self.sources, *places, *self.notes)),
            _("links"): len(self.links), _("sets"): len(sets), **dict(self.unread),
        }
        return tuple(f"{words}: {n}" for words, n in lost.items() if n)

    @property
    def texts(self) -> dict[str, RefiSource]:
        """The sources that have a text, by an id made of their name."""
        names = _ids({one.guid: one.name for one in self.sources if one.kind != ANSWER}, "source")
        return {names.get(one.guid, one.name): one for one in self.sources
                if one.text is not None}

    def attributes_of(self, source: RefiSource) -> dict[str, str]:
        """Return the values of the variables of a source and of its cases."""
        words = {one.guid: one.name for one in self.variables}
        given = [value for case in self.cases if source.guid in case.sources
                 for value in case.values]
        return {words[one.variable]: one.value for one in (*given, *source.values)
                if one.variable in words}

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return for each coder the codings that have a place, as `CodingStore.add_all` takes."""
        found: dict[str, list[dict[str, Any]]] = {}
        for __, coder, row in self.placed():
            found.setdefault(coder, []).append(row)
        return found

    def placed(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield GUID, coder and row of each coding that has a place and a code."""
        documents = {one.guid: name for name, one in self.texts.items()}
        coders, codes, memos = self.coders(), self._code_ids(), self.memo_kinds()
        notes = {one.guid: one.text for one in self.notes if one.guid not in memos}
        for source, place in self.selections():
            for one in place.codings if place.start != NOWHERE else ():
                if one.code in codes:
                    told = [notes[ref] for ref in (*place.notes, *one.notes) if ref in notes]
                    yield one.guid, coders.get(
                        one.author.creator or place.author.creator, "import"), {
                        "document": documents[source.guid], "start": place.start,
                        "end": place.end, "code": codes[one.code], "origin": "import",
                        "memo": "\n\n".join(filter(None, [place.description, *told])),
                        "time": one.author.created or place.author.created}

    def coders(self) -> dict[str, str]:
        """Return the ids of coders, made of their names, by GUID."""
        return _ids({one.guid: one.name for one in self.users}, "coder")

    def looked(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return text, coder and codes of what was looked for, as `CodingStore.consider` takes."""
        documents = {one.guid: name for name, one in self.texts.items()}
        coders, codes = self.coders(), self._code_ids()
        return [(documents[one.source], coders[one.user], tuple(codes[code] for code in one.codes))
                for one in self.considered]

    def memo_kinds(self) -> dict[str, str]:
        """Return the kind of each note that wbkit itself wrote as a memo, by GUID."""
        return {ref: one.name for one in self._kinds_of_memos() for ref in one.notes}

    def _kinds_of_memos(self) -> list[RefiSet]:
        """Return the sets by which `write_refi` tells the kinds of memos apart."""
        return [one for one in self.sets if self.origin == ORIGIN and one.name in MEMO_KINDS
                and not (one.codes or one.sources)]

    def described(self) -> list[tuple[Note, str]]:
        """Return the descriptions of the project and its sources, as notes about a text."""
        found = [(Note(f"about {one.guid}", "", one.description, one.author), name)
                 for name, one in self.texts.items() if one.description.strip()]
        about = Note("about", self.name, self.description, self.author)
        return [*found, *([(about, "")] if self.description.strip() else [])]

    def note_links(self) -> dict[str, list[tuple[str, str]]]:
        """Return what each note is about: code, document or coding (a GUID), and its id."""
        found: dict[str, list[tuple[str, str]]] = {}
        codes, stored = self._code_ids(), {guid for guid, __, __ in self.placed()}
        links = [(ref, ("code", codes[one.guid])) for one in self.codes for ref in one.notes]
        for name, one in self.texts.items():
            links += [(ref, ("document", name)) for ref in one.notes]
            for place in one.selections:
                own = [given for given in place.codings if given.guid in stored]
                links += [(ref, ("coding", given.guid)) for given in own
                          for ref in (*place.notes, *given.notes)]
                links += [(ref, ("document", name)) for given in place.codings
                          if given not in own for ref in given.notes]
                links += [(ref, ("document", name)) for ref in place.notes if not own]
        for ref, link in dict.fromkeys(links):
            found.setdefault(ref, []).append(link)
        return found

    def _code_ids(self) -> dict[str, str]:
        return _ids({one.guid: one.name for one in self.codes}, "code")

    def __repr__(self) -> str:
        parts = (
            counted(len(self.sources), "source", "sources"),
            counted(len(list(self.selections())), "selection", "selections"),
            counted(len(self.codes), "code", "codes"), counted(len(self.users), "user", "users"),
            counted(len(self.cases), "case", "cases"), counted(len(self.notes), "note", "notes"))
        return "\n".join([", ".join(parts), *map(str, self.counted), *self.warnings])


def _ids(names: Mapping[str, str], word: str) -> dict[str, str]:
    """Return ids of small letters, each once."""
    made: dict[str, str] = {}
    for key, name in names.items():
        made[key] = free_id(as_id(name, start=word, longest=LONGEST), made.values())
    return made


def _repeats(name: str, quote: str) -> bool:
    """Whether the name of a selection is the beginning of its quote, as programs write it."""
    words = " ".join(name.split()).rstrip("….").rstrip()
    return " ".join(quote.split()).startswith(words)
