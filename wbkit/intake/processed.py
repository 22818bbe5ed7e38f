"""Cleaned answers in data/processed/: written by ``wbkit prepare``, read by notebooks."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wbkit.data.cleaning_log import log_in_words
from wbkit.data.columns import after_cleaning, categorical
from wbkit.data.given import need
from wbkit.data.raw import Raw
from wbkit.data.responses import LOG_COLUMNS, REASON_COLUMNS, Responses
from wbkit.errors import DataError
from wbkit.intake.source_files import read_bytes
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.whole_files import write_whole

FOLDER = "processed"
PREPARE = "Run `wbkit prepare`."
PARTS = {"data": ".csv", "reasons": ".reasons.csv", "log": ".log.csv"}
YES, NO = "1", "0"


def write_processed(responses: Responses, raw: Raw, folder: Path) -> list[Path]:
    """Write cleaned answers, the reasons, the log, and from which file they were made.

    Parameters
    ----------
    responses
        Cleaned answers.
    raw
        The raw file from which they were made.
    folder
        Where to write; made when it is not there.

    Returns
    -------
    list of Path
        The files. Each is whole or not there; the description comes last.
    """
    parts = {
        "data": _data_bytes(responses),
        "reasons": _csv_bytes(REASON_COLUMNS, responses.reasons.itertuples(index=False)),
        "log": _csv_bytes(LOG_COLUMNS, log_in_words(
            responses.log, responses.source.language).itertuples(index=False)),
    }
    description = _description(responses, raw) | {
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
    need(study, Study, "read_responses", "Give load_study() first, then the id of a source.")
    source = study.source(name)
    folder = study.folder / FOLDER
    description = _fresh(source, folder)
    parts = {part: _part(source, folder, part, description) for part in PARTS}
    cleaned = after_cleaning(source, times=description["times"])
    return Responses(
        data=_typed(parts["data"], cleaned, folder),
        source=cleaned,
        log=log_in_words(_texts(parts["log"], LOG_COLUMNS), source.language),
        reasons=_texts(parts["reasons"], REASON_COLUMNS),
        raw_rows=description["rows"]["raw"],
    )


def source_fingerprint(source: Source) -> str:
    """Return sixteen digits that change when the description of a source changes.

    Parameters
    ----------
    source
        The source as study.toml has it.

    Returns
    -------
    str
        The beginning of a sha256.
    """
    return hashlib.sha256(source.model_dump_json().encode()).hexdigest()[:16]


def _description(responses: Responses, raw: Raw) -> dict[str, Any]:
    kept = len(responses.data)
    return {
        "file": raw.source.file,
        "raw_sha256": raw.sha256,
        "source": source_fingerprint(raw.source),
        "times": not raw.started.empty and not raw.completed.empty,
        "rows": {"raw": len(raw.data), "kept": kept, "set_aside": len(raw.data) - kept},
        "found": list(raw.found),
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
        raise DataError(f"{source.name}: there are no cleaned answers in {folder}. "
                        f"{PREPARE}") from None
    except (ValueError, KeyError, TypeError):
        raise DataError(f"{path}: is not as wbkit wrote it. {PREPARE}") from None
    content = read_bytes(source.path, f"{source.name} ({source.file})")
    if hashlib.sha256(content).hexdigest() != was["raw_sha256"]:
        raise DataError(f"{source.name}: {source.file} has changed since its answers were "
                        f"cleaned. {PREPARE}")
    if source_fingerprint(source) != was["source"]:
        raise DataError(f"{source.name}: its description in study.toml has changed since its "
                        f"answers were cleaned. {PREPARE}")
    return description


def _part(
    source: Source, folder: Path, part: str, description: dict[str, Any]
) -> list[list[str]]:
    path = folder / f"{source.name}{PARTS[part]}"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != description["sha256"].get(part):
        raise DataError(f"{path}: is not there, or not as wbkit wrote it. {PREPARE}")
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def _texts(records: Sequence[Sequence[str]], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(records[1:], columns=list(columns))
    return frame.astype({name: "int64" if name == "row" else "str" for name in columns})


def _typed(records: Sequence[Sequence[str]], source: Source, folder: Path) -> pd.DataFrame:
    """Give every column of the file the type of its item."""
    expected = ["row", *(name for item in source.items.values() for name in item.columns)]
    if list(records[0]) != expected:
        raise DataError(f"{folder / source.name}.csv: its columns are not those of study.toml. "
                        f"{PREPARE}")
    empty: list[tuple[str, ...]] = [()] * len(expected)
    numbers, *texts = [*zip(*records[1:], strict=True)] or empty
    column = dict(zip(expected[1:], texts, strict=True))
    typed = {name: _column(item, name, column[name])
             for item in source.items.values() for name in item.columns}
    return pd.DataFrame(typed, index=pd.Index(list(map(int, numbers)), dtype="int64"))


def _column(item: Item, name: str, texts: Sequence[str]) -> Any:
    if name == item.text_column or item.kind == "open":
        return pd.array(list(texts), dtype="str")
    if item.kind == "multiple":
        return np.array(texts, dtype=object) == YES
    if item.kind == "numeric":
        return np.array([float(text) if text else np.nan for text in texts], dtype="float64")
    return categorical(item, [text or None for text in texts])
