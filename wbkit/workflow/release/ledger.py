"""What was released before: of each release the day, and the Tables as they were given away.

Each file holds a sha256 of its own content: a release that was edited hides what went out.

The folder ``data/releases/`` belongs in git: without it the next release cannot be compared.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.source import Setting
from wbkit.study.study import Study
from wbkit.table.kinds import KINDS
from wbkit.table.stored import restored, stored
from wbkit.table.table import Table
from wbkit.workflow.files import read_json, write_json

FOLDER = "releases"
DIGEST = "sha256"


@dataclass(frozen=True)
class Release:
    """What went out on one day.

    Parameters
    ----------
    name
        The name of its file, without ending.
    profile
        For whom it was: ``publicatie`` or ``intern``.
    tables
        Name = Table, as it was given away: what was hidden in it is not there.
    """

    name: str
    profile: str
    tables: dict[str, Table]


def write_release(
    study: Study, tables: Mapping[str, Table], *, profile: str, on: date
) -> Path | None:
    """Add a release to the ledger; gives its file, or None when all was released before."""
    tables = {name: without_words(table) for name, table in tables.items()}
    known = {table.fingerprint for one in read_releases(study) for table in one.tables.values()}
    new = {name: table for name, table in tables.items()
           if table.fingerprint not in known and table.minimum > 1}
    if not new:
        return None
    file = _free(study.folder / FOLDER, on)
    write_json(file, release_content(new, profile=profile, on=on))
    return file


def release_content(
    tables: Mapping[str, Table], *, profile: str, on: date
) -> dict[str, Any]:
    """Return what the ledger holds of a release; each source stands in it once."""
    sources: list[dict[str, Any]] = []
    about = {name: _numbered(stored(without_words(table)), sources)
             for name, table in sorted(tables.items())}
    content = {"date": on.isoformat(), "profile": profile, "tables": about, "sources": sources}
    return content | {DIGEST: _digest(content)}


def _digest(content: Mapping[str, Any]) -> str:
    """Return the sha256 of what a release holds, whatever the form of its file."""
    rest = {name: value for name, value in json.loads(json.dumps(content)).items()
            if name != DIGEST}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def without_words(table: Table) -> Table:
    """Leave out rows with words of real people: somebody can withdraw, and nobody counts them."""
    form = KINDS[table.kind]
    quoted = any(form.columns.get(name) == "quoted" for name in table.data)
    return replace(table, data=table.data.iloc[:0]) if quoted and table.minimum > 1 else table


def _numbered(about: dict[str, Any], sources: list[dict[str, Any]]) -> dict[str, Any]:
    """Put the numbers of sources in the place of their descriptions."""
    sources += [one for one in about["sources"] if one not in sources]
    return about | {"sources": [sources.index(one) for one in about["sources"]]}


def _free(folder: Path, on: date) -> Path:
    names = (f"{on.isoformat()}-{number}" for number in count(2))
    name = on.isoformat()
    while (folder / f"{name}.json").exists():
        name = next(names)
    return folder / f"{name}.json"


def read_releases(study: Study) -> list[Release]:
    """Read the ledger, the oldest release first."""
    setting = next((one.setting for one in study.sources.values()), Setting())
    files = sorted((study.folder / FOLDER).glob("*.json"), key=lambda file: (len(file.stem),
                                                                             file.stem))
    return [_release(file, setting) for file in files]


def _release(file: Path, setting: Setting) -> Release:
    try:
        about = read_json(file)
        if about[DIGEST] != _digest(about):
            raise KeyError(DIGEST)
        tables = dict(_tables(about, setting))
        return Release(file.stem, str(about["profile"]), tables)
    except (DataError, KeyError, IndexError, TypeError, AttributeError):
        raise DataError(_(
            "{file}: is damaged, so that a new release cannot be compared with this one. Restore "
            "the file with git.",
            file=f"{FOLDER}/{file.name}")) from None


def _tables(about: Mapping[str, Any], setting: Setting) -> Iterator[tuple[str, Table]]:
    for name, one in about["tables"].items():
        whole = one | {"sources": [about["sources"][place] for place in one["sources"]]}
        yield name, restored(whole, setting, name=name)
