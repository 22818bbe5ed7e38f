"""``wbkit new | describe | items | check | prepare | run | verify | accept | claims | …``."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

import wbkit
from wbkit.cli_pages import pages
from wbkit.cli_privacy import check_staged, privacy
from wbkit.console import (
    Commands,
    agreed,
    command,
    option,
    progress,
    say,
    stop,
)
from wbkit.messages import _, counted, shown
from wbkit.study.study import Study, find_study, load_study
from wbkit.workflow.files import CELL_SECONDS, expected_folder, in_command, require_there

if TYPE_CHECKING:
    from wbkit.intake.draft.toml import Draft
    from wbkit.workflow.preparing import Prepared
    from wbkit.workflow.verifying import Comparison


app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help=_("From the raw file of a survey to checked tables and figures."),
)
items = typer.Typer(cls=Commands, no_args_is_help=True, help=_("The Excel sheet of items."))
app.add_typer(items, name="items")
app.add_typer(privacy)
app.add_typer(pages)
StudyPath = Annotated[Path | None, option(
    "--study", _("path"), _("study.toml, or the folder that holds it. Default: data/study.toml."))]
Out = Annotated[Path | None, option(
    "--out", _("path"), _("Folder of the results. Default: results beside the data folder."))]
Notebooks = Annotated[Path | None, option(
    "--notebooks", _("path"),
    _("Folder of the notebooks. Default: notebooks beside the data folder."))]
Language = Annotated[str | None, option(
    "--language", "nl|en", _("nl or en. English results go to results/en."))]
Seconds = Annotated[int, option(
    "--seconds", _("number"), _("Time limit of one notebook cell, in seconds."), min=1)]
MOST_COMPARED = 1000  # lines of verify and accept that somebody can read
EVERYTHING = "CI"  # services that test a change set it: there nothing is skipped


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, option("--version", "", _("Show the version and stop."))] = False,
) -> None:
    """Show the version when asked."""
    if show:
        say(f"wbkit {wbkit.__version__}")
        raise typer.Exit


@command(app)
def new(folder: Annotated[Path, typer.Argument(
    metavar=_("folder"), help=_("A new folder."))]) -> None:
    """Begin a study of one's own."""
    written = _step("describe.study_file").begin_study(folder)
    say(_(
        "Made: {files} in {folder}. Next: put an export in {raw}, work in the new folder, and "
        "give wbkit describe with the path of the export.",
        files=counted(len(written), "file", "files"), folder=shown(folder),
        raw=shown(folder / "data" / "raw")))


@command(app)
def describe(
    file: Annotated[Path, typer.Argument(
        metavar=_("file"), help=_("An export (.xlsx, .csv, .sav), a text or a folder of texts."))],
    study: StudyPath = None,
    name: Annotated[str | None, option("--name", _("word"), _("Id of the source."))] = None,
    design: Annotated[str | None, option(
        "--design", _("word"),
        _("everyone, lot, present or together: how the units came in."))] = None,
    sheet: Annotated[Path | None, option(
        "--sheet", _("path"), _("Write an Excel sheet, and leave study.toml as it is."))] = None,
    update: Annotated[bool, option(
        "--update", "", _("Show how the file differs from what study.toml says."))] = False,
) -> None:
    """Draft the description of a raw file for study.toml, or for an Excel sheet."""
    require_there(file)
    if update:
        _compare_export(file, load_study(study), name)
        return
    place = find_study(study)
    if _step("describe.texts").holds_texts(file):
        _describe_texts(file, place, name)
        return
    design = design or _step("describe.study_file").ask_design(sys.stdin, typer.prompt)
    draft = _step("describe.study_file").draft_for(file, study=place, name=name, design=design)
    _hand_over(draft, sheet, place)


@command(items, "read")
def read_items(
    sheet: Annotated[Path, typer.Argument(
        metavar=_("sheet"), help=_("The sheet that wbkit describe --sheet wrote."))],
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
        "Made: {items} of {sheet} in {place}; not confirmed: {open}. Next: wbkit prepare.",
        items=counted(len(used), "item", "items"), sheet=taken.sheet.name, place=shown(place),
        open=open_))
    if taken.both:
        stop(_(
            "Changed in the sheet and in {place} as well: {keys}; see {mark} above. Nothing was "
            "written for it.",
            keys=counted(len(taken.both), "key", "keys"), place=place.name, mark=_("BOTH")))


@command(app)
def check(
    study: StudyPath = None, notebooks: Notebooks = None,
    staged: Annotated[bool, option(
        "--staged", "", _("Look only for personal data in what git is about to commit."))] = False,
    strict: Annotated[bool, option(
        "--strict", "", _("Refuse what an answer says and no table supports."))] = False,
) -> None:
    """Look whether study, raw data, notebooks and accepted results are in order."""
    if staged:
        check_staged(study)
        return
    points = _step("checking").check(
        load_study(study), notebooks=notebooks, strict=strict)
    for point in points:
        say(_step("checking").point_line(point))
    wrong = sum(not point.ok for point in points)
    if wrong:
        stop(_("Not in order: {wrong} of {n} points; see {mark} above.",
               wrong=wrong, n=len(points), mark=_("NOT OK")))
    say(_("Everything is in order. Next: wbkit run."))


