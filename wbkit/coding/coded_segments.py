"""What was said or written, in its context."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from wbkit.coding.interview_guide import document_words, items_of, role_words
from wbkit.coding.presence import counted_origins
from wbkit.coding.units import in_turns
from wbkit.data.codings import ONE_SOURCE, Codings
from wbkit.data.documents import NOT_CODED, Documents, need_documents
from wbkit.data.source_data import need
from wbkit.errors import CodingError, DataError, DisclosureError
from wbkit.messages import _, listing, spoken
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Count, MissingUnits, Subject
from wbkit.table.statements.coding import Asked, Cases, Chosen, Listed
from wbkit.table.table import Table

SEGMENT_COLUMNS = ("document", "role", "question_id", "before", "quote", "after")


def coded_segments(
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
        If the quotes are of real people, and `read_codings` did not find in the store that they
        were pseudonymised.
    CodingError
        If nobody in that role said anything.
    """
    need(codings, Codings, "coded_segments", _(ONE_SOURCE))
    source = codings.documents.source
    refuse_real([codings.documents], _("quotes"), _("code_frequency or code_matrix"))
    inside = codings.codebook.descendants(code)
    kept = codings.counting & codings.data["code"].isin(inside).to_numpy()
    every = codings.data[kept].drop_duplicates(
        ["document", "start", "end"])
    placed = _in_turns(codings, every)
    if role is not None:
        placed = _of_role(codings, placed, role)
    chosen = placed.assign(nth=placed.groupby("document", sort=False).cumcount())
    chosen = chosen.sort_values("nth", kind="stable").head(most).sort_index()
    facts = (Subject("quotes"), Cases(code), _shown(codings.documents.texts, placed, chosen),
             *counted_origins(codings))
    meaning = (codings.codebook, document_words(codings.documents, [source]),
               role_words("role", [codings.documents]))
    return Table(_with_context(codings, chosen, context), "listing", (), facts,
                 (source, *meaning))


def _shown(texts: pd.DataFrame, every: pd.DataFrame, shown: pd.DataFrame) -> Listed:
    """State how many quotes are shown, and from how many texts."""
    return Listed("quotes", Count(len(shown)), Count(len(every)),
                  texts=Count(shown["document"].nunique()), documents=Count(len(texts)))


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
        raise CodingError(_(
            "{source}: nobody has the role {role!r}. The roles are {known}. Use one of these.",
            source=codings.documents.source.name, role=role, known=", ".join(known) or _("none")))
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
    made = pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))
    return codings.documents.with_consent(made, ("before", "quote", "after"))


def excerpts(
    documents: Documents,
    *,
    question: str | None = None,
    where: Mapping[str, str] | None = None,
    beside: Sequence[str] = (),
    most: int | None = None,
) -> Table:
    """Show what was said or written, from the first word to the last.

    Key words find a theme; passages let a reader judge a few texts that matter as they stand.

    Parameters
    ----------
    documents
        Texts of one source, or the answers to one open item.
    question
        Id of a question of the guide: only what was said on it.
    where
        Attribute = value: only these texts.
    beside
        Attributes that name each row, in place of the id of the text.
    most
        Most passages of one text, from its beginning; all when left out.

    Returns
    -------
    Table
        One row for each turn of somebody who was asked, or for each text in which nobody speaks:
        ``document`` or the columns of `beside`, and ``quote``.

    Raises
    ------
    DisclosureError
        If the texts are of real people and were not pseudonymised.
    DataError
        If nothing was said on that question, or the texts have no such attribute or value.
    """
    need_documents(documents, "excerpts")
    source = documents.source
    refuse_real([documents], _("texts"), _("code_frequency or code_matrix"))
    texts = _chosen(documents, where or {}, beside)
    every = _spoken(documents, texts, question)
    nth = every.groupby("document", sort=False).cumcount()
    shown = every if most is None else every[nth < most]
    asked = [Asked(question)] if question in documents.topics else []
    facts = (Subject("excerpts", items_of(documents)), *asked,
             *(Chosen(*one) for one in (where or {}).items()), _shown(texts, every, shown),
             *([MissingUnits()] if source.missing_units else []))
    columns = [*(beside or ["document"]), "quote"]
    data = documents.with_consent(shown)[columns].reset_index(drop=True)
    return Table(data, "listing", tuple(beside), facts,
                 (source, Vocabulary.of("topic", documents.topics_in)))


def _chosen(
    documents: Documents, where: Mapping[str, str], beside: Sequence[str]
) -> pd.DataFrame:
    """Return the texts with these values."""
    name, texts = documents.source.name, documents.texts
    strange = [one for one in (*where, *beside) if one not in documents.attributes]
    if strange:
        raise DataError(_(
            "{source}: its texts have no attribute {attribute!r}. They have {known}. Use one of "
            "these.",
            source=name, attribute=strange[0],
            known=", ".join(documents.attributes) or _("none")))
    for attribute, value in where.items():
        known = sorted(set(texts[attribute]))
        if value not in known:
            raise DataError(_(
                "{source}: no text has {attribute} = {value!r}. There is {known}. Use one of "
                "these.",
                source=name, attribute=attribute, value=value, known=", ".join(known)))
        texts = texts[texts[attribute] == value]
    return texts


def _spoken(documents: Documents, texts: pd.DataFrame, question: str | None) -> pd.DataFrame:
    """Return one row for each passage, with the attributes of its text."""
    turns = documents.turns[~documents.turns["role"].isin(NOT_CODED)]
    if question is not None:
        known = ", ".join(dict.fromkeys(turns.loc[turns["question"] != "", "question"]))
        turns = turns[turns["question"] == question]
        if turns.empty:
            raise DataError(_(
                "{source}: nothing was said on the question {question!r}. The questions are "
                "{known}. Use one of these.",
                source=documents.source.name, question=question, known=known or _("none")))
    if documents.turns.empty:
        return texts.assign(quote=texts["text"].map(_on_one_line))
    found = turns[["document", "start", "end"]].merge(texts, on="document")
    return found.assign(quote=[_on_one_line(row.text[row.start:row.end])
                               for row in found.itertuples()])


def _on_one_line(text: str) -> str:
    """Join the lines of a passage; notes with a dash stay apart."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    notes = any(line.startswith("- ") for line in lines)
    return " / ".join(line.removeprefix("- ") for line in lines) if notes else " ".join(lines)


def refuse_real(several: Iterable[Documents], what: str, instead: str) -> None:
    """Refuse to show words of real people that are neither public nor pseudonymised."""
    real = [one.source.name for one in several if not one.may_be_shown]
    if real:
        raise DisclosureError(_(
            "{sources}: {what} of real people may be shown once they are pseudonymised. Give "
            "wbkit pseudonymise, decide on the words in its sheet, and read the texts again; "
            "until then use {instead}.",
            sources=listing(real, spoken()), what=what, instead=instead))
