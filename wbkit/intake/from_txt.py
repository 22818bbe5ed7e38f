"""Lines of a plain text file."""

import re

from wbkit.intake.lines import Line

HEADING = re.compile(r"^#{1,6}\s+(?=\S)")


def txt_lines(text: str, where: str) -> list[Line]:
    """Return the lines of a plain text; ``## L3 Sfeer`` is a heading.

    Parameters
    ----------
    text
        The text.
    where
        Words for the file in a message; a plain text has no faults of its own.

    Returns
    -------
    list of Line
        One for each line.
    """
    lines = text.split("\n")
    return [Line(HEADING.sub("", line), heading=bool(HEADING.match(line)) and not _is_key(line))
            if not _is_key(line) else Line(line) for line in lines]


def _is_key(line: str) -> bool:
    """Say whether a line is an attribute: ``# team: zorg``."""
    return bool(re.match(r"^#\s*[\w .-]{1,40}:\s", line + " "))
