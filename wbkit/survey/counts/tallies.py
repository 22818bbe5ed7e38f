"""The counts of one item by group and value, and which of them may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from wbkit.data.category_codes import with_marks
from wbkit.data.cells import OUTSIDE, VALUE, Cells, Rows
from wbkit.data.responses import number_id
from wbkit.data.source_data import Meaning
from wbkit.stats.suppression import lines_too_small, too_small_crossed
from wbkit.study.item import NO_ANSWER, Item

OTHER_ANSWERS = "other_answers"  # answers that people wrote, too rare to be repeated
NONE = np.zeros(0, dtype=bool)


@dataclass(frozen=True)
class Counts:
    """How many units of each group gave each answer, or none.

    Parameters
    ----------
    item, group
        What was counted, and by what.
    groups, values, reasons
        Ids: one group for everyone, values in order, why a unit that was asked has no value.
    n
        Units that gave the answer, shape (groups, values).
    absent
        Units without a value, shape (groups, reasons).
    answered
        Units that gave any answer, shape (groups,).
    hidden, hidden_absent, small, small_values
        Which counts, reasons, whole groups and whole values may not be shown.
    """

    item: Item
    group: Item | None
    groups: tuple[str, ...]
    values: tuple[str, ...]
    reasons: tuple[str, ...]
    n: np.ndarray
    absent: np.ndarray
    answered: np.ndarray
    hidden: np.ndarray
    hidden_absent: np.ndarray
    small: np.ndarray
    small_values: np.ndarray

    @property
    def bases(self) -> np.ndarray | None:
        """Units in each group, where the values do not add up to them."""
        return self.answered if self.item.kind == "multiple" else None


def count(
    counted: Cells, items: Sequence[Item], group: Item | None, asked: Meaning | None = None
) -> list[Counts]:
    """Take the counts of items from Cells, for everyone or for each group.

    Gives hidden answers that people wrote together, so that they cannot be read.
    """
    found = [_counts(counted, item, group, asked or counted) for item in items]
    if counted.source.minimum <= 1:
        return found
    if group is None:
        return [_without_rare(marked(counted, one)) for one in found]
    alone = [marked(counted, _counts(counted, item, None, asked or counted)).hidden[0]
             for item in items]
    groups = hidden_groups(counted, items[0], group)
    return [_without_rare(marked(counted, one, groups, hidden))
            for one, hidden in zip(found, alone, strict=True)]


def _without_rare(counts: Counts) -> Counts:
    counts = _without_rare_values(counts)
    return _without_rare_groups(counts) if counts.group and counts.group.values == "any" \
        else counts


def rows_of(counts: Sequence[Counts], of: str) -> dict[str, np.ndarray]:
    """Return the counts of items one below the other."""
    parts = [_lines(one, of) for one in counts]
    return {name: np.concatenate([one[name] for one in parts]) for name in parts[0]}


def _lines(counts: Counts, of: str) -> dict[str, np.ndarray]:
    asked = of == "asked"
    values = (*counts.values, *(counts.reasons if asked else ()))
    n = np.hstack([counts.n, counts.absent]) if asked else counts.n
    hidden = np.hstack([counts.hidden, counts.hidden_absent]) if asked else counts.hidden
    whole = counts.answered if of == "respondents" else n.sum(axis=1)
    if asked:
        whole = counts.answered + counts.absent.sum(axis=1)
    groups, ids = np.array(counts.groups, dtype=object), np.array(values, dtype=object)
    return {
        "item": np.full(n.size, counts.item.name, dtype=object),
        "group": np.repeat(groups, len(values)), "value": np.tile(ids, len(groups)),
        "n": n.ravel(), "hidden": hidden.ravel(),
        "whole": np.repeat(whole, len(values)), "small": np.repeat(counts.small, len(values)),
    }


def marked(
    responses: Meaning, counts: Counts, groups: np.ndarray | bool = False,
    values: np.ndarray | bool = False,
) -> Counts:
    """Mark what may not be shown; `groups` and `values` are hidden in a Table of their own."""
    minimum = responses.source.minimum
    if minimum <= 1:
        return counts
    small = lines_too_small(counts.answered, minimum, groups)
    columns = np.zeros(len(counts.values), dtype=bool) | values
    if counts.bases is None:
        columns = lines_too_small(counts.n.sum(axis=0), minimum, columns)
    hidden = too_small_crossed(counts.n, minimum, rows=small, columns=columns, bases=counts.bases)
    return replace(counts, small=small, small_values=columns, hidden=hidden,
                   hidden_absent=too_small_crossed(counts.absent, minimum, rows=small))


def _without_rare_values(counts: Counts) -> Counts:
    written = _written(counts.item, counts.values)
    rare = written & (counts.n > 0).any(axis=0) & counts.hidden.all(axis=0)
    kept = ~rare & ~(written & (counts.n == 0).all(axis=0))
    values = (*np.array(counts.values, dtype=object)[kept], *[OTHER_ANSWERS] * int(rare.any()))
    extra = [counts.n[:, rare].sum(axis=1)] * int(rare.any())
    marks = [np.ones(len(counts.groups), dtype=bool)] * int(rare.any())
    small = np.append(counts.small_values[kept], np.ones(int(rare.any()), dtype=bool))
    return replace(counts, values=values, n=np.column_stack([counts.n[:, kept], *extra]),
                   hidden=np.column_stack([counts.hidden[:, kept], *marks]), small_values=small)


def _without_rare_groups(counts: Counts) -> Counts:
    """Take the groups that are hidden whole together, and leave out those without units."""
    written = _written(counts.group, counts.groups)
    rare = written & counts.small
    kept = ~rare & ~(written & (counts.answered == 0))
    groups = (*np.array(counts.groups, dtype=object)[kept], *[OTHER_ANSWERS] * int(rare.any()))

    def gathered(numbers: np.ndarray) -> np.ndarray:
        rest = numbers[rare].sum(axis=0, keepdims=True).astype(numbers.dtype)
        return np.concatenate([numbers[kept], rest[:int(rare.any())]])

    return replace(counts, groups=groups, n=gathered(counts.n), absent=gathered(counts.absent),
                   answered=gathered(counts.answered), hidden=gathered(counts.hidden),
                   hidden_absent=gathered(counts.hidden_absent), small=gathered(counts.small))


def _written(item: Item, ids: tuple[str, ...]) -> np.ndarray:
    """Mark the ids that were not declared: numbers, and answers taken from the data."""
    declared = item.kind != "numeric" and item.values != "any"
    return np.array([not declared and one not in item.categories for one in ids], dtype=bool)


def count_bases(counted: Cells, item: Item, group: Item | None) -> Counts:
    """Count how many of each group answered a numeric item."""
    found = _counts(counted, item, group, counted)
    whole = replace(found, values=("",), n=found.answered[:, None])
    groups = hidden_groups(counted, item, group) if group else False
    return marked(counted, whole, groups)


def hidden_groups(counted: Cells, item: Item, group: Item) -> np.ndarray:
    """Mark the groups that are hidden in a Table of their own; an item counts every unit once."""
    groups = counted.values(group)
    if counted.source.minimum <= 1:
        return np.zeros(len(groups), dtype=bool)
    lines = counted.lines(item)
    once = counted.in_base(item) | (lines["role"] == OUTSIDE)
    n = _summed(lines, once, (_places(lines["group"], groups), len(groups)))
    return marked(counted, Counts(group, None, ("",), groups, (), n[None, :],
                                  np.zeros((1, 0), dtype=int), n.sum(keepdims=True),
                                  NONE, NONE, NONE, NONE)).hidden[0]


def _counts(counted: Cells, item: Item, group: Item | None, asked: Meaning) -> Counts:
    """Return the counts, nothing marked yet."""
    lines, values = counted.lines(item), counted.values(item)
    groups, role, names = ("",), lines["role"], lines["value"]
    row = np.zeros(len(role), dtype=int)
    if group:
        groups = counted.values(group)
        row = _places(lines["group"], groups)
    if item.kind == "numeric" and asked is not counted and counted.conditions:
        values = _in_part(item, values, lines)
    reasons, by = (*asked.codes(item), NO_ANSWER), (row, len(groups))
    n = _summed(lines, role == VALUE, by, (_places(names, values), len(values)))
    absent = _summed(lines, role == OUTSIDE, by, (_places(names, reasons), len(reasons)))
    shown = (np.zeros(shape, dtype=bool)
             for shape in (n.shape, absent.shape, len(groups), len(values)))
    return Counts(item, group, groups, values, reasons, n, absent,
                  _summed(lines, counted.in_base(item), by), *shown)


def _in_part(item: Item, numbers: tuple[str, ...], lines: Rows) -> tuple[str, ...]:
    """Keep the numbers that units of the part gave, and those of a short range."""
    kept = {number_id(one) for one in with_marks(item, np.zeros(0))} | set(lines["value"])
    return tuple(one for one in numbers if one in kept)


def _places(found: np.ndarray, names: Sequence[str]) -> np.ndarray:
    at = {name: place for place, name in enumerate(names)}
    return np.array([at.get(one, -1) for one in found.tolist()], dtype=int)


def _summed(lines: Rows, chosen: np.ndarray, *keys: tuple[np.ndarray, int]) -> np.ndarray:
    """Sum the units of the chosen lines by keys: the place of each line (-1 for none), and size."""
    place, size = np.zeros(len(chosen), dtype=int), 1
    for at, many in keys:
        chosen = chosen & (at >= 0)
        place, size = place * many + at, size * many
    sums = np.bincount(place[chosen], lines["n"][chosen], size)
    return sums.astype(int).reshape([many for _, many in keys])
