"""Verdicts about a sentence, and how numbers compare with one statement."""

import math
from dataclasses import dataclass

from wbkit.findings.claims.amounts import Amount
from wbkit.findings.claims.statements import Statement
from wbkit.labels import SMALLEST_BASE

HOLDS, DIFFERS, NO_SOURCE, SMALL = "klopt", "wijkt af", "geen bron", "basis te klein"
ELSE, FIRM = "niet te controleren", "te stellig"
RANK, TIED = "rangorde klopt niet", "gelijke stand"
NO_QUOTE, CHANGED, NOTHING = "citaat staat er niet", "citaat gewijzigd", "geen uitkomst"
VERDICTS = (HOLDS, DIFFERS, NO_SOURCE, SMALL, ELSE, FIRM, RANK, TIED, NO_QUOTE, CHANGED, NOTHING)


@dataclass(frozen=True)
class Verdict:
    """What is found about one sentence."""

    id: str
    text: str = ""
    table: str = ""
    cell: str = ""
    value: str = ""
    reason: str = ""


def judged(found: list[Amount], likely: list[Statement]) -> Verdict:
    """Judge the numbers of a sentence by each statement that can be meant; the best counts."""
    verdicts = [held(found, one) for one in likely]
    fits = next((one for one in verdicts if one.id in (HOLDS, SMALL)), None)
    return fits or min(zip(verdicts, likely, strict=True),
                       key=lambda pair: _distance(found, pair[1]))[0]


def _distance(found: list[Amount], one: Statement) -> float:
    """Return how far a statement is from what is said: the nearest is meant."""
    away = [abs(amount.value - measured(amount, one)[2]) for amount in found]
    return min((gap for gap in away if not math.isnan(gap)), default=math.inf)


def held(found: list[Amount], one: Statement) -> Verdict:
    """Judge numbers by one statement."""
    where = one.table, one.cell
    if any(amount.kind == "share" for amount in found) and one.base < SMALLEST_BASE:
        return Verdict(SMALL, "", where[0], f"{where[1]} | n",
                       f"{written(one.n)}/{written(one.base)}", "small_base")
    compared = [measured(amount, one) for amount in found]
    wrong = next((one for one in compared if not one[0]), None)
    ok, column, value = wrong or next(
        (one for one in compared if one[1] != "base"), compared[0])
    if wrong is None and all(one[1] == "base" for one in compared):
        ok = False
        column, value = "n", one.n
    return Verdict(HOLDS if ok else DIFFERS, "", where[0], f"{where[1]} | {column}",
                   written(value), "in_table" if ok else "other_number")


def measured(amount: Amount, one: Statement) -> tuple[bool, str, float]:
    """Return whether a number is right, the column it is about, and what stands there."""
    if amount.kind == "share":
        return amount.holds(one.share), "coverage" if one.kind == "coverage" else "share", one.share
    if amount.kind == "mean":
        return amount.holds(one.mean), "estimate", one.mean
    if amount.base is not None:
        return amount.holds(one.n) and amount.base == one.base, "n", one.n
    if amount.holds(one.n):
        return True, "n", one.n
    return (True, "base", one.base) if amount.value == one.base else (False, "n", one.n)


def written(value: float) -> str:
    """Write a number to ten digits, nothing for an absent one."""
    return "" if math.isnan(value) else f"{value:.10g}"
