"""Begin a study of one's own: an empty study.toml, notebooks that fit any survey, and a README."""

from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from wbkit.errors import StudyError
from wbkit.whole_files import write_whole
from wbkit.workflow.notebooks import as_text

TEMPLATE = Path(__file__).parent / "template"
NAMES = {"gitignore": ".gitignore"}  # a file of that name would work on the template itself
EMPTY_FOLDERS = ("data/raw", "data/processed")
CODE, TEXT = "--- code", "--- text"


def begin_study(folder: Path) -> list[Path]:
    """Write a new study.

    Parameters
    ----------
    folder
        A new or empty folder.

    Returns
    -------
    list of pathlib.Path
        The files that were written.

    Raises
    ------
    StudyError
        If the folder holds files already.
    """
    if folder.is_file():
        raise StudyError(f"{folder}: is a file. Give the name of a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise StudyError(f"{folder}: holds files already, which could get lost. "
                         "Give the name of a new or empty folder.")
    for name in EMPTY_FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    return [_write(path, folder) for path in sorted(TEMPLATE.rglob("*")) if path.is_file()]


def _write(path: Path, folder: Path) -> Path:
    place = path.relative_to(TEMPLATE)
    target = folder / place.with_name(NAMES.get(place.name, place.name))
    text = path.read_text(encoding="utf-8")
    if place.parent.name == "notebooks":
        target, text = target.with_suffix(".ipynb"), as_text(_notebook(text))
    write_whole(target, text.encode())
    return target


def _notebook(text: str) -> NotebookNode:
    """Make a notebook of text in which each cell begins with ``--- code`` or ``--- text``."""
    cells, kind, lines = [], TEXT, []
    for line in [*text.splitlines(), TEXT]:
        if line not in (CODE, TEXT):
            lines.append(line)
            continue
        make = new_code_cell if kind == CODE else new_markdown_cell
        cells += [make("\n".join(lines).strip(), id=f"cell-{len(cells):02}")] if lines else []
        kind, lines = line, []
    return new_notebook(cells=cells)
