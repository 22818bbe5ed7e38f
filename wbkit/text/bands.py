"""Answers that are a number, or lie between two: "17 - 19", "less than half a year", "€ 1.000+"."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from wbkit.text.normalise import tidy

DASHES = re.compile("[\u2010-\u2015\u2212]")
THOUSANDS = re.compile(r"(?<=\d)[., ](?=\d{3}(?!\d))")
THOUSAND = re.compile(r"(\d+(?:\.\d+)?) ?k\b")
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
NUMBER = r"\d+(?:\.\d+)?"
HIGHEST = 1e7  # a longer number is a phone number or a code
STEM = 3  # letters that "kind" and "kinderen" share
YEAR = 365
RARELY = 0.5  # times: more than never, less than once
NEARLY = 0.8  # "almost every day" is less than every day
# One letter for each kind of word, so that the shape of an answer is a string.
LETTERS = {"less": "L", "more": "M", "or_less": "l", "or_more": "m", "to": "T", "between": "B",
           "and": "A", "or": "O", "zero": "Z", "beyond": "X", "per": "P", "every": "E",
           "nearly": "n", "article": "a", "number": "N", "unit": "U", "rate": "R", "rarely": "r",
           "silent": "", "word": "W"}
NOTHING = re.compile("(?:nZ|r|Z)O?(?:nZ|r|Z)?[PaU]*")
RATE = re.compile(r"(?P<n>[Na]?)(?:(?:P|(?<=N)a)(?P<per>U)|"
                  r"(?P<nearly>n?)(?:E(?P<every>[Na]?)(?P<of>U)|(?P<adverb>R)))")
AMOUNT = re.compile(r"[Na]?U(?:[Pa]U)?|N")
SHAPES = (  # with Q for an amount; the first shape that fits counts
    (re.compile("Z"), "zero"), (re.compile("(?:nZ|r|Z)+"), "rarely"), (re.compile("Q"), "point"),
    (re.compile("M?[LT]Q|Ql"), "below"), (re.compile("MQ|Qm"), "above"),
    (re.compile("Q[TO]L?Q|BQ[AT]Q|MQTQ"), "between"),
    (re.compile("X"), "beyond"),
)

BELOW = ("zero", "rarely", "point", "below")  # lie within "less than two"


@dataclass(frozen=True)
class Interval:
    """What an answer with numbers stands for.

    Parameters
    ----------
    low, high
        The ends; 0 and infinite for an open one.
    shape
        ``zero``, ``rarely``, ``point``, ``below``, ``above``, ``between`` or
        ``beyond`` (only "more often").
    unit
        Days, or times in a year, in one unit of the answer; absent when it names none.
    words
        Stems of the words that are no number: "leer" of "1-9 leerlingen".
    named
        Whether such a word stands before the number: "groep 1".
    """

    low: float
    high: float
    shape: str
    unit: float | None = None
    words: frozenset[str] = frozenset()
    named: bool = False


@dataclass(frozen=True)
class _Word:
    letter: str
    low: float = 0.0
    high: float = 0.0
    unit: float | None = None
    stem: str = ""


def intervals(answers: Sequence[str]) -> dict[str, Interval]:
    """Return the interval of each answer that has one, all in one unit.

    Words beside the numbers count only when another answer has them too.
    """
    found = {answer: one for answer in answers if (one := interval(answer)) is not None}
    stems = Counter(stem for one in found.values() for stem in one.words)
    kept = {answer: one for answer, one in found.items()
            if one.shape == "zero" or all(stems[stem] > 1 for stem in one.words)}
    units = Counter(one.unit for one in kept.values() if one.unit is not None)
    usual = min(units, key=lambda unit: (-units[unit], unit), default=1.0)
    return {answer: _in_unit(one, one.unit if one.unit is not None else usual)
            for answer, one in kept.items()}


def _in_unit(one: Interval, unit: float) -> Interval:
    return replace(one, low=one.low * unit, high=one.high * unit)


def in_order(found: dict[str, Interval]) -> list[str] | None:
    """Return answers from low to high, None when their intervals do not lie in a row.

    Single numbers alone are no bands, and a number behind a name ("group 1") may only name.
    """
    ordered = sorted(found, key=lambda answer: (found[answer].low, found[answer].high))
    row = [found[answer] for answer in ordered]
    bare = [one.unit is None and not one.words for one in row if one.shape == "point"]
    names = any(one.named and one.shape == "point" for one in row)
    only_numbers = len(bare) == len(row) and 2 * sum(bare) >= len(row)
    if only_numbers or names or all(one.shape in ("zero", "rarely", "beyond") for one in row):
        return None
    return ordered if all(map(_before, row, row[1:])) else None


def _before(one: Interval, other: Interval) -> bool:
    if one.shape == "above" and one.unit == other.unit:
        return other.shape == "beyond" or (other.shape == "above" and one.low < other.low)
    if one.shape == "between" and other.shape == "point":
        return other.low >= one.high
    if one.shape == "between" or other.shape == "below":
        return one.low < other.low or (one.high < other.high and one.shape in BELOW)
    return (one.low, one.high) < (other.low, other.high)


@cache
def interval(answer: str) -> Interval | None:
    """Return what an answer with numbers stands for, in its own unit; None for any other."""
    words = _words(answer)
    if words is None:
        return None
    stems = frozenset(word.stem for word in words if word.letter == "W")
    first = next((place for place, word in enumerate(words) if word.letter in "NUaRE"), 0)
    named = any(word.letter == "W" for word in words[:first])
    told = _open_ends_last([word for word in words if word.letter != "W"])
    amounts = _with_amounts(_with_rates(told))
    letters = "".join(word.letter for word in amounts)
    shape = next((name for pattern, name in SHAPES if pattern.fullmatch(letters)), None)
    made = _made(shape, [word for word in amounts if word.letter == "Q"]) if shape else None
    return replace(made, words=stems, named=named) if made else None


def _made(shape: str, amounts: Sequence[_Word]) -> Interval | None:
    if not amounts:
        ends = {"zero": (0.0, 0.0), "rarely": (0.0, RARELY)}.get(shape, (math.inf, math.inf))
        return Interval(*ends, shape)
    unit = amounts[-1].unit
    low, high = (one.unit / unit if one.unit and unit else 1.0 for one in (amounts[0], amounts[-1]))
    low, high = low * amounts[0].low, high * amounts[-1].high
    if low > high or max(low, high) > HIGHEST or (shape == "between" and low == high):
        return None
    return Interval(0.0 if shape == "below" else low, math.inf if shape == "above" else high,
                    shape, unit)


def _open_ends_last(words: list[_Word]) -> list[_Word]:
    """Put "or more" behind the unit, and keep "or" only between two numbers."""
    letters = "".join(word.letter for word in words)
    if re.fullmatch(NOTHING, letters):  # "no day at all"
        return [word for word in words if word.letter in "nrZ"]
    words = words[:letters.find("On")] if "On" in letters else words  # "daily or almost daily"
    letters = letters[:len(words)]
    places = [place for place, letter in enumerate(letters)
              if letter != "O" or re.fullmatch("[NUa]ON", letters[max(place - 1, 0):place + 2])]
    kept = [words[place] for place in places]
    for found in re.finditer("[ml](?:[Pa]?U)+", "".join(word.letter for word in kept)):
        start, end = found.span()
        kept = [*kept[:start], *kept[start + 1:end], kept[start], *kept[end:]]
    return kept


def _with_rates(words: list[_Word]) -> list[_Word]:
    """Replace "2 times a week", "every month" and "daily" by an amount in times a year."""
    letters = "".join(word.letter for word in words)
    found = RATE.search(letters, _end_of_duration(letters))
    if not found:
        return words
    number = words[found.start("n")] if found["n"] else _Word("N", 1.0, 1.0)
    if found["adverb"]:
        unit = words[found.start("adverb")].unit or 1.0
    elif found["per"]:
        unit = YEAR / (words[found.start("per")].unit or 1.0)
    else:
        times = words[found.start("every")].low if found["every"] else 1.0
        unit = YEAR / ((words[found.start("of")].unit or 1.0) * (times or 1.0))
    unit *= NEARLY if found["nearly"] else 1.0
    rate = _Word("Q", number.low, number.high, unit)
    return [*words[:found.start()], rate, *_with_rates(words[found.end():])]


def _end_of_duration(letters: str) -> int:
    """Return where "8 hours a week" ends: that is no rate; 0 for any other answer."""
    duration = re.search("U[Pa]U", letters)
    return duration.end() if duration else 0


def _with_amounts(words: list[_Word]) -> list[_Word]:
    """Replace a number and its unit by one amount."""
    letters = "".join(word.letter for word in words)
    parts, end = [], 0
    for found in AMOUNT.finditer(letters):
        own = words[found.start():found.end()]
        number = next((word for word in own if word.letter in "Na"), _Word("N", 1.0, 1.0))
        units = [word.unit or 1.0 for word in own if word.letter == "U"]
        unit = units[0] * (YEAR / units[1] if len(units) > 1 else 1.0) if units else None
        parts += [*words[end:found.start()], _Word("Q", number.low, number.high, unit)]
        end = found.end()
    parts += words[end:]
    return [_Word("Q", 1.0, 1.0) if word.letter == "a" else word for word in parts]


def _words(answer: str) -> list[_Word] | None:
    """Return the words of an answer; None when it holds a sign or code that is no word."""
    text = _written(answer)
    known, pattern = read_vocabulary()
    words, end = [], 0
    for found in pattern.finditer(text):
        if text[end:found.start()].strip():
            return None
        end = found.end()
        part = found[0]
        if found["number"]:
            words.append(_Word("N", float(part), float(part)))
        elif part in known:
            words += known[part]
        else:
            words.append(_Word("W", stem=part[:STEM]))
    return None if text[end:].strip() or not words else words


def _written(answer: str) -> str:
    """Return an answer with one form for each sign and number."""
    text = DASHES.sub("-", tidy(answer).casefold()).replace("½", ".5")
    text = re.sub(r"(?<=\d)_(?=\d)", "-", text).replace("_", " ").rstrip(".")
    text = THOUSANDS.sub("", text)
    text = re.sub(r"(?<=\d),-", "", text)  # € 500,-
    text = re.sub(r"\b(\d+0)s\b", r"\1", text)  # people in their 20s
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = THOUSAND.sub(lambda found: f"{float(found[1]) * 1000:.0f}", text)
    return CLOCK.sub(lambda found: f"{int(found[1]) + int(found[2]) / 60:.4f}", text)


@cache
def read_vocabulary() -> tuple[dict[str, tuple[_Word, ...]], re.Pattern[str]]:
    """Return the words of bands.toml, and the pattern that finds them, the longest first."""
    book = tomllib.loads(Path(__file__).with_name("bands.toml").read_text(encoding="utf-8"))
    known: dict[str, tuple[_Word, ...]] = {}
    for kind, phrases in book["words"].items():
        letter = LETTERS[kind]
        known |= dict.fromkeys(phrases, (_Word(letter, 1.0, 1.0),) if letter else ())
    for written, phrases in book["numbers"].items():
        ends = [float(end) for end in written.split()]
        known |= dict.fromkeys(phrases, (_Word("N", ends[0], ends[-1]),))
    for kind in ("unit", "rate"):
        for size, phrases in book[f"{kind}s"].items():
            known |= dict.fromkeys(phrases, (_Word(LETTERS[kind], unit=float(size)),))
    longest = sorted(known, key=len, reverse=True)
    bounded = [rf"(?<![^\W\d]){re.escape(one)}(?!\w)" if one[0].isalpha() else re.escape(one)
               for one in longest]
    return known, re.compile(rf"(?P<number>{NUMBER}(?![a-wyz]))|{'|'.join(bounded)}|[^\W\d]+")
