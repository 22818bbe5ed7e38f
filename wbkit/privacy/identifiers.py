"""What in a text can point to a person, for a person to decide on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from wbkit.data.documents import Documents, need_documents
from wbkit.table.facts import Counted, Subject
from wbkit.table.statements.identifying import Proposed
from wbkit.table.table import Table
from wbkit.text.identifying import KnownNames, identifiers_in

COLUMNS = ("document", "start", "end", "quote", "kind", "reason")
CELL = ""  # id of a text that was given as a string


def find_identifiers(
    text_or_documents: str | Documents | Sequence[Documents], *,
    names: Iterable[str] | Mapping[str, str] | KnownNames = (),
) -> Table:
    """Find what can point to a person in Dutch text: proposals, on which a person decides.

    Parameters
    ----------
    text_or_documents
        A text, or the texts of one or several sources.
    names
        Names of the project: of a class list, teachers, places, schools. A mapping gives the
        kind of each; without it they are people. They are found in any case, in the genitive, in
        part, and from six letters on with one letter wrong.

    Returns
    -------
    Table
        One row for each passage, by text and place; nothing overlaps.

        - ``document``: id of the text, empty for a string
        - ``start``, ``end``: code points, half-open
        - ``quote``: the words; those of real people are in ``.data`` and are not printed
        - ``kind``: NAAM, PLAATS, SCHOOL, ORG, ADRES, POSTCODE, TEL, EMAIL, URL, DATUM, STUDNR,
          BSN, IBAN or KENTEKEN
        - ``reason``: ``form`` (an address, a number), ``checked`` (its check digits are right),
          ``spelled`` (written out), ``context`` (words around it), ``capital``, ``list`` (a known
          name or place), ``project`` or ``near`` (a name of the project, with one letter wrong)

    Raises
    ------
    DataError
        If it is neither a text nor Documents.

    Notes
    -----
    A nickname, an uncommon name without a capital and a story about one person are not seen.
    Pseudonyms and marks between square brackets are no proposals.
    """
    known = names if isinstance(names, KnownNames) else KnownNames.of(names)
    if isinstance(text_or_documents, str):
        several, texts = [], [(CELL, text_or_documents)]
    else:
        several = need_documents(text_or_documents, "find_identifiers")
        texts = list(_texts(several))
    rows = [(document, hit.start, hit.end, text[hit.start:hit.end], hit.kind, hit.reason)
            for document, text in texts for hit in identifiers_in(text, known)]
    data = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        dict.fromkeys(COLUMNS, "str") | {"start": "int64", "end": "int64"})
    shown = all(one.may_be_shown for one in several)
    kinds, reasons = (tuple(sorted(set(data[name]))) for name in ("kind", "reason"))
    facts = (Subject("identifiers"), Counted("passage"),
             Proposed(len(rows), len(texts), kinds, reasons, hidden=not shown))
    return Table(data, "listing", (), facts,
                 tuple({one.source.name: one.source for one in several}.values()))


def _texts(several: Iterable[Documents]) -> Iterator[tuple[str, str]]:
    for documents in several:
        yield from zip(documents.texts["document"], documents.texts["text"], strict=True)
