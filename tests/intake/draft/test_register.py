"""A hand-made register is drafted as counts: years, groups, base, parts, totals."""

import openpyxl
import pytest
from builders.files import write_text
from builders.studies import make_study, wbkit

import wbkit as wb
from wbkit.intake.draft.register import find_register

EMPTY = 'title = "Proef"\n'
# 2 years x 2 teams; a total for each year; early leavers are a part of the students
REGISTER = """Schooljaar;Team;Aantal studenten;Uitval;VSV
2021-2022;Zorg;120;12;4
2021-2022;Techniek;80;10;5
2021-2022;Totaal;200;22;9
2022-2023;Zorg;130;9;3
2022-2023;Techniek;70;14;7
2022-2023;Totaal;200;23;10
"""


def drafted(tmp_path, text, name="uitval.csv"):
    return wb.describe(write_text(tmp_path / name, text))


def item(draft, heading):
    return next(one for one in draft.items if one.column.heading == heading)


def test_years_groups_base_parts_and_totals_are_found(tmp_path):
    draft = drafted(tmp_path, REGISTER)
    assert draft.counts == {
        "cells": ["schooljaar", "team"], "base": "aantal_studenten", "parts": ["uitval", "vsv"],
        "totals": {"team": "Totaal"}}
    assert draft.unit == "student"
    assert item(draft, "Schooljaar").fields["values"] == ["2021-2022", "2022-2023"]
    assert set(item(draft, "Team").fields["values"]) == {"Zorg", "Techniek"}
    assert draft.set_aside == ()


def test_the_denominator_is_asked(tmp_path):
    draft = drafted(tmp_path, REGISTER)
    assert item(draft, "Aantal studenten").fields["doubt"].startswith(
        "Is Aantal studenten het aantal waarvan 'Uitval', 'VSV' een deel zijn")
    assert "doubt" not in item(draft, "Uitval").fields


def test_a_csv_of_the_administration_is_described_prepared_and_counted(tmp_path):
    study = make_study(tmp_path, study=EMPTY)
    file = write_text(study.parent / "raw" / "uitval.csv", REGISTER)
    done = wbkit("describe", file, "--study", study)
    assert done.exit_code == 0, done.output
    done = wbkit("prepare", "--study", study)
    assert "6 rows = 4 kept + 2 set aside" in done.output, done.output
    assert "ASK  items.aantal_studenten" in done.output
    answers = wb.read_responses(wb.load_study(study), "uitval")
    assert answers.data["aantal_studenten"].sum() == 400


def test_a_workbook_goes_through_the_sheet(tmp_path):
    study = make_study(tmp_path, study=EMPTY)
    book = openpyxl.Workbook()
    for line in REGISTER.splitlines():
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in line.split(";")])
    book.save(study.parent / "raw" / "uitval.xlsx")
    file = study.parent / "raw" / "uitval.xlsx"
    done = wbkit("describe", file, "--study", study, "--sheet", tmp_path / "items.xlsx")
    assert done.exit_code == 0, done.output
    done = wbkit("items", "read", tmp_path / "items.xlsx", "--study", study)
    assert done.exit_code == 0, done.output
    source = wb.load_study(study).source("uitval")
    assert (source.kind, source.counts.cells, source.counts.totals) == (
        "counts", ("schooljaar", "team"), {"team": "Totaal"})
    assert "4 kept + 2 set aside" in wbkit("prepare", "--study", study).output


def test_a_total_over_unclear_cells_is_set_aside(tmp_path):
    draft = drafted(tmp_path, REGISTER + "Eindtotaal;;400;45;19\n")
    assert draft.counts["totals"] == {"team": "Totaal"}
    assert draft.set_aside == (({"Schooljaar": "Eindtotaal"}, "totaalregel onder de tabel"),)


def test_a_count_that_is_larger_than_the_base_stands_beside_it(tmp_path):
    text = "jaar;team;ingeschreven;extraneus\n2021;a;10;3\n2021;b;5;6\n2022;a;12;1\n2022;b;20;2\n"
    counts = drafted(tmp_path, text).counts
    assert (counts["base"], counts["beside"], "parts" in counts) == (
        "ingeschreven", ["extraneus"], False)


