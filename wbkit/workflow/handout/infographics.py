"""The pages that are handed round: every infographic of a study, and those of one team."""

from collections.abc import Callable, Mapping
from pathlib import Path

from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.messages import _
from wbkit.report.infographics.infographic import infographic
from wbkit.report.infographics.sheets import INFOGRAPHICS, load_sheets
from wbkit.report.saved_results import SavedResults, read_results
from wbkit.study.study import Study
from wbkit.table.table import Table

FOLDER = "infographics"


def make_sheets(
    study: Study, *, team: str | None = None, out: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> dict[str, Path]:
    """Make the infographics of the last run again, or the pages of one team.

    Gives the PDF of each by name. What stands in the way of a page is told to `watch`.
    """
    sheets = load_sheets(study)
    if not any(one.team == (team is not None) for one in sheets.values()):
        raise DataError(_(
            "{file}: describes no such page. Write there what stands on it; the example of wbkit "
            "has eight, and one for a team.",
            file=f"{study.folder.name}/{INFOGRAPHICS}"))
    results = out or study.results
    return write_sheets(results / FOLDER, study, read_results(study, results), team=team,
                        watch=watch)


def write_sheets(
    folder: Path, study: Study, results: SavedResults, *, team: str | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> dict[str, Path]:
    """Write the pages of all, or those of one team; a page that cannot be made is told."""
    tables = {name: one.table for name, one in results.tables.items()}
    made = {}
    for name, sheet in load_sheets(study).items():
        if sheet.team != (team is not None):
            continue
        try:
            made[name] = _written(folder, name, tables, study, team)
        except DataError as fault:
            watch(str(fault))
    return made


def _written(
    folder: Path, name: str, tables: Mapping[str, Table], study: Study, team: str | None
) -> Path:
    page = infographic(name, tables, study=study, team=team)
    files = [write_whole(folder / one, content) for one, content in page.files.items()]
    return files[0]
