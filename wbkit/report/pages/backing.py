"""What stands behind the answers of a report: who was not heard, limits, methods, origins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

import wbkit
from wbkit.messages import listing, number
from wbkit.report.pages.content import (
    Drawing,
    Heading,
    Part,
    Points,
    TablePart,
    Words,
    anchor_of,
)
from wbkit.report.pages.material import Material
from wbkit.study.source import Source
from wbkit.table.count_layouts import Grid

FEW = 0.5  # of its share in the population: then a group is hardly heard
STATEMENT = Path("publish") / "LEESMIJ.html"  # what `wbkit publish` says of privacy
ORIGIN = "origin"


def unheard(material: Material, names: Sequence[str]) -> Iterator[Part]:
    """Say which units and groups are missing or hardly reached."""
    yield Heading(material.say("unheard"), anchor="unheard")
    lines, tables = [], []
    for source in material.sources(names):
        found = material.coverage(source)
        lines += [*_missing(material, source), *_hardly_reached(material, source, found)]
        tables += [found] if found else []
    yield Points(tuple(lines or [material.say("all_heard")]), tables=tuple(tables))


def _missing(material: Material, source: Source) -> Iterator[str]:
    for unit, why in source.missing_units.items():
        yield material.say("missing_unit", source=source.words(material.language), unit=unit,
                           why=why.text(material.language) or "")


def _hardly_reached(material: Material, source: Source, found: str) -> Iterator[str]:
    for group in _few(material, found):
        yield material.say("few_reached", source=source.words(material.language), **group)


def _few(material: Material, found: str) -> Iterator[dict[str, str]]:
    """Give name, n and population of each group that is hardly heard, by a Table of coverage."""
    shown = material.shown(found) if found else None
    for row in shown.data.to_dict("records") if shown else ():
        if pd.notna(row["n"]) and pd.notna(row["ratio"]) and row["ratio"] < FEW:
            yield {"group": shown.words("value", row["value"], item=row["margin"]),
                   "n": number(row["n"], material.language),
                   "population": number(row["population"], material.language)}


def with_the_unheard(material: Material, figure: Drawing) -> Drawing:
    """Say below a figure, which may go round without its report, who is hardly in it."""
    tables = [name for name in map(material.coverage, material.sources(figure.tables)) if name]
    groups = [material.say("few_in_figure", **one) for name in tables
              for one in _few(material, name)]
    if not groups:
        return figure
    line = material.say("hardly_reached", groups=listing(groups, material.language))
    return replace(figure, notes=(*figure.notes, line),
                   tables=tuple(dict.fromkeys([*figure.tables, *tables])))


def limits(material: Material, names: Sequence[str]) -> Iterator[Part]:
    """Say what the design of each source does not allow, in the words of its own Tables."""
    yield Heading(material.say("limits"), anchor="limits")
    yield Points((material.say("no_cause"), material.say("few_people")))
    for source in material.sources(names):
        found = [material.coverage(source)] if material.coverage(source) else [
            name for name in names if name in material.results.tables
            and material.sources([name]) == [source]][:1]
        lines = _design_lines(material, found)
        if lines:
            yield Points(tuple(f"{source.words(material.language)}: {line}" for line in lines),
                         tables=tuple(found))


def _design_lines(material: Material, names: Iterable[str]) -> list[str]:
    """Return what Tables say of who took part and why there is or is no interval."""
    lines = []
    for name in names:
        shown = material.shown(name)
        whole = shown.kind == "coverage"
        lines += [shown.base, shown.basis, *shown.notes] if whole else [shown.basis]
    return [line for line in dict.fromkeys(lines) if line]


def methods(material: Material, names: Sequence[str]) -> Iterator[Part]:
    """Say of each source what one row is and how units came in."""
    yield Heading(material.say("methods"), anchor="methods")
    yield Points(tuple(
        material.say("method_source", source=source.words(material.language),
                     unit=source.units(1, material.language),
                     design=material.say(f"design_{_design(source)}"))
        for source in material.sources(names)))
    yield Words(material.say("again", version=wbkit.__version__))


def _design(source: Source) -> str:
    if source.design is not None:
        return source.design.kind
    if source.holds_texts:
        return "texts"
    return source.kind if source.kind in ("list", "counts") else "none"


def origins(material: Material, names: Sequence[str]) -> Iterator[Part]:
    """Say of each Table which notebook made it, and from which source."""
    yield Heading(material.say("origins"), anchor="origins")
    yield Words(material.say("origins_lead"))
    used = [name for name in names if name in material.results.tables]
    rows = tuple(_origin(material, name) for name in used)
    header = material.lines("origins_columns")
    if rows:
        yield TablePart(material.say("origins"), Grid(header, rows, 1, len(header)),
                        anchors=tuple(anchor_of(ORIGIN, name) for name in used))


def _origin(material: Material, name: str) -> tuple[str, ...]:
    saved = material.results.tables[name]
    sources = ", ".join(one.words(material.language) for one in saved.table.data_sets)
    number, _, _ = saved.notebook.partition("_")
    notebook = number if number.isdigit() else saved.notebook  # files go by their number
    return (name, saved.show(material.language).title, notebook or material.say("no_notebook"),
            sources, saved.table.fingerprint)


def origin_line(material: Material, names: Sequence[str]) -> Words:
    """Return the line below an answer that leads to where its numbers come from."""
    return Words(material.say("from"), "origin", tuple(names),
                 tuple((name, anchor_of(ORIGIN, name)) for name in names))


def privacy(material: Material) -> Iterator[Part]:
    """Repeat what `wbkit publish` says of privacy, or say which counts are left out."""
    file = material.study.folder.resolve().parent / STATEMENT
    real = any(one.table.minimum > 1 for one in material.results.tables.values())
    if not (file.is_file() or real):
        return
    yield Heading(material.say("privacy"), anchor="privacy")
    if real:
        yield Words(material.say("privacy_inside", minimum=material.study.display.minimum))
    if file.is_file():
        yield from (Words(line) for line in _paragraphs(file))


class _Reader(HTMLParser):
    """Collects the paragraphs of a page that wbkit wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line."""
        self.inside = tag in ("p", "li")
        if self.inside:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a line."""
        self.inside = False

    def handle_data(self, data: str) -> None:
        """Add to a line."""
        if self.inside:
            self.lines[-1] += data


def _paragraphs(file: Path) -> list[str]:
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return [line.strip() for line in reader.lines if line.strip()]
