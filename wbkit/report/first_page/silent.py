"""Whom a study does not hear: groups that hardly took part, and units that are missing."""

from collections.abc import Iterator, Mapping

import pandas as pd

from wbkit.labels import label, percentage
from wbkit.messages import number
from wbkit.study.study import Study
from wbkit.table.count_layouts import STATES
from wbkit.table.render import Shown
from wbkit.table.table import Table

HARDLY = 0.75  # of the part that a group would have if all took part alike
TOTAL = "total"


def silent(study: Study, tables: Mapping[str, Table]) -> list[tuple[str, str]]:
    """Return who is not heard or hardly, and a sentence about each."""
    found = [one for table in tables.values() if table.kind == "coverage"
             for one in _groups(table.show(study.language))]
    return [*dict(found).items(), *_missing(study)]


def _groups(table: Shown) -> Iterator[tuple[str, str]]:
    """Yield the groups of which few took part, next to all."""
    frame = table.data[~table.data["state"].isin(STATES)]
    every = frame[frame["margin"] == TOTAL]
    few = frame[(frame["ratio"] < HARDLY) & (frame["margin"] != TOTAL)]
    for __, row in few.sort_values("ratio", kind="stable").iterrows():
        name = table.words("value", row["value"], item=row["margin"])
        yield name, _few(row, every, table)


def _few(row: pd.Series, every: pd.DataFrame, table: Shown) -> str:
    language = table.language
    values = {"n": number(row["n"], language), "population": number(row["population"], language)}
    share = percentage(row["coverage"], row["population"], language)
    if every.empty or not share:
        return label("page_silent_few", language, **values)
    whole = every.iloc[0]
    return label("page_silent_group", language, share=share, units=table.units[1],
                 all=percentage(whole["coverage"], whole["population"], language), **values)


def _missing(study: Study) -> Iterator[tuple[str, str]]:
    """Yield the units that a source should have had, and why it has not."""
    for source in study.sources.values():
        for line in source.missing_words(study.language):
            name, __, reason = line.partition(": ")
            yield name, label("page_silent_missing", study.language, reason=reason,
                              source=source.words(study.language))
