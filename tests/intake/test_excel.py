"""Exports of Microsoft Forms."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from builders.files import digest
from builders.raw import E3, source
from builders.workbooks import write_forms

import wbkit as wb

ITEMS = {"gezien": E3 | {"column": "Ik voel mij gezien"}}
ENGLISH = ("ID", "Start time", "Completion time", "Email", "Name")


def read(folder, headings, rows, *, items=None, **fields):
    write_forms(folder / "raw/students.xlsx", headings, rows, **fields)
    return wb.read_source(source(items or ITEMS, folder=folder))


def book(folder, *sheets):
    """Write a workbook, one list of rows for each sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"Blad{number}")
        for row in rows:
            sheet.append(row)
    (folder / "raw").mkdir()
    workbook.save(folder / "raw/students.xlsx")
    return source({"gezien": E3}, folder=folder)


def test_every_cell_is_text_and_rows_are_numbered_as_excel_shows_them(tmp_path):
    raw = read(tmp_path, ["Ik voel mij gezien", "x"], [["eens", 7.0], ["oneens", 7.5], ["", ""]])
    assert raw.data["Ik voel mij gezien"].to_dict() == {2: "eens", 3: "oneens", 4: ""}
    assert raw.data["x"].tolist() == ["7", "7.5", ""]
    assert raw.sha256 == digest(tmp_path / "raw/students.xlsx")
    assert repr(raw) == "Raw(raw/students.xlsx: 3 rows, 7 columns)"


@pytest.mark.parametrize("meta", [ENGLISH, ("ID", "Begintijd", "Tijd van voltooien", "E-mail",
                                            "Naam")])
def test_the_own_columns_of_forms_are_known_in_both_languages(tmp_path, meta):
    raw = read(tmp_path, ["Ik voel mij gezien"], [["eens"]], meta=meta,
               starts=[datetime(2022, 11, 15, 9, 3, 12)])
    assert list(raw.ids) == ["id", "started", "completed", "email", "name"]
    assert str(raw.started.loc[2]) == "2022-11-15 09:03:12"
    assert str(raw.completed.loc[2]) == "2022-11-15 09:09:12"


def test_spaces_in_headings_do_not_matter(tmp_path):
    raw = read(tmp_path, ["\u00a0Ik  voel\u00a0mij gezien "], [["eens"]])
    assert wb.clean(raw).data["gezien"].tolist() == ["eens"]


def test_a_numbered_heading_is_matched_as_it_stands(tmp_path):
    items = {"eerste": {"kind": "open", "column": "Toelichting"},
             "tweede": {"kind": "open", "column": "Toelichting2"}}
    data = wb.clean(read(tmp_path, ["Toelichting", "Toelichting2"], [["a", "b"]],
                         items=items)).data
    assert data[["eerste", "tweede"]].iloc[0].tolist() == ["a", "b"]


def test_headings_that_no_item_names_are_reported_and_not_carried_on(tmp_path):
    raw = read(tmp_path, ["Ik voel mij gezien", "Nog iets"], [["eens", "geheim"]])
    assert "not used, since no item names them: 'Nog iets'" in raw.found
    assert list(wb.clean(raw).data) == ["gezien", "minutes"]


def test_ignored_headings_are_not_reported_unless_they_are_absent(tmp_path):
    write_forms(tmp_path / "raw/students.xlsx", ["Ik voel mij gezien", "Nog iets"], [["eens", ""]])
    raw = wb.read_source(source(ITEMS, folder=tmp_path, ignore=["Nog iets", "Weg"]))
    assert raw.found == ("sheet 'Form1'", "ignore names 'Weg', not in the file")


def test_all_absent_headings_are_named_with_the_closest_ones(tmp_path):
    items = ITEMS | {"klas": {"kind": "open", "column": "Mijn klas"}}
    with pytest.raises(wb.DataError) as error:
        read(tmp_path, ["Ik voel me gezien", "leeftijd"], [["eens", "17"]], items=items)
    assert str(error.value) == (
        "students (raw/students.xlsx): 2 headings of study.toml are not in the file; the file has "
        "7 headings.\n  items.gezien: 'Ik voel mij gezien' is not there. Did you mean 'Ik voel me "
        "gezien'?\n  items.klas: 'Mijn klas' is not there.\n"
        "Correct column of these items in study.toml, or the source's file.")


def test_a_heading_that_stands_there_twice_is_the_letter_of_its_column_the_second_time(tmp_path):
    raw = read(tmp_path, ["Ik voel mij gezien"] * 2, [["eens", "oneens"]])
    assert raw.data.loc[2, ["Ik voel mij gezien", "G"]].tolist() == ["eens", "oneens"]
    assert "not used, since no item names them: 'G'" in raw.found


def test_other_double_and_empty_headings_do_no_harm(tmp_path):
    raw = read(tmp_path, ["Ik voel mij gezien", "x", "x", ""], [["eens", "1", "2", "3"]])
    assert raw.data.loc[2, ["x", "H", "I"]].tolist() == ["1", "2", "3"]
    assert "1 column without a heading was not used: I" in raw.found


def test_cells_of_other_types_become_text(tmp_path):
    cells = [True, date(2022, 1, 2), datetime(2022, 1, 2, 3, 4), time(5, 6), 10**15, -0.5]
    raw = wb.read_source(book(tmp_path, [["gezien"], *([cell] for cell in cells)]))
    assert raw.data["gezien"].tolist() == ["TRUE", "2022-01-02", "2022-01-02 03:04:00",
                                           "05:06:00", "1000000000000000", "-0.5"]


