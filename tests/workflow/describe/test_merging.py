"""The sheet is read a second time: what either side changed stays, what both changed is asked."""

import json

import openpyxl
import pytest
from builders.files import write_text
from builders.studies import contents, make_study, wbkit

import wbkit as wb
from wbkit.labels import label
from wbkit.workflow.describe.item_sheet import write_item_sheet
from wbkit.workflow.describe.study_file import draft_for

EMPTY = '# van ons\ntitle = "Proef"  # voorlopig\n'
RAW = "nr;rooster;pauze;idee\n" + "".join(
    f"{n};{cell};{cell};mijn eigen idee is nummer {n}, en dat is een lang verhaal\n"
    for n, cell in enumerate(["goed", "matig", "slecht", "goed"] * 3))


@pytest.fixture
def study(tmp_path):
    """Give study.toml into which a sheet was read once."""
    study = make_study(tmp_path, study=EMPTY)
    file = write_text(study.parent / "raw" / "klein.csv", RAW)
    write_item_sheet(draft_for(file, study=study), tmp_path / "items.xlsx", title="Proef")
    assert read(study).exit_code == 0
    return study


def read(study):
    return wbkit("items", "read", study.parent.parent / "items.xlsx", "--study", study)


def in_sheet(study, name, key, cell):
    """Change one cell of the sheet of items."""
    file = study.parent.parent / "items.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["vragen"]
    heads = {one.value: one.column for one in sheet[1]}
    names = [sheet.cell(row, heads["korte naam"]).value for row in range(1, sheet.max_row + 1)]
    place = heads[label(f"sheet_{key}", "nl")]
    sheet.cell(names.index(name) + 1, place).value = cell
    book.save(file)


def in_source(study, key, cell):
    file = study.parent.parent / "items.xlsx"
    book = openpyxl.load_workbook(file)
    keys = [row[0].value for row in book["bron"].iter_rows()]
    book["bron"].cell(keys.index(label(f"sheet_{key}", "nl")) + 1, 2).value = cell
    book.save(file)


def in_study(study, before, after):
    text = study.read_text(encoding="utf-8")
    assert before in text
    study.write_text(text.replace(before, after, 1), encoding="utf-8")


def item(study, name):
    return wb.load_study(study).source("klein").items[name]


def table(study, name, more):
    """Add lines under an item of study.toml."""
    in_study(study, f"[sources.klein.items.{name}]\n", f"[sources.klein.items.{name}]\n{more}\n")


def test_what_was_typed_in_study_toml_since_stays(study):
    table(study, "rooster", 'label = { nl = "Het rooster", en = "The timetable" }\n'
          'corrections = { "heel goed" = "goed" }\nnote = "Let op"  # van Bram')
    in_study(study, 'guessed = true\n', "")
    before = study.read_bytes()
    done = read(study)
    assert (done.exit_code, study.read_bytes()) == (0, before), done.output


def test_what_changed_in_the_sheet_is_taken_over_beside_it(study):
    table(study, "rooster", 'corrections = { "heel goed" = "goed" }  # van Bram')
    in_sheet(study, "rooster", "label", "Hoe is het rooster?")
    in_sheet(study, "pauze", "guessed", "ja")
    assert read(study).exit_code == 0
    assert item(study, "rooster").corrections == {"heel goed": "goed"}
    assert item(study, "rooster").label.nl == "Hoe is het rooster?"
    assert (item(study, "rooster").guessed, item(study, "pauze").guessed) == (True, False)
    assert "# van Bram" in study.read_text(encoding="utf-8")


def test_what_both_changed_is_asked_and_not_written_until_they_agree(study):
    table(study, "rooster", 'label = "Roosters"')
    in_sheet(study, "rooster", "label", "Het rooster")
    in_sheet(study, "pauze", "label", "De pauze")
    for _ in range(2):
        done = read(study)
        assert done.exit_code == 1
        assert "BOTH    items.rooster, label: study.toml has 'Roosters', the sheet has " \
            "'Het rooster'. Write the same in both" in done.output
        assert (item(study, "rooster").label.nl, item(study, "pauze").label.nl) == (
            "Roosters", "De pauze")
    in_sheet(study, "rooster", "label", "Roosters")
    assert read(study).exit_code == 0
    in_sheet(study, "rooster", "label", "Nieuw")
    assert read(study).exit_code == 0
    assert item(study, "rooster").label.nl == "Nieuw"


def test_the_same_change_on_both_sides_is_no_question(study):
    table(study, "rooster", 'theme = "les"')
    in_sheet(study, "rooster", "theme", "les")
    assert read(study).exit_code == 0


def test_a_change_that_is_taken_back_on_one_side_only_is_followed(study):
    in_sheet(study, "rooster", "theme", "les")
    assert read(study).exit_code == 0
    in_sheet(study, "rooster", "theme", None)
    assert read(study).exit_code == 0
    assert item(study, "rooster").theme is None


def test_keys_of_the_source_are_merged_too(study):
    in_study(study, 'unit = "unit"', 'unit = "student"')
    in_source(study, "source_label", "De kleine enquête")
    assert read(study).exit_code == 0
    source = wb.load_study(study).source("klein")
    assert (source.unit, source.label.nl) == ("student", "De kleine enquête")
    in_source(study, "unit", "docent")
    done = read(study)
    assert done.exit_code == 1
    assert "BOTH    klein, unit: study.toml has 'student', the sheet has 'docent'" in done.output


