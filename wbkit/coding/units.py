"""Units that were coded, and who gave which code to each: turns, documents or stretches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import pandas as pd

from wbkit.data.documents import NOT_CODED, Documents
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.stats.agreement import tally
from wbkit.table.facts import Counted

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
        raise CodingError(_(
            "unit={unit!r} is unknown. Use {units}.",
            unit=unit, units=", ".join(UNITS)))


def counted_unit(unit: Unit, documents: Documents) -> Counted:
    """State what is counted; texts without turns are units as a whole."""
    whole = unit == "document" or unit == "turn" and documents.turns.empty
    return Counted("text" if whole else unit)


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


def edges(
    starts: np.ndarray, ends: np.ndarray, passages: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Cut places at every edge of a passage, so that each piece lies in or out of it as a whole.

    Places are in order, half-open, none over another; passages may overlap.
    """
    cuts = np.unique(np.concatenate([starts, ends, *passages]))
    place = np.searchsorted(starts, cuts, side="right") - 1
    inside = (place >= 0) & (cuts < ends[np.maximum(place, 0)]) if len(ends) else cuts < cuts
    first = np.flatnonzero(inside)
    return cuts[first], cuts[first + 1]


def covered(
    units: tuple[np.ndarray, np.ndarray], passages: tuple[np.ndarray, np.ndarray],
    kind: np.ndarray, kinds: int,
) -> np.ndarray:
    """Find which units are touched by a passage of each kind: bool, shape (kinds, units).

    `kind` is the kind of each passage, from 0; units are in order, none over another.
    """
    starts, ends = units
    n = len(starts)
    first = np.searchsorted(ends, passages[0], side="right")
    last = np.searchsorted(starts, passages[1], side="left")
    some = last > first
    size = (n + 1) * kinds
    opened = np.bincount(kind[some] * (n + 1) + first[some], minlength=size)
    closed = np.bincount(kind[some] * (n + 1) + last[some], minlength=size)
    lying = np.cumsum((opened - closed).astype(np.int32), dtype=np.int32)  # 0 at every row's end
    return lying.reshape(kinds, n + 1)[:, :n] > 0


def joined_up(
    units: tuple[np.ndarray, np.ndarray], positions: np.ndarray
) -> np.ndarray:
    """Return positions on an axis on which units follow each other without gaps.

    A position in a gap comes at the end of the unit before it.
    """
    starts, ends = units
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    place = np.searchsorted(starts, positions, side="right") - 1
    inside = np.minimum(positions - starts[place], ends[place] - starts[place])
    return np.where(place < 0, 0, before[place] + inside)


def tallies(
    runs: np.ndarray, passages: tuple[np.ndarray, np.ndarray],
    given: tuple[np.ndarray, np.ndarray], size: tuple[int, int],
) -> np.ndarray:
    """Count characters by how many coders gave a code, and by whom: each code by its own edges.

    Characters between two edges of a code are one step of the sweep: they are not visited one by
    one, and other codes do not cut them. `runs` are the edges of the texts on one axis, `given`
    the code and coder of each passage; the result is as `wbkit.stats.agreement.tally` for each
    code, shape (texts, codes, 2 * coders + 1).
    """
    (starts, ends), (code, coder), (codes, coders) = passages, given, size
    length, texts, n = int(runs[-1]), len(runs) - 1, len(starts)
    at = np.concatenate([starts, ends, np.tile(runs, codes)])
    code = np.concatenate([code, code, np.repeat(np.arange(codes), texts + 1)])
    step = np.zeros((coders + 1, len(at)), dtype=np.int32)
    step[coder, np.arange(n)], step[coder, np.arange(n, 2 * n)] = 1, -1
    step[coders, 2 * n:] = 1
    order = np.argsort(code * (length + 1) + at)  # the codes behind each other
    at, code = at[order], code[order]
    step = np.cumsum(np.take(step, order, axis=1), axis=1, dtype=np.int32)
    text = np.clip(step[coders] - 1 - code * (texts + 1), 0, texts - 1)
    wide = np.where(at == length, 0, np.diff(at, append=length)).astype(float)
    group, lying = text * codes + code, step[:coders] > 0
    times = np.bincount(group * (coders + 1) + lying.sum(axis=0, dtype=np.int8), wide,
                        texts * codes * (coders + 1)).reshape(texts, codes, coders + 1)
    own = [np.bincount(group, wide * one, texts * codes) for one in lying]
    return np.concatenate([times, np.stack(own, axis=1).reshape(texts, codes, coders)], axis=2)
