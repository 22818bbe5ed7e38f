"""`wbkit claims`: a report held against the saved Tables, its lines, its csv and its exit code."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from builders.studies import wbkit

from wbkit.errors import DataError
from wbkit.study.study import load_study
from wbkit.workflow.results_folder import read_tables

DATA = Path(__file__).resolve().parents[2] / "data"
ABOUT = {"kind": "frequency", "title": "De coach", "language": "nl", "sources": ["students"]}


@pytest.fixture
def results(tmp_path):
    """A folder of results with one Table of the example."""
    folder = tmp_path / "results" / "tables"
    folder.mkdir(parents=True)
    shutil.copy(DATA / "expected" / "tables" / "20_coach.csv", folder)
    (folder / "20_coach.json").write_text(json.dumps(ABOUT), encoding="utf-8")
    return folder.parent


def claims(tmp_path, results, text, *more):
    report = tmp_path / "rapport.md"
    report.write_text(text, encoding="utf-8")
    return wbkit("claims", report, "--study", DATA / "study.toml", "--results", results, *more)


def test_saved_tables_come_back_with_their_title_and_numbers(results):
    table = read_tables(results, load_study(DATA / "study.toml"))["20_coach"]
    assert (table.title, table.kind, table.dimensions) == ("De coach", "frequency", ())
    assert table.data.loc[0, ["item", "value", "n"]].tolist() == ["gezien", "helemaal oneens", 6]


def test_a_folder_without_tables_is_told(tmp_path):
    with pytest.raises(DataError, match="holds no Tables. Give wbkit run first"):
        read_tables(tmp_path, load_study(DATA / "study.toml"))


def test_a_report_that_is_right_ends_with_0(tmp_path, results):
    done = claims(tmp_path, results, "Van de studenten voelt 76 procent zich gezien.")
    assert done.exit_code == 0
    assert "Everything that can be looked up stands in the tables." in done.output


def test_a_report_that_is_wrong_ends_with_1_and_says_what_the_table_says(tmp_path, results):
    out = tmp_path / "gevonden.csv"
    done = claims(tmp_path, results, "Van de studenten voelt 67 procent zich gezien.",
                  "--out", out)
    assert done.exit_code == 1
    assert "klopt niet (de tabel zegt een ander getal). The table 20_coach says: 76" \
        in " ".join(done.output.split())
    assert "rapport.md: 1 of 1 claims do not stand in the tables" in done.output
    with out.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert list(row) == ["sentence", "text", "verdict", "table", "cell", "value", "reason"]
    assert (row["verdict"], row["value"], row["reason"]) == (
        "wijkt af", "0.7626262626", "de tabel zegt een ander getal")


def test_a_report_in_which_nothing_is_found_is_never_green(tmp_path, results):
    done = claims(tmp_path, results, "Dit rapport gaat over coaching. Veel studenten lazen het.")
    assert done.exit_code == 1
    assert "no number, rank or quotation was found" in " ".join(done.output.split())


def test_what_is_said_too_firmly_is_told_without_a_number(tmp_path, results):
    done = claims(tmp_path, results, "Door de coaching voelt 76 procent zich gezien.")
    assert "te stellig gezegd (oorzaak: dit onderzoek laat niet zien waardoor iets komt)." \
        in " ".join(done.output.split())
