"""Read a project of QualCoder (.qda): texts, codes, codings, memos, cases and their attributes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wbkit.coding.exchange.database import Database, made_guid, note_of
from wbkit.coding.refi.model import (
    NOWHERE,
    Author,
    Case,
    Given,
    Note,
    RefiCode,
    RefiSource,
    Selection,
    User,
    Value,
    Variable,
)
from wbkit.coding.refi.offsets import (
    AS_IS,
    ONE,
    POINTS,
    UTF16,
    Convention,
    Place,
    carried,
    positions,
    widened,
)
from wbkit.coding.refi.project import RefiProject
from wbkit.messages import _, counted, mark
from wbkit.text.normalise import frozen, listed

PROGRAM, DATABASE = "QualCoder", "data.qda"
NEEDED = ("source", "code_name", "code_text")
MADE = ("owner", "date")
OWNED = ("source", "code_name", "code_cat", "code_text", "annotation", "cases", "journal")
WAYS = [Convention(unit, breaks=breaks) for unit in (UTF16, POINTS) for breaks in (AS_IS, ONE)]
KINDS = {"image": "PictureSource", "audio": "AudioSource", "video": "VideoSource"}
UNREAD = {
    "code_image": mark("codes on pictures and pages"), "code_av": mark("codes on sound and video"),
    "graph": mark("diagrams"), "stored_sql": mark("stored queries"),
    "ris": mark("lines of bibliographic references"),
}
NUMERIC = "numeric"
Row = dict[str, Any]


def read_qualcoder(path: str | Path) -> RefiProject:
    """Read a project of QualCoder: the folder that ends with ``.qda``, or ``data.qda`` in it.

    The project itself is not changed. QualCoder keeps the quote beside each coding, so that the
    place of every coding is proved: one of which the quote does not stand in the text gets no
    place, and is named in ``warnings`` and counted in ``left_out``.

    Parameters
    ----------
    path
        The folder of the project, or the database in it.

    Returns
    -------
    RefiProject
        As `read_refi` gives it: ``.codebook``, ``.codings``, ``.texts``, ``.warnings``,
        ``.left_out``; `CodingStore.add_refi` keeps it. A category is a code above others; the
        memo of a code is its definition, the journal and other memos are notes.

    Raises
    ------
    CodingError
        If there is no such file, or it is no project of QualCoder.

    References
    ----------
    Curtain, C. (2024). QualCoder: the database, tables ``source``, ``code_name``, ``code_cat``,
    ``code_text``, ``annotation``, ``cases``, ``case_text``, ``attribute``, ``journal``.
    """
    path = Path(path)
    file = path / DATABASE if path.is_dir() else path
    with Database(file, PROGRAM, NEEDED) as base:
        name = file.parent.stem if file.name == DATABASE else file.stem
        return _Reading(base).project(name)


def _guid(kind: str, number: object) -> str:
    return made_guid(PROGRAM, kind, number)


@dataclass
class _Reading:
    """A project on its way in, with the notes and the doubts that were met."""

    base: Database
    notes: list[Note] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)

    def project(self, name: str) -> RefiProject:
        variables = tuple(self._variables())
        sources = tuple(self._sources())
        cases = tuple(self._cases({one.guid: one.text or "" for one in sources}))
        codes = tuple(self._codes())
        journal = tuple(ref for row in self.base.rows("journal", "name", "jentry", *MADE)
                        for ref in self._note("journal", row, "jentry", str(row["name"])))
        about = next(iter(self.base.rows("project", "memo", "date")), {"memo": "", "date": ""})
        return RefiProject(
            name, PROGRAM, Author(created=_time(about["date"])), frozen(str(about["memo"])),
            tuple(self._users()), codes, variables, cases, sources, tuple(self.notes),
            note_refs=journal, warnings=tuple(self.warnings), unread=tuple(self._unread().items()))

    def _users(self) -> Iterator[User]:
        names = [row["owner"] for table in OWNED for row in self.base.rows(table, "owner")]
        for name in dict.fromkeys(str(name) for name in names if name != ""):
            yield User(_guid("user", name), name)

    def _note(
        self, table: str, row: Row, column: str = "memo", title: str = ""
    ) -> tuple[str, ...]:
        """Keep what somebody wrote in a row, and return the reference to it."""
        guid = _guid(f"{table} {column}", row["rowid"])
        made = note_of(guid, row[column], title, author=_author(row))
        self.notes.extend(made)
        return tuple(one.guid for one in made)

    def _codes(self) -> Iterator[RefiCode]:
        for row in self.base.rows("code_cat", "name", "memo", "supercatid"):
            yield RefiCode(_guid("category", row["rowid"]), str(row["name"]),
                           frozen(str(row["memo"])), _above("category", row["supercatid"]),
                           codable=False)
        for row in self.base.rows("code_name", "name", "memo", "catid", "supercid", "color"):
            parent = _above("code", row["supercid"]) or _above("category", row["catid"])
            yield RefiCode(_guid("code", row["rowid"]), str(row["name"]),
                           frozen(str(row["memo"])), parent, str(row["color"]))

    def _variables(self) -> Iterator[Variable]:
        for row in self.base.rows("attribute_type", "name", "memo", "valuetype"):
            kind = "Float" if row["valuetype"] == NUMERIC else "Text"
            yield Variable(_guid("variable", row["name"]), str(row["name"]), kind,
                           frozen(str(row["memo"])))

    def _values(self, of: str) -> dict[int, list[Value]]:
        """Return the values of the attributes of files or cases, by the number of each."""
        found: dict[int, list[Value]] = {}
        kinds = {row["name"]: row["valuetype"]
                 for row in self.base.rows("attribute_type", "name", "valuetype")}
        for row in self.base.rows("attribute", "name", "attr_type", "value", "id"):
            if row["attr_type"] == of and row["value"] != "":
                kind = "Float" if kinds.get(row["name"]) == NUMERIC else "Text"
                found.setdefault(row["id"], []).append(
                    Value(_guid("variable", row["name"]), kind, frozen(str(row["value"]))))
        return found

    def _sources(self) -> Iterator[RefiSource]:
        rows = self.base.rows("source", "name", "fulltext", "mediapath", "memo", *MADE)
        texts = {row["rowid"]: str(row["fulltext"]) for row in rows}
        values, selections = self._values("file"), self._selections(rows, texts)
        annotations = self._annotations()
        for row in rows:
            number, text = row["rowid"], texts[row["rowid"]]
            yield RefiSource(
                _guid("source", number), str(row["name"]), frozen(text) if text else None,
                "TextSource" if text else _kind(str(row["mediapath"])), author=_author(row),
                selections=tuple(selections.get(number, ())),
                notes=(*self._note("source", row), *annotations.get(number, ())),
                values=tuple(values.get(number, ())))

    def _selections(
        self, sources: Iterable[Row], texts: Mapping[int, str]
    ) -> dict[int, list[Selection]]:
        """Return the coded passages of each source."""
        rows = self.base.rows("code_text", "fid", "cid", "seltext", "pos0", "pos1", "memo", *MADE)
        names = {row["rowid"]: str(row["name"]) for row in sources}
        places = by_quote(texts, rows)
        found: dict[int, list[Selection]] = {}
        for row in rows:
            given = Given(_guid("coding", row["rowid"]), _guid("code", row["cid"]), _author(row),
                          self._note("code_text", row))
            found.setdefault(row["fid"], []).append(
                _selection(row, places[row["rowid"]], texts, given))
        self._warn([row for row in rows if places[row["rowid"]] is None], names)
        return found

    def _annotations(self) -> dict[int, list[str]]:
        """Return the references to the memos about a passage, by the number of the source."""
        found: dict[int, list[str]] = {}
        for row in self.base.rows("annotation", "fid", "pos0", "pos1", "memo", *MADE):
            title = f"{row['pos0']}-{row['pos1']}"
            found.setdefault(row["fid"], []).extend(self._note("annotation", row, title=title))
        return found

    def _warn(self, lost: Iterable[Row], names: Mapping[int, str]) -> None:
        """Name the codings of which the quote does not stand in the text."""
        by_source: dict[int, list[Row]] = {}
        for row in lost:
            by_source.setdefault(row["fid"], []).append(row)
        for number, rows in by_source.items():
            self.warnings.append(_(
                "source {name!r}: the quote of {codings} does not stand where it should: "
                "{places}. Without a place these are not used; look them up in QualCoder and "
                "code them again.",
                name=names.get(number, str(number)),
                codings=counted(len(rows), "coding", "codings"),
                places=listed(f"{row['pos0']}-{row['pos1']}" for row in rows)))

    def _cases(self, texts: Mapping[str, str]) -> Iterator[Case]:
        values = self._values("case")
        parts: dict[int, list[Row]] = {}
        for row in self.base.rows("case_text", "caseid", "fid", "pos0", "pos1", "memo"):
            parts.setdefault(row["caseid"], []).append(row)
        for row in self.base.rows("cases", "name", "memo"):
            own = parts.get(row["rowid"], [])
            whole = [one for one in own if _is_whole(one, texts)]
            self.lost[_("parts of texts that belong to a case")] += len(own) - len(whole)
            self.lost[_("memos about a text in a case")] += sum(one["memo"] != "" for one in own)
            yield Case(
                _guid("case", row["rowid"]), str(row["name"]), frozen(str(row["memo"])),
                values=tuple(values.get(row["rowid"], ())),
                sources=tuple(dict.fromkeys(_guid("source", one["fid"]) for one in whole)))

    def _unread(self) -> dict[str, int]:
        """Count what has no place in a project."""
        tables = {_(words): self.base.count(table) for table, words in UNREAD.items()}
        marks = self.base.rows("code_text", "important")
        return self.lost | tables | {
            _("marks of importance"): sum(row["important"] == 1 for row in marks),
            _("places of memos about a passage"): self.base.count("annotation")}


def _author(row: Row) -> Author:
    owner = str(row["owner"])
    return Author(_guid("user", owner) if owner else "", _time(row["date"]))


def _time(written: Any) -> str:
    """Return a time as XML writes it; QualCoder writes a space between day and hour."""
    return str(written).strip().replace(" ", "T", 1)


def _above(kind: str, number: Any) -> str:
    return _guid(kind, number) if number != "" else ""


def _kind(path: str) -> str:
    """Return what a source without text is, by the folder in which QualCoder keeps it."""
    return next((kind for word, kind in KINDS.items() if path.lstrip("/").startswith(word)),
                "TextSource")


def _is_whole(part: Row, texts: Mapping[str, str]) -> bool:
    """Whether a part of a case is a whole source; QualCoder also writes 0 to 0 for that."""
    text = texts.get(_guid("source", part["fid"]), "")
    return part["pos0"] == 0 and (part["pos1"] == 0 or part["pos1"] >= len(text.rstrip()))


def _selection(row: Row, place: Place, texts: Mapping[int, str], given: Given) -> Selection:
    start, end = place or (NOWHERE, NOWHERE)
    quote = frozen(texts.get(row["fid"], ""))[start:end] if place else ""
    return Selection(_guid("selection", row["rowid"]), start, end, quote, author=_author(row),
                     codings=(given,), raw=(row["pos0"], row["pos1"]))


def by_quote(texts: Mapping[int, str], rows: Iterable[Row]) -> dict[int, Place]:
    """Return where codings stand in the frozen texts: where their quote proves it.

    QualCoder counts as its window does (UTF-16 units) or as Python does (code points). Where
    both give the quote, the way that fits most codings of the project decides; else nobody.
    """
    found: dict[int, dict[Convention, tuple[int, int]]] = {}
    by_text: dict[int, list[Row]] = {}
    for row in rows:
        by_text.setdefault(row["fid"], []).append(row)
    for number, every in by_text.items():
        found |= _proved(texts.get(number, ""), every)
    votes = Counter(way for ways in found.values() if len(set(ways.values())) == 1
                    for way in ways)
    best = [way for way in WAYS if votes[way] == max(votes.values(), default=0)]
    return {number: _decided(ways, best) for number, ways in found.items()}


def _proved(text: str, rows: Iterable[Row]) -> dict[int, dict[Convention, tuple[int, int]]]:
    """Return the places at which each quote stands, by the way of counting that leads there."""
    rows = list(rows)
    raw = [(one["pos0"], one["pos1"]) if isinstance(one["pos0"], int)
           and isinstance(one["pos1"], int) else (NOWHERE, NOWHERE) for one in rows]
    found: dict[int, dict[Convention, tuple[int, int]]] = {one["rowid"]: {} for one in rows}
    for way in WAYS if text else ():
        for row, place in zip(rows, positions(text, raw, way), strict=True):
            if place and _same(text[slice(*place)], str(row["seltext"])):
                found[row["rowid"]][way] = widened(text, *place)
    edges = {at for ways in found.values() for place in ways.values() for at in place}
    new = carried(text, edges)
    return {number: {way: (new[start], new[end]) for way, (start, end) in ways.items()}
            for number, ways in found.items()}


def _same(there: str, quote: str) -> bool:
    one, other = (frozen(words).replace("\u00a0", " ") for words in (there, quote))
    return one == other and bool(one)


def _decided(ways: Mapping[Convention, tuple[int, int]], best: Iterable[Convention]) -> Place:
    places = set(ways.values())
    if len(places) > 1:
        places = {ways[way] for way in best if way in ways}
    return places.pop() if len(places) == 1 else None
