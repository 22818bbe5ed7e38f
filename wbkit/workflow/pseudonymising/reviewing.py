"""``wbkit pseudonymise``: from real words, by a person's decisions, to words that may be quoted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from wbkit.coding.store.exchange import FOLDER as STORE
from wbkit.data.consent import withdrawn
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.intake.documents import read_documents
from wbkit.intake.linking_key import read_key
from wbkit.intake.source_files import read_source
from wbkit.messages import _
from wbkit.privacy.private_folder import SHEET, refuse_kept
from wbkit.privacy.pseudonyms import set_digits
from wbkit.privacy.review import Review, proposals
from wbkit.privacy.review_sheet import Text, write_review
from wbkit.study.study import Study
from wbkit.table.facts import Counted, Subject
from wbkit.table.statements.identifying import Undecided
from wbkit.table.table import Table
from wbkit.text.identifying import NOBODY, KnownNames
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising.applying import (
    Private,
    column_names,
    giving_out,
    names_of,
    open_items,
    own_cells,
    read_private,
)
from wbkit.workflow.pseudonymising.coded_texts import forget_withdrawn, update_store
from wbkit.workflow.pseudonymising.people import rows_of_people

COLUMNS = ("source", "document", "words", "undecided", "read")


@dataclass(frozen=True)
class Own:
    """The own words of one source: real texts, or the answers to one open item."""

    source: str
    name: str  # of the answers; empty for texts
    documents: Documents
    known: KnownNames = NOBODY

    @property
    def label(self) -> str:
        """What the answers to an item are called on the sheet."""
        return f"{self.source}.{self.name}"


def pseudonymise(study: Study, *, watch: Callable[[str], None] = lambda _: None) -> Table:
    """Propose what can point to a person in all real texts, and apply what was decided.

    Writes the review sheet (``data/private/review.xlsx``) with one row for each different word,
    keeps what was decided there, prepares the sources again, and carries the codings of
    ``data/coding`` to the texts with pseudonyms. Give it again after each round of decisions.

    Parameters
    ----------
    study
        The study.
    watch
        Gets a line for each step.

    Returns
    -------
    Table
        One row for each real text, and for each open item: source, document, words, undecided
        (different words on which nobody decided) and read (``yes`` or ``no``).
        What has no undecided word and was read is pseudonymised.

    Raises
    ------
    DisclosureError
        If git would keep the folder of names and decisions.
    DataError
        If the study has no words of real people, or a file cannot be read.
    """
    need(study, Study, "pseudonymise", _("Give load_study()."))
    private, own = to_decide(study)
    known = with_names(private, own)
    _write_sheet(study, known, own)
    watch(_("written: {sheet}", sheet=study.private_folder / SHEET))
    prepare(study, watch=watch)
    made = read_private(study)
    store = study.folder / STORE
    forget_withdrawn(store, dict(_gone(study, made)))
    update_store(store, [(one.documents, _applied(made, one)) for one in own], watch=watch)
    return _progress(study, own, known.review)


def to_decide(study: Study) -> tuple[Private, list[Own]]:
    """Return what was decided, and the own words of real people; refuse a study without these."""
    private = read_private(study)
    own = list(own_words(study, private))
    if not own:
        raise DataError(_(
            "{file}: no source holds own words of real people, so there is nothing to "
            "pseudonymise. Is a source real? Write synthetic = false.",
            file=study.file.name))
    refuse_names_of_files(own, private.review)
    return private, own


def own_words(study: Study, private: Private) -> Iterator[Own]:
    """Yield the texts and open answers of real people as they stand in the raw files."""
    for source in study.sources.values():
        if source.synthetic or source.public:
            continue
        if source.holds_texts:
            documents = private.without_withdrawn(read_documents(source))
            yield Own(source.name, "", documents, names_of(documents))
            continue
        items = open_items(source)
        if not items:
            continue
        raw = read_source(source)
        named = column_names(raw)
        for documents in _answers(private, raw):
            yield Own(source.name, documents.item, documents, named)


def _gone(study: Study, private: Private) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the people of each source who withdrew: ids of texts, or the rows of their answers."""
    for source in study.sources.values():
        ids = withdrawn(private.consents, source.name)
        if not ids or source.synthetic or source.public:
            continue
        if source.holds_texts:
            yield source.name, ids
            continue
        raw = read_source(source)
        yield source.name, frozenset(raw.data.index[rows_of_people(raw, ids)].astype("str"))


