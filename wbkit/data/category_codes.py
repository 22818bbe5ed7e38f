"""Answers as small whole numbers, and who is in the base.

Of a multiple item that is who ticked at least one option, or marked none of them where the file
tells a no from a blank; the others have a reason.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.cells import BASE, OUTSIDE, VALUE
from wbkit.data.responses import Responses, number_id
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.item import ANSWERED, NO, NO_ANSWER, YES, Item

TRUE = {YES: NO, "1": "0", "True": "False"}
MOST_MARKS = 12  # whole numbers of a range, as of 0 to 10, that are listed though nobody gave them


@dataclass(frozen=True)
class Coded:
    """One code for each unit; `names` say what code + shift stands for, if it has a role."""

    item: str
    codes: np.ndarray
    names: tuple[str, ...]
    roles: tuple[str, ...]
    shift: int = 0


def item_columns(responses: Responses, item: Item, numeric: str) -> list[Coded]:
    """Code the answers to an item: one column, or one for each option and one for the base."""
    if item.kind == "multiple":
        return _option_columns(responses, item)
    if item.kind == "ranking":
        return _place_columns(responses, item)
    if item.kind == "numeric":
        return [_numeric_codes(responses, item, numeric)]
    values = responses.values(item)
    where = f"{responses.source.name}: {item.name}"
    codes = category_codes(responses.data[item.name], values, where)
    return [with_reasons(responses, item, codes, values, VALUE)]


def found_values(responses: Responses, item: Item, columns: Sequence[Coded]) -> tuple[str, ...]:
    """Return the values of an item that takes them from the data."""
    if item.kind != "numeric":
        return tuple(str(value) for value in responses.values(item))
    return tuple(name for one in columns if one.item == item.name
                 for name, role in zip(one.names, one.roles, strict=True) if role == VALUE)


def _numeric_codes(responses: Responses, item: Item, numeric: str) -> Coded:
    column = plain(responses.data[item.name], np.nan)
    absent = np.isnan(column)
    if numeric == "moments":
        return with_reasons(responses, item, -absent.astype(np.int8), (ANSWERED,), BASE)
    known = with_marks(item, np.unique(column[~absent]))
    ids = pd.Index([number_id(one) for one in known], dtype=object)
    names = ids.unique()
    places = np.append(names.get_indexer(ids), -1)
    codes = places[np.where(absent, -1, np.searchsorted(known, column))]
    return with_reasons(responses, item, codes, tuple(names), VALUE)


def plain(column: pd.Series, absent: float | bool) -> np.ndarray:
    """Return numbers or ticks as a NumPy array, `absent` where there is none."""
    kind = np.dtype(type(absent))
    return column.array.to_numpy() if column.dtype == kind else \
        column.to_numpy(dtype=kind, na_value=absent)


def with_marks(item: Item, numbers: np.ndarray) -> np.ndarray:
    """Return numbers that were given, with the whole ones of a short range, small to large."""
    low, high = item.range or (0, MOST_MARKS)
    marks = np.arange(np.ceil(low), high + 1)
    marks = marks[marks <= high]
    return np.union1d(numbers, marks) if 0 < len(marks) <= MOST_MARKS else numbers


def _option_columns(responses: Responses, item: Item) -> list[Coded]:
    ticked = [plain(responses.data[f"{item.name}:{value}"], False) for value in item.categories]
    absent = ~responses.filled(item)
    base = with_reasons(responses, item, -absent.astype(np.int8), (ANSWERED,), BASE)
    options = [Coded(item.name, codes.view(np.int8), ("", value), ("", VALUE))
               for value, codes in zip(item.categories, ticked, strict=True)]
    return [base, *options]


def _place_columns(responses: Responses, item: Item) -> list[Coded]:
    """Code the place of each option of a ranking, and who gave any of them one."""
    absent, most = ~responses.filled(item), len(item.categories)
    base = with_reasons(responses, item, -absent.astype(np.int8), (ANSWERED,), BASE)
    found = [base]
    for option, name in zip(item.categories, item.option_columns, strict=True):
        places = plain(responses.data[name], np.nan)
        empty = np.isnan(places)
        if not (empty | np.isin(places, np.arange(1, most + 1))).all():
            raise DataError(_(
                "{source}: {name} holds a number that is no place. The places of {item} are 1 to "
                "{most}, and empty for an option that got none. Correct it.",
                source=responses.source.name, name=name, item=item.name, most=most))
        codes = np.where(empty, 0, places).astype(np.int64)
        found.append(Coded(item.name, codes, (
            "", *(place_id(option, at) for at in range(1, most + 1))), ("", *[VALUE] * most)))
    return found


def place_id(option: str, place: int) -> str:
    """Return the id of an option at a place of a ranking."""
    return f"{option}:{place}"


def option_and_place(value: str) -> tuple[str, int]:
    """Read a `place_id`."""
    option, _, place = value.rpartition(":")
    return option, int(place)


def with_reasons(
    responses: Responses, item: Item, codes: np.ndarray, values: Sequence[str], role: str
) -> Coded:
    """Put the reason of every absent answer (-1) beside the values."""
    places, why, found = responses.absent(item)
    if not found and codes.min(initial=0) >= 0:
        return Coded(item.name, codes, tuple(values), (role,) * len(values))
    if not found:
        return Coded(item.name, codes, (NO_ANSWER, *values), (OUTSIDE, *[role] * len(values)), 1)
    names = (*values, NO_ANSWER, *found)
    codes = np.where(codes < 0, len(values), codes.astype(np.int64))
    codes[places] = len(values) + 1 + why
    roles = (role,) * len(values) + (OUTSIDE,) * (1 + len(found))
    return Coded(item.name, codes, names, roles)


def category_codes(column: pd.Series, values: Sequence[str], where: str) -> np.ndarray:
    """Return the place of each answer in `values`, -1 for an absent one."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    codes, known = column.array.codes, column.array.categories.tolist()
    if known == list(values):
        return codes
    names = [value_name(one, values) for one in known]
    if names == list(values):
        return codes
    place = {value: number for number, value in enumerate(values)}
    strange = [name for name in names if name not in place]
    if strange and np.isin(codes, [names.index(name) for name in strange]).any():
        raise DataError(_(
            "{where}: an answer is not one of its values ({values}). Correct the answer, or add "
            "it to values or missing in study.toml.",
            where=where, values=", ".join(values)))
    return np.array([*(place.get(name, -1) for name in names), -1])[codes]


