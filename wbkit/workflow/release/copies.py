"""What goes out, made anew: results of protected Tables, notebooks without answers, Cells."""

import base64
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

import wbkit
from wbkit.data.cells import Cells
from wbkit.errors import DisclosureError, WbkitError
from wbkit.files import write_whole
from wbkit.messages import _
from wbkit.privacy.disclosure.rules import least_of
from wbkit.report.cell_files import FOLDER, cell_bytes, read_cells
from wbkit.report.saved_results import PLOTS, SavedResult
from wbkit.report.saving import figure_files, table_files
from wbkit.study.study import Study
from wbkit.survey.estimate import estimate
from wbkit.survey.frequency import frequency
from wbkit.table.kinds import KINDS
from wbkit.table.table import Figure, Table
from wbkit.workflow.files import read_json, write_json
from wbkit.workflow.notebooks import normalised

TABLE_ENDINGS = ("csv", "xlsx", "json")
CHECKED = "checked.json"
KEPT_BACK = "table"  # of the json: sources are described in it as study.toml does
SAVES = re.compile(r"\bsave\b")
NAME = re.compile(r"""["']([a-z0-9_-]+)["']""")
TYPED = re.compile(r"(?<![\w.,-])\d{1,4}(?= [^\W\d_])")  # "7 of them", no year and no decimal
Result = Table | Figure
OF_PEOPLE = ("n", "n_weightless")  # columns that count units


def write_table(folder: Path, name: str, table: Table, language: str) -> Table:
    """Write a protected Table; gives it back."""
    _write(folder, name, table_files(table, table.show(language)))
    return table


def write_figure(folder: Path, one: SavedResult, table: Table) -> Figure | str:
    """Draw the protected Table as the Figure drew it, and write that.

    Gives the Figure, or why there is none. One that somebody drew on by hand loses that.
    """
    if one.plot not in PLOTS:
        return _("nobody knows how it was drawn")
    try:
        choices = {**one.choices, "language": one.language}
        figure = getattr(wbkit, one.plot)(table, **choices)
    except (WbkitError, TypeError, LookupError, ValueError, ArithmeticError) as fault:
        return str(fault) if isinstance(fault, WbkitError) else _("it cannot be drawn again")
    _write(folder, one.name, figure_files(figure, table.show(one.language)))
    return figure


