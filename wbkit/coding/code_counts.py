"""How many units have a code: never texts, speakers or mentions in place of units."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from wbkit.coding.interview_guide import NONE, document_words, items_of
from wbkit.coding.presence import (
    ITEM,
    by_question,
    chosen_codes,
    coders,
    counts,
    groups,
    origins,
    partly_read,
    presence,
    waiting,
)
from wbkit.data.codings import ONE_SOURCE, Codings, need_codings
from wbkit.data.source_data import need
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.stats.suppression import too_small
from wbkit.study.informants import are_informants, told_of, told_together
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Count, Counted, Fact, MissingUnits, Overlapping, Subject
from wbkit.table.statements.coding import (
    AnyCoder,
    Considered,
    Given,
    OnceEach,
    PartlyRead,
    Rolled,
    Row,
    UnknownGroup,
    Waiting,
)
from wbkit.table.statements.privacy import Informants
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
        - ``share``: n / base, from 0 to 1; units can have several codes. Absent for hits of a
          dictionary, which are no share of people: see `prevalence`
        - ``low``, ``high``: absent
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the texts have no attribute `by`.
    CodingError
        If nobody looked for one of the codes.
    """
    need(codings, Codings, "code_frequency", _(ONE_SOURCE))
    source = codings.documents.source
    shown = chosen_codes([codings], codes)
    found = presence(codings, shown)
    parts = groups(codings, by) if by else [("", codings.documents.texts)]
    rows = [(ITEM, name, *row) for name, texts in parts
            for row in counts(codings, found, shown, texts)]
    data = pd.DataFrame(rows, columns=["item", "group", "value", "n", "base", "mentions"])
    data, bases = data.drop(columns=["mentions"] + ([] if by else ["group"])), data["base"]
    data = _finished(data, ["item", *(["group"] if by else [])], codings)
    data = data.rename(columns={"group": by}) if by else data
    facts = (_subject([codings], by), Overlapping(),
             _base(codings, None if by else bases), *_notes([codings], shown),
             *([UnknownGroup(by)] if by else []))
    own = [Vocabulary.of("column", lambda _: {by: by})] if by and by not in source.items else []
    return Table(data, "frequency", (by,) if by else (), facts,
                 (source, codings.codebook, *own))


