"""Between which numbers a hidden count must lie, given all that is shown: linear programming.

Many small programmes are solved as one with a block for each of them, so that a set of Tables
takes a handful of calls of HiGHS and not thousands.
"""

import time
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

from wbkit.privacy.disclosure.atoms import Atoms
from wbkit.privacy.disclosure.witnesses import SLACK, Points, whole_width

BLOCKS = 16_000  # atoms in one call
TURN = 4  # numbers in one call where others may be seen to be wide in what it finds
MOST_PLAIN = 300  # equations that are solved as they stand; of more a presolve pays
NOBODY, OPTIMAL = 0.0, 0


class InconsistentError(Exception):
    """Numbers that no people can have; not an error of who asks."""


class OutOfTimeError(Exception):
    """The time of the processor is over before all was looked at; not an error of who asks."""


@dataclass(frozen=True, eq=False)
class Pulls:
    """How much each shown number holds a bound in place.

    Parameters
    ----------
    target
        The hidden number, for each entry.
    cell
        The shown number that holds it.
    gain
        How far the bound moves at most when that one is hidden.
    """

    target: np.ndarray
    cell: np.ndarray
    gain: np.ndarray


@dataclass(frozen=True, eq=False)
class Ends:
    """The least and greatest value of some numbers, and what holds them there."""

    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray
    pulls: Pulls
    points: tuple[Points, ...] = ()


@dataclass(frozen=True, eq=False)
class Part:
    """Atoms that hang together by what is shown: the equations between them."""

    atoms: np.ndarray
    rows: sp.csr_array
    numbers: np.ndarray
    cells: np.ndarray


@dataclass(frozen=True, eq=False)
class Shown:
    """What an outsider reads: which of the numbers, and what they are.

    Parameters
    ----------
    atoms
        What the numbers count.
    values
        The numbers; absent where nobody knows them, shape (cells,).
    shown
        Which of them are read, shape (cells,).
    caps
        Numbers that cannot be greater than this, infinite without one, shape (cells,).
    floors
        Numbers that cannot be less than this, shape (cells,); none when left out.
    """

    atoms: Atoms
    values: np.ndarray
    shown: np.ndarray
    caps: np.ndarray
    floors: np.ndarray | None = None

    @property
    def most(self) -> float:
        """More than any number of people can be."""
        known = np.concatenate([one[np.isfinite(one)] for one in (self.values, self.caps)])
        return 10.0 * float(np.abs(known).max(initial=10.0))


def bounds(
    read: Shown, targets: np.ndarray, *, wide: np.ndarray | None = None,
    enough: int | None = None, end: float = np.inf,
) -> Ends:
    """Return the interval of each target, with what holds it.

    Infinite where nothing shown bounds it. Of a target that is seen to be as `wide`, shape
    (targets,), in ways found for others, the ends are those that were seen, and nothing holds it.
    After `enough` targets of a part that are not as wide, the others of it are not looked at.
    Raises OutOfTimeError when the processor has run until `end`.
    """
    low, high = np.zeros(len(targets)), np.full(len(targets), np.inf)
    whole = np.ones(len(targets), dtype=bool)
    pulls: list[Pulls] = []
    points: list[Points] = []
    rows = read.atoms.rows[targets]
    for part in _parts(read, rows):
        inside = rows[:, part.atoms].tocsr()
        left = np.unique(inside.nonzero()[0])
        low[left], high[left] = np.inf, -np.inf
        looked = left[:0]
        while len(left):
            _require_time(end)
            some, left = _turn(left, len(part.atoms), wide)
            looked = np.concatenate([looked, some])
            ends, found, at = _solved(read, part, inside[some], some)
            low[some], high[some], whole[some] = ends
            pulls.append(found)
            points.append(at)
            if wide is not None and len(left):
                counts = inside[left] @ at.people.T
                low[left] = np.minimum(low[left], counts.min(axis=1))
                high[left] = np.maximum(high[left], counts.max(axis=1))
                whole[left] = False
                left = left[whole_width(low[left], high[left]) < wide[left]]
                narrow = whole_width(low[looked], high[looked]) < wide[looked]
                if enough is not None and narrow.sum() >= enough:
                    low[left], high[left], left = -np.inf, np.inf, left[:0]
    return Ends(low, high, whole, _joined(pulls), tuple(points))


def _require_time(end: float) -> None:
    if time.process_time() > end:
        raise OutOfTimeError


