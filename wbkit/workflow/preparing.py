"""From raw files to data/processed, with an account of what happened to every row."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from wbkit.cleaning.cleaner import clean
from wbkit.cleaning.set_aside import rows_listed
from wbkit.data.cleaning_log import NO_ANSWER, SET_ASIDE, SUSPECTED
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.errors import DataError, WbkitError
from wbkit.files import remove_unfinished
from wbkit.intake.documents import read_documents
from wbkit.intake.linking_key import key_file, key_mark
from wbkit.intake.processed import FOLDER, private_digest, write_processed, write_texts
from wbkit.intake.source_files import read_source
from wbkit.messages import Told, _, counted, mark
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.workflow.attention import lines_to_look_at, rules_counted, suspected
from wbkit.workflow.files import accepted_inputs, hash_text, read_json, sha256, write_json
from wbkit.workflow.pseudonymising.applying import Private, read_private
from wbkit.workflow.results_folder import code_hash, environment_hash

NOT_ACCEPTED = mark("the raw file is not the one for which results were accepted")
ACCOUNT = ".account.json"
ENDINGS = (".reasons.csv", ".log.csv", ".csv", ".json")
TEXT_ENDINGS = (".texts.csv", ".turns.csv", ".guide.csv", ".texts.json")


@dataclass(frozen=True)
class Cleaned:
    """One source, ready to be written to data/processed.

    Parameters
    ----------
    source
        The source.
    hashes
        sha256 of each raw file, by its name from the data folder.
    raw, responses
        A table of answers, before and after cleaning.
    documents
        Texts.
    """

    source: Source
    hashes: dict[str, str]
    raw: Raw | None = None
    responses: Responses | None = None
    documents: Documents | None = None

    def write(self, folder: Path, private: Path) -> None:
        """Write the answers or the texts for notebooks to read."""
        kept = None if self.source.synthetic or self.source.public else private
        if self.documents is not None:
            write_texts(self.documents, folder, private=kept)
        else:
            write_processed(self.responses, self.raw, folder, private=kept)


@dataclass(frozen=True)
class Prepared:
    """What became of the raw files of one source.

    Parameters
    ----------
    source
        Id of the source.
    file
        The raw file or files, from the data folder.
    rows
        Rows, or texts, in each raw file.
    raw, kept, set_aside
        Numbers of rows, or of texts.
    unit
        ``rows`` or ``texts``.
    changes
        Lines in the log, by rule.
    found
        What was found out about the file.
    look
        Suspected duplicates, near misses of an option, numbers far from the others and what
        points to a person in own words: a person decides.
    warnings
        Whether the raw file is another one than before, or fewer of its rows were kept.
    """

    source: str
    file: str
    rows: dict[str, int]
    raw: int
    kept: int
    set_aside: int
    changes: dict[str, int]
    unit: str = "rows"
    found: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def prepare(
    study: Study, *, watch: Callable[[str], None] = lambda _: None,
    known: Mapping[str, Prepared] | None = None,
) -> list[Prepared]:
    """Clean every source and write it to data/processed; but not those of a known account."""
    known, tools, folder = known or {}, _tools(study), study.folder / FOLDER
    changed = {name: source for name, source in study.sources.items() if name not in known}
    if known:
        watch(_(
            "unchanged, not cleaned again: {n} of {sources} ({names})",
            n=len(known), sources=counted(len(study.sources), "source", "sources"),
            names=", ".join(known)))
    remove_unfinished(folder)
    cleaned = clean_sources(study.model_copy(update={"sources": changed}), watch=watch) \
        if changed or not known else []
    made = {one.source.name: report(one, study) for one in cleaned}
    for one in cleaned:
        one.write(folder, study.private_folder)
        _write_account(one, made[one.source.name], study, tools)
    remove_strangers(folder, study)
    return [known.get(name) or made[name] for name in study.sources]


def unchanged_accounts(study: Study) -> dict[str, Prepared]:
    """Return the accounts of the sources that were cleaned and of which nothing changed since."""
    tools = _tools(study)
    found = {name: _read_account(source, study, tools) for name, source in study.sources.items()}
    return {name: account for name, account in found.items() if account}


def _tools(study: Study) -> str:
    """Return one hash of all by which a source is cleaned."""
    private = private_digest(study.private_folder)
    return hash_text(f"{code_hash()} {environment_hash(study)} {study.language} {private}")


def _write_account(
    cleaned: Cleaned, account: Prepared, study: Study, tools: str
) -> None:
    """Write beside the cleaned answers what they were made of and what became of the rows."""
    folder, name = study.folder / FOLDER, cleaned.source.name
    files = {f"{name}{ending}" for ending in _endings(cleaned.source)}
    write_json(folder / f"{name}{ACCOUNT}", {
        "account": asdict(account) | {"warnings": []},
        "of": _made_of(cleaned.source, cleaned.hashes, tools),
        "files": {file: sha256(folder / file) for file in sorted(files)},
    })


def _made_of(source: Source, hashes: dict[str, str], tools: str) -> dict[str, Any]:
    told = source.model_dump(mode="json", exclude={"setting"})
    words = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return {"raw": hashes, "source": hash_text(words), "tools": tools}


def _read_account(source: Source, study: Study, tools: str) -> Prepared | None:
    """Return the account of a source that was cleaned before; None when anything changed since."""
    folder = study.folder / FOLDER
    try:
        found = read_json(folder / f"{source.name}{ACCOUNT}")
        hashes = _hashes(source)
        same = found["of"] == _made_of(source, hashes, tools) and all(
            sha256(folder / file) == was for file, was in found["files"].items())
        if not same or len(found["files"]) != len(_endings(source)):
            return None
        lines = {key: tuple(found["account"][key]) for key in ("found", "look")}
        warnings = (_(NOT_ACCEPTED),) if is_not_accepted(hashes, study) else ()
        return Prepared(**(found["account"] | lines | {"warnings": warnings}))
    except (OSError, WbkitError, KeyError, TypeError, AttributeError):
        return None


def _endings(source: Source) -> tuple[str, ...]:
    return TEXT_ENDINGS if source.holds_texts else ENDINGS


def clean_sources(
    study: Study, *, watch: Callable[[str], None] = lambda _: None
) -> list[Cleaned]:
    """Read and clean every source of a study."""
    if not study.sources:
        raise DataError(_(
            "{file}: names no sources. Add one under [sources.…].",
            file=study.file.name))
    done, faults, private = [], [], read_private(study)
    for number, source in enumerate(study.sources.values(), 1):
        watch(_(
            "reading {file} (source {number} of {sources})",
            file=source.file, number=number, sources=len(study.sources)))
        try:
            done.append(_clean(source, private))
        except WbkitError as fault:
            faults.append(fault)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise DataError("\n".join(map(str, faults)))
    return done


def report(cleaned: Cleaned, study: Study) -> Prepared:
    """Account for the rows and changes, or for the texts, of one source."""
    source, warnings = cleaned.source, tuple(_changed_files(cleaned, study))
    if cleaned.documents is not None:
        documents = cleaned.documents
        n = len(documents.texts)
        return Prepared(
            source=source.name, file=source.file, raw=n, kept=n, set_aside=0, changes={},
            rows={name: n if name == source.file else 1 for name in cleaned.hashes}, unit="texts",
            found=documents.found, warnings=warnings,
        )
    total, kept = len(cleaned.raw.data), len(cleaned.responses.data)
    return Prepared(
        source=source.name, file=source.file, rows={source.file: total},
        raw=total, kept=kept, set_aside=total - kept,
        changes=_by_rule(cleaned.responses.log),
        found=(*cleaned.raw.found, *_without_answer(cleaned.responses), *_key(cleaned.raw)),
        look=tuple(lines_to_look_at(cleaned.raw, cleaned.responses)),
        warnings=(*warnings, *_fewer(source.name, source.file, kept, study)),
    )


def units_counted(account: Prepared) -> Told:
    """Say how many rows, or texts, the raw file holds."""
    if account.unit == "texts":
        return counted(account.raw, "text", "texts")
    return counted(account.raw, "row", "rows")


def account_line(account: Prepared) -> Told:
    """Say in one line what became of the rows or texts of one source."""
    return _(
        "{file}: {rows} = {kept} kept + {set_aside} set aside; {lines} in the log",
        file=account.file, rows=units_counted(account), kept=account.kept,
        set_aside=account.set_aside,
        lines=counted(sum(account.changes.values()), "line", "lines"))


def _without_answer(responses: Responses) -> Iterator[str]:
    """Say how many rows were set aside without anybody asking for it."""
    bare = responses.log.loc[responses.log["rule"] == NO_ANSWER, "row"].tolist()
    if bare:
        yield _("set aside, since no question was answered: {rows} ({n})",
                rows=rows_listed(bare), n=len(bare))


def _fewer(name: str, file: str, kept: int, study: Study) -> Iterator[str]:
    """Say that fewer rows of the same file were kept than the last time."""
    place = study.folder / FOLDER / f"{name}{ACCOUNT}"
    try:
        last = read_json(place)["account"] if place.is_file() else {}
        before = last["kept"] if last.get("file") == file else kept
    except (DataError, KeyError, TypeError, AttributeError):
        return
    if isinstance(before, int) and kept < before:
        yield _(
            "{rows}, and {before} the last time. Read {log}: are these the rows that should go?",
            rows=counted(kept, "row was kept", "rows were kept"), before=before,
            log=f"{FOLDER}/{name}.log.csv")


def _key(raw: Raw) -> Iterator[str]:
    """Say with which key codes were made, and where it stands."""
    items = [item.name for item in raw.source.items.values() if item.link]
    if items:
        yield _(
            "{items}: replaced by a code, to link waves. The key ({mark}) is in {file}, outside "
            "the project. Keep it: with another key the same person has another code.",
            items=", ".join(items), mark=key_mark(raw.key), file=key_file())


def remove_strangers(folder: Path, study: Study) -> None:
    """Remove the processed files of sources that the study no longer has."""
    for description in list(folder.glob("*.json")):
        name, texts = description.name.split(".")[0], description.name.endswith(".texts.json")
        if description.name.endswith(ACCOUNT):
            continue
        known = name in study.sources and study.sources[name].holds_texts == texts
        if not known and _is_description(description):
            for ending in (*(TEXT_ENDINGS if texts else ENDINGS), ACCOUNT):
                (folder / f"{name}{ending}").unlink(missing_ok=True)


def _clean(source: Source, private: Private) -> Cleaned:
    before = _hashes(source)
    if source.holds_texts:
        cleaned = Cleaned(source, before, documents=private.documents(read_documents(source)))
    else:
        read = read_source(source)
        knowing = private.for_answers(read)
        raw = knowing.raw(read)
        responses = knowing.responses(clean(raw), read)
        cleaned = Cleaned(source, before, raw=raw, responses=responses)
        _refuse_nothing(cleaned.responses, len(raw.data))
    if _hashes(source) != before:
        raise DataError(_(
            "{file}: changed while it was being read. Close the program that writes it, and give "
            "the command again.",
            file=source.file))
    return cleaned


def _refuse_nothing(responses: Responses, rows: int) -> None:
    """Refuse a file of which no row is kept."""
    if len(responses.data):
        return
    log, source = responses.log, responses.source
    why = rules_counted(log.loc[log["after"] == SET_ASIDE, "rule"], "; ")
    raise DataError(_(
        "{source} ({file}): none of its {rows} is kept ({why}). Correct set_aside, or the "
        "headings that the items name, in study.toml; or put the right file there.",
        source=source.name, file=source.file, rows=counted(rows, "row", "rows"), why=why))


def _hashes(source: Source) -> dict[str, str]:
    """Return the hash of each raw file; none for a file that is not there, its reader says so."""
    return {name: sha256(path) for name, path in source.raw_files.items() if path.is_file()}


def _by_rule(log: pd.DataFrame) -> dict[str, int]:
    rules = log["rule"].where(~suspected(log), SUSPECTED)
    return {str(rule): int(count) for rule, count in rules.value_counts(sort=False).items()}


def _changed_files(cleaned: Cleaned, study: Study) -> Iterator[str]:
    """Say that a raw file is not the one that was prepared or accepted before."""
    ending = ".texts.json" if cleaned.documents is not None else ".json"
    before = study.folder / "processed" / f"{cleaned.source.name}{ending}"
    if before.is_file() and _prepared_from(before) != set(cleaned.hashes.values()):
        yield _("the raw file has changed since it was last prepared")
    if is_not_accepted(cleaned.hashes, study):
        yield _(NOT_ACCEPTED)


def is_not_accepted(hashes: dict[str, str], study: Study) -> bool:
    """Whether results were accepted of other raw files than these."""
    accepted = accepted_inputs(study).set_index("file")["sha256"]
    return any(accepted.get(name, digits) != digits for name, digits in hashes.items())


def _prepared_from(file: Path) -> set[str]:
    """Return the hashes of the raw files of an earlier run; none when its account is damaged."""
    try:
        about = read_json(file)
    except DataError:
        return set()
    raw = about.get("raw")
    return set(raw.values()) if isinstance(raw, dict) else {about.get("raw_sha256")}


def _is_description(file: Path) -> bool:
    """Whether ``wbkit prepare`` wrote this file."""
    try:
        content = read_json(file)
    except DataError:
        return False
    return (
        {"raw_sha256", "source", "rows"} <= set(content) or {"raw", "source"} <= set(content))
