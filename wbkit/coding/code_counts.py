"""How many units have a code: never texts, speakers or mentions in place of units."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from wbkit.coding.interview_guide import NONE, texts_words
from wbkit.coding.presence import (
    ITEM,
    by_question,
    chosen_codes,
    coders,
    counts,
    group_words,
    groups,
    partly_read,
    presence,
    waiting,
)
from wbkit.data.codings import Codings
from wbkit.errors import CodingError
from wbkit.labels import label, listing, number, unit_words
from wbkit.stats.suppression import too_small
from wbkit.table.old_table import OldTable
from wbkit.table.table import Table

SOURCE, DOCUMENT, QUESTION = "source", "document", "question"
KINDS = ("by hand", "by dictionary")


def code_frequency(
    codings: Codings, *, by: str | None = None, codes: Sequence[str] | None = None
) -> Table:
    """Count how many units have each code at least once.

    Parameters
    ----------
    codings
        Codings of one source.
    by
        An attribute of the texts: one group for each of its values.
    codes
        Ids of codes, as ``codebook.of("themas12")``; all that were looked for when left out.

    Returns
    -------
    Table
        One row for each group and code, also for a code that no unit has.

        - ``item``, `by`, ``value``: ids; ``value`` is the code
        - ``n``: units with the code, or with a code under it, each unit once
        - ``base``: units in the group with a text in which somebody looked for the code
        - ``share``: n / base, from 0 to 1; units can have several codes
        - ``low``, ``high``: absent
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the texts have no attribute `by`.
    CodingError
        If nobody looked for one of the codes.
    """
    source, language = codings.documents.source, codings.documents.source.language
    shown = chosen_codes([codings], codes)
    found = presence(codings, shown)
    parts = groups(codings, by) if by else [("", codings.documents.texts)]
    rows = [(ITEM, name, *row) for name, texts in parts
            for row in counts(codings, found, shown, texts)]
    data = pd.DataFrame(rows, columns=["item", by or "group", "value", "n", "base", "mentions"])
    data = data.drop(columns=["mentions"] + ([] if by else ["group"]))
    keys = ["item", *([by] if by else [])]
    words = {by: group_words(codings, by)} if by else {}
    return OldTable(
        data=_finished(data, keys, source.minimum),
        kind="frequency",
        title=_title([codings], language),
        units=(source.units(1), source.units(2)),
        base=_base(codings, None if by else data["base"]),
        notes=_notes([codings], shown),
        sources=(source,),
        labels=_labels([codings], language, by) | words,
        language=language,
        adds_up=False,
    )


def _base(codings: Codings, bases: pd.Series | None) -> str:
    """Say whose texts were read: all of them, or those in which somebody looked for the codes."""
    source, n = codings.documents.source, codings.documents.n
    words = {"units": source.units(2), "all": number(n, source.language)}
    if bases is None:
        return label("base_codes_by", source.language, **words)
    one = bases.unique()
    part = len(one) == 1 and source.minimum <= one[0] < n
    return label("base_codes_part" if part else "base_codes", source.language,
                 n=number(one[0] if part else n, source.language), **words)


def code_matrix(
    codings: Codings | Sequence[Codings], *, rows: str = SOURCE, codes: Sequence[str] | None = None
) -> Table:
    """Set codes beside each other for sources, texts, guide questions or groups.

    Each source counts its own unit against its own base; nothing is added or tested across
    units. Several speakers in one conversation are mentions, not units.

    Parameters
    ----------
    codings
        Codings of one source, or a list of several, with the same codebook.
    rows
        ``source`` (each source, or open item of one), ``document`` (each text), ``question``
        (each question of the guide), or an attribute of the texts.
    codes
        Ids of codes; all that were looked for when left out.

    Returns
    -------
    Table
        One row for each of `rows` and each code.

        - ``row``: id of the source, text, question or group; ``unit``: what is counted
        - ``item``, ``value``: ids; ``value`` is the code
        - ``n``: units with the code at least once; ``base``: units in this row with a text in
          which somebody looked for the code
        - ``share``: n / base, from 0 to 1; ``low``, ``high``: absent
        - ``mentions``: places with the code
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the texts have no such attribute, or no turn is tied to a guide.
    CodingError
        If the codebooks differ, or nobody looked for one of the codes.
    """
    several = [codings] if isinstance(codings, Codings) else list(codings)
    if not several:
        raise CodingError("The list of codings is empty. Give at least one.")
    language = several[0].documents.source.language
    shown = chosen_codes(several, codes)
    parts = [part for one, own in zip(several, _names(several), strict=True)
             for part in _rows(one, rows, shown, own if rows == SOURCE or len(several) > 1 else "")]
    data = pd.concat([part for part, _ in parts], ignore_index=True)
    sources = tuple({one.documents.source.name: one.documents.source for one in several}.values())
    units = {source.unit for source in sources}
    both = (sources[0].units(1), sources[0].units(2)) if len(units) == 1 else unit_words(
        "unit", language)
    key = "base_codes_document" if rows == DOCUMENT else "base_codes_beside"
    return OldTable(
        data=data,
        kind="matrix",
        title=_title(several, language),
        units=both,
        base=label(key, language),
        notes=_notes(several, shown),
        sources=sources,
        labels=_labels(several, language) | {"row": {row: name for _, words in parts
                                                     for row, name in words.items()}},
        language=language,
        adds_up=False,
    )


def _rows(
    codings: Codings, rows: str, shown: Sequence[str], own: str
) -> list[tuple[pd.DataFrame, dict[str, str]]]:
    """Return the counts and the printed name of each row of one Codings."""
    source, made = codings.documents.source, []
    for name, words, part, texts in _parts(codings, rows):
        row = own if rows == SOURCE else f"{own}: {name}" if own else name
        words = f"{words} ({_kind_words(codings)})" if own.endswith(KINDS) else words
        frame = pd.DataFrame(counts(part, presence(part, shown), shown, texts),
                             columns=["value", "n", "base", "mentions"])
        frame = frame.assign(row=row, unit=source.unit, item=ITEM)
        made.append((_finished(frame, ["row"], source.minimum)[
            ["row", "unit", "item", "value", "n", "base", "share", "low", "high", "mentions",
             "state"]], {row: words}))
    return made


def _parts(codings: Codings, rows: str) -> list[tuple]:
    """Return id, words, codings and texts of each row."""
    documents, texts, source = codings.documents, codings.documents.texts, codings.documents.source
    if rows == SOURCE:
        return [("", texts_words(codings.documents, [source]), codings, texts)]
    if rows == DOCUMENT:
        return [(one, one, codings, texts[texts["document"] == one]) for one in texts["document"]]
    if rows == QUESTION:
        asked, parts = by_question(codings)
        topics = documents.topics
        return [(one, f"{one} {topics.get(one, '')}".strip(),
                 replace(codings, data=codings.data[asked == one]), part) for one, part in parts]
    words = group_words(codings, rows)
    return [(one, words.get(one, one), codings, part) for one, part in groups(codings, rows)]


def _names(several: Sequence[Codings]) -> list[str]:
    """Name each by its source and open item; hand and dictionary apart where both are there."""
    own = [f"{one.documents.source.name}.{one.documents.item}".rstrip(".") for one in several]
    return [f"{name} {KINDS[one.from_dictionary]}" if own.count(name) > 1 else name
            for name, one in zip(own, several, strict=True)]


def _kind_words(codings: Codings) -> str:
    key = "keywords_item" if codings.from_dictionary else "codes_item"
    return label(key, codings.documents.source.language).lower()


def _finished(data: pd.DataFrame, keys: list[str], minimum: int) -> pd.DataFrame:
    """Add the shares and take out what is too small to show."""
    hidden = pd.Series(False, index=data.index)
    for _, part in data.groupby([*keys, "base"], sort=False):
        base = int(part["base"].iloc[0])
        hidden[part.index] = too_small(part["n"].to_numpy(), base, minimum, partition=False)
    small = (data["base"] > 0) & (data["base"] < minimum)
    data = data.assign(share=data["n"] / data["base"].where(data["base"] > 0), low=NONE, high=NONE)
    numbers = [name for name in ("n", "share", "mentions") if name in data]
    return data.assign(
        **data[numbers].astype(float).mask(hidden, axis=0),
        base=data["base"].astype(float).mask(small),
        state=hidden.map({True: "hidden", False: "shown"}),
    )


def _title(several: Sequence[Codings], language: str) -> str:
    kind = _kind(several)
    if len(several) > 1:
        return label(f"{kind}_beside", language)
    return label(f"{kind}_in", language, source=texts_words(
        several[0].documents, [several[0].documents.source]))


def _kind(several: Sequence[Codings]) -> str:
    """Say what is counted: key words, codes, or both beside each other."""
    found = {one.from_dictionary for one in several}
    return "both" if len(found) > 1 else "keywords" if True in found else "codes"


def _notes(several: Sequence[Codings], shown: Sequence[str]) -> tuple[str, ...]:
    source, book = several[0].documents.source, several[0].codebook
    language = source.language
    hits, hand = (waiting([one for one in several if one.from_dictionary is kind], shown)
                  for kind in (True, False))
    kind = _kind(several)
    notes = [] if kind == "codes" else [label(f"{kind}_note", language)]
    people = coders(several)
    notes += [label("any_coder_note", language, coders=listing(people, language))] if people else []
    notes += [label("partly_read_note", language)] if partly_read(several, shown) else []
    notes += [label("review_note", language, n=number(hits, language))] if hits else []
    notes += [label("undecided_note", language, n=number(hand, language))] if hand else []
    notes += [label("rollup_note", language)] if any(
        len(book.descendants(code)) > 1 for code in shown) else []
    notes += [label("mentions_note", language)] if any(
        len(one.documents.turns) for one in several) else []
    for one in several:
        notes += one.documents.source.missing_words()
    return tuple(dict.fromkeys(notes))


def _labels(
    several: Sequence[Codings], language: str, by: str | None = None
) -> dict[str, dict[str, str]]:
    kind = _kind(several)
    units = {one.documents.source.unit: one.documents.source.units(2) for one in several}
    columns = {"value": label("col_code", language)}
    return {"item": {ITEM: label(f"{kind}_item", language)},
            "value": several[0].codebook.words(language), "unit": units,
            "column": columns | ({by: _name_of(several[0], by)} if by else {}),
            "sentence": {"key": f"sentence_{kind}"}}


def _name_of(codings: Codings, by: str) -> str:
    source = codings.documents.source
    item = source.items.get(by)
    return item.words(source.language, short=True) if item else by
