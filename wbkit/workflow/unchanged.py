"""Which notebooks need not run again: all that their last run read, loaded and wrote is the same.

Beside each executed notebook stands its record, ``results/notebooks/<name>.json``.
"""

import json
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import wbkit
from wbkit.errors import DataError
from wbkit.study.study import Study
from wbkit.workflow.files import hash_text, read_json, root, sha256, write_json
from wbkit.workflow.recording import LISTED, OUTSIDE, READ, SOURCES, WRITTEN
from wbkit.workflow.results_folder import DESCRIPTIONS, environment_hash

NOTEBOOKS = "notebooks"
RESULTS = "results/"
PACKAGE = Path(wbkit.__file__).parent
WORDS = sorted(path.relative_to(PACKAGE).as_posix()  # a notebook shows labels and messages
               for pattern in ("*.toml", "locale/*/LC_MESSAGES/*.mo")
               for path in PACKAGE.glob(pattern))
EVERY_SOURCE = ".sources"  # how code asks for the descriptions of all sources at once
STANDING = (*DESCRIPTIONS, "expected/index.csv")  # may come later
RUNNERS = ("wbkit.workflow.executing", "wbkit.workflow.notebooks")  # take part in every run
SYSTEM = ("/usr", "/etc", "/proc", "/sys", "/dev", "/lib", "/System", "/Library", "C:\\Windows")


class Present:
    """What the notebooks of a study find now.

    Parameters
    ----------
    study
        The study.
    results
        The folder in which the results are being built.
    """

    def __init__(self, study: Study, results: Path) -> None:
        self.study, self.results = study, results
        self.root = root(study)
        self._digests: dict[Path, tuple[int, int, str]] = {}

    @cached_property
    def environment(self) -> str:
        """One hash of Python, the lock and the versions of all packages."""
        return environment_hash(self.study)

    @cached_property
    def parts(self) -> dict[str, str]:
        """One hash for each source of study.toml, and one, under "", for all else in it."""
        whole = self.study.model_dump(mode="json", exclude={"sources"})
        rest = whole | {"sources": list(self.study.sources), "language": self.study.language}
        sources = {name: source.model_dump(mode="json", exclude={"setting"})
                   for name, source in self.study.sources.items()}
        return {name: hash_text(json.dumps(told, sort_keys=True, default=str))
                for name, told in {"": rest, **sources}.items()}

    def digest(self, file: Path) -> str | None:
        """Return the sha256 of a file; None when it is not there."""
        try:
            about = file.stat()
            known = self._digests.get(file)
            if known is None or known[:2] != (about.st_mtime_ns, about.st_size):
                known = (about.st_mtime_ns, about.st_size, sha256(file))
                self._digests[file] = known
        except OSError:
            return None
        return known[2]

    def place(self, name: str) -> Path:
        """Return the file or folder to which a record gives this name."""
        if name == RESULTS or name.startswith(RESULTS):
            return self.results / name.removeprefix(RESULTS)
        return self.root / name

    def name(self, path: Path) -> str | None:
        """Return the name of a file in a record, without a path of this machine.

        Gives None for what decides no result: Python, its packages, the system, scratch files.
        """
        if path.is_relative_to(self.results):
            return RESULTS + path.relative_to(self.results).as_posix()
        if path in (self.study.file.resolve(), self.study.file.absolute()) or _is_system(path):
            return None
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        scratch = path.is_relative_to(Path(tempfile.gettempdir()).resolve())
        if scratch or any(part.startswith(".") for part in path.parts):
            return None
        try:
            return path.relative_to(self.root, walk_up=True).as_posix()
        except (TypeError, ValueError):  # before Python 3.12, or on another disk
            return _walk_up(path, self.root)

    def listing(self, folder: Path) -> str | None:
        """Return one hash of the names in a folder; None when it is not there."""
        if not folder.is_dir():
            return None
        names = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
        return hash_text("\n".join(names))


def _walk_up(path: Path, start: Path) -> str | None:
    shared = 0
    for one, other in zip(path.parts, start.parts, strict=False):
        if one != other:
            break
        shared += 1
    up = [".."] * (len(start.parts) - shared)
    return "/".join([*up, *path.parts[shared:]]) if shared else None


def _is_system(path: Path) -> bool:
    if path.is_relative_to(PACKAGE) or "__pycache__" in path.parts or path.suffix == ".pyc":
        return True  # wbkit is compared by module
    homes = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *SYSTEM}
    return "site-packages" in path.parts or any(path.is_relative_to(home) for home in homes)


