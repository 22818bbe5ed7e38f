"""Read a question in several columns: a tick, or a place, in the column of each option."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.cleaning.answer_values import known_answers
from wbkit.cleaning.answers import Answers, read_answers
from wbkit.cleaning.log import MASK, Change
from wbkit.cleaning.option_cells import without_exclusive
from wbkit.data.cleaning_log import EXCLUSIVE, MISSING_CODE, OWN_WORDS
from wbkit.messages import _
from wbkit.study.item import OTHER, SEPARATOR, TICKED, UNTICKED, Item
from wbkit.text.normalise import heading, tidy

PLACE = re.compile(r"[0-9]{1,3}")
# the place of each option, and by number of the row: missing codes, what the item does not know
Places = tuple[np.ndarray, list[tuple[str, int]], list[tuple[str, int]]]


def read_columns(item: Item, cells: pd.DataFrame) -> Answers:
    """Read the answers to an item of which each option or place has a column."""
    if item.kind == "ranking":
        return _places(item, cells)
    return _ticks(item, cells) if isinstance(item.columns, dict) else _mentions(item, cells)


def _mentions(item: Item, cells: pd.DataFrame) -> Answers:
    """Read columns that each hold one of the options."""
    columns = [cells[heading(name)].map(tidy) for name in item.columns]
    rows = zip(*columns, strict=True)
    written = pd.Series([SEPARATOR.join(filter(None, row)) for row in rows], cells.index,
                        dtype="object")
    answers = read_answers(item, written)
    return with_own_words(answers, cells[heading(item.other_column)]) if item.other_column \
        else answers


def _ticks(item: Item, cells: pd.DataFrame) -> Answers:
    rows = cells.index.to_numpy()
    yes = _forms(item.ticked) or set(TICKED)
    no = _forms(item.unticked) or set(UNTICKED)
    known = known_answers(item)
    states = {option: _state(cells[heading(name)], option, yes, no,
                             known.own_words if option == OTHER else None)
              for option, name in item.columns.items()}
    text, codes = (np.full(len(rows), "", dtype=object) for __ in range(2))
    unknown: dict[str, list[int]] = {}
    beside: dict[str, np.ndarray] = {}
    marked = np.logical_or.reduce([
        *(ticked | refused for ticked, refused, __ in states.values()),
        *([cells[heading(item.other_column)].map(tidy).to_numpy() != ""]
          if item.other_column else [])])
    for option, (ticked, __, written) in states.items():
        code = np.array([known.missing.get(cell, "") for cell in written], dtype=object)
        beside |= {option: np.where(marked, code, "")}
        codes, strange = np.where(code == "", codes, code), np.where(code == "", written, "")
        if option == OTHER and not item.other_column:  # own words stand in the column itself
            text[strange != ""] = strange[strange != ""]
            ticked |= strange != ""
        else:
            _note(unknown, strange, rows)
    if item.other_column:
        text = cells[heading(item.other_column)].map(tidy).to_numpy(dtype=object)
        if OTHER in states:
            states[OTHER][0][text != ""] = True
    found = _answers(item, rows, states, text, unknown, codes)
    told = [Change(row, item.name, code, "", MISSING_CODE) for codes_ in beside.values()
            for row, code in zip(rows.tolist(), codes_, strict=True) if code]
    return replace(found, changes=(*found.changes, *told))


def _answers(
    item: Item, rows: np.ndarray, states: Mapping[str, Sequence[np.ndarray]], text: np.ndarray,
    unknown: Mapping[str, Sequence[int]], codes: np.ndarray,
) -> Answers:
    """Join the columns; a missing code counts where nothing else was marked.

    A code has a column of its own ("weet ik niet"), or stands in the columns of the options.
    """
    nobody = np.zeros(len(rows), dtype=bool)
    values = np.column_stack([states[one][0] if one in states else nobody
                              for one in item.categories])
    changes = []
    values, removed = without_exclusive_ticks(item, values)
    changes += [Change(row, item.name, option, "", EXCLUSIVE)
                for option, which in removed.items() for row in rows[which].tolist()]
    said_no = np.logical_or.reduce([no for _, no, _ in states.values()])
    reason = np.where(values.any(axis=1) | said_no | (text != ""), "", codes)
    for code in (one for one in item.missing if one in states):
        alone = states[code][0] & ~values.any(axis=1)
        reason[alone] = code
        changes += [Change(row, item.name, code, "", MISSING_CODE)
                    for row in rows[states[code][0] & ~alone].tolist()]
    changes += [Change(row, item.name, MASK, OTHER, OWN_WORDS) for row in rows[text != ""].tolist()]
    marked = (values.any(axis=1) | said_no) & (reason == "") if item.explicit else None
    return Answers(item, rows, values, reason, text if item.other else np.full_like(text, ""),
                   tuple(changes), unknown, marked)


def without_exclusive_ticks(
    item: Item, values: np.ndarray
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Remove the exclusive ticks ("none") that stand beside another."""
    places = [item.categories.index(one) for one in item.exclusive]
    if not places:
        return values, {}
    kept = values.copy()
    for ticks in np.unique(values, axis=0):
        named = {one for one, tick in zip(item.categories, ticks, strict=True) if tick}
        stays, _ = without_exclusive(item, named)
        kept[(values == ticks).all(axis=1)] = [one in stays for one in item.categories]
    return kept, {item.categories[place]: values[:, place] & ~kept[:, place] for place in places}


