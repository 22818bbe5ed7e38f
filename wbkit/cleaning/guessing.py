"""What the columns of a DataFrame are, from their types."""

from collections.abc import Collection, Mapping

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype, is_string_dtype

from wbkit.errors import DataError
from wbkit.study.item import OTHER, Item
from wbkit.study.model import Label
from wbkit.study.reserved import NOT_A_DIMENSION
from wbkit.text.normalise import as_id, free_id, tidy

OPTION_MARK = ":"
OWN_WORDS = f"{OPTION_MARK}{OTHER}_text"
FRACTION = r"-?[0-9]+\.[0-9]+"


def guess_items(frame: pd.DataFrame, declared: Mapping[str, Item]) -> dict[str, Item]:
    """Return an item for each column that no declared item takes.

    Parameters
    ----------
    frame
        One column for each item, or for each option of a multiple item.
    declared
        Items that are known, by id.

    Returns
    -------
    dict of str to Item
        By id, in the order of the columns.

    Raises
    ------
    DataError
        If a column holds something else than text, numbers, truth values or categories.
    """
    taken = {item.column or item.name for item in declared.values()}
    found: dict[str, Item] = {}
    for heading, names in _groups(frame, taken).items():
        number = heading in frame and _is_number(frame[heading])
        name = free_id(as_id(heading), {*declared, *found, *(() if number else NOT_A_DIMENSION)})
        ticks = [one for one in names if one != heading and one != heading + OWN_WORDS]
        make = _multiple if ticks else _single
        found[name] = make(frame, heading, name, heading + OWN_WORDS in names)
    return found


def as_numbers(column: pd.Series) -> pd.Series:
    """Return the text of each number, so that 1.247 is not taken for a thousand and more.

    Parameters
    ----------
    column
        Numbers, or text.

    Returns
    -------
    pandas.Series
        Text, with the same index.
    """
    if not _is_number(column):
        return as_texts(column)
    texts = as_texts(column.astype("float64"))
    return texts.mask(texts.str.fullmatch(FRACTION), texts + "e0")


def as_texts(column: pd.Series) -> pd.Series:
    """Return the text of each cell, ``""`` for a missing one; whole numbers without a fraction.

    Parameters
    ----------
    column
        Numbers, truth values, text or categories.

    Returns
    -------
    pandas.Series
        Text, with the same index.
    """
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
        part = heading == start + OWN_WORDS or (start != heading and is_bool_dtype(frame[heading]))
        if start not in taken and heading not in taken:
            groups.setdefault(start if part else heading, []).append(heading)
    return groups


def _is_number(column: pd.Series) -> bool:
    return is_numeric_dtype(column) and not is_bool_dtype(column)


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
    return DataError(
        f"data: the column {name!r} belongs to a question with a free option, and there is no "
        f"column {heading!r} and no column of another option, such as '{heading}:coach'. "
        "Add these columns, or give this one a name without a colon."
    )


def _values(column: pd.Series) -> list[str]:
    """Return the values of a column in order; a category also when nobody has it."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        known = as_texts(pd.Series(column.dtype.categories))
    elif is_bool_dtype(column) or is_string_dtype(column.dropna()):
        known = as_texts(column).sort_values()
    else:
        raise DataError(
            f"data: the column {column.name!r} holds {column.dtype}. A column holds text, numbers, "
            "truth values or categories. Convert it, or leave it out."
        )
    return [text for text in dict.fromkeys(map(tidy, known)) if text]
