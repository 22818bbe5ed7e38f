"""How well dictionary hits find what people coded."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wbkit.coding.agreement.agreement import (
    COLUMNS,
    LEAST_DOCUMENTS,
    TIMES,
    measured,
    too_few,
    undefined,
    without_few,
)
from wbkit.coding.agreement.first_round import clusters, joined
from wbkit.coding.interview_guide import items_of
from wbkit.coding.presence import rolled_up, waiting
from wbkit.coding.units import (
    Places,
    Unit,
    check_unit,
    counted_unit,
    cut,
    given,
    passages,
    places,
)
from wbkit.data.codings import ACCEPTED, CONSENSUS, MANUAL, Codings, need_codings
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.stats.intervals import percentile_interval, resamples
from wbkit.study.source import Source
from wbkit.table.facts import Count, Fact, Subject
from wbkit.table.statements.coding import Considered, Resampled, Waiting
from wbkit.table.table import Table

QUALITIES = ("precision", "recall", "f1")


def precision_recall(
    codings: Codings | Sequence[Codings], *, against: Codings | Sequence[Codings],
    unit: Unit = "turn", codes: Sequence[str] | None = None, coder: str | None = None,
    seed: int = 1,
) -> Table:
    """Compare dictionary hits with what people coded by hand in the same texts.

    A code that stands above others is found where one under it is; of these count those that
    both looked for.

    Parameters
    ----------
    codings
        Hits of `code_by_dictionary`; a list takes the texts of several sources together.
    against
        Codings by hand of the same documents, in the same order: of one coder, or a consensus.
    unit
        ``turn``, ``document`` or ``character``.
    codes
        Ids of codes; all that both looked for, and those above them, when left out.
    coder
        Whose codings count as right, when there are several coders and no consensus.
    seed
        The same seed gives the same interval.

    Returns
    -------
    Table
        One row for each code and measure, over the texts in which both looked for the code.

        - ``measure``: ``precision`` (share of the units with a hit that have the code),
          ``recall`` (share of the units with the code that have a hit), ``f1`` (their harmonic
          mean)
        - ``estimate``, ``low``, ``high``: from 0 to 1; 95 % interval from drawing whole
          documents again
        - ``n``: units with a hit (precision), with the code (recall), with either (f1)
        - ``reason``: ids joined by ``+``

    Raises
    ------
    CodingError
        If the texts or codebooks differ, they do not both know a code, or it is not clear whose
        codings count.
    """
    check_unit(unit)
    by_source = need_codings(against, "precision_recall(against=…)")
    found_by = joined(need_codings(codings, "precision_recall"))
    right = joined(by_source)
    _check_same(found_by, right)
    data, by_hand = _right(right, coder)
    looked = _both_looked(found_by, by_hand)
    chosen = _chosen(found_by, looked, codes)
    marked = pd.concat([_marks(found_by.data, "hit", looked), _marks(data, "hand", looked)])
    found, yes = _judged(found_by, marked, chosen, unit)
    weight = found.sizes.astype(float) if unit == "character" else np.ones(len(found.starts))
    sources = [one.documents.source for one in by_source]
    cluster = clusters(found_by.documents, sources)[found.document]
    there = _looked_above(found_by, looked, chosen)
    rows = [one for at, code in enumerate(chosen) for one in _rows(
        code, yes[at], np.where(there[found.document, at], weight, 0), cluster, seed)]
    counted = (int(there.any(axis=1).sum()), waiting([found_by], chosen))
    return _table(right, sources, unit, rows, counted)


def _judged(
    codings: Codings, marked: pd.DataFrame, chosen: Sequence[str], unit: Unit
) -> tuple[Places, np.ndarray]:
    """Return the units, and whether each has a hit and a coding: (codes, hit or hand, units)."""
    marked = rolled_up(marked, codings.codebook, chosen)
    laid = passages(marked.assign(code=marked["shown"]), codings.documents, chosen,
                    ("hit", "hand"))
    found = places(codings.documents, unit)
    found = cut(found, laid) if unit == "character" else found
    return found, given(found, laid, len(chosen), 2)


def _check_same(codings: Codings, against: Codings) -> None:
    one, other = (part.documents.texts[["document", "sha256"]] for part in (codings, against))
    if not one.reset_index(drop=True).equals(other.reset_index(drop=True)):
        raise CodingError(_(
            "The hits and the codings by hand are not of the same texts. Code the same Documents."))


def _right(against: Codings, coder: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the codings that count as right, and where that coder looked."""
    data = against.data[against.data["status"] == ACCEPTED]
    data = data[data["origin"].isin([MANUAL, CONSENSUS])]
    known = sorted(set(data["coder"]) | set(against.considered["coder"]))
    chosen = CONSENSUS if coder is None and CONSENSUS in known else coder
    chosen = known[0] if chosen is None and len(known) == 1 else chosen
    if chosen not in known:
        raise CodingError(_(
            "{source}: it is not clear whose codings count as right; there is {known}. Use "
            "coder=…, or make a consensus first.",
            source=against.documents.source.name, known=", ".join(known) or _("nobody")))
    looked = against.considered
    return data[data["coder"] == chosen], looked[looked["coder"] == chosen]


