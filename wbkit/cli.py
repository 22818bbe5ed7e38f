"""``wbkit new | describe | items | check | prepare | run | verify | accept | notebooks | lab``."""

import codecs
import functools
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

import wbkit
from wbkit.errors import WbkitError
from wbkit.messages import _, counted
from wbkit.study.study import Study, find_study, load_study
from wbkit.workflow.files import CELL_SECONDS, file_fault, shown, sign_fault

if TYPE_CHECKING:
    from wbkit.intake.draft.toml import Draft
    from wbkit.workflow.preparing import Prepared
    from wbkit.workflow.verifying import Comparison
app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help=_("From the raw file of a survey to checked tables and figures."),
)
items = typer.Typer(no_args_is_help=True, help=_("The Excel sheet of items."))
app.add_typer(items, name="items")
StudyPath = Annotated[Path | None, typer.Option(
    "--study", help=_("study.toml, or the folder that holds it. Default: data/study.toml."))]
Out = Annotated[Path | None, typer.Option(
    "--out", help=_("Folder of the results. Default: results beside the data folder."))]
Notebooks = Annotated[Path | None, typer.Option(
    "--notebooks", help=_("Folder of the notebooks. Default: notebooks beside the data folder."))]
Language = Annotated[str | None, typer.Option(
    "--language", help=_("nl or en. English results go to results/en."))]
Seconds = Annotated[int, typer.Option(
    "--seconds", min=1, help=_("Time limit of one notebook cell, in seconds."))]
NOT_IN_ORDER = 1
EVERYTHING = "CI"  # services that test a change set it: there nothing is skipped
READABLE = "wbkit-readable"  # how an encoder writes what the console cannot show
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
                       "…": "...", "•": "*", "→": "->", "·": "-", "×": "x", "≥": ">=", "≤": "<=",
                       "€": "EUR", "ß": "ss", "ø": "o", "æ": "ae"})


def plain_signs(error: UnicodeError) -> tuple[str, int]:
    """Write é as e and … as ... where a console knows no such sign.

    Parameters
    ----------
    error
        What an encoder could not write.

    Returns
    -------
    str, int
        The same in plain signs, ``?`` for what has none, and where to go on.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = unicodedata.normalize("NFKD", error.object[error.start:error.end].translate(PLAIN))
    bare = "".join(sign for sign in text if not unicodedata.combining(sign))
    return bare.encode("ascii", "replace").decode(), error.end


codecs.register_error(READABLE, plain_signs)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors=READABLE)  # a console that cannot show é must not stop a run
    app(prog_name="wbkit")


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what can go wrong in a user's files into a message and exit code 1."""

    @functools.wraps(command)
    def safe(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except WbkitError as fault:
            stop(str(fault))
        except OSError as fault:
            stop(file_fault(fault))
        except UnicodeEncodeError as fault:
            stop(sign_fault(fault))
        except KeyboardInterrupt:
            stop(_("Stopped. Earlier results are as they were; the next run starts clean."))

    return safe


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help=_("Show the version and stop."))] = False,
) -> None:
    """Show the version when asked."""
    if show:
        say(_("wbkit {version}", version=wbkit.__version__))
        raise typer.Exit


@app.command()
@guarded
def new(folder: Annotated[Path, typer.Argument(help=_("A new folder."))]) -> None:
    """Begin a study of one's own."""
    written = _step("describe.study_file").begin_study(folder)
    say(_(
        "Made: {files} in {folder}. Next: put an export in {folder}/data/raw, work in that "
        "folder, and give wbkit describe with its path.",
        files=counted(len(written), "file", "files"), folder=shown(folder)))


@app.command()
@guarded
def describe(
    file: Annotated[Path, typer.Argument(help=_("An export: .xlsx, .csv or .sav."))],
    study: StudyPath = None,
    name: Annotated[str | None, typer.Option("--name", help=_("Id of the source."))] = None,
    design: Annotated[str | None, typer.Option(
        "--design", help=_("everyone, lot, present or together: how the units came in."))] = None,
    sheet: Annotated[Path | None, typer.Option(
        "--sheet", help=_("Write an Excel sheet, and leave study.toml as it is."))] = None,
    update: Annotated[bool, typer.Option(
        "--update", help=_("Show how the file differs from what study.toml says."))] = False,
) -> None:
    """Draft the description of a raw file for study.toml, or for an Excel sheet."""
    if update:
        _compare_export(file, load_study(study), name)
        return
    place = find_study(study)
    design = design or _step("describe.study_file").ask_design(sys.stdin, typer.prompt)
    draft = _step("describe.study_file").draft_for(file, study=place, name=name, design=design)
    _hand_over(draft, sheet, place)


