"""The counts of Cells by group and value, marked as those of Responses are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from wbkit.data.cells import BASE, OUTSIDE, VALUE, Cells
from wbkit.data.responses import NO_ANSWER, NOT_ASKED
from wbkit.study.item import Item
from wbkit.survey.counts.tallies import Counts, marked

NONE = np.zeros(0, dtype=bool)
Lines = Mapping[str, np.ndarray]


def count_cells(counted: Cells, items: Sequence[Item], group: Item | None) -> list[Counts]:
    """Take the counts of items from Cells, for everyone or for each group.

    Parameters
    ----------
    counted
        Cells of these items, counted by this group.
    items
        Items of which the values were counted.
    group
        The item that divides the units; a unit without a group is in no row.

    Returns
    -------
    list of Counts
        One for each item. What is hidden in a Table of the group or of the item alone is
        hidden here too.
    """
    if group is None or counted.source.minimum <= 1:
        return [marked(counted, _counts(counted, item, group)) for item in items]
    alone = [marked(counted, _counts(counted, item, None)).hidden[0] for item in items]
    groups = hidden_groups(counted, items[0], group)
    return [marked(counted, _counts(counted, item, group), groups, hidden)
            for item, hidden in zip(items, alone, strict=True)]


def count_bases(counted: Cells, item: Item, group: Item | None) -> Counts:
    """Count how many of each group answered a numeric item."""
    found = _counts(counted, item, group)
    whole = replace(found, values=("",), n=found.answered[:, None])
    groups = hidden_groups(counted, item, group) if group else False
    return marked(counted, whole, groups)


def hidden_groups(counted: Cells, item: Item, group: Item) -> np.ndarray:
    """Mark the groups that are hidden in a Table of their own; an item counts every unit once."""
    if counted.source.minimum <= 1:
        return np.zeros(len(counted.values(group)), dtype=bool)
    lines = counted.lines(item)
    once = _in_base(lines, item) | (lines["role"] == OUTSIDE)
    groups = counted.values(group)
    n = _table(lines, once, "group", groups).sum(axis=0)
    return marked(counted, Counts(group, None, ("",), groups, (), n[None, :],
                                  np.zeros((1, 0), dtype=int), n.sum(keepdims=True),
                                  NONE, NONE, NONE, NONE)).hidden[0]


def _counts(counted: Cells, item: Item, group: Item | None) -> Counts:
    """Return the counts, nothing marked yet."""
    lines = counted.lines(item)
    groups = counted.values(group) if group else ("",)
    lines = lines if group else {**lines, "group": np.full(len(lines["n"]), "", dtype=object)}
    reasons = (*counted.codes(item), NO_ANSWER)
    outside = (lines["role"] == OUTSIDE) & (lines["value"] != NOT_ASKED)
    return Counts(
        item, group, groups, counted.values(item), reasons,
        _table(lines, lines["role"] == VALUE, "value", counted.values(item), groups),
        _table(lines, outside, "value", reasons, groups),
        _table(lines, _in_base(lines, item), "group", groups).sum(axis=0),
        NONE, NONE, NONE, NONE,
    )


def _in_base(lines: Lines, item: Item) -> np.ndarray:
    """Mark the lines that together hold everyone who answered."""
    role = lines["role"]
    return (role == BASE) if item.kind == "multiple" else (role == BASE) | (role == VALUE)


def _table(
    lines: Lines, chosen: np.ndarray, column: str, names: Sequence[str],
    groups: Sequence[str] | None = None,
) -> np.ndarray:
    """Sum the units of each name; one row for each group where there are any."""
    place = _places(lines[column][chosen], names)
    row = np.zeros(len(place), dtype=int) if groups is None \
        else _places(lines["group"][chosen], groups)
    known = (place >= 0) & (row >= 0)
    rows = 1 if groups is None else len(groups)
    sums = np.bincount((row * len(names) + place)[known], lines["n"][chosen][known],
                       rows * len(names))
    return sums.astype(int).reshape(rows, len(names))


def _places(found: np.ndarray, names: Sequence[str]) -> np.ndarray:
    at = {name: place for place, name in enumerate(names)}
    return np.array([at.get(one, -1) for one in found.tolist()], dtype=int)
