"""What went into a run and what came out, without time, host or path."""

import json
import platform
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pandas as pd

import wbkit
from wbkit.errors import DataError
from wbkit.files import hold, move
from wbkit.messages import _, shown
from wbkit.study.codebook import Codebook, load_codebook
from wbkit.study.study import Study
from wbkit.table.kinds import KINDS
from wbkit.table.render import Shown
from wbkit.table.table import Table
from wbkit.workflow.files import (
    count_rows,
    hash_text,
    list_notebooks,
    read_json,
    reason,
    root,
    sha256,
    write_json,
)

ENVIRONMENT = "environment.json"
LOCK = "requirements.lock"
DESCRIPTIONS = ("codebook.toml", "interpretations.toml", "recommendations.toml",
                "terugleggen.toml", "infographics.toml")
CODED = ("coding/documents/*", "coding/codings/*/*", "coding/codebook-log/*", "coding/memos/*",
         "coding/*.csv")
WHAT = {"tables": "table", "figures": "figure"}
OUTPUTS = ("tables/*.csv", "tables/*.xlsx", "tables/*.json", "figures/*.svg", "figures/*.png",
           "figures/*.json", "cells/*.npz", "notebooks/*.ipynb", "notebooks/*.json",
           "pages/*.html", "*.html")
MANIFEST = "manifest.json"
CODE_COLUMNS = {"code", "other"}
EARLIER = "00_overzicht.html"  # one page of all results, before there was index.html
OWN = ("tables", "figures", "cells", "notebooks", "pages", "infographics", MANIFEST,
       "environment.json", "index.html", EARLIER)


def present_inputs(study: Study, notebooks: Path) -> dict[str, Any]:
    """Return the hashes of everything that decides the results.

    Gives ``files``: sha256 by name; ``lock``: sha256 of requirements.lock or None; ``wbkit``:
    one hash of the code of wbkit.
    """
    named = {study.file.name: study.file}
    named |= {name: study.folder / name for name in DESCRIPTIONS}
    named |= {path.relative_to(study.folder).as_posix(): path for pattern in CODED
              for path in study.folder.glob(pattern)}
    named |= {_plain(name): path for source in study.sources.values()
              for name, path in source.raw_files.items()}
    named |= {f"notebooks/{path.name}": path for path in list_notebooks(notebooks)}
    lock = root(study) / LOCK
    return {
        "files": {name: sha256(path) for name, path in sorted(named.items()) if path.is_file()},
        "lock": sha256(lock) if lock.is_file() else None,
        "wbkit": code_hash(),
        "language": study.language,
    }


def saved_results(results: Path) -> list[dict[str, str]]:
    """Return the saved Tables and Figures of a folder of results.

    Gives name, what (table or figure), kind, title, fingerprint; Tables first.
    """
    found = []
    for folder, what in WHAT.items():
        for file in sorted((results / folder).glob("*.json")):
            about = read_json(file)
            found.append({"name": file.stem, "what": what} | {
                key: about[key] for key in ("kind", "title", "fingerprint")
            })
    return found


def read_tables(results: Path, study: Study) -> dict[str, Shown]:
    """Read the saved Tables of a folder of results, with the titles that they had.

    Their statements about bases and intervals were not saved.
    """
    files = sorted((results / "tables").glob("*.json"))
    if not files:
        raise DataError(_(
            "{folder}: holds no Tables. Give wbkit run first, or name the folder of the results "
            "with --results.",
            folder=shown(results)))
    book = study.folder / "codebook.toml"
    codes = (load_codebook(book),) if book.is_file() else ()
    return {file.stem: _read_table(file, study, codes) for file in files}


def _read_table(file: Path, study: Study, codes: tuple[Codebook, ...]) -> Shown:
    about = read_json(file)
    form = KINDS[about["kind"]]
    data = pd.read_csv(file.with_suffix(".csv"), dtype=str, keep_default_na=False)
    numbers = {name: pd.to_numeric(data[name]) for name in data if form.is_number(name)}
    data = data.assign(**numbers)
    groups = tuple(name for name in data if name not in form.columns or name in form.dimensions)
    sources = [study.sources[name] for name in about["sources"] if name in study.sources]
    coded = CODE_COLUMNS & set(data) or "codes" in set(data.get("item", ()))
    table = Table(data, about["kind"], () if about["kind"] == "listing" else groups, (),
                  (*sources, *(codes if coded else ())))
    return table.show(study.language, title=about["title"])


def write_manifest(
    results: Path, study: Study, *, inputs: dict[str, Any], rows: dict[str, int]
) -> None:
    """Write manifest.json and environment.json."""
    write_json(results / ENVIRONMENT, _environment())
    write_json(results / MANIFEST, {
        "title": study.title.text(study.language),
        "inputs": inputs | {"rows": {_plain(file): count for file, count in rows.items()}},
        "results": saved_results(results),
        "outputs": _outputs(results),
    })


def is_current(results: Path, study: Study, notebooks: Path) -> bool:
    """Whether a folder of results is whole and stems from the present inputs."""
    if not (results / MANIFEST).is_file():
        return False
    manifest = read_json(results / MANIFEST)
    inputs = {key: value for key, value in dict(manifest.get("inputs", {})).items()
              if key != "rows"}
    return (inputs == present_inputs(study, notebooks)
            and manifest.get("outputs") == _outputs(results))


