"""Compare the results with those that a person accepted."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.accepted import facts_kept
from wbkit.messages import Told, _, counted, mark
from wbkit.study.study import Study
from wbkit.table.kinds import is_number
from wbkit.table.stored import restored_facts
from wbkit.workflow.files import (
    INPUTS,
    RESTORE,
    accepted_inputs,
    conflict_line,
    expected_folder,
    notebooks_folder,
    read_accepted,
    read_json,
    sha256,
    text_sha256,
)
from wbkit.workflow.overview.pages import pages_with
from wbkit.workflow.results_folder import (
    MANIFEST,
    WHAT,
    edited_results,
    is_current,
    recover,
    replaced,
    saved_results,
)
from wbkit.workflow.running import run

INDEX = "index.csv"
EXPECTED = ("tables", INDEX, INPUTS)
COLUMNS = ("name", "what", "kind", "fingerprint", "sha256")
MADE_OF = ("sources", "facts")
SAME, CHANGED, MISSING, NEW = "same", "changed", "missing", "new"
STATES = {SAME: mark("same"), CHANGED: mark("changed"), MISSING: mark("missing"),
          NEW: mark("new")}
KINDS = {"table": mark("table"), "figure": mark("figure"), "input": mark("input"),
         "page": mark("page")}
STATE = "state"


@dataclass(frozen=True)
class Comparison:
    """One result beside the accepted one.

    Parameters
    ----------
    what
        ``table``, ``figure``, ``input`` or ``page``.
    name
        The name by which it is saved.
    state
        ``same``, ``changed``, ``missing`` or ``new``.
    lines
        Which cells changed, before and after.
    """

    what: str
    name: str
    state: str
    lines: tuple[str, ...] = ()


def verify(
    study: Study, *, out: Path | None = None, notebooks: Path | None = None,
    watch: Callable[[str], None] = lambda _: None,
) -> list[Comparison]:
    """Compare the results of the present data with data/expected."""
    faults = index_faults(study)
    if faults:
        raise DataError("\n".join([
            *faults, _("Restore these files, or accept the results again.")]))
    results = out or study.results
    refuse_edited(results)
    if is_current(results, study, notebooks_folder(study, notebooks)):
        return compare(study, results)
    watch(_(
        "the results do not stem from the present data, notebooks and code: running again in a "
        "temporary folder; data/processed is made anew, results stay as they are"))
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "results"
        run(study, out=again, notebooks=notebooks, watch=watch)
        return compare(study, again)


def comparison_line(one: Comparison) -> str:
    """Word one comparison as a line: how it compares, what it is, and its name."""
    width = max(len(_(words)) for words in STATES.values()) + 1
    return f"{state_words(one.state):{width}} {_(KINDS[one.what])} {one.name}"


def state_words(state: str) -> Told:
    """Say how a result compares with the accepted one."""
    return _(STATES[state])


def refuse_edited(results: Path) -> None:
    """Refuse results of which somebody changed, added or removed a file after their run."""
    edited = edited_results(results)
    if edited:
        raise DataError("\n".join([*edited, _(
            "{files} of {folder} cannot be believed. Give wbkit run, which makes them again from "
            "the data, and then wbkit verify.",
            files=counted(len(edited), "file", "files"), folder=results.name)]))


def compare(study: Study, results: Path) -> list[Comparison]:
    """Compare a folder of results with data/expected."""
    accepted = {(row["what"], row["name"]): row for row in read_index(study).to_dict("records")}
    present = {(one["what"], one["name"]): one for one in saved_results(results)}
    return [*_inputs(study), *(
        _compared(study, results, accepted.get(key), present.get(key))
        for key in dict.fromkeys([*accepted, *present])
    )]


def read_index(study: Study) -> pd.DataFrame:
    """Return the list of accepted results."""
    recover(expected_folder(study), EXPECTED)
    file = expected_folder(study) / INDEX
    if not file.is_file():
        raise DataError(_(
            "{file}: is not there: nobody has accepted results of this study yet. Look at the "
            "results of wbkit run, then give wbkit accept.",
            file=f"expected/{INDEX}"))
    index = read_accepted(file, COLUMNS)
    for line, (row, again) in enumerate(
            zip(index.to_dict("records"), index.duplicated(["what", "name"]), strict=True), 2):
        if row["what"] not in WHAT.values() or again:
            about = {"file": f"expected/{INDEX}", "line": line, "name": row["name"],
                     "advice": _(RESTORE)}
            raise DataError(
                _("{file}, line {line}: {name} stands there twice. {advice}", **about) if again
                else _("{file}, line {line}: {name} is {what!r}: no table or figure. {advice}",
                       what=row["what"], **about))
    return index


def index_faults(study: Study) -> list[str]:
    """Return where data/expected contradicts its own list."""
    index = read_index(study)
    tables = index[index["what"] == "table"].set_index("name")["sha256"]
    files = {file.stem: file for file in (expected_folder(study) / "tables").glob("*.csv")}
    lines = [_("{file}: is missing.", file=f"expected/tables/{name}.csv")
             for name in tables.index.difference(files)]
    lines += [_("{file}: does not stand in {list}.", file=f"expected/tables/{name}.csv", list=INDEX)
              for name in sorted(set(files) - set(tables.index))]
    return lines + [_table_fault(files[name]) for name in tables.index.intersection(files)
                    if text_sha256(files[name]) != tables[name]]


def _table_fault(file: Path) -> str:
    conflict, name = conflict_line(file), f"expected/tables/{file.name}"
    if conflict:
        return _("{file}, line {line}: holds the marks of a merge conflict.",
                 file=name, line=conflict)
    return _("{file}: was changed after it was accepted.", file=name)


def changed_pages(
    study: Study, found: Sequence[Comparison], out: Path | None = None
) -> list[Comparison]:
    """Return the pages on which a result stands that is not as it was accepted."""
    changed = {one.name for one in found if one.what in WHAT.values() and one.state != SAME}
    return [Comparison("page", name, CHANGED)
            for name in pages_with(study, changed, out or study.results)]


def _inputs(study: Study) -> Iterator[Comparison]:
    accepted = accepted_inputs(study).set_index("file")["sha256"].to_dict()
    present = {name: path for source in study.sources.values()
               for name, path in source.raw_files.items()}
    for file in dict.fromkeys([*accepted, *present]):
        if file not in present:
            yield Comparison("input", file, MISSING)
        elif file not in accepted:
            yield Comparison("input", file, NEW)
        else:
            same = sha256(present[file]) == accepted[file]
            yield Comparison("input", file, SAME if same else CHANGED)


def _compared(
    study: Study, results: Path, before: dict[str, str] | None, after: dict[str, str] | None
) -> Comparison:
    one = before or after
    what, name = one["what"], one["name"]
    if before is None or after is None:
        return Comparison(what, name, NEW if before is None else MISSING)
    prints = before["fingerprint"], after["fingerprint"]
    lines = (_table_lines(study, results, name) if what == "table"
             else _figure_lines(*prints) if len(set(prints)) > 1 else [])
    if len(set(prints)) == 1 and not lines:
        return Comparison(what, name, SAME)
    return Comparison(what, name, CHANGED, tuple(lines or [_read_unchanged(study, results, name)]))


def _read_unchanged(study: Study, results: Path, name: str) -> str:
    """Say what can differ in a Table of which every cell is the same."""
    file = Path("tables") / f"{name}.csv"
    same = (expected_folder(study) / file).read_bytes() == (results / file).read_bytes()
    return _("what is stated of it: its title, base, part, who is outside, or what it rests on") \
        if same else _("the order of rows or columns")


def _table_lines(study: Study, results: Path, name: str) -> list[str]:
    file = Path("tables") / f"{name}.csv"
    return table_changes(expected_folder(study) / file, results / file)


def _figure_lines(before: str, after: str) -> list[str]:
    return [_("draws other data: {before} -> {after}", before=before, after=after)]


def table_changes(before: Path, after: Path) -> list[str]:
    """Say which cells of a saved Table changed."""
    old, new = _read(before), _read(after)
    keys = [name for name in old.columns if name in new.columns and _is_key(name)]
    old, new = _addressed(old, keys), _addressed(new, keys)
    return [*_columns(old, new), *_rows(old, new), *_cells(old, new)]


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _is_key(column: str) -> bool:
    return column != STATE and not is_number(column)


def _addressed(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Give each row its address as index; rows with the same address are numbered."""
    rows = zip(*(f"{key}=" + frame[key] for key in keys), strict=True) if keys else ()
    address = pd.Series(["; ".join(row) for row in rows] or
                        [str(_("row {number}", number=number))
                         for number in range(1, len(frame) + 1)], dtype=object)
    again = address.groupby(address).cumcount()
    numbered = address.where(again == 0, address + " #" + (again + 1).astype(str))
    return frame.drop(columns=keys).set_index(pd.Index(numbered))


