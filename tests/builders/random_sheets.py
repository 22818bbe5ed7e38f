"""Random studies with long names, many answers and missing teams, and a page that shows all."""

import random
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from builders.responses import answers

import wbkit as wb
from wbkit.study.study import Study, load_study

PARTS = ("leer", "begeleiding", "stage", "praktijk", "gesprek", "coach", "toets", "voortgang",
         "beroeps", "oriëntatie", "samenwerking", "onderwijs", "verzuim", "ondersteuning")
SHORT = ("plannen", "stress", "thuis", "geld", "slaap", "taal", "sfeer", "ruzie", "werk")
PEOPLE = (8, 37, 200)


@dataclass(frozen=True)
class RandomSheets:
    """A study with one page, its Tables, and the words that have to stand on it."""

    study: Study
    tables: dict
    words: list
    teams: list


def random_sheets(seed: int, folder: Path) -> RandomSheets:
    draw = random.Random(seed)
    options = names(draw, draw.randint(2, 14))
    teams = names(draw, draw.randint(1, 8))
    missing = teams[len(teams) - draw.randint(0, min(2, len(teams) - 1)):]
    present = [team for team in teams if team not in missing]
    tables = {**of_students(draw, options), **of_teams(draw, options, teams, present)}
    study = write_study(folder, options)
    return RandomSheets(study, tables, [*options, *teams], teams)


def names(draw, many):
    """Make different names: a word, a compound as long as Dutch allows, or a whole phrase."""
    found = {}
    while len(found) < many:
        kind = draw.random()
        if kind < 0.4:
            name = draw.choice(SHORT)
        elif kind < 0.6:
            name = "".join(draw.sample(PARTS, draw.randint(2, 4)))
        else:
            name = " ".join(draw.choice((*SHORT, *PARTS)) for _ in range(draw.randint(2, 7)))
        found[name] = None
    return list(found)


def of_students(draw, options):
    n = draw.choice(PEOPLE)
    items = {"hulp": {"kind": "multiple", "values": options}}
    data = {f"hulp:{one}": [draw.random() < 0.3 for _ in range(n)] for one in options}
    scale = ["oneens", "neutraal", "eens"][draw.randint(0, 1):]
    for at in range(draw.randint(1, 5)):
        items[f"vraag_{at}"] = {"kind": "ordinal", "values": scale, "agree": ["eens"],
                                "label": " ".join(names(draw, 5))}
        data[f"vraag_{at}"] = [draw.choice(scale) for _ in range(n)]
    students = answers(data, items=items, name="students", unit="student",
                       design={"kind": "convenience", "population": 1000})
    asked = [one for one in items if one != "hulp"]
    return {"hulp": wb.frequency(students, "hulp"), "vragen": wb.frequency(students, asked)}


def of_teams(draw, options, teams, present):
    items = {"team": {"kind": "nominal", "values": teams},
             "mensen": {"kind": "numeric"},
             "ziet": {"kind": "multiple", "values": options},
             "goed": {"kind": "open"}}
    data = {"team": present, "mensen": [float(draw.randint(2, 40)) for _ in present],
            "goed": [" ".join(names(draw, draw.randint(1, 12))) for _ in present]}
    data |= {f"ziet:{one}": [draw.random() < 0.4 for _ in present] for one in options}
    for at in range(draw.randint(1, 7)):
        for way in ("nu", "ideaal"):
            items[f"{way}_{at}"] = {"kind": "ordinal", "values": options,
                                    "label": " ".join(names(draw, 2))}
            data[f"{way}_{at}"] = [draw.choice(options) for _ in present]
    found = answers(data, items=items, name="teams", unit="team",
                    design={"kind": "joint", "people": 40},
                    missing_units={team: {"nl": "deed niet mee"} for team in teams
                                   if team not in present})
    now, ideal = ([one for one in items if one.startswith(way)] for way in ("nu", "ideaal"))
    given = {"by": "team", "people": "mensen"}
    return {"ziet": wb.team_answers(found, ["ziet"], **given),
            "nu": wb.team_answers(found, now, **given),
            "ideaal": wb.team_answers(found, ideal, **given),
            "goed": wb.excerpts(wb.open_answers(found, "goed"), beside=["team"])}


def write_study(folder, options):
    (folder / "study.toml").write_text('title = "Toeval"\n', encoding="utf-8")
    page = {"number": 1, "kicker": "Een onderwerp", "title": " ".join(options[:6]),
            "sub": " ".join(options[:9]), "limit": "Dit is verzonnen.", "paper": "a3",
            "size": 1, "blocks": [
                {"form": "compare", "heading": "Naast elkaar", "columns": [
                    {"table": "hulp", "form": "bar", "head": "Studenten", "width": 1.6},
                    {"table": "ziet", "form": "teams", "head": "Teams"}]},
                {"form": "people", "table": "vragen", "part": 0.5},
                {"form": "stacks", "table": "vragen", "part": 0.5},
                {"form": "teams", "table": "nu"},
                {"form": "pair", "table": "nu", "ideal": "ideaal"},
                {"form": "spread", "table": "nu"},
                {"form": "team_columns", "rows": [
                    {"table": "ziet", "form": "answers", "head": "Ziet"},
                    {"table": "goed", "form": "quotes", "head": "Goed"}]},
                {"form": "quotes", "table": "goed", "voice": "team {team}", "across": 3,
                 "longest": 600}]}
    (folder / "infographics.toml").write_text(tomlkit.dumps({"alles": page}), encoding="utf-8")
    return load_study(folder)
