"""What a coder may have missed: words of the dictionary first, then answers like those coded."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from wbkit.coding.dictionary import code_by_dictionary
from wbkit.coding.units import Places, given, passages, places
from wbkit.data.codings import (
    ACCEPTED,
    DICTIONARY,
    MANUAL,
    ONE_SOURCE,
    REVIEW,
    SUGGESTION,
    Codings,
    in_main,
)
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.text.byte_alphabet import folded, is_letter

GRAM = 4  # letters beside each other; a word of Dutch is about five
LIKE = "like"
LEAST = 0.2  # calibrated in tests/example/test_suggestions.py


def suggest(
    codings: Codings, *, coder: str, codes: Sequence[str] | None = None, least: float = LEAST,
    most: int = 3,
) -> Codings:
    """Propose codes that a coder did not give, in the texts in which this coder gave some.

    A proposal comes after a coder's first own code in a text, so that the first look is the
    coder's own. It is no coding of the coder: `agreement` and shares never count it, also when
    the coder accepts it.

    Parameters
    ----------
    codings
        Codings of one source, as `read_codings` returns them.
    coder
        Whose work is looked at; nobody else's codings play a part.
    codes
        Ids of codes; those that this coder considered when left out.
    least
        How much a turn or answer must be like one that has the code, from 0 to 1: the cosine of
        their character 4-grams, weighted by how rare these are [1]_. Among the open answers of
        the example (made up, 295) that another answer resembles by 0.2, four in ten have its
        code, and one in eight of all pairs; by 0.3 two in three, and a third as many. Long turns
        seldom reach 0.2.
    most
        Most proposals by likeness for one turn or answer, the most alike first.

    Returns
    -------
    Codings
        One row for each proposal, those of the dictionary first; origin ``suggestion``, status
        ``review``. Also ``why`` (``dictionary`` or ``like``), ``like`` (the text that it is
        like) and ``score`` (1 for the dictionary). `CodingStore.add_codings` keeps them.

    Raises
    ------
    CodingError
        If there is no such coder, or `least` or `most` is out of range.

    References
    ----------
    .. [1] Cavnar, W. B. & Trenkle, J. M. (1994). N-gram-based text categorization. SDAIR-94.
    """
    need(codings, Codings, "suggest", _(ONE_SOURCE))
    if not 0 < least <= 1 or most < 1:
        raise CodingError(_(
            "least={least}, most={most}: least lies between 0 and 1, and most is 1 or more. "
            "Correct it.", least=least, most=most))
    own, wanted = _own(codings, coder, codes)
    begun = own["document"].astype("str").unique()
    own = own[own["code"].isin(wanted)]
    units = places(codings.documents, "turn")
    laid = passages(own, codings.documents, wanted, (coder,))
    there = given(units, laid, len(wanted), 1)[:, 0]
    names = codings.documents.texts["document"].to_numpy()[units.document]
    open_to = np.isin(names, begun) & ~there
    words = _in_dictionary(codings, units, open_to, wanted)
    for row in words.itertuples():
        open_to[wanted.index(row.code), row.unit] = False
    alike = _alike(_texts(codings, units), there, open_to, (least, most))
    alike = alike.assign(code=[wanted[at] for at in alike["code"]],
                         like=names[alike["like"].to_numpy(int)], start=units.starts[alike["unit"]],
                         end=units.ends[alike["unit"]])
    return _as_codings(codings, units, coder, pd.concat([words, alike], ignore_index=True))


def _own(
    codings: Codings, coder: str, codes: Sequence[str] | None
) -> tuple[pd.DataFrame, list[str]]:
    """Return what a coder gave by hand, and the codes to look at."""
    data, looked = codings.data, codings.considered
    kept = (data["coder"] == coder).to_numpy() & (data["origin"] == MANUAL).to_numpy()
    own = data[kept & (data["status"] == ACCEPTED).to_numpy() & in_main(data)]
    considered = looked.loc[(looked["coder"] == coder).to_numpy(), "codes"]
    if not len(own) and considered.empty:
        known = sorted({*data["coder"].astype("str"), *looked["coder"].astype("str")})
        raise CodingError(_(
            "there is no coder {coder!r} here. There is {known}. Choose one of these.",
            coder=coder, known=", ".join(known) or _("nobody")))
    known = set().union(*considered, own["code"].astype("str"))
    wanted = [codes] if isinstance(codes, str) else codes
    wanted = [code for code in codings.codebook.codes if code in known] if wanted is None \
        else [codings.codebook.code(code).name for code in wanted]
    return own, wanted


def _in_dictionary(
    codings: Codings, units: Places, open_to: np.ndarray, wanted: Sequence[str]
) -> pd.DataFrame:
    """Return the first word of the dictionary for each unit and code that are open to one."""
    known = [code for code in wanted if codings.codebook.code(code).terms]
    columns = ["unit", "code", "start", "end", "term"]
    if not known:
        return pd.DataFrame(columns=[*columns, "why", "like", "score"])
    hits = code_by_dictionary(codings.documents, codings.codebook, codes=known).data
    row = pd.Index(codings.documents.texts["document"]).get_indexer(hits["document"])
    start = hits["start"].to_numpy() + units.shift[row]
    end = hits["end"].to_numpy() + units.shift[row]
    unit = np.searchsorted(units.starts, start, side="right") - 1
    code = pd.Index(wanted).get_indexer(hits["code"].astype("str"))
    made = pd.DataFrame({"unit": unit, "code": hits["code"].astype("str"), "start": start,
                         "end": end, "term": hits["term"].astype("str")})
    made = made[open_to[code, unit]].drop_duplicates(["unit", "code"])
    return made.assign(why=DICTIONARY, like="", score=1.0)


def _texts(codings: Codings, units: Places) -> list[str]:
    texts = codings.documents.texts["text"].tolist()
    shift = units.shift[units.document]
    return [texts[row][start:end] for row, start, end in zip(
        units.document, (units.starts - shift).tolist(), (units.ends - shift).tolist(),
        strict=True)]


def _alike(
    texts: Sequence[str], given: np.ndarray, open_to: np.ndarray, ask: tuple[float, int]
) -> pd.DataFrame:
    """Return the units that are like one with the code; the most alike first in each."""
    least, most = ask
    grams, rows = ngram_weights(texts), []
    for code in np.flatnonzero(given.any(axis=1) & open_to.any(axis=1)):
        has, lacks = np.flatnonzero(given[code]), np.flatnonzero(open_to[code])
        near = (grams[lacks] @ grams[has].T).tocsr()
        for at, unit in enumerate(lacks):
            part = slice(near.indptr[at], near.indptr[at + 1])
            if part.start == part.stop:
                continue
            best = part.start + int(near.data[part].argmax())
            rows.append((unit, code, has[near.indices[best]], float(near.data[best])))
    made = pd.DataFrame(rows, columns=["unit", "code", "like", "score"])
    made = made[made["score"] >= least].sort_values(["unit", "score"], ascending=[True, False])
    made = made.groupby("unit", sort=False).head(most)
    made = made.assign(like=made["like"].astype("int64"), why=LIKE, term="")
    return made.sort_values("score", ascending=False, kind="stable")


def ngram_weights(texts: Sequence[str]) -> sparse.csr_array:
    """Return the tf-idf weights of the character 4-grams of each text, each row of length 1.

    Case, accents and signs make no difference; the edge of a word is a sign of its own.
    """
    plain = [" " + " ".join("".join(one if is_letter(one) else " " for one in folded(text)).split())
             + " " for text in texts]
    signs = np.frombuffer("\0".join([*plain, ""]).encode("utf-32-le"), np.uint32).astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(signs, GRAM) if len(signs) >= GRAM \
        else np.zeros((0, GRAM), np.uint64)
    text = np.cumsum(signs == 0)[:len(windows)]
    whole = (windows != 0).all(axis=1)
    keys = np.zeros(len(windows), np.uint64)
    for at in range(GRAM):  # 16 bits for each sign: of rarer scripts two may share a place
        keys = (keys << np.uint64(16)) | (windows[:, at] & np.uint64(0xFFFF))
    __, gram = np.unique(keys[whole], return_inverse=True)
    shape = (len(texts), int(gram.max(initial=-1)) + 1)
    counts = sparse.csr_array((np.ones(len(gram)), (text[whole], gram)), shape=shape)
    counts.sum_duplicates()
    rare = np.log(len(texts) / np.maximum(np.bincount(counts.indices, minlength=shape[1]), 1)) + 1
    weights = counts.copy()
    weights.data = (1 + np.log(counts.data)) * rare[counts.indices]
    length = np.sqrt((weights * weights).sum(axis=1))
    return sparse.csr_array(sparse.diags_array(1 / np.where(length > 0, length, 1)) @ weights)


def _as_codings(codings: Codings, units: Places, coder: str, rows: pd.DataFrame) -> Codings:
    """Return proposals as codings that wait for a reader."""
    texts = codings.documents.texts
    row = units.document[rows["unit"].to_numpy(int)]
    shift = units.shift[row]
    data = pd.DataFrame({
        "document": texts["document"].to_numpy()[row], "revision": texts["sha256"].to_numpy()[row],
        "start": rows["start"].to_numpy("int64") - shift,
        "end": rows["end"].to_numpy("int64") - shift, "code": rows["code"].to_numpy(),
        "coder": coder, "origin": SUGGESTION, "status": REVIEW, "term": rows["term"].to_numpy(),
        "why": rows["why"].to_numpy(), "like": rows["like"].to_numpy(),
        "score": rows["score"].to_numpy(float)})
    return Codings(data, codings.documents, codings.codebook)
