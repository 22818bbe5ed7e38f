"""Distinct rows of several items, counted: what a model is fitted on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wbkit.data.category_codes import joint, label_codes
from wbkit.data.cells import VALUE
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _, counted
from wbkit.study.item import NO, YES, Item
from wbkit.survey.counts.cells import count_cells
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.linearisation import Sample, sample_of

PATTERN = "pattern"
MOST_GROUPS = 15  # fewer groups are fixed effects; more ask for a model that wbkit does not have


@dataclass(frozen=True, eq=False)
class Patterns:
    """Each distinct row with how many units have it.

    Parameters
    ----------
    sample
        The settled sample.
    rows
        part, n, w, w2: one row for each pattern and part of the sample.
    y
        The answers: numbers, or the place among `values`.
    x
        One column for each of `names`, the constant first; shape (rows, names).
    names
        Term and level: an item, and a value of it or nothing for a number.
    values
        Answers of a closed item that occur, in order.
    reference
        The level of each closed term to which the others are compared.
    """

    sample: Sample
    rows: pd.DataFrame
    y: np.ndarray
    x: np.ndarray
    names: tuple[tuple[str, str], ...]
    values: tuple[str, ...]
    reference: dict[str, str]

    @property
    def n(self) -> int:
        """How many units the model is fitted on."""
        return int(self.rows["n"].sum())


def patterns_of(responses: Responses, item: Item, terms: Sequence[Item]) -> Patterns:
    """Count the distinct rows of an item and the terms of a model."""
    columns = [responses.data[one.name] for one in (item, *terms)]
    known = responses.domain & np.logical_and.reduce([one.notna() for one in columns])
    if not known.any():
        raise DataError(_(
            "{source}: nobody answered all of {items}. Leave an item out.",
            source=responses.source.name, items=", ".join(one.name for one in (item, *terms))))
    found = joint([_coded(one[known]) for one in columns])
    sample = _counted(responses, known, found[0])
    rows = sample.cells.counts
    rows = rows[(rows["role"] == VALUE).to_numpy()].reset_index(drop=True)
    first = np.flatnonzero(known)[found[1]][rows["value"].astype(int)]
    values, y = _answers(responses, item, first)
    x = [_term(responses, one, first) for one in terms]
    _refuse_small(responses, terms, known)
    _refuse_saturated(responses, item, terms, known)
    names = [("", ""), *(pair for _, pairs, _ in x for pair in pairs)]
    design = np.hstack([np.ones((len(rows), 1)), *(block for block, _, _ in x)])
    reference = {one.name: base for one, (_, _, base) in zip(terms, x, strict=True) if base}
    return Patterns(sample, rows, y, design, tuple(names), values, reference)


def _refuse_small(responses: Responses, terms: Sequence[Item], known: pd.Series) -> None:
    """Refuse a group of so few units that its coefficient would be about them."""
    minimum = responses.source.minimum
    for item in (one for one in terms if one.closed):
        n = responses.data.loc[known, item.name].value_counts()
        if ((n > 0) & (n < minimum)).any():
            raise DataError(_(
                "{source}: {item} has a group of fewer than {minimum} {units}, whose answers a "
                "coefficient would show. Merge it with another group (recode).",
                source=responses.source.name, item=item.name, minimum=minimum,
                units=responses.source.told_units(2)))


def _refuse_saturated(
    responses: Responses, item: Item, terms: Sequence[Item], known: pd.Series
) -> None:
    """Refuse a model that gives how many of each group gave each answer, where these are few."""
    minimum = responses.source.minimum
    if minimum <= 1 or not item.closed or len(terms) != 1 or not terms[0].closed:
        return
    n = responses.data.loc[known].groupby([item.name, terms[0].name], observed=False).size()
    if n.between(1, minimum - 1).any():
        raise DataError(_(
            "{source}: fewer than {minimum} {units} gave an answer to {item} in one of the groups "
            "of {group}, and coefficients with their standard errors would give how many. Merge "
            "values (recode), or use compare.",
            source=responses.source.name, minimum=minimum,
            units=responses.source.told_units(2), item=item.name, group=terms[0].name))


def _coded(column: pd.Series) -> tuple[np.ndarray, int]:
    codes, names = label_codes(column)
    return codes, max(1, len(names))


def _counted(responses: Responses, known: pd.Series, codes: np.ndarray) -> Sample:
    """Count the patterns by the design of the source."""
    names = tuple(str(place) for place in range(codes.max() + 1))
    places = np.full(len(known), -1)
    places[known.to_numpy()] = codes
    item = Item(name=PATTERN, kind="nominal", values=names)
    source = responses.source.model_copy(update={"items": responses.source.items | {PATTERN: item}})
    data = responses.data.assign(**{PATTERN: pd.Categorical.from_codes(places, list(names))})
    return sample_of(settle(count_cells(replace(responses, data=data, source=source), PATTERN)))


def _answers(
    responses: Responses, item: Item, first: np.ndarray
) -> tuple[tuple[str, ...], np.ndarray]:
    column = responses.data[item.name].iloc[first]
    if item.kind == "numeric":
        return (), column.to_numpy(float)
    values = _met(responses, item, column)
    if set(values) == {YES, NO}:
        values = (NO, YES)  # a model of two answers is about the second
    return values, pd.Index(values, dtype=object).get_indexer(column.astype(str))


def _met(responses: Responses, item: Item, column: pd.Series) -> tuple[str, ...]:
    found = set(column.astype(str))
    return tuple(one for one in responses.values(item) if one in found)


def _term(
    responses: Responses, item: Item, first: np.ndarray
) -> tuple[np.ndarray, list[tuple[str, str]], str]:
    """Return the columns of one term, their names, and the level they are compared to."""
    name, column = responses.source.name, responses.data[item.name].iloc[first]
    if item.kind == "numeric":
        numbers = column.to_numpy(float)
        if np.ptp(numbers) == 0:
            raise DataError(_(
                "{source}: {item} is {number:g} for everyone, and explains nothing. Leave it out.",
                source=name, item=item.name, number=numbers[0]))
        return numbers[:, None], [(item.name, "")], ""
    values = _met(responses, item, column)
    if len(values) >= MOST_GROUPS or len(values) < 2:
        advice = _("Leave it out.") if len(values) < 2 else \
            _("Merge groups (recode), or leave it out.")
        raise DataError(_(
            "{source}: {item} has {groups} with answers, and fixed effects are for 2 to {most}. "
            "{advice}",
            source=name, item=item.name, groups=counted(len(values), "group", "groups"),
            most=MOST_GROUPS - 1, advice=advice))
    codes = pd.Index(values, dtype=object).get_indexer(column.astype(str))
    return np.eye(len(values))[codes][:, 1:], [(item.name, one) for one in values[1:]], values[0]
