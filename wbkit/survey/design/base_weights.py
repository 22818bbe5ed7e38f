"""Fill in what only the whole sample tells: strata, populations and the weights they give."""

from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.data.cells import (
    KEYS,
    POPULATION,
    SUMS,
    UNIT_SUMS,
    Cells,
    Moments,
    numbered,
    together,
)
from wbkit.errors import DataError
from wbkit.messages import number
from wbkit.stats.calibration import NotConvergedError, Target, rake
from wbkit.study.design import Design
from wbkit.survey.design.sampling import APART, merged_strata, strata_items, uneven_population

WITHIN_STRATA = ("random within strata", "aselect binnen strata")


def within_strata(assumption: str | None) -> bool:
    """Whether the assumption is that units were met at random within each stratum."""
    return (assumption or "").strip(" .").lower() in WITHIN_STRATA


def settle(cells: Cells) -> Cells:
    """Return Cells whose strata, populations and weights are those of the whole sample.

    Parameters
    ----------
    cells
        Cells of all parts of a source together.

    Returns
    -------
    Cells
        Strata: the declared ones, or under "random within strata" the margins, sparse ones
        merged. Populations: those of the fpc items, otherwise the declared counts. Weights:
        those of the weight item, otherwise population / sample in each stratum where both
        are known.
    """
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
        found = list(cells.units["stratum"].unique())
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
    return replace(cells, units=cells.units.assign(population_1=known))


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
        raise DataError(
            f"{cells.source.name}: the margins {', '.join(design.margins)} cannot be met "
            "together by these strata. Correct the margins, or leave one out."
        ) from None
    return dict(zip(counts.index, counts * factors, strict=True))


def _refuse_empty(cells: Cells, name: str, totals: dict[str, int], found: set[str]) -> None:
    empty = [value for value, total in totals.items() if total and value not in found]
    if empty:
        raise DataError(
            f"{cells.source.name}: nobody with {name} = {empty[0]} answered, and there are "
            f"{totals[empty[0]]} in the population. Merge it with another value (recode), and "
            "merge the margin alike."
        )


def _kept(cells: Cells, strata: list[str]) -> Cells:
    """Leave out the units whose stratum is not known."""
    lost = ~cells.units["stratum"].isin(strata)
    if not lost.any():
        return cells
    counts = cells.counts[cells.counts["stratum"].isin(strata)].reset_index(drop=True)
    moments = {names: _rows(one, one.keys["stratum"].isin(strata).to_numpy())
               for names, one in cells.moments.items()}
    return replace(cells, counts=counts, moments=moments,
                   units=cells.units[~lost].reset_index(drop=True),
                   left_out=cells.left_out + int(cells.units.loc[lost, "n"].sum()))


