"""``wbkit pseudonymise | publish | hook | twin | steward | coderen``: people, and sharing.

A room of its own, beside the commands with which a study is made.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from wbkit.console import Commands, command, option, progress, say, stop
from wbkit.messages import _, counted, shown
from wbkit.study.study import Study, load_study

privacy = typer.Typer(cls=Commands)
hook = typer.Typer(cls=Commands, no_args_is_help=True,
                   help=_("Looking before git keeps something."))
privacy.add_typer(hook, name="hook")
coding = typer.Typer(cls=Commands, no_args_is_help=True,
                     help=_("Folders with which others code texts."))
privacy.add_typer(coding, name="coderen")
StudyPath = Annotated[Path | None, option(
    "--study", _("path"), _("study.toml, or the folder that holds it. Default: data/study.toml."))]


@command(privacy)
def pseudonymise(study: StudyPath = None) -> None:
    """Propose what points to a person, apply what you decided, and carry the codings along."""
    loaded = load_study(study)
    with progress() as watch:
        table = _step("pseudonymising.reviewing").pseudonymise(loaded, watch=watch)
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
    made = _step("release.publishing").publish(
        load_study(study), profile=profile, without=tuple(without or ()), notebooks=notebooks)
    for name, why in made.publication.left_out.items():
        say(_("{figure}: left out, {why}", figure=name, why=why))
    publication = made.publication
    for line in (*made.to_read, *_step("release.plans").plan_lines(made.plans)):
        say(line)
    say(_(
        "Made: {tables} and {figures} in {folder}; {n} numbers more were hidden. Next: read "
        "{page}, then commit {releases}, so that a later release is compared with this one.",
        tables=counted(len(publication.tables), "table", "tables"),
        figures=counted(publication.figures, "figure", "figures"), folder=shown(made.folder),
        n=publication.newly, page=shown(made.folder / "LEESMIJ.html"),
        releases="data/releases"))


@command(hook)
def install(study: StudyPath = None) -> None:
    """Let git look for personal data before each commit."""
    file = _step("release.hook").install_hook(load_study(study))
    say(_(
        "Made: {file}. From now on git looks for personal data before each commit on this "
        "computer. Do this on every computer on which you work.", file=shown(file)))


def check_staged(study: Path | None) -> None:
    """Refuse a commit that holds personal data."""
    lines = _step("release.hook").people_in_commit(
        load_study(study), _step("release.rules").Rules())
    for line in lines:
        say(line)
    if lines:
        stop(_(
            "Not committed: {places} can point to a person. Take that out of the files, give git "
            "add again, and commit.", places=counted(len(lines), "place", "places")))


@command(privacy, "twin")
def write_twin(
    study: StudyPath = None,
    out: Annotated[Path | None, option(
        "--out", _("path"),
        _("A new folder for the twin. Default: oefenversie beside the data folder."))] = None,
    seed: Annotated[int | None, option(
        "--seed", _("number"), _("Another seed gives another twin."), min=0)] = None,
    compare: Annotated[Path | None, option(
        "--compare", _("path"),
        _("Write nothing new: compare the twin in this folder with the study again."))] = None,
) -> None:
    """Write a twin of the study with made-up data, and compare the two."""
    loaded = load_study(study)
    making, comparing = _step("twin.study_twin"), _step("twin.comparing")
    if compare is None:
        made = making.twin(loaded, folder=out, seed=making.SEED if seed is None else seed)
    else:
        made = load_study(compare)
    table = comparing.compare_twin(loaded, made)
    comparing.write_comparison(table, made.folder.parent)
    say(repr(table))
    _judge(made, fair=comparing.is_fair(table))


@command(privacy, "steward")
def write_documents(
    study: StudyPath = None,
    out: Annotated[Path | None, option(
        "--out", _("path"),
        _("Folder of the documents. Default: steward beside the data folder."))] = None,
) -> None:
    """Write the documents for ethics, consent and data management; say who stands alone.

    Documents that somebody edited stay as they are.
    """
    loaded = load_study(study)
    _tell_state(loaded)
    handed = _step("steward.documents").write_steward_documents(loaded, out)
    for file in handed.kept:
        say(_(
            "{file}: was edited, and stays as it is. The new text stands beside it, with .nieuw "
            "in its name.",
            file=shown(file)))
    say(_(
        "Made: {documents} in {folder}. Next: fill in what stands between square brackets, or "
        "write it under [steward] in {study} and give wbkit steward again.",
        documents=counted(len(handed.written), "document", "documents"),
        folder=shown(handed.written[0].parent), study=loaded.file.name))


@command(coding, "uitdelen")
def hand_out_pack(
    coder: Annotated[str, option("--codeur", _("name"), _("Id of the coder: small letters."))],
    source: Annotated[list[str] | None, option(
        "--source", _("name"),
        _("Only the texts of this source, or source.item; can be given again."))] = None,
    study: StudyPath = None,
    out: Annotated[Path | None, option(
        "--out", _("path"),
        _("A new folder. Default: codeerpakket_ and the coder, beside the data folder."))] = None,
) -> None:
    """Make a folder with which somebody codes texts, without the codes of others."""
    made = _step("coder_pack.pack").hand_out(
        load_study(study), coder, sources=tuple(source or ()), folder=out)
    say(_(
        "Made: {folder}, with {texts} for {coder}. Next: give the folder to {coder}, who begins "
        "with begin_hier.md; when it comes back, give wbkit coderen innemen with the folder.",
        folder=shown(made.folder), texts=counted(made.texts, "text", "texts"), coder=made.coder))


@command(coding, "innemen")
def take_in_pack(
    folder: Annotated[Path, typer.Argument(
        metavar=_("folder"), help=_("The folder that a coder gave back."))],
    study: StudyPath = None,
) -> None:
    """Bring the codings of a coder into the study; nothing that is there is replaced."""
    packs = _step("coder_pack.pack")
    taken = packs.take_in(load_study(study), folder)
    say(packs.taken_words(taken))
    if taken.codes:
        say(_(
            "New in codebook.toml: {codes}. Write there what they mean.",
            codes=", ".join(taken.codes)))
    if taken.kept:
        say(_(
            "Differs from what stands here: {n}. What stands here was kept. Look at it together "
            "with {coder}.", n=taken.kept, coder=taken.coder))
    say(_("Next: compare the coders with wb.agreement(wb.read_codings(study, …))."))


def _tell_state(study: Study) -> None:
    """Say until when raw data are kept, and who stands alone in them."""
    checking, steward = _step("checking"), _step("steward.documents")
    for point in checking.retention(study):
        say(checking.point_line(point))
    for table in steward.anonymity_tables(study):
        say(f"{table!r}")
        say("")


def _judge(made: Study, *, fair: bool) -> None:
    """Say whether a twin may be shared, and what to do with it."""
    folder, comparing = shown(made.folder.parent), _step("twin.comparing")
    if not fair:
        stop(_(
            "The twin in {folder} does not fit: the ratio should lie between {low} and {high}, "
            "and no row and no text may be the same. Do not share it; give wbkit twin with "
            "another --seed and another --out.",
            folder=folder, low=comparing.NEAREST, high=comparing.FARTHEST))
    say(_(
        "Made: a twin with made-up data in {folder}. Next: wbkit prepare --study {study}, and "
        "wbkit run with the same --study.",
        folder=folder, study=shown(made.file)))


def _step(name: str) -> ModuleType:
    """Load a part of the workflow when a command asks for it."""
    return import_module(f"wbkit.workflow.{name}")
