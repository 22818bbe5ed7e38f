"""Read a question in several columns: a tick, or a place, in the column of each option."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.cleaning.answer_values import known_answers
from wbkit.cleaning.answers import Answers
from wbkit.cleaning.log import MASK, Change
from wbkit.cleaning.option_cells import without_exclusive
from wbkit.data.cleaning_log import EXCLUSIVE, MISSING_CODE, OWN_WORDS
from wbkit.study.item import OTHER, Item
from wbkit.text.normalise import heading, tidy

TICKED = ("1", "x", "v", "ja", "yes", "y", "j", "true", "waar", "checked", "selected", "gekozen",
          "aangevinkt", "aangekruist", "\u2713", "\u2714", "\u2611")
UNTICKED = ("0", "nee", "no", "n", "false", "onwaar", "unchecked", "not selected", "niet gekozen",
            "niet aangevinkt", "niet aangekruist")


def read_columns(item: Item, cells: pd.DataFrame) -> Answers:
    """Read the answers to an item of which each option or place has a column."""
    if item.kind == "ranking":
        return _places(item, cells)
    return _ticks(item, cells)


def _ticks(item: Item, cells: pd.DataFrame) -> Answers:
    rows = cells.index.to_numpy()
    yes = _forms(item.ticked) or set(TICKED)
    no = _forms(item.unticked) or set(UNTICKED)
    states = {option: _state(cells[heading(name)], option, yes, no)
              for option, name in item.columns.items()}
    text = np.full(len(rows), "", dtype=object)
    unknown: dict[str, list[int]] = {}
    for option, (ticked, _, strange) in states.items():
        if option == OTHER and not item.other_column:  # own words stand in the column itself
            text[strange != ""] = strange[strange != ""]
            ticked |= strange != ""
        else:
            _note(unknown, strange, rows)
    if item.other_column:
        text = cells[heading(item.other_column)].map(tidy).to_numpy(dtype=object)
        if OTHER in states:
            states[OTHER][0][text != ""] = True
    return _answers(item, rows, states, text, unknown)


def _answers(
    item: Item, rows: np.ndarray, states: Mapping[str, Sequence[np.ndarray]], text: np.ndarray,
    unknown: Mapping[str, Sequence[int]],
) -> Answers:
    """Join the columns; a missing code counts where nothing else was ticked."""
    nobody = np.zeros(len(rows), dtype=bool)
    values = np.column_stack([states[one][0] if one in states else nobody
                              for one in item.categories])
    changes = []
    values, removed = without_exclusive_ticks(item, values)
    changes += [Change(row, item.name, option, "", EXCLUSIVE)
                for option, which in removed.items() for row in rows[which].tolist()]
    reason = np.full(len(rows), "", dtype=object)
    for code in (one for one in item.missing if one in states):
        alone = states[code][0] & ~values.any(axis=1)
        reason[alone] = code
        changes += [Change(row, item.name, code, "", MISSING_CODE)
                    for row in rows[states[code][0] & ~alone].tolist()]
    changes += [Change(row, item.name, MASK, OTHER, OWN_WORDS) for row in rows[text != ""].tolist()]
    said_no = np.logical_or.reduce([no for _, no, _ in states.values()])
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
    column: pd.Series, option: str, yes: set[str], no: set[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return who ticked, who said no, and what is neither of the two."""
    codes, different = pd.factorize(column.to_numpy(dtype=object))
    forms = [tidy(text) for text in different]
    own = tidy(option).casefold()
    ticked = [bool(form) and (form.casefold() in yes or form.casefold() == own) for form in forms]
    unticked = [form.casefold() in no and not tick
                for form, tick in zip(forms, ticked, strict=True)]
    strange = ["" if tick or not_ else form
               for form, tick, not_ in zip(forms, ticked, unticked, strict=True)]
    return (np.array(ticked, dtype=bool)[codes], np.array(unticked, dtype=bool)[codes],
            np.array(strange, dtype=object)[codes])


def _note(unknown: dict[str, list[int]], strange: np.ndarray, rows: np.ndarray) -> None:
    for row, text in zip(rows[strange != ""].tolist(), strange[strange != ""], strict=True):
        unknown.setdefault(text, []).append(row)


def _places(item: Item, cells: pd.DataFrame) -> Answers:
    """Read a ranking: the place of each option, or the option at each place."""
    rows = cells.index.to_numpy()
    unknown: dict[str, list[int]] = {}
    make = _by_option if isinstance(item.columns, dict) else _by_place
    values, reason = make(item, cells, unknown)
    filled = np.where(np.isnan(values), -1.0 - np.arange(values.shape[1]), values)
    twice = np.array([len(set(row)) < len(row) for row in filled.tolist()], dtype=bool)
    for place in np.flatnonzero(twice):
        written = ", ".join(f"{option}: {number:g}" for option, number in
                            zip(item.categories, values[place], strict=True) if number == number)
        unknown.setdefault(written, []).append(int(rows[place]))
    reason[~np.isnan(values).all(axis=1)] = ""
    return Answers(item, rows, values, reason, np.full(len(rows), "", dtype=object),
                   unknown=unknown)


def _by_option(
    item: Item, cells: pd.DataFrame, unknown: dict[str, list[int]]
) -> tuple[np.ndarray, np.ndarray]:
    known, reason = known_answers(item), np.full(len(cells), "", dtype=object)
    values = np.full((len(cells), len(item.categories)), np.nan)
    for place, option in enumerate(item.categories):
        for row, text in enumerate(cells[heading(item.columns[option])].map(tidy)):
            form = known.corrections.get(text, text)
            if form in known.missing:
                reason[row] = known.missing[form]
            elif form.isdecimal() and 1 <= int(form) <= len(item.categories):
                values[row, place] = int(form)
            elif form:
                unknown.setdefault(form, []).append(int(cells.index[row]))
    return values, reason


def _by_place(
    item: Item, cells: pd.DataFrame, unknown: dict[str, list[int]]
) -> tuple[np.ndarray, np.ndarray]:
    known, reason = known_answers(item), np.full(len(cells), "", dtype=object)
    values = np.full((len(cells), len(item.categories)), np.nan)
    for place, name in enumerate(item.columns, start=1):
        for row, text in enumerate(cells[heading(name)]):
            meaning = known.read(text)
            if meaning.reason:
                reason[row] = meaning.reason
            elif meaning.unknown:
                unknown.setdefault(meaning.unknown[0], []).append(int(cells.index[row]))
            elif meaning.value is not None:
                option = item.categories.index(meaning.value)
                twice = not np.isnan(values[row, option])
                values[row, option] = place if not twice else values[row, option]
                if twice:
                    unknown.setdefault(tidy(text), []).append(int(cells.index[row]))
    return values, reason
