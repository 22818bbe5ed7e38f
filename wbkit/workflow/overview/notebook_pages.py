"""The page of one notebook: what it saved, in its order, with every file to download."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from nbformat import NotebookNode

from wbkit.labels import label
from wbkit.report.first_page.page import css
from wbkit.report.pages.page_style import PageStyle
from wbkit.report.saved_results import SavedResult, SavedResults
from wbkit.table.render import as_html
from wbkit.workflow.files import read_json

MARKED = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|(?<!\w)\*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*(?!\w)",
    re.DOTALL)
NAMED = re.compile(r"""["']([a-z0-9_-]+)["']""")
TABLES, FIGURES = ("csv", "xlsx"), ("svg", "png")
COPY = """for (const one of document.querySelectorAll("button.copy")) {
  one.hidden = false;
  one.addEventListener("click", () => {
    const chosen = getSelection();
    chosen.selectAllChildren(document.getElementById(one.dataset.table).firstElementChild);
    if (document.execCommand("copy")) one.textContent = one.dataset.done;
    chosen.removeAllRanges();
  });
}"""  # a page that is opened from a folder may not use the newer Clipboard everywhere
ABSTRACT = "**English abstract**"


@dataclass(frozen=True)
class Section:
    """A heading, and the names of the results that stand under it."""

    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class NotebookPage:
    """What one page holds.

    Parameters
    ----------
    title, about
        Its title, and the paragraphs below it in HTML.
    sections
        The results in order, under their headings.
    results
        All results of the run.
    folder
        The folder of results, in which files are looked for.
    style
        The house style.
    """

    title: str
    about: tuple[str, ...]
    sections: Sequence[Section]
    results: SavedResults
    folder: Path
    style: PageStyle

    def html(self) -> str:
        """Return the page; its figures are files beside it."""
        language, title = self.style.language, escape(self.title)
        back = f'<p><a href="../index.html">{escape(label("page_back", language))}</a></p>'
        parts = "".join(one for section in self.sections for one in self._section(section))
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{css(self.style)}</style>\n</head>\n<body>\n"
            f"<header>{back}<h1>{title}</h1>{''.join(self.about)}</header>\n<main>\n{parts}"
            f"{back}</main>\n<script>{COPY}</script>\n</body>\n</html>\n")

    def _section(self, section: Section) -> Iterator[str]:
        shown = [one for name in section.names for one in self._result(name)]
        if shown:
            heading = f"<h2>{section.heading}</h2>" if section.heading else ""
            yield f'<section class="whole">{heading}{"".join(shown)}</section>\n'

    def _result(self, name: str) -> Iterator[str]:
        if name in self.results.figures:
            yield self._figure(self.results.figures[name])
        if name in self.results.tables:
            table = self.results.tables[name]
            copy, copied = (escape(label(key, self.style.language))
                            for key in ("page_copy", "page_copied"))
            yield (f'<div class="wide" id="table-{name}" tabindex="0" role="region" aria-label="'
                   f'{escape(table.title, quote=True)}">{as_html(table.show(table.language))}</div>'
                   f'<button type="button" class="copy" data-table="table-{name}" '
                   f'data-done="{copied}" hidden>{copy}</button>'
                   f"{self._downloads('tables', name, TABLES)}")

    def _figure(self, figure: SavedResult) -> str:
        name = figure.name
        alt = read_json(self._file("figures", name, "json"))["alt"]
        ending = next((one for one in FIGURES if self._file("figures", name, one).is_file()), "png")
        title = escape(figure.show(figure.language).title, quote=True)
        return (f'<div class="wide drawn" tabindex="0" role="region" aria-label="{title}">'
                f'<figure id="figure-{name}"><img src="../figures/{name}.{ending}" '
                f'loading="lazy" alt="{escape(alt, quote=True)}"></figure></div>'
                f"{self._downloads('figures', name, FIGURES)}")

    def _file(self, part: str, name: str, ending: str) -> Path:
        return self.folder / part / f"{name}.{ending}"

    def _downloads(self, part: str, name: str, endings: Sequence[str]) -> str:
        links = " · ".join(f'<a href="../{part}/{name}.{one}">{name}.{one}</a>' for one in endings
                           if self._file(part, name, one).is_file())
        words = escape(label("page_download", self.style.language))
        return f'<p class="base">{words} {links}</p>\n'


def sections_of(
    notebook: NotebookNode, name: str, results: SavedResults, language: str
) -> list[Section]:
    """Return what a notebook saved, under the headings that stand above it there."""
    own = {one for saved in (results.tables, results.figures)
           for one, about in saved.items() if about.notebook == name}
    found: list[Section] = []
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and language == "nl":
            heading = _last_heading(cell.source) or heading
        names = tuple(one for one in dict.fromkeys(NAMED.findall(cell.source)) if one in own) \
            if cell.cell_type == "code" else ()
        own -= set(names)
        if names:
            found.append(Section(heading, names))
            heading = ""
    return [*found, Section("", tuple(sorted(own)))]


def _last_heading(source: str) -> str:
    return next((_marked_up(line[3:].strip()) for line in reversed(source.splitlines())
                 if line.startswith("## ")), "")


def first_cell(notebook: NotebookNode, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the title of a notebook and its paragraphs in this language, as HTML."""
    text = notebook.cells[0].source if notebook.cells else ""
    title = text.split("\n", 1)[0].removeprefix("# ").strip() if text.startswith("# ") else ""
    paragraphs = [one.strip() for one in text.split("\n\n") if one.strip().startswith("**")]
    chosen = [one for one in paragraphs if one.startswith(ABSTRACT) == (language == "en")]
    return title, tuple(f"<p>{_marked_up(one)}</p>" for one in chosen)


def _marked_up(text: str) -> str:
    """Turn the little markdown of a notebook into HTML."""
    return MARKED.sub(_tagged, escape(text))


def _tagged(found: re.Match[str]) -> str:
    tag = found.lastgroup or ""
    inner = found[tag] if tag == "code" else MARKED.sub(_tagged, found[tag])
    return f"<{tag}>{inner}</{tag}>"
