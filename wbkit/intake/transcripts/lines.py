"""What a file of a conversation holds before anybody knows who speaks: lines, and what is beside.

A new format is a module here, a line in ``formats.py``, and its name in study/source_kinds.py.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
ATTRIBUTE = re.compile(r"^#\s*[\w .-]{1,40}:\s")  # an attribute: "# team: zorg"


@dataclass(frozen=True)
class Line:
    """One line of a paragraph, one table row, or one line of a cue.

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
    marked
        How many signs at its beginning look unlike the rest of the file: bold, italic.
    cells
        The cells of a table row.
    aside
        What it is when it is no part of the running text: footnote, comment, text box.
    cue
        Number of the cue, row or segment it stands in, from 1; 0 outside captions.
    """

    text: str
    heading: bool = False
    speaker: str = ""
    time: str = ""
    marked: int = 0
    cells: tuple[str, ...] = ()
    aside: str = ""
    cue: int = 0

    @property
    def blank(self) -> bool:
        """Whether it holds no word."""
        return not self.text.strip()


@dataclass(frozen=True)
class Left:
    """Words of a file that are kept out of its text, and what they are."""

    what: str
    words: int
    pieces: int = 1


@dataclass(frozen=True)
class Contents:
    """The lines of one file and what its reader left out.

    Parameters
    ----------
    lines
        Its lines in reading order; notes stand behind the paragraph they belong to.
    left
        What is no line, with its number of words.
    found
        What a person has to know about the file.
    repairs
        What was mended in its lines = how often.
    joint
        What stands between two lines of one turn.
    """

    lines: tuple[Line, ...]
    left: tuple[Left, ...] = ()
    found: tuple[str, ...] = ()
    repairs: tuple[tuple[str, int], ...] = ()
    joint: str = "\n"


def n_words(text: str) -> int:
    """Count words: what stands between spaces."""
    return len(text.split())


def words_in(lines: Iterable[Line]) -> int:
    """Count the words of lines."""
    return sum(n_words(line.text) for line in lines)


def left_out(what: str, texts: Iterable[str]) -> tuple[Left, ...]:
    """Return what was left out as one entry, or none when there was nothing."""
    texts = [text for text in texts if text.strip()]
    return (Left(what, sum(map(n_words, texts)), len(texts)),) if texts else ()


def plain_lines(text: str) -> list[Line]:
    """Return the lines of a plain text; ``## L3 Sfeer`` is a heading."""
    return [Line(line) if ATTRIBUTE.match(line) else Line(HEADING.sub("", line),
                                                    heading=bool(HEADING.match(line)))
            for line in text.split("\n")]
