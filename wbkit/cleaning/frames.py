"""Responses from a DataFrame in hand."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_complex_dtype, is_numeric_dtype, is_string_dtype
from pydantic import ValidationError

from wbkit.cleaning.answers import Answers, read_answers
from wbkit.cleaning.cleaner import together, work_out
from wbkit.cleaning.option_columns import read_columns
from wbkit.data.responses import Responses, after_cleaning, asked_items
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, counted
from wbkit.study.design import Design
from wbkit.study.item import MARKED, OTHER, Item
from wbkit.study.model import Label, fault_lines
from wbkit.study.source import Source
from wbkit.table.kinds import OWN_COLUMNS
from wbkit.text.normalise import as_id, did_you_mean, free_id, listed, tidy

WHERE = "data"
TRUE, FALSE = ("true", "1", "1.0"), ("false", "0", "0.0", "")
Items = Iterable[Item] | Mapping[str, Mapping[str, Any] | Item]
OPTION_MARK = ":"
WHO_MARKED = f".{MARKED}"  # column that says who marked something, yes or no
OWN_WORDS = f"{OPTION_MARK}{OTHER}_text"
FRACTION = r"-?[0-9]+\.[0-9]+"


def responses(
    data: pd.DataFrame, *, unit: str, items: Items | None = None,
    design: str | Design | None = None, public: bool = False, name: str = WHERE,
) -> Responses:
    """Make Responses of a DataFrame, one row for each unit.

    Parameters
    ----------
    data
        One column for each item; for a multiple item one boolean column ``item:option`` for
        each option, or one column of text with ``;`` between the options. Where some of these
        boolean cells are blank, false in every option is an answer (none of these) and a blank
        in every option is none; a column ``item.answered`` says so itself. For a ranking one
        column of numbers ``item:option`` for each option: the place that it got, 1 is first.
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
    need(data, pd.DataFrame, "responses",
         _("Read the file first, with pandas or read_source."))
    _check_headings(data)
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
                 _("Write what each column means: {example}, or leave items out.",
                   example="{'stel': {'kind': 'numeric'}}"))
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
        raise DataError(_(
            "name={name!r}: a source has small letters, digits and _ in its name. Write {id!r}.",
            name=name, id=as_id(name)))
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


def _check_headings(data: pd.DataFrame) -> None:
    """Refuse headings that name no single column: several rows of them, empty ones, doubles."""
    if isinstance(data.columns, pd.MultiIndex):
        first = " / ".join(map(str, data.columns[0])) if len(data.columns) else ""
        raise DataError(_(
            "{where}: the headings are tuples of {levels} (the first column is {first!r}), and a "
            "column has one name. Join them: data.columns = ['_'.join(map(str, one)) for one in "
            "data.columns].",
            where=WHERE, levels=data.columns.nlevels, first=first))
    empty = [place for place, one in enumerate(data.columns, start=1)
             if pd.isna(one) or not tidy(str(one))]
    if empty:
        raise DataError(_(
            "{where}: column {number} has no heading. Give each column a name, as in data.columns "
            "= [...], or leave it out.",
            where=WHERE, number=empty[0]))
    marks = [one for one in map(str, data.columns) if not tidy(one.partition(OPTION_MARK)[0])]
    if marks:
        raise DataError(_(
            "{where}: the heading {heading!r} names an option and no question. Write the question "
            "before the colon, as in 'hulp:coach'.",
            where=WHERE, heading=marks[0]))


def _check_columns(frame: pd.DataFrame, declared: Mapping[str, Item]) -> None:
    linked = [item.name for item in declared.values()
              if item.link and item.sensitivity == "identifier"]
    if linked:
        raise DataError(_(
            '{where}, items, {item}: link = "hash" needs the key of this user. Describe the '
            "file in study.toml and give wbkit prepare, or remove link.",
            where=WHERE, item=linked[0]))
    double = frame.columns[frame.columns.duplicated()].unique()
    if len(double):
        raise DataError(_(
            "{where}: the column {column!r} stands there twice. Give each column a name of its "
            "own.",
            where=WHERE, column=double[0]))
    for item in declared.values():
        heading = item.column or item.name
        if item.derived or heading in frame or _options(item, frame):
            continue
        raise DataError(_(
            "{where}: there is no column {heading!r} for the item {item}. It has {columns}. {hint}",
            where=WHERE, heading=heading, item=item.name, columns=listed(frame.columns, most=20),
            hint=did_you_mean(heading, frame.columns) or _(
                "Use one of these, or leave the item out.")))


