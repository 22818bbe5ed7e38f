"""Lines of what speech recognition writes: .json and .tsv.

Known by their structure, so that a program nobody named is read as well: a list of pieces, each
with words and a time, and perhaps a speaker. Seen in Whisper, whisper.cpp, WhisperX, Amberscript,
AssemblyAI, Deepgram, Rev and Sonix. The same words often stand in the file at several levels;
the pieces with a speaker win, then the longest ones.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wbkit.errors import DataError
from wbkit.intake.transcripts.lines import Contents, Left, Line, n_words
from wbkit.intake.transcripts.times import clock, of_seconds
from wbkit.messages import _

TEXT_KEYS = ("text", "transcript", "utterance", "sentence", "content", "value", "word",
             "punctuated_word", "punct")
PART_KEYS = ("words", "elements", "tokens", "items", "children")
START_KEYS = ("start", "start_time", "starttime", "begin", "from", "ts", "timestamp", "offset",
              "startms", "start_ms", "timestamps", "offsets")
END_KEYS = ("end", "end_time", "endtime", "end_ts", "to", "endms", "end_ms")
SPEAKER_KEYS = ("speaker", "speaker_label", "speaker_id", "speakerid", "speakername",
                "speaker_name", "spk", "spkid", "channel")
NAME_KEYS = ("name", "label", "displayname", "display_name", "username")
ID_KEYS = ("spkid", "id", "speaker_id", "speakerid", "key", "speaker")
MOST_DEEP = 40
ENOUGH = 0.98  # share of the words that a list has to hold
FASTEST = 20.0  # nobody takes this many seconds for a word: such times are milliseconds


@dataclass(frozen=True)
class Piece:
    """One stretch of speech."""

    words: str
    speaker: str
    start: float | str | None
    end: float | None


def json_contents(text: str, where: str) -> Contents:
    """Return the stretches of speech of a .json file, each word once."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(_(
            "{where}: is not valid JSON ({error}). It should be a transcript as Whisper or "
            "Amberscript writes it. Export it again, or correct format in study.toml.",
            where=where, error=error)) from None
    lists = [pieces for pieces in map(_pieces, _lists(told, 0)) if pieces]
    if not lists:
        raise DataError(_(
            "{where}: holds no list of stretches of speech with words and times. A transcript in "
            "JSON has one. Export it again, also as .docx, .vtt or .txt, and correct format in "
            "study.toml.",
            where=where))
    most = ENOUGH * max(map(_spoken, lists))
    pieces = max((one for one in lists if _spoken(one) >= most), key=_weight)
    names = _names(told)
    pieces = [Piece(one.words, names.get(one.speaker, one.speaker), one.start, one.end)
              for one in pieces]
    return _contents(pieces)


def tsv_contents(text: str, where: str) -> Contents:
    """Return the stretches of speech of a .tsv file: columns with times, words, and a speaker."""
    rows = [row for row in csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
            if any(map(str.strip, row))]
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = list(zip(*rows[1:], strict=True))
    times = [at for at, cells in enumerate(columns) if _are_times(cells)]
    rest = [at for at in range(width) if at not in times]
    if not times or not rest:
        raise DataError(_(
            "{where}: has no column with times beside one with words. A transcript in tsv has "
            "start, end and text. Export it again, or correct format in study.toml.",
            where=where))
    words = max(rest, key=lambda at: sum(map(n_words, columns[at])))
    speaker = next((at for at in rest if at != words and _repeats(columns[at])), None)
    head = any(_number(cell) is not None for cell in (rows[0][at] for at in times))
    pieces = [Piece(row[words].strip(), row[speaker].strip() if speaker is not None else "",
                    _number(row[times[0]]), _number(row[times[-1]]))
              for row in (rows if head else rows[1:])]
    made = _contents([one for one in pieces if one.words])
    beside = n_words(text) - sum(n_words(one.words) for one in pieces)
    return Contents(made.lines, (Left("headings, times and speakers of rows", beside),),
                    made.found, joint=" ")


def _are_times(cells: Sequence[str]) -> bool:
    numbers = [_number(cell) for cell in cells]
    known = [one for one in numbers if one is not None]
    return len(known) == len(numbers) > 0 and known == sorted(known)


def _repeats(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and len(set(filled)) <= max(2, len(filled) // 2) and max(
        map(n_words, filled)) <= 6


def _number(cell: Any) -> float | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell).strip().removesuffix("s")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return float(text.replace(",", "."))
    found = clock(text)
    return sum(int(one) * 60 ** at for at, one in enumerate(reversed(found.split(":")))) \
        if found else None


