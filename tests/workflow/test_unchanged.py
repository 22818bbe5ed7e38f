"""A second run does again only what changed, and keeps the rest byte for byte."""

import json
import shutil

import pytest
from builders.studies import RAW, STUDY, contents, make_notebook, make_study, wbkit

import wbkit as package
from wbkit.errors import WbkitError
from wbkit.study.study import load_study
from wbkit.workflow import preparing, unchanged
from wbkit.workflow.running import run

TEAMS = STUDY.split("[sources.students]")[1]
TWO = f"{STUDY}\n[sources.teams]{TEAMS.replace('sources.students', 'sources.teams')}".replace(
    "[sources.teams]\nlabel = { nl = \"Enquête\", en = \"Survey\" }\nfile = \"raw/enquete.csv\"",
    "[sources.teams]\nlabel = { nl = \"Teams\", en = \"Teams\" }\nfile = \"raw/teams.csv\"")
COUNT = ("import wbkit as wb\nstudy = wb.load_study()\n"
         "table = wb.frequency(wb.read_responses(study, '{source}'), 'gezien')",
         "wb.save(table, '{name}')")
READ = ("import csv, os\nfile = os.environ['WBKIT_RESULTS'] + '/tables/10_students.csv'",
        "with open(file, encoding='utf-8') as stream:\n    print(len(list(csv.reader(stream))))",
        "import wbkit as wb\nstudy = wb.load_study()\nteams = wb.read_responses(study, 'teams')",
        "wb.save(wb.crosstab(teams, 'gezien', 'leerweg'), '20_reads')")
NAMES = ["10_students.ipynb", "11_teams.ipynb", "20_reads.ipynb"]


