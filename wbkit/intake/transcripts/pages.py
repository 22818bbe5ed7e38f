"""Texts of pages, .txt and .pdf: line numbers, page heads, broken words and lines are mended."""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wbkit.errors import DataError
from wbkit.intake.transcripts.lines import Contents, Line, left_out, n_words, plain_lines
from wbkit.messages import _
from wbkit.text.normalise import frozen

NUMBERED = re.compile(r"^\s*(\d{1,6})(?:[.:)]?[ \t]+|[.:)]?$)")
PAGE_NUMBER = re.compile(r"^\W*(?:(?:p|pag|page|pagina|seite|blz)\b\.?\s*)?(\d{1,4})"
                         r"(?:\s*(?:/|of|van|von|de)\s*\d{1,4})?\W*$", re.IGNORECASE)
BROKEN_WORD = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")
AT_WORD = re.compile("\\S[-\u2010\u00ad]$")  # a dash with a space before it breaks no word
LONGEST_WORD = 60
NEXT_WORD = re.compile(r"([^\W\d_]+)")
MOSTLY, FEWEST, NEAR = 0.8, 5, 2
LONGEST_HEAD, NARROW = 12, 110  # words of a page head; signs of a line on paper
HALF = 0.5
GAP = re.compile(r"\S {4,}\S")
COLUMNS = 0.5  # share of the lines with a wide gap from which a page has columns
MOST_PAGES, WIDE = 2_000, 4


def text_contents(text: str, where: str) -> Contents:
    """Return the lines of a plain text without line numbers, page heads and page numbers."""
    pages = text.split("\f")
    if len(pages) > 1:
        return paged_contents(pages)
    lines, numbers = _without_line_numbers(plain_lines(text))
    lines, heads = _without_page_numbers(lines)
    left = (*left_out("line number", numbers), *left_out("page head", heads))
    return Contents(tuple(lines), left)


def pdf_contents(content: bytes, where: str) -> Contents:
    """Return the lines of a PDF without page heads, page numbers and line numbers.

    Raises
    ------
    DataError
        If the file is damaged, has a password, or holds pictures of pages and no text.
    """
    pages, wide = _pages(content, where)
    if not any(page.strip() for page in pages):
        raise DataError(_(
            "{where}: holds no text, only pictures of {n} pages. Have a program recognise the "
            "text (OCR), or type it, and save it as .docx.",
            where=where, n=len(pages)))
    # Some programs set a tab for every space.
    contents = paged_contents([frozen(page).replace("\t", " ") for page in pages])
    found = [_("{n} words were read from {pages} pages of a PDF, which keeps no paragraphs. "
               "Compare the text with the file, or use the document it was made of.",
               n=sum(map(n_words, pages)), pages=len(pages))]
    if wide:
        found.append(_("pages {pages} seem to have columns. Look whether their lines stand in the "
                       "right order.", pages=", ".join(map(str, wide))))
    return replace(contents, found=tuple(found))


def _pages(content: bytes, where: str) -> tuple[list[str], list[int]]:
    """Return the text of each page, and the pages that have columns."""
    from pypdf import PdfReader  # noqa: PLC0415 - only a PDF needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its English is no message of ours
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DataError(_(
                "{where}: is protected with a password. Save it without one.", where=where))
        if len(reader.pages) > MOST_PAGES:
            raise DataError(_(
                "{where}: has {n} pages, more than {most}. A transcript is shorter; divide it.",
                where=where, n=len(reader.pages), most=MOST_PAGES))
        pages = [page.extract_text() for page in reader.pages]
        wide = [number for number, page in enumerate(reader.pages, start=1)
                if _has_columns(page.extract_text(extraction_mode="layout").split("\n"))]
    except DataError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError,
            RecursionError, NotImplementedError, ZeroDivisionError, AssertionError):
        raise DataError(_(
            "{where}: is damaged or no PDF. Open it to see, and save it again.",
            where=where)) from None
    return pages, wide


def _has_columns(lines: Sequence[str]) -> bool:
    """Say whether most lines of a page have a wide gap in the same place."""
    filled = [line for line in lines if line.strip()]
    begins = Counter(place // WIDE for line in filled
                     for place in {match.end() for match in GAP.finditer(line)})
    return len(filled) >= FEWEST and max(begins.values(), default=0) >= COLUMNS * len(filled)


