"""Lines of one file of text: txt, vtt, srt, docx, odt.

A new format is a function here, a line in documents.py, and its name in study/source_kinds.py.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

import webvtt
from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError
from webvtt.errors import MalformedCaptionError, MalformedFileError

from wbkit.errors import DataError
from wbkit.intake.excel import OLD_OFFICE_START
from wbkit.messages import _, counted

HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
ATTRIBUTE = re.compile(r"^#\s*[\w .-]{1,40}:\s")  # an attribute: "# team: zorg"
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,200}>|</>")
NOTE = re.compile(r"^NOTE[ \t]+([\w .-]{1,40}:[^\n]*)$", re.MULTILINE)
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Text that was deleted, or that stands a second time for older versions of Word.
SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent"),
           "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
HEADINGS = ("heading", "kop", "title", "titel")
ODT_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
PARAGRAPH, ODT_HEADING, ROW = ODT_TEXT + "p", ODT_TEXT + "h", TABLE + "table-row"
ODT_SIGNS = {ODT_TEXT + "tab": "\t", ODT_TEXT + "line-break": "\n"}
# Remarks, footnotes, and what tracked changes keep of deleted text.
ODT_SKIPPED = {OFFICE + "annotation", ODT_TEXT + "note", ODT_TEXT + "tracked-changes"}
DEEPEST, MOST_SPACES = 250, 1000
MOST_PARTS, MOST_UNZIPPED, MOST_XML = 5_000, 300_000_000, 30_000_000
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
          ValueError, KeyError)


@dataclass(frozen=True)
class Line:
    """One paragraph, table row or cue.

    Parameters
    ----------
    text
        Its words; the cells of a table row with tabs between them.
    heading
        Whether the file marks it as a heading.
    speaker
        The voice that the file names, empty when it names none.
    time
        When it was said, as hours:minutes:seconds; empty when the file does not say.
    """

    text: str
    heading: bool = False
    speaker: str = ""
    time: str = ""


class _Reader:
    """Gathers lines while the parser goes through the file."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.lines: list[Line] = []
        self.open: list[str] = []
        self.skipped = 0
        self.text: list[str] = []
        self.cells: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.open.append(tag)
        if len(self.open) > DEEPEST:
            raise DataError(_(
                "{where}: is nested {levels} levels deep, as no document is. Save it again with "
                "LibreOffice or Word.",
                where=self.where, levels=DEEPEST))
        self.skipped += tag in ODT_SKIPPED
        if self.skipped:
            return
        if tag in (PARAGRAPH, ODT_HEADING):
            self.text = []
        elif tag == ROW:
            self.cells = []
        elif tag == ODT_TEXT + "s":
            self.text.append(" " * min(int(attributes.get(ODT_TEXT + "c", "1")), MOST_SPACES))
        else:
            self.text.append(ODT_SIGNS.get(tag, ""))

    def characters(self, words: str) -> None:
        if not self.skipped and any(tag in (PARAGRAPH, ODT_HEADING) for tag in self.open[-8:]):
            self.text.append(words)

    def end(self, tag: str) -> None:
        self.open.pop()
        if self.skipped:
            self.skipped -= tag in ODT_SKIPPED
        elif tag in (PARAGRAPH, ODT_HEADING):
            self._close("".join(self.text), heading=tag == ODT_HEADING)
            self.text = []
        elif tag == ROW and self.cells is not None:
            self.lines.append(Line("\t".join(filter(None, self.cells))))
            self.cells = None

    def _close(self, words: str, *, heading: bool) -> None:
        if self.cells is not None:
            self.cells.append(words.strip())
        else:
            self.lines.append(Line(words, heading=heading))


def txt_lines(text: str, where: str) -> list[Line]:
    """Return the lines of a plain text; ``## L3 Sfeer`` is a heading."""
    return [Line(line) if ATTRIBUTE.match(line) else Line(HEADING.sub("", line),
                                                    heading=bool(HEADING.match(line)))
            for line in text.split("\n")]


def vtt_lines(text: str, where: str) -> list[Line]:
    """Return the cues of a WebVTT file, with the voice of each.

    Gives one for each voice in each cue; ``NOTE key: value`` as a line ``# key: value``.
    """
    if not text.lstrip().startswith("WEBVTT"):
        raise DataError(_(
            "{where}: does not start with WEBVTT. It should be a transcript as Teams writes it "
            "(.vtt). Download it again, or correct format in study.toml.",
            where=where))
    notes = [Line(f"# {found}") for found in NOTE.findall(text)]
    return notes + _lines(text.lstrip(), "vtt", where)


def srt_lines(text: str, where: str) -> list[Line]:
    """Return the cues of an SRT file."""
    return _lines(text.lstrip(), "srt", where)


