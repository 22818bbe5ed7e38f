"""Cleaned answers in data/processed/: written by ``wbkit prepare``, read by notebooks."""

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wbkit.data.cleaning_log import log_in_words
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import LOG_COLUMNS, REASON_COLUMNS, Responses, after_cleaning, categorical
from wbkit.data.source_data import need
from wbkit.errors import DataError, WbkitError
from wbkit.files import write_whole
from wbkit.intake.source_files import read_bytes
from wbkit.messages import _, mark
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.study import Study

FOLDER = "processed"
PREPARE = mark("Run `wbkit prepare`.")
PRINTED = frozenset({"label", "short", "value_labels", "missing_labels", "note", "unit_label",
                     "role_labels"})  # keys of study.toml that cleaning does not read
PARTS = {"data": ".csv", "reasons": ".reasons.csv", "log": ".log.csv"}
YES, NO = "1", "0"
TEXT_PARTS = ("texts", "turns", "guide")
PLACES = {"turn": "int64", "start": "int64", "end": "int64"}


def write_processed(
    responses: Responses, raw: Raw, folder: Path, *, private: Path | None = None
) -> list[Path]:
    """Write cleaned answers, the reasons, the log, and from which file they were made.

    Gives the files. Each is whole or not there; the description comes last.
    """
    parts = {
        "data": _data_bytes(responses),
        "reasons": _csv_bytes(REASON_COLUMNS, responses.reasons.itertuples(index=False)),
        "log": _csv_bytes(LOG_COLUMNS, log_in_words(
            responses.log, responses.source.language).itertuples(index=False)),
    }
    description = _description(responses, raw, private) | {
        "sha256": {part: hashlib.sha256(content).hexdigest() for part, content in parts.items()}}
    name = raw.source.name
    files = [write_whole(folder / f"{name}{PARTS[part]}", parts[part]) for part in PARTS]
    text = json.dumps(description, indent=1, ensure_ascii=False) + "\n"
    return [*files, write_whole(folder / f"{name}.json", text.encode())]


def read_responses(study: Study, name: str) -> Responses:
    """Read the cleaned answers of a source, as ``wbkit prepare`` wrote them.

    Parameters
    ----------
    study
        The study.
    name
        Id of a source.

    Returns
    -------
    Responses
        The same as `clean` returned; the rules of the log in words of the study's language.

    Raises
    ------
    DataError
        If there are none, or the raw file or its description changed since.
    StudyError
        If the study has no such source.
    """
    need(study, Study, "read_responses", _("Give load_study() first, then the id of a source."))
    source = study.source(name)
    folder = study.folder / FOLDER
    description = _fresh(source, folder)
    refuse_older(description.get("private", ""), study, source)
    parts = {part: _part(source, folder, part, description) for part in PARTS}
    cleaned = after_cleaning(source, times=description["times"])
    return Responses(
        data=_typed(parts["data"], cleaned, folder),
        source=cleaned,
        log=log_in_words(_texts(parts["log"], LOG_COLUMNS), source.language),
        reasons=_texts(parts["reasons"], REASON_COLUMNS),
        raw_rows=description["rows"]["raw"],
        pseudonymised=frozenset(description.get("pseudonymised", ())),
        unquoted=frozenset(description.get("unquoted", ())),
    )


def private_digest(private: Path | None) -> str:
    """Return digits that change when a file of what the researcher keeps apart does."""
    files = sorted(one for one in private.glob("[!.~]*") if one.is_file()) if private else []
    return hashlib.sha256(b"".join(
        one.name.encode() + one.read_bytes() for one in files)).hexdigest()[:16] if files else ""


def refuse_older(digest: str, study: Study, source: Source) -> None:
    """Refuse what was prepared before a decision on a word, or before somebody withdrew."""
    if source.synthetic or source.public or digest == private_digest(study.private_folder):
        return
    raise DataError(_(
        "{source}: the names, the consent or the decisions in {folder} have changed since its data "
        "were prepared. {prepare}",
        source=source.name, folder=study.private_folder, prepare=_(PREPARE)))


