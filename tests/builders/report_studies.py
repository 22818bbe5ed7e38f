"""A small study with students and teams, its results saved, for reports."""

import re
from itertools import combinations
from pathlib import Path

import wbkit as wb
from wbkit.labels import label
from wbkit.messages import number
from wbkit.report.pages.content import Drawing, Heading, Points, TablePart, Words
from wbkit.report.saved_results import read_results
from wbkit.table.count_layouts import SHARES
from wbkit.workflow.preparing import prepare

STUDY = '''title = { nl = "Wie wordt er gezien?", en = "Who is seen?" }
language = "nl"
synthetic_note = { nl = "De school bestaat niet.", en = "The school does not exist." }

[questions.main]
text = { nl = "Wat hebben studenten nodig?", en = "What do students need?" }
[questions.1b]
line = 1
text = { nl = "Wie voelt zich gezien?", en = "Who feels seen?" }
[questions.3b]
line = 3
text = { nl = "Wat willen teams?", en = "What do teams want?" }

[house]
school = "De Linde"

[sources.students]
label = { nl = "Enquête", en = "Survey" }
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = true
ignore = ["nr"]
design = { kind = "convenience", population = 210, margins = { team = { zorg = 60, bouw = 90, \
groen = 60 } } }

[sources.students.items.team]
kind = "nominal"
values = ["zorg", "bouw", "groen"]
value_labels = { en = ["care", "building", "green"] }

[sources.students.items.gezien]
column = "Ik voel mij gezien"
label = { en = "I feel seen" }
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
value_labels = { en = ["disagree", "neutral", "agree"] }

[sources.teams]
label = { nl = "Teamvragenlijst", en = "Team questionnaire" }
file = "raw/teams.csv"
format = "csv"
unit = "team"
synthetic = true
design = { kind = "joint", population = 3, people = 37 }

[sources.teams.missing_units]
groen = { nl = "deed niet mee", en = "did not take part" }

[sources.teams.items.t_team]
kind = "nominal"
values = ["zorg", "bouw", "groen"]
value_labels = { en = ["care", "building", "green"] }

[sources.teams.items.wens]
column = "Wat willen jullie leren?"
label = { en = "What do you want to learn?" }
kind = "nominal"
values = ["gesprekken", "signaleren"]
value_labels = { en = ["talks", "noticing"] }

[sources.teams.items.eens]
column = "Hoe eens waren jullie?"
label = { en = "How far did you agree?" }
kind = "ordinal"
values = ["iedereen", "verdeeld"]
'''
# zorg 20: 3, 5, 12; bouw 17: 7, 6, 4; groen 6: 4, 1, 1 (oneens, neutraal, eens)
ANSWERS = {"zorg": (3, 5, 12), "bouw": (7, 6, 4), "groen": (4, 1, 1)}
VALUES = ("oneens", "neutraal", "eens")
ROWS = [(team, value) for team, counts in ANSWERS.items()
        for value, n in zip(VALUES, counts, strict=True) for _ in range(n)]
RAW = "\n".join(["nr;team;Ik voel mij gezien",
                 *(f"{n};{team};{value}" for n, (team, value) in enumerate(ROWS, 1))]) + "\n"
TEAMS = ("t_team;Wat willen jullie leren?;Hoe eens waren jullie?\n"
         "zorg;gesprekken;iedereen\nbouw;signaleren;verdeeld\n")
