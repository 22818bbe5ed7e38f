"""Columns of numbers: amounts, marks, steps of a scale, and numbers that name a group."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wbkit.intake.draft.guess import Column, lexicon, mentions, plain, starts
from wbkit.messages import message
from wbkit.text.normalise import is_whole, listed, tidy

MEASURED = re.compile(r"(?P<before>[€$£])?\s*(?P<number>[+-]?\d{1,9}(?:[.,]\d+)?)\s*"
                      r"(?P<after>%|€|[^\W\d_]{1,12}\.?(?: [^\W\d_]{1,12})?)?")
GROUPED, UNMARKED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}"), re.compile(r"\d+")
ONE_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d+)?)(?:\s*[+\-*!]{1,2}| ?[^\W\d][^\d]*)")
SCALE_STEPS, HIGHEST_STEP = 7, 7
LONGEST_TYPED = 12  # characters of a typed answer that may stand in study.toml
MOSTLY_NUMBERS = 0.8
GROUP_WORDS = 4
GRADES = (0.0, 1.0, 10.0)


def steps(column: Column) -> dict[str, Any] | None:
    """Return the keys of a column of few whole numbers, or of numbers that name a group."""
    if not column.answers or not all(map(is_whole, column.answers)):
        return None
    codes = {"missing": list(column.missing)} if column.missing else {}
    counts = starts(column.question, "count") or mentions(column.question, "mark")
    if _names_a_group(column.question) and not counts:
        return {"kind": "nominal", "values": "any", **codes}
    numbers = sorted(map(int, column.answers))
    low, high = numbers[0], numbers[-1]
    if numbers in ([0, 1], [1, 2]):
        return {"kind": "nominal", "values": [str(low), str(high)], **codes}
    counted = mentions(column.question, "mark") or (
        mentions(column.question, "count") and not _bands_of_age(column.question))
    if counted or low not in (0, 1) or high > HIGHEST_STEP or not 2 < high - low + 1 <= SCALE_STEPS:
        return None
    if len(set(column.answers)) < len(column.answers) or any(one != str(int(one))
                                                             for one in column.answers):
        return None
    return {"kind": "ordinal", "values": [str(step) for step in range(low, high + 1)], **codes}


def _bands_of_age(question: str) -> bool:
    """Whether it asks the age of who answers: nobody of seven does, so 1 to 7 are bands."""
    return mentions(question, "age") and not mentions(question, "child")


def _names_a_group(question: str) -> bool:
    """Whether a heading only names a group: "Klas", "Nummer van het team"."""
    words = plain(question).split()
    said = len(words) > 2 and starts(question, "statement")  # "the school gives", cut to an id
    return mentions(question, "group") and len(words) <= GROUP_WORDS and not said


def numeric(column: Column) -> dict[str, Any] | None:
    """Return the keys of a column of numbers, also when some were typed in another way.

    A unit behind the number is left out, ``8+`` becomes a correction, ``7 of 8`` is asked; None
    for any other column.
    """
    answers = column.counts
    numbers, units = _measured(answers)
    written = {answer: n for answer, n in answers.items() if answer in numbers}
    real = sum(n for answer, n in answers.items() if answer not in column.missing)
    nearly = sum(n for answer, n in answers.items()
                 if answer not in written and ONE_NUMBER.fullmatch(answer))
    plain = sum(n for answer, n in written.items() if answer not in column.missing)
    if plain + nearly < MOSTLY_NUMBERS * real or plain <= nearly or _are_codes(column, written):
        return None
    odd = [answer for answer in column.answers
           if answer not in written and len(answer) <= LONGEST_TYPED]
    single = {answer: found["number"].replace(",", ".") for answer in odd
              if (found := ONE_NUMBER.fullmatch(answer))}
    missing = [*column.missing, *(answer for answer in odd if answer not in single)]
    fields: dict[str, Any] = {"kind": "numeric"}
    fields |= {"missing": missing} if missing else {}
    fields |= _range(column, [numbers[answer] for answer in written
                              if answer not in column.missing])
    fields |= {"unit_words": sorted(units)} if units else {}
    asked = [answer for answer in missing if answer not in column.missing]
    marked = _with_thousands([answer for answer in written if answer not in column.missing])
    doubts = {"ask_no_number": asked, "ask_thousands": [*marked]}
    doubt = " ".join(message(key, column.language, answers=listed(map(repr, answers)))
                     for key, answers in doubts.items() if answers)
    fields |= {"doubt": doubt} if doubt else {}
    single |= marked
    return fields | ({"corrections": single} if single else {})


def _with_thousands(answers: Sequence[str]) -> dict[str, str]:
    """Return the answers such as 22.500 that have a mark among whole numbers, without the mark."""
    bare = [tidy(answer) for answer in answers]
    if not any(map(UNMARKED.fullmatch, bare)) or any(
            not GROUPED.fullmatch(one) and set(one) & set(".,") for one in bare):
        return {}
    return {answer: re.sub("[.,]", "", one) for answer, one in zip(answers, bare, strict=True)
            if GROUPED.fullmatch(one) and not one.endswith("000")}


def _measured(answers: Iterable[str]) -> tuple[dict[str, float], set[str]]:
    """Return the number in each answer, and the units that stand with them.

    Only units of one sort: minutes and hours in one column cannot be left out.
    """
    known = {unit: sort for sort, units in lexicon()["unit_words"].items() for unit in units}
    numbers: dict[str, float] = {}
    units: dict[str, str] = {}
    for answer in answers:
        found = MEASURED.fullmatch(answer)
        unit = (found["before"] or found["after"] or "").strip() if found else ""
        sort = known.get(unit.casefold().rstrip("."), "")
        if found and (not unit or sort):
            numbers[answer] = float(found["number"].replace(",", "."))
            units |= {unit: sort} if unit else {}
    if len(set(units.values())) > 1:
        return {}, set()
    return numbers, set(units)


def _are_codes(column: Column, written: dict[str, int]) -> bool:
    """Whether the numbers only name something: long ones, all different."""
    long = all(len(tidy(answer)) > 4 and answer.isdigit() for answer in written)
    return long and len(written) == len(column.filled)


def _range(column: Column, numbers: list[float]) -> dict[str, list[int]]:
    """Return the range of a school mark."""
    if not numbers:
        return {}
    low, lowest, highest = GRADES
    inside = low <= min(numbers) and max(numbers) <= highest
    if not inside or not mentions(column.question, "mark"):
        return {}
    zero = min(numbers) < lowest or "0 tot" in column.question or "0 to" in column.question
    return {"range": [0 if zero and " 10 tot" not in column.question else 1, 10]}
