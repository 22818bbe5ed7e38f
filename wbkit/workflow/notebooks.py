"""Notebooks in the one form in which they are kept: the same bytes after every run."""

import hashlib
from copy import deepcopy

import nbformat
from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python",
            "nbconvert_exporter": "python", "pygments_lexer": "ipython3"}
STAMPS = ("execution", "ExecuteTime")  # written by nbclient, JupyterLab and an extension


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without what differs between two runs.

    Parameters
    ----------
    notebook
        A notebook; it is not changed.

    Returns
    -------
    nbformat.NotebookNode
        The same cells and outputs, with a fixed kernel, no versions, times or widget states.
    """
    tidy = deepcopy(notebook)
    tidy.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE})
    tidy.nbformat, tidy.nbformat_minor = 4, 5
    seen: set[str] = set()
    for place, cell in enumerate(tidy.cells):
        cell.id = _own_id(cell, place, seen)
        cell.metadata = nbformat.from_dict(
            {key: value for key, value in cell.metadata.items() if key not in STAMPS}
        )
        if cell.cell_type == "code":
            cell.outputs = [_normalised_output(output) for output in cell.outputs]
    return tidy


def as_text(notebook: NotebookNode) -> str:
    """Write a notebook as the text of its file.

    Parameters
    ----------
    notebook
        A notebook.

    Returns
    -------
    str
        JSON with sorted keys and one line end at the end.
    """
    return nbformat.writes(normalised(notebook), version=4).rstrip("\n") + "\n"


def _own_id(cell: NotebookNode, place: int, seen: set[str]) -> str:
    """Keep the id of a cell; give one that follows from its text where it has none."""
    name = cell.get("id")
    if not name or name in seen:
        name = hashlib.sha256(f"{place} {cell.source}".encode()).hexdigest()[:8]
    seen.add(name)
    return name


def _normalised_output(output: NotebookNode) -> NotebookNode:
    output = deepcopy(output)
    output.pop("transient", None)
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
    return output
