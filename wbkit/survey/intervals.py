"""Intervals of a share, and when the design of a source allows one."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from wbkit.errors import DataError
from wbkit.labels import label, number
from wbkit.nouns.item import Item
from wbkit.nouns.response import ANSWERED, NOT_ASKED, Responses

Method = Literal["wilson"]
UNEQUAL = ("stratified", "cluster")  # the formula is for a simple random sample; here it misleads


def share_interval(n: float, base: float, method: Method = "wilson") -> tuple[float, float]:
    """Return the 95 % interval of a share of a simple random sample.

    Parameters
    ----------
    n
        Units with the answer.
    base
        Units that answered.
    method
        ``wilson``: the score interval without continuity correction [1]_.

    Returns
    -------
    tuple of float
        Lower and upper end, from 0 to 1.

    Raises
    ------
    DataError
        If `base` is not positive, `n` lies outside 0 to `base`, or the method is unknown.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Journal of the American Statistical Association, 22, 209-212.
    """
    if method != "wilson":
        raise DataError(f"share_interval: there is no method {method!r}. Use 'wilson'.")
    if not 0 <= n <= base or base <= 0:
        raise DataError(
            f"share_interval: {n} of {base} is no share. "
            "n lies between 0 and base, and base is more than 0."
        )
    low, high = share_intervals(pd.Series([n]), pd.Series([base]))
    return float(low[0]), float(high[0])


def share_intervals(n: pd.Series, base: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and upper ends of many shares at once, absent where the base is."""
    low, high = (np.full(len(n), np.nan) for _ in range(2))
    known = base.notna().to_numpy()
    if known.any():
        low[known], high[known] = proportion_confint(
            n[known].to_numpy(dtype=float), base[known].to_numpy(dtype=float), alpha=0.05,
            method="wilson")
    return low, high


def why_no_interval(responses: Responses) -> str | None:
    """Return the reason why this source carries no interval yet, or None when it may.

    The reason is a key of the label table.
    """
    never = _why_never(responses)
    return never if never or responses.assumption else _why_not_yet(responses)


def _why_never(responses: Responses) -> str | None:
    """Return why no assumption gives an interval either."""
    design = responses.source.design
    if design is None:
        return "no_interval_design"
    if design.kind == "joint":
        return "no_interval_joint"
    if design.kind != "census":
        return None
    if _invited(responses) is None:
        return "no_interval_invited"
    return "no_interval_census" if _everyone_answered(responses) else None


def _why_not_yet(responses: Responses) -> str | None:
    design = responses.source.design
    if design.kind == "convenience":
        return "no_interval_convenience"
    if design.kind in UNEQUAL:
        return "no_interval_unequal"
    if _invited(responses) is None:
        return "no_interval_invited"
    return None if _everyone_answered(responses) else "no_interval_response"


def basis_words(responses: Responses, items: Sequence[Item] = ()) -> str:
    """Return the words under a Table that say on what its intervals rest.

    Of a random sample, who skipped one of the items is no longer there by lot.
    """
    language = responses.source.language
    reason = why_no_interval(responses)
    if responses.source.kind == "list" and not responses.assumption:
        return ""
    if reason:
        return label(reason, language, **_counts(responses))
    if responses.assumption:
        return label("interval_assumed", language, words=responses.assumption)
    skipped = any(_skipped(responses, item) for item in items)
    return label("interval_skipped" if skipped else "interval_drawn", language)


def require_interval(responses: Responses) -> None:
    """Refuse an interval that the design does not carry."""
    reason = why_no_interval(responses)
    if reason:
        words = label(reason, "en", **_counts(responses))
        raise DataError(f"{responses.source.name}: {words} {ADVICE[reason]}")


ADVICE = {
    "no_interval_design": "Add a design to the source in study.toml.",
    "no_interval_joint": "Show counts of the joint answers, without interval.",
    "no_interval_census": "Leave the interval out.",
    "no_interval_convenience": 'State the assumption first: assume(responses, "…").',
    "no_interval_unequal": 'Leave the interval out, or state the assumption: assume(…, "…").',
    "no_interval_invited": "Write in study.toml how many were drawn or asked: invited = … in the "
                           "design of the source (or population = … of a census); of a DataFrame: "
                           'responses(…, design=Design(kind="srs", invited=…)).',
    "no_interval_response": 'State the assumption first: assume(responses, "…").',
}


def _skipped(responses: Responses, item: Item) -> bool:
    """Whether a unit that was asked is not in the base."""
    state = responses.state(item)[responses.domain]
    return bool((~state.isin([ANSWERED, NOT_ASKED])).any())


def _counts(responses: Responses) -> dict[str, str]:
    source = responses.source
    n, invited = len(responses.data), _invited(responses)
    return {
        "n": number(n, source.language),
        "invited": number(invited, source.language) if invited else "",
        "units": source.units(2),
        "people": number(source.design.people, source.language)
        if source.design and source.design.people else "",
    }


def _invited(responses: Responses) -> int | None:
    design = responses.source.design
    if design is None:
        return None
    return design.invited or (design.population if design.kind == "census" else None)


def _everyone_answered(responses: Responses) -> bool:
    """Whether every unit that was drawn or invited is in the data."""
    return len(responses.data) >= _invited(responses)
