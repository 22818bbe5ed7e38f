"""Strata out of margins; sparse ones are merged with the stratum most like them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from wbkit.survey.design.sampling import APART

SPARSE = 5
AND = " + "


@dataclass(frozen=True)
class Strata:
    """The name of the stratum that each cell of the margins became part of, and its size."""

    label: Mapping[str, str]
    population: Mapping[str, float]


def merged_strata(
    counts: Mapping[str, int], order: Sequence[Sequence[str]], population: Mapping[str, float]
) -> Strata:
    """Merge every stratum of fewer than five units with the one most like it.

    Parameters
    ----------
    counts
        Units in each stratum.
    order
        The values of each margin, in order.
    population
        Units of the population in each stratum.

    Returns
    -------
    Strata
        Like is first the stratum that shares most margins, then the nearest in the order.
    """
    names = [APART.join(values) for values in product(*order)]
    groups = [[name] for name in names if counts.get(name, 0) or population.get(name, 0)]

    def size(group: list[str]) -> int:
        return sum(counts.get(name, 0) for name in group)

    while len(groups) > 1 and min(map(size, groups)) < SPARSE:
        sparse = min(groups, key=size)
        others = [group for group in groups if group is not sparse]
        nearest = min(others, key=lambda group: _unlike(sparse[0], group[0], names))
        groups = [sorted(sparse + nearest, key=names.index) if group is nearest else group
                  for group in groups if group is not sparse]
    labels = {name: AND.join(group) for group in groups for name in group}
    sizes = {AND.join(group): sum(population.get(name, 0) for name in group) for group in groups}
    return Strata(labels, sizes)


def _unlike(one: str, other: str, names: list[str]) -> tuple[int, int]:
    pairs = zip(one.split(APART), other.split(APART), strict=True)
    return sum(a != b for a, b in pairs), abs(names.index(one) - names.index(other))
