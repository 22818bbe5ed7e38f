"""Columns of numbers: steps of a scale, numbers to count with, or names of groups."""

import re
from typing import Any

from wbkit.intake.draft.guess import Column
from wbkit.intake.draft.lexicon import mentions, starts
from wbkit.text.normalise import tidy

NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d+)?")
ONE_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d+)?)(?:\s*[+\-*!]{1,2}| ?[^\W\d][^\d]*)")
MOST_STEPS, HIGHEST_STEP = 7, 7
LONGEST = 12  # characters of a typed answer that may stand in study.toml
MOST = 0.8
MARKS = (0.0, 1.0, 10.0)


def steps(column: Column) -> dict[str, Any] | None:
    """Return the keys of a column of few whole numbers, or of numbers that name a group.

    Parameters
    ----------
    column
        The column.

    Returns
    -------
    dict or None
        None for any other column.
    """
    if not column.answers or not all(map(str.isdigit, column.answers)):
        return None
    codes = {"missing": list(column.missing)} if column.missing else {}
    counts = starts(column.question, "count") or mentions(column.question, "mark")
    if mentions(column.question, "group") and not counts:
        return {"kind": "nominal", "values": "any", **codes}
    numbers = sorted(map(int, column.answers))
    low, high = numbers[0], numbers[-1]
    counted = mentions(column.question, "count") or mentions(column.question, "mark")
    if counted or low not in (0, 1) or high > HIGHEST_STEP or not 2 < high - low + 1 <= MOST_STEPS:
        return None
    if len(set(column.answers)) < len(column.answers) or any(one != str(int(one))
                                                             for one in column.answers):
        return None
    return {"kind": "ordinal", "values": [str(step) for step in range(low, high + 1)], **codes}


def numeric(column: Column) -> dict[str, Any] | None:
    """Return the keys of a column of numbers, also when some were typed in another way.

    Parameters
    ----------
    column
        The column.

    Returns
    -------
    dict or None
        ``8+`` becomes a correction, ``7 of 8`` a missing code; None for any other column.
    """
    answers = column.counts
    written = {answer: n for answer, n in answers.items() if NUMBER.fullmatch(answer)}
    real = sum(n for answer, n in answers.items() if answer not in column.missing)
    nearly = sum(n for answer, n in answers.items() if ONE_NUMBER.fullmatch(answer))
    enough = sum(written.values()) + nearly >= MOST * real and sum(written.values()) > nearly
    if not enough or _are_codes(column, written):
        return None
    odd = [answer for answer in column.answers if answer not in written and len(answer) <= LONGEST]
    single = {answer: found["number"].replace(",", ".") for answer in odd
              if (found := ONE_NUMBER.fullmatch(answer))}
    missing = [*column.missing, *(answer for answer in odd if answer not in single)]
    fields: dict[str, Any] = {"kind": "numeric"}
    fields |= {"missing": missing} if missing else {}
    fields |= _range(column, [float(answer.replace(",", ".")) for answer in written])
    return fields | ({"corrections": single} if single else {})


def _are_codes(column: Column, written: dict[str, int]) -> bool:
    """Whether the numbers only name something: long ones, all different."""
    long = all(len(tidy(answer)) > 4 and answer.isdigit() for answer in written)
    return long and len(written) == len(column.filled)


def _range(column: Column, numbers: list[float]) -> dict[str, list[int]]:
    """Return the range of a school mark."""
    low, lowest, highest = MARKS
    inside = low <= min(numbers) and max(numbers) <= highest
    if not inside or not mentions(column.question, "mark"):
        return {}
    zero = min(numbers) < lowest or "0 tot" in column.question or "0 to" in column.question
    return {"range": [0 if zero and " 10 tot" not in column.question else 1, 10]}
