"""Record all printed words of all results, and compare two recordings.

    python tools/record_words.py record OUT [--root CHECKOUT] [--notebooks FOLDER]
    python tools/record_words.py grid OUT [--root CHECKOUT]
    python tools/record_words.py compare BEFORE AFTER [--full]

`record` runs every notebook in Dutch and in English, each in a process of its own, on a copy of
data/; `grid` makes results that no notebook makes. Both write one file per language. `--root`
is the checkout whose wbkit, data and notebooks are used: the first entry of PYTHONPATH that
holds wbkit, or else this checkout, when left out.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from word_differences import compare

LANGUAGES = ("nl", "en")
AT_ONCE = 2  # processes
HERE = Path(__file__).resolve()
LANGUAGE_LINE = re.compile(r'^language = "\w+"', re.MULTILINE)


def main() -> int:
    """Run the command line."""
    asked = _arguments()
    if asked.command == "compare":
        return compare(asked.before, asked.after, full=asked.full)
    if asked.command == "child":
        return _child(asked.job, asked.subject, asked.out)
    root = (asked.root or _root()).resolve()
    asked.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        folders = {language: Path(place) / language for language in LANGUAGES}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda one: _stage(root, *one), folders.items()))
            made = _record if asked.command == "record" else _grid
            made(root, folders, asked, pool)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("record", "grid"):
        one = commands.add_parser(name)
        one.add_argument("out", type=Path)
        one.add_argument("--root", type=Path)
        one.add_argument("--notebooks", type=Path)
    two = commands.add_parser("compare")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    two.add_argument("--full", action="store_true", help="Every difference, Table by Table.")
    child = commands.add_parser("child")
    child.add_argument("job", choices=("notebook", "grid"))
    child.add_argument("subject", type=Path)
    child.add_argument("out", type=Path)
    return parser.parse_args()


def _root() -> Path:
    entries = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    found = (Path(one) for one in entries if one and (Path(one) / "wbkit").is_dir())
    return next(found, HERE.parents[1])


def _stage(root: Path, language: str, folder: Path) -> None:
    """Copy the data and notebooks, choose the language and prepare the sources."""
    skipped = shutil.ignore_patterns("processed", "__pycache__")
    shutil.copytree(root / "data", folder / "data", ignore=skipped)
    shutil.copytree(root / "notebooks", folder / "notebooks")
    study = folder / "data" / "study.toml"
    words = study.read_text(encoding="utf-8")
    study.write_text(LANGUAGE_LINE.sub(f'language = "{language}"', words), encoding="utf-8")
    _run(root, folder, ["-m", "wbkit", "prepare", "--study", str(study)])


def _run(root: Path, folder: Path, command: list[str]) -> None:
    """Run Python with the wbkit of a checkout, where its notebooks stand."""
    own = {"PYTHONPATH": str(root), "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0",
           "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
    chosen = {key: value for key, value in os.environ.items() if not key.startswith("WBKIT_")}
    done = subprocess.run([sys.executable, *command], cwd=folder / "notebooks", env=chosen | own,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode} (below 0: killed by "
                         f"that signal)\n{done.stdout[-1000:]}\n{done.stderr[-3000:]}")


def _record(root: Path, folders: dict[str, Path], asked: argparse.Namespace,
            pool: ThreadPoolExecutor) -> None:
    """Record every notebook in every language."""
    jobs = [(language, path) for language, folder in folders.items()
            for path in sorted((asked.notebooks or folder / "notebooks").glob("*.ipynb"))]
    made = pool.map(lambda job: _words(root, folders[job[0]], "notebook", job[1]), jobs)
    found: dict[str, dict[str, Any]] = {language: {} for language in LANGUAGES}
    for (language, path), records in zip(jobs, made, strict=True):
        found[language][path.stem] = records
    _write(asked.out, "notebooks", found)


def _grid(root: Path, folders: dict[str, Path], asked: argparse.Namespace,
          pool: ThreadPoolExecutor) -> None:
    """Record the grid of calls in every language."""
    made = pool.map(lambda one: _words(root, folders[one], "grid", folders[one]), LANGUAGES)
    _write(asked.out, "grid", dict(zip(LANGUAGES, made, strict=True)))


def _words(root: Path, folder: Path, job: str, subject: Path) -> dict[str, Any]:
    """Run a job in a process of its own; return what it recorded."""
    out = folder / f"words_{subject.stem}.json"
    _run(root, folder, [str(HERE), "child", job, str(subject.resolve()), str(out)])
    return json.loads(out.read_text(encoding="utf-8").replace(str(folder), "<folder>"))


def _child(job: str, subject: Path, out: Path) -> int:
    if job == "notebook":
        from word_recorder import run_notebook  # noqa: PLC0415 - needs the wbkit that is looked at
        records = run_notebook(subject)
        found: Any = {f"{number:03}": one for number, one in enumerate(records, start=1)}
    else:
        from word_grid import run_grid  # noqa: PLC0415 - needs the wbkit that is looked at
        found = run_grid(subject)
    out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


def _write(out: Path, name: str, found: dict[str, dict[str, Any]]) -> None:
    for language, books in found.items():
        text = json.dumps(books, ensure_ascii=False, indent=1)
        (out / f"{name}_{language}.json").write_text(f"{text}\n", encoding="utf-8")
        records = [one for book in books.values() for one in book.values()]
        counts = {what: sum(one["what"] == what for one in records)
                  for what in dict.fromkeys(one["what"] for one in records)}
        sys.stdout.write(f"{name}_{language}.json: {counts}\n")
        for where, fault in _faults(books):
            sys.stdout.write(f"  {where}: {fault}\n")


def _faults(books: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f"{book} {key}", one["text"][:300]) for book, records in books.items()
            for key, one in records.items() if one["what"] == "error"]


if __name__ == "__main__":
    raise SystemExit(main())
