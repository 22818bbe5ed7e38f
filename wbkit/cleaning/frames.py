"""Responses from a DataFrame in hand."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from wbkit.cleaning.answers import Answers, read_answers
from wbkit.cleaning.cleaner import together, work_out
from wbkit.cleaning.guessing import (
    OPTION_MARK,
    OWN_WORDS,
    as_numbers,
    as_texts,
    guess_items,
)
from wbkit.data.columns import after_cleaning, asked_items
from wbkit.data.given import need
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.study.design import Design
from wbkit.study.item import OTHER, Item
from wbkit.study.model import fault_lines
from wbkit.study.source import Source
from wbkit.text.normalise import as_id, did_you_mean, listed, tidy

WHERE = "data"
TRUE, FALSE = ("true", "1", "1.0"), ("false", "0", "0.0", "")

Items = Iterable[Item] | Mapping[str, Mapping[str, Any] | Item]


def responses(
    data: pd.DataFrame, *, unit: str, items: Items | None = None,
    design: str | Design | None = None, public: bool = False, name: str = WHERE,
) -> Responses:
    """Make Responses of a DataFrame, one row for each unit.

    Parameters
    ----------
    data
        One column for each item; for a multiple item one boolean column ``item:option`` for
        each option, or one column of text with ``;`` between the options.
    unit
        What one row is: student, team, interview …
    items
        What the columns mean: a list of Item, or id = fields as in study.toml. Columns that it
        does not name, or all when it is left out, are taken by their type: ordered Categorical
        is ordinal; Categorical, text and truth values are nominal; numbers are numeric.
    design
        How the units came in: ``"srs"``, ``"convenience"`` … or a Design. Without one there is
        no interval.
    public
        The data were published already, so that no count is hidden.
    name
        What the data are called as the source under a Table: small letters, digits and ``_``.

    Returns
    -------
    Responses
        As many rows as `data`, which is not changed.

    Raises
    ------
    DataError
        If a declared item is absent, or holds answers that it does not know; if `name` is none.
    """
    need(data, pd.DataFrame, "responses", "Read the file first, with pandas or read_source.")
    frame = data if data.index.is_unique else data.reset_index(drop=True)
    frame = frame.rename(columns=str)
    declared = _declared(items)
    _check_columns(frame, declared)
    guessed = guess_items(frame, declared)
    source = _source({**declared, **guessed}, unit, design, len(data)) \
        .model_copy(update={"public": public, "name": _named(name)})
    ready = {item.name: _answers(item, frame) for item in asked_items(source)}
    known = work_out(source, ready, WHERE, described_in="items")
    return together(after_cleaning(source, times=False), known, frame.index, [],
                    raw_rows=len(frame))


def _declared(items: Items | None) -> dict[str, Item]:
    """Return the declared items by id."""
    if items is None:
        return {}
    if not isinstance(items, Mapping):
        for item in items:
            need(item, Item, "responses(items=…)",
                 "Write what each column means: {'stel': {'kind': 'numeric'}}, or leave items out.")
        return {item.name: item for item in items}
    return {name: _item(name, one) for name, one in items.items()}


def _item(name: str, fields: Item | Mapping[str, Any]) -> Item:
    if isinstance(fields, Item):
        return fields
    try:
        return Item.model_validate({"name": name, **fields})
    except ValidationError as error:
        known = {"Item": list(Item.model_fields)}
        raise DataError(fault_lines(error, f"items, {name}", known)) from None


def _named(name: str) -> str:
    if as_id(name) != name:
        raise DataError(f"name={name!r}: a source has small letters, digits and _ in its name. "
                        f"Write {as_id(name)!r}.")
    return name


def _source(
    items: Mapping[str, Item], unit: str, design: str | Design | None, n: int
) -> Source:
    """Describe a DataFrame; a simple random sample in hand is all of what was drawn."""
    try:
        invited = n if design == "srs" and n else None
        if isinstance(design, str):
            design = Design.model_validate({"kind": design, "invited": invited})
        return Source.model_validate({
            "name": WHERE, "file": "a DataFrame", "format": "csv", "unit": unit,
            "synthetic": False, "items": dict(items), "design": design})
    except ValidationError as error:
        raise DataError(fault_lines(error, "design", {})) from None


def _check_columns(frame: pd.DataFrame, declared: Mapping[str, Item]) -> None:
    double = frame.columns[frame.columns.duplicated()].unique()
    if len(double):
        raise DataError(f"{WHERE}: the column {double[0]!r} stands there twice. "
                        "Give each column a name of its own.")
    for item in declared.values():
        heading = item.column or item.name
        if item.derived or heading in frame or _options(item, frame):
            continue
        raise DataError(
            f"{WHERE}: there is no column {heading!r} for the item {item.name}. It has "
            f"{listed(frame.columns, most=20)}. {did_you_mean(heading, frame.columns)}".rstrip()
        )


def _options(item: Item, frame: pd.DataFrame) -> list[str]:
    """Return the columns of the options of a multiple item."""
    start = (item.column or item.name) + OPTION_MARK
    return [name for name in frame.columns if name.startswith(start)]


def _answers(item: Item, frame: pd.DataFrame) -> Answers:
    heading = item.column or item.name
    if item.kind == "multiple" and heading not in frame:
        return _ticks(item, frame)
    if item.kind == "numeric":
        return read_answers(item, as_numbers(frame[heading]))
    texts = as_texts(frame[heading])
    if not item.other or heading + OWN_WORDS not in frame:
        return read_answers(item, texts)
    answers = read_answers(item, texts.replace(OTHER, item.other))
    return replace(answers, text=as_texts(frame[heading + OWN_WORDS]).to_numpy(dtype=object))


def _ticks(item: Item, frame: pd.DataFrame) -> Answers:
    """Read the boolean columns of a multiple item."""
    start = (item.column or item.name) + OPTION_MARK
    options = {tidy(name.removeprefix(start)): name for name in _options(item, frame)}
    own_words = options.pop(f"{OTHER}_text", None)
    wanted = {tidy(value): value for value in item.categories}
    strange = [name for name in options if name not in wanted]
    if strange:
        raise DataError(
            f"{WHERE}: {strange[0]!r} is not one of the options of {item.name} "
            f"({listed(item.categories, most=20)}). Correct the column, or add it to values."
        )
    nobody = pd.Series(False, index=frame.index)
    ticked = [_truth(frame[options[form]]) if form in options else nobody for form in wanted]
    nothing = np.full(len(frame), "", dtype=object)
    text = as_texts(frame[own_words]).to_numpy(dtype=object) if own_words else nothing
    values = np.column_stack(ticked) if ticked else np.zeros((len(frame), 0), dtype=bool)
    return Answers(item, frame.index.to_numpy(), values, nothing, text)


def _truth(column: pd.Series) -> pd.Series:
    texts = as_texts(column).str.lower()
    strange = texts[~texts.isin([*TRUE, *FALSE])]
    if len(strange):
        raise DataError(
            f"{WHERE}: the column {column.name!r} holds {len(strange)} cells that are neither "
            "true nor false. A column of one option holds True and False, or 1 and 0."
        )
    return texts.isin(TRUE)
