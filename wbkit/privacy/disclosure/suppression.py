"""Which other numbers to hide, so that none of the hidden ones can be worked out.

The least costly set is found by integer programming with cuts, after Fischetti & Salazar [1]_:
hide, let the outsider work out the intervals, and where one is too narrow demand that something of
what holds it is hidden too.

.. [1] Fischetti, M. & Salazar-González, J. J. (2001). Solving the cell suppression problem on
   tabular data with linear constraints. Management Science, 47(7), 1008-1027.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from wbkit.privacy.disclosure.atoms import Atoms, Mark, Sums
from wbkit.privacy.disclosure.bounds import (
    Ends,
    OutOfTimeError,
    Shown,
    bounds,
    narrow_whole,
    spread,
    together,
)
from wbkit.privacy.disclosure.witnesses import SLACK, Witnesses, whole_width

ROUNDS = 40
MANY = 60  # numbers in doubt of which most are seen to be wide when people are spread by chance
WAYS = 16  # in which that is done at once
TURNS = 3  # in which more is hidden at once when time is over
FEWER = 0.75  # of the numbers in doubt are left, at most, where it is done once more
ENOUGH = 8  # narrow numbers of one part of the people in one round
Answers = frozenset[int]
Known = dict[Answers, int]  # a number for each set of answers to one question
GAP = 0.02  # of the integer programme: two in a hundred numbers more than the least


@dataclass(frozen=True, eq=False)
class Task:
    """What must be protected, and what may be hidden for it.

    Parameters
    ----------
    read
        The numbers; `shown` are those that may stay.
    width
        How wide the interval of a hidden number must be, shape (cells,).
    cost
        What hiding a number costs; infinite where it cannot be hidden, shape (cells,).
    wholes, parts
        Pairs: where the whole is hidden, the part is hidden too.
    targets
        Numbers that must be protected wherever they are not shown, also those of no Table.
    """

    read: Shown
    width: np.ndarray
    cost: np.ndarray
    wholes: np.ndarray
    parts: np.ndarray
    targets: np.ndarray


@dataclass(frozen=True, eq=False)
class Cuts:
    """Demands on what is hidden: the sum of these gains is at least 1 where `target` is hidden."""

    target: np.ndarray
    number: np.ndarray
    cell: np.ndarray
    gain: np.ndarray

    def and_more(self, other: "Cuts") -> "Cuts":
        """Return both."""
        return Cuts(*(np.concatenate([one, two]) for one, two in (
            (self.target, other.target), (self.number, other.number + len(self.target)),
            (self.cell, other.cell), (self.gain, other.gain))))


def suppress(task: Task, *, seconds: float = 24.0) -> tuple[np.ndarray, np.ndarray]:
    """Return which numbers are shown, as many as can be, and which can be worked out all the same.

    Where the programme finds nothing, or the time limit of the processor is over, everything that
    holds a narrow interval is hidden; after half as much time again, all that is read of the same
    people as a number that was not seen to be wide: more, never less.
    """
    end = time.process_time() + seconds
    if not (~task.read.shown & task.targets).any():
        return task.read.shown, np.zeros(0, dtype=int)
    task = _with_parts(task)
    cuts = _company(task)
    shown = _least(task, cuts, seconds)
    shown = task.read.shown if shown is None else shown
    seen = Witnesses(task.read.atoms, task.read.values)
    shown = _improved(task, cuts, shown, seen, seconds)
    try:
        return _hidden_until_safe(task, shown, seen, end + seconds / 2)
    except OutOfTimeError:
        return _hidden_until_safe(task, _without_doubt(task, shown, seen), seen, np.inf)


def _improved(
    task: Task, cuts: Cuts, shown: np.ndarray, seen: Witnesses, seconds: float
) -> np.ndarray:
    """Hide what the cuts demand, round by round, as long as there is time.

    After half of it nothing that was hidden is shown again, so that what was seen stays true.
    """
    end = time.process_time() + seconds
    base = task
    for _ in range(ROUNDS):
        try:
            narrow, ends = _narrow(task, shown, seen, end)
        except OutOfTimeError:
            return shown
        if not len(narrow):
            return shown
        cuts = cuts.and_more(_cuts(task, shown, narrow, ends))
        if time.process_time() > end - seconds / 2:
            base = replace(task, read=replace(task.read, shown=shown))
        best = _least(base, cuts, end - time.process_time())
        if best is None or (best == shown).all():
            return shown
        shown = best
    return shown


def _company(task: Task) -> Cuts:
    """Demand that what is hidden has company wherever it follows from the others."""
    fixed = ~np.isfinite(task.cost) & (task.read.values == 0)
    groups = relations(task.read.atoms, np.flatnonzero(fixed))
    target, number, cell = [], [], []
    for members in groups:
        for one in members[task.targets[members]]:
            others = members[(members != one) & np.isfinite(task.cost[members])]
            number += [len(target)] * len(others)
            cell += others.tolist()
            target.append(one)
    return Cuts(*(np.array(some, dtype=int) for some in (target, number, cell)),
                np.ones(len(cell)))


def _with_parts(task: Task) -> Task:
    return replace(task, read=replace(task.read, shown=closed(task, task.read.shown)))


def closed(task: Task, shown: np.ndarray) -> np.ndarray:
    """Hide the parts of a whole that is hidden."""
    while True:
        gone = np.unique(task.parts[~shown[task.wholes]])
        less = shown.copy()
        less[gone] = False
        if (less == shown).all():
            return shown
        shown = less


def hidden_targets(task: Task, shown: np.ndarray) -> np.ndarray:
    """Return the numbers that are hidden, or small without standing anywhere."""
    return np.flatnonzero(~shown & task.targets)


def _narrow(
    task: Task, shown: np.ndarray, seen: Witnesses, end: float
) -> tuple[np.ndarray, Ends]:
    """Return targets whose interval is too narrow, and what holds these.

    Not all of them where there are many: those of one place are mended by the same cuts. None is
    returned only where none is.
    """
    read = replace(task.read, shown=shown)
    doubt = _spread_apart(task, read, seen, end)
    ends = bounds(read, doubt, wide=task.width[doubt], enough=ENOUGH, end=end)
    seen.add(ends.points, shown)
    narrow = doubt[whole_width(ends.low, ends.high) < task.width[doubt]]
    if not len(narrow):
        doubt = narrow = _narrow_whole(task, read, seen, end)
        ends = bounds(read, narrow)
    return narrow, replace(ends, low=_placed(doubt, ends.low, task),
                           high=_placed(doubt, ends.high, task),
                           pulls=replace(ends.pulls, target=doubt[ends.pulls.target]))


def _spread_apart(task: Task, read: Shown, seen: Witnesses, end: float) -> np.ndarray:
    """Return the targets that are still in doubt after people were spread by chance."""
    before, doubt = np.inf, _in_doubt(task, read.shown, seen.widths(read.shown).any)
    while MANY < len(doubt) <= FEWER * before and time.process_time() < end:
        before = len(doubt)
        seen.add(spread(read, doubt, ways=WAYS, seed=len(seen.batches)), read.shown)
        doubt = _in_doubt(task, read.shown, seen.widths(read.shown).any)
    return doubt


def _in_doubt(task: Task, shown: np.ndarray, width: np.ndarray) -> np.ndarray:
    targets = hidden_targets(task, shown)
    return targets[width[targets] < task.width[targets]]


def _narrow_whole(task: Task, read: Shown, seen: Witnesses, end: float) -> np.ndarray:
    """Return the targets that are too narrow over whole people."""
    left = _in_doubt(task, read.shown, seen.widths(read.shown).whole)
    narrow, points = narrow_whole(read, left, task.width[left], end=end)
    seen.add(points, read.shown)
    return left[narrow]


def _placed(targets: np.ndarray, numbers: np.ndarray, task: Task) -> np.ndarray:
    every = np.full(len(task.width), np.nan)
    every[targets] = numbers
    return every


def _cuts(task: Task, shown: np.ndarray, narrow: np.ndarray, ends: Ends) -> Cuts:
    """Demand of each narrow target that what holds it gives way."""
    pulls = ends.pulls
    place = np.full(len(task.width), -1)
    place[narrow] = np.arange(len(narrow))
    of = place[pulls.target]
    kept = (of >= 0) & np.isfinite(task.cost[pulls.cell])
    of, cell = of[kept], pulls.cell[kept]
    need = np.maximum(task.width[narrow] - (ends.high[narrow] - ends.low[narrow]), 1.0)
    gain = np.minimum(pulls.gain[kept] / need[of], 1.0)
    return Cuts(narrow, of, cell, gain)


def _least(task: Task, cuts: Cuts, seconds: float) -> np.ndarray | None:
    """Hide as little as these demands allow; None where nothing satisfies them in time."""
    size, base = len(task.cost), task.read.shown
    if seconds <= 0:
        return None
    demands = _demands(cuts, size, ~base)
    bound = np.isfinite(task.cost[task.parts]) | task.targets[task.parts]
    pairs = int(bound.sum())  # a part that is no secret follows its whole, and does not hold it
    columns = np.concatenate([task.parts[bound], task.wholes[bound]])
    steps = sp.csr_array((np.repeat([1.0, -1.0], pairs),
                          (np.tile(np.arange(pairs), 2), columns)), shape=(pairs, size))
    free = base & np.isfinite(task.cost)
    least = np.where(base, 0.0, 1.0)
    most = np.where(free, 1.0, least)
    possible = (demands @ most) >= -SLACK
    demands = demands[possible]
    limits = LinearConstraint(sp.vstack([demands, steps]), 0.0, np.inf)
    cost = np.where(np.isfinite(task.cost), task.cost, 0.0)
    found = milp(cost, constraints=limits, integrality=free.astype(int), bounds=Bounds(least, most),
                 options={"time_limit": seconds, "mip_rel_gap": GAP})
    return None if found.x is None else closed(task, found.x < 0.5)


def _demands(cuts: Cuts, size: int, hidden: np.ndarray) -> sp.csr_array:
    """Write the demands as rows: gains of what is hidden, less the target where it is hidden."""
    many = len(cuts.target)
    rows = np.concatenate([cuts.number, np.arange(many)])
    columns = np.concatenate([cuts.cell, cuts.target])
    numbers = np.concatenate([cuts.gain, np.full(many, -1.0)])
    return sp.coo_array((numbers, (rows, columns)), shape=(many, size)).tocsr()


def _without_doubt(task: Task, shown: np.ndarray, seen: Witnesses) -> np.ndarray:
    """Hide what stands beside the targets that were not seen to be wide.

    After a few times all that is read of people whom the same numbers count.
    """
    for turn in range(TURNS):
        read = replace(task.read, shown=shown)
        doubt = _in_doubt(task, shown, seen.widths(shown).any)
        if turn and len(doubt):
            seen.add(spread(read, doubt, ways=WAYS, seed=len(seen.batches)), shown)
            doubt = _in_doubt(task, shown, seen.widths(shown).any)
        if not len(doubt):
            return shown
        last = turn == TURNS - 1
        beside = together(read, doubt) if last else _beside(task, doubt)
        shown = closed(task, shown & ~(beside & np.isfinite(task.cost)))
    return shown


def _hidden_until_safe(
    task: Task, shown: np.ndarray, seen: Witnesses, end: float
) -> tuple[np.ndarray, np.ndarray]:
    """Hide all that holds a narrow interval, until none is; then all that stands beside it."""
    while True:
        narrow, ends = _narrow(task, shown, seen, end)
        if not len(narrow):
            return shown, narrow
        holding = ends.pulls.cell[np.isin(ends.pulls.target, narrow)]
        gone = shown & np.isfinite(task.cost) & np.isin(np.arange(len(shown)), holding)
        if not gone.any():
            gone = shown & np.isfinite(task.cost) & _beside(task, narrow)
        if not gone.any():
            return shown, narrow
        shown = closed(task, shown & ~gone)


def _beside(task: Task, narrow: np.ndarray) -> np.ndarray:
    """Mark the numbers that count some of the same people."""
    rows = abs(task.read.atoms.rows)
    atoms = rows[narrow].sum(axis=0) > 0
    return (rows @ atoms.astype(float)) > 0


# What adds up


def relations(atoms: Atoms, nobody: np.ndarray) -> list[np.ndarray]:
    """Return sets of numbers of which any one follows from the others.

    `nobody` are numbers that are known to count nobody and cannot be hidden. Where a question
    divides a whole, the whole and its parts are such a set; a set of two parts counts as well.
    """
    numbers = _plain(atoms)
    empty = _empty(atoms, nobody)
    found: dict[tuple[int, ...], None] = {}
    for (population, rest, name), known in _by_question(numbers).items():
        every = frozenset(range(atoms.sizes[population][name]))
        whole = numbers.get((population, rest))
        known = known | ({every: whole} if whole is not None else {})
        for members in _divided(known, empty[population, name]):
            found[tuple(sorted(members))] = None
    return [np.array(one, dtype=int) for one in found]


def _plain(atoms: Atoms) -> dict[tuple[str, Mark], int]:
    """Return the numbers that count the people who meet some conditions."""
    found = {}
    for at in np.unique(atoms.twins).tolist():
        population, sums = atoms.marks[at]
        if len(sums) == 1:
            (mark, times), = sums
            if times == 1:
                found[population, mark] = at
    return found


def _empty(atoms: Atoms, nobody: np.ndarray) -> Mapping[tuple[str, str], Answers]:
    """Return the answers that nobody gave, by population and question."""
    found: dict[tuple[str, str], Answers] = defaultdict(frozenset)
    for at in nobody.tolist():
        population, sums = atoms.marks[at]
        names = {name for mark, _ in sums for name, _ in mark}
        if len(names) == 1:
            (name,) = names
            times = _times(sums, atoms.sizes[population][name])
            if (times >= 0).all():
                found[population, name] |= frozenset(np.flatnonzero(times).tolist())
    return found


def _times(sums: Sums, size: int) -> np.ndarray:
    """Return how many times a sum over one question counts each of its answers."""
    times = np.zeros(size)
    for mark, one in sums:
        inside = [list(answers) for _, answers in mark]
        times[inside[0] if inside else slice(None)] += one
    return times


def _by_question(
    numbers: Mapping[tuple[str, Mark], int]
) -> dict[tuple[str, Mark, str], Known]:
    """Put together the numbers that differ in the answers to one question only."""
    found: dict[tuple[str, Mark, str], Known] = defaultdict(dict)
    for (population, mark), at in numbers.items():
        for one in sorted(mark):  # by name, so that the order is always the same
            name, answers = one
            found[population, mark - {one}, name][answers] = at
    return found


def _divided(known: Known, empty: Answers) -> Iterator[list[int]]:
    single = {next(iter(answers)): at for answers, at in known.items() if len(answers) == 1}
    for whole, at in known.items():
        given = whole - empty
        parts = [single[one] for one in given if one in single]
        if len(given) > 1 and len(parts) == len(given):
            yield [at, *parts]
        for part, one in known.items():
            rest = known.get((whole - part) - empty) or known.get(whole - part)
            if part < whole and rest is not None and (whole - part):
                yield [at, one, rest]
