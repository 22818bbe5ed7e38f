"""Which code was given to which passage, by whom, and what was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from wbkit.errors import CodingError
from wbkit.labels import label, number
from wbkit.nouns.codebook import Codebook
from wbkit.nouns.documents import Documents

CODING_COLUMNS = ("document", "revision", "start", "end", "quote", "code", "coder", "origin",
                  "status", "term")
CONSIDERED_COLUMNS = ("document", "revision", "coder", "codes")
DICTIONARY, REVIEW, ACCEPTED = "dictionary", "review", "accepted"


@dataclass(frozen=True, repr=False)
class Codings:
    """Codings of documents by people or by a dictionary.

    Parameters
    ----------
    data
        One row for each coding: document, revision (first 12 digits of the hash of the text),
        start and end (code points, half-open), quote, code, coder, origin, status
        (``accepted``, ``review``), term (of a dictionary; empty for people).
    considered
        Who looked for which codes in which document: document, revision, coder, codes.
    documents
        The texts.
    codebook
        What the codes mean.
    """

    data: pd.DataFrame
    documents: Documents
    codebook: Codebook
    considered: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(CONSIDERED_COLUMNS), dtype=object))

    def __post_init__(self) -> None:
        missing = set(CODING_COLUMNS) - set(self.data.columns)
        if missing:
            raise CodingError(f"{self.documents.source.name}: codings lack "
                              f"{', '.join(sorted(missing))}. Add these columns.")
        for code in self.data["code"].unique():
            self.codebook.code(code)
        _check_quotes(self)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were looked for, in the order of the codebook."""
        sets = set(self.considered["codes"])
        looked = set().union(*sets, self.data["code"].unique())
        return tuple(code for code in self.codebook.codes if code in looked)

    @property
    def from_dictionary(self) -> bool:
        """Whether words of a dictionary were found, instead of people having read."""
        return bool((self.data["origin"] == DICTIONARY).any()) or (
            self.data.empty and bool((self.considered["coder"] == DICTIONARY).any()))

    def __repr__(self) -> str:
        language = self.documents.source.language
        key = "codings_repr_dictionary" if self.from_dictionary else "codings_repr"
        return label(key, language, source=self.documents.source.words(),
                     n=number(len(self.data), language), codes=len(self.codes),
                     texts=number(len(self.documents.texts), language))


def cut_quotes(documents: Documents, place: Sequence[int], start: Sequence[int],
               end: Sequence[int]) -> list[str]:
    """Return what stands in the texts from start to end; `place` is the row of the text."""
    texts = documents.texts["text"].tolist()
    return [texts[row][a:b] for row, a, b in zip(place, start, end, strict=True)]


def _check_quotes(codings: Codings) -> None:
    """Refuse codings that do not stand where they say they do."""
    data, name = codings.data, codings.documents.source.name
    rows = pd.Index(codings.documents.texts["document"]).get_indexer(data["document"])
    if (rows < 0).any():
        raise CodingError(f"{name}: {int((rows < 0).sum())} codings belong to a document that is "
                          "not here. Read the documents and the codings of the same source.")
    start, end = data["start"].tolist(), data["end"].tolist()
    there = cut_quotes(codings.documents, rows.tolist(), start, end)
    wrong = [at for at, (quote, text) in enumerate(zip(data["quote"].tolist(), there, strict=True))
             if quote != text or not quote]
    wrong += [at for at, one in enumerate(start) if one < 0]
    if wrong:
        first = data.iloc[wrong[0]]
        raise CodingError(
            f"{name}, document {first['document']!r}: the coding {first['code']} by "
            f"{first['coder']} at {first['start']}-{first['end']} does not stand there; "
            f"{len(wrong)} of {len(data)} codings. The text was changed after coding: "
            "code it again, or bring the old text back."
        )