def _both_looked(codings: Codings, by_hand: pd.DataFrame) -> pd.DataFrame:
    """Return whether both looked for a code: one row for each text, one column for each code."""
    texts, book = codings.documents.texts["document"], list(codings.codebook.codes)
    at = {code: place for place, code in enumerate(book)}
    both = np.ones((len(texts), len(book)), dtype=bool)
    for looked in (codings.considered, by_hand):
        own = np.zeros_like(both)
        rows = pd.Index(texts).get_indexer(looked["document"])
        for row, there in zip(rows, looked["codes"], strict=True):
            own[row, [at[code] for code in there if code in at]] = True
        both &= own
    return pd.DataFrame(both, index=texts, columns=book)


def _chosen(
    codings: Codings, looked: pd.DataFrame, codes: Sequence[str] | None
) -> list[str]:
    """Return the codes to show: those asked for, or all that both looked for and those above."""
    book, there = codings.codebook, set(looked.columns[looked.any()])
    known = [code for code in book.codes if there & set(book.descendants(code))]
    wanted = known if codes is None else [codes] if isinstance(codes, str) else list(codes)
    strange = [code for code in wanted if code not in known]
    if strange or not wanted:
        raise CodingError(_(
            "The dictionary and the coder did not both look for {code} in the same text. "
            "Both looked for {known}. Choose among these, or code by hand a code that has terms.",
            code=repr(strange[0]) if strange else _("any code"),
            known=", ".join(known) or _("nothing")))
    return wanted


def _marks(data: pd.DataFrame, who: str, looked: pd.DataFrame) -> pd.DataFrame:
    """Return the passages with a code for which both looked in that text."""
    kept = data.loc[data["status"].eq(ACCEPTED), ["document", "start", "end", "code"]]
    row = looked.index.get_indexer(kept["document"])
    place = looked.columns.get_indexer(kept["code"].astype("str"))
    return kept[looked.to_numpy()[row, place]].assign(coder=who)


def _looked_above(
    codings: Codings, looked: pd.DataFrame, chosen: Sequence[str]
) -> np.ndarray:
    """Return whether both looked for a code or one under it: shape (texts, chosen)."""
    return np.stack([looked[codings.codebook.descendants(code)].any(axis=1).to_numpy()
                     for code in chosen], axis=1)


def _rows(
    code: str, yes: np.ndarray, weight: np.ndarray, cluster: np.ndarray, seed: int
) -> list[dict[str, object]]:
    """Return precision, recall and F1 of one code."""
    own, cluster = np.unique(cluster[weight > 0], return_inverse=True)
    weight, yes = weight[weight > 0], yes[:, weight > 0]
    parts = (yes[0] & yes[1], yes[0], yes[1])
    counted = np.column_stack([np.bincount(cluster[part], weight[part], len(own))
                               for part in parts])
    totals = counted.sum(axis=0)
    low = high = np.full(len(QUALITIES), np.nan)
    if len(own) >= LEAST_DOCUMENTS:
        drawn = [_shares(block @ counted) for block in resamples(len(own), TIMES, seed)]
        low, high = percentile_interval(np.concatenate(drawn))
    both, hit, hand = totals
    ns = (hit, hand, hit + hand - both)
    return [measured((code, name), estimate, int(ns[at]), absent=f"none_{name}",
                     care=too_few(int(ns[at]), len(own)), ends=(low[at], high[at]))
            for at, (name, estimate) in enumerate(zip(QUALITIES, _shares(totals), strict=True))]


def _shares(totals: np.ndarray) -> np.ndarray:
    """Return precision, recall and F1 from units with both, with a hit, with the code."""
    both, hit, hand = totals[..., 0], totals[..., 1], totals[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([both / hit, both / hand, 2 * both / (hit + hand)], axis=-1)


def _table(
    against: Codings, sources: Sequence[Source], unit: Unit, rows: list[dict[str, object]],
    counted: tuple[int, int],
) -> Table:
    documents, held = counted
    texts = against.documents
    notes: list[Fact] = [Resampled()] if any(not np.isnan(row["low"]) for row in rows) else []
    notes += [Waiting("held", Count(held))] if held else []
    facts = (Subject("evaluate", items_of(texts)), counted_unit(unit, texts),
             Considered("evaluate_base", every=Count(len(texts.texts)), texts=Count(documents)),
             *notes, *undefined(rows))
    data = without_few(pd.DataFrame(rows, columns=list(COLUMNS)),
                       max(source.minimum for source in sources))
    return Table(data, "agreement", ("code",), facts,
                 (*sources, against.codebook))
