"""Who took part, who did not, and who stopped on the way."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wbkit.data.cells import numbered
from wbkit.data.responses import Responses, asked_items
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.stats.suppression import too_small, too_small_crossed
from wbkit.study.item import NO_ANSWER, NOT_ASKED, Item
from wbkit.study.source_kinds import MINUTES
from wbkit.survey.stating import missing_facts, part_facts
from wbkit.table.count_layouts import HIDDEN, SHOWN
from wbkit.table.facts import Count, Fact, Subject, Ungrouped
from wbkit.table.statements.survey import Approached, Stopped, TookPart
from wbkit.table.table import Table

TOTAL = "total"
LAST = 3


def coverage(responses: Responses) -> Table:
    """Set the units that answered beside the population, for each declared margin.

    Parameters
    ----------
    responses
        One row for each unit of a source whose design declares `population`.

    Returns
    -------
    Table
        One row for the whole and one for each value of each margin.

        - ``margin``, ``value``: ids of the item and its value
        - ``n``: units that answered
        - ``population``: units in the population
        - ``coverage``: n / population, from 0 to 1
        - ``share``, ``share_population``: the value's part of the answering units and of the
          population, from 0 to 1
        - ``ratio``: share / share_population; under 1 the group is under-represented
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the design declares no population, or `where` marked a part of the units.
    """
    source = responses.source
    if source.design is None or source.design.population is None:
        raise DataError(_(
            "{source}: coverage needs to know the population, and there is none. Add population, "
            "and margins where they are known, to the design in study.toml.",
            source=source.name))
    if responses.conditions:
        raise DataError(_(
            "{source}: coverage sets all units beside the whole population, and here is only "
            "{part}. Leave where out; each margin shows its own part.",
            source=source.name, part=responses.base_words()))
    rows = [(TOTAL, TOTAL, responses.n, source.design.population)]
    rows += [row for name in source.design.margins for row in _margin(responses, name)]
    data = pd.DataFrame(rows, columns=["margin", "value", "n", "population"])
    margins = tuple(source.design.margins)
    facts = (Subject("coverage", margins), _participation(responses),
             Approached(source.design.kind), *missing_facts(source),
             *_unknown_facts(responses, margins))
    data = _hide_margins(_ratios(data), source.minimum, responses.n)
    return Table(data, "coverage", (), facts, (source,))


def _participation(responses: Responses) -> TookPart:
    """State how many took part: of those invited where a design invited, otherwise of all."""
    design = responses.source.design
    invited = None if design.kind in ("convenience", "joint") else design.invited
    return TookPart(Count(responses.n), design.population, invited)


def nonresponse(responses: Responses, *, by: str | Item | None = None) -> Table:
    """Count who stopped before the end and which asked questions stayed open.

    Parameters
    ----------
    responses
        One row for each unit; items in the order in which they were asked.
    by
        A nominal or ordinal item: one row for each of its values, and one for all.

    Returns
    -------
    Table
        - `by`: id of the group, ``total`` for all
        - ``n``: units
        - ``broke_off``: units without an answer to the last three closed questions that
          were put to them
        - ``base``: closed questions put to these units, up to where a unit broke off
        - ``skipped``: how many of these stayed unanswered; ``share``: skipped / base
        - ``minutes``: median time to fill in, in minutes, where the export holds times
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If `by` is not nominal or ordinal, or the source has no closed question.
    """
    source = responses.source
    group = responses.item(by) if by else None
    if group and group.kind not in ("nominal", "ordinal"):
        raise DataError(_(
            "{source}: by needs a nominal or ordinal item; {group} is {kind}. Choose another item.",
            source=source.name, group=group.name, kind=group.kind))
    units = _unit_counts(responses)
    by = (group.name,) if group else ()
    (key,) = by or ("group",)
    rows = [_summary(units[mask], name) for name, mask in _groups(responses, group)]
    data = pd.DataFrame(rows, columns=["group", "n", "broke_off", "base", "skipped", "minutes"])
    data = _hide_groups(data, source.minimum).rename(columns={"group": key})
    facts = (Subject("nonresponse", (), by), Stopped(LAST, *by), *part_facts(responses))
    return Table(data, "nonresponse", (key,), facts, (source,))


def _margin(responses: Responses, name: str) -> list[tuple[str, str, int, int]]:
    column = responses.data.loc[responses.domain, name]
    counts = responses.source.design.margins[name]
    return [(name, value, int((column == value).sum()), N) for value, N in counts.items()]


def _ratios(data: pd.DataFrame) -> pd.DataFrame:
    n, population = data["n"].to_numpy(float), data["population"].to_numpy(float)
    margin = numbered([data["margin"].to_numpy()])
    share = _divided(n, np.bincount(margin, n)[margin])
    share_population = _divided(population, np.bincount(margin, population)[margin])
    return data.assign(coverage=_divided(n, population), share=share,
                       share_population=share_population, ratio=_divided(share, share_population))


def _divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Divide, absent where there is nothing to divide by."""
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def _hide_margins(data: pd.DataFrame, minimum: int, whole: int) -> pd.DataFrame:
    """Take out small counts; few units outside a margin are a count beside its values."""
    margin, n = numbered([data["margin"].to_numpy()]), data["n"].to_numpy()
    hidden, open_shares = np.zeros(len(data), dtype=bool), np.zeros(len(data), dtype=bool)
    for one in range(margin.max() + 1):
        counts = n[margin == one]
        outside = whole - int(counts.sum())
        few = 0 < outside < minimum
        with_outside = np.append(counts, outside) if few else counts
        found = too_small(with_outside, int(with_outside.sum()), minimum, partition=True)
        hidden[margin == one] = found[:len(counts)]
        open_shares[margin == one] = few  # n divided by a share gives how many are inside
    numbers = {name: np.where(hidden, np.nan, data[name].to_numpy(float))
               for name in ("n", "coverage", "share", "ratio")}
    numbers |= {name: np.where(open_shares, np.nan, numbers[name]) for name in ("share", "ratio")}
    return data.assign(**numbers, state=np.where(hidden, HIDDEN, SHOWN))


