"""Personal data in files that are about to be written or committed: where, never what."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from wbkit.messages import _, mark
from wbkit.text.identifying import UNSEEN, KnownNames
from wbkit.text.identifying_numbers import Hit, numbers_in
from wbkit.workflow.release.file_texts import Piece, Unreadable, pieces

CERTAIN = {  # kinds of which the form alone says enough; others are for a person to decide on
    "EMAIL": mark("an e-mail address"), "TEL": mark("a phone number"), "BSN": mark("a BSN"),
    "IBAN": mark("a bank account"), "STUDNR": mark("a student number"),
    "ADRES": mark("an address"),
}
BY_FORM = ("form", "checked")
ONLY_WITH = {"ADRES": "POSTCODE"}  # a kind that is certain beside another
NAME = mark("a name of the project's list")
NO_NUMBER = re.compile(  # decimals, school years, and fingerprints of files and Tables
    r"(?<![\w.])(?!0[1-9])\d{1,9}\.\d{4,}(?![\w.])|\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d\b"
    r"|\b(?=\d*[a-f])[0-9a-f]{12,}\b")
SIGNS = re.compile(r"\d\D?\d|@|[(\[{]\s?(?:at|apen)")  # without these no number or address is there
AT_ONCE = 500  # lines
APART = "\n|\n"  # between two lines: nothing is found across them


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
    files: Iterable[tuple[str, bytes]], known: KnownNames, numbers: Iterable[str] = ()
) -> Iterator[Found]:
    """Yield what certainly points to a person in files: each kind once for each place.

    `known` are the names of the project, `numbers` the patterns of its student numbers.
    """
    own = [re.compile(rf"\b(?:{one})\b") for one in numbers]
    for file, content in files:
        try:
            found = pieces(file, content)
        except Unreadable:
            yield Found(file, _("the whole file"), _(
                "cannot be looked into (damaged, closed with a password, or of a kind that is not "
                "read). Save it as xlsx, docx, csv or txt, or leave it out"))
            continue
        yield from _in_name(file, known)
        once: dict[str, str] = {}  # of a line that stands there often the first place
        for piece in found:
            for line in piece.text.splitlines():
                once.setdefault(NO_NUMBER.sub(" ", UNSEEN.sub("", line)), piece.place)
        lines = [Piece(place, line) for line, place in once.items()]
        yield from dict.fromkeys(
            Found(file, place, what) for start in range(0, len(lines), AT_ONCE)
            for place, what in _people_in(lines[start:start + AT_ONCE], known, own))


def _in_name(file: str, known: KnownNames) -> Iterator[Found]:
    """Look whether the name of a file or of its folder is that of a person."""
    words = re.sub(r"[_/.]|(?<=[a-z])(?=[A-Z])", " ", file)
    if any(hit.kind == "NAAM" for hit in known.hits(words)):
        yield Found(file, _("its name"), _(NAME))


def _people_in(
    lines: Sequence[Piece], known: KnownNames, own: Sequence[re.Pattern[str]]
) -> Iterator[tuple[str, str]]:
    """Look through some lines at once, and give place and kind."""
    numbers = list(_placed([line for line in lines if SIGNS.search(line.text)], numbers_in))
    there = {(place, hit.kind) for place, hit in numbers}
    yield from ((line.place, _(CERTAIN["STUDNR"])) for line in lines
                if any(number.search(line.text) for number in own))
    for place, hit in numbers:
        sure = hit.kind in CERTAIN and hit.reason in BY_FORM
        beside = ONLY_WITH.get(hit.kind)
        if sure and (beside is None or (place, beside) in there):
            yield place, _(CERTAIN[hit.kind])
    if known.names:
        yield from ((place, _(NAME)) for place, __ in _placed(lines, known.hits))


def _placed(
    lines: Sequence[Piece], find: Callable[[str], Iterable[Hit]]
) -> Iterator[tuple[str, Hit]]:
    """Find something in lines, and say in which it stands."""
    starts = [0, *accumulate(len(line.text) + len(APART) for line in lines)]
    for hit in find(APART.join(line.text for line in lines)):
        yield lines[bisect_right(starts, hit.start) - 1].place, hit
