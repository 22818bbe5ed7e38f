"""The answers to one item, typed, while cleaning works on them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import pandas as pd
import tomlkit

from wbkit.cleaning.answer_values import Meaning, Reader, open_reader, single_reader
from wbkit.cleaning.log import MASK, Change, masked
from wbkit.cleaning.numbers import number_reader
from wbkit.cleaning.option_cells import ranking_reader, ticks_reader
from wbkit.cleaning.set_aside import rows_listed
from wbkit.data.cleaning_log import NOT_ASKED
from wbkit.data.responses import categorical
from wbkit.errors import DataError
from wbkit.messages import _, counted
from wbkit.study.item import Item
from wbkit.text.excel_dates import from_excel_date
from wbkit.text.identifying import certain_in
from wbkit.text.normalise import closest, cut, listed, tidy

NOT_ASKED_REASON = "not_asked"
MOST_DIFFERENT, LONGEST = 40, 60  # beyond these it looks like an open question
LONGEST_NUMBER = 12
DATE = re.compile(r"\d{4}-\d\d-\d\d( 00:00:00)?")
TOLD_APART = re.compile(r"(?P<words>.+) \(-?\d+\)")  # as a file of SPSS is read
MARKS = (";", ",", "|", "/", " - ", " + ")  # what other programs write between options
MOST_WORDS = 3  # a longer answer that resembles no value could be somebody's own words


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
        booleans for each option; ranking: one of places, nan without; numeric: a number or nan;
        open: text.
    reason
        Why there is no answer, where that is known, else ``""``.
    text
        Own words behind a closed list.
    changes
        What was changed.
    unknown
        Answers that the item does not know, with the rows where they stand.
    marked
        Of a multiple item in which "no" is told from no answer: who marked anything.
    """

    item: Item
    rows: np.ndarray
    values: np.ndarray
    reason: np.ndarray
    text: np.ndarray
    changes: tuple[Change, ...] = ()
    unknown: Mapping[str, Sequence[int]] = field(default_factory=dict)
    marked: np.ndarray | None = None

    @property
    def filled(self) -> np.ndarray:
        """Whether each unit gave an answer."""
        if self.item.kind == "multiple":
            ticked = self.values.any(axis=1)
            return ticked if self.marked is None else ticked | self.marked
        if self.item.kind == "ranking":
            return pd.notna(self.values).any(axis=1)
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
        marked = None if self.marked is None else self.marked & ~away
        return replace(
            self, values=values, marked=marked,
            reason=np.where(away, NOT_ASKED_REASON, self.reason),
            text=np.where(away, "", self.text), changes=self.changes + changes)

    def columns(self) -> dict[str, Any]:
        """Return the columns of the item in Responses."""
        item = self.item
        if item.several:
            own: dict[str, Any] = {f"{item.name}:{value}": self.values[:, place]
                                   for place, value in enumerate(item.categories)}
            own |= {item.marked_column: self.filled} if self.marked is not None else {}
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
        elif self.item.kind == "ranking":
            texts = [" > ".join(self.item.categories[place] for place in np.argsort(row)
                                if row[place] == row[place]) for row in self.values[which]]
        elif self.item.kind == "numeric":
            texts = [f"{number:g}" for number in self.values[which]]
        else:
            texts = self.values[which].tolist()
        return [reason or text for reason, text in zip(reasons, texts, strict=True)]


def read_answers(item: Item, written: pd.Series, *, commas: bool = False) -> Answers:
    """Read the answers to one item, each different answer once."""
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
            "ranking": ranking_reader, "open": open_reader}[item.kind](item)


def _nothing(item: Item) -> object:
    return {"multiple": False, "numeric": np.nan, "ranking": np.nan, "open": ""}.get(item.kind)


def _own(item: Item, meaning: Meaning) -> str:
    return meaning.text if item.other else ""


def _spread(item: Item, meanings: Sequence[Meaning], codes: np.ndarray) -> np.ndarray:
    """Give every unit the value of its answer."""
    if item.kind == "multiple":
        ticked = [[value in (meaning.value or ()) for value in item.categories]
                  for meaning in meanings]
        return np.array(ticked, dtype=bool).reshape(-1, len(item.categories))[codes]
    if item.kind == "ranking":
        places = np.full((len(meanings), len(item.categories)), np.nan)
        for row, meaning in enumerate(meanings):
            for place, value in enumerate(meaning.value or (), start=1):
                places[row, item.categories.index(value)] = place
        return places[codes]
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


