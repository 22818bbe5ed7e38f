"""Compare a new export with what study.toml says: headings, answers, rows, and where they stand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from os.path import relpath
from pathlib import Path

import pandas as pd
import tomlkit

from wbkit.cleaning.answers import Answers, read_answers
from wbkit.cleaning.option_columns import read_columns
from wbkit.data.responses import asked_items
from wbkit.errors import DataError, StudyError, WbkitError
from wbkit.intake.draft.file_layout import find_layout
from wbkit.intake.draft.toml import layout_keys
from wbkit.intake.export_columns import export_columns, headings_of
from wbkit.intake.layout import Layout, layout_of
from wbkit.intake.sheet import Sheet
from wbkit.intake.source_files import read_bytes, read_sheet
from wbkit.messages import _, counted
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.text.normalise import as_id, closest, heading, listed, tidy
from wbkit.workflow.describe.line_headings import (
    ANSWER,
    CHANGED,
    GONE,
    LAYOUT,
    NEW,
    ORDER,
    ROWS,
    with_heading,
)

FIRST = {"heading_row": 1, "heading_rows": 1}  # what study.toml means when it says nothing
LONGEST = 60  # characters of an answer that may stand in a line


@dataclass(frozen=True)
class Update:
    """How a new export differs from study.toml.

    Parameters
    ----------
    same
        How many headings stand in both.
    renamed
        Heading in study.toml, id of its item, and the most similar new heading.
    gone
        Heading in study.toml and id of its item, not in the file.
    new
        Headings that no item names.
    answers
        Id of an item, an answer that it does not know, and how many gave it; an empty answer
        stands for those that too few people gave to show.
    moved
        Id of an item and its options in the order of the file, when that is another one.
    layout
        Key of study.toml, what it says, and what would fit the file.
    rows, rows_before
        Rows of the new file, and of the one that study.toml names; None when that is not there.
    file
        The file as study.toml names it; empty when study.toml does so already.
    """

    same: int
    renamed: tuple[tuple[str, str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    new: tuple[str, ...] = ()
    answers: tuple[tuple[str, str, int], ...] = ()
    moved: tuple[tuple[str, tuple[str, ...]], ...] = ()
    layout: tuple[tuple[str, object, object], ...] = field(default=())
    rows: int = 0
    rows_before: int | None = None
    file: str = ""

    @property
    def needs_a_person(self) -> bool:
        """Whether study.toml has to change before this file can take the place of the other."""
        return bool(self.renamed or self.gone or self.new or self.answers or self.moved
                    or self.layout)


def compare_export(file: Path, source: Source) -> Update:
    """Compare a new export with what study.toml says of a source."""
    if source.holds_texts:
        raise DataError(_(
            "{source}: has format {format!r} and holds texts. --update compares tables of answers; "
            "give wbkit prepare for texts.",
            source=source.name, format=source.format))
    content = read_bytes(file, file.name)
    sheet, layout = _read(file, content, source)
    known = {one: item.name for item in asked_items(source) for one in item.headings}
    added = {*export_columns(sheet.headings, source).values(), *map(heading, source.ignore), ""}
    new = [one for one in sheet.headings if one not in known and one not in added]
    gone = [one for one in known if one not in sheet.names]
    renamed = {one: near[0] for one in gone if (near := closest(one, new))}
    return Update(
        same=len(known) - len(gone),
        renamed=tuple((old, known[old], now) for old, now in renamed.items()),
        gone=tuple((old, known[old]) for old in gone if old not in renamed),
        new=tuple(one for one in new if one not in renamed.values()),
        answers=tuple(_new_answers(sheet, source)), moved=tuple(_moved(sheet, source)),
        layout=tuple(_differences(layout_of(source), layout)), rows=len(sheet.rows),
        rows_before=_rows_before(source), file=_as_named(file, source),
    )


def _as_named(file: Path, source: Source) -> str:
    """Write where a file stands as study.toml would name it, if that is another one."""
    if file.resolve() == source.path.resolve():
        return ""
    folder = source.setting.folder.resolve()
    try:
        return Path(relpath(file.resolve(), folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return file.resolve().as_posix()


def _read(file: Path, content: bytes, source: Source) -> tuple[Sheet, Layout]:
    """Read the file as study.toml says, or as it looks when more headings are found that way."""
    layouts = [layout_of(source)]
    if source.format != "toml":
        layouts.append(find_layout(file.name, content, file.name).layout)
    wanted, found, fault = set(headings_of(source)), [], None
    for layout in layouts:
        try:
            found.append((read_sheet(content, layout, file.name, wanted), layout))
        except WbkitError as error:
            fault = fault or error
    if not found:
        raise fault
    return max(found, key=lambda one: len(wanted & set(one[0].names)))


def _differences(told: Layout, used: Layout) -> Iterator[tuple[str, object, object]]:
    """Return what study.toml has to say otherwise of the layout."""
    if used == told:
        return
    before, now = (FIRST | layout_keys(one) for one in (told, used))
    for key in dict.fromkeys((*before, *now)):
        if before.get(key) != now.get(key):
            yield key, before.get(key), now.get(key)


def _rows_before(source: Source) -> int | None:
    try:
        content = read_bytes(source.path, source.file)
        return len(read_sheet(content, layout_of(source), source.file, headings_of(source)).rows)
    except WbkitError:
        return None


def _new_answers(sheet: Sheet, source: Source) -> Iterator[tuple[str, str, int]]:
    """Count the answers that an item does not know; those of few people are added up."""
    frame = _without_aside(sheet, source)
    least = 1 if source.kind == "counts" else source.minimum  # a row of a register is nobody
    for item in asked_items(source):
        shown = item.closed or item.kind in ("ranking", "numeric")
        if not shown or item.sensitivity == "identifier" or not _is_there(item, sheet):
            continue
        counts = Counter({text: len(rows) for text, rows in _answers(item, frame).unknown.items()})
        known = [(text, n) for text, n in counts.items()
                 if n >= least and len(text) <= LONGEST]
        yield from ((item.name, text, n) for text, n in known)
        rest = counts.total() - sum(n for __, n in known)
        if rest:
            yield item.name, "", rest


def _without_aside(sheet: Sheet, source: Source) -> pd.DataFrame:
    """Return the cells of rows that study.toml does not set aside."""
    frame = sheet.frame()
    names = {item.name: item.headings[0] for item in asked_items(source)}
    names |= export_columns(sheet.headings, source)
    totals = source.counts.totals if source.counts else {}
    rules = [*({name: [word]} for name, word in totals.items()),
             *({name: cells if isinstance(cells, list | tuple) else [cells]
                for name, cells in rule.where.items()} for rule in source.set_aside)]
    away = pd.Series(data=False, index=frame.index)
    for rule in rules:
        columns = {names.get(name, heading(name)): cells for name, cells in rule.items()}
        if set(columns) <= set(frame):
            away |= pd.concat([frame[name].map(tidy).isin([tidy(str(cell)) for cell in cells])
                               for name, cells in columns.items()], axis="columns").all(axis=1)
    return frame[~away]


def _is_there(item: Item, sheet: Sheet) -> bool:
    return set(item.headings) <= set(sheet.names)


def _answers(item: Item, frame: pd.DataFrame) -> Answers:
    if item.columns:
        return read_columns(item, frame[list(item.headings)])
    return read_answers(item, frame[item.headings[0]])


def _moved(sheet: Sheet, source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the items whose options stand in another order in the file."""
    place = {name: number for number, name in enumerate(sheet.names)}
    for item in asked_items(source):
        if not _is_there(item, sheet):
            continue
        if isinstance(item.columns, dict) and item.columns:
            told = list(item.columns)
            now = sorted(told, key=lambda option: place[heading(item.columns[option])])
        elif item.kind == "ordinal" and item.values != "any":
            hint = sheet.hints.get(item.headings[0])
            now = [one for one in (hint.values if hint else ()) if one in item.values]
            told = [one for one in item.values if one in now]
        else:
            continue
        if now != told:
            yield item.name, tuple(now)


