"""Cases that a reading has to account for: where a code is missing, or stands alone."""

import pandas as pd

from wbkit.coding.presence import chosen_codes
from wbkit.coding.protecting import refuse_real
from wbkit.coding.topics import document_words, texts_words
from wbkit.data.codings import ACCEPTED, Codings
from wbkit.labels import label, number
from wbkit.table.table import Table


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
    _refuse_real(codings)
    chosen_codes([codings], [code, other])
    there, beside = _with(codings, code), _with(codings, other)
    looked = _looked(codings, other) & _looked(codings, code)
    have = there[there["document"].isin(looked)]
    lack = have[~have["document"].isin(beside["document"])]
    words, language = codings.codebook.words(codings.documents.source.language), _language(codings)
    return _table(codings, _first(lack), label(
        "negative_title", language, code=words[code], other=words[other]),
        label("negative_base", language, n=number(lack["document"].nunique(), language),
              all=number(have["document"].nunique(), language), code=words[code],
              other=words[other]))


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
    _refuse_real(codings)
    data = _accepted(codings)
    once = data.groupby("code", observed=True)["document"].nunique()
    rows = data[data["code"].isin(once.index[once == 1])]
    language = _language(codings)
    parts = [_first(part).assign(code=code) for code in codings.codebook.codes
             for part in [rows[rows["code"] == code]] if len(part)]
    made = pd.concat(parts) if parts else _first(rows).assign(code="")
    return _table(codings, made[["code", "document", "mentions", "quote"]],
                  label("unique_title", language, source=texts_words(
                      codings.documents, [codings.documents.source])),
                  label("unique_base", language, n=number(len(parts), language),
                        all=number(len(once), language)))


def _language(codings: Codings) -> str:
    return codings.documents.source.language


def _refuse_real(codings: Codings) -> None:
    refuse_real([codings.documents.source], "single documents", "code_frequency or code_matrix")


def _accepted(codings: Codings) -> pd.DataFrame:
    return codings.data[codings.data["status"] == ACCEPTED].sort_values(
        ["document", "start", "end"], kind="stable")


def _with(codings: Codings, code: str) -> pd.DataFrame:
    data = _accepted(codings)
    return data[data["code"].isin(codings.codebook.descendants(code))]


def _looked(codings: Codings, code: str) -> set[str]:
    """Return the documents in which somebody looked for the code, or one under it."""
    wanted = set(codings.codebook.descendants(code))
    considered = codings.considered
    return {one for one, codes in zip(considered["document"], considered["codes"], strict=True)
            if wanted & set(codes)}


def _first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each document with its mentions and its first quote."""
    places = rows.drop_duplicates(["document", "start", "end"])
    grouped = places.groupby("document", sort=False, observed=True)["quote"]
    return grouped.agg(mentions="size", quote="first").reset_index()


def _table(codings: Codings, data: pd.DataFrame, title: str, base: str) -> Table:
    source, language = codings.documents.source, _language(codings)
    return Table(
        data=data.reset_index(drop=True), kind="listing", title=title,
        units=(source.units(1), source.units(2)), base=base,
        notes=(label("cases_note", language),), sources=(source,),
        labels={"code": codings.codebook.words(language),
                "document": document_words(codings.documents, [source])}, language=language,
    )
