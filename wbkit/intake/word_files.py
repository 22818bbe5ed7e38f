"""Paragraphs and tables of a Word file, in the order in which they stand."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from wbkit.errors import DataError
from wbkit.intake.excel import OLD_OFFICE_START
from wbkit.intake.text_files import Line

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
            raise DataError(f"{self.where}: is nested {DEEPEST} levels deep, as no document is. "
                            "Save it again with LibreOffice or Word.")
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
        raise DataError(f"{where}: is an old .doc file or protected with a password. It should be "
                        "a .docx or .odt file that opens without one. Save it so.")
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
        raise DataError(f"{where}: holds no {needed}. It should be a document with text. "
                        "Correct format in study.toml, or save the file again.")
    for part in parts.values():
        if DECLARATION.search(part.replace(b"\0", b"")):
            raise DataError(f"{where}: declares entities, as no word processor does. "
                            "Do not open it; ask for the file again.")
    return parts


def damaged(where: str) -> DataError:
    """Return the message for a file that is not whole."""
    return DataError(f"{where}: is damaged or no such file. It should be one as Word or "
                     "LibreOffice saves it. Save it again, or correct format in study.toml.")


def _check_size(archive: zipfile.ZipFile, where: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNZIPPED or xml > MOST_XML:
        raise DataError(
            f"{where}: unpacks to {len(parts)} parts and {unpacked // 1_000_000} MB, the largest "
            f"text to {xml // 1_000_000} MB; at most {MOST_PARTS}, {MOST_UNZIPPED // 1_000_000} "
            f"and {MOST_XML // 1_000_000}. This is no transcript; do not open it."
        )
