"""Follow the students' worksheet to the letter on a copy of the study with its notebook 20."""

import re
import shutil
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest
import tomlkit
from builders.studies import wbkit

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE
from wbkit.workflow.overview.pages import pages_with

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "docs" / "werkblad.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## (\d)\. .*?\n(.*?)(?=^## )", SHEET, re.MULTILINE | re.DOTALL))
ANSWERS = SHEET.split("## De antwoorden")[1]
NOTEBOOK = "20_zelfbeeld_student.ipynb"
EVENING = {"20_gezien_avond"}  # row 31 was filled in by day, so that this Table stays
SOURCES = ("students", "teams", "begrip", "begripscheck")  # what that notebook reads
PAGE = "anders  pagina"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text, language=""):
    """Give the lines of the blocks of one language; of those without, what a reader types."""
    return [line for kind, lines in BLOCK.findall(text) if kind == language
            for line in lines.splitlines()]


def copy_study(folder):
    """Copy the data and notebook 20, with the accepted results of that notebook only."""
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data",
                    ignore=shutil.ignore_patterns("processed", "__pycache__"))
    study = tomlkit.parse((folder / "data" / "study.toml").read_text(encoding="utf-8"))
    for name in set(study["sources"]) - set(SOURCES):
        del study["sources"][name]
    (folder / "data" / "study.toml").write_text(tomlkit.dumps(study), encoding="utf-8")
    keep_answers(folder / "data" / "interpretations.toml")
    keep_expected(folder / "data" / "expected", [one["file"] for one in study["sources"].values()])


def keep_answers(file):
    """Leave the answers that rest on results of notebook 20 only."""
    answers = tomlkit.parse(file.read_text(encoding="utf-8"))
    for name in [one for one, answer in answers.items()
                 if not all(table.startswith("20_") for table in (
                     *answer.get("tables", {}), *answer.get("beside", ())))]:
        del answers[name]
    file.write_text(tomlkit.dumps(answers), encoding="utf-8")


def keep_expected(folder, files):
    """Leave the accepted results of notebook 20, and the files it needs."""
    index = pd.read_csv(folder / "index.csv", dtype=str)
    index[index["name"].str.startswith("20_")].to_csv(folder / "index.csv", index=False)
    inputs = pd.read_csv(folder / "inputs.csv", dtype=str)
    inputs[inputs["file"].isin(files)].to_csv(folder / "inputs.csv", index=False)
    for table in folder.glob("tables/*.csv"):
        if not table.name.startswith("20_"):
            table.unlink()


def follow(part):
    """Do what the grey blocks of one part say, in this folder; give what wbkit printed."""
    said = []
    for line in blocks(PARTS[part]):
        words = line.replace("\\", "/").split()
        if words[0] == "wbkit":
            said.append(wbkit(*words[1:]).output)
        else:
            {"copy": shutil.copy, "del": Path.unlink}[words[0]](*map(Path, words[1:]))
    return said


def change_cell():
    """Change the cell that part 2 names, as somebody does in Excel."""
    file, cell, before, after = re.findall(r"`(.*?)`", PARTS["2"])[:4]
    book = openpyxl.load_workbook(file.replace("\\", "/"))
    assert book.active[cell].value == before
    heading, row = book.active[f"{cell[0]}1"].value, book.active[cell[1:]]
    assert "*" + " ".join(heading.split()) + "*" in PARTS["2"]
    assert {"bbl", "Bouw en Techniek"} <= {one.value for one in row}
    book.active[cell] = after
    book.save(file.replace("\\", "/"))


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Follow parts 1 to 6; give the folder, and what was printed by each part."""
    folder = tmp_path_factory.mktemp("werkblad")
    copy_study(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv(MESSAGES_VARIABLE, "nl")  # what a student reads
        said = {"1": follow("1")}
        change_cell()
        said |= {part: follow(part) for part in ("3", "4")}
        kept = (folder / "results" / "tables" / "20_coach.csv").read_text(encoding="utf-8")
        said |= {"5": kept, "6": follow("6")}
    return folder, said


@pytest.mark.proof
def test_the_run_ends_as_the_sheet_says(followed):
    (output,) = followed[1]["3"]
    (start,) = re.findall(r"laatste regel begint met `(.*?)`", PARTS["3"])
    assert output.splitlines()[-1].startswith(start)


@pytest.mark.proof
def test_verify_prints_the_lines_of_the_sheet_and_no_other_change(followed):
    (output,) = followed[1]["4"]
    told = [line for line in blocks(PARTS["4"], "text") if not line.startswith(PAGE)]
    changes = [line for line in output.splitlines() if line.startswith(("anders", " " * 9))
               and "tekent andere gegevens" not in line and not line.startswith(PAGE)]
    assert changes == told
    assert f"{PAGE} pages/20_zelfbeeld_student.html" in output.splitlines()


def test_the_pages_of_the_sheet_are_those_on_which_these_tables_stand(processed):
    # the copy that is followed has no answers and infographics that need other notebooks
    told = [line.removeprefix(PAGE).strip() for line in blocks(PARTS["4"], "text")
            if line.startswith(PAGE)]
    changed = set(re.findall(r"anders  tabel (\S+)", SHEET))
    assert pages_with(processed, changed, processed.folder) == [
        one for one in told if not one.startswith("pages/")]


def test_no_other_notebook_counts_the_answer_that_was_changed():
    # the copy that is followed holds notebook 20 only
    tables = sorted((ROOT / "data" / "expected" / "tables").glob("*.csv"))
    found = {table.stem for table in tables if counts_item(pd.read_csv(table), "gezien")}
    assert found - EVENING == set(re.findall(r"anders  tabel (\S+)", SHEET))


def counts_item(table, item):
    return {"item", "value"} <= set(table.columns) and (table["item"] == item).any()


@pytest.mark.proof
def test_the_answers_hold_in_the_changed_table(followed):
    table = pd.read_csv(followed[0] / "data" / "expected" / "tables" / "20_coach.csv")
    before, base = count_agree(table)
    after = sum(int(line.split(",")[2]) for line in followed[1]["5"].splitlines()
                if line.startswith(("gezien,eens", "gezien,helemaal eens")))
    assert f"{after} van de {base} studenten; het waren er {before}." in ANSWERS


def count_agree(table):
    rows = table[(table["item"] == "gezien") & table["value"].isin(["eens", "helemaal eens"])]
    return rows["n"].sum(), rows["base"].iloc[0]


@pytest.mark.proof
def test_everything_is_back_at_the_end(followed):
    folder, said = followed
    (start,) = re.findall(r"laatste regel begint met `(.*?)`", PARTS["6"])
    assert said["6"][-1].splitlines()[-1].startswith(start)
    assert not (folder / "bewaard.xlsx").exists()


def test_the_changed_line_of_the_notebook_gives_the_groups_of_the_sheet(processed):
    before, after = blocks(SHEET, "python")
    notebook = nbformat.read(ROOT / "notebooks" / NOTEBOOK, as_version=4)
    assert sum(before in cell.source.splitlines() for cell in notebook.cells) == 1
    groups = [shown_groups(line, processed) for line in (before, after)]
    text = SHEET.split("Er stonden twee groepen")[1].split("De tabel")[0]
    assert [*groups[0], *groups[1]] == re.findall(r"`(.*?)`", text)


def shown_groups(line, study):
    names = {"wb": wb, "students": wb.read_responses(study, "students")}
    exec(line, names)
    table = names["seen_by_track"]
    (group,) = table.dimensions
    return [table.words(group, one) for one in table.data[group].unique()]
