"""What an outsider can work out of the hidden numbers of Tables, from all that is released."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import LANGUAGES, _
from wbkit.privacy.disclosure.bounds import SLACK, InconsistentError, Shown, bounds, whole_bounds
from wbkit.privacy.disclosure.cells import Cell
from wbkit.privacy.disclosure.earlier import apart, changed
from wbkit.privacy.disclosure.release import Release
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Part, Subject
from wbkit.table.statements.privacy import Audited, Protected
from wbkit.table.table import Table

COLUMNS = ("table", "cell", "lowest", "highest", "verdict", "given_by")
EXACT, NARROW, SAFE, RELEASED = "exact", "narrow", "safe", "released"
SEPARATOR = ", "


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
        One row for each hidden number, those that fail first.

        - ``table``: in which Tables it stands, numbered from 1 as they were given: `tables`,
          `known`, `released`
        - ``cell``: what it counts
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
    return _table(sorted([*differing, *found], key=lambda one: one.verdict == SAFE), every)


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
    low, high = whole_bounds(release.shown, targets)
    return [_judged(release, number, (least, most))
            for number, least, most in zip(targets.tolist(), low, high, strict=True)]


def _judged(release: Release, number: int, ends: tuple[float, float]) -> Found:
    low, high = ends
    exact = high - low < SLACK
    narrow = high - low < release.width[number]
    verdict = EXACT if exact else NARROW if narrow else SAFE
    given = _given_by(release, number, high - low) if narrow or exact else ()
    return Found(tuple(release.tables_of(number, shown=False)),
                 address(release.statements[number].cell), low, high, verdict, given)


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


def address(cell: Cell) -> str:
    """Write what a number counts: source, item = answers; several parts are joined by +."""
    parts = ["; ".join(f"{name}={'|'.join(sorted(few))}" for name, few in sorted(where))
             for where, _times in sorted(cell.terms, key=lambda term: sorted(term[0]))]
    return f"{cell.population}: {' + '.join(parts)}"


def _table(found: Sequence[Found], tables: Sequence[Table]) -> Table:
    data = pd.DataFrame(
        [(_named(one.tables), one.cell, one.low, one.high if np.isfinite(one.high) else np.nan,
          one.verdict, _named(one.given_by)) for one in found], columns=list(COLUMNS))
    data = data.astype({"lowest": float, "highest": float})
    of = [sum(one.verdict == verdict for one in found) for verdict in (EXACT, NARROW, RELEASED)]
    sources = {one.name: one for table in tables for one in table.data_sets}
    words = Vocabulary.of("table", lambda language: _titles(data["table"], tables, language))
    given = Vocabulary.of("given_by", lambda language: _titles(data["given_by"], tables, language))
    facts = (Subject("audit"), Audited(len(found), *of))
    return Table(data, "audit", (), facts, (*sources.values(), words, given))


def _named(tables: Sequence[int]) -> str:
    return SEPARATOR.join(str(one + 1) for one in tables)


def _titles(ids: Sequence[str], tables: Sequence[Table], language: str) -> dict[str, str]:
    """Name the Tables by number and title."""
    titles = {str(at + 1): f"{at + 1}. {table.show(language).title}"
              for at, table in enumerate(tables)}
    return {one: "; ".join(titles[part] for part in one.split(SEPARATOR))
            for one in set(ids) if one}


__all__ = ["LANGUAGES", "Part", "audit"]
