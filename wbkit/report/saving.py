"""Results on disk: a Table as csv and xlsx, a Figure as png, and what each of them is."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.report.sheets import workbook
from wbkit.table.figure import Figure
from wbkit.table.table import Table
from wbkit.whole_files import write_whole

NAME = re.compile(r"[a-z0-9_-]+")
PRINT_DPI = 300


@dataclass(frozen=True, repr=False)
class Saved:
    """What was written.

    Parameters
    ----------
    folder
        The folder of the results.
    files
        From that folder.
    language
        ``nl`` or ``en``.
    """

    folder: Path
    files: tuple[str, ...]
    language: str

    def __repr__(self) -> str:
        return label("saved", self.language, files=", ".join(self.files))


def save(result: Table | Figure, name: str) -> Saved:
    """Write a Table or a Figure to the results folder of its study.

    A Table becomes ``tables/<name>.csv`` (ids and plain numbers), ``tables/<name>.xlsx`` (as
    shown) and ``tables/<name>.json`` (what it is); a Figure ``figures/<name>.png`` and
    ``figures/<name>.json``. A file is there whole or not at all.

    Parameters
    ----------
    result
        A Table or a Figure.
    name
        Name of the files: small letters, digits, ``_`` and ``-``.

    Returns
    -------
    Saved
        The files that were written.

    Raises
    ------
    DataError
        If `result` is something else, `name` has other characters, or the Table has no source
        and so no results folder.
    """
    table = result.table if isinstance(result, Figure) else result
    if not isinstance(table, Table):
        raise DataError(
            f"save: there is a {type(result).__name__}. Give a Table or a Figure, "
            "as frequency(...) and plot_bars(...) return."
        )
    folder = _results(table)
    _check(name)
    parts = _figure_files(result) if isinstance(result, Figure) else _table_files(table)
    kind = "figures" if isinstance(result, Figure) else "tables"
    files = {f"{kind}/{name}.{ending}": content for ending, content in parts.items()}
    for file, content in files.items():
        write_whole(folder / file, content)
    return Saved(folder, tuple(files), table.language)


def _results(table: Table) -> Path:
    if not table.sources:
        raise DataError(
            f"{table.title}: the Table has no source, so it has no results folder. "
            "Give its sources: dataclasses.replace(table, sources=(study.source(...),))."
        )
    return table.sources[0].setting.results


def _check(name: str) -> None:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise DataError(
            f"save: {name!r} is no name for a file. Use small letters, digits, _ and -, "
            "such as 20_gezien."
        )


def _table_files(table: Table) -> dict[str, bytes]:
    csv = table.data.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    return {"csv": csv.encode(), "xlsx": workbook(table), "json": _about(table)}


def _figure_files(figure: Figure) -> dict[str, bytes]:
    return {"png": figure.png(dpi=PRINT_DPI), "json": _about(figure.table, alt=figure.alt)}


def _about(table: Table, **more: str) -> bytes:
    facts = {
        "kind": table.kind,
        "title": table.title,
        "language": table.language,
        "fingerprint": table.fingerprint,
        "synthetic": table.synthetic,
        "sources": [source.name for source in table.sources],
    }
    text = json.dumps(facts | more, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()
