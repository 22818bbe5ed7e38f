"""What stays with the researcher: the list of names, the consent register, the review sheet.

They stand in one folder, ``data/private`` unless study.toml names another one, which git may not
keep: it is looked at each time.
"""

from collections.abc import Collection
from pathlib import Path

from wbkit.data.consent import CONSENT, rows_of
from wbkit.errors import DataError, DisclosureError
from wbkit.files import is_outside_git
from wbkit.messages import _
from wbkit.text.identifying import KnownNames

NAMES, SHEET = "names.csv", "review.xlsx"
FOUND = "found.txt"  # what publish found, when it is too much to print
FILES = (NAMES, CONSENT, SHEET, FOUND)
KIND_WORDS = {  # as people write what a name is of
    "naam": "NAAM", "persoon": "NAAM", "student": "NAAM", "docent": "NAAM", "leerling": "NAAM",
    "name": "NAAM", "person": "NAAM", "teacher": "NAAM", "pupil": "NAAM", "": "NAAM",
    "plaats": "PLAATS", "place": "PLAATS", "woonplaats": "PLAATS", "school": "SCHOOL",
    "organisatie": "ORG", "organisation": "ORG", "bedrijf": "ORG", "company": "ORG", "org": "ORG",
    "stagebedrijf": "ORG", "instelling": "ORG"}
NAME_HEADS = frozenset(("name", "naam", "names", "namen"))


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
    rows = list(rows_of(folder / NAMES))
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
