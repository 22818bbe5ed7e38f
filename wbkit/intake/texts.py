"""The texts in data/processed: written by `wbkit prepare`, read by notebooks."""

import hashlib
import io
import json
from pathlib import Path

import pandas as pd

from wbkit.data.documents import Documents
from wbkit.data.given import need
from wbkit.errors import DataError, WbkitError
from wbkit.intake.processed import FOLDER, PREPARE, source_fingerprint
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.whole_files import write_whole

PARTS = ("texts", "turns", "guide")
PLACES = {"turn": "int64", "start": "int64", "end": "int64"}


def write_texts(documents: Documents, folder: Path) -> list[Path]:
    """Write the texts of a source, or of an open item, for `read_texts`.

    Parameters
    ----------
    documents
        As `read_documents` or `open_answers` returns them. Names of speakers are not written.
    folder
        Where to write; made when it is not there.

    Returns
    -------
    list of Path
        ``<name>.texts.csv``, ``<name>.turns.csv``, ``<name>.guide.csv``; last, and holding the
        hashes of those and of the raw files, ``<name>.texts.json``.

    Raises
    ------
    DataError
        If a raw file is not there.
    """
    source = documents.source
    name = f"{source.name}.{documents.item}" if documents.item else source.name
    parts = {part: getattr(documents, part).to_csv(index=False, lineterminator="\n").encode()
             for part in PARTS}
    about = {"item": documents.item, "raw": _hashes(source), "source": source_fingerprint(source),
             "found": list(documents.found),
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
    need(study, Study, "read_texts", "Give load_study() first, then the id of a source.")
    source = study.source(name.partition(".")[0])
    file = study.folder / FOLDER / f"{name}.texts.json"
    if not file.is_file():
        raise DataError(f"{name}: its texts are not in data/{FOLDER}. {PREPARE}")
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        texts, turns, guide = (_read_part(file.with_name(f"{name}.{part}.csv"),
                                          about["sha256"][part]) for part in PARTS)
        fresh = (about["raw"], about["source"]) == (_hashes(source), source_fingerprint(source))
        if not fresh:
            raise ValueError("the raw texts or study.toml changed")
        return Documents(texts, source, item=about["item"], found=tuple(about["found"]),
                         turns=turns.astype(PLACES), guide=guide)
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, WbkitError):
            raise
        raise DataError(f"{name}: data/{FOLDER} is not what the raw texts and study.toml give "
                        f"now. {PREPARE}") from None


def _hashes(source: Source) -> dict[str, str]:
    """Return the hash of each raw file by its name; the guide too."""
    try:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in source.raw_files.values()}
    except OSError as error:
        raise DataError(f"{source.name}: there is no such file as {error.filename}. Put the raw "
                        "text back, or correct study.toml.") from None


def _read_part(file: Path, sha256: str) -> pd.DataFrame:
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("the file changed after it was written")
    return pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
