"""The container of a project: a zip archive of which nothing is ever written to disk."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self
from xml.parsers import expat

from wbkit.errors import CodingError
from wbkit.messages import _, counted

MOST_ENTRIES = 20_000
MOST_TEXT, MOST_READ = 100_000_000, 400_000_000  # of one part, and of all that is read
MOST_TIMES, SMALL = 200, 1_000_000  # text packs to a tenth; a part of zeros to a thousandth
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
          ValueError, KeyError)
DRIVE = re.compile(r"^[A-Za-z]:")
MOST_LEVELS = 200
MOST_ELEMENTS = 5_000_000
SEPARATOR = " "


class Container:
    """The parts of a project (.qdpx), read one by one and never beyond their limit."""

    def __init__(self, path: Path) -> None:
        self.name, self._left = path.name, MOST_READ
        try:
            self._archive = zipfile.ZipFile(path)
        except BROKEN:
            raise self._damaged() from None
        self._parts = {one.filename: one for one in self._archive.infolist() if not one.is_dir()}

    def __enter__(self) -> Self:
        try:
            self._check()
        except BaseException:
            self._archive.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def project_part(self) -> str:
        """Return the name of the part that describes the project."""
        found = [name for name in self._parts if name.lower().endswith(".qde")]
        exact = [name for name in found if name.lower() == "project.qde"]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0]
        raise CodingError(_(
            "{file}: holds {files} with the ending .qde; one of them should be project.qde. "
            "Export the project again.",
            file=self.name, files=counted(len(found), "file", "files")))

    def find(self, reference: str) -> str | None:
        """Return the part that a path in the project means; case makes no difference."""
        name = reference.split("://", 1)[-1].replace("\\", "/").lstrip("/")
        wanted = [f"sources/{name}".lower(), name.lower()]
        names = {part.lower(): part for part in self._parts}
        ends = [part for part in self._parts
                if PurePosixPath(part.lower()).name == PurePosixPath(name.lower()).name]
        found = [names[one] for one in wanted if one in names] or ends[:1]
        return found[0] if found else None

    def read(self, part: str) -> bytes:
        """Return the bytes of a part."""
        most = min(MOST_TEXT, self._left)
        content = self._read_part(part, most)
        if len(content) > most:
            raise CodingError(_(
                "{file}: {part} is larger than {most} MB. This is no text of a project; do not "
                "open it.",
                file=self.name, part=part, most=most // 1000000))
        self._left -= len(content)
        return content

    def _read_part(self, part: str, most: int) -> bytes:
        try:
            with self._archive.open(self._parts[part]) as stream:
                return stream.read(most + 1)
        except BROKEN:
            raise self._damaged() from None

    def _check(self) -> None:
        """Refuse an archive that nobody's program made."""
        parts = self._archive.infolist()
        if len(parts) > MOST_ENTRIES:
            raise CodingError(_(
                "{file}: has {n} parts, at most {most} are read. This is no project; do not open "
                "it.",
                file=self.name, n=len(parts), most=MOST_ENTRIES))
        for part in parts:
            if part.file_size > max(SMALL, MOST_TIMES * part.compress_size):
                raise CodingError(_(
                    "{file}: {part!r} unpacks to {size} MB, more than {times} times its size. "
                    "This is no project; do not open it.",
                    file=self.name, part=part.filename[:80], size=part.file_size // 1000000,
                    times=MOST_TIMES))
            if _leads_outside(part.filename):
                raise CodingError(_(
                    "{file}: {part!r} leads outside the archive. No program writes that; do not "
                    "open it.",
                    file=self.name, part=part.filename[:80]))
            if part.flag_bits & 1:
                raise CodingError(_(
                    "{file}: is protected with a password. Export the project without one.",
                    file=self.name))

    def _damaged(self) -> CodingError:
        return CodingError(_(
            "{file}: is damaged or no project (.qdpx). It should be a zip archive with a "
            "project.qde, whole to its last byte. Export it again.",
            file=self.name))


@dataclass(slots=True)
class Element:
    """One element: its name, its attributes, its text and what stands in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words directly in the element."""
        return "".join(self.pieces)

    def get(self, name: str) -> str:
        """Return an attribute, empty when it is not there."""
        return self.attributes.get(name, "")

    def all(self, *names: str) -> Iterator["Element"]:
        """Yield the elements directly in this one that bear one of these names."""
        return (one for one in self.children if one.name in names)

    def first(self, name: str) -> "Element | None":
        """Return the first element of this name directly in this one."""
        return next(self.all(name), None)

    def told(self, name: str) -> str:
        """Return the words of the first element of this name."""
        found = self.first(name)
        return found.text if found else ""


class _Builder:
    """Makes elements of what the parser meets."""

    def __init__(self, where: str) -> None:
        self.where, self.root, self.n = where, None, 0
        self._open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.n += 1
        made = Element(_plain(name), {_plain(key): words for key, words in attributes.items()})
        if len(self._open) >= MOST_LEVELS or self.n > MOST_ELEMENTS:
            raise CodingError(_(
                "{file}: has more than {levels} levels or {elements} elements. No program writes "
                "that; do not open it.",
                file=self.where, levels=MOST_LEVELS, elements=MOST_ELEMENTS))
        if self._open:
            self._open[-1].children.append(made)
        else:
            self.root = made
        self._open.append(made)

    def end(self, name: str) -> None:
        """Close the element that was opened last."""
        self._open.pop()

    def words(self, words: str) -> None:
        """Keep words of the element that is open."""
        self._open[-1].pieces.append(words)

    def refuse(self, *__: object) -> None:
        """Refuse declarations, by which a small file can grow without end."""
        raise CodingError(_(
            "{file}: declares a document type or entities, as no program for coding does. Do not "
            "open it; ask for the project again.",
            file=self.where))


def _leads_outside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return ".." in plain.split("/") or plain.startswith("/") or bool(DRIVE.match(plain))


def read_limited(path: Path) -> bytes:
    """Return the bytes of a file that is not absurdly large."""
    if path.stat().st_size > MOST_TEXT:
        raise CodingError(_(
            "{file}: is larger than {most} MB. This is no codebook; do not open it.",
            file=path.name, most=MOST_TEXT // 1000000))
    return path.read_bytes()


def _plain(name: str) -> str:
    return name.rpartition(SEPARATOR)[2]


def parsed(content: bytes, where: str) -> Element:
    """Return the root element of an XML file; `where` names it in a message.

    XML that declares entities or is nested without end is refused.
    """
    builder = _Builder(where)
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.words
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(content, True)
    except CodingError:
        raise
    except expat.ExpatError as error:
        raise CodingError(_(
            "{file}, line {line}, column {column}: is not whole XML. Export the project again.",
            file=where, line=error.lineno, column=error.offset + 1)) from None
    except (ValueError, LookupError):
        raise CodingError(_(
            "{file}: is not whole XML. Export the project again.", file=where)) from None
    return builder.root
