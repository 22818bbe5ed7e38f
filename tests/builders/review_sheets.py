"""A study of real-looking interviews, and a person who fills in its review sheet."""

from pathlib import Path

from openpyxl import load_workbook

STUDY = '''title = "Gesprekken"
language = "nl"

[sources.interviews]
files = "raw/texts/gesprek_*.txt"
format = "txt"
unit = "student"
synthetic = false
texts = { interviewers = ["Interviewer"] }

[sources.students]
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = false

[sources.students.items.naam]
kind = "open"
sensitivity = "identifier"

[sources.students.items.tip]
kind = "open"
'''
TALKS = {  # made up: nobody is real
    "gesprek_01": """Interviewer: Hoe gaat het met je coach?
Student: mijn coach petra van den berg is echt lief, ze belt altijd terug.
Interviewer: En thuis?
Student: Ik woon in Raalte en mijn nummer is 06-12345678. Petra weet dat.
""",
    "gesprek_02": """Interviewer: Vertel eens.
Student: Ik zit bij Fatima in de klas en petra is ook mijn coach, zij luistert goed.
""",
}
SURVEY = """naam;tip
Fatima Yilmaz;laat petra dit altijd doen
Kevin Smit;meer rust graag
Daan Mulder;
"""
WORD, KIND, DECISION, OWN = 1, 2, 7, 8  # columns of the sheet, as Excel counts them


def make_private_study(folder: Path, *, study=STUDY, talks=TALKS, survey=SURVEY):
    """Write the study; return study.toml."""
    texts = folder / "data" / "raw" / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    for name, text in talks.items():
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "data" / "raw" / "enquete.csv").write_text(survey, encoding="utf-8")
    (folder / "data" / "study.toml").write_text(study, encoding="utf-8")
    return folder / "data" / "study.toml"


def sheet_of(study: Path) -> Path:
    return study.parent / "private" / "review.xlsx"


def words_on(study: Path) -> list[str]:
    """Return the words that a person has to decide on, in their order."""
    rows = load_workbook(sheet_of(study)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [row[0] for row in rows if row[0]]


def decide(study: Path, *, keep=(), read=True, only=None, own=None, words=None):
    """Choose for each word, and say that each text was read."""
    book = load_workbook(sheet_of(study))
    first, second = book.worksheets
    for row in range(2, first.max_row + 1):
        word = first.cell(row, WORD).value
        if word and (only is None or word in only):
            first.cell(row, DECISION).value = "laten staan" if word in keep else "vervangen"
            first.cell(row, OWN).value = (own or {}).get(word)
    for word in words or ():
        at = first.max_row + 1
        first.cell(at, WORD).value, first.cell(at, DECISION).value = word, "vervangen"
    for row in range(2, second.max_row + 1):
        second.cell(row, 4).value = "ja" if read else None
    book.save(sheet_of(study))
