"""Lines of an OpenDocument text (.odt): paragraphs, lists, tables, frames, footnotes, remarks."""

from collections.abc import Iterator
from typing import Any

from wbkit.intake.transcripts.archives import archive_findings, checked_parts, tree_of
from wbkit.intake.transcripts.lines import Contents, Left, Line, left_out, n_words

NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TEXT, TABLE, OFFICE, DRAW, STYLE = (
    "{" + NAMES.format(name) + "}" for name in ("text", "table", "office", "drawing", "style"))
FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
PARAGRAPH, HEADING, ROW = TEXT + "p", TEXT + "h", TABLE + "table-row"
SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
REMARK, NOTE, BOX, DELETED = (OFFICE + "annotation", TEXT + "note", DRAW + "text-box",
                              TEXT + "tracked-changes")
CITATION = TEXT + "note-citation"
ASIDES = {REMARK: "comment", NOTE: "footnote", BOX: "text box"}
MOST_SPACES = 1000


def odt_contents(content: bytes, where: str) -> Contents:
    """Return the lines of an OpenDocument text.

    Gives paragraphs line by line and table rows; words of a frame, a footnote or a remark as
    lines behind their paragraph. Page heads and deleted text are left out, with their number of
    words.
    """
    parts = checked_parts(content, where, "content.xml")
    tree = tree_of(parts["content.xml"], where)
    styles = _marked_styles(tree)
    body = tree.find(f".//{OFFICE}text")
    body = tree if body is None else body
    lines = tuple(_blocks(body, styles))
    deleted = [odt_text(one) for gone in body.iter(DELETED) for one in gone.iter(PARAGRAPH)]
    left = (*left_out("deleted text", deleted), *_page_heads(parts, where))
    missed = _words_of(body) - sum(n_words(line.text) for line in lines)
    return Contents(lines, left, tuple(archive_findings(lines, missed)))



def _blocks(parent: Any, styles: set[str]) -> Iterator[Line]:
    for child in parent:
        if child.tag in (PARAGRAPH, HEADING):
            yield from _paragraph(child, styles)
        elif child.tag == ROW:
            cells = tuple(_cell(cell) for cell in child if cell.tag == TABLE + "table-cell")
            yield Line("\t".join(filter(None, cells)), cells=cells)
            yield from _asides(child)
        elif child.tag == BOX:
            yield Line(_inside(child), aside="text box")
        elif child.tag != DELETED and isinstance(child.tag, str):
            yield from _blocks(child, styles)


def _paragraph(paragraph: Any, styles: set[str]) -> Iterator[Line]:
    text = odt_text(paragraph)
    marked = _marked(paragraph, styles, own=paragraph.get(TEXT + "style-name", "") in styles)
    if not text.strip():
        yield Line("")
    else:
        at = 0
        for line in text.split("\n"):
            began = at + len(line) - len(line.lstrip())
            here = marked[began:at + len(line)]
            n = next((place for place, one in enumerate(here) if not one), len(here))
            yield Line(line, heading=paragraph.tag == HEADING, marked=n)
            at += len(line) + 1
    yield from _asides(paragraph)


def _asides(element: Any) -> Iterator[Line]:
    for child in element:
        if child.tag in ASIDES:
            words = _inside(child)
            if words:
                yield Line(words, aside=ASIDES[child.tag])
        elif isinstance(child.tag, str):
            yield from _asides(child)


def _inside(element: Any) -> str:
    return "\n".join(filter(None, (odt_text(one).strip() for one in element.iter(PARAGRAPH))))


def _cell(cell: Any) -> str:
    texts = []
    for child in cell:
        if child.tag in (PARAGRAPH, HEADING):
            texts.append(odt_text(child).strip())
        elif isinstance(child.tag, str):
            texts.append(_cell(child))
    return "\n".join(filter(None, texts))


def odt_text(element: Any) -> str:
    """Return the words of a paragraph, without what hangs on it."""
    return "".join(words for words, _own in _pieces(element, set(), own=False))


def _pieces(element: Any, styles: set[str], *, own: bool) -> Iterator[tuple[str, bool]]:
    """Yield the words of a paragraph, and whether each piece looks unlike running text."""
    yield element.text or "", own
    for child in element:
        if child.tag == TEXT + "s":
            yield " " * min(int(child.get(TEXT + "c", "1")), MOST_SPACES), own
        elif child.tag in SIGNS:
            yield SIGNS[child.tag], own
        elif child.tag not in ASIDES and child.tag != CITATION and isinstance(child.tag, str):
            marked = own or child.get(TEXT + "style-name", "") in styles
            yield from _pieces(child, styles, own=marked)
        yield child.tail or "", own


def _marked(paragraph: Any, styles: set[str], *, own: bool) -> list[bool]:
    return [mark for words, mark in _pieces(paragraph, styles, own=own) for _sign in words]


def _marked_styles(tree: Any) -> set[str]:
    """Return the styles that are bold, italic or underlined."""
    found = set()
    for style in tree.iter(STYLE + "style"):
        for look in style.iter(STYLE + "text-properties"):
            bold = look.get(FORMAT + "font-weight", "") in ("bold", "700", "800", "900")
            italic = look.get(FORMAT + "font-style", "") == "italic"
            lined = look.get(STYLE + "text-underline-style", "none") != "none"
            if bold or italic or lined:
                found.add(style.get(STYLE + "name", ""))
    return found


def _words_of(body: Any) -> int:
    """Count the words of all paragraphs, another way than they are read: a check on reading."""
    return sum(n_words(odt_text(one)) for tag in (PARAGRAPH, HEADING) for one in body.iter(tag)
               if not any(above.tag == DELETED for above in one.iterancestors()))


def _page_heads(parts: dict[str, bytes], where: str) -> tuple[Left, ...]:
    if "styles.xml" not in parts:
        return ()
    tree = tree_of(parts["styles.xml"], where)
    heads = [one for name in ("header", "footer") for one in tree.iter(STYLE + name)]
    return left_out("page head", map(_inside, heads))
