"""Layouts of statistics, and the list of all layouts: `LAYOUTS`.

Estimates, tests, models, reliability; years, sources or groups beside each other.
"""

import math
from collections.abc import Callable, Sequence

import pandas as pd

from wbkit.labels import label, percentage
from wbkit.messages import listing, number
from wbkit.table import count_layouts
from wbkit.table.count_layouts import (
    ABSENT,
    HIDDEN,
    STATES,
    Grid,
    estimate_words,
    interval_ends,
    without_repeats,
)
from wbkit.table.facts import Bases
from wbkit.table.kinds import KINDS
from wbkit.table.statements.coding import Given
from wbkit.table.statements.survey import Estimated
from wbkit.table.statements.tests import Nested
from wbkit.table.words import Worded


def modelled(table: Worded) -> Grid:
    """One row for each term: estimate and odds ratio with their interval, p."""
    frame, language = table.data, table.language
    odds = bool(frame["odds_ratio"].notna().any())
    stub = ["term", "level"] if (frame["level"] != "").any() else ["term"]
    shown = ["estimate", "odds_ratio"] if odds else ["estimate"]
    header = [table.heading(one) for one in (*stub, "estimate", "se")]
    header += [label("col_interval", language)]
    header += [label("col_odds_ratio", language), label("col_interval", language)] * odds
    rows = [(*_term(table, row, stub), *_coefficients(row, shown, language),
             p_words(row["p"], language)) for _, row in frame.iterrows()]
    return Grid((*header, label("col_p", language)), without_repeats(rows, len(stub) - 1),
                len(stub))


def reliable(table: Worded) -> Grid:
    """Lay out the measures beside each other; some have a row of their own."""
    language = table.language
    frame = table.data.assign(
        row=table.data["item"] + table.data["measure"].map(_ending),
        column=table.data["measure"].str.removesuffix(STANDARDISED))
    found = set(frame.loc[frame["estimate"].notna(), "column"])
    columns = [one for one in RELIABILITIES if one in found]
    remarks = bool((frame["reason"] != "").any())
    rows = tuple(_row(table, key, part, columns, remarks=remarks)
                 for key, part in frame.groupby("row", sort=False))
    header = [table.heading("item"), *(table.words("measure", one) for one in columns),
              table.heading("n")]
    return Grid((*header, label("col_reason", language)) if remarks else tuple(header), rows)


def tested(table: Worded) -> Grid:
    """One row for each test: statistic with its degrees of freedom, p, effect, units."""
    frame, language = table.data, table.language
    stub = _stub(table)
    means = ["before", "after"] if "before" in frame and frame["before"].notna().any() else []
    written = bool(frame["statistic"].notna().any())
    header = [table.heading(name)
              for name in (*stub, "test", *means, *(["statistic"] if written else []), "p")]
    several = bool(frame["p_adjusted"].notna().sum() > 1)
    header += [label("col_p_adjusted", language)] if several else []
    header += [label("col_effect", language), table.heading("n")]
    rows = []
    for _, row in frame.iterrows():
        names = [_name(table, one, row) for one in stub]
        numbers = [number(row[one], language, decimals=2) for one in means]
        tests = _numbers(row, language, several=several, written=written)
        rows.append((*names, table.words("test", row["test"]), *numbers, *tests,
                     effect_words(table, row),
                     number(row["n"], language)))
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub), len(stub) + 1)


BREAK = "*"  # before a year from which another definition holds; the notes say so


def answer_words(table: Worded, cells: pd.DataFrame) -> str:
    """Write a joint answer, and whether those behind it agreed."""
    state, language = cells["state"].iloc[0], table.language
    if state in STATES:
        return label(f"state_{state}", language)
    values = [table.words("value", value, item=cells["item"].iloc[0])
              for value in cells["value"] if value]
    answer = listing(values, language) if values else label("no_answer", language)
    agreed = cells["agreement"].iloc[0]
    together = table.words("agreement", agreed).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{answer} ({together})" if agreed and values else answer


def joint_words(table: Worded, cells: pd.DataFrame) -> str:
    """Write the count of a theme in one source; a single unit mentions it or does not."""
    row, language = cells.iloc[0], table.language
    if row["state"] in STATES:
        return label(f"state_{row['state']}", language)
    if row["base"] == 1:
        how = "found_by_words" if _by_words(table, row) else "mentioned"
        return label(how if row["n"] else f"not_{how}", language)
    return label("n_of_base", language, n=number(row["n"], language),
                 base=number(row["base"], language))


