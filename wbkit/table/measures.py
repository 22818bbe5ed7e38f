"""How a Table of agreement is laid out: one row for each code, its measures beside each other."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from wbkit.labels import label, number

BESIDE = {"alpha_masi": "alpha"}  # stands in the column of the measure of which it is a kind


class Measured(Protocol):
    """What this layout needs to know of a Table."""

    data: pd.DataFrame
    labels: Mapping[str, Mapping[str, str]]
    language: str

    def words(self, column: str, key: object) -> str:
        """Return the printed words of an id."""


def by_code(table: Measured) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return header and rows: code, measures with their interval, n, what to read with care."""
    frame, language = table.data, table.language
    columns = [one for one in dict.fromkeys(frame["measure"]) if one not in BESIDE]
    columns += [one for one in dict.fromkeys(map(BESIDE.get, frame["measure"])) if one
                and one not in columns]
    rows = tuple(_row(table, code, part, columns)
                 for code, part in frame.groupby("code", sort=False))
    header = (label("col_code", language), *(table.words("measure", one) for one in columns),
              "n", label("col_reason", language))
    return header, rows


def estimate_words(row: Mapping[str, object], language: str) -> str:
    """Write an estimate with its interval."""
    estimate = number(row["estimate"], language, decimals=2)
    if pd.isna(row["low"]):
        return estimate
    low, high = (number(row[end], language, decimals=2) for end in ("low", "high"))
    return label("estimate_interval", language, estimate=estimate, low=low, high=high)


def _row(table: Measured, code: str, part: pd.DataFrame, columns: list[str]) -> tuple[str, ...]:
    language = table.language
    cells = {BESIDE.get(row["measure"], row["measure"]): estimate_words(row, language)
             for _, row in part.iterrows()}
    reasons = [one for one in dict.fromkeys(part["reason"]) if one]
    remark = table.words("reason", max(reasons, key=len)) if reasons else ""
    return (table.words("code", code), *(cells.get(one, "") for one in columns),
            number(part["n"].max(), language), remark)
