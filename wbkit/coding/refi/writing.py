"""The file of a project or codebook that other coding programs read (REFI-QDA)."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from wbkit.coding.refi.model import (
    NOWHERE,
    Author,
    Case,
    Given,
    Link,
    Note,
    RefiCode,
    RefiSet,
    RefiSource,
    Selection,
    Value,
)
from wbkit.coding.refi.parts import GUID
from wbkit.coding.refi.project import ORIGIN, RefiProject
from wbkit.errors import CodingError
from wbkit.files import LONG_AGO, write_whole
from wbkit.messages import _, mark
from wbkit.text.normalise import frozen

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
UNIX, READABLE = 3, 0o644 << 16  # the same on every system
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLOR = re.compile(r"#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
XML_TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
                      r"(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d)?")
KINDS_OF_VALUE = {
    "Text": re.compile(r"(?s).*"), "Boolean": re.compile("true|false|0|1"),
    "Integer": re.compile(r"[+-]?\d+"), "Float": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)"),
    "Date": re.compile(XML_TIME.pattern.split("T")[0]), "DateTime": XML_TIME,
}
DIRECTIONS = ("Associative", "OneWay", "Bidirectional")


@dataclass(frozen=True)
class Written:
    """The file that was written, and one line for each kind of thing that it cannot hold."""

    path: Path
    lost: tuple[str, ...]

    def __repr__(self) -> str:
        head = _("{file} was written. It does not hold:", file=self.path.name) if self.lost \
            else _("{file} was written.", file=self.path.name)
        return "\n".join([head, *(f"- {line}" for line in self.lost)])


@dataclass
class Losses:
    """What the format cannot hold, counted by kind."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, words: str, n: int = 1) -> None:
        """Count something that is left out."""
        if n:
            self.counts[words] = self.counts.get(words, 0) + n

    def lines(self) -> tuple[str, ...]:
        """Return one line for each kind, worded only now: most elements lose nothing."""
        return tuple(f"{_(words)}: {n}" for words, n in self.counts.items())


