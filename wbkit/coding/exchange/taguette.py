"""Read a project of Taguette (.sqlite3): texts, tags and highlights."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np

from wbkit.coding.exchange.database import Database, made_guid, note_of
from wbkit.coding.refi.model import (
    NOWHERE,
    Author,
    Given,
    Note,
    RefiCode,
    RefiSource,
    Selection,
    User,
)
from wbkit.coding.refi.offsets import carried
from wbkit.coding.refi.project import RefiProject
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.normalise import frozen, listed

PROGRAM = "Taguette"
NEEDED = ("projects", "documents", "tags", "highlights", "highlight_tags")
SPACES = " \t\n\r\f"  # what a web page draws as one space
SPACE, CELL, LINE = " ", "\t", "\n"
RANK = {"": 0, SPACE: 1, CELL: 2, LINE: 3}
CELLS = frozenset({"td", "th"})
LINES = frozenset({"p", "br", "div", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
                   "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr"})
ADDED = "highlight_add"  # in the log: a highlight was made, or its tags were changed
Row = dict[str, Any]


def read_taguette(path: str | Path, *, project: str | None = None) -> RefiProject:
    """Read a project of Taguette: the file that it exports as SQLite, or keeps on your computer.

    Taguette counts UTF-8 bytes of a text without its lay-out, and keeps the quote beside each
    highlight: one of which the quote does not stand in the text gets no place, and is named in
    ``warnings`` and counted in ``left_out``. Lines are made where a paragraph, list or row ends.

    Parameters
    ----------
    path
        The file, ``.sqlite3``.
    project
        Name of the project, where the file holds several.

    Returns
    -------
    RefiProject
        As `read_refi` gives it: ``.codebook``, ``.codings``, ``.texts``, ``.warnings``,
        ``.left_out``; `CodingStore.add_refi` keeps it. A tag is a code; a tag ``a.b`` stands
        under the tag ``a`` where there is one. The log says who gave which tag.

    Raises
    ------
    CodingError
        If there is no such file, it is no project of Taguette, or it holds several projects and
        none is named.

    References
    ----------
    Rampin, R., & Rampin, V. (2021). Taguette: open-source qualitative data analysis. Journal of
    Open Source Software, 6(68), 3522.
    """
    with Database(Path(path), PROGRAM, NEEDED) as base:
        return _Reading(base, _chosen(base, project)).project()


def _guid(kind: str, number: object) -> str:
    return made_guid(PROGRAM, kind, number)


def _chosen(base: Database, name: str | None) -> Row:
    """Return the project that is meant."""
    every = base.rows("projects", "name", "description", "created")
    found = [row for row in every if name in (None, row["name"])]
    if len(found) != 1:
        raise CodingError(_(
            "{file}: holds {projects}: {names}. Give the name of one of them as project.",
            file=base.name, projects=counted(len(every), "project", "projects"),
            names=listed((repr(row["name"]) for row in every), most=20) or _("none")))
    return found[0]


class PageText(HTMLParser):
    """The text of a web page, and where each of its bytes went.

    Spaces in a row are one; a paragraph, list item or row of a table ends a line.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._length, self._waiting, self._as_typed = 0, "", False
        self._bytes, self._places = [0], []  # of each sign: its first byte, its place in the text
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()
        self.text = "".join(self._pieces)
        self._edges, self._places = np.array(self._bytes), [*self._places, self._length]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where bytes `start` to `end` are in the text; None where a sign is cut."""
        at = np.searchsorted(self._edges, (start, end)).tolist()
        if any(one >= len(self._edges) or self._edges[one] != edge
               for one, edge in zip(at, (start, end), strict=True)):
            return None
        first, last = (self._places[one] for one in at)
        while first < last and self.text[first].isspace():
            first += 1
        return (first, last) if first < last else None

    def handle_starttag(self, tag: str, attrs: Sequence[Any]) -> None:  # noqa: D102
        self._break(tag)
        self._as_typed = self._as_typed or tag == "pre"

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        self._break(tag)
        self._as_typed = self._as_typed and tag != "pre"

    def handle_data(self, data: str) -> None:  # noqa: D102
        for sign in data:
            self._bytes.append(self._bytes[-1] + len(sign.encode("utf-8", "surrogatepass")))
            if sign in SPACES and not self._as_typed:
                self._places.append(self._length)
                self._wait(SPACE)
                continue
            if self._waiting and self._length:
                self._keep(self._waiting)
            self._waiting = ""
            self._places.append(self._length)
            self._keep(sign)

    def _break(self, tag: str) -> None:
        if tag in LINES or tag in CELLS:
            self._wait(LINE if tag in LINES else CELL)

    def _wait(self, sign: str) -> None:
        self._waiting = max(self._waiting, sign, key=RANK.__getitem__)

    def _keep(self, sign: str) -> None:
        self._pieces.append(sign)
        self._length += 1


@dataclass
class _Reading:
    """A project on its way in, with the notes and the doubts that were met."""

    base: Database
    about: Row
    notes: list[Note] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def project(self) -> RefiProject:
        log = list(self._log())
        sources = tuple(self._sources(_givers(log)))
        return RefiProject(
            str(self.about["name"]), PROGRAM, Author(created=_time(self.about["created"])),
            frozen(str(self.about["description"])),
            tuple(User(_guid("user", name), name)
                  for name in dict.fromkeys(str(row["user_login"]) for row in log)),
            tuple(self._codes()), sources=sources, notes=tuple(self.notes),
            warnings=tuple(self.warnings), unread=((_("lines of the log"), len(log)),))

    def _own(self, table: str, *columns: str) -> list[Row]:
        return [row for row in self.base.rows(table, "project_id", *columns)
                if row["project_id"] == self.about["rowid"]]

    def _log(self) -> Iterator[Row]:
        for row in self._own("commands", "date", "user_login", "payload"):
            try:
                said = json.loads(row["payload"])
            except ValueError:
                said = {}
            yield row | {"said": said if isinstance(said, dict) else {}}

    def _codes(self) -> Iterator[RefiCode]:
        rows = self._own("tags", "path", "description")
        known = {str(row["path"]): _guid("tag", row["rowid"]) for row in rows}
        for row in rows:
            path = str(row["path"])
            yield RefiCode(known[path], path, frozen(str(row["description"])),
                           known.get(path.rpartition(".")[0], ""))

    def _sources(self, givers: Mapping[tuple[int, int], Author]) -> Iterator[RefiSource]:
        given: dict[int, list[int]] = {}
        for row in self.base.rows("highlight_tags", "highlight_id", "tag_id"):
            given.setdefault(row["highlight_id"], []).append(row["tag_id"])
        marked: dict[int, list[Row]] = {}
        for row in self.base.rows("highlights", "document_id", "start_offset", "end_offset",
                                  "snippet"):
            tags = tuple(Given(_guid("tagged", f"{row['rowid']} {tag}"), _guid("tag", tag),
                               givers.get((row["rowid"], tag), Author()))
                         for tag in given.get(row["rowid"], ()))
            marked.setdefault(row["document_id"], []).append(row | {"given": tags})
        for row in self._own("documents", "name", "description", "contents", "created"):
            page, rows = PageText(str(row["contents"])), marked.get(row["rowid"], [])
            notes = note_of(_guid("description", row["rowid"]), row["description"], "")
            self.notes.extend(notes)
            yield RefiSource(
                _guid("document", row["rowid"]), str(row["name"]), frozen(page.text),
                author=Author(created=_time(row["created"])),
                selections=tuple(self._selections(str(row["name"]), page, rows)),
                notes=tuple(one.guid for one in notes))

    def _selections(
        self, name: str, page: PageText, rows: Sequence[Row]
    ) -> Iterator[Selection]:
        places = [_proved(page, row) for row in rows]
        new = carried(page.text, {at for place in places if place for at in place})
        lost = [row for row, place in zip(rows, places, strict=True) if place is None]
        if lost:
            self.warnings.append(_(
                "source {name!r}: the quote of {highlights} does not stand where it should: "
                "{places}. Without a place these are not used; look them up in Taguette and mark "
                "them again.",
                name=name, highlights=counted(len(lost), "highlight", "highlights"),
                places=listed(f"{row['start_offset']}-{row['end_offset']}" for row in lost)))
        for row, place in zip(rows, places, strict=True):
            start, end = (new[place[0]], new[place[1]]) if place else (NOWHERE, NOWHERE)
            yield Selection(
                _guid("highlight", row["rowid"]), start, end,
                frozen(page.text)[start:end] if place else "", codings=row["given"],
                author=next((one.author for one in row["given"]), Author()),
                raw=(row["start_offset"], row["end_offset"]))


def _givers(log: Sequence[Row]) -> dict[tuple[int, int], Author]:
    """Return who was the first to give a tag to a highlight, by the numbers of both."""
    found: dict[tuple[int, int], Author] = {}
    for row in log:
        said = row["said"]
        tags = said.get("tags") if said.get("type") == ADDED else None
        author = Author(_guid("user", row["user_login"]), _time(row["date"]))
        for tag in tags if isinstance(tags, list) else ():
            found.setdefault((said.get("highlight_id"), tag), author)
    return found


def _proved(page: PageText, row: Row) -> tuple[int, int] | None:
    """Return where a highlight stands, when its quote stands there too."""
    edges = row["start_offset"], row["end_offset"]
    place = page.place(*edges) if all(isinstance(one, int) for one in edges) else None
    quote = PageText(str(row["snippet"])).text
    there = page.text[slice(*place)] if place else ""
    return place if place and there.split() == quote.split() else None


def _time(written: Any) -> str:
    """Return a time as XML writes it; Taguette writes UTC, with a space before the hour."""
    words = str(written).strip()
    return f"{words.replace(' ', 'T', 1).partition('.')[0]}Z" if words else ""
