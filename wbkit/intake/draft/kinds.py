"""Guess what kind of question a column holds, with the reason."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from wbkit.intake.draft.guess import (
    Column,
    Guess,
    Scale,
    corrections,
    is_missing,
    is_other,
    mentions,
    other_stem,
    recognise,
    sensitivity,
    starts,
)
from wbkit.intake.export_columns import SEPARATOR
from wbkit.intake.sheet import WRITTEN, ZONE
from wbkit.messages import message
from wbkit.text.identifiers import EMAIL, NUMBER, PHONE
from wbkit.text.normalise import listed, natural, tidy

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
POINTS = (EMAIL, PHONE, NUMBER)  # not addresses: a place where people learn has one too
DATE = re.compile(rf"{WRITTEN}|\s*\d{{4}}-\d{{2}}-\d{{2}}([ T]\d{{2}}:\d{{2}}({ZONE})?)?.*")
DAY = re.compile(r"\s*[2-6]\d{4}(\.\d+)?\s*")  # days since 1899: Excel keeps 1-1-2025 as 45658
MOST_STEPS = 12  # different answers of a scale
CLASS_CODE = re.compile(r"\S*\d\S*")  # the name of a class, such as BW3B
MOST_CLOSED = 25  # different answers of a closed list
LONG = 40  # characters: longer answers are sentences
FEW_ANSWERS = 20  # under this, an option that was ticked or given once is an option too
MOST, COMMON = 0.9, 0.7
ABOUT_PEOPLE = ("", "numbers", "niveaus van het mbo", "leerjaren")  # families that say what one is


def _dates(column: Column) -> Guess | None:
    dates = sum(bool(DATE.fullmatch(cell)) for cell in column.filled)
    days = sum(bool(DAY.fullmatch(cell)) for cell in column.filled) \
        if mentions(column.question, "when") else 0
    if column.hint.values or max(dates, days) < MOST * len(column.filled):
        return None
    key = "draft_date" if dates >= days else "draft_day"
    return made(column, {"kind": "open"}, message(key, column.language))


def _empty(column: Column) -> Guess | None:
    if column.filled or column.hint.values or column.shared:
        return None
    return made(column, {"kind": "open"}, message("draft_empty", column.language))


def _identifier(column: Column) -> Guess | None:
    known = sum(any(one.fullmatch(cell.strip()) for one in (MAIL, PHONE)) for cell in column.filled)
    named = mentions(column.question, "identifier") and not mentions(column.question,
                                                                   "not_identifier")
    if not named and 2 * known <= len(column.filled):
        return None
    return made(column, {"kind": "open", "sensitivity": "identifier"},
                message("draft_identifier", column.language))


def _numeric(column: Column) -> Guess | None:
    fields = numeric(column)
    if fields is None:
        return None
    odd = len(fields.get("missing", ())) + len(fields.get("corrections", {}))
    key = "draft_typed_number" if odd else "draft_number"
    return made(column, fields, message(key, column.language, n=odd))


def _open(column: Column) -> Guess | None:
    filled, different = len(column.filled), len(column.answers)
    length = sum(map(len, column.filled)) / max(filled, 1)
    again = sum(n for n in column.counts.values() if n > 1)
    sentences = length > LONG and 2 * different > filled
    many = different > MOST_STEPS and 2 * different > filled
    asked = starts(column.question, "comment") and again <= filled / 2
    unique = different == filled > 2 and (length > 12 or filled < len(column.cells) / 2)
    known = column.hint.values or column.shared
    if known or not (sentences or many or asked or unique):
        return None
    key = "draft_comment" if asked else "draft_open"
    return made(column, {"kind": "open"}, message(key, column.language, n=different))


def _scaled(column: Column) -> Guess | None:
    """Recognise a scale in the answers, or in the list that the file itself holds."""
    known = [value for value in column.hint.values if value not in column.missing]
    answers = known or column.answers
    if len(answers) > MOST_STEPS:
        return None
    scale = recognise(answers)
    if scale is not None:
        return _with_scale(column, scale)
    if known:
        return _listed_by_file(column, known)
    return None


def _several(column: Column) -> Guess | None:
    fields = multiple(column)
    if fields is None:
        return None
    return made(column, fields, message("draft_multiple", column.language))


def _steps(column: Column) -> Guess | None:
    fields = steps(column)
    if fields is None:
        return None
    key = "draft_steps" if fields["kind"] == "ordinal" else "draft_group"
    family = "numbers" if fields["kind"] == "ordinal" else ""
    return made(column, fields, message(key, column.language), family)


ATTEMPTS: tuple[Callable[[Column], Guess | None], ...] = (
    _identifier, _empty, _several, _dates, _scaled, _steps, _numeric, _open,
)
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d+)?")
ONE_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d+)?)(?:\s*[+\-*!]{1,2}| ?[^\W\d][^\d]*)")
MOST_DIGITS = 15  # more is an id, and Python reads no number of 5,000
SCALE_STEPS, HIGHEST_STEP = 7, 7
LONGEST_TYPED = 12  # characters of a typed answer that may stand in study.toml
MOSTLY_NUMBERS = 0.8
GRADES = (0.0, 1.0, 10.0)
LEAST_PART = 0.01


def guess_kind(column: Column) -> Guess:
    """Draft one item: kind, values in order, missing codes, sensitivity."""
    for attempt in ATTEMPTS:
        found = attempt(column)
        if found is not None:
            return found
    return _nominal(column)


def made(column: Column, fields: dict[str, Any], reason: str, family: str = "") -> Guess:
    """Return a guess: what every item has, and the reason for its kind."""
    label_field = {"label": column.hint.label} if column.hint.label else {}
    fixed = corrections(column, [*fields.get("values", ()), *fields.get("missing", ())])
    fixed |= fields.get("corrections", {})
    fields = {"column": column.heading} | label_field | fields
    fields |= {"corrections": fixed} if fixed and fields["kind"] != "open" else {}
    describes = fields["kind"] in ("nominal", "ordinal", "numeric") and family in ABOUT_PEOPLE
    own = {} if "sensitivity" in fields else sensitivity(column, describes=describes)
    return Guess("", column, fields | own, {"kind": reason}, family)


def _with_scale(column: Column, scale: Scale) -> Guess:
    language = column.language
    missing = (*scale.beside, *column.missing)
    fields: dict[str, Any] = {"kind": scale.kind, "values": list(scale.values)}
    fields |= {"agree": list(scale.agree)} if scale.agree else {}
    fields |= {"neutral": scale.neutral} if scale.neutral else {}
    fields |= {"missing": list(missing)} if missing else {}
    found = made(column, fields, message("draft_scale", language, scale=scale.name[language],
                                       steps=len(scale.values)), scale.name["nl"])
    if not missing:
        return found
    key = "draft_beside" if scale.beside else "draft_missing"
    why = {"missing": message(key, language, answers=listed(map(repr, missing)))}
    return Guess("", column, found.fields, {**found.reasons, **why}, found.family)


def _listed_by_file(column: Column, values: Sequence[str]) -> Guess | None:
    """Take the list of the file; steps between two labelled ends are ordered."""
    numbers = [value for value in values if value.isdigit()]
    others = len(values) - len(numbers)
    if numbers and others == 0:
        return None
    ordered = column.hint.measure == "ordinal" or (bool(numbers) and others <= 2)
    fields: dict[str, Any] = {"kind": "ordinal" if ordered else "nominal", "values": list(values)}
    fields |= {"missing": list(column.missing)} if column.missing else {}
    return made(column, fields, message("draft_listed", column.language))


def _nominal(column: Column) -> Guess:
    """List the answers; the rare ones behind frequent ones are own words."""
    language, missing = column.language, list(column.missing)
    frequent = [answer for answer in column.answers if column.counts[answer] > 1]
    covered = sum(column.counts[answer] for answer in frequent)
    total = sum(column.counts[answer] for answer in column.answers)
    rare = len(column.answers) - len(frequent)
    tail = rare > 1 and total >= FEW_ANSWERS and covered >= COMMON * total
    other = column.hint.other or (_other_name(column.answers) if tail else _typed(column.answers))
    named = [one for one in (frequent if tail else column.answers)
             if not (other and (is_other(one) or other_stem(one) == other_stem(other)))]
    if any(one.search(answer) for one in POINTS for answer in named):
        return made(column, {"kind": "open"}, message("draft_points", language))
    if len(named) > MOST_CLOSED or not named:
        return _uncounted(column)
    if mentions(column.question, "group") or all(map(CLASS_CODE.fullmatch, named)):
        named = sorted(named, key=natural)
    fields: dict[str, Any] = {"kind": "nominal", "values": named}
    fields |= {"missing": missing} if missing else {}
    fields |= {"other": other} if other else {}
    found = made(column, fields, message("draft_nominal", language, n=len(named)))
    why = {"other": message("draft_other", language, n=rare)} if other else {}
    return Guess("", column, found.fields, {**found.reasons, **why})


def _uncounted(column: Column) -> Guess:
    if mentions(column.question, "group") or 4 * len(column.answers) < len(column.filled):
        return made(column, {"kind": "nominal", "values": "any"},
                    message("draft_any", column.language, n=len(column.answers)))
    return made(column, {"kind": "open"}, message("draft_open", column.language,
                                                n=len(column.answers)))


def _typed(answers: Sequence[str]) -> str:
    """Return "Anders" when an answer says so and own words follow."""
    said = [one for one in answers if is_other(one)]
    return other_stem(said[0]) if said else ""


def _other_name(answers: Sequence[str]) -> str:
    return _typed(answers) or "Anders"


def steps(column: Column) -> dict[str, Any] | None:
    """Return the keys of a column of few whole numbers, or of numbers that name a group."""
    if not column.answers or not all(map(str.isdecimal, column.answers)):
        return None
    if max(map(len, column.answers)) > MOST_DIGITS:
        return None
    codes = {"missing": list(column.missing)} if column.missing else {}
    counts = starts(column.question, "count") or mentions(column.question, "mark")
    if mentions(column.question, "group") and not counts:
        return {"kind": "nominal", "values": "any", **codes}
    numbers = sorted(map(int, column.answers))
    low, high = numbers[0], numbers[-1]
    counted = mentions(column.question, "count") or mentions(column.question, "mark")
    if counted or low not in (0, 1) or high > HIGHEST_STEP or not 2 < high - low + 1 <= SCALE_STEPS:
        return None
    if len(set(column.answers)) < len(column.answers) or any(one != str(int(one))
                                                             for one in column.answers):
        return None
    return {"kind": "ordinal", "values": [str(step) for step in range(low, high + 1)], **codes}


def numeric(column: Column) -> dict[str, Any] | None:
    """Return the keys of a column of numbers, also when some were typed in another way.

    ``8+`` becomes a correction, ``7 of 8`` a missing code; None for any other column.
    """
    answers = column.counts
    written = {answer: n for answer, n in answers.items() if PLAIN_NUMBER.fullmatch(answer)}
    real = sum(n for answer, n in answers.items() if answer not in column.missing)
    nearly = sum(n for answer, n in answers.items() if ONE_NUMBER.fullmatch(answer))
    plain = sum(written.values())
    enough = plain + nearly >= MOSTLY_NUMBERS * real and plain > nearly
    if not enough or _are_codes(column, written):
        return None
    odd = [answer for answer in column.answers
           if answer not in written and len(answer) <= LONGEST_TYPED]
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
    low, lowest, highest = GRADES
    inside = low <= min(numbers) and max(numbers) <= highest
    if not inside or not mentions(column.question, "mark"):
        return {}
    zero = min(numbers) < lowest or "0 tot" in column.question or "0 to" in column.question
    return {"range": [0 if zero and " 10 tot" not in column.question else 1, 10]}


def multiple(column: Column) -> dict[str, Any] | None:
    """Return the keys of a question with several options in one cell."""
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
    least = max(2, LEAST_PART * len(ticks)) if len(ticks) >= FEW_ANSWERS else 1
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
