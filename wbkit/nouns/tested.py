"""Tests laid out for a reader: what was tested how, what came out, and how large it is."""

import pandas as pd

from wbkit.labels import label, number
from wbkit.nouns.layout import HIDDEN, Grid, Tabular, column_words, without_repeats

LEAST = 0.001  # a p-value is not written more precisely
STATISTICS = {"chi_square": "χ²", "kruskal_wallis": "H", "bilder_loughin": "χ²", "rao_scott": "F",
              "welch_t": "t", "paired_t": "t", "welch_f": "F", "ticks_design": "F",
              "wilcoxon": "z", "stuart_maxwell": "χ²", "cochran_armitage": "χ²", "poisson": "z"}


def tested(table: Tabular) -> Grid:
    """One row for each test: statistic with its degrees of freedom, p, effect, units."""
    frame, language = table.data, table.language
    stub = ["item"] if "value" not in frame else ["item", "value"]
    if "value" in frame and frame["item"].nunique() == 1:
        stub = ["value"]
    header = [column_words(table, name) for name in (*stub, "test", "statistic", "p")]
    several = frame["p_adjusted"].notna().sum() > 1
    header += [label("col_p_adjusted", language)] if several else []
    header += [label("col_effect", language), column_words(table, "n")]
    rows = []
    for _, row in frame.iterrows():
        names = [_name(table, one, row) for one in stub]
        rows.append((*names, table.words("test", row["test"]),
                     *_numbers(row, language, several=several), effect_words(table, row),
                     number(row["n"], language)))
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub), len(stub) + 1)


def _name(table: Tabular, column: str, row: pd.Series) -> str:
    if column == "value" and not row["value"]:
        several = (table.data.loc[table.data["item"] == row["item"], "value"] != "").any()
        return label("all_options", table.language) if several else ""
    return table.words(column, row[column], item=row["item"])


def _numbers(row: pd.Series, language: str, *, several: bool) -> list[str]:
    if row["state"] == HIDDEN:
        return [label("state_hidden", language)] + [""] * (1 + several)
    return [statistic_words(row, language), p_words(row["p"], language)] + (
        [p_words(row["p_adjusted"], language)] if several else [])


def statistic_words(row: pd.Series, language: str) -> str:
    """Write a test statistic with its degrees of freedom; nothing for an exact test."""
    if pd.isna(row["statistic"]):
        return ""
    sign = STATISTICS.get(row["test"], "t" if pd.isna(row["df2"]) else "F")
    degrees = [_degrees(row[name], language) for name in ("df", "df2") if pd.notna(row[name])]
    inside = f"({'; '.join(degrees)})" if degrees else ""
    return f"{sign}{inside} = {number(row['statistic'], language, decimals=2)}"


def _degrees(value: float, language: str) -> str:
    whole = abs(value - round(value)) < 1e-6
    return number(round(value) if whole else value, language, decimals=0 if whole else 1)


def p_words(p: float, language: str) -> str:
    """Write a p-value to three decimals."""
    if pd.isna(p):
        return ""
    if p < LEAST:
        return label("p_under", language)
    return label("p_over", language) if 1 > p > 1 - LEAST / 2 else number(p, language, decimals=3)


def effect_words(table: Tabular, row: pd.Series) -> str:
    """Write an effect size with its interval, empty without one."""
    if pd.isna(row["effect"]):
        return ""
    language = table.language
    text = f"{table.words('effect_name', row['effect_name'])} " \
        f"{number(row['effect'], language, decimals=2)}"
    if pd.isna(row["low"]):
        return text
    low, high = (number(row[end], language, decimals=2) for end in ("low", "high"))
    return label("estimate_interval", language, estimate=text, low=low, high=high)
