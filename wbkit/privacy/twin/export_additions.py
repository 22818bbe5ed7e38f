"""What an export holds beside answers, made up: numbers, times, double and empty rows."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from wbkit.data.raw import Raw
from wbkit.privacy.twin.answer_grid import AnswerGrid
from wbkit.study.source_kinds import MOMENT
from wbkit.study.study import LEAST_SHOWN

OPENS, CLOSES = 9, 16  # hours of a school day
MINUTES = 8.0  # to fill in a survey, where so few did that it is not said
SPREAD = 0.4  # standard deviation of the logarithm of minutes


def additions(
    raw: Raw, grid: AnswerGrid, asked: Collection[str], rng: np.random.Generator
) -> dict[str, Sequence[str]]:
    """Return heading = cells of the columns that are no question.

    Rows are numbered anew; of other columns only what at least five people share is drawn.
    """
    n = len(grid.codes)
    made: dict[str, Sequence[str]] = _times(raw, grid, rng)
    for name in raw.data.columns:
        if name in asked or name in made:
            continue
        if name == raw.ids.get("id"):
            made[name] = [str(at + 1) for at in range(n)]
            continue
        counts = raw.data[name].value_counts()
        often = counts[counts >= min(LEAST_SHOWN, len(raw.data))]
        if len(often):
            made[name] = rng.choice(often.index.to_numpy(dtype=object), size=n,
                                    p=(often / often.sum()).to_numpy())
    return made


def _times(
    raw: Raw, grid: AnswerGrid, rng: np.random.Generator
) -> dict[str, Sequence[str]]:
    """Return when each unit began and was done, in its moment, in the columns of the export."""
    columns, n = [raw.ids.get(role) for role in ("started", "completed")], len(grid.codes)
    if not any(columns) or not n:
        return {}
    minutes = _minutes(raw) * np.exp(rng.normal(scale=SPREAD, size=n))
    started = _started(raw, grid, rng, n)
    done = started + pd.to_timedelta(minutes, unit="min").round("s")
    return {name: [time.strftime("%Y-%m-%d %H:%M:%S") for time in times]
            for name, times in zip(columns, (started, done), strict=True) if name}


def _minutes(raw: Raw) -> float:
    """Return how long it took in general, in whole minutes."""
    if len(raw.started) < LEAST_SHOWN or len(raw.completed) < LEAST_SHOWN:
        return MINUTES
    took = (raw.completed - raw.started).dt.total_seconds().median() / 60
    return max(float(round(took)), 1.0) if np.isfinite(took) else MINUTES


def _started(
    raw: Raw, grid: AnswerGrid, rng: np.random.Generator, n: int
) -> pd.DatetimeIndex:
    moments = list(raw.source.moments.values())
    if moments:
        place = grid.places(MOMENT)[0]
        codes = np.where(grid.codes[:, place] >= 0, grid.codes[:, place],
                         rng.integers(len(moments), size=n))
        begins = pd.DatetimeIndex([moments[code].start for code in codes])
        lasts = np.array([(moments[code].end - moments[code].start).total_seconds()
                          for code in codes])
        return begins + pd.to_timedelta(np.floor(rng.random(n) * lasts * 0.8), unit="s")
    times = raw.started if len(raw.started) else raw.completed
    known = pd.to_datetime(times).dropna()
    first = known.min().normalize() if len(known) else pd.Timestamp("2023-01-09")
    last = known.max().normalize() if len(known) else first
    days = rng.integers(0, (last - first).days + 1, size=n)
    seconds = rng.integers(OPENS * 3600, CLOSES * 3600, size=n)
    return pd.DatetimeIndex([first + pd.Timedelta(days=int(day), seconds=int(second))
                             for day, second in zip(days, seconds, strict=True)])


def with_odd_rows(
    cells: pd.DataFrame, raw: Raw, odd: tuple[int, int], rng: np.random.Generator
) -> pd.DataFrame:
    """Add the rows that do not count: double ones, empty ones, those that a rule sets aside.

    `odd` says how many are double and how many are empty.
    """
    ids, (doubled, blank) = raw.ids, odd
    extra = [cells.iloc[[rng.integers(len(cells))]] for _ in range(doubled) if len(cells)]
    none = cells.iloc[:1].assign(**{name: "" for name in cells.columns
                                    if name not in ids.values()})
    rows = pd.concat([cells, *extra, *[none] * blank], ignore_index=True)
    for place, rule in enumerate(raw.source.set_aside):
        row = len(cells) - 1 - place
        for name, wanted in rule.where.items():
            column = _column_of(raw, name)
            value = str(wanted[0] if isinstance(wanted, list | tuple) else wanted)
            if column is not None and not (rows[column] == value).any() and row >= 0:
                rows.loc[row, column] = value
    if "id" in ids and not raw.source.set_aside:
        rows[ids["id"]] = [str(at + 1) for at in range(len(rows))]
    elif "id" in ids:
        rows.loc[len(cells):, ids["id"]] = [str(at + 1) for at in range(len(cells), len(rows))]
    return rows


def _column_of(raw: Raw, name: str) -> str | None:
    if name in raw.source.items:
        return raw.source.items[name].headings[0]
    return raw.ids.get(name, name if name in raw.data else None)
