"""From Cells to linearised sums: what the variance of a statistic needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wbkit.data.cells import KEYS, POPULATION, Cells, Rows, numbered
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.taylor import (
    Auxiliary,
    Linear,
    LonelyError,
    Parts,
    degrees_of_freedom,
    variance,
)
from wbkit.study.design import Calibration, Design
from wbkit.survey.design.base_weights import drawn_units, places_in
from wbkit.survey.design.sampling import APART


@dataclass(frozen=True)
class Sample:
    """A settled sample: its parts, and what its weights were calibrated to."""

    cells: Cells
    parts: Parts
    auxiliary: Auxiliary | None

    def variance(self, linear: Linear) -> np.ndarray:
        """Return the covariances of linearised statistics."""
        try:
            return variance(linear, self.parts, self.auxiliary)
        except LonelyError as error:
            raise _lonely(self, error) from None

    def df(self, present: np.ndarray) -> np.ndarray:
        """Return the degrees of freedom of groups of units."""
        return degrees_of_freedom(self.parts, present)

    @property
    def simple(self) -> bool:
        """Whether every unit has the same weight and was drawn on its own, without strata."""
        parts = self.parts
        if parts.psu is not None or self.auxiliary is not None or len(np.unique(parts.stratum)) > 1:
            return False
        return bool(np.isclose(parts.w.sum() ** 2, parts.n.sum() * parts.w2.sum(), rtol=1e-12))

    @property
    def complete(self) -> bool:
        """Whether all of a finite population are in it, so that no spread is left to chance."""
        drawn = drawn_units(self.cells.drawn, self.cells.source.design, 0) \
            if self.finite else np.inf
        return bool((self.parts.population[0] <= drawn * (1 + 1e-9)).all()) and self.finite

    @property
    def finite(self) -> bool:
        """Whether a finite population correction enters."""
        return bool(np.isfinite(self.parts.population[0]).any())


def sample_of(cells: Cells) -> Sample:
    """Return the sample of settled Cells."""
    drawn, design = cells.drawn, cells.source.design or Design(kind="convenience")
    stages = max(1, len(design.fpc))
    population = np.array([drawn[name] for name in POPULATION[:stages]], dtype=float)
    parts = Parts(
        stratum=pd.factorize(drawn["stratum"])[0],
        psu=_codes(drawn, KEYS[:2]) if design.cluster else None,
        ssu=_codes(drawn, KEYS[:3]) if len(design.cluster) > 1 else None,
        n=drawn["n"], w=drawn["w"], w2=drawn["w2"],
        population=np.where(np.isnan(population), np.inf, population),
        lonely=design.lonely,
    )
    auxiliary = _auxiliary(drawn, design.calibration) if design.calibration else None
    return Sample(_placed(cells), parts, auxiliary)


def _placed(cells: Cells) -> Cells:
    """Write beside every row of counts and moments to which part of the sample it belongs."""
    moments = {names: replace(one, keys=one.keys.assign(part=places_in(cells.drawn, one.keys)))
               for names, one in cells.moments.items()}
    return replace(cells, rows=cells.rows.assign(part=places_in(cells.drawn, cells.rows)),
                   moments=moments)


def _codes(drawn: Rows, names: Sequence[str]) -> np.ndarray:
    return numbered([drawn[name] for name in names])


def _auxiliary(drawn: Rows, calibration: Calibration) -> Auxiliary:
    """Return the margins; R's rake counts units, its other methods weights before calibration."""
    values = [name.split(APART) for name in drawn["margin_cell"]]
    place = {name: number for number, name in enumerate(calibration.items)}
    margins = []
    for margin in calibration.margins:
        combined = [APART.join(value[place[name]] for name in margin.items) for value in values]
        margins.append(pd.factorize(np.array(combined, dtype=object))[0])
    base = None if calibration.method == "rake" else drawn["d"].astype(float)
    return Auxiliary(tuple(margins), base, drawn["w"] / drawn["untrimmed"])


def linear_of_counts(sample: Sample, rows: pd.DataFrame, z: np.ndarray) -> Linear:
    """Sum values that are the same for every unit of a cell."""
    at, size = rows["part"].to_numpy(), len(sample.parts.n)
    n, w, w2 = (rows[name].to_numpy(float) for name in ("n", "w", "w2"))
    products = np.einsum("ri,rj->rij", z, z)
    return Linear(_summed(z * n[:, None], at, size), _summed(z * w[:, None], at, size),
                  _summed(z * w2[:, None], at, size),
                  _summed(products * w2[:, None, None], at, size))


def linear_of_moments(
    sample: Sample, chosen: np.ndarray, names: tuple[str, ...], form: tuple[np.ndarray, np.ndarray]
) -> Linear:
    """Sum values that are a linear form of numeric items."""
    sums = sample.cells.moments_of(names)
    constant, slope = form
    at, size = sums.keys["part"].to_numpy()[chosen], len(sample.parts.n)

    def of(n: np.ndarray, x: np.ndarray) -> np.ndarray:
        return n[chosen][:, None] * constant + x[chosen] @ slope.T

    crossed = np.einsum("i,rj->rij", constant, sums.w2x[chosen] @ slope.T)
    squares = np.einsum("r,i,j->rij", sums.w2[chosen], constant, constant) + crossed \
        + crossed.swapaxes(1, 2) + slope @ sums.w2xx[chosen] @ slope.T
    return Linear(*(_summed(one, at, size) for one in (
        of(sums.n, sums.x), of(sums.w, sums.wx), of(sums.w2, sums.w2x), squares)))


def _summed(values: np.ndarray, at: np.ndarray, size: int) -> np.ndarray:
    out = np.zeros((size, *values.shape[1:]))
    np.add.at(out, at, values)
    return out


def _lonely(sample: Sample, error: LonelyError) -> DataError:
    units, source = sample.cells.units, sample.cells.source
    if sample.parts.n.sum() == 1:
        return DataError(_(
            "{source}: there is one {unit}, so nothing is known of how they differ. Show the "
            "count, without interval.",
            source=source.name, unit=source.told_units()))
    codes = pd.factorize(units["stratum"])[0] if error.stage == 1 else sample.parts.psu
    row = units[codes == error.stratum].iloc[0]
    name = row["stratum"] if error.stage == 1 else row["psu"]
    return DataError(_(
        "{source}: {name} holds one sampling unit at stage {stage}, so it says nothing about how "
        "units within it differ. Merge it with another stratum (recode), or write in the design "
        'lonely = "certainty" if it was not drawn by lot, or lonely = "adjust" to count its '
        "distance to the mean of all.",
        source=source.name, name=name.replace(APART, " × ") or _("the sample"),
        stage=error.stage))