@items.command("read")
@guarded
def read_items(
    sheet: Annotated[Path, typer.Argument(help=_("The sheet that wbkit describe --sheet wrote."))],
    study: StudyPath = None,
) -> None:
    """Write what the Excel sheet says into study.toml."""
    place = find_study(study)
    merging = _step("describe.merging")
    taken = merging.take_over(sheet, place)
    for line in merging.lines_of(taken):
        say(line)
    used = [row for row in taken.sheet.items if row.used]
    open_ = sum(not row.confirmed for row in used)
    say(_(
        "Made: {items} of {sheet} in {place}; {open} {value} not confirmed. Next: wbkit prepare.",
        items=counted(len(used), "item", "items"), sheet=taken.sheet.name, place=shown(place),
        open=open_, value=_("is") if open_ == 1 else _("are")))
    if taken.both:
        stop(_(
            "{keys} changed in the sheet and in {place}; see BOTH above. Nothing was written for "
            "it.",
            keys=counted(len(taken.both), "key", "keys"), place=place.name))


@app.command()
@guarded
def check(study: StudyPath = None, notebooks: Notebooks = None) -> None:
    """Look whether study, raw data, notebooks and accepted results are in order."""
    points = _step("checking").check(load_study(study), notebooks=notebooks)
    for point in points:
        say(f"{'ok     ' if point.ok else 'NOT OK '} {point.name}: {point.words}")
    wrong = sum(not point.ok for point in points)
    if wrong:
        verb = "is" if wrong == 1 else "are"
        stop(_(
            "{wrong} of {n} points {verb} not in order; see NOT OK above.",
            wrong=wrong, n=len(points), verb=verb))
    say(_("Everything is in order. Next: wbkit run."))


@app.command()
@guarded
def prepare(study: StudyPath = None) -> None:
    """Clean the raw files into data/processed."""
    loaded = load_study(study)
    with progress() as watch:
        accounts = _step("preparing").prepare(loaded, watch=watch)
    for account in accounts:
        _tell(account)
    folder = shown(loaded.folder / "processed")
    say(_(
        "Made: {cleaned_sources} in {folder}, each with its log. Next: read the logs, then wbkit "
        "run.",
        cleaned_sources=counted(len(accounts), "cleaned source", "cleaned sources"),
        folder=folder))


@app.command()
@guarded
def run(
    study: StudyPath = None, out: Out = None, notebooks: Notebooks = None,
    language: Language = None, seconds: Seconds = CELL_SECONDS,
    fresh: Annotated[bool, typer.Option(
        "--fresh", help=_("Run everything, also what did not change since the last run."))] = False,
) -> None:
    """Make all results: check, prepare, run the notebooks that changed, write the overview."""
    loaded = _load(study, language)
    earlier = None if fresh or os.environ.get(EVERYTHING) else out or loaded.results
    with progress() as watch:
        made = _step("running").run(loaded, out=out, notebooks=notebooks, seconds=seconds,
                                    watch=watch, earlier=earlier)
    for account in made.prepared:
        _tell(account)
    where = shown(made.results)
    kept = f" ({len(made.kept)} unchanged)" if made.kept else ""
    say(_(
        "Made: {tables} and {figures} from {notebooks}{kept} in {where}. Next: open "
        "{where}/00_overzicht.html, then wbkit verify.",
        tables=counted(made.tables, "table", "tables"),
        figures=counted(made.figures, "figure", "figures"),
        notebooks=counted(made.notebooks, "notebook", "notebooks"), kept=kept, where=where))


@app.command()
@guarded
def verify(study: StudyPath = None, out: Out = None, notebooks: Notebooks = None) -> None:
    """Compare the results with the accepted ones, cell by cell."""
    with progress() as watch:
        found = _step("verifying").verify(
            load_study(study), out=out, notebooks=notebooks, watch=watch)
    for one in found:
        _compare(one)
    other = sum(one.state != _step("verifying").SAME for one in found)
    if other:
        stop(_(
            "{other} of {n} are not the same as accepted. Mend what is wrong, or give wbkit run "
            "and wbkit accept when the change is right.",
            other=other, n=len(found)))
    say(_("Everything is the same: {n} inputs, tables and figures.", n=len(found)))


@app.command()
@guarded
def accept(
    study: StudyPath = None, out: Out = None, notebooks: Notebooks = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Accept without asking."))] = False,
) -> None:
    """Keep the present results as the ones that a later run is compared with."""
    loaded = load_study(study)
    found = _step("verifying").changes_to_accept(loaded, out=out, notebooks=notebooks)
    changed = [one for one in found if one.state != _step("verifying").SAME]
    for one in changed:
        _compare(one)
    if changed and not yes and not typer.confirm(_(
        "Accept {changes}?",
        changes=counted(len(changed), "change", "changes"))):
        stop(_("Nothing was accepted."))
    folder = shown(_step("verifying").accept(loaded, out=out, notebooks=notebooks))
    say(_(
        "Made: {folder}, with {changes}. Next: commit it, so that wbkit verify can compare with "
        "it.",
        folder=folder, changes=counted(len(changed), "change", "changes")))


