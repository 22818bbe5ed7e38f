"""A report as sentences, from a Word or Markdown file."""

import re
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from wbkit.errors import DataError
from wbkit.messages import _

ENDINGS = (".docx", ".md", ".txt")
QUOTED = re.compile(r"„[^„”“]*[”“]|“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘[^‘’]*’(?!\w)")
SENTENCE_END = re.compile(r"[.!?…][”“\"’»)]*\s+(?=[\"'“„‘«(]*[A-ZÀ-Þ0-9])")
SHORT_WORDS = re.compile(
    r"\b(?:bijv|ca|nr|nrs|blz|p|pp|o\.a|d\.w\.z|m\.b\.t|dhr|mevr|dr|drs|prof|vgl|enz|incl"
    r"|excl|resp|art|fig|tab|e\.a|i\.p\.v|t\.o\.v)\.\s$", re.IGNORECASE)
MARKUP = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|!?\[([^\]]*)\]\([^)]*\)")
BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
SENTENCE = re.compile(r"\w\W+\w.*[.!?]")  # in a cell: more than a word or a number
HEADING = re.compile(r"heading|title|kop|titel|toc", re.IGNORECASE)
NOTES = re.compile(r"/(?:footnotes|endnotes)$")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)\s*$", re.MULTILINE | re.DOTALL)


def read_report(path: str | Path) -> list[str]:
    """Read the sentences of a report; headings and figures are none.

    Parameters
    ----------
    path
        A Word (.docx), Markdown (.md) or text file (.txt).

    Returns
    -------
    list of str
        Sentences in the order of the report, those of Word tables last.

    Raises
    ------
    DataError
        If there is no such file, it is of another kind, or it cannot be read.
    """
    file = Path(path)
    if file.suffix.casefold() not in ENDINGS:
        raise DataError(_(
            "{file}: ends in {suffix!r}, and claims are read from {endings}. Save the report as "
            "one of these.",
            file=file.name, suffix=file.suffix, endings=", ".join(ENDINGS)))
    if not file.is_file():
        raise DataError(_(
            "{file}: there is no such report. Correct the name.", file=file.name))
    word = file.suffix.casefold() == ".docx"
    try:
        paragraphs = _of_word(file) if word else _of_markdown(file.read_text(encoding="utf-8-sig"))
    except (PackageNotFoundError, UnicodeDecodeError, KeyError, ValueError):
        raise DataError(_(
            "{file}: is damaged, or is no {suffix} file of UTF-8 text. Save it again from the "
            "program in which it was written.",
            file=file.name, suffix=file.suffix)) from None
    return [one for paragraph in paragraphs for one in sentences(paragraph)]


def _of_word(file: Path) -> list[str]:
    """Return the paragraphs of Word, and the cells of its tables that hold a sentence."""
    document = Document(str(file))
    found = [one.text for one in document.paragraphs
             if not (one.style is not None and HEADING.match(one.style.name or ""))]
    found += [one for part in document.part.rels.values() if NOTES.search(part.reltype)
              for one in _notes(part.target_part.blob)]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*found, *dict.fromkeys(filter(SENTENCE.search, cells))]


def _notes(part: bytes) -> list[str]:
    """Return the footnotes or endnotes of Word; the lines that separate them hold no text."""
    notes = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    return [text for note in notes
            if (text := "".join(run.text or "" for run in note.iter(f"{WORD}t")).strip())]


def _of_markdown(text: str) -> list[str]:
    """Return the paragraphs of Markdown, without headings, code and marks; cells come last."""
    found, lines, cells = [], [], []
    for line in [*FENCE.sub("", text).splitlines(), ""]:
        apart = not line.strip() or re.match(r"\s*(?:#|\||---|===)", line)
        if apart or BULLET.match(line):
            found.append(" ".join(lines))
            lines = []
        if line.lstrip().startswith("|"):
            cells += [cell.strip() for cell in line.split("|") if SENTENCE.search(cell)]
        if not apart:
            lines.append(MARKUP.sub(r"\1", BULLET.sub("", re.sub(r"^\s*>\s?", "", line))).strip())
    return [one for one in [*found, " ".join(lines), *cells] if one.strip()]


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; a quotation is never cut."""
    text = " ".join(paragraph.split())
    inside = [match.span() for match in QUOTED.finditer(text)]
    found, start = [], 0
    for match in SENTENCE_END.finditer(text):
        stop = match.end()
        cut = match.start() + 1
        if any(first < cut < last - 1 for first, last in inside) \
                or SHORT_WORDS.search(text[start:stop]):
            continue
        found.append(text[start:stop].strip())
        start = stop
    return [one for one in [*found, text[start:].strip()] if one]
