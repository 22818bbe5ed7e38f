"""How many codes each next document still adds."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import gammaln

from wbkit.coding.presence import chosen_codes
from wbkit.coding.topics import document_words, texts_words
from wbkit.coding.units import unit_words
from wbkit.data.codings import ACCEPTED, Codings
from wbkit.errors import CodingError
from wbkit.labels import label, listing, number
from wbkit.table.table import Table


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
    shown = chosen_codes([codings], codes)
    documents = _considered(codings, order)
    data = codings.data[codings.data["status"] == ACCEPTED]
    pairs = data[data["code"].isin(shown) & data["document"].isin(documents)]
    sets = {one: set(part["code"]) for one, part in pairs.groupby("document", observed=True)}
    rows, seen = [], set()
    for step, document in enumerate(documents, start=1):
        own = sets.get(document, set())
        rows.append((step, document, len(own), len(own - seen), len(own | seen)))
        seen |= own
    table = pd.DataFrame(rows, columns=["step", "document", "codes", "new", "so_far"])
    times = pairs.drop_duplicates(["document", "code"])["code"].astype("str").value_counts()
    return _table(codings, table.assign(expected=expected_codes(times.to_numpy(), len(table))),
                  len(shown))


def expected_codes(times: np.ndarray, documents: int) -> np.ndarray:
    """Return the mean number of codes in 1, 2, … documents over all orders.

    Parameters
    ----------
    times
        In how many documents each code stands, shape (codes,).
    documents
        How many there are.

    Returns
    -------
    numpy.ndarray
        Shape (documents,).
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
    looked = set(codings.considered["document"])
    known = [one for one in codings.documents.texts["document"] if one in looked]
    wanted = known if order is None else list(dict.fromkeys(order))
    strange = [one for one in wanted if one not in looked]
    if strange or not wanted:
        raise CodingError(f"{codings.documents.source.name}: nobody considered "
                          f"{strange[0] if strange else 'any document'!r}. Considered are "
                          f"{', '.join(known) or 'none'}. Choose among these.")
    return wanted


def _table(codings: Codings, data: pd.DataFrame, codes: int) -> Table:
    source, language = codings.documents.source, codings.documents.source.language
    coders = sorted(codings.considered["coder"].astype("str").unique())
    return Table(
        data=data,
        kind="saturation",
        title=label("saturation_title", language, source=texts_words(codings.documents, [source])),
        units=unit_words("document", codings.documents),
        base=label("saturation_base", language, n=number(len(data), language),
                   all=number(len(codings.documents.texts), language), codes=codes),
        notes=(label("saturation_note", language),
               *([label("several_coders_note", language, coders=listing(coders, language))]
                 if len(coders) > 1 else [])),
        sources=(source,),
        labels={"document": document_words(codings.documents, [source])},
        language=language,
        adds_up=False,
    )
