"""One page with every saved Table and Figure, without a request to the outside."""

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path

from nbformat import NotebookNode

from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.intake.processed import read_responses
from wbkit.labels import label
from wbkit.messages import _
from wbkit.report.plots.bars import plot_bars
from wbkit.report.saving import save
from wbkit.study.item import Item
from wbkit.study.source_kinds import MINUTES
from wbkit.study.study import Study
from wbkit.survey.frequency import frequency
from wbkit.survey.participation import coverage, nonresponse
from wbkit.table.table import Figure, Table
from wbkit.workflow.files import read_json
from wbkit.workflow.progress import TABLE
from wbkit.workflow.results_folder import saved_results

NOT_DRAWN = ("coverage", "nonresponse")  # kinds of Tables about who took part
Making = Callable[[], Table]
PAGE = "00_overzicht.html"
FINGERPRINT = re.compile(r"\b[0-9a-f]{12}\b")
MARKED = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|(?<!\w)\*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*(?!\w)",
    re.DOTALL)
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"
    "color:#222}img{max-width:100%;height:auto}nav li{margin:.2em 0}"
    ".synthetic{background:#fff3cd;border:1px solid #e0c36a;padding:.6em 1em}"
    "section{border-top:1px solid #ccc;margin-top:2.5em}section>div{overflow-x:auto}"
)


@dataclass(frozen=True)
class Section:
    """What one notebook, or one source, adds to the page."""

    heading: str
    parts: tuple[str, ...]
    about: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Result:
    """A Table under the name by which it is saved, and its Figure where there is one."""

    name: str
    table: Table
    figure: Figure | None = None


