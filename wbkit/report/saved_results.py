"""The results that a run saved, read back: Tables and Figures by name, and the notebook of each."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wbkit
from wbkit.errors import DataError, WbkitError
from wbkit.messages import _, shown
from wbkit.study.source import Setting
from wbkit.study.study import Study
from wbkit.table.kinds import KINDS
from wbkit.table.render import Shown
from wbkit.table.stored import restored
from wbkit.table.table import Figure, Table

PLOTS = {plot for form in KINDS.values() for plot in form.figures}
TABLES, FIGURES, NOTEBOOKS = "tables", "figures", "notebooks"


@dataclass(frozen=True)
class SavedResult:
    """One Table or Figure as it was saved.

    Parameters
    ----------
    name
        The name by which it was saved.
    table
        The Table, or the one that the Figure draws.
    title, language
        The title that it had, and the language of that title.
    notebook
        The notebook that saved it, empty for a standard table.
    plot, choices
        Of a Figure: what drew it, and what the caller chose.
    """

    name: str
    table: Table
    title: str
    language: str
    notebook: str = ""
    plot: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)

    def show(self, language: str) -> Shown:
        """Return its Table in words, under its own title where that is in this language."""
        return self.table.show(language, title=self.title if language == self.language else None)

    def draw(self, language: str) -> Figure | None:
        """Draw its Table as the Figure drew it; None where it cannot be drawn again."""
        if self.plot not in PLOTS:
            return None
        with suppress(WbkitError, TypeError, KeyError, ValueError):
            return getattr(wbkit, self.plot)(
                self.table, **{**self.choices, "language": language})
        return None


@dataclass(frozen=True)
class SavedResults:
    """The results of one run.

    Parameters
    ----------
    tables, figures
        By the name under which each was saved, in order of name.
    notebooks
        The notebooks of the run and the title of each, in order.
    """

    tables: Mapping[str, SavedResult]
    figures: Mapping[str, SavedResult] = field(default_factory=dict)
    notebooks: Mapping[str, str] = field(default_factory=dict)


def read_results(study: Study, folder: Path | None = None) -> SavedResults:
    """Read the results of the last run; nothing is counted again.

    Parameters
    ----------
    study
        The study.
    folder
        The folder of results; that of the study when left out.

    Returns
    -------
    SavedResults
        Its Tables, Figures and notebooks.

    Raises
    ------
    DataError
        If there are no Tables, or a file does not hold what was saved.
    """
    results = folder or study.results
    files = made_tables(results)
    if not files:
        raise DataError(_(
            "{folder}: holds no Tables, so there is nothing to report. Give wbkit run first.",
            folder=shown(results)))
    setting = next((one.setting for one in study.sources.values()), Setting())
    writers = _writers(results)
    tables, figures = (
        {file.stem: _read(file, setting, writers.get((file.parent.name, file.stem), ""))
         for file in found}
        for found in (files, sorted((results / FIGURES).glob("*.json"))))
    return SavedResults(tables, figures, _titles(results))


def made_tables(results: Path) -> list[Path]:
    """Return the files of the Tables in a folder of results."""
    return sorted((results / TABLES).glob("*.json"))


def _read(file: Path, setting: Setting, notebook: str) -> SavedResult:
    name = f"{file.parent.name}/{file.name}"
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        table, title, language = about["table"], about["title"], about["language"]
    except (ValueError, KeyError, TypeError):
        raise DataError(_(
            "{name}: is damaged: it does not hold what wbkit saved. Give wbkit run, which makes "
            "it again.",
            name=name)) from None
    return SavedResult(file.stem, restored(table, setting, name=name), title, language, notebook,
                       about.get("plot", ""), about.get("choices", {}))


def _writers(results: Path) -> dict[tuple[str, str], str]:
    """Say which notebook saved each result: (folder, name) = notebook.

    Where several did, it is the one with the number that the name begins with, else the first.
    """
    found: dict[tuple[str, str], str] = {}
    for file in sorted((results / NOTEBOOKS).glob("*.json")):
        for path in _written(file):
            key = (path.parent.name, path.stem)
            if key not in found or path.stem.startswith(f"{file.stem.partition('_')[0]}_"):
                found[key] = file.stem
    return found


def _written(file: Path) -> list[Path]:
    about: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return [Path(one) for one in about.get("written", ())]


def _titles(results: Path) -> dict[str, str]:
    return {file.stem: _title(file) for file in sorted((results / NOTEBOOKS).glob("*.ipynb"))}


def _title(file: Path) -> str:
    cells = json.loads(file.read_text(encoding="utf-8")).get("cells", [])
    first = "".join(cells[0]["source"]).splitlines() if cells else []
    return first[0].removeprefix("# ") if first and first[0].startswith("# ") else file.stem