def test_errors_and_formulas_without_a_result_are_reported(tmp_path):
    raw = wb.read_source(book(tmp_path, [["gezien", "x"], ["#N/A", 1], ["=1+1", 2], ["eens", 3]]))
    assert raw.data["gezien"].tolist() == ["", "", "eens"]
    assert raw.found[1:3] == ("1 cell holds an Excel error (such as #N/A) and is read as empty",
                              "1 cell holds a formula without a result and is read as empty")


def test_the_only_sheet_with_data_is_read(tmp_path):
    raw = wb.read_source(book(tmp_path, [], [["gezien"], ["eens"]]))
    assert raw.found == ("sheet 'Blad2'", "the first sheet is empty")


def test_the_first_sheet_is_read_when_it_holds_data(tmp_path):
    raw = wb.read_source(book(tmp_path, [["gezien"], ["eens"]], [["gezien"], ["oneens"]]))
    assert raw.data["gezien"].tolist() == ["eens"]
    assert raw.found == ("sheet 'Blad1'", "not read, other sheets with data: Blad2")


def hide_first(study):
    workbook = openpyxl.load_workbook(study.path)
    workbook.worksheets[0].sheet_state = "hidden"
    workbook.save(study.path)
    return study


def test_a_hidden_sheet_does_not_come_before_the_one_that_people_see(tmp_path):
    old, new = [["gezien"], ["oneens"]], [["gezien"], ["eens"], ["eens"]]
    raw = wb.read_source(hide_first(book(tmp_path, old, new)))
    assert raw.data["gezien"].tolist() == ["eens", "eens"]
    assert raw.found == ("sheet 'Blad2'", "not read, other sheets with data: Blad1 (hidden)")


def test_the_sheet_with_the_headings_is_read_behind_an_explanation(tmp_path):
    raw = wb.read_source(book(tmp_path, [["Lees mij"]], [["gezien"], ["eens"]]))
    assert raw.data["gezien"].tolist() == ["eens"]
    assert "not read, other sheets with data: Blad1" in raw.found


def test_two_sheets_with_the_headings_behind_an_explanation_are_refused(tmp_path):
    with pytest.raises(wb.DataError, match=r"sheets 'Blad2', 'Blad3' all show the headings of "
                                           r"study\.toml\. .* as a workbook of its own"):
        wb.read_source(book(tmp_path, [["Lees mij"]], [["gezien"]], [["gezien"]]))


def test_answers_in_merged_cells_are_refused_with_their_address(tmp_path):
    study = book(tmp_path, [["x", "gezien"], [1, "eens"], [2, None], [3, "oneens"]])
    workbook = openpyxl.load_workbook(study.path)
    workbook.worksheets[0].merge_cells("B2:B3")
    workbook.save(study.path)
    with pytest.raises(wb.DataError, match=r"sheet 'Blad1': the cells B2:B3 are merged, so only "
                                           r"the first .* undo the merge in Excel"):
        wb.read_source(study)


def test_merged_cells_without_an_answer_do_no_harm(tmp_path):
    study = book(tmp_path, [["x", "gezien"], [1, "eens"], [2, None], [3, None]])
    workbook = openpyxl.load_workbook(study.path)
    workbook.worksheets[0].merge_cells("B3:B4")
    workbook.save(study.path)
    assert wb.read_source(study).data["gezien"].tolist() == ["eens", "", ""]


@pytest.mark.parametrize("above", [[["Enquête welzijn"]], [["Enquête", "gezien"], [None, "v1"]]])
def test_headings_under_a_title_are_refused_with_their_row(tmp_path, above):
    rows = [*above, ["gezien", "moe"], ["eens", "eens"]]
    study = book(tmp_path, rows)
    items = {"gezien": E3, "moe": E3}
    row = len(above) + 1
    with pytest.raises(wb.DataError, match=rf"the headings stand in row {row}, under a title or "
                                           rf"other rows\. Write heading_row = {row} under this"):
        wb.read_source(source(items, folder=study.setting.folder))
    raw = wb.read_source(source(items, folder=study.setting.folder, heading_row=row))
    assert raw.data.loc[row + 1, ["gezien", "moe"]].tolist() == ["eens", "eens"]


def test_two_sheets_after_an_empty_one_are_refused(tmp_path):
    with pytest.raises(wb.DataError, match=r"first sheet is empty, and 'Blad2', 'Blad3' hold"):
        wb.read_source(book(tmp_path, [], [["gezien"]], [["gezien"]]))


def test_empty_rows_are_skipped_and_reported(tmp_path):
    raw = wb.read_source(book(tmp_path, [["gezien"], ["eens"], [None], ["oneens"]]))
    assert raw.data["gezien"].to_dict() == {2: "eens", 4: "oneens"}
    assert "1 empty row was skipped" in raw.found


def test_merged_headings_leave_columns_without_one(tmp_path):
    described = book(tmp_path, [["gezien", None], ["eens", "x"]])
    workbook = openpyxl.load_workbook(described.path)
    workbook.active.merge_cells("A1:B1")
    stream = io.BytesIO()
    workbook.save(stream)
    described.path.write_bytes(stream.getvalue())
    raw = wb.read_source(described)
    assert raw.data.loc[2].to_dict() == {"gezien": "eens", "B": "x"}


def test_ten_thousand_columns_are_read(tmp_path):
    names = ["gezien", *(f"v{number}" for number in range(9_999))]
    raw = wb.read_source(book(tmp_path, [names, ["eens"] * 10_000]))
    assert raw.data.shape == (1, 10_000)