def _options(item: Item, frame: pd.DataFrame) -> list[str]:
    """Return the columns of the options of an item."""
    start = (item.column or item.name) + OPTION_MARK
    return [name for name in frame.columns if name.startswith(start)]


def _answers(item: Item, frame: pd.DataFrame) -> Answers:
    heading = item.column or item.name
    if item.kind == "multiple" and heading not in frame:
        return _ticks(item, frame)
    if item.kind == "ranking" and heading not in frame:
        return _places(item, frame)
    if item.kind == "numeric":
        return read_answers(item, as_numbers(frame[heading]))
    texts = as_texts(frame[heading])
    if not item.other or heading + OWN_WORDS not in frame:
        return read_answers(item, texts)
    answers = read_answers(item, texts.replace(OTHER, item.other))
    return replace(answers, text=as_texts(frame[heading + OWN_WORDS]).to_numpy(dtype=object))


def _ticks(item: Item, frame: pd.DataFrame) -> Answers:
    """Read the boolean columns of a multiple item."""
    options = _named_options(item, frame)
    own_words = options.pop(f"{OTHER}_text", None)
    nobody = pd.Series(False, index=frame.index)
    ticked = [_truth(frame[options[form]]) if form in options else nobody
              for form in map(tidy, item.categories)]
    nothing = np.full(len(frame), "", dtype=object)
    text = as_texts(frame[own_words]).to_numpy(dtype=object) if own_words else nothing
    values = np.column_stack(ticked) if ticked else np.zeros((len(frame), 0), dtype=bool)
    marked = (item.column or item.name) + WHO_MARKED
    found = _truth(frame[marked]).to_numpy() if marked in frame else _marked(
        frame[[*options.values()]])
    return Answers(item, frame.index.to_numpy(), values, nothing, text, marked=found)


def _named_options(item: Item, frame: pd.DataFrame) -> dict[str, str]:
    """Return option = column, the option as it is compared; the own words beside them."""
    start, names = (item.column or item.name) + OPTION_MARK, _options(item, frame)
    options = {tidy(name.removeprefix(start)): name for name in names}
    if len(options) < len(names):
        raise DataError(_(
            "{where}: two columns of {item} have the same option but for blanks ({names}). Give "
            "each its own.",
            where=WHERE, item=item.name, names=listed(names, most=20)))
    wanted = {*map(tidy, item.categories), f"{OTHER}_text"}
    strange = [name for name in options if name not in wanted]
    if strange:
        raise DataError(_(
            "{where}: {option!r} is not one of the options of {item} ({options}). Correct the "
            "column, or add it to values.",
            where=WHERE, option=strange[0], item=item.name,
            options=listed(item.categories, most=20)))
    return options


def _places(item: Item, frame: pd.DataFrame) -> Answers:
    """Read the columns of a ranking, each with the place of its option."""
    options, nobody = _named_options(item, frame), pd.Series("", index=frame.index)
    named = item.model_copy(update={"columns": {value: value for value in item.categories}})
    cells = pd.DataFrame({
        name: as_texts(frame[options[tidy(value)]]) if tidy(value) in options else nobody
        for name, value in zip(named.headings, item.categories, strict=True)})
    return replace(read_columns(named, cells), item=item)


def _marked(options: pd.DataFrame) -> np.ndarray | None:
    """Say who marked something, yes or no; None where no cell of the options is blank."""
    filled = np.column_stack([as_texts(options[name]) != "" for name in options]) \
        if len(options.columns) else np.ones((0, 0), dtype=bool)
    return None if filled.all() else filled.any(axis=1)


def _truth(column: pd.Series) -> pd.Series:
    texts = as_texts(column).str.lower()
    strange = texts[~texts.isin([*TRUE, *FALSE])]
    if len(strange):
        raise DataError(_(
            "{where}, column {column!r}: {cells}. A column of one option holds True and False, or "
            "1 and 0.",
            where=WHERE, column=column.name, cells=counted(
                len(strange), "cell is neither true nor false",
                "cells are neither true nor false")))
    return texts.isin(TRUE)


