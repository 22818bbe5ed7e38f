"""What is left between two numbers of nested groups of people, which stands in no Table.

Everyone less those whom `where` looks at, a whole less the groups of it that are listed, a base
less those who are listed: who reads both numbers knows the people between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wbkit.privacy.disclosure.cells import EVERYONE, Cell, Population, Where
from wbkit.privacy.disclosure.statements import Statement

Answers = frozenset[str]
Condition = tuple[str, Answers]  # a question, and the answers that somebody may have given
Numbers = Mapping[Answers, int]  # a statement for each set of answers to one question


@dataclass(frozen=True)
class Difference:
    """People between numbers that are shown.

    Parameters
    ----------
    cell
        Who they are.
    n
        How many.
    whole
        Place of the larger number among the statements.
    parts
        Places of the numbers that are taken from it; no person is in two of them.
    """

    cell: Cell
    n: float
    whole: int
    parts: tuple[int, ...]

    @property
    def every(self) -> tuple[int, ...]:
        """Return the places of all numbers that it is made of."""
        return (self.whole, *self.parts)


def differences(
    statements: Sequence[Statement], populations: Mapping[str, Population]
) -> list[Difference]:
    """Return what is left between numbers that differ in the answers to one question only."""
    met = _met_by_all(statements)
    told: dict[tuple[str, Where], int] = {}
    for at, one in enumerate(statements):
        where = _plain(one)
        where = None if where is None else where - met[one.cell.population]
        known = told.get((one.cell.population, where)) if where is not None else None
        if where is not None and (known is None or statements[known].value is None):
            told[one.cell.population, where] = at
    found: dict[Cell, Difference] = {}
    for (name, rest, question), numbers in _by_question(told).items():
        whole = told.get((name, rest))
        every = frozenset(populations[name].domains[question])
        numbers = numbers | ({every: whole} if whole is not None else {})
        for answers, taken in _between(numbers):
            every = (numbers[answers], *(numbers[one] for one in taken))
            first, *others = (statements[at].value for at in every)
            if first is not None and None not in others:
                where = rest | {(question, answers - _union(taken))}
                cell = Cell(name, frozenset({(where, 1.0)}))
                found.setdefault(cell, Difference(cell, first - sum(others), every[0], every[1:]))
    listed = {one.cell for one in statements}  # these fall under the rules themselves
    return [one for cell, one in found.items() if cell not in listed]


def _plain(one: Statement) -> Where | None:
    """Return the conditions that people meet whom a number counts."""
    if one.role in ("sum", "question") or len(one.cell.terms) != 1:
        return None
    (where, times), = one.cell.terms
    return where if times == 1 else None


def _met_by_all(statements: Sequence[Statement]) -> dict[str, set[Condition]]:
    """Return the conditions that everybody meets, as the numbers tell: 115 of 115 answered."""
    plain = [(one.cell.population, where, one.value) for one in statements
             if one.value is not None and (where := _plain(one)) is not None]
    everyone = {name: value for name, where, value in plain if where == EVERYONE}
    found: dict[str, set[Condition]] = defaultdict(set)
    for name, where, value in plain:
        if value == everyone.get(name):
            found[name] |= where
    return found


def _by_question(
    told: Mapping[tuple[str, Where], int]
) -> dict[tuple[str, Where, str], dict[Answers, int]]:
    found: dict[tuple[str, Where, str], dict[Answers, int]] = defaultdict(dict)
    for (population, where), at in told.items():
        for condition in sorted(where, key=lambda one: one[0]):
            name, answers = condition
            found[population, where - {condition}, name][answers] = at
    return found


def _between(numbers: Numbers) -> Iterator[tuple[Answers, tuple[Answers, ...]]]:
    """Yield a whole, and what can be taken from it so that people are left who stand nowhere.

    What is left of a whole whose other answers are listed is no more than these add up to.
    """
    for whole in numbers:
        inside = sorted((one for one in numbers if one < whole), key=_order)
        together = _union(inside)
        covers = [tuple(_apart(some)) for some in (inside, inside[::-1])]
        covers = [one for one in covers if _union(one) == together][:1]
        for parts in (*covers, *((one,) for one in inside if len(one) > 1)):
            left = whole - _union(parts)
            if parts and left != _union([one for one in inside if one <= left]):
                yield whole, parts


def _union(sets: Iterable[Answers]) -> Answers:
    return frozenset().union(*sets)


def _order(answers: Answers) -> tuple[int, list[str]]:
    return len(answers), sorted(answers)


def _apart(sets: Sequence[Answers]) -> list[Answers]:
    """Return sets without an answer in common, the first ones first."""
    found: list[Answers] = []
    for one in sets:
        if not any(one & other for other in found):
            found.append(one)
    return found
