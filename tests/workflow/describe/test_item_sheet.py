"""The Excel sheet of items: what it shows, and that it gives the same study as the draft."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from builders.studies import make_study, wbkit

import wbkit as wb
from wbkit.labels import label, words
from wbkit.messages import LANGUAGES
from wbkit.study.item import SPECIAL
from wbkit.workflow.describe.item_sheet import FIELDS, choice_words, write_item_sheet
from wbkit.workflow.describe.item_sheet_reading import read_item_sheet
from wbkit.workflow.describe.study_file import add_source, draft_for

ROOT = Path(__file__).parents[3]
STUDENTS = ROOT / "data" / "raw" / "studentenenquete.xlsx"
EMPTY = '# van ons\ntitle = "Proef"  # voorlopig\n'


def empty_study(folder):
    (folder / "data" / "raw").mkdir(parents=True)
    shutil.copy(STUDENTS, folder / "data" / "raw" / "enquete.xlsx")
    (folder / "data" / "study.toml").write_text(EMPTY, encoding="utf-8")
    return folder / "data" / "study.toml"


def drafted(study, design=None):
    file = study.parent / "raw" / "enquete.xlsx"
    return draft_for(file, study=study, design=design)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give a study and the sheet of its student survey."""
    folder = tmp_path_factory.mktemp("sheet")
    study = empty_study(folder)
    write_item_sheet(drafted(study, "present"), folder / "items.xlsx")
    return study, folder / "items.xlsx"


