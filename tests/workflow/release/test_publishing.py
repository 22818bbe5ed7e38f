import io
import json
import shutil
from datetime import date

import nbformat
import openpyxl
import pandas as pd
import pytest
from builders.release_rules import SmallRules, audit_table
from builders.studies import CELLS, REAL, REAL_RAW, contents, make_notebook, make_study

import wbkit as wb
from wbkit.errors import DataError, DisclosureError
from wbkit.report.saved_results import read_results
from wbkit.study.study import load_study
from wbkit.workflow.files import sha256
from wbkit.workflow.release import publishing
from wbkit.workflow.release.file_texts import without_tags
from wbkit.workflow.release.ledger import read_releases, write_release
from wbkit.workflow.release.publishing import publish
from wbkit.workflow.running import run

DAY = date(2026, 3, 1)
NARROW = {"table": "1", "cell": "students: gezien=oneens", "lowest": 6, "highest": 7,
          "verdict": "narrow", "given_by": "1, 2"}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Give the folder of a real study of which the results were made."""
    folder = tmp_path_factory.mktemp("echt")
    study = load_study(make_study(folder, study=REAL, raw=REAL_RAW))
    make_notebook(folder)
    run(study)
    return folder


@pytest.fixture
def study(ran, tmp_path):
    folder = tmp_path / "echt"
    shutil.copytree(ran, folder)
    return load_study(folder / "data")


def test_results_go_out_protected_and_are_noted(study):
    made = publish(study, on=DAY, rules=SmallRules())
    folder = made.folder
    assert sorted(path.name for path in folder.iterdir()) == [
        "LEESMIJ.html", "checked.json", "controle.csv", "controle.json", "controle.xlsx",
        "figures", "index.html", "notebooks", "pages", "tables"]
    rows = pd.read_csv(folder / "tables/10_gezien.csv").set_index("value")
    assert rows["state"].to_dict() == {"oneens": "hidden", "neutraal": "shown", "eens": "shown"}
    assert pd.isna(rows.at["oneens", "n"])
    assert made.publication.hidden == {"10_gezien": 1}
    assert made.publication.newly == 2  # the count and its share
    one, = read_releases(study)
    assert (one.name, one.profile, list(one.tables)) == ("2026-03-01", "publicatie", ["10_gezien"])
    assert made.release == study.folder / "releases/2026-03-01.json"


def test_no_file_that_goes_out_holds_the_hidden_count_or_study_toml(study):
    made = publish(study, on=DAY, rules=SmallRules())
    about = json.loads((made.folder / "tables/10_gezien.json").read_text(encoding="utf-8"))
    assert "table" not in about
    table, = read_releases(study)[0].tables.values()
    assert pd.isna(table.data.set_index("value").at["oneens", "n"])
    sheet = openpyxl.load_workbook(io.BytesIO(
        (made.folder / "tables/10_gezien.xlsx").read_bytes())).worksheets[0]
    assert 7 not in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


ANSWERS = """
[1b]
text.nl = "Gezien: {{10_gezien:{told}}} van hen."
tables = {{ 10_gezien = "{digits}" }}
"""
ASKED = '[questions.1b]\nline = 1\ntext = { nl = "Wie wordt gezien?" }\n\n[sources.students]'


def answered(folder, told):
    """Publish a study with one answer, which names one number; gives its first page in words."""
    study = load_study(make_study(
        folder, study=REAL.replace("[sources.students]", ASKED, 1), raw=REAL_RAW))
    make_notebook(folder)
    run(study)
    (saved,) = read_results(study).tables.values()
    (study.folder / "interpretations.toml").write_text(
        ANSWERS.format(told=told, digits=saved.table.fingerprint), encoding="utf-8")
    run(study)
    made = publish(study, on=DAY, rules=SmallRules())
    text = (made.folder / "index.html").read_text(encoding="utf-8")
    return " ".join(without_tags(text.partition("</style>")[2]).split())


def test_an_answer_goes_out_on_the_first_page_with_its_numbers(tmp_path):
    words = answered(tmp_path, "eens")
    assert "Gezien: 31 van de 50 van hen." in words
    assert "tabellen zijn veranderd" not in words


def test_an_answer_with_a_hidden_number_is_left_out_and_said(tmp_path):
    words = answered(tmp_path, "oneens")
    assert "Gezien:" not in words
    assert "Dit antwoord noemt een aantal over een paar mensen." in words
    assert "nog niet beantwoord" not in words


def test_the_pages_hold_no_hidden_count(study):
    made = publish(study, on=DAY, rules=SmallRules())
    page = without_tags((made.folder / "pages/10_gezien.html").read_text(encoding="utf-8"))
    row = page[page.index("oneens"):page.index("neutraal")]
    assert "7" not in row and "–" in row


def test_a_figure_is_drawn_again_from_the_protected_table(study):
    made = publish(study, on=DAY, rules=SmallRules())
    before, after = (json.loads((folder / "figures/10_gezien.json").read_text(encoding="utf-8"))
                     for folder in (study.results, made.folder))
    assert "7" in before["alt"]
    assert "7" not in after["alt"]
    assert (study.results / "figures/10_gezien.png").read_bytes() != (
        made.folder / "figures/10_gezien.png").read_bytes()


def test_a_figure_of_which_nobody_knows_the_plot_is_left_out_and_said(study):
    file = study.results / "figures/10_gezien.json"
    about = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(about | {"plot": "system"}), encoding="utf-8")
    (study.results / "manifest.json").write_text(json.dumps(as_written(study)), encoding="utf-8")
    made = publish(study, on=DAY, rules=SmallRules())
    assert made.publication.left_out == {"10_gezien": "nobody knows how it was drawn"}
    assert not (made.folder / "figures").exists()
    assert "10_gezien: het figuur staat er niet bij" in (
        made.folder / "LEESMIJ.html").read_text(encoding="utf-8")


def as_written(study):
    """Return the manifest as if the run had written the results as they are now."""
    manifest = json.loads((study.results / "manifest.json").read_text(encoding="utf-8"))
    return manifest | {"outputs": [
        one | {"sha256": sha256(study.results / one["file"])} for one in manifest["outputs"]]}


def test_a_notebook_goes_out_with_protected_results_only(study):
    made = publish(study, on=DAY, rules=SmallRules())
    notebook = nbformat.read(made.folder / "notebooks/10_gezien.ipynb", as_version=4)
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in codes] == list(CELLS)
    assert [len(cell.outputs) for cell in codes] == [0, 0, 0, 2, 2]  # where something is saved
    html = codes[3].outputs[0].data["text/html"]
    assert "oneens" in html
    assert ">7<" not in html
    assert ">7<" in str(nbformat.read(study.results / "notebooks/10_gezien.ipynb", as_version=4))


def test_a_number_that_can_be_worked_out_is_named_and_nothing_is_written(study):
    def audit(tables, *, released=(), known=()):
        return audit_table([NARROW])

    way = wb.frequency(wb.read_responses(study, "students"), "leerweg")
    write_release(study, {"10_leerweg": way}, profile="publicatie", on=date(2026, 2, 1))
    with pytest.raises(DisclosureError, match=(
            r"10_gezien, students: gezien=oneens: can be worked out from 10_gezien, "
            r"2026-02-01/10_leerweg\n1 number can")):
        publish(study, on=DAY, rules=SmallRules(audit=audit))
    assert not (study.folder.parent / "publish").exists()
    assert [one.name for one in read_releases(study)] == ["2026-02-01"]


def test_a_later_release_is_audited_against_the_earlier_ones(study):
    publish(study, on=DAY, rules=SmallRules())
    seen = []

    def audit(tables, *, released=(), known=()):
        seen.append([table.fingerprint for table in released])
        return audit_table([])

    publish(study, on=date(2026, 4, 1), rules=SmallRules(audit=audit))
    assert seen == [[table.fingerprint for table in read_releases(study)[0].tables.values()]]
    assert len(read_releases(study)) == 1  # the same Tables went out again


def test_a_refused_release_leaves_the_earlier_one(study):
    publish(study, on=DAY, rules=SmallRules())
    before = contents(study.folder.parent / "publish")
    with pytest.raises(DisclosureError):
        publish(study, on=DAY, rules=SmallRules(audit=lambda *a, **k: audit_table([NARROW])))
    assert contents(study.folder.parent / "publish") == before


@pytest.mark.parametrize(("words", "what"), [
    ("Fatima", "a name of the project's list"), ("0612345678", "a phone number"),
    ("f.jansen@school.nl", "an e-mail address"),
])
def test_personal_data_in_a_notebook_stop_the_release(ran, tmp_path, words, what):
    study = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    make_notebook(tmp_path, "import wbkit as wb", f"# vraag het {words}")
    run(study)
    with pytest.raises(DisclosureError) as refusal:
        publish(study, on=DAY, rules=SmallRules())
    assert f"notebooks/10_gezien.ipynb, cell 5: {what}" in str(refusal.value)
    assert words not in str(refusal.value)
    assert not (tmp_path / "publish").exists()
    assert not (tmp_path / "data/releases").exists()


def test_what_is_too_much_to_print_stands_in_a_file_of_the_private_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "MOST_LINES", 2)
    study = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    (tmp_path / ".gitignore").write_text("data/private/\n", encoding="utf-8")
    make_notebook(tmp_path, "import wbkit as wb", "# bellen")
    for number in range(11, 15):
        (tmp_path / "notebooks" / f"{number}_a.ipynb").write_text(
            (tmp_path / "notebooks" / "10_gezien.ipynb").read_text(encoding="utf-8").replace(
                "# bellen", f"# bel 06123456{number}"), encoding="utf-8")
    run(study)
    with pytest.raises(DisclosureError, match=r"… and 2 more: all of them stand in .*found.txt"):
        publish(study, on=DAY, rules=SmallRules())
    lines = (study.private_folder / "found.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4 and not any("06123456" in line for line in lines)


def test_an_alternative_text_and_the_ledger_are_looked_through_too(tmp_path):
    column = 'column = "Ik voel mij gezien"'
    noted = REAL.replace(column, f'{column}\nnote.nl = "bel 0612345678"')
    study = load_study(make_study(tmp_path, study=noted, raw=REAL_RAW))
    make_notebook(tmp_path)
    run(study)
    with pytest.raises(DisclosureError, match=r"data/releases/2026-03-01.json, sources\.items"):
        publish(study, on=DAY, rules=SmallRules())


def test_files_of_somebody_else_in_the_folder_stop_the_release(study):
    folder = study.folder.parent / "publish"
    folder.mkdir()
    (folder / "ruwe_antwoorden.xlsx").write_bytes(b"x")
    with pytest.raises(DataError, match=r"publish: holds files .*\(ruwe_antwoorden.xlsx\)\. Move"):
        publish(study, on=DAY, rules=SmallRules())


def test_results_of_other_data_are_not_published(study):
    file = study.folder / "raw/enquete.csv"
    file.write_text(REAL_RAW + "199;bol;eens\n", encoding="utf-8")
    with pytest.raises(DataError, match="results: holds no results of the present data"):
        publish(study, on=DAY, rules=SmallRules())


def test_a_result_can_be_left_out_by_name(study):
    made = publish(study, on=DAY, without=["10_gezien"], rules=SmallRules())
    assert made.publication.tables == []
    assert made.release is None
    with pytest.raises(DataError, match="--without 10_gezein: there is no such result. Did you"):
        publish(study, on=DAY, without=["10_gezein"], rules=SmallRules())


def test_made_up_data_go_out_as_they_are(tmp_path):
    study = load_study(make_study(tmp_path))
    make_notebook(tmp_path)
    run(study)
    nobody_asked = SmallRules(protect=None, audit=None)
    made = publish(study, on=DAY, rules=nobody_asked)
    assert (made.folder / "tables/10_gezien.csv").read_bytes() == (
        study.results / "tables/10_gezien.csv").read_bytes()
    assert made.release is None
    page = (made.folder / "LEESMIJ.html").read_text(encoding="utf-8")
    assert "Daarom is er niets verborgen." in page


def test_the_page_says_in_dutch_what_was_hidden_and_what_can_be_derived(study):
    row = NARROW | {"lowest": 0, "highest": 9, "verdict": "safe"}
    made = publish(study, on=DAY, profile="intern",
                   rules=SmallRules(audit=lambda *a, **k: audit_table([row])))
    page = (made.folder / "LEESMIJ.html").read_text(encoding="utf-8")
    assert "Er zijn 1 aantallen verborgen." in page
    assert "een gebied van 9 breed" in page
    assert "alleen voor mensen binnen de school" in page


@pytest.mark.parametrize(("text", "told"), [
    ("Daarvan zijn 7 studenten het oneens.", True), ("Van 12 mensen", False),
    ("Het is 0.7 van 1,7 deel.", False), ("In tabel 7: zie 2007 en 27 en 7.", False)])
def test_a_hidden_count_in_the_text_of_a_notebook_is_for_the_researcher_to_read(
        tmp_path, text, told):
    study = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    path = make_notebook(tmp_path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell(text, id="tekst"))
    nbformat.write(notebook, path)
    run(study)
    lines = publish(study, on=DAY, rules=SmallRules()).to_read
    place = len(notebook.cells)
    assert list(lines) == [
        f"10_gezien.ipynb, cell {place}: 7 stands in the text, and a count of 7 is hidden in "
        "10_gezien. Read the text; if it is that count, take it out and give wbkit run and wbkit "
        "publish again."][:told]


CENSUS = REAL.replace(
    '{ kind = "convenience", population = 40, margins = { leerweg = { bol = 30, bbl = 10 } } }',
    '{ kind = "census", population = 90 }')


def answers(**numbers):
    """Return a raw file with so many of each answer, and one row more that is a test."""
    given = ["eens", *(answer for answer, n in numbers.items() for _ in range(n))]
    rows = [f"{nr};bol;{answer}" for nr, answer in enumerate(given, 12)]
    return "\n".join(["nr;leerweg;Ik voel mij gezien", *rows]) + "\n"


def test_the_page_does_not_tell_what_was_hidden_already_from_what_was_hidden_now(tmp_path):
    # of 5 and 5 the survey hides none, of 4 and 6 both; the two add up to 10
    pages, newly = [], []
    for name, numbers in {"a": (5, 5), "b": (4, 6)}.items():
        raw = answers(oneens=numbers[0], neutraal=numbers[1], eens=30)
        study = load_study(make_study(tmp_path / name, study=CENSUS, raw=raw))
        make_notebook(tmp_path / name, CELLS[0], "wb.save(wb.frequency(students, 'gezien'), 'f')")
        run(study)
        made = publish(study, on=DAY)
        pages.append((made.folder / "LEESMIJ.html").read_text(encoding="utf-8"))
        newly.append(made.publication.newly)
    assert pages[0] == pages[1]
    assert "f: rijen met een streepje: 2" in pages[0]
    assert newly == [4, 0]  # for the researcher


def test_a_table_that_only_a_figure_draws_is_protected_and_noted_too(tmp_path):
    study = load_study(make_study(tmp_path, study=REAL, raw=REAL_RAW))
    drawn = "wb.save(wb.plot_bars(wb.frequency(students, 'leerweg')), '10_gezien')"
    make_notebook(tmp_path, *CELLS[:2], CELLS[3], drawn)
    run(study)
    made = publish(study, on=DAY, rules=SmallRules())
    assert list(read_releases(study)[0].tables) == ["10_gezien", "figures/10_gezien"]
    about = json.loads((made.folder / "figures/10_gezien.json").read_text(encoding="utf-8"))
    assert about["title"] == "Track"


def test_a_study_that_rounds_publishes_rounded_counts_and_says_so_on_the_page(tmp_path):
    language = 'language = "nl"\n'
    rounding = REAL.replace(language, f"{language}display = {{ rounding = 5 }}\n", 1)
    study = load_study(make_study(tmp_path, study=rounding, raw=REAL_RAW))
    make_notebook(tmp_path)
    run(study)
    made = publish(study, on=DAY)
    rows = pd.read_csv(made.folder / "tables/10_gezien.csv").set_index("value")
    # 7, 12 and 31 of 50 before
    assert rows["n"].to_dict() == {"oneens": 5, "neutraal": 10, "eens": 30}
    page = (made.folder / "LEESMIJ.html").read_text(encoding="utf-8")
    assert "Alle aantallen mensen zijn afgerond op een veelvoud van 5" in page
    assert "Een groep van minder dan 10 mensen zie je niet apart" not in page
    assert "Van 2 aantallen die klein kunnen zijn" in page