def _relabelled(cells: Cells, labels: dict[str, str]) -> Cells:
    """Give strata other names, and add up those that share one."""
    def renamed(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(stratum=frame["stratum"].map(labels).astype(object))

    counts = together(renamed(cells.counts), [*KEYS, "item", "group", "value", "role"], SUMS)
    units = together(renamed(cells.units), [*KEYS, *POPULATION], UNIT_SUMS)
    moments = {names: replace(one, keys=renamed(one.keys)).together()
               for names, one in cells.moments.items()}
    return replace(cells, counts=counts, units=units, moments=moments)


def _rows(one: Moments, chosen: np.ndarray) -> Moments:
    arrays = {name: getattr(one, name)[chosen] for name in Moments.ARRAYS}
    return Moments(one.keys[chosen].reset_index(drop=True), **arrays)


def _with_populations(cells: Cells, design: Design) -> Cells:
    """Fill in how many there are to draw from, at each stage."""
    units = cells.units
    drawn = [drawn_units(units, design, stage) for stage in (0, 1)]
    _refuse_uneven(cells, design)
    known = units[list(POPULATION)].to_numpy(float).T
    sizes = [np.where(one <= 1, many / np.where(one > 0, one, np.nan), one)
             for one, many in zip(known, drawn, strict=True)]
    if not design.fpc:
        sizes[0] = _declared(cells, design)
    for stage, size in enumerate(sizes):
        if (size < drawn[stage] * (1 - 1e-9)).any():
            place = int(np.flatnonzero(size < drawn[stage] * (1 - 1e-9))[0])
            raise DataError(
                f"{cells.source.name}: {number(drawn[stage][place], 'en')} were drawn at stage "
                f"{stage + 1}, out of a population of {number(size[place], 'en')}. Correct "
                "population, margins or fpc in the design."
            )
    return replace(cells, units=units.assign(population_1=sizes[0], population_2=sizes[1]))


def _refuse_uneven(cells: Cells, design: Design) -> None:
    """Refuse several population sizes for one stratum, or for one PSU at the second stage."""
    for stage, item in enumerate(design.fpc):
        above = cells.units.groupby(["stratum", "psu"][: stage + 1], dropna=False, sort=False)
        if (above[POPULATION[stage]].nunique() > 1).any():
            raise uneven_population(cells.source.name, item)


def _declared(cells: Cells, design: Design) -> np.ndarray:
    units = cells.units
    if design.cluster:
        return np.full(len(units), np.nan)
    if design.strata:
        return units["stratum"].map(design.margins.get(design.strata, {})).to_numpy(float)
    if within_strata(cells.assumption) and strata_items(design):
        return units["population_1"].to_numpy()
    return np.full(len(units), design.population or np.nan, dtype=float)


def drawn_units(units: pd.DataFrame, design: Design, stage: int) -> np.ndarray:
    """Count, for each row of `units`, the sampling units of its stratum or PSU at one stage."""
    above = ["stratum", "psu"][: stage + 1]
    if len(design.cluster) > stage:
        grouped = units.groupby(above, dropna=False, sort=False)
        return grouped[("psu", "ssu")[stage]].transform("nunique").to_numpy(float)
    number = numbered([units[key].to_numpy() for key in above])
    return np.bincount(number, units["n"])[number].astype(float)


def places_in(units: pd.DataFrame, rows: pd.DataFrame) -> np.ndarray:
    """Return for each of `rows` the place of its keys among `units`, where each occurs once."""
    if len(units) == 1:
        return np.zeros(len(rows), dtype=int)
    both = [np.concatenate([units[key].to_numpy(), rows[key].to_numpy()]) for key in KEYS]
    return numbered(both)[len(units):]


def _with_weights(cells: Cells, design: Design) -> Cells:
    """Let each unit stand for population / sample, where the design names no weights."""
    if design.weight is not None:
        return cells
    units = cells.units
    factor = np.ones(len(units))
    for stage in range(max(1, len(design.fpc))):
        factor = factor * units[POPULATION[stage]].to_numpy() / drawn_units(units, design, stage)
    if np.isnan(factor).any() or len(design.cluster) > len(design.fpc):
        return cells
    return inflated(cells, factor)


def inflated(cells: Cells, factor: np.ndarray) -> Cells:
    """Multiply the weights by one factor for each row of `units`."""
    def of(frame: pd.DataFrame) -> np.ndarray:
        return factor[places_in(cells.units, frame)]

    def scaled(frame: pd.DataFrame, f: np.ndarray) -> pd.DataFrame:
        more = {name: frame[name].to_numpy() * f
                for name in UNIT_SUMS if name in frame and name[0] != "n"}
        return frame.assign(**more | {"w2": frame["w2"].to_numpy() * f**2})

    moments = {names: _scaled_moments(one, of(one.keys)) for names, one in cells.moments.items()}
    return replace(cells, counts=scaled(cells.counts, of(cells.counts)),
                   units=scaled(cells.units, factor), moments=moments)


def _scaled_moments(one: Moments, f: np.ndarray) -> Moments:
    powers = {"w": 1, "wx": 1, "wxx": 1, "w2": 2, "w2x": 2, "w2xx": 2}
    return replace(one, **{name: (getattr(one, name).T * f**power).T
                           for name, power in powers.items()})

