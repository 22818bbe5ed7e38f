"""Results are built beside the earlier ones and take their place in one move."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wbkit.errors import DataError
from wbkit.workflow.locking import only_one

MANIFEST = "manifest.json"
OWN = ("tables", "figures", "notebooks", MANIFEST, "environment.json", "00_overzicht.html")


@contextmanager
def staged(results: Path) -> Iterator[Path]:
    """Give an empty folder to build in; it becomes `results` when the block ends well.

    Parameters
    ----------
    results
        The folder of the results. Files in it that wbkit did not make stay.

    Yields
    ------
    pathlib.Path
        The folder to build in, beside `results`.

    Raises
    ------
    DataError
        If `results` holds files and none of them is a result of wbkit, cannot be replaced, or
        another run is busy.
    """
    refuse_foreign(results)
    with only_one(_beside(results, "busy")):
        yield from _built(results)


def _built(results: Path) -> Iterator[Path]:
    recover(results)
    _try_to_move(results)
    building = _beside(results, "building")
    _remove(building)
    building.mkdir(parents=True)
    try:
        yield building
    except BaseException:
        _remove(building)
        raise
    _swap(building, results)


def recover(results: Path) -> None:
    """Mend what a kill in the middle of a swap left behind.

    Parameters
    ----------
    results
        The folder of the results.
    """
    old = _beside(results, "old")
    if old.exists() and not results.exists():
        old.rename(results)
    elif old.exists():
        _keep_foreign(old, results)
        _remove(old)


def refuse_foreign(results: Path) -> None:
    """Refuse to take the place of a folder with somebody's own files.

    Parameters
    ----------
    results
        The folder of the results.

    Raises
    ------
    DataError
        If it is a file, or holds files and none of them is a result of wbkit.
    """
    if results.is_file():
        raise DataError(f"{results}: is a file. Give a folder for the results with --out.")
    if not results.is_dir():
        return
    names = {path.name for path in results.iterdir() if not path.name.startswith(".")} - {"en"}
    if names and not names & set(OWN) - {"notebooks"}:  # a folder of a study has notebooks too
        raise DataError(
            f"{results}: holds files that wbkit did not make ({', '.join(sorted(names)[:3])}). "
            "Results come in a new or empty folder; give another one with --out."
        )


def _beside(results: Path, word: str) -> Path:
    return results.parent / f".{results.name}-{word}"


def _swap(building: Path, results: Path) -> None:
    old = _beside(results, "old")
    if results.exists():
        results.rename(old)
    try:
        building.rename(results)
    finally:
        recover(results)


def _try_to_move(results: Path) -> None:
    """Find out before the work begins whether the results can be replaced at its end."""
    if not results.exists():
        return
    probe = results / ".wbkit"
    try:
        probe.touch()
        probe.unlink()
        results.rename(_beside(results, "old")).rename(results)
    except OSError as fault:
        recover(results)
        raise DataError(
            f"{results}: cannot be replaced ({fault.strerror or fault}). Close every file of it "
            "(Excel, a browser, a folder window), ask for the right to write there, or give "
            "another folder with --out."
        ) from None


def _keep_foreign(old: Path, results: Path) -> None:
    """Carry over what wbkit did not make, and the results in English."""
    for path in old.iterdir():
        target = results / path.name
        if path.name not in OWN and not path.name.endswith("-building") and not target.exists():
            path.rename(target)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
