"""Make the team questionnaire: four of the five teams each gave one answer together."""

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
from forms import Form, write_forms

TEAMS = Form(
    title="Teamvragenlijst MBO De Linde (SYNTHETISCH)",
    created=dt.datetime(2023, 2, 10, 9, 0, 0),
    pasted=frozenset({"t_begrip", "t_keuze", "k_mist", "z_signaal"}),
    about=(  # names the script where it stood when the raw file was made
        "SYNTHETISCH: deze antwoorden zijn verzonnen met data/make_example.py.",
        "MBO De Linde bestaat niet. Geen team, geen docent en geen enkele tekst is echt.",
        "Eén rij is het gezamenlijke antwoord van een team. Tel teams, geen personen.",
    ),
)
SESSIONS = {  # the meeting at which the team filled in the form
    "zorg": ("2023-01-17 15:04:12", "2023-01-17 16:11:48"),
    "techniek": ("2023-01-19 12:48:30", "2023-01-19 13:36:05"),
    "handel": ("2023-01-24 15:31:07", "2023-01-24 16:58:41"),
    "media": ("2023-02-02 09:02:55", "2023-02-02 10:07:19"),
}


def write_teams(inputs: Path, path: Path) -> None:
    """Write the questionnaire as a Forms export."""
    questions = pd.read_csv(inputs / "team_questions.csv", dtype=str, keep_default_na=False)
    texts = tomllib.loads((inputs / "team_texts.toml").read_text(encoding="utf-8"))
    headings = dict(zip(questions["id"], questions["heading"], strict=True))
    write_forms(team_answers(questions, texts), headings, path, form=TEAMS)


def team_answers(questions: pd.DataFrame, texts: dict[str, dict[str, str]]) -> pd.DataFrame:
    """Return one row for each team: its closed answers, its texts, its times."""
    closed = questions.set_index("id")[list(SESSIONS)].T
    written = pd.DataFrame(texts).reindex(list(SESSIONS)).fillna("")
    answers = closed.assign(**{item: written[item] for item in written}).replace("", pd.NA)
    times = pd.DataFrame(SESSIONS, index=["start", "end"]).T.apply(pd.to_datetime)
    return answers.join(times).sort_values("end")
