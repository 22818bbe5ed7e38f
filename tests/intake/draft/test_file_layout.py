"""How an unknown file is laid out."""

import tomllib

import pytest
import xlsxwriter

import wbkit as wb
from wbkit.intake.draft.file_layout import find_layout


def layout(text, name="a.csv"):
    return find_layout(name, text.encode(), name)


def test_options_that_were_ticked_by_name_stand_in_the_second_heading_row():
    found = layout(",Welke vakken?,,,Welke dagen?,,\n#,taal,gym,kunst,ma,di,wo\n"
                   "1,taal,,,ma,,\n2,,gym,kunst,,di,\n3,taal,gym,,ma,di,wo\n").layout
    assert (found.heading_row, found.heading_rows) == (1, 2)


def test_parts_in_the_way_of_limesurvey_are_its_export():
    found = layout("v1[1]. Hulp [taal],v1[2]. Hulp [gym],v1[3]. Hulp [kunst]\n"
                   "Yes,No,No\nNo,No,Yes\n")
    assert found.layout.format == "limesurvey"


def test_a_place_in_an_order_makes_no_export_of_castor():
    found = layout("Zet op volgorde: #1 is het belangrijkst,Nog eens (#1 bovenaan)\na;b,b;a\n")
    assert found.layout.format == "csv"


@pytest.mark.parametrize(("row", "rule"), [
    ("nominaal,ratio,ordinaal,tekst", [{"geslacht": "nominaal"}]),
    ("vrouw,20,hoog,tekst", []),
])
def test_a_row_with_levels_of_measurement_is_nobody(row, rule):
    found = layout(f"geslacht,leeftijd,niveau,waarom\nman,18,laag,zomaar\nvrouw,19,hoog,daarom\n"
                   f"man,17,laag,niets\n{row}\n")
    assert [one for one, _ in found.set_aside] == rule


def test_qualtrics_in_excel_has_labels_below_its_names(tmp_path):
    rows = [["StartDate", "EndDate", "ResponseId", "Q1"],
            ["Start Date", "End Date", "Response ID", "Hoe gaat het?"],
            ["2024-01-01", "2024-01-01", "R_1", "goed"],
            ["2024-01-02", "2024-01-02", "R_2", "slecht"]]
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    draft = tomllib.loads(wb.describe(tmp_path / "a.xlsx").toml)["sources"]["a"]
    assert draft["format"] == "qualtrics"
    assert [(one["label"], one["values"]) for one in draft["items"].values()] == [
        ("Hoe gaat het?", ["slecht", "goed"])]


def test_an_older_dutch_limesurvey_and_its_times_are_no_questions(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Respons ID,Datum verstuurd,Laatste pagina,Begin taal,Heb je hulp?,Totaaltijd,"
        "Groep tijd: intro,Vraag tijd: hulp\n"
        "1,2024-01-01 10:00:00,2,nl,ja,80.1,30.5,49.6\n"
        "2,2024-01-01 11:00:00,2,nl,nee,90.2,40.1,50.1\n", encoding="utf-8")
    draft = tomllib.loads(wb.describe(tmp_path / "a.csv").toml)["sources"]["a"]
    assert draft["format"] == "limesurvey"
    assert [item["column"] for item in draft["items"].values()] == ["Heb je hulp?"]
