"""The same questions put to different units at several moments, or in several places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.nouns.count_table import Cells
from wbkit.nouns.item import Item
from wbkit.nouns.model import Label
from wbkit.nouns.response import Responses
from wbkit.survey.counting import cells, several
from wbkit.survey.pooling import pool, refuse_twice

WAVE = "measurement"
SAME = ("kind", "values", "missing", "exclusive", "other", "range", "asked_if", "recode", "any_of",
        "none_of", "both")


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
        If there are fewer than two, an item differs, the units differ, or `by` names groups.
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
    found = differences(a.item(item), b.item(item), a.source.language)
    if found:
        raise DataError(
            f"{a.item(item).name} changed between {one} and {two}: {'; '.join(found)}. What "
            "changed in the question cannot be told from what changed in people. Recode both to "
            "the same values, or leave the item out."
        )


def differences(one: Item, other: Item, language: str) -> list[str]:
    """List in what two items differ that gives an answer its meaning."""
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in SAME]
    pairs += [("the words", one.words(language), other.words(language)),
              ("the words of the values", tuple(one.value_words(language).values()),
               tuple(other.value_words(language).values()))]
    found = [f"{name} {_written(before)} became {_written(after)}" for name, before, after in pairs
             if before != after]
    values = any(line.startswith("values") for line in found)
    return [line for line in found if not (values and line.startswith("the words of the values"))]


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