@app.command("reread")
@guarded
def reread_answer(
    question: Annotated[str, typer.Argument(help=_("A question of study.toml, such as 1b."))],
    study: StudyPath = None,
) -> None:
    """Say that an answer in interpretations.toml still holds for the results of the last run."""
    renewed = _step("checking").reread(load_study(study), question)
    if renewed:
        say(_(
            "Made: interpretations.toml now names the present {renewed} under {question}. Next: "
            "commit it.",
            renewed=", ".join(renewed), question=question))
    else:
        say(_(
            "The answer to {question} belongs to the results of the last run already.",
            question=question))


@app.command("notebooks")
@guarded
def refresh(
    study: StudyPath = None, notebooks: Notebooks = None, seconds: Seconds = CELL_SECONDS,
) -> None:
    """Run the notebooks again in their own place and write them in one fixed form."""
    with progress() as watch:
        changed = _step("running").refresh_notebooks(
            load_study(study), folder=notebooks, seconds=seconds, watch=watch
        )
    names = ", ".join(path.name for path in changed) or "none"
    say(_("Notebooks that changed: {names}. Next: look at them, then commit.", names=names))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@guarded
def lab(words: typer.Context, study: StudyPath = None) -> None:
    """Open the study in JupyterLab, in its language; other options go to JupyterLab."""
    _step("lab").open_lab(load_study(study), words.args)


def _step(name: str) -> ModuleType:
    """Load a part of the workflow when a command asks for it: nobody waits for the others."""
    return import_module(f"wbkit.workflow.{name}")


def _hand_over(draft: "Draft", sheet: Path | None, study: Path) -> None:
    """Write a draft where it was asked for, and say what was found and what to do next."""
    lines = _step("describe.certainty").draft_lines(draft)
    about = f"a draft of {counted(len(draft.items), 'item', 'items')}"
    if sheet is not None:
        writing = _step("describe.item_sheet")
        title = writing.study_title(_step("describe.study_file").read_document(study).unwrap())
        writing.write_item_sheet(draft, sheet, title=title)
        say("\n".join(lines))
        say(_(
            "Made: {about} in {sheet}. Next: look at every row in Excel, save it, and give wbkit "
            "items read {sheet}.",
            about=about, sheet=shown(sheet)))
        return
    _step("describe.study_file").add_source(draft, study)
    say("\n".join(lines))
    say(_(
        "Made: {about} in {study}. Next: look at every item, remove guessed = true where it is "
        "right, and give wbkit prepare.",
        about=about, study=shown(study)))


def _compare_export(file: Path, study: Study, name: str | None) -> None:
    """Show how a new export differs from study.toml; end with 1 when a person has to decide."""
    comparing = _step("describe.update")
    source = comparing.source_for(study, file, name)
    found = comparing.compare_export(file, source)
    for line in comparing.update_lines(found, source):
        say(line)
    if found.needs_a_person:
        stop(_(
            "{file} does not fit {file_name} as it stands. Change what the lines above name, and "
            "give the command again.",
            file=shown(file), file_name=study.file.name))


def _load(path: Path | None, language: str | None) -> Study:
    if language not in (None, "nl", "en"):
        raise typer.BadParameter(_("use nl or en"), param_hint="--language")
    return load_study(path, language=language)


def _tell(account: "Prepared") -> None:
    """Print what became of one raw file."""
    say(_(
        "{file}: {raw} {unit} = {kept} kept + {set_aside} set aside; {sum} lines in the log",
        file=account.file, raw=account.raw, unit=account.unit, kept=account.kept,
        set_aside=account.set_aside, sum=sum(account.changes.values())))
    for line in (*account.found, *account.look, *account.warnings):
        say(f"  {line}")


def _compare(one: "Comparison") -> None:
    say(f"{one.state:8} {one.what} {one.name}")
    for line in one.lines:
        say(f"         {line}")


def say(words: str) -> None:
    """Print one line."""
    print(words)


def stop(words: str) -> None:
    """Print why this is not in order, and end with exit code 1."""
    Console(stderr=True, soft_wrap=True).print(words, markup=False, highlight=False)
    raise typer.Exit(NOT_IN_ORDER)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show one moving line on a terminal, and plain lines elsewhere."""
    console = Console(soft_wrap=True)
    if not console.is_terminal:
        yield _plain_lines()
        return
    with console.status("") as status:
        yield lambda words: status.update(words)


def _plain_lines() -> Callable[[str], None]:
    """Print a line for each file, not for each cell."""
    seen: set[str] = set()

    def watch(words: str) -> None:
        about = words.partition(": cell ")[0]
        if about not in seen:
            seen.add(about)
            say(about)

    return watch
