"""A Table as HTML and as text: the same words on every machine."""

from dataclasses import replace
from html import escape

from wbkit.labels import label
from wbkit.study.source import is_guessed
from wbkit.table.layout import HIDDEN, Grid
from wbkit.table.layouts import grid
from wbkit.table.words import Worded

STYLE = ("border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5em 0")
CELL = "padding:.2em .8em;border-bottom:1px solid #ddd;vertical-align:top"


class Shown(Worded):
    """A Table in the words of one language, as `Table.show` returns it; prints like a Table."""

    def _repr_html_(self) -> str:
        return as_html(self)

    def __repr__(self) -> str:
        return as_text(self)


def caption_lines(table: Worded) -> list[str]:
    """Return the lines under a Table: base, basis, notes, source, fingerprint."""
    language = table.language
    hidden = "state" in table.data and (table.data["state"] == HIDDEN).any()
    lines = [table.base, table.basis, *table.notes, guessed_line(table)]
    lines += [label("hidden_note", language)] if hidden else []
    lines += [source_line(table), label("fingerprint", language, digits=table.fingerprint)]
    return [line for line in lines if line]


def guessed_line(table: Worded) -> str:
    """Name the questions that a computer drafted and nobody confirmed."""
    used = set(table.dimensions)
    used |= {name for column in ("item", "margin") if column in table.data
             for name in table.data[column].astype(str)}
    names = [source.items[name].words(table.language, short=True) for source in table.sources
             for name in source.items if name in used and is_guessed(source, name)]
    words = "; ".join(f"‘{name}’" for name in dict.fromkeys(names))
    return label("guessed_note", table.language, names=words) if names else ""


def source_line(table: Worded) -> str:
    """Name the sources, and say which of them were made up."""
    language = table.language
    made_up = label("synthetic", language)
    names = [f"{source.words(language)} ({made_up})" if source.synthetic
             else source.words(language) for source in table.sources]
    return label("source", language, names="; ".join(names)) if names else ""


def as_text(table: Worded) -> str:
    """Return a Table as plain text."""
    shown = _filled(table)
    widths = [max(map(len, column)) for column in zip(shown.header, *shown.rows, strict=True)]
    rule = "  ".join("-" * width for width in widths)
    body = [_text_line(row, widths, shown) for row in shown.rows]
    head = _text_line(shown.header, widths, shown)
    return "\n".join([table.title, "", head, rule, *body, "", *caption_lines(table)])


def as_html(table: Worded) -> str:
    """Return a Table as HTML, with headings that a screen reader finds."""
    shown = _filled(table)
    lines = "<br>".join(escape(line) for line in caption_lines(table))
    return (
        f'<div lang="{table.language}"><table style="{STYLE}">\n'
        f'<caption style="text-align:left;font-weight:bold">{escape(table.title)}</caption>\n'
        f"<thead><tr>{_html_head(shown)}</tr></thead>\n"
        f"<tbody>\n{_html_rows(shown)}\n</tbody></table>\n"
        f'<p style="color:#555;font-size:90%;max-width:60em;margin-top:0">{lines}</p></div>'
    )


def _filled(table: Worded) -> Grid:
    """Lay a Table out; one without rows says that there is nothing."""
    shown = grid(table)
    if shown.rows or not shown.header:
        return shown
    nothing = label("nothing", table.language)
    return replace(shown, rows=((nothing, *("" for _ in shown.header[1:])),))


def _text_line(cells: tuple[str, ...], widths: list[int], shown: Grid) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    padded = [cell.ljust(width) if shown.is_text(place) else cell.rjust(width)
              for place, (cell, width) in pairs]
    return "  ".join(padded).rstrip()


def _html_head(shown: Grid) -> str:
    return "".join(
        f'<th scope="col" style="{CELL};text-align:{_side(place, shown)}">{escape(word)}</th>'
        for place, word in enumerate(shown.header)
    )


def _html_rows(shown: Grid) -> str:
    return "\n".join(f"<tr>{_html_cells(row, shown)}</tr>" for row in shown.rows)


def _html_cells(row: tuple[str, ...], shown: Grid) -> str:
    cells = []
    for place, word in enumerate(row):
        tag = 'th scope="row"' if place < shown.stub else "td"
        weight = ";font-weight:normal" if place < shown.stub else ""
        style = f"{CELL};text-align:{_side(place, shown)}{weight}"
        cells.append(f'<{tag} style="{style}">{escape(word)}</{tag[:2]}>')
    return "".join(cells)


def _side(place: int, shown: Grid) -> str:
    return "left" if shown.is_text(place) else "right"
