"""The documents of a data steward: for an empty study, with data, and never over an edit."""

import io
from datetime import date

import openpyxl
import pytest
from builders.real_studies import real_study, withdraw
from builders.studies import wbkit
from docx import Document

import wbkit as wb
from wbkit.workflow.checking import retention
from wbkit.workflow.steward.documents import (
    anonymity_tables,
    variable_list,
    write_steward_documents,
)
from wbkit.workflow.steward.filling import as_word, filled

BEFORE = {"informatiebrief.docx", "toestemming.docx", "grondslag.docx", "dpia.docx",
          "datamanagementplan.docx"}


def empty(folder, **steward):
    """Put a study without sources on disk."""
    (folder / "data").mkdir(parents=True)
    lines = "\n".join(f"{key} = {value}" for key, value in steward.items())
    (folder / "data" / "study.toml").write_text(
        f'title = "Welbevinden"\n[steward]\n{lines}\n', encoding="utf-8")
    return wb.load_study(folder / "data")


def words(file):
    return "\n".join(line.text for line in Document(file).paragraphs)


def test_an_empty_study_gets_what_comes_before_the_data(tmp_path):
    handed = write_steward_documents(empty(tmp_path))
    assert {file.name for file in handed.written} == BEFORE
    assert handed.written[0].parent == tmp_path / "steward"


def test_with_data_come_the_variables_and_a_readme_for_a_deposit(tmp_path):
    handed = write_steward_documents(real_study(tmp_path))
    assert {file.name for file in handed.written} == BEFORE | {"variabelen.xlsx",
                                                               "README_archief.md"}


def test_what_study_toml_says_is_filled_in_and_the_rest_is_a_blank(tmp_path):
    study = empty(tmp_path, school='"MBO De Linde"', keep_until="2033-07-31")
    letter = "\n".join(filled("informatiebrief.md", study))
    assert "Wij doen onderzoek op MBO De Linde." in letter
    assert "tot 31 juli 2033" in letter
    assert "[vul in: hoe de functionaris te bereiken is]" in letter
    assert "{" not in letter


@pytest.mark.parametrize(("said", "there", "not_there"), [
    ({"youngest": "16"}, "Ben je 16 of 17 jaar?", "als je 18 jaar of ouder bent"),
    ({"youngest": "18"}, "als je 18 jaar of ouder bent", "Ben je 16 of 17 jaar?"),
    ({"quotes": "true"}, "Dat doen wij alleen als jij dat goedvindt", "nemen geen zinnen van jou"),
    ({"quotes": "false"}, "nemen geen zinnen van jou", "Dat doen wij alleen als jij"),
    ({"recording": "true"}, "wissen wij de opname", "?recording"),
    ({"recording": "false"}, "Vragen?", "wissen wij de opname"),
    ({"code": "true"}, "maak je een code die alleen jij kent", "niet meer terugvinden"),
    ({"code": "false"}, "niet meer terugvinden en niet meer weghalen", "Geef ons de code"),
])
def test_the_letter_holds_what_fits_the_study(said, there, not_there, tmp_path):
    letter = "\n".join(filled("informatiebrief.md", empty(tmp_path, **said)))
    assert there in letter
    assert not_there not in letter


def test_a_survey_that_asks_who_people_are_is_not_called_anonymous(tmp_path):
    study = real_study(tmp_path)
    for name in ("informatiebrief.md", "toestemming.md"):
        text = "\n".join(filled(name, study))
        assert "anoniem:" not in text
        assert "vragenlijst anoniem is" not in text
        assert "jouw antwoorden weg te halen" in text or "mijn antwoorden weg te halen" in text


@pytest.mark.parametrize(("basis", "there"), [
    ("consent", "Toestemming (artikel 6"), ("public_task", "Taak van algemeen belang"),
    ("legitimate_interest", "Gerechtvaardigd belang")])
def test_one_legal_basis_is_explained(basis, there, tmp_path):
    text = "\n".join(filled("grondslag.md", empty(tmp_path, legal_basis=f'"{basis}"')))
    assert there in text
    assert text.count("(artikel 6, eerste lid") == 1


