"""What users are told of their data, and how words and numbers are written in a language."""

import math
import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("nl", "en")


@cache
def told() -> dict[str, dict[str, str]]:
    """Return the table of messages: key, language, words."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def message(key: str, language: str, **values: object) -> str:
    """Return the words of one key, with the values filled in."""
    return told()[key][language].format(**values)


def unit_words(unit: str, language: str) -> tuple[str, str] | None:
    """Return singular and plural of a known unit, or None."""
    entry = told().get(f"unit_{unit}")
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


def listing(parts: list[str], language: str, *, last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {message(last, language)} {parts[-1]}"
