"""What stands in a coding store, compared with its texts each time it is read."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from wbkit.coding.store.codebook_log import Operation, history, latest, read_operations
from wbkit.coding.store.files import CODINGS, DOCUMENTS, stamp
from wbkit.coding.store.incoming import Witness, read_witness
from wbkit.coding.store.journal import coders_of, group_of, read_journal, write_unfinished
from wbkit.coding.store.memos import Memo, read_memo_files
from wbkit.coding.store.records import (
    ORPHAN,
    PLACED,
    REVIEW,
    WITHDRAWN,
    Coded,
    Coding,
    Considered,
    coded_path,
    read_coded,
    where,
)
from wbkit.coding.store.texts import ENDINGS, Group, Stored, group_path, read_group
from wbkit.errors import CodingError
from wbkit.messages import _, counted
from wbkit.text.normalise import did_you_mean, frozen


class Shelf:
    """Reads all that stands in a store once, and again only where a file changed."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._groups: dict[str, tuple[tuple, Group, list[str]]] = {}
        self._coded: dict[Path, tuple[tuple | None, Coded, list[str]]] = {}

    def groups(self) -> dict[str, Group]:
        """Return all texts, by the name of their file."""
        return {name: self._group(name)[0] for name in map(unquote, self.stems())}

    def stems(self) -> list[str]:
        """Return the names of all files of texts, as they stand on the disk."""
        folder = self.store / DOCUMENTS
        if not folder.is_dir():
            return []
        with os.scandir(folder) as files:  # far faster than Path.glob
            names = [one.name for one in files]
        return sorted(one.removesuffix(".toml") for one in names if one.endswith(".toml"))

    def group(self, name: str, document: str | None = None) -> Group:
        """Return the texts of one file, among them this document."""
        if not group_path(self.store, name).exists():
            raise CodingError(_(
                "{store}: there is no document {document!r} among {documents}. Look at "
                "store.documents().",
                store=self.store.name, document=name,
                documents=counted(len(self.stems()), "document", "documents")))
        group, faults = self._group(name)
        if faults:
            raise CodingError(faults[0])
        if document is not None and document not in group.texts:
            raise CodingError(_(
                "{store}: there is no document {document!r} among the {n} of {group}. Look at "
                "store.documents().",
                store=self.store.name, document=document, n=len(group.texts), group=group.name))
        return group

    def text(self, document: str) -> Stored:
        """Return one text."""
        return self.group(group_of(document), document).texts[document]

    def coded(self) -> dict[tuple[str, str], Coded]:
        """Return what everybody did, by coder and file of texts; journals included."""
        found = {}
        for coder in coders_of(self.store):
            pending = list(read_journal(self.store, coder))  # before the files, lest it is folded
            for name, coded in self._coder(coder):
                found[coder, name] = coded
            for name in {group_of(entry.document) for entry in pending}:
                found[coder, name] = found.get((coder, name), Coded(coder)).copy()
            for entry in pending:
                found[coder, group_of(entry.document)].put(entry)
        return found

    def faults(self) -> list[str]:
        """Return one line about everything that is not as it should be."""
        groups = self.groups()
        found = [fault for _, _, faults in self._groups.values() for fault in faults]
        coded = self.coded()
        found += [fault for _, _, faults in self._coded.values() for fault in faults]
        for (coder, name), one in sorted(coded.items()):
            found += self._misplaced(one, groups.get(name), coder, name)
        return found

    def unknown(self, codes: Collection[str]) -> list[str]:
        """Return one line about everything with a code that is not among these."""
        found = []
        for (coder, name), one in sorted(self.coded().items()):
            found += [_(
                "{place}: document {document!r}, coder {coder}: the coding {id} has the code "
                "{code!r}, which is not in codebook.toml. {hint}",
                place=self.place(coding, one), document=coding.document, coder=coder,
                id=coding.id, code=coding.code, hint=code_hint(coding.code, codes))
                for coding in one.codings.values()
                if coding.status in PLACED and coding.code not in codes]
            found += [_(
                "{place}: document {document!r}, coder {coder}: looked for the code {code!r}, "
                "which is not in codebook.toml. {hint}",
                place=where(coded_path(self.store, coder, name), 1), document=document,
                coder=coder, code=code, hint=code_hint(code, codes))
                for (document, __), looked in one.considered.items()
                for code in looked.codes if code not in codes]
        return found

    def place(self, coding: Coding, coded: Coded) -> str:
        """Return words for where a coding stands: file and line."""
        path = coded_path(self.store, coding.coder, group_of(coding.document))
        line = coded.lines.get(coding.id)
        return where(path, line) if line else f".journal/{coding.coder}"

    def _misplaced(
        self, coded: Coded, group: Group | None, coder: str, name: str
    ) -> Iterator[str]:
        texts = group.texts if group else {}
        for coding in coded.codings.values():
            reason = misplaced(coding, texts.get(coding.document))
            if reason:
                yield _(
                    "{place}: document {document!r}, coder {coder}: {reason}",
                    place=self.place(coding, coded), document=coding.document, coder=coder,
                    reason=reason)

    def _group(self, name: str) -> tuple[Group, list[str]]:
        path = group_path(self.store, name)
        now = tuple(stamp(path.with_suffix(ending)) for ending in ENDINGS)
        if name not in self._groups or self._groups[name][0] != now:
            self._groups[name] = now, *read_group(path)
        return self._groups[name][1:]

    def _coder(self, coder: str) -> Iterator[tuple[str, Coded]]:
        for path in sorted((self.store / CODINGS / coder).glob("*.jsonl"), key=str):
            now = stamp(path)
            if path not in self._coded or self._coded[path][0] != now:
                self._coded[path] = now, *read_coded(path, coder)
            yield unquote(path.stem), self._coded[path][1]


