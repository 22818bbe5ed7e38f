"""Cells as they go out, so that schools can add up without sharing pupils."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from wbkit.data.cells import Cells
from wbkit.errors import DisclosureError
from wbkit.files import write_whole
from wbkit.messages import _
from wbkit.report.cell_files import FOLDER, cell_bytes, read_cells
from wbkit.study.study import Study
from wbkit.survey.estimate import estimate
from wbkit.survey.frequency import frequency
from wbkit.table.table import Table

OF_PEOPLE = ("n", "n_weightless")  # columns that count units
LEAST = {"publicatie": 10, "intern": 5}


def saved_cells(study: Study, without: Collection[str] = ()) -> dict[str, Cells]:
    """Return the Cells in the folder of results, by name, without what no sum needs."""
    return {path.stem: without_people(read_cells(path))
            for path in sorted((study.results / FOLDER).glob("*.npz"))
            if path.stem not in without}


def without_people(cells: Cells) -> Cells:
    """Leave out what points to a person, and the sums of products of several items.

    These products are counts too: of who ticked both of two options.
    """
    source = cells.source
    items = {name: item.model_copy(update={"corrections": {}})
             for name, item in source.items.items()}
    plain = source.model_copy(update={
        "items": items, "set_aside": (), "duplicates": None, "ignore": (),
        "personal_number": None, "texts": None})
    moments = {names: one for names, one in cells.moments.items() if len(names) == 1}
    return replace(cells, source=plain, moments=moments)


def tables_in(cells: Mapping[str, Cells]) -> dict[str, Table]:
    """Return what anybody can read in Cells as Tables, by file and item."""
    found = {}
    for name, one in cells.items():
        for item in one.items:
            found[f"cells/{name}.npz, {item}"] = frequency(one, item, by=one.by)
            if (item,) in one.moments and one.item(item).kind == "numeric":
                found[f"cells/{name}.npz, {item} (mean)"] = estimate(one, item, by=one.by)
    return found


def refuse_few(cells: Mapping[str, Cells], profile: str) -> None:
    """Refuse Cells of real people in which any number of them is small.

    A hidden count cannot be added up, so such a file goes out whole or not at all.
    """
    for name, one in cells.items():
        source = one.source
        least = 1 if source.synthetic or source.public else max(LEAST[profile], source.minimum)
        if any(0 < n < least for n in _numbers(one)):
            raise DisclosureError(_(
                "cells/{name}.npz: counts of fewer than {least} {units} stand in it, and sums of "
                "hidden counts would be wrong, so it cannot go out. Count larger groups: without "
                "by, with merged answers (recode), or without numeric items.",
                name=name, least=least, units=source.told_units(2)))


def _numbers(cells: Cells) -> Iterator[float]:
    """Yield every number of people in Cells."""
    yield from (cells.left_out, cells.weightless, cells.inside)
    for rows in (cells.rows, cells.drawn):
        yield from (n for column in OF_PEOPLE if column in rows for n in rows[column])
    for moments in cells.moments.values():
        yield from moments.n


def refuse_changed(in_cells: Mapping[str, Table], protected: Mapping[str, Table]) -> None:
    """Refuse Cells of which protecting would hide a number; `protected` is by fingerprint."""
    for name, table in in_cells.items():
        if protected[table.fingerprint].fingerprint != table.fingerprint:
            raise DisclosureError(_(
                "{name}: beside everything else that goes out, numbers in it would have to be "
                "hidden. Leave something out (--without), or count larger groups.",
                name=name))


def write_cells_out(folder: Path, cells: Mapping[str, Cells]) -> None:
    """Write Cells as they go out."""
    for name, one in cells.items():
        write_whole(folder / FOLDER / f"{name}.npz", cell_bytes(one))
