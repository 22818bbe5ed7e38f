"""Rankings: how often each option came first, and the mean place that it got."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wbkit.data.category_codes import option_and_place
from wbkit.data.cells import BASE, COUNT_KEYS, SUMS, VALUE, Cells, together
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.suppression import too_small_in_lines
from wbkit.study.item import Item
from wbkit.survey.counts.cells import counted_by
from wbkit.survey.counts.shares import METHODS
from wbkit.survey.counts.weighted_shares import find_shares, share_frame
from wbkit.survey.design.base_weights import settle
from wbkit.survey.design.intervals import follows_design, require_interval
from wbkit.survey.stating import answer_facts, base_facts, counted_base
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Subject
from wbkit.table.kinds import KINDS
from wbkit.table.statements.survey import Ranked
from wbkit.table.table import Table

MOST_HALVED = 4  # of so many options the first half is counted together, of more the first three
TOP = 3
COLUMNS = ("n", "top", "ranked", "base", "share", "share_raw", "share_top", "mean", "low", "high",
           "low_deff2", "high_deff2", "state")


@dataclass(frozen=True)
class Places:
    """How many units of each group gave each option each place.

    Parameters
    ----------
    groups
        Ids; one for everyone.
    n, weight
        Units and their sum of weights, shape (groups, options, places).
    base, base_weight
        Units that gave some option a place, shape (groups,).
    """

    groups: tuple[str, ...]
    n: np.ndarray
    weight: np.ndarray
    base: np.ndarray
    base_weight: np.ndarray


def top_of(item: Item) -> int:
    """Return how many places are counted together: the first half of a few, the first three."""
    options = len(item.categories)
    return TOP if options > MOST_HALVED else (options + 1) // 2


def ranked(
    responses: Responses | Cells, items: Sequence[Item], group: Item | None, *, of: str,
    interval: str | None,
) -> Table:
    """Count a ranking: how often each option came first or near it, and its mean place."""
    _check(responses, items, of, interval)
    item, by = items[0], (group.name,) if group else ()
    counted, _ = counted_by(responses, [item], group, numeric="values", moments=False)
    counted = settle(counted) if follows_design(responses, interval) else counted
    found = find_shares(responses, *_first(counted, item), group, interval=interval)
    data = _with_places(share_frame(found, group), counted, item, group)
    base = counted_base(counted, [item], "ranked", None if group else data)
    facts = (Subject("asked", (item.name,), by), Ranked(top_of(item)),
             *base_facts(counted, [item], base), *found.facts[0],
             *answer_facts(counted, [item], group), *found.facts[1])
    return Table(data, "ranking", by, facts, (counted.source,))


def _check(
    responses: Responses | Cells, items: Sequence[Item], of: str, interval: str | None
) -> None:
    source = responses.source.name
    item = next(one for one in items if one.kind == "ranking")
    if len(items) > 1:
        raise DataError(_(
            "{source}: {item} is a ranking, and its Table has places, which {other} has not. Ask "
            "its frequency alone.",
            source=source, item=item.name,
            other=next(one.name for one in items if one is not item)))
    if of != "respondents":
        raise DataError(_(
            "{source}: of={of!r} is not for {item}, a ranking: its base is who gave some option a "
            "place. Leave of out.",
            source=source, of=of, item=item.name))
    if interval not in (None, *METHODS):
        raise DataError(_(
            "{source}: interval={interval!r} is unknown. Use one of {methods}, or leave it out.",
            source=source, interval=interval, methods=", ".join(METHODS)))
    if interval:
        require_interval(responses, "interval_of_first")


def _first(counted: Cells, item: Item) -> tuple[Cells, list[Item]]:
    """Return Cells in which the option at the first place is the tick of a multiple item."""
    lines = counted.lines(item)
    answer = lines["role"] == VALUE
    places = [option_and_place(one) if here else (one, 1)
              for one, here in zip(lines["value"], answer, strict=True)]
    names = np.array([option for option, _ in places], dtype=object)
    kept = np.array([place == 1 for _, place in places], dtype=bool)
    rows = together(lines.assign(value=names).at(kept), COUNT_KEYS, SUMS)
    ticks = item.model_copy(update={"kind": "multiple"})
    source = counted.source.model_copy(
        update={"items": counted.source.items | {item.name: ticks}})
    return replace(counted, source=source, items=(item.name,), rows=rows, moments={}), [ticks]


def _places(counted: Cells, item: Item, group: Item | None) -> Places:
    """Sum the Cells of a ranking."""
    lines, options = counted.lines(item), {one: at for at, one in enumerate(item.categories)}
    groups = counted.values(group) if group else ("",)
    row = np.zeros(len(lines), dtype=int)
    if group:
        known = {one: at for at, one in enumerate(groups)}
        row = np.array([known.get(one, -1) for one in lines["group"]], dtype=int)
    found = {name: np.zeros((len(groups), len(options), len(options))) for name in ("n", "w")}
    bases = {name: np.zeros(len(groups)) for name in ("n", "w")}
    for at in np.flatnonzero(row >= 0):
        if lines["role"][at] == VALUE:
            option, place = option_and_place(lines["value"][at])
            for name, sums in found.items():
                sums[row[at], options[option], place - 1] += lines[name][at]
        elif lines["role"][at] == BASE:
            for name, sums in bases.items():
                sums[row[at]] += lines[name][at]
    return Places(tuple(groups), found["n"], found["w"], bases["n"], bases["w"])


def _with_places(
    data: pd.DataFrame, counted: Cells, item: Item, group: Item | None
) -> pd.DataFrame:
    """Put the first places together, and the mean place, beside how often an option came first."""
    places, top = _places(counted, item, group), top_of(item)
    rows = pd.MultiIndex.from_product([places.groups, item.categories])
    of_rows = pd.MultiIndex.from_arrays(
        [data[group.name] if group else [""] * len(data), data["value"]])
    known = pd.Series(data["state"].to_numpy() == HIDDEN, index=of_rows)
    known = known.reindex(rows, fill_value=True).to_numpy().reshape(places.n.shape[:2])
    hidden = _hidden(counted, item, places, known)
    numbers = _numbers(places, top, counted.source.minimum, hidden) | {"small": hidden[..., 0]}
    beside = pd.DataFrame({name: one.ravel() for name, one in numbers.items()}, index=rows)
    beside = beside.reindex(of_rows).set_axis(data.index)  # no numbers of groups without a name
    small = beside.pop("small").eq(other=True) & (data["state"] == SHOWN)
    made = pd.concat([data, beside], axis=1).assign(state=data["state"].mask(small, HIDDEN))
    lacking = [name for name in KINDS["ranking"].hides if name in made]
    made = made.assign(**made[lacking].mask(made["state"] != SHOWN))
    keys = [*([group.name] if group else []), "value"]
    return made[["item", *keys, *(name for name in COLUMNS if name in made)]]


def _numbers(
    places: Places, top: int, minimum: int, hidden: np.ndarray
) -> dict[str, np.ndarray]:
    """Return what stands beside how often an option came first, shape (groups, options).

    How many gave it a place is absent where few did or did not; so is a mean of few.
    """
    n, weight, ranked_by = places.n, places.weight, places.n.sum(axis=-1)
    few = ((ranked_by > 0) & (ranked_by < minimum)) | hidden.all(axis=-1)
    without = places.base[:, None] - ranked_by
    nearly = (without > 0) & (without < minimum)
    found = {"ranked": np.where(few | nearly, np.nan, ranked_by),
             "mean": np.where(few | hidden.any(axis=-1), np.nan, _mean_place(weight))}
    if top == 1:  # the same as coming first
        return found
    share = _divided(weight[..., :top].sum(axis=-1), places.base_weight[:, None])
    known = {"top": n[..., :top].sum(axis=-1), "share_top": share}
    return {name: np.where(hidden[..., -1], np.nan, one) for name, one in known.items()} | found


def _mean_place(weight: np.ndarray) -> np.ndarray:
    return _divided(weight @ np.arange(1.0, weight.shape[-1] + 1), weight.sum(axis=-1))


def _divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    below = np.broadcast_to(below, above.shape)
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)


def _hidden(counted: Cells, item: Item, places: Places, known: np.ndarray) -> np.ndarray:
    """Mark what is too small to show; shape (groups, options, parts).

    First, near the first and behind add up to the base; each of them over the options as well.
    `known` are the options of which the first places are hidden already, shape (groups, options).
    """
    minimum, top = counted.source.minimum, top_of(item)
    alone = too_small_in_lines(_parts(_places(counted, item, None), top), minimum)
    hidden = np.broadcast_to(alone, (*known.shape, alone.shape[-1])).copy()
    hidden[..., 0] |= known
    small = known.all(axis=1) if len(known) > 1 else False
    hidden |= np.reshape(small, (-1, 1, 1))
    return too_small_in_lines(_parts(places, top), minimum, hidden)


def _parts(places: Places, top: int) -> np.ndarray:
    """Divide the base of each option: came first, near the first, behind or without a place."""
    first = places.n[..., 0]
    near = places.n[..., 1:top].sum(axis=-1)
    parts = [first, *([near] if top > 1 else []), places.base[:, None] - first - near]
    return np.stack(parts, axis=-1)
