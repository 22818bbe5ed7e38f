"""The closed answers of a source as categories, and the two-way Tables of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses, asked_items
from wbkit.privacy.twin.pair_fitting import Pairs
from wbkit.stats.suppression import too_small_crossed
from wbkit.study.item import NO, NOT_ASKED, YES, Item
from wbkit.study.source import Source
from wbkit.study.source_kinds import MOMENT
from wbkit.study.study import LEAST_SHOWN
from wbkit.table.facts import Base, Count, Subject
from wbkit.table.kinds import OWN_COLUMNS
from wbkit.table.table import Table

UNASKED, UNANSWERED = -1, -2
BANDS = 6  # of a numeric item with more numbers than that
UNSAID = (0.0, 40.0)  # where study.toml gives no range
SOME, MORE = 0.6, 1.3  # of the people behind a joint answer, on average
MADE_UP = "verzonnen"
FEWEST_BANDED = 30  # answers, for the limits of bands to be taken from them
Protect = Callable[[Sequence[Table]], Sequence[Table]]


@dataclass(frozen=True)
class Column:
    """One question with one answer, or one option that was ticked or not.

    Parameters
    ----------
    item
        The item.
    categories
        The answers; ``ja`` and ``nee`` of an option; of numbers the lowest of each band.
    option
        The option of a multiple item.
    highest
        Of numbers the highest of each band.
    """

    item: Item
    categories: tuple[str, ...]
    option: str = ""
    highest: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """Its name in a Table."""
        own = f"{self.item.name}_item" if self.item.name in OWN_COLUMNS else self.item.name
        return f"{own}.{self.option}" if self.option else own


@dataclass(frozen=True)
class AnswerGrid:
    """Answers as category codes.

    Parameters
    ----------
    source
        What the items mean.
    columns
        What each column is.
    codes
        The category of each unit, below 0 where it was not asked or did not answer, shape
        (units, columns).
    """

    source: Source
    columns: tuple[Column, ...]
    codes: np.ndarray

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of categories of each column."""
        return tuple(len(column.categories) for column in self.columns)

    def places(self, item: str) -> list[int]:
        """Return the columns of an item."""
        return [at for at, column in enumerate(self.columns) if column.item.name == item]


def answer_grid(responses: Responses) -> AnswerGrid:
    """Return the closed and numeric answers of a source as categories."""
    items = [item for item in asked_items(responses.source) if item.closed]
    numbers = [item for item in asked_items(responses.source) if item.kind == "numeric"]
    moment = [responses.source.items[MOMENT]] if responses.source.moments else []
    found = [pair for item in [*moment, *items, *numbers] if item.name in responses.source.items
             for pair in _columns(responses, responses.item(item.name))]
    codes = np.column_stack([code for _, code in found]) if found else \
        np.zeros((len(responses.data), 0), dtype=int)
    return AnswerGrid(responses.source, tuple(column for column, _ in found), codes)


def _columns(responses: Responses, item: Item) -> Iterator[tuple[Column, np.ndarray]]:
    states, names = responses.state_codes(item)
    absent = np.where(states == names.index(NOT_ASKED), UNASKED, UNANSWERED)
    for column, code in _coded(responses, item):
        yield column, np.where(states == 0, code, absent)


def _coded(responses: Responses, item: Item) -> Iterator[tuple[Column, np.ndarray]]:
    if item.kind == "multiple":
        for option in item.categories:
            ticked = responses.data[f"{item.name}:{option}"].to_numpy(bool)
            yield Column(item, (YES, NO), option), np.where(ticked, 0, 1)
    elif item.kind == "numeric":
        yield _banded(item, responses.data[item.name].to_numpy(float), responses.source)
    else:
        code = responses.data[item.name].cat.codes.to_numpy()
        names = tuple(map(str, responses.values(item)))
        yield Column(item, _without_rare(item, names, code)), code


def _without_rare(item: Item, names: Sequence[str], code: np.ndarray) -> tuple[str, ...]:
    """Make up another word for an answer that few people wrote; study.toml does not list these."""
    if item.values != "any":
        return tuple(names)
    often = np.bincount(code[code >= 0], minlength=len(names))
    return tuple(name if n >= LEAST_SHOWN else f"{MADE_UP} {at}"
                 for at, (name, n) in enumerate(zip(names, often, strict=True), start=1))


