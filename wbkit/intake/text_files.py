"""Lines of a plain text file."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from wbkit.errors import DataError

HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
ATTRIBUTE = re.compile(r"^#\s*[\w .-]{1,40}:\s")  # an attribute: "# team: zorg"
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]{0,200}>|</>")
NOTE = re.compile(r"^NOTE[ \t]+([\w .-]{1,40}:[^\n]*)$", re.MULTILINE)


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


def txt_lines(text: str, where: str) -> list[Line]:
    """Return the lines of a plain text; ``## L3 Sfeer`` is a heading."""
    return [Line(line) if ATTRIBUTE.match(line) else Line(HEADING.sub("", line),
                                                    heading=bool(HEADING.match(line)))
            for line in text.split("\n")]


def vtt_lines(text: str, where: str) -> list[Line]:
    """Return the cues of a WebVTT file, with the voice of each.

    Gives one for each voice in each cue; ``NOTE key: value`` as a line ``# key: value``.
    """
    if not text.lstrip().startswith("WEBVTT"):
        raise DataError(f"{where}: does not start with WEBVTT. It should be a transcript as Teams "
                        "writes it (.vtt). Download it again, or correct format in study.toml.")
    notes = [Line(f"# {found}") for found in NOTE.findall(text)]
    return notes + _lines(text.lstrip(), "vtt", where)


def srt_lines(text: str, where: str) -> list[Line]:
    """Return the cues of an SRT file."""
    return _lines(text.lstrip(), "srt", where)


def _lines(text: str, kind: str, where: str) -> list[Line]:
    there = sum("-->" in line for line in text.split("\n"))
    try:
        cues = list(webvtt.from_buffer(io.StringIO(text), format=kind))
        lines = [line for cue in cues for line in _voices(cue.raw_text, cue.start)]
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError, TypeError,
            AttributeError):
        cues, lines = [], []
    if not lines or len(cues) < there:
        raise DataError(
            f"{where}: {there - len(cues)} of its {there} cues cannot be read. Each should have a "
            "time such as 00:00:01.000 --> 00:00:04.000 and words under it. Export it again."
        )
    return lines


def _voices(raw: str, start: str) -> Iterator[Line]:
    """Divide a cue at its voices; without a voice each line may begin with a label."""
    time = re.split("[.,]", start)[0]
    first, *rest = VOICE.split(raw)
    for line in _plain(first).split("\n"):
        if line.strip():
            yield Line(line.strip(), time=time)
    for speaker, words in zip(rest[::2], rest[1::2], strict=True):
        spoken = " ".join(_plain(words).split())
        if spoken:
            yield Line(spoken, speaker=" ".join(html.unescape(speaker).split()), time=time)


def _plain(words: str) -> str:
    return html.unescape(TAG.sub("", words))
