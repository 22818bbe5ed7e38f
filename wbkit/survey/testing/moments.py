"""The same questions put to different units at several moments, or in several places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wbkit.data.cells import Cells
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.study.item import Item
from wbkit.study.model import Label
from wbkit.survey.counts.cells import cells, several
from wbkit.survey.pooling import pool, refuse_twice
from wbkit.survey.sameness import changes

WAVE = "measurement"


def waves(
    parts: Mapping[str, Responses | Cells], items: str | Item | Sequence[str | Item],
    by: str | Item | None,
) -> Cells:
    """Put several sources beside each other, as groups of one sample.

    Parameters
    ----------
    parts
        A name for each source, and its answers.
    items
        What is compared.
    by
        None: the sources are the groups.

    Returns
    -------
    Cells
        Counted by source.

    Raises
    ------
    DataError
        If there are fewer than two or two are the same, an item or the units differ, or `by`
        names groups.
    """
    if by is not None or len(parts) < 2:
        raise DataError(
            "compare: several sources are compared with each other, so that there are two or more "
            f"of them and no by; there are {len(parts)}. Compare groups within one source."
        )
    refuse_twice(parts)
    first, *others = parts.items()
    for other in others:
        refuse_other_units(first, other)
        for item in several(items):
            refuse_changed(first, other, item)
    words = Label(nl=label(WAVE, "nl"), en=label(WAVE, "en"))
    group = Item(name=WAVE, kind="nominal", values=tuple(parts), label=words)
    return pool({name: _counted(name, part, items, group) for name, part in parts.items()})


def refuse_other_units(
    first: tuple[str, Responses | Cells], other: tuple[str, Responses | Cells]
) -> None:
    """Refuse to test one kind of unit against another."""
    units = [part.source.unit for _, part in (first, other)]
    if units[0] != units[1]:
        raise DataError(
            f"one row of {first[0]} is a {units[0]}, one of {other[0]} a {units[1]}: their units "
            "differ, so that no test compares them. Show them beside each other."
        )


def refuse_changed(
    first: tuple[str, Responses | Cells], other: tuple[str, Responses | Cells], item: str | Item
) -> None:
    """Refuse an item that is not the same question in both; the difference is listed."""
    (one, a), (two, b) = first, other
    found = [f"{name} {_written(before)} became {_written(after)}"
             for name, before, after in changes(a, b, item)]
    if found:
        raise DataError(
            f"{a.item(item).name} changed between {one} and {two}: {'; '.join(found)}. What "
            "changed in the question cannot be told from what changed in people. Recode both to "
            "the same values, or leave the item out."
        )


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value))})"
    return f"‘{value}’" if isinstance(value, str) else str(value)


def _counted(
    name: str, part: Responses | Cells, items: str | Item | Sequence[str | Item], group: Item
) -> Cells:
    """Count one source, and let its name be the group of all its units."""
    if isinstance(part, Responses):
        part = cells(part, items, numeric="values")
    if part.by is not None:
        raise DataError(f"{name}: these Cells were counted by {part.by}, and several sources are "
                        "compared whole. Make them with cells(...) without by.")
    source = part.source.model_copy(update={"items": part.source.items | {WAVE: group}})
    moments = {names: replace(one, keys=one.keys.assign(group=name))
               for names, one in part.moments.items()}
    return replace(part, source=source, by=WAVE, counts=part.counts.assign(group=name),
                   moments=moments)
