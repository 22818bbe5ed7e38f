"""What stays with the researcher: the list of names, the consent register, the review sheet.

They stand in one folder, ``data/private`` unless study.toml names another one, which git may not
keep: it is looked at each time.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from wbkit.errors import DataError, DisclosureError
from wbkit.files import is_outside_git, read_regular
from wbkit.messages import _
from wbkit.text.identifying import KnownNames

NAMES, CONSENT, SHEET = "names.csv", "consent.csv", "review.xlsx"
FILES = (NAMES, CONSENT, SHEET)
KIND_WORDS = {  # as people write what a name is of
    "naam": "NAAM", "persoon": "NAAM", "student": "NAAM", "docent": "NAAM", "leerling": "NAAM",
    "name": "NAAM", "person": "NAAM", "teacher": "NAAM", "pupil": "NAAM", "": "NAAM",
    "plaats": "PLAATS", "place": "PLAATS", "woonplaats": "PLAATS", "school": "SCHOOL",
    "organisatie": "ORG", "organisation": "ORG", "bedrijf": "ORG", "company": "ORG", "org": "ORG",
    "stagebedrijf": "ORG", "instelling": "ORG"}
NAME_HEADS = frozenset(("name", "naam", "names", "namen"))
BASES = ("consent", "task", "interest")  # article 6(1)(a), (e) and (f) of the GDPR
ENCODINGS = ("utf-8-sig", "cp1252")  # Excel on Windows writes the second
Row = TypeVar("Row")


@dataclass(frozen=True)
class Consent:
    """What one person agreed to.

    Parameters
    ----------
    who
        Id of the person in the data: a document, a unit, a number in the survey, a code of
        ``link = "hash"``.
    source
        Id of the source in which that id stands; empty for all.
    basis
        Legal basis: ``consent``, ``task`` (a task in the public interest) or ``interest``.
    text_version
        Version of the letter that the person read.
    age
        In years on the day of consent; empty where it was not asked.
    quotes
        Whether the person may be quoted: ``yes``, ``no`` or empty.
    given, withdrawn
        Days; empty when that did not happen.
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

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names, one by one."""
        return tuple(filter(None, map(str.strip, self.names.split("|"))))


CONSENT_COLUMNS = tuple(Consent.__dataclass_fields__)


def refuse_kept(folder: Path, *, coming: Collection[str] = ()) -> None:
    """Refuse a folder of private files that git would keep; also of files that are to come."""
    kept = [name for name in FILES if (name in coming or (folder / name).exists())
            and not is_outside_git(folder, [name])]
    if kept:
        raise DisclosureError(_(
            "{file}: git would keep this file, and names of people stand in it. Write {line} in "
            ".gitignore, or name a folder outside the project under private in study.toml.",
            file=folder / kept[0], line=f"{folder.name}/"))


def read_names(folder: Path) -> KnownNames:
    """Read the list of names: one name a line, and behind ``;`` what it is of; none without it.

    A person, a place (``plaats``), a ``school`` or an organisation (``organisatie``).
    """
    rows = list(_rows(folder / NAMES))
    if rows and rows[0][1][0].casefold() in NAME_HEADS:
        rows = rows[1:]
    found = {}
    for number, (name, *more) in rows:
        word = (more[0] if more else "").casefold()
        if word not in KIND_WORDS:
            raise DataError(_(
                "{file}, line {number}: behind the name stands {word!r}. It may be persoon, "
                "plaats, school or organisatie, or nothing for a person. Correct it.",
                file=NAMES, number=number, word=word))
        if name:
            found[name] = KIND_WORDS[word]
    return KnownNames(found)


def read_consent(folder: Path) -> tuple[Consent, ...]:
    """Read the consent register; nobody without it."""
    rows = list(_rows(folder / CONSENT))
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
    made = Consent(**{name: value for name, value in cells.items() if name and value})
    for name in ("given", "withdrawn"):
        if getattr(made, name):
            _checked(date.fromisoformat, getattr(made, name), _(
                "{file}, line {number}: {name} is {value!r}. Write a day as 2026-11-30, or leave "
                "it empty.",
                file=CONSENT, number=number, name=name, value=getattr(made, name)))
    if made.basis not in BASES:
        raise DataError(_(
            "{file}, line {number}: basis is {value!r}. It may be {bases}. Correct it.",
            file=CONSENT, number=number, value=made.basis, bases=", ".join(BASES)))
    return made


def _checked(read: Callable[[str], Row], value: str, words: str) -> Row:
    try:
        return read(value)
    except ValueError:
        raise DataError(words) from None


def withdrawn(consents: Iterable[Consent], source: str) -> frozenset[str]:
    """Return the ids of the people of a source who withdrew."""
    return frozenset(one.who for one in consents
                     if one.withdrawn and one.source in ("", source))


def withdrawn_names(consents: Iterable[Consent]) -> tuple[str, ...]:
    """Return the names of everybody who withdrew."""
    return tuple(name for one in consents if one.withdrawn for name in one.all_names)


def _rows(file: Path) -> Iterator[tuple[int, Sequence[str]]]:
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
