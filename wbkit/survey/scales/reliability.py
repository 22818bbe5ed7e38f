"""How far the items of a scale hang together, and how alike units of one group are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.reliability import (
    Grouped,
    OneFactor,
    alpha_if_dropped,
    correlations,
    cronbach_alpha,
    feldt_interval,
    item_rest,
    maximum_likelihood,
    minimal_residuals,
    reml_icc,
    searle_interval,
)
from wbkit.study.item import ANSWERED, Item
from wbkit.study.scale import Scale
from wbkit.survey.design.intervals import why_no_interval
from wbkit.survey.design.sampling import within_strata
from wbkit.survey.scales.scoring import scores_of, with_scale
from wbkit.survey.scales.scoring_keys import Rules, declared_scale, points_of, rules_of, turned
from wbkit.survey.stating import interval_facts, part_facts
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Assumed, Count, Drawn, Fact, Subject
from wbkit.table.statements.tests import (
    AsTheyStand,
    Consistency,
    Nested,
    NoFeldt,
    OfScale,
    Reversed,
    Unweighted,
    Whole,
)
from wbkit.table.table import Table

FEW_UNITS = 10
COLUMNS = ("item", "measure", "estimate", "low", "high", "n", "reason")
WHOLE, ITEMS = "whole_scale", "items_as_they_stand"
AT_END = 0.995  # from here on alpha and its ends would all be printed as 1.00
FEW_GROUPS = 20


@dataclass(frozen=True)
class Complete:
    """The units that answered every item: how many, and the covariances of the items."""

    n: int
    covariance: np.ndarray

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.covariance)

    @property
    def why_not(self) -> str:
        """Why nothing can be computed; empty where it can."""
        if self.n < FEW_UNITS:
            return "few_units"
        return "same_answer" if (np.diag(self.covariance) <= 0).any() else ""


def reliability(
    responses: Responses, scale_or_items: str | Scale | Sequence[str | Item], *,
    groups: str | Item | None = None,
) -> Table:
    """Say how far the items of a scale hang together, for the units that answered all of them.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    scale_or_items
        Id of a scale, a `Scale`, or a list of items, which are then taken as they stand.
    groups
        A nominal or ordinal item: the groups in which units are nested, such as classes. The
        cluster of the design when left out.

    Returns
    -------
    Table
        One row for each measure of the whole (``item`` is ``whole_scale``) and of each item.

        - ``measure``: of the whole ``alpha`` [1]_, ``alpha_standardised`` (of correlations),
          ``omega`` (omega total of one factor fitted by maximum likelihood to covariances
          [2]_), ``omega_standardised`` (by minimal residuals to correlations), and with groups
          ``icc`` (variance of the score between groups divided by all of it, by restricted
          maximum likelihood [3]_); of each item ``item_rest`` (correlation with the sum of the
          others) and ``alpha_if_dropped``
        - ``estimate``: at most 1
        - ``low``, ``high``: 95 % interval of alpha (Feldt [4]_) where units were drawn one by
          one or are assumed to be, and of the ICC (Searle [5]_) where groups were; otherwise
          absent
        - ``n``: units that answered every item; for the ICC units with a score and a group
        - ``state``: ``hidden`` where fewer units answered than the source shows
        - ``reason``: why a number is absent, or what to look at

    Raises
    ------
    DataError
        If there is no such scale or item, an item cannot be scored, or there are fewer than two.
    StudyError
        If the instrument of the scale or its variant is not known.

    References
    ----------
    .. [1] Cronbach, L. J. (1951). Psychometrika, 16, 297-334.
    .. [2] McDonald, R. P. (1999). Test theory: a unified treatment. Erlbaum.
    .. [3] Patterson, H. D. & Thompson, R. (1971). Biometrika, 58, 545-554.
    .. [4] Feldt, L. S. (1965). Psychometrika, 30, 357-370.
    .. [5] Searle, S. R. (1971). Linear models. Wiley.
    """
    need(responses, Responses, "reliability")
    rules = rules_of(responses, _scale(responses, scale_or_items))
    if len(rules.items) < 2:
        raise DataError(_(
            "{source}: reliability is about items that hang together, and there is {item} alone. "
            "Name at least two.",
            source=responses.source.name, item=rules.items[0].name))
    nested = _groups(responses, groups)
    points = turned(points_of(responses, rules), rules)[responses.domain]
    complete = _complete(points)
    rows = _of_whole(complete, responses)
    rows += _estimates_of_groups(responses, rules, points, nested) if nested else []
    rows += _of_items(complete, rules)
    data = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": "int64"})
    return reliability_table(responses, rules, data, nested)


def _scale(responses: Responses, given: str | Scale | Sequence[str | Item]) -> Scale:
    if isinstance(given, str | Scale):
        return declared_scale(responses, given)
    names = tuple(responses.item(one).name for one in given)
    double = [name for name in names if names.count(name) > 1]
    if double or not names:
        raise DataError(_(
            "{source}: reliability needs a list of different items, and there is {names}. Name "
            "each once.",
            source=responses.source.name, names=", ".join(names) or _("none")))
    return Scale(name=ITEMS, variant=ITEMS, items=names)


def _groups(responses: Responses, groups: str | Item | None) -> Item | None:
    """Return the item whose values are the groups: the one named, or the cluster of the design."""
    if groups is not None:
        return responses.grouping(groups)
    cluster = responses.source.design and responses.source.design.cluster
    if not cluster:
        return None
    return responses.grouping(cluster if isinstance(cluster, str) else cluster[0])


def _complete(points: pd.DataFrame) -> Complete:
    whole = points.dropna().to_numpy()
    if len(whole) < FEW_UNITS:
        return Complete(len(whole), np.full((points.shape[1],) * 2, np.nan))
    covariance = np.cov(whole, rowvar=False)
    same = np.ptp(whole, axis=0) == 0  # of equal fractions, rounding leaves some covariance
    covariance[same], covariance[:, same] = 0.0, 0.0
    return Complete(len(whole), covariance)


def _row(item: str, measure: str, n: int, estimate: float = np.nan, **more: object) -> dict:
    ends = {"low": np.nan, "high": np.nan, "reason": ""}
    return {"item": item, "measure": measure, "n": n, "estimate": estimate} | ends | more


def _of_whole(complete: Complete, responses: Responses) -> list[dict]:
    why, n = complete.why_not, complete.n
    if why:
        return [_row(WHOLE, measure, n, reason=why)
                for measure in ("alpha", "alpha_standardised", "omega", "omega_standardised")]
    covariance, correlation = complete.covariance, correlations(complete.covariance)
    alpha = cronbach_alpha(covariance)
    low, high, end = np.nan, np.nan, alpha >= AT_END
    if feldt_allowed(responses) and not end:
        low, high = feldt_interval(alpha, n, complete.items)
    return [
        _alpha("alpha", n, alpha, low=low, high=high, end=end),
        _alpha("alpha_standardised", n, cronbach_alpha(correlation)),
        _omega("omega", complete, maximum_likelihood, covariance),
        _omega("omega_standardised", complete, minimal_residuals, correlation),
    ]


def _alpha(measure: str, n: int, alpha: float, *, end: bool = False, **ends: float) -> dict:
    """Return alpha; items that cancel one another leave no spread to divide by."""
    reason = "cancelled" if np.isnan(alpha) else "at_end" if end else ""
    return _row(WHOLE, measure, n, alpha, reason=reason, **ends)


def _omega(measure: str, complete: Complete, fit: object, matrix: np.ndarray) -> dict:
    """Return omega; two items do not tell one factor from another."""
    if complete.items < 3:
        return _row(WHOLE, measure, complete.n, reason="two_items")
    factor: OneFactor = fit(matrix)
    if not factor.proper:
        return _row(WHOLE, measure, complete.n, reason="no_one_factor")
    return _row(WHOLE, measure, complete.n, factor.omega)


def _of_items(complete: Complete, rules: Rules) -> list[dict]:
    names, n, rows = [item.name for item in rules.items], complete.n, []
    rest, dropped = item_rest(complete.covariance), alpha_if_dropped(complete.covariance)
    for name, r, without in zip(names, rest, dropped, strict=True):
        why = "few_units" if n < FEW_UNITS else "same_answer" if np.isnan(r) else ""
        rows.append(_row(name, "item_rest", n, r, reason=why or ("unreversed" if r < 0 else "")))
        lone = "two_items" if complete.items < 3 else "cancelled" if np.isnan(without) else ""
        rows.append(_row(name, "alpha_if_dropped", n, without, reason=why or lone))
    return rows


def _estimates_of_groups(
    responses: Responses, rules: Rules, points: pd.DataFrame, nested: Item
) -> list[dict]:
    scores = scores_of(points, rules)
    known = (responses.state(nested) == ANSWERED)[responses.domain] & scores.notna()
    places = responses.data.loc[responses.domain, nested.name].cat.codes[known]
    n, groups = int(known.sum()), places.nunique()
    if groups < FEW_GROUPS:
        return [_row(WHOLE, "icc", n, reason="few_groups")]
    if n == groups:
        return [_row(WHOLE, "icc", n, reason="alone")]
    grouped = Grouped.of(scores[known].to_numpy(), places.to_numpy())
    if np.ptp(scores[known]) == 0:
        return [_row(WHOLE, "icc", n, reason="same_answer")]
    allowed = searle_allowed(responses) and grouped.within > 0
    low, high = searle_interval(grouped) if allowed else (np.nan, np.nan)
    return [_row(WHOLE, "icc", n, reml_icc(grouped), low=low, high=high)]


def feldt_allowed(responses: Responses) -> bool:
    """Whether units were drawn one by one from all, or are assumed to be."""
    if within_strata(responses.assumption):
        return False
    design = responses.source.design
    simple = design is not None and design.kind not in ("stratified", "cluster")
    return why_no_interval(responses) is None and simple and not design.weight


def searle_allowed(responses: Responses) -> bool:
    """Whether groups were drawn, or are assumed to be."""
    design = responses.source.design
    drawn = bool(responses.assumption) or (design is not None and design.kind == "cluster")
    return why_no_interval(responses) is None and drawn


def reliability_table(
    responses: Responses, rules: Rules, data: pd.DataFrame, nested: Item | None
) -> Table:
    """Make the Table of what was found."""
    n, minimum = int(data.loc[data["measure"] == "alpha", "n"].iloc[0]), responses.source.minimum
    small = data["n"].between(1, minimum - 1)
    near = (data["n"] - n).abs().between(1, minimum - 1)  # of the ICC, which has a base of its own
    numbers = data[["estimate", "low", "high", "n"]].astype(float).mask(small, axis=0)
    shown = data.assign(**numbers, state=small.map({True: HIDDEN, False: SHOWN}))
    shown = shown.assign(n=shown["n"].mask(near))
    own = rules.scale.name != ITEMS
    facts = (Subject("reliability", tuple(item.name for item in rules.items)),
             Whole("scale", Count(responses.n), Count(n), items=len(rules.items)),
             *part_facts(responses), *_basis(responses, data),
             OfScale(rules.scale.name, rules.scale.variant) if own else AsTheyStand(),
             *_reversed(rules), Consistency(), *(_nested(data, nested) if nested else []),
             *_unweighted(responses))
    source = with_scale(responses.source, rules) if own else responses.source
    return Table(shown, "reliability", (), facts, (source,))


def _basis(responses: Responses, data: pd.DataFrame) -> list[Fact]:
    """State on what the interval of alpha rests, or why there is none."""
    if why_no_interval(responses):
        return interval_facts(responses)
    if not feldt_allowed(responses):
        return [NoFeldt()] if data["estimate"].notna().any() else []
    if data.loc[data["measure"] == "alpha", "low"].isna().all():
        return []
    if responses.assumption:
        return [Assumed(responses.assumption, about="feldt")]
    return [Drawn("", about="feldt")]


def _reversed(rules: Rules) -> list[Fact]:
    items = tuple(item.name for item in rules.items if item.name in rules.reversed)
    return [Reversed(items)] if items else []


def _nested(data: pd.DataFrame, nested: Item) -> list[Fact]:
    """State between which groups there is an ICC, or why there is none."""
    found = data[data["measure"] == "icc"].iloc[0]
    return [Nested(nested.name, found["reason"], FEW_GROUPS, bool(pd.notna(found["low"])))]


def _unweighted(responses: Responses) -> list[Fact]:
    design = responses.source.design
    return [Unweighted()] if design and design.weight else []
