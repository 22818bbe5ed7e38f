"""A report as one HTML file that asks nothing from outside."""

from functools import singledispatchmethod
from html import escape

from wbkit.labels import label
from wbkit.report.pages.content import (
    Contents,
    Drawing,
    Heading,
    Link,
    Points,
    Report,
    TablePart,
    Words,
)
from wbkit.report.pages.page_style import logo_html


def html_report(report: Report) -> bytes:
    """Return the report as an HTML page with its style, font and pictures inside."""
    writer = _Writer(report)
    body = "\n".join(writer.part(one) for one in report.parts)
    skip = escape(label("report_skip", report.language))
    page = (
        f'<!DOCTYPE html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>{report.style.css()}</style>\n</head>\n"
        f'<body>\n<a class="skip" href="#begin">{skip}</a>\n'
        f'<main id="begin">\n{logo_html(report.style)}\n{body}\n</main>\n'
        f"<footer>{escape(report.foot)}</footer>\n</body>\n</html>\n")
    return page.encode()


class _Writer:
    """Writes the parts of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def _named(self, kind: str, number: int) -> str:
        return f"<b>{escape(label(f'report_{kind}', self.report.language))} {number}</b> "

    @singledispatchmethod
    def part(self, part: object) -> str:
        """Return one part as HTML."""
        raise NotImplementedError(type(part).__name__)

    @part.register
    def _(self, part: Heading) -> str:
        return f"<h{part.level}{_at(part.anchor)}>{escape(part.text)}</h{part.level}>"

    @part.register
    def _(self, part: Words) -> str:
        kind = f' class="{part.role}"' if part.role != "body" else ""
        links = f" {_linked(part.links)}." if part.links else ""
        return f"<p{kind}>{escape(part.text)}{links}</p>"

    @part.register
    def _(self, part: Points) -> str:
        kind = ' class="boxes"' if part.kind == "boxes" else ""
        lines = "".join(f"<li>{escape(line)}</li>" for line in part.lines)
        return f"<ul{kind}>{lines}</ul>"

    @part.register
    def _(self, part: Contents) -> str:
        lines = "".join(f'<li><a href="#{escape(one.anchor)}">{escape(one.text)}</a></li>'
                        for one in self.report.headings if one.anchor)
        return f'<nav aria-label="{escape(part.text)}"><h2>{escape(part.text)}</h2>' \
               f"<ol>{lines}</ol></nav>"

    @part.register
    def _(self, part: Drawing) -> str:
        picture = part.svg.decode()
        subtitle = f'<span class="sub">{escape(part.subtitle)}</span>' if part.subtitle else ""
        return (f"<figure{_at(part.anchor)}>"
                f"<figcaption>{self._named('figure', part.number)}{escape(part.title)}{subtitle}"
                f"</figcaption>{picture}{_notes(part.notes)}</figure>")

    @part.register
    def _(self, part: TablePart) -> str:
        caption = f"<caption>{self._named('table', part.number)}{escape(part.title)}</caption>" \
            if part.number else ""
        head = "".join(f'<th scope="col"{_side(part, at)}>{escape(word)}</th>'
                       for at, word in enumerate(part.grid.header))
        return (f'<div class="wide"{_at(part.anchor)} tabindex="0" role="region" '
                f'aria-label="{escape(part.title)}">'
                f"<table>{caption}"
                f"<thead><tr>{head}</tr></thead>\n<tbody>{_rows(part)}</tbody></table></div>"
                f"{_notes(part.notes)}")


def _rows(part: TablePart) -> str:
    anchors = part.anchors or ("",) * len(part.grid.rows)
    return "\n".join(f"<tr{_at(anchor)}>{_cells(part, row)}</tr>"
                     for anchor, row in zip(anchors, part.grid.rows, strict=True))


def _cells(part: TablePart, row: tuple[str, ...]) -> str:
    made = []
    for at, word in enumerate(row):
        tag = 'th scope="row"' if at < part.grid.stub else "td"
        made.append(f"<{tag}{_side(part, at)}>{escape(word)}</{tag[:2]}>")
    return "".join(made)


def _notes(lines: tuple[str, ...]) -> str:
    return "".join(f'<p class="note">{escape(line)}</p>' for line in lines)


def _side(part: TablePart, at: int) -> str:
    return ' class="words"' if part.grid.is_text(at) else ""


def _at(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _linked(links: tuple[Link, ...]) -> str:
    return ", ".join(f'<a href="#{escape(anchor)}">{escape(words)}</a>' for words, anchor in links)
