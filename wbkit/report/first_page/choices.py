"""Counts of which a reader of the first page chooses: each question, for all and by group.

Only what `protect` leaves for readers inside the school goes to the page.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DisclosureError
from wbkit.labels import percentage
from wbkit.messages import number
from wbkit.privacy.protect import protect
from wbkit.study.item import OTHER, Item
from wbkit.survey.frequency import frequency
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.facts import Base
from wbkit.table.render import Shown
from wbkit.table.table import Table

PROFILE = "intern"
EVERYONE = ""  # the group of all


def choices(every: Iterable[Responses], languages: Sequence[str]) -> list[dict[str, Any]]:
    """Return what can be chosen, as values for JSON: one entry for each source.

    An entry has ``name``, ``groups`` and ``items``; an item has ``values`` (words) and
    ``counts``: group = category = rows of ``[count, percentage]`` in words of each language.
    """
    found = [_source(responses, languages) for responses in every if _can_choose(responses)]
    return [one for one in found if one["items"]]


def _can_choose(responses: Responses) -> bool:
    """Whether people answered each for themselves; a joint answer is no share of anything."""
    design = responses.source.design
    return responses.source.kind == "survey" and (design is None or design.kind != "joint")


def _source(responses: Responses, languages: Sequence[str]) -> dict[str, Any]:
    source = responses.source
    groups = grouping_items(responses)
    items = [item for item in source.items.values() if _is_counted(item, responses)]
    return {
        "name": source.name,
        "words": {one: source.words(one) for one in languages},
        "groups": [_group(item, languages) for item in groups],
        "items": [_item(item, protected_counts(responses, item, groups), languages)
                  for item in items],
    }


def grouping_items(responses: Responses) -> list[Item]:
    """Return the items by which readers may divide: those of the margins people declared."""
    source = responses.source
    margins = source.design.margins if source.design else {}
    return [source.items[name] for name in margins if name in source.items]


def _is_counted(item: Item, responses: Responses) -> bool:
    return item.closed and not item.derived and item.sensitivity != "identifier" \
        and bool(responses.values(item))


def protected_counts(
    responses: Responses, item: Item, groups: Sequence[Item]
) -> dict[str, Table]:
    """Count an item for all and by each group, and hide what these Tables together give away.

    The counts of all come first: groups give way to them where they can.
    """
    by = [one.name for one in groups if one.name != item.name and item.name not in one.parents]
    every, *grouped = (frequency(responses, item), *(frequency(responses, item, by=one)
                                                     for one in by))
    try:
        whole = protect([every], profile=PROFILE)
        parts = protect(grouped, profile=PROFILE, known=whole) if grouped else []
    except DisclosureError:
        whole, parts = protect([every, *grouped], profile=PROFILE), []
    return dict(zip([EVERYONE, *by], [*whole, *parts], strict=True))


def _group(item: Item, languages: Sequence[str]) -> dict[str, Any]:
    return {"name": item.name, "words": {one: item.words(one, short=True) for one in languages},
            "values": {one: {str(key): word for key, word in item.value_words(one).items()}
                       for one in languages}}


def _item(item: Item, tables: dict[str, Table], languages: Sequence[str]) -> dict[str, Any]:
    worded = {one: tables[EVERYONE].show(one) for one in languages}
    values = list(dict.fromkeys(tables[EVERYONE].data["value"]))
    return {
        "name": item.name,
        "words": {one: item.words(one) for one in languages},
        "values": {one: [shown.words("value", value, item=item.name) for value in values]
                   for one, shown in worded.items()},
        "units": {one: list(shown.units) for one, shown in worded.items()},
        "last": [at for at, value in enumerate(values) if value in {OTHER, *item.exclusive}],
        "ordered": item.kind == "ordinal",
        "several": item.several,
        "counts": {by: _counts(table, by, languages) for by, table in tables.items()},
    }


def _counts(table: Table, by: str, languages: Sequence[str]) -> dict[str, Any]:
    """Return base and rows of each category of a group, in words."""
    shown = table.show(languages[0])
    parts = table.data.groupby(by, sort=False, observed=True) if by else [(EVERYONE, table.data)]
    return {str(key): {"base": _base(table, rows, shown, languages),
                       "rows": [_row(row, languages) for __, row in rows.iterrows()]}
            for key, rows in parts}


def _base(
    table: Table, rows: pd.DataFrame, shown: Shown, languages: Sequence[str]
) -> dict[str, str]:
    """Return the base in words; empty where it is hidden."""
    base = rows["base"].iloc[0]
    count = next((one.n for one in table.found(Base) if one.n is not None), None)
    if shown.dimensions or count is None or count.n is not None:
        return {one: number(base, one) for one in languages}
    return dict.fromkeys(languages, "")


def _row(row: pd.Series, languages: Sequence[str]) -> dict[str, Any]:
    if row["state"] in STATES:
        return {"state": str(row["state"]) if row["state"] != HIDDEN else HIDDEN}
    return {"n": {one: number(row["n"], one) for one in languages},
            "share": {one: percentage(row["share"], row["base"], one) for one in languages},
            "width": round(100 * row["n"] / row["base"], 2) if row["base"] else 0}
