"""What goes out, made anew: results of protected Tables, notebooks without what people said."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

import wbkit
from wbkit.errors import WbkitError
from wbkit.files import write_whole
from wbkit.messages import _
from wbkit.report.saving import figure_files, table_files
from wbkit.table.kinds import KINDS
from wbkit.table.table import Figure, Table
from wbkit.workflow.notebooks import normalised

PLOTS = {plot for form in KINDS.values() for plot in form.figures}
TABLE_ENDINGS = ("csv", "xlsx", "json")
KEPT_BACK = "table"  # of the json: sources are described in it as study.toml does
SAVES = re.compile(r"\bsave\b")
NAME = re.compile(r"""["']([a-z0-9_-]+)["']""")
Result = Table | Figure


@dataclass(frozen=True)
class Saved:
    """One result as it stands in the folder of results.

    Parameters
    ----------
    name, what
        Its name; ``table`` or ``figure``.
    about
        What its json says.
    table
        The Table, or the one that the Figure draws.
    """

    name: str
    what: str
    about: Mapping[str, Any]
    table: Table

    @property
    def language(self) -> str:
        """The language in which it was saved."""
        return self.about["language"]


def write_table(folder: Path, name: str, table: Table, language: str) -> Table:
    """Write a protected Table; gives it back."""
    _write(folder, name, table_files(table, table.show(language)))
    return table


def write_figure(folder: Path, one: Saved, table: Table) -> Figure | str:
    """Draw the protected Table as the Figure drew it, and write that.

    Gives the Figure, or why there is none. One that somebody drew on by hand loses that.
    """
    if one.about.get("plot") not in PLOTS:
        return _("nobody knows how it was drawn")
    try:
        choices = dict(one.about["choices"]) | {"language": one.language}
        figure = getattr(wbkit, one.about["plot"])(table, **choices)
    except (WbkitError, TypeError, KeyError, ValueError) as fault:
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


def newly_hidden(before: Table, after: Table) -> int:
    """Count the numbers that are hidden in a protected Table and were not before."""
    hidden = [int(table.cells["number"].isna().sum()) for table in (before, after)]
    gone = max(0, len(before.cells) - len(after.cells))
    return max(0, hidden[1] - hidden[0] + gone)


# Notebooks


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
