"""Cells that were written before."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from wbkit.data.cells import Cells
from wbkit.data.source_data import Condition
from wbkit.data.sums import Moments
from wbkit.errors import DataError
from wbkit.study.source import Source

FACTS = ("by", "assumption", "left_out", "settled", "inside")


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
        raise DataError(f"{path}: there is no such file. Write it with write_cells.") from None
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
        raise DataError(
            f"{path}: this file does not hold Cells, or is damaged. Count again, and write it "
            "with write_cells."
        ) from None


def _cells(about: dict, arrays: dict[str, np.ndarray]) -> Cells:
    moments = {tuple(names): _moments(arrays, f"moments.{place}.")
               for place, names in enumerate(about["moments"])}
    return Cells(
        source=Source.model_validate(about["source"]), items=tuple(about["items"]),
        counts=_frame(arrays, "counts."), units=_frame(arrays, "units."), moments=moments,
        found={name: tuple(values) for name, values in about["found"].items()},
        conditions=tuple(Condition(item, tuple(values)) for item, values in about["conditions"]),
        **{name: about[name] for name in FACTS},
    )


def _moments(arrays: dict[str, np.ndarray], start: str) -> Moments:
    return Moments(_frame(arrays, f"{start}keys."),
                   **{name: arrays[start + name] for name in Moments.ARRAYS})


def _frame(arrays: dict[str, np.ndarray], start: str) -> pd.DataFrame:
    columns = {name.removeprefix(start): column for name, column in arrays.items()
               if name.startswith(start)}
    return pd.DataFrame({name: pd.Series(column, dtype=object if column.dtype.kind == "U" else None)
                         for name, column in columns.items()})