def _write(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    for ending, content in files.items():
        write_whole(folder / f"{name}.{ending}",
                    _without_sources(content) if ending == "json" else content)


def _without_sources(content: bytes) -> bytes:
    about = json.loads(content)
    del about[KEPT_BACK]
    return (json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def hidden_rows(table: Table) -> int:
    """Count the rows of a Table of which the numbers are hidden."""
    return int(table.data["state"].eq("hidden").sum()) if "state" in table.data else 0


def newly_hidden(before: Table, after: Table) -> int:
    """Count the numbers that are hidden in a protected Table and were not before."""
    hidden = [int(table.cells["number"].isna().sum()) for table in (before, after)]
    gone = max(0, len(before.cells) - len(after.cells))
    return max(0, hidden[1] - hidden[0] + gone)


def hidden_counts(before: Table, after: Table) -> set[int]:
    """Return the counts of people that a protected Table hides and that stood in it before."""
    address = list(before.cells)[:-1]
    both = before.cells.merge(after.cells, how="left", on=address, suffixes=("", "_after"))
    columns = KINDS[before.kind].columns
    counts = both["measure"].map(lambda one: columns.get(one, "count") in ("count", "base"))
    gone = both["number_after"].isna() & both["number"].gt(0) & counts.astype(bool)
    return {int(n) for n in both.loc[gone, "number"]}


# Notebooks


def typed_counts(
    notebook: NotebookNode, hidden: Mapping[str, Collection[int]]
) -> Iterator[tuple[int, int, str]]:
    """Yield what a person has to read: cell of text, number in it, Table in which it is hidden.

    `hidden` is name of a Table = its hidden counts. The number can be of something else.
    """
    for place, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            for n in sorted({int(one) for one in TYPED.findall(cell.source)}):
                name = next((name for name, counts in hidden.items() if n in counts), None)
                if name is not None:
                    yield place, n, name


def copied(
    notebook: NotebookNode, results: Mapping[str, Sequence[Result]], *, real: bool, language: str
) -> NotebookNode:
    """Return a notebook to give away.

    With `real` every output is left out, and under a cell that saves stands what was published by
    that name. The state of widgets and pasted pictures are left out too.
    """
    copy = normalised(deepcopy(notebook))
    for cell in copy.cells:
        if not real:
            continue
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            cell.outputs = [_output(one, language) for name in _saved_in(cell.source)
                            for one in results.get(name, ())]
    return copy


def note_copies(building: Path) -> None:
    """Note of each copy what it was when it had been looked at, so that a change is seen."""
    write_json(building / CHECKED, {
        path.relative_to(building).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(building.glob("notebooks/*.ipynb"))})


def is_checked(folder: Path, name: str, content: bytes) -> bool:
    """Whether a file in the folder of a release is as it was when it had been looked at."""
    if not (folder / CHECKED).is_file():
        return False
    return read_json(folder / CHECKED).get(name) == sha256(content).hexdigest()


def _saved_in(source: str) -> list[str]:
    """Return the names under which a cell saves."""
    return list(dict.fromkeys(NAME.findall(source))) if SAVES.search(source) else []


def _output(result: Result, language: str) -> NotebookNode:
    data: dict[str, Any]
    if isinstance(result, Figure):
        data = {"image/png": base64.b64encode(result.png()).decode() + "\n",
                "text/plain": result.alt}
    else:
        shown = result.show(language)
        data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    return new_output("display_data", data=data)


# Cells, so that schools can add up without sharing pupils


def saved_cells(study: Study, without: Collection[str] = ()) -> dict[str, Cells]:
    """Return the Cells in the folder of results, by name, without what no sum needs."""
    return {path.stem: without_people(read_cells(path))
            for path in sorted((study.results / FOLDER).glob("*.npz"))
            if path.stem not in without}


def without_people(cells: Cells) -> Cells:
    """Leave out what points to a person, and the sums of products of several items.

    These products are counts too: of who ticked both of two options.
    """
    source = cells.source
    items = {name: item.model_copy(update={"corrections": {}})
             for name, item in source.items.items()}
    plain = source.model_copy(update={
        "items": items, "set_aside": (), "duplicates": None, "ignore": (),
        "personal_number": None, "texts": None})
    moments = {names: one for names, one in cells.moments.items() if len(names) == 1}
    return replace(cells, source=plain, moments=moments)


def tables_in(cells: Mapping[str, Cells]) -> dict[str, Table]:
    """Return what anybody can read in Cells as Tables, by file and item."""
    found = {}
    for name, one in cells.items():
        for item in one.items:
            found[f"cells/{name}.npz, {item}"] = frequency(one, item, by=one.by)
            if (item,) in one.moments and one.item(item).kind == "numeric":
                found[f"cells/{name}.npz, {item} (mean)"] = estimate(one, item, by=one.by)
    return found


def refuse_few(cells: Mapping[str, Cells], profile: str) -> None:
    """Refuse Cells of real people in which any number of them is small.

    A hidden count cannot be added up, so such a file goes out whole or not at all.
    """
    for name, one in cells.items():
        source = one.source
        least = 1 if source.synthetic or source.public else least_of(source, profile)
        if any(0 < n < least for n in _numbers(one)):
            raise DisclosureError(_(
                "cells/{name}.npz: counts of fewer than {least} {units} stand in it, and sums of "
                "hidden counts would be wrong, so it cannot go out. Count larger groups: without "
                "by, with merged answers (recode), or without numeric items.",
                name=name, least=least, units=source.told_units(2)))


def _numbers(cells: Cells) -> Iterator[float]:
    """Yield every number of people in Cells."""
    yield from (cells.left_out, cells.weightless, cells.inside)
    for rows in (cells.rows, cells.drawn):
        yield from (n for column in OF_PEOPLE if column in rows for n in rows[column])
    for moments in cells.moments.values():
        yield from moments.n


def refuse_changed(in_cells: Mapping[str, Table], protected: Mapping[str, Table]) -> None:
    """Refuse Cells of which protecting would hide a number; `protected` is by fingerprint."""
    for name, table in in_cells.items():
        if protected[table.fingerprint].fingerprint != table.fingerprint:
            raise DisclosureError(_(
                "{name}: beside everything else that goes out, numbers in it would have to be "
                "hidden. Leave something out (--without), or count larger groups.",
                name=name))


def write_cells_out(folder: Path, cells: Mapping[str, Cells]) -> None:
    """Write Cells as they go out."""
    for name, one in cells.items():
        write_whole(folder / FOLDER / f"{name}.npz", cell_bytes(one))
