"""All that stands in a store, read once and again only where a file changed."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from wbkit.coding.store.files import CODINGS, DOCUMENTS, file_name, name_of, stamp
from wbkit.coding.store.journal import coders_of, group_of, read_journal
from wbkit.coding.store.records import PLACED, Coded, Coding, coded_path, read_coded, where
from wbkit.coding.store.texts import Group, Stored, group_path, read_group, stamps_of
from wbkit.errors import CodingError
from wbkit.text.normalise import did_you_mean


class Shelf:
    """Reads a store and remembers what it read.

    Parameters
    ----------
    store
        The folder of the store.
    """

    def __init__(self, store: Path) -> None:
        self.store = store
        self._groups: dict[str, tuple[tuple, Group, list[str]]] = {}
        self._coded: dict[Path, tuple[tuple | None, Coded, list[str]]] = {}

    def groups(self) -> dict[str, Group]:
        """Return all texts, by the name of their file."""
        return {name: self._group(name)[0] for name in self.names()}

    def names(self) -> list[str]:
        """Return the names of all files of texts."""
        return [unquote(stem) for stem in self.stems()]

    def stems(self) -> list[str]:
        """Return the names of all files of texts, as they stand on the disk."""
        folder = self.store / DOCUMENTS
        if not folder.is_dir():
            return []
        with os.scandir(folder) as files:  # far faster than Path.glob
            names = [one.name for one in files]
        return sorted(one.removesuffix(".toml") for one in names if one.endswith(".toml"))

    def group(self, name: str) -> Group:
        """Return the texts of one file."""
        if not group_path(self.store, name).exists():
            raise CodingError(f"{self.store.name}: there is no document {name!r} among "
                              f"{len(self.names())}. "
                              "Look at store.documents().")
        group, faults = self._group(name)
        if faults:
            raise CodingError(faults[0])
        return group

    def text(self, document: str) -> Stored:
        """Return one text."""
        group = self.group(group_of(document))
        if document not in group.texts:
            raise CodingError(f"{self.store.name}: there is no document {document!r} among the "
                              f"{len(group.texts)} of {group.name}. Look at store.documents().")
        return group.texts[document]

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
            found += [f"{self.place(coding, one)}: document {coding.document!r}, coder {coder}: "
                      f"the coding {coding.id} has {unknown_code(coding.code, codes)}"
                      for coding in one.codings.values()
                      if coding.status in PLACED and coding.code not in codes]
            found += [f"{CODINGS}/{coder}/{file_name(name)}.jsonl, line 1: document {document!r}, "
                      f"coder {coder}: looked for {unknown_code(code, codes)}"
                      for (document, _), looked in one.considered.items()
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
                yield (f"{self.place(coding, coded)}: document {coding.document!r}, coder "
                       f"{coder}: {reason}")

    def _group(self, name: str) -> tuple[Group, list[str]]:
        now = stamps_of(self.store, name)
        if name not in self._groups or self._groups[name][0] != now:
            self._groups[name] = now, *read_group(group_path(self.store, name))
        return self._groups[name][1:]

    def _coder(self, coder: str) -> Iterator[tuple[str, Coded]]:
        for path in sorted((self.store / CODINGS / coder).glob("*.jsonl"), key=str):
            now = stamp(path)
            if path not in self._coded or self._coded[path][0] != now:
                self._coded[path] = now, *read_coded(path, coder)
            yield name_of(path), self._coded[path][1]


def unknown_code(code: str, known: Iterable[str]) -> str:
    """Say that there is no such code, and which one may be meant."""
    hint = did_you_mean(code, known) or "Add it there, or use one that is there."
    return f"the code {code!r}, which is not in codebook.toml. {hint}"


def misplaced(coding: Coding, text: Stored | None) -> str:
    """Say why a coding does not stand where it says; nothing when it does, or need not."""
    if coding.status not in PLACED:
        return ""
    if text is None:
        return "there is no such document. Bring it back with git, or withdraw the coding."
    if coding.revision != text.digits:
        return (f"the coding {coding.id} is for revision {coding.revision}, and the text is "
                f"{text.digits}. Merge both changes again, or let revise carry the codings.")
    if not 0 <= coding.start < coding.end <= len(text.text) or (
            text.text[coding.start:coding.end] != coding.quote):
        return (f"the coding {coding.id} ({coding.code}) does not stand at {coding.start}-"
                f"{coding.end}: its quote differs from the text. Bring the line back with git, or "
                "withdraw the coding and add it again.")
    return ""
