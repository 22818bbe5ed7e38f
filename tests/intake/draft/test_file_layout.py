"""How an unknown file is laid out: who wrote it, where its headings and answers stand."""

import io
import tomllib

import openpyxl
import pytest
import xlsxwriter
from oracles.draft_differences import source_of

import wbkit as wb
from wbkit.errors import DataError
from wbkit.intake.draft.file_layout import find_layout

IMPORT = ['{"ImportId":"a"}', '{"ImportId":"b"}', '{"ImportId":"c"}']
PLATFORMS = {
    "qualtrics": [["ResponseId", "Q1", "Q2"], ["Response ID", "Veilig?", "Klas?"], IMPORT,
                  ["R_1", "ja", "k1"], ["R_2", "nee", "k2"]],
    "limesurvey": [["id", "submitdate", "lastpage", "q1"], ["1", "2022-11-15", "2", "ja"]],
    "surveymonkey": [["Respondent ID", "Collector ID", "Veilig?"], ["", "", "Response"],
                     ["11", "44", "ja"]],
    "kobo": [["start", "end", "veilig", "_id", "_uuid"], ["1", "2", "ja", "1", "a-b"]],
    "redcap": [["record_id", "veilig", "hulp___1", "hulp___2"], ["1", "ja", "0", "1"]],
    "google-forms": [["Timestamp", "Veilig?"], ["15-11-2022 09:00:00", "ja"]],
}
VARIANTS = [
    ("limesurvey", [["Antwoord ID", "Datum ingezonden", "Laatste pagina", "Veilig?"],
                    ["1", "2022-11-15", "2", "ja"]]),
    ("limesurvey", [["Response ID", "Date submitted", "Last page", "Safe?"],
                    ["id", "submitdate", "lastpage", "q1"], ["1", "2022-11-15", "2", "yes"]]),
    ("limesurvey", [["id. Antwoord ID", "submitdate. Datum ingezonden",
                     "lastpage. Laatste pagina", "q1. Veilig?"], ["1", "2022-11-15", "2", "ja"]]),
    ("redcap", [["Record ID", "Veilig?", "Hulp? (choice=Taal)", "Hulp? (choice=Rust)"],
                ["1", "ja", "Checked", "Unchecked"]]),
    ("redcap", [["Participant Id", "Veilig", "Hulp#Taal", "Hulp#Rust"], ["1", "ja", "1", "0"]]),
    ("google-forms", [["Tijdstempel", "Veilig?"], ["15-11-2022 09:00:00", "ja"]]),
    ("csv", [["Id", "Veilig?"], ["1", "ja"]]),
]
EVERY = [*PLATFORMS.items(), *VARIANTS]


def as_csv(rows):
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return ("\n".join(quoted) + "\n").encode()


