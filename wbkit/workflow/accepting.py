"""Write the results that a person looked at to data/expected."""

import shutil
from pathlib import Path

import pandas as pd

from wbkit.errors import DataError
from wbkit.study.study import Study
from wbkit.workflow.files import INPUTS, expected_folder, notebooks_folder, read_json, text_sha256
from wbkit.workflow.results_folder import is_current, saved_results
from wbkit.workflow.staging import MANIFEST
from wbkit.workflow.verifying import COLUMNS, INDEX, Comparison, compare


def changes_to_accept(
    study: Study, *, out: Path | None = None, notebooks: Path | None = None
) -> list[Comparison]:
    """List what `accept` would change.

    Parameters
    ----------
    study
        The study.
    out
        The folder of the results; that of the study when left out.
    notebooks
        The folder of the notebooks.

    Returns
    -------
    list of Comparison
        Every raw file, Table and Figure; all of them new when nothing was accepted before.

    Raises
    ------
    DataError
        If there are no results, or they do not stem from the present data.
    """
    results = out or study.results
    if not is_current(results, study, notebooks_folder(study, notebooks)):
        raise DataError(
            f"{results.name}: holds no results of the present data, notebooks and code. "
            "Give wbkit run first, look at the results, then accept them."
        )
    if (expected_folder(study) / INDEX).is_file():
        return compare(study, results)
    return [Comparison(one["what"], one["name"], "new") for one in saved_results(results)]


def accept(study: Study, *, out: Path | None = None, notebooks: Path | None = None) -> Path:
    """Write data/expected from the results.

    Parameters
    ----------
    study
        The study.
    out
        The folder of the results; that of the study when left out.
    notebooks
        The folder of the notebooks.

    Returns
    -------
    pathlib.Path
        The folder with the accepted results; Tables that are no longer made are gone.

    Raises
    ------
    DataError
        If there are no results, or they do not stem from the present data.
    """
    changes_to_accept(study, out=out, notebooks=notebooks)
    results, expected = out or study.results, expected_folder(study)
    found = saved_results(results)
    tables = [one["name"] for one in found if one["what"] == "table"]
    _write_tables(results / "tables", expected / "tables", tables)
    _write_csv(_inputs(results, study), expected / INPUTS)
    _write_csv(_index(found, expected), expected / INDEX)
    return expected


def _write_tables(source: Path, target: Path, names: list[str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(source / f"{name}.csv", target / f"{name}.csv")
    for file in target.glob("*.csv"):
        if file.stem not in names:
            file.unlink()


def _index(found: list[dict[str, str]], expected: Path) -> pd.DataFrame:
    rows = [one | {"sha256": _table_hash(one, expected)} for one in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _table_hash(one: dict[str, str], expected: Path) -> str:
    if one["what"] != "table":
        return ""
    return text_sha256(expected / "tables" / f"{one['name']}.csv")


def _inputs(results: Path, study: Study) -> pd.DataFrame:
    about = read_json(results / MANIFEST)["inputs"]
    rows = {name: (name, about["files"][name], about["rows"][name])
            for source in study.sources.values() for name in source.raw_files}
    return pd.DataFrame(list(rows.values()), columns=["file", "sha256", "rows"])


def _write_csv(frame: pd.DataFrame, file: Path) -> None:
    frame.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")