def spread(read: Shown, targets: np.ndarray, *, ways: int, seed: int) -> list[Points]:
    """Return some ways in which people can be spread, as far apart in the targets as chance has it.

    Most hidden numbers are seen to be wide in a few of these; the others need two programmes each.
    """
    rng, found = np.random.default_rng(seed), []
    rows = read.atoms.rows[targets]
    for part in _parts(read, rows):
        inside = rows[:, part.atoms]
        signs = rng.choice([-1.0, 1.0], (ways // 2, len(targets))) * rng.random(len(targets))
        costs = sp.csr_array(signs @ inside)
        for first in range(0, ways // 2, max(1, BLOCKS // (2 * len(part.atoms)))):
            some = np.arange(first, min(ways // 2, first + max(1, BLOCKS // (2 * len(part.atoms)))))
            found.append(_solved(read, part, costs[some], some)[2])
    return found


def _turn(
    left: np.ndarray, size: int, wide: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Divide what is left in what is solved now, and later."""
    many = max(1, BLOCKS // (2 * size))
    many = many if wide is None else min(many, TURN)
    return left[:many], left[many:]


def equations(read: Shown) -> tuple[sp.csr_array, np.ndarray, np.ndarray]:
    """Return what must hold of the atoms: rows, numbers, and the cell that states each (-1)."""
    atoms = read.atoms
    known = np.flatnonzero(read.shown & np.isfinite(read.values))
    halves = atoms.halves
    split = (halves >= 0) & np.isin(halves, known)
    sides = atoms.ties[split]
    plus, minus = sides.maximum(0), (-sides).maximum(0)
    stated = read.values[halves[split]]
    capped = np.flatnonzero(np.isfinite(read.caps) & ~read.shown)
    floors = np.full(len(read.caps), -np.inf) if read.floors is None else read.floors
    floored = np.flatnonzero((floors > 0) & ~read.shown)
    rows = sp.vstack([atoms.rows[known], atoms.ties[~split], plus, minus, atoms.rows[capped],
                      -atoms.rows[floored]])
    numbers = np.concatenate([read.values[known], np.zeros(int((~split).sum())), stated, stated,
                              read.caps[capped], -floors[floored]])
    cells = np.concatenate([known, np.full(int((~split).sum()), -1), halves[split], halves[split],
                            np.full(len(capped) + len(floored), -2)])
    return rows.tocsr(), numbers, cells


def together(read: Shown, targets: np.ndarray) -> np.ndarray:
    """Mark the numbers that count people of the parts in which these targets are."""
    rows = read.atoms.rows
    inside = np.zeros(rows.shape[1])
    for part in _parts(read, rows[targets]):
        inside[part.atoms] = 1.0
    return (abs(rows) @ inside) > 0


def _parts(read: Shown, targets: sp.csr_array) -> list[Part]:
    """Divide the atoms into parts that have nothing to do with each other."""
    rows, numbers, cells = equations(read)
    size = rows.shape[1]
    every = sp.vstack([rows, targets]).tocsr()
    every.data = np.ones_like(every.data)
    links = sp.block_array([[None, every], [every.T, None]]).tocsr()
    _, group = connected_components(links, directed=False)
    of_rows, of_atoms = group[:len(numbers)], group[every.shape[0]:]
    wanted = np.unique(of_atoms[targets.nonzero()[1]])
    found = []
    for one in wanted:
        inside = np.flatnonzero((of_atoms == one) & read.atoms.possible)
        kept = np.flatnonzero(of_rows == one)
        if size:
            found.append(Part(inside, rows[kept][:, inside].tocsr(), numbers[kept], cells[kept]))
    return found


def _solved(
    read: Shown, part: Part, targets: sp.csr_array, some: np.ndarray
) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], Pulls, Points]:
    """Solve the least and the greatest of some targets in one call."""
    many, size = len(some), len(part.atoms)
    slack = part.cells == -2
    rows = sp.hstack([part.rows, _slacks(slack)]).tocsr() if slack.any() else part.rows
    width = rows.shape[1]
    cost = np.zeros((2 * many, width))
    cost[:many, :size] = targets.toarray()
    cost[many:, :size] = -cost[:many, :size]
    block = sp.block_diag([rows] * (2 * many), format="csr")
    found = linprog(cost.ravel(), A_eq=block, b_eq=np.tile(part.numbers, 2 * many),
                    bounds=(0, read.most), method="highs-ds",
                    options={"presolve": len(part.numbers) > MOST_PLAIN})
    if found.status != OPTIMAL:
        raise InconsistentError
    points = found.x.reshape(2 * many, width)
    value = (points * cost).sum(axis=1)
    low, high = value[:many], -value[many:]
    high = np.where(high >= read.most * (1 - SLACK), np.inf, high)
    people = points[:, :size][:, read.atoms.counted[part.atoms]]
    whole = (np.abs(people - people.round()) < SLACK).all(axis=1)
    marginals = found.eqlin.marginals.reshape(2 * many, -1)
    return ((low, high, whole[:many] & whole[many:]), _pulls(read, part, marginals, some),
            Points(part.atoms, points[:, :size], whole))


def _slacks(capped: np.ndarray) -> sp.csr_array:
    """Return a column for each row that is at most its number."""
    rows = np.flatnonzero(capped)
    return sp.csr_array((np.ones(len(rows)), (rows, np.arange(len(rows)))),
                        shape=(len(capped), len(rows)))


def _pulls(read: Shown, part: Part, marginals: np.ndarray, some: np.ndarray) -> Pulls:
    """Return how far each bound can move when a number is hidden that holds it."""
    named = np.flatnonzero(part.cells >= 0)
    cells, at = np.unique(part.cells[named], return_inverse=True)
    sums = np.zeros((len(marginals), len(cells)))
    np.add.at(sums.T, at, marginals[:, named].T)
    value = read.values[cells]
    down, up = sums > SLACK, sums < -SLACK  # of a least value: the number must fall, or rise
    gain = np.where(down, sums * value, 0.0) + np.where(up, -sums * read.most, 0.0)
    many = len(some)
    gain = gain[:many] + gain[many:]
    row, column = np.nonzero(gain > SLACK)
    return Pulls(some[row], cells[column], gain[row, column])


def _joined(pulls: list[Pulls]) -> Pulls:
    empty = np.zeros(0, dtype=int)
    return Pulls(np.concatenate([empty, *(one.target for one in pulls)]),
                 np.concatenate([empty, *(one.cell for one in pulls)]),
                 np.concatenate([np.zeros(0), *(one.gain for one in pulls)]))


def whole_bounds(read: Shown, targets: np.ndarray) -> Ends:
    """Return the interval of each target over whole people: integer programming."""
    ends = bounds(read, targets)
    low, high = np.ceil(ends.low - SLACK), np.floor(ends.high + SLACK)
    rows = read.atoms.rows[targets]
    unsure, points = np.flatnonzero(~ends.whole), list(ends.points)
    for part in _parts(read, rows[unsure]) if len(unsure) else []:
        inside = unsure[np.unique(rows[unsure][:, part.atoms].nonzero()[0])]
        for one in inside:
            with suppress(InconsistentError):  # not whole after all, such as sums of estimates
                low[one], high[one], found = _whole_ends(read, part, rows[[one]][:, part.atoms])
                points.append(found)
    return replace(ends, low=low, high=high, points=tuple(points))


def _whole_ends(
    read: Shown, part: Part, target: sp.csr_array
) -> tuple[float, float, Points]:
    numbers = part.numbers
    least = np.where(part.cells == -2, -np.inf, numbers)
    limits = LinearConstraint(part.rows, least - SLACK, numbers + SLACK)
    ends, people = [], []
    for sign in (1.0, -1.0):
        cost = sign * target.toarray().ravel()
        found = milp(cost, constraints=limits, integrality=read.atoms.counted[part.atoms],
                     bounds=Bounds(0, read.most))
        if found.x is None:
            raise InconsistentError
        ends.append(sign * round(float(found.fun), 6))
        people.append(found.x)
    points = Points(part.atoms, np.array(people), np.ones(2, dtype=bool))
    return ends[0], np.inf if ends[1] >= read.most * (1 - SLACK) else ends[1], points


def narrow_whole(
    read: Shown, targets: np.ndarray, wide: np.ndarray, *, end: float = np.inf
) -> tuple[np.ndarray, list[Points]]:
    """Mark the targets that are not as `wide` over whole people, and give the ways that were found.

    One by one: most are seen to be wide in the ways of others. Raises OutOfTimeError when the
    processor has run until `end`.
    """
    rows, narrow = read.atoms.rows[targets], np.zeros(len(targets), dtype=bool)
    points: list[Points] = []
    for part in _parts(read, rows) if len(targets) else []:
        inside = rows[:, part.atoms].tocsr()
        left = np.unique(inside.nonzero()[0])
        low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
        while len(left):
            _require_time(end)
            one, left = left[0], left[1:]
            with suppress(InconsistentError):  # not whole after all, such as sums of estimates
                least, most, found = _whole_ends(read, part, inside[[one]])
                narrow[one] = most - least < wide[one]
                points.append(found)
                counts = inside[left] @ found.people.T
                low[left] = np.minimum(low[left], counts.min(axis=1))
                high[left] = np.maximum(high[left], counts.max(axis=1))
                left = left[whole_width(low[left], high[left]) < wide[left]]
    return narrow, points