def _answers(private: Private, raw: Raw) -> Iterator[Documents]:
    """Yield the answers to each open item, as they were written."""
    rest = private.without_rows(raw)
    for item in open_items(raw.source):
        cells = own_cells(item, rest)
        if len(cells):
            frame = pd.DataFrame({"document": cells.index.astype(str), "text": cells.to_numpy()})
            yield Documents.of(frame, raw.source, item=item.name)


def refuse_names_of_files(own: Iterable[Own], review: Review) -> None:
    """Refuse texts whose id, made of the name of the file, holds a name."""
    for one in own:
        if one.name:
            continue
        for document in one.documents.texts["document"]:
            words = document.replace("_", " ")
            hits = [hit for hit in (one.known | review.known).hits(words) if hit.kind == "NAAM"]
            if hits:
                raise DataError(_(
                    "{source}: the name of a file holds the name of a person, and results show "
                    "it (text {n} of {texts}). Rename the file, as interview_01, and give the "
                    "command again.",
                    source=one.source, texts=len(one.documents.texts),
                    n=list(one.documents.texts["document"]).index(document) + 1))


def with_names(private: Private, own: Iterable[Own]) -> Private:
    """Return what is kept apart with the names in the texts themselves, and the key."""
    made = private
    for one in own:
        made = made.knowing(one.known)
    return replace(made, pseudonyms=replace(made.pseudonyms, key=read_key()))


def _write_sheet(study: Study, private: Private, own: list[Own]) -> None:
    folder, review = study.private_folder, private.review
    refuse_kept(folder, coming=[SHEET])
    folder.mkdir(parents=True, exist_ok=True)
    found = proposals(((document, text) for one in own for document, text in _texts(one)), review)
    texts = [text for one in own for text in on_sheet(one, review)]
    with giving_out(private.pseudonyms) as pseudonyms:
        rows = [(one, pseudonyms.of(one.word, one.kind)) for one in found]
        write_review(folder / SHEET, review, rows, texts, language=study.language)


def _texts(one: Own) -> Iterator[tuple[str, str]]:
    for row in one.documents.texts.itertuples():
        yield (one.label if one.name else row.document), row.text


def on_sheet(one: Own, review: Review) -> Iterator[Text]:
    """Yield the texts of a source as they stand on the sheet."""
    texts = one.documents.texts
    if one.name:
        yield Text(one.label, int(texts["text"].str.split().str.len().sum()),
                   len(_undecided(texts["text"], review)), set_digits(texts["sha256"]))
        return
    for row in texts.itertuples():
        yield Text(row.document, len(row.text.split()), len(_undecided([row.text], review)),
                   row.sha256)


def _undecided(texts: Iterable[str], review: Review) -> set[str]:
    return {text[hit.start:hit.end].casefold() for text in texts
            for hit in review.undecided(text)}


def _applied(private: Private, one: Own) -> tuple[Documents, Private]:
    known = private.knowing(one.known)
    return known.documents(one.documents), known


def _progress(study: Study, own: Iterable[Own], review: Review) -> Table:
    rows = [(one.source, told.name, told.words, told.undecided,
             "yes" if review.is_read(told.name, told.sha256) else "no")
            for one in own for told in on_sheet(one, review)]
    data = pd.DataFrame(rows, columns=list(COLUMNS))
    done = sum(row[3] == 0 and row[4] == "yes" for row in rows)
    facts = (Subject("pseudonymise"), Counted("text"), Undecided(done, len(rows)))
    sources = tuple(study.sources[name] for name in dict.fromkeys(one.source for one in own))
    return Table(data, "listing", (), facts, sources)
