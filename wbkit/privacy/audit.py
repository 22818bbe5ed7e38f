"""What an outsider can work out of the hidden numbers of Tables, from all that is released."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.privacy.disclosure.atoms import atoms_of
from wbkit.privacy.disclosure.bounds import InconsistentError, Shown, bounds, whole_bounds
from wbkit.privacy.disclosure.reading import read_statements
from wbkit.privacy.disclosure.release import SAME, Release
from wbkit.privacy.disclosure.rules import rule_of
from wbkit.privacy.disclosure.statements import Place, Statement
from wbkit.privacy.disclosure.witnesses import SLACK
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Fact, Part, Subject
from wbkit.table.statements.privacy import Audited, InParts, Protected, Rounded
from wbkit.table.table import Table

COLUMNS = ("table", "cell", "lowest", "highest", "verdict", "given_by")
EXACT, NARROW, SAFE, RELEASED = "exact", "narrow", "safe", "released"
SEPARATOR, LESS = ", ", " - "
EARLIER = "earlier"
Pair = tuple[Statement, Statement, int]


@dataclass(frozen=True)
class Found:
    """One hidden number: in which Tables, what it counts, between which ends, given by which."""

    tables: tuple[int, ...]
    cell: str
    low: float
    high: float
    verdict: str
    given_by: tuple[int, ...] = ()


def audit(
    tables: Sequence[Table], *, known: Sequence[Table] = (), released: Sequence[Table] = ()
) -> Table:
    """Work out what an outsider can know of every hidden number.

    The outsider has all Tables, knows the questions and that people are whole and never fewer than
    none, and looks at everything at once: integer programming over the smallest groups that the
    Tables tell apart.

    Parameters
    ----------
    tables
        Tables that are to be handed over.
    known
        Tables that the outsider has from elsewhere, such as the sizes of teams.
    released
        Tables of earlier releases. Where they count other people than `tables` do, a count that
        changed by fewer people than may be shown is a failure: it tells of those few.

    Returns
    -------
    Table
        One row for each hidden number, each rounded one that can be small, and each small number
        that is left between numbers that are shown; those that fail first.

        - ``table``: in which Tables it stands, numbered from 1 as they were given: `tables`,
          `known`, `released`
        - ``cell``: what it counts; of a difference the larger number, and what is taken from it
        - ``lowest``, ``highest``: between which numbers it must lie; ``highest`` is absent where
          nothing bounds it
        - ``verdict``: ``exact``, ``narrow`` (fewer than three possible numbers for counts under 5,
          five for counts under 10), ``released`` (differs by few from an earlier release) or
          ``safe``
        - ``given_by``: the Tables without any one of which it would not be worked out

    Raises
    ------
    DataError
        If no Table is about people, or they contradict each other.
    """
    tables, known, released = list(tables), list(known), list(released)
    _require_tables(tables)
    earlier = apart(tables, released)
    release = Release.of(tables, [*known, *earlier], _profile(tables))
    try:
        found = _intervals(release)
    except InconsistentError:
        raise DataError(_(
            "audit: these Tables cannot be about the same people. Make all of them again from the "
            "same data, and give them once more.")) from None
    every = [*tables, *known, *released]
    first = len(tables) + len(known)
    differing = [Found((one, first + two), cell, low, high, RELEASED, (one, first + two))
                 for one, two, cell, low, high in changed(tables, released, _profile(tables))]
    facts = (InParts(),) if release.atoms.parted else ()
    return _table(sorted([*differing, *found], key=lambda one: one.verdict == SAFE), every, facts)


def _require_tables(tables: Sequence[Table]) -> None:
    if not any(one.data_sets for one in tables):
        raise DataError(_(
            "audit: none of the Tables has a source, so there is nobody to protect. Give the "
            "Tables that are to be handed over."))


def _profile(tables: Sequence[Table]) -> str:
    """Return for whom the Tables were protected; the widest readers where they differ."""
    profiles = {one.profile for table in tables for one in table.found(Protected)}
    return "publicatie" if "publicatie" in profiles else "intern"


def _intervals(release: Release) -> list[Found]:
    """Bound every number that one of the Tables hides."""
    own = np.zeros(len(release.statements), dtype=bool)
    for one, twin in zip(release.statements, release.atoms.twins, strict=True):
        own[twin] |= one.value is None and one.place.table < release.own
    targets = np.flatnonzero(own & release.people)
    ends = whole_bounds(release.shown, targets)
    return [_judged(release, number, (least, most))
            for number, least, most in zip(targets.tolist(), ends.low, ends.high, strict=True)]


def _judged(release: Release, number: int, ends: tuple[float, float]) -> Found:
    low, high = ends
    exact = high - low < SLACK
    narrow = high - low < release.width[number]
    verdict = EXACT if exact else NARROW if narrow else SAFE
    given = _given_by(release, number, high - low) if narrow or exact else ()
    places = [one for one in release.made_of(number) if one.rows or one.fact] or [
        next(one.place for one, twin in
             zip(release.statements, release.atoms.twins, strict=True)
             if twin == number and one.value is None and one.place.table < release.own)]
    tables = dict.fromkeys([one.table for one in places]) if release.made_of(number) else \
        release.tables_of(number, shown=False)
    cell = LESS.join(address(release.tables[one.table], one) for one in places)
    return Found(tuple(tables), cell, low + 0.0, high, verdict, given)


def _given_by(release: Release, number: int, width: float) -> tuple[int, ...]:
    """Leave Tables out one by one: what is left are those that give the number away together."""
    left, needed = set(range(len(release.tables))), set(range(len(release.tables)))
    holding = _holding(release, number)
    needed = left & holding
    read = _only(release, needed)
    if _width(read, number) > width + SLACK:  # another way round: all of them
        needed = left
    for one in sorted(needed):
        if _width(_only(release, needed - {one}), number) <= width + SLACK:
            needed = needed - {one}
    return tuple(sorted(needed))


def _holding(release: Release, number: int) -> set[int]:
    """Return the Tables with a number that holds the interval in place."""
    ends = bounds(release.shown, np.array([number]))
    return set(chain.from_iterable(release.tables_of(one, shown=True)
                                   for one in ends.pulls.cell.tolist())) | {
        one.place.table for one in release.statements
        if not (one.place.rows or one.place.fact)}


def _only(release: Release, tables: set[int]) -> Shown:
    left = np.zeros(len(release.statements), dtype=bool)
    for one, twin in zip(release.statements, release.atoms.twins, strict=True):
        left[twin] |= one.value is not None and one.place.table in tables
    return replace(release.shown, shown=left & release.shown.shown)


def _width(read: Shown, number: int) -> float:
    ends = bounds(read, np.array([number]))
    return float((np.floor(ends.high + SLACK) - np.ceil(ends.low - SLACK))[0])


def address(table: Table, place: Place) -> str:
    """Write where a number stands: its source, its item, its part and group, or its statement."""
    source = table.data_sets[0].name
    parts = [f"{one.item}={'|'.join(one.values)}" for one in table.found(Part)]
    if place.fact:
        fact = table.facts[place.fact[0]]
        own = [f"{fact.key}.{place.name}", *(where for name, where, _count in fact.counts()
                                             if name.endswith(place.name) and where)]
        return "; ".join([source, *parts, *own])
    row = table.data.loc[place.rows[0]]
    keys = [name for name in ("item", "by", *table.dimensions, "margin", "value")
            if name in row and str(row[name])]
    keys = [name for name in keys if name != "value" or place.columns != ("base",)]
    told = [f"{name}={row[name]}" for name in dict.fromkeys(keys)]
    return "; ".join([source, *parts, *told, *place.columns[:1]])


def _table(
    found: Sequence[Found], tables: Sequence[Table], told: tuple[Fact, ...]
) -> Table:
    data = pd.DataFrame(
        [(_named(one.tables), one.cell, one.low, one.high if np.isfinite(one.high) else np.nan,
          one.verdict, _named(one.given_by)) for one in found], columns=list(COLUMNS))
    data = data.astype({"lowest": float, "highest": float})
    of = [sum(one.verdict == verdict for one in found) for verdict in (EXACT, NARROW, RELEASED)]
    sources = {one.name: one for table in tables for one in table.data_sets}
    words = Vocabulary.of("table", lambda language: _titles(data["table"], tables, language))
    given = Vocabulary.of("given_by", lambda language: _titles(data["given_by"], tables, language))
    facts = (Subject("audit"), Audited(len(found), *of), *told)
    return Table(data, "audit", (), facts, (*sources.values(), words, given))


def _named(tables: Sequence[int]) -> str:
    return SEPARATOR.join(str(one + 1) for one in tables)


def _titles(ids: Sequence[str], tables: Sequence[Table], language: str) -> dict[str, str]:
    """Name the Tables by number and title."""
    titles = {str(at + 1): f"{at + 1}. {table.show(language).title}"
              for at, table in enumerate(tables)}
    return {one: "; ".join(titles[part] for part in one.split(SEPARATOR))
            for one in set(ids) if one}


# Earlier releases


def apart(tables: Sequence[Table], released: Sequence[Table]) -> list[Table]:
    """Return the earlier Tables; those about other people under a source of another name."""
    moved = {one.cell.population.partition(" ")[0] for one, other, _ in _pairs(tables, released)
             if abs(one.value - other.value) > SAME}
    return [_renamed(table, moved) for table in released]


def _renamed(table: Table, moved: set[str]) -> Table:
    sources = tuple(
        one.model_copy(update={"name": f"{one.name}_{EARLIER}"})
        if one in table.data_sets and one.name in moved else one for one in table.sources)
    return replace(table, sources=sources)


def changed(
    tables: Sequence[Table], released: Sequence[Table], profile: str
) -> Iterator[tuple[int, int, str, float, float]]:
    """Yield the counts that changed by fewer people than may be shown.

    Gives the Table, the earlier Table, what is counted, and the two numbers. Of rounded numbers
    nobody knows by how many they changed.
    """
    every = [*tables, *released]
    for one, other, least in _pairs(tables, released, profile):
        if any(every[two.place.table].found(Rounded) for two in (one, other)):
            continue
        if SAME < abs(one.value - other.value) < least and one.role != "sum" \
                and (one.place.rows or one.place.fact):
            ends = sorted([one.value, other.value])
            yield (one.place.table, other.place.table - len(tables),
                   address(tables[one.place.table], one.place), *ends)


def _pairs(
    tables: Sequence[Table], released: Sequence[Table], profile: str = "intern"
) -> Iterator[Pair]:
    """Yield each number that both show, once, with the least count that may be shown."""
    if not released:
        return
    every = [*tables, *released]
    statements, reading = read_statements(every)
    twins = atoms_of([one.cell for one in statements], reading.populations).twins
    now: dict[int, Statement] = {}
    then: dict[int, Statement] = {}
    for one, twin in zip(statements, twins.tolist(), strict=True):
        if one.value is not None and np.isfinite(one.value):
            (now if one.place.table < len(tables) else then).setdefault(twin, one)
    for twin in now.keys() & then.keys():
        source = every[now[twin].place.table].data_sets[0]
        yield now[twin], then[twin], rule_of(source, profile).least
