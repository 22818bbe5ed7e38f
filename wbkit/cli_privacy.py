"""``wbkit pseudonymise | publish | hook``: commands about the people in the data."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from wbkit.console import Commands, command, option, progress, say, stop
from wbkit.messages import _, counted, shown
from wbkit.study.study import load_study

privacy = typer.Typer(cls=Commands)
hook = typer.Typer(cls=Commands, no_args_is_help=True,
                   help=_("Looking before git keeps something."))
privacy.add_typer(hook, name="hook")
StudyPath = Annotated[Path | None, option(
    "--study", _("path"), _("study.toml, or the folder that holds it. Default: data/study.toml."))]


@command(privacy)
def pseudonymise(study: StudyPath = None) -> None:
    """Propose what points to a person, apply what you decided, and carry the codings along."""
    loaded = load_study(study)
    with progress() as watch:
        table = import_module("wbkit.workflow.pseudonymising.reviewing").pseudonymise(
            loaded, watch=watch)
    data, sheet = table.data, shown(loaded.private_folder / "review.xlsx")
    for row in data.itertuples():
        say(_(
            "{text}: {undecided} undecided; read: {read}",
            text=row.document, read=_("yes") if row.read == "yes" else _("no"),
            undecided=counted(row.undecided, "word", "words")))
    left = data[(data["undecided"] > 0) | (data["read"] == "no")]
    if len(left):
        say(_(
            "Made: {sheet}. Next: choose there what happens to each word, read the texts and "
            "write yes behind them ({texts} left), save it, and give wbkit pseudonymise again.",
            sheet=sheet, texts=len(left)))
    else:
        say(_(
            "Made: every text is pseudonymised, and codings were carried along. Next: wbkit run; "
            "excerpts and coded_segments may show these words."))


@command(privacy)
def publish(
    study: StudyPath = None,
    profile: Annotated[str, option(
        "--profile", "publicatie|intern",
        _("For everyone (publicatie), or for people inside the school (intern)."))] = "publicatie",
    without: Annotated[list[str] | None, option(
        "--without", _("name"),
        _("Leave out the result of this name; can be given again."))] = None,
    notebooks: Annotated[Path | None, option(
        "--notebooks", _("path"),
        _("Folder of the notebooks. Default: notebooks beside the data folder."))] = None,
) -> None:
    """Write the folder publish: results in which nobody can be recognised."""
    if profile not in ("publicatie", "intern"):
        raise typer.BadParameter(_("use publicatie or intern"), param_hint="--profile")
    made = _step("publishing").publish(
        load_study(study), profile=profile, without=tuple(without or ()), notebooks=notebooks)
    for name, why in made.publication.left_out.items():
        say(_("{figure}: left out, {why}", figure=name, why=why))
    publication = made.publication
    say(_(
        "Made: {tables} and {figures} in {folder}; {n} numbers more were hidden. Next: read "
        "{page}, then commit {releases}, so that a later release is compared with this one.",
        tables=counted(len(publication.tables), "table", "tables"),
        figures=counted(publication.figures, "figure", "figures"), folder=shown(made.folder),
        n=sum(publication.hidden.values()), page=shown(made.folder / "LEESMIJ.html"),
        releases="data/releases"))


@command(hook)
def install(study: StudyPath = None) -> None:
    """Let git look for personal data before each commit."""
    file = _step("hook").install_hook(load_study(study))
    say(_(
        "Made: {file}. From now on git looks for personal data before each commit on this "
        "computer. Do this on every computer on which you work.", file=shown(file)))


def check_staged(study: Path | None) -> None:
    """Refuse a commit that holds personal data."""
    lines = _step("hook").people_in_commit(
        load_study(study), _step("rules").Rules())
    for line in lines:
        say(line)
    if lines:
        stop(_(
            "Not committed: {places} can point to a person. Take that out of the files, give git "
            "add again, and commit.", places=counted(len(lines), "place", "places")))


def _step(name: str) -> ModuleType:
    """Load a part when a command asks for it."""
    return import_module(f"wbkit.workflow.release.{name}")
