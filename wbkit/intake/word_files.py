"""Paragraphs and tables of a Word file, in the order in which they stand."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from wbkit.intake.archive import BROKEN, checked_parts, damaged
from wbkit.intake.lines import Line

SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Text that was deleted, or that stands a second time for older versions of Word.
SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent"),
           "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
HEADINGS = ("heading", "kop", "title", "titel")


def docx_lines(content: bytes, where: str) -> list[Line]:
    """Return the lines of a Word file.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

    Returns
    -------
    list of Line
        Paragraphs and table rows; what was deleted with tracked changes is left out.

    Raises
    ------
    DataError
        If it is damaged, far too large, or no Word file.
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
