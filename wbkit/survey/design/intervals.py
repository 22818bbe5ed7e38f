"""Intervals of a share, and when the design of a source allows one."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import NOT_ASKED, Responses
from wbkit.errors import DataError
from wbkit.labels import label, listing, number
from wbkit.stats.calibration import kish
from wbkit.stats.intervals import clopper_pearson, finite_base, hypergeometric, wilson
from wbkit.study.design import Calibration
from wbkit.study.item import Item
from wbkit.survey.design.linearisation import Sample
from wbkit.survey.design.margins import neighbour
from wbkit.survey.design.sampling import AND, APART, SPARSE, strata_items, within_strata
from wbkit.table.layout import SHOWN

Method = Literal["wilson", "clopper-pearson", "hypergeometric"]
METHODS = ("wilson", "clopper-pearson", "hypergeometric")
UNEQUAL = ("stratified", "cluster")  # the formula is for a simple random sample; here it misleads
ADVICE = {
    "no_interval_design": "Add a design to the source in study.toml.",
    "no_interval_joint": "Show counts of the joint answers, without interval.",
    "no_interval_census": "Leave the interval out.",
    "no_interval_more": "Correct population in the design, or set rows aside.",
    "no_interval_convenience": 'State the assumption first: assume(responses, "…").',
    "no_interval_unequal": "Name strata or cluster in the design, or state the assumption: "
                           'assume(responses, "…").',
    "no_interval_invited": "Write in study.toml how many were drawn or asked: invited = … in the "
                           "design of the source (or population = … of a census); of a DataFrame: "
                           'responses(…, design=Design(kind="srs", invited=…)).',
    "no_interval_response": 'State the assumption first: assume(responses, "…").',
}


def share_interval(
    n: float, base: float, method: Method = "wilson", *, population: int | None = None
) -> tuple[float, float]:
    """Return the 95 % interval of a share of a simple random sample.

    Parameters
    ----------
    n
        Units with the answer.
    base
        Units that answered.
    method
        ``wilson``: the score interval without continuity correction [1]_; with a `population`
        on the base (N - 1) / (N - n) times as large. ``clopper-pearson``: exact [2]_.
        ``hypergeometric``: exact in a finite population [3]_.
    population
        Units out of which the `base` units were drawn.

    Returns
    -------
    tuple of float
        Lower and upper end, from 0 to 1.

    Raises
    ------
    DataError
        If `base` is not positive, `n` lies outside 0 to `base`, the method is unknown, or
        ``hypergeometric`` comes without a population.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Journal of the American Statistical Association, 22, 209-212.
    .. [2] Clopper, C. J. & Pearson, E. S. (1934). Biometrika, 26, 404-413.
    .. [3] Buonaccorsi, J. P. (1987). The American Statistician, 41, 215-218.
    """
    _check(n, base, method, population)
    if population is not None and population == base:
        return float(n / base), float(n / base)
    if method == "hypergeometric":
        return hypergeometric(int(n), int(base), population)
    if method == "clopper-pearson":
        low, high = clopper_pearson(n, base)
    else:
        effective = base if population is None else finite_base(base, base, population)
        low, high = wilson(n / base * effective, effective)
    return float(low), float(high)


def _check(n: float, base: float, method: str, population: int | None) -> None:
    if method not in METHODS:
        raise DataError(
            f"share_interval: there is no method {method!r}. Use 'wilson', 'clopper-pearson' or "
            "'hypergeometric'."
        )
    if not 0 <= n <= base or base <= 0:
        raise DataError(
            f"share_interval: {n} of {base} is no share. "
            "n lies between 0 and base, and base is more than 0."
        )
    if method == "hypergeometric" and population is None:
        raise DataError("share_interval: 'hypergeometric' needs the population. Name it.")
    if population is not None and population < base:
        raise DataError(
            f"share_interval: {base} were drawn out of {population}. The population is at least "
            "as large as the base."
        )


def share_intervals(
    n: np.ndarray | pd.Series, base: np.ndarray | pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and upper ends of many shares at once, absent where the base is."""
    n, base = np.asarray(n, dtype=float), np.asarray(base, dtype=float)
    low, high = (np.full(len(n), np.nan) for _ in range(2))
    known = ~np.isnan(base)
    if known.any():
        low[known], high[known] = wilson(n[known], base[known])
    return low, high


