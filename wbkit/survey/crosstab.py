"""Two items against each other."""

from typing import Literal

import numpy as np
import pandas as pd

from wbkit.data.cells import VALUE
from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.item import Item
from wbkit.survey.counts.cells import counted_by
from wbkit.survey.counts.tallies import Counts, count
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.intervals import (
    design_facts,
    follows_design,
    left_out_facts,
    weighted,
    why_no_interval,
)
from wbkit.survey.design.linearisation import Sample, sample_of
from wbkit.survey.stating import answer_facts, base_facts, interval_facts
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Base, Count, Fact, ShareOf, Subject
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
    need(responses, Responses, "crosstab")
    down, across = (responses.grouping(one) for one in (rows, columns))
    _check(responses, down, across, share)
    counted, _ = counted_by(responses, [across], down, numeric="values", moments=False)
    sample = sample_of(settle(counted)) if follows_design(responses, None) else None
    counted = sample.cells if sample else counted
    counts = count(counted, [across], down, responses)[0]
    data = _data(counts, share, responses.source.minimum)
    data = _with_weights(data, sample, across, share) if sample and weighted(sample) else data
    items = [down, across]
    facts = (Subject("crossed", (), (down.name, across.name)),
             *base_facts(responses, items, _base(responses, counts)), *_basis(responses),
             ShareOf(share, (across if share == "columns" else down).name),
             *answer_facts(responses, items), *(_design_facts(sample) if sample else ()))
    return Table(data, "crosstab", (down.name, across.name), facts, (responses.source,))


def _check(responses: Responses, down: Item, across: Item, share: str) -> None:
    if down.name == across.name:
        raise DataError(_(
            "{source}: rows and columns are both {item}. Name two items.",
            source=responses.source.name, item=down.name))
    if share not in ("rows", "columns", "total"):
        raise DataError(_(
            "{source}: share={share!r} is unknown. Use rows, columns or total.",
            source=responses.source.name, share=share))


def _base(responses: Responses, counts: Counts) -> Base:
    return Base("both", Count(responses.n), Count(int(counts.n.sum())))


def _basis(responses: Responses) -> list[Fact]:
    """State why there is no interval; a cross table of a random sample claims none either."""
    claims = why_no_interval(responses) is None and not responses.assumption
    return [] if claims else interval_facts(responses)


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


def _design_facts(sample: Sample) -> list[Fact]:
    """State how units were weighed; where all count the same, only how many are left out."""
    return design_facts(sample) if weighted(sample) else left_out_facts(sample.cells)


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