def with_own_words(answers: Answers, typed: pd.Series) -> Answers:
    """Take the words behind the free option from a column of their own."""
    text = typed.map(tidy).to_numpy(dtype=object)
    alone = (text != "") & ~answers.filled
    values = answers.values.copy()
    if answers.item.kind == "nominal":
        values[alone] = OTHER
    else:
        values[alone, answers.item.categories.index(OTHER)] = True
    text = np.where(text != "", text, answers.text)
    own = [Change(row, answers.item.name, MASK, OTHER, OWN_WORDS)
           for row in answers.rows[typed.map(tidy).to_numpy(dtype=object) != ""].tolist()]
    return replace(answers, values=values, text=text, changes=(*answers.changes, *own),
                   reason=np.where(alone, "", answers.reason))


def _forms(words: Sequence[str]) -> set[str]:
    return {tidy(word).casefold() for word in words}


def _state(
    column: pd.Series, option: str, yes: set[str], no: set[str], own: re.Pattern[str] | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who ticked, who said no, and what is neither of the two."""
    codes, different = pd.factorize(column.to_numpy(dtype=object))
    forms = [tidy(text) for text in different]
    ticked = [bool(form) and (form.casefold() in yes or form.casefold() == tidy(option).casefold()
                              or _bare(own, form)) for form in forms]
    unticked = [form.casefold() in no and not tick
                for form, tick in zip(forms, ticked, strict=True)]
    strange = ["" if tick or not_ else form
               for form, tick, not_ in zip(forms, ticked, unticked, strict=True)]
    return (np.array(ticked, dtype=bool)[codes], np.array(unticked, dtype=bool)[codes],
            np.array(strange, dtype=object)[codes])


def _bare(own: re.Pattern[str] | None, form: str) -> bool:
    """Whether a cell names the free option and holds no words of one's own."""
    found = own.fullmatch(form) if own else None
    return bool(found) and not found["text"]


def _note(unknown: dict[str, list[int]], strange: np.ndarray, rows: np.ndarray) -> None:
    for row, text in zip(rows[strange != ""].tolist(), strange[strange != ""], strict=True):
        unknown.setdefault(text, []).append(row)


def _places(item: Item, cells: pd.DataFrame) -> Answers:
    """Read a ranking: the place of each option, or the option at each place."""
    rows = cells.index.to_numpy()
    make = _by_option if isinstance(item.columns, dict) else _by_place
    values, codes, strange = make(item, cells)
    unknown: dict[str, list[int]] = {}
    for text, place in (*strange, *_twice(item, values)):
        unknown.setdefault(text, []).append(int(rows[place]))
    reason = np.full(len(rows), "", dtype=object)
    for code, place in codes:
        reason[place] = code
    reason[~np.isnan(values).all(axis=1)] = ""
    return Answers(item, rows, values, reason, np.full(len(rows), "", dtype=object),
                   unknown=unknown)


def _twice(item: Item, values: np.ndarray) -> list[tuple[str, int]]:
    """Return the rows in which two options got one place."""
    return [(_("place {place} twice", place=place), row)
            for place in range(1, len(item.categories) + 1)
            for row in np.flatnonzero((values == place).sum(axis=1) > 1).tolist()]


def _by_option(item: Item, cells: pd.DataFrame) -> Places:
    known = known_answers(item)
    values = np.full((len(cells), len(item.categories)), np.nan)
    codes, strange = [], []
    for place, option in enumerate(item.categories):
        for row, text in enumerate(cells[heading(item.columns[option])].map(tidy)):
            form = known.corrections.get(text, text)
            if form in known.missing:
                codes.append((known.missing[form], row))
            elif PLACE.fullmatch(form) and 1 <= int(form) <= len(item.categories):
                values[row, place] = int(form)
            elif form:
                strange.append((form, row))
    return values, codes, strange


def _by_place(item: Item, cells: pd.DataFrame) -> Places:
    known = known_answers(item)
    values = np.full((len(cells), len(item.categories)), np.nan)
    codes, strange = [], []
    for place, name in enumerate(item.columns, start=1):
        for row, text in enumerate(cells[heading(name)]):
            meaning = known.read(text)
            strange += [(one, row) for one in meaning.unknown]
            codes += [(meaning.reason, row)] if meaning.reason else []
            if meaning.value is None:
                continue
            option = item.categories.index(meaning.value)
            if np.isnan(values[row, option]):
                values[row, option] = place
            else:
                strange.append((tidy(text), row))
    return values, codes, strange
