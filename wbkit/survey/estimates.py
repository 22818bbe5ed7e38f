"""Statistics of the population, with standard errors that know the design."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.basis.hiding import too_small
from wbkit.basis.shares import student
from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.nouns.count_table import Cells
from wbkit.nouns.item import Item
from wbkit.nouns.responses import Responses
from wbkit.nouns.table import Table
from wbkit.survey.captions import about, base_words, dimension_labels, item_labels, item_notes
from wbkit.survey.counting import counted_by
from wbkit.survey.design_notes import design_notes
from wbkit.survey.intervals import basis_words, require_interval, why_no_interval
from wbkit.survey.linearising import Sample, sample_of
from wbkit.survey.settling import settle, within_strata
from wbkit.survey.statistics import (
    Found,
    mean,
    quantiles,
    ratio,
    require_numeric,
    shares,
    total,
)

Statistic = Literal["mean", "total", "share", "ratio", "quantile"]
STATISTICS = ("mean", "total", "share", "ratio", "quantile")
NUMBERS = ["estimate", "se", "low", "high", "low_deff2", "high_deff2", "df", "deff"]


def estimate(
    responses: Responses | Cells,
    item: str | Item,
    statistic: Statistic = "mean",
    *,
    by: str | Item | None = None,
    per: str | Item | None = None,
    q: float | Sequence[float] | None = None,
) -> Table:
    """Estimate a statistic of the population, for everyone or for each group.

    Standard errors are linearised (Taylor) for the design of the source [1]_ [2]_; groups and
    `where` are domains, so that the design stays whole.

    Parameters
    ----------
    responses
        One row for each unit of the source, or its Cells (for a quantile those made with
        ``numeric="values"``).
    item
        A numeric item; for ``share`` a nominal, ordinal or multiple item.
    statistic
        ``mean``, ``total``, ``share`` (of each value), ``ratio`` (total of `item` divided by
        total of `per`) or ``quantile``.
    by
        A nominal or ordinal item: one group for each of its values.
    per
        The numeric item below the line of a ratio.
    q
        Which quantiles, between 0 and 1; 0.5 when left out.

    Returns
    -------
    Table
        One row for each group and statistic.

        - `by`, ``item``, ``value`` (of a share or quantile): ids
        - ``estimate``, ``se``: the statistic and its standard error
        - ``low``, ``high``: 95 % interval, estimate ± t se; for a quantile Woodruff's; absent
          where the design carries none
        - ``low_deff2``, ``high_deff2``: the same for a design effect of 2, under the assumption
          "random within strata"
        - ``df``: degrees of freedom, sampling units less strata
        - ``deff``: variance divided by that of a simple random sample as large
        - ``n``: units that answered
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the item does not fit the statistic, a stratum holds one sampling unit, or a total is
        asked of units that are no sample.

    References
    ----------
    .. [1] Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling.
    .. [2] Lumley, T. (2004). Journal of Statistical Software, 9(8), 1-19.
    """
    item = responses.item(item)
    other = responses.item(per) if per is not None else None
    wanted = _quantiles(responses, statistic, q)
    _check(responses, item, statistic, other)
    numeric = "values" if statistic == "quantile" else "moments"
    counted, group = counted_by(responses, [[item, other]] if other else [item], by,
                                numeric=numeric)
    sample = sample_of(settle(counted))
    compute = {
        "mean": partial(mean, sample, item), "total": partial(total, sample, item),
        "share": partial(shares, sample, item), "ratio": partial(ratio, sample, item, other),
        "quantile": partial(quantiles, sample, item, wanted),
    }[statistic]
    data = _data(sample.cells, item, group, compute)
    return _table(sample, (item, other), group, statistic, data)


def _quantiles(responses: Responses | Cells, statistic: str, q: object) -> tuple[float, ...]:
    if q is None:
        return (0.5,)
    wanted = (float(q),) if np.isscalar(q) else tuple(float(one) for one in q)
    if statistic != "quantile" or not wanted or not all(0 < one < 1 for one in wanted):
        raise DataError(
            f"{responses.source.name}: q={q!r} does not fit. Give shares between 0 and 1, with "
            "statistic='quantile'."
        )
    return wanted


def _check(
    responses: Responses | Cells, item: Item, statistic: str, per: Item | None
) -> None:
    name = responses.source.name
    if statistic not in STATISTICS:
        raise DataError(
            f"{name}: statistic={statistic!r} is unknown. Use one of {', '.join(STATISTICS)}."
        )
    if (statistic == "ratio") != (per is not None):
        raise DataError(f"{name}: a ratio, and only a ratio, needs per: the item below the line.")
    if statistic != "share":
        for one in filter(None, (item, per)):
            require_numeric(one, statistic, name)
    elif not item.closed:
        raise DataError(
            f"{name}: a share needs a closed item; {item.name} is {item.kind}. Use "
            "statistic='mean', or frequency for each number."
        )
    design = responses.source.design
    if statistic == "total" and not (design and design.weight):
        require_interval(responses)


def _data(
    counted: Cells, item: Item, group: Item | None, compute: Callable[[str | None], Found]
) -> pd.DataFrame:
    interval = why_no_interval(counted) is None
    second = interval and within_strata(counted.assumption)
    parts = []
    for name in counted.values(group) if group else (None,):
        found = compute(name)
        numbers = _numbers(found) if interval and found.df > 0 and found.base else {}
        rows = _rows(found, numbers, counted.source.minimum, partition=item.kind != "multiple")
        keys = ({group.name: name} if group else {}) | {"item": item.name}
        parts.append(pd.DataFrame({**keys, "value": found.values}).join(rows))
    data = pd.concat(parts, ignore_index=True)
    return data.drop(columns=[name for name in _unused(data, second=second) if name in data])


def _unused(data: pd.DataFrame, *, second: bool) -> list[str]:
    return [*(["value"] if (data["value"] == "").all() else []),
            *(["deff"] if data["deff"].isna().all() else []),
            *([] if second else ["low_deff2", "high_deff2"])]


def _numbers(found: Found) -> dict[str, np.ndarray]:
    """Compute standard errors and intervals of one group."""
    pairs = list(zip(found.estimate, found.se, strict=True))
    ends = np.array([student(*pair, found.df) for pair in pairs])
    second = np.array([student(one, se * np.sqrt(2), found.df) for one, se in pairs])
    if found.ends is not None:
        ends, second = found.ends(), ends * np.nan
    return {"se": found.se, "low": ends[:, 0], "high": ends[:, 1], "low_deff2": second[:, 0],
            "high_deff2": second[:, 1], "df": np.full(len(pairs), float(found.df)),
            "deff": found.deff}


def _rows(
    found: Found, numbers: dict[str, np.ndarray], minimum: int, *, partition: bool
) -> pd.DataFrame:
    """Lay out the statistics of one group; take out what is too small to show."""
    hidden = _hidden(found, minimum, partition=partition)
    absent = np.full(len(hidden), np.nan)
    columns = {"estimate": found.estimate} | {name: numbers.get(name, absent)
                                              for name in NUMBERS[1:]}
    data = pd.DataFrame({name: np.where(hidden, np.nan, one) for name, one in columns.items()})
    return data.assign(n=np.nan if 0 < found.base < minimum else float(found.base),
                       state=np.where(hidden, "hidden", "shown"))


def _hidden(found: Found, minimum: int, *, partition: bool) -> np.ndarray:
    if len(found.values) > 1 and found.ends is None:
        return too_small(found.counts, found.base, minimum, partition=partition)
    return np.full(len(found.values), 0 < found.base < minimum)


def _table(
    sample: Sample, items: tuple[Item, Item | None], group: Item | None, statistic: str,
    data: pd.DataFrame,
) -> Table:
    counted, (item, per) = sample.cells, items
    source, language = counted.source, counted.source.language
    words = label(f"estimate_{statistic}", language,
                  per=per.words(language, short=True) if per else "")
    method = "woodruff" if statistic == "quantile" else "t"
    return Table(
        data=data,
        kind="estimate",
        title=label("estimate_title", language, title=about([item], group, language),
                    statistic=words),
        units=(source.units(1), source.units(2)),
        base=base_words(counted, [item], data.assign(base=data["n"]), "respondents"),
        basis=basis_words(counted, method),
        notes=(*item_notes(counted, [item]), *design_notes(sample)),
        sources=(source,),
        labels=_labels(item, group, statistic, language),
        language=language,
        part=counted.base_words(),
        adds_up=False,
    )


def _labels(
    item: Item, group: Item | None, statistic: str, language: str
) -> dict[str, dict[str, str]]:
    labels = item_labels([item], language) | {"column": {}}
    labels |= dimension_labels(group, language) if group else {}
    if statistic == "quantile":
        labels["column"] |= {"value": label("estimate_quantile", language)}
    return labels | {"measure": {"estimate": "share"} if statistic == "share" else {}}
