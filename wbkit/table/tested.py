"""Tests and models laid out for a reader: what came out, and how large it is."""

import math

import pandas as pd

from wbkit.labels import label, number
from wbkit.table.layout import HIDDEN, Grid, Tabular, column_words, without_repeats

LEAST = 0.001  # a p-value is not written more precisely
STATISTICS = {"chi_square": "χ²", "kruskal_wallis": "H", "bilder_loughin": "χ²", "rao_scott": "F",
              "welch_t": "t", "paired_t": "t", "welch_f": "F", "ticks_design": "F",
              "wilcoxon": "z", "stuart_maxwell": "χ²", "cochran_armitage": "χ²", "poisson": "z",
              "quasi_poisson": "t"}


def tested(table: Tabular) -> Grid:
    """One row for each test: statistic with its degrees of freedom, p, effect, units."""
    frame, language = table.data, table.language
    stub = _stub(table)
    means = ["before", "after"] if "before" in frame and frame["before"].notna().any() else []
    written = frame["statistic"].notna().any()
    header = [column_words(table, name)
              for name in (*stub, "test", *means, *(["statistic"] if written else []), "p")]
    several = frame["p_adjusted"].notna().sum() > 1
    header += [label("col_p_adjusted", language)] if several else []
    header += [label("col_effect", language), column_words(table, "n")]
    rows = []
    for _, row in frame.iterrows():
        names = [_name(table, one, row) for one in stub]
        numbers = [number(row[one], language, decimals=2) for one in means]
        tests = _numbers(row, language, several=several)
        rows.append((*names, table.words("test", row["test"]), *numbers,
                     *(tests if written else tests[1:]), effect_words(table, row),
                     number(row["n"], language)))
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub), len(stub) + 1)


def _stub(table: Tabular) -> list[str]:
    """Return the columns that name a row: items, groups, options, as far as there are several."""
    frame = table.data
    names = ["item", *table.dimensions, *(["value"] if "value" in frame else [])]
    return [name for name in names if frame[name].nunique() > 1] or ["item"]


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
    degrees = [_degrees(row[name], language) for name in ("df", "df2")
               if pd.notna(row.get(name))]
    sign = STATISTICS.get(row["test"], "F" if len(degrees) > 1 else "t")
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


def modelled(table: Tabular) -> Grid:
    """One row for each term: estimate and odds ratio with their interval, p."""
    frame, language = table.data, table.language
    odds = bool(frame["odds_ratio"].notna().any())
    stub = ["term", "level"] if (frame["level"] != "").any() else ["term"]
    shown = ["estimate", "odds_ratio"] if odds else ["estimate"]
    header = [column_words(table, one) for one in (*stub, "estimate", "se")]
    header += [label("col_interval", language)]
    header += [label("col_odds_ratio", language), label("col_interval", language)] * odds
    rows = [(*_term(table, row, stub), *_coefficients(row, shown, language),
             p_words(row["p"], language)) for _, row in frame.iterrows()]
    return Grid((*header, label("col_p", language)), without_repeats(rows, len(stub) - 1),
                len(stub))


def _term(table: Tabular, row: pd.Series, stub: list[str]) -> list[str]:
    level = table.words("level", f"{row['term']}={row['level']}") if row["level"] else ""
    return [table.words("term", row["term"]), level][:len(stub)]


def _coefficients(row: pd.Series, shown: list[str], language: str) -> list[str]:
    """Write a coefficient with its error, its interval, and its odds ratio where there is one."""
    if row["state"] == HIDDEN:
        return [label("state_hidden", language)] + [""] * (2 + 2 * (len(shown) > 1))
    numbers = [number(row[name], language, decimals=_decimals(row["se"]))
               for name in ("estimate", "se", "low", "high")]
    cells = [numbers[0], numbers[1], label("from_to", language, low=numbers[2], high=numbers[3])]
    if len(shown) > 1:
        places = _decimals((row["odds_high"] - row["odds_low"]) / 4)
        ratio, low, high = (number(row[one], language, decimals=places)
                            for one in ("odds_ratio", "odds_low", "odds_high"))
        cells += ["", ""] if row["term"] == "" else [
            ratio, label("from_to", language, low=low, high=high)]
    return cells


def _decimals(se: float) -> int:
    """Write as many decimals as the standard error makes sense of, two at the least."""
    return 2 if not 0 < se < 1 else min(6, 2 + int(-math.floor(math.log10(se)) - 1))
