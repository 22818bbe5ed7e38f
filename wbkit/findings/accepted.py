"""The Tables that a person accepted, as data/expected holds them."""

import csv
import json
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.study.codebook import Codebook, load_codebook
from wbkit.study.study import Study
from wbkit.table.facts import Bases, Fact, Part, Routed, Subject
from wbkit.table.kinds import KINDS
from wbkit.table.statements.coding import Given
from wbkit.table.stored import restored_facts, stored_facts
from wbkit.table.table import Table

ACCEPTED = "expected/index.csv"
KEPT = (Subject, Part, Routed, Given, Bases)  # statements that an answer is held against


def load_index(study: Study) -> dict[str, dict[str, str]] | None:
    """Read the list of accepted Tables, by name; None where nothing was accepted yet."""
    file = study.folder / ACCEPTED
    if not file.is_file():
        return None
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row for row in csv.DictReader(stream) if row["what"] == "table"}


def load_accepted(study: Study, names: Iterable[str]) -> dict[str, Table]:
    """Read accepted Tables, with the statements that an answer is held against.

    Raises DataError where a name is not there, or the list does not say of what it was made.
    """
    index = load_index(study) or {}
    found = {name: index[name] for name in names if name in index}
    old = next((row for row in found.values() if "facts" not in row), None)
    if old is not None:
        raise DataError(_(
            "{file}: was written before it said of which sources a Table is made. Give wbkit run "
            "and wbkit accept.", file=ACCEPTED))
    book = study.folder / "codebook.toml"
    codes = (load_codebook(book),) if found and book.is_file() else ()
    return {name: _load_table(study, row, codes) for name, row in found.items()}


def _load_table(study: Study, row: dict[str, str], codes: tuple[Codebook, ...]) -> Table:
    form = KINDS[row["kind"]]
    file = study.folder / "expected" / "tables" / f"{row['name']}.csv"
    if not file.is_file():
        raise DataError(_(
            "expected/tables/{file}: is missing. Restore it, or give wbkit run and wbkit accept.",
            file=file.name))
    data = pd.read_csv(file, dtype=str, keep_default_na=False)
    data = data.assign(**{name: pd.to_numeric(data[name]) for name in data
                          if form.is_number(name)})
    groups = tuple(name for name in data if name not in form.columns or name in form.dimensions)
    sources = [study.sources[name] for name in row["sources"].split("+") if name in study.sources]
    facts = restored_facts(json.loads(row["facts"]))
    return Table(data, row["kind"], () if row["kind"] == "listing" else groups, facts,
                 (*sources, *(codes if _is_coded(data) else ())))


def _is_coded(data: pd.DataFrame) -> bool:
    """Whether ids of codes stand in a Table, so that the codebook has words for them."""
    return bool({"code", "other"} & set(data) or "codes" in set(data.get("item", ())))


def _without_counts(fact: Fact) -> Fact:
    """Leave of what stands beside each other only the conditions: the list holds no counts."""
    if not isinstance(fact, Bases):
        return fact
    return replace(fact, facts=tuple(one for one in fact.facts if isinstance(one, KEPT)))


def facts_kept(facts: Iterable[Fact]) -> str:
    """Write the statements of a Table that its line in the list of accepted Tables holds."""
    kept = stored_facts(_without_counts(one) for one in facts if isinstance(one, KEPT))
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