@command(app)
def prepare(study: StudyPath = None) -> None:
    """Clean the raw files into data/processed."""
    loaded = load_study(study)
    with progress() as watch:
        accounts = _step("preparing").prepare(loaded, watch=watch)
    for account in accounts:
        _tell(account)
    folder = shown(loaded.folder / "processed")
    say(_(
        "Made: {sources} in {folder}, each with its log. Next: read the logs, then wbkit run.",
        sources=counted(len(accounts), "cleaned source", "cleaned sources"), folder=folder))


@command(app)
def run(
    study: StudyPath = None, out: Out = None, notebooks: Notebooks = None,
    language: Language = None, seconds: Seconds = CELL_SECONDS,
    fresh: Annotated[bool, option(
        "--fresh", "", _("Run everything, also what did not change since the last run."))] = False,
) -> None:
    """Make all results: check, prepare, run the notebooks that changed, write the pages."""
    loaded = _load(study, language)
    earlier = None if fresh or os.environ.get(EVERYTHING) else out or loaded.results
    with progress() as watch:
        made = _step("running").run(loaded, out=out, notebooks=notebooks, seconds=seconds,
                                    watch=watch, earlier=earlier)
    for account in made.prepared:
        _tell(account)
    where = shown(made.results)
    ran = counted(made.notebooks, "notebook", "notebooks")
    kept = _("({n} unchanged)", n=len(made.kept)) if made.kept else ""
    accepted = expected_folder(loaded).is_dir()
    values = {
        "tables": counted(made.tables, "table", "tables"),
        "figures": counted(made.figures, "figure", "figures"),
        "notebooks": f"{ran} {kept}".rstrip(), "where": where,
        "page": shown(made.results / "index.html")}
    if accepted:
        say(_("Made: {tables} and {figures} from {notebooks} in {where}. Next: open {page}, then "
              "wbkit verify.", **values))
    else:
        say(_("Made: {tables} and {figures} from {notebooks} in {where}. Next: open {page} and "
              "look at it; wbkit accept keeps the results, to compare a later run with.",
              **values))


@command(app)
def verify(study: StudyPath = None, out: Out = None, notebooks: Notebooks = None) -> None:
    """Compare the results with the accepted ones, cell by cell."""
    loaded = load_study(study)
    with progress() as watch:
        found = _step("verifying").verify(loaded, out=out, notebooks=notebooks, watch=watch)
    _show([*found, *_step("verifying").changed_pages(loaded, found, out)])
    other = sum(one.state != _step("verifying").SAME for one in found)
    if other:
        stop(_(
            "{other} of {n} are not the same as accepted. Mend what is wrong, or give wbkit run "
            "and wbkit accept when the change is right.",
            other=other, n=len(found)))
    say(_("Everything is the same: {n} inputs, tables and figures.", n=len(found)))


@command(app)
def accept(
    study: StudyPath = None, out: Out = None, notebooks: Notebooks = None,
    yes: Annotated[bool, option("--yes", "", _("Accept without asking."))] = False,
) -> None:
    """Keep the present results as the ones that a later run is compared with."""
    loaded = load_study(study)
    found = _step("verifying").changes_to_accept(loaded, out=out, notebooks=notebooks)
    changed = [one for one in found if one.state != _step("verifying").SAME]
    _show(changed)
    changes = counted(len(changed), "change", "changes")
    if changed and not yes and not agreed(_("Accept {changes}?", changes=changes)):
        stop(_("Nothing was accepted."))
    folder = shown(_step("verifying").accept(loaded, out=out, notebooks=notebooks))
    say(_(
        "Made: {folder}, with {changes}. Next: commit it, so that wbkit verify can compare with "
        "it.",
        folder=folder, changes=changes))


@command(app, "reread")
def reread_answer(
    question: Annotated[str, typer.Argument(
        metavar=_("question"), help=_("A question of study.toml, such as 1b."))],
    study: StudyPath = None,
) -> None:
    """Say that an answer in interpretations.toml still holds for the results of the last run."""
    renewed = _step("attention").reread(load_study(study), question)
    if renewed:
        say(_(
            "Made: interpretations.toml now names the present {renewed} under {question}. Next: "
            "commit it.",
            renewed=", ".join(renewed), question=question))
    else:
        say(_(
            "The answer to {question} belongs to the results of the last run already.",
            question=question))


@command(app, "notebooks")
def refresh(
    study: StudyPath = None, notebooks: Notebooks = None, seconds: Seconds = CELL_SECONDS,
) -> None:
    """Run the notebooks again in their own place and write them in one fixed form."""
    with progress() as watch:
        changed = _step("running").refresh_notebooks(
            load_study(study), folder=notebooks, seconds=seconds, watch=watch
        )
    names = ", ".join(path.name for path in changed) or _("none")
    say(_("Notebooks that changed: {names}. Next: look at them, then commit.", names=names))


