"""Items made from other items, and from the time of the answers."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from wbkit.cleaning.answers import Answers
from wbkit.cleaning.log import Change
from wbkit.data.cleaning_log import BACKWARDS, OUTSIDE_MOMENTS
from wbkit.data.raw import Raw
from wbkit.errors import DataError
from wbkit.study.item import NO, YES, Item
from wbkit.study.source import Source
from wbkit.study.source_kinds import MINUTES, MOMENT


def derive(item: Item, known: Mapping[str, Answers]) -> Answers:
    """Work out a derived item; it is absent where what it is made from is absent."""
    _check(item, known)
    parents = [known[name] for name in item.parents]
    values, unknown = _recoded(item, parents[0]) if item.recode else (_yes_or_no(item, parents), {})
    values[~np.logical_and.reduce([parent.filled for parent in parents])] = None
    reason = np.full(len(values), "", dtype=object)
    for parent in reversed(parents):
        reason = np.where(parent.reason != "", parent.reason, reason)
    nothing = np.full(len(values), "", dtype=object)
    return Answers(item, parents[0].rows, values, reason, nothing, unknown=unknown)


def moments(source: Source, raw: Raw, rows: pd.Index) -> Answers:
    """Say at which declared moment each unit answered."""
    if raw.started.empty:
        raise DataError(
            f"{source.name}, moments: {source.file} does not say when each row was started. "
            "Remove moments from study.toml, or export the file with its times."
        )
    started = raw.started.loc[rows]
    values = np.full(len(rows), None, dtype=object)
    for name, moment in source.moments.items():
        start, end = (pd.Timestamp(time).tz_localize(None) for time in (moment.start, moment.end))
        values[((started >= start) & (started < end)).to_numpy()] = name
    outside = started[(values == None) & started.notna().to_numpy()]  # noqa: E711 - elementwise
    changes = tuple(Change(row, MOMENT, str(time), "", OUTSIDE_MOMENTS)
                    for row, time in outside.items())
    nothing = np.full(len(rows), "", dtype=object)
    return Answers(source.items[MOMENT], rows.to_numpy(), values, nothing, nothing, changes)


def minutes(raw: Raw, rows: pd.Index, item: Item) -> Answers:
    """Say how many minutes each unit took."""
    took = (raw.completed.loc[rows] - raw.started.loc[rows]).dt.total_seconds() / 60
    backwards = took[took < 0]
    changes = tuple(Change(row, MINUTES, f"{length:g}", "", BACKWARDS)
                    for row, length in backwards.items())
    nothing = np.full(len(rows), "", dtype=object)
    values = took.mask(took < 0).to_numpy(dtype="float64")
    return Answers(item, rows.to_numpy(), values, nothing, nothing, changes)


def _recoded(item: Item, parent: Answers) -> tuple[np.ndarray, dict[str, list[int]]]:
    """Return the merged answers, and those about which the rule says nothing."""
    rule = {value: value for value in item.categories} | item.recode.map
    unknown: dict[str, list[int]] = {}
    values = np.full(len(parent.values), None, dtype=object)
    for value in pd.unique(parent.values[parent.filled]):
        which = parent.values == value
        if value in rule:
            values[which] = rule[value]
        else:
            unknown[value] = parent.rows[which].tolist()
    return values, unknown


def _yes_or_no(item: Item, parents: list[Answers]) -> np.ndarray:
    if item.both:
        yes = np.logical_and.reduce([parent.has((YES,)) for parent in parents])
    else:
        rule = item.any_of or item.none_of
        yes = parents[0].has(rule.values)
        yes = ~yes if item.none_of else yes
    return np.where(yes, YES, NO).astype(object)


def _check(item: Item, known: Mapping[str, Answers]) -> None:
    parents = [known[name].item for name in item.parents]
    if item.kind not in ("nominal", "ordinal"):
        raise DataError(f"items.{item.name}: a derived item is nominal or ordinal; this one is "
                        f"{item.kind}. Correct its kind in study.toml.")
    for parent in parents:
        if not parent.closed or (item.recode and parent.kind == "multiple"):
            raise DataError(
                f"items.{item.name}: is made from {parent.name}, which is {parent.kind}. "
                f"{'recode needs a nominal or ordinal' if item.recode else 'It needs a closed'} "
                "item. Correct study.toml."
            )
        if item.both and YES not in parent.categories:
            raise DataError(
                f"items.{item.name}: both needs items with the value {YES!r}; {parent.name} has "
                f"{', '.join(parent.categories)}. Make a yes-or-no item of it with any_of."
            )
