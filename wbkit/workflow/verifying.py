"""Compare the results with those that a person accepted."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wbkit.errors import DataError
from wbkit.study.study import Study
from wbkit.workflow.differences import table_changes
from wbkit.workflow.files import (
    accepted_inputs,
    expected_folder,
    notebooks_folder,
    sha256,
    text_sha256,
)
from wbkit.workflow.results_folder import is_current, saved_results
from wbkit.workflow.running import run

INDEX = "index.csv"
COLUMNS = ("name", "what", "kind", "fingerprint", "sha256")
SAME, CHANGED, MISSING, NEW = "same", "changed", "missing", "new"


@dataclass(frozen=True)
class Comparison:
    """One result beside the accepted one.

    Parameters
    ----------
    what
        ``table``, ``figure`` or ``input``.
    name
        The name by which it is saved.
    state
        ``same``, ``changed``, ``missing`` or ``new``.
    lines
        Which cells changed, before and after.
    """

    what: str
    name: str
    state: str
    lines: tuple[str, ...] = ()


def verify(
    study: Study, *, out: Path | None = None, notebooks: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> list[Comparison]:
    """Compare the results of the present data with data/expected.

    Parameters
    ----------
    study
        The study.
    out
        The folder of the results; that of the study when left out. When it does not stem from
        the present data, notebooks and code, everything is run again in a temporary folder.
    notebooks
        The folder of the notebooks.
    watch
        Called with one line about each step of such a run.

    Returns
    -------
    list of Comparison
        One for each raw file, Table and Figure.

    Raises
    ------
    DataError
        If nothing was accepted yet.
    WbkitError
        If a run fails.
    """
    faults = index_faults(study)
    if faults:
        raise DataError("\n".join([*faults, "Restore these files, or accept the results again."]))
    results = out or study.results
    if is_current(results, study, notebooks_folder(study, notebooks)):
        return compare(study, results)
    watch("the results do not stem from the present data, notebooks and code: running again in a "
          "temporary folder; data/processed is made anew, results stay as they are")
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "results"
        run(study, out=again, notebooks=notebooks, watch=watch)
        return compare(study, again)


def compare(study: Study, results: Path) -> list[Comparison]:
    """Compare a folder of results with data/expected.

    Parameters
    ----------
    study
        The study.
    results
        The folder of the results.

    Returns
    -------
    list of Comparison
        One for each raw file, Table and Figure.
    """
    accepted = {(row["what"], row["name"]): row for row in read_index(study).to_dict("records")}
    present = {(one["what"], one["name"]): one for one in saved_results(results)}
    return [*_inputs(study), *(
        _compared(study, results, accepted.get(key), present.get(key))
        for key in dict.fromkeys([*accepted, *present])
    )]


def read_index(study: Study) -> pd.DataFrame:
    """Return the list of accepted results.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    pandas.DataFrame
        name, what, kind, fingerprint, sha256 (of the csv of a Table), as text.

    Raises
    ------
    DataError
        If nothing was accepted yet.
    """
    file = expected_folder(study) / INDEX
    if not file.is_file():
        raise DataError(
            f"expected/{INDEX}: is not there: nobody has accepted results of this study yet. "
            "Look at the results of wbkit run, then give wbkit accept."
        )
    index = pd.read_csv(file, dtype=str, keep_default_na=False)
    lacking = [name for name in COLUMNS if name not in index.columns]
    if lacking:
        raise DataError(
            f"expected/{INDEX}: lacks the column {lacking[0]}. It needs {', '.join(COLUMNS)}. "
            "Restore the file, or accept the results again."
        )
    return index


def index_faults(study: Study) -> list[str]:
    """Return where data/expected contradicts its own list.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    list of str
        One sentence for each file that is missing, was edited, or does not stand in the list.
    """
    index = read_index(study)
    tables = index[index["what"] == "table"].set_index("name")["sha256"]
    files = {file.stem: file for file in (expected_folder(study) / "tables").glob("*.csv")}
    lines = [f"expected/tables/{name}.csv: is missing." for name in tables.index.difference(files)]
    lines += [f"expected/tables/{name}.csv: does not stand in {INDEX}."
              for name in sorted(set(files) - set(tables.index))]
    return lines + [f"expected/tables/{name}.csv: was changed after it was accepted."
                    for name in tables.index.intersection(files)
                    if text_sha256(files[name]) != tables[name]]


def _inputs(study: Study) -> Iterator[Comparison]:
    accepted = accepted_inputs(study).set_index("file")["sha256"].to_dict()
    present = {name: path for source in study.sources.values()
               for name, path in source.raw_files.items()}
    for file in dict.fromkeys([*accepted, *present]):
        if file not in present:
            yield Comparison("input", file, MISSING)
        elif file not in accepted:
            yield Comparison("input", file, NEW)
        else:
            same = sha256(present[file]) == accepted[file]
            yield Comparison("input", file, SAME if same else CHANGED)


def _compared(
    study: Study, results: Path, before: dict[str, str] | None, after: dict[str, str] | None
) -> Comparison:
    one = before or after
    what, name = one["what"], one["name"]
    if before is None or after is None:
        return Comparison(what, name, NEW if before is None else MISSING)
    prints = before["fingerprint"], after["fingerprint"]
    lines = (_table_lines(study, results, name) if what == "table"
             else _figure_lines(*prints) if len(set(prints)) > 1 else [])
    if len(set(prints)) == 1 and not lines:
        return Comparison(what, name, SAME)
    return Comparison(what, name, CHANGED, tuple(lines or ["the order of rows or columns"]))


def _table_lines(study: Study, results: Path, name: str) -> list[str]:
    file = Path("tables") / f"{name}.csv"
    return table_changes(expected_folder(study) / file, results / file)


def _figure_lines(before: str, after: str) -> list[str]:
    return [f"draws other data: {before} -> {after}"]
