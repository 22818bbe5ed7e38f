"""Weights that make the sample agree with known counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from wbkit.data.cells import COUNT_KEYS, KEYS, SUMS, Cells, Rows
from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, counted, message
from wbkit.stats import calibration as calibrating
from wbkit.stats.calibration import NotConvergedError, calibrate, rake
from wbkit.study.design import Calibration, Margin, Method
from wbkit.study.item import Item
from wbkit.study.model import Label
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.margins import (
    crossing,
    margin_list,
    refuse_empty,
    refuse_impossible,
    targets_of,
)
from wbkit.survey.design.sampling import Sampling, sampling

Distance = Literal["linear", "raking"]
WEIGHT, UNTRIMMED, BASE = "calibrated_weight", "untrimmed_weight", "base_weight"
METHODS = ("rake", "poststratify", "calibrate")
WORDS = {
    WEIGHT: Label(nl="gewicht", en="weight"),
    UNTRIMMED: Label(nl="gewicht voor afkappen", en="weight before trimming"),
    BASE: Label(nl="insluitgewicht", en="design weight"),
}


def weight(
    responses: Responses,
    margins: Mapping[str | tuple[str, ...], Mapping[Any, float]] | None = None,
    method: Method = "rake",
    *,
    distance: Distance = "linear",
    trim: tuple[float, float] | None = None,
) -> Responses:
    """Weight units so that they add up to known margins of the population.

    Weighting repairs these margins only, not how people were met: an interval still needs a
    design that carries one.

    Parameters
    ----------
    responses
        Answers whose source declares a design.
    margins
        Item = count of each value; for a combination ``("team", "leerweg")`` = count of each
        pair. The margins of the design when left out.
    method
        ``rake``: iterative proportional fitting, converged to a relative 1e-10 [1]_.
        ``poststratify``: one margin, possibly a combination. ``calibrate``: the weights closest
        to those before [2]_.
    distance
        What ``calibrate`` calls close: ``linear`` or ``raking``.
    trim
        Least and greatest weight; what is cut is shared equally over the other units (R's
        ``trimWeights``), after which the ends and the margins hold by approximation only: the
        notes under a Table say what the margins became.

    Returns
    -------
    Responses
        The same answers; the design knows the weights, the margins and the method, and
        standard errors know that the weights were calibrated [2]_. Units without an answer to
        an item of the margins get no weight.

    Raises
    ------
    DataError
        If the answers are weighted already, or `trim` is no pair.
        If margins disagree, do not count the population, name unknown values, cannot be met
        together, or ask for units that
        are not there: an empty cell that is not declared as a structural zero. If a weight
        falls under 0, or the mean weight does not lie within `trim`.

    References
    ----------
    .. [1] Deming, W. E. & Stephan, F. F. (1940). Annals of Mathematical Statistics, 11, 427-444.
    .. [2] Deville, J.-C. & Särndal, C.-E. (1992). Journal of the American Statistical
       Association, 87, 376-382.
    """
    need(responses, Responses, "weight")
    _check(responses, method, distance)
    known = margin_list(responses, margins)
    if method == "poststratify" and len(known) > 1:
        raise DataError(_(
            "{source}: post-stratification takes one margin, and there are {n}. Give the counts "
            "of the combination, or use method='rake'.",
            source=responses.source.name, n=len(known)))
    base = _base(responses)
    cell, table = crossing(responses, known)
    inside = (cell >= 0) & ~np.isnan(base)
    rows = slice(None) if inside.all() else inside
    size = np.bincount(cell[rows], base[rows], len(table))
    refuse_impossible(responses, known, table[size > 0])
    refuse_empty(responses, known, table[size > 0])
    factor = _factors(responses, known, (size, table), (method, distance))
    made = np.full(len(base), np.nan)
    made[rows] = base[rows] * factor[cell[rows]]
    ends = _ends(responses, made, trim)
    weights = _trimmed(made, ends)
    _refuse_negative(responses, weights[0])
    cut = int(((made < ends[0]) | (made > ends[1])).sum()) if ends else 0
    calibration = Calibration(method=method, margins=tuple(known), ends=ends, cut=cut)
    return _weighted(responses, calibration, base, weights)


def _check(responses: Responses, method: str, distance: str) -> None:
    name, design = responses.source.name, responses.source.design
    if design and design.calibration:
        raise DataError(_(
            "{source}: these answers are weighted already, to {items}. Weight the unweighted "
            "answers to all margins together.",
            source=name, items=", ".join(design.calibration.items)))
    if design is None or design.kind == "joint":
        refusal = "weight_no_design" if design is None else "weight_joint"
        raise DataError(f"{name}: {message(refusal, responses.source.language)}")
    if method not in METHODS or distance not in ("linear", "raking"):
        raise DataError(_(
            "{source}: method={method!r}, distance={distance!r} is unknown. Use one of {methods}, "
            "with distance 'linear' or 'raking'.",
            source=name, method=method, distance=distance, methods=", ".join(METHODS)))


def _base(responses: Responses) -> np.ndarray:
    """Return the weight of each unit before calibration; absent for units without one."""
    design = responses.source.design
    if design.weight:
        return responses.data[design.weight].to_numpy(float, na_value=np.nan)
    n = len(responses.data)
    if not (design.strata or design.cluster or design.fpc) and n <= (design.population or n):
        return np.full(n, (design.population or n) / max(n, 1))
    drawn = sampling(responses)
    units = settle(_uncounted(responses, drawn)).units.set_index(list(KEYS))
    worth = units["w"] / units["n"]
    base = np.full(n, np.nan)
    base[drawn.kept] = worth.reindex([*drawn.keys.frame.itertuples(index=False, name=None)]) \
        .to_numpy()[drawn.key]
    return base


def _uncounted(responses: Responses, drawn: Sampling) -> Cells:
    """Return Cells of the sample in which no item is counted."""
    rows = Rows({name: np.zeros(0, dtype=object) for name in COUNT_KEYS}
                | {name: np.zeros(0) for name in SUMS})
    return Cells(source=responses.source, items=(), by=None, rows=rows, drawn=drawn.units,
                 moments={}, found={})


def _factors(
    responses: Responses, margins: Sequence[Margin], counted: tuple[np.ndarray, np.ndarray],
    how: tuple[str, str],
) -> np.ndarray:
    size, table = counted
    targets = targets_of(responses, margins, table)
    try:
        if how[0] == "calibrate":
            return calibrate(size, targets, how[1])
        return rake(size, targets)
    except NotConvergedError:
        raise DataError(_(
            "{source}: no weights meet these margins together. Merge values with few units "
            "(recode), or leave a margin out.",
            source=responses.source.name)) from None


def _ends(
    responses: Responses, made: np.ndarray, trim: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Refuse ends between which the weights cannot keep their mean."""
    if trim is None:
        return trim
    try:
        least, greatest = map(float, trim)
    except (TypeError, ValueError):
        least = greatest = np.nan
    outside = (made < least) | (made > greatest)
    if least <= np.nanmean(made) <= greatest and outside[~np.isnan(made)].all():
        raise DataError(_(
            "{source}: trim={trim!r} cuts every weight, so that nobody is left to share what was "
            "cut. Give ends further apart.",
            source=responses.source.name, trim=trim))
    if least <= np.nanmean(made) <= greatest:
        return least, greatest
    raise DataError(_(
        "{source}: trim={trim!r} leaves no room for the mean weight, {mean:.4g}. Give a least "
        "weight under it and a greatest above it, as in trim=(0.3, 3).",
        source=responses.source.name, trim=trim, mean=np.nanmean(made)))


