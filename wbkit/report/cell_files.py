"""Cells on disk, so that a wave is counted once."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from wbkit.data.cells import Cells, Moments, Rows
from wbkit.data.source_data import Condition
from wbkit.errors import DataError, DisclosureError
from wbkit.files import is_outside_git, write_whole
from wbkit.messages import _
from wbkit.study.source import Source

READ_FACTS = ("by", "assumption", "left_out", "weightless", "settled", "inside")
FACTS = ("items", *READ_FACTS)
FOLDER = "cells"  # in the results


def write_cells(cells: Cells, path: str | Path) -> None:
    """Write Cells to one file, from which `read_cells` makes them again.

    Parameters
    ----------
    cells
        Counts of a source.
    path
        The file; it is there whole or not at all. Of real people it stands in the folder of
        results, such as ``study.results / "cells" / "wave_2026.npz"``: ``wbkit publish`` gives it
        out from there when nobody can be recognised in it.

    Raises
    ------
    DisclosureError
        If the source holds answers of real people, and the file would stand elsewhere, or git
        would keep it: counts that nothing hides would leave the data.
    """
    source, file = cells.source, Path(path)
    if not (source.synthetic or source.public or _stays_inside(file, source)):
        raise DisclosureError(_(
            "{source}: these Cells count real {units}, and nothing in them is hidden, so they are "
            "not written here. Write them in the results, {example}, and give wbkit publish: it "
            "gives them out when nobody can be recognised in them.",
            source=source.name, units=source.told_units(2),
            example=f'study.results / "{FOLDER}" / "{file.name}"'))
    write_whole(file, cell_bytes(cells))


def _stays_inside(file: Path, source: Source) -> bool:
    """Whether a file stands in the folder of results, which git does not keep."""
    results = source.setting.results.resolve()
    return file.resolve().is_relative_to(results) and is_outside_git(
        file.resolve().parent, [file.name])


def cell_bytes(cells: Cells) -> bytes:
    """Return the file of Cells."""
    moments = list(cells.moments)
    arrays = {"about": np.array(json.dumps(_about(cells, moments)))}
    arrays |= _columns("counts", cells.rows.columns) | _columns("units", cells.drawn.columns)
    for place, names in enumerate(moments):
        one = cells.moments[names]
        keys = {name: column.to_numpy() for name, column in one.keys.items()}
        arrays |= _columns(f"moments.{place}.keys", keys)
        arrays |= {f"moments.{place}.{name}": getattr(one, name) for name in Moments.ARRAYS}
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return content.getvalue()


def _about(cells: Cells, moments: list[tuple[str, ...]]) -> dict:
    source = cells.source.model_dump(mode="json", exclude={"setting": {"folder", "results"}})
    conditions = [[one.item, list(one.values)] for one in cells.conditions]
    return {name: getattr(cells, name) for name in FACTS} | {
        "source": source, "conditions": conditions, "moments": moments,
        "found": {name: list(values) for name, values in cells.found.items()}}


def _columns(start: str, columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {f"{start}.{name}": _plain(column) for name, column in columns.items()}


def _plain(column: np.ndarray) -> np.ndarray:
    return column.astype(str) if column.dtype == object else column


def read_cells(path: str | Path) -> Cells:
    """Read the Cells that `write_cells` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Cells
        Those that were written, with the source as it was then.

    Raises
    ------
    DataError
        If there is no such file, or it does not hold Cells.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
        return _cells(json.loads(str(arrays["about"])), arrays)
    except FileNotFoundError:
        raise DataError(_(
            "{path}: there is no such file. Write it with write_cells.",
            path=path)) from None
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
        raise DataError(_(
            "{path}: this file does not hold Cells, or is damaged. Count again, and write it with "
            "write_cells.",
            path=path)) from None


def _cells(about: dict, arrays: dict[str, np.ndarray]) -> Cells:
    moments = {tuple(names): _moments(arrays, f"moments.{place}.")
               for place, names in enumerate(about["moments"])}
    return Cells(
        source=Source.model_validate(about["source"]), items=tuple(about["items"]),
        rows=_rows(arrays, "counts."), drawn=_rows(arrays, "units."), moments=moments,
        found={name: tuple(values) for name, values in about["found"].items()},
        conditions=tuple(Condition(item, tuple(values)) for item, values in about["conditions"]),
        **{name: about[name] for name in READ_FACTS},
    )


def _moments(arrays: dict[str, np.ndarray], start: str) -> Moments:
    return Moments(_rows(arrays, f"{start}keys.").frame,
                   **{name: arrays[start + name] for name in Moments.ARRAYS})


def _rows(arrays: dict[str, np.ndarray], start: str) -> Rows:
    return Rows({name.removeprefix(start): column.astype(object if column.dtype.kind == "U"
                                                         else column.dtype)
                 for name, column in arrays.items() if name.startswith(start)})