def _lines(text: str, kind: str, where: str) -> list[Line]:
    there = sum("-->" in line for line in text.split("\n"))
    try:
        cues = list(webvtt.from_buffer(io.StringIO(text), format=kind))
        lines = [line for cue in cues for line in _voices(cue.raw_text, cue.start)]
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError, TypeError,
            AttributeError):
        cues, lines = [], []
    if not lines and not there:
        raise DataError(_(
            "{where}: holds nothing that was said at a time. Each cue should have a time such as "
            "00:00:01.000 --> 00:00:04.000 and words under it. Export it again.",
            where=where))
    if not lines or len(cues) < there:
        raise DataError(_(
            "{where}: {lost} of its {cues} cues cannot be read. Each should have a time such as "
            "00:00:01.000 --> 00:00:04.000 and words under it. Export it again.",
            where=where, lost=there - len(cues), cues=there))
    return lines


def _voices(raw: str, start: str) -> Iterator[Line]:
    """Divide a cue at its voices; without a voice each line may begin with a label."""
    time = re.split("[.,]", start)[0]
    first, *rest = VOICE.split(raw)
    for line in _plain(first).split("\n"):
        if line.strip():
            yield Line(line.strip(), time=time)
    for speaker, words in zip(rest[::2], rest[1::2], strict=True):
        spoken = " ".join(_plain(words).split())
        if spoken:
            yield Line(spoken, speaker=" ".join(html.unescape(speaker).split()), time=time)


def _plain(words: str) -> str:
    return html.unescape(TAG.sub("", words))


def docx_lines(content: bytes, where: str) -> list[Line]:
    """Return the lines of a Word file.

    Gives paragraphs and table rows; what was deleted with tracked changes is left out.
    """
    checked_parts(content, where, "word/document.xml")
    try:
        document = Document(io.BytesIO(content))
        headings = {style.style_id for style in document.styles
                    if (style.name or "").lower().startswith(HEADINGS)}
        return list(_blocks(document.element.body, headings))
    except (*BROKEN, OpcError, LxmlError, TypeError, AttributeError, IndexError):
        raise damaged(where) from None


def _blocks(parent: Any, headings: set[str]) -> Iterator[Line]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield Line(_text(child), heading=_style(child) in headings)
        elif child.tag == qn("w:tbl"):
            yield from map(_row, child.iter(qn("w:tr")))
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _blocks(child, headings)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def _row(row: Any) -> Line:
    cells = [" ".join(filter(None, map(_text, cell.iter(qn("w:p"))))).strip()
             for cell in row.iterchildren(qn("w:tc"))]
    return Line("\t".join(filter(None, cells)))


def _text(element: Any) -> str:
    pieces = []
    for child in element:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in SIGNS:
            pieces.append(SIGNS[child.tag])
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            pieces.append(_text(child))
    return "".join(pieces)


def odt_lines(content: bytes, where: str) -> list[Line]:
    """Return the lines of an OpenDocument text."""
    part = checked_parts(content, where, "content.xml")["content.xml"]
    reader = _Reader(where)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        raise damaged(where) from None
    return reader.lines


def checked_parts(content: bytes, where: str, needed: str) -> dict[str, bytes]:
    """Return the xml parts of an archive, after looking at their size and their declarations."""
    if content.startswith(OLD_OFFICE_START):
        raise DataError(_(
            "{where}: is an old .doc file or protected with a password. It should be a .docx or "
            ".odt file that opens without one. Save it so.",
            where=where))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(archive, where)
            names = [one.filename for one in archive.infolist()
                     if one.filename.endswith((".xml", ".rels"))]
            parts = {name: archive.read(name) for name in names}
    except DataError:
        raise
    except BROKEN:
        raise damaged(where) from None
    if needed not in parts:
        raise DataError(_(
            "{where}: holds no {part}. It should be a document with text. Correct format in "
            "study.toml, or save the file again.",
            where=where, part=needed))
    for part in parts.values():
        if DECLARATION.search(part.replace(b"\0", b"")):
            raise DataError(_(
                "{where}: declares entities, as no word processor does. Do not open it; ask for "
                "the file again.",
                where=where))
    return parts


def damaged(where: str) -> DataError:
    """Return the message for a file that is not whole."""
    return DataError(_(
        "{where}: is damaged or no such file. It should be one as Word or LibreOffice saves it. "
        "Save it again, or correct format in study.toml.",
        where=where))


def _check_size(archive: zipfile.ZipFile, where: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNZIPPED or xml > MOST_XML:
        raise DataError(_(
            "{where}: unpacks to {parts} and {size} MB, the largest text to {text} MB; at most "
            "{most_parts}, {most_size} and {most_text}. This is no transcript; do not open it.",
            where=where, parts=counted(len(parts), "part", "parts"),
            size=unpacked // 1_000_000, text=xml // 1_000_000, most_parts=MOST_PARTS,
            most_size=MOST_UNZIPPED // 1_000_000, most_text=MOST_XML // 1_000_000))
