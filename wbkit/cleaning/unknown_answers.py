"""Refuse answers that an item does not know: all of them at once, and what to write."""

import re
from collections.abc import Iterable, Mapping, Sequence

import tomlkit

from wbkit.cleaning.answers import Answers
from wbkit.cleaning.log import MASK
from wbkit.cleaning.set_aside import rows_listed
from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.text.identifiers import Personal
from wbkit.text.normalise import closest, cut, listed

MOST_DIFFERENT, LONGEST = 40, 60  # beyond these it looks like an open question
LONGEST_NUMBER = 12
DATE = re.compile(r"\d{4}-\d\d-\d\d( 00:00:00)?")
MOST_WORDS = 3  # a longer answer that resembles no value could be somebody's own words


def refuse_unknown(
    answers: Iterable[Answers], where: str, *, described_in: str = "study.toml"
) -> None:
    """Stop when some item has answers that it does not know."""
    strange = [one for one in answers if one.unknown]
    if not strange:
        return
    count = sum(len(one.unknown) for one in strange)
    blocks = [line for one in strange for line in _block(one.item, one.unknown)]
    raise DataError(
        f"{where}: {count} different answers in {len(strange)} items "
        f"are not in {described_in}.\n" + "\n".join(blocks)
        + f"\nFor each answer, under its item in {described_in}: give the right one in "
        "corrections, or add it to values, or to missing when it is no answer."
    )


def _block(item: Item, unknown: Mapping[str, Sequence[int]]) -> list[str]:
    head = f"  items.{item.name}: {_may_be(item)}"
    times = sum(map(len, unknown.values()))
    if len(unknown) > MOST_DIFFERENT or item.sensitivity == "identifier":
        rows = sorted({row for some in unknown.values() for row in some})
        return [head, f"    {len(unknown)} different answers, {times} times, {rows_listed(rows)}: "
                      "is this an open question, or the wrong column?"]
    ordered = sorted(unknown.items(), key=lambda pair: (-len(pair[1]), pair[1][0]))
    return [head, *(_line(item, text, rows) for text, rows in ordered)]


def _may_be(item: Item) -> str:
    if item.kind == "numeric":
        low, high = item.range or ("", "")
        span = f"a number from {low:g} to {high:g}" if item.range else "a number"
        return f"may hold {span}{_codes(item)}."
    return f"may hold {listed(map(repr, item.categories), most=20)}{_codes(item)}."


def _codes(item: Item) -> str:
    return f" or {listed(map(repr, item.missing), most=20)}" if item.missing else ""


def _line(item: Item, text: str, rows: Sequence[int]) -> str:
    times = "once" if len(rows) == 1 else f"{len(rows)} times"
    return f"    {_shown(item, text)} {times}, {rows_listed(rows)}. {_advice(item, text)}".rstrip()


def _shown(item: Item, text: str) -> str:
    """Show an answer, but not what could be somebody's own words."""
    if item.kind == "numeric":
        number = len(text) <= LONGEST_NUMBER and any(map(str.isdigit, text))
        return repr(text) if number else f"{MASK} ({len(text)} characters typed)"
    own_words = len(text.split()) > MOST_WORDS and not closest(text, item.categories)
    if own_words or len(text) > LONGEST or Personal().masked(text)[1]:
        return f"{MASK} ({len(text)} characters)"
    return repr(cut(text))


def _advice(item: Item, text: str) -> str:
    if item.recode:
        return "recode says nothing about it: add it to recode.map."
    if item.kind == "numeric" and DATE.fullmatch(text):
        return "Excel made a date of it: was it a number such as 7,5?"
    if item.kind == "numeric" or MASK in _shown(item, text):
        return ""
    near = closest(text, (*item.categories, *item.missing))
    if not near:
        return ""
    written, meant = (tomlkit.string(words).as_string() for words in (cut(text), near[0]))
    return f"Did you mean: corrections = {{ {written} = {meant} }}?"
