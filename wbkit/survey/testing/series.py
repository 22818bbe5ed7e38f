"""The counts of a register, added up year by year."""

import numpy as np
import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.stats.suppression import too_small
from wbkit.study.item import Item
from wbkit.table.layout import ABSENT, HIDDEN, SHOWN


def count_items(
    responses: Responses, item: str | Item, population: str | Item | None
) -> tuple[Item, Item | None]:
    """Return the count and what it is a part of, None for a count beside the base."""
    rules, source = responses.source.counts, responses.source
    if rules is None:
        raise DataError(f"{source.name}: trend needs a source of counts, and this is a "
                        f'{source.kind}. Write kind = "counts" in study.toml, or use frequency.')
    item = responses.item(item)
    if item.name not in rules.counted:
        raise DataError(f"{source.name}: {item.name} holds no counts. "
                        f"Use one of {', '.join(rules.counted)}.")
    if population is None:
        return item, responses.item(rules.base) if item.name in rules.parts else None
    base = responses.item(population)
    if base.name not in rules.counted or base.name == item.name:
        raise DataError(f"{source.name}: {base.name} is no population of {item.name}. "
                        f"Use {rules.base}, or leave population out.")
    return item, base


def cell_item(responses: Responses, name: str | Item) -> Item:
    """Return an item that names a cell."""
    item, cells = responses.item(name), responses.source.counts.cells
    if item.name not in cells:
        raise DataError(f"{responses.source.name}: {item.name} does not name a cell. "
                        f"Use one of {', '.join(cells)}.")
    return item


def breaks_of(responses: Responses, years: Item, item: Item) -> dict[str, bool]:
    """Say of each year whether parts are counted by another definition than the year before."""
    names, rules = responses.values(years), responses.source.counts
    if rules.definition is None or item.name not in rules.parts:
        return dict.fromkeys(names, False)
    found = responses.data.dropna(subset=[rules.definition]).groupby(
        years.name, observed=True)[rules.definition].unique()
    double = [year for year, definitions in found.items() if len(definitions) > 1]
    if double:
        raise DataError(
            f"{responses.source.name}: {double[0]} holds the definitions "
            f"{', '.join(map(str, found[double[0]]))}. A year has one; correct {rules.definition}."
        )
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
    once, known = data[others].drop_duplicates(), responses.values(years)
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


def rates_of(
    sums: pd.DataFrame, responses: Responses, counts: tuple[Item, Item | None]
) -> pd.DataFrame:
    """Divide the counts by their base, and say what was not delivered."""
    item, base = counts
    n, whole = sums[item.name], sums[base.name] if base else np.nan
    data = sums.assign(n=n, base=whole)
    if base and (data["n"] > data["base"]).any():
        raise DataError(f"{responses.source.name}: {item.name} is larger than {base.name}, so it "
                        "is no part of it. Name another population.")
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