def _banded(item: Item, numbers: np.ndarray, source: Source) -> tuple[Column, np.ndarray]:
    """Divide numbers into bands, of which the limits say nothing about one person.

    They are rounded quintiles and the like of many answers, or even steps of the range that
    study.toml declares.
    """
    there = numbers[np.isfinite(numbers)]
    low, high = _limits(item, source, len(numbers))
    if item.range and float(high - low) <= 2 * BANDS and not (there % 1).any():
        lows = np.arange(low, high + 1)
    elif len(there) >= FEWEST_BANDED:
        spread = np.quantile(there, [0.05, 0.2, 0.4, 0.6, 0.8, 0.95])
        lows = np.unique([_rough(limit) for limit in spread])[:-1]
        high = _rough(spread[-1])
    else:
        lows = np.unique(np.floor(np.linspace(low, high, BANDS + 1)[:-1]))
    whole = not (there % 1).any()
    tops = np.append(lows[1:] - whole, max(high, lows[-1]))
    column = Column(item, tuple(f"{limit:g}" for limit in lows), highest=tuple(map(float, tops)))
    code = np.clip(np.searchsorted(lows, numbers, side="right") - 1, 0, len(lows) - 1)
    return column, np.where(np.isfinite(numbers), code, UNANSWERED)


def _limits(item: Item, source: Source, n: int) -> tuple[float, float]:
    """Return between which numbers answers lie, by study.toml.

    Those of joint answers mostly count the people behind them, and may not add up to more.
    """
    low, high = item.range or UNSAID
    people = source.design.people if source.design and n else None
    if people is None:
        return low, high
    return max(low, np.ceil(SOME * people / n)), min(high, np.floor(MORE * people / n))


def _rough(number: float) -> float:
    """Round to two digits."""
    return float(f"{number:.2g}")


def protected_pairs(grid: AnswerGrid, protect: Protect) -> tuple[list[Table], Pairs]:
    """Return the protected two-way Tables of a source, and the shares in them."""
    tables = list(protect(two_way_tables(grid)))
    return tables, _shares(tables, grid)


def two_way_tables(grid: AnswerGrid) -> list[Table]:
    """Return a cross table of each two questions; options of a multiple item are yes or no.

    They count as data of real people, also when the source is synthetic: what the twin is made
    from has to be protected on every road.
    """
    source = grid.source.model_copy(update={"synthetic": False, "public": False})
    if len(grid.codes) < source.minimum:
        return []  # of so few nothing is shown
    return [_crossed(grid, source, one, other)
            for one, other in combinations(range(len(grid.columns)), 2)]


def _crossed(grid: AnswerGrid, source: Source, one: int, other: int) -> Table:
    down, across = grid.columns[one], grid.columns[other]
    first, second = grid.codes[:, one], grid.codes[:, other]
    both = (first >= 0) & (second >= 0)
    shape = len(down.categories), len(across.categories)
    flat = first[both] * shape[1] + second[both]
    counts = np.bincount(flat, minlength=shape[0] * shape[1]).astype(float)
    data = pd.DataFrame({
        down.name: np.repeat(down.categories, shape[1]),
        across.name: list(across.categories) * shape[0], "n": counts,
        "base": float(both.sum()), "share": counts / max(both.sum(), 1), "state": "shown"})
    facts = (Subject("crossed", (), (down.name, across.name)),
             Base("both", Count(len(first)), Count(int(both.sum()))))
    return Table(data, "crosstab", (down.name, across.name), facts, (source,))


def hide_small(tables: Sequence[Table]) -> list[Table]:
    """Hide what a cross table by itself hides: small counts, and what gives these away.

    Not `protect`, which hides over all Tables together: all pairs of 5 columns take it minutes.
    """
    return [_hidden(table) for table in tables]


def _hidden(table: Table) -> Table:
    down, across = table.dimensions
    shape = table.data[down].nunique(), table.data[across].nunique()
    counts = table.data["n"].to_numpy(float)
    small = counts.sum() < table.minimum
    marks = too_small_crossed(counts.reshape(shape), table.minimum,
                              rows=np.full(shape[0], small)).ravel()
    if not marks.any():
        return table
    shown = {name: np.where(marks, np.nan, table.data[name]) for name in ("n", "share")}
    return replace(table, data=table.data.assign(
        **shown, base=np.where(small, np.nan, table.data["base"]),
        state=np.where(marks, "hidden", "shown")))


def _shares(tables: Sequence[Table], grid: AnswerGrid) -> Pairs:
    """Put the shares of all Tables in one matrix; a hidden one is not known."""
    sizes, at = grid.sizes, {column.name: place for place, column in enumerate(grid.columns)}
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    shares = np.zeros((begins[-1], begins[-1]))
    known = np.zeros_like(shares, dtype=bool)
    for table in tables:
        one, other = (at[name] for name in table.dimensions)
        block = table.data["share"].to_numpy(float).reshape(sizes[one], sizes[other])
        rows, columns = (slice(begins[place], begins[place + 1]) for place in (one, other))
        shares[rows, columns], shares[columns, rows] = np.nan_to_num(block), np.nan_to_num(block.T)
        known[rows, columns], known[columns, rows] = np.isfinite(block), np.isfinite(block.T)
    return Pairs(sizes, shares, known)
