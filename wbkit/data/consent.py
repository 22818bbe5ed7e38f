"""The consent register: what each person agreed to, and who withdrew."""

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import pandas as pd

from wbkit.errors import DataError
from wbkit.files import read_regular
from wbkit.messages import _

CONSENT = "consent.csv"
PREPARED = "processed"  # the folder in which the preparation writes
BASES = ("consent", "task", "interest")  # article 6(1)(a), (e) and (f) of the GDPR
YES, NO = ("yes", "ja"), ("no", "nee")
OF_AGE = 16
DAYS = ("given", "withdrawn", "removed")
DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
ENCODINGS = ("utf-8-sig", "cp1252")  # Excel on Windows writes the second
Row = TypeVar("Row")


@dataclass(frozen=True)
class Consent:
    """What one person agreed to.

    Parameters
    ----------
    who
        Id of the person in the data: a document, a unit, a number in the survey, a code of
        ``link = "hash"``. ``row:12`` is row 12 of the file, as Excel counts.
    source
        Id of the source in which that id stands; empty for all.
    basis
        Legal basis: ``consent``, ``task`` (a task in the public interest) or ``interest``.
    text_version
        Version of the letter that the person read.
    age
        In years on the day of consent; empty where it was not asked.
    quotes
        Whether the person may be quoted: ``yes``, ``no`` or empty, which is as ``yes``.
    given, withdrawn
        Days; empty when that did not happen.
    removed
        Day on which the researcher took the person's text or row out of the raw files; then
        nothing there has this id any more.
    parent
        Whether a parent agreed: needed of who is under 16 (article 5 of the Dutch UAVG).
    names
        Names of the person that can stand in texts of others, with ``|`` between.
    """

    who: str
    source: str = ""
    basis: str = "consent"
    text_version: str = ""
    age: str = ""
    quotes: str = ""
    given: str = ""
    withdrawn: str = ""
    names: str = ""
    parent: str = ""
    removed: str = ""
    line: int = field(default=0, compare=False)  # in the file

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names, one by one."""
        return tuple(filter(None, map(str.strip, self.names.split("|"))))

    @property
    def lacks_parent(self) -> bool:
        """Whether somebody under 16 agreed, and no parent did."""
        young = bool(self.age) and int(self.age) < OF_AGE
        return young and self.basis == BASES[0] and not self.withdrawn and self.parent not in YES


CONSENT_COLUMNS = tuple(name for name in Consent.__dataclass_fields__ if name != "line")


def read_consent(folder: Path) -> tuple[Consent, ...]:
    """Read the consent register; nobody without it."""
    rows = list(rows_of(folder / CONSENT))
    if not rows:
        return ()
    head = [name.casefold() for name in rows[0][1]]
    strange = [name for name in head if name and name not in CONSENT_COLUMNS]
    if strange or "who" not in head:
        raise DataError(_(
            "{file}: has the columns {found}. It needs who, and may have {known}. Correct its "
            "first line.",
            file=CONSENT, found=", ".join(head), known=", ".join(CONSENT_COLUMNS[1:])))
    return tuple(_consent(number, dict(zip(head, cells, strict=False)))
                 for number, cells in rows[1:] if any(cells))


def _consent(number: int, cells: dict[str, str]) -> Consent:
    made = Consent(line=number, **{name: _as_iso(value) if name in DAYS else value
                                   for name, value in cells.items() if name and value})
    for name in DAYS:
        if getattr(made, name):
            _checked(date.fromisoformat, getattr(made, name), _(
                "{file}, line {number}: {name} is {value!r}. Write a day as 2026-11-30, or leave "
                "it empty.",
                file=CONSENT, number=number, name=name, value=getattr(made, name)))
    if made.basis not in BASES:
        raise DataError(_(
            "{file}, line {number}: basis is {value!r}. It may be {bases}. Correct it.",
            file=CONSENT, number=number, value=made.basis, bases=", ".join(BASES)))
    for name in ("quotes", "parent"):
        if getattr(made, name) not in ("", *YES, *NO):
            raise DataError(_(
                "{file}, line {number}: {name} is {value!r}. It may be yes or no, or empty. "
                "Correct it.",
                file=CONSENT, number=number, name=name, value=getattr(made, name)))
    if made.age and not (made.age.isascii() and made.age.isdecimal()):
        raise DataError(_(
            "{file}, line {number}: age is {value!r}. Write whole years, such as 17, or leave it "
            "empty.",
            file=CONSENT, number=number, value=made.age))
    return made


def _as_iso(value: str) -> str:
    """Return a day as 2026-01-10 where Excel in Dutch wrote 10-1-2026."""
    found = DUTCH_DAY.fullmatch(value)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else value


def _checked(read: Callable[[str], Row], value: str, words: str) -> Row:
    try:
        return read(value)
    except ValueError:
        raise DataError(words) from None


def withdrawn(consents: Iterable[Consent], source: str) -> frozenset[str]:
    """Return the ids of the people of a source who withdrew."""
    return frozenset(one.who for one in consents
                     if one.withdrawn and one.source in ("", source))


def not_quoted(consents: Iterable[Consent], source: str) -> frozenset[str]:
    """Return the ids of the people of a source who do not want to be quoted."""
    return frozenset(one.who for one in consents
                     if one.quotes in NO and one.source in ("", source))


def are_of(cells: pd.Series, ids: Collection[str]) -> pd.Series:
    """Mark the cells in which one of some ids stands.

    An id that stands nowhere as it was written is sought without capitals and double spaces.
    """
    bare = cells.str.strip()
    exact = bare.isin(ids)
    elsewhere = {_plain(one) for one in ids} - set(bare[exact].map(_plain))
    return exact | bare.map(_plain).isin(elsewhere)


def _plain(who: str) -> str:
    return " ".join(who.split()).casefold()


def read_noted_rows(folder: Path, source: str) -> frozenset[str]:
    """Return the rows of people who do not want to be quoted, as the preparation noted them."""
    try:
        account = json.loads((folder / PREPARED / f"{source}.json").read_text(encoding="utf-8"))
        return frozenset(account.get("unquoted", ()))
    except (OSError, ValueError, AttributeError):
        return frozenset()


def withdrawn_names(consents: Iterable[Consent]) -> tuple[str, ...]:
    """Return the names of everybody who withdrew."""
    return tuple(name for one in consents if one.withdrawn for name in one.all_names)


def rows_of(file: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the lines of a csv file, with their number; none without the file."""
    if not file.is_file():
        return
    content = read_regular(file)
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";,\t", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped) and not stripped[0].startswith("#"):
                yield number, stripped
    except csv.Error:
        raise DataError(_(
            "{file}: is no csv file. Save it as csv from Excel, one row a line.",
            file=file.name)) from None


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS[:-1]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(ENCODINGS[-1], errors="replace")