def _lists(told: Any, depth: int) -> Iterator[list[Any]]:
    """Yield every list of objects in the file; that of one object inside another too."""
    if depth > MOST_DEEP:
        return
    if isinstance(told, list):
        if told and all(isinstance(one, dict) for one in told):
            yield told
            merged = [part for one in told for key in PART_KEYS
                      for part in _own(one, key) if isinstance(part, dict)]
            if merged:
                yield merged
        for one in told:
            yield from _lists(one, depth + 1)
    elif isinstance(told, dict):
        for one in told.values():
            yield from _lists(one, depth + 1)


def _own(one: Mapping[str, Any], key: str) -> list[Any]:
    found = one.get(key)
    return found if isinstance(found, list) else []


def _pieces(objects: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Return the objects of a list as stretches of speech, or nothing when they are none."""
    pieces = [Piece(_words(one), _text(one, SPEAKER_KEYS), _time(one, START_KEYS),
                    _time(one, END_KEYS)) for one in objects]
    spoken = [one for one in pieces if one.words]
    timed = [one for one in spoken if one.start is not None]
    return spoken if spoken and len(timed) >= len(spoken) / 2 else []


def _words(one: Mapping[str, Any]) -> str:
    own = _text(one, TEXT_KEYS)
    if own:
        return own
    for key in PART_KEYS:
        parts = [part for part in _own(one, key) if isinstance(part, dict)]
        if parts:
            return _joined([_text(part, TEXT_KEYS) for part in parts])
    return ""


def _joined(words: Sequence[str]) -> str:
    """Join words; a mark that stands alone belongs to the word before it."""
    return " ".join(re.sub(r"\s+([.,;:?!…]+)(?=\s|$)", r"\1", " ".join(words)).split())


def _text(one: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Return what stands under one of some keys, however it is spelled."""
    known = {key.lower(): value for key, value in one.items()}
    for key in keys:
        value = known.get(key)
        if isinstance(value, dict):
            value = next((value[name] for name in ("name", "label", "id") if name in value), None)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return ""


def _time(one: Mapping[str, Any], keys: Sequence[str]) -> float | None:
    known = {key.lower(): value for key, value in one.items()}
    for key in keys:
        value = known.get(key)
        if isinstance(value, dict):
            value = value.get("from", value.get("start"))
        number = _number(value) if isinstance(value, int | float | str) else None
        if number is not None:
            return number
    parts = [part for key in PART_KEYS for part in _own(one, key) if isinstance(part, dict)]
    times = [_time(part, keys) for part in parts]
    return next((time for time in times if time is not None), None)


def _spoken(pieces: Sequence[Piece]) -> int:
    """Count the words of pieces; a mark that stands alone is none."""
    return sum(any(sign.isalnum() for sign in word) for one in pieces
               for word in one.words.split())


def _weight(pieces: Sequence[Piece]) -> tuple[bool, float, int]:
    """Say how good a list is: with speakers, in long stretches but not all in one."""
    words = sum(n_words(one.words) for one in pieces)
    with_speaker = sum(bool(one.speaker) for one in pieces) >= len(pieces) / 2
    return with_speaker, words / len(pieces) if len(pieces) > 1 else 0.0, words


def _names(told: Any) -> dict[str, str]:
    """Return id = name for a list of speakers beside the words."""
    found: dict[str, str] = {}
    for objects in _lists(told, 0):
        for one in objects:
            known = {key.lower(): value for key, value in one.items()}
            name = next((known[key] for key in NAME_KEYS if isinstance(known.get(key), str)), "")
            if name.strip() and not set(known) & {*PART_KEYS, *START_KEYS}:
                found |= {str(known[key]): name.strip() for key in ID_KEYS
                          if isinstance(known.get(key), str | int) and known[key] != name}
    return found


def _contents(pieces: Sequence[Piece]) -> Contents:
    milli = _in_milliseconds(pieces)
    lines = tuple(Line(_joined([one.words]), speaker=one.speaker, cue=number,
                       time="" if one.start is None else of_seconds(one.start / milli))
                  for number, one in enumerate(pieces, start=1))
    return Contents(lines, joint=" ")


def _in_milliseconds(pieces: Sequence[Piece]) -> float:
    """Return what to divide times by: 1000 where a word would else take half a minute."""
    slow = Counter((one.end - one.start) / max(1, n_words(one.words)) > FASTEST for one in pieces
                   if one.start is not None and one.end is not None and one.end > one.start)
    return 1000.0 if slow[True] > slow[False] else 1.0
