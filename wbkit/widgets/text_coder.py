"""Coding texts by hand in JupyterLab, with mouse, touch or keyboard."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wbkit.coding.store.exchange import FOLDER, read_codings
from wbkit.coding.store.files import check_coder
from wbkit.coding.store.store import CodingStore
from wbkit.data.documents import PSEUDONYMISED, Documents
from wbkit.data.source_data import need
from wbkit.errors import CodingError, DisclosureError
from wbkit.labels import label
from wbkit.messages import _, counted
from wbkit.study.codebook import load_codebook, write_code
from wbkit.study.study import Study
from wbkit.widgets.content import Shown, content
from wbkit.widgets.highlights import Highlights, counts_html
from wbkit.widgets.saving import SavingWidget, key_of, read_parts
from wbkit.widgets.session import CodingSession


class TextCoder(SavingWidget):
    """Read texts in JupyterLab, mark words and give them codes; each edit is saved at once.

    Interviews stand in turns, the answers to an open item in rows. The coder sees only what
    they coded themselves, unless `others` says otherwise: then what they look for is not blind.

    Parameters
    ----------
    study
        The study; codings are kept beside it, in ``data/coding``.
    documents
        As `read_texts` or `open_answers` return them. Texts that the store does not have yet
        are brought in.
    coder
        Id of the coder: small letters, as ``anke``.
    codes
        Ids of the codes that can be given, as ``book.of("themas12")``; all when left out.
    others
        Ids of coders whose codings are shown too; they cannot be changed here.
    folder
        The coding store; ``data/coding`` when left out.

    Raises
    ------
    CodingError
        If `coder` cannot be the id of a coder, or the store has other texts by these ids.
    CodebookError
        If there is no codebook.toml, or a code is not in it.
    DisclosureError
        If texts of real people are not pseudonymised, and git keeps the store.

    Notes
    -----
    Nothing of a text is kept in the notebook file: that has counts. `highlights` puts the words
    in it, where they may be seen.
    """

    _esm = read_parts("offsets.js", "codebook.js", "turns.js", "selection.js", "answers.js",
                      "desk.js", "giving.js", "going.js", "coder.js")

    def __init__(
        self, study: Study, documents: Documents, *, coder: str,
        codes: Sequence[str] | None = None, others: Sequence[str] = (),
        folder: str | Path | None = None,
    ) -> None:
        need(study, Study, "TextCoder", _("Give load_study() first, then the texts."))
        need(documents, Documents, "TextCoder",
             _("Give what read_texts, read_documents or open_answers returned."))
        self._study, self._documents, self._coder = study, documents, coder
        self._codes, self._others = codes, tuple(others)
        self._folder = Path(folder or study.folder / FOLDER)
        check_coder(coder)
        self._bring_in()
        self._shown = self._read()
        self._session = CodingSession(
            CodingStore(self._folder), coder, blind=not self._others, new_code=self._keep_code)
        ids = documents.texts["document"].astype("str")
        self._document = "" if self._shown.group or ids.empty else ids.iloc[0]
        super().__init__()

    def highlights(self, document: str = "") -> Highlights:
        """Show a text with its codes in the notebook, where its words may be seen.

        Parameters
        ----------
        document
            Id of the text; the first one when left out. Of answers all are shown.

        Returns
        -------
        Highlights
            The text with a mark around each passage, as a notebook, a page or paper shows it.

        Raises
        ------
        DisclosureError
            If the texts are of real people and were not pseudonymised.
        """
        shown = self._shown = self._read()
        return Highlights(shown, "" if shown.group else self._known(document or self._document))

    def _content(self) -> dict[str, Any]:
        """Return all that the browser shows."""
        self._shown = self._read()
        made = content(self._shown, self._document)
        key = key_of(self._folder.resolve(), self._source_name, self._coder)
        return made | {"key": key, "journal": self._session.journal(made["document"])}

    def _open(self, document: str) -> None:
        self._document = "" if self._shown.group else self._known(document)

    def _html(self) -> str:
        return counts_html(self._shown)

    def _known(self, document: str) -> str:
        known = self._documents.texts["document"].astype("str").tolist()
        if document not in known:
            raise CodingError(_(
                "{source}: there is no document {document!r} among {documents}. Look at "
                "documents.texts['document'].",
                source=self._documents.source.name, document=document,
                documents=counted(len(known), "document", "documents")))
        return document

    def _bring_in(self) -> None:
        """Put texts in the store that are not there yet."""
        store = CodingStore(self._folder)
        known = set(store.documents())
        ids = {f"{self._source_name}/{one}" if self._documents.item else str(one)
               for one in self._documents.texts["document"]}
        if not ids <= known:
            safe = self._documents.may_be_shown
            told = self._documents.source.synthetic or self._documents.source.public
            with store:
                store.add_documents(self._documents, privacy=None if told else
                                    PSEUDONYMISED if safe else "real")

    def _read(self) -> Shown:
        documents = self._documents
        book = load_codebook(self._study.folder)
        codings = read_codings(self._study, self._source_name, documents=documents, codebook=book,
                               folder=self._folder)
        codes = tuple(book.codes) if self._codes is None else tuple(
            book.code(one).name for one in self._codes)
        made = [one for one in book.codes if one not in codes and not book.codes[one].scheme
                and not book.codes[one].definition]  # in vivo
        return Shown(codings, self._coder, (*codes, *made), self._others)

    @property
    def _source_name(self) -> str:
        """Return the id of the source of texts, or ``source.item``."""
        name, item = self._documents.source.name, self._documents.item
        return f"{name}.{item}" if item else name

    def _keep_code(self, name: str, label: str) -> None:
        if not self._documents.may_be_shown:
            raise DisclosureError(_(
                "{source}: these texts are of real people, and git keeps the codebook. Make the "
                "code in codebook.toml, in words of your own.",
                source=self._documents.source.name))
        write_code(self._study.folder, name, label)

    def __repr__(self) -> str:
        n = int((self._shown.rows["coder"] == self._coder).sum())
        return label(
            "textcoder", self._shown.language, coder=self._coder,
            texts=self._many("text", len(self._documents.texts)), codings=self._many("coding", n))

    def _many(self, what: str, n: int) -> str:
        key = f"textcoder_{what}" if n == 1 else f"textcoder_{what}s"
        return label(key, self._shown.language, n=n)
