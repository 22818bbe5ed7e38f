"""Lines without a label: whose they are, when that is certain, and what is asked when it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wbkit.data.documents import INTERVIEWER, NOTE, PARTICIPANT
from wbkit.intake.transcripts.heads import TIMED
from wbkit.intake.transcripts.labels import role_of
from wbkit.intake.transcripts.layouts import TurnLayout
from wbkit.intake.transcripts.lines import Line
from wbkit.intake.transcripts.mentions import is_notice
from wbkit.intake.transcripts.pages import Width
from wbkit.study.source_kinds import TextRules

UNLABELLED = "antwoord"  # the label of answers that have none in the file
QUESTIONS = "questions in bold"
SELDOM, FEW_HEADS = 0.1, 4  # share of turns with a second paragraph under which one is strange
EVERY_CUE = 0.9


@dataclass(frozen=True)
class Bodies:
    """What was done with the lines that have no label.

    Parameters
    ----------
    notes
        Lines that nobody said, or of which nobody knows who said them.
    answers
        Lines that are answers without a label.
    strange
        How many of the notes are no title and no words of a program.
    asked
        Whether study.toml does not say yet whose the answers without a label are.
    rule
        Whose they are taken to be.
    questions
        Whether the interviewer is known by how the questions look.
    """

    notes: frozenset[int] = frozenset()
    answers: frozenset[int] = frozenset()
    strange: int = 0
    asked: bool = False
    rule: str = ""
    questions: frozenset[int] = field(default_factory=frozenset)

    def speaker_at(self, at: int, now: str) -> str:
        """Return who says a line, when `now` is the last label."""
        if at in self.notes or (at in self.answers and self.rule == NOTE):
            return ""
        return UNLABELLED if at in self.answers and self.rule == PARTICIPANT else now

    def role_at(self, at: int) -> str:
        """Return the role of a line when its label does not decide it."""
        if at in self.notes or (at in self.answers and self.rule == NOTE):
            return NOTE
        if at in self.questions:
            return INTERVIEWER
        return PARTICIPANT if at in self.answers and self.rule == PARTICIPANT else ""


def bodies_of(
    lines: Sequence[Line], layout: TurnLayout, rules: TextRules, width: Width
) -> Bodies:
    """Decide about the lines between the heads."""
    first = layout.heads[0].at
    title = {at for at in range(first) if not lines[at].blank}
    unknown = {head.at for head in layout.heads if not head.label}
    blocks = _blocks(lines, layout, width)
    if layout.name == QUESTIONS or _only_asks(layout, rules):
        answers = frozenset(at for own in blocks.values() for block in own[1:] for at in block)
        questions = frozenset(head.at for head in layout.heads) if layout.name == QUESTIONS \
            else frozenset()
        asked = bool(answers) and rules.unlabelled is None
        return Bodies(frozenset(title), answers, 0, asked, rules.unlabelled or PARTICIPANT,
                      questions)
    if len({head.label for head in layout.heads}) == 1 and _ask(lines, blocks):
        asked = {at for own in blocks.values() for block in own[1:] for at in block}
        return Bodies(frozenset(title | asked), strange=len(asked))
    if rules.unlabelled == "speaker":
        return Bodies(frozenset(title | unknown), strange=len(unknown))
    beside = _beside(lines, layout, blocks, width) | _cues_without_label(lines, layout)
    strange = {at for at in beside if not is_notice(lines[at].text)} | unknown
    trailing = {at for at in strange if any(one < at and one not in strange for one in beside)}
    return Bodies(frozenset(title | unknown | beside), frozenset(), len(strange - trailing))


def _only_asks(layout: TurnLayout, rules: TextRules) -> bool:
    """Say whether only who asks has a label: declared, or one speaker whose turns ask."""
    roles = {role_of(head.label, rules) for head in layout.heads}
    asks = sum(head.words.rstrip().endswith("?") for head in layout.heads)
    one = len({head.label for head in layout.heads}) == 1 and roles == {""}
    return roles == {INTERVIEWER} or one and asks * 2 >= len(layout.heads) > 2


def _ask(lines: Sequence[Line], blocks: Mapping[int, list[list[int]]]) -> bool:
    """Say whether half of the paragraphs without a label ask something: another one speaks."""
    rest = [block[-1] for own in blocks.values() for block in own[1:]]
    return len(rest) > 1 and sum(
        lines[at].text.rstrip().endswith("?") for at in rest) * 2 >= len(rest)


def _blocks(
    lines: Sequence[Line], layout: TurnLayout, width: Width
) -> Mapping[int, list[list[int]]]:
    """Return the paragraphs of each turn, as lines; the first holds the words beside its head."""
    places = [head.at for head in layout.heads]
    spaced = any(line.blank for line in lines[places[0]:places[-1]])
    found: dict[int, list[list[int]]] = {}
    for head, end in zip(layout.heads, [*places[1:], len(lines)], strict=True):
        blocks: list[list[int]] = [[head.at]] if head.words else [[]]
        fresh = bool(head.words) and not (spaced and width.wrapped)
        for at in range(head.upto, end):
            line = lines[at]
            if line.blank or line.aside or line.heading:
                fresh = fresh or bool(blocks[-1]) and line.blank
                continue
            if fresh and blocks[-1]:
                blocks.append([])
            blocks[-1].append(at)
            fresh = not spaced and (width.ends_paragraph(line.text) if width.wrapped else True)
        found[head.at] = blocks
    return found


def _beside(
    lines: Sequence[Line], layout: TurnLayout, blocks: Mapping[int, list[list[int]]], width: Width
) -> set[int]:
    """Return lines that belong to no turn: a paragraph behind a turn, where turns have one.

    Where speakers do go on in a second paragraph, a paragraph without a label is theirs.
    """
    *others, last = blocks
    several = [at for at in others if len(blocks[at]) > 1]
    if len(others) + 1 < FEW_HEADS or (width.wrapped and not any(one.blank for one in lines)):
        return set()
    beside = {at for block in blocks[last][1:] for at in block} \
        if len(several) <= SELDOM * len(others) else set()
    if several and layout.name not in TIMED and not any(
            is_notice(lines[at].text) for at in beside):
        beside = set()
    if layout.name in TIMED and len(several) <= SELDOM * len(others):
        beside |= {at for one in several for block in blocks[one][1:] for at in block}
    notices = [at for at in blocks[last][-1] if is_notice(lines[at].text)]
    return beside | set(notices)


def _cues_without_label(lines: Sequence[Line], layout: TurnLayout) -> set[int]:
    """Return the lines of cues that name nobody, where nearly every cue names somebody."""
    cues = {line.cue for line in lines if line.cue}
    named = {lines[head.at].cue for head in layout.heads}
    if not cues or layout.name == "voices" or len(named) < EVERY_CUE * len(cues):
        return set()
    first = layout.heads[0].at
    return {at for at, line in enumerate(lines) if line.cue and line.cue not in named
            and at > first}
