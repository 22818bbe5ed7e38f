"""The log: every change that cleaning made, open answers and names masked."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from wbkit.data.cleaning_log import RULES, SET_ASIDE, SUSPECTED, rule_id
from wbkit.data.responses import LOG_COLUMNS, REASON_COLUMNS, Responses
from wbkit.study.item import Item
from wbkit.table.facts import Cleaned, ShortNames, Subject
from wbkit.table.table import Table

MASK = "•••"
DUPLICATE = "duplicate"


class Change(NamedTuple):
    """One change of one answer, or of a whole row when `item` is empty."""

    row: int
    item: str
    before: str
    after: str
    rule: str


def masked(item: Item, text: str) -> str:
    """Return the text, or a mask where it could be somebody's own words or name.

    Gives the text of a closed or numeric item; ``•••`` for any other.
    """
    return MASK if text and (item.kind == "open" or item.sensitivity == "identifier") else text


def log_frame(cleaning_summary: Iterable[Change], items: Sequence[str]) -> pd.DataFrame:
    """Return the log, by row and then in the order of the items."""
    place = {name: number for number, name in enumerate(["", *items])}
    ordered = sorted(cleaning_summary, key=lambda change: (change.row, place[change.item]))
    return typed_log(pd.DataFrame(ordered, columns=list(LOG_COLUMNS)))


def typed_log(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a log or a table of reasons with its types."""
    return frame.astype({name: "int64" if name == "row" else "str" for name in frame.columns})


def reason_frame(reasons: Iterable[tuple[int, str, str]], items: Sequence[str]) -> pd.DataFrame:
    """Return why answers are absent, by row and then in the order of the items."""
    place = {name: number for number, name in enumerate(items)}
    ordered = sorted(reasons, key=lambda reason: (reason[0], place[reason[1]]))
    return typed_log(pd.DataFrame(ordered, columns=list(REASON_COLUMNS)))


def cleaning_summary(responses: Responses) -> Table:
    """Count what cleaning changed between the raw file and these answers.

    Parameters
    ----------
    responses
        Answers with their cleaning log.

    Returns
    -------
    Table
        One row for each rule and item.

        - ``rule``: id of the rule, or the reason that a person gave for setting a row aside
        - ``item``: id of the item, empty where a whole row was changed
        - ``n``: how many answers or rows

        The base says how many rows the file held, how many were kept and how many set aside.
    """
    kinds = responses.log.assign(rule=responses.log["rule"].map(_rule))
    data = kinds.groupby(["rule", "item"], sort=False).size().rename("n").reset_index()
    data = data.sort_values("item", key=lambda items: items != "", kind="stable",
                            ignore_index=True)
    kept = len(responses.data)
    rows = kept if responses.raw_rows is None else responses.raw_rows
    facts = (Subject("changes"), Cleaned(kept, rows - kept), ShortNames())
    return Table(data, "listing", (), facts, (responses.source,))


def _rule(words: str) -> str:
    """Return the id of a rule; a reason that a person gave stays as it is."""
    rule = rule_id(words)
    if rule.startswith(SUSPECTED):
        return DUPLICATE
    rule = rule.removeprefix(f"{SET_ASIDE}: ")
    return RULES.get(rule, rule)
