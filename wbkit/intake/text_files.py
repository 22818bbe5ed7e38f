"""Lines of a plain text file."""

import re

from wbkit.intake.lines import Line

HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
KEY = re.compile(r"^#\s*[\w .-]{1,40}:\s")  # an attribute: "# team: zorg"


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
    return [Line(line) if KEY.match(line) else Line(HEADING.sub("", line),
                                                    heading=bool(HEADING.match(line)))
            for line in text.split("\n")]