def why_no_interval(responses: Responses | Cells) -> str | None:
    """Return the reason why this source carries no interval yet, or None when it may.

    The reason is a key of the label table.
    """
    never = _why_never(responses)
    return never if never or responses.assumption else _why_not_yet(responses)


def _why_never(responses: Responses | Cells) -> str | None:
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
    if responses.sample > _invited(responses):
        return "no_interval_more"
    return "no_interval_census" if _everyone_answered(responses) else None


def _why_not_yet(responses: Responses | Cells) -> str | None:
    design = responses.source.design
    if design.kind == "convenience":
        return "no_interval_convenience"
    if design.kind in UNEQUAL and not design.drawn_by:
        return "no_interval_unequal"
    if _invited(responses) is None:
        return "no_interval_invited"
    return None if _everyone_answered(responses) else "no_interval_response"


def basis_words(
    responses: Responses | Cells, items: Sequence[Item] = (), method: str = "wilson"
) -> str:
    """Return the words under a Table that say on what its intervals rest.

    Of a random sample, who skipped one of the items is no longer there by lot.
    """
    language = responses.source.language
    reason = why_no_interval(responses)
    if responses.source.kind == "list" and not responses.assumption:
        return ""
    if reason:
        return reason_words(responses, language)
    words = label(f"interval_{method}", language)
    return label(basis_key(responses, items, "interval"), language, words=responses.assumption,
                 method=words)


def basis_key(responses: Responses | Cells, items: Sequence[Item], about: str) -> str:
    """Return the key of the words that say on what an interval or a test rests."""
    if responses.assumption:
        return f"{about}_assumed"
    skipped = any(_skipped(responses, item) for item in items)
    return f"{about}_skipped" if skipped else f"{about}_drawn"


def require_interval(responses: Responses | Cells, before: str = "") -> None:
    """Refuse an interval that the design does not carry; `before` says what was asked."""
    reason = why_no_interval(responses)
    if reason:
        raise DataError(f"{responses.source.name}: {before}{reason_words(responses, 'en')} "
                        f"{ADVICE[reason]}")


def reason_words(responses: Responses | Cells, language: str) -> str:
    """Say why there is no interval; empty where there may be one."""
    reason = why_no_interval(responses)
    return label(reason, language, **_counts(responses, language)) if reason else ""


def _skipped(responses: Responses | Cells, item: Item) -> bool:
    """Whether a unit that was asked is not in the base."""
    return any(n for why, n in responses.state_counts(item).items() if why != NOT_ASKED)


def _counts(responses: Responses | Cells, language: str) -> dict[str, str]:
    n, invited = responses.sample, _invited(responses)
    return {
        "n": number(n, language),
        "invited": number(invited, language) if invited else "",
        "units": responses.source.units(2, language),
    }


def _invited(responses: Responses | Cells) -> int | None:
    design = responses.source.design
    if design is None:
        return None
    if design.kind == "census":  # everyone was meant to answer, also who was never reached
        return design.population or design.invited
    return design.invited


def _everyone_answered(responses: Responses | Cells) -> bool:
    """Whether every unit that was drawn or invited is in the data."""
    return responses.sample >= _invited(responses)


def design_notes(
    sample: Sample, *, strata: str = "strata_note", finite: bool = True
) -> list[str]:
    """Return the lines about weights, strata, clusters and a finite population under a Table."""
    if sample.cells.source.design is None:
        return []
    return [*left_out_note(sample.cells), *_strata(sample.cells, strata), *_clusters(sample.cells),
            *_weights(sample), *(_finite(sample) if finite else [])]


def lone_note(cells: Cells, rows: pd.DataFrame) -> list[str]:
    """Say why shown rows that somebody is in lack an end, where the design carries an interval."""
    shown = (rows["n"] > 0) & (rows["state"] == SHOWN)
    known = rows["df"].notna()
    due = {"lone_note": shown & ~known & rows["low"].isna(),
           "quantile_end_note": shown & known & rows[["low", "high"]].isna().any(axis=1)}
    return [label(name, cells.source.language) for name, rows in due.items() if rows.any()]


def weighted(sample: Sample) -> bool:
    """Whether some units count for more than others."""
    deff, _ = kish(*_sums(sample))
    return bool(deff > 1 + 1e-12)


