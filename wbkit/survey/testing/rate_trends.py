"""Whether a rate rises or falls over the years, and when that may be asked."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.group_tests import adjusted
from wbkit.stats.rate_trends import (
    NoMaximumError,
    Slope,
    cochran_armitage,
    interrupted,
    poisson_trend,
)
from wbkit.stats.suppression import too_small
from wbkit.study.item import Item
from wbkit.survey.stating import explored_facts, part_facts
from wbkit.table.count_layouts import ABSENT, HIDDEN, SHOWN
from wbkit.table.facts import Assumed, Count, Fact, ShortNames, Subject
from wbkit.table.phrases.tests import needs_words
from wbkit.table.statements.tests import (
    Apart,
    Compared,
    Family,
    FewPoints,
    Interrupted,
    NeedsAssumption,
    NeedsDefinition,
    NeedsPoints,
    NoCause,
    YearsTogether,
)
from wbkit.table.table import Table

FEWEST_YEARS = 3
FEWEST_POINTS = 3  # on each side of an interruption
ENOUGH_POINTS = 8  # on each side: Penfold & Zhang (2013), Academic Pediatrics 13, S38-S44
LEVEL, SLOPE = "level", "slope"


@dataclass(frozen=True)
class Series:
    """The rates that are tested: what was counted, and year by year how many of how many."""

    responses: Responses
    item: Item
    base: Item
    years: Item
    group: Item | None
    data: pd.DataFrame

    @property
    def moved(self) -> list[str]:
        """The years from which another definition holds, after the first that is tested."""
        found = breaks_of(self.responses, self.years, self.item)
        met = list(dict.fromkeys(self.data[self.years.name]))
        return [year for year in met[1:] if found[year]]


def linear_trend(
    responses: Responses,
    item: str | Item,
    *,
    year: str | Item,
    population: str | Item | None = None,
    by: str | Item | None = None,
) -> Table:
    """Test whether a rate of a full count rises or falls over the years.

    Only where different persons are counted each year (``persons = "different"`` in the counts
    of the source), or where `assume` says that years stand apart.
    """
    series = _series(responses, item, year, population, by)
    _require_apart(responses)
    if series.moved:
        raise DataError(_(
            "{source}: {item} has another definition from {moved} on, and no test runs over that. "
            "Test the years of one definition: where({years}=[…]).",
            source=responses.source.name, item=series.item.name, moved=", ".join(series.moved),
            years=series.years.name))
    part = series.item.name in responses.source.counts.parts and population is None
    groups = responses.values(series.group) if series.group else ("",)
    rows = [_row(series, one, part=part) for one in groups]
    data = pd.DataFrame([row for row in rows if row])
    if data.empty:
        raise DataError(_(
            "{source}: a trend needs at least {fewest} years with a rate that may be shown; there "
            "are {n}.",
            source=responses.source.name, fewest=FEWEST_YEARS,
            n=series.data[series.years.name].nunique()))
    return _table(series, data.assign(p_adjusted=adjusted(data["p"], "holm")),
                  "cochran_armitage" if part else "poisson", [])


def interrupted_series(
    responses: Responses, item: str | Item, *, year: str | Item, since: str,
    population: str | Item | None = None,
) -> Table:
    """Compare level and slope of a rate before and after a year; see `trend`."""
    series = _series(responses, item, year, population, None)
    _refuse_too_little(series, since)
    data = series.data
    place = data[series.years.name].tolist().index(since)
    found = _fitted(series, interrupted, *_numbers(series, data), place)
    rows = [_cells(series, one, "quasi_poisson", "rate_ratio") | {"value": name}
            for name, one in zip((LEVEL, SLOPE), found, strict=True)]
    data = pd.DataFrame(rows)
    points = min(place, len(series.data) - place)
    return _table(series, data.assign(p_adjusted=adjusted(data["p"], "holm")), "quasi_poisson",
                  _cautions(series, since, points))


def _series(
    responses: Responses, item: str | Item, year: str | Item, population: str | Item | None,
    by: str | Item | None,
) -> Series:
    """Add up the counts; years that were not delivered or may not be shown are left out."""
    counted, base = count_items(responses, item, population)
    if base is None:
        raise DataError(_(
            "{source}: {item} is counted beside the base, so that it has no rate. Name its "
            "population: population=….",
            source=responses.source.name, item=counted.name))
    years, group = year_and_group(responses, year, by)
    sums = rates_of(sums_of(responses, (counted, base), years, group), responses, (counted, base))
    data = without_small(sums, responses.source.minimum)
    return Series(responses, counted, base, years, group,
                  data[(data["state"] == SHOWN) & (data["base"] > 0)])


def _numbers(series: Series, data: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return counts, populations and places in time."""
    order = list(series.responses.values(series.years))
    year = np.array([order.index(one) for one in data[series.years.name]], dtype=float)
    return data["n"].to_numpy(float), data["base"].to_numpy(float), year


