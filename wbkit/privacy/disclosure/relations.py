"""Which numbers add up to which: a whole and the answers or groups that divide it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from wbkit.privacy.disclosure.atoms import Atoms, Mark

Answers = frozenset[int]
Known = dict[Answers, int]  # a number for each set of answers to one question


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
        gone: dict[str, Answers] = {}
        for mark, times in sums:
            if len(mark) == 1:
                (name, answers), = mark
                gone[name] = answers if times > 0 else \
                    frozenset(range(atoms.sizes[population][name])) - answers
        if len(gone) == 1:
            (name, answers), = gone.items()
            found[population, name] |= answers
    return found


def _by_question(
    numbers: Mapping[tuple[str, Mark], int]
) -> dict[tuple[str, Mark, str], Known]:
    """Put together the numbers that differ in the answers to one question only."""
    found: dict[tuple[str, Mark, str], Known] = defaultdict(dict)
    for (population, mark), at in numbers.items():
        for one in mark:
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
