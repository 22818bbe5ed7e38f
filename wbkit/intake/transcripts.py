"""From lines to turns: who speaks in a line, and what is kept of a name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from wbkit.data.documents import INTERVIEWER, NOTE, TURN_COLUMNS, no_rows
from wbkit.intake.text_files import Line
from wbkit.study.source_kinds import TextRules
from wbkit.text.normalise import frozen

TIME = r"(?:[\[(]?(?P<{0}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:[.,]\d+)?[\])]?)"
LABEL = re.compile(rf"^\s*(?:{TIME.format('early')}\s+)?(?P<label>[^\W_][\w .'’()/&-]{{0,39}}?)"
                   rf"(?:\s*{TIME.format('late')})?\s*(?::(?=\s|$)|\t)\s*(?P<words>.*)$", re.DOTALL)
MOST_NAME_WORDS = 4
PERSON_CODE = re.compile(r"^[A-Za-z]{1,6} ?\d{1,2}$|^[A-Z]{1,5}$")
# Labels that say what somebody is there, not who it is.
ROLE_WORDS = """
interviewer interviewster vraag antwoord spreker student studente docent docente coach mentor
teamleider respondent geïnterviewde deelnemer moderator observator notulist ouder leerling
begeleider speaker participant teacher parent interviewee question answer
"""
SPEAKER_ROLES = frozenset(ROLE_WORDS.split())
SPEAKER = "spreker"
SEGMENT_MARK = re.compile(r"[ \t]*\[([A-Z]{1,3}\d{1,3}[a-z]?)\][ \t]*")
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


def with_speakers(lines: Sequence[Line], rules: TextRules) -> list[Line]:
    """Take the labels off the lines that begin with one.

    Gives the same lines; ``speaker`` is filled where a turn begins.
    """
    found = [None if line.heading or line.speaker else LABEL.match(line.text) for line in lines]
    times = Counter(match["label"].strip() for match in found if match and _may_be(match["label"]))
    voices = {line.speaker for line in lines if line.speaker}
    declared = {*rules.interviewers, *rules.roles}
    labels = declared | voices | {label for label, n in times.items() if n >= 2}
    return [_without_label(line, match) if match and match["label"].strip() in labels else line
            for line, match in zip(lines, found, strict=True)]


def _may_be(label: str) -> bool:
    return len(label.split()) <= MOST_NAME_WORDS and (
        label[0].isupper() or label[0].isdigit() or label.split()[0] in SPEAKER_ROLES)


def _without_label(line: Line, match: re.Match[str]) -> Line:
    time = line.time or match["early"] or match["late"] or ""
    return Line(match["words"], speaker=match["label"].strip(), time=time)


def labels_for(speakers: Iterable[str], rules: TextRules) -> dict[str, str]:
    """Return a label for each speaker: the one in the file, or a number in place of a name."""
    made: dict[str, str] = {}
    count: Counter[str] = Counter()
    for speaker in dict.fromkeys(speakers):
        if is_label(speaker):
            made[speaker] = speaker
        else:
            kind = role_of(speaker, rules) or SPEAKER
            count[kind] += 1
            made[speaker] = f"{kind} {count[kind]}"
    return made


def is_label(speaker: str) -> bool:
    """Say whether a speaker is a code (I1, TL) or a role (student 2), and no name."""
    words = speaker.lower().split()
    return bool(PERSON_CODE.match(speaker)) or (
        words[0] in SPEAKER_ROLES and all(word.isdigit() for word in words[1:]))


def role_of(speaker: str, rules: TextRules) -> str:
    """Return the role of a speaker, empty when study.toml gives none."""
    if speaker in rules.roles:
        return rules.roles[speaker]
    asks = speaker in rules.interviewers or speaker.lower().split()[:1] in (
        ["interviewer"], ["interviewster"])
    return INTERVIEWER if asks else ""


def talk(lines: Sequence[Line], rules: TextRules, guide: Mapping[str, str], *, joint: str) -> Talk:
    """Make the text and the turns of one document."""
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
