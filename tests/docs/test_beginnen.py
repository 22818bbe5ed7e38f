"""A study of one's own: the README's six steps, followed to the letter on a small Forms export."""

import re
import shutil
import subprocess

import openpyxl
import pytest
from builders.studies import contents, wbkit
from builders.workbooks import write_forms

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.workflow.describe.study_file import TEMPLATE
from wbkit.workflow.executing import read_notebook
from wbkit.workflow.notebooks import FIRST_CELL, as_text

QUESTIONS = ["Bij welke locatie hoor je?", "Ik ga graag naar het werk", "Ik krijg genoeg ruimte",
             "Wat geeft jou energie? (meer antwoorden)", "Welk cijfer geef je ons?",
             "Wil je nog iets kwijt?"]
ROWS = [
    ["Noord", "eens", "eens", "collega's;pauzes;", "8", "fijn gebouw en prettige collega's"],
    ["Zuid", "oneens", "neutraal", "pauzes;", "6", ""],
    ["Noord", "helemaal eens", "weet ik niet", "collega's;", "9", "de koffie mag beter"],
    ["Zuid", "neutraal", "eens", "niets;", "7,5", ""],
    ["Noord", "helemaal oneens", "oneens", "collega's;wandelen;", "5", "meer rust in de ochtend"],
    ["Zuid", "eens", "helemaal eens", "wandelen;", "8", ""],
    ["Noord", "eens", "eens", "collega's;", "7", ""],
    ["Zuid", "neutraal", "oneens", "pauzes;collega's;", "7", "een eigen plek om te werken"],
    ["Noord", "oneens", "helemaal oneens", "niets;", "4", ""],
    ["Zuid", "eens", "neutraal", "wandelen;pauzes;", "8", ""],
    ["Noord", "helemaal eens", "eens", "collega's;", "9", ""],
    ["Noord", "eens", "eens", "pauzes;", "7", ""],
]
# words of the study in this repository; "coach" and "student" are no words of the trial either
EXAMPLE = re.compile(r"linde|coach|student|leerweg|\bbol\b|\bbbl\b|sterc|\bsab\b|verzonnen|"
                     r"synthetisch|entree|gang en de kantine", re.IGNORECASE)
STEP = re.compile(r"^\*\*Stap (\d)\..*?(?=^\*\*Stap|\Z)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^wbkit (.+)$", re.MULTILINE)


def steps():
    """Give step = its commands, as the README of a new study has them."""
    text = (TEMPLATE / "README.md").read_text(encoding="utf-8")
    return {match[1]: [line.replace("\\", "/").split() for line in COMMAND.findall(match[0])]
            for match in STEP.finditer(text)}


def confirm(file):
    """Say "ja" to every row, as somebody does in Excel, and give two questions a theme."""
    book = openpyxl.load_workbook(file)
    sheet = book["vragen"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, places["klopt het?"], "ja")
    for row in (3, 4):
        sheet.cell(row, places["thema"], "werk")
    book.save(file)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """Follow the six steps; give the folder and what each command said."""
    folder = tmp_path_factory.mktemp("own") / "trial"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MESSAGES_VARIABLE, "nl")  # what a researcher reads
        said = [wbkit("new", folder)]
        patch.chdir(folder)
        study = folder / "data" / "study.toml"
        text = study.read_text(encoding="utf-8")
        themes = text.replace("# [themes]\n# les = \"De les\"", '[themes]\nwerk = "Het werk"')
        study.write_text(themes, encoding="utf-8")
        write_forms(folder / "data" / "raw" / "enquete.xlsx", QUESTIONS, ROWS)
        for step, commands in steps().items():
            if step == "4":
                confirm(folder / "vragen.xlsx")
            said += [wbkit(*words) for words in commands if "--update" not in words]
    return folder, said


def test_the_six_steps_are_there_with_their_commands():
    assert {step: [words[0] for words in found] for step, found in steps().items()} == {
        "1": [], "2": [], "3": ["describe"], "4": ["items"], "5": ["prepare"],
        "6": ["run", "describe"]}


def test_every_step_ends_well_and_says_what_is_next(trial):
    _, said = trial
    assert [done.output for done in said if done.exit_code] == []
    assert all("Nu: " in done.output for done in said)
    assert "12 rijen = 12 behouden + 0 apart gezet" in said[-1].output


