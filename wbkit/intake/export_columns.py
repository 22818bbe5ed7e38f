"""Which column belongs to which item, and which columns the export itself adds."""

import re
from collections.abc import Iterable, Sequence

from wbkit.data.responses import asked_items
from wbkit.errors import DataError
from wbkit.intake.sheet import Sheet, column_letters
from wbkit.messages import _, counted
from wbkit.study.item import OTHER, Item
from wbkit.study.source import Source
from wbkit.text.normalise import cut, did_you_mean, listed, tidy
from wbkit.text.normalise import heading as heading_of

BY_HAND = ("csv", "excel")  # formats of files that no program is known to have written
FORMS_TIMES = {"begintijd", "start time", "tijd van voltooien", "completion time"}
FEWEST_TIMES = 2
TITLE_ROWS = 10  # how far below the top the headings are looked for
FORMS_ROLES = {  # as Microsoft Forms names them, in Dutch and English
    "id": ("id",),
    "started": ("begintijd", "start time"),
    "completed": ("tijd van voltooien", "completion time"),
    "modified": ("tijd laatste wijziging", "tijd van laatste wijziging", "last modified time"),
    "email": ("e-mail", "email"),
    "name": ("naam", "name"),
    "score": ("totaal aantal punten", "total points"),
    "feedback": ("quizfeedback", "quiz feedback", "feedback over de quiz"),
    "graded": ("beoordelingstijd", "grade posted time", "tijd van plaatsing van cijfer"),
    "language": ("taal", "language"),
}
SERVER_ROLES = {  # as LimeSurvey (codes, Dutch, English), Qualtrics and SurveyMonkey name them
    "id": ("id", "response id", "antwoord id", "respons id", "responseid", "respondent id",
           "respondent-id", "respondent_id"),
    "collector": ("collector id", "collector-id", "collectorid", "collector_id"),
    "started": ("startdate", "date started", "datum gestart", "startdatum", "start date",
                "date_created", "begindatum"),
    "completed": ("submitdate", "date submitted", "datum ingezonden", "datum verstuurd",
                  "ingevuld op", "enddate",
                  "end date", "einddatum", "date_modified"),
    "modified": ("datestamp", "date last action", "datum laatste actie", "recordeddate",
                 "recorded date"),
    "email": ("email", "e-mail", "email address", "e-mailadres", "recipientemail",
              "email_address"),
    "name": ("recipientlastname", "lastname", "last name", "achternaam", "last_name"),
    "first_name": ("recipientfirstname", "firstname", "first name", "voornaam", "first_name"),
    "address": ("ipaddr", "ip address", "ip-adres", "ipaddress", "ip adres", "ip_address"),
    "custom": ("custom data 1", "aangepaste gegevens 1", "custom data", "aangepaste gegevens"),
    "status": ("status",),
    "progress": ("lastpage", "last page", "laatste pagina", "progress"),
    "finished": ("finished",),
    "language": ("startlanguage", "start language", "starttaal", "start taal", "begin taal",
                 "userlanguage"),
    "seed": ("seed", "zaad"),
    "token": ("token", "toegangscode", "access code", "externalreference",
              "externaldatareference"),
    "referrer": ("refurl", "referrer url", "verwijzende url", "verwijzer-url"),
    "duration": ("duration (in seconds)", "interviewtime", "total time", "totale tijd",
                 "totaaltijd"),
    "channel": ("distributionchannel",),
    "latitude": ("locationlatitude",),
    "longitude": ("locationlongitude",),
}
GOOGLE_ROLES = {
    "completed": ("timestamp", "tijdstempel"),
    "email": ("email address", "e-mailadres", "gebruikersnaam", "username", "e-mailadres "),
    "score": ("score",),
}
KOBO_ROLES = {
    "started": ("start",),
    "completed": ("end",),
    "id": ("_id",),
    "uuid": ("_uuid",),
    "instance": ("meta/instanceid", "instanceid"),
    "submitted": ("_submission_time", "submissiondate"),
    "validation": ("_validation_status",),
    "notes": ("_notes",),
    "status": ("_status",),
    "submitter": ("_submitted_by",),
    "version": ("__version__",),
    "tags": ("_tags",),
    "index": ("_index",),
    "parent": ("_parent_index",),
    "device": ("deviceid",),
    "username": ("username",),
    "day": ("today",),
    "attachments": ("_attachments",),
    "place": ("_geolocation",),
    "root": ("meta/rootuuid",),
}
REDCAP_ROLES = {
    "id": ("record_id", "record id", "participant id", "study_id", "study id"),
    "event": ("redcap_event_name", "event name"),
    "instrument": ("redcap_repeat_instrument", "repeat instrument"),
    "instance": ("redcap_repeat_instance", "repeat instance"),
    "token": ("redcap_survey_identifier", "survey identifier"),
    "access": ("redcap_data_access_group", "data access group"),
    "completed": ("survey_timestamp", "survey timestamp"),
    "status": ("participant status",),
    "made": ("participant creation date",),
    "institute": ("site abbreviation", "institute abbreviation", "institute"),
    "complete": ("survey_complete", "complete?"),
}
ROLES_OF = {
    "ms-forms": FORMS_ROLES, "limesurvey": SERVER_ROLES, "qualtrics": SERVER_ROLES,
    "surveymonkey": SERVER_ROLES, "google-forms": GOOGLE_ROLES, "kobo": KOBO_ROLES,
    "redcap": REDCAP_ROLES,
}
ASKED_TOO = frozenset({"csv", "excel", "spss", "stata", "toml"})  # a heading may be a question here
PATTERNS = {  # columns of which a platform adds one for each question
    "ms-forms": re.compile(r"(?:punten|points|feedback)\s*[-\u2013]\s*.+", re.IGNORECASE),
    "limesurvey": re.compile(r"(?:groep|vraag|group|question)s?[ .]?(?:tijd|time)[:. ].+",
                             re.IGNORECASE),
    "redcap": re.compile(r"\w+_(?:complete|timestamp)"),
    "qualtrics": re.compile(r".+_\s*(?:first click|last click|page submit|click count)",
                            re.IGNORECASE),
}


