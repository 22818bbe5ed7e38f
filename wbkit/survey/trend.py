"""Rates of a full count, year by year."""

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.labels import label, listing
from wbkit.study.item import Item
from wbkit.survey.counts.captions import dimension_labels
from wbkit.survey.testing.rate_trends import (
    breaks_of,
    cell_item,
    count_items,
    interrupted_series,
    rates_of,
    sums_of,
    without_small,
)
from wbkit.table.layout import ABSENT
from wbkit.table.old_table import OldTable
from wbkit.table.table import Table

COLUMNS = ("n", "base", "share", "break", "state")


def trend(
    responses: Responses,
    item: str | Item,
    *,
    year: str | Item,
    population: str | Item | None = None,
    by: str | Item | None = None,
    interrupted: str | None = None,
) -> Table:
    """Set the rates of a full count beside each other, year by year.

    Parameters
    ----------
    responses
        Cells of a source with ``kind = "counts"``.
    item
        An item that holds counts: a part of the base, or a count that is shown without rate.
    year
        The item that names the year; its values are in order.
    population
        The count that a part is divided by; the base of the source when left out.
    by
        One of the other items that name a cell: one line for each of its values. Counts are
        added up over the items that are not named.
    interrupted
        A year from which something was different: gives the Table of an interrupted series, or
        refuses it with what it would need. For all groups together.

    Returns
    -------
    Table
        One row for each group and year, also for one that was not delivered.

        - ``item``, `by`, `year`: ids
        - ``n``: the count; ``base``: the population of that group in that year
        - ``share``: n / base, from 0 to 1; absent for a count that is no part of the base
        - ``break``: whether another definition holds from this year on
        - ``state``: ``shown``, ``hidden``, or ``absent`` when a cell of it was not delivered

        With `interrupted` a test Table as of `trend_test`: one row for the level, one for the
        slope.

    Raises
    ------
    DataError
        If the source holds no counts, an item is of another kind, a year has two definitions,
        a count is larger than its population, or an interrupted series was asked for.
    """
    if interrupted is not None:
        return interrupted_series(responses, item, year=year, since=interrupted,
                                  population=population)
    counts = count_items(responses, item, population)
    years, group = cell_item(responses, year), cell_item(responses, by) if by else None
    item, base = counts
    breaks = breaks_of(responses, years, item)
    sums = sums_of(responses, counts, years, group)
    data = without_small(rates_of(sums, responses, counts), responses.source.minimum)
    data = data.assign(item=item.name, **{"break": data[years.name].map(breaks)})
    keys = ["item", *([group.name] if group else []), years.name]
    language = responses.source.language
    return OldTable(
        data=data[[*keys, *COLUMNS]],
        kind="trend",
        title=_title(item, years, group, language),
        units=(responses.source.units(1), responses.source.units(2)),
        base=_base_words(responses, item, base),
        basis=label("no_interval_counts", language),
        notes=tuple(_notes(responses, counts, data, years)),
        sources=(responses.source,),
        labels=_labels(item, [one for one in (group, years) if one], language),
        language=language,
        part=responses.base_words(),
    )


def _title(item: Item, years: Item, group: Item | None, language: str) -> str:
    title = label("trend_title", language, item=item.words(language),
                  year=years.words(language, short=True).lower())
    if group is None:
        return title
    return label("by_group", language, title=title, group=group.words(language, short=True))


def _base_words(responses: Responses, item: Item, base: Item | None) -> str:
    language = responses.source.language
    key = "trend_base" if base else "trend_counts"
    text = label(key, language, item=item.words(language, short=True),
                 base=base.words(language, short=True) if base else "")
    part = responses.base_words()
    return f"{text} {label('base_part', language, part=part)}" if part else text


def _notes(
    responses: Responses, counts: tuple[Item, Item | None], data: pd.DataFrame, years: Item
) -> list[str]:
    language, source = responses.source.language, responses.source
    notes = [item.note.text(language) for item in counts if item and item.note]
    moved = [years.value_words(language).get(year, year)
             for year in dict.fromkeys(data.loc[data["break"], years.name])]
    notes += [label("trend_break", language, years=listing(moved, language))] if moved else []
    if (data["state"] == ABSENT).any():
        notes += [label("trend_absent", language), *source.missing_words()]
    return notes


def _labels(item: Item, keys: list[Item], language: str) -> dict[str, dict[str, str]]:
    found = [dimension_labels(one, language) for one in keys]
    words = {one.name: labels[one.name] for one, labels in zip(keys, found, strict=True)}
    columns = {name: text for labels in found for name, text in labels["column"].items()}
    return words | {"column": columns, "item": {item.name: item.words(language)},
                    "item_short": {item.name: item.words(language, short=True)}}
