"""Put the draft of a source in study.toml, and leave everything else there as it is."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any, TextIO

import tomlkit
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError

from wbkit.errors import StudyError
from wbkit.files import is_reserved, write_whole
from wbkit.intake.draft.draft import describe
from wbkit.intake.draft.guess import Guess
from wbkit.intake.draft.toml import DESIGNS, Draft
from wbkit.messages import LANGUAGE_VARIABLE, _, mark, shown, speak
from wbkit.study.study import load_study
from wbkit.text.normalise import heading
from wbkit.workflow.notebooks import as_text

QUESTION = mark("""Who is in this file?
  1  everyone was invited to take part
  2  people were drawn by lot
  3  whoever was there took part
  4  a group or team gave one answer together
  Enter when you do not know yet
Your answer""")
CHOICES = {"1": "census", "2": "srs", "3": "convenience", "4": "joint", "": None}
DESIGN_WORDS = {  # what a person may answer
    "iedereen": "census", "loting": "srs", "aanwezig": "convenience", "samen": "joint",
    "everyone": "census", "lot": "srs", "present": "convenience", "together": "joint",
}
TEMPLATE = Path(__file__).parent / "template"
NAMES = {"gitignore": ".gitignore"}  # a file of that name would work on the template itself
EMPTY_FOLDERS = ("data/raw", "data/processed")
CODE, TEXT = "--- code", "--- text"


def draft_for(
    file: Path, *, study: Path | None = None, name: str | None = None,
    unit: str | None = None, design: str | None = None,
) -> Draft:
    """Draft a source as it would stand in this study."""
    draft = describe(file, name=name, language=_language(study))
    folder = study.parent.resolve() if study else None
    inside = folder is not None and file.resolve().is_relative_to(folder)
    place = file.resolve().relative_to(folder).as_posix() if inside else (
        Path(relpath(file.resolve(), folder)).as_posix() if folder else draft.file)
    known = _known_ids(study, draft.name) if study else {}
    return replace(draft, file=place, unit=unit or draft.unit, design=design_kind(design),
                   items=tuple(_renamed(draft.items, known)))


def design_kind(words: str | None) -> str | None:
    """Return the kind of design that somebody chose.

    Gives a kind of `Design`; None for no answer.
    """
    if not words:
        return None
    kind = DESIGN_WORDS.get(words.casefold(), words)
    if kind not in DESIGNS:
        raise StudyError(_(
            "--design: there is {words!r}. It may be everyone (census), lot (srs), present "
            "(convenience) or together (joint). Leave it out when you do not know.",
            words=words))
    return kind


def ask_design(terminal: TextIO, prompt: Callable[..., str]) -> str | None:
    """Ask in plain words how the units came in; a computer never guesses it.

    Gives a kind of design; None when somebody does not know, or nobody was asked.
    """
    if not terminal.isatty():
        return None
    answer = prompt(_(QUESTION), default="", show_default=False)
    while answer.strip() not in CHOICES:
        answer = prompt(_("Type 1, 2, 3 or 4, or press Enter"), default="", show_default=False)
    return CHOICES[answer.strip()]


def add_source(draft: Draft, study: Path) -> None:
    """Add a draft to the end of study.toml; everything that stands there stays as it is."""
    document = read_document(study)
    if draft.name in document.get("sources", {}):
        raise StudyError(_(
            "{study}: has a source {source!r} already. Compare its headings with --update, or give "
            "the new source another name with --name.",
            study=study.name, source=draft.name))
    before = study.read_text(encoding="utf-8-sig").rstrip("\n")
    write_checked(study, f"{before}\n\n{draft.toml}" if before else draft.toml)


def read_document(study: Path) -> TOMLDocument:
    """Read study.toml with its comments."""
    try:
        document = tomlkit.parse(study.read_text(encoding="utf-8-sig"))
    except (TOMLKitError, UnicodeDecodeError) as fault:
        load_study(study)  # says where, in the language of the study
        raise StudyError(_(
            "{study}: is not valid TOML. Look for a missing quote, bracket or equals sign, and "
            "for a key or table that stands there twice. ({fault})",
            study=study.name, fault=fault)) from None
    speak(os.environ.get(LANGUAGE_VARIABLE) or str(document.get("language", "nl")))
    return document


def write_checked(study: Path, text: str) -> None:
    """Write study.toml when the new text is in order; else leave it as it was."""
    trial = study.with_name(f".{study.name}.trial")
    try:
        trial.write_text(text, encoding="utf-8", newline="\n")
        load_study(trial)
    except StudyError as fault:
        left = _("{study} was left as it was.", study=study.name)
        raise StudyError(
            f"{fault}\n{left}".replace(trial.name, study.name)) from None
    finally:
        trial.unlink(missing_ok=True)
    write_whole(study, text.encode())


def _known_ids(study: Path, source: str) -> dict[str, str]:
    """Return heading = id for the items that the study has of this source."""
    items = read_document(study).get("sources", {}).get(source, {}).get("items", {})
    return {_first_heading(item, name): name for name, item in items.items()}


def _first_heading(item: Mapping[str, Any], name: str) -> str:
    """Return the heading by which an item is known again."""
    several = item.get("columns") or ()
    several = list(several.values()) if isinstance(several, Mapping) else list(several)
    return heading(str(item.get("column") or (several or [name])[0]))


def _renamed(guesses: Sequence[Guess], known: Mapping[str, str]) -> Iterator[Guess]:
    """Give items the ids that people gave them before."""
    names = {guess.name: known.get(guess.column.heading, guess.name) for guess in guesses}
    for guess in guesses:
        asked = {names[parent]: answers
                 for parent, answers in guess.fields.get("asked_if", {}).items()}
        fields = {**guess.fields, **({"asked_if": asked} if asked else {})}
        yield replace(guess, name=names[guess.name], fields=fields)


def _language(study: Path | None) -> str:
    return str(read_document(study).get("language", "nl")) if study else "nl"


def begin_study(folder: Path) -> list[Path]:
    """Write a new study."""
    if is_reserved(folder.name):
        raise StudyError(_(
            "{folder}: is a name that Windows keeps for a device. Give the folder another name.",
            folder=shown(folder)))
    if folder.is_file():
        raise StudyError(_(
            "{folder}: is a file. Give the name of a new folder.", folder=shown(folder)))
    if folder.is_dir() and any(folder.iterdir()):
        raise StudyError(_(
            "{folder}: holds files already, which could get lost. Give the name of a new or empty "
            "folder.",
            folder=shown(folder)))
    for name in EMPTY_FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    return [_write(path, folder) for path in sorted(TEMPLATE.rglob("*")) if path.is_file()]


def _write(path: Path, folder: Path) -> Path:
    place = path.relative_to(TEMPLATE)
    target = folder / place.with_name(NAMES.get(place.name, place.name))
    text = path.read_text(encoding="utf-8")
    if place.parent.name == "notebooks":
        target, text = target.with_suffix(".ipynb"), as_text(notebook_from(text))
    write_whole(target, text.encode())
    return target


def notebook_from(text: str) -> NotebookNode:
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
