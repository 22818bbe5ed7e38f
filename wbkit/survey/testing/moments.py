"""The same questions put to different units at several moments, or in several places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.item import Item
from wbkit.study.source_kinds import WAVE, wave_item
from wbkit.survey.counts.cells import count_cells, several
from wbkit.survey.pooling import changes, pool_cells, refuse_twice


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
        """Return the answers of the matched units, before and after."""
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


def waves(
    parts: Mapping[str, Responses | Cells], items: str | Item | Sequence[str | Item],
    by: str | Item | None,
) -> Cells:
    """Put several sources beside each other, as groups of one sample."""
    if by is not None or len(parts) < 2:
        raise DataError(_(
            "compare: several sources are compared with each other, so that there are two or more "
            "of them and no by; there are {n}. Compare groups within one source.",
            n=len(parts)))
    refuse_twice(parts)
    first, *others = parts.items()
    for other in others:
        refuse_other_units(first, other)
        for item in several(items):
            refuse_changed(first, other, item)
    group = wave_item(tuple(parts))
    return pool_cells({name: _counted(name, part, items, group) for name, part in parts.items()})


def refuse_other_units(
    first: tuple[str, Responses | Cells], other: tuple[str, Responses | Cells]
) -> None:
    """Refuse to test one kind of unit against another."""
    if first[1].source.unit != other[1].source.unit:
        raise DataError(_(
            "one row of {first} is a {unit}, one of {other} a {other_unit}: their units differ, "
            "so that no test compares them. Show them beside each other.",
            first=first[0], unit=first[1].source.told_units(), other=other[0],
            other_unit=other[1].source.told_units()))


def refuse_changed(
    first: tuple[str, Responses | Cells], other: tuple[str, Responses | Cells], item: str | Item
) -> None:
    """Refuse an item that is not the same question in both; the difference is listed."""
    (one, a), (two, b) = first, other
    found = [_("{what} {before} became {after}", what=what, before=_setting(before),
               after=_setting(after)) for what, before, after in changes(a, b, item)]
    if found:
        raise DataError(_(
            "{item} changed between {one} and {two}: {changes}. What changed in the question "
            "cannot be told from what changed in people. Recode both to the same values, or leave "
            "the item out.",
            item=a.item(item).name, one=one, two=two, changes="; ".join(found)))


def _setting(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value))})"
    if value is None:
        return _("nothing")
    return f"‘{value}’" if isinstance(value, str) else str(value)


def _counted(
    name: str, part: Responses | Cells, items: str | Item | Sequence[str | Item], group: Item
) -> Cells:
    """Count one source, and let its name be the group of all its units."""
    if isinstance(part, Responses):
        part = count_cells(part, items, numeric="values")
    if part.by is not None:
        raise DataError(_(
            "{source}: these Cells were counted by {by}, and several sources are compared whole. "
            "Make them with count_cells(...) without by.",
            source=name, by=part.by))
    source = part.source.model_copy(update={"items": part.source.items | {WAVE: group}})
    moments = {names: replace(one, keys=one.keys.assign(group=name))
               for names, one in part.moments.items()}
    return replace(part, source=source, by=WAVE, moments=moments,
                   rows=part.rows.assign(group=np.full(len(part.rows), name, dtype=object)))


def matched(before: Responses, after: Responses, key: str | Item) -> Matched:
    """Match units on a key."""
    one, other = (_keys(part, key) for part in (before, after))
    if after.conditions and not before.conditions:
        raise DataError(_(
            "{source}: where looks at a part of the second time only ({part}), so that who "
            "stands outside it would seem to have dropped out. Put the same where on the first "
            "time.",
            source=after.source.name, part=after.base_words()))
    shared = one.index[one.index.isin(other.index)]
    if shared.empty:
        raise DataError(_(
            "{source} and {other}: no {item} stands in both, so that nobody can be matched. "
            "Look whether the keys are written alike.",
            source=before.source.name, other=after.source.name, item=before.item(key).name))
    lost = one[~one.index.isin(other.index)]
    new = ~other.index.isin(_seen(before, after, key))
    return Matched(before, after, pd.Index(one[shared]), pd.Index(other[shared]), pd.Index(lost),
                   int(new.sum()), before.n + after.n - len(one) - len(other))


def _seen(before: Responses, after: Responses, key: str | Item) -> pd.Index:
    """Return the keys of the first time; without `where` on the second, of everyone then."""
    everyone = before if after.conditions else replace(before, conditions=())
    return _key_of(everyone, key).index


def _keys(responses: Responses, key: str | Item) -> pd.Series:
    """Return the row of each key; refuse keys that stand twice."""
    found = _key_of(responses, key)
    if found.index.has_duplicates:
        raise DataError(_(
            "{source}: {n} rows share a {item} with another row, so that it does not say who is "
            "who. Set the others aside, or choose another key.",
            source=responses.source.name, n=int(found.index.duplicated(keep=False).sum()),
            item=responses.item(key).name))
    return found


def _key_of(responses: Responses, key: str | Item) -> pd.Series:
    """Return the row of each key among the units that are looked at."""
    column = responses.data.loc[responses.domain, responses.item(key).name]
    keys = column[column.notna()].astype(str).str.strip()
    keys = keys[keys != ""]
    return pd.Series(keys.index, index=pd.Index(keys))
