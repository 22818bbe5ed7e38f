"""Notebooks as they go out: the text and the code, and of real people only protected results."""

import base64
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from wbkit.table.table import Figure, Table
from wbkit.workflow.notebooks import normalised

SAVES = re.compile(r"\bsave\b")
NAME = re.compile(r"""["']([a-z0-9_-]+)["']""")
Result = Table | Figure


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
