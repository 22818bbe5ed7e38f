"""Personal data in files that are about to be written or committed: where, never what."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from wbkit.messages import _, mark
from wbkit.workflow.release.file_texts import Piece, Unreadable, pieces

Finder = Callable[..., Any]  # find_identifiers
CERTAIN = {  # kinds of which the form alone says enough
    "EMAIL": mark("an e-mail address"), "TEL": mark("a phone number"), "BSN": mark("a BSN"),
    "IBAN": mark("a bank account"), "STUDNR": mark("a student number"),
    "ADRES": mark("an address"),
}
BY_FORM = ("form", "checked")  # reasons; others are proposals on which a person decides
OF_PROJECT = "project"
NAME = mark("a name of the project's list")
DECIMALS = re.compile(r"(?<![\w.])(?!0[1-9])\d{1,9}\.\d{4,}(?![\w.])")  # no phone number
APART = "\n\n"  # between two pieces: nothing is found across them


@dataclass(frozen=True)
class Found:
    """Something that points to a person.

    Parameters
    ----------
    file, place
        Where it stands.
    what
        What it is, worded; never the words themselves.
    """

    file: str
    place: str
    what: str

    @property
    def line(self) -> str:
        """Where it stands and what it is."""
        return _("{file}, {place}: {what}", file=self.file, place=self.place, what=self.what)


def scan(
    files: Iterable[tuple[str, bytes]], *, names: Sequence[str], find: Finder
) -> Iterator[Found]:
    """Yield what points to a person in files: each kind once for each place.

    `names` are those of the project; `find` is `find_identifiers`.
    """
    for file, content in files:
        try:
            found = pieces(file, content)
        except Unreadable:
            yield Found(file, _("the whole file"), _(
                "cannot be looked into (damaged, or closed with a password)"))
            continue
        yield from dict.fromkeys(_found(file, found, names, find))


def _found(
    file: str, found: Sequence[Piece], names: Sequence[str], find: Finder
) -> Iterator[Found]:
    """Look through all words of a file at once."""
    texts = [DECIMALS.sub(" ", piece.text) for piece in found]
    starts = [0, *accumulate(len(text) + len(APART) for text in texts)]
    hits = find(APART.join(texts), names=names).data if any(texts) else None
    if hits is None:
        return
    for row in hits.to_dict("records"):
        sure = row["kind"] in CERTAIN and row["reason"] in BY_FORM
        if sure or row["reason"] == OF_PROJECT:
            what = _(CERTAIN[row["kind"]]) if sure else _(NAME)
            yield Found(file, found[bisect_right(starts, row["start"]) - 1].place, what)
