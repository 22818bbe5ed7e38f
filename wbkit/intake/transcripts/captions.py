"""Lines of captions: .vtt (Teams, Zoom, Whisper, YouTube) and .srt.

webvtt-py reads the cues. It ends a cue at an empty line, as the standard has it; programs and
people write empty lines inside cues, so what follows one is brought back to its cue first.
"""

import html
import io
import re
from collections.abc import Iterator, Sequence

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from wbkit.errors import DataError
from wbkit.intake.transcripts.lines import Contents, Left, Line, left_out, n_words
from wbkit.intake.transcripts.times import clock
from wbkit.messages import _

VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
# A tag of WebVTT or SRT, or a time inside a cue; "<y dan>" was said.
TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font)(?=[\s.>])[^<>]{0,200}>|</>|<\d[\d:.]{3,14}>")
ATTRIBUTE = re.compile(r"^NOTE[ \t]+([\w .-]{1,40}:[^\n]*)$", re.MULTILINE)
BLOCKS = ("NOTE", "STYLE", "REGION")
ROLLING = 0.5  # share of cues that begin with the last line of the one before
FEWEST_CUES = 4


def vtt_contents(text: str, where: str) -> Contents:
    """Return the cues of a WebVTT file, with the voice of each.

    Gives a line for each voice and line of a cue; ``NOTE key: value`` as a line ``# key: value``.
    """
    text = text.lstrip()
    if not text.startswith("WEBVTT"):
        raise DataError(_(
            "{where}: does not start with WEBVTT. It should be a transcript as Teams writes it "
            "(.vtt). Download it again, or correct format in study.toml.",
            where=where))
    notes = [Line(f"# {found}") for found in ATTRIBUTE.findall(text)]
    return _contents(text, "vtt", where, notes)


def srt_contents(text: str, where: str) -> Contents:
    """Return the cues of an SRT file."""
    return _contents(text.lstrip(), "srt", where, [])


def _contents(text: str, kind: str, where: str, notes: Sequence[Line]) -> Contents:
    blocks = [block.split("\n") for block in re.split(r"\n[ \t]*\n", text)]
    cues = _cues(_rejoined(blocks), kind, where)
    rolled, repeated = _unrolled(cues)
    lines = [line for number, (start, words) in enumerate(rolled, start=1)
             for line in _voices(words, start, number)]
    beside = ["\n".join(block) for block in blocks if block[0].startswith(BLOCKS)
              and "-->" not in block[0]]
    beside = [one for one in beside if not ATTRIBUTE.match(one)]
    said = sum(n_words(words) for _start, words in rolled)
    spoken = sum(n_words(line.text) for line in lines)
    marks = n_words(text) - said - sum(n_words(one) for one in (*beside, *repeated)) - sum(
        n_words(note.text) for note in notes)
    left = (*left_out("note of the program", beside), *left_out("words shown twice", repeated),
            Left("numbers and times of cues", marks, len(cues)),
            *((Left("voices and tags", said - spoken),) if said != spoken else ()))
    found = (_("{n} lines of captions stand twice, because they roll: each is kept once.",
               n=len(repeated)),) if repeated else ()
    return Contents((*notes, *lines), left, found, joint=" ")


def _rejoined(blocks: Sequence[Sequence[str]]) -> str:
    """Bring what stands behind an empty line back to the cue before it."""
    made: list[list[str]] = []
    for block in blocks:
        here = next((at for at, line in enumerate(block) if "-->" in line), None)
        special = block[0].startswith(BLOCKS)
        if here is None and not special and made and any("-->" in line for line in made[-1]):
            made[-1] = [*made[-1], *block]
        else:
            made.append(list(block))
    return "\n\n".join("\n".join(block) for block in made)


def _cues(text: str, kind: str, where: str) -> list[tuple[str, str]]:
    """Return start and words of each cue; those without words too."""
    there = sum("-->" in line for line in text.split("\n"))
    try:
        cues = [(cue.start, cue.raw_text)
                for cue in webvtt.from_buffer(io.StringIO(text), format=kind)]
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError, TypeError,
            AttributeError):
        cues = []
    if not there:
        raise DataError(_(
            "{where}: holds nothing that was said at a time. Each cue should have a time such as "
            "00:00:01.000 --> 00:00:04.000 and words under it. Export it again.",
            where=where))
    if len(cues) < there - _empty(text) or not any(words.strip() for _start, words in cues):
        raise DataError(_(
            "{where}: {lost} of its {cues} cues cannot be read. Each should have a time such as "
            "00:00:01.000 --> 00:00:04.000 and words under it. Export it again.",
            where=where, lost=there - len(cues), cues=there))
    return cues


def _empty(text: str) -> int:
    """Count the cues that hold a time and no words."""
    return len(re.findall(r"-->[^\n]*(?=\n[ \t]*(?:\n|\Z)|\Z)", text))


def _unrolled(cues: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Take out the lines that a cue repeats of the cue before, where captions roll."""
    split = [(start, [line for line in words.split("\n") if _plain(line).strip()])
             for start, words in cues]
    shown = [[_plain(line).strip() for line in lines] for _start, lines in split]
    again = [_repeated(before, after) for before, after in zip([[], *shown], shown, strict=False)]
    spoken = sum(bool(lines) for lines in shown)
    if spoken < FEWEST_CUES or sum(map(bool, again)) < ROLLING * (spoken - 1):
        return list(cues), []
    kept = [(start, "\n".join(lines[n:])) for (start, lines), n in zip(split, again, strict=True)]
    return kept, [line for (_start, lines), n in zip(split, again, strict=True)
                  for line in lines[:n]]


def _repeated(before: Sequence[str], after: Sequence[str]) -> int:
    """Count the lines at the beginning of a cue that end the one before."""
    return next((n for n in range(min(len(before), len(after)), 0, -1)
                 if list(before[-n:]) == list(after[:n])), 0)


def _voices(raw: str, start: str, number: int) -> Iterator[Line]:
    """Divide a cue at its voices; without a voice each line may begin with a label."""
    time = clock(start)
    first, *rest = VOICE.split(raw)
    for line in _plain(first).split("\n"):
        if line.strip():
            yield Line(line.strip(), time=time, cue=number)
    for speaker, words in zip(rest[::2], rest[1::2], strict=True):
        spoken = " ".join(_plain(words).split())
        if spoken:
            yield Line(spoken, speaker=" ".join(html.unescape(speaker).split()), time=time,
                       cue=number)


def _plain(words: str) -> str:
    return html.unescape(TAG.sub("", words))