def _sums(sample: Sample) -> tuple[float, float, float]:
    parts = sample.parts
    if not parts.w.sum():
        return 1.0, 1.0, 1.0
    return float(parts.n.sum()), float(parts.w.sum()), float(parts.w2.sum())


def left_out_note(cells: Cells) -> list[str]:
    """Say how many units were left out, because they could not be weighted."""
    language, n = cells.source.language, cells.left_out
    if n < cells.source.minimum:
        return []
    design = cells.source.design
    key = "left_out_weight" if design.weight and not design.calibration else "left_out"
    return [label(key, language, n=number(n, language), units=cells.source.units(n))]


def _strata(cells: Cells, key: str) -> list[str]:
    design = cells.source.design
    if not within_strata(cells.assumption) or not strata_items(design):
        return []
    language = cells.source.language
    names = [cells.item(name).words(language, short=True) for name in strata_items(design)]
    notes = [label(key, language, units=cells.source.units(2),
                   margins=listing(names, language))]
    merged = [AND.join(_combined(cells, strata_items(design), one) for one in name.split(AND))
              for name in cells.units["stratum"].unique() if AND in name]
    if merged:
        notes.append(label("strata_merged", language, strata="; ".join(merged), least=SPARSE))
    if len(names) > 1:
        notes.append(label("strata_raked", language))
    return notes


def _combined(cells: Cells, items: Sequence[str], values: str) -> str:
    """Return the words of a combination of values, one for each item."""
    pairs = zip(items, values.split(APART), strict=False)
    language = cells.source.language
    return " × ".join(cells.item(name).value_words(language).get(value, value)
                      for name, value in pairs)


def _clusters(cells: Cells) -> list[str]:
    """Say that clusters of one name in several strata are different clusters."""
    design, language = cells.source.design, cells.source.language
    if not (design.cluster and design.strata):
        return []
    strata = cells.units.groupby("psu")["stratum"].nunique()
    many = int((strata > 1).sum())
    item, by = (cells.item(name).words(language, short=True)
                for name in (design.cluster[0], design.strata))
    return [label("clusters_note", language, n=number(many, language), item=item, strata=by)] \
        if many else []


def _weights(sample: Sample) -> list[str]:
    if not weighted(sample):
        return []
    cells, design = sample.cells, sample.cells.source.design
    source, language = cells.source, cells.source.language
    if design.calibration:
        notes = _calibrated(cells, design.calibration)
    elif design.weight:
        item = cells.item(design.weight).words(language, short=True)
        notes = [label("weighted_declared", language, item=item)]
    else:
        notes = [label("weighted_strata", language)]
    n, w, w2 = _sums(sample)
    deff, effective = kish(n, w, w2)
    return [*notes, label("kish_note", language, deff=number(deff, language, decimals=2),
                          n=number(n, language), units=source.units(n),
                          effective=number(effective, language)),
            *([label("kish_clusters", language)] if design.cluster else [])]


def _calibrated(cells: Cells, calibration: Calibration) -> list[str]:
    language = cells.source.language
    margins = [cells.item(name).words(language, short=True) for name in calibration.items]
    notes = [label("weighted_note", language, margins=listing(margins, language),
                   method=label(f"method_{calibration.method}", language))]
    counts = cells.units.groupby("margin_cell")["n"].sum()
    tiny = [_to_merge(cells, calibration.items, name) for name in counts.index[counts < SPARSE]]
    if tiny and calibration.untrimmed is None:
        notes.append(label("tiny_note", language, units=cells.source.units(2),
                           cells="; ".join(tiny)))
    return notes


def _to_merge(cells: Cells, items: Sequence[str], values: str) -> str:
    """Return the words of a combination, with the merge to consider: with the value next to it."""
    *others, last = values.split(APART)
    known, words = cells.item(items[-1]).categories, _combined(cells, items, values)
    if last not in known or len(known) < 2:
        return words
    near = neighbour(known, last)
    return label("tiny_merge", cells.source.language, cell=words,
                 near=_combined(cells, items, APART.join((*others, near))))


def _finite(sample: Sample) -> list[str]:
    cells = sample.cells
    if not sample.finite or why_no_interval(cells):
        return []
    source, population = cells.source, cells.source.design.population
    if population is None or cells.source.design.fpc:
        return [label("finite_note_fpc", source.language)]
    return [label("finite_note", source.language, units=source.units(2),
                  population=number(population, source.language))]
