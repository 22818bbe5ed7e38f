"""From the nouns into the store: texts to be coded, and codings that were made elsewhere."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from wbkit.coding.store.store import CodingStore
from wbkit.coding.store.texts import TURN
from wbkit.data.codings import Codings
from wbkit.data.documents import Documents

SAID = ("origin", "round", "rule", "codebook", "memo", "time", "status", "decided_by")


def store_documents(
    store: CodingStore, documents: Documents, *, privacy: str | None = None
) -> None:
    """Keep texts in the coding store, so that people can code them.

    Parameters
    ----------
    store
        The store.
    documents
        As `read_texts`, `read_documents` or `open_answers` return them; answers to an open item
        become one file.
    privacy
        ``pseudonymised`` or ``real``; a synthetic or public source says so itself.

    Raises
    ------
    DisclosureError
        If the texts are real and git keeps the store.
    CodingError
        If it is not said how it stands with the texts, or another text has the id of one.
    """
    source = documents.source
    own = "synthetic" if source.synthetic else "public" if source.public else privacy
    rows = [{"document": row["document"], "text": row["text"], "unit": row["unit"],
             "attributes": {name: str(row[name]) for name in documents.attributes}}
            for row in documents.texts.to_dict("records")]
    if documents.item:
        store.add_answers(set_name(documents), rows, privacy=own,
                          source=source.name, item=documents.item)
        return
    turns = {name: part[list(TURN)].to_dict("records")
             for name, part in documents.turns.groupby("document", sort=False)}
    for row in rows:
        store.add_document(row["document"], row["text"], privacy=own, source=source.name,
                           turns=turns.get(row["document"], ()), unit=row["unit"],
                           attributes=row["attributes"])


def set_name(documents: Documents) -> str:
    """Return the name under which the answers to an open item stand in the store."""
    return f"{documents.source.name}.{documents.item}"


def store_codings(store: CodingStore, codings: Codings) -> int:
    """Keep codings that were made elsewhere: of a dictionary, from a table, by consensus.

    Parameters
    ----------
    store
        The store, which holds their texts (`store_documents`).
    codings
        The codings, with what was considered. Columns round, rule, codebook, memo, time and
        decided_by are kept; the term of a dictionary becomes the rule.

    Returns
    -------
    int
        How many codings there were.

    Raises
    ------
    CodingError
        If a text is not in the store, or another one.
    """
    for coder, part in codings.data.groupby("coder", sort=True, observed=True):
        store.add_all(_rows(codings, part), coder=str(coder))
    for one in codings.considered.to_dict("records"):
        said = {name: one[name] for name in ("round", "codebook", "status")
                if isinstance(one.get(name), str) and one[name]}
        store.consider(_stored(codings, one["document"]), one["codes"], coder=str(one["coder"]),
                       blind=bool(one.get("blind") is True), **said)
    return len(codings.data)


def _rows(codings: Codings, part: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in part.to_dict("records"):
        said = {name: str(row[name]) for name in SAID
                if name in row and not pd.isna(row[name]) and row[name] != ""}
        if row["term"]:
            said.setdefault("rule", str(row["term"]))
        yield {"document": _stored(codings, row["document"]), "start": row["start"],
               "end": row["end"], "code": row["code"], "quote": row["quote"], **said}


def _stored(codings: Codings, document: str) -> str:
    """Return the id of a text in the store."""
    documents = codings.documents
    return f"{set_name(documents)}/{document}" if documents.item else document
