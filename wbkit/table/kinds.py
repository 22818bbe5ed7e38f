"""Tables of which one dimension stands beside each other: years, sources, groups."""

from collections.abc import Callable

import pandas as pd

from wbkit.labels import label, listing, number, percentage
from wbkit.table import layout
from wbkit.table.estimated import estimated
from wbkit.table.layout import ABSENT, HIDDEN, STATES, Grid, Tabular, column_words
from wbkit.table.reliable import reliable
from wbkit.table.tested import modelled, tested

OWN = {"reliability": reliable, "test": tested, "model": modelled}
BREAK = "*"  # before a year from which another definition holds; the notes say so


def grid(table: Tabular) -> Grid:
    """Lay a Table out for a reader."""
    if table.kind == "estimate" and {"estimate", "se", "state"} <= {*table.data}:
        return estimated(table)
    if table.kind in OWN:
        return OWN[table.kind](table)
    if table.kind not in CELLS:
        return layout.grid(table)
    frame, across = table.data, table.dimensions[-1]
    down = [name for name in table.dimensions if name != across] or ["item"]
    columns = list(dict.fromkeys(frame[across]))
    rows = []
    for key, part in frame.groupby(down, sort=False, observed=True):
        cells = {one: CELLS[table.kind](table, cell)
                 for one, cell in part.groupby(across, sort=False, observed=True)}
        names = [row_words(table, name, one) for name, one in zip(down, key, strict=True)]
        rows.append((*names, *(cells.get(one, "") for one in columns)))
    header = (*(column_words(table, name) for name in down),
              *(head_words(table, one) for one in columns))
    return Grid(header, tuple(rows), len(down), 0 if table.kind == "trend" else len(header))


def row_words(table: Tabular, column: str, key: str) -> str:
    """Return the words of a row; short ones for an item that has them."""
    brief = table.labels.get("item_short", {}) if column == "item" else {}
    return brief.get(key, table.words(column, key))


def head_words(table: Tabular, key: str) -> str:
    """Return the heading of a column, with what it is a count of."""
    across, language = table.dimensions[-1], table.language
    first = table.data[table.data[across] == key].iloc[0]
    name = table.words(across, key)
    if table.kind == "trend":
        return f"{BREAK} {name}" if first["break"] else name
    if table.kind == "answers":
        return name if pd.isna(first["people"]) else label(
            "answers_head", language, name=name, n=number(first["people"], language))
    head = table.labels.get("head", {}).get(key)
    return f"{name} ({head})" if head else name


def rate_words(table: Tabular, cells: pd.DataFrame) -> str:
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


def joint_words(table: Tabular, cells: pd.DataFrame) -> str:
    """Write the count of a theme in one source; a single unit mentions it or does not."""
    row, language = cells.iloc[0], table.language
    if row["state"] in STATES:
        return label(f"state_{row['state']}", language)
    if row["base"] == 1:
        return label("mentioned" if row["n"] else "not_mentioned", language)
    return label("n_of_base", language, n=number(row["n"], language),
                 base=number(row["base"], language))


def answer_words(table: Tabular, cells: pd.DataFrame) -> str:
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


CELLS: dict[str, Callable[[Tabular, pd.DataFrame], str]] = {
    "trend": rate_words,
    "joint": joint_words,
    "answers": answer_words,
}
