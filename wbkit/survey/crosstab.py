"""Two items against each other."""

from typing import Literal

import numpy as np
import pandas as pd

from wbkit.data.cells import VALUE
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.labels import label, number
from wbkit.study.item import Item
from wbkit.survey.counts.captions import base_line, dimension_labels, item_notes
from wbkit.survey.counts.cells import counted_by
from wbkit.survey.counts.tallies import Counts, count, without_rare
from wbkit.survey.counts.weighted_shares import follows_design
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.inference import require
from wbkit.survey.design.intervals import (
    basis_words,
    design_notes,
    left_out_note,
    weighted,
    why_no_interval,
)
from wbkit.survey.design.linearisation import Sample, sample_of
from wbkit.table.layout import HIDDEN, SHOWN
from wbkit.table.table import Table

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
        - ``share``: n / base, from 0 to 1, weighted where the design has weights; absent when
          nobody is in the base
        - ``share_raw``: the unweighted share, beside a weighted one
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If an item is not nominal or ordinal, or the two are the same.
    """
    require(responses, "crosstab", Responses)
    down, across = (responses.grouping(one) for one in (rows, columns))
    _check(responses, down, across, share)
    counted, _ = counted_by(responses, [across], down, numeric="values", moments=False)
    sample = sample_of(settle(counted)) if follows_design(responses, None) else None
    counted = sample.cells if sample else counted
    counts = without_rare(count(counted, [across], down, responses)[0], responses)
    language = responses.source.language
    labels = [dimension_labels(one, language) for one in (down, across)]
    data = _data(counts, share, responses.source.minimum)
    return Table(
        data=_with_weights(data, sample, across, share) if sample and weighted(sample) else data,
        kind="crosstab",
        title=_title(down, across, language),
        units=(responses.source.units(1), responses.source.units(2)),
        base=_base(responses, [down, across], counts),
        basis=_basis(responses),
        notes=(*_notes(responses, [down, across], share),
               *(_design_notes(sample) if sample else ())),
        sources=(responses.source,),
        labels=labels[0] | labels[1] | {"column": labels[0]["column"] | labels[1]["column"]},
        language=language,
        part=responses.base_words(),
        about=(*responses.about, share),
    )


def _title(down: Item, across: Item, language: str) -> str:
    title = label("crossed", language, rows=down.words(language, short=True),
                  columns=across.words(language, short=True))
    return title[:1].upper() + title[1:]


def _check(responses: Responses, down: Item, across: Item, share: str) -> None:
    if down.name == across.name:
        raise DataError(
            f"{responses.source.name}: rows and columns are both {down.name}. Name two items."
        )
    if share not in ("rows", "columns", "total"):
        raise DataError(
            f"{responses.source.name}: share={share!r} is unknown. Use rows, columns or total."
        )


def _base(responses: Responses, items: list[Item], counts: Counts) -> str:
    n, key = int(counts.n.sum()), "both"
    key = key if responses.source.kind == "survey" else f"list_{key}"
    if 0 < n < responses.source.minimum:
        return base_line(responses, items, key)
    return base_line(responses, items, key, n=number(n, responses.source.language))


def _notes(responses: Responses, items: list[Item], share: str) -> tuple[str, ...]:
    language = responses.source.language
    of = items[1 if share == "columns" else 0].words(language, short=True)
    return (label(f"share_{share}", language, item=of), *item_notes(responses, items))


def _basis(responses: Responses) -> str:
    """Say why there is no interval; a cross table of a random sample claims none either."""
    claims = why_no_interval(responses) is None and not responses.assumption
    return "" if claims else basis_words(responses)


def _data(counts: Counts, share: str, minimum: int) -> pd.DataFrame:
    """Return one row for each pair; numbers that are too small are absent."""
    n, shape = counts.n.astype(float), counts.n.shape
    base = {"rows": n.sum(axis=1, keepdims=True), "columns": n.sum(axis=0, keepdims=True),
            "total": n.sum()}[share]
    whole = {"rows": counts.small[:, None], "columns": counts.small_values[None, :],
             "total": 0 < n.sum() < minimum}[share]
    data = pd.DataFrame({
        counts.group.name: np.repeat(counts.groups, shape[1]),
        counts.item.name: counts.values * shape[0],
        "n": n.ravel(), "base": np.broadcast_to(base, shape).ravel(),
    })
    data = data.assign(share=data["n"] / data["base"].where(data["base"] > 0))
    hidden = counts.hidden.ravel()
    return data.assign(
        n=data["n"].mask(hidden), share=data["share"].mask(hidden),
        base=data["base"].mask(np.broadcast_to(whole, shape).ravel()),
        state=np.where(hidden, HIDDEN, SHOWN),
    )


def _design_notes(sample: Sample) -> list[str]:
    """Say how units were weighed; where all count the same, only how many are left out."""
    return design_notes(sample) if weighted(sample) else left_out_note(sample.cells)


def _with_weights(data: pd.DataFrame, sample: Sample, across: Item, share: str) -> pd.DataFrame:
    """Put the weighted share before the one of the units themselves."""
    rows, down = sample.cells.of(across), sample.cells.by
    rows = rows[((rows["role"] == VALUE) & (rows["group"] != "")).to_numpy()]
    whole = {"rows": down, "columns": across.name}.get(share)
    sums = {one: rows.groupby(name)["w"].sum() for one, name in ((down, "group"),
                                                                 (across.name, "value"))}
    base = data[whole].map(sums[whole]).astype(float) if whole else rows["w"].sum()
    pairs = rows.groupby(["group", "value"])["w"].sum()
    found = pairs.reindex(pd.MultiIndex.from_frame(data[[down, across.name]]), fill_value=0.0)
    made = (pd.Series(found.to_numpy(), index=data.index) / base).mask(data["share"].isna())
    place = data.columns.get_loc("share")
    return data.rename(columns={"share": "share_raw"}).assign(share=made)[
        [*data.columns[:place], "share", "share_raw", *data.columns[place + 1:]]]
