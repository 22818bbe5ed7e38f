"""What was said or written, in its context."""

import pandas as pd

from wbkit.coding.protecting import refuse_real
from wbkit.coding.topics import document_words
from wbkit.coding.units import in_turns
from wbkit.data.codings import Codings
from wbkit.errors import CodingError
from wbkit.labels import label, number
from wbkit.table.table import Table

COLUMNS = ("document", "role", "question_id", "before", "quote", "after")


def quotes(
    codings: Codings, code: str, *, role: str | None = None, context: int = 60, most: int = 20
) -> Table:
    """Show the passages with a code, or with a code under it.

    Parameters
    ----------
    codings
        Codings of one source.
    code
        Id of the code.
    role
        Only what people in this role said.
    context
        Characters shown before and after, within the turn.
    most
        Most quotes to show: first one from each text, then a second one.

    Returns
    -------
    Table
        One row for each quote: document, role and guide question (where people speak), words
        before, quote, words after.

    Raises
    ------
    DisclosureError
        If the source is not synthetic: quotes of real people wait until they are pseudonymised.
    CodingError
        If nobody in that role said anything.
    """
    source, language = codings.documents.source, codings.documents.source.language
    refuse_real([source], "quotes", "code_frequency or code_matrix")
    inside = codings.codebook.descendants(code)
    every = codings.data[codings.data["code"].isin(inside)].drop_duplicates(
        ["document", "start", "end"])
    placed = _in_turns(codings, every)
    if role is not None:
        placed = _of_role(codings, placed, role)
    chosen = placed.assign(nth=placed.groupby("document", sort=False).cumcount())
    chosen = chosen.sort_values("nth", kind="stable").head(most).sort_index()
    texts = codings.documents.texts
    return Table(
        data=_with_context(codings, chosen, context),
        kind="listing",
        title=label("quotes_title", language, code=codings.codebook.code(code).words(language)),
        units=(source.units(1), source.units(2)),
        base=label("quotes_base", language, n=number(len(chosen), language),
                   all=number(len(placed), language), documents=number(len(texts), language),
                   texts=number(chosen["document"].nunique(), language)),
        notes=(label("keywords_note", language),) if codings.from_dictionary else (),
        sources=(source,),
        labels={"document": document_words(codings.documents, [source]),
                "role": codings.documents.role_words()},
        language=language,
    )


def _in_turns(codings: Codings, data: pd.DataFrame) -> pd.DataFrame:
    """Add role, question and the edges of the turn to each coding."""
    turns = codings.documents.turns
    lengths = codings.documents.texts.set_index("document")["text"].str.len()
    if turns.empty:
        return data.assign(role="", question_id="", first=0, last=data["document"].map(lengths))
    turns = turns.rename(columns={"end": "last", "question": "question_id"})
    return in_turns(data, turns[["document", "start", "last", "role", "question_id"]])


def _of_role(codings: Codings, placed: pd.DataFrame, role: str) -> pd.DataFrame:
    known = sorted(set(codings.documents.turns["role"]))
    if role not in known:
        raise CodingError(f"{codings.documents.source.name}: nobody has the role {role!r}. "
                          f"The roles are {', '.join(known) or 'none'}. Use one of these.")
    return placed[placed["role"] == role]


def _with_context(codings: Codings, chosen: pd.DataFrame, context: int) -> pd.DataFrame:
    texts = codings.documents.texts.set_index("document")["text"].to_dict()
    rows = []
    for row in chosen.itertuples():
        text = texts[row.document]
        before = text[max(int(row.first), row.start - context):row.start]
        after = text[row.end:min(int(row.last), row.end + context)]
        rows.append((row.document, row.role or None, row.question_id or None,
                     " ".join(before.split()), row.quote, " ".join(after.split())))
    return pd.DataFrame(rows, columns=list(COLUMNS))
