"""Which part of a text became which part of its next version, and where its codings went."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, takewhile
from re import compile as expression

from diff_match_patch import diff_match_patch

from wbkit.coding.store.records import CONTEXT, ORPHAN, PLACED, REVIEW, Coding, surroundings

# Coarse pieces first: a difference of the Myers kind takes time with length times changes, and a
# limit in seconds would give another answer on a slower computer.
PIECES = tuple(map(expression, (r"[^\n]*\n|[^\n]+", r"\w+|\s+|[^\w\s]", r"(?s).")))
MOST_WORK = 1_000_000
FIRST_SIGN = 0x100  # where the numbering of pieces begins; surrogates are left out
SURROGATES = range(0xD800, 0xE000)
SAME, GONE, NEW = 0, -1, 1
KEPT, MOVED = "kept", "moved"
LONG_ENOUGH = 25  # a passage this long that occurs once needs no context to be known again
TOO_SHORT = 4  # a passage this short is looked for nowhere else

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


def anchored(
    codings: Iterable[Coding], old: str, new: str, revision: str
) -> Iterator[tuple[str, Coding]]:
    """Yield every coding of the old text with what became of it.

    `revision` are the first digits of the hash of the new text.
    """
    versions = align(old, new)
    for coding in codings:
        if coding.status not in PLACED:
            yield coding.status, coding
            continue
        fate, place = _fate(coding, versions)
        yield fate, _placed(coding, fate, place, versions.new, revision)


def _fate(coding: Coding, versions: Alignment) -> tuple[str, tuple[int, int] | None]:
    run = versions.run_at(coding.start, coding.end)
    if run is not None:
        start = run.there + coding.start - run.start
        place = start, start + coding.end - coding.start
        return (KEPT if _is_there(coding, versions, run, place) else REVIEW), place
    start, end = versions.new_start(coding.start), versions.new_end(coding.end)
    place = _elsewhere(coding, versions)
    if place and (start >= end or place[1] <= start or place[0] >= end):
        return (MOVED if _is_known(coding, versions) else REVIEW), place
    if place:  # it stands where a part of it stayed: an edge changed, and nobody can tell which
        return REVIEW, place
    return (REVIEW, (start, end)) if start < end else (ORPHAN, None)


def _is_there(
    coding: Coding, versions: Alignment, run: Run, place: tuple[int, int]
) -> bool:
    """Whether a passage that stands in both versions must be the same one."""
    if coding.start < run.first or coding.end > run.last or _fewer(coding, versions):
        return False
    return versions.stands_once(run) or _same_around(coding, versions, place)


def _same_around(coding: Coding, versions: Alignment, place: tuple[int, int]) -> bool:
    """Whether the passage with its old context occurs once in either version, at this place."""
    words = _with_context(coding, versions.old)
    start = place[0] - min(CONTEXT, coding.start)
    return _once_in_both(words, versions) and versions.new.find(words) == start


def _fewer(coding: Coding, versions: Alignment) -> bool:
    """Whether the passage stood there more than once, and one of them came or went."""
    words = _with_context(coding, versions.old)
    n = versions.old.count(words)
    return n > 1 and versions.new.count(words) != n


def _elsewhere(coding: Coding, versions: Alignment) -> tuple[int, int] | None:
    """Return where a passage went that stands elsewhere as a whole."""
    around = _with_context(coding, versions.old)
    if _once_in_both(around, versions):
        start = versions.new.find(around) + min(CONTEXT, coding.start)
    elif len(coding.quote) >= TOO_SHORT and _once_in_both(coding.quote, versions):
        start = versions.new.find(coding.quote)
    else:
        return None
    return start, start + len(coding.quote)


def _is_known(coding: Coding, versions: Alignment) -> bool:
    """Whether a passage that stands once in either version must be the same one."""
    return (len(coding.quote) >= LONG_ENOUGH or _one_side(coding, versions)
            or _once_in_both(_with_context(coding, versions.old), versions))


def _once_in_both(words: str, versions: Alignment) -> bool:
    return once(words, versions.old) and once(words, versions.new)


def _one_side(coding: Coding, versions: Alignment) -> bool:
    """Whether what stood before or after a passage stands there still."""
    old = surroundings(versions.old, coding.start, coding.end)
    start = versions.new.find(coding.quote)
    new = surroundings(versions.new, start, start + len(coding.quote))
    return any(old[side].strip() and old[side] == new[side] for side in ("before", "after"))


def _with_context(coding: Coding, text: str) -> str:
    return text[max(0, coding.start - CONTEXT):coding.end + CONTEXT]


def _placed(
    coding: Coding, fate: str, place: tuple[int, int] | None, text: str, revision: str
) -> Coding:
    was = coding.was or f"{coding.revision}:{coding.start}-{coding.end}"
    if place is None:
        return replace(coding, status=ORPHAN, was=was)
    start, end = _trimmed(text, *place) if fate == REVIEW else place
    moved = replace(coding, start=start, end=end, revision=revision,
                    **surroundings(text, start, end))
    if fate == REVIEW:
        return replace(moved, status=REVIEW, was=was)
    return moved


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space at the edges out of a proposal."""
    inside = text[start:end]
    if not inside.strip():
        return start, end
    lead = len(inside) - len(inside.lstrip())
    return start + lead, end - (len(inside) - len(inside.rstrip()))
