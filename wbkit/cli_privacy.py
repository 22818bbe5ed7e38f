"""``wbkit publish | hook``: what keeps people unrecognised, at the command line."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from wbkit.console import Commands, command, option, say, stop
from wbkit.messages import _, counted, shown
from wbkit.study.study import load_study

privacy = typer.Typer(cls=Commands)
hook = typer.Typer(cls=Commands, no_args_is_help=True,
                   help=_("Looking before git keeps something."))
privacy.add_typer(hook, name="hook")
StudyPath = Annotated[Path | None, option(
    "--study", _("path"), _("study.toml, or the folder that holds it. Default: data/study.toml."))]


@command(privacy)
def publish(
    study: StudyPath = None,
    profile: Annotated[str, option(
        "--profile", "publicatie|intern",
        _("For everyone (publicatie), or for people inside the school (intern)."))] = "publicatie",
    without: Annotated[list[str] | None, option(
        "--without", _("name"),
        _("Leave out the result of this name; can be given again."))] = None,
) -> None:
    """Write the folder publish: results in which nobody can be recognised."""
    if profile not in ("publicatie", "intern"):
        raise typer.BadParameter(_("use publicatie or intern"), param_hint="--profile")
    made = _step("publishing").publish(
        load_study(study), profile=profile, without=tuple(without or ()))
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
