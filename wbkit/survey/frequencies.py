"""How often each answer was given, with the base that belongs to it."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.basis.hiding import too_small
from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.nouns.count_table import BASE, OUTSIDE, VALUE, Cells
from wbkit.nouns.item import Item
from wbkit.nouns.responses import NO_ANSWER, NOT_ASKED, Responses
from wbkit.nouns.table import Table
from wbkit.survey.captions import about, base_words, dimension_labels, item_labels, item_notes
from wbkit.survey.counting import counted_by, several
from wbkit.survey.design_notes import design_notes, weighted
from wbkit.survey.intervals import basis_words, require_interval, why_no_interval
from wbkit.survey.linearising import Sample, sample_of
from wbkit.survey.settling import settle, within_strata
from wbkit.survey.share_ends import (
    METHODS,
    at_an_edge,
    default_method,
    require_method,
    share_ends,
)
from wbkit.survey.share_table import Shares, share_tables

Of = Literal["respondents", "asked", "answers"]
Interval = Literal["wilson", "clopper-pearson", "logit", "beta", "hypergeometric", "t"]
NUMBERS = ("n", "share", "share_raw", "low", "high", "low_deff2", "high_deff2")
SHARES_OF = ("respondents", "asked", "answers")


def frequency(
    responses: Responses | Cells,
    item: str | Item | Sequence[str | Item],
    *,
    by: str | Item | None = None,
    of: Of = "respondents",
    interval: Interval | None = None,
) -> Table:
    """Count the answers to one item or several, for everyone or for each group.

    Parameters
    ----------
    responses
        One row for each unit of the source, or its Cells (with ``numeric="values"`` where a
        numeric item is counted).
    item
        Id of an item, the item itself, or a list of them. The shares of a multiple item can
        sum to more than 1. A numeric item is counted by value.
    by
        A nominal or ordinal item: one group for each of its values.
    of
        ``respondents``: the base is the units that were asked and answered.
        ``asked``: the base is the units that were asked; missing codes and no answer are rows.
        ``answers``: the base is the ticks of a multiple item.
    interval
        Demand an interval, refused where the design does not carry one: ``wilson`` [1]_,
        ``clopper-pearson`` [2]_ or ``hypergeometric`` [3]_ for simple random samples; ``logit``,
        ``beta`` (Korn-Graubard) [4]_ or ``t`` for any design. When left out: Wilson for simple
        random samples, logit for other designs and weights, where the design carries one.

    Returns
    -------
    Table
        One row for each item, group and value, also for a value that nobody chose.

        - ``item``, `by`, ``value``: ids
        - ``n``: units that gave this answer (ticks when ``of="answers"``), unweighted
        - ``base``: units in the group that were asked and answered (see `of`), unweighted
        - ``share``: n / base, from 0 to 1, weighted where the design has weights; absent when
          nobody is in the base
        - ``share_raw``: the unweighted share, beside a weighted one
        - ``low``, ``high``: 95 % interval of the share, absent where the design carries none;
          the method stands in the basis. With a declared population it is about that population.
        - ``low_deff2``, ``high_deff2``: the same for a design effect of 2, under the assumption
          "random within strata"
        - ``state``: ``shown`` or ``hidden`` (fewer units than the study shows)

    Raises
    ------
    DataError
        If there is no such item or group, the item is open, or an interval was demanded that
        the design does not carry.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Journal of the American Statistical Association, 22, 209-212.
    .. [2] Clopper, C. J. & Pearson, E. S. (1934). Biometrika, 26, 404-413.
    .. [3] Buonaccorsi, J. P. (1987). The American Statistician, 41, 215-218.
    .. [4] Korn, E. L. & Graubard, B. I. (1998). Survey Methodology, 24, 193-201.
    """
    items = [responses.item(one) for one in several(item)]
    _check(responses, items, of, interval)
    counted, group = counted_by(responses, items, by, numeric="values")
    sample = sample_of(settle(counted))
    method = _method(sample, interval, of, whole=group is None and not counted.conditions)
    tables = share_tables(sample, items, group) if of == "respondents" else []
    data = pd.concat([_with_ends(one, method) for one in tables], ignore_index=True) if tables \
        else pd.concat(_counted(sample, items, group, of), ignore_index=True)
    data = _arranged(data, group, weights=weighted(sample))
    data = _hide(data, counted, items, group, of)
    language = counted.source.language
    return Table(
        data=data,
        kind="frequency",
        title=about(items, group, language),
        units=(counted.source.units(1), counted.source.units(2)),
        base=base_words(counted, items, data, of),
        basis=_basis(sample, method) if of == "respondents" else "",
        notes=(*item_notes(counted, items, of=of), *design_notes(sample),
               *_edge_note(tables, method, language)),
        sources=(counted.source,),
        labels=_labels(counted, items, group),
        language=language,
        part=counted.base_words(),
        adds_up=all(one.kind != "multiple" for one in items),
    )


def _check(responses: Responses | Cells, items: list[Item], of: str, interval: str | None) -> None:
    source = responses.source.name
    for one in items:
        if one.kind == "open":
            raise DataError(
                f"{source}: {one.name} is open; open answers are coded, not counted. "
                "Choose a closed or numeric item."
            )
        if of == "answers" and one.kind != "multiple":
            raise DataError(
                f"{source}: of='answers' counts ticks, and {one.name} is {one.kind}. "
                "Leave of out, or choose a multiple item."
            )
    if of not in SHARES_OF:
        raise DataError(f"{source}: of={of!r} is unknown. Use one of {', '.join(SHARES_OF)}.")
    if interval not in (None, *METHODS):
        raise DataError(
            f"{source}: interval={interval!r} is unknown. Use one of {', '.join(METHODS)}, or "
            "leave it out."
        )
    if interval and of == "answers":
        raise DataError(
            f"{source}: ticks of one respondent hang together, so a share of answers has no "
            "interval. Use of='respondents'."
        )
    if interval:
        require_interval(responses)


def _counted(
    sample: Sample, items: Sequence[Item], group: Item | None, of: str
) -> list[pd.DataFrame]:
    """Count ticks or all who were asked; these have no interval."""
    groups = sample.cells.values(group) if group else (None,)
    return [_counts(sample.cells, item, name, of).assign(
        item=item.name, group=name, low=np.nan, high=np.nan) for item in items for name in groups]


def _counts(counted: Cells, item: Item, group: str | None, of: str) -> pd.DataFrame:
    """Count ticks, or every answer and every reason why there is none."""
    rows = counted.of(item)
    rows = rows if group is None else rows[(rows["group"] == group).to_numpy()]
    values = counted.values(item) + ((*item.missing, NO_ANSWER) if of == "asked" else ())
    sums = rows[rows["role"] != BASE].groupby("value")[["n", "w"]].sum()
    sums = sums.reindex(values, fill_value=0)
    asked = (BASE if item.kind == "multiple" else VALUE, OUTSIDE)
    roles = asked if of == "asked" else (VALUE,)
    inside = rows[rows["role"].isin(roles) & (rows["value"] != NOT_ASKED)]
    n, w = inside["n"].sum(), inside["w"].sum()
    return pd.DataFrame({
        "value": list(values), "n": sums["n"].to_numpy(), "base": n,
        "share": sums["w"].to_numpy() / (w or np.nan),
        "share_raw": sums["n"].to_numpy() / (n or np.nan),
    })


def _method(sample: Sample, interval: str | None, of: str, *, whole: bool) -> str | None:
    """Return which interval is given, none where the design or the base carries none."""
    if of != "respondents" or why_no_interval(sample.cells):
        return None
    if interval:
        require_method(sample, interval, whole=whole)
    return interval or default_method(sample)


def _with_ends(shares: Shares, method: str | None) -> pd.DataFrame:
    """Put the intervals beside the shares."""
    data = shares.frame.assign(low=np.nan, high=np.nan)
    if method is None:
        return data
    ends = share_ends(shares, method)
    data = data.assign(low=ends[:, 0], high=ends[:, 1])
    if not within_strata(shares.sample.cells.assumption):
        return data
    wider = share_ends(shares, method, deff=2.0)
    return data.assign(low_deff2=wider[:, 0], high_deff2=wider[:, 1])


def _arranged(data: pd.DataFrame, group: Item | None, *, weights: bool) -> pd.DataFrame:
    """Put the columns in order; the unweighted share stands beside a weighted one only."""
    keys = ["item", *([group.name] if group else []), "value"]
    numbers = ["n", "base", "share", *(["share_raw"] if weights else []), "low", "high"]
    numbers += [name for name in ("low_deff2", "high_deff2") if name in data]
    return data.rename(columns={"group": group.name} if group else {})[[*keys, *numbers]]


def _edge_note(tables: Sequence[Shares], method: str | None, language: str) -> list[str]:
    edge = any(at_an_edge(one, method) for one in tables)
    return [label("edge_note", language)] if edge else []


def _basis(sample: Sample, method: str | None) -> str:
    if method == "wilson" and sample.finite:
        return basis_words(sample.cells, "wilson_finite")
    return basis_words(sample.cells, method or "wilson")


def _hide(
    data: pd.DataFrame, responses: Cells, items: list[Item], group: Item | None, of: str
) -> pd.DataFrame:
    """Take out the counts that are too small to show."""
    multiple = {one.name for one in items if one.kind == "multiple"}
    keys = ["item", *([group.name] if group else [])]
    hidden = pd.Series(False, index=data.index)
    whole = pd.Series(False, index=data.index)
    for key, part in data.groupby(keys, sort=False) if responses.source.minimum > 1 else ():
        base, minimum = part["base"].iloc[0], responses.source.minimum
        partition = key[0] not in multiple or of == "answers"
        hidden[part.index] = too_small(part["n"].to_numpy(), base, minimum, partition=partition)
        whole[part.index] = 0 < base < minimum
    shown = [name for name in NUMBERS if name in data]
    numbers = data[shown].astype(float).mask(hidden, axis=0)
    return data.assign(
        **numbers, base=data["base"].astype(float).mask(whole),
        state=hidden.map({True: "hidden", False: "shown"}),
    )


def _labels(
    responses: Cells, items: list[Item], group: Item | None
) -> dict[str, dict[str, str]]:
    language = responses.source.language
    labels = item_labels(items, language)
    labels["value"][NO_ANSWER] = label("no_answer", language)
    return labels | (dimension_labels(group, language) if group else {})
