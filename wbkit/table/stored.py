"""A Table as plain values for a file, and a Table made of them again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.codebook import Codebook
from wbkit.study.source import Setting, Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.table import statements
from wbkit.table.facts import Count, Fact
from wbkit.table.table import Table

COUNT, FACT = "count", "fact"  # keys of a Count and of a statement among plain values
UNREAD = {"set_aside": True, "duplicates": True, "ignore": True, "personal_number": True,
          "texts": {"interviewers", "roles", "attributes"},  # who spoke
          "items": {"__all__": {"corrections"}}}  # no Table shows these, and people are in them
MODELS = {model.__name__: model for model in (Source, Codebook, Vocabulary)}


def stored(table: Table) -> dict[str, Any]:
    """Write a Table as values that JSON can hold; what is hidden in it stays hidden.

    Gives kind, dimensions, columns (name and type), rows, facts, sources and fingerprint.
    """
    frame = table.data
    return {
        "kind": table.kind,
        "dimensions": list(table.dimensions),
        "columns": [[str(name), str(frame[name].dtype)] for name in frame],
        "rows": [[_plain(cell) for cell in row] for row in frame.itertuples(index=False)],
        "facts": [_of_fact(fact) for fact in table.facts],
        "sources": [_of_source(source) for source in table.sources],
        "fingerprint": table.fingerprint,
    }


def restored(about: Mapping[str, Any], setting: Setting, *, name: str = "") -> Table:
    """Make the Table that was stored.

    `setting` is that of the study; `name` is used in the message. Raises DataError where the
    values are no Table, or another one than was stored.
    """
    try:
        table = Table(
            data=_frame(about["columns"], about["rows"]), kind=about["kind"],
            dimensions=tuple(about["dimensions"]), facts=tuple(map(_value, about["facts"])),
            sources=tuple(_source(one, setting) for one in about["sources"]))
        same = table.fingerprint == about["fingerprint"]
    except (KeyError, TypeError, ValueError, AttributeError):
        same = False
    if not same:
        raise DataError(_(
            "{name}: is damaged: it does not hold the Table that was saved. Give wbkit run, which "
            "makes it again.",
            name=name))
    return table


def stored_facts(facts: Iterable[Fact]) -> list[Any]:
    """Write statements as values that JSON can hold."""
    return [_of_fact(one) for one in facts]


def restored_facts(values: Iterable[Any]) -> tuple[Fact, ...]:
    """Make the statements that were stored."""
    return tuple(map(_value, values))


def _plain(cell: object) -> Any:
    if isinstance(cell, str | bool) or cell is None:
        return cell
    if isinstance(cell, tuple | list):
        return [_plain(one) for one in cell]
    if pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def _frame(columns: list[tuple[str, str]], rows: list[list[Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[name for name, __ in columns], dtype=object)
    return frame.astype(dict(columns))


def _of_fact(value: object) -> Any:
    if isinstance(value, Count):
        return {COUNT: _plain(value.n)}
    if isinstance(value, Fact):
        return {FACT: type(value).__name__} | {
            one.name: _of_fact(getattr(value, one.name)) for one in fields(value)}
    return [_of_fact(one) for one in value] if isinstance(value, tuple) else _plain(value)


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_value, value))
    if not isinstance(value, dict):
        return value
    if COUNT in value and FACT not in value:
        return Count(value[COUNT])
    return _statements()[value[FACT]](**{
        name: _value(one) for name, one in value.items() if name != FACT})


@cache
def _statements() -> dict[str, type[Fact]]:
    for module in iter_modules(statements.__path__):
        import_module(f"{statements.__name__}.{module.name}")
    return {one.__name__: one for one in _under(Fact)}


def _under(base: type[Fact]) -> Iterator[type[Fact]]:
    for one in base.__subclasses__():
        yield one
        yield from _under(one)


def _of_source(source: Source | Codebook | Vocabulary) -> dict[str, Any]:
    unread = UNREAD if isinstance(source, Source) else None
    return {"model": type(source).__name__} | source.model_dump(
        mode="json", exclude_defaults=True, exclude=unread)


def _source(about: Mapping[str, Any], setting: Setting) -> Source | Codebook | Vocabulary:
    values = {key: value for key, value in about.items() if key != "model"}
    model = MODELS[about["model"]]
    if model is Source:
        values["setting"] = setting
    return model.model_validate(values)