def edited(made, tmp_path, **cells):
    """Copy the sheet, with other words in the first row of a column."""
    book = openpyxl.load_workbook(made[1])
    sheet = book["vragen"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for key, value in cells.items():
        sheet.cell(2, places[label(f"sheet_{key}", "nl")], value)
    book.save(tmp_path / "edited.xlsx")
    return tmp_path / "edited.xlsx"


def test_the_sheet_and_the_draft_give_the_same_study(made, tmp_path):
    study, sheet = made
    done = wbkit("items", "read", sheet, "--study", study)
    assert done.exit_code == 0, done.output
    other = empty_study(tmp_path)
    add_source(drafted(other, "present"), other)
    first, second = (wb.load_study(one).source("enquete") for one in (study, other))
    assert first.model_dump() == second.model_dump()
    assert "49 are not confirmed" in done.output


def test_comments_of_the_file_stay(made):
    wbkit("items", "read", made[1], "--study", made[0])
    text = made[0].read_text(encoding="utf-8")
    assert text.startswith(EMPTY)
    assert "# schaal van oneens tot eens, 5 stappen" in text
    assert "5 stappen; telt niet als antwoord: 'weet ik niet'" in text


def test_reading_twice_changes_nothing(made):
    wbkit("items", "read", made[1], "--study", made[0])
    before = made[0].read_bytes()
    wbkit("items", "read", made[1], "--study", made[0])
    assert made[0].read_bytes() == before


def test_one_row_is_one_question_with_lists_to_choose_from(made):
    sheet = openpyxl.load_workbook(made[1])["vragen"]
    assert sheet.max_row == 50
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert '"nog niet bekeken,ja"' in lists.values()
    assert any("keuze met volgorde" in words for words in lists.values())
    assert len(lists) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_choice_holds_a_comma(language):
    # Excel splits the list of a cell at every comma, and takes 255 characters.
    for field in (one for one in FIELDS if one.choices):
        known = choice_words(field.key, field.choices, language).values()
        assert not any("," in one for one in known)
        assert len(",".join(known)) < 255
    designs = [words()[f"draft_{kind}"][language] for kind in ("census", "srs", "convenience",
                                                               "joint")]
    assert not any("," in one for one in designs)


def test_what_somebody_changed_in_excel_arrives(made, tmp_path):
    study = empty_study(tmp_path)
    file = edited(made, tmp_path, guessed="ja", label="Welk team?", theme="wie",
                  values="Zorg en Kind\nBouw en Techniek\nHandel en Kantoor\nMedia en Podium\n"
                         "Groen en Dier", sensitivity="nee")
    assert wbkit("items", "read", file, "--study", study).exit_code == 0
    item = next(iter(wb.load_study(study).source("enquete").items.values()))
    assert (item.guessed, item.label.nl, item.theme) == (False, "Welk team?", "wie")
    assert (item.values[1], item.sensitivity) == ("Bouw en Techniek", "none")


@pytest.mark.parametrize("category", SPECIAL)
def test_every_special_category_can_be_chosen_in_excel(made, tmp_path, category):
    study, words = empty_study(tmp_path), label(f"sensitivity_{category}", "nl")
    file = edited(made, tmp_path, sensitivity=words)
    assert wbkit("items", "read", file, "--study", study).exit_code == 0
    item = next(iter(wb.load_study(study).source("enquete").items.values()))
    assert item.sensitivity == category


@pytest.mark.parametrize(("cells", "message"), [
    ({"kind": "meerkeuze"}, r"row 2, 'soort vraag': there is 'meerkeuze'. It may be"),
    ({"corrections": "8+ is 8"}, "has no arrow. Write: before → after"),
    ({"range": "1 → veel"}, "Write two numbers: 1 → 10"),
    ({"name": "Team 1"}, "items.Team 1.name"),
    ({"values": "a\na"}, "values holds 'a' twice"),
])
def test_a_wrong_cell_is_named_and_the_study_stays(made, tmp_path, cells, message):
    study = empty_study(tmp_path)
    done = wbkit("items", "read", edited(made, tmp_path, **cells), "--study", study)
    assert done.exit_code == 1
    assert message.replace("\\", "") in done.output
    assert study.read_text(encoding="utf-8") == EMPTY


def test_another_workbook_is_refused(made):
    done = wbkit("items", "read", STUDENTS, "--study", made[0])
    assert (done.exit_code, "lacks the sheet 'bron'" in done.output) == (1, True)


def test_a_file_that_is_no_workbook_is_refused(made, tmp_path):
    (tmp_path / "a.xlsx").write_text("a")
    done = wbkit("items", "read", tmp_path / "a.xlsx", "--study", made[0])
    assert (done.exit_code, "is no workbook that can be read" in done.output) == (1, True)


def test_translations_and_comments_in_study_toml_survive_the_sheet(tmp_path):
    study = make_study(tmp_path)
    text = study.read_text(encoding="utf-8").replace(
        'kind = "ordinal"', 'kind = "ordinal"  # nagekeken')
    study.write_text(text, encoding="utf-8")
    draft = draft_for(tmp_path / "data" / "raw" / "enquete.csv", study=study, name="students",
                      unit="student", design="present")
    write_item_sheet(draft, tmp_path / "items.xlsx")
    done = wbkit("items", "read", tmp_path / "items.xlsx", "--study", study)
    assert done.exit_code == 0, done.output
    item = wb.load_study(study).source("students").items
    after = study.read_text(encoding="utf-8")
    assert item["leerweg"].label.en == "Track"
    assert "# nagekeken" in after
    assert wb.load_study(study).source("students").design.population == 40


def test_a_sheet_never_overwrites_a_raw_file_or_the_work_of_somebody(made):
    study, sheet = made
    before = sheet.read_bytes()
    for file in (sheet, study.parent / "raw" / "enquete.xlsx"):
        with pytest.raises(wb.DataError, match="is there already, and is not overwritten. Give"):
            write_item_sheet(drafted(study), file)
    assert sheet.read_bytes() == before


def test_a_sheet_has_the_name_of_an_excel_file(made, tmp_path):
    with pytest.raises(wb.DataError, match=r"no name of an Excel file\. .* such as vragen\.xlsx"):
        write_item_sheet(drafted(made[0]), tmp_path / "vragen.csv")


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    with pytest.raises(wb.StudyError, match=r"nergens\.xlsx: there is no such file\. Give the work"
                                            "book that wbkit describe --sheet wrote"):
        read_item_sheet(tmp_path / "nergens.xlsx")
