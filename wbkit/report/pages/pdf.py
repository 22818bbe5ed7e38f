"""A report as a tagged PDF (PDF/UA-1)."""

import json
from functools import singledispatch
from pathlib import Path
from typing import Any

from wbkit.labels import label
from wbkit.report.pages.content import (
    Contents,
    Drawing,
    Heading,
    Points,
    Report,
    TablePart,
    Words,
)
from wbkit.report.pages.typesetting import printable, typeset
from wbkit.table.word import LETTERS, column_shares

TEMPLATE = Path(__file__).with_name("template") / "report.typ"
CONTENT = "content.json"
LINES = 24  # of a table that stays on one page with what is written below it


def pdf_report(report: Report) -> bytes:
    """Return the report as a PDF."""
    style = report.style
    about = {
        "title": report.title, "subtitle": report.subtitle, "author": report.author,
        "foot": report.foot, "parts": [plain(one) for one in report.parts],
        "words": {kind: label(f"report_{kind}", report.language) for kind in ("table", "figure")},
    }
    files = {CONTENT: json.dumps(_printed(about), ensure_ascii=False).encode()}
    files |= {_file(one): one.svg for one in report.parts if isinstance(one, Drawing)}
    if style.logo:
        files[style.logo_file] = style.logo
    text = f"{style.typst()}\n{TEMPLATE.read_text(encoding='utf-8')}"
    return typeset(text, files)[0]


@singledispatch
def plain(part: object) -> dict[str, Any]:
    """Return a part as values that the template reads."""
    raise NotImplementedError(type(part).__name__)


@plain.register
def _(part: Heading) -> dict[str, Any]:
    return {"what": "heading", "text": part.text, "level": part.level, "anchor": part.anchor}


@plain.register
def _(part: Words) -> dict[str, Any]:
    return {"what": "words", "text": part.text, "role": part.role,
            "links": [list(one) for one in part.links]}


@plain.register
def _(part: Points) -> dict[str, Any]:
    return {"what": "points", "kind": part.kind, "lines": list(part.lines)}


@plain.register
def _(part: TablePart) -> dict[str, Any]:
    grid, turned = part.grid, part.is_turned
    widths, tight = column_shares(grid, turned=turned)
    return {"what": "table", "title": part.title, "number": part.number, "turned": turned,
            "header": list(grid.header), "rows": [list(row) for row in grid.rows],
            "widths": widths, "tight": tight,
            "words": max(grid.stub, grid.text), "notes": list(part.notes),
            "anchor": part.anchor, "anchors": list(part.anchors), "followed": part.followed,
            "together": grid.lines(LETTERS[turned]) <= LINES}


@plain.register
def _(part: Drawing) -> dict[str, Any]:
    return {"what": "figure", "title": part.title, "number": part.number, "anchor": part.anchor,
            "alt": part.figure.alt, "subtitle": part.subtitle, "notes": list(part.notes),
            "file": _file(part), "followed": part.followed}


@plain.register
def _(part: Contents) -> dict[str, Any]:
    return {"what": "contents", "text": part.text}


def _file(part: Drawing) -> str:
    return f"figure-{part.number}.svg"


def _printed(value: Any) -> Any:
    """Leave only signs that the fonts of a page have."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: one if key in ("anchor", "file") else _printed(one)
                for key, one in value.items()}
    return [_printed(one) for one in value] if isinstance(value, list) else value
