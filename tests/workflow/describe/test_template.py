"""The study that `wbkit new` begins: its notebooks work on any study, also without material."""

import shutil
from pathlib import Path

import pytest
from builders.files import write_text
from builders.studies import STUDY, make_study

import wbkit as wb
from wbkit.workflow import notebooks as rules
from wbkit.workflow.describe.study_file import begin_study
from wbkit.workflow.executing import execute, place_for
from wbkit.workflow.files import list_notebooks
from wbkit.workflow.preparing import prepare

ROOT = Path(__file__).resolve().parents[3]
BEFORE_A_RUN = (rules.without_semicolon, rules.nothing_skipped, rules.short_cells,
                rules.plain_analysis, rules.widgets_in_nineties, rules.first_cell_says_all)
AFTER_A_RUN = (rules.has_output, rules.without_error, rules.without_warnings, rules.stable_output)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "studie"
    begin_study(folder)
    return folder


def run(folder, study, *starts):
    """Run notebooks whose name begins so, and give what is wrong with each, and its outputs."""
    paths = [path for path in list_notebooks(folder / "notebooks") if path.name[:2] in starts]
    with place_for(study, folder / "results", folder) as place:
        made = execute(paths, place)
    faults = [f"{path.name}: {words}" for path, notebook in zip(paths, made, strict=True)
              for rule in AFTER_A_RUN for words in rule(notebook, path.name)]
    return faults, {path.name[:2]: shown(notebook) for path, notebook in
                    zip(paths, made, strict=True)}


def shown(notebook):
    """Return the words that stand in the outputs of a notebook."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code"
               for output in cell.outputs]
    return "\n".join(output.get("data", {}).get("text/markdown")
                     or output.get("data", {}).get("text/plain", output.get("text", ""))
                     for output in outputs)


def test_every_notebook_has_the_form_of_the_example(begun):
    paths = list_notebooks(begun / "notebooks")
    assert [path.name[:2] for path in paths] == [
        "00", "10", "12", "15", "20", "25", "30", "40", "50", "60", "70", "91", "92"]
    faults = [f"{path.name}: {words}" for path in paths for rule in BEFORE_A_RUN
              for words in rule(rules.read_notebook(path), path.name)]
    assert faults == []


def test_no_notebook_prints_a_list_a_tuple_or_words_of_people(begun):
    cells = [cell.source for path in list_notebooks(begun / "notebooks")
             for cell in rules.read_notebook(path).cells if cell.cell_type == "code"]
    assert not [source for source in cells if source.rstrip().splitlines()[-1][:1] in "[({"]
    assert not [source for source in cells if "coded_segments" in source or "excerpts" in source]


def test_the_readme_names_every_notebook(begun):
    text = (begun / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in list_notebooks(begun / "notebooks")
               if f"| {path.name[:2]} |" not in text]
    assert missing == []


def test_a_new_study_can_be_read_and_its_terms_are_explained(begun):
    study = wb.load_study(begun)
    assert study.sources == {}
    assert "terms" in (begun / "data" / "study.toml").read_text(encoding="utf-8")


def test_notebooks_run_on_the_example_as_they_are(processed, begun, tmp_path):
    shutil.copytree(begun / "notebooks", tmp_path / "notebooks")
    faults, words = run(tmp_path, processed, "30", "70")
    assert faults == []
    assert (tmp_path / "results" / "figures" / "30_students_linde_wb.png").is_file()
    assert "## Onderzoeksvraag 3b" in words["70"]
    assert "Geen eis is voor alle teams onmisbaar" in words["70"]


def test_notebooks_use_the_words_of_this_school_and_say_why_there_is_no_test(begun, tmp_path):
    shutil.copytree(begun / "notebooks", tmp_path / "notebooks")
    text = STUDY.replace('language = "nl"', 'language = "nl"\nterms = { groep = "leergroep" }')
    quasi = 'values = ["bol", "bbl"]\nsensitivity = "quasi"'
    file = make_study(tmp_path, study=text.replace('values = ["bol", "bbl"]', quasi))
    prepare(wb.load_study(file))
    faults, words = run(tmp_path, wb.load_study(file), "40")
    assert faults == []
    assert "## Wat antwoordt elke leergroep?" in words["40"]
    assert "**Geen toets.** students: geen p-waarde: wie toevallig aanwezig was" in words["40"]
    assert 'assume(responses, "…")' in words["40"]


WAVE = """
[sources.{name}]
file = "raw/{name}.csv"
format = "csv"
unit = "student"
synthetic = true
design = {{ kind = "srs", invited = 12 }}

[sources.{name}.items.nummer]
kind = "open"
sensitivity = "identifier"
link = "hash"

[sources.{name}.items.gezien]
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
"""


def test_the_same_people_at_two_moments_are_compared_with_themselves(begun, tmp_path):
    shutil.copytree(begun / "notebooks", tmp_path / "notebooks")
    file = tmp_path / "data" / "study.toml"
    write_text(file, 'title = "Twee keer"\n' + "".join(WAVE.format(name=name)
                                                      for name in ("eerst", "later")))
    for name, words in (("eerst", "oneens neutraal"), ("later", "neutraal eens")):
        rows = [f"{place};{words.split()[place % 2]}" for place in range(12)]
        write_text(tmp_path / "data" / "raw" / f"{name}.csv", "\n".join(["nummer;gezien", *rows]))
    prepare(wb.load_study(file))
    faults, words = run(tmp_path, wb.load_study(file), "60")
    assert faults == []
    assert "## Veranderden dezelfde mensen?" in words["60"]
    assert "Geen toets" not in words["60"]
    assert (tmp_path / "results" / "tables" / "60_eerst_later_gepaard.csv").is_file()


def test_a_study_without_material_says_so_and_prints_nothing_else(begun, tmp_path):
    shutil.copytree(begun / "notebooks", tmp_path / "notebooks")
    file = make_study(tmp_path)
    prepare(wb.load_study(file))
    faults, words = run(tmp_path, wb.load_study(file), "25", "40")
    assert faults == []
    assert words["25"].strip() == (
        "Deze studie heeft geen vragen waarbij mensen keuzes op volgorde zetten.")
    assert "Er zijn nog geen groepen. Noem ze in de cel hierboven" in words["40"]
    assert "##" not in words["40"]