def guess_items(frame: pd.DataFrame, declared: Mapping[str, Item]) -> dict[str, Item]:
    """Return an item for each column that no declared item takes."""
    taken = {item.column or item.name for item in declared.values()}
    found: dict[str, Item] = {}
    for heading, names in _groups(frame, taken).items():
        number = heading in frame and _is_number(frame[heading])
        name = free_id(as_id(heading), {*declared, *found, *(() if number else OWN_COLUMNS)})
        own = (heading, heading + OWN_WORDS, heading + WHO_MARKED)
        ticks = [one for one in names if one not in own]
        make = _multiple if ticks else _single
        found[name] = make(frame, heading, name, heading + OWN_WORDS in names)
    return found


def as_numbers(column: pd.Series) -> pd.Series:
    """Return the text of each number, so that 1.247 is not taken for a thousand and more."""
    if not _is_number(column):
        return as_texts(column)
    texts = as_texts(column.astype("float64"))
    return texts.mask(texts.str.fullmatch(FRACTION), texts + "e0")


def as_texts(column: pd.Series) -> pd.Series:
    """Return the text of each cell, ``""`` for a missing one; whole numbers without a fraction."""
    cells = column.astype(object)
    texts = [_text(cell) for cell in cells.where(cells.notna(), None)]
    return pd.Series(texts, index=column.index, dtype="str", name=column.name)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _groups(frame: pd.DataFrame, taken: Collection[str]) -> dict[str, list[str]]:
    """Return heading = columns: those of all options of a multiple item stand together."""
    groups: dict[str, list[str]] = {}
    for heading in frame.columns:
        start = heading.partition(OPTION_MARK)[0]
        part = heading == start + OWN_WORDS or (start != heading and _is_truth(frame[heading]))
        marks = heading.removesuffix(WHO_MARKED)
        if marks != heading and any(one.startswith(marks + OPTION_MARK) for one in frame.columns):
            start, part = marks, True
        if start not in taken and heading not in taken:
            groups.setdefault(start if part else heading, []).append(heading)
    return groups


def _is_truth(column: pd.Series) -> bool:
    """Whether a column holds truth values, of which some can be blank."""
    return is_bool_dtype(column) or bool(column.notna().any() and is_bool_dtype(
        column.dropna().infer_objects()))


def _is_number(column: pd.Series) -> bool:
    return is_numeric_dtype(column) and not (is_bool_dtype(column) or is_complex_dtype(column))


def _multiple(frame: pd.DataFrame, heading: str, name: str, own_words: bool) -> Item:
    start = heading + OPTION_MARK
    options = [one.removeprefix(start) for one in frame.columns
               if one.startswith(start) and one != heading + OWN_WORDS]
    values = tuple(option for option in options if option != OTHER)
    if not values:
        raise _alone(heading + OPTION_MARK + OTHER, heading)
    return Item(name=name, column=heading, kind="multiple", values=values,
                label=Label(nl=heading), other=OTHER if own_words or OTHER in options else None)


def _single(frame: pd.DataFrame, heading: str, name: str, own_words: bool) -> Item:
    if heading not in frame:
        raise _alone(heading + OWN_WORDS, heading)
    column = frame[heading]
    label = Label(nl=heading)
    if _is_number(column):
        return Item(name=name, column=heading, kind="numeric", label=label)
    values = tuple(value for value in _values(column) if value != OTHER or not own_words)
    ordered = isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered
    return Item(name=name, column=heading, label=label, values=values or "any",
                kind="ordinal" if ordered and values else "nominal",
                other=OTHER if own_words else None)


def _alone(name: str, heading: str) -> DataError:
    return DataError(_(
        "{where}: the column {column!r} belongs to a question with a free option, and there is no "
        "column {heading!r} and no column of another option, such as '{heading}:coach'. Add these "
        "columns, or give this one a name without a colon.",
        where=WHERE, column=name, heading=heading))


def _values(column: pd.Series) -> list[str]:
    """Return the values of a column in order; a category also when nobody has it."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        known = as_texts(pd.Series(column.dtype.categories))
    elif is_bool_dtype(column) or is_string_dtype(column.dropna()):
        known = as_texts(column).sort_values()
    else:
        raise DataError(_(
            "{where}: the column {column!r} holds {type}. A column holds text, numbers, truth "
            "values or categories. Convert it, or leave it out.",
            where=WHERE, column=column.name, type=column.dtype))
    return [text for text in dict.fromkeys(map(tidy, known)) if text]
