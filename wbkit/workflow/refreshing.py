"""Run the notebooks in their own place and keep them in their one form."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from wbkit.errors import DataError
from wbkit.study.study import Study
from wbkit.whole_files import write_whole
from wbkit.workflow.executing import execute, place_for
from wbkit.workflow.files import CELL_SECONDS, list_notebooks, notebooks_folder
from wbkit.workflow.notebooks import as_text
from wbkit.workflow.preparing import prepare


def refresh_notebooks(
    study: Study, *, folder: Path | None = None, seconds: int = CELL_SECONDS,
    watch: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Run the notebooks of a study and write them back in their one form.

    Parameters
    ----------
    study
        The study they read.
    folder
        The folder of the notebooks; the one beside the data when left out.
    seconds
        Time limit of one cell.
    watch
        Called with one line about each step.

    Returns
    -------
    list of pathlib.Path
        The notebooks whose file changed.

    Raises
    ------
    WbkitError
        If a cell fails; all files then stay as they were.
    """
    folder = notebooks_folder(study, folder)
    paths = list_notebooks(folder)
    if not paths:
        raise DataError(f"{folder.name}: holds no notebooks. Make one, or give --notebooks.")
    prepare(study)
    with tempfile.TemporaryDirectory() as results, \
            place_for(study, Path(results), folder) as place:
        notebooks = execute(paths, place, seconds=seconds, watch=watch)
    texts = {path: as_text(notebook) for path, notebook in zip(paths, notebooks, strict=True)}
    changed = {path: text for path, text in texts.items()
               if text != path.read_text(encoding="utf-8")}
    for path, text in changed.items():
        write_whole(path, text.encode())
    return list(changed)
