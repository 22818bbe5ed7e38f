"""Notebooks in the one form in which they are kept: the same bytes after every run."""

import ast
import hashlib
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from wbkit.messages import _, mark
from wbkit.workflow.executing import read_notebook

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python",
            "nbconvert_exporter": "python", "pygments_lexer": "ipython3"}
STAMPS = ("execution", "ExecuteTime")  # written by nbclient, JupyterLab and an extension
LINES, CELLS = 12, 30
FIRST_CELL = ("**Vraag**", "**Gegevens**", "**Antwoord**", "**English abstract**")
SKIPPED = ("nbval-skip", "nbval-ignore-output", "nbval-raises-exception", "raises-exception",
           "skip-execution")
SKIPPED_COMMENT = re.compile(r"#\s*NBVAL_\w+|#\s*PYTEST_VALIDATE\w+", re.IGNORECASE)
UNSTABLE = {
    mark("an absolute path"): re.compile(
        r"(?<![\w./])/(?:home|tmp|Users|usr|var|root|work|opt|mnt|private|etc)/|\b[A-Z]:\\|file://"
    ),
    mark("a memory address"): re.compile(r"\b0x[0-9a-fA-F]{6,}"),
    mark("a time"): re.compile(r"\b\d{1,2}:\d{2}:\d{2}\b"),
}
Rule = Callable[[NotebookNode, str], Iterator[str]]


def first_cell_says_all(notebook: NotebookNode, name: str) -> Iterator[str]:
    """The first cell is a text with title, question, data, answer and English abstract."""
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield _("does not begin with a text that has a title (# …)")
        return
    for heading in FIRST_CELL:
        if heading not in first.source:
            yield _("its first cell lacks {heading}", heading=heading)


def has_output(notebook: NotebookNode, name: str) -> Iterator[str]:
    """Something was shown."""
    if not any(cell.outputs for cell in _code(notebook)):
        yield _("has no outputs; a re-run has nothing to be compared with")


def nothing_skipped(notebook: NotebookNode, name: str) -> Iterator[str]:
    """No cell is kept out of the comparison."""
    for number, cell in enumerate(_code(notebook), 1):
        tags = set(cell.metadata.get("tags", ())) & set(SKIPPED)
        if tags or SKIPPED_COMMENT.search(cell.source):
            yield _("code cell {number} is kept out of the comparison", number=number)


def plain_analysis(notebook: NotebookNode, name: str) -> Iterator[str]:
    """Notebooks 10 to 89 define nothing and stay short."""
    if not "10" <= name[:2] <= "89":
        return
    cells = _code(notebook)
    if len(cells) > CELLS:
        yield _("has {n} code cells, more than {most}", n=len(cells), most=CELLS)
    for number, cell in enumerate(cells, 1):
        if _defines(cell.source):
            yield _("code cell {number} defines a function or class; that belongs in wbkit",
                    number=number)


def run_in_order(notebook: NotebookNode, name: str) -> Iterator[str]:
    """The code cells were run once, from first to last."""
    counts = [cell.execution_count for cell in _code(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield _("its code cells were not run once in order; restart the kernel and run all")


def short_cells(notebook: NotebookNode, name: str) -> Iterator[str]:
    """No code cell is long."""
    for number, cell in enumerate(_code(notebook), 1):
        length = len(cell.source.splitlines())
        if length > LINES:
            yield _("code cell {number} has {n} lines, more than {most}",
                    number=number, n=length, most=LINES)


def stable_output(notebook: NotebookNode, name: str) -> Iterator[str]:
    """No output holds what differs between machines or runs."""
    for number, output in _outputs(notebook):
        text = _text(output)
        for words, pattern in UNSTABLE.items():
            found = pattern.search(text)
            if found:
                yield _("code cell {number} shows {what} ({shown!r})",
                        number=number, what=_(words), shown=found.group())


def widgets_in_nineties(notebook: NotebookNode, name: str) -> Iterator[str]:
    """Widgets stand only in 90 and up."""
    if name[:2] >= "90":
        return
    views = any(WIDGET_VIEW in output.get("data", {}) for __, output in _outputs(notebook))
    imported = any("ipywidgets" in cell.source for cell in _code(notebook))
    if views or imported or "widgets" in notebook.metadata:
        yield _("uses widgets, which stand only in notebooks 90 and up")


def without_error(notebook: NotebookNode, name: str) -> Iterator[str]:
    """No cell failed."""
    for number, output in _outputs(notebook):
        if output.output_type == "error":
            yield _("code cell {number} ended in an error ({error})",
                    number=number, error=output.ename)


def without_semicolon(notebook: NotebookNode, name: str) -> Iterator[str]:
    """No cell hides its result behind a semicolon, which a re-run does not honour."""
    for number, cell in enumerate(_code(notebook), 1):
        if cell.source.rstrip().endswith(";"):
            yield _("code cell {number} ends in a semicolon", number=number)


def without_warnings(notebook: NotebookNode, name: str) -> Iterator[str]:
    """No cell wrote to stderr."""
    for number, output in _outputs(notebook):
        if output.output_type == "stream" and output.name == "stderr":
            yield _("code cell {number} gave a warning", number=number)


RULES: tuple[Rule, ...] = (
    run_in_order, has_output, without_error, without_warnings, without_semicolon,
    nothing_skipped, short_cells, plain_analysis, widgets_in_nineties, stable_output,
    first_cell_says_all,
)


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without what differs between two runs."""
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
    """Write a notebook as the text of its file."""
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


def faults(path: Path) -> list[str]:
    """Return everything about a notebook that is not in order."""
    notebook = read_notebook(path)
    found = [words for rule in RULES for words in rule(notebook, path.name)]
    if as_text(notebook) != path.read_text(encoding="utf-8"):
        found.append(_("is not in the one form in which notebooks are kept"))
    return [f"{path.name}: {words}." for words in found]


def run_faults(path: Path) -> list[str]:
    """Return what shows that a notebook was not run from first to last without error."""
    notebook = read_notebook(path)
    rules = (run_in_order, has_output, without_error)
    return [f"{path.name}: {words}." for rule in rules for words in rule(notebook, path.name)]


def never_run(path: Path) -> bool:
    """Whether a notebook is as somebody wrote it: no cell was run, and nothing is shown."""
    cells = _code(read_notebook(path))
    return all(cell.execution_count is None and not cell.outputs for cell in cells)


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _outputs(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    for number, cell in enumerate(_code(notebook), 1):
        for output in cell.outputs:
            yield number, output


def _text(output: NotebookNode) -> str:
    data = output.get("data", {})
    return "\n".join([output.get("text", ""), *(
        data[kind] for kind in ("text/plain", "text/html") if kind in data
    )])


def _defines(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, kinds) for node in ast.walk(tree))
