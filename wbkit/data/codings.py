"""Which code was given to which passage, by whom, and what was looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wbkit.data.documents import Documents
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _, counted, counted_words, mark, message, number
from wbkit.study.codebook import Codebook

CODING_COLUMNS = ("document", "revision", "start", "end", "quote", "code", "coder", "origin",
                  "status", "term")
CONSIDERED_COLUMNS = ("document", "revision", "coder", "codes")
DICTIONARY, REVIEW, ACCEPTED = "dictionary", "review", "accepted"
MANUAL, CONSENSUS, SUGGESTION, MACHINE = "manual", "consensus", "suggestion", "machine"
ONE_SOURCE = mark("Give what read_codings or code_by_dictionary returned, of one source.")
MAIN, TRAINING = "main", "training"  # rounds; a sample read by hand is one of its own


@dataclass(frozen=True, repr=False)
class Codings:
    """Codings of documents by people, by a dictionary or by a machine.

    Parameters
    ----------
    data
        One row for each coding: document, revision (the hash of the text),
        start and end (code points, half-open), quote, code, coder, origin, status
        (``accepted``, ``review``), term (of a dictionary; empty for people). Without a column
        quote the quotes are cut from the texts; with one, each is checked. Further columns may
        stand behind these: round (``main`` where there is none), memo, decided_by.
    considered
        Who looked for which codes in which document: document, revision, coder, codes; for
        agreement also blind (whether this coder had not seen the codings of others) and round;
        of a machine also origin (``machine``) and witness (which program, with which prompt).
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
        missing = set(CODING_COLUMNS) - set(self.data.columns) - {"quote"}
        if missing:
            raise CodingError(_(
                "{source}: codings lack {missing}. Add these columns.",
                source=self.documents.source.name, missing=", ".join(sorted(missing))))
        for code in self.data["code"].unique():
            self.codebook.code(code)
        rows = _rows(self)
        texts = self.documents.texts["text"].tolist()
        _check_places(self, rows, texts)
        there = _cut(self, rows, texts)
        if "quote" in self.data:
            _check_quotes(self, there)
        else:
            own = [name for name in self.data.columns if name not in CODING_COLUMNS]
            object.__setattr__(self, "data", self.data.assign(quote=there)[[*CODING_COLUMNS, *own]])

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that were looked for, in the order of the codebook."""
        sets = set(self.considered["codes"])
        looked = set().union(*sets, self.data["code"].unique())
        return tuple(code for code in self.codebook.codes if code in looked)

    @property
    def machines(self) -> tuple[str, ...]:
        """The coders that are a machine."""
        looked = self.considered
        found = set(self.data.loc[(self.data["origin"] == MACHINE).to_numpy(), "coder"])
        if "origin" in looked:
            found |= set(looked.loc[(looked["origin"] == MACHINE).to_numpy(), "coder"])
        return tuple(sorted(map(str, found)))

    @property
    def only_machine(self) -> bool:
        """Whether a machine coded, and nobody else."""
        others = {*self.data["coder"].astype("str"), *self.considered["coder"].astype("str")}
        return bool(self.machines) and others <= set(self.machines)

    @property
    def older(self) -> np.ndarray:
        """Whether a coding was made before its code was defined as it is now (``since``)."""
        if "codebook" not in self.data:
            return np.zeros(len(self.data), dtype=bool)
        since = {name: _version(code.since) for name, code in self.codebook.codes.items()}
        made = self.data["codebook"].fillna("").astype("str")
        return np.array([bool(version) and _version(version) < since[code] for version, code
                         in zip(made, self.data["code"], strict=True)], dtype=bool)

    @property
    def witnesses(self) -> dict[str, str]:
        """Each machine, and which program it was, with which prompt, on which day."""
        looked = self.considered
        said = looked["witness"].fillna("") if "witness" in looked else pd.Series(dtype="str")
        rows = {name: said[(looked["coder"] == name).to_numpy()[:len(said)]]
                for name in self.machines}
        return {name: next(filter(None, words), "") for name, words in rows.items()}

    @property
    def from_dictionary(self) -> bool:
        """Whether words of a dictionary were found, and nobody read beside it."""
        own = self.data.loc[~self.data["origin"].isin([MACHINE, SUGGESTION]).to_numpy(), "origin"]
        looked = set(self.considered["coder"].astype("str")) - set(self.machines)
        if (own != DICTIONARY).any() or looked - {DICTIONARY}:
            return False
        return bool(len(own)) or (self.data.empty and DICTIONARY in looked)

    @property
    def counting(self) -> np.ndarray:
        """Whether a coding counts: of people where people coded, and none of a training round.

        Suggestions count nowhere, a dictionary and a machine only where they stand alone.
        """
        return self.counts(self.data)

    def counts(self, rows: pd.DataFrame) -> np.ndarray:
        """Whether codings, or what was considered, count as `counting` says."""
        kept, apart = ~in_training(rows), self.apart
        if "origin" in rows:
            kept = kept & ~rows["origin"].isin(apart).to_numpy()
        if DICTIONARY in apart:
            kept = kept & (rows["coder"] != DICTIONARY).to_numpy()
        return kept

    @property
    def apart(self) -> list[str]:
        """The origins that do not count beside what does."""
        if self.only_machine:
            return []
        return [MACHINE, SUGGESTION] + ([] if self.from_dictionary else [DICTIONARY])

    def __repr__(self) -> str:
        language = self.documents.source.language
        key, unit = (("codings_repr_dictionary", "keyword") if self.from_dictionary
                     else ("codings_repr", "coding"))
        n, codes, texts = len(self.data), len(self.codes), len(self.documents.texts)
        return message(key, language, source=self.documents.source.words(), n=number(n, language),
                     codings=counted_words(unit, n, language), codes=codes,
                     code=counted_words("code", codes, language), texts=number(texts, language),
                     text=counted_words("text", texts, language))


def _version(words: str | None) -> list[tuple[int, str]]:
    """Put version 2 before 10."""
    return [(int(part) if part.isdigit() else -1, part)
            for part in re.findall(r"\d+|[^\W\d]+", words or "")]


def codings_at(
    data: pd.DataFrame, documents: Documents, codebook: Codebook, considered: pd.DataFrame
) -> Codings:
    """Make Codings of places, with their quotes, that a search has just found in these texts.

    Looking each of a million places up again would take as long as the search.
    """
    made = object.__new__(Codings)
    vars(made).update(data=data, documents=documents, codebook=codebook, considered=considered)
    return made


def need_codings(given: Codings | Sequence[Codings], function: str) -> list[Codings]:
    """Return Codings of one source or of several as a list; refuse anything else in words."""
    several = list(given) if isinstance(given, list | tuple) else [given]
    for one in several:
        need(one, Codings, function, _("Give what read_codings or code_by_dictionary returned."))
    return several


def in_main(frame: pd.DataFrame) -> np.ndarray:
    """Whether a row is of the main round: no training, no sample read for an estimate."""
    return _rounds(frame) == MAIN


def in_training(frame: pd.DataFrame) -> np.ndarray:
    """Whether a row is of a training round, which counts nowhere."""
    return _rounds(frame) == TRAINING


def _rounds(frame: pd.DataFrame) -> np.ndarray:
    if "round" not in frame:
        return np.full(len(frame), MAIN, dtype=object)
    return frame["round"].astype(object).fillna(MAIN).to_numpy()


def _rows(codings: Codings) -> np.ndarray:
    """Return the row of the text of each coding."""
    documents = codings.documents
    known = documents.texts["document"]
    both = pd.concat([known, codings.data["document"]], ignore_index=True)
    rows = pd.factorize(both, use_na_sentinel=False)[0][len(known):]  # known ids count 0, 1, …
    strange = rows >= len(known)
    if strange.any():
        raise CodingError(_(
            "{source}: {codings} of a document that is not here. Read the documents and the "
            "codings of the same source.",
            source=documents.source.name,
            codings=counted(int(strange.sum()), "coding", "codings")))
    return rows


def _cut(codings: Codings, rows: np.ndarray, texts: list[str]) -> list[str]:
    """Return what stands in the texts from start to end."""
    data = codings.data
    return [texts[row][start:end] for row, start, end
            in zip(rows.tolist(), data["start"].tolist(), data["end"].tolist(), strict=True)]


def _check_places(codings: Codings, rows: np.ndarray, texts: list[str]) -> None:
    data = codings.data
    length = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))[rows]
    start, end = data["start"].to_numpy(), data["end"].to_numpy()
    _refuse(codings, (start < 0) | (end <= start) | (end > length))


def _check_quotes(codings: Codings, there: list[str]) -> None:
    _refuse(codings, np.array([quote != text for quote, text
                               in zip(codings.data["quote"].tolist(), there, strict=True)], bool))


def _refuse(codings: Codings, wrong: np.ndarray) -> None:
    """Name the first coding that does not stand where it says it does."""
    if not wrong.any():
        return
    first = codings.data[wrong].iloc[0]
    raise CodingError(_(
        "{source}, document {document!r}: the coding {code} by {coder} at {start}-{end} does not "
        "stand there; {n} of {codings}. The text was changed after coding: code it again, or "
        "bring the old text back.",
        source=codings.documents.source.name, n=int(wrong.sum()),
        codings=counted(len(codings.data), "coding", "codings"),
        **first[["document", "code", "coder", "start", "end"]].to_dict()))