def source_fingerprint(source: Source) -> str:
    """Return sixteen digits that change when cleaning would give other data.

    Printed words are left out, and what is as it always is: another label, or a key that a later
    version of wbkit knows, makes no data stale.
    """
    told = _without_words(source.model_dump(mode="json", exclude_defaults=True))
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _without_words(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_words(one) for key, one in part.items() if key not in PRINTED}
    return [_without_words(one) for one in part] if isinstance(part, list) else part


def _description(responses: Responses, raw: Raw, private: Path | None) -> dict[str, Any]:
    kept = len(responses.data)
    return {
        "file": raw.source.file,
        "raw_sha256": raw.sha256,
        "source": source_fingerprint(raw.source),
        "times": not raw.started.empty and not raw.completed.empty,
        "rows": {"raw": len(raw.data), "kept": kept, "set_aside": len(raw.data) - kept},
        "found": list(raw.found),
        "pseudonymised": sorted(responses.pseudonymised),
        **({"unquoted": sorted(responses.unquoted)} if responses.unquoted else {}),
        "private": private_digest(private),
    }


def _data_bytes(responses: Responses) -> bytes:
    columns = [_written(responses.data[name]) for name in responses.data.columns]
    rows = zip(responses.data.index.tolist(), *columns, strict=True)
    return _csv_bytes(("row", *responses.data.columns), rows)


def _written(column: pd.Series) -> list[str]:
    """Write one column: absent is empty, a tick is 1."""
    if column.dtype == bool:
        return np.where(column, YES, NO).tolist()
    if column.dtype == "float64":
        return ["" if np.isnan(number) else repr(number) for number in column.tolist()]
    return column.astype(object).where(column.notna(), "").tolist()


