"""``wbkit pseudonymise``: commands about the people in the data."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from wbkit.console import Commands, command, option, progress, say
from wbkit.messages import _, counted, shown
from wbkit.study.study import load_study

privacy = typer.Typer(cls=Commands)
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
