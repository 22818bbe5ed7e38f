"""Where the words of a file went, and what a person has to know before they are counted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from wbkit.data.documents import INTERVIEWER, NOTE, READING_COLUMNS
from wbkit.intake.transcripts.labels import key_of, role_of, shape_of
from wbkit.intake.transcripts.lines import Left, n_words
from wbkit.intake.transcripts.mentions import said_names
from wbkit.intake.transcripts.turns import COMMENT, Talk
from wbkit.messages import _, counted
from wbkit.study.source import Source
from wbkit.study.source_kinds import TextRules
from wbkit.text.normalise import listed

TITLE = 60  # words before the first label; more is no title


@dataclass(frozen=True)
class Account:
    """The words of one document: in turns, in notes, left out.

    Parameters
    ----------
    data
        The rows of ``documents.reading`` of this document.
    missing
        Words of the file that are in none of them; 0 unless wbkit errs.
    """

    data: pd.DataFrame
    missing: int

    @classmethod
    def of(cls, document: str, told: Talk, words: int, beside: Sequence[Left]) -> Self:
        """Make up the account of a document that was read from lines with so many words."""
        left = [*told.left, *beside]
        total = words + sum(one.words for one in beside)
        rows = [("file", told.layout.name, total, 1)]
        rows += [("turns", who, n, turns) for who, (n, turns) in _by_speaker(told).items()]
        rows += [("notes", NOTE, told.notes, 1)] if told.notes else []
        rows += [("left_out", one.what, one.words, one.pieces) for one in left]
        rows += [("repaired", "broken word", 0, told.mended)] if told.mended else []
        missing = total - told.said - told.notes - sum(one.words for one in left)
        frame = pd.DataFrame([(document, *row) for row in rows], columns=READING_COLUMNS[:5])
        score = told.said / (told.said + told.notes) if told.layout.heads else 0.0
        return cls(frame.assign(score=[score] + [float("nan")] * (len(frame) - 1)), missing)


def _by_speaker(told: Talk) -> dict[str, tuple[int, int]]:
    """Return the words and turns of each speaker; without turns all words under no name."""
    if told.turns.empty:
        return {"": (told.said, 0)}
    spoken = told.turns[told.turns["role"] != NOTE]
    words, turns = Counter(), Counter(spoken["speaker"])
    for speaker, first, last in zip(spoken["speaker"], spoken["start"], spoken["end"],
                                    strict=True):
        words[speaker] += n_words(told.text[first:last])
    halves = told.said - sum(words.values())  # of broken words: two halves are one word
    first = next(iter(words), "")
    return {speaker: (n + (halves if speaker == first else 0), turns[speaker])
            for speaker, n in words.items()}


def findings(told: Talk, source: Source, account: Account) -> Iterator[str]:
    """Say what a person has to look at or decide in one document."""
    rules = source.texts or TextRules()
    if told.unknown:
        yield counted(len(told.unknown), "heading names no question of the guide",
                      "headings name no question of the guide")
    if account.missing:
        yield _("{n} words of the file are in no turn and in no note. Compare it with its text.",
                n=account.missing)
    yield from _about_comments(told)
    if told.layout.heads:
        yield from _about_speakers(told, rules)
        yield from _about_lines(told)
        yield from _about_names(told, source)
    elif rules.interviewers or rules.roles:
        yield _("no speaker was found, and study.toml names speakers. Look how the file says who "
                "speaks; write their labels as they stand there, with a colon behind them.")
    elif _looks_spoken(told):
        yield _("some lines begin with what may be a label of a speaker ({labels}). They were "
                "kept as text. Name the speakers under interviewers and roles if they are.",
                labels=_labels(told))


def _about_speakers(told: Talk, rules: TextRules) -> Iterator[str]:
    speakers = {head.label for head in told.layout.heads if head.label}
    asks = [one for one in speakers if role_of(one, rules) == INTERVIEWER]
    if rules.interviewers and not asks and not {key_of(one) for one in speakers} & set(
            map(key_of, rules.interviewers)):
        yield _("none of the interviewers in study.toml speaks in it. Its speakers are {labels}. "
                "Write interviewers as they stand in the file.", labels=_spoken_by(told))
    elif not asks and not told.bodies.questions and "interviewers" not in rules.model_fields_set:
        yield _("no speaker is an interviewer, so everything counts as said by participants: "
                "{labels}. Name who asks under interviewers, or write interviewers = [].",
                labels=_spoken_by(told))
    closed = any(role_of(one, rules) not in ("", INTERVIEWER) for one in speakers)
    if told.layout.doubts and not closed:
        yield _("some lines begin with what may be a label ({labels}). They were kept as words "
                "of the speaker before. Name them under roles if they are speakers.",
                labels=_labels(told))


def _about_names(told: Talk, source: Source) -> Iterator[str]:
    """Say that a speaker is named in what is said; nobody is in made-up or public texts."""
    places = said_names(_said(told), told.names)
    if places and not source.synthetic and not source.public:
        yield _("names of speakers stand in what is said: {places}. Give wbkit pseudonymise.",
                places=counted(places, "place", "places"))


def _about_comments(told: Talk) -> Iterator[str]:
    left = sum(one.pieces for one in told.left if one.what == COMMENT)
    if told.comments:
        yield counted(told.comments, "comment in the margin, kept as a note behind its turn",
                      "comments in the margin, kept as notes behind their turns")
    if left:
        yield counted(left, "comment in the margin, left out of the text",
                      "comments in the margin, left out of the text")


def _about_lines(told: Talk) -> Iterator[str]:
    bodies = told.bodies
    if told.columns:
        yield _("the columns of a table were taken for speakers, by the labels in its first row "
                "({labels}). Look whether each cell is one turn.", labels=_spoken_by(told))
    if bodies.asked and bodies.questions:
        yield _("no speaker has a label. Paragraphs in bold that ask something were taken for "
                "the interviewer's, and the others for answers. Write unlabelled = "
                "\"participant\" if that is right.")
    elif bodies.asked:
        yield _("only the interviewer has a label. Paragraphs without one were taken for answers "
                "of participants. Write unlabelled = \"participant\" if that is right, "
                "\"speaker\" if they are the interviewer's, or \"note\".")
    if bodies.strange:
        yield _("{n} without a speaker were kept as notes, since other turns have none such. Write "
                "unlabelled = \"speaker\" if they are of the speaker before.",
                n=counted(bodies.strange, "line", "lines"))
    if told.early > TITLE:
        yield _("{n} stand before the first label of a speaker and were kept as notes. Look whose "
                "they are.", n=counted(told.early, "word", "words"))


def _said(told: Talk) -> list[str]:
    spoken = told.turns[told.turns["role"] != NOTE]
    return [told.text[first:last]
            for first, last in zip(spoken["start"], spoken["end"], strict=True)]


def _labels(told: Talk) -> str:
    """List the doubtful labels; what looks like a name is only counted."""
    doubts = told.layout.doubts or {}
    shown = [f"{label!r} {n}×" if shape_of(label) not in ("name", "single") else f"••• {n}×"
             for label, n in doubts.items()]
    return listed(dict.fromkeys(shown))


def _spoken_by(told: Talk) -> str:
    return listed(one for one in dict.fromkeys(told.turns["speaker"]) if one)


def _looks_spoken(told: Talk) -> bool:
    """Say whether at least two labels that look like people recur in a text without turns."""
    doubts = told.layout.doubts or {}
    return sum(n > 1 and shape_of(label) != "phrase" for label, n in doubts.items()) > 1

