"""Made-up answers as the cells of a raw file, as messy as the original."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.cleaning_log import CORRECTION, DECIMAL_COMMA, NO_ANSWER, SPACES, SUSPECTED
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses, asked_items, with_columns
from wbkit.privacy.twin.answer_grid import AnswerGrid, Column
from wbkit.privacy.twin.answers import is_asked
from wbkit.privacy.twin.export_additions import additions, with_odd_rows
from wbkit.privacy.twin.sentences import Sentences, alike, made_answers
from wbkit.study.item import NO_ANSWER as LEFT_EMPTY
from wbkit.study.item import NOT_ASKED, OTHER, SEPARATOR, TICKED, UNTICKED, Item
from wbkit.study.study import LEAST_SHOWN
from wbkit.text.normalise import heading, tidy

DATE = r"\d{4}-\d{2}-\d{2}"
FEW = 2  # how often a slip is made that the original has fewer than five times
Rates = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Original:
    """What is known of the original while cells are written: never the answers of one person.

    Parameters
    ----------
    raw, responses
        Before and after cleaning.
    rates
        Share of those asked who gave each missing code, or (empty code) nothing, by item.
    """

    raw: Raw
    responses: Responses
    rates: Rates

    def slips(self, item: str, rule: str) -> int:
        """Return how often a slip was mended, a small number rounded."""
        log = self.responses.log
        n = int(((log["item"] == item) & (log["rule"] == rule)).sum())
        return n if n == 0 or n >= LEAST_SHOWN else FEW

    @property
    def blank(self) -> int:
        """How many rows are empty."""
        return int((self.responses.log["rule"] == NO_ANSWER).sum())

    @property
    def doubled(self) -> int:
        """How many rows are suspected to be there twice."""
        return int(self.responses.log["rule"].str.startswith(SUSPECTED).sum())

    @property
    def ordered(self) -> list[tuple[str, str]]:
        """Pairs of numeric items of which the first is never more than the second."""
        data = self.responses.data
        names = [item.name for item in asked_items(self.raw.source)
                 if item.kind == "numeric" and item.name in data]
        return [(low, high) for low in names for high in names if low != high
                and data[[low, high]].notna().all(axis=1).sum() > 1
                and not (data[low] > data[high]).any() and (data[low] < data[high]).any()]

    @property
    def units(self) -> int:
        """How many rows are of somebody else than another row."""
        return max(len(self.raw.data) - self.blank - self.doubled, 0)


def item_states(responses: Responses) -> dict[str, dict[str, int]]:
    """Count, by item, who was asked, who gave each missing code and (empty code) who gave none."""
    found = {}
    for item in asked_items(responses.source):
        if item.name in responses.source.items:
            counts = responses.state_counts(item.name)
            asked = len(responses.data) - counts.pop(NOT_ASKED, 0)
            found[item.name] = {"": counts.pop(LEFT_EMPTY, 0), **counts, "asked": asked}
    return found


def raw_cells(
    original: Original, grid: AnswerGrid, sentences: Sentences, rng: np.random.Generator
) -> pd.DataFrame:
    """Write made-up answers as text, under the headings of the original.

    Gives as many rows as the original, its empty and double ones included.
    """
    raw = original.raw
    source = with_columns(raw.source, raw.parts, set(raw.data))
    cells = pd.DataFrame("", index=range(len(grid.codes)), columns=raw.data.columns, dtype=object)
    writer = _Writer(original, grid, sentences, rng)
    for item in asked_items(source):
        for name, written in writer.written(item).items():
            cells[heading(name)] = written
    cells = _in_order(cells, [tuple(heading(source.items[name].headings[0]) for name in pair)
                              for pair in original.ordered])
    for item in asked_items(source):
        if item.kind in ("nominal", "ordinal", "numeric") and item.sensitivity != "identifier":
            name = heading(item.headings[0])
            cells[name] = writer.slipped(item, cells[name].to_numpy(dtype=object))
    asked = {heading(name) for item in asked_items(source) for name in item.headings}
    cells = cells.assign(**additions(raw, grid, asked, rng))
    return with_odd_rows(cells, raw, (original.doubled, original.blank), rng)


class _Writer:
    """Writes the cells of one item after another."""

    def __init__(
        self, original: Original, grid: AnswerGrid, sentences: Sentences,
        rng: np.random.Generator,
    ) -> None:
        self.original, self.grid, self.sentences, self.rng = original, grid, sentences, rng
        self.n = len(grid.codes)
        self.avoid = written_by_people(original.raw)

    def written(self, item: Item) -> dict[str, Sequence[str]]:
        """Return heading = cells."""
        kinds: dict[str, Callable[[Item], dict[str, Sequence[str]]]] = {
            "multiple": self._options, "ranking": self._ranked, "open": self._words}
        if item.sensitivity == "identifier":
            name = "oefen{:04d}@example.org" if "mail" in item.headings[0] else "oefen{:04d}"
            return {item.headings[0]: [name.format(at + 1) for at in range(self.n)]}
        return kinds.get(item.kind, self._single)(item)

    def _absent(self, item: Item, answered: np.ndarray) -> np.ndarray:
        """Return what stands in a cell without an answer: a missing code, or nothing."""
        rates = self.original.rates.get(item.name, {})
        asked = is_asked(item, self.grid.codes, self.grid.columns)
        codes, weights = list(rates), np.array(list(rates.values()))
        made = np.full(self.n, "", dtype=object)
        rows = np.flatnonzero(asked & ~answered)
        if len(codes) and weights.sum():
            made[rows] = self.rng.choice(np.array(codes, dtype=object), size=len(rows),
                                         p=weights / weights.sum())
        return made

    def _single(self, item: Item) -> dict[str, Sequence[str]]:
        at = self.grid.places(item.name)[0]
        column, codes = self.grid.columns[at], self.grid.codes[:, at]
        cells = self._absent(item, codes >= 0)
        for row in np.flatnonzero(codes >= 0):
            cells[row] = self._answer(column, codes[row])
        own = np.flatnonzero(cells == OTHER) if item.other else np.zeros(0, dtype=int)
        words = made_answers(self.sentences, len(own), self.rng, self.avoid)
        if item.other_column:
            beside = np.full(self.n, "", dtype=object)
            cells[own], beside[own] = item.other, words
            return {item.headings[0]: cells, item.other_column: beside}
        cells[own] = [f"{item.other}: {text}" for text in words]
        return {item.headings[0]: cells}

    def _answer(self, column: Column, code: int) -> str:
        if not column.highest:
            return column.categories[code]
        low, high = float(column.categories[code]), column.highest[code]
        if low % 1 == 0 and high % 1 == 0:
            return str(self.rng.integers(int(low), int(high) + 1))
        return f"{self.rng.uniform(low, high):.1f}"

    def slipped(self, item: Item, cells: np.ndarray) -> np.ndarray:
        """Make the slips that cleaning mends, as often as people made them."""
        cells = cells.copy()
        typed: dict[str, list[str]] = {}
        for wrong, right in item.corrections.items():
            typed.setdefault(right, []).append(wrong)
        fits = [row for row in self.rng.permutation(self.n) if cells[row] in typed]
        for row in fits[:self.original.slips(item.name, CORRECTION)]:
            cells[row] = self.rng.choice(typed[cells[row]])
        filled = [row for row in self.rng.permutation(self.n) if cells[row]]
        for row in filled[:self.original.slips(item.name, SPACES)]:
            cells[row] = f" {cells[row]} "
        numbers = [row for row in filled if cells[row].replace(".", "", 1).isdigit()]
        for row in numbers[:self.original.slips(item.name, DECIMAL_COMMA)]:
            whole, _, part = cells[row].partition(".")
            cells[row] = f"{whole},{part or '0'}"
        return cells

    def _options(self, item: Item) -> dict[str, Sequence[str]]:
        places = self.grid.places(item.name)
        codes = self.grid.codes[:, places]
        answered = (codes >= 0).all(axis=1)
        names = [self.grid.columns[at].option for at in places]
        empty = self._absent(item, answered)
        chosen = [[name for name, code in zip(names, row, strict=True) if code == 0]
                  for row in codes]
        if isinstance(item.columns, dict) and item.columns:
            return self._ticks(item, chosen, answered, empty)
        words = [[self._named(item, name) for name in row] for row in chosen]
        if item.columns:
            return _in_places(item.columns, words, empty)
        return {item.headings[0]: self._joined(item, words, empty)}

    def _named(self, item: Item, option: str) -> str:
        if option != OTHER:
            return option
        text = made_answers(self.sentences, 1, self.rng, self.avoid)[0]
        return str(item.other) if item.other_column else f"{item.other}: {text}".replace(";", ",")

    def _joined(
        self, item: Item, words: Sequence[Sequence[str]], empty: np.ndarray
    ) -> list[str]:
        mark = item.separator or SEPARATOR
        ends = mark if self.original.raw.source.format == "ms-forms" else ""
        return [mark.join(some) + ends if some else str(none)
                for some, none in zip(words, empty, strict=True)]

    def _ticks(
        self, item: Item, chosen: Sequence[Sequence[str]], answered: np.ndarray, empty: np.ndarray
    ) -> dict[str, Sequence[str]]:
        """Write each option in a column of its own, with the marks that the file has."""
        made = {}
        for option, name in item.columns.items():
            yes, no = self._marks(item, option, name)
            ticks = np.array([option in some for some in chosen], dtype=bool)
            cells = np.where(ticks, yes, np.where(answered, no, "")).astype(object)
            if option in item.missing:
                cells = np.where(empty == option, yes, "").astype(object)
            if option == OTHER and not item.other_column:
                cells[ticks] = made_answers(self.sentences, int(ticks.sum()), self.rng, self.avoid)
            made[name] = cells
        return made

    def _marks(self, item: Item, option: str, name: str) -> tuple[str, str]:
        """Return what stands in the file for a tick and for none."""
        forms = self.original.raw.data[heading(name)].map(tidy).value_counts()
        yes = {tidy(one).casefold() for one in (*item.ticked, *TICKED, option, name)}
        no = {tidy(one).casefold() for one in (*item.unticked, *UNTICKED)}
        ticked = [form for form in forms.index if form.casefold() in yes]
        unticked = [form for form in forms.index if form.casefold() in no]
        return (ticked or [*item.ticked, "1"])[0], (unticked or [""])[0]

    def _ranked(self, item: Item) -> dict[str, Sequence[str]]:
        """Rank the options, each first about as often as it came first."""
        data = self.original.responses.data
        first = np.array([(data[f"{item.name}:{one}"] == 1).sum() for one in item.categories])
        weights = np.maximum(first, LEAST_SHOWN / 2).astype(float)
        left = sum(self.original.rates.get(item.name, {}).values())
        asked = is_asked(item, self.grid.codes, self.grid.columns)
        answered = asked & (self.rng.random(self.n) >= left)
        empty = self._absent(item, answered)
        orders = [list(self.rng.choice(np.array(item.categories, dtype=object), replace=False,
                                       size=len(weights), p=weights / weights.sum()))
                  if there else [] for there in answered]
        if isinstance(item.columns, dict) and item.columns:
            return {name: [str(order.index(option) + 1) if order else "" for order in orders]
                    for option, name in item.columns.items()}
        if item.columns:
            return _in_places(item.columns, orders, empty)
        return {item.headings[0]: self._joined(item, orders, empty)}

    def _words(self, item: Item) -> dict[str, Sequence[str]]:
        """Write own words; a number of a list keeps its form: gp01, v2."""
        left = self.original.rates.get(item.name, {}).get("", 0.0)
        asked = is_asked(item, self.grid.codes, self.grid.columns)
        rows = np.flatnonzero(asked & (self.rng.random(self.n) >= left))
        form = _numbered(self.original.raw.data[item.headings[0]].map(tidy))
        cells = self._absent(item, np.isin(np.arange(self.n), rows))
        if form:
            return {item.headings[0]: [form.format(at + 1) for at in range(self.n)]}
        dates = self.original.raw.data[item.headings[0]].map(tidy).str.fullmatch(DATE).all()
        cells[rows] = [f"2000-01-{at % 28 + 1:02d}" for at in range(len(rows))] if dates else \
            made_answers(self.sentences, len(rows), self.rng, self.avoid)
        return {item.headings[0]: cells}


def _in_order(cells: pd.DataFrame, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Change two numbers of a unit about where the one that is never more is more."""
    cells = cells.copy()
    for _ in pairs:  # a change can undo an earlier one; after so many rounds none is left
        for low, high in pairs:
            numbers = cells[[low, high]].apply(pd.to_numeric, errors="coerce")
            wrong = numbers[low] > numbers[high]
            cells.loc[wrong, [low, high]] = cells.loc[wrong, [high, low]].to_numpy()
    return cells


def written_by_people(raw: Raw) -> set[str]:
    """Return what stands in the open items of a file and behind its free options."""
    open_ = [name for item in asked_items(raw.source) for name in item.headings
             if item.kind == "open" or item.other]
    return {alike(text) for name in open_ if name in raw.data for text in raw.data[name] if text}


def _numbered(cells: pd.Series) -> str:
    """Return the form of names such as gp01, where all of a list are of one form."""
    parts = cells.str.extract(r"^([a-zA-Z]{0,4}[-_]?)(\d{1,4})$")
    if len(cells) < 2 or parts.isna().any(axis=None) or parts[0].nunique() != 1 \
            or cells.duplicated().any():
        return ""
    return f"{parts[0].iloc[0]}{{:0{parts[1].str.len().min()}d}}"


def _in_places(
    names: Sequence[str], words: Sequence[Sequence[str]], empty: np.ndarray
) -> dict[str, Sequence[str]]:
    """Write the first option in the first column, and so on."""
    return {name: [some[at] if at < len(some) else (str(none) if at == 0 and not some else "")
                   for some, none in zip(words, empty, strict=True)]
            for at, name in enumerate(names)}
