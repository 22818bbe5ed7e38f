"""What stands in a coding store, compared with its texts each time it is read."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from wbkit.coding.store.cache import Shelf
from wbkit.coding.store.codebook_log import Operation, history, latest, read_operations
from wbkit.coding.store.journal import coders_of, read_journal
from wbkit.coding.store.memos import Memo, read_memos
from wbkit.coding.store.records import ORPHAN, REVIEW, WITHDRAWN, Coding, Considered
from wbkit.coding.store.texts import Group, Stored
from wbkit.coding.store.transactions import write_unfinished
from wbkit.errors import CodingError
from wbkit.text.normalise import frozen


class StoredCodings:
    """Texts and their codings as they stand in a folder. Reading asks for no lock.

    Parameters
    ----------
    folder
        ``data/coding``.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if self.folder.is_file():
            raise CodingError(f"{self.folder.name}: is a file. A coding store is a folder; give "
                              "the folder, such as data/coding.")
        self._shelf = Shelf(self.folder)

    def documents(self) -> dict[str, Stored]:
        """Return all texts.

        Returns
        -------
        dict
            Id = the frozen text, its hash, its unit and its attributes.
        """
        return {one.id: one for group in self.groups().values() for one in group.texts.values()}

    def groups(self) -> dict[str, Group]:
        """Return all texts by file: a transcript, or the answers to one open item.

        Returns
        -------
        dict
            Name of the file = its texts, their turns, and what is known about them.
        """
        write_unfinished(self.folder)
        return self._shelf.groups()

    def text(self, document: str) -> str:
        """Return a text.

        Parameters
        ----------
        document
            Its id.

        Returns
        -------
        str
            The frozen text.

        Raises
        ------
        CodingError
            If there is no such text, or it is not what it was when it came in.
        """
        write_unfinished(self.folder)
        return self._shelf.text(document).text

    def find(self, document: str, quote: str) -> tuple[int, int]:
        """Return the place of words that stand in a text once.

        Parameters
        ----------
        document
            Id of the text.
        quote
            The words, as they stand there.

        Returns
        -------
        tuple of int
            Start and end in code points, half-open.

        Raises
        ------
        CodingError
            If the words stand there never or more than once, or there is no such text.
        """
        text, words = self.text(document), frozen(quote)
        start = text.find(words) if words else -1
        if start < 0 or text.find(words, start + 1) >= 0:
            times = "more than once" if start >= 0 else "nowhere"
            raise CodingError(f"document {document!r}: these words, {len(words)} signs, stand "
                              f"there {times}. Give words that stand there once, with the same "
                              "capitals, spaces and full stops.")
        return start, start + len(words)

    def codings(self, *, withdrawn: bool = False) -> list[Coding]:
        """Return the codings, each compared with its text.

        Parameters
        ----------
        withdrawn
            Whether to add those that were withdrawn and those whose passage is gone.

        Returns
        -------
        list of Coding
            By document, place, code and coder; with the code that is in use now.

        Raises
        ------
        CodingError
            If a text or a quote is not what it was; names document, coder and line.
        """
        faults = self._faults()
        if faults:
            more = f" There are {len(faults)} such faults; store.check() lists them."
            raise CodingError(faults[0] + (more if len(faults) > 1 else ""))
        log = history(self.operations())
        found = [latest(one, log) for coded in self._shelf.coded().values()
                 for one in coded.codings.values()]
        hidden = () if withdrawn else (WITHDRAWN, ORPHAN)
        return sorted((one for one in found if one.status not in hidden),
                      key=lambda one: (*one.order[:4], one.coder, one.id))

    def considered(self) -> list[Considered]:
        """Return who looked for which codes in which text.

        Returns
        -------
        list of Considered
            By document, coder and round.
        """
        log = history(self.operations())
        found = [replace(one, codes=tuple(sorted({log.current.get(code, code)
                                                  for code in one.codes})))
                 for coded in self._shelf.coded().values() for one in coded.considered.values()]
        return sorted(found, key=lambda one: (one.document, one.coder, one.round))

    def waiting(self) -> list[Coding]:
        """Return the codings at which a person must look.

        Returns
        -------
        list of Coding
            Status ``review`` (the place is a proposal) or ``orphan`` (the passage is gone).
        """
        return [one for one in self.codings(withdrawn=True) if one.status in (REVIEW, ORPHAN)]

    def check(self, codes: Collection[str] | None = None) -> list[str]:
        """Compare every text with its hash and every quote with its text.

        Parameters
        ----------
        codes
            Ids of codes, as ``codebook.codes``. When given, every code must be one of these, or
            one of before a change that was logged.

        Returns
        -------
        list of str
            One line for each fault, with document, coder and line; empty when all is well.
        """
        faults = self._faults()
        if codes is not None and not faults:
            log = history(self.operations())
            faults = self._shelf.unknown({*codes, *log.current})
        return faults

    def unfinished(self) -> list[str]:
        """Return the coders with edits that are not in their files yet.

        Returns
        -------
        list of str
            Ids; git does not keep these edits until the store is closed, or opened again.
        """
        return [coder for coder in coders_of(self.folder)
                if next(iter(read_journal(self.folder, coder)), None) is not None]

    def operations(self) -> list[Operation]:
        """Return the changes of the codebook.

        Returns
        -------
        list of Operation
            In the order in which they were made.
        """
        return read_operations(self.folder)

    def memos(self) -> list[Memo]:
        """Return the memos.

        Returns
        -------
        list of Memo
            In the order of their files, so by time.
        """
        return read_memos(self.folder)

    def _faults(self) -> list[str]:
        write_unfinished(self.folder)
        return self._shelf.faults()
