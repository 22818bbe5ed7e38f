"""Counts of people rounded to multiples of five: another way than hiding, chosen in study.toml.

The rules for what is made of counts are those of HESA [1]_: no share of fewer than 22.5 people, no
mean of seven or fewer. The same count is rounded alike wherever it stands; totals are rounded too.

.. [1] HESA (Jisc). Rounding and suppression to anonymise statistics. Standard rounding methodology.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace

import numpy as np
import pandas as pd

from wbkit.privacy.disclosure.bounds import whole_bounds
from wbkit.privacy.disclosure.release import Release
from wbkit.privacy.disclosure.rules import rule_of
from wbkit.privacy.disclosure.statements import Place
from wbkit.table.facts import Bases, Count, Fact
from wbkit.table.kinds import KINDS
from wbkit.table.statements.coding import Row
from wbkit.table.statements.privacy import Rounded
from wbkit.table.statements.survey import Estimated, Kish, Moved, Trimmed
from wbkit.table.table import Table

SHARE_LEAST, MEAN_LEAST = 25, 10  # rounded: of 22.5 people, of more than seven
SHARES_OF = {"share": ("n", "base"), "share_raw": ("n", "base"), "share_top": ("top", "base"),
             "coverage": ("n", "population")}
OWN_SHARE = ("coverage",)  # kinds whose share is of all that are listed, and not of a base
EXACT = ("population",)  # published by the school: no count of who took part
MADE_OF = (Kish, Moved, Trimmed)  # statements of statistics
Without = Callable[[Sequence[Table], Sequence[Place]], list[Table]]


def rounding_of(table: Table) -> int | None:
    """Return to which multiples the counts of a Table are rounded."""
    return next((one.setting.display.rounding for one in table.data_sets
                 if rule_of(one, "intern").of == "rounded"), None)


def rounded(
    tables: Sequence[Table], known: Sequence[Table], profile: str, without: Without
) -> list[Table]:
    """Return Tables with counts of people rounded; a small one that still follows is hidden.

    `without` takes numbers out of Tables.
    """
    steps = [rounding_of(table) for table in tables]
    made = [_rounded(table, step) if step else table
            for table, step in zip(tables, steps, strict=True)]
    left = np.inf
    while any(steps):
        release = Release.of(made, list(known), profile)
        places = [one for one in release.places(_to_hide(release)) if steps[one.table]]
        told = int(np.isfinite(release.floors).sum())
        if not places or told >= left:  # each round hides a number that was told, so it ends
            break
        made, left = without(made, places), told
    return made


def _to_hide(release: Release) -> np.ndarray:
    """Mark the small numbers of which too few are possible; once hidden, what holds them."""
    targets = np.flatnonzero(release.people & ~release.shown.shown)
    ends = whole_bounds(release.shown, targets)
    narrow = np.zeros(len(release.statements), dtype=bool)
    narrow[targets[ends.high - ends.low < release.width[targets]]] = True
    told = np.isfinite(release.floors)
    if (narrow & told).any() or not narrow.any():
        return narrow & told
    rows = abs(release.atoms.rows)
    atoms = rows[np.flatnonzero(narrow)].sum(axis=0) > 0
    return told & ((rows @ atoms.astype(float)) > 0)


# One Table


def _rounded(table: Table, step: int) -> Table:
    names = {one.name for one in table.data_sets if rule_of(one, "intern").of == "rounded"}
    rows = _of_people(table, names)
    data = table.data
    form = KINDS[table.kind]
    counts = [name for name in data if form.columns.get(name) in ("count", "base")
              and name not in EXACT]
    data = data.assign(**{name: data[name].astype(float).mask(rows, _near(data[name], step))
                          for name in counts})
    data = _statistics(data, table, rows, step)
    facts = [_rounded_fact(one, step, names) for one in table.facts
             if not isinstance(one, (*MADE_OF, Rounded))]
    return replace(table, data=data, facts=(*facts, Rounded(step)))


def _of_people(table: Table, names: AbstractSet[str]) -> pd.Series:
    """Mark the rows that count people: of several sources not all do."""
    data = table.data
    if len(table.data_sets) == len(names):
        return pd.Series(True, index=data.index)
    if table.kind == "matrix":
        own = {one.id for one in table.found(Row) if one.source in names}
        return data["row"].isin(own)
    column = "source" if "source" in data else "row"
    return data[column].astype(str).map(
        lambda one: one.partition(":")[0].partition(".")[0] in names) \
        if column in data else pd.Series(True, index=data.index)


def _near(counts: pd.Series, step: int) -> pd.Series:
    return (counts.astype(float) / step).round() * step


def _statistics(
    data: pd.DataFrame, table: Table, rows: pd.Series, step: int
) -> pd.DataFrame:
    """Make shares anew of rounded counts; leave out what else is made of exact ones."""
    form = KINDS[table.kind]
    loose = [name for name in data if form.columns.get(name) in ("share", "statistic", "mean")]
    made = {name: _share(data, name, table, step) if name in SHARES_OF else
            _mean(data, table) if name == "estimate" else np.nan for name in loose}
    data = data.assign(**{name: data[name].astype(float).mask(rows, one)
                          for name, one in made.items()})
    if table.kind not in ("test", "model", "reliability"):
        return data
    gone = [name for name in form.hides if name in data]
    return data.assign(**{name: data[name].astype(float).mask(rows) for name in gone},
                       state=data["state"].mask(rows, "hidden"))


def _share(data: pd.DataFrame, name: str, table: Table, step: int) -> pd.Series:
    """Return a share of rounded counts; that of weighted counts is left out."""
    part, whole = SHARES_OF[name]
    base = data.get(whole)
    if table.kind in OWN_SHARE and name == "share":  # of all that a margin lists, told nowhere
        before = table.data
        told = (before["n"] / before["share"].where(before["share"] > 0)).round()
        base = _near(told.groupby(before["margin"]).transform("max"), step)
    if base is None or part not in data or (name == "share" and "share_raw" in data):
        return pd.Series(np.nan, index=data.index)
    return (data[part] / base.where(base > 0)).where(base >= SHARE_LEAST)


def _mean(data: pd.DataFrame, table: Table) -> pd.Series:
    """Return a mean with one decimal, of enough people; other statistics are left out."""
    plain = any(one.statistic == "mean" for one in table.found(Estimated))
    kept = (data["n"] >= MEAN_LEAST) & plain & ("estimate_raw" not in data)
    return data["estimate"].round(1).where(kept)


def _rounded_fact(fact: Fact, step: int, names: AbstractSet[str]) -> Fact:
    if isinstance(fact, Bases):
        return replace(fact, facts=tuple(_rounded_fact(one, step, names) for one in fact.facts)) \
            if set(fact.sources) <= names else fact
    counts = {one.name: Count(float(step * round(count.n / step))) for one in fields(fact)
              if isinstance(count := getattr(fact, one.name), Count) and count.n is not None}
    return replace(fact, **counts) if counts else fact
