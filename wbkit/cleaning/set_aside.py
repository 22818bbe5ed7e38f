"""Rows that do not count: set aside by a person, without any answer, or double."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from wbkit.cleaning.log import Change
from wbkit.data.cleaning_log import KEPT, NO_ANSWER, SET_ASIDE, SUSPECTED, TOTAL
from wbkit.data.raw import Raw
from wbkit.data.responses import asked_items
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.source import SetAside, Source
from wbkit.text.normalise import did_you_mean, heading, listed, tidy


def set_aside_rows(raw: Raw, source: Source) -> tuple[np.ndarray, list[Change]]:
    """Say which rows count, and why the others do not."""
    kept = np.ones(len(raw.data), dtype=bool)
    changes: list[Change] = []
    for rule in (*source.set_aside, *_totals(source)):
        matched = kept & _matches(raw, source, rule)
        changes += _aside(raw, matched, f"{SET_ASIDE}: {rule.reason}")
        kept &= ~matched
    blank = kept & _without_answer(raw, source)
    changes += _aside(raw, blank, NO_ANSWER)
    kept &= ~blank
    again, suspected = _duplicates(raw, source, kept)
    return kept & ~again, changes + suspected


def _totals(source: Source) -> list[SetAside]:
    """Return the rules for rows that hold totals of other rows."""
    words = source.counts.totals if source.counts else {}
    return [SetAside(where={name: word}, reason=TOTAL) for name, word in words.items()]


def _aside(raw: Raw, which: np.ndarray, rule: str) -> list[Change]:
    return [Change(row, "", "", SET_ASIDE, rule) for row in raw.data.index[which].tolist()]


def _matches(raw: Raw, source: Source, rule: SetAside) -> np.ndarray:
    matched = np.ones(len(raw.data), dtype=bool)
    for name, wanted in rule.where.items():
        wanted = wanted if isinstance(wanted, list | tuple) else [wanted]
        matched &= raw.data[_column(raw, source, name)].map(tidy).isin(
            [_text(value) for value in wanted]).to_numpy(dtype=bool)
    if not matched.any():
        condition = ", ".join(f"{name} = {value}" for name, value in rule.where.items())
        raise DataError(_(
            "{source}, set_aside: no row of {file} has {condition}. A rule must match at least "
            "one row. Correct it, or remove it from study.toml.",
            source=source.name, file=source.file, condition=condition))
    return matched


def _column(raw: Raw, source: Source, name: str) -> str:
    """Return the column of an item, a heading, or a role such as id."""
    names = {item.name: item.headings[0] for item in asked_items(source)}
    names |= raw.ids | {heading: heading for heading in raw.data.columns}
    if name in names or heading(name) in names:
        return names.get(name) or names[heading(name)]
    raise DataError(_(
        "{source}, set_aside: {name!r} is no item and no heading of {file}. {hint}",
        source=source.name, name=name, file=source.file,
        hint=did_you_mean(name, names) or _("Use id, an item or a heading.")))


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).upper() if isinstance(value, bool) else tidy(str(value))


def _answer_columns(source: Source, *, identifiers: bool) -> list[str]:
    return [one for item in asked_items(source) for one in item.headings
            if identifiers or item.sensitivity != "identifier"]


def _without_answer(raw: Raw, source: Source) -> np.ndarray:
    blank = np.ones(len(raw.data), dtype=bool)
    for name in _answer_columns(source, identifiers=False):
        column = raw.data[name].to_numpy(dtype=object)
        blank[blank] = [not text.strip() for text in column[blank]]
    return blank


def _duplicates(
    raw: Raw, source: Source, kept: np.ndarray
) -> tuple[np.ndarray, list[Change]]:
    """Return which rows to set aside as double, and the list of suspected ones."""
    again = np.zeros(len(raw.data), dtype=bool)
    if source.duplicates is None:
        return again, []
    places = np.flatnonzero(kept)
    same = _same_answers(raw.data.iloc[places], _answer_columns(source, identifiers=True))
    changes: list[Change] = []
    keep = source.duplicates.keep
    for group in _groups(places, same, _starts(raw, source), source.duplicates.minutes):
        stays = group[-1] if keep == "last" else group[0]
        others = [place for place in group if place != stays]
        again[others] = keep != "all"
        rule = f"{SUSPECTED} of row {raw.data.index[stays]}"
        after = KEPT if keep == "all" else SET_ASIDE
        changes += [Change(row, "", "", after, rule) for row in raw.data.index[others].tolist()]
    return again, changes


def _same_answers(data: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Number the rows so that rows with the same answers have the same number."""
    number = np.zeros(len(data), dtype="int64")
    for name in columns:
        codes, _ = pd.factorize(data[name].to_numpy(dtype=object))
        number, _ = pd.factorize(number * (codes.max(initial=0) + 1) + codes)
    return number


def _starts(raw: Raw, source: Source) -> pd.Series | None:
    """Return the start times that the rule needs, None when it needs none."""
    if source.duplicates is None or source.duplicates.minutes is None:
        return None
    if raw.started.isna().all():
        raise DataError(_(
            "{source}, duplicates: {rule!r} needs the time at which each row was started, and "
            '{file} has none that can be read. Write "same answers" in study.toml.',
            source=source.name, rule=source.duplicates.rule, file=source.file))
    return raw.started


def _groups(
    places: np.ndarray, same: np.ndarray, starts: pd.Series | None, minutes: int | None
) -> list[list[int]]:
    """Return places of rows that have the same answers and were started close together."""
    frame = pd.DataFrame({"place": places, "group": same})
    frame = frame[frame.duplicated("group", keep=False)]
    if starts is not None:
        frame = frame.assign(start=starts.to_numpy()[frame["place"]]).dropna()
        frame = frame.sort_values(["group", "start", "place"])
        close = frame["start"].diff() <= pd.Timedelta(minutes=minutes)
        frame = frame.assign(group=(~close | (frame["group"].diff() != 0)).cumsum())
    groups = frame.groupby("group")["place"].agg(list)
    return [group for group in groups if len(group) > 1]


def rows_listed(rows: Sequence[int]) -> str:
    """Return the first rows in words."""
    words = listed(rows, most=3)
    return _("row {rows}", rows=words) if len(rows) == 1 else _("rows {rows}", rows=words)
