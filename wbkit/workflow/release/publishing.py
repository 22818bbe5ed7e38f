"""Give results away: the only door out of the folder of results."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from wbkit.errors import DataError, DisclosureError
from wbkit.files import write_whole
from wbkit.messages import _, counted, shown
from wbkit.privacy.private_folder import FOUND, refuse_kept
from wbkit.report.saved_results import SavedResults, made_tables, read_results
from wbkit.study.study import Study
from wbkit.table.table import Figure, Table
from wbkit.text.normalise import did_you_mean, listed
from wbkit.workflow.executing import read_notebook
from wbkit.workflow.files import list_notebooks, notebooks_folder, root
from wbkit.workflow.notebooks import as_text
from wbkit.workflow.overview.pages import FOLDER as SHEETS
from wbkit.workflow.overview.pages import INDEX, PAGES, write_released_pages
from wbkit.workflow.release.copies import (
    CHECKED,
    TABLE_ENDINGS,
    Result,
    copied,
    hidden_counts,
    hidden_rows,
    newly_hidden,
    note_copies,
    refuse_changed,
    refuse_few,
    saved_cells,
    tables_in,
    typed_counts,
    write_cells_out,
    write_figure,
    write_table,
)
from wbkit.workflow.release.known_counts import known_counts
from wbkit.workflow.release.ledger import FOLDER as LEDGER
from wbkit.workflow.release.ledger import read_releases, release_content, write_release
from wbkit.workflow.release.notebook_outputs import real_sources
from wbkit.workflow.release.page import AUDIT, PAGE, Publication, audit_failures, page
from wbkit.workflow.release.plans import Plans, plans, protected_together
from wbkit.workflow.release.rules import Rules
from wbkit.workflow.release.scanning import scan
from wbkit.workflow.results_folder import is_current, replaced
from wbkit.workflow.verifying import refuse_edited

Profile = Literal["publicatie", "intern"]
FOLDER = "publish"
OWN = ("tables", "figures", "cells", "notebooks", INDEX, PAGES, SHEETS, CHECKED, PAGE,
       *(f"{AUDIT}.{one}" for one in TABLE_ENDINGS))
MOST_LINES = 20  # reasons that are printed


@dataclass(frozen=True)
class Published:
    """What was given away.

    Parameters
    ----------
    folder
        Where it stands.
    publication
        What it holds, what was hidden and left out.
    release
        The file of the ledger; None where nothing new went out.
    plans
        What is hidden, and what would be if answers were merged first.
    to_read
        Cells of text in notebooks with a number that a Table hides: for the researcher to read.
    """

    folder: Path
    publication: Publication
    release: Path | None
    plans: Plans
    to_read: Sequence[str] = ()


def publish(
    study: Study, *, profile: Profile = "publicatie", notebooks: Path | None = None,
    without: Sequence[str] = (), on: date | None = None, rules: Rules | None = None,
) -> Published:
    """Write the folder ``publish`` from the results of the last run, and note the release.

    Every Table is protected together with all others and audited against earlier releases;
    everything written is scanned for personal data. Raises DisclosureError, with file and place,
    where something may not go out; then the earlier folder stays as it was.
    """
    rules, on, folder = rules or Rules(), on or date.today(), root(study) / FOLDER
    _refuse_foreign(folder)
    saved, cells = _saved(study, notebooks, without), saved_cells(study, without)
    refuse_few(cells, profile)
    counted_in, known = tables_in(cells), known_counts(study)
    every = [one.table for some in (saved.tables, saved.figures) for one in some.values()]
    made = _protected(study, [*every, *counted_in.values()], profile, rules, list(known.values()))
    refuse_changed(counted_in, made)
    tables = _going_out(saved, counted_in, made)
    audit = _audited(_real(tables), study, rules, known)
    pairs = [(name, one.table, made[one.table.fingerprint]) for name, one in saved.tables.items()]
    with replaced(folder, OWN) as building:
        results, left_out = _write_results(building, saved, made, audit)
        publication = Publication(
            profile=profile, on=on, audit=audit, left_out=left_out,
            cells=len(cells), known=len(known), notebooks=_copy_notebooks(building, study, results),
            tables=_of(Table, results), figures=len(_of(Figure, results)),
            hidden={name: n for name, __, after in pairs if (n := hidden_rows(after))},
            newly=sum(newly_hidden(before, after) for __, before, after in pairs))
        write_cells_out(building, cells)
        write_released_pages(building, study, _released(saved, made, left_out),
                             {name: before for name, before, __ in pairs})
        write_whole(building / PAGE, page(study, publication).encode())
        _refuse_people(building, release_content(tables, profile=profile, on=on), study, rules)
        note_copies(building)
        release = write_release(study, tables, profile=profile, on=on)
    offered = plans(study, _real(tables), rules, profile=profile, known=list(known.values()))
    to_read = _first(list(_typed(study, pairs)), study)
    return Published(folder, publication, release, offered, to_read)


def _real(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the Tables of real people."""
    return {name: table for name, table in tables.items() if table.minimum > 1}


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder with files of somebody else: they would go out unseen."""
    names = sorted(one.name for one in folder.glob("[!.]*") if one.name not in OWN) \
        if folder.is_dir() else []
    if names:
        raise DataError(_(
            "{folder}: holds files that wbkit did not put there ({names}). Move them: whoever gets "
            "this folder must be sure that everything in it was checked.",
            folder=shown(folder), names=", ".join(names[:3])))


def _saved(study: Study, notebooks: Path | None, without: Sequence[str]) -> SavedResults:
    """Read the results of the last run, which must be those of the present data."""
    results = study.results
    refuse_edited(results)
    if not is_current(results, study, notebooks_folder(study, notebooks)):
        raise DataError(_(
            "{folder}: holds no results of the present data, notebooks and code. Give wbkit run "
            "first, look at the results, then publish them.",
            folder=results.name))
    saved = read_results(study) if made_tables(results) else SavedResults({})
    _refuse_unknown(without, {*saved.tables, *saved.figures, *(
        path.stem for path in results.glob("cells/*.npz"))})
    tables, figures = ({name: one for name, one in some.items() if name not in without}
                       for some in (saved.tables, saved.figures))
    return replace(saved, tables=tables, figures=figures)


def _refuse_unknown(without: Sequence[str], names: set[str]) -> None:
    strange = next((one for one in without if one not in names), None)
    if strange is not None:
        hint = did_you_mean(strange, names) or _("There is {names}.", names=listed(sorted(names)))
        raise DataError(_("--without {name}: there is no such result. {hint}",
                          name=strange, hint=hint))


def _protected(
    study: Study, several: Sequence[Table], profile: Profile, rules: Rules, known: Sequence[Table]
) -> dict[str, Table]:
    """Protect all Tables together; gives fingerprint as it was saved = Table as it may go out.

    A Table of made-up or published data stays as it is.
    """
    tables = {table.fingerprint: table for table in several}
    real = _real(tables)
    return tables | (protected_together(study, real, rules, profile=profile, known=known)
                     if real else {})


def _going_out(
    saved: SavedResults, in_cells: Mapping[str, Table], made: Mapping[str, Table]
) -> dict[str, Table]:
    """Name every Table that somebody will see once: also one in a Figure or in Cells only."""
    named = {name: one.table for name, one in saved.tables.items()} | {
        f"figures/{name}": one.table for name, one in saved.figures.items()}
    found: dict[str, tuple[str, Table]] = {}
    for name, before in [*named.items(), *in_cells.items()]:
        table = made[before.fingerprint]
        found.setdefault(table.fingerprint, (name, table))
    return dict(found.values())


def _audited(
    tables: Mapping[str, Table], study: Study, rules: Rules, known: Mapping[str, Table]
) -> Table | None:
    """Audit Tables of real people with what is known and with all that was released before.

    Refuses what an outsider could work out; None where there is nothing to audit.
    """
    if not tables:
        return None
    before = {f"{one.name}/{name}": table for one in read_releases(study)
              for name, table in one.tables.items()}
    audit = rules.audit(list(tables.values()), known=list(known.values()),
                        released=list(before.values()))
    lines = audit_failures(audit, [*tables, *known, *before])
    if lines:
        raise DisclosureError("\n".join([*_first(lines, study), _(
            "{numbers} can be worked out from these Tables together with earlier releases, so "
            "nothing was published. Leave a Table out (wbkit publish --without NAME), merge its "
            "groups or answers, or wait with a new release until more people took part.",
            numbers=counted(len(lines), "number", "numbers"))]))
    return audit


def _write_results(
    building: Path, saved: SavedResults, protected: Mapping[str, Table], audit: Table | None
) -> tuple[dict[str, list[Result]], dict[str, str]]:
    """Write Tables, Figures and the audit.

    Gives name = what was written, and name = why a Figure was left out.
    """
    results: dict[str, list[Result]] = {}
    left_out: dict[str, str] = {}
    for name, one in saved.tables.items():
        table = protected[one.table.fingerprint]
        results[name] = [write_table(building / "tables", name, table, one.language)]
    for name, one in saved.figures.items():
        made = write_figure(building / "figures", one, protected[one.table.fingerprint])
        if isinstance(made, str):
            left_out[name] = made
        else:
            results.setdefault(name, []).append(made)
    if audit is not None:
        write_table(building, AUDIT, audit, audit.language)
    return results, left_out


def _released(
    saved: SavedResults, protected: Mapping[str, Table], left_out: Mapping[str, str]
) -> SavedResults:
    """Return the results of the run as they go out, for the pages."""
    tables, figures = (
        {name: replace(one, table=protected[one.table.fingerprint]) for name, one in some.items()}
        for some in (saved.tables, saved.figures))
    return replace(saved, tables=tables, figures={
        name: one for name, one in figures.items() if name not in left_out})


def _of(kind: type[Result], results: Mapping[str, Sequence[Result]]) -> list[Any]:
    return [one for made in results.values() for one in made if isinstance(one, kind)]


def _copy_notebooks(
    building: Path, study: Study, results: Mapping[str, Sequence[Result]]
) -> int:
    paths = list_notebooks(study.results / "notebooks")
    for path in paths:
        copy = copied(read_notebook(path), results, real=bool(real_sources(study)),
                      language=study.language)
        write_whole(building / "notebooks" / path.name, as_text(copy).encode())
    return len(paths)


def _typed(study: Study, pairs: Sequence[tuple[str, Table, Table]]) -> Iterator[str]:
    """Say where a number that is hidden may stand in the text of a notebook."""
    hidden = {name: hidden_counts(before, after) for name, before, after in pairs}
    for path in list_notebooks(study.results / "notebooks"):
        for place, n, table in typed_counts(read_notebook(path), hidden):
            yield _("{file}, cell {number}: {n} stands in the text, and a count of {n} is hidden "
                    "in {table}. Read the text; if it is that count, take it out and give wbkit "
                    "run and wbkit publish again.",
                    file=path.name, number=place, n=n, table=table)


def _refuse_people(
    building: Path, ledger: Mapping[str, Any], study: Study, rules: Rules
) -> None:
    """Look for personal data in all that is about to go out, the ledger included."""
    files = [(path.relative_to(building).as_posix(), path.read_bytes())
             for path in sorted(building.rglob("*")) if path.is_file()]
    files.append((f"data/{LEDGER}/{ledger['date']}.json",
                  json.dumps(ledger, ensure_ascii=False).encode()))
    found = list(scan(files, rules.names(study), rules.numbers(study)))
    if found:
        raise DisclosureError("\n".join([*_first([one.line for one in found], study), _(
            "{places} can point to a person, so nothing was published. Take it out of the data, "
            "study.toml or the notebook, give wbkit run, and publish again.",
            places=counted(len(found), "place", "places"))]))


def _first(lines: Sequence[str], study: Study) -> list[str]:
    """Return the first lines; all of them go into a file in the private folder."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    file = study.private_folder / FOUND
    refuse_kept(file.parent, coming=[FOUND])
    write_whole(file, "".join(f"{line}\n" for line in lines).encode())
    return [*lines[:MOST_LINES], _("… and {n} more: all of them stand in {file}",
                                   n=len(lines) - MOST_LINES, file=shown(file))]
