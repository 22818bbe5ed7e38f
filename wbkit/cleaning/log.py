"""The log: every change that cleaning made, open answers and names masked."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from wbkit.data.responses import LOG_COLUMNS, REASON_COLUMNS
from wbkit.study.item import Item

MASK = "•••"


class Change(NamedTuple):
    """One change of one answer, or of a whole row when `item` is empty."""

    row: int
    item: str
    before: str
    after: str
    rule: str


def masked(item: Item, text: str) -> str:
    """Return the text, or a mask where it could be somebody's own words or name.

    Parameters
    ----------
    item
        The item that was answered.
    text
        What was written.

    Returns
    -------
    str
        The text of a closed or numeric item; ``•••`` for any other.
    """
    return MASK if text and (item.kind == "open" or item.sensitivity == "identifier") else text


def log_frame(changes: Iterable[Change], items: Sequence[str]) -> pd.DataFrame:
    """Return the log, by row and then in the order of the items.

    Parameters
    ----------
    changes
        All changes.
    items
        Ids of the items in the order of study.toml.

    Returns
    -------
    pandas.DataFrame
        One row for each change: row, item, before, after, rule.
    """
    place = {name: number for number, name in enumerate(["", *items])}
    ordered = sorted(changes, key=lambda change: (change.row, place[change.item]))
    return typed_log(pd.DataFrame(ordered, columns=list(LOG_COLUMNS)))


def typed_log(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a log or a table of reasons with its types.

    Parameters
    ----------
    frame
        Columns ``row`` and text.

    Returns
    -------
    pandas.DataFrame
        ``row`` as whole number, the rest as text.
    """
    return frame.astype({name: "int64" if name == "row" else "str" for name in frame.columns})


def reason_frame(reasons: Iterable[tuple[int, str, str]], items: Sequence[str]) -> pd.DataFrame:
    """Return why answers are absent, by row and then in the order of the items.

    Parameters
    ----------
    reasons
        Row, item, reason.
    items
        Ids of the items in the order of study.toml.

    Returns
    -------
    pandas.DataFrame
        One row for each absent answer with a reason: row, item, reason.
    """
    place = {name: number for number, name in enumerate(items)}
    ordered = sorted(reasons, key=lambda reason: (reason[0], place[reason[1]]))
    return typed_log(pd.DataFrame(ordered, columns=list(REASON_COLUMNS)))
