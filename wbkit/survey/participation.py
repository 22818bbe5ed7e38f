"""Who took part, who did not, and who stopped on the way."""

import numpy as np
import pandas as pd

from wbkit.data.cells import numbered
from wbkit.data.responses import NO_ANSWER, NOT_ASKED, Responses, asked_items
from wbkit.errors import DataError
from wbkit.labels import label, number, percentage
from wbkit.stats.suppression import too_small
from wbkit.study.item import Item
from wbkit.study.source_kinds import MINUTES
from wbkit.survey.counts.captions import dimension_labels
from wbkit.table.layout import HIDDEN, SHOWN
from wbkit.table.old_table import OldTable
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
    source, language = responses.source, responses.source.language
    if source.design is None or source.design.population is None:
        raise DataError(
            f"{source.name}: coverage needs to know the population, and there is none. "
            "Add population, and margins where they are known, to the design in study.toml."
        )
    if responses.conditions:
        raise DataError(
            f"{source.name}: coverage sets all units beside the whole population, and here is "
            f"only {responses.base_words()}. Leave where out; each margin shows its own part."
        )
    rows = [(TOTAL, TOTAL, responses.n, source.design.population)]
    rows += [row for name in source.design.margins for row in _margin(responses, name)]
    data = pd.DataFrame(rows, columns=["margin", "value", "n", "population"])
    margins = [responses.item(name) for name in source.design.margins]
    return OldTable(
        data=_hide_margins(_ratios(data), source.minimum),
        kind="coverage",
        title=label("coverage_title", language, source=source.words()),
        units=(source.units(1), source.units(2)),
        base=_participation(responses),
        basis=label(f"design_{source.design.kind}", language),
        notes=_missing(responses, margins),
        sources=(source,),
        labels=_coverage_labels(margins, language),
        language=language,
    )


def _participation(responses: Responses) -> str:
    """Say how many took part: of those invited where a design invited, otherwise of all."""
    source, language = responses.source, responses.source.language
    design, n = source.design, number(responses.n, language)
    population = number(design.population, language)
    if design.invited is None or design.kind in ("convenience", "joint"):
        return label("coverage_base", language, n=n, population=population, units=source.units(2))
    share = percentage(responses.n / design.invited, design.invited, language)
    key = "response_base" if share else "response_base_few"
    return label(key, language, n=n, invited=number(design.invited, language), share=share,
                 population=population, units=source.units(2))


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
    source, language = responses.source, responses.source.language
    group = responses.item(by) if by else None
    if group and group.kind not in ("nominal", "ordinal"):
        raise DataError(
            f"{source.name}: by needs a nominal or ordinal item; {group.name} is {group.kind}. "
            "Choose another item."
        )
    units = _unit_counts(responses)
    key = group.name if group else "group"
    rows = [_summary(units[mask], name) for name, mask in _groups(responses, group)]
    data = pd.DataFrame(rows, columns=[key, "n", "broke_off", "base", "skipped", "minutes"])
    words = dimension_labels(group, language) if group else {key: {}, "column": {key: ""}}
    return OldTable(
        data=_hide_groups(data, source.minimum),
        kind="nonresponse",
        title=label("nonresponse_title", language, source=source.words()),
        units=(source.units(1), source.units(2)),
        base=label("nonresponse_base", language, units=source.units(2), last=LAST),
        sources=(source,),
        labels=words | {key: words[key] | {TOTAL: label("total", language)},
                        "column": words["column"] | {
                            "base": label("col_put", language),
                            "share": label("col_share_skipped", language)}},
        language=language,
        part=responses.base_words(),
        about=responses.about,
    )


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


def _hide_margins(data: pd.DataFrame, minimum: int) -> pd.DataFrame:
    margin, n = numbered([data["margin"].to_numpy()]), data["n"].to_numpy()
    hidden = np.zeros(len(data), dtype=bool)
    for one in range(margin.max() + 1):
        counts = n[margin == one]
        hidden[margin == one] = too_small(counts, int(counts.sum()), minimum, partition=True)
    numbers = {name: np.where(hidden, np.nan, data[name].to_numpy(float))
               for name in ("n", "coverage", "share", "ratio")}
    return data.assign(**numbers, state=np.where(hidden, HIDDEN, SHOWN))


def _coverage_labels(margins: list[Item], language: str) -> dict[str, dict[str, str]]:
    values = {TOTAL: label("total", language)}
    for item in margins:
        values |= item.value_words(language)
    names = {item.name: item.words(language, short=True) for item in margins}
    return {
        "margin": names | {TOTAL: label("total", language)},
        "value": values,
        "column": {"margin": label("col_margin", language), "value": label("col_group", language)},
    }


def _missing(responses: Responses, margins: list[Item]) -> tuple[str, ...]:
    """Say who is outside a margin because the answer is absent, and which units are missing."""
    source, language = responses.source, responses.source.language
    notes = source.missing_words()
    for item in margins:
        known = list(source.design.margins[item.name])
        absent = int((~responses.data[item.name].isin(known)).sum())
        if absent >= source.minimum:
            notes.append(label("margin_unknown", language, n=number(absent, language),
                               units=source.units(absent), item=item.words(language, short=True)))
    return tuple(notes)


def _unit_counts(responses: Responses) -> pd.DataFrame:
    """Count for each unit: questions put to it, unanswered ones, and whether it broke off."""
    items = [item for item in asked_items(responses.source) if item.closed]
    if not items:
        raise DataError(
            f"{responses.source.name}: nonresponse counts closed questions, and there are none. "
            "Add nominal, ordinal or multiple items to study.toml."
        )
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
    skipped, base = data["skipped"].to_numpy(float), data["base"].to_numpy(float)
    counts = data["n"].to_numpy()
    small = too_small(counts[:-1], int(counts[:-1].sum()), minimum, partition=True)
    hidden = np.array([*small, 0 < counts[-1] < minimum], dtype=bool)
    few = data["broke_off"].between(1, minimum - 1).to_numpy()
    columns = {name: data[name].to_numpy(float) for name in ("n", "broke_off")} | {
        "base": base, "skipped": skipped, "share": _divided(skipped, base),
        "minutes": data["minutes"].to_numpy(float)}
    columns["broke_off"] = np.where(few, np.nan, columns["broke_off"])
    numbers = {name: np.where(hidden, np.nan, one) for name, one in columns.items()}
    return pd.DataFrame({data.columns[0]: data.iloc[:, 0], **numbers,
                         "state": np.where(hidden, HIDDEN, SHOWN)})
