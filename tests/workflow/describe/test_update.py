"""A new export is compared with study.toml in lines that can be acted on."""

import pytest
from builders.files import write_text
from builders.platform_exports import write_sav
from builders.studies import RAW, STUDY, contents, make_study, wbkit
from builders.workbooks import write_forms

import wbkit as wb
from wbkit.workflow.describe.study_file import add_source, draft_for
from wbkit.workflow.describe.update import compare_export, update_lines

REAL = STUDY.replace("synthetic = true", "synthetic = false")
HELP = """
[sources.students.items.hulp]
kind = "multiple"
columns = { taal = "Hulp [taal]", plannen = "Hulp [plannen]" }
ticked = ["ja"]
unticked = ["nee"]
"""


@pytest.fixture
def study(tmp_path):
    return make_study(tmp_path)


def update(study, text, *words):
    file = write_text(study.parent / "raw" / "later.csv", text)
    return wbkit("describe", file, "--update", "--study", study, *words)


def test_update_shows_what_changed_is_new_or_gone(study):
    before = contents(study.parent)
    done = update(study, "nr;Ik voel me gezien;Wat is je idee?\n1;eens;x\n")
    assert done.exit_code == 1
    assert "CHANGED items.gezien: 'Ik voel mij gezien'. Did you mean 'Ik voel me gezien'?" \
        in done.output
    assert "GONE    items.leerweg: 'leerweg' is not in the file." in done.output
    assert "NEW     'Wat is je idee?': no item names it." in done.output
    assert "0 headings are the same." in done.output
    assert "later.csv does not fit study.toml as it stands" in done.output
    (study.parent / "raw" / "later.csv").unlink()
    assert contents(study.parent) == before


def test_update_of_the_same_export_shows_nothing_that_needs_a_person(study):
    done = wbkit("describe", study.parent / "raw" / "enquete.csv", "--study", study, "--update")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "ROWS    12 rows: as many as in the file that study.toml names.",
        "2 headings are the same."]


def test_more_rows_are_said_and_need_nobody(study):
    done = update(study, RAW + "13;bbl;eens\n")
    assert (done.exit_code, "ROWS    13 rows: 1 more than" in done.output) == (0, True)
    (study.parent / "raw" / "enquete.csv").unlink()
    assert "the file that study.toml names is not there" in update(study, RAW).output


def test_new_answers_are_counted(study):
    done = update(study, RAW + "13;bbl;best wel\n14;extraneus;best wel\n")
    assert done.exit_code == 1
    assert "ANSWER  items.leerweg: 'extraneus' (1) is not known. Add it to values, missing" \
        in done.output
    assert "ANSWER  items.gezien: 'best wel' (2) is not known." in done.output


def test_an_answer_of_fewer_than_five_real_people_is_only_counted(tmp_path):
    rows = "".join(f"{n};bbl;best wel\n" for n in range(13, 18)) + "18;extraneus;eens\n"
    done = update(make_study(tmp_path, study=REAL), RAW + rows)
    assert "items.gezien: 'best wel' (5) is not known" in done.output
    assert "extraneus" not in done.output
    assert "ANSWER  items.leerweg: 1 answer that it does not know, each of fewer than 5 people" \
        in done.output


def test_a_value_of_an_identifier_is_never_shown(tmp_path):
    study = make_study(tmp_path, study=STUDY.replace(
        'values = ["bol", "bbl"]', 'values = ["bol", "bbl"]\nsensitivity = "identifier"'))
    done = update(study, RAW.replace("bbl", "Anna Jansen"))
    assert "Anna" not in done.output
    assert "ANSWER" not in done.output


def test_options_in_another_order_are_named(tmp_path):
    head, *rows = RAW.splitlines()
    lines = [head + ";Hulp [taal];Hulp [plannen]", *(f"{row};ja;nee" for row in rows)]
    study = make_study(tmp_path, study=STUDY + HELP, raw="\n".join(lines) + "\n")
    assert "ORDER" not in update(study, "\n".join(lines)).output
    turned = [head + ";Hulp [plannen];Hulp [taal]", *(f"{row};ja;nee" for row in rows)]
    done = update(study, "\n".join(turned))
    assert done.exit_code == 1
    assert "ORDER   items.hulp: the file has 'plannen', 'taal'. Write them in that order" \
        in done.output
    done = update(study, "\n".join(lines).replace("11;bbl;eens;ja", "11;bbl;eens;misschien"))
    assert "ANSWER  items.hulp: 'misschien' (1) is not known" in done.output