def _csv_bytes(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _fresh(source: Source, folder: Path) -> dict[str, Any]:
    """Return the description of the processed files, when they are of this raw file and study."""
    path = folder / f"{source.name}.json"
    try:
        description = json.loads(path.read_bytes())
        was = {key: description[key] for key in ("raw_sha256", "source", "times", "sha256")}
        description["rows"]["raw"]
    except FileNotFoundError:
        raise DataError(_(
            "{source}: there are no cleaned answers in {folder}. {prepare}",
            source=source.name, folder=folder, prepare=_(PREPARE))) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DataError(_(
            "{path}: is not as wbkit wrote it. {prepare}",
            path=path, prepare=_(PREPARE))) from None
    content = read_bytes(source.path, f"{source.name} ({source.file})")
    if hashlib.sha256(content).hexdigest() != was["raw_sha256"]:
        raise DataError(_(
            "{source}: {file} has changed since its answers were cleaned. {prepare}",
            source=source.name, file=source.file, prepare=_(PREPARE)))
    if source_fingerprint(source) != was["source"]:
        raise DataError(_(
            "{source}: its description in study.toml has changed since its answers were cleaned. "
            "{prepare}",
            source=source.name, prepare=_(PREPARE)))
    return description


def _part(
    source: Source, folder: Path, part: str, description: dict[str, Any]
) -> list[list[str]]:
    path = folder / f"{source.name}{PARTS[part]}"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != description["sha256"].get(part):
        raise DataError(_(
            "{path}: is not there, or not as wbkit wrote it. {prepare}",
            path=path, prepare=_(PREPARE)))
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def _texts(records: Sequence[Sequence[str]], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(records[1:], columns=list(columns))
    return frame.astype({name: "int64" if name == "row" else "str" for name in columns})


def _typed(records: Sequence[Sequence[str]], source: Source, folder: Path) -> pd.DataFrame:
    """Give every column of the file the type of its item."""
    there = set(records[0])
    known = [(item, name) for item in source.items.values() for name in _names(item, there)]
    expected = ["row", *(name for _, name in known)]
    if list(records[0]) != expected:
        raise DataError(_(
            "{path}: its columns are not those of study.toml. {prepare}",
            path=folder / f"{source.name}.csv", prepare=_(PREPARE)))
    empty: list[tuple[str, ...]] = [()] * len(expected)
    numbers, *texts = [*zip(*records[1:], strict=True)] or empty
    column = dict(zip(expected[1:], texts, strict=True))
    typed = {name: _column(item, name, column[name]) for item, name in known}
    return pd.DataFrame(typed, index=pd.Index(list(map(int, numbers)), dtype="int64"))


def _names(item: Item, there: Collection[str]) -> list[str]:
    """Return the columns of an item, with that of who marked something where the file has it."""
    names = list(item.data_columns)
    if item.kind == "multiple" and item.marked_column in there and not item.explicit:
        names.insert(len(item.categories), item.marked_column)
    return names


def _column(item: Item, name: str, texts: Sequence[str]) -> Any:
    if name == item.text_column or item.kind == "open":
        return pd.array(list(texts), dtype="str")
    if item.kind == "multiple":
        return np.array(texts, dtype=object) == YES
    if item.kind in ("numeric", "ranking"):
        return np.array([float(text) if text else np.nan for text in texts], dtype="float64")
    return categorical(item, [text or None for text in texts])


def write_texts(
    documents: Documents, folder: Path, *, private: Path | None = None
) -> list[Path]:
    """Write the texts of a source, or of an open item, for `read_texts`.

    Gives ``<name>.texts.csv``, ``<name>.turns.csv``, ``<name>.guide.csv``; last, and holding
    the hashes of those and of the raw files, ``<name>.texts.json``.
    """
    source = documents.source
    name = f"{source.name}.{documents.item}" if documents.item else source.name
    parts = {part: getattr(documents, part).to_csv(index=False, lineterminator="\n").encode()
             for part in TEXT_PARTS}
    about = {"item": documents.item, "raw": _hashes(source), "source": source_fingerprint(source),
             "found": list(documents.found), "privacy": documents.privacy,
             "private": private_digest(private),
             **({"unquoted": sorted(documents.unquoted)} if documents.unquoted else {}),
             "sha256": {part: hashlib.sha256(content).hexdigest()
                        for part, content in parts.items()}}
    contents = {f"{name}.{part}.csv": content for part, content in parts.items()}
    contents[f"{name}.texts.json"] = json.dumps(about, ensure_ascii=False, indent=1).encode()
    return [write_whole(folder / file, content) for file, content in contents.items()]


def read_texts(study: Study, name: str) -> Documents:
    """Read the texts of a source, or of an open item, as `wbkit prepare` wrote them.

    Parameters
    ----------
    study
        The study.
    name
        Id of a source of texts, or ``source.item`` for the answers to an open item.

    Returns
    -------
    Documents
        The frozen texts and their turns.

    Raises
    ------
    StudyError
        If there is no such source.
    DataError
        If the texts were not prepared, or the raw files, the description of the source or the
        texts themselves changed since.
    """
    need(study, Study, "read_texts", _("Give load_study() first, then the id of a source."))
    source = study.source(name.partition(".")[0])
    file = study.folder / FOLDER / f"{name}.texts.json"
    if not file.is_file():
        raise DataError(_(
            "{name}: its texts are not in data/{folder}. {prepare}",
            name=name, folder=FOLDER, prepare=_(PREPARE)))
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        texts, turns, guide = (_read_part(file.with_name(f"{name}.{part}.csv"),
                                          about["sha256"][part]) for part in TEXT_PARTS)
        fresh = (about["raw"], about["source"]) == (_hashes(source), source_fingerprint(source))
        if not fresh:
            raise ValueError("the raw texts or study.toml changed")
        refuse_older(about.get("private", ""), study, source)
        return Documents(texts, source, item=about["item"], found=tuple(about["found"]),
                         turns=turns.astype(PLACES), guide=guide,
                         privacy=about.get("privacy", ""),
                         unquoted=frozenset(about.get("unquoted", ())))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, WbkitError):
            raise
        raise DataError(_(
            "{name}: data/{folder} is not what the raw texts and study.toml give now. {prepare}",
            name=name, folder=FOLDER, prepare=_(PREPARE))) from None


def _hashes(source: Source) -> dict[str, str]:
    """Return the hash of each raw file by its name; the guide too."""
    try:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in source.raw_files.values()}
    except OSError as error:
        raise DataError(_(
            "{source}: there is no such file as {file}. Put the raw text back, or correct "
            "study.toml.",
            source=source.name, file=error.filename)) from None


def _read_part(file: Path, sha256: str) -> pd.DataFrame:
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("the file changed after it was written")
    return pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
