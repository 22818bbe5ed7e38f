"""A file is read as study.toml says that it is laid out."""

import openpyxl
import pytest
from builders.files import write_text
from builders.raw import E3, source

import wbkit as wb
from wbkit.intake.layout import Layout, layout_of

OPEN = {"kind": "open"}


def read(tmp_path, text, items, **fields):
    write_text(tmp_path / "a.csv", text)
    given = {"file": "a.csv", "format": "csv"} | fields
    return wb.read_source(source(items, folder=tmp_path, **given))


def book(tmp_path, *sheets):
    """Write a workbook; each sheet is a name and its rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(tmp_path / "a.xlsx")


def test_a_source_says_how_its_file_is_laid_out():
    one = source({"a": OPEN}, format="excel", sheet="Data", heading_row=3, heading_rows=2)
    assert layout_of(one) == Layout("excel", "Data", 3, 2, None)


def test_rows_above_the_headings_are_left_out_and_keep_their_number(tmp_path):
    raw = read(tmp_path, "Enquete;;\n;;\ngezien;b;c\neens;1;2\n", {"gezien": E3}, heading_row=3)
    assert raw.data["gezien"].to_dict() == {4: "eens"}


@pytest.mark.parametrize("fields", [{"format": "csv"}, {"format": "excel", "file": "a.xlsx"}])
def test_a_heading_row_below_the_end_is_refused(tmp_path, fields):
    book(tmp_path, ("Data", [["gezien"], ["eens"]]))
    with pytest.raises(wb.DataError, match="heading_row = 9, and .* Correct heading_row in study"):
        read(tmp_path, "gezien\neens\n", {"gezien": E3}, heading_row=9, **fields)


def test_two_rows_of_headings_are_joined(tmp_path):
    columns = {"plannen": "Hulp [plannen]", "taal": "Hulp [taal]"}
    raw = read(tmp_path, "Klas;Hulp;\n;plannen;taal\nk1;x;\nk2;;x\n",
               {"hulp": {"kind": "multiple", "columns": columns}}, heading_rows=2)
    assert list(raw.data) == ["Klas", "Hulp [plannen]", "Hulp [taal]"]
    assert wb.clean(raw).data["hulp:taal"].tolist() == [False, True]


def test_a_sheet_is_read_by_its_name(tmp_path):
    book(tmp_path, ("Oud", [["gezien"], ["oneens"]]), ("Nieuw", [["gezien"], ["eens"]]))
    one = source({"gezien": E3}, folder=tmp_path, file="a.xlsx", format="excel", sheet="Nieuw")
    raw = wb.read_source(one)
    assert raw.data["gezien"].tolist() == ["eens"]
    assert "not read, other sheets with data: Oud" in raw.found


def test_a_sheet_that_is_not_there_is_named_with_what_is(tmp_path):
    book(tmp_path, ("Antwoorden", [["gezien"], ["oneens"]]))
    one = source({"gezien": E3}, folder=tmp_path, file="a.xlsx", format="excel", sheet="Antwoord")
    with pytest.raises(wb.DataError, match="has no sheet 'Antwoord' with cells; it has "
                                           "'Antwoorden'. Did you mean 'Antwoorden'?"):
        wb.read_source(one)


def test_a_workbook_of_another_platform_is_read_as_one(tmp_path):
    book(tmp_path, ("Data", [["Timestamp", "gezien"], ["15-11-2022 09:00:00", "eens"]]))
    raw = wb.read_source(source({"gezien": E3}, folder=tmp_path, file="a.xlsx",
                                format="google-forms"))
    assert raw.data["gezien"].tolist() == ["eens"]
    assert raw.completed.notna().all()


def test_one_row_for_each_answer_is_turned_into_one_for_each_unit(tmp_path):
    raw = read(tmp_path, "wie;vraag;zei\n1;gezien;eens\n1;moe;oneens\n2;gezien;oneens\n",
               {"gezien": E3, "moe": E3},
               long={"unit": "wie", "question": "vraag", "answer": "zei"})
    assert raw.data["gezien"].tolist() == ["eens", "oneens"]
    assert raw.data["moe"].tolist() == ["oneens", ""]


@pytest.mark.parametrize("written", ["Ik voel me <b>gezien</b>", "Ik voel me gezien",
                                     "<p>Ik voel me&nbsp;gezien</p>"])
def test_tags_of_web_pages_in_a_heading_make_no_difference(tmp_path, written):
    raw = read(tmp_path, "<p>Ik voel me <strong>gezien</strong></p>;b\neens;1\n",
               {"gezien": E3 | {"column": written}})
    assert wb.clean(raw).data["gezien"].tolist() == ["eens"]


def test_less_than_in_a_heading_is_no_tag(tmp_path):
    raw = read(tmp_path, "uren < 8;b\neens;1\n", {"gezien": E3 | {"column": "uren < 8"}})
    assert raw.data["uren < 8"].tolist() == ["eens"]


def test_a_heading_that_stands_there_twice_can_be_named_by_its_letter(tmp_path):
    raw = read(tmp_path, "gezien;waarom;moe;waarom\neens;a;oneens;b\n",
               {"gezien": E3, "waarom": OPEN, "moe": E3, "nog": OPEN | {"column": "D"}})
    assert wb.clean(raw).data["nog"].tolist() == ["b"]


def test_a_column_without_a_heading_can_be_named_by_its_letter(tmp_path):
    raw = read(tmp_path, "gezien;;b\neens;uitleg;1\n", {"gezien": E3, "x": OPEN | {"column": "B"}})
    assert raw.data["B"].tolist() == ["uitleg"]


def test_a_letter_that_is_a_heading_already_gets_brackets(tmp_path):
    raw = read(tmp_path, "B;gezien;B\n1;eens;2\n", {"gezien": E3})
    assert list(raw.data) == ["B", "gezien", "C"]
    raw = read(tmp_path, "C;gezien;C\n1;eens;2\n", {"gezien": E3})
    assert list(raw.data) == ["C", "gezien", "(C)"]


def test_the_sheet_that_was_read_below_its_title_is_not_among_the_others(tmp_path):
    book(tmp_path, ("Blad1", [["Enquete 2026"], [], ["gezien", "b"], ["eens", 1]]))
    raw = wb.read_source(source({"gezien": E3, "b": OPEN}, folder=tmp_path, file="a.xlsx",
                                format="excel", heading_row=3))
    assert raw.data["gezien"].tolist() == ["eens"]
    assert raw.found == ("sheet 'Blad1'",)
