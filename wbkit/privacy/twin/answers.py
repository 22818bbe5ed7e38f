"""Made-up closed answers, drawn from study.toml and protected two-way Tables alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

import numpy as np

from wbkit.privacy.twin.answer_grid import UNANSWERED, UNASKED, AnswerGrid, Column
from wbkit.privacy.twin.pair_fitting import (
    Pairs,
    fit_pairs,
    pair_distances,
    pairs_of,
)
from wbkit.study.item import YES, Item

SECOND = 0.6  # size of the second survey that is imagined, as a part of the first
TRIES = 40  # surveys that are imagined, of which one is taken
AIM = 1.1  # distance of a twin, in distances between two bootstrap samples of the original
CLOSE = 0.05  # how near that has to come, in ATTEMPTS draws
ATTEMPTS = 6


@dataclass(frozen=True)
class Outline:
    """What the made-up answers of a source may be drawn from.

    Parameters
    ----------
    units
        How many units there are.
    shares
        Share of the answers to each column, over its categories; a hidden one is shared out.
    unanswered
        Share of those asked who did not answer, by item; ``{item: {code: share}}`` with the
        missing codes of study.toml, and an empty code for nothing at all.
    different
        Columns in which no two units have the same answer: it names the unit.
    """

    units: int
    shares: tuple[np.ndarray, ...]
    unanswered: Mapping[str, Mapping[str, float]]
    different: frozenset[int] = frozenset()


def _took_part(grid: AnswerGrid, column: Column) -> np.ndarray:
    """Say which groups are not declared to be missing as a whole."""
    gone = {part for unit in grid.source.missing_units for part in unit.split(", ")}
    return np.array([category not in gone for category in column.categories])


def outline_of(grid: AnswerGrid, states: Mapping[str, Mapping[str, int]], least: int) -> Outline:
    """Return the sizes and one-way shares of a source, small counts hidden.

    `states` are, by item, how many units gave each missing code and how many gave none (the
    empty code), beside how many were asked (``asked``).
    """
    counts = [np.bincount(grid.codes[grid.codes[:, at] >= 0, at], minlength=size)
              for at, size in enumerate(grid.sizes)]
    rates = {item: {code: _rate(n, known["asked"], least) for code, n in known.items()
                    if code != "asked" and n} for item, known in states.items()}
    different = {at for at, (column, count) in enumerate(zip(grid.columns, counts, strict=True))
                 if column.item.kind == "nominal" and 1 < count.sum() == (count > 0).sum()}
    shares = tuple(_public(count, least) * _took_part(grid, column)
                   for column, count in zip(grid.columns, counts, strict=True))
    return Outline(len(grid.codes), tuple(one / (one.sum() or 1) for one in shares), rates,
                   frozenset(different))


def _rate(n: int, asked: int, least: int) -> float:
    """Return a share; of a small count only that it is small."""
    return (least / 2 if n < least else n) / max(asked, least)


def _public(counts: np.ndarray, least: int) -> np.ndarray:
    """Return shares in which small counts are as large as each other."""
    counts = counts.astype(float)
    if counts.sum() < least:
        return np.full(len(counts), 1 / len(counts))
    small = (counts > 0) & (counts < least)
    counts[small] = counts[small].sum() / max(small.sum(), 1)
    return counts / counts.sum()


def draw_answers(
    grid: AnswerGrid, outline: Outline, pairs: Pairs, chance: float, rng: np.random.Generator
) -> AnswerGrid:
    """Draw answers of people who do not exist; of `grid` only the columns are used.

    The first rows are fitted to the protected Tables. Then chance comes in twice, as if the
    survey were held again and again: once for the people who happened to be in the original,
    once for those who happen to be in the twin. New rows are fitted to what that gives, so that
    the twin is as far from the original as another survey of the same school would be:
    `chance` is the median distance of two bootstrap samples of the original, one number.
    """
    levels = _levels(grid.columns)
    first = _fitted(outline.shares, outline, pairs, grid.columns, levels, rng)
    aim = fair = AIM * chance
    some, drawn = chance > 0, []  # where nothing is shown, or all agree, there is no distance
    for _ in range(ATTEMPTS if some else 1):
        codes = _held_again(_another_survey(first, pairs, aim, rng), grid, outline, levels, rng)
        far = np.median(pair_distances(pairs, pairs_of(np.maximum(codes, UNASKED), grid.sizes))) \
            if some else 0.0
        drawn.append((abs(far - fair), len(drawn), codes))
        if abs(far - fair) <= CLOSE * fair:
            break
        aim *= fair / far if far else 1
    return replace(grid, codes=min(drawn, key=lambda one: one[:2])[2])


def _held_again(
    drawn: np.ndarray, grid: AnswerGrid, outline: Outline, levels: Sequence[Sequence[int]],
    rng: np.random.Generator,
) -> np.ndarray:
    """Fit new rows to the tables of an imagined survey."""
    shares = tuple(outline.shares[at] if at in outline.different else _shares(drawn[:, at], size)
                   for at, size in enumerate(grid.sizes))
    again = replace(outline, shares=shares)
    codes = _fitted(shares, again, pairs_of(drawn, grid.sizes), grid.columns, levels, rng)
    return _with_gaps(_arranged(codes, grid.columns, rng), grid.columns, outline, rng)


def _another_survey(
    codes: np.ndarray, pairs: Pairs, aim: float, rng: np.random.Generator
) -> np.ndarray:
    """Draw units twice with replacement; of a number of draws take the one at this distance."""
    n = len(codes)
    draws = [codes[rng.integers(n, size=n)[rng.integers(n, size=max(round(SECOND * n), 1))]]
             for _ in range(TRIES if aim else 1)]
    if len(draws) == 1:
        return draws[0]
    far = [np.median(pair_distances(pairs, pairs_of(one, pairs.sizes))) for one in draws]
    return draws[int(np.argmin(np.abs(np.array(far) - aim)))]


def _shares(codes: np.ndarray, size: int) -> np.ndarray:
    counts = np.bincount(codes[codes >= 0], minlength=size).astype(float)
    return counts / counts.sum() if counts.sum() else np.full(size, 1 / size)


def _fitted(
    shares: Sequence[np.ndarray], outline: Outline, pairs: Pairs, columns: Sequence[Column],
    levels: Sequence[Sequence[int]], rng: np.random.Generator,
) -> np.ndarray:
    """Draw every question by itself and fit them together, those asked of all first."""
    codes = np.full((outline.units, len(columns)), UNASKED)
    for level in levels:
        for at in level:
            asked = np.flatnonzero(is_asked(columns[at].item, codes, columns))
            names = at in outline.different
            codes[asked, at] = _dealt(shares[at], len(asked), rng, different=names)
        codes = fit_pairs(codes, pairs, [at for at in level if at not in outline.different], rng)
    return codes


def _dealt(shares: np.ndarray, n: int, rng: np.random.Generator, *, different: bool) -> np.ndarray:
    """Give out answers in these shares; each one once where no two are the same."""
    if different:
        order = rng.permutation(len(shares))
        return np.resize(order[np.argsort(shares[order] == 0, kind="stable")], n)
    counts = np.floor(shares * n).astype(int)
    rest = n - counts.sum()
    part = shares * n - counts
    if rest > 0:
        chosen = rng.choice(len(shares), size=rest, p=part / part.sum())
        counts += np.bincount(chosen, minlength=len(shares))
    if n >= len(shares):  # an answer that study.toml knows is met where there is room for it
        for empty in np.flatnonzero((counts == 0) & (shares > 0)):
            counts[[empty, np.argmax(counts)]] += [1, -1]
    return rng.permutation(np.repeat(np.arange(len(shares)), counts))


def _levels(columns: Sequence[Column]) -> list[list[int]]:
    """Divide the columns into those asked of all, those that depend on these, and so on."""
    items = {column.item.name: column.item for column in columns}
    above = {name: set(item.asked_if) & set(items) for name, item in items.items()}
    depth: dict[str, int] = {}
    for name in TopologicalSorter(above).static_order():
        depth[name] = max((depth[parent] + 1 for parent in above[name]), default=0)
    return [[at for at, column in enumerate(columns) if depth[column.item.name] == level]
            for level in range(max(depth.values(), default=-1) + 1)]


def is_asked(item: Item, codes: np.ndarray, columns: Sequence[Column]) -> np.ndarray:
    """Say for each unit whether it was asked, by the answers on which that depends."""
    asked = np.ones(len(codes), dtype=bool)
    for parent, answers in item.asked_if.items():
        found = [at for at, column in enumerate(columns) if column.item.name == parent]
        hits = [_given(codes[:, at], columns[at], answers) for at in found]
        asked &= np.logical_or.reduce(hits) if hits else asked
    return asked


def _given(codes: np.ndarray, column: Column, answers: Sequence[str]) -> np.ndarray:
    if column.option:
        return (codes == column.categories.index(YES)) & (column.option in answers)
    return np.isin(codes, [at for at, one in enumerate(column.categories) if one in answers])


def _arranged(
    codes: np.ndarray, columns: Sequence[Column], rng: np.random.Generator
) -> np.ndarray:
    """Keep what holds within a unit: an option that rules others out, one tick at least."""
    codes = codes.copy()
    for item in {column.item.name: column.item for column in columns if column.option}.values():
        places = [at for at, column in enumerate(columns) if column.item.name == item.name]
        if not item.explicit:
            codes[:, places] = _with_a_tick(codes[:, places], rng)
        for at in places:
            if columns[at].option in item.exclusive:
                others = [one for one in places if one != at]
                codes[np.ix_(np.flatnonzero(codes[:, at] == 0), others)] = 1
    return codes


def _with_a_tick(ticks: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Give who ticked nothing an option of somebody who ticked several; 0 is a tick."""
    ticks = ticks.copy()
    for row in np.flatnonzero((ticks == 1).all(axis=1)):
        several = np.flatnonzero((ticks == 0).sum(axis=1) > 1)
        if not len(several):
            ticks[row, rng.integers(ticks.shape[1])] = 0
            continue
        giver = rng.choice(several)
        option = rng.choice(np.flatnonzero(ticks[giver] == 0))
        ticks[[row, giver], option] = [0, 1]
    return ticks


def _with_gaps(
    codes: np.ndarray, columns: Sequence[Column], outline: Outline, rng: np.random.Generator
) -> np.ndarray:
    """Take answers away, as often as people left the question."""
    codes = codes.copy()
    for name, rates in outline.unanswered.items():
        places = [at for at, column in enumerate(columns) if column.item.name == name]
        if places:
            gone = (rng.random(len(codes)) < sum(rates.values())) & (codes[:, places[0]] >= 0)
            codes[np.ix_(np.flatnonzero(gone), places)] = UNANSWERED
    return codes
