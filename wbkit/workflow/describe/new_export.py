"""Compare the headings of a new export with those that study.toml names."""

from dataclasses import dataclass
from pathlib import Path

from wbkit.data.responses import asked_items
from wbkit.errors import StudyError
from wbkit.intake.draft.draft import find_format
from wbkit.intake.export_columns import export_columns, headings_of
from wbkit.intake.source_files import read_bytes, read_sheet
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.text.normalise import as_id, closest, listed, tidy


@dataclass(frozen=True)
class Headings:
    """The headings of an export beside those of study.toml.

    Parameters
    ----------
    same
        How many stand in both.
    renamed
        Heading in study.toml, id of its item, and the most similar new heading.
    gone
        Heading in study.toml and id of its item, not in the file.
    new
        Headings that no item names.
    """

    same: int
    renamed: tuple[tuple[str, str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    new: tuple[str, ...] = ()


def compare_headings(file: Path, source: Source) -> Headings:
    """Compare the headings of a new export with those that study.toml names."""
    content = read_bytes(file, file.name)
    items = {tidy(item.column or item.name): item for item in asked_items(source)}
    alike = Path(source.file).suffix.lower() == file.suffix.lower()
    kind = source.format if alike else find_format(file.name, content)
    sheet = read_sheet(content, kind, file.name, items)
    known = dict(zip(headings_of(source), (item.name for item in asked_items(source)),
                     strict=True))
    added = {*export_columns(sheet.headings, source).values(), *map(tidy, source.ignore), ""}
    new = [heading for heading in sheet.headings if heading not in known and heading not in added]
    gone = [heading for heading in known if heading not in sheet.headings]
    renamed = {heading: near[0] for heading in gone if (near := closest(heading, new))}
    return Headings(
        same=len(known) - len(gone),
        renamed=tuple((old, known[old], now) for old, now in renamed.items()),
        gone=tuple((old, known[old]) for old in gone if old not in renamed),
        new=tuple(one for one in new if one not in renamed.values()),
    )


def heading_lines(found: Headings) -> list[str]:
    """Write a comparison of headings as lines."""
    lines = [f"CHANGED items.{name}: {old!r}. Did you mean {now!r}? Then write it in column."
             for old, name, now in found.renamed]
    lines += [f"GONE    items.{name}: {old!r} is not in the file." for old, name in found.gone]
    lines += [f"NEW     {heading!r}: no item names it." for heading in found.new]
    return [*lines, f"{found.same} headings are the same."]


def source_for(study: Study, file: Path, name: str | None) -> Source:
    """Return the source that a new export belongs to."""
    if name or as_id(file.stem) in study.sources:
        return study.source(name or as_id(file.stem))
    same = [one for one in study.sources.values() if Path(one.file).name == file.name]
    found = same or list(study.sources.values())
    if len(found) != 1:
        raise StudyError(f"{study.file.name}: to which source does {file.name} belong? Say it with "
                         f"--name: {listed(study.sources)}.")
    return found[0]
