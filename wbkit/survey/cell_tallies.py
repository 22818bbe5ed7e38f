"""The counts of Cells by group and value, marked as those of Responses are."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.nouns.count_table import BASE, OUTSIDE, VALUE, Cells
from wbkit.nouns.item import Item
from wbkit.nouns.response import NO_ANSWER, NOT_ASKED
from wbkit.survey.tallies import Counts, marked

NONE = np.zeros(0, dtype=bool)


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
    rows = counted.of(item)
    once = _in_base(rows, item) | (rows["role"] == OUTSIDE).to_numpy()
    groups = counted.values(group)
    n = _table(rows[once], "group", groups).sum(axis=0)
    return marked(counted, Counts(group, None, ("",), groups, (), n[None, :],
                                  np.zeros((1, 0), dtype=int), n.sum(keepdims=True),
                                  NONE, NONE, NONE, NONE)).hidden[0]


def _counts(counted: Cells, item: Item, group: Item | None) -> Counts:
    """Return the counts, nothing marked yet."""
    rows = counted.of(item)
    groups = counted.values(group) if group else ("",)
    rows = rows if group else rows.assign(group="")
    answers = (rows["role"] == VALUE).to_numpy()
    reasons = (*counted.codes(item), NO_ANSWER)
    outside = ((rows["role"] == OUTSIDE) & (rows["value"] != NOT_ASKED)).to_numpy()
    return Counts(
        item, group, groups, counted.values(item), reasons,
        _table(rows[answers], "value", counted.values(item), groups),
        _table(rows[outside], "value", reasons, groups),
        _table(rows[_in_base(rows, item)], "group", groups).sum(axis=0),
        NONE, NONE, NONE, NONE,
    )


def _in_base(rows: pd.DataFrame, item: Item) -> np.ndarray:
    """Mark the rows that together hold everyone who answered."""
    role = rows["role"].to_numpy()
    return (role == BASE) if item.kind == "multiple" else (role == BASE) | (role == VALUE)


def _table(
    rows: pd.DataFrame, column: str, names: Sequence[str], groups: Sequence[str] | None = None
) -> np.ndarray:
    """Sum the units of each name; one row for each group where there are any."""
    place = pd.Index(names, dtype=object).get_indexer(rows[column])
    line = np.zeros(len(rows), dtype=int) if groups is None \
        else pd.Index(groups, dtype=object).get_indexer(rows["group"])
    known = (place >= 0) & (line >= 0)
    lines = 1 if groups is None else len(groups)
    sums = np.bincount((line * len(names) + place)[known], rows["n"].to_numpy()[known],
                       lines * len(names))
    return sums.astype(int).reshape(lines, len(names))
