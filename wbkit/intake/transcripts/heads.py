"""What may stand in front of a turn, each layout its own way: a label, a time, or both."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wbkit.intake.transcripts.labels import declared, key_of, shape_of
from wbkit.intake.transcripts.lines import Line
from wbkit.intake.transcripts.times import STAMP, clock, is_time
from wbkit.study.source_kinds import TextRules

LABEL = r"(?P<label>[^\W_](?:[\w .,'’()/&-]{0,58}?[\w.)])??)"
OPEN, SHUT = r"[\[(<*_>\"]{0,3}", r"[\])>*_\"]{0,3}"
COLON = re.compile(
    rf"^\s*(?:(?P<early>{STAMP})\s*[-–|]?\s*)?{OPEN}{LABEL}{SHUT}(?:\s*(?P<late>{STAMP}))?\s*\.?\s*"
    rf"(?:[:：]{SHUT}(?=\s|$|[\"'“‘(\[])|\t(?!.*\t.*\t))\s*(?:(?P<last>{STAMP})(?=\s|$))?\s*(?P<words>.*)$",
    re.DOTALL)
STAMPED = (
    re.compile(rf"^\s*{OPEN}{LABEL}{SHUT}\s*[-–|,]?\s*(?P<late>{STAMP})\s*:?\s*(?P<words>)$"),
    re.compile(rf"^\s*(?P<late>{STAMP})\s*[-–|,]?\s*{OPEN}{LABEL}{SHUT}\s*:?\s*(?P<words>)$"),
)
DASH = re.compile(rf"^\s*(?:(?P<early>{STAMP})\s*)?{OPEN}{LABEL}{SHUT}\s+[-–—]\s+"
                  rf"(?P<words>\S.*)$", re.DOTALL)
IN_BRACKETS = re.compile(
    rf"^\s*(?:(?P<early>{STAMP})\s*)?[\[(<](?P<label>[^\W_][^\[\]()<>]{{0,58}})[\])>]\s*[-–—]?\s*"
    r"(?P<words>\S.*)$", re.DOTALL)
OF_GUIDE = re.compile(r"\s*\[[A-Z]{1,3}\d{1,3}[a-z]?\]")  # "[L3] …" names a question
ABBREVIATION = re.compile(r"[^\W\d_a-z][^\W\d_]{1,5}\.$")  # "(Resp.)"
ALONE = re.compile(rf"^\s*{OPEN}{LABEL}{SHUT}\s*:?\s*(?P<words>)$")
SENTENCE_END = (".", "?", "!", ",", ";", "…")
MOST_WORDS = 6
FEWEST_ROWS = 4


@dataclass(frozen=True)
class Head:
    """The beginning of a turn.

    Parameters
    ----------
    at, upto
        The lines it takes: first, and the one after the last.
    label
        Who speaks, as it is written there; empty when it names nobody.
    time
        As hours:minutes:seconds.
    words
        What stands behind it on the same line.
    """

    at: int
    upto: int
    label: str
    time: str
    words: str


def _voices(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    if sum(bool(line.speaker) for line in lines) * 2 < sum(bool(line.cue) for line in lines):
        return
    for at, line in enumerate(lines):
        if line.speaker or line.cue:
            yield Head(at, at + 1, line.speaker, line.time, line.text)


def _table_rows(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield a head for each row of a table with a column of speakers and one of words."""
    rows = [(at, line.cells) for at, line in enumerate(lines) if len(line.cells) > 1]
    width = Counter(len(cells) for _at, cells in rows).most_common(1)
    rows = [(at, cells) for at, cells in rows if width and len(cells) == width[0][0]]
    columns = list(zip(*(cells for _at, cells in rows), strict=True))
    if not columns:
        return
    words = max(range(len(columns)), key=lambda at: sum(map(len, columns[at])))
    known = declared(rules)
    names = [at for at, cells in enumerate(columns) if at != words and _names_people(cells, known)]
    if not names:
        return
    times = [at for at, cells in enumerate(columns) if at not in (words, names[0])
             and sum(map(is_time, cells)) * 2 > len(cells)]
    for at, cells in rows:
        time = clock(cells[times[0]]) if times else ""
        head = times and not time or _is_heading(cells, names[0], columns[names[0]], known)
        if not head:
            yield Head(at, at + 1, cells[names[0]].strip().rstrip(":"), time, cells[words])


