"""What readers know already: counts that were published elsewhere, in the folder data/known."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.files import read_regular
from wbkit.intake.delimited import read_records
from wbkit.intake.processed import read_responses
from wbkit.messages import _
from wbkit.study.study import Study
from wbkit.table.facts import Subject
from wbkit.table.table import Table
from wbkit.text.normalise import listed, tidy

FOLDER = "known"
ITEM, VALUE, COUNT, SOURCE, STATE = "item", "value", "n", "source", "state"
OF_TABLES = ("base", "share", "low", "high")  # columns that a saved Table has besides
MOST_ITEMS = 2
Answers = tuple[tuple[str, str], ...]  # item and answer


def known_counts(study: Study) -> dict[str, Table]:
    """Read the counts that anybody can know already; file = Table.

    A file is a csv with ``item``, ``value`` and ``n``, or with the items themselves as headings,
    as Tables are saved. With several sources of one item a column ``source`` says which. Raises
    DataError, with file and row, for a count of other people than those in the data.
    """
    known: dict[str, Table] = {}
    read: dict[str, Responses] = {}
    for file in sorted((study.folder / FOLDER).glob("*.csv")):
        where = f"{FOLDER}/{file.name}"
        records, __ = read_records(read_regular(file), where, (ITEM, VALUE, COUNT))
        head, *rows = [[tidy(cell) for cell in row] for row in records] or [[]]
        _require_headings(head, where)
        for number, row in enumerate(rows, 2):
            about = dict(zip(head, row, strict=False))
            if not about.get(COUNT) or about.get(STATE) == "hidden":
                continue
            place = _("{file}, row {row}", file=where, row=number)
            answers = tuple(_answers(about))
            name = _source_of(study, about.get(SOURCE, ""), answers, place)
            responses = read.setdefault(name, read_responses(study, name))
            n = _count(responses, answers, about[COUNT], place)
            known[f"{where}, {number}"] = _table(responses, answers, n)
    return known


def _require_headings(head: Sequence[str], where: str) -> None:
    named = [name for name in head if name not in (COUNT, SOURCE, STATE, *OF_TABLES)]
    if COUNT not in head or not named:
        raise DataError(_(
            "{file}: its headings are {headings}. Write item, value and n above the columns: the "
            "id of an item, an answer, and how many people gave it.",
            file=where, headings=listed(head)))


def _answers(about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the items and answers that a row names."""
    if about.get(ITEM):
        yield about[ITEM], about.get(VALUE, "")
    for name, value in about.items():
        if name not in (ITEM, VALUE, COUNT, SOURCE, STATE, *OF_TABLES) and value:
            yield name, value


def _source_of(study: Study, named: str, answers: Answers, place: str) -> str:
    """Return the one source of people that has these items."""
    found = [name for name, one in study.sources.items() if named in ("", name)
             and not one.holds_texts and all(item in one.items for item, __ in answers)]
    if len(found) == 1 and 0 < len(answers) <= MOST_ITEMS:
        return found[0]
    items = ", ".join(item for item, __ in answers)
    if len(found) > 1:
        raise DataError(_(
            "{place}: {sources} all have the item {items}. Add a column source, with the id of "
            "the source that was counted.",
            place=place, sources=listed(found), items=items))
    raise DataError(_(
        "{place}: no source has {items}. Name one or two items by their ids, as they stand in "
        "study.toml.",
        place=place, items=items or _("an item")))


def _count(responses: Responses, answers: Answers, told: str, place: str) -> float:
    """Return the count of a row; refuse one of other people than those in the data."""
    try:
        n = float(told.replace(",", "."))
    except ValueError:
        n = -1.0
    if n < 0 or n != round(n):
        raise DataError(_(
            "{place}: n is {told!r}. Write a whole number, without thousands marks.",
            place=place, told=told))
    part = responses
    for item, value in answers:
        part = part.where(**{item: value})
    if int(part.domain.sum()) != n:
        raise DataError(_(
            "{place}: n is {n}, and the data of {source} hold another number of {units} there. "
            "What readers know is a count of the people in these data. The size of the whole "
            "school belongs under design.margins in study.toml; take this row out.",
            place=place, n=told, source=responses.source.name,
            units=responses.source.told_units(2)))
    return n


def _table(responses: Responses, answers: Answers, n: float) -> Table:
    """Return a count as a Table without a base: nothing else is known."""
    row = {"n": n, "base": float("nan"), "share": float("nan"), "state": "shown"}
    if len(answers) == 1:
        (item, value), = answers
        data = pd.DataFrame([{ITEM: item, VALUE: value} | row])
        return Table(data, "frequency", (), (Subject("asked", (item,)),), (responses.source,))
    names = tuple(item for item, __ in answers)
    data = pd.DataFrame([dict(answers) | row])
    return Table(data, "crosstab", names, (Subject("crossed", (), names),), (responses.source,))

