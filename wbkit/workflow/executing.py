"""Run notebooks from their first cell to their last."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from wbkit.errors import DataError, WbkitError
from wbkit.messages import LANGUAGE_VARIABLE, MESSAGES_VARIABLE, _, counted
from wbkit.study.study import RESULTS_VARIABLE, STUDY_VARIABLE, Study
from wbkit.workflow.files import CELL_SECONDS
from wbkit.workflow.progress import CELL, Clock, Progress
from wbkit.workflow.recording import BEGIN, END

MOST_KERNELS = 4  # at once; each takes some 300 MB of memory
LAST_LINES = 12
ACCOUNT_SECONDS = 60
PROBLEMS = (CellExecutionError, CellTimeoutError, DeadKernelError)


@dataclass(frozen=True)
class Place:
    """Where a notebook runs and what it is told.

    Parameters
    ----------
    folder
        The folder in which it works.
    variables
        Environment variables of its kernel, besides those of this process.
    accounts
        A folder for what each notebook read, wrote and loaded, as ``<name>.json``.
    """

    folder: Path
    variables: dict[str, str]
    accounts: Path


@contextmanager
def place_for(study: Study, results: Path, folder: Path) -> Iterator[Place]:
    """Give the place in which the notebooks of a study run."""
    with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as accounts:
        yield Place(folder, {
            STUDY_VARIABLE: str(study.file.resolve()),
            RESULTS_VARIABLE: str(results.resolve()),
            LANGUAGE_VARIABLE: study.language,
            MESSAGES_VARIABLE: "",  # what a notebook shows is part of its results
            "IPYTHONDIR": profile,
        }, Path(accounts))


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook."""
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError,
            AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise DataError(_(
            "{notebook}: is no readable notebook. Open it in JupyterLab and save it again, or "
            "restore an earlier version.",
            notebook=path.name)) from None


def execute(
    paths: Sequence[Path], place: Place, *, seconds: int = CELL_SECONDS,
    watch: Callable[[str], None] = lambda _: None, progress: Progress | None = None,
) -> list[NotebookNode]:
    """Run notebooks, each in a fresh kernel of this very Python, as many at once as fit.

    `progress` counts on when these notebooks are a part of those that run.
    """
    progress = progress or Progress(len(paths))
    # the selector loop is the one that kernels can be reached by on every system
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(_execute_all(paths, place, seconds, watch, progress))


async def _execute_all(
    paths: Sequence[Path], place: Place, seconds: int, watch: Callable[[str], None],
    progress: Progress,
) -> list[NotebookNode]:
    room = asyncio.Semaphore(min(os.cpu_count() or 1, MOST_KERNELS))

    async def execute_one(path: Path) -> NotebookNode:
        async with room:
            clock = Clock()
            progress.begun += 1
            number = progress.begun

            def tell(cell: int, cells: int) -> None:
                watch(_(CELL, notebook=path.name, cell=cell, cells=cells, number=number,
                        notebooks=progress.of))

            notebook = await _execute(path, place, seconds, tell)
            progress.done += 1
            watch(_(
                "{notebook}: done in {time} (notebook {number} of {notebooks})",
                notebook=path.name, time=clock.took(), number=progress.done,
                notebooks=progress.of))
            return notebook

    tasks = [asyncio.create_task(execute_one(path)) for path in paths]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _execute(
    path: Path, place: Place, seconds: int, tell: Callable[[int, int], None]
) -> NotebookNode:
    notebook = _emptied(read_notebook(path))
    client = _client(notebook, place, seconds)
    codes = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    async with _kernel(client, place):
        await _tell(client, BEGIN)
        for number, index in enumerate(codes, 1):
            tell(number, len(codes))
            cell = notebook.cells[index]
            try:
                await client.async_execute_cell(cell, index)
            except PROBLEMS as problem:
                if asyncio.current_task().cancelling():  # nbclient takes that for a dead kernel
                    raise asyncio.CancelledError from None
                raise WbkitError(_problem(path, cell, number, problem, seconds)) from None
        await _tell(client, END.format(file=str(account_file(path, place))))
    return notebook


async def _tell(client: NotebookClient, code: str) -> None:
    """Run code that is no cell; a kernel that cannot leaves no account, and runs again."""
    with suppress(TimeoutError, RuntimeError):
        await client.kc.execute(
            code, silent=True, store_history=False, reply=True, timeout=ACCOUNT_SECONDS)


def account_file(path: Path, place: Place) -> Path:
    """Return where the account of a notebook is written when it has run."""
    return place.accounts / f"{path.stem}.json"


@asynccontextmanager
async def _kernel(client: NotebookClient, place: Place) -> AsyncIterator[None]:
    """Start the kernel of a client and end it, leaving Ctrl-C to this process."""
    try:
        # its stderr holds notices about its connection; that of cells is an output
        await client.async_start_new_kernel(env=os.environ | place.variables, stderr=DEVNULL)
        await client.async_start_new_kernel_client()
        yield
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if client.km is not None and client.km.has_kernel:
            await client.km.shutdown_kernel(now=True)


def _client(notebook: NotebookNode, place: Place, seconds: int) -> NotebookClient:
    """Make a client whose kernel is this Python, also when the user has another python3 kernel."""
    manager = AsyncKernelManager(
        kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[])
    )
    return NotebookClient(
        notebook, km=manager, timeout=seconds, record_timing=False, coalesce_streams=True,
        resources={"metadata": {"path": str(place.folder)}},
    )


def _emptied(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _problem(
    path: Path, cell: NotebookNode, number: int, problem: Exception, seconds: int
) -> str:
    """Write what went wrong in which cell, and what to do."""
    where = _("{notebook}, code cell {number} ({line!r})", notebook=path.name, number=number,
              line=cell.source.strip().splitlines()[0])
    if isinstance(problem, CellTimeoutError):
        return _(
            "{where}: did not finish within {time}. Make the cell lighter, or give more time with "
            "--seconds.",
            where=where, time=counted(seconds, "second", "seconds"))
    if isinstance(problem, DeadKernelError):
        return _(
            "{where}: its Python stopped, often because memory ran out. Close other programs, or "
            "run the notebook in JupyterLab to see where.",
            where=where)
    return _(
        "{where}: {error}: {words}\nOpen the notebook in JupyterLab, correct that cell, and run it "
        "again.",
        where=where, error=problem.ename, words=_last_lines(problem.evalue))


def _last_lines(words: str) -> str:
    return "\n".join(words.strip().splitlines()[-LAST_LINES:])
