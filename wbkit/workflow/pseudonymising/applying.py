"""What is applied to real texts and answers before anything of them is written down.

People who withdrew go, words get the pseudonym that a person decided on, and what nobody decided
on yet is masked: no file of wbkit holds it.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from wbkit.cleaning.log import MASK
from wbkit.cleaning.open_text import names_in_columns, rule_of
from wbkit.data.consent import Consent, not_quoted, read_consent, withdrawn
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses, asked_items
from wbkit.errors import DataError
from wbkit.files import read_regular, write_whole
from wbkit.intake.linking_key import GIVEN_OUT, key_file, read_key
from wbkit.messages import _, counted
from wbkit.privacy.private_folder import (
    SHEET,
    refuse_kept,
)
from wbkit.privacy.pseudonyms import (
    Pseudonyms,
    edited,
    edits_of,
    masked,
    set_digits,
    undecided,
    with_pseudonyms,
)
from wbkit.privacy.review import Review
from wbkit.privacy.review_sheet import read_review
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.source_kinds import MINUTES
from wbkit.study.study import Study
from wbkit.text.identifying import KnownNames
from wbkit.text.normalise import frozen, sha256_of
from wbkit.workflow.pseudonymising.people import rows_of_people, texts_of_people

PATIENCE = 30.0  # seconds that are waited for somebody else who gives out pseudonyms
CLOCK = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm]|Z|[+-]\d\d:?\d\d)?)?"
STAMP = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<month>0?[1-9]|1[0-2])[-/.]\d{{1,2}}{CLOCK}"
    rf"|\d{{1,2}}[-/.](?P<other>0?[1-9]|1[0-2])[-/.](?P<last>\d{{4}}){CLOCK}")


@dataclass(frozen=True)
class Private:
    """What the researcher keeps apart, applied to one study.

    Parameters
    ----------
    review
        Decisions on words, and texts that were read.
    consents
        The consent register.
    pseudonyms
        The key, and the pseudonyms that were given out.
    """

    review: Review = Review()
    consents: tuple[Consent, ...] = ()
    pseudonyms: Pseudonyms = field(default_factory=lambda: Pseudonyms(b""))

    def documents(self, documents: Documents) -> Documents:
        """Return texts with pseudonyms, or with marks while somebody has to decide."""
        source = documents.source
        rest = self.without_withdrawn(documents)
        silent = not_quoted(self.consents, source.name)
        rest = replace(rest, unquoted=frozenset(texts_of_people(rest, silent)))
        if source.synthetic or source.public:
            return rest
        known = self.knowing(names_of(documents))
        open_words, unread = undecided(rest, known.review)
        apply = masked if open_words or unread else with_pseudonyms
        return apply(rest, known.review, pseudonyms=self.pseudonyms)

    def without_withdrawn(self, documents: Documents) -> Documents:
        """Return texts without those of people who withdrew."""
        texts = documents.texts
        out = texts_of_people(documents, withdrawn(self.consents, documents.source.name))
        if out.empty:
            return documents
        _refuse_raw(documents.source, set(out))
        return replace(
            documents, texts=texts[~texts["document"].isin(out)].reset_index(drop=True),
            turns=_not_in(documents.turns, out), reading=_not_in(documents.reading, out),
            names={key: label for key, label in documents.names.items() if key[0] not in set(out)},
            found=tuple(one for one in documents.found
                        if not any(one.startswith(f"{name}:") for name in out)))

    def raw(self, raw: Raw) -> Raw:
        """Return a raw file without withdrawn people, with pseudonyms in own words."""
        rest = self.without_rows(raw)
        if raw.source.synthetic or raw.source.public:
            return rest
        columns = {heading: [_without_time(cell) or edited(cell, edits_of(
                       cell, self.review, self.pseudonyms)) for cell in rest.data[heading]]
                   for item in open_items(raw.source) for heading in _own_columns(item, rest)}
        return replace(rest, data=rest.data.assign(**columns)) if columns else rest

    def without_rows(self, raw: Raw) -> Raw:
        """Return a raw file without the rows of people who withdrew."""
        gone = withdrawn(self.consents, raw.source.name)
        if not gone:
            return raw
        out = rows_of_people(raw, gone)
        kept = raw.data.index[~out]
        return replace(raw, data=raw.data.loc[kept], started=raw.started.reindex(
            raw.started.index.intersection(kept)), completed=raw.completed.reindex(
            raw.completed.index.intersection(kept)))

    def _unquoted(self, raw: Raw) -> frozenset[str]:
        """Return the rows of people who do not want to be quoted."""
        silent = not_quoted(self.consents, raw.source.name)
        if not silent:
            return frozenset()
        return frozenset(raw.data.index[rows_of_people(raw, silent)].astype("str"))

    def responses(self, responses: Responses, raw: Raw) -> Responses:
        """Return answers in which own words hold nothing that nobody decided on.

        `raw` is the file as it was read.
        """
        source = responses.source
        if source.synthetic or source.public:
            return responses
        rest, review = self.without_rows(raw), self.review
        columns, lines, done = {}, [], set()
        for item in open_items(source):
            column = item.name if item.kind == "open" else item.text_column
            if column not in responses.data:
                continue
            texts = responses.data[column].astype("str").fillna("")
            open_words = {row: review.undecided(text) for row, text in texts.items()}
            lines += [(row, item.name, MASK, MASK, rule_of(hit.kind))
                      for row, hits in open_words.items() for hit in hits]
            columns[column] = pd.array([
                edited(text, edits_of(text, review, self.pseudonyms, undecided=True))
                for text in texts], dtype="str")
            if _is_done(item, rest, review):
                done.add(item.name)
        log = pd.DataFrame(lines, columns=list(responses.log.columns)).astype(
            responses.log.dtypes.to_dict())
        if MINUTES in responses.data:  # to the second it tells who it was in the log of a server
            columns[MINUTES] = responses.data[MINUTES].round()
        return replace(responses, data=responses.data.assign(**columns),
                       log=pd.concat([responses.log, log], ignore_index=True),
                       unquoted=self._unquoted(raw),
                       pseudonymised=frozenset(done))

    def for_answers(self, raw: Raw) -> "Private":
        """Return the same with the names that stand in columns of a raw file."""
        return self.knowing(column_names(self.without_rows(raw)))

    def knowing(self, names: KnownNames) -> "Private":
        """Return the same with names that stand in the data themselves."""
        return replace(self, review=replace(self.review, known=names | self.review.known))


def _without_time(cell: str) -> str:
    """Return month and year of a cell that is a date or a time and nothing else; else nothing.

    When somebody answered, to the second, points to one person in the log of a server.
    """
    found = STAMP.fullmatch(cell.strip())
    return f"{found['year'] or found['last']}-{int(found['month'] or found['other']):02d}" \
        if found else ""


def _refuse_raw(source: Source, out: Collection[str]) -> None:
    """Refuse while a whole raw file is of somebody who withdrew: its name stands in every list."""
    there = [path for path in source.raw_files.values() if path.stem.casefold() in {
        one.casefold() for one in out}]
    if there:
        raise DataError(_(
            "{source}: somebody withdrew, and {files} of {folder} are still theirs alone. wbkit "
            "changes no raw file: remove the files that consent.csv names, and give the command "
            "again. Then wbkit run, and wbkit accept for the accepted results.",
            source=source.name, folder=there[0].parent.name,
            files=counted(len(there), "file", "files")))


def own_cells(item: Item, raw: Raw) -> pd.Series:
    """Return what people wrote themselves in answer to an item, without empty cells."""
    headings = list(_own_columns(item, raw))
    cells = raw.data[headings[0]] if headings else pd.Series(dtype="str")
    return cells[cells.str.strip() != ""] if headings else cells


def _is_done(item: Item, raw: Raw, review: Review) -> bool:
    """Whether somebody decided on every word of the answers to an item, and read them."""
    cells = own_cells(item, raw)
    digits = set_digits(sha256_of(frozen(cell) for cell in cells))
    return len(cells) > 0 and review.is_read(f"{raw.source.name}.{item.name}", digits) and not any(
        review.undecided(cell) for cell in cells)


def _not_in(frame: pd.DataFrame, documents: pd.Series) -> pd.DataFrame:
    return frame[~frame["document"].isin(documents)].reset_index(drop=True)


def open_items(source: Source) -> list[Item]:
    """Return the items in which people write their own words."""
    return [item for item in asked_items(source) if item.sensitivity != "identifier"
            and (item.kind == "open" or item.other)]


def _own_columns(item: Item, raw: Raw) -> Iterator[str]:
    """Yield the columns of a raw file in which people wrote their own words."""
    found = item.headings if item.kind == "open" else item.headings[-1:] if item.other_column \
        else ()
    yield from (heading for heading in found if heading in raw.data)


def names_of(documents: Documents) -> KnownNames:
    """Return the names by which the people in texts were called in the raw files."""
    return KnownNames.of(name for _, name in documents.names)


def column_names(raw: Raw) -> KnownNames:
    """Return the names in the columns that say who somebody is."""
    texts = [text for item in open_items(raw.source) for text in own_cells(item, raw)]
    return KnownNames(columns=names_in_columns(raw, texts))


def read_private(study: Study) -> Private:
    """Read what the researcher keeps apart; refuse it where git would keep it."""
    if all(one.synthetic or one.public for one in study.sources.values()):
        return Private()
    folder = study.private_folder
    refuse_kept(folder)
    consents = read_consent(folder)
    review = read_review(folder, consents=consents, shown=f"{study.private}/{SHEET}")
    key = read_key() if (folder / SHEET).is_file() else b""  # nothing was decided: none needed
    return Private(review, consents, Pseudonyms(
        key, read_given(), frozenset(word for words in review.names.phrases
                                            for word in words)))


def given_file() -> Path:
    """Return where the pseudonyms that were given out stand: beside the key."""
    return key_file().with_name(GIVEN_OUT)


def read_given() -> dict[str, str]:
    """Read the pseudonyms that were given out, by digest."""
    file = given_file()
    if not file.is_file():
        return {}
    try:
        rows = list(csv.reader(io.StringIO(read_regular(file).decode(), newline="")))
        return dict(rows[1:])
    except (ValueError, csv.Error):
        raise DataError(_(
            "{file}: is not as wbkit wrote it: digest and pseudonym, one a line. Put back a copy; "
            "with another list the same person can get another pseudonym.",
            file=file)) from None


@contextmanager
def giving_out(pseudonyms: Pseudonyms) -> Iterator[Pseudonyms]:
    """Give out pseudonyms while nobody else does, from the list of now; what is new is kept.

    The list is of all studies: of two who write it at once, the last would drop what the other
    gave out, and a person would have another name than in the texts that are made.
    """
    file = given_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        held = FileLock(file.with_suffix(".lock"), timeout=PATIENCE).acquire()
    except Timeout:
        raise DataError(_(
            "{file}: another wbkit pseudonymise is giving out names. Wait until it has ended, and "
            "give the command again.",
            file=file)) from None
    with held:
        made = replace(pseudonyms, given=read_given())
        yield made
        write_given(made.given)


def write_given(given: Mapping[str, str]) -> None:
    """Keep the pseudonyms that were given out."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([("digest", "pseudonym"), *given.items()])
    write_whole(given_file(), stream.getvalue().encode())
