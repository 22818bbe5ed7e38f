"""Lines of a Word file (.docx): paragraphs, tables, fields, text boxes, footnotes, comments."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from wbkit.intake.transcripts.archives import archive_findings, checked_parts, damaged, tree_of
from wbkit.intake.transcripts.lines import Contents, Left, Line, left_out, n_words

SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX, DELETED = qn("w:txbxContent"), (qn("w:del"), qn("w:moveFrom"))
# Text that was deleted, or that stands a second time for older versions of Word.
SKIPPED = {*DELETED, qn("w:pPr"), qn("w:rPr"), BOX, FALLBACK}
HEADINGS = ("heading", "kop", "title", "titel")
NOTES = {  # element that refers to it = part, its element, what it is
    qn("w:footnoteReference"): ("footnotes", qn("w:footnote"), "footnote"),
    qn("w:endnoteReference"): ("endnotes", qn("w:endnote"), "footnote"),
    qn("w:commentReference"): ("comments", qn("w:comment"), "comment"),
}
MARKS = ("w:b", "w:i", "w:u", "w:color", "w:highlight")
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class _Word:
    """The parts of one file that its paragraphs refer to."""

    def __init__(self, parts: Mapping[str, bytes], where: str) -> None:
        self.trees = {re.sub(r"^word/|\d*\.xml$", "", name): tree_of(part, where)
                      for name, part in parts.items()
                      if re.match(r"word/(document|footnotes|endnotes|comments|styles)\d*\.xml$",
                                  name)}
        styles = self.trees.get("styles")
        styles = [] if styles is None else styles.iter(qn("w:style"))
        self.styles = {style.get(qn("w:styleId"), ""): style for style in styles}
        self.notes = {kind: self._notes(part, element)
                      for kind, (part, element, _what) in NOTES.items()}

    def _notes(self, part: str, element: str) -> dict[str, str]:
        tree = self.trees.get(part)
        return {} if tree is None else {
            one.get(qn("w:id"), ""): "\n".join(filter(None, map(docx_text, one.iter(qn("w:p")))))
            for one in tree.iter(element) if one.get(qn("w:type"), "") not in SEPARATORS}

    def is_heading(self, paragraph: Any) -> bool:
        style = self.styles.get(_style(paragraph))
        if style is None:
            return False
        name = style.find(qn("w:name"))
        return name is not None and name.get(qn("w:val"), "").lower().startswith(HEADINGS)

    def look(self, run: Any) -> str:
        """Return what sets a run apart: bold, italic, underlined, coloured, its own style."""
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return ""
        style = properties.find(qn("w:rStyle"))
        own = "" if style is None else style.get(qn("w:val"), "")
        on = [name for name in MARKS if _is_on(properties.find(qn(name)), name)]
        return " ".join([*on, own]).strip()


def docx_contents(content: bytes, where: str) -> Contents:
    """Return the lines of a Word file.

    Gives paragraphs line by line and table rows; words of a text box, a footnote or a comment as
    lines behind their paragraph. Page heads and what was deleted with tracked changes are left
    out, with their number of words.
    """
    parts = checked_parts(content, where, "word/document.xml")
    try:
        word = _Word(parts, where)
        body = word.trees["document"].find(qn("w:body"))
        usual = _usual_look(body, word)
        lines = tuple(_blocks(body, word, usual))
    except (etree.LxmlError, TypeError, AttributeError, IndexError, KeyError):
        raise damaged(where) from None
    left = (*left_out("deleted text", _deleted(body)), *_page_heads(parts, where))
    missed = _words_of(body) - sum(n_words(line.text) for line in lines
                                   if line.aside not in ("footnote", "comment"))
    return Contents(lines, left, tuple(archive_findings(lines, missed)))



def _blocks(parent: Any, word: _Word, usual: str) -> Iterator[Line]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph(child, word, usual)
        elif child.tag == qn("w:tbl"):
            for row in _rows(child):
                yield _row(row, word)
                yield from _asides(row, word)
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            yield from _blocks(child, word, usual)


def _paragraph(paragraph: Any, word: _Word, usual: str) -> Iterator[Line]:
    text, heading = docx_text(paragraph), word.is_heading(paragraph)
    marked = _marked(paragraph, word, usual)
    if not text.strip():
        yield Line("")
    else:
        at = 0
        for line in text.split("\n"):
            began = len(line) - len(line.lstrip())
            yield Line(line, heading=heading, marked=_from(marked, at + began, at + len(line)))
            at += len(line) + 1
    yield from _asides(paragraph, word)


def _from(marked: list[bool], first: int, last: int) -> int:
    """Count the signs in a row that look unlike the rest, from the first sign of a line."""
    n = next((at for at, one in enumerate(marked[first:last]) if not one), last - first)
    return max(n, 0)


def _asides(element: Any, word: _Word) -> Iterator[Line]:
    """Yield what hangs on a paragraph or row: text boxes, footnotes, comments."""
    for one in _walk(element):
        if one.tag == BOX:
            words = "\n".join(filter(None, map(docx_text, one.iter(qn("w:p")))))
            yield Line(words, aside="text box")
        elif one.tag in NOTES:
            words = word.notes[one.tag].get(one.get(qn("w:id"), ""), "")
            if words.strip():
                yield Line(words, aside=NOTES[one.tag][2])


def _walk(element: Any) -> Iterator[Any]:
    """Yield everything in an element, and nothing that stands there a second time."""
    for child in element:
        if child.tag != FALLBACK and child.tag not in DELETED:
            yield child
            if child.tag != BOX:
                yield from _walk(child)


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, also those in a content control; not those of a table inside."""
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _rows(child)