def test_steps_in_another_order_in_the_file_itself_are_named(tmp_path):
    study = make_study(tmp_path)
    file = write_sav(tmp_path / "data" / "raw" / "labels.sav")
    add_source(draft_for(file, study=study), study)
    assert compare_export(file, wb.load_study(study).source("labels")).moved == ()
    text = study.read_text(encoding="utf-8")
    text = text.replace('"helemaal oneens", "oneens"', '"oneens", "helemaal oneens"')
    study.write_text(text, encoding="utf-8")
    found = compare_export(file, wb.load_study(study).source("labels"))
    (name, order), = found.moved
    assert (name, order[:2]) == ("voel_gezien", ("helemaal oneens", "oneens"))


def test_headings_that_moved_down_are_found(study):
    done = update(study, "Enquête van dit jaar;;\n;;\n" + RAW)
    assert done.exit_code == 1
    assert "LAYOUT  heading_row: study.toml says 1, and that does not fit the file. Write " \
        "heading_row = 3 under the source." in done.output
    assert "GONE" not in done.output
    assert "2 headings are the same" in done.output


def test_a_sheet_with_another_name_is_found(tmp_path):
    study = make_study(tmp_path, study=STUDY.replace(
        'file = "raw/enquete.csv"\nformat = "csv"',
        'file = "raw/enquete.xlsx"\nformat = "excel"\nsheet = "Antwoorden"'))
    rows = [line.split(";") for line in RAW.splitlines()]
    file = write_forms(study.parent / "raw" / "later.xlsx", rows[0], rows[1:], meta=())
    done = wbkit("describe", file, "--update", "--study", study)
    assert done.exit_code == 1
    assert "LAYOUT  sheet: study.toml says 'Antwoorden', and that does not fit the file. " \
        "Remove sheet under the source." in done.output
    assert "GONE" not in done.output


def test_update_asks_which_source_is_meant(study):
    file = write_text(study.parent / "raw" / "nieuw.csv", RAW)
    add_source(draft_for(file, study=study), study)
    done = update(study, RAW)
    assert done.exit_code == 1
    assert "Say it with --name: students, nieuw." in done.output


def test_a_source_of_texts_is_refused(tmp_path):
    study = make_study(tmp_path, study='title = "x"\n[sources.t]\nfile = "raw/enquete.csv"\n'
                       'format = "txt"\nunit = "text"\nsynthetic = true\n')
    assert "--update compares tables of answers" in update(study, RAW).output


def test_a_file_that_cannot_be_read_either_way_says_why(study):
    with pytest.raises(wb.DataError, match="is empty"):
        compare_export(write_text(study.parent / "raw" / "leeg.csv", "\n"),
                       wb.load_study(study).source("students"))


def test_every_line_says_what_to_do(study):
    source = wb.load_study(study).source("students")
    file = write_text(study.parent / "raw" / "later.csv", RAW.replace("bbl", "derde"))
    lines = update_lines(compare_export(file, source), source)
    assert [line.split()[0] for line in lines] == ["ANSWER", "ROWS", "2"]


def test_rows_that_are_set_aside_hold_no_new_answer(study):
    done = update(study, RAW.replace("12;bol;eens", "12;proef;proef"))
    assert (done.exit_code, "ANSWER" in done.output) == (0, False), done.output


def test_totals_of_a_register_are_no_new_answer(tmp_path):
    study = make_study(tmp_path, study='title = "x"\n')
    text = "jaar;team;studenten;uitval\n" + "".join(
        f"{year};{team};{n};1\n" for year in (2021, 2022)
        for team, n in (("a", 10), ("b", 20), ("Totaal", 30)))
    file = write_text(study.parent / "raw" / "r.csv", text.replace("30;1", "30;2"))
    add_source(draft_for(file, study=study), study)
    later = text.replace("30;1", "30;2") + "2023;a;11;1\n"
    write_text(study.parent / "raw" / "later.csv", later)
    done = wbkit("describe", study.parent / "raw" / "later.csv", "--update", "--study", study)
    assert [line for line in done.output.splitlines() if line.startswith("ANSWER")] == [
        "ANSWER  items.jaar: '2023' (1) is not known. Add it to values, missing or corrections."]


def test_every_line_says_what_to_do_and_how_the_new_file_takes_its_place(tmp_path):
    study = make_study(tmp_path, study=REAL)
    done = update(study, RAW.replace("\n", ";x\n").replace(";x", ";Nieuw", 1) + "13;bbl;tja;x\n")
    assert "'Nieuw': no item names it. Add an item with it as column, or add it to ignore" \
        in done.output
    key = 'Write file = "raw/later.csv" under the source: wbkit prepare then names them'
    assert key in done.output
    rows = next(line for line in done.output.splitlines() if line.startswith("ROWS"))
    assert rows.endswith('To use this file, write file = "raw/later.csv" under the source.')
