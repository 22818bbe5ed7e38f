"""Paragraphs and tables of an OpenDocument text, read from its content.xml."""

from xml.parsers import expat

from wbkit.errors import DataError
from wbkit.intake.archive import checked_parts, damaged
from wbkit.intake.lines import Line

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
PARAGRAPH, HEADING, ROW = TEXT + "p", TEXT + "h", TABLE + "table-row"
SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
# Remarks, footnotes, and what tracked changes keep of deleted text.
SKIPPED = {OFFICE + "annotation", TEXT + "note", TEXT + "tracked-changes"}
DEEPEST, MOST_SPACES = 250, 1000


def odt_lines(content: bytes, where: str) -> list[Line]:
    """Return the lines of an OpenDocument text.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

    Returns
    -------
    list of Line
        Paragraphs, headings and table rows.

    Raises
    ------
    DataError
        If it is damaged, far too large, declares entities, or is no such file.
    """
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
        self.skipped += tag in SKIPPED
        if self.skipped:
            return
        if tag in (PARAGRAPH, HEADING):
            self.text = []
        elif tag == ROW:
            self.cells = []
        elif tag == TEXT + "s":
            self.text.append(" " * min(int(attributes.get(TEXT + "c", "1")), MOST_SPACES))
        else:
            self.text.append(SIGNS.get(tag, ""))

    def characters(self, words: str) -> None:
        if not self.skipped and any(tag in (PARAGRAPH, HEADING) for tag in self.open[-8:]):
            self.text.append(words)

    def end(self, tag: str) -> None:
        self.open.pop()
        if self.skipped:
            self.skipped -= tag in SKIPPED
        elif tag in (PARAGRAPH, HEADING):
            self._close("".join(self.text), heading=tag == HEADING)
            self.text = []
        elif tag == ROW and self.cells is not None:
            self.lines.append(Line("\t".join(filter(None, self.cells))))
            self.cells = None

    def _close(self, words: str, *, heading: bool) -> None:
        if self.cells is not None:
            self.cells.append(words.strip())
        else:
            self.lines.append(Line(words, heading=heading))
