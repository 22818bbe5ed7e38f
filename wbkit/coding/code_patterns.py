"""Which codes stand together."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import gammaln

from wbkit.coding.coded_segments import refuse_real
from wbkit.coding.interview_guide import document_words, items_of
from wbkit.coding.presence import chosen_codes, counted_origins
from wbkit.coding.units import given, passages, places
from wbkit.data.codings import ACCEPTED, ONE_SOURCE, Codings
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.stats.suppression import too_small
from wbkit.table.facts import Count, Counted, Fact, Overlapping, Subject
from wbkit.table.statements.coding import Cases, Caution, Considered, Listed, Nearness, Pooled
from wbkit.table.table import Table

Near = Literal["overlap", "turn", "characters", "document"]
NEAR = ("overlap", "turn", "characters", "document")


def cooccurrence(
    codings: Codings, *, near: Near = "overlap", within: int = 200,
    codes: Sequence[str] | None = None,
) -> Table:
    """Count where two codes stand together; that one causes the other does not follow.

    Parameters
    ----------
    codings
        Codings of one source; those of several coders are taken together.
    near
        ``overlap`` (passages that share text), ``turn`` (touch the same turn), ``characters``
        (at most `within` characters apart) or ``document``.
    within
        Characters between the passages, for ``characters``.
    codes
        Ids of codes as they were given, without those under them; all when left out.

    Returns
    -------
    Table
        One row for each pair of codes that stand together, most units first.

        - ``code``, ``other``: ids
        - ``n``: units in which they stand together at least once; ``base``: units with text
        - ``share``: n / base; absent for hits of a dictionary
        - ``mentions``: pairs of passages (overlap, characters), turns or documents
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    CodingError
        If `near` is unknown, `within` is negative, or nobody looked for one of the codes.
    """
    need(codings, Codings, "cooccurrence", _(ONE_SOURCE))
    if near not in NEAR or within < 0:
        raise CodingError(_(
            "near={near!r}, within={within}: near is one of {known}, and within is 0 or more. "
            "Correct it.",
            near=near, within=within, known=", ".join(NEAR)))
    shown = chosen_codes([codings], codes)
    data = _accepted(codings)
    data = data[data["code"].isin(shown)]
    data = data.drop_duplicates(["document", "start", "end", "code"])
    pairs = _pairs(codings, data, near, within)
    documents = codings.documents
    facts = (Subject("cooccurrence", items_of(documents)), Nearness(near, within), Overlapping(),
             Considered("cooccurrence_base", Count(documents.n)), Caution("cooccurrence"),
             *counted_origins(codings))
    return Table(_counted(codings, pairs, shown), "listing", (), facts,
                 (documents.source, codings.codebook))


def _pairs(codings: Codings, data: pd.DataFrame, near: Near, within: int) -> pd.DataFrame:
    """Return code, other and row of the text for each place where two codes stand together."""
    codes, coders = list(codings.codebook.codes), list(dict.fromkeys(data["coder"]))
    laid = passages(data, codings.documents, codes, coders)
    if near in ("overlap", "characters"):
        gap = within if near == "characters" else -1
        return _close(laid.document, laid.starts, laid.ends, laid.code, gap)
    found = places(codings.documents, "turn" if near == "turn" else "document")
    which, code = np.nonzero(given(found, laid, len(codes), len(coders)).any(axis=1).T)
    place = pd.DataFrame({"place": which, "code": code, "document": found.document[which]})
    both = place.merge(place, on=["place", "document"], suffixes=("", "_other"))
    both = both[both["code"] < both["code_other"]]
    return both.rename(columns={"code_other": "other"})[["code", "other", "document"]]


def _close(
    document: np.ndarray, starts: np.ndarray, ends: np.ndarray, code: np.ndarray, gap: int
) -> pd.DataFrame:
    """Return the pairs of passages of one text with at most `gap` characters between them."""
    order = np.lexsort((starts, document))
    document, starts, ends, code = (part[order] for part in (document, starts, ends, code))
    found = []
    for one in range(len(order)):
        later = one + 1
        while later < len(order) and document[later] == document[one] \
                and starts[later] - ends[one] <= gap:
            found.append((code[one], code[later], document[one]))
            later += 1
    pairs = pd.DataFrame(found, columns=["code", "other", "document"], dtype="int64")
    pairs = pairs[pairs["code"] != pairs["other"]]
    low, high = np.sort(pairs[["code", "other"]].to_numpy(), axis=1).T
    return pairs.assign(code=low, other=high)


def _counted(codings: Codings, pairs: pd.DataFrame, shown: Sequence[str]) -> pd.DataFrame:
    texts, source = codings.documents.texts, codings.documents.source
    names = np.array(list(codings.codebook.codes), dtype=object)
    unit = texts["unit"].to_numpy()[pairs["document"]]
    grouped = pairs.assign(unit=unit).groupby(["code", "other"])["unit"]
    data = grouped.agg(n="nunique", mentions="size").reset_index()
    data = data.sort_values(["n", "mentions", "code", "other"],
                            ascending=[False, False, True, True], ignore_index=True)
    base = texts["unit"].nunique()
    hidden = too_small(data["n"].to_numpy(), base, source.minimum, partition=False)
    counts = data[["n", "mentions"]].astype(float).mask(pd.Series(hidden), axis=0)
    return pd.DataFrame({
        "code": names[data["code"]], "other": names[data["other"]], "n": counts["n"],
        "base": float(base) if base >= source.minimum else np.nan,
        "share": np.nan if codings.from_dictionary else counts["n"] / max(base, 1),
        "mentions": counts["mentions"],
        "state": np.where(hidden, "hidden", "shown")})


def saturation(
    codings: Codings, *, order: Sequence[str] | None = None, codes: Sequence[str] | None = None
) -> Table:
    """Count the codes that each next document adds to those before it.

    Parameters
    ----------
    codings
        Codings of one source; those of several coders are taken together.
    order
        Ids of documents in the order in which they were collected or coded; that of the source
        when left out. Documents that are not named are left out.
    codes
        Ids of codes; all that were looked for when left out.

    Returns
    -------
    Table
        One row for each document that somebody considered.

        - ``step``: its place in the order; ``document``: id
        - ``codes``: codes in it; ``new``: those in none before it; ``so_far``: codes up to here
        - ``expected``: codes in that many documents in any order, the mean over all orders [1]_

    Raises
    ------
    CodingError
        If `order` names a document that is not there or that nobody considered.

    References
    ----------
    .. [1] Hurlbert, S. H. (1971). Ecology, 52, 577-586: the expected number of kinds.
    """
    need(codings, Codings, "saturation", _(ONE_SOURCE))
    shown = chosen_codes([codings], codes)
    documents = _considered(codings, order)
    data = _accepted(codings)
    pairs = data[data["code"].isin(shown) & data["document"].isin(documents)]
    sets = {one: set(part["code"]) for one, part in pairs.groupby("document", observed=True)}
    rows, seen = [], set()
    for step, document in enumerate(documents, start=1):
        own = sets.get(document, set())
        rows.append((step, document, len(own), len(own - seen), len(own | seen)))
        seen |= own
    table = pd.DataFrame(rows, columns=["step", "document", "codes", "new", "so_far"])
    times = pairs.drop_duplicates(["document", "code"])["code"].astype("str").value_counts()
    expected = expected_codes(times.to_numpy(), len(table))
    coders = tuple(sorted(_reading(codings)["coder"].astype("str").unique()))
    texts = codings.documents
    facts = (Subject("saturation", items_of(texts)), Counted("text"),
             Considered("saturation_base", Count(len(table)), Count(len(texts.texts)),
                        codes=len(shown)),
             Caution("saturation"), *counted_origins(codings),
             *([Pooled(coders)] if len(coders) > 1 else []))
    return Table(table.assign(expected=expected), "saturation", ("document",), facts,
                 (texts.source, document_words(texts, [texts.source])))


def expected_codes(times: np.ndarray, documents: int) -> np.ndarray:
    """Return the mean number of codes in 1, 2, … documents over all orders.

    `times` says in how many documents each code occurs.
    """
    drawn, without = np.arange(1, documents + 1)[:, None], documents - np.asarray(times)[None, :]
    with np.errstate(invalid="ignore"):
        absent = np.exp(_choose(without, drawn) - _choose(np.array(documents), drawn))
    return (1 - np.where(drawn > without, 0, absent)).sum(axis=1)


def _choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Return the logarithm of n over k; without meaning where k is more than n."""
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(np.maximum(n - k, 0) + 1)


