"""The columns of Responses: which items they hold and how each is typed."""

from collections.abc import Mapping, Sequence

import pandas as pd

from wbkit.labels import LANGUAGES, label
from wbkit.study.item import Item, Labels
from wbkit.study.model import Label
from wbkit.study.moments import MINUTES, MOMENT
from wbkit.study.source import Source
from wbkit.text.normalise import natural


def asked_items(source: Source) -> list[Item]:
    """Return the items that stand in the raw file.

    Parameters
    ----------
    source
        The source.

    Returns
    -------
    list of Item
        All items but those made from others or from the time of the answers.
    """
    made = {MOMENT} if source.moments else set()
    return [item for item in source.items.values() if not item.derived and item.name not in made]


def after_cleaning(source: Source, *, times: bool) -> Source:
    """Return the source as it describes cleaned data.

    Parameters
    ----------
    source
        The source as study.toml has it.
    times
        Whether the file says when each unit started and finished.

    Returns
    -------
    Source
        Without identifiers, with the item ``minutes`` when there are times; a derived item
        has its own missing codes and those of the items that it is made from.
    """
    items = {name: _with_codes(item, source.items) for name, item in source.items.items()
             if item.sensitivity != "identifier"}
    if times and MINUTES not in items:
        words = {language: label(MINUTES, language) for language in LANGUAGES}
        items[MINUTES] = Item(name=MINUTES, kind="numeric", label=Label(**words))
    return source.model_copy(update={"items": items})


def categorical(item: Item, answers: Sequence[str | float]) -> pd.Categorical:
    """Return the answers to a nominal or ordinal item, typed.

    Parameters
    ----------
    item
        The item.
    answers
        Ids of values, a missing value for none.

    Returns
    -------
    pandas.Categorical
        All values of the item in order; for ``values = "any"`` those that occur,
        sorted as people count: k2 before k10.
    """
    known = item.categories
    if item.values == "any":
        found = set(pd.Series(answers, dtype=object).dropna()) - set(known)
        known = (*sorted(found, key=natural), *known)
    return pd.Categorical(answers, categories=pd.Index(known, dtype="str"),
                          ordered=item.kind == "ordinal")


def number_id(answer: float) -> str:
    """Return the id of a numeric answer: its digits, as many as a file can hold.

    Parameters
    ----------
    answer
        A number, as in ``7.5``.

    Returns
    -------
    str
        Without trailing noughts; whole numbers up to fifteen digits keep them all.
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
