"""From a raw file to a Table: rankings, and numbers that are no answer."""

import openpyxl
import pytest

import wbkit as wb
from wbkit.intake.processed import write_processed

STUDY = """
title = "Proef"
[sources.students]
file = "raw/students.csv"
format = "csv"
unit = "student"
synthetic = true
design = { kind = "srs", invited = 7 }
[sources.students.items.nodig]
kind = "ranking"
label = "Wat heb je nodig?"
[sources.students.items.nodig.columns]
tijd = "Nodig [tijd]"
geld = "Nodig [geld]"
rust = "Nodig [rust]"
[sources.students.items.volgorde]
kind = "ranking"
label = "Wat helpt?"
values = ["coach", "ouder", "vriend"]
separator = ">"
missing = ["geen idee"]
[sources.students.items.reistijd]
kind = "numeric"
label = "Hoe lang reis je?"
unit_words = ["min", "minuten"]
missing = ["weet ik niet"]
missing_ranges = [[97, 99]]
[sources.students.items.aanraden]
kind = "numeric"
label = "Zou je ons aanraden?"
range = [0, 10]
missing = ["99"]
missing_labels = { nl = ["geen mening"], en = ["no opinion"] }
"""
RAW = """Nodig [tijd];Nodig [geld];Nodig [rust];volgorde;reistijd;aanraden
1;2;3;coach > ouder;15 min;9
1;3;2;ouder;25 minuten;8
2;1;;coach > vriend > ouder;99;99
;;;geen idee;98;10
3;1;2;;weet ik niet;99
2;1;3;vriend > coach;30;
;2;1;coach;99,0;7
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/students.csv").write_text(RAW, encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return wb.load_study(tmp_path / "study.toml")


@pytest.fixture
def responses(study):
    return wb.clean(wb.read_source(study.source("students")))


def counts(table, name="n"):
    return dict(zip(table.data["value"], table.data[name], strict=True))


def words(table, language="nl"):
    return " ".join(table.show(language).notes).replace("\xa0", " ")


def test_columns_of_places_are_counted(responses):
    table = wb.frequency(responses, "nodig")
    assert counts(table) == {"tijd": 2, "geld": 3, "rust": 1}
    assert counts(table, "ranked") == {"tijd": 5, "geld": 6, "rust": 5}
    assert counts(table, "mean")["geld"] == pytest.approx((2 + 3 + 1 + 1 + 1 + 2) / 6)
    assert set(table.data["base"]) == {6}
    assert "Niet in de basis: 1 × geen antwoord." in words(table)


def test_an_order_in_one_cell_is_counted_with_its_missing_code(responses):
    table = wb.frequency(responses, "volgorde")
    assert counts(table) == {"coach": 3, "ouder": 1, "vriend": 1}
    assert counts(table, "mean") == {"coach": 5 / 4, "ouder": 2, "vriend": 3 / 2}
    assert "Niet in de basis: 1 × ‘geen idee’, 1 × geen antwoord." in words(table)


def test_cleaned_rankings_come_back_as_they_went_in(study, responses):
    raw = wb.read_source(study.source("students"))
    write_processed(responses, raw, study.folder / "processed")
    back = wb.read_responses(study, "students")
    for name in ("nodig", "volgorde", "reistijd", "aanraden"):
        one, other = (wb.frequency(part, name) for part in (responses, back))
        assert one.fingerprint == other.fingerprint and repr(one) == repr(other)
    assert str(back.data["nodig:rust"].dtype) == "float64"


def test_numbers_in_a_missing_range_are_counted_beside_the_base_with_their_code(responses):
    table = wb.frequency(responses, "reistijd")
    assert counts(table) == {"15": 1, "25": 1, "30": 1}
    assert "Niet in de basis: 1 × ‘weet ik niet’, 1 × ‘98’, 2 × ‘99’." in words(table)
    mean = wb.estimate(responses, "reistijd")
    assert mean.data["estimate"].tolist() == pytest.approx([70 / 3])
    assert "1 × ‘weet ik niet’, 1 × ‘98’, 2 × ‘99’" in words(mean)
    assert mean.data["n"].tolist() == [3]


def test_a_missing_code_of_numbers_is_printed_in_its_words(responses):
    table = wb.frequency(responses, "aanraden")
    assert counts(table)["9"] == 1 and set(table.data["base"]) == {4}
    assert "Niet in de basis: 2 × ‘geen mening’, 1 × geen antwoord." in words(table)
    assert "2 × ‘no opinion’" in words(table, "en")
    mean = wb.estimate(responses, "aanraden")
    assert mean.data["estimate"].tolist() == [8.5] and "2 × ‘geen mening’" in words(mean)


def test_of_asked_a_missing_range_is_a_row_of_its_own(responses):
    table = wb.frequency(responses, "reistijd", of="asked")
    assert counts(table)["99"] == 2 and counts(table)["98"] == 1
    assert set(table.data["base"]) == {7}


def test_cells_keep_the_codes_of_a_missing_range(responses):
    cells = wb.count_cells(responses, ["reistijd", "volgorde"], numeric="values")
    for name in ("reistijd", "volgorde"):
        assert words(wb.frequency(cells, name)) == words(wb.frequency(responses, name))


def test_a_ranking_is_saved_as_csv_xlsx_json_and_png(study, responses):
    table = wb.save(wb.frequency(responses, "nodig"), "10_nodig")
    wb.save(wb.plot_bars(table), "10_nodig")
    folder = responses.source.setting.results
    head, first = (folder / "tables/10_nodig.csv").read_text(encoding="utf-8").splitlines()[:2]
    assert head.startswith("item,value,n,top,ranked,base,share,share_top,mean")
    assert first.startswith("nodig,tijd,2,4,5,6,0.3333")
    sheet = openpyxl.load_workbook(folder / "tables/10_nodig.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[2][:5] == ["vraag", "optie", "op plaats 1", "bij de eerste 2",
                            "kreeg een plaats van"]
    assert cells[3][2:6] == [2, 4, 5, 6]
    assert (folder / "figures/10_nodig.png").read_bytes().startswith(b"\x89PNG")
    assert '"kind": "ranking"' in (folder / "tables/10_nodig.json").read_text(encoding="utf-8")
    addresses = table.cells.set_index(["measure", "cell"])["number"]
    assert addresses["top", "value=geld"] == 5
