"""The printed words of Tables, figures and pages, in Dutch and English, and percentages."""

import math
import tomllib
from functools import cache
from pathlib import Path

from wbkit.messages import number, told

SMALLEST_BASE = 10  # under this base there is no percentage
FINE_BASE = 100  # from this base on a percentage has a decimal


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the label table: key, language, words; what users are told is part of it."""
    own = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return told() | own


def label(key: str, language: str, **values: object) -> str:
    """Return the words of one key, with the values filled in."""
    return words()[key][language].format(**values)


def day(date: str, language: str) -> str:
    """Write a day, given as year-month-day, as people do; nothing for no day."""
    if not date:
        return ""
    year, month, number_of_day = date.split("-")
    return f"{int(number_of_day)} {label('months', language).split()[int(month) - 1]} {year}"


def percentage(share: float, base: float, language: str) -> str:
    """Write a share as a percentage: none under a base of 10, no decimals under 100."""
    if share is None or math.isnan(share) or base < SMALLEST_BASE:
        return ""
    written = number(100 * share, language, decimals=0 if base < FINE_BASE else 1)
    return f"{written} %" if language == "nl" else f"{written}%"