def with_columns(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Give each cell its own line where the columns of a table are the speakers.

    Its first row then names them, by what they are there: question and answer, interviewer and
    student. Gives the lines and how many rows were divided.
    """
    rows = [line for line in lines if len(line.cells) > 1]
    head = rows[0].cells if rows else ()
    roles = [shape_of(cell) == "role" for cell in head]
    if len(rows) < 2 or not all(roles) or any(_names_people(cells, {}) for cells in zip(
            *(row.cells for row in rows[1:] if len(row.cells) == len(head)), strict=True)):
        return list(lines), 0
    made: list[Line] = []
    for number, line in enumerate(lines, start=1):
        if line is rows[0] or len(line.cells) != len(head):
            made.append(line)
        else:
            made += [Line(cell, speaker=who, cue=number)
                     for who, cell in zip(head, line.cells, strict=True) if cell.strip()]
    return made, len(rows) - 1


def _names_people(cells: Sequence[str], known: Mapping[str, str]) -> bool:
    filled = [cell.strip().rstrip(":") for cell in cells if cell.strip()]
    shapes = [shape_of(cell) != "phrase" or key_of(cell) in known for cell in filled]
    return len(filled) >= len(cells) / 2 and sum(shapes) >= len(filled) - 1 and (
        len({key_of(cell) for cell in filled}) <= max(2, len(filled) * 2 // 3)
        and max(len(cell.split()) for cell in filled) <= MOST_WORDS
        and not all(cell.isdigit() or is_time(cell) for cell in filled))


def _is_heading(
    cells: Sequence[str], name: int, column: Sequence[str], known: Mapping[str, str]
) -> bool:
    """Say whether a row holds the headings of a table: its first, with a label of its own."""
    return (column[0] == cells[name] and column.count(column[0]) == 1
            and key_of(cells[name]) not in known and len(column) > FEWEST_ROWS
            and all(len(cell.split()) <= 2 for cell in cells))


def _times_and_labels(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads of two lines: a time and a label, in either order."""
    for at, (line, after) in enumerate(zip(lines, lines[1:], strict=False)):
        if is_time(line.text) and _may_stand_alone(after):
            yield Head(at, at + 2, _bare(after.text), clock(line.text), "")
        elif _may_stand_alone(line) and is_time(after.text) and (
                at + 2 >= len(lines) or not _may_stand_alone(lines[at + 2])
                or not is_time(lines[at - 1].text if at else "")):
            yield Head(at, at + 2, _bare(line.text), clock(after.text), "")


def _stamped(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads of one line: a label and a time, and nothing else."""
    for at, line in enumerate(lines):
        for pattern in STAMPED:
            match = pattern.match(line.text)
            if match and not is_time(line.text) and _is_short(match["label"]):
                yield Head(at, at + 1, _bare(match["label"]), clock(match["late"]), "")
                break


def _colons(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads with a colon or a tab behind the label, and words behind that."""
    for at, line in enumerate(lines):
        match = None if line.heading else COLON.match(line.text)
        if match and len(match["label"].split()) <= MOST_WORDS + 1:
            time = next(filter(None, (match["early"], match["late"], match["last"])), "")
            yield Head(at, at + 1, _bare(match["label"]), clock(time) or line.time,
                       match["words"])


def _dashes(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads with a dash behind the label: "Interviewer - En toen?"."""
    for at, line in enumerate(lines):
        match = None if line.heading else DASH.match(line.text)
        if match and shape_of(match["label"]) != "single":
            yield Head(at, at + 1, _bare(match["label"]), clock(match["early"] or ""),
                       match["words"])


def _in_brackets(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads with a label in brackets and no colon: "[I] En toen?"; "(lacht)" is none."""
    known = declared(rules)
    for at, line in enumerate(lines):
        match = None if line.heading else IN_BRACKETS.match(line.text)
        if match and (key_of(match["label"]) in known or not OF_GUIDE.match(line.text)
                      and (shape_of(match["label"]) in ("code", "role", "name")
                           or ABBREVIATION.match(match["label"]))):
            yield Head(at, at + 1, _bare(match["label"]), clock(match["early"] or ""),
                       match["words"])


def _bold(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads that look unlike the words behind them."""
    for at, line in enumerate(lines):
        text = line.text.lstrip()
        label, words = text[:line.marked].strip(" \t:"), text[line.marked:].strip(" \t:")
        if label and words and not line.heading and not is_time(words) and _is_short(label):
            yield Head(at, at + 1, label, "", words)


def _own_lines(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield labels that stand alone on a line, above what is said."""
    known, spaced = declared(rules), any(line.blank for line in lines[1:-1])
    taken, before = False, True
    for at, line in enumerate(lines):
        here = not taken and (before or not spaced) and _may_stand_alone(line) and (
            shape_of(_bare(line.text)) != "phrase" or key_of(line.text) in known)
        if here and at + 1 < len(lines) and not lines[at + 1].blank:
            yield Head(at, at + 1, _bare(line.text), "", "")
        taken, before = here, line.blank


def _declared_words(lines: Sequence[Line], rules: TextRules) -> Iterator[Head]:
    """Yield heads without a colon: a declared label, a dash or spaces, words."""
    names = sorted({*rules.interviewers, *rules.roles}, key=len, reverse=True)
    if not names:
        return
    one = "|".join(re.escape(name) for name in names)
    pattern = re.compile(rf"^\s*(?:(?P<early>{STAMP})\s*)?{OPEN}(?P<label>{one}){SHUT}"
                         rf"(?:\s*[.:]?\s*[-–—]\s+|\.\s+|\s{{2,}}|\s*[:：]\s*|(?<=\w\w\w)\s+)"
                         rf"(?P<words>\S.*)$", re.DOTALL)
    for at, line in enumerate(lines):
        match = pattern.match(line.text)
        if match:
            yield Head(at, at + 1, match["label"], clock(match["early"] or ""), match["words"])


LAYOUTS: Mapping[str, Callable[[Sequence[Line], TextRules], Iterator[Head]]] = {
    "voices": _voices,
    "table": _table_rows,
    "time and label on lines of their own": _times_and_labels,
    "label and time on one line": _stamped,
    "label and colon": _colons,
    "label and dash": _dashes,
    "label in brackets": _in_brackets,
    "label in bold": _bold,
    "label on a line of its own": _own_lines,
    "declared label without a colon": _declared_words,
}
SURE = ("voices", "table")
TIMED = ("time and label on lines of their own", "label and time on one line")


def _may_stand_alone(line: Line) -> bool:
    return bool(ALONE.match(line.text)) and _is_short(line.text) and not is_time(line.text)


def _is_short(text: str) -> bool:
    text = text.strip()
    initials = re.search(r"(?:^|[\s.])[^\W\d_]\.$", text)
    return len(text.split()) <= MOST_WORDS and (
        not text.endswith(SENTENCE_END) or bool(initials))


def _bare(label: str) -> str:
    """Return a label without the marks around it."""
    bare = " ".join(label.strip("[]<>*_\"“”: \t").split())
    return f"{bare})" if bare.count("(") > bare.count(")") else bare
