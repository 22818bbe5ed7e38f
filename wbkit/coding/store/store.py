"""The coding store: texts, and who gave which code to which passage, in plain files."""

import weakref
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from wbkit.coding.store.adding import (
    Adding,
    add_group,
    answers_group,
    check_privacy,
    marked,
    text_group,
)
from wbkit.coding.store.cache import unknown_code
from wbkit.coding.store.codebook_log import Operation, history, write_operation
from wbkit.coding.store.files import check_coder, write_store
from wbkit.coding.store.journal import Desk, group_of
from wbkit.coding.store.memos import Memo, write_memo
from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.records import ACCEPTED, WITHDRAWN, Coding, Considered, check_considered
from wbkit.coding.store.revisions import Revision, revision_of
from wbkit.coding.store.texts import Group
from wbkit.coding.store.transactions import WholeStore, write_new, write_together, write_unfinished
from wbkit.errors import CodingError
from wbkit.text.normalise import frozen


class OpenStore(StoredCodings):
    """A store with the desks of the coders who work in it now.

    Parameters
    ----------
    folder
        ``data/coding``.
    codes
        Ids of codes, as ``codebook.codes``; when given, another code is refused.
    """

    def __init__(
        self, folder: str | Path, *, codes: Collection[str] | None = None
    ) -> None:
        super().__init__(folder)
        self.codes = codes
        self._desks: dict[str, Desk] = {}
        self._closing = weakref.finalize(self, _close, self._desks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Put all edits in their files and let others write."""
        _close(self._desks)

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
            raise CodingError(f"a memo has {min(strange)!r}. It may have document, coding, code, "
                              "title and time. Correct the word.")
        self._check_codes([about["code"]] if "code" in about else [])
        memo = Memo(text, check_coder(coder), kind, **about)
        write_store(self.folder)
        write_memo(self.folder, memo)

    def _check_codes(self, codes: Iterable[str]) -> None:
        """Refuse a code that the codebook does not have and never had."""
        if self.codes is None:
            return
        known = {*self.codes, *history(self.operations()).current}
        for code in codes:
            if code not in known:
                raise CodingError(f"this is {unknown_code(code, known)}")

    def _desk(self, coder: str) -> Desk:
        write_unfinished(self.folder)
        if check_coder(coder) not in self._desks:
            desk = Desk(self.folder, coder)
            desk.begin()
            self._desks[coder] = desk
        return self._desks[coder]


class CodingStore(OpenStore):
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

    def add(
        self, document: str, start: int, end: int, code: str, *, coder: str, **rest: str
    ) -> Coding:
        """Give a code to a passage.

        Parameters
        ----------
        document
            Id of the text.
        start, end
            Code points, half-open.
        code
            Id of the code.
        coder
            Who; small letters, digits, ``_`` and ``-``.
        rest
            origin, round, rule, codebook, memo, time (UTC), status (``accepted`` or ``review``),
            supersedes (id of the coding it replaces), decided_by (of a consensus), and quote,
            which is checked.

        Returns
        -------
        Coding
            The coding, safe on disk. The same passage with the same code again gives back the
            coding that is there.

        Raises
        ------
        CodingError
            If the place is not in the text, the code is no longer in use, or another process
            is writing for this coder.
        """
        row = {"document": document, "start": start, "end": end, "code": code, **rest}
        return self.add_all([row], coder=coder)[0]

    def add_all(self, rows: Iterable[Mapping[str, Any]], *, coder: str) -> list[Coding]:
        """Give codes to many passages in one step.

        Parameters
        ----------
        rows
            For each: document, start, end, code and the further words of `add`.
        coder
            Who.

        Returns
        -------
        list of Coding
            One for each row.
        """
        rows = list(rows)
        self._check_codes(row["code"] for row in rows if isinstance(row.get("code"), str))
        adding = Adding(self._shelf, self._desk(coder), history(self.operations()))
        made = [adding.made(row) for row in rows]
        adding.save()
        return made

    def withdraw(self, coding: Coding | str, *, coder: str) -> Coding:
        """Take a coding back; a line that says so stays in the file.

        Parameters
        ----------
        coding
            The coding or its id.
        coder
            Who gave it; nobody withdraws what another coder did.

        Returns
        -------
        Coding
            The coding with status ``withdrawn``.

        Raises
        ------
        CodingError
            If this coder has no such coding.
        """
        return marked(self._find(coding, coder), self._desk(coder), WITHDRAWN)

    def accept(self, coding: Coding | str, *, coder: str) -> Coding:
        """Agree with the place that `revise` proposed, or with a coding that waited for a reader.

        Parameters
        ----------
        coding
            The coding or its id.
        coder
            Who gave it.

        Returns
        -------
        Coding
            The coding with status ``accepted``.

        Raises
        ------
        CodingError
            If this coder has no such coding that waits for a reader.
        """
        return marked(self._find(coding, coder), self._desk(coder), ACCEPTED)

    def consider(
        self, document: str, codes: Sequence[str], *, coder: str, **rest: str | bool
    ) -> Considered:
        """Say which codes a coder looked for in a text; later words replace earlier ones.

        Parameters
        ----------
        document
            Id of the text, or of a set of answers for all of them.
        codes
            Ids of codes, also those that were not found.
        coder
            Who.
        rest
            blind (whether the coder had not seen what others coded; not when left out), round
            (``training`` or ``main``), codebook (version), status (``done`` or ``busy``).

        Returns
        -------
        Considered
            What was kept; of the last text when there are several.

        Raises
        ------
        CodingError
            If there is no such text, or `rest` has other words.
        """
        check_considered(rest)
        looked = tuple(sorted({codes} if isinstance(codes, str) else set(codes)))
        self._check_codes(looked)
        desk = self._desk(coder)
        group = self._shelf.group(group_of(document))
        texts = group.texts.values() if document == group.name else [self._shelf.text(document)]
        every = [Considered(one.id, one.digits, coder, looked, **rest) for one in texts]
        desk.put(every)
        return every[-1]

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
        """
        self.close()
        write_unfinished(self.folder)
        with WholeStore(self.folder, f"a revision of {document}"):
            for coder in {coder for coder, _ in self._shelf.coded()}:
                Desk(self.folder, coder).fold()
            files, result = revision_of(self._shelf, document, frozen(text), keep)
            write_together(self.folder, files)
        return result

    def _find(self, coding: Coding | str, coder: str) -> Coding:
        name = coding if isinstance(coding, str) else coding.id
        desk = self._desk(coder)
        if not isinstance(coding, str) and coding.coder == coder:
            return desk.find(name, group_of(coding.document))
        names = [group for who, group in self._shelf.coded() if who == coder]
        return desk.find(name, *names)

    def _bring_in(self, group: Group) -> None:
        check_privacy(self.folder, group)
        self.close()
        write_store(self.folder)
        with WholeStore(self.folder, f"bringing in {group.name}"):
            write_new(self.folder, add_group(self._shelf, group))


def _close(desks: dict[str, Desk]) -> None:
    while desks:
        desks.popitem()[1].close()