def _row(row: Any, word: _Word) -> Line:
    cells = tuple(_cell(cell) for cell in _children(row, qn("w:tc")))
    return Line("\t".join(filter(None, cells)), cells=cells)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _children(child, tag)


def _cell(cell: Any) -> str:
    """Return the words of a cell, those of a table inside it once, where they stand."""
    texts = []
    for child in cell:
        if child.tag == qn("w:p"):
            texts.append(docx_text(child).strip())
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            texts.append(_cell(child))
    return "\n".join(filter(None, texts))


def docx_text(element: Any) -> str:
    """Return the words of a paragraph as they are shown: insertions kept, deletions left out."""
    pieces = []
    for child in element:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in SIGNS:
            pieces.append(SIGNS[child.tag])
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            pieces.append(docx_text(child))
    return "".join(pieces)


def _runs(element: Any, word: _Word) -> Iterator[tuple[str, str]]:
    """Yield the words of a paragraph, run by run, with what sets each apart."""
    for child in element:
        if child.tag == qn("w:r"):
            yield docx_text(child), word.look(child)
        elif child.tag in SIGNS or child.tag == qn("w:t"):
            yield SIGNS.get(child.tag, child.text or ""), ""
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            yield from _runs(child, word)


def _marked(paragraph: Any, word: _Word, usual: str) -> list[bool]:
    return [look != usual for words, look in _runs(paragraph, word) for _sign in words]


def _usual_look(body: Any, word: _Word) -> str:
    signs: Counter[str] = Counter()
    for paragraph in body.iter(qn("w:p")):
        for words, look in _runs(paragraph, word):
            signs[look] += len(words)
    return signs.most_common(1)[0][0] if signs else ""


def _is_on(mark: Any, name: str) -> bool:
    if mark is None:
        return False
    value = mark.get(qn("w:val"), "true")
    return value not in ("0", "false", "none", "auto", "000000") or name == "w:highlight"


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def _deleted(body: Any) -> list[str]:
    return ["".join(one.itertext(qn("w:delText"), qn("w:t")))
            for tag in DELETED for one in body.iter(tag)]


def _words_of(body: Any) -> int:
    """Count the words of all paragraphs, another way than they are read: a check on reading."""
    kept = [one for one in body.iter(qn("w:p")) if not any(
        above.tag in (FALLBACK, *DELETED) for above in one.iterancestors())]
    return sum(n_words(docx_text(one)) for one in kept)


def _page_heads(parts: Mapping[str, bytes], where: str) -> tuple[Left, ...]:
    trees = [tree_of(part, where) for name, part in sorted(parts.items())
             if re.match(r"word/(header|footer)\d*\.xml$", name)]
    return left_out("page head", ["\n".join(map(docx_text, tree.iter(qn("w:p"))))
                                  for tree in trees])