REAL = STUDY.replace("synthetic = true", "synthetic = false")  # made up all the same
INTERPRETATIONS = '''
[1b]
certainty = "stevig"
text.nl = "{{10_gezien:eens}} studenten voelen zich gezien."
text.en = "{{10_gezien:eens}} students feel seen."
why = {{ nl = "Wie er was, deed mee.", en = "Whoever was there took part." }}
limit = {{ nl = "Wie er niet was.", en = "Who was not there." }}
tables = {{ 10_gezien = "{seen}" }}
[3b]
text = {{ nl = "Elk team wil iets anders.", en = "Each team wants something else." }}
tables = {{ 40_wens = "{wish}" }}
'''
RECOMMENDATIONS = '''
[uren]
text = { nl = "Geef coaches tijd.", en = "Give coaches time." }
level = "meso"
change = "verbeteren"
addressed_to = { nl = "de directie", en = "the board" }
ask = { nl = "Besluit over uren.", en = "Decide on hours." }
cost = { nl = "40 uur", en = "40 hours" }
findings = ["1b"]
date = 2027-02-01
'''
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def save_results(folder: Path, *, study=STUDY, answers=True):
    """Write the study, count, save; give the study and its saved results."""
    (folder / "data" / "raw").mkdir(parents=True)
    (folder / "data" / "raw" / "enquete.csv").write_text(RAW, encoding="utf-8")
    (folder / "data" / "raw" / "teams.csv").write_text(TEAMS, encoding="utf-8")
    (folder / "data" / "study.toml").write_text(study, encoding="utf-8")
    loaded = wb.load_study(folder / "data")
    prepare(loaded)
    students, teams = wb.read_responses(loaded, "students"), wb.read_responses(loaded, "teams")
    made = {
        "00_dekking": wb.coverage(students), "10_gezien": wb.frequency(students, "gezien"),
        "11_gezien_team": wb.frequency(students, "gezien", by="team"),
        "40_wens": wb.team_answers(teams, ["wens"], by="t_team", agreement=["eens"])}
    for name, table in made.items():
        wb.save(table, name)
    wb.save(wb.plot_bars(made["10_gezien"]), "10_gezien")
    if answers:
        write_answers(loaded, made)
    return loaded, read_results(loaded)


def write_answers(study, made):
    """Write an answer to two of the three questions, and what is asked of whom."""
    digits = {name: table.fingerprint for name, table in made.items()}
    (study.folder / "interpretations.toml").write_text(
        INTERPRETATIONS.format_map({"seen": digits["10_gezien"], "wish": digits["40_wens"]}),
        encoding="utf-8")
    (study.folder / "recommendations.toml").write_text(RECOMMENDATIONS, encoding="utf-8")


# The numbers of a report, walked back to the Tables of its run


def numbers_in(*texts):
    """Give every number that stands in these words."""
    return {found for text in texts for found in NUMBER.findall(text)}


def words_of(part):
    """Give all words of a part that a reader sees."""
    if isinstance(part, TablePart):
        return [part.title, *part.grid.header, *(word for row in part.grid.rows for word in row),
                *part.notes]
    if isinstance(part, Drawing):
        return [part.title, part.subtitle, part.figure.alt, *part.notes]
    if isinstance(part, Points):
        return list(part.lines)
    return [part.text] if isinstance(part, Words | Heading) else []


def numbers_of(saved, language):
    """Give every number that a Table can show: its cells, as counts and shares, and its words."""
    shown, found = saved.show(language), set()
    for row in saved.table.cells.to_dict("records"):
        value = row["number"]
        if value is None or value != value:
            continue
        found |= {number(value, language, decimals=places) for places in (0, 1, 2, 3, 4)}
        if row["measure"] in SHARES:
            found |= {number(100 * value, language, decimals=places) for places in (0, 1)}
    for n, base in sums_of(saved.table.data):
        found |= {number(n, language), *(number(100 * n / base, language, decimals=places)
                                         for places in (0, 1))}
    said = [shown.title, shown.base, shown.basis, *shown.notes, repr(saved.table.data.to_dict()),
            repr(shown)]
    return found | numbers_in(*said)


def sums_of(data):
    """Give the sums of answers that stand beside each other, each with its base."""
    if not {"item", "n", "base"} <= set(data):
        return
    groups = [name for name in data if name not in ("value", "n", "state", "quote")
              and data[name].dtype == object or name == "item"]
    for _, part in data.groupby(groups, dropna=False):
        counts, base = part["n"].fillna(0).tolist(), part["base"].iloc[0]
        for start, end in combinations(range(len(counts) + 1), 2):
            if base > 0 and end - start > 1:
                yield sum(counts[start:end]), base


def without_a_table(report, results, allowed=()):
    """List the numbers in a report that stand in no Table named beside them."""
    shown = {**results.figures, **results.tables}  # a figure may hold a Table of its own
    known = {name: numbers_of(one, report.language) for name, one in shown.items()}
    free = numbers_in(*allowed, *results.tables, label("report_few_people", report.language))
    for one in report.parts:
        there = set().union(free, *(known[name] for name in getattr(one, "tables", ())
                                    if name in known))
        is_list = isinstance(one, TablePart) and not one.number
        if not isinstance(one, Heading) and not is_list:
            yield from sorted(numbers_in(*words_of(one)) - there)
