"""Small exports of made-up students, each as another program writes it: 48 rows, eight programs."""

import csv
import io
import random
from datetime import datetime, timedelta

import pandas as pd
import pyreadstat
import xlsxwriter
from builders.workbooks import write_forms

ROWS = 48
START = datetime(2026, 3, 2, 9, 0)
TEAMS = ("Zorg", "Techniek", "Handel")
AGREE = ("Helemaal mee oneens", "Mee oneens", "Neutraal", "Mee eens", "Helemaal mee eens")
OFTEN = ("Nooit", "Soms", "Vaak", "Altijd")
HELP = ("Plannen", "Rust en slaap", "Geld", "Ik heb geen hulp nodig")
IDEAS = ("meer rust in de les", "een rooster dat niet steeds verandert", "vaker samen sporten",
         "langere pauzes met de hele klas", "meer uitleg bij de opdrachten van stage")
SAFE, SEEN = "Ik voel me veilig op school", "Mijn mentor ziet mij"
QUESTIONS = {
    "team": "Bij welk team hoor je?", "safe": SAFE, "seen": SEEN,
    "often": "Hoe vaak praat je met je mentor?", "help": "Waar heb je hulp bij nodig?",
    "hours": "Hoeveel uur per week werk je?", "idea": "Wat zou jij op school veranderen?",
}


def people(seed):
    """Answer for everyone: a dictionary of question and answer, with some left empty."""
    chance = random.Random(seed)
    for number in range(ROWS):
        ticks = chance.sample(HELP[:3], chance.randint(1, 2)) if chance.random() < 0.8 else HELP[3:]
        yield {
            "team": TEAMS[number % 3], "safe": chance.choice(AGREE), "seen": chance.choice(AGREE),
            "often": chance.choice(OFTEN), "help": [one for one in HELP if one in ticks],
            "hours": chance.randint(0, 24),
            "idea": f"{chance.choice(IDEAS)} {number}" if chance.random() < 0.6 else "",
        }


def minutes(number):
    return START + timedelta(minutes=7 * number)


