"""The Excel sheet of items: what it shows, and that it gives the same study as the draft."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from builders.files import write_text
from builders.platform_exports import LIMESURVEY, LIMESURVEY_WORDS, QUALTRICS, write_sav
from builders.studies import make_study, wbkit

import wbkit as wb
from wbkit.labels import label, words
from wbkit.messages import LANGUAGES
from wbkit.study.item import SPECIAL
from wbkit.workflow.describe.item_sheet import write_item_sheet
from wbkit.workflow.describe.item_sheet_reading import read_item_sheet
from wbkit.workflow.describe.sheet_fields import FIELDS, choice_words
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
    """Copy the sheet, with other words in the row of the first question of the file."""
    book = openpyxl.load_workbook(made[1])
    sheet = book["vragen"]
    places = {cell.value: cell.column for cell in sheet[1]}
    place = places[label("sheet_place", "nl")]
    row = next(one for one in range(2, sheet.max_row + 1) if sheet.cell(one, place).value == "1")
    for key, value in cells.items():
        sheet.cell(row, places[label(f"sheet_{key}", "nl")], value)
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
    assert "not confirmed: 49" in done.output


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
    assert len(lists) == 4


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
    ({"kind": "meerkeuze"}, r"'soort vraag': there is 'meerkeuze'. It may be"),
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


LONG = ("nr;Vraag;Antwoord\n" + "".join(
    f"{n};{question};{answer}\n" for n in range(1, 7) for question, answer in
    (("Hoe gaat het op school?", "goed"), ("Wie helpt jou hier?", "coach"))))
TABBED = "nr\thulp\tduur\n" + "".join(
    f"{n}\t{hulp}\t{duur}\n" for n, (hulp, duur) in enumerate(
        [("taal, plannen", "5 min"), ("taal", "6"), ("plannen, taal", "7 min"), ("taal", "8"),
         ("plannen", "9"), ("taal, plannen", "4")] * 2))
FILES = {
    "qualtrics": ("a.csv", QUALTRICS), "limesurvey": ("a.csv", LIMESURVEY),
    "words": ("a.csv", LIMESURVEY_WORDS), "long": ("a.csv", LONG), "tabbed": ("a.tsv", TABBED),
    "title": ("a.csv", "Enquête 2024;;\n;;\nnr;weg;Ik voel mij gezien\n"
              + "".join(f"{n};bol;eens\n{n}x;bbl;oneens\n" for n in range(6))),
}


@pytest.mark.parametrize("name", [*FILES, "spss"])
def test_every_key_that_a_draft_can_have_goes_through_the_sheet(tmp_path, name):
    said = {}
    for way in ("sheet", "toml"):
        study = make_study(tmp_path / way, study=EMPTY)
        raw = study.parent / "raw"
        file = write_sav(raw / "a.sav") if name == "spss" else write_text(
            raw / FILES[name][0], FILES[name][1])
        draft = draft_for(file, study=study, name="x")
        if way == "sheet":
            write_item_sheet(draft, tmp_path / "items.xlsx")
            done = wbkit("items", "read", tmp_path / "items.xlsx", "--study", study)
            assert done.exit_code == 0, done.output
        else:
            add_source(draft, study)
        source = wb.load_study(study).source("x")
        said[way] = (source.model_dump(exclude={"setting"}), list(source.items))
    assert said["sheet"] == said["toml"]


def small(tmp_path, text, **changes):
    """Write a sheet of a small file, change cells of its sheets, and read it."""
    study = make_study(tmp_path, study=EMPTY)
    file = write_text(study.parent / "raw" / "klein.csv", text)
    if not (tmp_path / "items.xlsx").exists():
        write_item_sheet(draft_for(file, study=study), tmp_path / "items.xlsx", title="Proef")
    change(tmp_path / "items.xlsx", **changes)
    return study, wbkit("items", "read", tmp_path / "items.xlsx", "--study", study)


def change(file, *, items=(), source=(), aside=()):
    """Change cells: (id, key, words), (key, words), and rows of rules."""
    book = openpyxl.load_workbook(file)
    sheet = book["vragen"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    names = [sheet.cell(row, heads["korte naam"]).value for row in range(1, sheet.max_row + 1)]
    for name, key, cell in items:
        sheet.cell(names.index(name) + 1, heads[label(f"sheet_{key}", "nl")]).value = cell
    keys = [row[0].value for row in book["bron"].iter_rows()]
    for key, cell in source:
        book["bron"].cell(keys.index(label(f"sheet_{key}", "nl")) + 1, 2).value = cell
    for row, cells in enumerate(aside, start=2):
        for place, cell in enumerate(cells, start=1):
            book["rijen"].cell(row, place).value = cell
    book.save(file)


ROOSTER = "nr;test;rooster;pauze\n" + "".join(
    f"{n};{'ja' if n == 3 else 'nee'};{cell};{cell}\n" for n, cell in enumerate(
        ["goed", "matig", "slecht", "goed"] * 3))


def test_rows_can_be_set_aside_and_columns_left_out_in_the_sheet(tmp_path):
    study, done = small(tmp_path, ROOSTER, aside=[("test", "ja", "proefrij")],
                        items=[("pauze", "kind", "niet gebruiken")],
                        source=[("study_title", "Roosters"), ("unit", "student"),
                                ("source_label", "Het rooster")])
    assert done.exit_code == 0, done.output
    loaded = wb.load_study(study)
    source = loaded.source("klein")
    assert (loaded.title.nl, source.unit, source.label.nl) == ("Roosters", "student", "Het rooster")
    (rule,) = source.set_aside
    assert (rule.where, rule.reason) == ({"test": "ja"}, "proefrij")
    assert "pauze" in source.ignore and "pauze" not in source.items
    assert "12 rows = 11 kept + 1 set aside" in wbkit("prepare", "--study", study).output


def test_a_rule_without_a_reason_is_named(tmp_path):
    study, done = small(tmp_path, ROOSTER, aside=[("test", "ja", "")])
    assert done.exit_code == 1
    assert "sheet 'rijen', row 2: needs a column, what stands in its cell, and a reason" \
        in done.output
    assert study.read_text(encoding="utf-8") == EMPTY


def test_a_sign_that_a_cell_cannot_show_is_chosen_by_its_name(tmp_path):
    study, done = small(tmp_path, "nr;hulp\n1;\"a\nb\"\n2;\"b\nc\"\n3;a\n4;b\n",
                        items=[("hulp", "kind", "meer antwoorden mogelijk"),
                               ("hulp", "values", "a\nb\nc"),
                               ("hulp", "separator", "nieuwe regel")])
    assert done.exit_code == 0, done.output
    assert wb.load_study(study).source("klein").items["hulp"].separator == "\n"


def test_an_emptied_question_is_answered(tmp_path):
    text = ROOSTER.replace("rooster;pauze", "rooster;")
    study, done = small(tmp_path, text)
    assert "ASK  d: D heeft geen kop: wat is hier gevraagd?" in done.output
    assert wb.load_study(study).source("klein").items["d"].doubt
    change(tmp_path / "items.xlsx", items=[("d", "doubt", None), ("d", "label", "De pauze")])
    done = wbkit("items", "read", tmp_path / "items.xlsx", "--study", study)
    item = wb.load_study(study).source("klein").items["d"]
    assert (item.doubt, item.label.nl, "ASK" in done.output) == (None, "De pauze", False)


def test_unsure_rows_stand_first_and_study_toml_keeps_the_order_of_the_file(tmp_path):
    text = ROOSTER.replace("rooster;pauze", "rooster;")
    study, _ = small(tmp_path, text)
    rows = list(openpyxl.load_workbook(tmp_path / "items.xlsx")["vragen"].values)
    place = rows[0].index("hoe zeker?")
    assert [row[place] for row in rows[1:]] == ["vraag", "zeker", "zeker", "zeker"]
    assert list(wb.load_study(study).source("klein").items) == ["nr", "test", "rooster", "d"]


def test_the_sheet_shows_answers_of_closed_questions_only(tmp_path):
    text = "mail;rooster;idee\n" + "".join(
        f"a{n}@x.nl;{cell};mijn eigen idee over {what} is een heel lang verhaal\n"
        for n, (cell, what) in enumerate(zip(
            ["goed", "matig", "slecht", "goed", "matig"],
            ["de kantine", "het rooster", "de lessen", "de stage", "rust"], strict=True)))
    small(tmp_path, text)
    rows = list(openpyxl.load_workbook(tmp_path / "items.xlsx")["vragen"].values)
    place, name = rows[0].index("voorbeelden van antwoorden"), rows[0].index("korte naam")
    assert {row[name]: row[place] or "" for row in rows[1:]} == {
        "mail": "", "rooster": "goed\nmatig", "idee": ""}
    assert "@" not in str(rows) and "eigen idee" not in str(rows)


@pytest.mark.parametrize(("key", "words", "message"), [
    ("long", "eenheid → nr", "there is 'eenheid' before an arrow. It may be unit, question"),
    ("counts", "teller → nr", "there is 'teller' before an arrow. It may be cells, base"),
    ("heading_row", "drie", "there is 'drie'. Write the number of a row, as Excel shows it"),
    ("design", "geen idee", "there is 'geen idee'. It may be"),
    ("unit", None, "'één rij is één …' is empty or missing. Fill it in."),
])
def test_a_wrong_cell_about_the_source_is_named(tmp_path, key, words, message):
    study, done = small(tmp_path, ROOSTER, source=[(key, words)])
    assert (done.exit_code, message in done.output) == (1, True), done.output
    assert study.read_text(encoding="utf-8") == EMPTY


def test_what_was_drafted_is_hidden_in_the_workbook(made):
    book = openpyxl.load_workbook(made[1])
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("vragen", "visible"), ("bron", "visible"), ("rijen", "visible"),
        ("wbkit", "veryHidden")]


def test_what_to_fill_in_stands_beside_the_rows_that_need_it(made):
    sheet = openpyxl.load_workbook(made[1])["bron"]
    rows = {row[0].value: row[2].value for row in sheet.iter_rows()}
    helped = {label(f"sheet_{key}", "nl"): label(f"sheet_help_{key}", "nl")
              for key in ("unit", "long", "counts")}
    assert {name: words for name, words in rows.items() if words} == helped