def test_a_special_category_asks_for_consent_of_its_own(tmp_path):
    study = real_study(tmp_path)
    file = study.file
    file.write_text(file.read_text("utf-8").replace(
        '[sources.students.items.cijfer]', '[sources.students.items.cijfer]\n'
        'sensitivity = "health"'), "utf-8")
    text = "\n".join(filled("toestemming.md", wb.load_study(file)))
    assert "gevoelige onderwerpen (gezondheid)" in text


def test_a_document_that_somebody_edited_stays_and_the_new_text_stands_beside_it(tmp_path):
    study = empty(tmp_path)
    letter = write_steward_documents(study).written[0]
    letter.write_bytes(as_word(["# Onze eigen brief"]))
    handed = write_steward_documents(study)
    assert handed.kept == (letter,)
    assert words(letter) == "Onze eigen brief"
    assert "Waar gaat het over?" in words(letter.with_name("informatiebrief.nieuw.docx"))


def test_a_document_that_nobody_edited_follows_the_study(tmp_path):
    study = empty(tmp_path)
    letter = write_steward_documents(study).written[0]
    study.file.write_text('title = "Anders"\n', encoding="utf-8")
    handed = write_steward_documents(wb.load_study(study.file))
    assert handed.kept == ()
    assert "Anders" in words(letter)


def test_the_same_study_gives_the_same_bytes(tmp_path):
    lines = filled("dpia.md", empty(tmp_path))
    assert as_word(lines) == as_word(lines)


def test_the_list_of_variables_has_a_row_for_each_with_its_answers(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(variable_list(real_study(tmp_path))))
    rows = {row[1]: row for row in book.active.iter_rows(min_row=2, values_only=True)}
    assert rows["gezien"][5:7] == ("oneens; neutraal; eens", "weet ik niet")
    assert rows["waarbij"][7] == "hulp: ja"
    assert rows["cijfer"][5] == "1 tot en met 10"
    assert rows["team"][9] == "quasi"
    assert rows["code"][9] == "identifier"


@pytest.mark.parametrize(("until", "ok", "there"), [
    (None, True, "nobody says until when"), ("2030-01-01", True, "are kept until 2030-01-01"),
    ("2026-02-01", True, "31 days from now"), ("2025-12-31", False, "that day is past")])
def test_check_reminds_of_the_day_on_which_raw_data_go(until, ok, there, tmp_path):
    study = real_study(tmp_path)
    if until:
        study.file.write_text(f"{study.file.read_text('utf-8')}\n[steward]\nkeep_until = {until}\n",
                              encoding="utf-8")
    (point,) = retention(wb.load_study(study.file), today=date(2026, 1, 1))
    assert point.ok is ok
    assert there in point.words


def test_made_up_data_need_no_day(tmp_path):
    study = real_study(tmp_path)
    study.file.write_text(study.file.read_text("utf-8").replace(
        "synthetic = false", "synthetic = true"), encoding="utf-8")
    assert retention(wb.load_study(study.file)) == []


def test_the_command_says_what_it_made_and_who_stands_alone(tmp_path):
    study = real_study(tmp_path)
    done = wbkit("steward", "--study", study.file)
    assert done.exit_code == 0, done.output
    assert "Made: 7 documents" in done.output
    assert "alleen in de groep" in done.output
    assert "nobody says until when" in done.output
    letter = tmp_path / "steward" / "informatiebrief.docx"
    letter.write_bytes(as_word(["Eigen brief"]))
    assert "was edited, and stays as it is" in wbkit("steward", "--study", study.file).output


def test_a_key_that_a_steward_does_not_have_is_refused(tmp_path):
    with pytest.raises(wb.StudyError, match="keep_untill"):
        empty(tmp_path, keep_untill="2033-01-01")


def test_who_withdrew_is_not_counted_among_the_people(tmp_path):
    study = real_study(tmp_path)
    (whole,) = anonymity_tables(study)
    withdraw(study, "s0000003", "s0000004")
    (table,) = anonymity_tables(study)
    assert whole.data["base"].max() - table.data["base"].max() == 2
