"""Questions to which one can give several answers: which options they have."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from wbkit.intake.draft.guess import Column
from wbkit.intake.draft.lexicon import is_missing, is_other, other_stem, starts
from wbkit.intake.options import SEPARATOR
from wbkit.text.normalise import tidy

FEW_ROWS = 20  # under this, an option that was ticked once is an option too
LEAST_PART = 0.01


def multiple(column: Column) -> dict[str, Any] | None:
    """Return the keys of a question with several options in one cell.

    Parameters
    ----------
    column
        The column.

    Returns
    -------
    dict or None
        None when the cells hold no separator.
    """
    if not column.hint.multiple and not _is_ticked(column.filled):
        return None
    ticks = [[tidy(part) for part in cell.split(SEPARATOR) if tidy(part)]
             for cell in column.filled]
    counts = Counter(option for row in ticks for option in row)
    missing = [option for option in counts if is_missing(option, column.question)]
    values = list(column.hint.values) or _options(ticks, counts)
    values = [value for value in values if value not in missing]
    rare = set(counts) - set(values) - set(missing)
    other = column.hint.other or (_other(counts) if rare else "")
    exclusive = [value for value in values if starts(value, "exclusive")]
    fields: dict[str, Any] = {"kind": "multiple", "values": values}
    fields |= {"missing": missing} if missing else {}
    fields |= {"other": other} if other else {}
    return fields | ({"exclusive": exclusive} if exclusive else {})


def _is_ticked(cells: Sequence[str]) -> bool:
    """Whether cells look like ticks of Forms, which ends every option with a separator."""
    ended = sum(cell.rstrip().endswith(SEPARATOR) for cell in cells)
    return bool(cells) and ended >= 0.8 * len(cells)


def _options(ticks: Sequence[Sequence[str]], counts: Counter[str]) -> list[str]:
    """Return the options in the order in which they stand in the cells, without own words."""
    least = max(2, LEAST_PART * len(ticks)) if len(ticks) >= FEW_ROWS else 1
    known = [option for option, n in counts.items()
             if n >= least and not is_other(option)]
    before = Counter((first, second) for row in ticks
                     for place, first in enumerate(row) for second in row[place + 1:])
    behind = {option: sum(before[one, option] > before[option, one] for one in known)
              for option in known}
    return sorted(known, key=lambda option: (starts(option, "exclusive"), behind[option],
                                             -counts[option]))


def _other(counts: Counter[str]) -> str:
    stems = Counter(other_stem(option) for option in counts if is_other(option))
    return stems.most_common(1)[0][0] if stems else "Anders"