@command(app)
def claims(
    report: Annotated[Path, typer.Argument(
        metavar=_("report"), help=_("A report: .docx, .md or .txt."))],
    study: StudyPath = None,
    results: Annotated[Path | None, option(
        "--results", _("path"), _("Folder of the results. Default: results beside the data."))]
    = None,
    out: Annotated[Path | None, option(
        "--out", _("path"), _("Write every sentence with its verdict to this csv file."))] = None,
) -> None:
    """Look whether the numbers, ranks and quotations of a report stand in the saved tables."""
    loaded = load_study(study)
    found = _step("claiming").claims_of(report, loaded, results or loaded.results)
    for line in _step("claiming").claim_lines(found):
        say(line)
    if out is not None:
        _step("claiming").write_claims(found, out)
        say(_("Made: {file}. Next: open it in Excel and mend the report.", file=shown(out)))
    wrong = _step("claiming").fault_of(found, report)
    if wrong:
        stop(wrong)
    say(_("Everything that can be looked up stands in the tables."))


@command(app, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(words: typer.Context, study: StudyPath = None) -> None:
    """Open the study in JupyterLab, in its language; other options go to JupyterLab."""
    _step("lab").open_lab(load_study(study), words.args)


def _step(name: str) -> ModuleType:
    """Load a part of the workflow when a command asks for it: nobody waits for the others."""
    return import_module(f"wbkit.workflow.{name}")


def _hand_over(draft: "Draft", sheet: Path | None, study: Path) -> None:
    """Write a draft where it was asked for, and say what was found and what to do next."""
    lines = _step("describe.certainty").draft_lines(draft)
    items = counted(len(draft.items), "item", "items")
    if sheet is not None:
        writing = _step("describe.item_sheet")
        title = writing.study_title(_step("describe.study_file").read_document(study).unwrap())
        writing.write_item_sheet(draft, sheet, title=title)
        say("\n".join(lines))
        name = shown(sheet)
        say(_(
            "Made: a draft of {items} in {sheet}. Next: look at every row in Excel, save it, and "
            "give {command}.",
            items=items, sheet=name, command=f"wbkit items read {in_command(name)}"))
        return
    _step("describe.study_file").add_source(draft, study)
    say("\n".join(lines))
    say(_(
        "Made: a draft of {items} in {study}. Next: look at every item, remove guessed = true "
        "where it is right, and give wbkit prepare.",
        items=items, study=shown(study)))


def _describe_texts(path: Path, study: Path, name: str | None) -> None:
    """Draft a source of texts: who asks is asked, and whose answers without a label are."""
    texts, writing = _step("describe.texts"), _step("describe.study_file")
    language = str(writing.read_document(study).get("language", "nl"))
    drafts = texts.read_text_drafts(path, study=study, name=name, language=language)
    asking = texts.ask_interviewers(drafts, sys.stdin, typer.prompt)
    drafts = texts.read_again(drafts, interviewers=asking)
    owner = texts.ask_unlabelled(drafts, sys.stdin, typer.prompt)
    drafts = texts.read_again(drafts, interviewers=asking, unlabelled=owner)
    for draft in drafts:
        writing.add_source(draft, study)
    say("\n".join([*texts.text_lines(drafts), *texts.skipped_lines(path, drafts)]))
    say(_(
        "Made: a draft of {sources} in {study}. Next: answer what is asked there, look at the "
        "lines above, and give wbkit prepare.",
        sources=counted(len(drafts), "source of texts", "sources of texts"), study=shown(study)))


def _compare_export(file: Path, study: Study, name: str | None) -> None:
    """Show how a new export differs from study.toml; end with 1 when a person has to decide."""
    comparing = _step("describe.update")
    source = comparing.source_for(study, file, name)
    found = comparing.compare_export(file, source)
    for line in comparing.update_lines(found, source):
        say(line)
    if found.needs_a_person:
        stop(_(
            "{file} does not fit {study} as it stands. Change what the lines above name, and "
            "give the command again.",
            file=shown(file), study=study.file.name))


def _load(path: Path | None, language: str | None) -> Study:
    if language not in (None, "nl", "en"):
        raise typer.BadParameter(_("use nl or en"), param_hint="--language")
    return load_study(path, language=language)


def _tell(account: "Prepared") -> None:
    """Print what became of one raw file."""
    say(_step("preparing").account_line(account))
    for line in (*account.found, *account.look, *account.warnings):
        say(f"  {line}")


def _show(found: Sequence["Comparison"]) -> None:
    """Print how results compare with the accepted ones, as many as somebody can read."""
    same = _step("verifying").SAME
    if len(found) > MOST_COMPARED:  # what differs first
        found = sorted(found, key=lambda one: one.state == same)
    for one in found[:MOST_COMPARED]:
        say(_step("verifying").comparison_line(one))
        for line in one.lines:
            say(f"         {line}")
    if len(found) > MOST_COMPARED:
        say(_("… and {n} more that are not shown.", n=len(found) - MOST_COMPARED))
