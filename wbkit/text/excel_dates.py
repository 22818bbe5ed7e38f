"""Dates that a spreadsheet made of an answer: "1-2" became 1 February, "7,5" became 7 May."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from wbkit.text.bands import Interval, intervals
from wbkit.text.normalise import tidy

ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?)?")
WRITTEN = re.compile(r"(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4})")
SERIAL = re.compile(r"(?P<days>[34]\d{4}|5[0-4]\d{3})(?:\.0+)?")  # 1982 to 2049
DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here
LARGEST = 1000  # beside larger numbers a serial number is one of them
MONTHS = (("jan",), ("feb",), ("mrt", "maa", "mar"), ("apr",), ("mei", "may"), ("jun",), ("jul",),
          ("aug",), ("sep",), ("okt", "oct"), ("nov",), ("dec",))
NAMES = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
NAMED = re.compile(rf"(?:(?P<before>\d{{1,2}})[- ])?(?P<name>{'|'.join(NAMES)})\.?"
                   r"(?:[- ](?P<behind>\d{1,2}))?")
NUMBER = re.compile(r"\d{1,4}(?P<decimals>[.,]\d+)?")


def from_excel_date(answers: Sequence[str]) -> dict[str, str]:
    """Return the answers that Excel turned into a date, with what each of them was.

    The other answers decide: among bands a date was a band ("1-2"), among numbers a number
    ("7,5"). A column of dates is left alone.
    """
    answers = list(dict.fromkeys(answers))
    pairs = {answer: list(_pairs(answer)) for answer in answers}
    others = [answer for answer in answers if not pairs[answer]]
    dates = {answer: found for answer, found in pairs.items() if found}
    if not dates or len(dates) > len(others):
        return {}
    bands = intervals(others)
    numbers = {answer: float(answer.replace(",", ".")) for answer in others
               if NUMBER.fullmatch(tidy(answer))}
    if any(SERIAL.fullmatch(tidy(answer)) for answer in dates) and numbers \
            and max(numbers.values()) >= LARGEST:
        return {}
    if len(numbers) == len(others) and not _leaves_out_steps(numbers, dates):
        return _as_numbers(numbers, dates)
    return _as_bands(bands, dates) if 2 * len(bands) > len(others) else {}


def _pairs(answer: str) -> Iterator[tuple[int, int]]:
    """Yield the two numbers that a date was made of: day and month first, as in Dutch."""
    text = tidy(answer).casefold()
    named = NAMED.fullmatch(text)
    if named and (named["before"] or named["behind"]):
        month, beside = NAMES[named["name"]], int(named["before"] or named["behind"])
        yield from ((beside, month), (month, beside))
        return
    serial = SERIAL.fullmatch(text)
    when = DAY_ZERO + timedelta(days=int(serial["days"])) if serial else None
    found = ISO.fullmatch(text) or WRITTEN.fullmatch(text)
    year, month, day = (when.year, when.month, when.day) if when else \
        tuple(int(found[part]) for part in ("year", "month", "day")) if found else (0, 0, 0)
    if day:
        yield from ((day, month), (month, day))
        yield from ((month, year % 100),) if day == 1 else ()  # 10-19 became October 2019


def _leaves_out_steps(
    numbers: Mapping[str, float], dates: Mapping[str, Sequence[tuple[int, int]]]
) -> bool:
    """Whether whole numbers skip just what the dates would hold: 0, 1, (2-3), 4."""
    whole = {value for value in numbers.values() if value == int(value)}
    first = [pairs[0] for pairs in dates.values()]
    return len(whole) == len(numbers) and all(
        low + 1 == high and not whole & {low, high} and {low - 1, high + 1} <= whole
        for low, high in map(sorted, first))


def _as_numbers(
    numbers: Mapping[str, float], dates: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, str]:
    marks = {answer.strip("0123456789 ") for answer in numbers} - {""}
    mark = "." if marks == {"."} else ","
    low, high = min(numbers.values()) - 1, max(numbers.values()) + 1
    meant = {answer: f"{pairs[0][0]}{mark}{pairs[0][1]}" for answer, pairs in dates.items()}
    return {answer: text for answer, text in meant.items()
            if len(numbers) > 1 and low <= float(text.replace(",", ".")) <= high}


def _as_bands(
    bands: Mapping[str, Interval], dates: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, str]:
    if not any(one.shape not in ("point", "zero") for one in bands.values()):
        return {}
    factor = _factor(bands)
    known = {(one.low / factor, one.high / factor): answer for answer, one in bands.items()}
    meant = {}
    for answer, pairs in dates.items():
        fitting = [pair for pair in pairs if pair[0] < pair[1] and _fits(pair, known)]
        best = max(fitting, key=lambda pair: _touches(pair, known), default=None)
        if best:
            meant[answer] = known.get((float(best[0]), float(best[1])), f"{best[0]}-{best[1]}")
    return meant


def _factor(bands: Mapping[str, Interval]) -> float:
    """Return the unit in which the bands were counted; 1 when they name none."""
    units = [one.unit for one in bands.values() if one.unit]
    return min(units, default=1.0)


def _fits(pair: tuple[int, int], known: Mapping[tuple[float, float], str]) -> bool:
    """Whether a band is one of the known, or lies between them."""
    low, high = pair
    return pair in known or all(
        high <= other_low or low >= other_high for other_low, other_high in known)


def _touches(pair: tuple[int, int], known: Mapping[tuple[float, float], str]) -> int:
    """Count the ends that lie at, or one from, an end of another band."""
    low, high = pair
    below = any(low - other_high in (0, 1) for _, other_high in known)
    above = any(other_low - high in (0, 1) for other_low, _ in known)
    return 3 if pair in known else below + above
