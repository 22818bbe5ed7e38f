"""The texts in data/processed: written by `wbkit prepare`, read by notebooks."""

import hashlib
import io
import json
from pathlib import Path

import pandas as pd

from wbkit.basis.frozen import sha256_of
from wbkit.errors import DataError
from wbkit.nouns.documents import GUIDE_COLUMNS, TURN_COLUMNS, Documents
from wbkit.nouns.source import Source
from wbkit.nouns.study import Study

PARTS = ("texts", "turns", "guide")
PLACES = {"turn": "int64", "start": "int64", "end": "int64"}


def write_texts(documents: Documents) -> list[Path]:
    """Write the texts of a source or of an open item to data/processed.

    Parameters
    ----------
    documents
        As `read_documents` or `open_answers` returns them. Names of speakers are not written.

    Returns
    -------
    list of Path
        ``<name>.texts.csv``, ``<name>.turns.csv``, ``<name>.guide.csv`` and
        ``<name>.texts.json`` (hashes of raw files and of the description; what was found).

    Raises
    ------
    DataError
        If a raw file is not there.
    """
    source = documents.source
    name = f"{source.name}.{documents.item}" if documents.item else source.name
    folder = _processed(source)
    folder.mkdir(parents=True, exist_ok=True)
    about = {"source": source.name, "item": documents.item, "raw": _hashes(source),
             "description": description(source), "found": list(documents.found)}
    contents = {f"{name}.{part}.csv": getattr(documents, part).to_csv(
        index=False, lineterminator="\n") for part in PARTS}
    contents[f"{name}.texts.json"] = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    for file, content in contents.items():
        (folder / file).write_text(content, encoding="utf-8", newline="\n")
    return [folder / file for file in contents]


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
    source = study.source(name.partition(".")[0])
    file = _processed(source) / f"{name}.texts.json"
    if not file.is_file():
        raise DataError(f"{name}: its texts are not in data/processed. Run wbkit prepare.")
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        texts, turns, guide = (_read_part(file.with_name(f"{name}.{part}.csv")) for part in PARTS)
        current = (about["raw"], about["description"]) == (_hashes(source), description(source))
        whole = sha256_of(texts["text"]) == texts["sha256"].tolist()
        documents = Documents(
            texts, source, item=about["item"], found=tuple(about["found"]),
            turns=turns[[*TURN_COLUMNS]].astype(PLACES), guide=guide[[*GUIDE_COLUMNS]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, DataError) and "no such file" in str(error):
            raise
        current = whole = False
    if not (current and whole):
        raise DataError(f"{name}: data/processed is not what the raw texts and study.toml give "
                        "now. Run wbkit prepare again.")
    return documents


def description(source: Source) -> str:
    """Return a hash of what study.toml says about the texts of a source."""
    said = source.model_dump_json(include={"name", "file", "format", "unit", "texts", "items"})
    return hashlib.sha256(said.encode()).hexdigest()


def _processed(source: Source) -> Path:
    return source.setting.folder / "processed"


def _hashes(source: Source) -> dict[str, str]:
    """Return the hash of each raw file by its name; the guide too."""
    folder = source.setting.folder
    several = any(sign in source.file for sign in "*?[")
    paths = sorted(folder.glob(source.file)) if several else [source.path]
    paths += [folder / source.texts.guide] if source.texts and source.texts.guide else []
    try:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    except OSError as error:
        raise DataError(f"{source.name}: there is no such file as {error.filename}. Put the raw "
                        "text back, or correct study.toml.") from None


def _read_part(file: Path) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(file.read_text(encoding="utf-8")), dtype="str",
                       keep_default_na=False)