def update_lines(found: Update, source: Source) -> list[str]:
    """Write how an export differs as lines that can be acted on."""
    lines = [_layout_line(*one) for one in found.layout]
    lines += [with_heading(CHANGED, _(
        "items.{item}: {old!r}. Did you mean {now!r}? Then write it in column.",
        item=name, old=old, now=now)) for old, name, now in found.renamed]
    lines += [with_heading(GONE, _(
        "items.{item}: {heading!r} is not in the file. Correct its column, or remove the item.",
        item=name, heading=old))
        for old, name in found.gone]
    lines += [with_heading(NEW, _(
        "{heading!r}: no item names it. Add an item with it as column, or add it to ignore under "
        "the source.", heading=one)) for one in found.new]
    lines += [with_heading(ANSWER, _answer_line(source, found.file, *one))
              for one in found.answers]
    lines += [with_heading(ORDER, _(
        "items.{item}: the file has {options}. Write them in that order, or leave it when yours "
        "is right.", item=name, options=listed(map(repr, options), most=20)))
        for name, options in found.moved]
    same = counted(found.same, "heading is the same.", "headings are the same.")
    rows = _rows_line(found)
    if found.file:
        rows = _("{rows} To use this file, write {file} under the source.", rows=rows,
                 file=_as_key(found.file))
    return [*lines, with_heading(ROWS, rows), same]


