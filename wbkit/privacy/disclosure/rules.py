"""Which numbers may not be shown, by what they count and how people came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Literal

import numpy as np

from wbkit.privacy.disclosure.joint_answers import all_agreed, is_joint
from wbkit.privacy.disclosure.statements import Statement
from wbkit.study.item import SPECIAL
from wbkit.study.source import Source
from wbkit.table.table import Table

Profile = Literal["publicatie", "intern"]
PROFILES: tuple[str, ...] = ("publicatie", "intern")
FLOOR = 5  # of real people
SLACK = 1e-6
ROUNDED_WIDTH = 2  # of a small number that was rounded: three numbers are possible
FEWEST_TEAMS = 1  # joint answers are those of teams: rules about naming hold, not about counts
KNOWN_BY_DESIGN = ("census", "joint", "convenience")  # unless participants = "unknown"


@dataclass(frozen=True)
class Rule:
    """How small a count of one source may be.

    Parameters
    ----------
    least
        The smallest count, or the smallest base, that may be shown.
    of
        ``cell``: every count of people; ``base``: the number of people in a group; ``rounded``:
        none is shown as it is; ``none``.
    """

    least: int
    of: Literal["cell", "base", "rounded", "none"]

    @property
    def width(self) -> int:
        """How far apart the least and the greatest possible number must be, at least."""
        return ROUNDED_WIDTH if self.of == "rounded" else max(2, (self.least - 1) // 2)


def rule_of(source: Source, profile: str) -> Rule:
    """Return the rule for the people of a source."""
    display, least = source.setting.display, least_of(source, profile)
    if source.public or source.kind == "list" or source.holds_texts:
        return Rule(least, "none")
    if is_joint(source):
        return Rule(FEWEST_TEAMS, "cell")
    if display.rounding:
        return Rule(least, "rounded")
    return Rule(least, "cell" if participants_known(source) else "base")


def least_of(source: Source, profile: str) -> int:
    """Return the smallest count of people that a profile shows, whatever is counted."""
    display = source.setting.display
    return max(FLOOR, display.minimum, display.publication if profile == "publicatie" else 0)


def participants_known(source: Source) -> bool:
    """Whether others can know who took part: then one person in a cell is one who is known."""
    design = source.design
    if source.kind == "counts" or design is None:
        return True
    if design.participants:
        return design.participants == "known"
    return design.kind in KNOWN_BY_DESIGN


def too_few(one: Statement, base: float | None, rule: Rule, source: Source) -> bool:
    """Whether a number may not be shown by itself."""
    value = one.value
    if rule.of == "rounded":
        return False
    if value is None:
        return True
    if rule.of == "none" or one.role == "question":
        return False
    if one.role == "sum":
        return bool(base) and _sum_tells(one, base, rule, source)
    if is_joint(source):
        return one.role == "count" and value == base and not all_agreed(source, base)
    if rule.of == "cell":
        return 0 < value < rule.least or (
            base is not None and is_ticked(source, one) and 0 < base - value < rule.least)
    if one.role == "base":
        return 0 < value < rule.least
    return one.role == "count" and is_special(source, one.item) and (
        value in (0, 1) or value == base)


def _sum_tells(one: Statement, n: float, rule: Rule, source: Source) -> bool:
    """Whether a sum of numbers tells how few gave another number than the least or greatest.

    Of whole numbers from `low` to `high` that are `away` from all being `low`, at least
    away / (high - low) people gave another number, and no more than `away`.
    """
    low, high = _ends_of(source, one.item)
    away = [one.value - n * low, *([n * high - one.value] if high < inf else [])]
    if is_joint(source):
        return 0 in away and not all_agreed(source, n)
    special = is_special(source, one.item)
    for others in away:
        fewest = ceil(others / (high - low) - SLACK)
        most = min(n, max(fewest, floor(others + SLACK)))
        for least, greatest in ((fewest, most), (n - most, n - fewest)):
            known = greatest - least < rule.width
            few = greatest > 0 and least < rule.least if rule.of == "cell" else \
                special and (least <= 1 or greatest >= n)
            if known and few:
                return True
    return False


def _ends_of(source: Source, name: str) -> tuple[float, float]:
    """Return between which ends the numbers of an item lie; from none on where it does not say."""
    item = source.items.get(name)
    if item is not None and item.kind == "ranking":
        return 1.0, float(len(item.categories))
    return item.range if item is not None and item.range else (0.0, inf)


def is_ticked(source: Source, one: Statement) -> bool:
    """Whether a number counts the ticks of an option, so that the others did not tick it."""
    item = source.items.get(one.item)
    return one.role == "count" and item is not None and item.kind == "multiple"


def is_special(source: Source, item: str) -> bool:
    """Whether any of these items is of a special category, or made of one that is."""
    return any(_special(source, name) for name in item.split("+"))


def _special(source: Source, name: str) -> bool:
    item = source.items.get(name)
    return item is not None and (item.sensitivity in SPECIAL or any(
        _special(source, parent) for parent in item.parents))


def too_small(
    statements: Sequence[Statement], tables: Sequence[Table], profile: str
) -> tuple[np.ndarray, list[Rule]]:
    """Mark the numbers that may not be shown by themselves, and give the rule of each."""
    told = {one.cell: one.value for one in statements if one.role == "count"}
    bases = told | {one.cell: one.value for one in statements if one.role == "base"}
    sources = [tables[one.place.table].data_sets[0] for one in statements]
    rules = {source.name: rule_of(source, profile) for source in sources}
    of = [rules[source.name] for source in sources]
    marks = [too_few(one, bases.get(one.base) if one.base else None, rule, source)
             for one, rule, source in zip(statements, of, sources, strict=True)]
    return np.array(marks, dtype=bool), of
