"""Intervals of a share, and when the design of a source allows one."""

from typing import Literal

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _, message, number
from wbkit.stats.calibration import kish
from wbkit.stats.intervals import clopper_pearson, finite_base, hypergeometric, wilson
from wbkit.study.design import Calibration, Design
from wbkit.study.item import NOT_ASKED, Item
from wbkit.survey.design.linearisation import Sample
from wbkit.survey.design.margins import neighbour
from wbkit.survey.design.sampling import AND, APART, SPARSE, strata_items, within_strata
from wbkit.table.count_layouts import SHOWN
from wbkit.table.facts import Count, Fact
from wbkit.table.statements.survey import (
    Clusters,
    Finite,
    Flat,
    Kish,
    LeftOut,
    Lone,
    Merged,
    Moved,
    QuantileEnd,
    Raked,
    Strata,
    Tiny,
    Trimmed,
    WeightedBy,
    WeightedTo,
)

Method = Literal["wilson", "clopper-pearson", "hypergeometric"]
METHODS = ("wilson", "clopper-pearson", "hypergeometric")
LEAST_MOVED, MOST_MOVED = 0.0005, 10  # of a margin after trimming: what is said of it
UNEQUAL = ("stratified", "cluster")  # the formula is for a simple random sample; here it misleads


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
        raise DataError(_(
            "share_interval: there is no method {method!r}. Use 'wilson', 'clopper-pearson' or "
            "'hypergeometric'.",
            method=method))
    if not 0 <= n <= base or base <= 0:
        raise DataError(_(
            "share_interval: {n} of {base} is no share. n lies between 0 and base, and base is "
            "more than 0.",
            n=n, base=base))
    if method == "hypergeometric" and population is None:
        raise DataError(_("share_interval: 'hypergeometric' needs the population. Name it."))
    if population is not None and population < base:
        raise DataError(_(
            "share_interval: {base} were drawn out of {population}. The population is at least as "
            "large as the base.",
            base=base, population=population))


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

    The reason is a key of messages.toml.
    """
    design = responses.source.design
    if design is None:
        return "no_interval_design"
    if design.kind == "joint":
        return "no_interval_joint"
    if (invited := invited_units(design)) is not None and responses.sample > invited:
        counted = design.kind == "census" and design.population
        return "no_interval_more" if counted else "no_interval_more_invited"
    never = _why_not_of_census(responses) if design.kind == "census" else None
    if never or responses.assumption:
        return never
    if design.kind == "convenience":
        return "no_interval_convenience"
    if design.kind in UNEQUAL and not design.drawn_by:
        return "no_interval_unequal"
    if invited is None:
        return "no_interval_invited"
    return None if responses.sample == invited else "no_interval_response"


def _why_not_of_census(responses: Responses | Cells) -> str | None:
    """Return why no assumption gives an interval of a census either."""
    invited = invited_units(responses.source.design)
    if invited is None:
        return "no_interval_invited"
    return "no_interval_census" if responses.sample == invited else None


def follows_design(responses: Responses | Cells, interval: str | None) -> bool:
    """Whether shares are computed from Cells: for a design that the plain formula does not know."""
    design = responses.source.design
    finite = bool(design and design.population) and why_no_interval(responses) is None
    return (isinstance(responses, Cells) or bool(design and design.drawn_by) or finite
            or within_strata(responses.assumption) or interval not in (None, "wilson"))


def require_interval(responses: Responses | Cells, asked: str = "") -> None:
    """Refuse an interval that the design does not carry; `asked` is a message around the reason."""
    if why_no_interval(responses):
        language = responses.source.language
        words = reason_words(responses, language)
        words = message(asked, language, words=words) if asked else words
        raise DataError(f"{responses.source.name}: {words} {advice(responses, 'the_interval')}")


def advice(responses: Responses | Cells, what: str) -> str:
    """Say what to do where the design carries no interval or test; `what` is one of the two."""
    language, reason = responses.source.language, why_no_interval(responses) or ""
    key = reason.replace("no_interval", "advice")
    return message(key, language, what=message(what, language)) if reason else ""


def reason_words(responses: Responses | Cells, language: str) -> str:
    """Say why there is no interval; empty where there may be one."""
    reason = why_no_interval(responses)
    return message(reason, language, **_counts(responses, language)) if reason else ""


def skipped(responses: Responses | Cells, item: Item) -> bool:
    """Whether a unit that was asked is not in the base."""
    return any(n for why, n in responses.state_counts(item).items() if why != NOT_ASKED)


def _counts(responses: Responses | Cells, language: str) -> dict[str, str]:
    n, design = responses.sample, responses.source.design
    invited = invited_units(design) if design else None
    return {
        "n": number(n, language),
        "invited": number(invited, language) if invited else "",
        "units": responses.source.units(2, language),
    }


def invited_units(design: Design) -> int | None:
    """Return how many units were drawn or invited, where that is declared."""
    if design.kind == "census":  # everyone was meant to answer, also who was never reached
        return design.population or design.invited
    return design.invited


def weighted(sample: Sample) -> bool:
    """Whether some units count for more than others."""
    deff, _ = kish(*_sums(sample))
    return bool(deff > 1 + 1e-12)


def _sums(sample: Sample) -> tuple[float, float, float]:
    parts = sample.parts
    if not parts.w.sum():
        return 1.0, 1.0, 1.0
    return float(parts.n.sum()), float(parts.w.sum()), float(parts.w2.sum())


def design_facts(
    sample: Sample, *, about: str = "interval", finite: bool = True
) -> list[Fact]:
    """State weights, strata, clusters and a finite population."""
    if sample.cells.source.design is None:
        return []
    cells = sample.cells
    return [*left_out_facts(cells), *_strata_facts(cells, about), *_cluster_facts(cells),
            *_weight_facts(sample), *(_finite_facts(sample) if finite else [])]


def lone_facts(cells: Cells, rows: pd.DataFrame) -> list[Fact]:
    """State why shown rows that somebody is in lack an end, where the design carries one."""
    shown = (rows["n"] > 0) & (rows["state"] == SHOWN)
    known, flat = rows["df"].notna(), rows["se"] == 0
    short = shown & known & rows[["low", "high"]].isna().any(axis=1)
    due = [(Lone(), shown & ~known & rows["low"].isna()), (Flat(), short & flat),
           (QuantileEnd(), short & ~flat)]
    return [fact for fact, places in due if places.any()]


def left_out_facts(cells: Cells) -> list[Fact]:
    """State how many units were left out, because they could not be weighted."""
    design = cells.source.design
    return [LeftOut(Count(cells.left_out), bool(design.weight and not design.calibration))] \
        if cells.left_out else []


def _strata_facts(cells: Cells, about: str) -> list[Fact]:
    items = tuple(strata_items(cells.source.design))
    if not within_strata(cells.assumption) or not items:
        return []
    merged = tuple(tuple(tuple(one.split(APART)) for one in name.split(AND))
                   for name in cells.units["stratum"].unique() if AND in name)
    named = merged if cells.source.minimum <= 1 else ()  # few real people are not named
    return [Strata(items, about), *([Merged(items, named, SPARSE)] if merged else []),
            *([Raked()] if len(items) > 1 else [])]


def _cluster_facts(cells: Cells) -> list[Fact]:
    """State that clusters of one name in several strata are different clusters."""
    design = cells.source.design
    if not (design.cluster and design.strata):
        return []
    many = int((cells.units.groupby("psu")["stratum"].nunique() > 1).sum())
    return [Clusters(many, design.cluster[0], design.strata)] if many else []


def _weight_facts(sample: Sample) -> list[Fact]:
    if not weighted(sample):
        return []
    cells, design = sample.cells, sample.cells.source.design
    facts = _calibration_facts(cells, design.calibration) if design.calibration \
        else [WeightedBy(design.weight or "")]
    n, w, w2 = _sums(sample)
    n -= 0 if cells.conditions else cells.drawn["n_weightless"].sum()  # these count for nothing
    deff, effective = kish(n, w, w2)
    return [*facts, Kish(Count(n), deff, effective, bool(design.cluster))]


def _calibration_facts(cells: Cells, calibration: Calibration) -> list[Fact]:
    facts: list[Fact] = [WeightedTo(calibration.method, tuple(calibration.items))]
    if calibration.untrimmed is not None:
        return facts + (_trimmed_facts(cells, calibration) if calibration.cut else [])
    counts = cells.units.groupby("margin_cell")["n"].sum()
    return facts + [_tiny_fact(cells, tuple(calibration.items), name, int(n))
                    for name, n in counts[counts < SPARSE].items()]


def _trimmed_facts(cells: Cells, calibration: Calibration) -> list[Fact]:
    """State which weights were cut, and which margins moved, those that moved most first."""
    names = cells.drawn["margin_cell"].tolist()
    values = [dict(zip(calibration.items, one.split(APART), strict=False)) for one in names]
    moved = []
    for margin in calibration.margins:
        whole = sum(count for _, count in margin.counts)
        combined = [tuple(one[name] for name in margin.items) for one in values]
        shares = []
        for known, count in margin.counts:
            inside = np.array([one == known for one in combined], dtype=bool)
            share = float(cells.drawn["w"][inside].sum() / cells.drawn["w"].sum())
            n = Count(int(cells.drawn["n"][inside].sum()))
            shares.append(Moved(margin.items, known, count / whole, share, n))
        if not any(0 < one.n.n < cells.source.minimum for one in shares):  # the others would tell
            moved += [one for one in shares if abs(one.share - one.wanted) >= LEAST_MOVED]
    moved.sort(key=lambda one: -abs(one.share - one.wanted))
    return [Trimmed(*calibration.ends, Count(calibration.cut)), *moved[:MOST_MOVED]]


def _tiny_fact(cells: Cells, items: tuple[str, ...], name: str, n: int) -> Tiny:
    """State a cell with few units, and the merge to consider: with the value next to it."""
    *others, last = name.split(APART)
    known = cells.item(items[-1]).categories
    near = (*others, neighbour(known, last)) if last in known and len(known) > 1 else ()
    return Tiny(items, (*others, last), near, Count(n))


def _finite_facts(sample: Sample) -> list[Fact]:
    cells = sample.cells
    if not sample.finite or why_no_interval(cells):
        return []
    design = cells.source.design
    return [Finite(None if design.fpc else design.population)]