def _base(codings: Codings, bases: pd.Series | None) -> Considered:
    """State whose texts were read: all of them, or those in which somebody looked for the codes."""
    every, kind = Count(codings.documents.n), _kind([codings])
    if bases is None:
        return Considered(f"base_{kind}_by")
    one = bases.unique()
    if len(one) == 1 and 0 < one[0] < every.n:
        return Considered(f"base_{kind}_part", Count(int(one[0])), every)
    return Considered(f"base_{kind}", every)


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
        - ``share``: n / base, from 0 to 1, absent for hits of a dictionary; ``low``, ``high``:
          absent
        - ``mentions``: places with the code
        - ``state``: ``shown`` or ``hidden``

    Raises
    ------
    DataError
        If the texts have no such attribute, or no turn is tied to a guide.
    CodingError
        If the codebooks differ, or nobody looked for one of the codes.
    """
    several = need_codings(codings, "code_matrix")
    if not several:
        raise CodingError(_("The list of codings is empty. Give at least one."))
    shown = chosen_codes(several, codes)
    apart, together = _kind(several) == "both", _told_together(several) if rows == SOURCE else []
    parts = [part for one, own in zip(several, _names(several), strict=True)
             if not any(one is other for some in together for other in some)
             for part in _rows(one, rows, shown, own if rows == SOURCE or len(several) > 1 else "",
                               apart=apart)]
    parts += [_services(some, shown) for some in together]
    data = pd.concat([part for part, _ in parts], ignore_index=True)
    sources = tuple({one.documents.source.name: one.documents.source for one in several}.values())
    units = [Counted("unit")] if len({source.unit for source in sources}) > 1 else []
    form = "base_codes_document" if rows == DOCUMENT else "base_codes_beside"
    facts = (_subject(several), Overlapping(), *units, Considered(form), *_notes(several, shown),
             *(row for _, row in parts))
    words = [Vocabulary.of("unit", lambda language: {
        one.unit: one.units(2, language) for one in sources})]
    words += [document_words(one.documents, [one.documents.source]) for one in several
              if rows == DOCUMENT]
    words += [_question_words(several, [row for _, row in parts])] if rows == QUESTION else []
    return Table(data, "matrix", ("row",), facts, (*sources, several[0].codebook, *words))


def _rows(
    codings: Codings, rows: str, shown: Sequence[str], own: str, *, apart: bool
) -> list[tuple[pd.DataFrame, Row]]:
    """Return the counts of each row of one Codings, and what the row is.

    `apart` says that other rows came about in another way.
    """
    source, made = codings.documents.source, []
    how = f"{_kind([codings])}_item" if apart else ""
    for name, part, texts in _parts(codings, rows):
        row = own if rows == SOURCE else f"{own}: {name}" if own else name
        frame = pd.DataFrame(counts(part, presence(part, shown), shown, texts),
                             columns=["value", "n", "base", "mentions"])
        frame = frame.assign(row=row, unit=source.unit, item=ITEM)
        frame = _finished(frame, ["row"], codings)[
            ["row", "unit", "item", "value", "n", "base", "share", "low", "high", "mentions",
             "state"]]
        made.append((frame, Row(row, source.name, rows, name, items_of(codings.documents), how)))
    return made


def _told_together(several: Sequence[Codings]) -> list[list[Codings]]:
    """Return the services that stand in one row: not all of them agreed to stand apart."""
    names = told_together(one.documents.source for one in several)
    found: dict[tuple, list[Codings]] = defaultdict(list)
    for one in several:
        source = one.documents.source
        if source.name in names:
            label = source.design.informants
            found[label.nl, label.en, one.from_dictionary].append(one)
    return [some for some in found.values() if len(some) > 1]


def _services(several: Sequence[Codings], shown: Sequence[str]) -> tuple[pd.DataFrame, Informants]:
    """Return the counts of some services together, in words, and what the row is."""
    names = tuple(one.documents.source.name for one in several)
    found = [pd.DataFrame(counts(one, presence(one, shown), shown, one.documents.texts),
                          columns=["value", "n", "base", "mentions"]) for one in several]
    n, base = (sum(one[name] for one in found) for name in ("n", "base"))
    frame = pd.DataFrame({
        "row": "+".join(names), "unit": several[0].documents.source.unit, "item": ITEM,
        "value": found[0]["value"], "n": NONE, "base": base.astype(float), "share": NONE,
        "low": NONE, "high": NONE, "mentions": NONE, "state": list(map(told_of, n, base))})
    return frame, Informants("+".join(names), names, sum(one.documents.n for one in several))


def _parts(codings: Codings, rows: str) -> list[tuple[str, Codings, pd.DataFrame]]:
    """Return id, codings and texts of each row."""
    texts = codings.documents.texts
    if rows == SOURCE:
        return [("", codings, texts)]
    if rows == DOCUMENT:
        return [(one, codings, texts[texts["document"] == one]) for one in texts["document"]]
    if rows == QUESTION:
        asked, parts = by_question(codings)
        return [(one, replace(codings, data=codings.data[asked == one]), part)
                for one, part in parts]
    return [(one, codings, part) for one, part in groups(codings, rows)]


def _names(several: Sequence[Codings]) -> list[str]:
    """Name each by its source and open item; hand and dictionary apart where both are there."""
    own = [f"{one.documents.source.name}.{one.documents.item}".rstrip(".") for one in several]
    return [f"{name} {KINDS[one.from_dictionary]}" if own.count(name) > 1 else name
            for name, one in zip(own, several, strict=True)]


def _finished(data: pd.DataFrame, keys: list[str], codings: Codings) -> pd.DataFrame:
    """Add the shares, none of what a dictionary found, and take out what is too small to show."""
    source, minimum = codings.documents.source, codings.documents.source.minimum
    hidden = pd.Series(False, index=data.index)
    for __, part in data.groupby([*keys, "base"], sort=False):
        base = int(part["base"].iloc[0])
        hidden[part.index] = too_small(part["n"].to_numpy(), base, minimum, partition=False)
    small = (data["base"] > 0) & (data["base"] < minimum)
    share = data["n"] / data["base"].where(data["base"] > 0)
    data = data.assign(share=NONE if codings.from_dictionary else share, low=NONE, high=NONE)
    state = hidden.map({True: "hidden", False: "shown"})
    if are_informants(source):
        words = pd.Series(list(map(told_of, data["n"], data["base"])), index=data.index)
        state, hidden = words.mask(small, "hidden"), pd.Series(True, index=data.index)
    numbers = [name for name in ("n", "share", "mentions") if name in data]
    return data.assign(**data[numbers].astype(float).mask(hidden, axis=0),
                       base=data["base"].astype(float).mask(small), state=state)


def _subject(several: Sequence[Codings], by: str | None = None) -> Subject:
    """State what is counted, in the texts of one Codings or of several beside each other."""
    kind, groups = _kind(several), (by,) if by else ()
    if len(several) > 1:
        return Subject(f"{kind}_beside", (), groups)
    return Subject(f"{kind}_in", items_of(several[0].documents), groups)


def _kind(several: Sequence[Codings]) -> str:
    """Say what is counted: key words, codes, or both beside each other."""
    found = {one.from_dictionary for one in several}
    return "both" if len(found) > 1 else "keywords" if True in found else "codes"


def _notes(several: Sequence[Codings], shown: Sequence[str]) -> list[Fact]:
    """State how the codes came about, what waits for a reader, and how units are counted."""
    kind, book, people = _kind(several), several[0].codebook, coders(several)
    facts: list[Fact] = [Given(kind)]
    facts += [AnyCoder(tuple(people))] if people else []
    facts += [PartlyRead()] if partly_read(several, shown) else []
    facts += origins(several, shown)
    facts += [Waiting(of, Count(n)) for of, n in _waiting(several, shown) if n]
    facts += [Rolled()] if any(len(book.descendants(code)) > 1 for code in shown) else []
    facts += [OnceEach()] if any(len(one.documents.turns) for one in several) else []
    missing = any(one.documents.source.missing_units for one in several)
    return [*facts, MissingUnits()] if missing else facts


def _waiting(several: Sequence[Codings], shown: Sequence[str]) -> list[tuple[str, int]]:
    return [(of, waiting([one for one in several if one.from_dictionary is by_dictionary], shown))
            for of, by_dictionary in (("hits", True), ("codings", False))]


def _question_words(several: Sequence[Codings], rows: Sequence[Row]) -> Vocabulary:
    """Return the words of each row that is a question of a guide: its id and its topic."""
    known = {one.documents.source.name: one.documents for one in several}
    return Vocabulary.of("question", lambda language: {
        row.id: f"{row.part} {known[row.source].topics_in(language).get(row.part, '')}".strip()
        for row in rows})
