"""Which stratum, cluster, weight and population belongs to each unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from wbkit.data.category_codes import joint, label_codes, number_name
from wbkit.data.cells import KEYS, POPULATION, Rows
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.design import Calibration, Design

APART = "\x1f"  # between the values of a combination; printed as ×
SPARSE = 5
AND = " + "
WITHIN_STRATA = ("random within strata", "aselect binnen strata")


@dataclass(frozen=True)
class Sampling:
    """The design of every unit that can be weighted."""

    kept: np.ndarray
    key: np.ndarray
    keys: Rows
    weight: np.ndarray | None
    units: Rows


@dataclass(frozen=True)
class Strata:
    """The name of the stratum that each cell of the margins became part of, and its size."""

    label: Mapping[str, str]
    population: Mapping[str, float]


def sampling(responses: Responses, *, margins: bool = True) -> Sampling:
    """Read the design of each unit; units without an answer to an item of it are left out.

    `margins` says whether margins may yet become strata.
    """
    design = responses.source.design or Design(kind="convenience")
    strata = strata_items(design) if margins or design.strata else ()
    if not (strata or design.drawn_by or design.calibration):
        return _everyone(len(responses.data))
    columns = _labels(responses, design, strata)
    weight = _weight(responses, design)
    kept = _known(columns, weight, len(responses.data))
    if design.calibration:
        kept &= weight != 0
    chosen = slice(None) if kept.all() else kept
    parts = {name: (codes[chosen], labels) for name, (codes, labels) in columns.items()}
    key, first = joint([(codes, max(1, len(labels))) for codes, labels in parts.values()]) \
        if parts else _one_part(int(kept.sum()))
    keys = Rows({name: _named(parts, name, first) for name in KEYS})
    weight = None if weight is None else weight[chosen]
    units = keys.assign(**_populations(responses, design, chosen, (key, first)),
                        **_sums(responses, design, chosen, key))
    return Sampling(kept, key, keys, weight, units)


def within_strata(assumption: str | None) -> bool:
    """Whether the assumption is that units were met at random within each stratum."""
    return (assumption or "").strip(" .").lower() in WITHIN_STRATA


def _everyone(size: int) -> Sampling:
    """Let everyone be a unit of one part: no strata, no clusters, no weights."""
    n, absent = (np.full(min(size, 1), one) for one in (size, np.nan))
    keys = dict.fromkeys(KEYS, np.full(len(n), "", dtype=object))
    sums = dict.fromkeys(("w", "w2", "d", "untrimmed"), n.astype(float))
    sums |= {"n_weightless": np.zeros_like(n)}
    units = Rows(keys | dict.fromkeys(POPULATION, absent) | {"n": n} | sums)
    return Sampling(np.ones(size, dtype=bool), np.zeros(size, dtype=np.int8), Rows(keys), None,
                    units)


def _one_part(size: int) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(size, dtype=np.int8), np.zeros(min(size, 1), dtype=np.int64)


def strata_items(design: Design) -> tuple[str, ...]:
    """Return the items that make the strata: the declared ones, otherwise the margins."""
    if design.strata:
        return (design.strata,)
    return tuple(design.margins) if design.kind in ("convenience", "census", "srs") else ()


def _labels(
    responses: Responses, design: Design, strata: tuple[str, ...]
) -> dict[str, tuple[np.ndarray, list[str]]]:
    """Code stratum, PSU, SSU and margin cell, as far as the design has them."""
    found = {}
    if strata:
        found["stratum"] = crossed(responses, strata, whole=not design.strata)
    for name, item in zip(("psu", "ssu"), design.cluster[: max(1, len(design.fpc))], strict=False):
        found[name] = label_codes(responses.data[responses.item(item).name])
    if design.calibration:
        found["margin_cell"] = _margin_cells(responses, design.calibration, design.weight)
    return found


def crossed(
    responses: Responses, items: tuple[str, ...], *, whole: bool
) -> tuple[np.ndarray, list[str]]:
    """Code the combinations of items; with `whole`, an absent answer makes an empty label."""
    coded = [label_codes(responses.data[responses.item(name).name]) for name in items]
    absent = np.any([codes < 0 for codes, __ in coded], axis=0)
    parts = [(np.where(absent, 0, codes), max(1, len(labels))) for codes, labels in coded]
    codes, first = joint(parts)
    names = [APART.join(labels[code[row]] if code[row] >= 0 else "" for code, labels in coded)
             for row in first]
    if whole:
        return np.where(absent, len(names), codes), [*names, ""]
    return np.where(absent, -1, codes), names


def _margin_cells(
    responses: Responses, calibration: Calibration, weight: str
) -> tuple[np.ndarray, list[str]]:
    """Code the cells of the margins; trimmed weights divide a cell by how much was trimmed."""
    codes, names = crossed(responses, calibration.items, whole=False)
    if calibration.untrimmed is None:
        return codes, names
    ratio = responses.data[weight] / responses.data[calibration.untrimmed]
    trims, found = pd.factorize(ratio.round(14))
    both, first = joint([(np.maximum(codes, 0), max(1, len(names))), (trims, len(found))])
    labels = [f"{names[codes[row]]}{APART}{number_name(found[trims[row]])}" for row in first]
    return np.where(codes < 0, -1, both), labels


def _weight(responses: Responses, design: Design) -> np.ndarray | None:
    if design.weight is None:
        return None
    weight = responses.data[responses.item(design.weight).name].to_numpy(float, na_value=np.nan)
    if np.isinf(weight).any():
        raise DataError(_(
            "{source}: {weight} holds a weight without end. A weight says for how many units one "
            "stands; correct the column.",
            source=responses.source.name, weight=design.weight))
    if (weight < 0).any():
        raise DataError(_(
            "{source}: {weight} holds weights under 0 ({n} of {base}). A weight says for how many "
            "units one stands; correct the column.",
            source=responses.source.name, weight=design.weight, n=int((weight < 0).sum()),
            base=len(weight)))
    if len(weight) and not np.nansum(weight) > 0:
        raise DataError(_(
            "{source}: {weight} holds no weight above 0, so that nobody counts. Correct the "
            "column, or leave weight out of the design.",
            source=responses.source.name, weight=design.weight))
    return weight


def _known(columns: dict, weight: np.ndarray | None, size: int) -> np.ndarray:
    kept = np.ones(size, dtype=bool)
    for codes, __ in columns.values():
        kept &= codes >= 0
    return kept if weight is None else kept & ~np.isnan(weight)


def _named(parts: dict, name: str, first: np.ndarray) -> np.ndarray:
    if name not in parts:
        return np.full(len(first), "", dtype=object)
    codes, labels = parts[name]
    return np.array(labels, dtype=object)[codes[first]]


def _sums(
    responses: Responses, design: Design, kept: np.ndarray | slice, key: np.ndarray
) -> dict[str, np.ndarray]:
    """Sum the weights of every cell of the design, also those before they were changed."""
    n = np.bincount(key)
    before = design.calibration
    items = {"w": design.weight, "d": before.base if before else design.weight,
             "untrimmed": (before and before.untrimmed) or design.weight}
    weights = {name: responses.data[name].to_numpy(float)[kept]
               for name in set(items.values()) if name is not None}
    sums = {name: _added(key, one, len(n)) for name, one in weights.items()}
    sums |= {None: n.astype(float)}
    squares = _added(key, weights[design.weight] ** 2, len(n)) if design.weight else sums[None]
    return {"n": n, "n_weightless": np.zeros_like(n), "w": sums[design.weight], "w2": squares} | {
        name: sums[item] for name, item in items.items()}


def _added(key: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    return np.bincount(key, values) if size > 1 else values.sum(keepdims=True)[:size]


def _populations(
    responses: Responses, design: Design, kept: np.ndarray | slice,
    cells: tuple[np.ndarray, np.ndarray],
) -> dict[str, np.ndarray]:
    """Return the population of each stage where an item holds it, absent otherwise."""
    (key, first), found = cells, {}
    for place, name in enumerate(POPULATION):
        found[name] = np.full(len(first), np.nan)
        if place < len(design.fpc):
            item = responses.item(design.fpc[place]).name
            sizes = responses.data[item].to_numpy(float, na_value=np.nan)[kept]
            found[name] = sizes[first]
            if not ((sizes > 0) & (sizes == found[name][key])).all():
                raise uneven_population(responses.source.name, item)
    return found


def uneven_population(source: str, item: str) -> DataError:
    """Return the refusal of a population size that is not one number where it should be."""
    return DataError(_(
        "{source}: {item} says out of how many units were drawn, and within a stratum (for a "
        "second stage: within a cluster) it holds several numbers, none, or one that is not "
        "above 0. Give all units of a stratum or cluster the same number.",
        source=source, item=item))


def merged_strata(
    counts: Mapping[str, int], order: Sequence[Sequence[str]], population: Mapping[str, float]
) -> Strata:
    """Merge every stratum of fewer than five units with the one most like it."""
    names = [APART.join(values) for values in product(*order)]
    groups = [[name] for name in names if counts.get(name, 0) or population.get(name, 0)]

    def size(group: list[str]) -> int:
        return sum(counts.get(name, 0) for name in group)

    while len(groups) > 1 and min(map(size, groups)) < SPARSE:
        sparse = min(groups, key=size)
        others = [group for group in groups if group is not sparse]
        nearest = min(others, key=lambda group: _unlike(sparse[0], group[0], names))
        groups = [sorted(sparse + nearest, key=names.index) if group is nearest else group
                  for group in groups if group is not sparse]
    labels = {name: AND.join(group) for group in groups for name in group}
    sizes = {AND.join(group): sum(population.get(name, 0) for name in group) for group in groups}
    return Strata(labels, sizes)


def _unlike(one: str, other: str, names: list[str]) -> tuple[int, int]:
    pairs = zip(one.split(APART), other.split(APART), strict=True)
    return sum(a != b for a, b in pairs), abs(names.index(one) - names.index(other))
