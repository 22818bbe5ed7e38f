"""Cells that hold several options: what stands between them, and which options there are.

An option may hold the separator itself ("Geld, schulden of toeslagen"). It is found by its
repetition: its parts never come without each other.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wbkit.text.normalise import is_whole, tidy

SEPARATORS = (";", "|", "\n", " > ", ">", "/", ",", " + ", " - ")
SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
MOST_OPTIONS, LONGEST_OPTION = 40, 90
AGAIN = 0.75  # share of the ticks that are of an option ticked more than once
GLUED = 4  # times that two parts must come together before they are one option
NEARLY_ALL = 0.9
LEAST_CELLS = 3


@dataclass(frozen=True)
class Split:
    """How cells come apart.

    Parameters
    ----------
    separator
        What stands between options.
    rows
        The options in each filled cell.
    counts
        How often each was named.
    ranking
        Whether each cell names the same options in an order of its own.
    """

    separator: str
    rows: list[list[str]]
    counts: Counter[str]
    ranking: bool = False


def find_split(cells: Sequence[str], *, slugs: bool = False) -> Split | None:
    """Return how cells that hold several options come apart; None when they hold one answer.

    `slugs` allows a space between names without capitals, as KoboToolbox writes them.
    """
    cells = [cell for cell in cells if tidy(cell)]
    ended = [mark for mark in (";", "|") if cells and
             sum(tidy(cell).endswith(mark) for cell in cells) >= 0.8 * len(cells)]
    for mark in ended:
        if found := _split(cells, mark, certain=True):
            return found
    found = [one for mark in SEPARATORS if (one := _split(cells, mark, certain=False))]
    if not found and slugs:
        return _split(cells, " ", certain=False)
    return min(found, key=_fewest, default=None)


def _fewest(split: Split) -> tuple[bool, int]:
    """Put an order first, then the mark that leaves fewest options: others leave whole lists."""
    return not split.ranking, len(split.counts)


def _split(cells: Sequence[str], mark: str, *, certain: bool) -> Split | None:
    if not certain and sum(mark in cell.strip() for cell in cells) < 2:
        return None
    rows = _alike([[tidy(piece) for piece in cell.split(mark) if tidy(piece)] for cell in cells])
    if mark == " " and not all(SLUG.fullmatch(piece) and not piece[:1].isdigit()
                               for row in rows for piece in row):
        return None
    numbers = all(is_whole(piece) for row in rows for piece in row)
    if mark in (",", "/", " - ") and numbers:
        return _numbers(rows, mark)
    rows = [row for row in _glued(rows, mark) if row]
    counts = Counter(piece for row in rows for piece in row)
    if _is_ranking(rows, counts):
        return Split(mark, rows, counts, ranking=True)
    return Split(mark, rows, counts) if certain or _are_ticks(rows, counts) else None


def _alike(rows: list[list[str]]) -> list[list[str]]:
    """Write each piece as most people do: capitals make no other option."""
    counts = Counter(piece for row in rows for piece in row)
    best: dict[str, str] = {}
    for piece, _ in counts.most_common():
        best.setdefault(piece.casefold(), piece)
    return [[best[piece.casefold()] for piece in row] for row in rows]


def _numbers(rows: list[list[str]], mark: str) -> Split | None:
    """Take codes apart: each higher than the one before, which a decimal comma does not give."""
    several = [list(map(int, row)) for row in rows if len(row) > 1]
    rising = all(a < b for row in several for a, b in zip(row, row[1:], strict=False))
    highest = max(map(int, (piece for row in rows for piece in row)), default=0)
    long = sum(len(row) > 2 for row in several)
    counts = Counter(piece for row in rows for piece in row)
    if not rising or long < 2 or highest > MOST_OPTIONS:
        return None
    return Split(mark, rows, counts)


def _glued(rows: Sequence[list[str]], mark: str) -> list[list[str]]:
    """Put parts together that never come without each other."""
    between = f"{mark.strip() or mark} " if mark.strip() == mark or mark == "," else mark
    while True:
        after = Counter((a, b) for row in rows for a, b in zip(row, row[1:], strict=False))
        counts = Counter(piece for row in rows for piece in row)
        pairs = {pair for pair, n in after.items() if _is_one(*pair, n, counts)}
        if not pairs:
            return list(rows)
        rows = [_joined(row, pairs, between) for row in rows]


def _is_one(first: str, second: str, n: int, counts: Counter[str]) -> bool:
    """Whether the second part never comes without the first before it."""
    goes_on = second[:1].islower() and not first[:1].islower()
    if goes_on:
        return n == counts[second]
    return n == counts[first] == counts[second] >= GLUED


def _joined(row: Sequence[str], pairs: set[tuple[str, str]], between: str) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(row):
        if tuple(row[place:place + 2]) in pairs:
            found.append(between.join(row[place:place + 2]))
            place += 2
        else:
            found.append(row[place])
            place += 1
    return found


def _is_ranking(rows: Sequence[Sequence[str]], counts: Counter[str]) -> bool:
    """Whether nearly every cell names all options, in different orders."""
    known = {option for option, n in counts.items() if n >= NEARLY_ALL * len(rows)}
    whole = [tuple(row) for row in rows if set(row) == known and len(row) == len(known)]
    return len(known) >= 3 and len(whole) >= NEARLY_ALL * len(rows) and len({*whole}) > 2


def _are_ticks(rows: Sequence[Sequence[str]], counts: Counter[str]) -> bool:
    """Whether few options come back in many combinations."""
    several = [row for row in rows if len(row) > 1]
    again = sum(n for n in counts.values() if n > 1)
    named = [option for option, n in counts.items() if n > 1]
    if not several or len(rows) < LEAST_CELLS or len(named) < 2 or len(named) > MOST_OPTIONS:
        return False
    if any(len(set(row)) < len(row) for row in rows):
        return False
    if max(map(len, named)) > LONGEST_OPTION or again < AGAIN * sum(counts.values()):
        return False
    combinations = {tuple(row) for row in rows}
    beside = {option: {row for row in combinations if option in row} for option in named}
    free = sum(len(found) > 1 for found in beside.values())
    return free >= 0.6 * len(named) and _has_one_order(several)


def _has_one_order(rows: Sequence[Sequence[str]]) -> bool:
    """Whether options mostly stand in one order, as a form writes them."""
    before = Counter((a, b) for row in rows for place, a in enumerate(row)
                     for b in row[place + 1:])
    against = sum(min(n, before[b, a]) for (a, b), n in before.items()) / 2
    return against <= 0.35 * sum(before.values())
