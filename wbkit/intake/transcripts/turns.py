"""From lines to turns: who says what, what is a note, and what is left out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import pandas as pd

from wbkit.data.documents import NOTE, PARTICIPANT, TURN_COLUMNS, no_rows
from wbkit.intake.transcripts.bodies import Bodies, bodies_of
from wbkit.intake.transcripts.heads import Head, with_columns
from wbkit.intake.transcripts.labels import labels_for, role_of
from wbkit.intake.transcripts.layouts import TurnLayout, find_turn_layout, renamed
from wbkit.intake.transcripts.lines import Contents, Left, Line, left_out, n_words, words_in
from wbkit.intake.transcripts.mentions import is_of_program, masked, names_list
from wbkit.intake.transcripts.pages import Width, joined, width_of
from wbkit.intake.transcripts.times import AT_END, CUE_TIME, clock, is_time, without_marks
from wbkit.study.source_kinds import TextRules
from wbkit.text.normalise import frozen

SEGMENT_MARK = re.compile(r"[ \t]*\[([A-Z]{1,3}\d{1,3}[a-z]?)\][ \t]*")
FIRST_ID = re.compile(r"^\W*([A-Z]{1,3}\d{1,3}[a-z]?)\b[.:)]?\s*")
FEWEST_CUES = 3
COMMENT = "comment"  # of who worked on the file: a note beside a turn, no part of a text
AT_ENDS = 0.6  # share of the turns that end with a time, where a program writes it there


@dataclass(frozen=True)
class Turn:
    """What one speaker says in a row about one question of the guide, or a note."""

    speaker: str
    question: str
    time: str
    words: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True)
class Talk:
    """The text of a document, its turns, and how they were found.

    Parameters
    ----------
    text, turns
        As in Documents.
    names
        Speaker as in the file = its label.
    unknown
        Headings that name no question of the guide.
    layout
        How the file says who speaks.
    bodies
        What was done with lines that have no label.
    notes, said
        Words in notes, and in turns.
    left
        What is neither.
    mended
        Words that were broken at the end of a line.
    columns
        Rows of a table whose columns are the speakers.
    early
        Words before the first label.
    comments
        Comments in the margin that are notes behind a turn.
    """

    text: str
    turns: pd.DataFrame
    names: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    layout: TurnLayout = field(default_factory=TurnLayout)
    bodies: Bodies = field(default_factory=Bodies)
    notes: int = 0
    said: int = 0
    left: tuple[Left, ...] = ()
    mended: int = 0
    columns: int = 0
    early: int = 0
    comments: int = 0


def talk(contents: Contents, rules: TextRules, guide: Mapping[str, str]) -> Talk:
    """Make the text and the turns of one document."""
    lines = [replace(line, text=frozen(line.text), speaker=frozen(line.speaker))
             for line in contents.lines]
    lines, columns = with_columns(lines)
    layout = find_turn_layout([_without_aside(line) for line in lines], rules)
    width = width_of(lines)
    if not layout.heads:
        return _plain(lines, layout, width, contents.joint)
    layout = replace(layout, heads=renamed(layout.heads, rules))
    bodies = bodies_of(lines, layout, rules, width)
    teller = _Teller(layout, bodies, guide)
    turns = list(_joined(teller.turns(lines)))
    unknown = dict.fromkeys(line.text.strip() for line in lines if guide and line.heading
                            and line.text.strip() and not is_time(line.text)
                            and not _asked(line.text, guide))
    names = labels_for([turn.speaker for turn in turns if turn.speaker], rules)
    hidden = {name: label for name, label in names.items() if name != label}
    counts = {kind: sum(n_words(words) for turn in turns if (turn.role == NOTE) == (kind == NOTE)
                        for words in turn.words) for kind in (NOTE, PARTICIPANT)}
    text, frame, mended = _laid_out(turns, names, rules, (contents.joint, width))
    left = tuple(Left(what, n) for what, n in teller.left.items() if n)
    return Talk(text, frame, hidden, tuple(unknown), layout, bodies, counts[NOTE],
                counts[PARTICIPANT], left, mended, columns,
                words_in(lines[:layout.heads[0].at]),
                sum(line.aside == COMMENT for line in lines))


def _without_aside(line: Line) -> Line:
    return replace(line, text="", cells=()) if line.aside else line


def _plain(lines: Sequence[Line], layout: TurnLayout, width: Width, joint: str) -> Talk:
    """Keep the text as it is, where nobody speaks."""
    comments = [line.text for line in lines if line.aside == COMMENT]
    lines = [line for line in lines if line.aside != COMMENT]
    given = words_in(lines)
    lines = _without_ranges(lines)
    words = words_in(lines)
    mended, texts = 0, []
    if width.wrapped:
        for blank, group in groupby(lines, key=lambda line: line.blank):
            text, n = joined([line.text.strip() for line in group], width, joint)
            mended += n
            texts.append("" if blank else text)
    else:
        texts = [line.text.rstrip() for line in lines]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(texts)).strip()
    left = (*left_out("comment", comments),
            *((Left("time", given - words),) if given > words else ()))
    return Talk(text, no_rows(TURN_COLUMNS), layout=layout, said=words, left=left, mended=mended)


def _without_ranges(lines: Sequence[Line]) -> list[Line]:
    """Take the times of cues off a text that was made of captions: 00:03 --> 00:07."""
    if sum(bool(CUE_TIME.match(line.text)) for line in lines) < FEWEST_CUES:
        return list(lines)
    kept = [replace(line, text=CUE_TIME.sub("", line.text)) for line in lines]
    return [line for line, old in zip(kept, lines, strict=True) if not line.blank or old.blank]


class _Teller:
    """Goes through the lines of a document and tells who says what."""

    def __init__(self, layout: TurnLayout, bodies: Bodies, guide: Mapping[str, str]) -> None:
        self.heads = {head.at: head for head in layout.heads}
        self.speakers = list(dict.fromkeys(head.label for head in layout.heads if head.label))
        self.bodies, self.guide = bodies, guide
        self.ends_with_time = _ends_with_time(layout.heads)
        self.question, self.time, self.mark, self.now = "", "", "00:00:00", ""
        self.waiting: list[Turn] = []
        self.left: Counter[str] = Counter()

    def turns(self, lines: Sequence[Line]) -> Iterator[Turn]:
        """Yield what is said, divided at headings and marks; notes stand behind the turn."""
        upto = 0
        for at, line in enumerate(lines):
            if line.aside:
                self.waiting.append(Turn("", self.question, "", (line.text.strip(),), NOTE))
            elif at in self.heads:
                head = self.heads[at]
                yield from self._begin(head, lines[at:head.upto])
                yield from self._said(at, line, head.words)
                upto = head.upto
            elif at >= upto and not line.blank:
                yield from self._line(at, line)
        yield from self.waiting

    def _begin(self, head: Head, lines: Sequence[Line]) -> Iterator[Turn]:
        if head.label != self.now:
            yield from self.waiting
            self.waiting, self.now = [], head.label
        self.time = self.mark if self.ends_with_time else head.time
        self.left["labels and times"] += words_in(lines) - n_words(head.words)

    def _line(self, at: int, line: Line) -> Iterator[Turn]:
        """Yield the words of a line without a label, unless nobody said them."""
        if is_time(line.text):
            self.left["time"] += n_words(line.text)
        elif line.heading:
            self.question = _asked(line.text, self.guide)
            self.left["heading"] += n_words(line.text)
        elif names_list(line.text, self.speakers):
            self.left["list of participants"] += n_words(line.text)
        elif at in self.bodies.notes and is_of_program(line.text, self.speakers):
            self.left["words of the program"] += n_words(line.text)
        else:
            yield from self._said(at, line, line.text)

    def _said(self, at: int, line: Line, text: str) -> Iterator[Turn]:
        ended = AT_END.search(text)
        if ended and self.ends_with_time:
            self.mark = clock(ended[1])
        text, n = without_marks(text)
        self.left["time"] += n
        speaker, role = self.bodies.speaker_at(at, self.now), self.bodies.role_at(at)
        time = line.time or (self.time if speaker == self.now else "")
        first, *rest = _divided(text, self.guide)
        self.left["mark of a question"] += n_words(text) - sum(map(n_words, [first, *rest[1::2]]))
        for question, words in [(self.question, first),
                                *zip(rest[::2], rest[1::2], strict=True)]:
            self.question = question
            if words.strip():
                yield Turn(speaker, question, time, (words.strip(),), role)


def _ends_with_time(heads: Sequence[Head]) -> bool:
    """Say whether turns end with the time at which they end, as f4 writes it."""
    ended = sum(bool(AT_END.search(head.words)) for head in heads)
    return ended >= max(2, AT_ENDS * len(heads)) and not any(head.time for head in heads)


def _divided(text: str, guide: Mapping[str, str]) -> list[str]:
    """Divide a line at the marks that name a question: words, id, words, id, words."""
    pieces, last = [], 0
    for match in SEGMENT_MARK.finditer(text):
        if not guide or match[1] in guide:
            pieces += [text[last:match.start()], match[1]]
            last = match.end()
    return [*pieces, text[last:]]


def _asked(heading: str, guide: Mapping[str, str]) -> str:
    """Return the id of the question that a heading names, by its id or by its topic."""
    match = FIRST_ID.match(heading)
    if match and (not guide or match[1] in guide):
        return match[1]
    same = heading.strip().casefold()
    return next((one for one, topic in guide.items() if topic.strip().casefold() == same), "")


def _joined(pieces: Iterator[Turn]) -> Iterator[Turn]:
    """Join what one speaker says in a row about one question."""
    for same, group in groupby(pieces, key=lambda one: (one.speaker, one.question, one.role)):
        if same[2] == NOTE:
            yield from group
            continue
        first, *more = group
        yield replace(first, words=tuple(words for one in (first, *more) for words in one.words))


def _laid_out(
    turns: Sequence[Turn], names: Mapping[str, str], rules: TextRules,
    form: tuple[str, Width],
) -> tuple[str, pd.DataFrame, int]:
    joint, width = form
    hidden = {name: label for name, label in names.items() if name != label}
    rows, texts, at, mended = [], [], 0, 0
    for number, turn in enumerate(turns, start=1):
        words, n = joined(turn.words, width, joint if turn.role != NOTE else "\n")
        role = turn.role or role_of(turn.speaker, rules) or (
            PARTICIPANT if turn.speaker else NOTE)
        words = masked(words, hidden) if role == NOTE else words
        rows.append((number, at, at + len(words), names.get(turn.speaker, ""), role,
                     turn.question, turn.time))
        texts.append(words)
        at, mended = at + len(words) + 1, mended + n
    return "\n".join(texts), pd.DataFrame(rows, columns=list(TURN_COLUMNS[1:])), mended

