"""Answers that a group gave together, beside those of other groups."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from wbkit.data.columns import number_id
from wbkit.data.responses import Responses
from wbkit.errors import DataError, DisclosureError
from wbkit.labels import label, number
from wbkit.study.item import Item
from wbkit.survey.counts.captions import about, dimension_labels, item_labels
from wbkit.table.layout import ABSENT, HIDDEN, SHOWN
from wbkit.table.table import Table

COLUMNS = ["value", "agreement", "people", "state"]


def joint_answers(
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
    source, language = responses.source, responses.source.language
    group = responses.item(by)
    shown = [responses.item(item) for item in items]
    closing = [responses.item(item) for item in agreement]
    crowd = responses.item(people) if people else None
    _check(responses, shown, group)
    rows = [(item.name, name, *row) for item in shown for name in responses.values(group)
            for row in _answers(responses, item, (group, name), closing, crowd)]
    data = pd.DataFrame(rows, columns=["item", group.name, *COLUMNS])
    named = [dimension_labels(group, language), item_labels(shown, language)]
    return Table(
        data=data.astype({"people": float}),
        kind="answers",
        title=about(responses, shown, group),
        units=(source.units(1), source.units(2)),
        base=_base_words(responses, crowd),
        basis=label("no_interval_joint", language),
        notes=_notes(responses, shown, closing),
        sources=(source,),
        labels=named[0] | named[1] | {"agreement": _agreement_words(closing, language)},
        language=language,
        part=responses.base_words(),
        adds_up=False,
    )


def _check(responses: Responses, items: Sequence[Item], group: Item) -> None:
    source = responses.source
    if source.design is None or source.design.kind != "joint":
        raise DisclosureError(
            f"{source.name}: one row is one {source.unit}, and single answers of people are never "
            'shown. Joint answers come from a source with design = { kind = "joint" }; use '
            "frequency."
        )
    wrong = [item.name for item in items if item.kind == "open"]
    if wrong or not items:
        raise DataError(f"{source.name}: {wrong[0] if wrong else 'no item'} cannot be a row. "
                        "Name closed or numeric items; open answers are coded.")
    names = responses.data.loc[responses.domain, group.name]
    if names.duplicated().any():
        raise DataError(f"{source.name}: {names[names.duplicated()].iloc[0]} stands in several "
                        f"rows. Each value of {group.name} has one; set the others aside.")


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
        return [value for value in item.categories if row[f"{item.name}:{value}"]] or [""]
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


def _base_words(responses: Responses, crowd: Item | None) -> str:
    source, language = responses.source, responses.source.language
    text = label("answers_base", language, n=number(responses.n, language),
                 units=source.units(responses.n))
    if crowd is None or source.minimum > 1:
        return text
    behind = responses.data.loc[responses.domain, crowd.name].sum()
    return f"{text} {label('answers_people', language, n=number(behind, language))}"


def _notes(
    responses: Responses, items: Sequence[Item], closing: Sequence[Item]
) -> tuple[str, ...]:
    language = responses.source.language
    notes = [label("answers_agreement", language)] if closing else []
    notes += [item.note.text(language) for item in items if item.note]
    return tuple(dict.fromkeys([*notes, *responses.source.missing_words()]))


def _agreement_words(closing: Sequence[Item], language: str) -> dict[str, str]:
    return {value: words for item in closing
            for value, words in item.value_words(language).items()}
