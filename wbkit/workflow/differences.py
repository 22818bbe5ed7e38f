"""What differs between two Tables as they were saved, cell by cell."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from wbkit.table.table import MEASURES

STATE = "state"


def table_changes(before: Path, after: Path) -> list[str]:
    """Say which cells of a saved Table changed.

    Parameters
    ----------
    before, after
        Two csv files as `save` wrote them.

    Returns
    -------
    list of str
        One line for each changed cell: its address, the number before and after.
    """
    old, new = _read(before), _read(after)
    keys = [name for name in old.columns if name in new.columns and _is_key(name)]
    old, new = _addressed(old, keys), _addressed(new, keys)
    return [*_columns(old, new), *_rows(old, new), *_cells(old, new)]


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _is_key(column: str) -> bool:
    return column not in (*MEASURES, STATE)


def _addressed(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Give each row its address as index; rows with the same address are numbered."""
    rows = zip(*(f"{key}=" + frame[key] for key in keys), strict=True) if keys else ()
    address = pd.Series(["; ".join(row) for row in rows] or
                        [f"row {number}" for number in range(1, len(frame) + 1)], dtype=object)
    again = address.groupby(address).cumcount()
    numbered = address.where(again == 0, address + " #" + (again + 1).astype(str))
    return frame.drop(columns=keys).set_index(pd.Index(numbered))


def _columns(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    gone = [f"column {name}: is gone" for name in old.columns if name not in new.columns]
    return gone + [f"column {name}: is new" for name in new.columns if name not in old.columns]


def _rows(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    lines = [f"{address}: is gone ({_numbers(old.loc[address])})"
             for address in old.index.difference(new.index, sort=False)]
    return lines + [f"{address}: is new ({_numbers(new.loc[address])})"
                    for address in new.index.difference(old.index, sort=False)]


def _numbers(row: pd.Series) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if value != "") or "empty"


def _cells(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    both = [name for name in old.columns if name in new.columns]
    for address in old.index.intersection(new.index, sort=False):
        for name in both:
            before, after = old.at[address, name], new.at[address, name]
            if _canonical(before) != _canonical(after):
                yield f"{address}, {name}: {before or 'empty'} -> {after or 'empty'}"


def _canonical(text: str) -> str:
    """Write a number as the fingerprint does, to six decimals."""
    try:
        return f"{round(float(text), 6) + 0.0:.6f}"
    except ValueError:
        return text
