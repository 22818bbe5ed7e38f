"""Which part of a question each column is."""

import tomllib

import wbkit as wb
from wbkit.intake.layout import Layout
from wbkit.intake.source_files import read_sheet


def drafted(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    return tomllib.loads(wb.describe(tmp_path / "a.csv").toml)["sources"]["a"]["items"]


def test_options_behind_the_number_of_a_question_are_one_question(tmp_path):
    items = drafted(tmp_path, "1. Hoe vaak?,3. Taal.,3. Rekenen.,3. Gym - nat.,3. Gym - droog.,"
                              "4. Ja.,4. Wie.\n"
                              "soms,Taal.,,gym - nat.,,Ja.,Wie.\nnooit,,Rekenen.,,Gym - droog.,,\n"
                              "vaak,Taal.,Rekenen.,Gym - nat.,,,Wie.\n")
    found = [item for item in items.values() if item["kind"] == "multiple"]
    assert [list(item["columns"]) for item in found] == [
        ["Taal.", "Rekenen.", "Gym - nat.", "Gym - droog."], ["Ja.", "Wie."]]
    assert "Welke vraag" in found[0]["doubt"]


def test_columns_that_hold_only_their_heading_are_options(tmp_path):
    items = drafted(tmp_path, "Heb je hulp?,Geen tijd,Geen zin,Other,Cijfer\n"
                              "ja,Geen tijd,,,7\nnee,,Geen zin,te ver weg,8\n"
                              "ja,Geen tijd,Geen zin,,6\nnee,,,geen bus,7\n")
    found = next(item for item in items.values() if item["kind"] == "multiple")
    assert found["columns"] == {"Geen tijd": "Geen tijd", "Geen zin": "Geen zin", "other": "Other"}
    assert "Welke vraag" in found["doubt"]
    assert {item["column"] for item in items.values()} >= {"Heb je hulp?", "Cijfer"}


def test_options_are_named_by_the_cells_beside_not_selected(tmp_path):
    items = drafted(tmp_path, "q4_1,q4_2,q4_3\nMoeder,Not selected,Not selected\n"
                              "Not selected,Vader,Docent\nMoeder,Vader,Not selected\n")
    (item,) = items.values()
    assert item["columns"] == {"Moeder": "q4_1", "Vader": "q4_2", "Docent": "q4_3"}
    assert item["unticked"] == ["Not selected"]


def test_a_refusal_in_every_column_is_no_tick(tmp_path):
    items = drafted(tmp_path, "q4_1,q4_2\nn.v.t.,n.v.t.\n,n.v.t.\nn.v.t.,\n")
    assert not [item for item in items.values() if item["kind"] == "multiple"]


def test_german_yes_and_no_are_ticks(tmp_path):
    items = drafted(tmp_path, "Fach [Physik],Fach [Chemie]\nJa,Nein\nNein,Ja\nJa,Ja\n")
    (item,) = items.values()
    assert (item["kind"], item["ticked"], item["unticked"]) == ("multiple", ["Ja"], ["Nein"])


def test_what_one_person_typed_behind_other_is_no_option(tmp_path):
    items = drafted(tmp_path, "Vak [taal],Vak [gym],Vak [Anders]\ntaal,,\n,gym,dans\ntaal,gym,\n")
    (item,) = items.values()
    assert (list(item["columns"]), item["other"]) == (["taal", "gym", "other"], "Anders")


def test_a_question_in_the_row_of_options_is_one_of_its_own(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Welke vakken?,,,,,\ntaal,gym,kunst,Hoe vaak?,Hoe lang?,Waarom?\n"
        "taal,,,soms,1,a b\n,gym,kunst,vaak,2,c d\ntaal,gym,,nooit,3,e f\n", encoding="utf-8")
    layout = Layout("csv", heading_row=1, heading_rows=2)
    sheet = read_sheet((tmp_path / "a.csv").read_bytes(), layout, "a.csv", ())
    assert sheet.headings == ("Welke vakken? [taal]", "Welke vakken? [gym]",
                              "Welke vakken? [kunst]", "Hoe vaak?", "Hoe lang?", "Waarom?")
