"""Units that were coded, and who gave which code to each: turns, documents or stretches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import pandas as pd

from wbkit.coding.stretches import covered, edges, joined_up, tallies
from wbkit.data.documents import NOT_CODED, Documents
from wbkit.errors import CodingError
from wbkit.labels import label
from wbkit.stats.yes_no import tally

Unit = Literal["turn", "document", "character"]
UNITS = ("turn", "document", "character")


@dataclass(frozen=True)
class Places:
    """Places in texts, in order, on one axis on which the texts stand behind each other.

    ``document`` is the row of the text; ``shift`` where each text begins on the axis.
    """

    document: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    shift: np.ndarray

    def where(self, kept: np.ndarray) -> Self:
        """Keep some of the places."""
        return replace(self, document=self.document[kept], starts=self.starts[kept],
                       ends=self.ends[kept])

    @property
    def sizes(self) -> np.ndarray:
        """Length of each place in characters."""
        return self.ends - self.starts


@dataclass(frozen=True)
class Passages:
    """Codings as numbers: row of the text, start and end on the axis, which code, which coder."""

    document: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    code: np.ndarray
    coder: np.ndarray

    @property
    def edges(self) -> tuple[np.ndarray, np.ndarray]:
        """Starts and ends."""
        return self.starts, self.ends


def check_unit(unit: str) -> None:
    """Refuse a unit that does not exist."""
    if unit not in UNITS:
        raise CodingError(f"unit={unit!r} is unknown. Use {', '.join(UNITS)}.")


def unit_words(unit: Unit, documents: Documents) -> tuple[str, str]:
    """Return the printed words for one unit and for several; texts without turns are units."""
    whole = unit == "turn" and documents.turns.empty
    one, several = label(f"unit_of_coding_{'document' if whole else unit}",
                         documents.source.language).split("|")
    return one, several


def places(documents: Documents, unit: Unit) -> Places:
    """Return the places that can be coded: texts as a whole, or what was said in them.

    Turns of interviewers and lines that nobody spoke are left out; a text without turns is one
    place. For characters the places are still to be cut at the edges of passages.
    """
    length = documents.texts["text"].str.len().to_numpy(np.int64)
    shift = np.cumsum(length + 1) - length - 1
    rows = np.arange(len(length))
    whole = Places(rows, shift, shift + length, shift)
    if unit == "document" or documents.turns.empty:
        return whole.where(length > 0)
    turns = documents.turns
    own = pd.Index(documents.texts["document"]).get_indexer(turns["document"])
    alone = whole.where((length > 0) & ~np.isin(rows, own))
    kept = (~turns["role"].isin(NOT_CODED)).to_numpy() & (turns["end"] > turns["start"]).to_numpy()
    own, start = own[kept], turns["start"].to_numpy()[kept]
    begin, end = start + shift[own], turns["end"].to_numpy()[kept] + shift[own]
    both = Places(np.r_[own, alone.document], np.r_[begin, alone.starts], np.r_[end, alone.ends],
                  shift)
    return both.where(np.argsort(both.starts, kind="stable"))


def in_turns(data: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Add to each coding the columns of the turn in which it begins; absent before the first.

    Where that turn begins becomes ``first``.
    """
    left = data.assign(place=np.arange(len(data))).astype({"document": "str", "start": "int64"})
    right = turns.astype({"document": "str", "start": "int64"}).rename(columns={"start": "first"})
    found = pd.merge_asof(left.sort_values("start"), right.sort_values("first", kind="stable"),
                          left_on="start", right_on="first", by="document")
    return found.sort_values("place").drop(columns="place").set_axis(data.index)


def passages(
    data: pd.DataFrame, documents: Documents, codes: Sequence[str], coders: Sequence[str]
) -> Passages:
    """Return codings as numbers; each has one of `codes` and is by one of `coders`."""
    found = places(documents, "document")
    row = pd.Index(documents.texts["document"]).get_indexer(data["document"])
    return Passages(
        row, data["start"].to_numpy() + found.shift[row], data["end"].to_numpy() + found.shift[row],
        _which(data["code"], codes), _which(data["coder"], coders))


def cut(found: Places, laid: Passages) -> Places:
    """Cut places at the edges of passages: what lies between has the same codes throughout."""
    starts, ends = edges(found.starts, found.ends, laid.edges)
    at = np.searchsorted(found.starts, starts, side="right") - 1
    return replace(found, document=found.document[at], starts=starts, ends=ends)


def given(found: Places, laid: Passages, codes: int, coders: int) -> np.ndarray:
    """Return who gave which code to which place: bool, shape (codes, coders, places)."""
    kind = laid.code * coders + laid.coder
    touched = covered((found.starts, found.ends), laid.edges, kind, codes * coders)
    return touched.reshape(codes, coders, len(found.starts))


def tallied(
    found: Places, laid: Passages, size: tuple[int, int, int], unit: Unit
) -> np.ndarray:
    """Count units by how many coders gave a code, and by whom: (texts, codes, 2 * coders + 1).

    `found` are whole places, also for characters; `size` is how many texts, codes and coders.
    """
    texts, codes, coders = size
    if unit == "character":
        lengths = np.bincount(found.document, found.sizes, texts).astype(np.int64)
        ends = [joined_up((found.starts, found.ends), edge) for edge in laid.edges]
        return tallies(np.concatenate([[0], np.cumsum(lengths)]), tuple(ends),
                       (laid.code, laid.coder), (codes, coders))
    once = np.ones(len(found.starts))
    return np.stack([tally(one, once, found.document, texts)
                     for one in given(found, laid, codes, coders)], axis=1)


def _which(column: pd.Series, known: Sequence[str]) -> np.ndarray:
    if isinstance(column.dtype, pd.CategoricalDtype):
        place = pd.Index(known).get_indexer(column.cat.categories)
        return place[column.cat.codes.to_numpy()]
    return pd.Index(known).get_indexer(column)
