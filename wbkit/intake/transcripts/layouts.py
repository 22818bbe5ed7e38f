"""Where turns begin: each layout is tried, and the one with the most evidence is taken.

A head is what stands in front of what somebody says: a label, a time, or both. A layout finds
the heads it could have; which labels are speakers is decided over the whole file.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wbkit.intake.transcripts.labels import declared, key_of, shape_of
from wbkit.intake.transcripts.lines import Line
from wbkit.intake.transcripts.times import STAMP, clock, is_time
from wbkit.study.source_kinds import TextRules
from wbkit.text.person_names import FIRST_NAMES

LABEL = r"(?P<label>[^\W_](?:[\w .,'’()/&-]{0,58}[\w.)])??)"
OPEN, SHUT = r"[\[(<*_>\"]{0,3}", r"[\])>*_\"]{0,3}"
COLON = re.compile(
    rf"^\s*(?:(?P<early>{STAMP})\s*[-–|]?\s*)?{OPEN}{LABEL}{SHUT}(?:\s*(?P<late>{STAMP}))?\s*\.?\s*"
    rf"(?:[:：]{SHUT}(?=\s|$|[\"'“‘(\[])|\t)\s*(?:(?P<last>{STAMP})(?=\s|$))?\s*(?P<words>.*)$",
    re.DOTALL)
STAMPED = (
    re.compile(rf"^\s*{OPEN}{LABEL}{SHUT}\s*[-–|,]?\s*(?P<late>{STAMP})\s*:?\s*(?P<words>)$"),
    re.compile(rf"^\s*(?P<late>{STAMP})\s*[-–|,]?\s*{OPEN}{LABEL}{SHUT}\s*:?\s*(?P<words>)$"),
)
ALONE = re.compile(rf"^\s*{OPEN}{LABEL}{SHUT}\s*:?\s*(?P<words>)$")
SENTENCE_END = (".", "?", "!", ",", ";", "…")
MOST_WORDS = 6
QUESTIONS = 0.5  # share of the bold paragraphs that end in a question mark
ENOUGH_LINES, ALTERNATES, FEWEST_HEADS = 0.3, 0.5, 4
FEW = 0.1  # share of the heads under which a word with a capital is no speaker


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


@dataclass(frozen=True)
class TurnLayout:
    """How a file says who speaks.

    Parameters
    ----------
    name
        One of the names in LAYOUTS, or "none".
    heads
        Where turns begin.
    once
        Labels that stand there once, as written.
    doubts
        What looks like a label and was left in the text = how often.
    """

    name: str = "none"
    heads: tuple[Head, ...] = ()
    once: tuple[str, ...] = ()
    doubts: Mapping[str, int] | None = None


def find_turn_layout(lines: Sequence[Line], rules: TextRules) -> TurnLayout:
    """Find how a file says who speaks."""
    tried = [_accepted(name, finder(lines, rules), lines, rules)
             for name, finder in LAYOUTS.items()]
    best = max(tried, key=lambda one: len(one.heads))  # of equals the first: the surest
    if best.heads:
        return best
    asked = _questions(lines)
    doubts = {label: n for one in tried for label, n in (one.doubts or {}).items()}
    return TurnLayout("questions in bold", asked) if asked else TurnLayout(doubts=doubts)


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
            and key_of(cells[name]) not in known and len(column) > FEWEST_HEADS
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


def _accepted(
    name: str, found: Iterator[Head], lines: Sequence[Line], rules: TextRules
) -> TurnLayout:
    """Keep the heads whose label is a speaker, when there is enough evidence for this layout."""
    heads = list(found)
    counts = Counter(key_of(head.label) for head in heads)
    if name in SURE:
        return TurnLayout(name, tuple(heads), _once(heads, counts))
    known = declared(rules)
    speakers = _speakers(name, heads, lines, rules)
    kept = [head for head in heads if key_of(head.label) in speakers]
    doubts = {head.label: counts[key_of(head.label)] for head in heads
              if key_of(head.label) not in speakers and _is_doubt(head.label, counts)}
    if not _is_enough(name, kept, lines, known):
        return TurnLayout(name, (), doubts=doubts)
    return TurnLayout(name, tuple(kept), _once(kept, counts), doubts)


def _once(heads: Sequence[Head], counts: Counter[str]) -> tuple[str, ...]:
    return tuple(head.label for head in heads if head.label and counts[key_of(head.label)] == 1)


def _is_doubt(label: str, counts: Counter[str]) -> bool:
    return shape_of(label) != "phrase" or counts[key_of(label)] > 1


def _speakers(
    name: str, heads: Sequence[Head], lines: Sequence[Line], rules: TextRules
) -> set[str]:
    """Return the labels that are speakers, in the form in which they are compared."""
    counts = Counter(key_of(head.label) for head in heads)
    shapes = {key_of(head.label): shape_of(head.label) for head in reversed(heads)}
    known = declared(rules)
    certain = {key for key in counts if key in known}
    again = {key for key, n in counts.items() if n > 1}
    if name in TIMED:
        people = {key for key in counts if shapes[key] != "phrase"} if certain | again else set()
        return certain | again | people
    strong = certain | {key for key in again if shapes[key] in ("code", "role", "name")}
    if name == "label on a line of its own":
        return strong | {key for key in again if shapes[key] == "single"}
    singles = {key for key in counts if shapes[key] == "single"} - certain
    closed = any(key not in map(key_of, rules.interviewers) for key in certain)
    few = FEW * sum(counts[key] for key in strong | singles)
    ordinary = _small_words(lines)
    for key in singles:
        named = key in FIRST_NAMES
        often = key in again and key not in ordinary and (
            not strong - certain and not certain or counts[key] > 2 and counts[key] >= few)
        if named and (strong or key in again) or often and not closed and not _codes(
                strong, shapes):
            strong = strong | {key}
    if len(strong) > 1 or certain or len(counts) == 1:
        strong = strong | {key for key in counts if shapes[key] in ("code", "role", "name")}
    return strong


def _codes(strong: set[str], shapes: Mapping[str, str]) -> bool:
    """Say whether the speakers are written as codes, so that a word is none of them."""
    kinds = [shapes[key] for key in strong]
    return bool(kinds) and kinds.count("code") == len(kinds)


def _small_words(lines: Sequence[Line]) -> set[str]:
    """Return the words that the file writes with a small letter."""
    return {word for line in lines for word in re.findall(r"[^\W\d_]+", line.text)
            if word[0].islower()}


def _is_enough(
    name: str, heads: Sequence[Head], lines: Sequence[Line], known: Mapping[str, str]
) -> bool:
    """Say whether heads are evidence of a conversation, and not of a list or a note."""
    keys = [key_of(head.label) for head in heads]
    if name == "label on a line of its own":
        return _covers_blocks(heads, lines, known)
    if any(key in known for key in keys):
        return True
    several = [key for key, n in Counter(keys).items() if n > 1]
    if len(set(keys)) == 1:  # only who asks has a label, or one person speaks
        return shape_of(heads[0].label) == "role" and (
            bool(several) or heads[0].at == next(
                at for at, line in enumerate(lines) if not line.blank))
    if len(set(keys)) < 2 or not several:
        return False
    filled = sum(not line.blank for line in lines)
    turns = sum(before != after for before, after in zip(keys, keys[1:], strict=False))
    alternates = len(keys) >= FEWEST_HEADS and len(several) > 1 and (
        turns >= ALTERNATES * (len(keys) - 1))
    return alternates or len(heads) >= ENOUGH_LINES * filled


def _covers_blocks(
    heads: Sequence[Head], lines: Sequence[Line], known: Mapping[str, str]
) -> bool:
    """Say whether nearly every block of a file begins with a label on its own line."""
    keys = {key_of(head.label) for head in heads}
    if not heads or len(keys) < 2 and not keys & set(known):
        return False
    places, after = {head.at for head in heads}, lines[heads[0].at:]
    if any(line.blank for line in after):
        begins = [at for at, line in enumerate(lines) if at >= heads[0].at and not line.blank
                  and (at == 0 or lines[at - 1].blank)]
        return len(heads) > 1 and sum(at in places for at in begins) >= 0.6 * len(begins)
    return len(heads) >= max(2, 0.25 * sum(not line.blank for line in after))


def _questions(lines: Sequence[Line]) -> tuple[Head, ...]:
    """Return a head for each paragraph that looks unlike the others and asks something."""
    filled = [(at, line) for at, line in enumerate(lines) if not line.blank and not line.aside]
    whole = {at: line.marked >= len(line.text.strip()) for at, line in filled}
    asks = {at: line.text.rstrip().endswith("?") for at, line in filled}
    for look in (True, False):
        mine = [at for at in whole if whole[at] == look]
        rest = [at for at in whole if whole[at] != look]
        if len(mine) > 1 and len(rest) > 1 and sum(asks[at] for at in mine) >= QUESTIONS * len(
                mine) and sum(asks[at] for at in mine) * len(rest) > 2 * len(mine) * sum(
                asks[at] for at in rest):
            return tuple(Head(at, at + 1, "vraag", "", lines[at].text) for at in mine)
    return ()


def renamed(heads: Sequence[Head], rules: TextRules) -> tuple[Head, ...]:
    """Give each speaker one label: as study.toml writes it, else as it stands most often."""
    known, forms = declared(rules), {}
    for head in heads:
        forms.setdefault(key_of(head.label), Counter())[head.label.rstrip(" .:")] += 1
    chosen = {key: known.get(key) or count.most_common(1)[0][0] for key, count in forms.items()}
    return tuple(replace(head, label=chosen[key_of(head.label)] if head.label else "")
                 for head in heads)