def _row(series: Series, group: str, *, part: bool) -> dict:
    """Test one group; nothing where too few years have a rate."""
    data = series.data if series.group is None else \
        series.data[series.data[series.group.name] == group]
    n, base, year = _numbers(series, data)
    if len(data) < FEWEST_YEARS or not 0 < n.sum() < (base.sum() if part else np.inf):
        return {}
    found = _fitted(series, cochran_armitage if part else poisson_trend, n, base, year)
    cells = _cells(series, found, "cochran_armitage" if part else "poisson",
                   "share_change" if part else "rate_ratio")
    named = {series.group.name: group} if series.group else {}
    return named | cells | {"n": float(base.sum())}


def _fitted(series: Series, fit: Callable, *numbers: object) -> Slope | tuple[Slope, Slope]:
    """Fit a line, or refuse years of which the counts are too often 0."""
    try:
        return fit(*numbers)
    except NoMaximumError:
        raise DataError(_(
            "{source}: {item} was counted in too few years to fit a line: years of 0 pull it down "
            "without end. Show the rates without a test: trend(…), or leave those years out: "
            "where(…).",
            source=series.responses.source.name, item=series.item.name)) from None


def _cells(series: Series, found: Slope, test: str, effect: str) -> dict:
    return {"item": series.item.name, "by": series.years.name, "test": test,
            "statistic": found.statistic, "df": found.df, "p": found.p, "p_adjusted": np.nan,
            "effect_name": effect, "effect": found.change, "low": found.low, "high": found.high,
            "n": float(series.data["base"].sum()), "state": SHOWN}


def _require_apart(responses: Responses) -> None:
    """Refuse a test where the same persons can stand in several years."""
    source = responses.source
    persons = source.counts.persons
    if persons == "same":
        raise DataError(_(
            "{source}: the same persons are counted each year, so that years do not stand apart "
            "and no test of a trend holds. Show the rates: trend(...).",
            source=source.name))
    if persons is None and not responses.assumption:
        raise DataError(_(
            "{source}: whether other persons are counted each year was not declared, and a {unit} "
            'who stays is counted again. Write persons = "different" in counts in study.toml if '
            'nobody stands in two years, or state it: assume(responses, "…").',
            source=source.name, unit=source.told_units()))


def _refuse_too_little(series: Series, since: str) -> None:
    """Say what an interrupted series would need, in the language of the study."""
    responses = series.responses
    source = responses.source
    names = list(responses.values(series.years))
    if since not in names:
        raise DataError(_(
            "{source}: test={since!r} is neither 'linear' nor one of the values of {years} "
            "({names}). Use one of these.",
            source=source.name, since=since, years=series.years.name, names=", ".join(names)))
    met = series.data[series.years.name].map(names.index)
    before, after = int((met < names.index(since)).sum()), int((met >= names.index(since)).sum())
    years, needs = series.years.name, []
    if min(before, after) < FEWEST_POINTS or since not in set(series.data[years]):
        needs.append(NeedsPoints(years, since, FEWEST_POINTS, before, after))
    if series.moved:
        needs.append(NeedsDefinition(years, tuple(series.moved)))
    if not responses.assumption and source.counts.persons != "different":
        needs.append(NeedsAssumption())
    if needs:
        raise DataError(needs_words(needs, source))


def _cautions(series: Series, since: str, points: int) -> list[Fact]:
    few = [FewPoints(points, ENOUGH_POINTS)] if points < ENOUGH_POINTS else []
    return [Interrupted(series.years.name, since), *few, NoCause("series")]


def _table(series: Series, data: pd.DataFrame, test: str, cautions: list[Fact]) -> Table:
    responses, group = series.responses, [series.group.name] if series.group else []
    keys = [name for name in (*group, "item", "by", "value") if name in data]
    years = series.data[series.years.name].nunique()
    facts = (Subject("rates", (series.item.name,), (*group, series.years.name)), ShortNames(),
             YearsTogether(series.base.name, Count(float(series.data["base"].sum())), years),
             *part_facts(responses), _ground(responses), Compared(test), *cautions,
             *([Family("groups", "holm", len(data))] if group else []),
             *explored_facts(responses))
    return Table(data[[*keys, *(one for one in data if one not in keys)]], "test", tuple(group),
                 facts, (responses.source,))


def _ground(responses: Responses) -> Fact:
    """State why years stand apart."""
    words = responses.assumption
    return Assumed(words, about="test") if words else Apart()


def count_items(
    responses: Responses, item: str | Item, population: str | Item | None
) -> tuple[Item, Item | None]:
    """Return the count and what it is a part of, None for a count beside the base."""
    rules, source = responses.source.counts, responses.source
    if rules is None:
        raise DataError(_(
            "{source}: trend needs a source of counts, and this is a {kind}. Write kind = "
            '"counts" in study.toml, or use frequency.',
            source=source.name, kind=source.kind))
    item = responses.item(item)
    if item.name not in rules.counted:
        raise DataError(_(
            "{source}: {item} holds no counts. Use one of {counted}.",
            source=source.name, item=item.name, counted=", ".join(rules.counted)))
    if population is None:
        return item, responses.item(rules.base) if item.name in rules.parts else None
    base = responses.item(population)
    if base.name not in rules.counted or base.name == item.name:
        raise DataError(_(
            "{source}: {population} is no population of {item}. Use {base}, or leave population "
            "out.",
            source=source.name, population=base.name, item=item.name, base=rules.base))
    return item, base