def paged_contents(pages: Sequence[str]) -> Contents:
    """Return the lines of a text of which the pages are known."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    split = [lines for lines in split if lines]
    edges = Counter(_form(line) for lines in split for line in {*_edge(lines)})
    heads, kept = [], []
    for lines in split:
        gone = {line for line in _edge(lines) if PAGE_NUMBER.match(line)
                or (edges[_form(line)] >= max(2, len(split) * HALF)
                    and n_words(line) <= LONGEST_HEAD)}
        edge = {*range(NEAR), *range(len(lines) - NEAR, len(lines))}
        heads += [line for at, line in enumerate(lines) if at in edge and line in gone]
        kept += [line for at, line in enumerate(lines) if at not in edge or line not in gone]
    lines, numbers = _without_line_numbers(plain_lines("\n".join(kept)))
    return Contents(tuple(lines), (*left_out("line number", numbers),
                                   *left_out("page head", heads)))


def _edge(lines: Sequence[str]) -> list[str]:
    return [*lines[:NEAR], *lines[max(NEAR, len(lines) - NEAR):]]


def _form(line: str) -> str:
    """Return a line with every number the same, as page heads are compared."""
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _without_line_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Take the number off each line, where nearly all lines have one and they count up."""
    found = [NUMBERED.match(line.text) for line in lines]
    filled = [match for line, match in zip(lines, found, strict=True) if not line.blank]
    numbers = [int(match[1]) for match in filled if match]
    upward = sum(0 < after - before <= FEWEST for before, after in zip(numbers, numbers[1:],
                                                                      strict=False))
    if len(numbers) < FEWEST or len(numbers) < MOSTLY * len(filled) \
            or upward < MOSTLY * (len(numbers) - 1):
        return list(lines), []
    kept = [replace(line, text=line.text[match.end():]) if match else line
            for line, match in zip(lines, found, strict=True)]
    return kept, [match[1] for match in found if match]


def _without_page_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Take out lines with a number that counts up, and what recurs beside each of them."""
    places = [at for at, line in enumerate(lines) if PAGE_NUMBER.match(line.text)]
    numbers = [int(PAGE_NUMBER.match(lines[at].text)[1]) for at in places]
    if len(numbers) < 2 or any(after - before != 1 for before, after
                               in zip(numbers, numbers[1:], strict=False)):
        return list(lines), []
    near = [at for place in places for at in range(place - NEAR, place + NEAR + 1)
            if at != place and 0 <= at < len(lines) and not lines[at].blank]
    forms = Counter(_form(lines[at].text) for at in {*near})
    heads = {at for at in near if forms[_form(lines[at].text)] >= max(2, len(places) * HALF)
             and n_words(lines[at].text) <= LONGEST_HEAD and ":" not in lines[at].text}
    gone = {*places, *heads}
    return ([line for at, line in enumerate(lines) if at not in gone],
            [lines[at].text for at in sorted(gone)])


@dataclass(frozen=True)
class Width:
    """How wide the lines of a text are that was broken to fit a page; 0 when it was not."""

    signs: int = 0

    @property
    def wrapped(self) -> bool:
        """Whether lines end where the page did, and not where a sentence does."""
        return self.signs > 0

    def ends_paragraph(self, line: str) -> bool:
        """Say whether a line stops early, as the last line of a paragraph does."""
        return not self.wrapped or len(line) < self.signs * MOSTLY and line.rstrip().endswith(
            (".", "?", "!", "…", '"', "”"))


def width_of(lines: Sequence[Line]) -> Width:
    """Return the width of a text whose lines were broken to fit a page.

    Evidence: lines no longer than on paper, many of which end inside a sentence and go on with
    a small letter.
    """
    texts = [line.text.strip() for line in lines]
    pairs = [(before, after) for before, after in zip(texts, texts[1:], strict=False)
             if before and after]
    widest = sorted(map(len, filter(None, texts)))[-3:-2] or [0]
    inside = sum(after[0].islower() and before[-1] not in ".?!:" for before, after in pairs)
    if len(pairs) < FEWEST or widest[0] > NARROW or inside < max(3, 0.15 * len(pairs)):
        return Width()
    return Width(widest[0])


def joined(texts: Sequence[str], width: Width, joint: str) -> tuple[str, int]:
    """Join the lines of one turn; a word broken at the end of a line is made whole.

    Gives the text and the number of words that were made whole.
    """
    texts = [text for text in texts if text]
    if not width.wrapped:
        return joint.join(texts), 0
    pieces, mended = texts[:1], 0
    for text in texts[1:]:
        before, begin = pieces[-1], NEXT_WORD.match(text)
        if AT_WORD.search(before[-2:]) and begin and not _is_listed(text):
            whole = text[0].islower() and BROKEN_WORD.search(before[-LONGEST_WORD:])
            pieces[-1] = f"{before[:-1] if whole else before}{text}"
            mended += bool(whole)
        else:
            pieces.append(text)
    return " ".join(pieces), mended


def _is_listed(text: str) -> bool:
    """Say whether a hyphen before this text stays: "in- en uitstroom", "pre- and post-test"."""
    return text.split()[0] in ("en", "of", "and", "or", "und", "oder", "et", "ou")
