"""Whether the quotations in a report stand in the texts."""

from collections.abc import Sequence

import pandas as pd

from wbkit.coding.citing import Found, compared, quotations, words_of
from wbkit.data.documents import Documents
from wbkit.errors import CodingError
from wbkit.labels import label, number
from wbkit.table.table import Table

ORDER = ("exact", "marked", "moved", "changed", "absent")


def check_quotes(
    text: str, documents: Documents | Sequence[Documents], *, shortest: int = 4
) -> Table:
    """Look up every quotation of a report in the documents.

    Case, punctuation, white space and kinds of quotation marks make no difference. An omission is
    marked by ``…`` or ``[…]``, an addition by square brackets.

    Parameters
    ----------
    text
        The report. Quotations stand between quotation marks or in Markdown blocks (``>``).
    documents
        The texts that it quotes: of one source, or of several.
    shortest
        Quotations of fewer words are not looked up: they are terms.

    Returns
    -------
    Table
        One row for each quotation, in the order of the report.

        - ``quote``: the quotation; ``line``: its line in the report
        - ``state_of_quote``: ``exact``, ``marked`` (only marked omissions or additions),
          ``moved`` (parts in another order), ``changed`` or ``absent``
        - ``document``: where it stands, or nearly stands; empty when absent
        - ``differences``: words in the quotation → words in the text, for ``changed``; of real
          people only how many places differ

    Raises
    ------
    CodingError
        If there are no documents, or `shortest` is not positive.
    """
    several = [documents] if isinstance(documents, Documents) else list(documents)
    if not several or shortest < 1:
        raise CodingError("check_quotes needs at least one Documents, and shortest of 1 or more.")
    every = quotations(text)
    long = [(at, quote) for at, quote in every if len(words_of(quote)) >= shortest]
    language = several[0].source.language
    rows = []
    for at, quote in long:
        found, document, synthetic = _best(quote, several)
        rows.append((quote, found.state, document,
                     _differences(found, language, synthetic=synthetic),
                     text.count("\n", 0, at) + 1))
    data = pd.DataFrame(rows, columns=["quote", "state_of_quote", "document", "differences",
                                       "line"])
    good = int(data["state_of_quote"].isin(["exact", "marked"]).sum())
    return Table(
        data=data.astype({"line": "int64"}), kind="listing",
        title=label("check_quotes_title", language),
        units=tuple(label("quotation_units", language).split("|")),
        base=label("check_quotes_base", language, n=number(good, language),
                   all=number(len(data), language), short=number(len(every) - len(long), language),
                   words=shortest),
        notes=(label("check_quotes_note", language),),
        sources=tuple({one.source.name: one.source for one in several}.values()),
        labels={"state_of_quote": {one: label(f"quote_{one}", language) for one in ORDER}},
        language=language,
    )


def _best(quote: str, several: Sequence[Documents]) -> tuple[Found, str, bool]:
    """Return how the quotation stands in the text where it stands best."""
    best, where, synthetic = Found("absent", like=0.0), "", True
    for documents in several:
        for name, text in zip(documents.texts["document"], documents.texts["text"], strict=True):
            found = compared(quote, text)
            if (ORDER.index(found.state), -found.like) < (ORDER.index(best.state), -best.like):
                best, synthetic = found, documents.source.synthetic
                where = "" if found.state == "absent" else name
            if best.state == "exact":
                return best, where, synthetic
    return best, where, synthetic


def _differences(found: Found, language: str, *, synthetic: bool) -> str:
    if found.state != "changed":
        return ""
    if not synthetic:
        return label("changed_places", language, n=len(found.changes))
    return "; ".join(
        label("words_left_out", language, words=there) if not quoted
        else label("words_added", language, words=quoted) if not there
        else f"{quoted} → {there}" for quoted, there in found.changes)