def headings_of(source: Source) -> list[str]:
    """Return the headings that the items of a source name, spaces normalised."""
    return [heading for item in asked_items(source) for heading in item.headings]


def export_columns(headings: Sequence[str], source: Source) -> dict[str, str]:
    """Return the columns that the export adds itself, by role."""
    taken = headings_of(source) if source.format in ASKED_TOO else ()
    return export_roles(headings, source.format, taken)


def export_roles(headings: Sequence[str], kind: str, taken: Iterable[str]) -> dict[str, str]:
    """Return the columns that an export of this format adds itself, by role."""
    known = ROLES_OF.get(kind, FORMS_ROLES)
    roles = {name: role for role, names in known.items() for name in names}
    pattern, taken = PATTERNS.get(kind), set(taken)
    found: dict[str, str] = {}
    for heading in headings:
        role = roles.get(heading.casefold())
        if role is None and pattern and pattern.fullmatch(heading):
            role = f"added: {heading}"
        if role and role not in found and heading not in taken:
            found[role] = heading
    return found


def added_roles(headings: Sequence[str], kind: str) -> dict[str, str]:
    """Return the columns that certainly are no question, by role.

    In a file of no program a heading such as "Naam" may be a question, unless the times of
    Microsoft Forms stand beside it: somebody saved that export in another way.
    """
    forms = sum(one.casefold() in FORMS_TIMES for one in headings) >= FEWEST_TIMES
    if kind in ASKED_TOO and not (forms and kind in BY_HAND):
        return {}
    return export_roles(headings, kind, ())


def check_headings(headings: Sequence[str], source: Source, where: str) -> None:
    """Refuse a file in which a heading of the study is absent."""
    known = {*headings_of(source), *map(heading_of, source.ignore)}
    free = [one for one in headings if one and one not in known]
    faults = [fault for item in asked_items(source) for one in item.headings
              if (fault := _heading_fault(one, item, headings, free))]
    if faults:
        columns = len([one for one in headings if one])
        raise DataError(_(
            "{where}: {absent}; the file has {headings}.\n"
            "{faults}\n"
            "Correct column of these items in study.toml, or the source's file.",
            where=where, faults="\n".join(faults),
            absent=counted(len(faults), "heading of study.toml is not in the file",
                           "headings of study.toml are not in the file"),
            headings=counted(columns, "heading", "headings")))


def _heading_fault(
    wanted: str, item: Item, headings: Sequence[str], free: Sequence[str]
) -> str:
    if wanted not in headings:
        words = _("items.{item}: {heading!r} is not there. {hint}", item=item.name,
                  heading=cut(wanted, 80), hint=did_you_mean(wanted, free, n=2))
        return f"  {words}".rstrip()
    return ""


def question_parts(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Return the questions in several columns: their name, and the heading of each option."""
    parts: dict[str, dict[str, str]] = {}
    for name, hint in sheet.hints.items():
        if hint.group:
            option = OTHER if hint.own_words else hint.part
            parts.setdefault(heading_of(hint.group), {}).setdefault(option, name)
    return parts


def refuse_title(sheet: Sheet, source: Source, where: str) -> None:
    """Refuse a sheet of which the headings stand in a lower row, under a title."""
    wanted = set(headings_of(source))
    above = len(wanted & set(sheet.headings))
    for place, row in enumerate(sheet.rows[:TITLE_ROWS]):
        cells = {tidy(column[place]) for column in sheet.columns}
        if len(wanted & cells) > max(above, len(wanted) / 2):
            raise DataError(_(
                "{where}: the headings stand in row {row}, under a title or other rows. Write "
                "heading_row = {row} under this source in study.toml.",
                where=where, row=row))


def unused_headings(
    sheet: Sheet, source: Source, roles: Iterable[str]
) -> tuple[str, ...]:
    """Report the headings that no item names, and those that are ignored but not there."""
    ignored = set(map(heading_of, source.ignore))
    known = {*headings_of(source), *roles, *ignored}
    unused = [repr(cut(one)) for one in sheet.headings if one and one not in known]
    absent = [repr(cut(one)) for one in ignored - set(sheet.names)]
    blank = [column_letters(place) for place, name in enumerate(sheet.names)
             if not sheet.headings[place] and name not in known]
    found = [_("not used, since no item names them: {columns}", columns=listed(unused, most=20))] \
        if unused else []
    if blank:
        bare = counted(len(blank), "column without a heading was not used",
                       "columns without a heading were not used")
        found.append(f"{bare}: {listed(blank)}")
    found += [_("ignore names {columns}, not in the file", columns=listed(sorted(absent)))] \
        if absent else []
    return tuple(found)