def joint_cell(table: Worded, cells: pd.DataFrame) -> str:
    """Write the count of a theme in one source; say of none that it was asked about."""
    row, words = cells.iloc[0], joint_words(table, cells)
    none = row["state"] not in STATES and row["base"] > 1 and not row["n"]
    return label("asked_not_named", table.language, words=words) if none else words


def _by_words(table: Worded, row: pd.Series) -> bool:
    """Whether a count in a joint display is of hits of search terms, which read nothing."""
    hits = Given("keywords")
    sources = {source for one in table.contents.facts
               if isinstance(one, Bases) and hits in one.facts for source in one.sources}
    return row["item"] in hits.spoken["item"] and any(
        row["source"] == one or row["source"].startswith((f"{one}:", f"{one}."))
        for one in sources)


def rate_words(table: Worded, cells: pd.DataFrame) -> str:
    """Write a rate of a register with its count, or why there is none."""
    row, language = cells.iloc[0], table.language
    if row["state"] == ABSENT:
        return label("not_delivered", language)
    if row["state"] == HIDDEN:
        return label("state_hidden", language)
    if pd.isna(row["base"]):
        return number(row["n"], language)
    count = label("n_of_base", language, n=number(row["n"], language),
                  base=number(row["base"], language))
    share = percentage(row["share"], row["base"], language)
    return f"{share} ({count})" if share else count


CELLS: dict[str, Callable[[Worded, pd.DataFrame], str]] = {
    "trend": rate_words,
    "joint": joint_cell,
    "answers": answer_words,
}
STANDARDISED, NESTED = "_standardised", "_nested"
RELIABILITIES = ("alpha", "omega", "icc", "item_rest", "alpha_if_dropped")
LEAST = 0.001  # a p-value is not written more precisely
STATISTICS = {"chi_square": "χ²", "kruskal_wallis": "H", "bilder_loughin": "χ²", "rao_scott": "F",
              "welch_t": "t", "paired_t": "t", "welch_f": "F", "ticks_design": "F",
              "wilcoxon": "z", "stuart_maxwell": "χ²", "cochran_armitage": "χ²", "poisson": "z",
              "quasi_poisson": "t"}


def grid(table: Worded) -> Grid:
    """Lay a Table out for a reader, as its kind says."""
    return LAYOUTS[KINDS[table.kind].layout](table)


def beside(table: Worded) -> Grid:
    """Put the categories of the last dimension beside each other: years, sources, groups."""
    frame, across = table.data, table.dimensions[-1]
    down = [name for name in table.dimensions if name != across] or ["item"]
    columns = list(dict.fromkeys(frame[across]))
    rows = []
    for key, part in frame.groupby(down, sort=False, observed=True):
        cells = {one: CELLS[table.kind](table, cell)
                 for one, cell in part.groupby(across, sort=False, observed=True)}
        names = [row_words(table, name, one) for name, one in zip(down, key, strict=True)]
        rows.append((*names, *(cells.get(one, "") for one in columns)))
    header = (*(table.heading(name) for name in down),
              *(head_words(table, one) for one in columns))
    return Grid(header, tuple(rows), len(down), 0 if table.kind == "trend" else len(header))


def row_words(table: Worded, column: str, key: str) -> str:
    """Return the words of a row; short ones for an item that has them."""
    return table.short(key) if column == "item" else table.words(column, key)


def head_words(table: Worded, key: str) -> str:
    """Return the heading of a column, with what it is a count of."""
    across, language = table.dimensions[-1], table.language
    first = table.data[table.data[across] == key].iloc[0]
    name = table.words(across, key)
    if table.kind == "trend":
        return f"{BREAK} {name}" if first["break"] else name
    if table.kind == "answers":
        return name if pd.isna(first["people"]) else label(
            "answers_head", language, name=name, n=number(first["people"], language))
    head = table.words_if("head", key)
    return f"{name} ({head})" if head else name


def estimated(table: Worded) -> Grid:
    """One row for each statistic, with its interval; degrees of freedom stay in the data."""
    frame, language = table.data, table.language
    stub = row_columns(table)
    ends = interval_ends(frame)
    beside = [name for name in ("estimate_raw", "se")
              if name in frame and frame[name].notna().any()]
    header = [table.heading(name) for name in (*stub, "estimate", *beside)]
    header += [label(f"col_interval{end}", language) for end in ends]
    rows = []
    for _, row in frame.iterrows():
        cells = estimate_cells(table, row, ends, beside)
        names = (table.words(name, row[name], item=row["item"]) for name in stub)
        rows.append((*names, *cells))
    header += [table.heading("n")]
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub))


