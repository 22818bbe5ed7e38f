"""Answers of units that know their source."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from typing_extensions import override

from wbkit.data.source_data import Condition, Meaning, refused_ranking
from wbkit.errors import DataError
from wbkit.messages import LANGUAGES, _, message
from wbkit.study.item import ANSWERED, NO_ANSWER, NOT_ASKED, OTHER, UNTICKED, Item, Labels
from wbkit.study.model import Label
from wbkit.study.source import Source
from wbkit.study.source_kinds import MINUTES, MOMENT
from wbkit.text.normalise import heading, natural

LOG_COLUMNS = ("row", "item", "before", "after", "rule")
REASON_COLUMNS = ("row", "item", "reason")
NOWHERE = np.zeros(0, dtype=int)
Absent = tuple[np.ndarray, np.ndarray, tuple[str, ...]]  # places, the code of each, reasons
States = tuple[np.ndarray, tuple[str, ...]]  # the code of each unit, states


@dataclass(frozen=True, repr=False)
class Responses(Meaning):
    """The answers of one source, one row for each unit.

    Parameters
    ----------
    data
        Nominal and ordinal items as Categorical, one boolean column ``item:value`` for each
        option of a multiple item, one float64 column ``item:value`` for each option of a ranking
        (the place that it got, 1 is first; absent when it got none), numeric items as float64,
        open items as str. Where the raw file tells a no from a blank, ``item.answered`` says who
        marked something, yes or no.
    source
        What every column means, and how the units came in.
    log
        Every change that cleaning made: row, item, before, after, rule.
    reasons
        Why an answer is absent, where it was not just left empty: row, item, reason
        (a missing code, or ``not_asked``).
    raw_rows
        Rows in the raw file, also those that were set aside.
    conditions
        The part of the units that is looked at; set by `where`.
    assumption
        The words of `assume`.
    exploratory
        Whether items or groups were chosen after looking at the answers; set by `explored`.
    pseudonymised
        The items whose own words somebody went through: they may be quoted.
    unquoted
        Rows of people who did not agree to be quoted.
    """

    data: pd.DataFrame
    source: Source
    log: pd.DataFrame = field(default_factory=lambda: _empty(LOG_COLUMNS))
    reasons: pd.DataFrame = field(default_factory=lambda: _empty(REASON_COLUMNS))
    raw_rows: int | None = None
    conditions: tuple[Condition, ...] = ()
    assumption: str | None = None
    exploratory: bool = False
    pseudonymised: frozenset[str] = frozenset()
    unquoted: frozenset[str] = frozenset()
    _absent: dict[str, Absent] = field(default_factory=dict, init=False, compare=False)
    _states: dict[str, States] = field(default_factory=dict, init=False, compare=False)

    @property
    def domain(self) -> pd.Series:
        """Which units are looked at: one boolean for each row of `data`.

        Raises
        ------
        DataError
            If one row is a count of units, so that no row is a unit.
        """
        if self.source.counts:
            raise self._no_units()
        return self.marked

    @cached_property
    def marked(self) -> pd.Series:
        """Which rows meet the conditions: one boolean for each row of `data`."""
        inside = pd.Series(True, index=self.data.index)
        for condition in self.conditions:
            inside &= self._has(condition)
        return inside

    @property
    def n(self) -> int:
        """How many units are looked at."""
        return int(self.domain.sum())

    @property
    def sample(self) -> int:
        """How many units answered, also outside the part that is looked at."""
        return len(self.data)

    @override
    def state_counts(self, item: str | Item) -> dict[str, int]:
        found, states = self.state_codes(item)
        counts = np.bincount(found[self.domain.to_numpy()], minlength=len(states))
        return {why: int(n) for why, n in zip(states, counts, strict=True) if n and why != ANSWERED}

    @override
    def answered(self, item: str | Item) -> int:
        return int((self.state_codes(item)[0][self.domain.to_numpy()] == 0).sum())

    @override
    def ungrouped(self, group: str | Item) -> int:
        return self.n - self.answered(group)

    def where(self, **answers: str | Iterable[str]) -> Self:
        """Mark a part of the units; drops none of them, so that the design stays whole.

        Parameters
        ----------
        answers
            Item id = one value or a list of values, as in ``where(niveau=["2", "3"])``.
            Several conditions hold together. For a multiple item: the option was ticked.

        Returns
        -------
        Responses
            The same units, of which later counts look at the part.

        Raises
        ------
        DataError
            If there is no such item or value, or the item is not closed.
        """
        extra = tuple(self._condition(name, values) for name, values in answers.items())
        return replace(self, conditions=self.conditions + extra)

    def explored(self) -> Self:
        """Say that items or groups were chosen after looking at the answers.

        Returns
        -------
        Responses
            The same answers; every test made from them is marked as exploratory.
        """
        return replace(self, exploratory=True)

    def state(self, item: str | Item) -> pd.Series:
        """Say for each unit whether it answered, and if not, why not.

        Parameters
        ----------
        item
            Id of an item, or the item itself.

        Returns
        -------
        pandas.Series
            Categorical: ``answered``, ``no_answer``, ``not_asked`` or one of `codes`.
        """
        found, states = self.state_codes(item)
        return pd.Series(pd.Categorical.from_codes(found, states), index=self.data.index)

    def state_codes(self, item: str | Item) -> States:
        """Return `state` as codes, 0 for answered, with the states that they stand for."""
        if self.source.counts:
            raise self._no_units()
        item = self.item(item)
        if item.name not in self._states:
            self._states[item.name] = self._coded_states(item)
        return self._states[item.name]

    def _coded_states(self, item: Item) -> States:
        states = tuple(dict.fromkeys((ANSWERED, NO_ANSWER, NOT_ASKED, *self.codes(item))))
        found = np.where(self.filled(item), 0, 1)
        places, codes, reasons = self.absent(item)
        if len(reasons):
            found[places] = pd.Index(states).get_indexer(reasons)[codes]
        return found, states

    def absent(self, item: str | Item) -> Absent:
        """Return where answers are absent for a known reason, the code of each, and the reasons."""
        name = self.item(item).name
        if name not in self._absent:
            known = self.reasons.iloc[self._known_reasons.get(name, [])]
            places = self.data.index.get_indexer(known["row"]) if len(known) else NOWHERE
            if (places < 0).any():
                strange = known["row"].iloc[int(np.argmin(places))]
                raise DataError(_(
                    "{source}: there is a reason for row {row}, which is not in the data. "
                    "Keep data and reasons of the same file together.",
                    source=self.source.name, row=strange))
            codes, reasons = pd.factorize(known["reason"])
            self._absent[name] = places, codes, tuple(map(str, reasons))
        return self._absent[name]

    @cached_property
    def _known_reasons(self) -> Mapping[str, np.ndarray]:
        """Where the reasons of each item stand."""
        return self.reasons.groupby("item", sort=False).indices

    @override
    def codes(self, item: str | Item) -> tuple[str, ...]:
        item = self.item(item)
        found = sorted(set(self.absent(item)[2]) - {ANSWERED, NO_ANSWER, NOT_ASKED})
        return tuple(dict.fromkeys((*item.missing, *found)))

    def _no_units(self) -> DataError:
        """Return the refusal of rows that are counts of units."""
        return DataError(_(
            "{source}: one row is a cell with counts, not a {unit}, so its rows cannot be "
            "counted as answers. Use trend(...).",
            source=self.source.name, unit=self.source.units(1)))

    def _condition(self, name: str, values: str | Iterable[str]) -> Condition:
        item = self.item(name)
        if item.kind == "ranking":
            raise refused_ranking(self.source.name, item, _("where looks at answers"))
        if not item.closed:
            raise DataError(_(
                "{source}: where({name}=…) needs a closed item; {name} is {kind}. Make a derived "
                "item with recode, or choose another item.",
                source=self.source.name, name=name, kind=item.kind))
        values = (values,) if isinstance(values, str) else tuple(values)
        known = self.values(item)
        strange = [value for value in values if value not in known]
        if strange or not values:
            raise DataError(_(
                "{source}: {value!r} is not one of the values of {name} ({known}). Use one or "
                "more of these.",
                source=self.source.name, value=strange[0] if strange else values, name=name,
                known=", ".join(known)))
        return Condition(item.name, values)

    @override
    def values(self, item: str | Item) -> tuple[str, ...]:
        item = self.item(item)
        known = self.data[item.name].cat.categories if item.values == "any" else item.categories
        return tuple(known)

    def _has(self, condition: Condition) -> pd.Series:
        item = self.item(condition.item)
        if item.several:  # ticked, or given a place
            columns = self.data[[f"{item.name}:{value}" for value in condition.values]]
            return (columns if item.kind == "multiple" else columns.notna()).any(axis=1)
        return self.data[item.name].isin(condition.values)

    def filled(self, item: Item) -> np.ndarray:
        """Say for each row whether an answer stands there; of ticks also an explicit none."""
        if item.kind == "ranking":
            return self.data[list(item.option_columns)].notna().to_numpy().any(axis=1)
        if item.kind == "multiple":
            marks = [f"{item.name}:{value}" for value in item.categories]
            marks += [item.marked_column] if item.marked_column in self.data else []
            return np.logical_or.reduce([self.data[name].to_numpy(bool) for name in marks])
        if item.kind == "ranking":
            return self.data[list(item.data_columns)].notna().any(axis=1).to_numpy()
        column = self.data[item.name]
        filled = column.notna() & (column != "") if item.kind == "open" else column.notna()
        return filled.to_numpy()

    def __repr__(self) -> str:
        language, n = self.source.language, int(self.marked.sum())
        units = message("cells", language) if self.source.counts else self.source.units(n)
        words = (f"{self.source.words()}: {n} {units}, "
                 f"{len(self.source.items)} {message('items', language)}")
        return "; ".join(filter(None, [words, self.base_words()]))


def _empty(columns: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})


def asked_items(source: Source) -> list[Item]:
    """Return the items that stand in the raw file."""
    made = {MOMENT} if source.moments else set()
    return [item for item in source.items.values() if not item.derived and item.name not in made]


def with_columns(
    source: Source, parts: Mapping[str, Mapping[str, str]], there: Collection[str]
) -> Source:
    """Give a multiple item its columns when the study names the question and not each column.

    A platform gives such a question a name of its own (Q5, of Q5_1 and Q5_2), and each column the
    words of its option.
    """
    found = {}
    for item in asked_items(source):
        own = parts.get(heading(item.column or item.name), {})
        plain = item.kind == "multiple" and not item.columns and item.headings[0] not in there
        if plain and own and set(item.values) <= set(own):
            wanted = [*item.values, *((OTHER,) if item.other and OTHER in own else ())]
            found[item.name] = item.model_copy(
                update={"columns": {option: own[option] for option in wanted},
                        "unticked": UNTICKED})
    return source.model_copy(update={"items": source.items | found}) if found else source


def after_cleaning(source: Source, *, times: bool) -> Source:
    """Return the source as it describes cleaned data.

    Gives without identifiers but those that became a code, with the item ``minutes`` when there
    are times; a derived item has its own missing codes and those of the items that it is made
    from.
    """
    items = {name: _with_codes(item, source.items) for name, item in source.items.items()
             if item.sensitivity != "identifier"}
    items = {name: item.model_copy(update={"sensitivity": "none"}) if item.link else items[name]
             for name, item in source.items.items() if item.link or name in items}
    if times and MINUTES not in items:
        words = {language: message(MINUTES, language) for language in LANGUAGES}
        items[MINUTES] = Item(name=MINUTES, kind="numeric", label=Label(**words))
    return source.model_copy(update={"items": items})


def categorical(item: Item, answers: Sequence[str | float]) -> pd.Categorical:
    """Return the answers to a nominal or ordinal item, typed.

    Gives all values of the item in order; for ``values = "any"`` those that occur, sorted as
    people count: k2 before k10.
    """
    known = item.categories
    if item.values == "any":
        found = set(pd.Series(answers, dtype=object).dropna()) - set(known)
        known = (*sorted(found, key=natural), *known)
    return pd.Categorical(answers, categories=pd.Index(known, dtype="str"),
                          ordered=item.kind == "ordinal")


def number_id(answer: float) -> str:
    """Return the id of a numeric answer: its digits, as many as a file can hold.

    Gives without trailing noughts; whole numbers up to fifteen digits keep them all.
    """
    return f"{answer:.15g}"


def _with_codes(item: Item, items: Mapping[str, Item]) -> Item:
    """Give a derived item the missing codes of the items that it is made from."""
    if not item.derived:
        return item
    codes = {code: parent for name in item.parents for parent in [_with_codes(items[name], items)]
             for code in parent.missing if code not in item.categories}
    codes = dict.fromkeys(item.missing, item) | {
        code: parent for code, parent in codes.items() if code not in item.missing}
    words = {language: tuple(one.value_words(language)[code] for code, one in codes.items())
             for language in LANGUAGES}
    return item.model_copy(update={"missing": tuple(codes), "missing_labels": Labels(**words)})
