"""Whether the same units changed between two moments."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.data.source_data import need, refuse_rankings
from wbkit.errors import DataError
from wbkit.messages import _, message
from wbkit.stats.exact_ranks import exact_wilcoxon
from wbkit.stats.group_tests import (
    METHODS,
    adjusted,
    constant,
    mcnemar,
    paired_t,
    rank_biserial,
    standardised_change,
    steps,
    stuart_maxwell,
    wilcoxon,
)
from wbkit.stats.intervals import generator, paired_difference, percentile_interval
from wbkit.study.item import YES, Item
from wbkit.survey.counts.cells import several
from wbkit.survey.design.inference import require_test
from wbkit.survey.design.sampling import strata_items, within_strata
from wbkit.survey.stating import explored_facts, ground_facts, part_facts
from wbkit.survey.testing.effect_sizes import told_apart, why_no_ends
from wbkit.survey.testing.moments import Matched, matched, refuse_changed, refuse_other_units
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Count, Fact, Subject
from wbkit.table.statements.tests import (
    Attrition,
    Compared,
    Effect,
    Family,
    LostMean,
    NoCause,
    NoEnds,
    PartAt,
    PValue,
    Whole,
)
from wbkit.table.table import Table

TIMES = 1000
FEWEST = 3  # units behind a test
FEW_CHANGES = 50  # up to so many the signed-rank test is exact, as in R
NUMBERS = ["before", "after", "statistic", "df", "p", "p_adjusted", "effect", "low", "high"]


def compare_paired(
    before: Responses,
    after: Responses,
    items: str | Item | Sequence[str | Item],
    *,
    key: str | Item,
    adjust: str = "holm",
    seed: int = 1,
) -> Table:
    """Test whether the same units answered otherwise at a second moment.

    It says that they changed, not why: there is no group with which nothing was done.

    Parameters
    ----------
    before, after
        Answers of the same units at two moments.
    items
        A closed or numeric item that was asked twice in the same way, or a list of them.
    key
        The item that says who is who, in both.
    adjust
        As in `compare`.
    seed
        Of the resamples.

    Returns
    -------
    Table
        One row for each item, or for each option of a multiple item.

        - ``item``, ``value`` (the option): ids
        - ``test``: ``paired_t`` (numeric), ``wilcoxon`` (ordinal), ``mcnemar`` (two answers or
          an option, exact), ``stuart_maxwell`` (more answers without order), ``none``
        - ``before``, ``after``: mean, or share of yes (the last value), of the matched units
        - ``statistic``, ``df``, ``p``, ``p_adjusted``; p of ``wilcoxon`` is exact for up to 50
          units that changed
        - ``effect_name``, ``effect``, ``low``, ``high``: ``change_sd`` (standard deviations of
          before [1]_) and ``rank_biserial`` [2]_ with a 95 % interval from units drawn again;
          ``share_difference`` with Tango's score interval [3]_
        - ``n``: units that answered at both moments
        - ``state``: ``shown`` or ``hidden``

        The notes say how many dropped out, and how they answered before.

    Raises
    ------
    DataError
        If units or questions differ, a key stands twice or nobody is in both, the design
        carries no p-value, or units do not count equally.

    References
    ----------
    .. [1] Becker, B. J. (1988). British Journal of Mathematical and Statistical Psychology, 41,
       257-278.
    .. [2] Kerby, D. S. (2014). Comprehensive Psychology, 3, 11.IT.3.1.
    .. [3] Tango, T. (1998). Statistics in Medicine, 17, 891-908.
    """
    for part in (before, after):
        need(part, Responses, "compare_paired")
    names = [before.item(one).name for one in several(items)]
    _check(before, after, names, adjust)
    found = matched(before, after, key)
    asked = [before.item(one) for one in names]
    rows = [row for item in asked for row in _rows(found, item, seed)]
    minimum = max(before.source.minimum, after.source.minimum)
    return _table(found, asked, _data(rows, minimum, adjust), _row_facts(rows, minimum), adjust)


def _check(before: Responses, after: Responses, names: list[str], adjust: str) -> None:
    first, second = ((part.source.name, part) for part in (before, after))
    refuse_other_units(first, second)
    for name in names:
        refuse_changed(first, second, name)
        refuse_rankings(first[0], [before.item(name)], _("compare_paired tests answers"))
        if before.item(name).kind == "open":
            raise DataError(_(
                "{source}: {item} is open; open answers are coded, not tested.",
                source=first[0], item=name))
    for source, part in (first, second):
        require_test(part)
        unknown = part.source.design.drawn_by
        if within_strata(part.assumption):
            unknown = strata_items(part.source.design)
        if unknown:
            language = part.source.language
            words = message("paired_design", language, names=", ".join(unknown))
            raise DataError(f"{source}: {words}")
    if adjust not in METHODS:
        raise DataError(_(
            "{source}: adjust={adjust!r} is unknown. Use one of {methods}.",
            source=first[0], adjust=adjust, methods=", ".join(METHODS)))


def _rows(found: Matched, item: Item, seed: int) -> list[dict]:
    if item.kind == "multiple":
        return [_two(found, item, option) for option in item.categories]
    if item.kind == "numeric":
        return [_numeric(found, item, seed)]
    values = found.before.values(item)
    if item.kind == "ordinal" and len(values) > 2:
        return [_ordered(found, item, values, seed)]
    return [_two(found, item) if len(values) == 2 else _nominal(found, item, values)]


def _row(item: Item, value: str, n: int, test: str, **numbers: float | str) -> dict:
    empty = dict.fromkeys(NUMBERS, np.nan) | {"effect_name": "", "how": ""}
    return {"item": item.name, "value": value, "test": test} | empty | numbers | {"n": float(n)}


def _numeric(found: Matched, item: Item, seed: int) -> dict:
    one, other = (column.to_numpy(float) for column in found.columns(item))
    means = {"before": one.mean(), "after": other.mean()} if len(one) else {}
    if len(one) < FEWEST or constant(other - one, one):
        return _row(item, "", len(one), "none", **means)
    statistic, df, p = paired_t(other - one)
    row = _row(item, "", len(one), "paired_t", **means, statistic=statistic, df=df, p=p)
    if constant(one):  # no standard deviation to express the change in
        return row
    low, high = _again(len(one), seed, lambda at: standardised_change(one[at], other[at]))
    return row | {"effect_name": "change_sd", "effect": float(standardised_change(one, other)),
                  "low": low, "high": high}


def _ordered(found: Matched, item: Item, values: tuple[str, ...], seed: int) -> dict:
    one, other = (pd.Index(values).get_indexer(column.astype(str))
                  for column in found.columns(item))
    change = other - one
    if len(change) < FEWEST or not (change != 0).any():
        return _row(item, "", len(change), "none")
    rose, fell = steps(change)
    (z, p), how = wilcoxon(rose, fell), "normal"
    if (change != 0).sum() <= FEW_CHANGES:
        p, how = exact_wilcoxon(rose, fell), "exact"
    size = float(rank_biserial(rose, fell))
    low, high = told_apart(
        size, *_again(len(change), seed, lambda at: rank_biserial(*steps(change[at]))))
    return _row(item, "", len(change), "wilcoxon", statistic=z, p=p, effect_name="rank_biserial",
                effect=size, low=low, high=high, how=how)


def _two(found: Matched, item: Item, option: str = "") -> dict:
    """Compare shares: of an option, of yes, or of the last of two values."""
    columns = found.columns(item, f"{item.name}:{option}" if option else None)
    if not option:
        values = found.before.values(item)
        wanted = YES if YES in values else values[-1]
        columns = tuple(column.astype(str) == wanted for column in columns)
    one, other = (column.to_numpy(float) for column in columns)
    if len(one) < FEWEST:
        return _row(item, option, len(one), "none")
    rose, fell = int((other > one).sum()), int((other < one).sum())
    low, high = map(float, paired_difference(rose, fell, len(one)))
    return _row(item, option, len(one), "mcnemar", before=one.mean(), after=other.mean(),
                p=mcnemar(rose, fell), effect_name="share_difference",
                effect=(rose - fell) / len(one), low=low, high=high)


def _nominal(found: Matched, item: Item, values: tuple[str, ...]) -> dict:
    one, other = (pd.Index(values).get_indexer(column.astype(str))
                  for column in found.columns(item))
    table = np.zeros((len(values), len(values)))
    np.add.at(table, (one, other), 1)
    statistic, df, p = stuart_maxwell(table)
    if np.isnan(p) or len(one) < FEWEST:
        return _row(item, "", len(one), "none")
    return _row(item, "", len(one), "stuart_maxwell", statistic=statistic, df=df, p=p)


def _again(
    n: int, seed: int, statistic: Callable[[np.ndarray], np.ndarray]
) -> tuple[float, float]:
    """Return the 95 % interval of a statistic of units drawn again."""
    drawn = statistic(generator(seed).integers(0, n, (TIMES, n)))
    low, high = percentile_interval(drawn[:, None])
    return float(low[0]), float(high[0])


def _data(rows: list[dict], minimum: int, adjust: str) -> pd.DataFrame:
    data = pd.DataFrame(rows)
    for __, part in data.groupby(data["item"].where(data["value"] != "", ""), sort=False):
        data.loc[part.index, "p_adjusted"] = adjusted(part["p"].to_numpy(float), adjust)
    hidden = (data["n"] < minimum) | _of_few(data, minimum)
    data = data.assign(by="moment", **data[[*NUMBERS, "n"]].astype(float).mask(hidden, axis=0),
                       state=np.where(hidden, HIDDEN, SHOWN))
    keys = ["item", "by", "value"] if (data["value"] != "").any() else ["item", "by"]
    return data[[*keys, "test", *NUMBERS[:6], "effect_name", *NUMBERS[6:], "n", "state"]]


def _of_few(data: pd.DataFrame, minimum: int) -> pd.Series:
    """Mark shares that few units make up or leave out: n times a share gives how many."""
    few = pd.Series(False, index=data.index)
    for name in ("before", "after"):
        yes = (data[name].astype(float) * data["n"]).round()
        few |= yes.between(1, minimum - 1) | (data["n"] - yes).between(1, minimum - 1)
    return few & (data["test"] == "mcnemar")


def _row_facts(rows: list[dict], minimum: int) -> list[Fact]:
    """State where the p-values of rank tests come from, and which effects have no interval."""
    sources, absent = {}, {}
    for one in (one for one in rows if one["n"] >= minimum):
        place = (one["item"], one["value"])
        sources.setdefault((one["test"], one["how"]), []).append(place)
        why = why_no_ends(one["effect"], one["low"])
        absent.setdefault((one["effect_name"], why), []).append(place)
    return [*(PValue(test, how, tuple(known)) for (test, how), known in sources.items() if how),
            *(NoEnds(name, why, tuple(known)) for (name, why), known in absent.items() if why)]


def _table(
    found: Matched, items: list[Item], data: pd.DataFrame, row_facts: list[Fact], adjust: str
) -> Table:
    before, after = found.before, found.after
    family = [Family("none" if adjust == "none" else "pairs", adjust, len(data))]
    base = Whole("times", Count(found.n + len(found.lost)), Count(found.n))
    facts = (Subject("paired", tuple(item.name for item in items)), base, *_parts(found),
             *ground_facts(before if before.assumption else after, items),
             *(Compared(one) for one in dict.fromkeys(data["test"])),
             *(Effect(one) for one in dict.fromkeys(data["effect_name"]) if one),
             *row_facts, Attrition(Count(len(found.lost)), Count(found.new), Count(found.keyless)),
             *(fact for item in items if item.kind == "numeric"
               for fact in _those_lost(found, item)), NoCause("pairs"),
             *(family if data["p"].notna().sum() > 1 else []), *explored_facts(before, after))
    sources = {part.source.name: part.source for part in (before, after)}
    return Table(data, "test", (), facts, tuple(sources.values()))


def _parts(found: Matched) -> list[Fact]:
    """State at which part `where` looks, the first time and the second."""
    first, second = found.before.conditions, found.after.conditions
    if first == second:
        return part_facts(found.before)
    return [PartAt(time, one.item, one.values) for time, conditions in
            (("first", first), ("second", second)) for one in conditions]


def _those_lost(found: Matched, item: Item) -> list[Fact]:
    """State how those who dropped out answered before."""
    column = found.before.data[item.name]
    stayed, lost = column.loc[found.first].dropna(), column.loc[found.lost].dropna()
    if min(len(stayed), len(lost)) < FEWEST:
        return []
    return [LostMean(item.name, Count(len(lost)), Count(len(stayed)), float(lost.mean()),
                     float(stayed.mean()))]
