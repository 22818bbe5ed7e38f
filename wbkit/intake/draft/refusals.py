"""Answers that are no answer: refusals, "not applicable", "don't know" and codes for them."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from wbkit.text.normalise import tidy

JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
SHORTEST_SQUEEZED = 6  # letters and spaces: "n v t" has its own form
MARKS = re.compile(r"[^\w\s]|_")
CODED = re.compile(r"[(\[]?-?\d{1,5}[)\]]?\s*[-=.:)–]?\s*(?P<words>[^\W\d].*)")
CODED_BEHIND = re.compile(r"(?P<words>.*[^\W\d])[\s_.]*[-=:]?\s*[(\[=:-]\s*-?\d{1,5}[)\]]?")
PARTS = re.compile(r"\s*/\s*|\s*,\s*|\s+(?:of|or|en|and)\s+|\s+-\s+")
NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d+)?")
MOSTLY = 0.6  # share of the different answers that are numbers, in a column of numbers
LEAST_CODED = 3  # steps of a coded scale: 1, 2, 3
HIGHEST_STEP = 6  # of a scale that has 8 or 9 for no answer
LEAST_GAP = 3  # steps between such a scale and its code
SHORT_ANSWER, FEW_ANSWERS = 2, 6  # words of an answer, and answers of a short list
SEVERAL = 2  # people who gave a code that is not known well


def refusals(
    counts: Mapping[str, int], question: str = "", known: Sequence[str] = ()
) -> dict[str, str]:
    """Return the answers that are no answer, with the reason.

    Parameters
    ----------
    counts
        How often each answer was given.
    question
        Its words: "don't know" is an answer to "do you know ...?".
    known
        Answers of which the file itself says that they are missing.

    Returns
    -------
    dict
        Answer = ``refusal``, ``not_applicable``, ``dont_know`` or ``code``.
    """
    found = refusals_in_words(counts, question)
    found |= {answer: found.get(answer, "code") for answer in counts if answer in known}
    left = {answer: n for answer, n in counts.items() if answer not in found}
    found |= dict.fromkeys(_codes(left, question), "code")
    return {answer: found[answer] for answer in counts if answer in found}


def refusals_in_words(answers: Iterable[str], question: str = "") -> dict[str, str]:
    """Return the answers that are none by their words, and that are no step of a scale."""
    answers = list(answers)
    found = {answer: reason for answer in answers if (reason := no_answer(answer, question))}
    rest = [answer for answer in answers if answer not in found]
    return {answer: reason for answer, reason in found.items()
            if not _has_opposite(answer, rest) and not _is_letter_among_words(answer, rest)}


def is_sign(answer: str) -> bool:
    """Whether an answer is a bare mark or letter, so that its words do not tell what it is."""
    return tidy(answer).casefold() in read_words()["signs"]["bare"]


def _is_letter_among_words(answer: str, answers: Sequence[str]) -> bool:
    """Whether an x stands among a few short answers, as in m, v, x: then it is one of them."""
    short = all(len(tidy(one).split()) <= SHORT_ANSWER and not NUMBER.fullmatch(tidy(one))
                for one in answers)
    return is_sign(answer) and answer.strip().isalpha() and short \
        and 1 < len(answers) <= FEW_ANSWERS


def no_answer(answer: str, question: str = "") -> str:
    """Return why an answer is none, by its words; empty for an answer."""
    reason = _reason(answer)
    for pattern in () if reason else (CODED, CODED_BEHIND):
        coded = pattern.fullmatch(tidy(answer))
        reason = reason or (_reason(coded["words"]) if coded else "")
    knows = any(f"{_plain(question)} ".startswith(f"{one} ")
                for one in read_words()["questions"]["knowing"])
    return "" if reason == "dont_know" and knows else reason


def _reason(answer: str) -> str:
    whole = _reason_of_part(answer)
    if whole:
        return whole
    reasons = [_reason_of_part(part) for part in PARTS.split(tidy(answer))]
    return reasons[0] if len(reasons) > 1 and all(reasons) else ""


@cache
def _reason_of_part(answer: str) -> str:
    book = read_words()
    sign = tidy(answer).casefold()
    by_sign = [reason for reason, signs in book["signs"].items() if sign in signs]
    by_sign = ["code" if reason == "bare" else reason for reason in by_sign]
    words = _apart(answer)
    by_words = [reason for reason, sentences in book["sentences"].items() if words in sentences]
    made = [one["reason"] for one in book["made"] if _is_made_of(words.split(), one)]
    return next(iter((*by_sign, *by_words, *made)), "")


def _apart(answer: str) -> str:
    """Return the words of an answer, also of NoAnswer and noanswer, as codes are written."""
    words = _plain(JOINED.sub(" ", answer))
    return words if " " in words else _squeezed().get(words, words)


@cache
def _squeezed() -> dict[str, str]:
    sentences = (one for some in read_words()["sentences"].values() for one in some)
    return {one.replace(" ", ""): one for one in sentences
            if " " in one and len(one) > SHORTEST_SQUEEZED}


def _is_made_of(words: Sequence[str], sentence: Mapping[str, Any]) -> bool:
    return {*words} <= {*sentence["words"]} and all({*words} & {*one} for one in sentence["needs"])


def _has_opposite(answer: str, answers: Iterable[str]) -> bool:
    """Whether "unknown" stands beside "known", so that it is a step of a scale."""
    if {*tidy(answer)} == {"-"}:  # "-" beside "+"
        return any({*tidy(other)} == {"+"} for other in answers)
    opposite = read_words()["opposites"].get(_plain(answer))
    return bool(opposite) and any(f" {opposite} " in f" {_plain(other)} " for other in answers)


def _plain(text: str) -> str:
    small = tidy(text).casefold().replace("'", "").replace("’", "")
    return " ".join(MARKS.sub(" ", small).split())


def _codes(counts: Mapping[str, int], question: str) -> list[str]:
    """Return the numbers that stand for no answer, as the gap to the other numbers shows."""
    number = {answer: float(answer.replace(",", ".")) for answer in map(str, counts)
              if NUMBER.fullmatch(answer.strip())}
    codes = read_words()["codes"]
    usual = {answer for answer, value in number.items()
             if value in codes["known"] or value in codes["others"]}
    if len(number) < MOSTLY * len(counts):
        return sorted(usual) if {*number} == usual else []  # 98 among words names none of them
    negative = _below_zero(number, usual)
    rest = {answer: value for answer, value in number.items() if answer not in negative}
    high = _above_the_rest(rest, usual, bounded=_asks(question, "bounded"))
    high = high or ([] if _asks(question, "counted") else _behind_a_scale(rest, counts))
    found = [*negative, *high]
    sure = any(number[answer] in codes["known"] for answer in found)
    return [answer for answer in found
            if sure or counts[answer] >= SEVERAL or number[answer] in codes["known"]]


def _asks(question: str, topic: str) -> bool:
    words = f" {_plain(question)} "
    return any(f" {one} " in words for one in read_words()["questions"][topic])


def _below_zero(number: Mapping[str, float], usual: set[str]) -> list[str]:
    """Return the negative codes of a column that has no other number under zero."""
    negative = [answer for answer, value in number.items() if value < 0]
    others = [value for value in number.values() if value >= 0]
    if not {*negative} <= usual or not others or not negative:
        return []
    lowest = max(number[answer] for answer in negative)
    spread = max(others) - min(others)
    small = {-1.0, -2.0, -3.0} & {number[answer] for answer in negative}
    around_zero = small and 0 in others and max(others) <= -min(small)
    row = lowest == -1 and len(negative) > 1 and max(others) <= len(negative)
    return [] if around_zero or row or spread < 0 else negative


def _above_the_rest(number: Mapping[str, float], usual: set[str], *, bounded: bool) -> list[str]:
    """Return codes such as 99 that lie further from the rest than the rest is wide."""
    codes = sorted((answer for answer in usual if number.get(answer, 0) > HIGHEST_STEP),
                   key=lambda answer: -number[answer])
    rest = [value for answer, value in number.items() if answer not in codes]
    while codes and rest:
        nearest = number[codes[-1]]
        gap, spread = nearest - max(rest), max(rest) - min(rest)
        if gap > spread and 2 * max(rest) <= nearest:
            return [] if bounded and nearest <= 100 else codes
        rest.append(number[codes.pop()])
    return []


def _behind_a_scale(number: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """Return 8 and 9 of a coded scale that goes from 1 to 5."""
    codes = [answer for answer, value in number.items()
             if value in read_words()["codes"]["one_digit"]]
    steps = sorted(value for answer, value in number.items() if answer not in codes)
    whole = [float(step) for step in range(int(steps[0]), int(steps[0]) + len(steps))] \
        if steps else []
    coded = steps == whole and len(steps) >= LEAST_CODED and steps[0] in (0, 1)
    if not codes or not coded or max(steps) > HIGHEST_STEP:
        return []
    far = [answer for answer in codes if number[answer] - max(steps) >= LEAST_GAP]
    several = all(counts[answer] >= SEVERAL for answer in far)
    return far if len(far) == len(codes) and several and "9" in map(str.strip, far) else []


@cache
def read_words() -> dict[str, Any]:
    """Return what refusals.toml holds."""
    text = Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
