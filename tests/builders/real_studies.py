"""Studies that say they are of real people; a script made up every answer in them."""

import numpy as np
import pandas as pd
from builders import platform_exports as exports

import wbkit as wb

ROWS = 120
HEAD = '''title = { nl = "Hulp op school", en = "Help at school" }
language = "nl"
'''
SURVEY = HEAD + '''
[sources.students]
label = { nl = "Enquête", en = "Survey" }
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = false
design = { kind = "convenience", population = 400 }

[sources.students.items.code]
kind = "open"
sensitivity = "identifier"

[sources.students.items.team]
kind = "nominal"
sensitivity = "quasi"
values = ["zorg", "bouw", "groen"]

[sources.students.items.niveau]
kind = "ordinal"
sensitivity = "quasi"
values = ["2", "3", "4"]

[sources.students.items.hulp]
label.nl = "Heb je hulp nodig?"
kind = "nominal"
values = ["ja", "nee"]

[sources.students.items.waarbij]
kind = "multiple"
separator = ";"
values = ["plannen", "taal", "rust", "niets"]
exclusive = ["niets"]
other = "anders"
asked_if = { hulp = ["ja"] }

[sources.students.items.gezien]
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
missing = ["weet ik niet"]
corrections = { "eeens" = "eens" }

[sources.students.items.cijfer]
kind = "numeric"
range = [1, 10]

[sources.students.items.idee]
kind = "open"
'''
CODEBOOK = '''[codes.plannen]
label = { nl = "Plannen", en = "Planning" }
definition = "Tijd en rooster."
example = "Ik raak de draad kwijt in mijn rooster."

[codes.taal]
label = { nl = "Taal", en = "Language" }
definition = "Lezen en schrijven."
example = "Mijn coach Petra luistert altijd goed naar mij."
'''
OWN_WORDS = "Mijn coach Petra luistert altijd goed naar mij."


def answers(seed=1, rows=ROWS):
    """Make answers that hang together: who needs help feels less seen."""
    rng = np.random.default_rng(seed)
    team = rng.choice(["zorg", "bouw", "groen"], size=rows, p=[0.5, 0.3, 0.2])
    need = rng.random(rows) < np.where(team == "zorg", 0.7, 0.3)
    seen = np.where(need, rng.choice(["oneens", "neutraal", "eens"], rows, p=[.5, .3, .2]),
                    rng.choice(["oneens", "neutraal", "eens"], rows, p=[.1, .2, .7])
                    ).astype(object)
    seen[:6], seen[6:12] = "weet ik niet", "eeens"
    ticks = [";".join(rng.choice(["plannen", "taal", "rust"], size=rng.integers(1, 3),
                                 replace=False)) if one else "" for one in need]
    ticks = [f"{one};anders: eigen woord {at}" if one and at % 9 == 0 else one
             for at, one in enumerate(ticks)]
    return pd.DataFrame({
        "code": [f"s{at:07d}" for at in range(rows)], "team": team,
        "niveau": rng.choice(["2", "3", "4"], rows), "hulp": np.where(need, "ja", "nee"),
        "waarbij": ticks, "gezien": seen,
        "cijfer": [f"{one}" for one in rng.integers(4, 10, rows)],
        "idee": [OWN_WORDS if at == 3 else f"gedachte nummer {at} van een student"
                 for at in range(rows)]})


def real_study(folder, *, rows=ROWS, seed=1):
    """Put a study of one survey on disk, with a codebook that quotes somebody."""
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    (folder / "data" / "study.toml").write_text(SURVEY, encoding="utf-8")
    (folder / "data" / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    answers(seed, rows).to_csv(raw / "enquete.csv", sep=";", index=False)
    return wb.load_study(folder / "data")


def withdraw(study, *codes):
    """Write in the consent register that people of the survey withdrew."""
    folder = study.private_folder
    folder.mkdir(exist_ok=True)
    lines = [f"{code};students;2026-02-01" for code in codes]
    (folder / "consent.csv").write_text("\n".join(["who;source;withdrawn", *lines]))


def exported(folder, kind):
    """Put a study on disk that wbkit described by itself, of an export of a platform."""
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    if kind == "spss":
        file = exports.write_sav(raw / "enquete.sav")
    else:
        file = raw / "enquete.csv"
        file.write_text(getattr(exports, kind.upper()), encoding="utf-8")
    (folder / "data" / "study.toml").write_text(HEAD, encoding="utf-8")
    return file
