"""Codes that people make up themselves: how well they link two waves."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.suppression import too_small
from wbkit.table.facts import Counted, Subject
from wbkit.table.statements.identifying import Linked
from wbkit.table.table import Table

EXACT, NEAR, NONE = "exact", "near", "none"
FEWEST_PARTS = 3  # with fewer, all but one part is hardly a code
Code = tuple[str, ...]


def link_codes(before: Responses, after: Responses, items: str | Sequence[str]) -> Table:
    """Link two waves by a code that people made up themselves, and say how well that works.

    Parameters
    ----------
    before, after
        The answers of two waves.
    items
        The item that holds the code, or the items that hold its parts (first letter of the
        mother's name, day of birth …), each with ``link = "hash"``.

    Returns
    -------
    Table
        One row for each result.

        - ``exact``: units of `after` whose code one unit of `before` has, and nobody else
        - ``near``: the same but for one part, for codes of three parts or more [1]_
        - ``none``: the others with a whole code; these three add up
        - ``mismatch``: linked units whose code differs in a part; the base is all that were linked
        - ``collision_before``, ``collision_after``: units that share their code with another one
        - ``n``, ``base``, ``share`` (0 to 1); few of real people are hidden

    Raises
    ------
    DataError
        If a wave lacks an item, or nobody gave a whole code.

    References
    ----------
    .. [1] Schnell, R., Bachteler, T. and Reiher, J. (2010). Improving the use of self-generated
       identification codes. Evaluation Review 34, 391-418.
    """
    for one in (before, after):
        need(one, Responses, "link_codes")
    names = [items] if isinstance(items, str) else list(items)
    first, second = (_codes(one, names) for one in (before, after))
    shared = [sum(n for n in Counter(codes).values() if n > 1) for codes in (first, second)]
    exact, near = _linked(first, second)
    counts = np.array([exact, near, len(second) - exact - near])
    minimum = max(before.source.minimum, after.source.minimum)
    hidden = too_small(counts, len(second), minimum, partition=True)
    few = [_is_few(n, base, minimum) for n, base in (
        (near, exact + near), (shared[0], len(first)), (shared[1], len(second)))]
    frame = pd.DataFrame({
        "link": [EXACT, NEAR, NONE, "mismatch", "collision_before", "collision_after"],
        "n": [*counts.tolist(), near, *shared],
        "base": [len(second)] * 3 + [exact + near, len(first), len(second)]}).astype(
            {"n": "float64", "base": "float64"})
    frame["share"] = frame["n"] / frame["base"].where(frame["base"] > 0)
    frame["state"] = np.where([*hidden, few[0] or hidden[:2].any(), *few[1:]], "hidden", "shown")
    frame.loc[frame["state"] == "hidden", ["n", "share"]] = np.nan
    frame.loc[(frame["link"] == "mismatch") & (frame["state"] == "hidden"), "base"] = np.nan
    facts = (Subject("link_codes"), Counted("respondent"), Linked(tuple(frame["link"])))
    return Table(frame, "listing", (), facts, (before.source, after.source)
                 if before.source.name != after.source.name else (before.source,))


def _codes(responses: Responses, names: Sequence[str]) -> list[Code]:
    """Return the codes of those who gave every part."""
    lacking = [name for name in names if name not in responses.data]
    if lacking:
        raise DataError(_(
            "{source}: there is no item {item!r} to link by. A code is an open item with "
            'sensitivity = "identifier" and link = "hash".',
            source=responses.source.name, item=lacking[0]))
    rows = responses.data.loc[responses.domain, names].astype("str").fillna("")
    found = [tuple(row) for row in rows.itertuples(index=False) if all(map(str.strip, row))]
    if not found:
        raise DataError(_(
            "{source}: nobody gave a whole code ({items}). Look at the raw file, or link by "
            "another item.",
            source=responses.source.name, items=", ".join(names)))
    return found


def _linked(first: Sequence[Code], second: Sequence[Code]) -> tuple[int, int]:
    """Count the codes that are linked exactly, and those that are but for one part."""
    here, there = Counter(first), Counter(second)
    exact = {code for code, n in there.items() if n == 1 and here[code] == 1}
    if len(second[0]) < FEWEST_PARTS:
        return len(exact), 0
    left = [[code for code, n in codes.items() if n == 1 and code not in exact]
            for codes in (here, there)]
    partners = [_by_part(codes) for codes in left]
    pairs = {(one, other) for key, codes in partners[1].items() for other in codes
             for one in partners[0].get(key, ())}
    used = [Counter(pair[side] for pair in pairs) for side in (0, 1)]
    near = [pair for pair in pairs if used[0][pair[0]] == used[1][pair[1]] == 1]
    return len(exact), len(near)


def _by_part(codes: Sequence[Code]) -> dict[tuple[int, Code], list[Code]]:
    """Return the codes by what is left of them without one part."""
    found: dict[tuple[int, Code], list[Code]] = {}
    for code in codes:
        for out, rest in enumerate(combinations(code, len(code) - 1)):
            found.setdefault((out, rest), []).append(code)
    return found


def _is_few(n: int, base: int, minimum: int) -> bool:
    return 0 < n < minimum or 0 < base - n < minimum
