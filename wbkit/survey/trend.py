"""Rates of a full count, year by year."""

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.survey.stating import missing_facts, part_facts
from wbkit.survey.testing.rate_trends import (
    breaks_of,
    count_items,
    interrupted_series,
    linear_trend,
    rates_of,
    sums_of,
    without_small,
    year_and_group,
)
from wbkit.table.count_layouts import ABSENT
from wbkit.table.facts import Fact, ItemNotes, Subject
from wbkit.table.statements.survey import Divided, FullCount, NotDelivered, Redefined
from wbkit.table.table import Table

COLUMNS = ("n", "base", "share", "break", "state")

LINEAR = "linear"


def trend(
    responses: Responses,
    item: str | Item,
    *,
    year: str | Item,
    population: str | Item | None = None,
    by: str | Item | None = None,
    test: str | bool | None = None,
) -> Table:
    """Set the rates of a full count beside each other, year by year, or test their trend.

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
    test
        ``linear``, or True, tests whether the rate rises or falls over the years [1]_ [2]_; one
        of the years tests whether something was different from that year on (an interrupted
        series, for all groups together), or refuses it with what it would need.
        When left out nothing is tested.

    Returns
    -------
    Table
        One row for each group and year, also for one that was not delivered.

        - ``item``, `by`, `year`: ids
        - ``n``: the count; ``base``: the population of that group in that year
        - ``share``: n / base, from 0 to 1; absent for a count that is no part of the base
        - ``break``: whether another definition holds from this year on
        - ``state``: ``shown``, ``hidden``, or ``absent`` when a cell of it was not delivered

        With `test` a test Table, with one row for each group (``linear``), or one for the level
        and one for the slope (an interrupted series):

        - ``item``, ``by`` (the year), `by`: ids
        - ``test``: ``cochran_armitage`` for a part of the base; ``poisson``, with the population
          as offset, for a count that is not part of what it is divided by
        - ``statistic``, ``df``, ``p``, ``p_adjusted`` (Holm, over the groups)
        - ``effect_name``, ``effect``, ``low``, ``high``: ``share_change`` (of the share, each
          year) or ``rate_ratio`` (factor each year), with 95 % interval
        - ``n``: the population of all years together; ``state``

    Raises
    ------
    DataError
        If the source holds no counts, an item is of another kind, a year has two definitions,
        a count is larger than its population, or a test is asked for that the counts do not
        carry: the same persons can be counted in several years and nothing is assumed, the
        definition changes, or there are too few years.

    References
    ----------
    .. [1] Armitage, P. (1955). Biometrics, 11, 375-386.
    .. [2] Frome, E. L. (1983). Biometrics, 39, 665-674.
    """
    if test in (LINEAR, True):
        return linear_trend(responses, item, year=year, population=population, by=by)
    if test:
        return interrupted_series(responses, item, year=year, since=test, population=population)
    counts = count_items(responses, item, population)
    years, group = year_and_group(responses, year, by)
    item, base = counts
    breaks = breaks_of(responses, years, item)
    sums = sums_of(responses, counts, years, group)
    data = without_small(rates_of(sums, responses, counts), responses.source.minimum)
    data = data.assign(item=item.name, **{"break": data[years.name].map(breaks)})
    by = (*([group.name] if group else []), years.name)
    facts = (Subject("trend", (item.name,), by), Divided(item.name, base.name if base else ""),
             *part_facts(responses), FullCount(), *_notes(responses.source, counts, data, years))
    return Table(data[["item", *by, *COLUMNS]], "trend", by, facts, (responses.source,))


def _notes(
    source: Source, counts: tuple[Item, Item | None], data: pd.DataFrame, years: Item
) -> list[Fact]:
    """State what study.toml notes of the counts, and which years cannot be compared."""
    moved = tuple(dict.fromkeys(data.loc[data["break"], years.name]))
    absent = (data["state"] == ABSENT).any()
    return [ItemNotes(tuple(one.name for one in counts if one and one.note)),
            *([Redefined(years.name, moved)] if moved else []),
            *([NotDelivered(), *missing_facts(source)] if absent else [])]
