"""Rates of a full count, year by year."""

import numpy as np
import pandas as pd

from wbkit.basis.hiding import too_small
from wbkit.errors import DataError
from wbkit.labels import label, listing
from wbkit.nouns.item import Item
from wbkit.nouns.layout import ABSENT, HIDDEN, SHOWN
from wbkit.nouns.response import Responses
from wbkit.nouns.table import Table
from wbkit.survey.captions import dimension_labels

FEWEST_POINTS = 8  # on each side: Penfold & Zhang (2013), Academic Pediatrics 13, S38-S44
COLUMNS = ("n", "base", "share", "break", "state")


def trend(
    responses: Responses,
    item: str | Item,
    *,
    year: str | Item,
    population: str | Item | None = None,
    by: str | Item | None = None,
    interrupted: str | None = None,
) -> Table:
    """Set the rates of a full count beside each other, year by year.

    Parameters
    ----------
    responses
        Cells of a source with ``kind = "counts"``.
    item
        An item that holds counts: a part of the base, or a count that is shown without rate.
    year
        The item that names the year; its values are in order.
    population
        The count that a part is divided by; the base of the source when left out.
    by
        One of the other items that name a cell: one line for each of its values. Counts are
        added up over the items that are not named.
    interrupted
        A year from which something was different: asks for an interrupted series, which is
        refused with what it would need.

    Returns
    -------
    Table
        One row for each group and year, also for one that was not delivered.

        - ``item``, `by`, `year`: ids
        - ``n``: the count; ``base``: the population of that group in that year
        - ``share``: n / base, from 0 to 1; absent for a count that is no part of the base
        - ``break``: whether another definition holds from this year on
        - ``state``: ``shown``, ``hidden``, or ``absent`` when a cell of it was not delivered

    Raises
    ------
    DataError
        If the source holds no counts, an item is of another kind, a year has two definitions,
        a count is larger than its population, or an interrupted series was asked for.
    """
    counts = _count_items(responses, item, population)
    years, group = _cell_item(responses, year), _cell_item(responses, by) if by else None
    item, base = counts
    breaks = _breaks(responses, years, item)
    if interrupted is not None:
        _refuse_interrupted(responses, years, breaks, interrupted)
    sums = _sums(responses, counts, years, group)
    data = _hide(_rates(sums, responses, counts), responses.source.minimum)
    data = data.assign(item=item.name, **{"break": data[years.name].map(breaks)})
    keys = ["item", *([group.name] if group else []), years.name]
    language = responses.source.language
    return Table(
        data=data[[*keys, *COLUMNS]],
        kind="trend",
        title=_title(item, years, group, language),
        units=(responses.source.units(1), responses.source.units(2)),
        base=_base_words(responses, item, base),
        basis=label("no_interval_counts", language),
        notes=tuple(_notes(responses, counts, data, years)),
        sources=(responses.source,),
        labels=_labels(item, [one for one in (group, years) if one], language),
        language=language,
        part=responses.base_words(),
    )