def notebooks(folder):
    for name, source in (("10_students", "students"), ("11_teams", "teams")):
        make_notebook(folder, *(cell.format(source=source, name=name) for cell in COUNT),
                      name=f"{name}.ipynb")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A study of two sources, and three notebooks, the last of which reads what the first wrote."""
    folder = tmp_path_factory.mktemp("whole")
    make_study(folder, study=TWO)
    (folder / "data" / "raw" / "teams.csv").write_text(RAW, encoding="utf-8")
    (folder / "requirements.lock").write_text("pandas==3\n", encoding="utf-8")
    notebooks(folder)
    run(load_study(folder / "data"))
    make_notebook(folder, *READ, name="20_reads.ipynb")
    again(folder)
    return folder


@pytest.fixture
def ran(finished, tmp_path):
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    return tmp_path


def again(folder, **options):
    """Run what changed; give the names of the notebooks that ran."""
    study = load_study(folder / "data")
    made = run(study, earlier=study.results, **options)
    paths = {path.name for path in (folder / "notebooks").glob("*.ipynb")}
    return sorted(paths - set(made.kept))


def change(file, before, after):
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_nothing_runs_when_nothing_changed_and_every_byte_is_kept(ran):
    before, said = contents(ran / "results"), []
    assert again(ran, watch=said.append) == []
    assert contents(ran / "results") == before
    assert ("unchanged, not run again: 3 of 3 notebooks (10_students, 11_teams, 20_reads)"
            in said)
    assert "unchanged, not cleaned again: 2 of 2 sources (students, teams)" in said


def test_a_changed_answer_runs_who_reads_it_and_who_reads_their_results(ran):
    kept = contents(ran / "results")
    change(ran / "data" / "raw" / "enquete.csv", "1;bol;eens", "1;bbl;oneens")
    assert again(ran) == ["10_students.ipynb", "20_reads.ipynb"]
    after = contents(ran / "results")
    for name in ("tables/11_teams.csv", "tables/11_teams.xlsx", "notebooks/11_teams.ipynb"):
        assert after[name] == kept[name]
    assert after["tables/10_students.csv"] != kept["tables/10_students.csv"]


def test_a_notebook_of_which_the_source_changed_alone_runs_alone(ran):
    change(ran / "data" / "raw" / "teams.csv", "9;bbl;oneens", "9;bbl;eens")
    assert again(ran) == ["11_teams.ipynb", "20_reads.ipynb"]


def test_an_answer_that_changes_no_result_stops_there(ran):
    change(ran / "data" / "raw" / "enquete.csv", "12;bol;eens", "12;bol;oneens")  # a test row
    assert again(ran) == ["10_students.ipynb"]


def test_a_changed_notebook_runs_alone(ran):
    make_notebook(ran, *(cell.format(source="teams", name="11_teams") for cell in COUNT), "1 + 1",
                  name="11_teams.ipynb")
    assert again(ran) == ["11_teams.ipynb"]


@pytest.fixture
def sharing(ran):
    """A study of which notebook 30 saves the Table that notebook 10 saves."""
    make_notebook(ran, *(cell.format(source="students", name="10_students") for cell in COUNT),
                  name="30_same.ipynb")
    assert again(ran) == ["30_same.ipynb"]
    return ran


def test_a_table_that_is_saved_twice_and_stays_the_same_runs_no_other(sharing):
    change(sharing / "notebooks" / "10_students.ipynb", "Hoe vaak?", "Hoe veel?")
    assert again(sharing) == ["10_students.ipynb"]


def test_a_table_that_is_saved_twice_and_changes_runs_whoever_saves_it(sharing):
    change(sharing / "notebooks" / "10_students.ipynb", "'gezien')", "'gezien', by='leerweg')")
    assert {"10_students.ipynb", "30_same.ipynb"} <= set(again(sharing))
    kept = contents(sharing / "results")
    assert again(sharing) == []
    assert contents(sharing / "results") == kept


def test_a_label_of_one_source_runs_who_uses_that_source(ran):
    heading = '[sources.students.items.leerweg]\nlabel = { en = "'
    change(ran / "data" / "study.toml", f"{heading}Track", f"{heading}Route")
    assert again(ran) == ["10_students.ipynb"]


@pytest.mark.proof
def test_a_changed_title_of_the_study_runs_everything(ran):
    change(ran / "data" / "study.toml", "Being seen", "Being heard")
    assert again(ran) == NAMES


@pytest.mark.parametrize("name", [
    pytest.param("codebook.toml", marks=pytest.mark.proof), "interpretations.toml"])
def test_a_description_that_was_not_there_runs_everything(ran, name):
    (ran / "data" / name).write_text("", encoding="utf-8")
    assert again(ran) == NAMES


@pytest.mark.proof
def test_another_lock_runs_everything(ran):
    change(ran / "requirements.lock", "pandas==3", "pandas==4")
    assert again(ran) == NAMES


def test_a_changed_module_runs_only_those_that_loaded_it(ran, monkeypatch):
    digest = unchanged._module_digest
    changed = "wbkit.survey.crosstab"
    monkeypatch.setattr(unchanged, "_module_digest",
                        lambda name: "other" if name == changed else digest(name))
    assert again(ran) == ["20_reads.ipynb"]


def test_the_record_names_what_was_read_loaded_and_written(ran):
    record = json.loads((ran / "results/notebooks/20_reads.json").read_text(encoding="utf-8"))
    assert {"results/tables/10_students.csv", "data/raw/teams.csv",
            "data/processed/teams.csv"} <= set(record["read"])
    assert "data/raw/enquete.csv" not in record["read"]
    assert {"wbkit.survey.crosstab", "wbkit.labels.toml"} <= set(record["modules"])
    assert set(record["written"]) == {
        "results/notebooks/20_reads.ipynb", "results/tables/20_reads.csv",
        "results/tables/20_reads.json", "results/tables/20_reads.xlsx"}
    assert set(record["study"]) == {"", "teams"}
    assert str(ran) not in json.dumps(record)


@pytest.mark.parametrize(("name", "damage"), [
    ("tables/11_teams.csv", b"value,n\n"),
    *(pytest.param(name, damage, marks=pytest.mark.proof) for name, damage in [
        ("tables/11_teams.xlsx", None), ("notebooks/11_teams.ipynb", b"{}"),
        ("notebooks/11_teams.json", b"{"), ("notebooks/11_teams.json", None)]),
])
def test_a_damaged_or_removed_result_is_made_again(ran, name, damage):
    before, file = contents(ran / "results"), ran / "results" / name
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    assert again(ran) == ["11_teams.ipynb"]
    assert contents(ran / "results") == before


def test_a_record_that_points_outside_the_results_is_not_followed(ran):
    record = ran / "results" / "notebooks" / "11_teams.json"
    change(record, "results/tables/11_teams.csv", "results/../data/study.toml")
    assert again(ran) == ["11_teams.ipynb"]


@pytest.mark.proof
def test_a_failed_notebook_runs_again_although_nothing_changed_since(ran, monkeypatch):
    make_notebook(ran, "import os\n1 / (os.environ['POWER'] == 'on')", name="30_power.ipynb")
    monkeypatch.setenv("POWER", "on")
    again(ran)
    before = contents(ran / "results")
    monkeypatch.setenv("POWER", "off")
    with pytest.raises(WbkitError, match="30_power.ipynb, code cell 1 .*ZeroDivisionError"):
        run(load_study(ran / "data"))
    assert contents(ran / "results") == before
    monkeypatch.setenv("POWER", "on")
    assert again(ran) == ["30_power.ipynb"]
    assert again(ran) == []


@pytest.mark.proof
def test_a_notebook_that_calls_a_program_always_runs(ran):
    make_notebook(ran, "import os\ncode = os.system('exit 0')",
                  *(cell.format(source="teams", name="11_teams") for cell in COUNT),
                  name="11_teams.ipynb")
    assert again(ran) == again(ran) == ["11_teams.ipynb"]


def test_code_beside_the_notebooks_counts_as_read(ran):
    (ran / "notebooks" / "counting.py").write_text("SIZE = 1\n", encoding="utf-8")
    make_notebook(ran, "import counting\ncounting.SIZE", name="30_own.ipynb")
    assert again(ran) == ["30_own.ipynb"]
    assert again(ran) == []
    (ran / "notebooks" / "counting.py").write_text("SIZE = 22\n", encoding="utf-8")
    assert again(ran) == ["30_own.ipynb"]


def test_a_new_file_in_a_folder_that_was_listed_counts(ran):
    (ran / "data" / "lists").mkdir()
    make_notebook(ran, "from pathlib import Path\nlen(list(Path('../data/lists').iterdir()))",
                  name="30_list.ipynb")
    assert again(ran) == ["30_list.ipynb"]
    (ran / "data" / "lists" / "new.txt").write_text("x", encoding="utf-8")
    assert again(ran) == ["30_list.ipynb"]


def test_a_removed_notebook_takes_its_results_along(ran):
    (ran / "notebooks" / "11_teams.ipynb").unlink()
    assert again(ran) == []
    assert not [name for name in contents(ran / "results") if "11_teams" in name]


@pytest.mark.parametrize(("words", "service"), [
    (["--fresh"], ""), pytest.param([], "true", marks=pytest.mark.proof)])
def test_everything_runs_when_asked_and_where_changes_are_tested(
        ran, monkeypatch, words, service):
    monkeypatch.setenv("CI", service)
    done = wbkit("run", "--study", ran / "data", *words)
    assert done.exit_code == 0
    assert "unchanged" not in done.output
    assert "3 of 3" in done.output


def test_the_command_says_what_was_kept_and_how_long_the_rest_took(ran, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    make_notebook(ran, "1 + 1", name="30_new.ipynb")
    done = wbkit("run", "--study", ran / "data")
    assert "unchanged, not run again: 3 of 4 notebooks (10_students" in done.output
    assert "30_new.ipynb: done in " in done.output and " (notebook 1 of 1)" in done.output
    assert "all results made in " in done.output
    assert "from 4 notebooks (3 unchanged) in " in done.output


def test_a_source_is_cleaned_again_when_its_processed_file_is_not_as_written(ran):
    study = load_study(ran / "data")
    (ran / "data" / "processed" / "teams.csv").write_text("row\n", encoding="utf-8")
    said, known = [], preparing.unchanged_accounts(study)
    accounts = preparing.prepare(study, watch=said.append, known=known)
    assert [one.source for one in accounts] == ["students", "teams"]
    assert "unchanged, not cleaned again: 1 of 2 sources (students)" in said
    assert "reading raw/teams.csv (source 1 of 1)" in said
    assert accounts == preparing.prepare(study)


def test_the_code_of_wbkit_decides_whether_a_source_is_cleaned_again(ran, monkeypatch):
    monkeypatch.setattr(preparing, "code_hash", lambda: "other")
    assert preparing.unchanged_accounts(load_study(ran / "data")) == {}


def test_every_module_that_a_record_can_name_has_a_hash():
    names = {"wbkit", "wbkit.survey", "wbkit.survey.frequency", "wbkit.labels.toml"}
    assert all(map(unchanged._module_digest, names))
    assert unchanged._module_digest("wbkit.nowhere") == ""
    assert package.__name__ == "wbkit"