def as_xlsx(*sheets, hidden=()):
    """Write sheets: name and rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def layout(content, name="a.csv"):
    return find_layout(name, content, name).layout


def described(tmp_path, content, name="a.xlsx"):
    (tmp_path / name).write_bytes(content)
    return source_of(wb.describe(tmp_path / name).toml)


@pytest.mark.parametrize(("kind", "rows"), EVERY)
def test_a_platform_is_known_by_its_headings_in_a_text_file(kind, rows):
    assert layout(as_csv(rows)).format == kind


@pytest.mark.parametrize(("kind", "rows"), EVERY)
def test_a_platform_is_known_by_its_headings_in_a_workbook(kind, rows):
    expected = "excel" if kind == "csv" else kind
    assert layout(as_xlsx(("Blad1", rows)), "a.xlsx").format == expected


def test_what_a_file_holds_counts_and_not_how_it_is_called():
    assert layout(as_xlsx(("Blad1", PLATFORMS["kobo"])), "a.csv").format == "kobo"


@pytest.mark.parametrize(("name", "kind"), [("a.sav", "spss"), ("a.zsav", "spss"),
                                            ("A.DTA", "stata")])
def test_files_of_spss_and_stata_are_known_by_their_ending(name, kind):
    assert layout(b"", name).format == kind


@pytest.mark.parametrize("marks", [
    ("Begintijd", "Tijd van voltooien"), ("Start time", "Completion time")])
def test_forms_is_known_by_its_times_and_its_points_are_no_questions(tmp_path, marks):
    heads = ["ID", *marks, "E-mail", "Naam", "Totaal aantal punten", "Quizfeedback", "Hoofdstad?",
             "Punten - Hoofdstad?", "Feedback - Hoofdstad?"]
    row = ["1", "2022-11-15", "2022-11-15", "a", "", "1", "", "Parijs", "1", ""]
    draft = described(tmp_path, as_xlsx(("Form1", [heads, row, row, row])))
    assert draft["format"] == "ms-forms"
    assert [item["column"] for item in draft["items"].values()] == ["Hoofdstad?"]


TABLE = [["Klas", "Veilig?", "Thuis?"], ["k1", "ja", "nee"], ["k2", "nee", "nee"],
         ["k1", "ja", "ja"]]


@pytest.mark.parametrize("above", [
    [["Enquête welzijn 2022", "", ""]], [["Enquête", "", ""], ["", "", ""]],
    [["Vragen", "over school", ""], ["", "", ""], ["Gehaald op 1-2-2026", "", ""]]])
def test_headings_stand_under_a_title_or_a_band(tmp_path, above):
    row = len(above) + 1
    assert layout(as_xlsx(("Blad1", [*above, *TABLE])), "a.xlsx").heading_row == row
    draft = described(tmp_path, as_csv([*above, *TABLE]), "a.csv")
    assert draft["heading_row"] == row
    assert [item["column"] for item in draft["items"].values()] == TABLE[0]


def test_a_table_from_the_first_row_has_no_heading_row(tmp_path):
    assert "heading_row" not in described(tmp_path, as_csv(TABLE), "a.csv")


def test_a_question_above_its_options_takes_two_rows(tmp_path):
    rows = [["Klas", "Hulp nodig?", "", ""], ["", "plannen", "taal", "rust"],
            ["k1", "x", "", ""], ["k2", "", "x", "x"], ["k1", "x", "x", ""]]
    draft = described(tmp_path, as_xlsx(("Blad1", rows)))
    assert draft["heading_rows"] == 2
    (hulp,) = [item for item in draft["items"].values() if item["kind"] == "multiple"]
    assert hulp["columns"] == {one: f"Hulp nodig? [{one}]" for one in ("plannen", "taal", "rust")}


def test_a_first_row_with_gaps_below_the_headings_is_no_heading(tmp_path):
    rows = [["Klas", "Veilig?", "Thuis?"], ["", "ja", ""], ["k1", "ja", "nee"], ["k2", "", "ja"]]
    assert layout(as_csv(rows)).heading_rows is None


def total(rows, last):
    return find_layout("a.csv", as_csv([*rows, last]), "a.csv").set_aside


@pytest.mark.parametrize("word", ["Totaal", "Total", "Gemiddelde"])
def test_a_row_of_totals_is_set_aside(word):
    ((where, reason),) = total(TABLE, [word, "2", "1"])
    assert where == {"Klas": word}
    assert reason


def test_a_note_below_the_table_is_set_aside():
    wide = [["Klas", *(f"Vraag {n}?" for n in range(8))], *([f"k{n}"] + ["ja"] * 8
                                                          for n in range(4))]
    ((where, _),) = total(wide, ["Bron: enquête van de school", *[""] * 8])
    assert where == {"Klas": "Bron: enquête van de school"}


@pytest.mark.parametrize("row", [["k1", "totaal niet", "ja"], ["Totaal anders", "ja", "nee"],
                                 ["", "totaal niet", "ja"]])
def test_an_answer_with_the_word_total_in_it_is_no_total(row):
    assert total(TABLE, row) == ()


def test_a_row_to_try_out_the_questionnaire_is_set_aside(tmp_path):
    rows = [["ResponseId", "Status", "Q1"], ["Response ID", "Response Type", "Veilig?"], IMPORT,
            ["R_1", "Survey Preview", "nee"], ["R_2", "IP Address", "ja"]]
    ((where, _),) = find_layout("a.csv", as_csv(rows), "a.csv").set_aside
    assert where == {"Status": "Survey Preview"}


def test_the_sheet_with_most_answers_is_chosen_and_the_others_are_named(tmp_path):
    found = find_layout("a.xlsx", as_xlsx(("Uitleg", [["Lees mij"]]), ("Data", TABLE)), "a.xlsx")
    assert found.layout.sheet == "Data"
    assert "'Uitleg'" in found.notes[0]


def test_a_hidden_sheet_is_not_chosen(tmp_path):
    large = [TABLE[0], *TABLE[1:] * 9]
    content = as_xlsx(("Oud", large), ("Nieuw", TABLE), hidden={"Oud"})
    assert layout(content, "a.xlsx").sheet == "Nieuw"
    assert described(tmp_path, content)["sheet"] == "Nieuw"


def test_one_sheet_is_not_named(tmp_path):
    assert "sheet" not in described(tmp_path, as_xlsx(("Data", TABLE)))


def test_a_workbook_without_cells_is_refused():
    with pytest.raises(DataError, match="is an empty workbook. .* Export it again"):
        layout(as_xlsx(("Blad1", [])), "a.xlsx")


@pytest.mark.parametrize(("kind", "rows"), [*PLATFORMS.items(), *VARIANTS])
def test_the_draft_of_a_platform_can_be_read_as_it_says(tmp_path, kind, rows):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.csv").write_bytes(as_csv(rows))
    (tmp_path / "study.toml").write_text(f'title = "t"\n{wb.describe(folder / "a.csv").toml}',
                                         encoding="utf-8")
    responses = wb.clean(wb.read_source(wb.load_study(tmp_path / "study.toml").source("a")))
    assert len(responses.data) == len(rows) - {"qualtrics": 3, "surveymonkey": 2}.get(
        kind, 2 if "id" in rows[1] else 1)


def layout_of_text(text, name="a.csv"):
    return find_layout(name, text.encode(), name)


def test_options_that_were_ticked_by_name_stand_in_the_second_heading_row():
    found = layout_of_text(",Welke vakken?,,,Welke dagen?,,\n#,taal,gym,kunst,ma,di,wo\n"
                   "1,taal,,,ma,,\n2,,gym,kunst,,di,\n3,taal,gym,,ma,di,wo\n").layout
    assert (found.heading_row, found.heading_rows) == (1, 2)


def test_parts_in_the_way_of_limesurvey_are_its_export():
    found = layout_of_text("v1[1]. Hulp [taal],v1[2]. Hulp [gym],v1[3]. Hulp [kunst]\n"
                   "Yes,No,No\nNo,No,Yes\n")
    assert found.layout.format == "limesurvey"


def test_a_place_in_an_order_makes_no_export_of_castor():
    found = layout_of_text("Zet op volgorde: #1 is het belangrijkst,Nog eens (#1 bovenaan)\n"
                           "a;b,b;a\n")
    assert found.layout.format == "csv"


@pytest.mark.parametrize(("row", "rule"), [
    ("nominaal,ratio,ordinaal,tekst", [{"geslacht": "nominaal"}]),
    ("vrouw,20,hoog,tekst", []),
])
def test_a_row_with_levels_of_measurement_is_nobody(row, rule):
    found = layout_of_text("geslacht,leeftijd,niveau,waarom\nman,18,laag,zomaar\n"
                           f"vrouw,19,hoog,daarom\nman,17,laag,niets\n{row}\n")
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
