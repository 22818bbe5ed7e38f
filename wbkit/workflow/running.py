"""From raw files to results, in one go and whole or not at all."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.study.study import Study
from wbkit.workflow.executing import execute, place_for, read_notebook
from wbkit.workflow.files import CELL_SECONDS, list_notebooks, notebooks_folder
from wbkit.workflow.notebooks import as_text
from wbkit.workflow.overview import (
    Section,
    notebook_section,
    source_section,
    standard_results,
    write_overview,
)
from wbkit.workflow.preparing import Prepared, prepare
from wbkit.workflow.results_folder import present_inputs, saved_results, staged, write_manifest

Watch = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """What a run made.

    Parameters
    ----------
    results
        The folder of the results.
    prepared
        What became of each raw file.
    notebooks
        Number of notebooks that were run.
    tables, figures
        Numbers of saved results.
    """

    results: Path
    prepared: list[Prepared]
    notebooks: int
    tables: int
    figures: int


def run(
    study: Study, *, out: Path | None = None, notebooks: Path | None = None,
    seconds: int = CELL_SECONDS, watch: Watch = lambda _: None,
) -> Run:
    """Make every result of a study: check, prepare, run the notebooks, write the overview."""
    results = out or study.results
    folder = notebooks_folder(study, notebooks)
    paths = list_notebooks(folder)
    check_files(study, paths)
    check_place(results, study, folder)
    inputs = present_inputs(study, folder)
    with staged(results) as building:
        prepared = prepare(study, watch=watch)
        into = study.model_copy(update={"results": building})
        sections = (_run_notebooks(into, paths, seconds, watch) if paths
                    else _run_standard(into, watch))
        write_overview(building, study, sections)
        write_manifest(building, study, inputs=inputs,
                       rows={name: n for one in prepared for name, n in one.rows.items()})
        kinds = [one["what"] for one in saved_results(building)]
    return Run(results, prepared, len(paths), kinds.count("table"), kinds.count("figure"))


def check_files(study: Study, notebooks: list[Path]) -> None:
    """Look whether every raw file and notebook is there, before the long work begins."""
    missing = [name for source in study.sources.values()
               for name, path in source.raw_files.items() if not path.is_file()]
    if missing:
        raise DataError(
            f"{', '.join(missing)}: there is no such file in {study.folder.name}. "
            "Put it there, or correct file in study.toml."
        )
    for path in notebooks:
        read_notebook(path)


def check_place(results: Path, study: Study, notebooks: Path) -> None:
    """Refuse to put results in the place of the data or the notebooks."""
    for own in (study.folder, notebooks):
        if own.resolve().is_relative_to(results.resolve()):
            raise DataError(
                f"{results}: is or holds the folder {own.name} of this study, which would get "
                "lost. Results come in a folder of their own; give another one with --out."
            )


def _run_notebooks(study: Study, paths: list[Path], seconds: int, watch: Watch) -> list[Section]:
    target = study.results / "notebooks"
    with place_for(study, study.results, paths[0].parent) as place:
        notebooks = execute(paths, place, seconds=seconds, watch=watch)
    for path, notebook in zip(paths, notebooks, strict=True):
        write_whole(target / path.name, as_text(notebook).encode())
    return [notebook_section(notebook, path.stem, study.results, study.language)
            for path, notebook in zip(paths, notebooks, strict=True)]


def _run_standard(study: Study, watch: Watch) -> list[Section]:
    made = standard_results(study, watch=watch)
    return [source_section(name, results) for name, results in made.items()]


def refresh_notebooks(
    study: Study, *, folder: Path | None = None, seconds: int = CELL_SECONDS,
    watch: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Run the notebooks of a study and write them back in their one form."""
    folder = notebooks_folder(study, folder)
    paths = list_notebooks(folder)
    if not paths:
        raise DataError(f"{folder.name}: holds no notebooks. Make one, or give --notebooks.")
    prepare(study)
    with tempfile.TemporaryDirectory() as results, \
            place_for(study, Path(results), folder) as place:
        notebooks = execute(paths, place, seconds=seconds, watch=watch)
    texts = {path: as_text(notebook) for path, notebook in zip(paths, notebooks, strict=True)}
    changed = {path: text for path, text in texts.items()
               if text != path.read_text(encoding="utf-8")}
    for path, text in changed.items():
        write_whole(path, text.encode())
    return list(changed)
