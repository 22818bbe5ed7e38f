"""A whole small study on disk: study.toml, a raw csv, and a notebook when asked for."""

from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from wbkit.cli import app
from wbkit.workflow.notebooks import as_text

STUDY = '''title = { nl = "Gezien worden", en = "Being seen" }
language = "nl"

[sources.students]
label = { nl = "Enquête", en = "Survey" }
file = "raw/enquete.csv"
format = "csv"
unit = "student"
synthetic = true
design = { kind = "convenience", population = 40, margins = { leerweg = { bol = 30, bbl = 10 } } }
set_aside = [{ where = { nr = "12" }, reason = "testrij" }]
ignore = ["nr"]

[sources.students.items.leerweg]
label = { en = "Track" }
kind = "nominal"
values = ["bol", "bbl"]

[sources.students.items.gezien]
column = "Ik voel mij gezien"
label = { en = "I feel seen" }
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
value_labels = { en = ["disagree", "neutral", "agree"] }
missing = ["weet ik niet"]
missing_labels = { en = ["don't know"] }
'''
# 8 bol, 3 bbl; gezien: 6 eens, 2 neutraal, 2 oneens, 1 weet ik niet; row 12 is a test
RAW = """nr;leerweg;Ik voel mij gezien
1;bol;eens
2;bol;eens
3;bol;eens
4;bol;oneens
5;bol;neutraal
6;bol;eens
7;bol;weet ik niet
8;bol;eens
9;bbl;oneens
10;bbl;neutraal
11;bbl;eens
12;bol;eens
"""
REAL = STUDY.replace("synthetic = true", "synthetic = false")  # made up all the same
_GROUPS = [("bol", "eens")] * 21 + [("bol", "neutraal")] * 12 + [("bbl", "eens")] * 11 \
    + [("bbl", "oneens")] * 7  # row 12, one of the first, is a test
REAL_RAW = "\n".join(["nr;leerweg;Ik voel mij gezien", *(
    f"{n};{way};{answer}" for n, (way, answer) in enumerate(_GROUPS, 1))]) + "\n"
FIRST = """# Wie voelt zich gezien?

**Vraag** Wie voelt zich gezien?

**Gegevens** Elf verzonnen studenten.

**Antwoord** Zes van de tien.

**English abstract** Six out of ten."""
CELLS = (
    "import wbkit as wb\nstudy = wb.load_study()\nstudents = wb.read_responses(study, 'students')",
    "table = wb.frequency(students, 'gezien')\ntable",
    "figure = wb.plot_bars(table)\nfigure",
    "wb.save(table, '10_gezien')",
    "wb.save(figure, '10_gezien')",
)


def make_study(folder: Path, *, study=STUDY, raw=RAW):
    """Write the study and its raw file; return study.toml."""
    (folder / "data" / "raw").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "raw" / "enquete.csv").write_text(raw, encoding="utf-8")
    (folder / "data" / "study.toml").write_text(study, encoding="utf-8")
    return folder / "data" / "study.toml"


def make_notebook(folder: Path, *cells, name="10_gezien.ipynb", first=FIRST):
    """Write a notebook that was not run yet."""
    (folder / "notebooks").mkdir(exist_ok=True)
    texts = [new_markdown_cell(first, id="c0"), new_markdown_cell("## Wat niet?", id="c1"),
             new_markdown_cell("## Hoe vaak?", id="c2")]
    codes = [new_code_cell(cell, id=f"d{n}") for n, cell in enumerate(cells or CELLS)]
    path = folder / "notebooks" / name
    path.write_text(as_text(new_notebook(cells=[*texts, *codes])), encoding="utf-8")
    return path


def wbkit(*words):
    """Run a command; give exit code and output."""
    return CliRunner().invoke(app, [*map(str, words)], catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}