def _layout_line(key: str, before: object, now: object) -> str:
    advice = _("Remove {key} under the source.", key=key) if now is None else _(
        "Write {key} = {value} under the source.", key=key, value=_written(now))
    if before is None:
        return with_heading(LAYOUT, _(
            "{key}: study.toml says nothing, and that does not fit the file. {advice}",
            key=key, advice=advice))
    return with_heading(LAYOUT, _(
        "{key}: study.toml says {value!r}, and that does not fit the file. {advice}",
        key=key, value=before, advice=advice))


def _written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _answer_line(source: Source, file: str, name: str, text: str, n: int) -> str:
    item = source.items[name]
    place = _("range or corrections") if item.kind == "numeric" else _(
        "values, missing or corrections")
    if text:
        return _("items.{item}: {answer!r} ({n}) is not known. Add it to {keys}.",
                 item=name, answer=text, n=n, keys=place)
    answers = counted(n, "answer", "answers")
    if file:
        return _(
            "items.{item}: {answers} that it does not know, each of fewer than {least} people or "
            "long, so not shown. Write {file} under the source: wbkit prepare then names them with "
            "their rows, and you add them to {keys}.",
            item=name, answers=answers, least=source.minimum, keys=place, file=_as_key(file))
    return _(
        "items.{item}: {answers} that it does not know, each of fewer than {least} people or long, "
        "so not shown. wbkit prepare names them with their rows; then add them to {keys}.",
        item=name, answers=answers, least=source.minimum, keys=place)


def _as_key(file: str) -> str:
    return f"file = {tomlkit.string(file).as_string()}"


def _rows_line(found: Update) -> str:
    rows = counted(found.rows, "row", "rows")
    if found.rows_before is None:
        return _("{rows}; the file that study.toml names is not there.", rows=rows)
    more = found.rows - found.rows_before
    if not more:
        return _("{rows}: as many as in the file that study.toml names.", rows=rows)
    if more < 0:
        return _("{rows}: {n} fewer than in the file that study.toml names.", rows=rows, n=-more)
    return _("{rows}: {n} more than in the file that study.toml names.", rows=rows, n=more)


def source_for(study: Study, file: Path, name: str | None) -> Source:
    """Return the source that a new export belongs to."""
    if name or as_id(file.stem) in study.sources:
        return study.source(name or as_id(file.stem))
    same = [one for one in study.sources.values() if Path(one.file).name == file.name]
    found = same or list(study.sources.values())
    if len(found) != 1:
        raise StudyError(_(
            "{study}: to which source does {file} belong? Say it with --name: {sources}.",
            study=study.file.name, file=file.name, sources=listed(study.sources)))
    return found[0]
