"""Find the terms of a codebook in texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    terms = [(code, term) for code in chosen
             for term in {one.parsed: one for one in codebook.code(code).terms}.values()]
    looked = _considered(documents, tuple(chosen))
    passages, search = _passages(documents), _Search.of([term for _, term in terms])
    parts = [_data(looked, part, search.hits(part.searched), terms) for part in passages.parts]
    return codings_at(pd.concat(parts, ignore_index=True), documents, codebook, looked)


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


@dataclass(frozen=True)
class _Passages:
    """What is searched: whole texts, or the turns of those who were asked.

    Parameters
    ----------
    row, shift
        In which document each passage stands, and where it begins there.
    text
        Its words.
    caption
        Whether it has a time: then a line break says nothing about the clause.
    """

    row: np.ndarray
    shift: np.ndarray
    text: pd.Series
    caption: np.ndarray

    @property
    def parts(self) -> Iterator["_Passages"]:
        """Some passages at a time: a million texts as objects of Python are large."""
        for first in range(0, max(len(self.row), 1), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            yield _Passages(self.row[some], self.shift[some], self.text.iloc[some].tolist(),
                            self.caption[some])

    @property
    def searched(self) -> list[str]:
        """The words as they are searched; each character keeps its place."""
        if not self.caption.any():
            return self.text
        return [WRAPPED.sub(" ", text) if caption else text
                for text, caption in zip(self.text, self.caption.tolist(), strict=True)]


def _passages(documents: Documents) -> _Passages:
    texts = documents.texts["text"]
    if documents.turns.empty:
        none = np.zeros(len(texts), dtype=np.int64)
        return _Passages(np.arange(len(texts)), none, texts, none.astype(bool))
    turns = documents.turns[~documents.turns["role"].isin(NOT_CODED)]
    rows = pd.Index(documents.texts["document"]).get_indexer(turns["document"])
    whole = texts.tolist()
    words = [whole[row][start:end] for row, start, end
             in zip(rows.tolist(), turns["start"], turns["end"], strict=True)]
    return _Passages(rows, turns["start"].to_numpy(), pd.Series(words, dtype=object),
                     turns["time"].astype(bool).to_numpy())


@dataclass(frozen=True)
class _Search:
    """Terms and the words that deny one, ready to be searched in many texts."""

    rules: np.ndarray
    index: TermIndex

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "_Search":
        rules = np.array([term.negation for term in terms])
        words = [parse_term(word) for word in WORDS if (rules != "keep").any()]
        try:
            return cls(rules, TermIndex((*(term.parsed for term in terms), *words)))
        except ValueError as error:
            raise CodebookError(_("codebook.toml: {fault}", fault=error.args[0])) from None

    def hits(self, texts: Sequence[str]) -> tuple[Hits, np.ndarray]:
        """Return the hits that a negation does not block, and which of them need review."""
        found = self.index.find(texts)
        if (self.rules == "keep").all():
            return found, np.zeros(len(found.term), dtype=bool)
        own = found.term < len(self.rules)
        hits, words = found.where(own), found.where(~own)
        words = replace(words, term=words.term - len(self.rules))
        rule, denied = self.rules[hits.term], negated(hits, words)
        kept = ~(denied & (rule == "block"))
        return hits.where(kept), (denied & (rule == "review"))[kept]


def _data(
    considered: pd.DataFrame,
    passages: _Passages,
    found: tuple[Hits, np.ndarray],
    terms: Sequence[tuple[str, Term]],
) -> pd.DataFrame:
    hits, review = found
    row, shift, text = passages.row[hits.text], passages.shift[hits.text], passages.text
    quotes = [text[at][start:end] for at, start, end in zip(
        hits.text.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)]
    return pd.DataFrame({
        "document": considered["document"].array.take(row),
        "revision": considered["revision"].array.take(row),
        "start": hits.start + shift, "end": hits.end + shift,
        "quote": pd.Series(quotes, dtype="str"),
        "code": _named([code for code, _ in terms], hits.term),
        "coder": _always(DICTIONARY, len(row)), "origin": _always(DICTIONARY, len(row)),
        "status": pd.Categorical.from_codes(review.astype(np.int8), [ACCEPTED, REVIEW]),
        "term": _named([term.term for _, term in terms], hits.term),
    }, columns=list(CODING_COLUMNS))


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
