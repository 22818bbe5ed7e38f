"""The words around a Table of agreement: what was compared, and how to read it with care."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from wbkit.coding.agreement.first_round import Universe
from wbkit.coding.topics import texts_words
from wbkit.coding.units import Unit, unit_words
from wbkit.data.codings import MANUAL, Codings
from wbkit.labels import label, listing, number
from wbkit.table.table import Table

ALL_CODES = "all_codes"
FEW_POSITIVES, FEW_DOCUMENTS = 10, 15
NO_ENDS = (np.nan, np.nan)
WITH_CARE = ("few_documents", "few_positives", "constant", "no_spread", "unstable")
COLUMNS = ("code", "measure", "estimate", "low", "high", "n", "reason")


def too_few(positives: float, documents: int) -> list[str]:
    """Return the reasons to read a number with care: it rests on little."""
    return [name for name, there in (("few_positives", positives < FEW_POSITIVES),
                                     ("few_documents", documents < FEW_DOCUMENTS)) if there]


def measured(
    about: tuple[str, str], estimate: float, n: int, *, absent: str,
    care: Sequence[str] = (), ends: tuple[float, float] | None = None,
) -> dict[str, object]:
    """Return one row, with the reason why its number is absent or needs care.

    `about` are code and measure; `absent` is the reason when there is no number; `ends` are those
    of the interval, when one was asked for.
    """
    low, high = ends or NO_ENDS
    if np.isnan(estimate):
        care, low, high = [absent], *NO_ENDS
    elif low == high:
        care, low, high = [*care, "no_spread"], *NO_ENDS
    elif ends and np.isnan(low):
        care = [*care, "unstable"]
    return dict(zip(COLUMNS, (*about, float(estimate), float(low), float(high), n,
                              "+".join(care)), strict=True))


def agreement_table(compared: Universe, unit: Unit, rows: Sequence[Mapping[str, object]]) -> Table:
    """Make the Table of what was found."""
    codings = compared.codings
    language = codings.documents.source.language
    words = unit_words(unit, codings.documents)
    n = max((row["n"] for row in rows), default=0)
    return Table(
        data=pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": "int64"}),
        kind="agreement",
        title=label("agreement_title", language,
                    source=texts_words(codings.documents, compared.sources),
                    coders=listing(list(compared.coders), language)),
        units=words,
        base=label("agreement_base", language, n=number(n, language), coders=len(compared.coders),
                   units=words[1],
                   documents=number(compared.documents, language),
                   all=number(len(codings.documents.texts), language)),
        basis=label("agreement_basis", language),
        notes=_notes(compared, unit, rows),
        sources=compared.sources,
        labels=agreement_labels(codings, language, rows),
        language=language,
    )


def agreement_labels(
    codings: Codings, language: str, rows: Iterable[Mapping[str, object]]
) -> dict[str, dict[str, str]]:
    """Return the printed words of codes, measures and reasons."""
    measures = {row["measure"] for row in rows}
    words = {one: label(f"measure_{one}", language) for one in measures if ":" not in one}
    words |= {one: label("measure_prevalence", language, coder=one.split(":", 1)[1])
              for one in measures if one.startswith("prevalence:")}
    reasons = {row["reason"] for row in rows}
    return {
        "code": codings.codebook.words(language) | {ALL_CODES: label("all_codes", language)},
        "measure": words,
        "reason": {one: "; ".join(label(f"reason_{part}", language) for part in one.split("+"))
                   for one in reasons if one},
    }


def care_notes(rows: Iterable[Mapping[str, object]], language: str) -> list[str]:
    """Say how numbers with these reasons are to be read."""
    reasons = {part for row in rows for part in str(row["reason"]).split("+")}
    return [label(f"note_{one}", language) for one in WITH_CARE if one in reasons]


def _notes(
    compared: Universe, unit: Unit, rows: Iterable[Mapping[str, object]]
) -> tuple[str, ...]:
    """Say what stayed outside, and how the numbers are to be read."""
    language = compared.codings.documents.source.language
    notes = [label("characters_note", language)] if unit == "character" else []
    notes += [label("whole_texts_note", language)] if unit == "turn" and _whole(compared) else []
    notes += care_notes(rows, language)
    notes += [label("outside_universe_note", language, n=number(compared.outside, language))] \
        if compared.outside else []
    return (*notes, *_other_origins(compared), label("no_verdict_note", language))


def _whole(compared: Universe) -> bool:
    """Whether a text that counts has no turns, while others have."""
    documents = compared.codings.documents
    there = documents.texts.loc[compared.looked.any(axis=1), "document"]
    return bool((~there.isin(documents.turns["document"])).any())


def _other_origins(compared: Universe) -> list[str]:
    """Show the codings of another origin apart, with their share."""
    language, data = compared.codings.documents.source.language, compared.codings.data
    counts = data.loc[data["origin"] != MANUAL, "origin"].astype("str").value_counts()
    return [label("other_origin_note", language, n=number(n, language),
                  all=number(len(data), language), origin=label(f"origin_{origin}", language),
                  share=number(100 * n / len(data), language, decimals=1))
            for origin, n in counts.sort_index().items()]
