"""Made-up times at which made-up answers came in."""

import numpy as np
import pandas as pd

from wbkit.data.raw import Raw
from wbkit.privacy.twin.answer_grid import AnswerGrid
from wbkit.study.source_kinds import MOMENT
from wbkit.study.study import LEAST_SHOWN

OPENS, CLOSES = 9, 16  # hours of a school day
MINUTES = 8.0  # to fill in a survey, where so few did that it is not said
SPREAD = 0.4  # standard deviation of the logarithm of minutes


def write_times(
    cells: pd.DataFrame, raw: Raw, grid: AnswerGrid, rng: np.random.Generator
) -> None:
    """Write when each unit began and was done, in its moment, in the columns of the export."""
    columns = [raw.ids.get(role) for role in ("started", "completed")]
    if not any(columns) or not len(cells):
        return
    minutes = _minutes(raw) * np.exp(rng.normal(scale=SPREAD, size=len(cells)))
    started = _started(raw, grid, rng, len(cells))
    done = started + pd.to_timedelta(minutes, unit="min").round("s")
    for name, times in zip(columns, (started, done), strict=True):
        if name:
            cells[name] = [time.strftime("%Y-%m-%d %H:%M:%S") for time in times]


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
