"""How well dictionary hits find what people coded."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wbkit.basis.resampling import percentile_interval, resamples
from wbkit.coding.remarks import COLUMNS, agreement_labels
from wbkit.coding.units import Unit, check_unit, cut, given, passages, places
from wbkit.errors import CodingError
from wbkit.labels import label, number
from wbkit.nouns.codings import ACCEPTED, CONSENSUS, MANUAL, Codings
from wbkit.nouns.table import Table

MEASURES = ("precision", "recall", "f1")
FEW_POSITIVES, FEW_DOCUMENTS, TIMES = 10, 15, 1_000


def evaluate(
    codings: Codings, *, against: Codings, unit: Unit = "turn",
    codes: Sequence[str] | None = None, coder: str | None = None, seed: int = 1,
) -> Table:
    """Compare dictionary hits with what people coded by hand in the same texts.

    Parameters
    ----------
    codings
        Hits of `code_by_dictionary`.
    against
        Codings by hand of the same documents: of one coder, or a consensus.
    unit
        ``turn``, ``document`` or ``character``.
    codes
        Ids of codes; all that both looked for when left out.
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
        If the texts differ, they have no code in common, or it is not clear whose codings count.
    """
    check_unit(unit)
    _check_same(codings, against)
    data, looked_by_hand = _right(against, coder)
    hits = codings.data
    chosen, looked = _both_looked(codings, looked_by_hand, codes)
    columns = ["document", "start", "end", "code"]
    found_words = hits.loc[hits["status"].eq(ACCEPTED), columns]
    both = pd.concat([found_words.assign(coder="hit"), data[columns].assign(coder="hand")])
    both = both[both["code"].isin(chosen)]
    laid = passages(both, codings.documents, chosen, ("hit", "hand"))
    found = places(codings.documents, unit)
    found = cut(found, laid) if unit == "character" else found
    yes = given(found, laid, len(chosen), 2)
    weight = found.sizes.astype(float) if unit == "character" else np.ones(len(found.starts))
    cluster = pd.factorize(codings.documents.texts["unit"])[0][found.document]
    rows = [row for at, code in enumerate(chosen) for row in _rows(
        code, yes[at], np.where(looked[found.document, at], weight, 0), cluster, (TIMES, seed))]
    held = int((~hits["status"].eq(ACCEPTED) & hits["code"].isin(chosen)).sum())
    return _table(against, unit, rows, int(looked.any(axis=1).sum()), held)


def _check_same(codings: Codings, against: Codings) -> None:
    one, other = (part.documents.texts[["document", "sha256"]] for part in (codings, against))
    if not one.reset_index(drop=True).equals(other.reset_index(drop=True)):
        raise CodingError("The hits and the codings by hand are not of the same texts. "
                          "Code the same Documents.")


def _right(against: Codings, coder: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the codings that count as right, and where that coder looked."""
    data = against.data[against.data["status"] == ACCEPTED]
    data = data[data["origin"].isin([MANUAL, CONSENSUS])]
    known = sorted(set(data["coder"]) | set(against.considered["coder"]))
    chosen = CONSENSUS if coder is None and CONSENSUS in known else coder
    chosen = known[0] if chosen is None and len(known) == 1 else chosen
    if chosen not in known:
        raise CodingError(
            f"{against.documents.source.name}: it is not clear whose codings count as right; there "
            f"is {', '.join(known) or 'nobody'}. Use coder=…, or make a consensus first.")
    looked = against.considered
    return data[data["coder"] == chosen], looked[looked["coder"] == chosen]


def _both_looked(
    codings: Codings, by_hand: pd.DataFrame, codes: Sequence[str] | None
) -> tuple[list[str], np.ndarray]:
    """Return the codes for which both looked in some text, and in which texts."""
    texts = pd.Index(codings.documents.texts["document"])
    asked = set(codings.codes if codes is None else [codes] if isinstance(codes, str) else codes)
    wanted = [code for code in codings.codebook.codes if code in asked]
    both = np.ones((len(texts), len(wanted)), dtype=bool)
    for looked in (codings.considered, by_hand):
        own = np.zeros_like(both)
        for row, there in zip(texts.get_indexer(looked["document"]), looked["codes"], strict=True):
            own[row] |= [code in there for code in wanted]
        both &= own
    kept = both.any(axis=0)
    if not kept.any():
        raise CodingError("The dictionary and the coder looked for no code in the same text. "
                          "Choose codes with terms that were coded by hand too.")
    return [code for code, one in zip(wanted, kept, strict=True) if one], both[:, kept]


def _rows(
    code: str, yes: np.ndarray, weight: np.ndarray, cluster: np.ndarray, draw: tuple[int, int]
) -> list[dict[str, object]]:
    """Return precision, recall and F1 of one code."""
    own, cluster = np.unique(cluster[weight > 0], return_inverse=True)
    weight, yes = weight[weight > 0], yes[:, weight > 0]
    parts = (yes[0] & yes[1], yes[0], yes[1])
    counted = np.column_stack([np.bincount(cluster[part], weight[part], len(own))
                               for part in parts])
    totals = counted.sum(axis=0)
    drawn = np.concatenate([_shares(block @ counted) for block in resamples(len(own), *draw)])
    low, high = percentile_interval(drawn)
    both, hit, hand = totals
    ns = (hit, hand, hit + hand - both)
    return [_row(code, name, estimate, (low[at], high[at]), (int(ns[at]), len(own)))
            for at, (name, estimate) in enumerate(zip(MEASURES, _shares(totals), strict=True))]


def _shares(totals: np.ndarray) -> np.ndarray:
    """Return precision, recall and F1 from units with both, with a hit, with the code."""
    both, hit, hand = totals[..., 0], totals[..., 1], totals[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([both / hit, both / hand, 2 * both / (hit + hand)], axis=-1)


def _row(
    code: str, measure: str, estimate: float, ends: tuple[float, float], size: tuple[int, int]
) -> dict[str, object]:
    n, documents = size
    reasons = [name for name, wrong in (
        (f"none_{measure}", np.isnan(estimate)),
        ("few_positives", n < FEW_POSITIVES and not np.isnan(estimate)),
        ("few_documents", documents < FEW_DOCUMENTS and not np.isnan(estimate)),
        ("no_spread", ends[0] == ends[1] and not np.isnan(estimate)),
        ("unstable", np.isnan(ends[0]) and not np.isnan(estimate))) if wrong]
    low, high = (np.nan, np.nan) if np.isnan(estimate) or ends[0] == ends[1] else ends
    return {"code": code, "measure": measure, "estimate": float(estimate), "low": float(low),
            "high": float(high), "n": n, "reason": "+".join(reasons)}


def _table(
    against: Codings, unit: Unit, rows: list[dict[str, object]], documents: int, held: int
) -> Table:
    source, language = against.documents.source, against.documents.source.language
    one, several = label(f"unit_of_coding_{unit}", language).split("|")
    reasons = {part for row in rows for part in str(row["reason"]).split("+")}
    waits = (label("held_note", language, n=number(held, language)),) if held else ()
    return Table(
        data=pd.DataFrame(rows, columns=list(COLUMNS)),
        kind="agreement",
        title=label("evaluate_title", language, source=source.words()),
        units=(one, several),
        base=label("evaluate_base", language, units=several, documents=number(documents, language),
                   all=number(len(against.documents.texts), language)),
        basis=label("agreement_basis", language),
        notes=waits + tuple(label(f"note_{name}", language) for name in
                    ("few_documents", "few_positives", "no_spread", "unstable") if name in reasons),
        sources=(source,),
        labels=agreement_labels(against, language, rows),
        language=language,
    )
