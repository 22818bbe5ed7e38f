"""Who speaks in a line, and what is kept of a name: a label."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from wbkit.data.documents import INTERVIEWER
from wbkit.intake.lines import Line
from wbkit.study.texts import TextRules

TIME = r"(?:[\[(]?(?P<{0}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:[.,]\d+)?[\])]?)"
LABEL = re.compile(rf"^\s*(?:{TIME.format('early')}\s+)?(?P<label>[^\W_][\w .'’()/&-]{{0,39}}?)"
                   rf"(?:\s*{TIME.format('late')})?\s*(?::(?=\s|$)|\t)\s*(?P<words>.*)$", re.DOTALL)
MOST_WORDS = 4
CODE = re.compile(r"^[A-Za-z]{1,6} ?\d{1,2}$|^[A-Z]{1,5}$")
# Labels that say what somebody is there, not who it is.
ROLE_WORDS = """
interviewer interviewster vraag antwoord spreker student studente docent docente coach mentor
teamleider respondent geïnterviewde deelnemer moderator observator notulist ouder leerling
begeleider speaker participant teacher parent interviewee question answer
"""
ROLES = frozenset(ROLE_WORDS.split())
SPEAKER = "spreker"


def with_speakers(lines: Sequence[Line], rules: TextRules) -> list[Line]:
    """Take the labels off the lines that begin with one.

    Parameters
    ----------
    lines
        The lines of one document.
    rules
        Labels that study.toml names count also when they occur once; others from twice on.

    Returns
    -------
    list of Line
        The same lines; ``speaker`` is filled where a turn begins.
    """
    found = [None if line.heading or line.speaker else LABEL.match(line.text) for line in lines]
    times = Counter(match["label"].strip() for match in found if match and _may_be(match["label"]))
    voices = {line.speaker for line in lines if line.speaker}
    declared = {*rules.interviewers, *rules.roles}
    labels = declared | voices | {label for label, n in times.items() if n >= 2}
    return [_without_label(line, match) if match and match["label"].strip() in labels else line
            for line, match in zip(lines, found, strict=True)]


def _may_be(label: str) -> bool:
    return len(label.split()) <= MOST_WORDS and (label[0].isupper() or label[0].isdigit()
                                                 or label.split()[0] in ROLES)


def _without_label(line: Line, match: re.Match[str]) -> Line:
    time = line.time or match["early"] or match["late"] or ""
    return Line(match["words"], speaker=match["label"].strip(), time=time)


def labels_for(speakers: Iterable[str], rules: TextRules) -> dict[str, str]:
    """Return a label for each speaker: the one in the file, or a number in place of a name.

    Parameters
    ----------
    speakers
        As the file writes them, in order of their first turn.
    rules
        Interviewers and roles.

    Returns
    -------
    dict
        Speaker in the file = label. What looks like a name becomes ``spreker 1``,
        ``interviewer 1``, or the role that study.toml gives and a number.
    """
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
    return bool(CODE.match(speaker)) or (
        words[0] in ROLES and all(word.isdigit() for word in words[1:]))


def role_of(speaker: str, rules: TextRules) -> str:
    """Return the role of a speaker, empty when study.toml gives none."""
    if speaker in rules.roles:
        return rules.roles[speaker]
    asks = speaker in rules.interviewers or speaker.lower().split()[:1] in (
        ["interviewer"], ["interviewster"])
    return INTERVIEWER if asks else ""
