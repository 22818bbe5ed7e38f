"""The people behind joint answers, each time beside the people they are a part of."""

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.labels import label, unit_words
from wbkit.study.item import Item
from wbkit.survey.counts.captions import dimension_labels
from wbkit.table.layout import ABSENT, HIDDEN, SHOWN
from wbkit.table.table import Table

NONE = float("nan")


def people_behind(
    responses: Responses, people: str | Item, *, of: str | Item, by: str | Item
) -> Table:
    """Set the people behind joint answers beside those of their group and of the population.

    They are no units: each group gave one answer. The populations are ``people_of`` in the
    design; a share is only given beside the population that it is a part of.

    Parameters
    ----------
    responses
        One row for each group, of a source whose design is ``joint``.
    people
        A numeric item: how many people of a group stand behind its answers.
    of
        A numeric item: how many people the group has.
    by
        The item that names the group.

    Returns
    -------
    Table
        One row for each group, in the order of study.toml, and for each population.

        - ``item``, `by`, ``value``: ids; a population has its place in the list as its id
        - ``n``: people behind the answers; ``base``: people in the group or population
        - ``share``: n / base, from 0 to 1; ``low``, ``high``: absent
        - ``state``: ``shown``, ``hidden`` (fewer people than the study shows), or ``absent``
          (did not take part)

    Raises
    ------
    DataError
        If the design is not joint, an item is not numeric, or more people stand behind the
        answers than there are.
    """
    source, language = responses.source, responses.source.language
    people, of, group = (responses.item(one) for one in (people, of, by))
    _check(responses, people, of)
    rows = [_group_row(responses, (people, of, group), name) for name in responses.values(group)]
    total = sum(n for _, n, _, _ in rows if n == n)
    rows += [(f"people_{place}", total, crowd.n, SHOWN)
             for place, crowd in enumerate(source.design.people_of, start=1)]
    data = pd.DataFrame(rows, columns=[group.name, "n", "base", "state"])
    if (data["n"] > data["base"]).any():
        raise DataError(f"{source.name}: more people stand behind the answers than there are. "
                        f"Correct {people.name}, {of.name} or people_of in study.toml.")
    data = _hide(data.assign(share=data["n"] / data["base"]), source.minimum)
    data = data.assign(item=people.name, value="behind", low=NONE, high=NONE)
    words = dimension_labels(group, language)
    populations = {f"people_{place}": crowd.label.text(language)
                   for place, crowd in enumerate(source.design.people_of, start=1)}
    return Table(
        data=data[["item", group.name, "value", "n", "base", "share", "low", "high", "state"]],
        kind="frequency",
        title=label("people_title", language, source=source.words()),
        units=unit_words("person", language),
        base=label("people_base", language),
        basis=label("no_interval_joint", language),
        notes=tuple(source.missing_words()),
        sources=(source,),
        labels=words | {group.name: words[group.name] | populations,
                        "item": {people.name: people.words(language)},
                        "value": {"behind": label("people_behind", language)},
                        "sentence": {"key": "sentence_people"}},
        language=language,
        part=responses.base_words(),
    )


def _check(responses: Responses, people: Item, of: Item) -> None:
    source = responses.source
    if source.design is None or source.design.kind != "joint":
        raise DataError(f"{source.name}: people stand behind joint answers, and here one row is "
                        f"one {source.unit}. Use coverage.")
    wrong = [item.name for item in (people, of) if item.kind != "numeric"]
    if wrong:
        raise DataError(f"{source.name}: {wrong[0]} holds no number of people. "
                        "Name a numeric item.")


def _group_row(responses: Responses, items: tuple[Item, Item, Item], name: str) -> tuple:
    people, of, group = items
    found = responses.data[responses.domain & (responses.data[group.name] == name)]
    if found.empty:
        return name, NONE, NONE, ABSENT
    return name, float(found[people.name].sum()), float(found[of.name].sum()), SHOWN


def _hide(data: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Take out small crowds, those that leave few people out, and what could be worked out."""
    left = data["base"] - data["n"]
    small = (data["n"] < minimum) | ((left > 0) & (left < minimum)) if minimum > 1 else (
        data["n"] < 0)
    if small.any():
        small = data["state"] == SHOWN  # totals beside one hidden group would give it away
    return data.assign(
        **data[["n", "base", "share"]].mask(small),
        state=data["state"].mask(small & (data["state"] == SHOWN), HIDDEN),
    )