def edited_results(results: Path) -> list[str]:
    """Say which files of the results are not as their run wrote them."""
    if not (results / MANIFEST).is_file():
        return []
    wrote = read_json(results / MANIFEST).get("outputs")
    if not isinstance(wrote, list) or not all(isinstance(one, dict) for one in wrote):
        return [_("{file}: is damaged: it does not list the files of its run.",
                  file=f"{results.name}/{MANIFEST}")]
    was = {one.get("file"): one.get("sha256") for one in wrote}
    now = {one["file"]: one["sha256"] for one in _outputs(results)}
    lines = [_("{file}: is gone.", file=f"{results.name}/{name}")
             for name in was if name not in now]
    lines += [_("{file}: was changed after its run wrote it.", file=f"{results.name}/{name}")
              for name, digits in was.items() if now.get(name, digits) != digits]
    return lines + [_("{file}: was not written by its run.", file=f"{results.name}/{name}")
                    for name in now if name not in was]


def _outputs(results: Path) -> list[dict[str, Any]]:
    files = sorted(path for pattern in OUTPUTS for path in results.glob(pattern))
    return [_output(path, results) for path in files]


def _output(path: Path, results: Path) -> dict[str, Any]:
    about: dict[str, Any] = {"file": path.relative_to(results).as_posix(), "sha256": sha256(path)}
    return about | ({"rows": count_rows(path)} if path.suffix == ".csv" else {})


def _plain(file: str) -> str:
    """Return the name of an input without a path of this machine."""
    path = Path(file)
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()


def code_hash() -> str:
    """Return one hash of all code and words of wbkit."""
    package = Path(wbkit.__file__).parent
    files = sorted(path for ending in ("*.py", "*.toml", "*.mo") for path in package.rglob(ending))
    lines = "\n".join(f"{path.relative_to(package).as_posix()} {sha256(path)}" for path in files)
    return hash_text(lines)


@cache
def _environment() -> dict[str, Any]:
    packages = {one.name: one.version for one in distributions() if one.name}
    return {"python": platform.python_version(), "wbkit": wbkit.__version__,
            "packages": dict(sorted(packages.items(), key=lambda pair: pair[0].lower()))}


def environment_hash(study: Study) -> str:
    """Return one hash of Python, of the versions of all packages, and of the lock."""
    lock = root(study) / LOCK
    about = _environment() | {"lock": sha256(lock) if lock.is_file() else None}
    return hash_text(json.dumps(about, sort_keys=True))


@contextmanager
def staged(results: Path) -> Iterator[Path]:
    """Give an empty folder to build in; it becomes `results` when the block ends well."""
    refuse_foreign(results)
    with only_one(_beside(results, "busy")):
        yield from _built(results, OWN)


@contextmanager
def replaced(folder: Path, own: Sequence[str]) -> Iterator[Path]:
    """Give an empty folder to build in; at the end it takes the place of `folder` at once.

    What is in `folder` under other names than `own` stays.
    """
    with only_one(_beside(folder, "busy")):
        yield from _built(folder, own)


def _built(results: Path, own: Sequence[str]) -> Iterator[Path]:
    recover(results, own)
    _try_to_move(results)
    building = _beside(results, "building")
    _remove(building)
    building.mkdir(parents=True)
    try:
        yield building
    except BaseException:
        _remove(building)
        raise
    _swap(building, results, own)


def recover(results: Path, own: Sequence[str] = OWN) -> None:
    """Mend what a kill in the middle of a swap left behind."""
    old = _beside(results, "old")
    if old.exists() and not results.exists():
        old.rename(results)
    elif old.exists():
        _keep_foreign(old, results, own)
        _remove(old)


def refuse_foreign(results: Path) -> None:
    """Refuse to take the place of a folder with somebody's own files."""
    if results.is_file():
        raise DataError(_(
            "{folder}: is a file. Give a folder for the results with --out.",
            folder=shown(results)))
    if not results.is_dir():
        return
    names = {path.name for path in results.iterdir() if not path.name.startswith(".")} - {"en"}
    if names and not names & set(OWN) - {"notebooks"}:  # a folder of a study has notebooks too
        raise DataError(_(
            "{folder}: holds files that wbkit did not make ({names}). Results come in a new or "
            "empty folder; give another one with --out.",
            folder=shown(results), names=", ".join(sorted(names)[:3])))


def failed_file(results: Path) -> Path:
    """Return the file that names the notebooks of which the last run did not end well."""
    return _beside(results, "failed")


def _beside(results: Path, word: str) -> Path:
    return results.parent / f".{results.name}-{word}"


def _swap(building: Path, results: Path, own: Sequence[str]) -> None:
    old = _beside(results, "old")
    if results.exists():
        move(results, old)
    try:
        move(building, results)
    finally:
        recover(results, own)


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
        raise DataError(_(
            "{folder}: cannot be replaced ({reason}). Close every file of it (Excel, a browser, a "
            "folder window), ask for the right to write there, or give another folder with --out.",
            folder=shown(results), reason=reason(fault))) from None


def _keep_foreign(old: Path, results: Path, own: Sequence[str]) -> None:
    """Carry over what wbkit did not make, and the results in English."""
    for path in old.iterdir():
        target = results / path.name
        if path.name not in own and not path.name.endswith("-building") and not target.exists():
            path.rename(target)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold a lock while the block runs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as stream:
        try:
            hold(stream)
        except OSError:
            raise DataError(_(
                "{file}: another run of this study is busy. Wait until it has ended, or give this "
                "one its own folder with --out.",
                file=file.name)) from None
        try:
            yield
        finally:
            stream.close()
            file.unlink(missing_ok=True)