def written(rows, separator=","):
    """Write rows as a csv file."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def forms(path):
    rows = [[";".join(one["help"]) + ";" if key == "help" else one[key] for key in QUESTIONS]
            for one in people(1)]
    return write_forms(path, list(QUESTIONS.values()), rows,
                       starts=[minutes(number) for number in range(ROWS)])


def google(path):
    rows = [[f"{minutes(number):%d-%m-%Y %H:%M:%S}", one["team"], one["safe"], one["seen"],
             one["often"], ", ".join(one["help"]), one["hours"], one["idea"]]
            for number, one in enumerate(people(2))]
    block = "In hoeverre ben je het eens met deze uitspraken?"
    heads = [f"{block} [{words}]" if key in ("safe", "seen") else words
             for key, words in QUESTIONS.items()]
    path.write_text(written([["Tijdstempel", *heads], *rows]), encoding="utf-8")
    return path


def limesurvey(path):
    heads = ["Antwoord ID", "Datum ingezonden", "Laatste pagina", "Starttaal", QUESTIONS["team"],
             f"Eens of oneens? [{SAFE}]", f"Eens of oneens? [{SEEN}]", QUESTIONS["often"],
             *[f"{QUESTIONS['help']} [{one}]" for one in HELP], QUESTIONS["hours"],
             QUESTIONS["idea"]]
    rows = [[number + 1, f"{minutes(number):%Y-%m-%d %H:%M:%S}", 3, "nl", one["team"], one["safe"],
             one["seen"], one["often"], *["Ja" if tick in one["help"] else "Nee" for tick in HELP],
             one["hours"], one["idea"]] for number, one in enumerate(people(3))]
    path.write_text(written([heads, *rows]), encoding="utf-8")
    return path


def qualtrics(path):
    names = ["StartDate", "EndDate", "Status", "ResponseId", "Q1", "Q2_1", "Q2_2", "Q3",
             *[f"Q4_{number}" for number in range(1, 5)], "Q5", "Q6"]
    heads = ["Start Date", "End Date", "Response Type", "Response ID", QUESTIONS["team"],
             f"Eens of oneens? - {SAFE}", f"Eens of oneens? - {SEEN}", QUESTIONS["often"],
             *[f"{QUESTIONS['help']} - Selected Choice - {one}" for one in HELP],
             QUESTIONS["hours"], QUESTIONS["idea"]]
    rows = [[f"{minutes(number):%Y-%m-%d %H:%M:%S}", f"{minutes(number + 1):%Y-%m-%d %H:%M:%S}",
             "IP Address", f"R_{number}", one["team"], one["safe"], one["seen"], one["often"],
             *[tick if tick in one["help"] else "" for tick in HELP], one["hours"], one["idea"]]
            for number, one in enumerate(people(4))]
    ids = [f'{{"ImportId":"QID{number}"}}' for number in range(len(names))]
    path.write_text(written([names, heads, ids, *rows]), encoding="utf-8")
    return path


def surveymonkey(path):
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date"]
    first = [*own, QUESTIONS["team"], "Eens of oneens?", "", QUESTIONS["often"], QUESTIONS["help"],
             "", "", "", QUESTIONS["hours"], QUESTIONS["idea"]]
    second = ["", "", "", "", "Response", SAFE, SEEN, "Response", *HELP, "Open-Ended Response",
              "Open-Ended Response"]
    rows = [[118000 + number, 4070, f"{minutes(number):%m/%d/%Y %I:%M:%S %p}",
             f"{minutes(number + 1):%m/%d/%Y %I:%M:%S %p}", one["team"], one["safe"], one["seen"],
             one["often"], *[tick if tick in one["help"] else "" for tick in HELP], one["hours"],
             one["idea"]] for number, one in enumerate(people(5))]
    path.write_text(written([first, second, *rows]), encoding="utf-8")
    return path


def kobo(path):
    heads = ["start", "end", QUESTIONS["team"], SAFE, SEEN, QUESTIONS["often"], QUESTIONS["help"],
             *[f"{QUESTIONS['help']}/{one}" for one in HELP], QUESTIONS["hours"],
             QUESTIONS["idea"], "_id", "_uuid", "_submission_time", "_status", "_index"]
    rows = [[f"{minutes(number):%Y-%m-%dT%H:%M:%S.000+01:00}",
             f"{minutes(number + 1):%Y-%m-%dT%H:%M:%S.000+01:00}", one["team"], one["safe"],
             one["seen"], one["often"], " ".join(one["help"]),
             *[int(tick in one["help"]) for tick in HELP], one["hours"], one["idea"],
             310000 + number, f"{number:032x}", f"{minutes(number):%Y-%m-%dT%H:%M:%S}",
             "submitted_via_web", number + 1] for number, one in enumerate(people(6))]
    path.write_text(written([heads, *rows], ";"), encoding="utf-8")
    return path


def spss(path):
    rows = list(people(7))
    scales = {"team": TEAMS, "safe": AGREE, "seen": AGREE, "often": OFTEN}
    frame = pd.DataFrame({
        **{key: [float(words.index(one[key]) + 1) for one in rows]
           for key, words in scales.items()},
        **{f"help_{place}": [float(tick in one["help"]) for one in rows]
           for place, tick in enumerate(HELP, start=1)},
        "hours": [float(one["hours"]) for one in rows], "idea": [one["idea"] for one in rows],
    })
    labels = QUESTIONS | {f"help_{place}": f"{QUESTIONS['help']} {tick}"
                          for place, tick in enumerate(HELP, start=1)}
    pyreadstat.write_sav(
        frame, str(path), column_labels={name: labels[name] for name in frame},
        variable_value_labels={
            **{key: dict(enumerate(words, start=1)) for key, words in scales.items()},
            **{f"help_{place}": {0: "Nee", 1: "Ja"} for place in range(1, 5)}})
    return path


def excel(path):
    rows = [[number + 1, *("; ".join(one["help"]) if key == "help" else one[key]
                           for key in QUESTIONS)] for number, one in enumerate(people(8))]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("antwoorden")
        for number, row in enumerate([["nr", *QUESTIONS.values()], *rows]):
            sheet.write_row(number, 0, row)
    return path


PROGRAMS = {"forms.xlsx": forms, "google.csv": google, "limesurvey.csv": limesurvey,
            "qualtrics.csv": qualtrics, "surveymonkey.csv": surveymonkey, "kobo.csv": kobo,
            "spss.sav": spss, "excel.xlsx": excel}
