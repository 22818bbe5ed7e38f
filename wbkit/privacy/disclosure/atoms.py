"""The smallest groups of people that some numbers tell apart, and how numbers add them up.

Numbers that share variables are looked at together: the graph of variables is triangulated, each
clique of it is a table of atoms, and neighbouring cliques agree on what they share. For whole
sums of people this is as sharp as one table of all variables [1]_, and far smaller.

.. [1] Lauritzen, S. L. (1996). Graphical Models, chapter 2 and 4. Oxford University Press.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import scipy.sparse as sp

from wbkit.privacy.disclosure.cells import EVERYONE, LEAST, MOST, Cell, Population, Where, routing

MOST_ATOMS = 6_000  # of one clique; larger ones are looked at in parts
Graph = dict[str, set[str]]
Sparse = tuple[np.ndarray, np.ndarray]  # columns and numbers
Mark = frozenset[tuple[str, frozenset[int]]]  # variable and classes of its answers
Sums = frozenset[tuple[Mark, float]]


@dataclass(frozen=True)
class Clique:
    """Variables that are looked at together, and where their atoms begin.

    Parameters
    ----------
    variables
        In order.
    shape
        How many classes of answers each of them has.
    first
        Number of the first atom.
    """

    variables: tuple[str, ...]
    shape: tuple[int, ...]
    first: int

    @property
    def size(self) -> int:
        """How many atoms it has."""
        return int(np.prod(self.shape, dtype=int))


@dataclass(frozen=True, eq=False)
class Atoms:
    """The atoms of several populations, and what is known of them before any number is read.

    Parameters
    ----------
    cells
        What the numbers count.
    rows
        How each number adds atoms up, shape (cells, atoms).
    ties
        Sums that must be equal between two cliques, shape (ties, atoms).
    possible
        Atoms that somebody can be in, shape (atoms,).
    counted
        Atoms that hold whole people; others stand for numbers in between, shape (atoms,).
    twins
        For each number the first one that counts the same people, shape (cells,).
    marks
        Each number as a population and sums of classes of answers.
    sizes
        How many classes of answers each variable of a population has.
    halves
        For each tie a number that is both of its sides, -1 without one, shape (ties,).
    parted
        Whether some variables have too many combinations, and were looked at in parts.
    """

    cells: tuple[Cell, ...]
    rows: sp.csr_array
    ties: sp.csr_array
    possible: np.ndarray
    counted: np.ndarray
    twins: np.ndarray
    marks: tuple[tuple[str, Sums], ...]
    sizes: Mapping[str, Mapping[str, int]]
    halves: np.ndarray
    parted: bool


def atoms_of(cells: Sequence[Cell], populations: Mapping[str, Population]) -> Atoms:
    """Build the atoms that these numbers need."""
    names = list(dict.fromkeys(cell.population for cell in cells))
    made = [_Space(populations[name], [one for one in cells if one.population == name])
            for name in names]
    firsts = np.cumsum([0, *(one.size for one in made)])
    size = int(firsts[-1])
    place = {name: at for at, name in enumerate(names)}
    rows = _stacked([made[place[one.population]].row(one) for one in cells],
                    [int(firsts[place[one.population]]) for one in cells], size)
    ties = _stacked([tie for one in made for tie in one.ties],
                    [int(first) for one, first in zip(made, firsts, strict=False)
                     for _ in one.ties], size)
    possible = np.concatenate([one.possible for one in made] or [np.zeros(0, dtype=bool)])
    counted = np.concatenate([one.counted for one in made] or [np.zeros(0, dtype=bool)])
    known: dict[tuple, int] = {}
    marks = tuple((one.population, made[place[one.population]].mark(one)) for one in cells)
    sizes = {name: one.sizes for name, one in zip(names, made, strict=True)}
    twins = np.array([known.setdefault(mark, at) for at, mark in enumerate(marks)], dtype=int)
    halves = np.array([known.get((name, frozenset({(mark, 1.0)})), -1)
                       for name, one in zip(names, made, strict=True) for mark in one.tied_marks],
                      dtype=int)
    return Atoms(tuple(cells), rows, ties, possible, counted, twins, marks, sizes, halves,
                 any(one.parted for one in made))


def _stacked(rows: Sequence[Sparse], firsts: Sequence[int], size: int) -> sp.csr_array:
    at = np.repeat(np.arange(len(rows)), [len(one[0]) for one in rows])
    columns = np.concatenate([one[0] + first for one, first in zip(rows, firsts, strict=True)]
                             or [np.zeros(0, dtype=int)])
    numbers = np.concatenate([one[1] for one in rows] or [np.zeros(0)])
    found = sp.coo_array((numbers, (at, columns)), shape=(len(rows), size))
    found.sum_duplicates()
    return found.tocsr()


class _Space:
    """The cliques of one population."""

    def __init__(self, population: Population, cells: Sequence[Cell]) -> None:
        self._population = population
        wheres = {where for cell in cells for where, _ in cell.terms}
        ruled = _linked(population, wheres)
        self._classes = _classes(population, wheres | ruled)
        told = _hanging_together(wheres | ruled)
        whole = _maximal(_eliminated(_graph(told), self.sizes))
        self.parted = any(_product(one, self.sizes) > MOST_ATOMS for one in whole)
        self._cliques = self._laid_out(_cliques(told, whole, self.sizes))
        self._home: dict[frozenset[str], Clique] = {}
        self.possible = self._possible(ruled)
        self.counted = self._counted()
        self.tied_marks: list[Mark] = []
        self.ties = self._tied()

    def mark(self, cell: Cell) -> Sums:
        """Return a number as classes of answers; equal marks count the same people."""
        sums: dict[Mark, float] = {}
        for where, times in cell.terms:
            mark = frozenset((name, few) for name, few in (
                (name, self._classes_of(name, some)) for name, some in where)
                if len(few) < self.sizes[name])
            sums[mark] = sums.get(mark, 0.0) + times
        return frozenset((one, times) for one, times in sums.items() if times)

    def _classes_of(self, name: str, some: frozenset[str]) -> frozenset[int]:
        domain = self._population.domains[name]
        return frozenset(int(self._classes[name][at]) for at, one in enumerate(domain)
                         if one in some)

    @property
    def size(self) -> int:
        return sum(one.size for one in self._cliques)

    @cached_property
    def sizes(self) -> dict[str, int]:
        return {name: int(one.max()) + 1 for name, one in self._classes.items()}

    def _laid_out(self, cliques: Sequence[frozenset[str]]) -> list[Clique]:
        sizes, made, first = self.sizes, [], 0
        for names in cliques or [frozenset()]:
            ordered = tuple(sorted(names))
            one = Clique(ordered, tuple(sizes[name] for name in ordered), first)
            first += one.size
            made.append(one)
        return made

    def row(self, cell: Cell) -> Sparse:
        """Return how a number adds atoms up."""
        parts = [(self._in(where, self._home_of(where)), times) for where, times in cell.terms]
        columns = np.concatenate([np.zeros(0, dtype=int), *(one for one, _ in parts)])
        return columns, np.concatenate([
            np.zeros(0), *(np.full(len(one), times) for one, times in parts)])

    def _home_of(self, where: Where) -> Clique:
        names = frozenset(name for name, _ in where)
        if names not in self._home:
            self._home[names] = min((one for one in self._cliques if names <= set(one.variables)),
                                    key=lambda one: one.size)
        return self._home[names]

    def _in(self, where: Where, clique: Clique) -> np.ndarray:
        """Return the atoms of a clique that meet conditions."""
        chosen = np.ones(clique.shape, dtype=bool)
        conditions = dict(where)
        for axis, (name, size) in enumerate(zip(clique.variables, clique.shape, strict=True)):
            if name in conditions:
                marks = np.zeros(size, dtype=bool)
                marks[list(self._classes_of(name, conditions[name]))] = True
                chosen &= marks.reshape([-1 if one == axis else 1 for one in range(chosen.ndim)])
        return clique.first + np.flatnonzero(chosen)

    def _possible(self, ruled: Iterable[Where]) -> np.ndarray:
        possible = np.ones(self.size, dtype=bool)
        for where in ruled:
            names = {name for name, _ in where}
            for clique in self._cliques:
                if names <= set(clique.variables):
                    possible[self._in(where, clique)] = False
        return possible

    def _counted(self) -> np.ndarray:
        """Leave out the ends between which the numbers lie that no Table names."""
        counted = np.ones(self.size, dtype=bool)
        for name in self.sizes:
            ends = frozenset({LEAST, MOST}) & frozenset(self._population.domains[name])
            for clique in self._cliques:
                if ends and name in clique.variables:
                    counted[self._in(frozenset({(name, ends)}), clique)] = False
        return counted

    def _tied(self) -> list[Sparse]:
        ties = []
        for one, other in _neighbours(self._cliques):
            shared = sorted(set(one.variables) & set(other.variables))
            sizes = [self.sizes[name] for name in shared]
            inside = [_margin(clique, shared) for clique in (one, other)]
            for place in range(int(np.prod(sizes, dtype=int))):
                plus = one.first + np.flatnonzero(inside[0] == place)
                minus = other.first + np.flatnonzero(inside[1] == place)
                classes = np.unravel_index(place, sizes) if shared else ()
                self.tied_marks.append(frozenset(
                    (name, frozenset({int(at)})) for name, size, at in
                    zip(shared, sizes, classes, strict=True) if size > 1))
                ties.append((np.concatenate([plus, minus]),
                             np.repeat([1.0, -1.0], [len(plus), len(minus)])))
        return ties


def _margin(clique: Clique, shared: Sequence[str]) -> np.ndarray:
    """Return in which combination of the shared variables each atom is."""
    found = np.zeros(clique.shape, dtype=int)
    for name in shared:
        axis, size = clique.variables.index(name), clique.shape[clique.variables.index(name)]
        steps = np.arange(size).reshape([-1 if one == axis else 1 for one in range(found.ndim)])
        found = found * size + steps
    return found.ravel()


def _linked(population: Population, wheres: set[Where]) -> set[Where]:
    """Return the impossible combinations of variables that the numbers speak of."""
    known = set(population.domains)
    ruled = {where for where in population.impossible | routing(population)
             if all(few for _, few in where)}
    return {where for where in ruled if {name for name, _ in where} <= known} if wheres else set()


def _classes(population: Population, wheres: Iterable[Where]) -> dict[str, np.ndarray]:
    """Take together the answers that no condition tells apart: the class of each answer."""
    told: dict[str, list[frozenset[str]]] = {}
    for where in wheres:
        for name, few in where:
            told.setdefault(name, []).append(few)
    found = {}
    for name, conditions in told.items():
        sets = list(dict.fromkeys(conditions))
        marks = [tuple(one in few for few in sets) for one in population.domains[name]]
        order = {mark: at for at, mark in enumerate(dict.fromkeys(marks))}
        found[name] = np.array([order[mark] for mark in marks], dtype=int)
    return found


# Cliques


def _hanging_together(wheres: Iterable[Where]) -> list[frozenset[str]]:
    """Return the variables of each condition."""
    return [frozenset(name for name, _ in where) for where in wheres]


def _graph(told: Sequence[frozenset[str]]) -> Graph:
    graph: Graph = {name: set() for one in told for name in one}
    for one in told:
        for name in one:
            graph[name] |= one - {name}
    return graph


def _cliques(
    told: Sequence[frozenset[str]], whole: Sequence[frozenset[str]], sizes: Mapping[str, int]
) -> list[frozenset[str]]:
    """Return the cliques of the triangulated graph; large ones are left as they were told."""
    made, small = [], _maximal(told)
    for one in whole:
        if _product(one, sizes) <= MOST_ATOMS:
            made.append(one)
        else:
            made += [part for part in small if part <= one]
    return _maximal([*made, *small]) or [frozenset(EVERYONE)]


def _eliminated(graph: Graph, sizes: Mapping[str, int]) -> list[frozenset[str]]:
    """Take out variables one by one, the one with the smallest clique first."""
    left = {name: set(near) for name, near in graph.items()}
    found = []
    while left:
        name = min(left, key=lambda one: (_product({one, *left[one]}, sizes), one))
        near = left.pop(name)
        found.append(frozenset({name, *near}))
        for one in near:
            left[one] = (left[one] | near) - {one, name}
    return found


def _product(names: Iterable[str], sizes: Mapping[str, int]) -> float:
    return float(np.prod([float(sizes[name]) for name in names]))


def _maximal(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    for one in sorted(set(sets), key=lambda some: (-len(some), sorted(some))):
        if not any(one <= other for other in found):
            found.append(one)
    return found


def _neighbours(cliques: Sequence[Clique]) -> list[tuple[Clique, Clique]]:
    """Join cliques until all that share variables agree on them.

    Two are not joined where a chain of joined ones agrees on all that they share: of the cliques
    of a triangulated graph a tree is left; parts of a large one are joined in rings as well.
    """
    names = [frozenset(one.variables) for one in cliques]
    joined: list[list[int]] = [[] for _ in cliques]
    pairs = sorted(combinations(range(len(cliques)), 2),
                   key=lambda pair: -len(names[pair[0]] & names[pair[1]]))
    found = []
    for one, other in pairs:
        shared = names[one] & names[other]
        if other not in _reached(one, joined, [shared <= some for some in names]):
            joined[one].append(other)
            joined[other].append(one)
            found.append((cliques[one], cliques[other]))
    return found


def _reached(first: int, joined: Sequence[Sequence[int]], allowed: Sequence[bool]) -> set[int]:
    """Return which cliques can be reached by way of those that are allowed."""
    reached, left = {first}, [first]
    while left:
        new = {one for one in joined[left.pop()] if allowed[one]} - reached
        reached |= new
        left += new
    return reached
