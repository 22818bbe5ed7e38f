"""A draft as a block of study.toml, with the reasons as comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Item, Table

from wbkit.intake.draft.guess import Guess
from wbkit.intake.layout import Layout
from wbkit.messages import message

WIDTH = 90
DESIGNS = ("census", "srs", "convenience", "joint")


@dataclass(frozen=True, repr=False)
class Draft:
    """A draft of one source, with the reason of every guess.

    Parameters
    ----------
    name
        Id of the source.
    file, layout
        The raw file, and how it is laid out.
    items
        One for each question.
    unit
        What one row is.
    design
        How the units came in, as a person said; never guessed.
    counts
        Of a register: what names a cell and what its counts are.
    ignored
        Headings of columns that say the same as others.
    set_aside
        Rows that are no unit: heading = cell, and why.
    notes, seen
        What a person should look at, and what was passed over.
    language
        Language of the reasons.
    """

    name: str
    file: str
    layout: Layout
    items: tuple[Guess, ...]
    unit: str = "unit"
    design: str | None = None
    counts: Mapping[str, Any] | None = None
    ignored: tuple[str, ...] = ()
    set_aside: tuple[tuple[Mapping[str, str], str], ...] = ()
    notes: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    language: str = "nl"

    @property
    def toml(self) -> str:
        """The block ``[sources.<name>]`` for study.toml."""
        document = tomlkit.document()
        document["sources"] = tomlkit.table(is_super_table=True)
        document["sources"][self.name] = _source_table(self)
        return tomlkit.dumps(document).replace("\n\n\n", "\n\n")

    def __repr__(self) -> str:
        return self.toml


def _source_table(draft: Draft) -> Table:
    """Return a draft as a table: keys as people order them, reasons as comments."""
    language, table = draft.language, tomlkit.table()
    for words in (message("draft_head", language), *draft.notes, *draft.seen):
        table.add(tomlkit.comment(words))
    table["label"] = title_of(draft.file)
    table["file"] = draft.file
    for key, value in layout_keys(draft.layout).items():
        table[key] = toml_value(value)
    if draft.counts:
        table["kind"] = _said("counts", message("draft_counts", language))
    table["unit"] = _said(draft.unit, message("draft_unit", language))
    table["synthetic"] = _said(False, message("draft_synthetic", language))
    _add_design(table, draft)
    for key, value in _rules(draft).items():
        table[key] = value
    table["items"] = tomlkit.table(is_super_table=True)
    for guess in draft.items:
        table["items"][guess.name] = item_table(guess.fields, guess.reasons)
    return table


def _add_design(table: Table, draft: Draft) -> None:
    """Write how the units came in, or ask it."""
    if draft.design:
        table.add("design", toml_value({"kind": draft.design}))
        table.add(tomlkit.comment(message("draft_population", draft.language)))
        return
    for words in _design_question(draft.language):
        table.add(tomlkit.comment(words))


def _rules(draft: Draft) -> dict[str, Item]:
    """Return what is counted, ignored and set aside."""
    rules = {"counts": toml_value(draft.counts)} if draft.counts else {}
    if draft.ignored:
        rules["ignore"] = _said(list(draft.ignored), message("draft_ignored", draft.language))
    if draft.set_aside:
        rules["set_aside"] = toml_value([{"where": dict(where), "reason": reason}
                                         for where, reason in draft.set_aside])
    return rules


def title_of(file: str) -> str:
    """Return a title for a source, from the name of its file."""
    stem = file.rpartition("/")[2].rpartition(".")[0].replace("_", " ")
    return stem[:1].upper() + stem[1:]


def item_table(fields: Mapping[str, Any], reasons: Mapping[str, str], *,
               guessed: bool = True) -> Table:
    """Return one item as a table for study.toml."""
    table = tomlkit.table()
    marks = {"guessed": True} if guessed else {}
    tables = {key: value for key, value in fields.items()
              if key == "columns" and isinstance(value, Mapping)}
    for key, value in {**fields, **marks}.items():
        if key not in tables:
            table[key] = _said(value, reasons.get(key, ""))
    for key, value in tables.items():
        table[key] = tomlkit.table()
        table[key].update(value)
    table.add(tomlkit.nl())
    return table


def layout_keys(layout: Layout) -> dict[str, Any]:
    """Return the keys of study.toml that say how a file is laid out."""
    long = layout.long.model_dump() if layout.long else None
    keys = {"format": layout.format, "sheet": layout.sheet, "heading_row": layout.heading_row,
            "heading_rows": layout.heading_rows, "long": long}
    return {key: value for key, value in keys.items() if value is not None}


def toml_value(value: Any) -> Item:
    """Return a value as TOML writes it: short dicts in one line, long lists one line each."""
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        array = tomlkit.array()
        array.extend(toml_value(one) if isinstance(one, Mapping) else one for one in value)
        return array.multiline(len(repr(list(value))) > WIDTH)
    return tomlkit.item(value)


def _inline(value: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, one in value.items():
        table[key] = _inline(one) if isinstance(one, Mapping) else (
            toml_value(one).multiline(False) if isinstance(one, list) else one)
    return table


def _said(value: Any, reason: str) -> Item:
    item = toml_value(value)
    return item.comment(reason) if reason else item


def _design_question(language: str) -> list[str]:
    """Ask in plain words how the units came in."""
    lines = [f'design = {{ kind = "{kind}" }}  - {message(f"draft_{kind}", language)}'
             for kind in DESIGNS]
    return [message("draft_design", language), *lines, message("draft_population", language)]
