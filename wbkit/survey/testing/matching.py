"""The same units at two moments, matched on a key."""

from dataclasses import dataclass, replace

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.study.item import Item


@dataclass(frozen=True, eq=False)
class Matched:
    """Units that are in both, and how many are in one only.

    Parameters
    ----------
    before, after
        The answers.
    first, second
        Rows of the matched units in either, in the same order.
    lost
        Rows of units that are in `before` only.
    new
        How many are in `after` only.
    keyless
        How many have no key, in both together.
    """

    before: Responses
    after: Responses
    first: pd.Index
    second: pd.Index
    lost: pd.Index
    new: int
    keyless: int

    @property
    def n(self) -> int:
        """How many units are in both."""
        return len(self.first)

    def columns(self, item: Item, name: str | None = None) -> tuple[pd.Series, pd.Series]:
        """Return the answers of the matched units, before and after.

        Parameters
        ----------
        item
            The item.
        name
            A column of it; its only one when left out.

        Returns
        -------
        tuple of pandas.Series
            Of those who answered at both moments, in the same order.
        """
        name = name or item.name
        one = self.before.data.loc[self.first, name].reset_index(drop=True)
        other = self.after.data.loc[self.second, name].reset_index(drop=True)
        both = self._answered(item)
        return one[both], other[both]

    def _answered(self, item: Item) -> pd.Series:
        sides = ((self.before, self.first), (self.after, self.second))
        known = [(part.state(item)[rows] == "answered").reset_index(drop=True)
                 for part, rows in sides]
        return known[0] & known[1]


def matched(before: Responses, after: Responses, key: str | Item) -> Matched:
    """Match units on a key.

    Parameters
    ----------
    before, after
        Answers of the same units at two moments.
    key
        The item that says who is who, in both.

    Returns
    -------
    Matched
        The units that are in both.

    Raises
    ------
    DataError
        If a key stands twice, nobody is in both, or `where` looks at a part of `after` only.
    """
    one, other = (_keys(part, key) for part in (before, after))
    if after.conditions and not before.conditions:
        raise DataError(
            f"{after.source.name}: where looks at a part of the second time only "
            f"({after.base_words()}), so that who stands outside it would seem to have dropped "
            "out. Put the same where on the first time."
        )
    shared = one.index[one.index.isin(other.index)]
    if shared.empty:
        raise DataError(
            f"{before.source.name} and {after.source.name}: no {before.item(key).name} stands in "
            "both, so that nobody can be matched. Look whether the keys are written alike."
        )
    lost = one[~one.index.isin(other.index)]
    new = ~other.index.isin(_seen(before, after, key))
    return Matched(before, after, pd.Index(one[shared]), pd.Index(other[shared]), pd.Index(lost),
                   int(new.sum()), before.n + after.n - len(one) - len(other))


def _seen(before: Responses, after: Responses, key: str | Item) -> pd.Index:
    """Return the keys of the first time; without `where` on the second, of everyone then."""
    everyone = before if after.conditions else replace(before, conditions=())
    return _written(everyone, key).index


def _keys(responses: Responses, key: str | Item) -> pd.Series:
    """Return the row of each key; refuse keys that stand twice."""
    found = _written(responses, key)
    if found.index.has_duplicates:
        raise DataError(
            f"{responses.source.name}: {int(found.index.duplicated(keep=False).sum())} rows share "
            f"a {responses.item(key).name} with another row, so that it does not say "
            "who is who. Set the others aside, or choose another key."
        )
    return found


def _written(responses: Responses, key: str | Item) -> pd.Series:
    """Return the row of each key among the units that are looked at."""
    column = responses.data.loc[responses.domain, responses.item(key).name]
    keys = column[column.notna()].astype(str).str.strip()
    keys = keys[keys != ""]
    return pd.Series(keys.index, index=pd.Index(keys))