class StoredCodings:
    """Texts and their codings as they stand in a folder. Reading asks for no lock."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if self.folder.is_file():
            raise CodingError(_(
                "{folder}: is a file. A coding store is a folder; give the folder, such as "
                "data/coding.",
                folder=self.folder.name))
        self._shelf = Shelf(self.folder)

    def documents(self) -> dict[str, Stored]:
        """Return all texts."""
        return {one.id: one for group in self.groups().values() for one in group.texts.values()}

    def groups(self) -> dict[str, Group]:
        """Return all texts by file: a transcript, or the answers to one open item."""
        write_unfinished(self.folder)
        return self._shelf.groups()

    def text(self, document: str) -> str:
        """Return a text."""
        write_unfinished(self.folder)
        return self._shelf.text(document).text

    def find(self, document: str, quote: str) -> tuple[int, int]:
        """Return the place of words that stand in a text once."""
        text, words = self.text(document), frozen(quote)
        start = text.find(words) if words else -1
        if start < 0 or text.find(words, start + 1) >= 0:
            times = _("more than once") if start >= 0 else _("nowhere")
            raise CodingError(_(
                "document {document!r}: these words, {signs}, stand there {times}. Give words "
                "that stand there once, with the same capitals, spaces and full stops.",
                document=document, signs=counted(len(words), "sign", "signs"), times=times))
        return start, start + len(words)

    def codings(self, *, withdrawn: bool = False) -> list[Coding]:
        """Return the codings, each compared with its text.

        Gives by document, place, code and coder; with the code that is in use now.
        """
        faults = self._faults()
        if faults:
            raise CodingError(faults[0] if len(faults) == 1 else _(
                "{fault} There are {n} such faults; store.check() lists them.",
                fault=faults[0], n=len(faults)))
        log = history(self.operations())
        found = [latest(one, log) for coded in self._shelf.coded().values()
                 for one in coded.codings.values()]
        hidden = () if withdrawn else (WITHDRAWN, ORPHAN)
        return sorted((one for one in found if one.status not in hidden),
                      key=lambda one: (*one.order[:4], one.coder, one.id))

    def considered(self) -> list[Considered]:
        """Return who looked for which codes in which text."""
        log = history(self.operations())
        found = [replace(one, codes=tuple(sorted({log.current.get(code, code)
                                                  for code in one.codes})))
                 for coded in self._shelf.coded().values() for one in coded.considered.values()]
        return sorted(found, key=lambda one: (one.document, one.coder, one.round))

    def waiting(self) -> list[Coding]:
        """Return the codings at which a person must look."""
        return [one for one in self.codings(withdrawn=True) if one.status in (REVIEW, ORPHAN)]

    def check(self, codes: Collection[str] | None = None) -> list[str]:
        """Compare every text with its hash and every quote with its text.

        Gives one line for each fault, with document, coder and line; else one for each text with
        codes that nobody said to have looked for there. Empty when all is well.
        """
        return self.faults(codes) or self._unconsidered()

    def faults(self, codes: Collection[str] | None = None) -> list[str]:
        """Return the lines of `check` with which nothing can be read."""
        faults = self._faults()
        if codes is not None and not faults:
            log = history(self.operations())
            faults = self._shelf.unknown({*codes, *log.current})
        return faults

    def witnesses(self) -> dict[str, Witness]:
        """Return the coders that are a machine, and which machine."""
        found = {coder: read_witness(self.folder, coder) for coder in coders_of(self.folder)}
        return {coder: one for coder, one in found.items() if one is not None}

    def _unconsidered(self) -> list[str]:
        """Return one line about each text with codes that nobody said to have looked for there.

        Where nobody said of any text of a source what was looked for, all its texts count.
        """
        considered, groups = self.considered(), self.groups()
        looked: dict[str, set[str]] = {}
        for one in considered:
            looked.setdefault(one.document, set()).update(one.codes)
        said = {_set_of(groups[group_of(one)]) for one in looked if group_of(one) in groups}
        found: dict[tuple[str, str], set[str]] = {}
        for one in self.codings():
            if one.status in PLACED and _set_of(groups[group_of(one.document)]) in said \
                    and one.code not in looked.get(one.document, ()):
                found.setdefault((one.document, one.coder), set()).add(one.code)
        return [_(
            "document {document!r}, coder {coder}: {codes} given, and nobody said to have looked "
            "for this in the text, so that no share counts it. Say so with store.consider(…), or "
            "withdraw it.",
            document=document, coder=coder, codes=", ".join(sorted(codes)))
            for (document, coder), codes in sorted(found.items())]

    def unfinished(self) -> list[str]:
        """Return the coders with edits that are not in their files yet.

        Gives ids; git does not keep these edits until the store is closed, or opened again.
        """
        return [coder for coder in coders_of(self.folder)
                if next(iter(read_journal(self.folder, coder)), None) is not None]

    def operations(self) -> list[Operation]:
        """Return the changes of the codebook."""
        return read_operations(self.folder)

    def memos(self) -> list[Memo]:
        """Return the memos."""
        return [memo for _, memo in read_memo_files(self.folder)]

    def _faults(self) -> list[str]:
        write_unfinished(self.folder)
        return self._shelf.faults()


def _set_of(group: Group) -> tuple[str, str]:
    """Return to which source and open item texts belong."""
    return group.about["source"], group.about["item"]


def code_hint(code: str, known: Iterable[str]) -> str:
    """Say which code may be meant by one that is not in the codebook."""
    return did_you_mean(code, known) or _("Add it there, or use one that is there.")


def misplaced(coding: Coding, text: Stored | None) -> str:
    """Say why a coding does not stand where it says; nothing when it does, or need not."""
    if coding.status not in PLACED:
        return ""
    if text is None:
        return _("there is no such document. Bring it back with git, or withdraw the coding.")
    if coding.revision != text.digits:
        return _(
            "the coding {id} is for revision {revision}, and the text is {digits}. Merge both "
            "changes again, or let revise carry the codings.",
            id=coding.id, revision=coding.revision, digits=text.digits)
    if not 0 <= coding.start < coding.end <= len(text.text) or (
            text.text[coding.start:coding.end] != coding.quote):
        return _(
            "the coding {id} ({code}) does not stand at {start}-{end}: its quote differs from "
            "the text. Bring the line back with git, or withdraw the coding and add it again.",
            id=coding.id, code=coding.code, start=coding.start, end=coding.end)
    return ""
