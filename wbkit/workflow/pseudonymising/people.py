"""Whose rows and texts consent.csv means."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

import pandas as pd

from wbkit.data.consent import CONSENT, NO, Consent, are_of
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import asked_items
from wbkit.errors import WbkitError
from wbkit.intake.documents import read_documents
from wbkit.intake.draft.sensitive import identifying
from wbkit.intake.source_files import read_source
from wbkit.messages import _, counted
from wbkit.study.study import Study

IDS = ("id", "name", "email", "token")
ROW = "row:"  # before the number that Excel shows


def rows_of_people(raw: Raw, ids: Collection[str]) -> pd.Series:
    """Mark the rows of people of whom an id, a number or a code is given, or ``row:12``.

    A number alone is that of a row only where no column says who somebody is.
    """
    headings = _id_columns(raw)
    rows = {one.removeprefix(ROW).strip() for one in ids if one.startswith(ROW) or not headings}
    theirs = pd.Series(raw.data.index.astype(str).isin(rows), index=raw.data.index)
    for heading in headings:
        theirs |= are_of(raw.data[heading], ids)
    return theirs


def _id_columns(raw: Raw) -> list[str]:
    """Return the headings of the columns that say who somebody is."""
    headings = [*(raw.ids[role] for role in IDS if role in raw.ids),
                *(one for item in asked_items(raw.source) for one in item.headings
                  if item.sensitivity == "identifier"),
                *(one for one in raw.source.ignore
                  if identifying(one, one, ()))]
    return [one for one in dict.fromkeys(headings) if one in raw.data]


def texts_of_people(documents: Documents, ids: Collection[str]) -> pd.Series:
    """Return the texts of people of whom an id is given; of answers, the rows tell."""
    texts = documents.texts
    if documents.item:
        return texts.loc[[], "document"]
    return texts.loc[are_of(texts["document"], ids) | are_of(texts["unit"], ids), "document"]


def unclear_people(study: Study, consents: Iterable[Consent]) -> Iterator[str]:
    """Say of whom consent.csv asks something, and it is not clear who that is."""
    asking = [one for one in consents if (one.withdrawn or one.quotes in NO) and not one.removed]
    if not asking:
        return
    read = dict(_readable(study))
    for one in asking:
        found = {name: _found(data, one.who) for name, data in read.items()
                 if one.source in ("", name)}
        if not any(found.values()):
            yield _(
                "{file}, line {number}: nobody in {source} has this who, so nothing happens. "
                "Correct who or source; row:12 is row 12 of the file. Did you take what was "
                "theirs out of the raw files? Write that day under removed.",
                file=CONSENT, number=one.line, source=one.source or "study.toml")
        for name, n in found.items():
            if n > 1 and isinstance(read[name], Raw):
                yield _(
                    "{file}, line {number}: this who stands in {rows} of {source}, and all of "
                    "them are taken for this person. Write one line for each row that is, with "
                    "row:12 for row 12 of the file.",
                    file=CONSENT, number=one.line, rows=counted(n, "row", "rows"), source=name)


def _readable(study: Study) -> Iterator[tuple[str, Raw | Documents]]:
    """Yield what stands in the raw files of real people; a fault in them is told elsewhere."""
    for name, source in study.sources.items():
        if not (source.synthetic or source.public):
            with suppress(WbkitError):
                yield name, read_documents(source) if source.holds_texts else read_source(source)


def _found(data: Raw | Documents, who: str) -> int:
    """Count the rows or texts of one person."""
    if isinstance(data, Raw):
        return int(rows_of_people(data, {who}).sum())
    return len(texts_of_people(data, {who}))
