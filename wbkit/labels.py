"""Every printed word, in Dutch and English, and how numbers are written."""

import math
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("nl", "en")
SMALLEST_BASE = 10  # under this base there is no percentage
FINE_BASE = 100  # from this base on a percentage has a decimal


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the label table: key, language, words."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def label(key: str, language: str, **values: object) -> str:
    """Return the words of one key, with the values filled in."""
    return words()[key][language].format(**values)


def unit_words(unit: str, language: str) -> tuple[str, str] | None:
    """Return singular and plural of a known unit, or None."""
    entry = words().get(f"unit_{unit}")
    return tuple(entry[language].split("|")) if entry else None


def counted_words(unit: str, n: float, language: str) -> str:
    """Return the word for one of a known unit, or for several."""
    one, several = unit_words(unit, language)
    return one if n == 1 else several


def number(value: float, language: str, *, decimals: int = 0) -> str:
    """Write a number with the decimal mark of the language; nothing for a missing one."""
    if value is None or math.isnan(value):
        return ""
    text = f"{value:,.{decimals}f}"
    if language == "nl":
        return text.translate(str.maketrans(",.", ".,"))
    return text


def brief_number(value: float, language: str) -> str:
    """Write a number with as few decimals as it has, two at most."""
    places = next(places for places in (0, 1, 2) if places == 2 or round(value, places) == value)
    return number(value, language, decimals=places)


def decimal_mark(language: str) -> str:
    """Return the mark between a number and its decimals."""
    return "," if language == "nl" else "."


def percentage(share: float, base: float, language: str) -> str:
    """Write a share as a percentage: none under a base of 10, no decimals under 100."""
    if share is None or math.isnan(share) or base < SMALLEST_BASE:
        return ""
    written = number(100 * share, language, decimals=0 if base < FINE_BASE else 1)
    return f"{written} %" if language == "nl" else f"{written}%"


def listing(parts: list[str], language: str, *, last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {label(last, language)} {parts[-1]}"
