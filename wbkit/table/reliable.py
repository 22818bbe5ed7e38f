"""How a Table of reliability is laid out: the whole first, then one row for each item."""

import pandas as pd

from wbkit.labels import label, number
from wbkit.table.layout import Grid, Tabular, column_words
from wbkit.table.measures import estimate_words

STANDARDISED, NESTED = "_standardised", "_nested"
MEASURES = ("alpha", "omega", "icc", "item_rest", "alpha_if_dropped")


def reliable(table: Tabular) -> Grid:
    """Lay out the measures beside each other; some have a row of their own."""
    language = table.language
    frame = table.data.assign(
        row=table.data["item"] + table.data["measure"].map(_ending),
        column=table.data["measure"].str.removesuffix(STANDARDISED))
    found = set(frame.loc[frame["estimate"].notna(), "column"])
    columns = [one for one in MEASURES if one in found]
    remarks = bool((frame["reason"] != "").any())
    rows = tuple(_row(table, key, part, columns, remarks=remarks)
                 for key, part in frame.groupby("row", sort=False))
    header = [column_words(table, "item"), *(table.words("measure", one) for one in columns),
              column_words(table, "n")]
    return Grid((*header, label("col_reason", language)) if remarks else tuple(header), rows)


def _ending(measure: str) -> str:
    if measure == "icc":
        return NESTED
    return STANDARDISED if measure.endswith(STANDARDISED) else ""


def _row(
    table: Tabular, key: str, part: pd.DataFrame, columns: list[str], *, remarks: bool
) -> tuple[str, ...]:
    language = table.language
    cells = {row["column"]: estimate_words(row, language) for _, row in part.iterrows()}
    reasons = dict.fromkeys(one for one in part["reason"] if one)
    words = "; ".join(table.words("reason", one) for one in reasons)
    return (table.words("item", key), *(cells.get(one, "") for one in columns),
            number(part["n"].max(), language), *([words] if remarks else []))
