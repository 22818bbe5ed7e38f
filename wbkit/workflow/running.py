"""From raw files to results, in one go and whole or not at all."""

import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wbkit.errors import DataError, WbkitError
from wbkit.files import remove_unfinished, write_whole
from wbkit.messages import _, counted, shown
from wbkit.study.study import Study
from wbkit.workflow.executing import account_file, execute, place_for, read_notebook
from wbkit.workflow.files import (
    CELL_SECONDS,
    list_notebooks,
    notebooks_folder,
    read_json,
    write_json,
)
from wbkit.workflow.notebooks import as_text
from wbkit.workflow.overview.pages import write_pages
from wbkit.workflow.overview.standard import standard_results
from wbkit.workflow.preparing import Prepared, prepare, unchanged_accounts
from wbkit.workflow.progress import Clock, Progress
from wbkit.workflow.results_folder import (
    failed_file,
    present_inputs,
    saved_results,
    staged,
    write_manifest,
)
from wbkit.workflow.unchanged import (
    NOTEBOOKS,
    Present,
    carry_over,
    is_whole,
    read_record,
    reads_other,
    record_of,
    still_holds,
    waits_for,
    write_record,
)

Watch = Callable[[str], None]
MOST_ROUNDS = 3  # two notebooks that each read what the other writes never come to rest


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
        Number of notebooks.
    tables, figures
        Numbers of saved results.
    kept
        Names of the notebooks that were unchanged, so that their earlier results were kept.
    """

    results: Path
    prepared: list[Prepared]
    notebooks: int
    tables: int
    figures: int
    kept: tuple[str, ...] = ()


def run(
    study: Study, *, out: Path | None = None, notebooks: Path | None = None,
    seconds: int = CELL_SECONDS, watch: Watch = lambda _: None, earlier: Path | None = None,
) -> Run:
    """Make every result of a study: check, prepare, run the notebooks, write the pages.

    With `earlier`, a folder of results, only what changed since is cleaned and run.
    """
    results, clock = out or study.results, Clock()
    folder = notebooks_folder(study, notebooks)
    paths = list_notebooks(folder)
    check_files(study, paths)
    check_place(results, study, folder)
    inputs = present_inputs(study, folder)
    with staged(results) as building:
        known = {} if earlier is None else unchanged_accounts(study)
        prepared = prepare(study, watch=watch, known=known)
        into = study.model_copy(update={"results": building})
        renewal = Renewal(into, results, earlier, seconds, watch)
        standard = {} if paths else standard_results(into, watch=watch)
        renewal.make(paths)
        watch(_("writing the pages"))
        write_pages(building, into, inputs=inputs, standard=standard, earlier=earlier,
                    watch=watch)
        write_manifest(building, study, inputs=inputs,
                       rows={name: n for one in prepared for name, n in one.rows.items()})
        kinds = [one["what"] for one in saved_results(building)]
    failed_file(results).unlink(missing_ok=True)
    kept = tuple(path.name for path in renewal.kept)
    watch(_("all results made in {time}", time=clock.took()))
    return Run(results, prepared, len(paths), kinds.count("table"), kinds.count("figure"), kept)


def check_files(study: Study, notebooks: list[Path]) -> None:
    """Look whether every raw file and notebook is there, before the long work begins."""
    missing = [name for source in study.sources.values()
               for name, path in source.raw_files.items() if not path.is_file()]
    if missing:
        raise DataError(_(
            "{files}: there is no such file in {folder}. Put it there, or correct file in "
            "study.toml.",
            files=", ".join(missing), folder=study.folder.name))
    for path in notebooks:
        read_notebook(path)


def check_place(results: Path, study: Study, notebooks: Path) -> None:
    """Refuse to put results in the place of the data or the notebooks."""
    for own in (study.folder, notebooks):
        if own.resolve().is_relative_to(results.resolve()):
            raise DataError(_(
                "{folder}: is or holds the folder {own} of this study, which would get lost. "
                "Results come in a folder of their own; give another one with --out.",
                folder=shown(results), own=own.name))


class Renewal:
    """Runs the notebooks that changed, and keeps the earlier results of the others.

    Parameters
    ----------
    study
        The study, with the folder that is being built as its results.
    results
        The folder whose place that will take.
    earlier
        The folder of the results to keep; None to run every notebook.
    seconds
        Time limit of a cell.
    watch
        Is told how far it is.
    """

    def __init__(
        self, study: Study, results: Path, earlier: Path | None, seconds: int, watch: Watch
    ) -> None:
        self.study, self.results, self.earlier = study, results, earlier
        self.seconds, self.watch = seconds, watch
        self.present = Present(study, study.results.resolve())
        self.progress = Progress(of=0)
        self.kept: list[Path] = []
        self._records: dict[Path, dict[str, Any]] = {}

    def make(self, paths: list[Path]) -> None:
        """Make the results of all notebooks."""
        waiting = self._begin(paths)
        for __ in range(MOST_ROUNDS):
            self.progress.of += len(waiting)
            self._run_in_turn(waiting)
            waiting = [path for path in paths if self._is_overtaken(path)]
            self.kept = [path for path in self.kept if path not in waiting]
            if not waiting:
                break
        for path in paths:
            write_record(self._records[path], path, self.present)

    def _is_overtaken(self, path: Path) -> bool:
        """Whether another notebook has changed what this one read, or wrote too and was kept."""
        record = self._records[path]
        return reads_other(record, self.present) or (
            path in self.kept and not is_whole(record, self.study.results))

    def _begin(self, paths: list[Path]) -> list[Path]:
        """Take over what is unchanged, and return the notebooks to run."""
        if self.earlier is None:
            return paths
        failed = _read_failed(self.results)
        found = {path: read_record(self.earlier, path) for path in paths}
        self._records = {path: record for path, record in found.items() if record}
        self.kept = [path for path, record in self._records.items()
                     if path.name not in failed and is_whole(record, self.earlier)
                     and still_holds(record, path, self.present)]
        for path in self.kept:
            carry_over(self._records[path], self.earlier, self.study.results)
        if self.kept:
            self.watch(_(
                "unchanged, not run again: {n} of {notebooks} ({names})",
                n=len(self.kept), notebooks=counted(len(paths), "notebook", "notebooks"),
                names=", ".join(path.stem for path in self.kept)))
        return [path for path in paths if path not in self.kept]

    def _others(self, paths: Iterable[Path], without: Iterable[Path]) -> list[dict[str, Any]]:
        """Return the records of the paths that have one and are not among the others."""
        return [self._records[path] for path in paths
                if path in self._records and path not in set(without)]

    def _run_in_turn(self, waiting: list[Path]) -> None:
        """Run notebooks, each after those whose results it read in its last run."""
        while waiting:
            ready = [path for path in waiting if not waits_for(
                self._records.get(path), self._others(waiting, [path]))] or waiting
            try:
                self._run(ready)
            except WbkitError as fault:
                self._write_failed(ready, str(fault))
                raise
            waiting = [path for path in waiting if path not in ready]

    def _write_failed(self, paths: Iterable[Path], fault: str) -> None:
        """Keep the earlier results of a notebook that failed from being kept by the next run."""
        failed = [path.name for path in paths if fault.startswith(f"{path.name}, ")
                  and read_record(self.results, path)]
        if failed:
            write_json(failed_file(self.results), {"failed": failed})

    def _run(self, paths: list[Path]) -> None:
        target = self.study.results / NOTEBOOKS
        with place_for(self.study, self.study.results, paths[0].parent) as place:
            notebooks = execute(paths, place, seconds=self.seconds, watch=self.watch,
                                progress=self.progress)
            for path, notebook in zip(paths, notebooks, strict=True):
                write_whole(target / path.name, as_text(notebook).encode())
                self._records[path] = record_of(
                    _read_account(account_file(path, place)), path, self.present)


def _read_account(file: Path) -> dict[str, Any]:
    """Return what a notebook did; without an account it is taken to rest on the outside world."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"read": [], "written": [], "listed": [], "sources": [], "code": [],
                "modules": {}, "outside": ["unknown"]}


def _read_failed(results: Path) -> set[str]:
    """Return the names of the notebooks of which the last run did not end well."""
    try:
        return set(map(str, read_json(failed_file(results))["failed"]))
    except (OSError, KeyError, TypeError, DataError):
        return set()


def refresh_notebooks(
    study: Study, *, folder: Path | None = None, seconds: int = CELL_SECONDS,
    watch: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Run the notebooks of a study and write them back in their one form."""
    folder, clock = notebooks_folder(study, folder), Clock()
    paths = list_notebooks(folder)
    if not paths:
        raise DataError(_(
            "{folder}: holds no notebooks. Make one, or give another folder with --notebooks.",
            folder=folder.name))
    remove_unfinished(folder)
    prepare(study, watch=watch)
    with tempfile.TemporaryDirectory() as results, \
            place_for(study, Path(results), folder) as place:
        notebooks = execute(paths, place, seconds=seconds, watch=watch)
    texts = {path: as_text(notebook) for path, notebook in zip(paths, notebooks, strict=True)}
    changed = {path: text for path, text in texts.items()
               if text != path.read_text(encoding="utf-8")}
    for path, text in changed.items():
        write_whole(path, text.encode())
    watch(_("all notebooks run in {time}", time=clock.took()))
    return list(changed)