def _unknown_facts(responses: Responses, margins: Sequence[str]) -> list[Fact]:
    """Count who is outside a margin because the answer is absent."""
    known = responses.source.design.margins
    absent = {name: int((~responses.data[name].isin(list(known[name]))).sum())
              for name in margins}
    return [Ungrouped(name, Count(n)) for name, n in absent.items() if n]


def _unit_counts(responses: Responses) -> pd.DataFrame:
    """Count for each unit: questions put to it, unanswered ones, and whether it broke off."""
    items = [item for item in asked_items(responses.source) if item.closed or item.several]
    if not items:
        raise DataError(_(
            "{source}: nonresponse counts closed questions, and there are none. Add nominal, "
            "ordinal or multiple items to study.toml.",
            source=responses.source.name))
    asked, silent = (~_in_state(responses, items, NOT_ASKED),
                     _in_state(responses, items, NO_ANSWER))
    open_ended = asked | _behind_silence(items, silent)
    behind = np.cumsum((asked & ~silent)[:, ::-1], axis=1)[:, ::-1]  # answers from here on
    tail = open_ended & (behind == 0)
    broke_off = tail.sum(axis=1) >= LAST
    reached = asked & ~(tail & broke_off[:, None])
    minutes = responses.data.get(MINUTES, np.nan)
    return pd.DataFrame({"broke_off": broke_off, "base": reached.sum(axis=1),
                         "skipped": (reached & silent).sum(axis=1), "minutes": minutes},
                        index=responses.data.index)


def _in_state(responses: Responses, items: list[Item], name: str) -> np.ndarray:
    """Mark the units in this state, shape (units, items)."""
    found = [responses.state_codes(item) for item in items]
    return np.column_stack([codes == states.index(name) for codes, states in found])


def _behind_silence(items: list[Item], silent: np.ndarray) -> np.ndarray:
    """Mark the questions that were not put because the question before them stayed open."""
    place = {item.name: column for column, item in enumerate(items)}
    behind = np.zeros_like(silent)
    for item in items:
        for parent in item.asked_if:
            if parent in place:
                behind[:, place[item.name]] |= silent[:, place[parent]] | behind[:, place[parent]]
    return behind


def _groups(responses: Responses, group: Item | None) -> list[tuple[str, pd.Series]]:
    domain = responses.domain
    if group is None:
        return [(TOTAL, domain)]
    masks = [(value, domain & (responses.data[group.name] == value))
             for value in responses.values(group)]
    return [*masks, (TOTAL, domain)]


def _summary(units: pd.DataFrame, name: str) -> tuple:
    return (name, len(units), int(units["broke_off"].sum()), int(units["base"].sum()),
            int(units["skipped"].sum()), units["minutes"].median())


def _hide_groups(data: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Take out small counts, and what the row for all would give of them.

    Who is in none of the groups is a group beside them; a question that stayed open is one of
    somebody, so that few of these are few people.
    """
    skipped, base = data["skipped"].to_numpy(float), data["base"].to_numpy(float)
    hidden = _hidden_rows(data["n"].to_numpy(), minimum)
    columns = {name: data[name].to_numpy(float) for name in ("n", "broke_off")} | {
        "base": base, "skipped": skipped, "share": _divided(skipped, base),
        "minutes": data["minutes"].to_numpy(float)}
    for name, whole, gone in (("broke_off", "n", ["broke_off"]),
                              ("skipped", "base", ["skipped", "share"])):
        few = _few_in_rows(data[name].to_numpy(), data[whole].to_numpy(), minimum, hidden)
        columns |= {one: np.where(few, np.nan, columns[one]) for one in gone}
    numbers = {name: np.where(hidden, np.nan, one) for name, one in columns.items()}
    return pd.DataFrame({"group": data["group"], **numbers,
                         "state": np.where(hidden, HIDDEN, SHOWN)})


def _hidden_rows(counts: np.ndarray, minimum: int) -> np.ndarray:
    """Mark the groups of which nothing may be shown; the last row is all of them."""
    *groups, whole = counts.tolist()
    rest = [whole - sum(groups)] if groups else []
    small = too_small(np.array([*groups, *rest], dtype=int), whole, minimum, partition=True)
    return np.array([*small[:len(groups)], 0 < whole < minimum], dtype=bool)


def _few_in_rows(
    counts: np.ndarray, wholes: np.ndarray, minimum: int, hidden: np.ndarray
) -> np.ndarray:
    """Mark the counts of each row that are small, leave few, or give a small one of the others."""
    if not counts[-1]:
        return np.zeros(len(counts), dtype=bool)
    whole = np.array([[counts[-1], wholes[-1] - counts[-1]]])
    lines = np.column_stack([counts, wholes - counts])[:-1]
    rest = whole - lines.sum(axis=0) if len(lines) else np.zeros((0, 2), dtype=int)
    few = ((whole > 0) & (whole < minimum)).any(axis=1) & (minimum > 1)
    rows = np.append(hidden[:-1], np.zeros(len(rest), dtype=bool))
    found = too_small_crossed(np.vstack([lines, rest]).astype(int), minimum, rows=rows,
                              columns=few.repeat(2))
    return np.append(found[:len(lines), 0], few)