def refuse_unknown(
    answers: Iterable[Answers], where: str, *, described_in: str = "study.toml"
) -> None:
    """Stop when some item has answers that it does not know."""
    strange = [one for one in answers if one.unknown]
    if not strange:
        return
    count = sum(len(one.unknown) for one in strange)
    lines = "\n".join(line for one in strange for line in _block(one.item, one.unknown))
    if count == 1:
        raise DataError(_(
            "{where}: 1 answer is not in {described_in}.\n"
            "{lines}\n"
            "For this answer, under its item in {described_in}: give the right one in "
            "corrections, or add it to values, or to missing when it is no answer.",
            where=where, described_in=described_in, lines=lines))
    raise DataError(_(
        "{where}: {count} different answers in {items} are not in {described_in}.\n"
        "{lines}\n"
        "For each answer, under its item in {described_in}: give the right one in "
        "corrections, or add it to values, or to missing when it is no answer.",
        where=where, count=count, items=counted(len(strange), "item", "items"),
        described_in=described_in, lines=lines))


def _block(item: Item, unknown: Mapping[str, Sequence[int]]) -> list[str]:
    head = f"  items.{item.name}: {_may_be(item)}"
    times = sum(map(len, unknown.values()))
    if len(unknown) > MOST_DIFFERENT or item.sensitivity == "identifier":
        rows = sorted({row for some in unknown.values() for row in some})
        words = _("{answers}, {times}, {rows}: is this an open question, or the wrong column?",
                  answers=counted(len(unknown), "different answer", "different answers"),
                  times=counted(times, "time", "times"), rows=rows_listed(rows))
        return [head, f"    {words}"]
    ordered = sorted(unknown.items(), key=lambda pair: (-len(pair[1]), pair[1][0]))
    return [head, *(_line(item, text, rows) for text, rows in ordered)]


def _may_be(item: Item) -> str:
    if item.kind == "numeric":
        low, high = item.range or (None, None)
        known = _("a number from {low:g} to {high:g}", low=low, high=high) if item.range else _(
            "a number")
    else:
        known = listed(map(repr, item.categories), most=20)
    if not item.missing:
        return _("may hold {known}.", known=known)
    return _("may hold {known} or {codes}.", known=known,
             codes=listed(map(repr, item.missing), most=20))


def _line(item: Item, text: str, rows: Sequence[int]) -> str:
    times = _("once") if len(rows) == 1 else counted(len(rows), "time", "times")
    return f"    {_shown(item, text)} {times}, {rows_listed(rows)}. {_advice(item, text)}".rstrip()


def _shown(item: Item, text: str) -> str:
    """Show an answer, but not what could be somebody's own words."""
    if item.kind == "numeric":
        number = len(text) <= LONGEST_NUMBER and any(map(str.isdigit, text))
        return repr(text) if number else _(
            "{mask} ({characters} typed)", mask=MASK, characters=_characters(text))
    own_words = len(text.split()) > MOST_WORDS and not closest(text, item.categories)
    if own_words or len(text) > LONGEST or certain_in(text):
        return f"{MASK} ({_characters(text)})"
    return repr(cut(text))


def _characters(text: str) -> str:
    return counted(len(text), "character", "characters")


def _advice(item: Item, text: str) -> str:
    if item.recode:
        return _("recode says nothing about it: add it to recode.map.")
    if item.kind == "numeric" and DATE.fullmatch(text):
        return _("Excel made a date of it: was it a number such as 7,5?")
    between = _mark_between(item, text)
    if between:
        return _('It holds several options: kind = "multiple" with separator = "{separator}" '
                 "reads them.", separator=between)
    told = TOLD_APART.fullmatch(text)
    if told and told["words"] in (*item.categories, *item.missing):
        return _("Is it the same as {words!r}? Two codes of a file can have the same words.",
                 words=told["words"])
    band = from_excel_date([*item.categories, text]).get(text)
    if band:
        return _("Excel made a date of it: was it {band}? If so: {correction}.", band=band,
                 correction=_correction(item, text, band))
    if item.kind == "numeric" or MASK in _shown(item, text):
        return ""
    near = closest(text, (*item.categories, *item.missing))
    if not near:
        return ""
    return _("Did you mean: {correction}?", correction=_correction(item, cut(text), near[0]))


def _mark_between(item: Item, text: str) -> str:
    """Return the mark between options that are all known; empty when it is one answer."""
    known = set(map(tidy, (*item.categories, *item.missing)))
    for mark in MARKS if item.kind in ("nominal", "multiple") else "":
        parts = [tidy(part) for part in text.split(mark)]
        if len(parts) > 1 and known.issuperset(parts):
            return mark
    return ""


def _correction(item: Item, text: str, right: str) -> str:
    """Write the whole line: TOML refuses a second one beside the corrections that are there."""
    pairs = ", ".join(" = ".join(tomlkit.string(words).as_string() for words in pair)
                      for pair in (item.corrections | {text: right}).items())
    return f"corrections = {{ {pairs} }}"
