"""Which codes stand together."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from wbkit.coding.presence import chosen_codes
from wbkit.coding.topics import texts_words
from wbkit.coding.units import given, passages, places
from wbkit.data.codings import ACCEPTED, Codings
from wbkit.errors import CodingError
from wbkit.labels import label, number
from wbkit.stats.suppression import too_small
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
        - ``share``: n / base
        - ``mentions``: pairs of passages (overlap, characters), turns or documents
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    CodingError
        If `near` is unknown, `within` is negative, or nobody looked for one of the codes.
    """
    if near not in NEAR or within < 0:
        raise CodingError(f"near={near!r}, within={within}: near is one of {', '.join(NEAR)}, and "
                          "within is 0 or more.")
    shown = chosen_codes([codings], codes)
    data = codings.data[codings.data["code"].isin(shown)
                        & (codings.data["status"] == ACCEPTED)]
    data = data.drop_duplicates(["document", "start", "end", "code"])
    pairs = _pairs(codings, data, near, within)
    return _table(codings, _counted(codings, pairs, shown), near, within)


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
        "base": float(base), "share": counts["n"] / max(base, 1), "mentions": counts["mentions"],
        "state": np.where(hidden, "hidden", "shown")})


def _table(codings: Codings, data: pd.DataFrame, near: Near, within: int) -> Table:
    source, language = codings.documents.source, codings.documents.source.language
    words = codings.codebook.words(language)
    return Table(
        data=data,
        kind="listing",
        title=label("cooccurrence_title", language, source=texts_words(codings.documents, [source]),
                    near=label(f"near_{near}", language, n=within)),
        units=(source.units(1), source.units(2)),
        base=label("cooccurrence_base", language, n=number(codings.documents.n, language),
                   units=source.units(2)),
        notes=(label("cooccurrence_note", language),),
        sources=(source,),
        labels={"code": words, "other": words, "state": {"shown": ""}},
        language=language,
        adds_up=False,
    )
