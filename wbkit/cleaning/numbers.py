"""Read what was typed as a number: decimal commas, thousands, units, codes that are no number."""

import math
import re
from collections.abc import Iterable

from wbkit.cleaning.answer_values import Edit, Known, Meaning, Reader, known_answers
from wbkit.data.cleaning_log import DECIMAL_COMMA, THOUSANDS, UNIT_WORD
from wbkit.study.item import Item
from wbkit.text.normalise import tidy

PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
UNMARKED, WHOLE = re.compile(r"[+-]?[0-9]+"), "whole"  # numbers without a mark, and only such
GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}")
DUTCH = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
ENGLISH = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def number_reader(item: Item, written: Iterable[str], *, commas: bool) -> Reader:
    """Return the reader of a numeric item.

    Gives text to Meaning; a number that can be read in two ways is unknown.
    """
    known = known_answers(item)
    unit = _unit_words(item)
    bare = [_bare(text, unit) for text in map(tidy, written)]
    marks = _decimal_marks(bare)
    marks |= {WHOLE} if not marks and any(map(UNMARKED.fullmatch, bare)) else set()

    def read(text: str) -> Meaning:
        target, edits = known.corrected(text)
        form = tidy(target)
        if not form:
            return Meaning(edits=edits)
        if form in known.missing:
            return Meaning(reason=known.missing[form], edits=edits)
        bare = _bare(form, unit)
        plain, rule = _plain(bare, item, marks)
        if plain is not None and (code := _missing_code(plain, item, known)):
            return Meaning(reason=code, edits=edits)
        if plain is None or not _inside(plain, item):
            return Meaning(edits=edits, unknown=(form,))
        quiet = not rule or (commas and rule == DECIMAL_COMMA)
        edit: tuple[Edit, ...] = () if quiet else ((form, f"{plain:g}", rule),)
        edit += ((form, bare, UNIT_WORD),) if bare != form else ()
        return Meaning(plain, edits=(*edits, *edit))

    return read


def _unit_words(item: Item) -> re.Pattern[str] | None:
    """Match one of the words of `unit_words` behind a number, or a currency sign before it."""
    if not item.unit_words:
        return None
    words = "|".join(re.escape(tidy(word)) for word in sorted(item.unit_words, key=len)[::-1])
    return re.compile(rf"(?:{words})?\s*(?P<number>[+-]?[0-9][0-9.,]*)\s*(?:{words})?",
                      re.IGNORECASE)


def _bare(form: str, unit: re.Pattern[str] | None) -> str:
    found = unit.fullmatch(form) if unit else None
    return found["number"] if found else form


def _missing_code(number: float, item: Item, known: Known) -> str:
    """Return the missing code that a number stands for: written 99.0, or in a declared range."""
    same = known.missing.get(f"{number:g}")
    inside = any(low <= number <= high for low, high in item.missing_ranges)
    return same or (f"{number:g}" if inside else "")


def _decimal_marks(written: Iterable[str]) -> set[str]:
    """Return the marks that some answer uses in a way that only a decimal mark is used."""
    marks = set()
    for text in map(tidy, written):
        if (COMMA.fullmatch(text) or PLAIN.fullmatch(text)) and not GROUPED.fullmatch(text):
            marks |= {"."} & set(text) | {","} & set(text)
    return marks


def _plain(form: str, item: Item, marks: set[str]) -> tuple[float | None, str]:
    """Return the number and the rule that was needed, None for no number or two readings."""
    if GROUPED.fullmatch(form):
        return _either(form, item, marks)
    if PLAIN.fullmatch(form):
        return float(form), ""
    if COMMA.fullmatch(form):
        return float(form.replace(",", ".")), DECIMAL_COMMA
    if DUTCH.fullmatch(form):
        return float(form.replace(".", "").replace(",", ".")), THOUSANDS
    if ENGLISH.fullmatch(form):
        return float(form.replace(",", "")), THOUSANDS
    return None, ""


def _either(form: str, item: Item, marks: set[str]) -> tuple[float | None, str]:
    """Read 1.247 or 1,247 when the other answers or the range leave one reading."""
    mark = "." if "." in form else ","
    decimal = float(form.replace(",", "."))
    whole = float(form.replace(mark, ""))
    as_decimal = (decimal, DECIMAL_COMMA if mark == "," else "")
    if WHOLE in marks and form.endswith(f"{mark}000"):  # nobody types 10 in three decimals
        return whole, THOUSANDS
    marks = marks - {WHOLE}
    if marks == {mark}:
        return as_decimal
    if marks:
        return (whole, THOUSANDS) if mark not in marks else (None, "")
    fits = [_inside(number, item) for number in (decimal, whole)]
    if item.range and fits == [True, False]:
        return as_decimal
    if item.range and fits == [False, True]:
        return whole, THOUSANDS
    return None, ""


def _inside(number: float, item: Item) -> bool:
    low, high = item.range or (-math.inf, math.inf)
    return math.isfinite(number) and low <= number <= high