def _columns(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    gone = [_("column {name}: is gone", name=name)
            for name in old.columns if name not in new.columns]
    return gone + [_("column {name}: is new", name=name)
                   for name in new.columns if name not in old.columns]


def _rows(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    lines = [_("{row}: is gone ({numbers})", row=address, numbers=_numbers(old.loc[address]))
             for address in old.index.difference(new.index, sort=False)]
    return lines + [_("{row}: is new ({numbers})", row=address, numbers=_numbers(new.loc[address]))
                    for address in new.index.difference(old.index, sort=False)]


def _numbers(row: pd.Series) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if value != "") or _("empty")


def _cells(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    both = [name for name in old.columns if name in new.columns]
    for address in old.index.intersection(new.index, sort=False):
        for name in both:
            before, after = old.at[address, name], new.at[address, name]
            if _canonical(before) != _canonical(after):
                yield f"{address}, {name}: {before or _('empty')} -> {after or _('empty')}"


def _canonical(text: str) -> str:
    """Write a number as the fingerprint does, to six decimals."""
    try:
        return f"{round(float(text), 6) + 0.0:.6f}"
    except ValueError:
        return text


def changes_to_accept(
    study: Study, *, out: Path | None = None, notebooks: Path | None = None
) -> list[Comparison]:
    """List what `accept` would change.

    Gives every raw file, Table and Figure; all of them new when nothing was accepted before.
    """
    results = out or study.results
    recover(expected_folder(study), EXPECTED)
    refuse_edited(results)
    if not is_current(results, study, notebooks_folder(study, notebooks)):
        raise DataError(_(
            "{folder}: holds no results of the present data, notebooks and code. Give wbkit run "
            "first, look at the results, then accept them.",
            folder=results.name))
    if (expected_folder(study) / INDEX).is_file():
        return compare(study, results)
    return [Comparison(one["what"], one["name"], NEW) for one in saved_results(results)]


def accept(study: Study, *, out: Path | None = None, notebooks: Path | None = None) -> Path:
    """Write data/expected from the results.

    Gives the folder with the accepted results; Tables that are no longer made are gone.
    """
    changes_to_accept(study, out=out, notebooks=notebooks)
    results, expected = out or study.results, expected_folder(study)
    found = saved_results(results)
    with replaced(expected, EXPECTED) as building:
        (building / "tables").mkdir()
        for name in [one["name"] for one in found if one["what"] == "table"]:
            shutil.copyfile(results / "tables" / f"{name}.csv",
                            building / "tables" / f"{name}.csv")
        _write_csv(_inputs_accepted(results, study), building / INPUTS)
        _write_csv(_index(found, building, results), building / INDEX)
    return expected


def _index(found: list[dict[str, str]], expected: Path, results: Path) -> pd.DataFrame:
    rows = [one | {"sha256": _table_hash(one, expected)} | _made_of(one, results)
            for one in found]
    return pd.DataFrame(rows, columns=[*COLUMNS, *MADE_OF])


def _made_of(one: dict[str, str], results: Path) -> dict[str, str]:
    """Say of which sources a Table is made, and what an answer to a question is held against."""
    if one["what"] != "table":
        return dict.fromkeys(MADE_OF, "")
    about = read_json(results / "tables" / f"{one['name']}.json")
    return {"sources": "+".join(about["sources"]),
            "facts": facts_kept(restored_facts(about["table"]["facts"]))}


def _table_hash(one: dict[str, str], expected: Path) -> str:
    if one["what"] != "table":
        return ""
    return text_sha256(expected / "tables" / f"{one['name']}.csv")


def _inputs_accepted(results: Path, study: Study) -> pd.DataFrame:
    about = read_json(results / MANIFEST)["inputs"]
    rows = {name: (name, about["files"][name], about["rows"][name])
            for source in study.sources.values() for name in source.raw_files}
    return pd.DataFrame(list(rows.values()), columns=["file", "sha256", "rows"])


def _write_csv(frame: pd.DataFrame, file: Path) -> None:
    frame.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")
