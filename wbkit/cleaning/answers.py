"""The answers to one item, typed, while cleaning works on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import pandas as pd

from wbkit.cleaning.answer_values import Meaning, Reader, open_reader, single_reader
from wbkit.cleaning.figures import number_reader
from wbkit.cleaning.log import Change, masked
from wbkit.cleaning.ticks import ticks_reader
from wbkit.data.cleaning_log import NOT_ASKED
from wbkit.data.columns import categorical
from wbkit.study.item import Item

NOT_ASKED_REASON = "not_asked"


@dataclass(frozen=True)
class Answers:
    """The answers of all units to one item.

    Parameters
    ----------
    item
        The item.
    rows
        Row number of each unit.
    values
        One entry for each unit. Nominal and ordinal: id or None; multiple: one column of
        booleans for each option; numeric: a number or nan; open: text.
    reason
        Why there is no answer, where that is known, else ``""``.
    text
        Own words behind a closed list.
    changes
        What was changed.
    unknown
        Answers that the item does not know, with the rows where they stand.
    """

    item: Item
    rows: np.ndarray
    values: np.ndarray
    reason: np.ndarray
    text: np.ndarray
    changes: tuple[Change, ...] = ()
    unknown: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def filled(self) -> np.ndarray:
        """Whether each unit gave an answer."""
        if self.item.kind == "multiple":
            return self.values.any(axis=1)
        if self.item.kind == "open":
            return self.values != ""
        return pd.notna(self.values)

    def has(self, wanted: Sequence[str]) -> np.ndarray:
        """Say for each unit whether it gave one of these answers."""
        if self.item.kind == "multiple":
            places = [place for place, value in enumerate(self.item.categories) if value in wanted]
            return self.values[:, places].any(axis=1)
        return pd.Series(self.values, dtype=object).isin(wanted).to_numpy()

    def without(self, away: np.ndarray) -> Self:
        """Remove the answers of units that were not asked, and say so in the log."""
        lost = away & (self.filled | (self.reason != ""))
        changes = () if self.item.derived else tuple(
            Change(row, self.item.name, masked(self.item, before), "", NOT_ASKED)
            for row, before in zip(self.rows[lost].tolist(), self._written(lost), strict=True))
        values = self.values.copy()
        values[away] = _nothing(self.item)
        return replace(
            self, values=values, reason=np.where(away, NOT_ASKED_REASON, self.reason),
            text=np.where(away, "", self.text), changes=self.changes + changes)

    def columns(self) -> dict[str, Any]:
        """Return the columns of the item in Responses."""
        item = self.item
        if item.kind == "multiple":
            own: dict[str, Any] = {f"{item.name}:{value}": self.values[:, place]
                                   for place, value in enumerate(item.categories)}
        elif item.closed:
            own = {item.name: categorical(item, self.values)}
        else:
            own = {item.name: pd.array(self.values, dtype="str") if item.kind == "open"
                   else self.values.astype("float64")}
        if item.other:
            own[item.text_column] = pd.array(self.text, dtype="str")
        return own

    def _written(self, which: np.ndarray) -> list[str]:
        """Write the answers of some units as text for the log."""
        reasons = self.reason[which]
        if self.item.kind == "multiple":
            names = np.array(self.item.categories, dtype=object)
            texts = ["; ".join(names[ticks]) for ticks in self.values[which]]
        elif self.item.kind == "numeric":
            texts = [f"{number:g}" for number in self.values[which]]
        else:
            texts = self.values[which].tolist()
        return [reason or text for reason, text in zip(reasons, texts, strict=True)]


def read_answers(item: Item, written: pd.Series, *, commas: bool = False) -> Answers:
    """Read the answers to one item, each different answer once.

    Parameters
    ----------
    item
        The item.
    written
        Text of each unit, ``""`` for none; the index holds the row numbers.
    commas
        Whether the file is known to have decimal commas.

    Returns
    -------
    Answers
        Typed, with changes and unknown answers.
    """
    codes, different = pd.factorize(written.to_numpy(dtype=object))
    read = _reader(item, different, commas)
    meanings = [read(text) for text in different]
    rows = written.index.to_numpy()
    return Answers(
        item, rows, _spread(item, meanings, codes),
        np.array([meaning.reason for meaning in meanings], dtype=object)[codes],
        np.array([_own(item, meaning) for meaning in meanings], dtype=object)[codes],
        tuple(_changes(item, meanings, codes, rows)), _unknown(meanings, codes, rows))


def _reader(item: Item, written: Sequence[str], commas: bool) -> Reader:
    if item.kind == "numeric":
        return number_reader(item, written, commas=commas)
    return {"nominal": single_reader, "ordinal": single_reader, "multiple": ticks_reader,
            "open": open_reader}[item.kind](item)


def _nothing(item: Item) -> object:
    return {"multiple": False, "numeric": np.nan, "open": ""}.get(item.kind)


def _own(item: Item, meaning: Meaning) -> str:
    return meaning.text if item.other else ""


def _spread(item: Item, meanings: Sequence[Meaning], codes: np.ndarray) -> np.ndarray:
    """Give every unit the value of its answer."""
    if item.kind == "multiple":
        ticked = [[value in (meaning.value or ()) for value in item.categories]
                  for meaning in meanings]
        return np.array(ticked, dtype=bool).reshape(-1, len(item.categories))[codes]
    nothing = _nothing(item)
    values = np.empty(len(meanings), dtype="float64" if item.kind == "numeric" else object)
    values[:] = [nothing if meaning.value is None else meaning.value for meaning in meanings]
    return values[codes]


def _changes(
    item: Item, meanings: Sequence[Meaning], codes: np.ndarray, rows: np.ndarray
) -> list[Change]:
    changed = np.array([bool(meaning.edits) for meaning in meanings], dtype=bool)[codes]
    return [Change(row, item.name, *edit)
            for row, code in zip(rows[changed].tolist(), codes[changed].tolist(), strict=True)
            for edit in meanings[code].edits]


def _unknown(
    meanings: Sequence[Meaning], codes: np.ndarray, rows: np.ndarray
) -> dict[str, list[int]]:
    strange = np.array([bool(meaning.unknown) for meaning in meanings], dtype=bool)[codes]
    found: dict[str, list[int]] = {}
    for row, code in zip(rows[strange].tolist(), codes[strange].tolist(), strict=True):
        for text in meanings[code].unknown:
            found.setdefault(text, []).append(row)
    return found