def _refuse_negative(responses: Responses, made: np.ndarray) -> None:
    under = int((made < 0).sum())
    if under:
        raise DataError(_(
            "{source}: these margins give {units} a weight under 0, with which a share can lie "
            "outside 0 to 1. Use method='rake' or distance='raking', or merge values with few "
            "units (recode).",
            source=responses.source.name, units=counted(under, "unit", "units")))


def _trimmed(
    made: np.ndarray, trim: tuple[float, float] | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the weights, and those before trimming where they were trimmed."""
    if trim is None:
        return made, None
    known = ~np.isnan(made)
    cut = made.copy()
    cut[known] = calibrating.trim(made[known], *trim)
    return cut, made


def _weighted(
    responses: Responses, calibration: Calibration, base: np.ndarray,
    weights: tuple[np.ndarray, np.ndarray | None],
) -> Responses:
    """Put the weights beside the answers, and write in the design where they came from."""
    source = responses.source
    made, untrimmed = weights
    columns = {WEIGHT: made} | ({} if untrimmed is None else {UNTRIMMED: untrimmed})
    if np.ptp(base[~np.isnan(base)]) > 0:
        columns[BASE] = base
    items = {name: Item(name=name, kind="numeric", label=WORDS[name]) for name in columns}
    calibration = calibration.model_copy(update={
        "base": BASE if BASE in columns else None,
        "untrimmed": UNTRIMMED if UNTRIMMED in columns else None,
    })
    design = source.design.model_copy(update={"weight": WEIGHT, "calibration": calibration})
    source = source.model_copy(update={"design": design, "items": source.items | items})
    return replace(responses, data=responses.data.assign(**columns), source=source)
