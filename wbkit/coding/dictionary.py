"""Find the terms of a codebook in texts."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from wbkit.data.codings import (
    ACCEPTED,
    CODING_COLUMNS,
    DICTIONARY,
    REVIEW,
    Codings,
    codings_at,
)
from wbkit.data.documents import NOT_CODED, Documents, need_documents
from wbkit.data.source_data import need
from wbkit.errors import CodebookError
from wbkit.messages import _
from wbkit.study.codebook import Codebook, Term
from wbkit.text.terms import WORDS, Hits, TermIndex, negated, parse_term

AT_ONCE = 100_000
# Captions break their lines anywhere: what goes on with a small letter is the same clause.
WRAPPED = re.compile(r"\n(?=[a-zß-öø-ÿ])")


def code_by_dictionary(
    documents: Documents, codebook: Codebook, *, codes: Sequence[str] | None = None
) -> Codings:
    """Find every place where a term of the codebook stands.

    Case, accents, kinds of hyphens, apostrophes and white space make no difference. A term
    begins and ends at the edge of a word; ``*`` stands for any letters of the same word.
    Turns of interviewers, and lines that nobody spoke, are not searched. A line ends a clause,
    except in turns with a time, of captions, where the next one goes on with a small letter.

    Parameters
    ----------
    documents
        The texts.
    codebook
        Codes with their terms.
    codes
        Ids of codes with terms; all of them when left out.

    Returns
    -------
    Codings
        One row for each place and term, in the order of the texts; origin ``dictionary``. These
        are key words, no readings of a text. Status ``review`` where a negation stands in the
        clause of a term that asks for review.

    Raises
    ------
    CodebookError
        If there is no such code, or none of them has terms.
    """
    need_documents(documents, "code_by_dictionary")
    need(codebook, Codebook, "code_by_dictionary", _("Give what load_codebook returned."))
    chosen = _with_terms(codebook, codes)
    places = _places(documents)
    terms = [(code, term) for code in chosen
             for term in {one.parsed: one for one in codebook.code(code).terms}.values()]
    kinds, distinct = pd.factorize(np.array(places["text"], dtype=object))
    hits, status = _found(distinct, [term for _, term in terms])
    hits, status, rows = _everywhere(hits, status, kinds)
    looked = _considered(documents, tuple(chosen))
    data = _data(looked, places, (hits, status, rows), terms)
    quotes = _quotes(documents.texts["text"].tolist(), places["row"][rows], data)
    data = data.assign(quote=quotes)[list(CODING_COLUMNS)]
    return codings_at(data, documents, codebook, looked)


def _with_terms(codebook: Codebook, codes: Sequence[str] | None) -> list[str]:
    if isinstance(codes, str):
        codes = [codes]
    chosen = [code for code in (codebook.codes if codes is None else codes)
              if codebook.code(code).terms]
    if not chosen:
        raise CodebookError(_(
            'codebook.toml: none of these codes has terms. Add terms = ["stress*", …] to a code, '
            "or code by hand."))
    return chosen


def _places(documents: Documents) -> dict[str, Sequence]:
    """Return what is searched: whole texts, or the turns of those who were asked."""
    texts = documents.texts["text"].tolist()
    if documents.turns.empty:
        return {"row": np.arange(len(texts)), "shift": np.zeros(len(texts), int), "text": texts}
    turns = documents.turns[~documents.turns["role"].isin(NOT_CODED)]
    rows = pd.Index(documents.texts["document"]).get_indexer(turns["document"])
    words = [WRAPPED.sub(" ", texts[row][start:end]) if time else texts[row][start:end]
             for row, start, end, time
             in zip(rows, turns["start"], turns["end"], turns["time"], strict=True)]
    return {"row": rows, "shift": turns["start"].to_numpy(), "text": words}


def _found(texts: Sequence[str], terms: Sequence[Term]) -> tuple[Hits, np.ndarray]:
    """Return the hits in distinct texts that a negation does not block, and which need review."""
    rules = np.array([term.negation for term in terms])
    watched = (rules != "keep").any()
    parsed = [term.parsed for term in terms] + [parse_term(word) for word in WORDS if watched]
    try:
        hits = TermIndex(tuple(parsed)).find(texts)
    except ValueError as error:
        raise CodebookError(_("codebook.toml: {fault}", fault=error.args[0])) from None
    own = hits.term < len(terms)
    words = hits.where(~own)
    hits = hits.where(own)
    if not watched:
        return hits, np.zeros(len(hits.term), dtype=bool)
    words = Hits(words.text, words.start, words.end, words.term - len(terms), words.clause)
    rule, denied = rules[hits.term], negated(hits, words)
    kept = ~(denied & (rule == "block"))
    return hits.where(kept), (denied & (rule == "review"))[kept]


def _everywhere(
    hits: Hits, review: np.ndarray, kinds: np.ndarray
) -> tuple[Hits, np.ndarray, np.ndarray]:
    """Carry the hits in distinct texts to every place where such a text stands."""
    count = np.bincount(hits.text, minlength=kinds.max(initial=-1) + 1)
    first = np.cumsum(count) - count
    times = count[kinds]
    rows = np.repeat(np.arange(len(kinds)), times)
    shift = first[kinds] - (np.cumsum(times) - times)
    taken = np.arange(len(rows)) + np.repeat(shift, times)
    return hits.where(taken), review[taken], rows


def _data(
    considered: pd.DataFrame,
    places: dict[str, Sequence],
    found: tuple[Hits, np.ndarray, np.ndarray],
    terms: Sequence[tuple[str, Term]],
) -> pd.DataFrame:
    hits, review, rows = found
    row, shift = places["row"][rows], places["shift"][rows]
    start, end = hits.start + shift, hits.end + shift
    return pd.DataFrame({
        "document": considered["document"].array.take(row),
        "revision": considered["revision"].array.take(row), "start": start, "end": end,
        "code": _named([code for code, _ in terms], hits.term),
        "coder": _always(DICTIONARY, len(row)), "origin": _always(DICTIONARY, len(row)),
        "status": pd.Categorical.from_codes(review.astype(np.int8), [ACCEPTED, REVIEW]),
        "term": _named([term.term for _, term in terms], hits.term),
    })


def _quotes(texts: Sequence[str], rows: np.ndarray, data: pd.DataFrame) -> pd.Series:
    """Return what stands at each place, some at a time: a million numbers as objects are large."""
    start, end = data["start"].to_numpy(), data["end"].to_numpy()
    parts = [pd.Series([], dtype="str")]
    for first in range(0, len(rows), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        parts.append(pd.Series([texts[row][one:other] for row, one, other in zip(
            rows[part].tolist(), start[part].tolist(), end[part].tolist(), strict=True)],
            dtype="str"))
    return pd.concat(parts, ignore_index=True)


def _named(names: Sequence[str], which: np.ndarray) -> pd.Categorical:
    codes, kinds = pd.factorize(np.array(names, dtype=object))
    return pd.Categorical.from_codes(codes[which], kinds)


def _always(word: str, times: int) -> pd.Categorical:
    return pd.Categorical.from_codes(np.zeros(times, dtype=np.int8), [word])


def _considered(documents: Documents, codes: tuple[str, ...]) -> pd.DataFrame:
    texts = documents.texts
    looked = np.empty(len(texts), dtype=object)
    looked[:] = [codes] * len(texts)
    return pd.DataFrame({"document": texts["document"], "revision": texts["sha256"],
                         "coder": _always(DICTIONARY, len(texts)), "codes": looked})
