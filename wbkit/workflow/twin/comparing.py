"""The report that lays a twin beside its original."""

from pathlib import Path

import numpy as np
import pandas as pd

from wbkit.cleaning.cleaner import clean
from wbkit.data.source_data import need
from wbkit.files import write_whole
from wbkit.intake.documents import read_documents
from wbkit.intake.source_files import read_source
from wbkit.messages import _
from wbkit.privacy.twin.answer_grid import answer_grid, hide_small, protected_pairs
from wbkit.privacy.twin.likeness import (
    SAMPLES,
    SHORT,
    Distances,
    distances,
    said,
    same_rows,
    same_texts,
    written,
)
from wbkit.privacy.twin.raw_cells import Original
from wbkit.study.study import Study
from wbkit.table.facts import Subject
from wbkit.table.statements.survey import WHOLE_STUDY, Resembling
from wbkit.table.table import Table
from wbkit.workflow.twin.study_twin import SEED, Originals, read_originals

NEAREST, FARTHEST = 1.0, 1.2  # in distances between two bootstrap samples of the original
REPORT, TITLE = "vergelijking.md", "Oefenversie en onderzoek naast elkaar"
COLUMNS = ["original", "rows", "tables", "distance", "bootstrap", "ratio", "same_rows",
           "same_short", "same_texts"]


def compare_twin(study: Study, twin: Study, *, seed: int = SEED) -> Table:
    """Say how like a twin is to its original, and what of the original stands in it.

    A twin that is like another survey of the same school lies as far from the original as two
    bootstrap samples of the original lie apart: a ratio of 1 to 1.2. Nearer would be copying.

    Parameters
    ----------
    study
        The original.
    twin
        Its twin, as `twin` returns it.
    seed
        Of the bootstrap samples.

    Returns
    -------
    Table
        One row for each source that is made up, and one for the study.

        - ``original``: id of the source, ``study`` for all together
        - ``rows``: rows or texts in the twin
        - ``tables``: protected two-way Tables in which a count is shown
        - ``distance``: median total variation distance between twin and original, from 0 to 1
        - ``bootstrap``: the same between two bootstrap samples of the original
        - ``ratio``: distance / bootstrap
        - ``same_rows``, ``same_short``: rows of the twin that stand in the original, with 8
          answers or more, and with fewer, which can be the same by chance
        - ``same_texts``: open answers, or turns of a conversation, that stand in the original
        - ``state``: ``shown``

    Raises
    ------
    DataError
        If a file of one of the two cannot be read.

    References
    ----------
    .. [1] Snoke, J., Raab, G. M., Nowok, B., Dibben, C., & Slavkovic, A. (2018). General and
       specific utility measures for synthetic data. Journal of the Royal Statistical Society A,
       181, 663-688.
    """
    need(study, Study, "compare_twin", _("Give load_study()."))
    need(twin, Study, "compare_twin", _("Give what twin(…) returned."))
    rng = np.random.default_rng(seed)
    originals = read_originals(study)
    rows, apart = [], []
    for name, one in originals.answers.items():
        row, far = _answers_row(one, twin, name, rng)
        rows.append(row)
        apart += [far] if far is not None and len(far.twin) else []
    rows += [_texts_row(originals, twin, name) for name in originals.documents]
    data = pd.DataFrame([*rows, _whole(rows, apart)], columns=COLUMNS).assign(state="shown")
    data = data.astype(dict.fromkeys(COLUMNS[1:], float))
    facts = (Subject("twin"), Resembling(int(data["tables"].iloc[-1]), SAMPLES, SHORT))
    return Table(data, "twin", ("original",), facts, tuple(twin.sources.values()))


def _answers_row(
    one: Original, twin: Study, name: str, rng: np.random.Generator
) -> tuple[tuple, Distances | None]:
    raw = read_source(twin.source(name))
    long, short = same_rows(one.raw, raw)
    texts = same_texts(written(one.raw), written(raw))
    far = None
    if not one.raw.source.counts:
        grid = answer_grid(one.responses)
        __, pairs = protected_pairs(grid, hide_small)
        far = distances(grid, pairs, clean(raw), rng) if len(grid.columns) else None
    return (name, len(raw.data), *_ratio([far] if far is not None else []), long, short, texts), far


def _ratio(apart: list[Distances]) -> tuple[float, float, float, float]:
    """Return the number of tables, both median distances, and their ratio."""
    if not apart or not sum(len(one.twin) for one in apart):
        return 0, np.nan, np.nan, np.nan
    twin = np.concatenate([one.twin for one in apart])
    samples = np.concatenate([one.samples for one in apart], axis=1)
    far, chance = np.median(twin), np.median(samples, axis=1).mean()
    return len(twin), far, chance, far / chance if chance else np.nan


def _texts_row(originals: Originals, twin: Study, name: str) -> tuple:
    documents = read_documents(twin.source(name))
    same = same_texts(said(originals.documents[name]), said(documents))
    return (name, len(documents.texts), 0, np.nan, np.nan, np.nan, 0, 0, same)


def _whole(rows: list[tuple], apart: list[Distances]) -> tuple:
    sums = [sum(row[COLUMNS.index(name)] for row in rows)
            for name in ("rows", "same_rows", "same_short", "same_texts")]
    return (WHOLE_STUDY, sums[0], *_ratio(apart), *sums[1:])


def write_comparison(table: Table, folder: Path) -> Path:
    """Keep the report beside the twin: it holds nothing of anybody."""
    words = "\n".join([f"# {TITLE}", "", "```", repr(table), "```", ""])
    return write_whole(folder / REPORT, words.encode())


def is_fair(table: Table) -> bool:
    """Whether a twin is as far from its original as it should be, with nothing of it in it."""
    whole = table.data.iloc[-1]
    fair = np.isnan(whole["ratio"]) or NEAREST <= whole["ratio"] <= FARTHEST
    return bool(fair and whole["same_rows"] == 0 and whole["same_texts"] == 0)