def statistic_of(table: Worded) -> str:
    """Return which statistic is estimated."""
    return next((one.statistic for one in table.contents.found(Estimated)), "")


def row_columns(table: Worded) -> list[str]:
    """Return the columns that tell the rows apart."""
    keys = [name for name in ("item", *table.dimensions, "value") if name in table.data]
    return [name for name in keys if table.data[name].nunique() > 1] or ["item"]


def estimate_cells(
    table: Worded, row: pd.Series, ends: list[str], beside: Sequence[str] = ()
) -> list[str]:
    """Return the printed statistic, the numbers beside it, its intervals and n."""
    language = table.language
    statistic = statistic_of(table)
    points = statistic == "nps" and row["value"] == "nps"

    def written(value: float) -> str:
        if points:
            return points_words(value, language)
        if statistic in ("share", "nps"):
            return percentage(value, row["n"], language)
        return number(value, language, decimals=2 - (abs(value) >= 100) - (abs(value) >= 1000))

    state = row.get("state")
    cells = [label(f"state_{state}", language)] if state in STATES else [written(row["estimate"])]
    cells += [written(row[name]) for name in beside]
    for end in ends:
        low, high = (written(row[f"{name}{end}"]) for name in ("low", "high"))
        between = label("from_to", language, low=low, high=high) if points else \
            f"{low.rstrip(' %')}–{high}"
        cells.append(between if low and high else "")
    return [*cells, number(row["n"], language)]


def points_words(value: float, language: str) -> str:
    """Write the difference of two shares in points, with its sign."""
    if pd.isna(value):
        return ""
    points = round(100 * value) + 0.0
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{number(abs(points), language)}"


def _ending(measure: str) -> str:
    if measure == "icc":
        return NESTED
    return STANDARDISED if measure.endswith(STANDARDISED) else ""


def _row(
    table: Worded, key: str, part: pd.DataFrame, columns: list[str], *, remarks: bool
) -> tuple[str, ...]:
    language = table.language
    cells = {row["column"]: estimate_words(row, language) for _, row in part.iterrows()}
    reasons = dict.fromkeys(one for one in part["reason"] if one)
    words = "; ".join(table.words("reason", one) for one in reasons)
    return (_row_name(table, key), *(cells.get(one, "") for one in columns),
            number(part["n"].max(), language), *([words] if remarks else []))


def _row_name(table: Worded, key: str) -> str:
    """Name an item, the whole scale, or the groups in which units are nested."""
    if key != f"whole_scale{NESTED}":
        return table.words("item", key)
    group = table.short(table.contents.found(Nested)[0].item)
    return label("whole_nested", table.language, group=group)


def _stub(table: Worded) -> list[str]:
    """Return the columns that name a row: items, groups, options, as far as there are several."""
    frame = table.data
    names = ["item", *table.dimensions, *(["value"] if "value" in frame else [])]
    return [name for name in names if frame[name].nunique() > 1] or ["item"]


def _name(table: Worded, column: str, row: pd.Series) -> str:
    if column == "value" and not row["value"]:
        several = (table.data.loc[table.data["item"] == row["item"], "value"] != "").any()
        return label("all_options", table.language) if several else ""
    return table.words(column, row[column], item=row["item"])


def _numbers(row: pd.Series, language: str, *, several: bool, written: bool) -> list[str]:
    """Write statistic and p-values; the mark of a hidden row stands in the first column."""
    if row["state"] == HIDDEN:
        return [label("state_hidden", language)] + [""] * (written + several)
    return [*([statistic_words(row, language)] if written else []), p_words(row["p"], language),
            *([p_words(row["p_adjusted"], language)] if several else [])]


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


def effect_words(table: Worded, row: pd.Series) -> str:
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


def _term(table: Worded, row: pd.Series, stub: list[str]) -> list[str]:
    level = table.words("level", row["level"], item=row["term"]) if row["level"] else ""
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


LAYOUTS: dict[str, Callable[[Worded], Grid]] = {
    "values": count_layouts.values,
    "places": count_layouts.places,
    "crossed": count_layouts.crossed,
    "matrix": count_layouts.matrix,
    "prevalence": count_layouts.estimated_shares,
    "by_code": count_layouts.by_code,
    "listed": count_layouts.listed,
    "beside": beside,
    "estimates": estimated,
    "reliability": reliable,
    "tests": tested,
    "model": modelled,
}
