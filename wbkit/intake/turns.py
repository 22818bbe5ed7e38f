"""Lines of a document become its text and its turns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from wbkit.data.documents import NOTE, TURN_COLUMNS, no_rows
from wbkit.intake.lines import Line
from wbkit.intake.transcripts import labels_for, role_of, with_speakers
from wbkit.study.texts import TextRules
from wbkit.text.frozen import frozen

MARK = re.compile(r"[ \t]*\[([A-Z]{1,3}\d{1,3}[a-z]?)\][ \t]*")
FIRST_ID = re.compile(r"^\W*([A-Z]{1,3}\d{1,3}[a-z]?)\b[.:)]?\s*")
PARTICIPANT = "participant"


@dataclass(frozen=True)
class Turn:
    """What one speaker says in a row about one question of the guide."""

    speaker: str
    question: str
    time: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """The text of a document, its turns, and which label stands for which name."""

    text: str
    turns: pd.DataFrame
    names: dict[str, str]
    unknown: tuple[str, ...]


def talk(lines: Sequence[Line], rules: TextRules, guide: Mapping[str, str], *, joint: str) -> Talk:
    """Make the text and the turns of one document.

    Parameters
    ----------
    lines
        Its lines, in order.
    rules
        Interviewers and roles.
    guide
        Question id = topic; empty without a guide, and then any mark such as ``[L3]`` counts.
    joint
        What stands between the lines of a turn: a line break, or a space for cues.

    Returns
    -------
    Talk
        Without speakers there are no turns. Labels, marks and headings are not in the text.
    """
    lines = with_speakers([replace(line, text=frozen(line.text), speaker=frozen(line.speaker))
                           for line in lines], rules)
    if not any(line.speaker for line in lines):
        plain = "\n".join(line.text.rstrip() for line in lines)
        return Talk(re.sub(r"\n{3,}", "\n\n", plain).strip(), no_rows(TURN_COLUMNS), {}, ())
    turns = list(_joined(_pieces(lines, guide)))
    unknown = dict.fromkeys(line.text.strip() for line in lines if line.heading
                            and line.text.strip() and not _asked(line.text, guide))
    names = labels_for([turn.speaker for turn in turns if turn.speaker], rules)
    text, frame = _laid_out(turns, names, rules, joint)
    hidden = {name: label for name, label in names.items() if name != label}
    return Talk(text, frame, hidden, tuple(unknown))


def _pieces(lines: Sequence[Line], guide: Mapping[str, str]) -> Iterator[Turn]:
    """Yield what is said, divided at headings and marks."""
    speaker, question = "", ""
    for line in lines:
        speaker = line.speaker or speaker
        if line.heading:
            question = _asked(line.text, guide)
            continue
        first, *rest = _divided(line.text, guide)
        if first.strip() or not rest:
            yield Turn(speaker, question, line.time, (first.strip(),))
        for question, words in zip(rest[::2], rest[1::2], strict=True):
            yield Turn(speaker, question, line.time, (words.strip(),))


def _divided(text: str, guide: Mapping[str, str]) -> list[str]:
    """Divide a line at the marks that name a question: words, id, words, id, words."""
    pieces, last = [], 0
    for match in MARK.finditer(text):
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
    spoken = (turn for turn in pieces if any(turn.words))
    for (speaker, question), group in groupby(spoken, key=lambda one: (one.speaker, one.question)):
        first, *more = group
        yield Turn(speaker, question, first.time,
                   tuple(words for one in (first, *more) for words in one.words))


def _laid_out(
    turns: Sequence[Turn], names: Mapping[str, str], rules: TextRules, joint: str
) -> tuple[str, pd.DataFrame]:
    rows, texts, at = [], [], 0
    for number, turn in enumerate(turns, start=1):
        words = joint.join(filter(None, turn.words))
        role = role_of(turn.speaker, rules) or (PARTICIPANT if turn.speaker else NOTE)
        rows.append((number, at, at + len(words), names.get(turn.speaker, ""), role,
                     turn.question, turn.time))
        texts.append(words)
        at += len(words) + 1
    return "\n".join(texts), pd.DataFrame(rows, columns=list(TURN_COLUMNS[1:]))
