"""Which column belongs to which item, and which columns the export itself adds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wbkit.data.responses import asked_items
from wbkit.errors import DataError
from wbkit.intake.sheet import Hint, Sheet, column_letters
from wbkit.study.item import Item
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
SEPARATOR = ";"  # as Microsoft Forms joins them
TICKED = {"y", "yes", "ja", "1", "true", "x", "checked", "selected", "gekozen"}
NOT_TICKED = {"", "n", "no", "nee", "0", "false", "n/a", "unchecked", "not selected",
              "niet gekozen"}
OTHER_CODE = "-oth-"  # LimeSurvey, in the column of the question itself


@dataclass(frozen=True)
class Part:
    """One column of an export in which a question can have several.

    Parameters
    ----------
    heading
        Its name when it stands alone.
    question
        The name of the question that it is a part of.
    cells
        Text.
    label, question_label
        Words of the column and of the question; empty when the export has none.
    option
        The option that this column is about; empty for the question itself.
    own_words
        Whether it holds what was typed behind that option.
    several
        Whether each cell holds several options already.
    """

    heading: str
    question: str
    cells: Sequence[str]
    label: str = ""
    question_label: str = ""
    option: str = ""
    own_words: bool = False
    several: bool = False


@dataclass(frozen=True)
class Merged:
    """Columns after joining: heading, cells, and what the file says about them."""

    heading: str
    cells: Sequence[str]
    hint: Hint


def headings_of(source: Source) -> list[str]:
    """Return the headings that the items of a source name, spaces normalised."""
    return [tidy(item.column or item.name) for item in asked_items(source)]


def export_columns(headings: Sequence[str], source: Source) -> dict[str, str]:
    """Return the columns that the export adds itself, by role."""
    taken = headings_of(source) if source.format in ("csv", "spss") else ()
    return export_roles(headings, source.format, taken)


def export_roles(headings: Sequence[str], kind: str, taken: Iterable[str]) -> dict[str, str]:
    """Return the columns that an export of this format adds itself, by role."""
    known = EXPORT_ROLES if kind in ("limesurvey", "qualtrics") else ROLES
    roles = {name: role for role, names in known.items() for name in names}
    found: dict[str, str] = {}
    for heading in headings:
        role = roles.get(heading.casefold())
        if role and role not in found and heading not in set(taken):
            found[role] = heading
    return found


def check_headings(headings: Sequence[str], source: Source, where: str) -> None:
    """Refuse a file in which a heading of the study is absent, or stands twice."""
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
    """Refuse a sheet of which the headings stand in a lower row, under a title."""
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
    """Report the headings that no item names, and those that are ignored but not there."""
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


def merge(parts: Iterable[Part], items: Mapping[str, Item], where: str) -> list[Merged]:
    """Join the ticked options of each question, and put own words behind their option."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.question, []).append(part)
    return [column for group in groups.values() for column in _columns(group, items, where)]


def is_tick(cell: str, option: str) -> bool:
    """Whether a cell says that this option was ticked."""
    return cell.strip().casefold() in TICKED or (bool(cell.strip()) and cell.strip() == option)


def _columns(group: list[Part], items: Mapping[str, Item], where: str) -> list[Merged]:
    options = [part for part in group if part.option and not part.own_words]
    texts = [part for part in group if part.own_words]
    selves = [part for part in group if not part.option and not part.own_words]
    apart = any(part.heading in items for part in (*options, *texts))
    if not selves and _are_ticks(options, items, apart=apart):
        return [_ticks(options, texts, where)]
    if len(selves) == 1 and len(texts) == 1 and not options and not apart:
        return [_with_own_words(selves[0], texts[0])]
    return [Merged(part.heading, part.cells, Hint(part.label, multiple=part.several))
            for part in group]


def _are_ticks(options: list[Part], items: Mapping[str, Item], *, apart: bool) -> bool:
    """Say whether columns are options: as the study says, else by what stands in them."""
    if not options or apart:
        return False
    known = items.get(options[0].question)
    if known is not None:
        return known.kind == "multiple"
    found = [{cell.strip() for cell in part.cells} for part in options]
    plain = all(is_tick(cell, part.option) or cell.casefold() in NOT_TICKED
                for part, cells in zip(options, found, strict=True) for cell in cells)
    return plain and len(options) > 1 and any(cells - {""} for cells in found)


def _ticks(options: list[Part], texts: list[Part], where: str) -> Merged:
    """Join the ticked options of one question."""
    _check_ticks(options, where)
    names = [_clean(part.option) for part in options]
    written = {_clean(part.option): part.cells for part in texts}
    rows = range(len(options[0].cells))
    cells = [SEPARATOR.join(_row(names, options, written, row)) for row in rows]
    closed = tuple(name for name in names if name not in written)
    hint = Hint(options[0].question_label, closed, other=next(iter(written), ""), multiple=True)
    return Merged(options[0].question, cells, hint)


def _row(
    names: list[str], options: list[Part], written: Mapping[str, Sequence[str]], row: int
) -> list[str]:
    ticked = [name for name, part in zip(names, options, strict=True)
              if is_tick(part.cells[row], part.option)]
    own = {name: _clean(cells[row]) for name, cells in written.items() if cells[row].strip()}
    return [*(name for name in ticked if name not in own),
            *(f"{_bare(name)}: {text}" for name, text in own.items())]


def _check_ticks(options: list[Part], where: str) -> None:
    strange = [f"{cut(part.heading)!r} ({count} cells)" for part in options
               if (count := sum(not is_tick(cell, part.option)
                                and cell.strip().casefold() not in NOT_TICKED
                                for cell in part.cells))]
    if strange:
        raise DataError(
            f"{where}: {listed(strange)} should say for each row whether the option was ticked "
            "(Y, Ja, 1, the option itself, or nothing), and hold something else. Give each of "
            "these columns an item of its own in study.toml, or export the file again."
        )


def _with_own_words(question: Part, text: Part) -> Merged:
    """Put what was typed behind an option in the cell of the question."""
    name = _clean(text.option)
    cells = [_own(cell, typed.strip(), name)
             for cell, typed in zip(question.cells, text.cells, strict=True)]
    return Merged(question.heading, cells, Hint(question.label, other=name))


def _own(cell: str, typed: str, name: str) -> str:
    if typed:
        return f"{_bare(name)}: {typed}"
    return name if cell.strip() == OTHER_CODE else cell


def _bare(name: str) -> str:
    return name.rstrip(" :.…_")


def _clean(text: str) -> str:
    """Write an option without the mark that stands between options."""
    return text.replace(SEPARATOR, ",").strip()
