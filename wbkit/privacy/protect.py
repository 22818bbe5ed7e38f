"""Hide in all Tables together what an outsider may not know, and cannot work out then."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wbkit.errors import DataError, DisclosureError
from wbkit.messages import _, mark
from wbkit.privacy.disclosure.bounds import InconsistentError
from wbkit.privacy.disclosure.joint_answers import unnamed
from wbkit.privacy.disclosure.made_of import made_of_hidden
from wbkit.privacy.disclosure.professionals import without_names
from wbkit.privacy.disclosure.release import Release, title_of
from wbkit.privacy.disclosure.rules import PROFILES, Profile
from wbkit.privacy.disclosure.statements import HIDDEN, SHOWN, Place
from wbkit.privacy.disclosure.suppression import Task, suppress
from wbkit.privacy.rounding import rounded
from wbkit.table.facts import Bases, Count, Fact
from wbkit.table.kinds import KINDS
from wbkit.table.statements.privacy import Protected
from wbkit.table.table import Table

OTHER_PEOPLE = mark(
    "protect: these Tables cannot be about the same people. Make all of them again from the same "
    "data, and give them once more.")


def protect(
    tables: Sequence[Table], *, profile: Profile, known: Sequence[Table] = (),
) -> list[Table]:
    """Hide in Tables what an outsider may not know, and what would give it away.

    All Tables that go out together are protected together: margins, parts of the people, merged
    answers, options, means and counts in the notes are equations over the same people. What is
    hidden beside small counts is the least that leaves every hidden number in doubt [1]_ [2]_.

    Parameters
    ----------
    tables
        All Tables that are handed to the same readers.
    profile
        ``publicatie`` or ``intern``: the smallest count is ``display.publication`` (10) or
        ``display.minimum`` (5) of study.toml, never under 5. Where others can know who took part
        (see `Design`), every count of fewer people is hidden; where they cannot, every group with
        a base of fewer, and for items of a special category also none, all and one.
    known
        Tables that the readers have already. They are not changed.

    Returns
    -------
    list of Table
        The same Tables in the same order. In a hidden row ``state`` is ``hidden`` and the numbers
        of its kind are absent; hidden counts in the notes are absent too. A test of closed items
        is hidden unless its counts stand among the Tables, whole. With ``display.rounding`` of
        study.toml counts of people are rounded to multiples of five in the place of that.

    Raises
    ------
    DataError
        If there is no such profile, or two Tables count the same people differently.
    DisclosureError
        If `known` gives a hidden number away, so that hiding does not help.

    References
    ----------
    .. [1] Fischetti, M. & Salazar-González, J. J. (2001). Management Science, 47(7), 1008-1027.
    .. [2] Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley.
    """
    tables = list(tables)
    if profile not in PROFILES:
        raise DataError(_(
            "protect: there is no profile {profile!r}. Use one of {profiles}.",
            profile=profile, profiles=", ".join(PROFILES)))
    named = without_names(without(tables, unnamed(tables)))
    release = Release.of(named, list(known), profile)
    hidden = _to_hide(release)
    counted = without(named, release.places(hidden))
    made = without(counted, made_of_hidden(counted, release.cells(hidden), release.reading))
    try:
        return rounded([_told(table, profile) for table in made], known, profile, without)
    except InconsistentError:
        raise DataError(_(OTHER_PEOPLE)) from None


def _to_hide(release: Release) -> np.ndarray:
    """Return which numbers are hidden; refuse where that does not help."""
    task = release.task()
    try:
        shown, narrow = suppress(task)
    except InconsistentError:
        raise DataError(_(OTHER_PEOPLE)) from None
    if len(narrow):
        raise DisclosureError(_known_already(release, task, narrow))
    return release.first & ~shown


def _known_already(release: Release, task: Task, narrow: np.ndarray) -> str:
    tables = dict.fromkeys(title_of(release.tables[at]) for number in narrow.tolist()
                           for at in release.tables_of(number, shown=False)
                           or release.tables_of(number, shown=True))
    return _(
        "{tables}: {n} numbers that may not be shown follow from the Tables in known, whatever is "
        "hidden here. Merge answers or groups (recode), or leave these Tables out.",
        tables="; ".join(list(tables)[:3]), n=len(narrow))


def _told(table: Table, profile: str) -> Table:
    """State that a Table was protected, and for whom."""
    kept = tuple(one for one in table.facts if not isinstance(one, Protected))
    real = [one for one in table.data_sets if not one.public]
    return replace(table, facts=(*kept, Protected(profile))) if real else table


# Take numbers out, so that nothing of them is left


def without(tables: Sequence[Table], places: Iterable[Place]) -> list[Table]:
    """Return the Tables with what stands at these places hidden."""
    of: dict[int, list[Place]] = defaultdict(list)
    for one in places:
        of[one.table].append(one)
    return [_hidden(table, of[at]) if at in of else table for at, table in enumerate(tables)]


def _hidden(table: Table, places: Sequence[Place]) -> Table:
    data = table.data
    for columns in dict.fromkeys(one.columns for one in places if one.rows):
        rows = sorted({row for one in places if one.columns == columns for row in one.rows})
        data = _emptied(data, table.kind, rows, columns)
    facts = _without_counts(table.facts, [one for one in places if one.fact])
    return replace(table, data=data, facts=facts)


def _emptied(
    data: pd.DataFrame, kind: str, rows: Sequence[int], columns: tuple[str, ...]
) -> pd.DataFrame:
    """Leave out numbers of some rows; without columns all that the kind hides, and say so."""
    form = KINDS[kind]
    gone = [name for name in (columns or form.hides) if name in data]
    there = pd.Series(data.index.isin(rows), index=data.index) & data["state"].isin(
        [SHOWN, HIDDEN])
    words = [name for name in gone if not form.is_number(name)]
    kept = data.assign(**{name: data[name].astype(float).mask(there) for name in gone
                          if name not in words},
                       **{name: data[name].mask(there, "") for name in words})
    return kept if columns else kept.assign(state=data["state"].mask(there, HIDDEN))


def _without_counts(facts: tuple[Fact, ...], places: Sequence[Place]) -> tuple[Fact, ...]:
    told: list[Fact | None] = list(facts)
    for one in places:
        first, *inner = one.fact
        fact = told[first]
        if isinstance(fact, Bases) and inner:
            some = list(fact.facts)
            some[inner[0]] = _without_count(some[inner[0]], one.name)
            told = [*told[:first], replace(fact, facts=tuple(some)), *told[first + 1:]]
        elif fact is not None:
            made = _without_count(fact, one.name)
            told[first] = None if made.vanishes else made
    return tuple(one for one in told if one is not None)


def _without_count(fact: Fact, name: str) -> Fact:
    """Leave a total out; another Count says that it is hidden."""
    return replace(fact, **{name: None if name in fact.totals else Count(None)})