def record_of(account: Mapping[str, Any], notebook: Path, present: Present) -> dict[str, Any]:
    """Say what a notebook that has just run rests on.

    Gives sha256 by name: ``read``, ``listed``, ``study``, ``modules``, ``written``; and
    ``environment``, ``notebook`` and ``outside``.
    """
    written = {present.name(Path(path)) for path in account[WRITTEN]}
    own = {name for name in written if name and present.place(name).is_file()}
    seen = {present.name(Path(path)) for path in (*account[READ], *account["code"])}
    read = {name: present.digest(present.place(name)) for name in seen - own if name}
    absent = {name for name in map(present.name, map(present.study.folder.resolve().joinpath,
                                                     STANDING))
              if name and not present.place(name).exists()}
    listed = {present.name(Path(path)) for path in account[LISTED]} - {None}
    sources = _sources(account, notebook, present.study)
    return {
        "notebook": present.digest(notebook),
        READ: dict(sorted((read | dict.fromkeys(absent)).items())),
        LISTED: {name: present.listing(present.place(name)) for name in sorted(listed)},
        "study": {name: present.parts[name] for name in ("", *sources)},
        "modules": dict(sorted(_modules(account["modules"]))),
        WRITTEN: dict.fromkeys(sorted(name for name in own if name.startswith(RESULTS))),
        "environment": present.environment,
        OUTSIDE: account[OUTSIDE],
    }


def _sources(account: Mapping[str, Any], notebook: Path, study: Study) -> list[str]:
    """Return the sources whose description counts; all of them when the code asks for all."""
    if EVERY_SOURCE in notebook.read_text(encoding="utf-8", errors="replace"):
        return sorted(study.sources)
    return sorted(set(account[SOURCES]) & study.sources.keys())


def _modules(loaded: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the hash of each module, and of the words that stand beside modules."""
    for name in {*loaded, *RUNNERS}:
        yield name, _module_digest(name)
    for words in WORDS:
        yield f"wbkit.{words}", _module_digest(f"wbkit.{words}")


def _module_digest(name: str) -> str:
    """Return the hash of a module as its code is now; empty when it is gone."""
    if name.endswith((".toml", ".mo")):
        places = [PACKAGE / name.removeprefix("wbkit.")]
    else:
        stem = PACKAGE.parent.joinpath(*name.split("."))
        places = [stem.with_suffix(".py"), stem / "__init__.py"]
    return next((sha256(place) for place in places if place.is_file()), "")


def read_record(results: Path, notebook: Path) -> dict[str, Any] | None:
    """Return the record of the last run of a notebook; None without a whole one."""
    try:
        found = read_json(_record_file(results, notebook))
        for key in (READ, LISTED, "study", "modules", WRITTEN):
            dict(found[key])
        if any(".." in Path(name).parts or not name.startswith(RESULTS)
               for name in found[WRITTEN]):
            return None
    except (OSError, DataError, KeyError, TypeError, ValueError):
        return None
    return found


def write_record(record: Mapping[str, Any], notebook: Path, present: Present) -> None:
    """Write a record, with the hashes of what the notebook wrote as they are now."""
    executed = RESULTS + f"{NOTEBOOKS}/{notebook.name}"
    written = {name: present.digest(present.place(name))
               for name in (*record[WRITTEN], executed)}
    write_json(_record_file(present.results, notebook),
               {**record, WRITTEN: dict(sorted(written.items()))})


def _record_file(results: Path, notebook: Path) -> Path:
    return results / NOTEBOOKS / f"{notebook.stem}.json"


def still_holds(record: Mapping[str, Any], notebook: Path, present: Present) -> bool:
    """Whether all on which a notebook rests is as it was, other results left out."""
    return (
        not record.get(OUTSIDE, True)
        and record.get("environment") == present.environment
        and record.get("notebook") == present.digest(notebook)
        and all(present.parts.get(name) == was for name, was in record["study"].items())
        and all(_module_digest(name) == was for name, was in record["modules"].items())
        and all(present.listing(present.place(name)) == was
                for name, was in record[LISTED].items() if not name.startswith(RESULTS))
        and all(present.digest(present.place(name)) == was
                for name, was in record[READ].items() if not name.startswith(RESULTS))
    )


def reads_other(record: Mapping[str, Any], present: Present) -> bool:
    """Whether a result that the notebook read is now another one than it read."""
    return any(present.digest(present.place(name)) != was
               for name, was in record[READ].items() if name.startswith(RESULTS))


def is_whole(record: Mapping[str, Any], results: Path) -> bool:
    """Whether everything a notebook wrote stands in the results as it wrote it."""
    return bool(record[WRITTEN]) and all(
        (file := results / name.removeprefix(RESULTS)).is_file() and sha256(file) == was
        for name, was in record[WRITTEN].items())


def carry_over(record: Mapping[str, Any], earlier: Path, results: Path) -> None:
    """Copy what a notebook wrote, byte for byte."""
    for name in record[WRITTEN]:
        target = results / name.removeprefix(RESULTS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(earlier / name.removeprefix(RESULTS), target)


def waits_for(record: Mapping[str, Any] | None, others: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a notebook read, in its last run, what one of the others wrote."""
    return record is not None and any(
        record[READ].keys() & other[WRITTEN].keys() for other in others)
