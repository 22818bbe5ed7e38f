"""What a browser says that a coder did, kept in the coding store once and answered for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from wbkit.coding.store.records import WITHDRAWN, Coding
from wbkit.coding.store.store import CodingStore
from wbkit.errors import CodingError, WbkitError
from wbkit.messages import _

SAVED, REFUSED, EXPECTED = "saved", "refused", "expected"
DO, UNDO, REDO = "do", "undo", "redo"
SHOWN = ("id", "document", "start", "end", "code", "coder", "status", "origin", "memo")


@dataclass
class Journal:
    """What can be undone and done again in one text, the latest last.

    An entry holds ``changes`` (id of a coding: status before and after), ``considered``
    (document: codes before and after) and ``memo``.
    """

    undo: list[dict[str, Any]] = field(default_factory=list)
    redo: list[dict[str, Any]] = field(default_factory=list)

    def note(self, move: str, entry: dict[str, Any]) -> None:
        """Note an edit, or that the latest one was undone or done again."""
        if move == UNDO:
            self.redo.append(self.undo.pop() if self.undo else entry)
        elif move == REDO:
            self.undo.append(self.redo.pop() if self.redo else entry)
        else:
            self.undo.append(entry)
            self.redo.clear()


class EditSession:
    """Takes the edits of a browser one by one, each once however often it is sent."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}  # of each browser tab the number of the last edit
        self.journals: dict[str, Journal] = {}

    def take(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Keep an edit and return what to answer.

        Parameters
        ----------
        message
            sender (a browser tab) and number (one more each time); shown (what is in view) and
            move (``do``, ``undo`` or ``redo``); entry (what undoes it); and what was done.

        Returns
        -------
        dict
            ``saved``, with what `answer` adds; ``refused`` with words; or ``expected`` with the
            number of an edit that did not arrive.
        """
        sender, number = str(message["sender"]), int(message["number"])
        answer = {"sender": sender, "number": number}
        last = self._last.get(sender)
        if last is not None and number > last + 1:
            return answer | {"kind": EXPECTED, "number": last + 1}
        try:
            if last is None or number > last:
                self.keep(message)
        except WbkitError as fault:
            self._last[sender] = number
            return answer | {"kind": REFUSED, "words": str(fault)}
        self._last[sender] = number
        return answer | {"kind": SAVED} | self.answer(message)

    def keep(self, message: Mapping[str, Any]) -> None:
        """Keep what was done."""
        raise NotImplementedError

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the browser hears about an edit that is kept."""
        return {}

    def history(self, shown: str) -> dict[str, Any]:
        """Return what can be undone, and done again."""
        return asdict(self.journals.get(shown, Journal()))

    def note(self, message: Mapping[str, Any], entry: dict[str, Any]) -> None:
        """Note what undoes an edit."""
        self.journals.setdefault(message["shown"], Journal()).note(message.get("move", DO), entry)


class CodingSession(EditSession):
    """The work of one coder, edit by edit, each in the files of the store when it is answered.

    Parameters
    ----------
    store
        Where the codings are kept; it is closed after each edit, so that nobody has to wait.
    coder
        Whose work it is.
    blind
        Whether the coder sees nothing of what others coded.
    new_code
        Keeps a code that is made while coding: its id and its label.
    """

    def __init__(
        self, store: CodingStore, coder: str, *, blind: bool = True,
        new_code: Callable[[str, str], None] = lambda name, label: None,
    ) -> None:
        super().__init__()
        self.store, self.coder, self.blind = store, coder, blind
        self._new_code = new_code
        self._ids: dict[str, str] = {}  # id that the browser gave: id in the store
        self.known: dict[str, Coding] = {}  # made here; also those that were withdrawn

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return the ids of what was added."""
        keys = [row["key"] for row in message.get("add", ())]
        return {"ids": {key: self._ids[key] for key in keys if key in self._ids}}

    def journal(self, shown: str) -> dict[str, Any]:
        """Return what can be undone in a text, with the codings that it is about."""
        journal = self.journals.get(shown, Journal())
        named = {one for entry in (*journal.undo, *journal.redo)
                 for one in entry.get("changes", {})}
        return self.history(shown) | {"codings": [
            {name: getattr(self.known[one], name) for name in SHOWN} | {"status": WITHDRAWN}
            for one in sorted(named) if one in self.known]}

    def keep(self, message: Mapping[str, Any]) -> None:
        """Keep an edit in the files of the coder.

        Beside what `take` names: add (codings with key, document, start, end, quote and code),
        withdraw (ids), restore (id = status), considered (document = codes), memo, new_code.
        """
        with self.store:
            if message.get("new_code"):
                self._new_code(message["new_code"]["id"], message["new_code"]["label"])
            self._keep_codings(message)
            for document, codes in (message.get("considered") or {}).items():
                self.store.consider(document, codes, coder=self.coder, blind=self.blind)
            if message.get("memo"):
                self._keep_memo(message["memo"], message.get("move", DO))
        self.note(message, self._with_ids(message.get("entry") or {}))

    def _keep_codings(self, message: Mapping[str, Any]) -> None:
        """Keep codings, text by text; each quote must stand where the browser says."""
        rows = [{**row, "supersedes": self._id(row["supersedes"])} if "supersedes" in row
                else dict(row) for row in message.get("add", ())]
        off = [self._id(one) for one in message.get("withdraw", ())]
        on = {self._id(one): status for one, status in (message.get("restore") or {}).items()}
        if not (rows or off or on):
            return
        document = rows[0]["document"] if rows else message["shown"]
        for row in rows:
            _check_quoted(row)
        keys = [row.pop("key") for row in rows]
        made = self.store.edit(document, coder=self.coder, add=rows, withdraw=off, restore=on)
        self._ids |= {key: one.id for key, one in zip(keys, made, strict=True)}
        self.known |= {one.id: one for one in made}

    def _keep_memo(self, memo: Mapping[str, str], move: str) -> None:
        about = {name: memo[name] for name in ("document", "code", "time") if memo.get(name)}
        keep = self.store.remove_memo if move == UNDO else self.store.add_memo
        keep(memo["text"], coder=self.coder, **about)

    def _id(self, one: str) -> str:
        return self._ids.get(one, one)

    def _with_ids(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        changes = {self._id(one): change for one, change in entry.get("changes", {}).items()}
        return dict(entry) | {"changes": changes}


def _check_quoted(row: Mapping[str, Any]) -> None:
    """Refuse a coding without the words it is about: nothing could be compared."""
    if not row.get("quote") or not row.get("key"):
        raise CodingError(_(
            "document {document!r}: a coding came without its quote, so it was not kept. Reload "
            "the page and code the passage again.",
            document=row.get("document", "")))
