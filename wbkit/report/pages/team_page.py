"""The page of one team: its own answers, what its students said, and room to talk about it."""

from collections.abc import Iterator
from dataclasses import replace

from wbkit.errors import DataError
from wbkit.messages import _, number
from wbkit.report.pages.content import Heading, Part, Points, TablePart, Words, anchor_of
from wbkit.report.pages.material import COVERAGE, Material
from wbkit.study.study import Study
from wbkit.table.render import Shown, laid_out, source_line
from wbkit.text.normalise import did_you_mean, listed

ANSWERS = "answers"  # kind of the Tables in which teams answered together
TEAM = "team"


def team_of(study: Study, asked: str | None) -> tuple[str, str]:
    """Return the id of a team and its name in the language of the study.

    Refuses a team that no source knows.
    """
    teams = _teams(study)
    found = next((one for one, name in teams.items()
                  if (asked or "").casefold() in (one.casefold(), name.casefold())), None)
    if found is None:
        names = list(teams.values())
        raise DataError(_(
            "{file}: {team!r} is no team of this study. The teams are {teams}. {hint}",
            file=study.file.name, team=asked or "", teams=listed(names) or _("none"),
            hint=did_you_mean(asked, names) if asked else "").strip())
    return found, teams[found]


def _teams(study: Study) -> dict[str, str]:
    """Return every answer to an item that names teams, and teams that are missing: id = name."""
    items = [item for source in study.sources.values() for item in source.items.values()
             if _names_teams(item.name)]
    missing = [unit for source in study.sources.values() if source.unit == TEAM
               for unit in source.missing_units]
    named = {value: item.value_words(study.language).get(value, value)
             for item in items for value in item.categories}
    return named | {unit: unit for unit in missing if unit not in named}


def _names_teams(item: str) -> bool:
    return item == TEAM or item.endswith(f"_{TEAM}")


def team_parts(material: Material, asked: str | None) -> Iterator[Part]:
    """Return the parts of the page of one team."""
    team, name = team_of(material.study, asked)
    yield Words(material.say("team_lead"), "lead")
    yield Heading(material.say("team_own"), anchor="own")
    own = list(_own(material, team))
    yield from own or [Words(material.say("team_none"))]
    yield Heading(material.say("team_others"), anchor="others")
    others = [*_reached(material, team), *_others(material, team)]
    yield from others or [Words(material.say("team_nothing"))]
    yield Heading(material.say("team_recognise"), anchor="recognise")
    yield Points(material.lines("team_boxes"), "boxes")
    yield Heading(material.say("team_talk"), anchor="talk")
    yield Points(material.lines("team_questions"))
    yield Heading(material.say("team_who"), anchor="who")
    yield Words(material.say("team_readers", team=name))


def _own(material: Material, team: str) -> Iterator[TablePart]:
    """Show the answers of the team, each question once."""
    seen: set[str] = set()
    for name, saved in material.results.tables.items():
        if saved.table.kind != ANSWERS:
            continue
        part = _part(material, name, team, without=seen)
        if part is not None:
            seen |= set(saved.table.data["item"])
            yield part


def _others(material: Material, team: str) -> Iterator[TablePart]:
    for name, saved in material.results.tables.items():
        if saved.table.kind not in (ANSWERS, COVERAGE):
            part = _part(material, name, team)
            if part is not None:
                yield part


def _part(
    material: Material, name: str, team: str, without: set[str] = frozenset()
) -> TablePart | None:
    """Return the rows of a Table that are about one team; None where there are none."""
    shown = material.shown(name)
    column = next((one for one in shown.dimensions if _names_teams(one)), None)
    if column is None:
        return None
    rows = shown.data[shown.data[column].astype(str) == team]
    rows = rows[~rows["item"].isin(without)] if without else rows
    if rows.empty or _is_silent(shown, team):
        return None
    part = Shown(**{**vars(shown), "contents": replace(shown.contents, data=rows)})
    notes = (" ".join([material.say("team_part", team=shown.words(column, team), name=name),
                       source_line(shown)]),)
    return TablePart(shown.title, laid_out(part), notes, 1, (name,), anchor_of("table", name))


def _is_silent(shown: Shown, team: str) -> bool:
    """Whether the team did not take part in the source of the Table."""
    return any(team in one.missing_units for one in shown.sources)


def _reached(material: Material, team: str) -> Iterator[Words]:
    """Say how many of the team took part, of each source that knows it."""
    for source in material.study.sources.values():
        found = material.coverage(source)
        if not found:
            continue
        frame = material.shown(found).data
        rows = frame[frame["margin"].map(_names_teams) & (frame["value"].astype(str) == team)]
        for row in rows.dropna(subset=["n"]).to_dict("records"):
            yield Words(material.say(
                "team_reached", source=source.words(material.language),
                n=number(row["n"], material.language),
                population=number(row["population"], material.language),
                units=source.units(row["population"], material.language)), tables=(found,))
