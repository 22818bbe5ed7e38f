"""Whether the quotations in a report stand in the texts."""

from collections.abc import Sequence

import pandas as pd

from wbkit.data.documents import Documents, need_documents
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.table.facts import Counted, Subject
from wbkit.table.statements.coding import Caution, Checked, Differing
from wbkit.table.table import Table
from wbkit.text.quotations import Found, compared, quotations, words_of

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
    several = need_documents(documents, "check_quotes")
    if not several or shortest < 1:
        raise CodingError(_(
            "check_quotes needs at least one Documents, and shortest of 1 or more."))
    every = quotations(text)
    long = [(at, quote) for at, quote in every if len(words_of(quote)) >= shortest]
    rows, told = [], {}
    for at, quote in long:
        found, document, synthetic = _best(quote, several)
        differing = _differing(found, synthetic=synthetic)
        told[differing.id] = differing
        rows.append((quote, found.state, document, differing.id, text.count("\n", 0, at) + 1))
    data = pd.DataFrame(rows, columns=["quote", "state_of_quote", "document", "differences",
                                       "line"])
    good = int(data["state_of_quote"].isin(["exact", "marked"]).sum())
    checked = Checked(good, len(data), len(every) - len(long), shortest)
    facts = (Subject("check_quotes"), Counted("quotation"), checked, Caution("check_quotes"),
             *(one for one in told.values() if one.id))
    sources = tuple({one.source.name: one.source for one in several}.values())
    return Table(data.astype({"line": "int64"}), "listing", (), facts, sources)


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


def _differing(found: Found, *, synthetic: bool) -> Differing:
    """State what differs; in the id ``→ words`` was left out, and ``words →`` was added."""
    if found.state != "changed":
        return Differing("")
    if not synthetic:
        return Differing(f"{len(found.changes)} ×", places=len(found.changes))
    changes = "; ".join(f"{quoted} → {there}".strip() for quoted, there in found.changes)
    return Differing(changes, found.changes)