def cell_item(responses: Responses, name: str | Item) -> Item:
    """Return an item that names a cell."""
    item, cells = responses.item(name), responses.source.counts.cells
    if item.name not in cells:
        raise DataError(_(
            "{source}: {item} does not name a cell. Use one of {cells}.",
            source=responses.source.name, item=item.name, cells=", ".join(cells)))
    return item


def year_and_group(
    responses: Responses, year: str | Item, by: str | Item | None
) -> tuple[Item, Item | None]:
    """Return the item of the years and that of the groups, which must be another one."""
    years, group = cell_item(responses, year), cell_item(responses, by) if by else None
    if group and group.name == years.name:
        raise DataError(_(
            "{source}: {group} names the years and the groups. Name another item in by, or leave "
            "by out.",
            source=responses.source.name, group=group.name))
    return years, group


def breaks_of(responses: Responses, years: Item, item: Item) -> dict[str, bool]:
    """Say of each year whether parts are counted by another definition than the year before."""
    names, rules = responses.values(years), responses.source.counts
    if rules.definition is None or item.name not in rules.parts:
        return dict.fromkeys(names, False)
    found = responses.data.dropna(subset=[rules.definition]).groupby(
        years.name, observed=True)[rules.definition].unique()
    double = [year for year, definitions in found.items() if len(definitions) > 1]
    if double:
        raise DataError(_(
            "{source}: {year} holds the definitions {definitions}. A year has one; correct "
            "{item}.",
            source=responses.source.name, year=double[0],
            definitions=", ".join(map(str, found[double[0]])), item=rules.definition))
    known = pd.Series({year: str(found[year][0]) if year in found else None for year in names})
    before = known.ffill().shift()
    return (known.notna() & before.notna() & (known != before)).to_dict()


def sums_of(
    responses: Responses, counts: tuple[Item, Item | None], years: Item, group: Item | None
) -> pd.DataFrame:
    """Add the cells up; a sum of which one cell was not delivered is absent."""
    names = list(dict.fromkeys(one.name for one in counts if one))
    cells = list(responses.source.counts.cells)
    data = responses.data.loc[responses.marked, [*cells, *names]].astype(
        dict.fromkeys(cells, str))
    others = [name for name in cells if name != years.name]
    once, known = data[others].drop_duplicates(), _years_in_part(responses, years)
    once = once if others else once.head(1)  # without columns no two rows are alike
    every = once.loc[once.index.repeat(len(known))].assign(**{
        years.name: list(known) * len(once)})
    whole = every.merge(data, on=cells, how="left")
    keys = [*([group.name] if group else []), years.name]
    sums = whole.groupby(keys, sort=False)[names].sum(skipna=False)
    order = [[one for one in responses.values(item) if one in set(whole[item.name])]
             for item in (group, years) if item]
    index = pd.MultiIndex.from_product(order, names=keys) if group else pd.Index(
        order[0], name=keys[0])
    return sums.reindex(index).reset_index()


def _years_in_part(responses: Responses, years: Item) -> list[str]:
    """Return the years that `where` looks at, also those that were not delivered."""
    asked = [set(one.values) for one in responses.conditions if one.item == years.name]
    return [one for one in responses.values(years) if all(one in values for values in asked)]


def rates_of(
    sums: pd.DataFrame, responses: Responses, counts: tuple[Item, Item | None]
) -> pd.DataFrame:
    """Divide the counts by their base, and say what was not delivered."""
    item, base = counts
    n, whole = sums[item.name], sums[base.name] if base else np.nan
    data = sums.assign(n=n, base=whole)
    if base and (data["n"] > data["base"]).any():
        raise DataError(_(
            "{source}: {item} is larger than {base}, so it is no part of it. Name another "
            "population.",
            source=responses.source.name, item=item.name, base=base.name))
    data = data.assign(share=data["n"] / data["base"].where(data["base"] > 0))
    absent = data["n"].isna() | (data["base"].isna() if base else False)
    return data.assign(state=absent.map({True: ABSENT, False: SHOWN}))


def without_small(data: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Take out counts of few units, and those that leave few units over."""
    hidden = pd.Series([
        state == SHOWN and bool(too_small(
            np.array([n]), int(n if pd.isna(base) else base), minimum, partition=False)[0])
        for n, base, state in zip(data["n"], data["base"], data["state"], strict=True)],
        index=data.index, dtype=bool)
    numbers = data[["n", "share"]].astype(float).mask(hidden, axis=0)
    base = data["base"].astype(float).mask(data["base"] < minimum)
    return data.assign(**numbers, base=base, state=data["state"].mask(hidden, HIDDEN))