def write_overview(results: Path, study: Study, sections: Sequence[Section]) -> None:
    """Write the page."""
    title = study.title.text(study.language) or study.file.name
    shown = [_section(number, section) for number, section in enumerate(sections, 1)]
    body = "\n".join([*_head(title, study), *_contents(sections), *shown])
    page = (
        f'<!DOCTYPE html>\n<html lang="{study.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )
    write_whole(results / PAGE, page.encode())


def notebook_section(notebook: NotebookNode, name: str, results: Path, language: str) -> Section:
    """Take the saved Tables and Figures out of an executed notebook."""
    title, about = _first_cell(notebook, language)
    return Section(title or name, tuple(_outputs(notebook, results, language)), about, "nl")


def source_section(name: str, made: Iterable[Result]) -> Section:
    """Show standard tables and figures."""
    parts = []
    for result in made:
        parts.append(result.table._repr_html_())
        if result.figure is not None:
            parts.append(_image(base64.b64encode(result.figure.png()).decode(), result.figure.alt))
    return Section(name, tuple(parts))


def _head(title: str, study: Study) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    names = [source.words() for source in study.sources.values() if source.synthetic]
    if names:
        words = label("overview_synthetic", study.language, names="; ".join(names))
        note = study.synthetic_note.text(study.language) if study.synthetic_note else ""
        yield f'<p class="synthetic">{escape(f"{words} {note}".strip())}</p>'


def _contents(sections: Sequence[Section]) -> Iterator[str]:
    yield "<nav><ol>"
    for number, section in enumerate(sections, 1):
        yield f'<li><a href="#s{number}"{_lang(section)}>{escape(section.heading)}</a></li>'
    yield "</ol></nav>"


def _section(number: int, section: Section) -> str:
    lines = [f'<section id="s{number}">', f"<h2{_lang(section)}>{escape(section.heading)}</h2>"]
    return "\n".join([*lines, *section.about, *section.parts, "</section>"])


def _lang(section: Section) -> str:
    return f' lang="{section.language}"' if section.language else ""


def _first_cell(notebook: NotebookNode, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the paragraphs in this language."""
    text = notebook.cells[0].source if notebook.cells else ""
    title = text.split("\n", 1)[0].removeprefix("# ").strip() if text.startswith("# ") else ""
    paragraphs = [one.strip() for one in text.split("\n\n") if one.strip().startswith("**")]
    english = "**English abstract**"
    chosen = [one for one in paragraphs if one.startswith(english) == (language == "en")]
    return title, tuple(f"<p>{_marked_up(one)}</p>" for one in chosen)


def _marked_up(text: str) -> str:
    """Turn the little markdown of a first cell into HTML."""
    return MARKED.sub(_tagged, escape(text))


def _tagged(found: re.Match[str]) -> str:
    tag = found.lastgroup or ""
    inner = found[tag] if tag == "code" else MARKED.sub(_tagged, found[tag])
    return f"<{tag}>{inner}</{tag}>"


def _outputs(notebook: NotebookNode, results: Path, language: str) -> Iterator[str]:
    """Yield the outputs that show a saved result, each heading above the first one under it."""
    tables, figures = _saved_results(results)
    headings: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and language == "nl":
            headings = _headings(cell.source) or headings
        for output in cell.get("outputs", ()):
            part = _part(output.get("data", {}), tables, figures)
            if part:
                yield from (*headings, part)
                headings = []


def _part(data: Mapping[str, str], tables: set[str], figures: Mapping[str, str]) -> str | None:
    marks = set(FINGERPRINT.findall(data.get("text/plain", "")))
    if "image/png" in data and marks & figures.keys():
        return _image(data["image/png"], figures[(marks & figures.keys()).pop()])
    return data.get("text/html") if marks & tables else None


def _headings(source: str) -> list[str]:
    return [f'<h3 lang="nl">{_marked_up(line[3:].strip())}</h3>'
            for line in source.splitlines() if line.startswith("## ")]


def _saved_results(results: Path) -> tuple[set[str], dict[str, str]]:
    """Return the fingerprints of the Tables, and those of the Figures with their words."""
    found = saved_results(results)
    tables = {one["fingerprint"] for one in found if one["what"] == "table"}
    figures = {one["fingerprint"]: read_json(results / "figures" / f"{one['name']}.json")["alt"]
               for one in found if one["what"] == "figure"}
    return tables, figures


def _image(picture: str, alt: str) -> str:
    data = "".join(picture.split())
    return f'<p><img src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}"></p>'


def standard_results(
    study: Study, *, watch: Callable[[str], None] = lambda _: None
) -> dict[str, list[Result]]:
    """Save the standard tables and figures of every source."""
    made: dict[str, list[Result]] = {}
    for number, (name, source) in enumerate(study.sources.items(), 1):
        if source.holds_texts or source.kind == "counts":
            watch(_(
                "{source}: no standard tables, because it holds no answers to count",
                source=name))
            continue
        responses = _into(study, read_responses(study, name))
        planned = _planned(responses, watch)
        results = made.setdefault(source.words(), [])
        for place, (result, make) in enumerate(planned.items(), 1):
            watch(_(TABLE, name=result, number=place, tables=len(planned), source=number,
                    sources=len(study.sources)))
            results.append(_saved(result, make()))
    return made


def _into(study: Study, responses: Responses) -> Responses:
    """Let the results of these responses go where those of the study go."""
    setting = responses.source.setting.model_copy(update={"results": study.results})
    return replace(responses, source=responses.source.model_copy(update={"setting": setting}))


def _planned(responses: Responses, watch: Callable[[str], None]) -> dict[str, Making]:
    """Return how each standard Table is made, by the name under which it is saved."""
    name, design = responses.source.name, responses.source.design
    found: dict[str, Making] = {}
    if design is not None and design.population is not None:
        found[f"{name}_coverage"] = partial(coverage, responses)
    else:
        watch(_("{source}: no coverage, because study.toml declares no population", source=name))
    closed = [item for item in responses.source.items.values() if _counted(item, responses)]
    if closed and responses.source.kind == "survey":
        found[f"{name}_nonresponse"] = partial(nonresponse, responses)
    return found | {f"{name}_{item.name}": partial(frequency, responses, item) for item in closed}


def _counted(item: Item, responses: Responses) -> bool:
    if item.kind == "numeric":
        return item.name != MINUTES
    counted = item.closed or item.several
    return counted and item.sensitivity != "identifier" and bool(responses.values(item))


def _figure(table: Table) -> Figure | None:
    """Draw a Table; nothing when there is nothing to draw."""
    try:
        return plot_bars(table)
    except DataError:
        return None


def _saved(name: str, table: Table) -> Result:
    """Save a Table, and its Figure when it counts answers."""
    figure = _figure(table) if table.kind not in NOT_DRAWN else None
    save(table, name)
    if figure is not None:
        save(figure, name)
    return Result(name, table, figure)
