"""Joint answers: a team's answer is named outside the team only when the team agreed."""

from collections.abc import Iterator, Sequence

from wbkit.privacy.disclosure.statements import Place
from wbkit.study.source import Source
from wbkit.table.table import Table

PEOPLE = ("people",)


def unnamed(tables: Sequence[Table]) -> Iterator[Place]:
    """Yield the answers of teams that did not agree to be named, and who was present."""
    for at, table in enumerate(tables):
        source = next(iter(table.data_sets), None)
        if source is None or not is_joint(source):
            continue
        agreed = set(source.design.agreed)
        rows = table.data
        for name in table.dimensions:
            if name in rows and table.kind in ("answers", "frequency", "crosstab"):
                others = tuple(rows.index[~rows[name].astype(str).isin(agreed)])
                yield from [Place(at, others)] if others else []
        if "people" in rows:
            yield Place(at, tuple(rows.index), PEOPLE)


def is_joint(source: Source) -> bool:
    """Whether one row is the answer of a team, and not published before."""
    return source.design is not None and source.design.kind == "joint" and not source.public


def all_agreed(source: Source, base: float | None) -> bool:
    """Whether every team behind a count agreed to be named."""
    return base is not None and len(source.design.agreed) >= base
