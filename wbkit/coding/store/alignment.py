"""Which part of a text became which part of its next version."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile
from re import compile as expression

from diff_match_patch import diff_match_patch

# Coarse pieces first: a difference of the Myers kind takes time with length times changes, and a
# limit in seconds would give another answer on a slower computer.
PIECES = tuple(map(expression, (r"[^\n]*\n|[^\n]+", r"\w+|\s+|[^\w\s]", r"(?s).")))
MOST_WORK = 1_000_000
FIRST_SIGN = 0x100  # where the numbering of pieces begins; surrogates are left out
SURROGATES = range(0xD800, 0xE000)
SAME, GONE, NEW = 0, -1, 1

Step = tuple[int, str]


@dataclass(frozen=True)
class Run:
    """Characters that stand in both versions: from `start` in the old one, `there` in the new.

    From `first` to `last` (in the old one) they do so for certain: of ``oo`` one ``o`` went, and
    nobody can tell which.
    """

    start: int
    there: int
    length: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Alignment:
    """How two versions of a text belong together."""

    old: str
    new: str
    runs: tuple[Run, ...]  # what they have in common, in order

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def run_at(self, start: int, end: int) -> Run | None:
        """Return the run in which a whole passage stands."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return None
        run = self.runs[at]
        return run if end <= run.start + run.length else None

    def new_start(self, start: int) -> int:
        """Return where a passage begins that began at `start`; what replaced its first words too.

        When the change began before the passage, it begins at its first character that was kept.
        """
        at = bisect_right(self._starts, start) - 1
        run = self.runs[at] if at >= 0 else Run(0, 0, 0)
        if start <= run.start + run.length:
            return run.there + start - run.start
        return self.runs[at + 1].there if at + 1 < len(self.runs) else len(self.new)

    def new_end(self, end: int) -> int:
        """Return where a passage ends that ended at `end`; what replaced its last words too."""
        at = bisect_right(self._starts, end - 1) - 1
        run = self.runs[at] if at >= 0 else Run(0, 0, 0)
        if end <= run.start + run.length:
            return run.there + end - run.start
        behind = Run(len(self.old), len(self.new), 0)
        after = self.runs[at + 1] if at + 1 < len(self.runs) else behind
        return after.there if after.start == end else run.there + run.length

    def stands_once(self, run: Run) -> bool:
        """Whether what stands in a run occurs only once in either version."""
        words = self.old[run.start:run.start + run.length]
        return once(words, self.old) and once(words, self.new)


def once(words: str, text: str) -> bool:
    """Whether words occur exactly once in a text, overlapping ones included."""
    at = text.find(words)
    return at >= 0 and text.find(words, at + 1) < 0


def align(old: str, new: str) -> Alignment:
    """Find what two versions of a text have in common; nothing in it depends on time."""
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    steps = _joined(_steps(differ, old, new, 0))
    differ.diff_cleanupSemantic(steps)  # chance letters in a replaced word are no common text
    return Alignment(old, new, tuple(_runs(steps)))


def _steps(differ: diff_match_patch, old: str, new: str, level: int) -> list[Step]:
    """Compare line by line, then word by word in what changed, then sign by sign."""
    pieces = [PIECES[level].findall(text) for text in (old, new)]
    steps = []
    for kind, group in groupby(_compared(differ, *pieces), key=lambda step: step[0] != SAME):
        part = list(group)
        if not kind or level == len(PIECES) - 1:
            steps += part
            continue
        gone = "".join(words for sign, words in part if sign == GONE)
        came = "".join(words for sign, words in part if sign == NEW)
        steps += _steps(differ, gone, came, level + 1) if gone and came else part
    return steps


def _compared(differ: diff_match_patch, old: Sequence[str], new: Sequence[str]) -> list[Step]:
    ends = _common_ends(old, new)
    head, tail = ends
    left, right = old[head:len(old) - tail], new[head:len(new) - tail]
    if len(left) * len(right) > MOST_WORK:
        middle = [(GONE, "".join(left)), (NEW, "".join(right))]
    else:
        middle = _numbered(differ, left, right)
    return [step for step in ((SAME, "".join(old[:head])), *middle,
                              (SAME, "".join(old[len(old) - tail:]))) if step[1]]


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    most, head, tail = min(len(old), len(new)), 0, 0
    while head < most and old[head] == new[head]:
        head += 1
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _numbered(
    differ: diff_match_patch, old: Sequence[str], new: Sequence[str]
) -> list[Step]:
    """Compare pieces as if each kind of piece were one sign."""
    kinds = {piece: _sign(at) for at, piece in enumerate(dict.fromkeys((*old, *new)))}
    pieces = {sign: piece for piece, sign in kinds.items()}
    steps = differ.diff_main("".join(map(kinds.get, old)), "".join(map(kinds.get, new)), False)
    return [(kind, "".join(map(pieces.get, signs))) for kind, signs in steps]


def _sign(at: int) -> str:
    number = FIRST_SIGN + at
    return chr(number if number < SURROGATES.start else number + len(SURROGATES))


def _joined(steps: Sequence[Step]) -> list[Step]:
    """Join steps of one kind; between common runs what is gone comes before what is new."""
    joined = []
    for changed, group in groupby(steps, key=lambda step: step[0] != SAME):
        part = list(group)
        for kind in (GONE, NEW) if changed else (SAME,):
            words = "".join(text for sign, text in part if sign == kind)
            joined += [(kind, words)] if words else []
    return joined


def _runs(steps: Sequence[Step]) -> list[Run]:
    start = there = 0
    runs = []
    for at, (kind, words) in enumerate(steps):
        if kind == SAME:
            before = _change(steps[max(0, at - 2):at][::-1])
            behind = [text[::-1] for text in _change(steps[at + 1:at + 3])]
            first = start + _slide(words, before)
            last = start + len(words) - _slide(words[::-1], behind)
            runs.append(Run(start, there, len(words), first, last))
        start += len(words) * (kind != NEW)
        there += len(words) * (kind != GONE)
    return runs


def _change(steps: Sequence[Step]) -> list[str]:
    """Return the words that went and that came in the change at the beginning of steps."""
    return [words for _, words in takewhile(lambda step: step[0] != SAME, steps)]


def _slide(words: str, changes: Sequence[str]) -> int:
    """Return by how many signs a change could have been made further into the words after it."""
    most = 0
    for change in changes:
        n = 0
        while n < len(words) and words[n] == (change[n] if n < len(change) else
                                              words[n - len(change)]):
            n += 1
        most = max(most, n)
    return most