def test_a_definition_levels_and_percentages_are_told_apart_from_counts(tmp_path):
    text = ("Year;Level;Students;Dropout;Dropout %;Definition\n2021;2;200;20;10,0;v1\n"
            "2021;3;100;5;5,0;v1\n2022;2;210;30;14,3;v2\n2022;3;110;4;3,6;v2\n")
    draft = drafted(tmp_path, text)
    assert draft.counts == {"cells": ["year", "level"], "base": "students", "parts": ["dropout"],
                            "definition": "definition"}
    assert draft.ignored == ("Dropout %",)
    assert item(draft, "Level").fields["values"] == ["2", "3"]


def test_a_mark_for_thousands_is_read_as_one(tmp_path):
    study = make_study(tmp_path, study=EMPTY)
    text = "jaar;team;studenten;uitval\n2021;a;1.012;20\n2021;b;500;6\n2022;a;998;1\n2022;b;20;2\n"
    write_text(study.parent / "raw" / "r.csv", text)
    assert wbkit("describe", study.parent / "raw" / "r.csv", "--study", study).exit_code == 0
    done = wbkit("prepare", "--study", study)
    assert done.exit_code == 0, done.output
    answers = wb.read_responses(wb.load_study(study), "r")
    assert answers.data["studenten"].tolist() == [1012, 500, 998, 20]


def test_counts_that_were_not_given_are_no_answer(tmp_path):
    text = "jaar;team;studenten;uitval\n2021;a;12;<5\n2021;b;50;6\n2022;a;98;-\n2022;b;20;7\n"
    assert item(drafted(tmp_path, text), "uitval").fields["missing"] == ["-", "<5"]


@pytest.mark.parametrize("text", [
    # a survey: the same answers come from several people
    "Jaar;Klas;Aantal uren\n" + "2021;1a;4\n2021;1a;5\n2022;1b;6\n2022;1b;4\n",
    # a survey of two years: everybody answers in a way of their own
    "Jaar;Klas;Rooster;Aantal uren\n" + "".join(
        f"{2021 + n % 2};{'abcd'[n % 4]};{['goed', 'matig', 'slecht'][n // 4]};{n}\n"
        for n in range(12)),
    # no column of years
    "Team;Aantal studenten\nZorg;12\nTechniek;20\n",
    # a year of birth is no school year
    "Wat is je geboortejaar?;Klas;Aantal uren\n2005;a;4\n2006;b;5\n2005;c;6\n",
    # years without any count of people
    "Jaar;Team;Rang\n2021;a;1\n2021;b;2\n2022;a;2\n2022;b;1\n",
])
def test_other_files_are_no_register(tmp_path, text):
    assert drafted(tmp_path, text).counts is None


def test_a_register_of_one_year_has_each_group_once(tmp_path):
    text = "Schooljaar;Team;Studenten;Uitval\n" + "".join(
        f"2022-2023;{team};{n};3\n" for team, n in (("Zorg", 30), ("Groen", 40), ("Bouw", 25)))
    assert drafted(tmp_path, text).counts["cells"] == ["schooljaar", "team"]


def test_years_beside_each_other_are_asked_to_be_turned(tmp_path):
    text = "Team;2020-2021;2021-2022;2022-2023\nZorg;120;130;125\nTechniek;80;70;77\n"
    draft = drafted(tmp_path, text)
    assert draft.counts is None
    doubt = item(draft, "2020-2021").fields["doubt"]
    assert "De jaren '2020-2021', '2021-2022', '2022-2023' staan naast elkaar" in doubt
    assert "met één rij per 'Team' en jaar" in doubt
    assert sum("doubt" in one.fields for one in draft.items) == 1


def test_a_file_without_rows_of_groups_is_none():
    assert find_register(wb.intake.sheet.Sheet(("jaar", "aantal"), (["2021"], ["3"]), [2])) is None
