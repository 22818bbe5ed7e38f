"""The counts that a sentence names, and which of two leads."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label, percentage
from wbkit.messages import _, listing, number
from wbkit.stats.intervals import surely_ahead
from wbkit.study.item import OTHER
from wbkit.table.count_layouts import STATES
from wbkit.table.facts import Part, Routed
from wbkit.table.kinds import KINDS
from wbkit.table.render import Shown
from wbkit.table.table import Table

LEAST_UNITS, LEAST_SHARE = 2, .05  # a lead is at least so many units, and so much of the base
NOT_IDS = frozenset({"state", "unit", "break", "agreement", "reason"})
BASES, SHARES, MEANS = {"coverage": "population", "estimate": "n"}, {"coverage": "coverage"}, \
    {"estimate": "estimate"}
AGREE, NAMED = "agree", re.compile(r"([a-z_0-9]+)=(.+)")
TINY = 1e-9


@dataclass(frozen=True)
class Counted:
    """One count of a Table, or the sum of several answers of it.

    Parameters
    ----------
    table
        The name of the Table.
    ids
        Column and id of what it is about.
    words
        What is counted, in words: the answer, or the item or group.
    n, base, share, mean
        The numbers; absent ones are NaN.
    unit
        What n counts; `units` the words for one and for several.
    part
        The part of the units that is looked at, and who was asked.
    drawn
        Whether it comes from a random sample, so that an interval stands beside it.
    joint
        Whether a unit is a group of people with one answer.
    ranks
        Whether it has a place among others: "something else" and "none" have not.
    """

    table: str
    ids: tuple[tuple[str, str], ...]
    words: str
    n: float
    base: float
    share: float
    mean: float
    unit: str
    units: tuple[str, str]
    part: tuple[tuple[str, tuple[str, ...]], ...] = ()
    drawn: bool = False
    joint: bool = False
    ranks: bool = True

    @property
    def few(self) -> bool:
        """Whether only "3 of the 4" may be said: no percentage, and no place in an order."""
        return self.joint or not self.base >= SMALLEST_BASE

    def of_base(self, language: str, *, units: bool = False) -> str:
        """Write the count with its base, and with what is counted."""
        words = label("n_of_the_base" if self.n else "none_of_the_base", language,
                      n=number(self.n, language), base=number(self.base, language))
        return f"{words} {self.units[self.base != 1]}" if units else words

    def percent(self, language: str) -> str:
        """Write the share; empty where the base is too small for one."""
        return "" if self.few else percentage(self.share, self.base, language)


def counts_of(name: str, table: Table, address: str = "", *, language: str = "nl",
              place: str = "") -> list[Counted]:
    """Return the counts of a Table at an address.

    An address is one or more ids with ``|`` between: an answer, item or group, or column=id.
    ``a+b`` adds up two answers, ``agree`` those that agree. Raises DataError where an id stands
    nowhere in the Table, or answers are added that one unit can both have.
    """
    shown = table.show(language, title=name)
    frame = _answered(table.data, table.dimensions[0]) if table.kind == "answers" else table.data
    ids = [one for one in frame.columns if one not in NOT_IDS
           and not KINDS[table.kind].is_number(one)]
    frame = frame.astype(dict.fromkeys(ids, str))
    added: tuple[str, ...] = ()
    for part in filter(None, address.split("|")):
        match = NAMED.fullmatch(part)
        columns = [match[1]] if match and match[1] in ids else ids
        wanted = match[2] if match and match[1] in ids else part
        values = _values(table, frame, wanted, columns)
        added = values if len(values) > 1 else added
        kept = frame[frame[columns].isin(values).any(axis=1)]
        if kept.empty:
            raise DataError(_(
                "{place}: the Table {table} has no {id!r} there. There is {known}. Use one of "
                "these.",
                place=place, table=name, id=wanted, known=_known(frame, columns)))
        frame = kept
    if added:
        return _summed(name, shown, frame, ids, place)
    return [_count(name, shown, row, ids, frame) for row in frame.to_dict("records")]


def _known(frame: pd.DataFrame, columns: Sequence[str]) -> str:
    found = [one for column in columns for one in frame[column].unique() if one]
    return ", ".join(dict.fromkeys(found[:20]))


def _values(table: Table, frame: pd.DataFrame, wanted: str, columns: Sequence[str]
            ) -> tuple[str, ...]:
    """Return the ids that one part of an address stands for."""
    if bool((frame[list(columns)] == wanted).any(axis=None)):
        return (wanted,)
    items = frame["item"].unique() if "item" in frame else ()
    known = [source.items[one] for source in table.data_sets for one in items
             if one in source.items]
    if wanted == AGREE and len(known) == 1:
        return known[0].agree
    return tuple(wanted.split("+"))


def _answered(data: pd.DataFrame, group: str) -> pd.DataFrame:
    """Count the groups that gave each answer, of those that took part."""
    there = data[~data["state"].isin(STATES)]
    base = there.groupby("item")[group].nunique()
    rows = there.groupby(["item", "value"], sort=False)[group].nunique().rename("n").reset_index()
    return rows.assign(base=rows["item"].map(base), share=float("nan"), state="shown")


def _number(row: dict, column: str) -> float:
    value = row.get(column)
    return math.nan if value is None or pd.isna(value) else float(value)


def _count(name: str, shown: Shown, row: dict, ids: Sequence[str], among: pd.DataFrame
           ) -> Counted:
    kind = shown.kind
    source = next((one for one in shown.sources if one.unit == row.get("unit")),
                  shown.sources[0] if shown.sources else None)
    unit = str(row.get("unit") or (source.unit if source else ""))
    item = next((one.items[row["item"]] for one in shown.sources
                 if row.get("item") in one.items), None)
    n, base = _number(row, "n"), _number(row, BASES.get(kind, "base"))
    share = _number(row, SHARES.get(kind, "share"))
    facts = shown.contents.found(Part, Routed)
    design = source.design if source is not None else None
    return Counted(
        name, tuple((one, row[one]) for one in ids), _words(shown, row, ids, among), n, base,
        n / base if math.isnan(share) and base else share, _number(row, MEANS.get(kind, "")),
        unit, shown.names.units_of(unit), tuple(sorted((one.item, one.values) for one in facts)),
        drawn=not math.isnan(_number(row, "low")),
        joint=design is not None and design.kind == "joint",
        ranks=row.get("value") not in (OTHER, *(item.exclusive if item else ())))


def _words(shown: Shown, row: dict, ids: Sequence[str], among: pd.DataFrame) -> str:
    """Return the words of what sets a row apart from the others that are looked at."""
    own = [one for one in ids if among[one].nunique() > 1]
    column = next((one for one in ("value", "item", "theme", *own, *ids) if one in own),
                  next((one for one in ("value", "theme", "item") if row.get(one)), ids[-1]))
    if column in ("theme", "value") and row.get("value"):
        return shown.words("value", row["value"], item=row.get("item", row.get("margin")))
    return shown.short(row[column]) if column == "item" else shown.words(column, row[column])


def _summed(name: str, shown: Shown, frame: pd.DataFrame, ids: Sequence[str], place: str
            ) -> list[Counted]:
    """Add up answers of one item in one group."""
    rest = [one for one in ids if one != "value"]
    if not shown.adds_up or shown.kind != "frequency":
        raise DataError(_(
            "{place}: one unit of the Table {table} can have several of these answers, so they "
            "cannot be added up. Name one answer.", place=place, table=name))
    found = []
    for __, part in frame.groupby(rest, sort=False):
        rows = [_count(name, shown, row, ids, frame) for row in part.to_dict("records")]
        n, first = sum(one.n for one in rows), rows[0]
        values = " + ".join(dict(one.ids)["value"] for one in rows)
        found.append(Counted(**{
            **vars(first), "n": n, "share": n / first.base if first.base else math.nan,
            "words": listing([one.words for one in rows], shown.language, last="or"),
            "ids": (*((key, one) for key, one in first.ids if key != "value"),
                    ("value", values))}))
    return found


# Which of two leads


def comparable(one: Counted, other: Counted) -> bool:
    """Whether two counts have the same unit and the same base: the same people were asked."""
    groups = [{key: value for key, value in count.ids
               if key not in ("item", "value", "theme")} for count in (one, other)]
    return (one.unit == other.unit and one.base == other.base and one.part == other.part
            and groups[0] == groups[1]
            and math.isnan(one.mean) and math.isnan(other.mean))


def leads(one: Counted, other: Counted) -> bool:
    """Whether a count is ahead by enough to say so.

    By 2 units and 5 points of the base; in a random sample the interval of the difference also
    excludes 0. A Table does not hold how many units gave both answers, so the interval is the
    widest of those that its margins allow [1]_.

    References
    ----------
    .. [1] Tango, T. (1998). Statistics in Medicine, 17, 891-908.
    """
    ahead = one.n - other.n
    enough = ahead >= LEAST_UNITS and one.share - other.share >= LEAST_SHARE - TINY
    return enough and (not one.drawn or surely_ahead(one.n, other.n, one.base))


def ranked(found: Sequence[Counted]) -> list[Counted]:
    """Return the counts that have a place, the highest first; ties keep their order."""
    return sorted((one for one in found if one.ranks and not math.isnan(one.n)),
                  key=lambda one: -one.n)


def first_of(found: Sequence[Counted]) -> list[Counted]:
    """Return the first and all that it does not lead; one alone leads all others."""
    order = ranked(found)
    return [one for one in order if one is order[0] or not leads(order[0], one)]
