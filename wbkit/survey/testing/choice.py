"""Which test fits a question and a design, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.special import ndtri

from wbkit.stats.contingency import exact_p, is_sparse, pearson, simulated_p
from wbkit.stats.exact_ranks import exact_kruskal, simulated_kruskal
from wbkit.stats.group_tests import Groups, groups_of, kruskal, welch_f, welch_t
from wbkit.stats.ordinal_regression import NotFittedError, ordinal_logit
from wbkit.study.item import Item
from wbkit.survey.design.linearisation import Sample
from wbkit.survey.testing.design_tests import (
    NOTHING,
    Outcome,
    bilder_loughin,
    mean_test,
    rank_test,
    rao_scott,
    ticks_of,
    ticks_test,
)
from wbkit.survey.testing.effect_sizes import Effect, effect_means, effect_ranks, effect_v
from wbkit.survey.testing.groups import Grouped, in_groups

NO_EFFECT = Effect("", np.nan, np.nan, np.nan)
FAR = float(ndtri(0.025))
NOBODY = 2**31  # the size of the smallest group where there is none: nobody to hide
FEW = 10  # with fewer units in a group H does not follow a chi-square
UNSURE = 10.0  # standard error of log odds beyond which an odds ratio says nothing


@dataclass(frozen=True)
class Tested:
    """One row of a test Table.

    Parameters
    ----------
    item, value
        What is compared; `value` is an option of a multiple item, or empty.
    test
        Id of the test.
    outcome, effect
        What came out; absent numbers where the test cannot be done.
    n
        Units that are compared.
    groups
        Those that somebody is in.
    least
        Units in the smallest of them.
    reason
        Why there is no outcome: ``no_group``, ``one_group``, ``one_value`` or ``flat``; empty
        with one.
    how
        Where the p of a rank test comes from: ``exact``, ``drawn`` or ``chi_square``.
    """

    item: str
    value: str
    test: str
    outcome: Outcome
    effect: Effect
    n: int
    groups: tuple[str, ...]
    least: int
    reason: str = ""
    how: str = ""

    @classmethod
    def of(
        cls, found: Grouped, name: tuple[str, str], test: str, outcome: Outcome = NOTHING,
        effect: Effect = NO_EFFECT,
    ) -> Self:
        """Return a row with the sizes of what was compared."""
        least = int(found.table.sum(axis=1).min()) if found.groups else NOBODY
        return cls(*name, test, outcome, effect, found.base, found.groups, least)


def tested_item(sample: Sample, item: Item, group: Item, seed: int) -> list[Tested]:
    """Test whether groups differ in an item: one row, or one more for each option."""
    if item.kind == "multiple":
        return _options(sample, item, group, seed)
    found = in_groups(sample, item, group)
    row = _single(found, item, seed)
    return [row, *_odds(found, item)] if row.test == "kruskal_wallis" else [row]



def _single(found: Grouped, item: Item, seed: int) -> Tested:
    reason = _why_not(found)
    if reason:
        return _without(item.name, "", reason, found)
    if item.kind == "numeric":
        return _of_numbers(found, item, seed)
    if item.kind == "ordinal" and len(found.values) > 2:
        return _of_ranks(found, item, seed)
    return _of_table(found, item.name, "", seed)


def _why_not(found: Grouped) -> str:
    if len(found.groups) < 2:
        return "one_group" if found.groups else "no_group"
    return "one_value" if len(found.values) < 2 else ""


def _without(item: str, value: str, reason: str, found: Grouped) -> Tested:
    return replace(Tested.of(found, (item, value), "none"), reason=reason)


def _tested(
    found: Grouped, name: tuple[str, str], test: str, outcome: Outcome,
    effect: Callable[[], Effect],
) -> Tested:
    """Put a test and its effect together; without an outcome there is no effect either."""
    if np.isnan(outcome.p):
        return _without(*name, "flat", found)
    return Tested.of(found, name, test, outcome, effect())


def _of_table(found: Grouped, item: str, value: str, seed: int) -> Tested:
    """Compare shares: chi-square or an exact test, Rao-Scott for a design."""
    simple = found.sample.simple
    test, outcome = _on_counts(found.table, seed) if simple else ("rao_scott", rao_scott(found))
    return _tested(found, (item, value), test, outcome,
                   lambda: effect_v(found, seed, simple=simple))


def _on_counts(table: np.ndarray, seed: int) -> tuple[str, Outcome]:
    statistic, df, p = pearson(table)
    if not is_sparse(table):
        return "chi_square", Outcome(statistic, df, p)
    exact = exact_p(table)
    if exact is not None:
        return "fisher", Outcome(np.nan, np.nan, exact)
    return "monte_carlo", Outcome(np.nan, np.nan, simulated_p(table, seed))


def _of_ranks(found: Grouped, item: Item, seed: int) -> Tested:
    simple = found.sample.simple
    outcome, how = _kruskal(found.table, seed) if simple else (rank_test(found), "")
    row = _tested(found, (item.name, ""), "kruskal_wallis" if simple else "rank_design", outcome,
                  lambda: effect_ranks(found, seed))
    return replace(row, how=how)


def _kruskal(table: np.ndarray, seed: int) -> tuple[Outcome, str]:
    """Return H with a p that fits how many units there are, and where it comes from."""
    outcome = Outcome(*kruskal(table))
    if table.sum(axis=1).min() >= FEW:
        return outcome, "chi_square"
    exact = exact_kruskal(table)
    if exact is not None:
        return replace(outcome, p=exact), "exact"
    return replace(outcome, p=simulated_kruskal(table, seed)), "drawn"


def _odds(found: Grouped, item: Item) -> list[Tested]:
    """Say of two groups how the odds of a higher answer differ: an ordinal logit, no test more."""
    if len(found.groups) != 2:
        return []
    group, value = np.nonzero(found.table)
    try:
        fit = ordinal_logit(value, group[:, None].astype(float), found.table[group, value])
    except NotFittedError:
        return []
    if not 0 < fit.covariance[0, 0] < UNSURE**2:
        return []
    ends = np.exp(fit.estimate[0] + np.array([0.0, FAR, -FAR]) * np.sqrt(fit.covariance[0, 0]))
    return [Tested.of(found, (item.name, ""), "ordinal_logit",
                      effect=Effect("odds_ratio", *map(float, ends)))]


def _of_numbers(found: Grouped, item: Item, seed: int) -> Tested:
    simple, two = found.sample.simple, len(found.groups) == 2
    if not simple:
        test, outcome = "mean_design", mean_test(found, found.numbers)
    else:
        test, outcome = "welch_t" if two else "welch_f", _welch(found, two=two)
    return _tested(found, (item.name, ""), test, outcome,
                   lambda: effect_means(found, seed, simple=simple))


def _welch(found: Grouped, *, two: bool) -> Outcome:
    groups: Groups = groups_of(found.table, found.numbers)
    if np.isnan(groups.variance).any():  # of a group of one
        return NOTHING
    spread = groups.variance > (10 * np.finfo(float).eps * groups.mean) ** 2  # as R's t.test
    if two and spread.any():
        return Outcome(*welch_t(groups))
    if not spread.all():
        return NOTHING
    statistic, (df, df2), p = welch_f(groups)
    return Outcome(statistic, df, p, df2)


def _options(sample: Sample, item: Item, group: Item, seed: int) -> list[Tested]:
    """Test all options together, and then each of them; never the ticks in one heap."""
    each = [_option(in_groups(sample, item, group, option), item, option, seed)
            for option in item.categories]
    first = in_groups(sample, item, group, item.categories[0])
    if len(first.groups) < 2:
        return [_without(item.name, "", _why_not(first), first), *each]
    ticks = ticks_of(sample, item.data_columns[: len(item.categories)], first.groups)
    outcome = bilder_loughin(ticks) if sample.simple else ticks_test(ticks, first.df_there)
    test = "bilder_loughin" if sample.simple else "ticks_design"
    whole = _tested(first, (item.name, ""), test, outcome, lambda: NO_EFFECT)
    return [whole, *each]


def _option(found: Grouped, item: Item, option: str, seed: int) -> Tested:
    reason = _why_not(found)
    if reason:
        return _without(item.name, option, reason, found)
    return _of_table(found, item.name, option, seed)
