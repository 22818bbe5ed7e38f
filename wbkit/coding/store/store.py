"""The coding store: texts, and who gave which code to which passage, in plain files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from wbkit.coding.refi.into_store import Imported, import_project
from wbkit.coding.store.adding import CoderStore
from wbkit.coding.store.admission import (
    added,
    check_claim,
    check_privacy,
    groups_of,
)
from wbkit.coding.store.codebook_log import Operation, write_operation
from wbkit.coding.store.files import check_coder, write_store
from wbkit.coding.store.incoming import (
    coding_parts,
    considered_parts,
    write_witness,
)
from wbkit.coding.store.journal import (
    Desk,
    WholeStore,
    group_of,
    write_new,
    write_together,
    write_unfinished,
)
from wbkit.coding.store.memos import Memo, rewritten, write_memo
from wbkit.coding.store.revisions import (
    Replaced,
    Revision,
    forgotten,
    replacement_of,
    revision_of,
)
from wbkit.coding.store.texts import (
    PSEUDONYMISED,
    Group,
    answers_group,
    made,
    text_group,
)
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.text.normalise import frozen

if TYPE_CHECKING:  # the store itself needs neither pandas nor a study
    from pandas import DataFrame

    from wbkit.coding.refi.project import RefiProject
    from wbkit.data.codings import Codings
    from wbkit.data.documents import Documents


class CodingStore(CoderStore):
    """Texts and their codings in a folder of plain files, which git merges without conflict.

    Each coder writes files of their own. A coding that `add` returned survives a power cut.
    Reading asks for no lock; who writes holds one until `close`.

    Parameters
    ----------
    folder
        ``data/coding``; made at the first text when it is not there.
    codes
        Ids of codes, as ``codebook.codes``. When given, another code is refused, so that a slip
        of the pen is found at once.
    safe
        Words in which a person sees no identifier, in texts that are said to be pseudonymised;
        a pseudonym of your own with its brackets, as in the text: ``[Sanne]``.
    """

    def add_document(
        self, document: str, text: str, *, privacy: str,
        turns: Iterable[Mapping[str, Any]] = (), **about: Any,
    ) -> None:
        r"""Freeze a text and keep it; the same text again changes nothing.

        Parameters
        ----------
        document
            Its id.
        text
            The text; kept in NFC with ``\n`` at the end of lines and without byte order mark.
        privacy
            ``synthetic``, ``public``, ``pseudonymised`` or ``real``. A text of real people that
            is not pseudonymised comes in only where git does not keep it.
        turns
            turn, start, end, speaker, role, question, time; places in the frozen text.
        about
            source, item, converter, unit (strings) and attributes (a mapping).

        Raises
        ------
        CodingError
            If another text has this id, or the id cannot be the name of a file.
        DisclosureError
            If the text is real and git keeps this folder.
        """
        group = text_group(document, text, list(turns), {"privacy": privacy, **about})
        self._bring_in(group)

    def add_answers(
        self, name: str, answers: Iterable[Mapping[str, Any]], *, privacy: str, **about: Any
    ) -> None:
        """Freeze the answers to an open item and keep them in one file.

        Parameters
        ----------
        name
            ``source.item``. The id of an answer becomes ``name/document``.
        answers
            document (the row), text, and if there are unit and attributes (a mapping).
        privacy
            As for `add_document`.
        about
            source, item, converter.

        Raises
        ------
        CodingError
            If an answer was there already with another text.
        DisclosureError
            If the answers are real and git keeps this folder.
        """
        self._bring_in(answers_group(name, list(answers), {"privacy": privacy, **about}))

    def add_documents(self, documents: "Documents", *, privacy: str | None = None) -> None:
        """Keep texts, so that people can code them.

        Parameters
        ----------
        documents
            As `read_texts`, `read_documents` or `open_answers` return them; answers to an open
            item become one file.
        privacy
            ``pseudonymised`` or ``real``; a synthetic or public source says so itself.

        Raises
        ------
        DisclosureError
            If the texts are real and git keeps the store, or are said to be pseudonymised and
            somebody is still named in them; texts that `read_texts` calls pseudonymised are so.
        CodingError
            If it is not said how it stands with the texts, or another text has the id of one.
        """
        for group in groups_of(documents, privacy):
            self._bring_in(group, claimed=documents.privacy != PSEUDONYMISED)

    def add_codings(
        self, codings: "Codings | DataFrame", *, origin: str | None = None,
        witness: Mapping[str, str] | None = None,
    ) -> int:
        """Keep codings that were made elsewhere: of a dictionary, by consensus, by a machine.

        Parameters
        ----------
        codings
            The codings, of texts that are in the store (`add_documents`), with what was
            considered. Columns round, rule, codebook, memo, time and decided_by are kept; the
            term of a dictionary becomes the rule. Of a machine also a DataFrame with document
            (as in `documents`), quote and code; if there are, start and end, coder, memo.
        origin
            ``manual``, ``dictionary``, ``suggestion``, ``import``, ``consensus`` or ``machine``;
            that of each coding when left out.
        witness
            Of a machine: program, version, prompt_sha256 (of the prompt or rules, as UTF-8) and
            date. It never counts as a coder; say with `consider` what it looked for.

        Returns
        -------
        int
            How many codings there were.

        Raises
        ------
        CodingError
            If a text is not in the store, or another one; or a quote of a machine does not
            stand in its text: then none of its codings is kept.
        """
        parts, told = coding_parts(self, codings, origin, witness)
        coded = {coder for (coder, _), one in self._shelf.coded().items() if one.codings}
        for coder in parts if told else ():
            write_witness(self.folder, coder, told, coded=coder in coded)
        n = sum(len(self.add_all(rows, coder=coder)) for coder, rows in parts.items())
        for one in considered_parts(codings):
            self.consider(**one)
        return n

    def add_refi(
        self, project: "RefiProject", *, privacy: str, source: str = "", item: str = ""
    ) -> Imported:
        """Bring in a project of another coding program, or what changed in it since last time.

        Parameters
        ----------
        project
            As `read_refi`, `read_qualcoder`, `read_taguette` or `read_coded_sheet` returns it.
        privacy
            As for `add_document`.
        source
            Id of the source of study.toml to which the texts belong, by which `read_codings`
            finds them.
        item
            Id of the open item that the texts answer; they become one file.

        Returns
        -------
        Imported
            How many texts, codings and memos were new; which codings of an earlier import are
            changed or gone in the project (the store keeps them as they are); and what has no
            place in the store, ``left_out``. Codings have origin ``import`` and the time and
            memo of the project; coders and codes have ids made of their names
            (``project.codebook``). Notes become memos about what they are linked to.

        Raises
        ------
        DisclosureError
            If the texts are real and git keeps the store.
        CodingError
            If the store has another text by the id of one (give the new one to `revise` first),
            or the project holds answers and `item` is not given.
        """
        return import_project(self, project, privacy=privacy, source=source, item=item)

    def revise(self, document: str, text: str, *, keep: bool = True) -> Revision:
        """Give a text a new version and carry the codings to it.

        A passage that stands there unchanged is kept, one that went elsewhere as a whole is
        moved; what changed inside or at an edge waits for a reader, and the rest is an orphan.

        Parameters
        ----------
        document
            Id of the text.
        text
            The new version. The text as it is carries codings of older versions, after a merge.
        keep
            Whether the old version stays in ``revisions/``. False, for pseudonymising and
            withdrawal, erases the old text, quotes, contexts and memos. What git keeps of
            earlier versions is not erased.

        Returns
        -------
        Revision
            What became of every coding.

        Raises
        ------
        CodingError
            If somebody is coding now, or there is no such text.
        DisclosureError
            If the text is said to be pseudonymised, and somebody is named in the new version.
        """
        group = self._shelf.groups().get(group_of(document))
        if group is not None:
            check_claim(group, [made(document, text)], self.safe)
        with self._whole(_("a revision of {document}", document=document)):
            files, result = revision_of(self._shelf, document, frozen(text), keep)
            write_together(self.folder, files)
        return result

    def replace_words(self, replaced: Replaced) -> list[Revision]:
        """Replace words of texts; every coding goes where its words went, and keeps its state."""
        with self._whole(_("a revision of {document}", document=replaced.group)):
            files, results = replacement_of(self._shelf, replaced)
            write_together(self.folder, files | rewritten(self.folder, replaced.words))
        return results

    def forget(self, document: str) -> None:
        """Remove a text with all that was made of it; nothing of it is left in the folder."""
        with self._whole(_("a revision of {document}", document=document)):
            write_together(self.folder, forgotten(self._shelf, document))

    @contextmanager
    def _whole(self, doing: str) -> Iterator[None]:
        """Hold the whole store, with the edits of every coder in their files."""
        self.close()
        write_unfinished(self.folder)
        with WholeStore(self.folder, doing):
            for coder in {coder for coder, _ in self._shelf.coded()}:
                Desk(self.folder, coder).fold()
            yield

    def change_code(
        self, kind: str, codes: str | Sequence[str], into: str | Sequence[str] = (), *,
        coder: str, **rest: str,
    ) -> None:
        """Note a change of the codebook; the codings of others stay as they are.

        Parameters
        ----------
        kind
            ``rename``, ``merge``, ``split``, ``move`` or ``deprecate``.
        codes
            The code or codes that it is about.
        into
            What comes in their place; for ``move`` the new parents. A code can be merged into
            one that is there already.
        coder
            Who.
        rest
            time (UTC), codebook (version), reason.

        Raises
        ------
        CodingError
            If there is no such change.
        """
        self._check_codes((codes,) if isinstance(codes, str) else codes)
        operation = Operation(kind, codes, into, coder=check_coder(coder), **rest)
        write_store(self.folder)
        write_operation(self.folder, operation)

    def add_memo(self, text: str, *, coder: str, kind: str = "code", **about: str) -> None:
        """Keep a memo as a Markdown file of its own.

        Parameters
        ----------
        text
            Markdown.
        coder
            Who.
        kind
            ``code``, ``theory`` or ``method``.
        about
            document, coding, code (ids), title, time (UTC).

        Raises
        ------
        CodingError
            If there is no such kind of memo, or it is about something else.
        """
        strange = about.keys() - {"document", "coding", "code", "title", "time"}
        if strange:
            raise CodingError(_(
                "a memo has {key!r}. It may have document, coding, code, title and time. "
                "Correct the word.",
                key=min(strange)))
        self._check_codes([about["code"]] if "code" in about else [])
        memo = Memo(text, check_coder(coder), kind, **about)
        write_store(self.folder)
        write_memo(self.folder, memo)

    def _bring_in(self, group: Group, *, claimed: bool = True) -> None:
        check_privacy(self.folder, group, self.safe if claimed else None)
        self.close()
        write_store(self.folder)
        with WholeStore(self.folder, _("bringing in {name}", name=group.name)):
            write_new(self.folder, added(self._shelf, group))
