"""``wbkit report | infographics | certificate``: what people who read or check results get."""

from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from wbkit.console import Commands, command, option, progress, say, stop
from wbkit.messages import _, counted, shown
from wbkit.study.study import load_study

pages = typer.Typer(cls=Commands)
SHEETS = "wbkit.workflow.overview.pages"  # where a run makes them too
AUDIENCES = ("management", "team", "students", "research")
StudyPath = Annotated[Path | None, option(
    "--study", _("path"), _("study.toml, or the folder that holds it. Default: data/study.toml."))]


@command(pages, "report")
def write_report(
    audience: Annotated[str, option(
        "--for", "management|team|students|research", _("Who reads it."))] = "management",
    team: Annotated[str | None, option(
        "--team", _("name"), _("The team, with --for team."))] = None,
    form: Annotated[list[str] | None, option(
        "--format", "docx|pdf|html",
        _("Only this format; can be given again. Default: all three."))] = None,
    language: Annotated[str | None, option(
        "--language", "nl|en", _("nl or en; that of the study when left out."))] = None,
    study: StudyPath = None,
    out: Annotated[Path | None, option(
        "--out", _("path"),
        _("Folder of the reports. Default: reports beside the data folder."))] = None,
) -> None:
    """Write a report of the last run, as Word, PDF and a web page."""
    reporting = _step("reporting")
    _require(audience, AUDIENCES, "--for")
    _require(language, ("nl", "en", None), "--language")
    for one in form or ():
        _require(one, reporting.FORMATS, "--format")
    loaded = load_study(study, language=language)
    with progress() as watch:
        handed = reporting.write_reports(
            loaded, audience="team" if team else audience, team=team,
            formats=tuple(form or reporting.FORMATS), out=out, watch=watch)
    for file in handed.kept:
        say(_(
            "{file}: was edited, and stays as it is. The new text stands beside it, with .nieuw "
            "in its name.",
            file=shown(file)))
    names = ", ".join(file.name for file in handed.written)
    say(_(
        "Made: {names} in {folder}. Next: open it; each number says from which table it comes.",
        names=names, folder=shown(handed.written[0].parent)))


@command(pages, "infographics")
def write_infographics(
    team: Annotated[str | None, option(
        "--team", _("name"), _("The pages of one team, to talk about in that team."))] = None,
    study: StudyPath = None,
    out: Annotated[Path | None, option(
        "--out", _("path"),
        _("Folder of the results. Default: results beside the data folder."))] = None,
) -> None:
    """Make the infographics of the last run, as PDF and as picture."""
    loaded = load_study(study)
    with progress() as watch:
        made = import_module(SHEETS).make_sheets(loaded, team=team, out=out, watch=watch)
    if not made:
        stop(_("No page could be made; the lines above say why."))
    first = next(iter(made.values()))
    say(_(
        "Made: {pages} in {folder}. Next: open {page}; the code at the foot leads to its tables.",
        pages=counted(len(made), "infographic", "infographics"), folder=shown(first.parent),
        page=first.name))


@command(pages, "certificate")
def write_certificate(
    by: Annotated[str, option("--by", _("name"), _("Your name: who ran the study again."))],
    orcid: Annotated[str | None, option(
        "--orcid", _("number"), _("Your ORCID, such as 0000-0002-1825-0097."))] = None,
    number: Annotated[str | None, option(
        "--number", _("number"),
        _("The number of the certificate, as the register of CODECHECK gave it."))] = None,
    report: Annotated[str | None, option(
        "--report", _("address"), _("Where the certificate will be found, such as a DOI."))] = None,
    study: StudyPath = None,
    out: Annotated[Path | None, option(
        "--out", _("path"),
        _("Folder of the certificate. Default: certificate beside the data folder."))] = None,
) -> None:
    """Run everything again, and write a certificate of what is the same and what is not."""
    certifying, loaded = _step("certifying"), load_study(study)
    check = certifying.Check(certifying.reviewer(by, orcid), date.today(), number, report)
    with progress() as watch:
        made = certifying.certify(loaded, check, out=out, watch=watch)
    for line in certifying.certificate_lines(made):
        say(line)
    results = counted(len(made.verdicts), "result", "results")
    if made.other:
        stop(_(
            "{other} of {results} are not the same as accepted; the certificate in {folder} says "
            "which. Give wbkit verify, which shows the numbers.",
            other=made.other, results=results, folder=shown(made.folder)))
    say(_(
        "Made: a certificate of {results}, all the same, in {folder}. Next: read {page}.",
        results=results, folder=shown(made.folder),
        page=shown(made.folder / certifying.CHECK / certifying.ACCOUNT)))


def _require(word: str | None, known: tuple[str | None, ...], hint: str) -> None:
    if word not in known:
        raise typer.BadParameter(
            _("use {known}", known=", ".join(filter(None, known))), param_hint=hint)


def _step(name: str) -> ModuleType:
    """Load a part of the workflow when a command asks for it."""
    return import_module(f"wbkit.workflow.handout.{name}")
