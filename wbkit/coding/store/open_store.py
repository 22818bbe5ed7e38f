"""A store that is being written in: who works there, and what stands beside the codings."""

import weakref
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Self

from wbkit.coding.store.cache import unknown_code
from wbkit.coding.store.codebook_log import Operation, history, write_operation
from wbkit.coding.store.desk import Desk
from wbkit.coding.store.files import check_coder, write_store
from wbkit.coding.store.memos import Memo, write_memo
from wbkit.coding.store.reader import StoredCodings
from wbkit.coding.store.transactions import write_unfinished
from wbkit.errors import CodingError


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


def _close(desks: dict[str, Desk]) -> None:
    while desks:
        desks.popitem()[1].close()