def _count_items(
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


def _cell_item(responses: Responses, name: str | Item) -> Item:
    item, cells = responses.item(name), responses.source.counts.cells
    if item.name not in cells:
        raise DataError(f"{responses.source.name}: {item.name} does not name a cell. "
                        f"Use one of {', '.join(cells)}.")
    return item


def _breaks(responses: Responses, years: Item, item: Item) -> dict[str, bool]:
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


def _sums(
    responses: Responses, counts: tuple[Item, Item | None], years: Item, group: Item | None
) -> pd.DataFrame:
    """Add the cells up; a sum of which one cell was not delivered is absent."""
    names = list(dict.fromkeys(one.name for one in counts if one))
    cells = list(responses.source.counts.cells)
    data = responses.data.loc[responses.marked, [*cells, *names]].astype(
        dict.fromkeys(cells, str))
    others = [name for name in cells if name != years.name]
    every = data[others].drop_duplicates().merge(
        pd.DataFrame({years.name: responses.values(years)}), how="cross")
    whole = every.merge(data, on=cells, how="left")
    keys = [*([group.name] if group else []), years.name]
    sums = whole.groupby(keys, sort=False)[names].agg(lambda part: part.sum(skipna=False))
    order = [[one for one in responses.values(item) if one in set(whole[item.name])]
             for item in (group, years) if item]
    index = pd.MultiIndex.from_product(order, names=keys) if group else pd.Index(
        order[0], name=keys[0])
    return sums.reindex(index).reset_index()


def _rates(
    sums: pd.DataFrame, responses: Responses, counts: tuple[Item, Item | None]
) -> pd.DataFrame:
    item, base = counts
    n, whole = sums[item.name], sums[base.name] if base else np.nan
    data = sums.assign(n=n, base=whole)
    if base and (data["n"] > data["base"]).any():
        raise DataError(f"{responses.source.name}: {item.name} is larger than {base.name}, so it "
                        "is no part of it. Name another population.")
    data = data.assign(share=data["n"] / data["base"].where(data["base"] > 0))
    absent = data["n"].isna() | (data["base"].isna() if base else False)
    return data.assign(state=absent.map({True: ABSENT, False: SHOWN}))


def _hide(data: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Take out counts of few units, and those that leave few units over."""
    hidden = pd.Series([
        row["state"] == SHOWN and bool(too_small(
            np.array([row["n"]]), int(row["n"] if pd.isna(row["base"]) else row["base"]), minimum,
            partition=False)[0])
        for _, row in data.iterrows()], index=data.index, dtype=bool)
    numbers = data[["n", "share"]].astype(float).mask(hidden, axis=0)
    base = data["base"].astype(float).mask(data["base"] < minimum)
    return data.assign(**numbers, base=base, state=data["state"].mask(hidden, HIDDEN))


def _refuse_interrupted(
    responses: Responses, years: Item, breaks: dict[str, bool], since: str
) -> None:
    """Say what an interrupted series would need, beginning with what is lacking most."""
    source, names = responses.source, list(responses.values(years))
    if since not in names:
        raise DataError(f"{source.name}: interrupted={since!r} is not one of the values of "
                        f"{years.name} ({', '.join(names)}). Use one of these.")
    before, after = names.index(since), len(names) - names.index(since)
    moved = [year for year, moved in breaks.items() if moved]
    needs = [f"at least {FEWEST_POINTS} points before and after, measured in one way: there are "
             f"{before} before {since} and {after} from then on"]
    needs += [f"one definition: it changes in {', '.join(moved)}"] if moved else []
    needs += ["a comparison series in which nothing changed", "a model of how years hang together"]
    needs += [] if responses.assumption else ['the assumption in words: assume(responses, "…")']
    raise DataError(f"{source.name}: an interrupted series is not computed. It needs "
                    f"{'; '.join(needs)}. Show the rates, and say that they are context.")


def _title(item: Item, years: Item, group: Item | None, language: str) -> str:
    title = label("trend_title", language, item=item.words(language),
                  year=years.words(language, short=True).lower())
    if group is None:
        return title
    return label("by_group", language, title=title, group=group.words(language, short=True))


def _base_words(responses: Responses, item: Item, base: Item | None) -> str:
    language = responses.source.language
    key = "trend_base" if base else "trend_counts"
    text = label(key, language, item=item.words(language, short=True),
                 base=base.words(language, short=True) if base else "")
    part = responses.base_words()
    return f"{text} {label('base_part', language, part=part)}" if part else text


def _notes(
    responses: Responses, counts: tuple[Item, Item | None], data: pd.DataFrame, years: Item
) -> list[str]:
    language, source = responses.source.language, responses.source
    notes = [item.note.text(language) for item in counts if item and item.note]
    moved = [years.value_words(language).get(year, year)
             for year in dict.fromkeys(data.loc[data["break"], years.name])]
    notes += [label("trend_break", language, years=listing(moved, language))] if moved else []
    if (data["state"] == ABSENT).any():
        notes += [label("trend_absent", language), *source.missing_words()]
    return notes


def _labels(item: Item, keys: list[Item], language: str) -> dict[str, dict[str, str]]:
    found = [dimension_labels(one, language) for one in keys]
    words = {one.name: labels[one.name] for one, labels in zip(keys, found, strict=True)}
    columns = {name: text for labels in found for name, text in labels["column"].items()}
    return words | {"column": columns, "item": {item.name: item.words(language)},
                    "item_short": {item.name: item.words(language, short=True)}}
