"""Estimates laid out for a reader: a statistic, its error and its interval."""

from collections.abc import Sequence

import pandas as pd

from wbkit.labels import label, number, percentage
from wbkit.table.layout import (
    STATES,
    Grid,
    Tabular,
    column_words,
    interval_ends,
    without_repeats,
)


def estimated(table: Tabular) -> Grid:
    """One row for each statistic, with its interval; degrees of freedom stay in the data."""
    frame, language = table.data, table.language
    stub = row_columns(table)
    ends = interval_ends(frame)
    beside = [name for name in ("estimate_raw", "se")
              if name in frame and frame[name].notna().any()]
    header = [column_words(table, name) for name in (*stub, "estimate", *beside)]
    header += [label(f"col_interval{end}", language) for end in ends]
    rows = []
    for _, row in frame.iterrows():
        cells = estimate_cells(table, row, ends, beside)
        names = (table.words(name, row[name], item=row["item"]) for name in stub)
        rows.append((*names, *cells))
    header += [column_words(table, "n")]
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub))


def row_columns(table: Tabular) -> list[str]:
    """Return the columns that tell the rows apart."""
    keys = [name for name in ("item", *table.dimensions, "value") if name in table.data]
    return [name for name in keys if table.data[name].nunique() > 1] or ["item"]


def estimate_cells(
    table: Tabular, row: pd.Series, ends: list[str], beside: Sequence[str] = ()
) -> list[str]:
    """Return the printed statistic, the numbers beside it, its intervals and n."""
    language = table.language
    share = table.words("measure", "estimate") == "share"

    def written(value: float) -> str:
        if share:
            return percentage(value, row["n"], language)
        return number(value, language, decimals=2 - (abs(value) >= 100) - (abs(value) >= 1000))

    state = row.get("state")
    cells = [label(f"state_{state}", language)] if state in STATES else [written(row["estimate"])]
    cells += [written(row[name]) for name in beside]
    for end in ends:
        low, high = (written(row[f"{name}{end}"]) for name in ("low", "high"))
        cells.append(f"{low.rstrip(' %')}–{high}" if low and high else "")
    return [*cells, number(row["n"], language)]
