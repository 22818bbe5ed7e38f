"""From raw files to data/processed, with an account of what happened to every row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wbkit.cleaning.cleaner import clean
from wbkit.cleaning.log import NEAR_MISS
from wbkit.errors import DataError, WbkitError
from wbkit.intake.processed import write_processed
from wbkit.intake.sources import read_source
from wbkit.nouns.raw import Raw
from wbkit.nouns.response import Responses
from wbkit.nouns.source import Source
from wbkit.nouns.study import Study
from wbkit.workflow.files import expected_folder, read_json, sha256

INPUTS = "inputs.csv"
SUSPECTED = "suspected duplicate"
ENDINGS = (".reasons.csv", ".log.csv", ".csv", ".json")


@dataclass(frozen=True)
class Prepared:
    """What became of one raw file.

    Parameters
    ----------
    source
        Id of the source.
    file
        The raw file, from the data folder.
    sha256
        Hash of its bytes.
    raw, kept, set_aside
        Numbers of rows.
    changes
        Lines in the log, by rule.
    found
        What was found out about the file.
    look
        Suspected duplicates and near misses of an option, on which a person decides.
    warnings
        Whether the raw file is another one than before.
    """

    source: str
    file: str
    sha256: str
    raw: int
    kept: int
    set_aside: int
    changes: dict[str, int]
    found: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def prepare(study: Study, *, watch: Callable[[str], None] = lambda _: None) -> list[Prepared]:
    """Clean every source and write it to data/processed.

    Parameters
    ----------
    study
        The study.
    watch
        Called with one line about each source.

    Returns
    -------
    list of Prepared
        One for each source, in the order of study.toml.

    Raises
    ------
    WbkitError
        If a source cannot be read or cleaned; the faults of all sources at once.
        Then nothing is written.
    """
    folder = study.folder / "processed"
    cleaned = clean_sources(study, watch=watch)
    reports = [report(raw, responses, study) for raw, responses in cleaned]
    for raw, responses in cleaned:
        write_processed(responses, raw, folder)
    remove_strangers(folder, study)
    return reports


def clean_sources(
    study: Study, *, watch: Callable[[str], None] = lambda _: None
) -> list[tuple[Raw, Responses]]:
    """Read and clean every source of a study.

    Parameters
    ----------
    study
        The study.
    watch
        Called with one line about each source.

    Returns
    -------
    list of Raw and Responses
        One pair for each source.

    Raises
    ------
    WbkitError
        The faults of all sources at once.
    """
    if not study.sources:
        raise DataError(f"{study.file.name}: names no sources. Add one under [sources.…].")
    done, faults = [], []
    for source in study.sources.values():
        watch(f"reading {source.file}")
        try:
            done.append(_clean(source))
        except WbkitError as fault:
            faults.append(fault)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise DataError("\n".join(map(str, faults)))
    return done


def report(raw: Raw, responses: Responses, study: Study) -> Prepared:
    """Account for the rows and changes of one source.

    Parameters
    ----------
    raw, responses
        The source before and after cleaning.
    study
        The study; its earlier and its accepted data are compared with the raw file.

    Returns
    -------
    Prepared
        The account.
    """
    total, kept = len(raw.data), len(responses.data)
    return Prepared(
        source=raw.source.name, file=raw.source.file, sha256=raw.sha256,
        raw=total, kept=kept, set_aside=total - kept,
        changes=_by_rule(responses.log), found=raw.found,
        look=tuple(_to_look_at(responses.log, raw.source.name)),
        warnings=tuple(_changed_files(raw, study)),
    )


def remove_strangers(folder: Path, study: Study) -> None:
    """Remove the processed files of sources that the study no longer has.

    Parameters
    ----------
    folder
        data/processed. Only files that a previous ``wbkit prepare`` wrote are removed.
    study
        The study.
    """
    for description in folder.glob("*.json"):
        name = description.stem
        if name not in study.sources and _is_description(description):
            for ending in ENDINGS:
                (folder / f"{name}{ending}").unlink(missing_ok=True)


def accepted_inputs(study: Study) -> pd.DataFrame:
    """Return the raw files for which the results were accepted: file, sha256, rows.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    pandas.DataFrame
        Text in every cell; empty when nothing was accepted yet.
    """
    file = expected_folder(study) / INPUTS
    if not file.is_file():
        return pd.DataFrame({"file": [], "sha256": [], "rows": []}, dtype=str)
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def _clean(source: Source) -> tuple[Raw, Responses]:
    raw = read_source(source)
    responses = clean(raw)
    if sha256(source.path) != raw.sha256:
        raise DataError(
            f"{source.file}: changed while it was being read. Close the program that writes it, "
            "and give the command again."
        )
    return raw, responses


def _by_rule(log: pd.DataFrame) -> dict[str, int]:
    rules = log["rule"].where(~_suspected(log), SUSPECTED)
    return {str(rule): int(count) for rule, count in rules.value_counts(sort=False).items()}


def _suspected(log: pd.DataFrame) -> pd.Series:
    return log["rule"].str.startswith(SUSPECTED)


def _to_look_at(log: pd.DataFrame, name: str) -> Iterator[str]:
    for line in log[_suspected(log)].itertuples():
        yield f"row {line.row}: {line.rule}, {line.after}"
    for item, count in log.loc[log["rule"] == NEAR_MISS, "item"].value_counts(sort=False).items():
        yield (f"{item}: {count} own words resemble an option; decide in {name}.log.csv "
               "and write corrections in study.toml")


def _changed_files(raw: Raw, study: Study) -> list[str]:
    """Say that a raw file is not the one that was prepared or accepted before."""
    before = study.folder / "processed" / f"{raw.source.name}.json"
    words = []
    if before.is_file() and read_json(before).get("raw_sha256") != raw.sha256:
        words.append("the raw file has changed since it was last prepared")
    accepted = accepted_inputs(study).set_index("file")["sha256"]
    if accepted.get(raw.source.file, raw.sha256) != raw.sha256:
        words.append("the raw file is not the one for which results were accepted")
    return words


def _is_description(file: Path) -> bool:
    """Whether ``wbkit prepare`` wrote this file."""
    try:
        content = read_json(file)
    except DataError:
        return False
    return isinstance(content, dict) and {"raw_sha256", "source", "rows"} <= set(content)