def test_the_title_of_the_study_is_merged_and_keeps_its_comment(study):
    in_source(study, "study_title", "Roosters")
    assert read(study).exit_code == 0
    assert 'title = "Roosters"' in study.read_text(encoding="utf-8")
    in_study(study, '"Roosters"', '"Iets anders"')
    assert read(study).exit_code == 0
    assert wb.load_study(study).title.nl == "Iets anders"


def test_a_column_can_be_left_out_later_and_taken_back(study):
    in_sheet(study, "idee", "kind", "niet gebruiken")
    assert read(study).exit_code == 0
    source = wb.load_study(study).source("klein")
    assert ("idee" in source.items, source.ignore) == (False, ("idee",))
    in_sheet(study, "idee", "kind", "open antwoord")
    assert read(study).exit_code == 0
    source = wb.load_study(study).source("klein")
    assert ("idee" in source.items, source.ignore) == (True, ())


def test_an_item_that_somebody_worked_on_is_not_removed(study):
    table(study, "idee", 'theme = "les"')
    in_sheet(study, "idee", "kind", "niet gebruiken")
    done = read(study)
    assert done.exit_code == 1
    assert "BOTH    items.idee: was changed in study.toml, and the sheet does not use it" \
        in done.output
    assert item(study, "idee").theme == "les"


def test_an_item_that_was_removed_from_study_toml_stays_away(study):
    text = study.read_text(encoding="utf-8")
    place = text.index("[sources.klein.items.idee]")
    study.write_text(text[:place], encoding="utf-8")
    assert read(study).exit_code == 0
    assert "idee" not in wb.load_study(study).source("klein").items
    in_sheet(study, "idee", "theme", "les")
    done = read(study)
    assert done.exit_code == 1
    assert "items.idee: was removed from study.toml and changed in the sheet" in done.output


def test_a_row_that_is_gone_from_the_sheet_is_said_and_stays(study):
    file = study.parent.parent / "items.xlsx"
    book = openpyxl.load_workbook(file)
    book["vragen"].delete_rows(2)
    book.save(file)
    done = read(study)
    assert done.exit_code == 0
    assert "its row is no longer in the sheet; it stays" in done.output
    assert len(wb.load_study(study).source("klein").items) == 4


def test_another_id_is_followed_and_comments_stay(study):
    table(study, "rooster", 'theme = "les"  # van Bram')
    in_sheet(study, "rooster", "name", "lesrooster")
    done = read(study)
    assert done.exit_code == 0, done.output
    items = wb.load_study(study).source("klein").items
    assert (list(items)[1], items["lesrooster"].theme) == ("lesrooster", "les")
    assert "rooster" not in items
    assert "# van Bram" in study.read_text(encoding="utf-8")


def test_another_id_is_followed_where_a_question_is_asked_after_it(tmp_path):
    study = make_study(tmp_path, study=EMPTY)
    rows = [("ja", ("goed", "slecht", "matig")[n % 3]) for n in range(9)] + [("nee", "")] * 9
    file = write_text(study.parent / "raw" / "klein.csv", "werk;hoe\n" + "".join(
        f"{work};{how}\n" for work, how in rows))
    write_item_sheet(draft_for(file, study=study), tmp_path / "items.xlsx")
    in_sheet(study, "werk", "name", "heeft_werk")
    done = read(study)
    assert done.exit_code == 0, done.output
    assert wb.load_study(study).source("klein").items["hoe"].asked_if == {"heeft_werk": ("ja",)}
    in_sheet(study, "heeft_werk", "name", "baan")
    done = read(study)
    assert done.exit_code == 0, done.output
    assert wb.load_study(study).source("klein").items["hoe"].asked_if == {"baan": ("ja",)}


def test_a_new_sheet_of_the_same_file_undoes_nothing(study, tmp_path):
    in_sheet(study, "rooster", "label", "Het rooster")
    in_sheet(study, "rooster", "guessed", "ja")
    assert read(study).exit_code == 0
    (tmp_path / "items.xlsx").unlink()
    write_item_sheet(draft_for(study.parent / "raw" / "klein.csv", study=study),
                     tmp_path / "items.xlsx", title="Proef")
    assert read(study).exit_code == 0
    assert (item(study, "rooster").label.nl, item(study, "rooster").guessed) == (
        "Het rooster", False)


def test_a_workbook_without_its_hidden_sheet_changes_nothing_that_stands_there(study):
    (study.parent / ".klein.sheet.json").unlink()
    file = study.parent.parent / "items.xlsx"
    book = openpyxl.load_workbook(file)
    del book["wbkit"]
    book.save(file)
    in_sheet(study, "rooster", "label", "Het rooster")
    in_sheet(study, "pauze", "values", "slecht\nmatig")
    done = read(study)
    assert done.exit_code == 1
    assert "BOTH    items.pauze, values" in done.output
    assert item(study, "rooster").label.nl == "Het rooster"
    assert len(item(study, "pauze").values) == 3


def test_a_study_that_would_be_wrong_stays_and_so_does_what_was_read(study):
    before = contents(study.parent)
    in_sheet(study, "rooster", "values", "goed\ngoed")
    assert read(study).exit_code == 1
    assert contents(study.parent) == before


def test_what_was_read_is_kept_beside_the_study_without_an_answer_of_anybody(study):
    told = json.loads((study.parent / ".klein.sheet.json").read_text(encoding="utf-8"))
    assert [row["name"] for row in told["items"]] == ["nr", "rooster", "pauze", "idee"]
    assert "lang verhaal" not in json.dumps(told)