def value_name(value: object, values: Sequence[str]) -> str:
    """Return the id of an answer that was stored as text, number or truth value."""
    if isinstance(value, bool | np.bool_):
        yes = next((one for one in TRUE if one in values), "True")
        return yes if value else TRUE[yes]
    if isinstance(value, float | np.floating):
        return number_name(float(value))
    return str(value)


def number_name(value: float) -> str:
    """Write a number so that it can be read back exactly, whole numbers without a point."""
    short = f"{value:.15g}"
    return short if float(short) == value else f"{value:.17g}"


def label_codes(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Code any column by the labels that it holds; -1 for an absent one."""
    codes, found = pd.factorize(column)
    return codes, [value_name(one, ()) for one in found]


def joint(parts: Sequence[tuple[np.ndarray, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Combine codes (each with its size) into one; return it with the first row of each."""
    size, rows = math.prod(many for _, many in parts), len(parts[0][0])
    combined = np.zeros(rows, dtype=np.int32 if size < 2**31 else np.int64)
    for codes, many in parts:
        combined *= many
        combined += codes.astype(combined.dtype, copy=False)
    if size <= 4 * rows + 1000:
        present = np.flatnonzero(np.bincount(combined, minlength=size))
        place = np.zeros(size, dtype=np.int64)
        place[present] = np.arange(len(present))
        codes = place[combined]
    else:
        _, codes = np.unique(combined, return_inverse=True)
    first = np.zeros(codes.max(initial=-1) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(rows)[::-1]
    return codes, first