def _considered(codings: Codings, order: Sequence[str] | None) -> list[str]:
    """Return the documents that somebody considered, in order."""
    looked = set(_reading(codings)["document"])
    known = [one for one in codings.documents.texts["document"] if one in looked]
    wanted = known if order is None else list(dict.fromkeys(order))
    strange = [one for one in wanted if one not in looked]
    if strange or not wanted:
        raise CodingError(_(
            "{source}: nobody considered {document}. Considered are {known}. Choose among these.",
            source=codings.documents.source.name,
            document=repr(strange[0]) if strange else _("any document"),
            known=", ".join(known) or _("none")))
    return wanted


def negative_cases(codings: Codings, code: str, *, other: str) -> Table:
    """List the documents that have a code and lack another one that is expected beside it.

    Parameters
    ----------
    codings
        Codings of one source; those of several coders are taken together.
    code
        Id of the code that is there, or has one under it that is.
    other
        Id of the code that is not there, and was looked for.

    Returns
    -------
    Table
        One row for each such document: document, mentions (of `code`), quote (the first).

    Raises
    ------
    CodingError
        If nobody looked for one of the codes.
    DisclosureError
        If the source is not synthetic.
    """
    need(codings, Codings, "negative_cases", _(ONE_SOURCE))
    _refuse_real(codings)
    chosen_codes([codings], [code, other])
    there, beside = _with(codings, code), _with(codings, other)
    looked = _looked(codings, other) & _looked(codings, code)
    have = there[there["document"].isin(looked)]
    lack = have[~have["document"].isin(beside["document"])]
    n, every = lack["document"].nunique(), have["document"].nunique()
    return _cases_table(codings, _first(lack), Cases(code, other),
                        Listed("negative", Count(n), Count(every)))