def test_the_study_is_what_was_confirmed(trial):
    study = wb.load_study(trial[0] / "data")
    items = study.source("enquete").items
    assert {item.column: item.kind for item in items.values()} == dict(zip(
        QUESTIONS, ["nominal", "ordinal", "ordinal", "multiple", "numeric", "open"], strict=True))
    assert not any(item.guessed for item in items.values())
    assert study.source("enquete").design is None
    graag, ruimte = study.items(kind="ordinal")
    assert graag.values == ruimte.values == ("helemaal oneens", "oneens", "neutraal", "eens",
                                             "helemaal eens")
    assert ruimte.missing == ("weet ik niet",)


def test_the_notebooks_count_every_closed_item(trial):
    tables = {path.stem for path in (trial[0] / "results" / "tables").glob("*.csv")}
    source = wb.load_study(trial[0] / "data").source("enquete")
    closed = [item.name for item in source.items.values() if item.closed]
    assert len(closed) == 4
    assert {f"10_enquete_{name}" for name in closed} <= tables
    assert {"00_invullen_enquete", "20_enquete_werk", "20_enquete_schaal_1"} <= tables


def test_no_word_of_the_example_is_left(trial):
    results = trial[0] / "results"
    pages = [path for path in results.rglob("*")
             if path.suffix in (".html", ".ipynb", ".csv", ".json")
             and path.name not in ("environment.json",)]
    assert len(pages) > 15
    found = {path.name: EXAMPLE.findall(re.sub(r'"image/png": "[^"]*"|base64,[^"]*', "",
                                               path.read_text(encoding="utf-8")))
             for path in pages}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_table_says_that_it_is_a_draft(trial):
    page = (trial[0] / "results" / "index.html").read_text(encoding="utf-8")
    assert "Nog niet bevestigd" not in page
    assert "Ik ga graag naar het werk" in page


def test_answers_of_people_stay_out_of_git(trial):
    if not shutil.which("git"):
        pytest.skip("there is no git here")
    subprocess.run(["git", "init", "-q"], cwd=trial[0], check=True)
    private = ["data/raw/enquete.xlsx", "data/processed/enquete.csv",
               "data/coding/documents/a.txt", "data/coding/codings/anke/a.jsonl",
               "data/coding/memos/a.md", "data/coding/revisions/a/b.txt",
               "results/tables/a.csv", "vragen.xlsx"]
    shared = ["data/study.toml", "data/interpretations.toml",
              "notebooks/00_overzicht.ipynb", "README.md"]
    ignored = subprocess.run(["git", "check-ignore", *private, *shared], cwd=trial[0],
                             capture_output=True, text=True, check=True)
    assert ignored.stdout.split() == private


def test_the_reading_is_for_people_to_write(tmp_path):
    wbkit("new", tmp_path / "a")
    file = tmp_path / "a" / "data" / "interpretations.toml"
    assert "schrijf hier wat je ziet" in file.read_text(encoding="utf-8")


def test_new_notebooks_have_the_one_form_and_a_first_cell_that_says_all(tmp_path):
    wbkit("new", tmp_path / "a")
    paths = sorted((tmp_path / "a" / "notebooks").glob("*.ipynb"))
    assert [path.name[:2] for path in paths] == [
        "00", "10", "12", "15", "20", "25", "30", "40", "50", "60", "70", "91", "92"]
    for path in paths:
        notebook = read_notebook(path)
        assert as_text(notebook) == path.read_text(encoding="utf-8")
        assert all(words in notebook.cells[0].source for words in FIRST_CELL)
        assert not any("def " in cell.source for cell in notebook.cells
                       if cell.cell_type == "code")


@pytest.mark.parametrize("name", ["full", "file"])
def test_a_folder_with_files_is_left_alone(tmp_path, name):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("a")
    (tmp_path / "file").write_text("a")
    before = contents(tmp_path)
    done = wbkit("new", tmp_path / name)
    assert done.exit_code == 1
    assert "new or empty folder" in done.output or "Give the name of a new folder" in done.output
    assert contents(tmp_path) == before
