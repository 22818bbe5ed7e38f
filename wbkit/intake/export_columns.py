"""Which column belongs to which item, and which columns the export itself adds."""

from collections.abc import Iterable, Sequence

from wbkit.data.columns import asked_items
from wbkit.errors import DataError
from wbkit.intake.sheet import Sheet, column_letters
from wbkit.study.source import Source
from wbkit.text.normalise import cut, did_you_mean, listed, tidy

TITLE_ROWS = 10  # how far below the top the headings are looked for
ROLES = {  # as Microsoft Forms names them, in Dutch and English
    "id": ("id",),
    "started": ("begintijd", "start time"),
    "completed": ("tijd van voltooien", "completion time"),
    "modified": ("tijd laatste wijziging", "tijd van laatste wijziging", "last modified time"),
    "email": ("e-mail", "email"),
    "name": ("naam", "name"),
}
EXPORT_ROLES = {  # as LimeSurvey (codes, Dutch, English) and Qualtrics name them
    "id": ("id", "response id", "antwoord id", "responseid"),
    "started": ("startdate", "date started", "datum gestart", "startdatum", "start date"),
    "completed": ("submitdate", "date submitted", "datum ingezonden", "ingevuld op", "enddate",
                  "end date"),
    "modified": ("datestamp", "date last action", "datum laatste actie", "recordeddate"),
    "email": ("email", "e-mail", "email address", "e-mailadres", "recipientemail"),
    "name": ("recipientlastname", "lastname", "last name", "achternaam"),
    "first_name": ("recipientfirstname", "firstname", "first name", "voornaam"),
    "address": ("ipaddr", "ip address", "ip-adres", "ipaddress"),
    "status": ("status",),
    "progress": ("lastpage", "last page", "laatste pagina", "progress"),
    "finished": ("finished",),
    "language": ("startlanguage", "start language", "starttaal", "start taal", "userlanguage"),
    "seed": ("seed",),
    "token": ("token", "toegangscode", "access code", "externalreference", "externaldatareference"),
    "referrer": ("refurl", "referrer url", "verwijzende url"),
    "duration": ("duration (in seconds)", "interviewtime", "total time", "totale tijd"),
    "channel": ("distributionchannel",),
    "latitude": ("locationlatitude",),
    "longitude": ("locationlongitude",),
}


def headings_of(source: Source) -> list[str]:
    """Return the headings that the items of a source name, spaces normalised.

    Parameters
    ----------
    source
        The source.

    Returns
    -------
    list of str
        In the order of study.toml.
    """
    return [tidy(item.column or item.name) for item in asked_items(source)]


def export_columns(headings: Sequence[str], source: Source) -> dict[str, str]:
    """Return the columns that the export adds itself, by role.

    Parameters
    ----------
    headings
        Headings of the file.
    source
        The source.

    Returns
    -------
    dict of str to str
        ``id``, ``started``, ``completed``, ``modified``, ``email``, ``name`` = heading.
    """
    taken = headings_of(source) if source.format in ("csv", "spss") else ()
    return export_roles(headings, source.format, taken)


def export_roles(headings: Sequence[str], kind: str, taken: Iterable[str]) -> dict[str, str]:
    """Return the columns that an export of this format adds itself, by role.

    Parameters
    ----------
    headings
        Headings of the file.
    kind
        A format of study.toml.
    taken
        Headings that are questions, whatever they are called.

    Returns
    -------
    dict of str to str
        Role = heading.
    """
    known = EXPORT_ROLES if kind in ("limesurvey", "qualtrics") else ROLES
    roles = {name: role for role, names in known.items() for name in names}
    found: dict[str, str] = {}
    for heading in headings:
        role = roles.get(heading.casefold())
        if role and role not in found and heading not in set(taken):
            found[role] = heading
    return found


def check_headings(headings: Sequence[str], source: Source, where: str) -> None:
    """Refuse a file in which a heading of the study is absent, or stands twice.

    Parameters
    ----------
    headings
        Headings of the file, spaces normalised.
    source
        The source.
    where
        Words for the file in a message.

    Raises
    ------
    DataError
        All headings at once, with the closest ones of the file.
    """
    faults: list[str] = []
    free = [heading for heading in headings if heading and heading not in headings_of(source)]
    for item in asked_items(source):
        heading = tidy(item.column or item.name)
        times = headings.count(heading)
        if times != 1:
            hint = did_you_mean(heading, free, n=2) if times == 0 else "It should stand there once."
            count = "is not there" if times == 0 else f"stands there {times} times"
            faults.append(f"  items.{item.name}: {cut(heading, 80)!r} {count}. {hint}".rstrip())
    if faults:
        columns = len([heading for heading in headings if heading])
        raise DataError(
            f"{where}: {len(faults)} headings of study.toml do not fit the {columns} headings of "
            "the file.\n" + "\n".join(faults) + "\nCorrect column of these items in study.toml, "
            "or the source's file."
        )


def refuse_title(sheet: Sheet, source: Source, where: str) -> None:
    """Refuse a sheet of which the headings stand in a lower row, under a title.

    Parameters
    ----------
    sheet
        The cells.
    source
        The source.
    where
        Words for the file in a message.

    Raises
    ------
    DataError
        If one of the first rows shows more headings of the study than the first one.
    """
    wanted = set(headings_of(source))
    above = len(wanted & set(sheet.headings))
    for place, row in enumerate(sheet.rows[:TITLE_ROWS]):
        cells = {tidy(column[place]) for column in sheet.columns}
        if len(wanted & cells) > max(above, len(wanted) / 2):
            raise DataError(
                f"{where}: the headings stand in row {row}, under a title or other rows. The "
                "first row should hold the headings. In a copy: remove the rows above them, and "
                "name the copy in file in study.toml."
            )


def unused_headings(
    headings: Sequence[str], source: Source, roles: Iterable[str]
) -> tuple[str, ...]:
    """Report the headings that no item names, and those that are ignored but not there.

    Parameters
    ----------
    headings
        Headings of the file, spaces normalised.
    source
        The source.
    roles
        Headings of the columns that the export adds.

    Returns
    -------
    tuple of str
        Sentences for ``Raw.found``.
    """
    ignored = set(map(tidy, source.ignore))
    known = {*headings_of(source), *roles, *ignored, ""}
    unused = [repr(cut(heading)) for heading in headings if heading not in known]
    absent = [repr(cut(heading)) for heading in ignored - set(headings)]
    blank = [column_letters(place) for place, heading in enumerate(headings) if not heading]
    found = [f"not used, since no item names them: {listed(unused, most=20)}"] if unused else []
    if blank:
        found.append(f"{len(blank)} columns without a heading were not used: {listed(blank)}")
    found += [f"ignore names {listed(sorted(absent))}, not in the file"] if absent else []
    return tuple(found)
