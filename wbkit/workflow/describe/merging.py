"""Take over in study.toml what changed in the sheet since it was last read, and nothing else.

Three sides are compared, key by key: what the sheet said when it was read before (or was drafted),
what it says now, and what study.toml says. What only one side changed is kept; what both changed
in another way is left to a person.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from wbkit.files import write_whole
from wbkit.intake.draft.toml import item_table, toml_value
from wbkit.messages import _
from wbkit.text.normalise import cut, heading, tidy
from wbkit.workflow.describe.item_sheet import study_title
from wbkit.workflow.describe.item_sheet_reading import (
    ItemRow,
    ItemSheet,
    ReadSheet,
    as_json,
    from_json,
    read_item_sheet,
    renamed,
)
from wbkit.workflow.describe.line_headings import BOTH, ask, with_heading
from wbkit.workflow.describe.study_file import read_document, write_checked

ABSENT = None  # no value for a key, on any of the three sides
IN_ORDER = ("label", "file", "format", "sheet", "heading_row", "heading_rows", "long", "kind",
            "unit", "synthetic", "design", "counts", "ignore", "set_aside")


@dataclass(frozen=True)
class Taken:
    """What became of a sheet.

    Parameters
    ----------
    sheet
        The sheet as it is now.
    both
        What sheet and study.toml changed in different ways: nothing was written for it.
    seen
        What a person should know.
    """

    sheet: ItemSheet
    both: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass
class _Merge:
    """One reading of a sheet, while study.toml changes."""

    study: str
    both: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    kept: dict[tuple[str, str], Any] = field(default_factory=dict)  # what stays the common ground

    def value(self, where: tuple[str, str], before: Any, now: Any, there: Any) -> Any:
        """Return what has to stand in study.toml."""
        if now in (there, before):
            return there
        if there == before:
            return now
        self.kept[where] = before
        name, key = where
        self.differs(_(
            "{name}, {key}: {study} has {there}, the sheet has {now}. Write the same in both, and "
            "read the sheet again.",
            name=name, key=key, study=self.study, there=_shown(there), now=_shown(now)))
        return there

    def differs(self, words: str) -> None:
        """Leave to a person what both sides changed."""
        self.both.append(with_heading(BOTH, words))


def take_over(file: Path, study: Path) -> Taken:
    """Write what changed in the sheet into study.toml."""
    document, read = read_document(study), read_item_sheet(file)
    place = study.with_name(f".{read.now.name}.sheet.json")
    last = _last_read(place, read)
    before = last or read.drafted
    names = _new_ids(read.now, (read.drafted, before))
    now, document = renamed(read.now, names), _with_ids(document, read.now.name, names)
    before = renamed(before, names) if before else None
    merge = _Merge(study.name)
    _title(document, before, now, merge)
    new = now.name not in document.get("sources", {})
    if new:
        document = _with_source(document, now.name)
    table = document["sources"][now.name]
    _source(table, before if not new else None, now, merge)
    _items(table, before if not new else None, now, merge, read_before=last is not None and not new)
    write_checked(study, tomlkit.dumps(document))
    _remember(place, read.id, _common_ground(now, merge))
    return Taken(now, tuple(merge.both), tuple(merge.seen))


def _last_read(place: Path, read: ReadSheet) -> ItemSheet | None:
    """Return what this very workbook said when it was read before."""
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        return from_json(told) if read.id and told["id"] == read.id else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(place: Path, identity: str, sheet: ItemSheet) -> None:
    told = json.dumps({"id": identity} | as_json(sheet), ensure_ascii=False, indent=1)
    write_whole(place, f"{told}\n".encode())


def _common_ground(now: ItemSheet, merge: _Merge) -> ItemSheet:
    """Return the sheet as it was read; where nothing was written, what it said before."""
    items = []
    for row in now.items:
        kept = {key: value for (name, key), value in merge.kept.items()
                if name == f"items.{row.name}"}
        fields = {key: value for key, value in {**row.fields, **kept}.items()
                  if value is not ABSENT and key != "guessed"}
        sure = not kept["guessed"] if "guessed" in kept else row.confirmed
        items.append(replace(row, fields=fields, confirmed=sure))
    own = {key: value for (name, key), value in merge.kept.items() if name == now.name}
    title = own.pop("title", now.title)
    return replace(now, items=tuple(items), source={**now.source, **own}, title=title)


def _new_ids(now: ItemSheet, earlier: Sequence[ItemSheet | None]) -> dict[str, str]:
    """Return earlier id = present id, of the rows whose id was changed in the sheet."""
    present = {row.place: row.name for row in now.items if row.place}
    return {row.name: present[row.place] for sheet in earlier if sheet for row in sheet.items
            if row.place in present and row.name not in present.values()}


def _with_ids(document: TOMLDocument, source: str, names: Mapping[str, str]) -> TOMLDocument:
    """Give items of study.toml other ids, also where one is asked after another."""
    if not names:
        return document
    text = tomlkit.dumps(document)
    for old, name in names.items():
        table = rf"^(\s*\[sources\.{re.escape(source)}\.items\.){re.escape(old)}(?=[.\]])"
        text = re.sub(table, rf"\g<1>{name}", text, flags=re.MULTILINE)
    changed = tomlkit.parse(text)
    for item in changed.get("sources", {}).get(source, {}).get("items", {}).values():
        for old in set(item.get("asked_if", ())) & set(names):
            item["asked_if"][names[old]] = item["asked_if"].pop(old)
    return changed


def _title(
    document: TOMLDocument, before: ItemSheet | None, now: ItemSheet, merge: _Merge
) -> None:
    if not now.title:
        return
    there = study_title(document.unwrap())
    wanted = merge.value((now.name, "title"), before.title if before else there, now.title, there)
    if wanted != there:
        title = document.get("title")
        if isinstance(title, Mapping):
            title["nl"] = wanted
        else:
            document.update({"title": wanted})


def _with_source(document: TOMLDocument, name: str) -> TOMLDocument:
    """Add an empty source below everything else."""
    before = tomlkit.dumps(document).rstrip("\n")
    own = tomlkit.document()
    own["sources"] = tomlkit.table(is_super_table=True)
    own["sources"][name] = tomlkit.table()
    return tomlkit.parse("\n\n".join(filter(None, (before, tomlkit.dumps(own)))) + "\n")


def _source(table: Table, before: ItemSheet | None, now: ItemSheet, merge: _Merge) -> None:
    """Merge the keys of the source."""
    said, was = _source_keys(now), _source_keys(before) if before else {}
    for key in (one for one in IN_ORDER if one in said):
        there = _there(table, key)
        wanted = merge.value((now.name, key), was.get(key, ABSENT), said[key], there)
        if wanted != there:
            _set(table, key, wanted)
    ignored = _ignored(table, before, now)
    if ignored != list(_plain(table.get("ignore")) or ()):
        _set(table, "ignore", ignored or ABSENT)


def _source_keys(sheet: ItemSheet) -> dict[str, Any]:
    """Return the keys as study.toml has them; counts say that the source is a register."""
    keys = {key: value for key, value in sheet.source.items() if key != "ignore"}
    return keys | ({"kind": "counts"} if keys.get("counts") else {})


def _ignored(table: Table, before: ItemSheet | None, now: ItemSheet) -> list[str]:
    """Return the headings to leave out: what the sheet added or took away, the rest as it was."""
    there, wanted = list(_plain(table.get("ignore")) or ()), _left_out(now)
    was = _left_out(before) if before else []
    away = [one for one in was if one not in wanted]
    return list(dict.fromkeys((*(one for one in there if one not in away),
                               *(one for one in wanted if one not in was or one in there))))


def _left_out(sheet: ItemSheet) -> list[str]:
    unused = [one for row in sheet.items if not row.used for one in row.headings]
    return list(dict.fromkeys((*(sheet.source.get("ignore") or ()), *unused)))


def _items(
    table: Table, before: ItemSheet | None, now: ItemSheet, merge: _Merge, *, read_before: bool
) -> None:
    """Merge each row, and name the rows that are no longer there."""
    if "items" not in table:
        table.add("items", tomlkit.table(is_super_table=True))
    was = {row.name: row for row in before.items} if before else {}
    for row in now.items:
        one = was.get(row.name)
        if not row.used:
            _leave_out(table, row, one, merge)
        elif row.name in table["items"]:
            _merge_item(table["items"][row.name], row, one, now.keys, merge)
        elif read_before and one is not None and one.used:
            _stays_away(row, one, merge)
        else:
            reasons = {"kind": row.reason} if row.reason and not row.confirmed else {}
            drafted = item_table(row.fields, reasons, guessed=not row.confirmed)
            table["items"].add(row.name, drafted)
    gone = [name for name in was if name not in {row.name for row in now.items}]
    merge.seen.extend(
        _("items.{item}: its row is no longer in the sheet; it stays in {study}. To leave a column "
          "out, choose that in the kind of its row.", item=name, study=merge.study)
        for name in gone if name in table["items"])


def _merge_item(
    item: Table, row: ItemRow, before: ItemRow | None, keys: Sequence[str], merge: _Merge
) -> None:
    said, was = row.written, before.written if before else {}
    for key in (*keys, "guessed"):
        there = _there(item, key)
        wanted = merge.value((f"items.{row.name}", key), was.get(key, ABSENT),
                             said.get(key, ABSENT), there)
        if wanted != there:
            _set(item, key, wanted)


def _leave_out(table: Table, row: ItemRow, before: ItemRow | None, merge: _Merge) -> None:
    """Remove an item that is not used, unless somebody worked on it in study.toml."""
    if row.name not in table["items"]:
        return
    item = table["items"][row.name]
    was = before.written if before else {}
    if before is None or before.used and any(_there(item, key) != was.get(key, ABSENT)
                                             for key in (*was, *item)):
        merge.differs(_(
            "items.{item}: was changed in {study}, and the sheet does not use it. Remove it from "
            "the file, and read the sheet again.",
            item=row.name, study=merge.study))
        return
    table["items"].remove(row.name)


def _stays_away(row: ItemRow, before: ItemRow, merge: _Merge) -> None:
    """Leave out an item that somebody removed from study.toml."""
    if row.written != before.written:
        merge.differs(_(
            "items.{item}: was removed from {study} and changed in the sheet. Leave it out in the "
            "sheet too, or put it back.",
            item=row.name, study=merge.study))


def _there(table: Table, key: str) -> Any:
    """Return what study.toml says of a key, as the sheet can say it."""
    value = _plain(table.get(key))
    if key == "label":
        value = value.get("nl") if isinstance(value, Mapping) else value
        return ABSENT if value == table.get("column", "") else value
    if key == "design" and isinstance(value, Mapping):
        return {"kind": value.get("kind")}
    if key == "set_aside" and value:
        return [{"where": {name: str(cell) for name, cell in rule["where"].items()},
                 "reason": tidy(rule["reason"])} for rule in value]
    if (key, value) in (("sensitivity", "none"), ("guessed", False)):
        return ABSENT
    return value


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value


def _set(table: Table, key: str, value: Any) -> None:
    """Change a value so that its comment stays, and with it what the sheet cannot say."""
    now = _plain(table.get(key))
    if value is ABSENT:
        if key in table and not (key in ("label", "design") and isinstance(now, Mapping)):
            table.remove(key)
        return
    if isinstance(now, Mapping) and key in ("label", "design"):
        table.get(key).update({"nl": value} if key == "label" else {"kind": value["kind"]})
        return
    comment = table.item(key).trivia.comment if key in table else ""
    item = toml_value(value)
    table.update({key: item.comment(comment.lstrip("# ")) if comment else item})


def _shown(value: Any) -> str:
    return _("nothing") if value is ABSENT else cut(repr(value))


def lines_of(taken: Taken) -> Iterator[str]:
    """Say what a person decides, and what is still asked."""
    yield from taken.both
    yield from taken.seen
    for row in taken.sheet.items:
        if row.used and row.fields.get("doubt"):
            yield ask(f"{row.name}: {heading(row.fields['doubt'])}")
