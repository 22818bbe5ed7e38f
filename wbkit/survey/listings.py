"""A list, shown as it was written down."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from wbkit.data.responses import Responses, number_id
from wbkit.errors import DataError, DisclosureError
from wbkit.messages import _
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.survey.stating import missing_facts, no_interval, part_facts
from wbkit.table.count_layouts import ABSENT, HIDDEN, SHOWN
from wbkit.table.facts import Count, Counted, ItemNotes, Subject
from wbkit.table.statements.survey import Agreed, Behind, Rows, Together
from wbkit.table.table import Table
from wbkit.table.words import NONE_TICKED

COLUMNS = ["value", "agreement", "people", "state"]
NONE = float("nan")


def list_rows(responses: Responses, items: Sequence[str | Item]) -> Table:
    """Show the rows of a list that holds no people.

    Parameters
    ----------
    responses
        Rows of a source with ``kind = "list"`` that is public or synthetic.
    items
        The columns, in order; not a multiple item.

    Returns
    -------
    Table
        One row for each row of the list, one column for each item.

    Raises
    ------
    DisclosureError
        If the rows are people's answers, or the list is neither public nor synthetic.
    DataError
        If an item is a multiple item.
    """
    source = responses.source
    if source.kind != "list" or not (source.public or source.synthetic):
        raise DisclosureError(_(
            "{source}: one row is one {unit}, and rows of people are never shown. A list without "
            'people says kind = "list" and public = true in study.toml; otherwise use frequency.',
            source=source.name, unit=source.told_units()))
    columns = [responses.item(item) for item in items]
    _check_columns(columns, source.name)
    names = tuple(item.name for item in columns)
    data = responses.data.loc[responses.domain, list(names)].reset_index(drop=True)
    data = data.astype({item.name: str for item in columns if item.kind != "numeric"})
    facts = (Subject("list"), Rows(Count(len(data)), names), *part_facts(responses))
    return Table(data, "listing", (), facts, (source,))


def _check_columns(columns: Sequence[Item], name: str) -> None:
    several = [item.name for item in columns if item.several]
    if several or not columns:
        raise DataError(_(
            "{source}: {item} cannot be a column of a list. Name nominal, ordinal, numeric or "
            "open items.",
            source=name, item=several[0] if several else _("no item")))


def team_answers(
    responses: Responses,
    items: Sequence[str | Item],
    *,
    by: str | Item,
    agreement: Sequence[str | Item] = (),
    people: str | Item | None = None,
) -> Table:
    """Set the joint answers of groups beside each other, with who agreed on them.

    Groups stand in the order of study.toml and are never ranked; a group that did not take part
    keeps its place.

    Parameters
    ----------
    responses
        One row for each group, of a source whose design is ``joint``.
    items
        Closed or numeric items: the rows.
    by
        The item that names the group: the columns.
    agreement
        Items that close a block of questions with how far the group agreed. The agreement
        behind an item is the next of these in study.toml.
    people
        A numeric item: how many people stand behind the answers of a group.

    Returns
    -------
    Table
        One row for each item, group and ticked answer.

        - ``item``, `by`: ids; ``value``: the answer, empty without one
        - ``agreement``: the answer to the item of `agreement` that closes the block, or empty
        - ``people``: people behind the answer
        - ``state``: ``shown``, ``absent`` (did not take part), or ``hidden``: outside synthetic
          and public sources an answer needs `people` of at least the study's minimum

    Raises
    ------
    DisclosureError
        If one row is a person and not a group.
    DataError
        If an item is open, there is no such item, or two rows are the same group.
    """
    source, group = responses.source, responses.item(by)
    shown = [responses.item(item) for item in items]
    closing = [responses.item(item) for item in agreement]
    crowd = responses.item(people) if people else None
    _check_joint(responses, shown, group)
    rows = [(item.name, name, *row) for item in shown for name in responses.values(group)
            for row in _answers(responses, item, (group, name), closing, crowd)]
    data = pd.DataFrame(rows, columns=["item", group.name, *COLUMNS])
    facts = (Subject("asked", tuple(item.name for item in shown), (group.name,)),
             _together(responses, crowd), *part_facts(responses),
             no_interval(responses, "no_interval_joint"), *([Agreed()] if closing else []),
             ItemNotes(tuple(item.name for item in shown if item.note)), *missing_facts(source))
    return Table(data.astype({"people": float}), "answers", (group.name,), facts,
                 (source, _agreement_words(closing)))


def _check_joint(responses: Responses, items: Sequence[Item], group: Item) -> None:
    source = responses.source
    if source.design is None or source.design.kind != "joint":
        raise DisclosureError(_(
            "{source}: one row is one {unit}, and single answers of people are never shown. Joint "
            'answers come from a source with design = {{ kind = "joint" }}; use frequency.',
            source=source.name, unit=source.told_units()))
    wrong = [item.name for item in items if item.kind == "open"]
    if wrong or not items:
        raise DataError(_(
            "{source}: {item} cannot be a row. Name closed or numeric items; open answers are "
            "coded.",
            source=source.name, item=wrong[0] if wrong else _("no item")))
    names = responses.data.loc[responses.domain, group.name]
    if names.duplicated().any():
        raise DataError(_(
            "{source}: {answer} stands in several rows. Each value of {group} has one; set the "
            "others aside.",
            source=source.name, answer=names[names.duplicated()].iloc[0], group=group.name))


def _answers(
    responses: Responses, item: Item, group: tuple[Item, str], closing: Sequence[Item],
    crowd: Item | None,
) -> list[tuple]:
    """Return the answers of one group to one item: one row, or one for each tick."""
    by, name = group
    inside = responses.domain & (responses.data[by.name] == name)
    if not inside.any():
        return [("", "", None, ABSENT)]
    row = responses.data[inside].iloc[0]
    people = row[crowd.name] if crowd else None
    source = responses.source
    if source.minimum > 1 and not (people or 0) >= source.minimum:
        return [("", "", None, HIDDEN)]
    agreed = _closing(source.items, item, closing)
    word = "" if agreed is None or pd.isna(row[agreed]) else row[agreed]
    return [(value, word, people, SHOWN) for value in _values(responses, item, row)]


def _values(responses: Responses, item: Item, row: pd.Series) -> list[str]:
    if item.kind == "multiple":
        ticked = [value for value in item.categories if row[f"{item.name}:{value}"]]
        return ticked or [NONE_TICKED if row.get(item.marked_column, False) else ""]
    if item.kind == "ranking":
        places = row[list(item.option_columns)].set_axis(list(item.categories)).dropna()
        return list(places.sort_values().index) or [""]
    if pd.notna(row[item.name]):
        answer: Any = row[item.name]
        return [number_id(answer) if item.kind == "numeric" else str(answer)]
    state = responses.state(item)[row.name]
    return [state if state in item.missing else ""]


def _closing(items: dict[str, Item], item: Item, closing: Sequence[Item]) -> str | None:
    """Return the item that closes the block in which an item stands."""
    names = list(items)
    after = [one.name for one in closing if names.index(one.name) > names.index(item.name)]
    return min(after, key=names.index, default=None)


def _together(responses: Responses, crowd: Item | None) -> Together:
    """State how many answers there are; the people behind all of them where none is hidden."""
    n = Count(responses.n)
    if crowd is None or responses.source.minimum > 1:
        return Together(n)
    behind = responses.data.loc[responses.domain, crowd.name].sum()
    return Together(n, Count(float(behind)))


def _agreement_words(closing: Sequence[Item]) -> Vocabulary:
    return Vocabulary.of("agreement", lambda language: {
        value: words for item in closing for value, words in item.value_words(language).items()})


def team_coverage(
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
    source = responses.source
    people, of, group = (responses.item(one) for one in (people, of, by))
    _check_crowd(responses, people, of)
    rows = [_group_row(responses, (people, of, group), name) for name in responses.values(group)]
    total = sum(n for _, n, _, _ in rows if n == n)
    rows += [(f"people_{place}", total, crowd.n, SHOWN)
             for place, crowd in enumerate(source.design.people_of, start=1)]
    data = pd.DataFrame(rows, columns=[group.name, "n", "base", "state"])
    if (data["n"] > data["base"]).any():
        raise DataError(_(
            "{source}: more people stand behind the answers than there are. Correct {people}, "
            "{of} or people_of in study.toml.",
            source=source.name, people=people.name, of=of.name))
    data = _hide(data.assign(share=data["n"] / data["base"]), source.minimum)
    data = data.assign(item=people.name, value="behind", low=NONE, high=NONE)
    facts = (Subject("people", (people.name,), (group.name,)), Counted("person"),
             Behind(people.name, of.name), *part_facts(responses),
             no_interval(responses, "no_interval_joint"), *missing_facts(source))
    return Table(
        data[["item", group.name, "value", "n", "base", "share", "low", "high", "state"]],
        "frequency", (group.name,), facts, (source, _populations(source, group)))


def _populations(source: Source, group: Item) -> Vocabulary:
    return Vocabulary.of(group.name, lambda language: {
        f"people_{place}": crowd.label.text(language)
        for place, crowd in enumerate(source.design.people_of, start=1)})


def _check_crowd(responses: Responses, people: Item, of: Item) -> None:
    source = responses.source
    if source.design is None or source.design.kind != "joint":
        raise DataError(_(
            "{source}: people stand behind joint answers, and here one row is one {unit}. Use "
            "coverage.",
            source=source.name, unit=source.told_units()))
    wrong = [item.name for item in (people, of) if item.kind != "numeric"]
    if wrong:
        raise DataError(_(
            "{source}: {item} holds no number of people. Name a numeric item.",
            source=source.name, item=wrong[0]))


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
