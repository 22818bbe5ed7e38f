"""Made-up counts for a source of counts: the same cells, other numbers."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.text.normalise import heading

ROUNDS = 50


def count_cells(
    raw: Raw, responses: Responses, least: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Write made-up counts as text, under the headings of the original.

    Each count is drawn around what the totals over each two dimensions leave open: those of
    fewer than `least` are not looked at. Which cells there are, and which were not delivered,
    is as in the original; a row with a total is added up again.
    """
    rules = responses.source.counts
    data = responses.data
    made = {name: _drawn(data, rules.cells, name, least, rng)
            for name in (rules.base, *rules.beside)}
    for part in rules.parts:
        rate = np.divide(_expected(data, rules.cells, part, least), np.maximum(
            _expected(data, rules.cells, rules.base, least), 1))
        known = data[part].notna().to_numpy() & np.isfinite(made[rules.base])
        drawn = rng.binomial(np.nan_to_num(made[rules.base]).astype(int), np.clip(rate, 0, 1))
        made[part] = np.where(known, drawn, np.nan)
    cells = _without_own(raw)
    for name, numbers in made.items():
        cells.loc[data.index, _heading(raw, name)] = [_text(one) for one in numbers]
    frame = data.assign(**made)
    for row in raw.data.index.difference(data.index):
        totals = _totals(raw, frame, row, tuple(made))
        cells.loc[row, list(totals)] = list(totals.values())
    return cells.reset_index(drop=True)


def _heading(raw: Raw, name: str) -> str:
    return heading(raw.source.items[name].column or name)


def _without_own(raw: Raw) -> pd.DataFrame:
    """Leave words out that stand in one row only: remarks, and not a date or a definition."""
    items = raw.source.items
    closed = {_heading(raw, name) for name in items if items[name].kind != "open"}
    rest = raw.data[[name for name in raw.data if name not in closed]]
    return raw.data.assign(**{
        name: column.mask(column.map(column.value_counts()) < 2, "")
        for name, column in rest.items()})


def _text(number: float) -> str:
    return "" if np.isnan(number) else str(int(number))


def _expected(data: pd.DataFrame, cells: Sequence[str], name: str, least: int) -> np.ndarray:
    """Spread the totals over each two dimensions over the cells, by iterative fitting."""
    counts = data[name].to_numpy(float)
    there = np.isfinite(counts)
    fitted = np.where(there, max(np.nanmean(counts), 0.5) if there.any() else 1.0, 0.0)
    groups = [data.groupby(list(pair), observed=True, sort=False).ngroup().to_numpy()
              for pair in (combinations(cells, 2) if len(cells) > 1 else [tuple(cells)])]
    for _ in range(ROUNDS):
        for group in groups:
            wanted = np.bincount(group, np.nan_to_num(counts))
            wanted[(wanted > 0) & (wanted < least)] = least / 2
            now = np.bincount(group, fitted)
            fitted = fitted * np.divide(wanted, now, out=np.ones_like(now), where=now > 0)[group]
    return fitted


def _drawn(
    data: pd.DataFrame, cells: Sequence[str], name: str, least: int, rng: np.random.Generator
) -> np.ndarray:
    drawn = rng.poisson(_expected(data, cells, name, least)).astype(float)
    return np.where(data[name].notna(), drawn, np.nan)


def _totals(
    raw: Raw, frame: pd.DataFrame, row: int, counted: Sequence[str]
) -> dict[str, str]:
    """Add the made-up counts of the cells up that a row with a total is about."""
    rules = raw.source.counts
    inside = np.ones(len(frame), dtype=bool)
    for name in rules.cells:
        written = raw.data.loc[row, _heading(raw, name)]
        if rules.totals.get(name) != written:
            inside &= (frame[name].astype(str) == written).to_numpy()
    made = {}
    for name in counted:
        was = raw.data.loc[row, _heading(raw, name)]
        total = int(np.nansum(frame.loc[inside, name].to_numpy(float)))
        text = f"{total:,}".replace(",", ".") if "." in was else str(total)
        made[_heading(raw, name)] = text if was else ""
    return made
