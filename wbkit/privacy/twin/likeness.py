"""Whether a twin is like its original, and whether anything of the original stands in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.documents import INTERVIEWER, Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses, asked_items
from wbkit.privacy.twin.answer_grid import UNANSWERED, AnswerGrid, Column, answer_grid
from wbkit.privacy.twin.pair_fitting import (
    Pairs,
    bootstrap_distances,
    pair_distances,
    pairs_of,
)
from wbkit.privacy.twin.sentences import alike
from wbkit.text.normalise import heading, tidy

SAMPLES = 100  # pairs of bootstrap samples
SHORT = 8  # answers: with fewer, two people can give the same by chance
FEWEST_WORDS = 4  # of a line that is looked for in a conversation


@dataclass(frozen=True)
class Distances:
    """Distances of the two-way Tables of a source, one for each table.

    Parameters
    ----------
    twin
        From the original to the twin.
    samples
        Between two bootstrap samples of the original, shape (pairs of samples, tables).
    """

    twin: np.ndarray
    samples: np.ndarray


def distances(
    original: AnswerGrid, pairs: Pairs, twin: Responses, rng: np.random.Generator
) -> Distances:
    """Compare the protected two-way Tables of a source with those of its twin."""
    codes = np.maximum(original.codes, -1)
    other = pairs_of(np.maximum(coded_as(original, twin), -1), original.sizes)
    return Distances(pair_distances(pairs, other),
                     bootstrap_distances(codes, pairs, rng, draws=SAMPLES))


def coded_as(original: AnswerGrid, twin: Responses) -> np.ndarray:
    """Return the answers of a twin in the categories of its original."""
    grid = answer_grid(twin)
    at = {column.name: place for place, column in enumerate(grid.columns)}
    return np.column_stack([_recoded(column, grid, at, twin) for column in original.columns])


def _recoded(
    column: Column, grid: AnswerGrid, at: Mapping[str, int], twin: Responses
) -> np.ndarray:
    code = grid.codes[:, at[column.name]]
    if column.highest:
        numbers = twin.data[column.item.name].to_numpy(float)
        lows = np.array(column.categories, dtype=float)
        found = np.clip(np.searchsorted(lows, numbers, side="right") - 1, 0, len(lows) - 1)
        return np.where(code >= 0, found, code)
    names = {name: place for place, name in enumerate(column.categories)}
    own = grid.columns[at[column.name]].categories
    new = np.array([names.get(name, UNANSWERED) for name in own])
    return np.where(code >= 0, new[code], code)


def same_rows(original: Raw, twin: Raw) -> tuple[int, int]:
    """Count the rows of a twin that stand in the original, long ones and short ones.

    Only answers are compared: not what the export itself adds, and not identifiers, which are
    all made up. Of a source of counts that is the counts; which cells there are is no secret.
    """
    columns = _answers_of(original)
    known = set(_rows(original.data, columns))
    again = [row for row in _rows(twin.data, columns) if row in known and any(row)]
    long = sum(sum(map(bool, row)) >= SHORT for row in again)
    return long, len(again) - long


def _answers_of(raw: Raw) -> list[str]:
    rules = raw.source.counts
    items = [item for item in asked_items(raw.source) if item.sensitivity != "identifier"
             and (rules is None or item.name in rules.counted)]
    return [heading(name) for item in items for name in item.headings if heading(name) in raw.data]


def _rows(data: pd.DataFrame, columns: list[str]) -> Iterator[tuple[str, ...]]:
    tidied = data[columns].map(lambda cell: tidy(str(cell)).casefold())
    yield from tidied.itertuples(index=False, name=None)


def same_texts(original: Iterable[str], twin: Iterable[str]) -> int:
    """Count the texts of a twin that somebody wrote or said in the original."""
    written = {alike(text) for text in original} - {alike("")}
    return sum(alike(text) in written for text in twin)


def said(documents: Documents) -> list[str]:
    """Return what was said or noted, line by line; not the questions, which come from the guide."""
    texts = documents.texts.set_index("document")["text"]
    turns = documents.turns[documents.turns["role"] != INTERVIEWER]
    lines = [texts[row["document"]][row["start"]:row["end"]] for row in turns.to_dict("records")]
    spoken = set(documents.turns["document"])
    lines += [line for name, text in texts.items() if name not in spoken
              for line in text.splitlines()]
    return [line for line in lines if len(line.split()) >= FEWEST_WORDS]


def written(raw: Raw) -> list[str]:
    """Return the own words in a file: open answers."""
    names = [name for item in asked_items(raw.source) if item.kind == "open"
             and item.sensitivity != "identifier" for name in item.headings]
    return [text for name in names if name in raw.data for text in raw.data[name]
            if len(text.split()) > 1 or text.isalpha()]
