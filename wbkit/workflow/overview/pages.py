"""The pages of a run: index.html, one page for each notebook, and the infographics."""

import json
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.intake.processed import read_responses
from wbkit.labels import label
from wbkit.messages import _
from wbkit.report.first_page.choices import choices
from wbkit.report.first_page.page import FirstPage, Link, address, languages_of
from wbkit.report.infographics.infographic import infographic
from wbkit.report.infographics.sheets import INFOGRAPHICS, load_sheets
from wbkit.report.pages.page_style import PageStyle, page_style
from wbkit.report.saved_results import SavedResults, made_tables, read_results
from wbkit.study.interpretations import load_interpretations
from wbkit.study.study import Study
from wbkit.table.table import Table
from wbkit.workflow.executing import read_notebook
from wbkit.workflow.files import hash_text, list_notebooks, read_json, sha256
from wbkit.workflow.overview.notebook_pages import (
    NotebookPage,
    first_cell,
    sections_of,
)
from wbkit.workflow.overview.standard import standard_sections

INDEX, PAGES, FOLDER = "index.html", "pages", "infographics"
MADE_OF = '<meta name="wbkit" content="{}">\n'
OF = ("tables/*.json", "figures/*.json", "notebooks/*.ipynb")


def write_pages(
    results: Path, study: Study, *, inputs: Mapping[str, Any],
    standard: Mapping[str, Sequence[str]], earlier: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> None:
    """Write index.html and the pages, or keep the earlier ones where nothing changed.

    `inputs` are the hashes of what the run was made of; `standard` are the results of a study
    without notebooks, by source.
    """
    made_of = _made_of(results, inputs)
    if earlier is not None and _is_kept(earlier, made_of):
        shutil.copyfile(earlier / INDEX, results / INDEX)
        for part in (PAGES, FOLDER):
            if (earlier / part).is_dir():
                shutil.copytree(earlier / part, results / part)
        return
    saved = read_results(study, results) if made_tables(results) else SavedResults({}, {}, {})
    style = page_style(study)
    found = dict(_notebook_pages(study, saved, style, results))
    if standard:
        title = study.title.text(study.language) or study.file.name
        found[""] = NotebookPage(title, (), standard_sections(standard), saved, results, style)
    links = _write_beside(results, study, saved, found, watch)
    page = FirstPage(study, saved, style, _choices(study), links).html()
    write_whole(results / INDEX, page.replace("<title>", f"{made_of}<title>", 1).encode())


def write_released_pages(
    folder: Path, study: Study, released: SavedResults, before: Mapping[str, Table], *,
    watch: Callable[[str], None] = lambda _: None,
) -> None:
    """Write the pages of what goes out, in the folder in which its files and notebooks stand.

    Nothing can be chosen there: those counts are in no Table that was protected. `before` are the
    Tables as people read them.
    """
    style = page_style(study)
    found = dict(_notebook_pages(study, released, style, folder))
    links = _write_beside(folder, study, released, found, watch)
    page = FirstPage(study, released, style, (), links, before)
    write_whole(folder / INDEX, page.html().encode())


def _write_beside(
    folder: Path, study: Study, saved: SavedResults, found: Mapping[str, NotebookPage],
    watch: Callable[[str], None],
) -> list[Link]:
    """Write the pages of notebooks and the infographics; gives the links to them."""
    for name, page in found.items():
        write_whole(folder / address(name), page.html().encode())
    sheets = write_sheets(folder / FOLDER, study, saved, watch=watch)
    return [*_sheet_links(study, sheets), *(
        Link({study.language: page.title}, address(name), "notebook")
        for name, page in found.items())]


def _made_of(results: Path, inputs: Mapping[str, Any]) -> str:
    """Return one line for the head of the page, which changes with all that it shows."""
    files = sorted(path for pattern in OF for path in results.glob(pattern))
    told = [f"{path.relative_to(results).as_posix()} {sha256(path)}" for path in files]
    return MADE_OF.format(hash_text("\n".join([json.dumps(inputs, sort_keys=True), *told])))


def _is_kept(earlier: Path, made_of: str) -> bool:
    """Whether the earlier pages were made of the same, so that they would become the same."""
    page = earlier / INDEX
    return page.is_file() and (earlier / PAGES).is_dir() \
        and made_of in page.read_text(encoding="utf-8")


def _notebook_pages(
    study: Study, saved: SavedResults, style: PageStyle, results: Path
) -> Iterator[tuple[str, NotebookPage]]:
    for path in list_notebooks(results / "notebooks"):
        notebook = read_notebook(path)
        title, about = first_cell(notebook, study.language)
        sections = sections_of(notebook, path.stem, saved, study.language)
        yield path.stem, NotebookPage(title or path.stem, about, sections, saved, results, style)


def _sheet_links(study: Study, made: Mapping[str, Path]) -> list[Link]:
    """Return where each infographic stands, the numbered ones first."""
    sheets = load_sheets(study)
    found = []
    for name, file in sorted(made.items(), key=lambda one: sheets[one[0]].number or len(sheets)):
        key = "page_sheet" if sheets[name].number else "page_sheet_loose"
        title = label(key, study.language, number=sheets[name].number,
                      title=sheets[name].kicker.text(study.language))
        found.append(Link({study.language: title}, f"{FOLDER}/{file.name}", "infographic"))
    return found


def _choices(study: Study) -> list[dict[str, Any]]:
    """Return what a reader can choose of the answers of people."""
    every = [read_responses(study, name) for name, source in study.sources.items()
             if source.kind == "survey" and not source.holds_texts]
    return choices(every, languages_of(study))


def pages_with(study: Study, changed: Collection[str], results: Path) -> list[str]:
    """Return the pages on which one of some results stands, as files in the folder of results.

    The first page holds every answer that rests on one of them, and who is hardly heard.
    """
    answers = load_interpretations(study).values()
    read = {name for one in answers for name in (*one.tables, *one.figures)}
    first = [INDEX] if read & set(changed) else []
    notebooks = [address(path.stem) for path in sorted((results / "notebooks").glob("*.json"))
                 if {Path(one).stem for one in read_json(path)["written"]} & set(changed)]
    sheets = [f"{FOLDER}/{name}.pdf" for name, sheet in load_sheets(study).items()
              if set(sheet.tables) & set(changed)]
    return [*first, *notebooks, *sheets]


# Infographics


def make_sheets(
    study: Study, *, team: str | None = None, out: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> dict[str, Path]:
    """Make the infographics of the last run again, or the pages of one team.

    Gives the PDF of each by name. What stands in the way of a page is told to `watch`.
    """
    sheets = load_sheets(study)
    if not any(one.team == (team is not None) for one in sheets.values()):
        raise DataError(_(
            "{file}: describes no such page. Write there what stands on it; the example of wbkit "
            "has eight, and one for a team.",
            file=f"{study.folder.name}/{INFOGRAPHICS}"))
    results = out or study.results
    return write_sheets(results / FOLDER, study, read_results(study, results), team=team,
                        watch=watch)


def write_sheets(
    folder: Path, study: Study, results: SavedResults, *, team: str | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> dict[str, Path]:
    """Write the pages of all, or those of one team; a page that cannot be made is told."""
    tables = {name: one.table for name, one in results.tables.items()}
    made = {}
    for name, sheet in load_sheets(study).items():
        if sheet.team != (team is not None):
            continue
        try:
            made[name] = _written(folder, name, tables, study, team)
        except DataError as fault:
            watch(str(fault))
    return made


def _written(
    folder: Path, name: str, tables: Mapping[str, Table], study: Study, team: str | None
) -> Path:
    page = infographic(name, tables, study=study, team=team)
    files = [write_whole(folder / one, content) for one, content in page.files.items()]
    return files[0]
