"""Fill in what only the whole sample tells: strata, populations and the weights they give.

Weights to margins (raking, post-stratification) are made in weighting.py.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.cells import (
    COUNT_KEYS,
    KEYS,
    POPULATION,
    SUMS,
    UNIT_KEYS,
    UNIT_SUMS,
    Cells,
    Moments,
    Rows,
    numbered,
    together,
)
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.calibration import NotConvergedError, Target, rake
from wbkit.study.design import Design
from wbkit.survey.design.sampling import (
    APART,
    merged_strata,
    strata_items,
    uneven_population,
    within_strata,
)


def settle(cells: Cells) -> Cells:
    """Return Cells whose strata, populations and weights are those of the whole sample."""
    if cells.settled:
        return cells
    design = cells.source.design
    if design is None or design.kind == "joint":
        return replace(cells, settled=True)
    cells = _with_strata(cells, design)
    cells = _with_populations(cells, design)
    return replace(_with_weights(cells, design), settled=True)


def _with_strata(cells: Cells, design: Design) -> Cells:
    if design.strata or not strata_items(design):
        return cells
    if not within_strata(cells.assumption):
        found = list(dict.fromkeys(cells.drawn["stratum"]))
        return cells if found in ([], [""]) else _relabelled(cells, dict.fromkeys(found, ""))
    names = strata_items(design)
    whole = [name for name in cells.units["stratum"].unique() if name]
    cells = _kept(cells, whole)
    counts = cells.units.groupby("stratum")["n"].sum()
    order = [cells.values(name) if cells.item(name).values == "any"
             else cells.item(name).categories for name in names]
    found = merged_strata(counts.to_dict(), order, _populations_of(cells, design, counts))
    cells = _relabelled(cells, found.label)
    known = cells.units["stratum"].map(found.population).to_numpy(float)
    return replace(cells, drawn=cells.drawn.assign(population_1=known))


def _populations_of(cells: Cells, design: Design, counts: pd.Series) -> dict[str, float]:
    """Return the population of each stratum; with several margins by raking the sample."""
    margins = list(design.margins.items())
    if len(margins) == 1:
        return {value: float(count) for value, count in margins[0][1].items()}
    values = [name.split(APART) for name in counts.index]
    targets = []
    for place, (name, totals) in enumerate(margins):
        _refuse_empty(cells, name, totals, {value[place] for value in values})
        known = list(totals)
        codes = np.array([known.index(value[place]) for value in values])
        targets.append(Target(codes, np.array([*totals.values()], dtype=float)))
    try:
        factors = rake(counts.to_numpy(float), targets)
    except NotConvergedError:
        raise DataError(_(
            "{source}: the margins {margins} cannot be met together by these strata. Correct the "
            "margins, or leave one out.",
            source=cells.source.name, margins=", ".join(design.margins))) from None
    return dict(zip(counts.index, counts * factors, strict=True))


def _refuse_empty(cells: Cells, name: str, totals: dict[str, int], found: set[str]) -> None:
    empty = [value for value, total in totals.items() if total and value not in found]
    if empty:
        raise DataError(_(
            "{source}: nobody with {item} = {answer} answered, and there are {n} in the "
            "population. Merge it with another value (recode), and merge the margin alike.",
            source=cells.source.name, item=name, answer=empty[0], n=totals[empty[0]]))


def _kept(cells: Cells, strata: list[str]) -> Cells:
    """Leave out the units whose stratum is not known."""
    kept = _among(cells.drawn["stratum"], strata)
    if kept.all():
        return cells
    moments = {names: _moments_at(one, _among(one.keys["stratum"].to_numpy(), strata))
               for names, one in cells.moments.items()}
    return replace(cells, rows=cells.rows.at(_among(cells.rows["stratum"], strata)),
                   moments=moments, drawn=cells.drawn.at(kept),
                   left_out=cells.left_out + int(cells.drawn["n"][~kept].sum()))


def _among(names: np.ndarray, strata: list[str]) -> np.ndarray:
    known = set(strata)
    return np.array([name in known for name in names.tolist()], dtype=bool)


def _relabelled(cells: Cells, labels: dict[str, str]) -> Cells:
    """Give strata other names, and add up those that share one."""
    def renamed(strata: np.ndarray) -> np.ndarray:
        return np.array([labels[name] for name in strata.tolist()], dtype=object)

    rows, drawn = (one.assign(stratum=renamed(one["stratum"]))
                   for one in (cells.rows, cells.drawn))
    moments = {names: replace(one, keys=one.keys.assign(stratum=pd.Series(
                   renamed(one.keys["stratum"].to_numpy()), dtype=object))).together()
               for names, one in cells.moments.items()}
    return replace(cells, rows=together(rows, COUNT_KEYS, SUMS),
                   drawn=together(drawn, UNIT_KEYS, UNIT_SUMS), moments=moments)


def _moments_at(one: Moments, chosen: np.ndarray) -> Moments:
    arrays = {name: getattr(one, name)[chosen] for name in Moments.ARRAYS}
    return Moments(one.keys[chosen].reset_index(drop=True), **arrays)


def _with_populations(cells: Cells, design: Design) -> Cells:
    """Fill in how many there are to draw from, at each stage."""
    drawn = [drawn_units(cells.drawn, design, stage) for stage in (0, 1)]
    _refuse_uneven(cells, design)
    known = [cells.drawn[name] for name in POPULATION]
    sizes = [np.where(one <= 1, many / np.where(one > 0, one, np.nan), one)
             for one, many in zip(known, drawn, strict=True)]
    if not design.fpc:
        sizes[0] = _declared(cells, design)
    for stage, size in enumerate(sizes):
        if (size < drawn[stage] * (1 - 1e-9)).any():
            place = int(np.flatnonzero(size < drawn[stage] * (1 - 1e-9))[0])
            raise DataError(_(
                "{source}: {drawn:,.0f} were drawn at stage {stage}, out of a population of "
                "{population:,.0f}. Correct population, margins or fpc in the design.",
                source=cells.source.name, drawn=drawn[stage][place], stage=stage + 1,
                population=size[place]))
    return replace(cells, drawn=cells.drawn.assign(population_1=sizes[0], population_2=sizes[1]))


def _refuse_uneven(cells: Cells, design: Design) -> None:
    """Refuse several population sizes for one stratum, or for one PSU at the second stage."""
    for stage, item in enumerate(design.fpc):
        above = cells.units.groupby(["stratum", "psu"][: stage + 1], dropna=False, sort=False)
        if (above[POPULATION[stage]].nunique() > 1).any():
            raise uneven_population(cells.source.name, item)


def _declared(cells: Cells, design: Design) -> np.ndarray:
    drawn = cells.drawn
    if design.cluster:
        return np.full(len(drawn), np.nan)
    if design.strata:
        known = design.margins.get(design.strata, {})
        return np.array([known.get(name, np.nan) for name in drawn["stratum"].tolist()], float)
    if within_strata(cells.assumption) and strata_items(design):
        return drawn["population_1"]
    return np.full(len(drawn), design.population or np.nan, dtype=float)


def drawn_units(drawn: Rows, design: Design, stage: int) -> np.ndarray:
    """Count, for each part, the sampling units of its stratum or PSU at one stage."""
    above = [drawn[key] for key in ("stratum", "psu")[: stage + 1]]
    if len(design.cluster) > stage:
        each = numbered([*above, drawn[("psu", "ssu")[stage]]])
        first = np.unique(each, return_index=True)[1]
        number = numbered(above)
        return np.bincount(number[first], minlength=number.max(initial=-1) + 1)[number] \
            .astype(float)
    number = numbered(above)
    return np.bincount(number, drawn["n"])[number].astype(float)


def places_in(drawn: Rows, rows: Rows | pd.DataFrame) -> np.ndarray:
    """Return for each of `rows` the place of its keys among the parts, where each occurs once."""
    if len(drawn) == 1:
        return np.zeros(len(rows), dtype=int)
    both = [np.concatenate([drawn[key], np.asarray(rows[key])]) for key in KEYS]
    return numbered(both)[len(drawn):]


def _with_weights(cells: Cells, design: Design) -> Cells:
    """Let each unit stand for population / sample, where the design names no weights."""
    if design.weight is not None:
        return cells
    drawn = cells.drawn
    factor = np.ones(len(drawn))
    for stage in range(max(1, len(design.fpc))):
        factor = factor * drawn[POPULATION[stage]] / drawn_units(drawn, design, stage)
    if np.isnan(factor).any() or len(design.cluster) > len(design.fpc):
        return cells
    return inflated(cells, factor)


def inflated(cells: Cells, factor: np.ndarray) -> Cells:
    """Multiply the weights by one factor for each part of the sample."""
    def of(rows: Rows | pd.DataFrame) -> np.ndarray:
        return factor[places_in(cells.drawn, rows)]

    def scaled(rows: Rows, f: np.ndarray) -> Rows:
        more = {name: rows[name] * f for name in UNIT_SUMS if name in rows and name[0] != "n"}
        return rows.assign(**more | {"w2": rows["w2"] * f**2})

    moments = {names: _scaled_moments(one, of(one.keys)) for names, one in cells.moments.items()}
    return replace(cells, rows=scaled(cells.rows, of(cells.rows)),
                   drawn=scaled(cells.drawn, factor), moments=moments)


def _scaled_moments(one: Moments, f: np.ndarray) -> Moments:
    powers = {"w": 1, "wx": 1, "wxx": 1, "w2": 2, "w2x": 2, "w2xx": 2}
    return replace(one, **{name: (getattr(one, name).T * f**power).T
                           for name, power in powers.items()})