def unique_cases(codings: Codings) -> Table:
    """List the codes that stand in one document only.

    Parameters
    ----------
    codings
        Codings of one source; those of several coders are taken together.

    Returns
    -------
    Table
        One row for each such code: code, document, mentions, quote (the first).

    Raises
    ------
    DisclosureError
        If the source is not synthetic.
    """
    need(codings, Codings, "unique_cases", _(ONE_SOURCE))
    _refuse_real(codings)
    data = _accepted(codings)
    once = data.groupby("code", observed=True)["document"].nunique()
    rows = data[data["code"].isin(once.index[once == 1])]
    parts = [_first(part).assign(code=code) for code in codings.codebook.codes
             for part in [rows[rows["code"] == code]] if len(part)]
    made = pd.concat(parts) if parts else _first(rows).assign(code="")
    return _cases_table(codings, made[["code", "document", "mentions", "quote"]],
                        Listed("unique", len(parts), len(once)))


def _refuse_real(codings: Codings) -> None:
    refuse_real([codings.documents], _("single documents"),
                _("code_frequency or code_matrix"))


def _accepted(codings: Codings) -> pd.DataFrame:
    """Return the codings that count, in order; what waits for a reader does not."""
    kept = codings.counting & (codings.data["status"] == ACCEPTED).to_numpy()
    return codings.data[kept].sort_values(["document", "start", "end"], kind="stable")


def _reading(codings: Codings) -> pd.DataFrame:
    """Return what was considered by those whose codings count."""
    return codings.considered[codings.counts(codings.considered)]


def _with(codings: Codings, code: str) -> pd.DataFrame:
    data = _accepted(codings)
    return data[data["code"].isin(codings.codebook.descendants(code))]


def _looked(codings: Codings, code: str) -> set[str]:
    """Return the documents in which somebody looked for the code, or one under it."""
    wanted = set(codings.codebook.descendants(code))
    considered = _reading(codings)
    return {one for one, codes in zip(considered["document"], considered["codes"], strict=True)
            if wanted & set(codes)}


def _first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each document with its mentions and its first quote."""
    places = rows.drop_duplicates(["document", "start", "end"])
    grouped = places.groupby("document", sort=False, observed=True)["quote"]
    return grouped.agg(mentions="size", quote="first").reset_index()


def _cases_table(codings: Codings, data: pd.DataFrame, *facts: Fact) -> Table:
    documents, source = codings.documents, codings.documents.source
    return Table(documents.with_consent(data).reset_index(drop=True), "listing", (),
                 (Subject(facts[-1].form, items_of(documents)), *facts, Caution("cases"),
                  *counted_origins(codings)),
                 (source, codings.codebook, document_words(documents, [source])))
