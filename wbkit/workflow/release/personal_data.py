"""Personal data in the files of a study that people share or commit."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from wbkit.coding.store.exchange import FOLDER as CODING
from wbkit.coding.store.reader import StoredCodings
from wbkit.errors import WbkitError
from wbkit.intake.processed import FOLDER as PROCESSED
from wbkit.messages import _
from wbkit.study.study import Study
from wbkit.workflow.files import list_notebooks, root
from wbkit.workflow.release.notebook_outputs import ADVICE, real_sources, shows_people
from wbkit.workflow.release.rules import Rules
from wbkit.workflow.release.scanning import scan

DESCRIPTIONS = ("*.toml", "*.md", "*.csv", "*.xlsx", "plan/*", "releases/*.json")  # in data/
BESIDE = ("*.xlsx", "*.md", "*.docx", "docs/*.md")  # in the folder of the study
SHOWN = ("figures/*.json", "tables/*.xlsx")  # in results/: alternative texts, comments


def people_in_files(study: Study, notebooks: Path, rules: Rules) -> list[str]:
    """List where something in the files of a study points to a person; never what."""
    home = root(study)
    files = [(_name(path, home), path.read_bytes()) for path in _files(study, notebooks)]
    return [*(one.line for one in scan(
                files, rules.names(study), rules.numbers(study))),
            *in_notebooks(files, study)]


def _name(path: Path, home: Path) -> str:
    return path.resolve().relative_to(home).as_posix() if path.resolve().is_relative_to(home) \
        else path.name


def _files(study: Study, notebooks: Path) -> Iterator[Path]:
    """Give the files that people share: descriptions, notebooks, what was coded and made."""
    places = [(study.folder, DESCRIPTIONS), (root(study), BESIDE), (study.results, SHOWN)]
    found = [path for folder, patterns in places for pattern in patterns
             for path in sorted(folder.glob(pattern)) if path.is_file()]
    found += list_notebooks(notebooks) if notebooks.is_dir() else []
    found += [path for source in real_sources(study)
              for path in sorted((study.folder / PROCESSED).glob(f"{source.name}.*"))]
    raw = {path.resolve() for source in study.sources.values()
           for path in source.raw_files.values()}
    yield from dict.fromkeys(path for path in [*found, *_coded(study)]
                             if path.resolve() not in raw and not path.name.startswith("~$"))


def _coded(study: Study) -> Iterator[Path]:
    """Give the texts of people that stand in the coding store, and the memos about them."""
    folder = study.folder / CODING
    yield from sorted(folder.glob("memos/*.md"))
    try:
        groups = StoredCodings(folder).groups() if folder.is_dir() else {}
    except WbkitError:  # another point of the check says what is wrong with it
        return
    for name, group in groups.items():
        if group.about["privacy"] not in ("synthetic", "public"):
            yield from sorted(folder.glob(f"documents/{name}.*"))


def in_notebooks(files: Iterable[tuple[str, bytes]], study: Study) -> Iterator[str]:
    """Say what the outputs of notebooks show of real people, and what to do about it."""
    for name, content in files:
        if not name.endswith(".ipynb"):
            continue
        try:
            notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        except (ValueError, AttributeError, KeyError, TypeError):
            continue  # the scan says that nobody can look into it
        for cell, kind in shows_people(notebook, study):
            where = name if cell is None else _("{file}, code cell {number}", file=name,
                                                number=cell)
            yield _("{where}: shows {what}. {advice}", where=where, what=_(kind),
                    advice=_(ADVICE[kind]))
