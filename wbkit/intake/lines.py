"""What every format of text is read as: lines, some of them headings or spoken by a voice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One paragraph, table row or cue.

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
    """

    text: str
    heading: bool = False
    speaker: str = ""
    time: str = ""