class Maker:
    """Makes elements, leaves out what the schema forbids, and says so in its losses."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses

    def element(
        self, name: str, attributes: Sequence[tuple[str, str]] = (),
        children: Iterable[str] = (), *, text: str | None = None,
    ) -> str:
        """Return an element; attributes without a value are left out."""
        kept = [(key, self.clean(value)) for key, value in attributes]
        head = "".join(f" {key}={quoteattr(value)}" for key, value in kept if value)
        inside = "".join(children)
        if text is not None:
            return f"<{name}{head}>{escape(self.clean(text))}</{name}>\n"
        return f"<{name}{head}>\n{inside}</{name}>\n" if inside else f"<{name}{head}/>\n"

    def wrapped(self, name: str, children: Iterable[str]) -> list[str]:
        """Return an element around others, or nothing where there are none."""
        inside = list(children)
        return [self.element(name, (), inside)] if inside else []

    def described(self, words: str) -> list[str]:
        """Return a description where there is one."""
        return [self.element("Description", text=words)] if self.clean(words) else []

    def named(self, words: str) -> str:
        """Return a name that must be there."""
        return self.clean(words) or "-"

    def references(self, name: str, guids: Iterable[str], known: set[str]) -> list[str]:
        """Return references; those that lead nowhere are left out."""
        found = []
        for guid in guids:
            if guid in known:
                found.append(self.element(name, [("targetGUID", guid)]))
            else:
                self.losses.add(_(
                    "references ({element}) to something that is not in the project",
                    element=name))
        return found

    def time(self, written: str) -> str:
        """Return a time, or nothing where the schema takes it for none."""
        return self._fitting(written, XML_TIME, mark("times that are not written as in XML"))

    def color(self, written: str) -> str:
        """Return a colour, or nothing where the schema takes it for none."""
        return self._fitting(written, COLOR, mark("colours that are not written as #rrggbb"))

    def type(self, written: str) -> str:
        """Return the type of a variable."""
        if written not in KINDS_OF_VALUE:
            self.losses.add(mark("unknown types of variables"))
        return written if written in KINDS_OF_VALUE else "Text"

    def direction(self, written: str) -> str:
        """Return the direction of a link."""
        if written and written not in DIRECTIONS:
            self.losses.add(mark("unknown directions of links"))
        return written if written in DIRECTIONS else ""

    def user(self, guid: str) -> str:
        """Return the GUID of a user."""
        return self._fitting(guid, GUID, mark("GUIDs of users that are none"))

    def clean(self, words: str) -> str:
        """Return words without signs that XML cannot hold."""
        kept = frozen(FORBIDDEN.sub("", words))
        self.losses.add(mark("signs that XML cannot hold"), len(FORBIDDEN.findall(words)))
        return kept

    def _fitting(self, written: str, rule: re.Pattern[str], words: str) -> str:
        if written and not rule.fullmatch(written):
            self.losses.add(words)
            return ""
        return written


def write_project(project: RefiProject, path: str | Path) -> Written:
    r"""Write a project (.qdpx) or its codebook (.qdc); the same project gives the same bytes.

    Positions are code points, the end exclusive, in texts with ``\n`` and without byte order mark.
    """
    path, losses = Path(path), Losses()
    for words in project.lost:
        losses.add(words)
    if path.suffix.lower() == ".qdc":
        content = _codebook(project, Maker(losses))
    elif path.suffix.lower() == ".qdpx":
        texts = [(f"Sources/{one.guid}.txt", one.text.encode()) for one in project.sources
                 if one.text is not None]
        content = _packed([("project.qde", _project(project, Maker(losses))), *texts])
    else:
        raise CodingError(_(
            "{file}: ends with {ending!r}; it may be .qdpx (a project) or .qdc (a codebook). "
            "Choose one of these.",
            file=path.name, ending=path.suffix))
    return Written(write_whole(path, content), losses.lines())


def _packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:  # stored: no two versions of a packer give the same bytes
            about = zipfile.ZipInfo(name, LONG_AGO)
            about.create_system, about.external_attr = UNIX, READABLE
            archive.writestr(about, content)
    return stream.getvalue()


def _codebook(project: RefiProject, make: Maker) -> bytes:
    if not project.codes:
        raise CodingError(_("a codebook without codes cannot be written. Give it a code."))
    for words, parts in (("sources", project.sources), ("notes", project.notes),
                         ("cases", project.cases), ("users", project.users)):
        make.losses.add(words, len(parts))
    codes = make.wrapped("Codes", _codes(project, make, set(), notes=False))
    known = {one.guid for one in project.codes}
    sets = [make.element("Set", [("guid", one.guid), ("name", make.named(one.name))], [
        *make.described(one.description),
        *(make.element("MemberCode", [("guid", guid)]) for guid in one.codes if guid in known)])
        for one in project.sets]
    inside = [*codes, *make.wrapped("Sets", sets)]
    return _document(make, "CodeBook", [("xmlns", CODEBOOK), ("origin", ORIGIN)], inside)


def _document(
    make: Maker, name: str, attributes: Sequence[tuple[str, str]], inside: Iterable[str]
) -> bytes:
    return (DECLARATION + make.element(name, attributes, inside)).encode()


def _project(project: RefiProject, make: Maker) -> bytes:
    notes = {one.guid for one in project.notes}
    known = _known(project)
    users = [make.element("User", [("guid", one.guid), ("name", one.name), ("id", one.id)])
             for one in project.users]
    variables = [make.element(
        "Variable", [("guid", one.guid), ("name", make.named(one.name)),
                     ("typeOfVariable", make.type(one.type))],
        make.described(one.description)) for one in project.variables]
    codes = make.wrapped("Codes", _codes(project, make, notes))
    inside = [
        *make.wrapped("Users", users), *make.wrapped("CodeBook", codes),
        *make.wrapped("Variables", variables),
        *make.wrapped("Cases", (_case(one, make, known) for one in project.cases)),
        *make.wrapped("Sources", (_source(one, make, known) for one in project.sources)),
        *make.wrapped("Notes", (_note(one, make) for one in project.notes)),
        *make.wrapped("Links", (_link(one, make, known) for one in project.links)),
        *make.wrapped("Sets", (_set(one, make, known) for one in project.sets)),
        *make.described(project.description),
        *make.references("NoteRef", project.note_refs, notes),
    ]
    by = project.author
    about = [("xmlns", PROJECT), ("name", make.named(project.name)), ("origin", ORIGIN),
             ("creatingUserGUID", make.user(by.creator)),
             ("creationDateTime", make.time(by.created)),
             ("modifyingUserGUID", make.user(by.modifier)),
             ("modifiedDateTime", make.time(by.modified))]
    return _document(make, "Project", about, inside)


def _known(project: RefiProject) -> set[str]:
    """Return the GUIDs to which a reference in the file can lead."""
    parts = (project.users, project.codes, project.variables, project.cases, project.sources,
             project.notes, project.links, project.sets)
    every = {one.guid for part in parts for one in part}
    return every | {one.guid for _, one in project.selections() if one.start != NOWHERE}


def _codes(
    project: RefiProject, make: Maker, known: set[str], *, notes: bool = True
) -> list[str]:
    """Return the codes, each with those under it."""
    below: dict[str, list[RefiCode]] = {}
    there = {one.guid for one in project.codes}
    for one in project.codes:
        below.setdefault(one.parent if one.parent in there else "", []).append(one)

    def written(one: RefiCode) -> str:
        attributes = [("guid", one.guid), ("name", make.named(one.name)),
                      ("isCodable", "true" if one.codable else "false"),
                      ("color", make.color(one.color))]
        refs = make.references("NoteRef", one.notes, known) if notes else []
        return make.element("Code", attributes, [
            *make.described(one.description), *refs, *map(written, below.get(one.guid, []))])

    return [written(one) for one in below.get("", [])]


def _by(author: Author, make: Maker) -> list[tuple[str, str]]:
    return [("creatingUser", make.user(author.creator)),
            ("creationDateTime", make.time(author.created)),
            ("modifyingUser", make.user(author.modifier)),
            ("modifiedDateTime", make.time(author.modified))]


def _source(one: RefiSource, make: Maker, known: set[str]) -> str:
    if one.kind != "TextSource":
        make.losses.add(_(
            "that a text comes from another kind of source ({kind})", kind=one.kind))
    path = f"internal://{one.guid}.txt" if one.text is not None else ""
    lost = [each for each in one.selections if each.start == NOWHERE]
    make.losses.add(mark("selections without a place in a text"), len(lost))
    attributes = [("guid", one.guid), ("name", one.name), ("plainTextPath", path),
                  *_by(one.author, make)]
    return make.element("TextSource", attributes, [
        *make.described(one.description),
        *(_selection(each, make, known) for each in one.selections if each.start != NOWHERE),
        *_codings(one.codings, make, known), *make.references("NoteRef", one.notes, known),
        *_values(one.values, make, known)])


def _selection(one: Selection, make: Maker, known: set[str]) -> str:
    attributes = [("guid", one.guid), ("name", one.name), ("startPosition", str(one.start)),
                  ("endPosition", str(one.end)), *_by(one.author, make)]
    return make.element("PlainTextSelection", attributes, [
        *make.described(one.description), *_codings(one.codings, make, known),
        *make.references("NoteRef", one.notes, known)])


def _codings(every: Iterable[Given], make: Maker, known: set[str]) -> list[str]:
    found = []
    for one in every:
        code = make.references("CodeRef", [one.code], known)
        if code:
            notes = make.references("NoteRef", one.notes, known)
            found.append(make.element("Coding", [("guid", one.guid), *_by(one.author, make)[:2]],
                                      [*code, *notes]))
    return found


def _values(every: Iterable[Value], make: Maker, known: set[str]) -> list[str]:
    found = []
    for one in every:
        rule = KINDS_OF_VALUE.get(one.type)
        if one.variable not in known or rule is None or not rule.fullmatch(one.value):
            make.losses.add(mark("values that do not fit their variable"))
            continue
        found.append(make.element("VariableValue", (), [
            make.element("VariableRef", [("targetGUID", one.variable)]),
            make.element(f"{one.type}Value", text=one.value)]))
    return found


def _case(one: Case, make: Maker, known: set[str]) -> str:
    return make.element("Case", [("guid", one.guid), ("name", one.name)], [
        *make.described(one.description), *make.references("CodeRef", one.codes, known),
        *_values(one.values, make, known), *make.references("SourceRef", one.sources, known),
        *make.references("SelectionRef", one.selections, known)])


def _note(one: Note, make: Maker) -> str:
    attributes = [("guid", one.guid), ("name", one.name), *_by(one.author, make)]
    return make.element("Note", attributes, [make.element("PlainTextContent", text=one.text)])


def _link(one: Link, make: Maker, known: set[str]) -> str:
    ends = [guid if GUID.fullmatch(guid) else "" for guid in (one.origin, one.target)]
    attributes = [("guid", one.guid), ("name", one.name),
                  ("direction", make.direction(one.direction)), ("color", make.color(one.color)),
                  ("originGUID", ends[0]), ("targetGUID", ends[1])]
    return make.element("Link", attributes, make.references("NoteRef", one.notes, known))


def _set(one: RefiSet, make: Maker, known: set[str]) -> str:
    return make.element("Set", [("guid", one.guid), ("name", make.named(one.name))], [
        *make.described(one.description), *make.references("MemberCode", one.codes, known),
        *make.references("MemberSource", one.sources, known),
        *make.references("MemberNote", one.notes, known)])
