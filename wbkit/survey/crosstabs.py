"""Two items against each other."""

from typing import Literal

import pandas as pd

from wbkit.basis.hiding import too_small_crossed
from wbkit.errors import DataError
from wbkit.labels import label, number
from wbkit.nouns.item import Item
from wbkit.nouns.response import ANSWERED, Responses
from wbkit.nouns.table import Table
from wbkit.survey.captions import base_line, dimension_labels, item_notes
from wbkit.survey.intervals import basis_words

Share = Literal["rows", "columns", "total"]


def crosstab(
    responses: Responses, rows: str | Item, columns: str | Item, *, share: Share = "rows"
) -> Table:
    """Count the units for each pair of answers to two items.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    rows, columns
        Nominal or ordinal items.
    share
        Of what the shares are: of the units in the row, in the column, or of all.

    Returns
    -------
    Table
        One row for each pair of values, also for a pair that nobody has.

        - the two items: ids of their values
        - ``n``: units with both answers
        - ``base``: units in the row, the column or all, that answered both items
        - ``share``: n / base, from 0 to 1; absent when nobody is in the base
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If an item is not nominal or ordinal, or the two are the same.
    """
    down, across = (_closed(responses, one) for one in (rows, columns))
    _check(responses, down, across, share)
    counts = _counts(responses, down, across)
    data = _hide(_tidy(counts, down, across, share), counts, responses)
    language = responses.source.language
    labels = [dimension_labels(one, language) for one in (down, across)]
    return Table(
        data=data,
        kind="crosstab",
        title=_title(down, across, language),
        units=(responses.source.units(1), responses.source.units(2)),
        base=_base(responses, [down, across], counts),
        basis=basis_words(responses),
        notes=(label(f"share_{share}", language), *item_notes(responses, [down, across])),
        sources=(responses.source,),
        labels=labels[0] | labels[1] | {"column": labels[0]["column"] | labels[1]["column"]},
        language=language,
        part=responses.base_words(),
    )


def _title(down: Item, across: Item, language: str) -> str:
    title = label("crossed", language, rows=down.words(language, short=True),
                  columns=across.words(language, short=True))
    return title[:1].upper() + title[1:]


def _closed(responses: Responses, name: str | Item) -> Item:
    item = responses.item(name)
    if item.kind not in ("nominal", "ordinal"):
        raise DataError(
            f"{responses.source.name}: a cross table needs nominal or ordinal items; {item.name} "
            f"is {item.kind}. Use frequency(..., by=...) for a multiple item, or a derived item."
        )
    return item


def _check(responses: Responses, down: Item, across: Item, share: str) -> None:
    if down.name == across.name:
        raise DataError(
            f"{responses.source.name}: rows and columns are both {down.name}. Name two items."
        )
    if share not in ("rows", "columns", "total"):
        raise DataError(
            f"{responses.source.name}: share={share!r} is unknown. Use rows, columns or total."
        )


def _counts(responses: Responses, down: Item, across: Item) -> pd.DataFrame:
    both = responses.domain
    for item in (down, across):
        both &= responses.state(item) == ANSWERED
    part = responses.data.loc[both, [down.name, across.name]]
    found = part.groupby([down.name, across.name], observed=False).size().unstack(fill_value=0)
    return found.reindex(index=responses.values(down), columns=responses.values(across),
                         fill_value=0)


def _base(responses: Responses, items: list[Item], counts: pd.DataFrame) -> str:
    n, key = int(counts.to_numpy().sum()), "both"
    key = key if responses.source.kind == "survey" else f"list_{key}"
    if 0 < n < responses.source.minimum:
        return base_line(responses, items, key)
    return base_line(responses, items, key, n=number(n, responses.source.language))


def _tidy(counts: pd.DataFrame, down: Item, across: Item, share: str) -> pd.DataFrame:
    data = counts.rename_axis(index=down.name, columns=across.name).stack().rename("n")
    data = data.reset_index().astype({down.name: str, across.name: str})
    keys = {"rows": down.name, "columns": across.name}
    base = data.groupby(keys[share])["n"].transform("sum") if share in keys else data["n"].sum()
    data = data.assign(base=base)
    return data.assign(share=data["n"] / data["base"].where(data["base"] > 0))


def _hide(data: pd.DataFrame, counts: pd.DataFrame, responses: Responses) -> pd.DataFrame:
    minimum = responses.source.minimum
    hidden = pd.Series(too_small_crossed(counts.to_numpy(), minimum).ravel(), index=data.index)
    whole = data["base"].between(1, minimum - 1)
    return data.assign(
        n=data["n"].astype(float).mask(hidden), share=data["share"].mask(hidden),
        base=data["base"].astype(float).mask(whole),
        state=hidden.map({True: "hidden", False: "shown"}),
    )
