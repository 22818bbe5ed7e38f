"""Cells on disk, so that a wave is counted once."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.sums import Moments
from wbkit.errors import DisclosureError
from wbkit.whole_files import write_whole

FACTS = ("items", "by", "assumption", "left_out", "settled", "inside")


def write_cells(cells: Cells, path: str | Path) -> None:
    """Write Cells to one file, from which `read_cells` makes them again.

    Parameters
    ----------
    cells
        Counts of a synthetic source.
    path
        The file; it is there whole or not at all.

    Raises
    ------
    DisclosureError
        If the source is not synthetic: counts that nothing hides would leave the data.
    """
    if not cells.source.synthetic:
        units = cells.source.units(2, "en")
        raise DisclosureError(
            f"{cells.source.name}: these Cells count real {units}, and nothing in them is hidden, "
            "so they are not written. Count again when they are needed, or save a Table."
        )
    moments = list(cells.moments)
    arrays = {"about": np.array(json.dumps(_about(cells, moments)))}
    arrays |= _columns("counts", cells.counts) | _columns("units", cells.units)
    for place, names in enumerate(moments):
        one = cells.moments[names]
        arrays |= _columns(f"moments.{place}.keys", one.keys)
        arrays |= {f"moments.{place}.{name}": getattr(one, name) for name in Moments.ARRAYS}
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    write_whole(Path(path), content.getvalue())


def _about(cells: Cells, moments: list[tuple[str, ...]]) -> dict:
    source = cells.source.model_dump(mode="json", exclude={"setting": {"folder", "results"}})
    conditions = [[one.item, list(one.values)] for one in cells.conditions]
    return {name: getattr(cells, name) for name in FACTS} | {
        "source": source, "conditions": conditions, "moments": moments,
        "found": {name: list(values) for name, values in cells.found.items()}}


def _columns(start: str, frame: pd.DataFrame) -> dict[str, np.ndarray]:
    return {f"{start}.{name}": _plain(frame[name].to_numpy()) for name in frame}


def _plain(column: np.ndarray) -> np.ndarray:
    return column.astype(str) if column.dtype == object else column
