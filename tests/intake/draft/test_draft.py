"""What `describe` makes of a file, beside the study.toml that people wrote in the end."""

import os
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from builders.platform_exports import LIMESURVEY, LIMESURVEY_WORDS, QUALTRICS, write_sav
from openpyxl import Workbook
from oracles.draft_differences import differences, source_of

import wbkit as wb

ROOT = Path(__file__).parents[3]
COOL = (ROOT / os.environ.get("WBKIT_SHARED", "../shared") / "data" / "SWMDK.csv").resolve()
SAV_STUDY = """
[sources.sav]
label = "Enquete"
file = "enquete.sav"
format = "spss"
unit = "student"
synthetic = false
items.team = { column = "team", label = "Bij welk team hoor je?", kind = "nominal", values = ["Zorg", "Techniek"], sensitivity = "quasi" }
items.gezien = { column = "gezien", label = "Ik voel mij gezien", kind = "ordinal", values = ["helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"], agree = ["eens", "helemaal eens"], neutral = "neutraal", missing = ["weet ik niet"] }
items.leeftijd = { column = "leeftijd", label = "Wat is je leeftijd?", kind = "numeric", missing = ["wil ik niet zeggen"], sensitivity = "quasi" }
items.hulp = { column = "hulp", label = "Hulp nodig?", kind = "multiple", columns = { plannen = "h1", taal = "h2" }, ticked = ["1"], unticked = ["0"], sensitivity = "health" }
items.mail = { column = "mail", label = "E-mailadres", kind = "open", sensitivity = "identifier" }
items.idee = { column = "idee", label = "Wat zou jij veranderen?", kind = "open" }
"""  # noqa: E501 - one item a line


def final(path, name):
    return tomllib.loads(path.read_text(encoding="utf-8"))["sources"][name]


def test_seven_lines_of_the_draft_of_the_student_survey_are_wrong():
    draft = source_of(wb.describe(ROOT / "data" / "raw" / "studentenenquete.xlsx").toml)
    wrong, added = differences(draft, final(ROOT / "data" / "study.toml", "students"))
    assert wrong == [
        "Krijg je daar op school genoeg hulp bij?: doubt",
        "Toelichting2: label", "Toelichting2: sensitivity", "Toelichting: label",
        "Welk cijfer van 1 tot 10 geef je de begeleiding door je coach?: doubt",
        "source: label", "source: synthetic",
    ]
    # what people decided or remarked; with the derived items and the scale no file holds it
    assert added == [
        "Heb je nu nog last van de coronatijd?: note",
        "Hoe vaak mag school contact hebben met iemand die voor jou belangrijk is?: note",
        "Welk cijfer van 1 tot 10 geef je de begeleiding door je coach?: note",
        "source: duplicates", "source: moments", "source: scales", "source: set_aside",
    ]


@pytest.mark.skipif(not COOL.is_file(), reason="set WBKIT_SHARED to the folder with SWMDK.csv")
def test_the_kinds_of_the_pupil_data_are_right():
    # The words of its items are not published: the file holds codes, so labels are not compared.
    draft = source_of(wb.describe(COOL).toml)
    study = final(ROOT / "tests" / "acceptance" / "cool" / "study.toml", "pupils")
    wrong, added = differences(draft, study)
    assert [one for one in wrong if not one.endswith(": label")] == ["source: file", "source: unit"]
    assert added == ["source: public", "source: scales"]


def test_a_file_of_spss_describes_itself(tmp_path):
    draft = source_of(wb.describe(write_sav(tmp_path / "enquete.sav")).toml)
    wrong, added = differences(draft, source_of(SAV_STUDY))
    # four of the twelve ticked nothing and nobody left the question open: the draft asks
    assert (wrong, added) == (["hulp: doubt", "source: unit"], [])


@pytest.mark.parametrize(("text", "kind", "items"), [
    (LIMESURVEY, "limesurvey",
     {"q2": ({"SQ001": "q2[SQ001]", "SQ002": "q2[SQ002]", "other": "q2[other]"}, "other")}),
    (LIMESURVEY_WORDS, "limesurvey",
     {"Waarbij heb je hulp nodig?": (
         {"plannen": "Waarbij heb je hulp nodig? [plannen]",
          "taal": "Waarbij heb je hulp nodig? [taal]",
          "other": "Waarbij heb je hulp nodig? [Anders]"}, "Anders")}),
    (QUALTRICS, "qualtrics",
     {"Q2": ({"plannen": "Q2_1", "taal": "Q2_2", "other": "Q2_3"}, "Anders")}),
])
def test_exports_are_told_apart_and_their_options_found(tmp_path, text, kind, items):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    draft = source_of(wb.describe(tmp_path / "a.csv").toml)
    found = {item["column"]: item for item in draft["items"].values()}
    assert draft["format"] == kind
    for heading, expected in items.items():
        item = found[heading]
        assert item["kind"] == "multiple"
        assert (item["columns"], item.get("other")) == expected
    assert not {"id", "submitdate", "RecipientEmail", "Status"} & set(found)


def test_every_item_is_a_guess_with_a_reason_and_the_design_is_asked():
    text = wb.describe(ROOT / "data" / "raw" / "studentenenquete.xlsx").toml
    draft = source_of(text)
    assert all(item["guessed"] for item in draft["items"].values())
    assert "design" not in draft
    assert '# design = { kind = "convenience" }  - wie er toevallig was deed mee' in text
    assert 'kind = "ordinal" # schaal van oneens tot eens, 5 stappen' in text


def test_own_words_never_stand_in_a_draft():
    file = ROOT / "data" / "raw" / "studentenenquete.xlsx"
    text, raw = wb.describe(file).toml, pd.read_excel(file, engine="calamine").to_csv()
    for words in ("iemand hebben aan wie", "spreek hem"):
        assert words in raw
        assert words not in text


def test_a_draft_shows_itself(tmp_path):
    draft = wb.describe(write_sav(tmp_path / "enquete.sav"))
    assert repr(draft) == draft.toml


def test_reasons_can_be_english(tmp_path):
    text = wb.describe(write_sav(tmp_path / "enquete.sav"), language="en").toml
    assert "scale from disagree to agree, 5 steps" in text


@pytest.mark.parametrize("text", ["a;b\n", "id,submitdate,lastpage,startlanguage\n1,2,3,4\n"])
def test_a_file_without_answers_or_questions_is_named(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(wb.DataError, match="holds (headings and no answers|no question)"):
        wb.describe(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.xls"])
def test_a_file_that_is_no_export_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"%PDF-1.7\n1 0 obj")
    with pytest.raises(wb.DataError, match=r"no export that wbkit knows ends in \.\w+\. Give an"):
        wb.describe(tmp_path / name)


def test_a_question_that_closes_a_survey_belongs_to_no_other(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Welk cijfer geef je je opleiding?;Toelichting;Wat wil je nog kwijt?\n"
        "8;het is fijn;niets\n3;saai;alles goed zo\n10;top;dank je wel\n", encoding="utf-8")
    items = source_of(wb.describe(tmp_path / "a.csv").toml)["items"]
    labels = {item["column"]: item.get("label") for item in items.values()}
    assert labels == {"Welk cijfer geef je je opleiding?": None, "Wat wil je nog kwijt?": None,
                      "Toelichting": "Toelichting: Welk cijfer geef je je opleiding?"}


def items_of(path, lines):
    path.write_text("\n".join(lines), encoding="utf-8")
    return source_of(wb.describe(path).toml)["items"]


def test_a_row_of_themes_is_no_heading(tmp_path):
    book = Workbook()
    for row in (["Deel 1", None, "Deel 2", None],
                ["Hoe oud bent u?", "Wat is uw mening?", "Hoe komt u hier?", "Nr van dag"],
                *([str(20 + n), "goed", "fiets", "2"] for n in range(6))):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    source = source_of(wb.describe(tmp_path / "a.xlsx").toml)
    assert source["heading_row"] == 2
    assert "Hoe oud bent u?" in {item["column"] for item in source["items"].values()}


def test_ticks_behind_a_column_with_the_same_prefix_stay_one_question(tmp_path):
    rows = ["4;1;0;1", "7;0;1;1", "9;1;1;0", "3;0;1;0", "12;1;0;0"]
    items = items_of(tmp_path / "a.csv", ["q_07;q_08_1;q_08_2;q_08_3", *rows])
    several = [item for item in items.values() if item["kind"] == "multiple"]
    assert [list(item["columns"].values()) for item in several] == [["q_08_1", "q_08_2", "q_08_3"]]


def test_steps_of_one_question_in_codes_are_not_those_of_another(tmp_path):
    rows = [f"{1 + n % 7};{1 + n % 4}" for n in range(28)]
    items = items_of(tmp_path / "a.csv", ["Ik voel me thuis;De rust bevalt me", *rows])
    assert sorted(len(item["values"]) for item in items.values()) == [4, 7]


def test_two_questions_with_answers_of_their_own_are_no_ranking(tmp_path):
    rows = ["nooit;fiets", "soms;bus", "vaak;auto", "nooit;bus", "soms;fiets", "vaak;bus"]
    items = items_of(tmp_path / "a.csv", ["vr_01;vr_02", *rows * 2])
    assert [item["kind"] for item in items.values()] == ["ordinal", "nominal"]


def test_a_small_survey_with_an_open_question_is_not_one_row_for_each_answer(tmp_path):
    rows = "".join(f"{n};{cell};mijn eigen idee is nummer {n}, en dat is een lang verhaal\n"
                   for n, cell in enumerate(["goed", "matig", "slecht", "goed"] * 3))
    (tmp_path / "a.csv").write_text(f"nr;rooster;idee\n{rows}", encoding="utf-8")
    draft = wb.describe(tmp_path / "a.csv")
    assert draft.layout.long is None
    assert [guess.column.heading for guess in draft.items] == ["nr", "rooster", "idee"]


def test_of_few_people_one_who_went_on_shows_that_they_were_asked(tmp_path):
    rows = ["soms,ja"] * 20 + ["altijd,nee", "altijd,"] + ["nooit,"] * 20
    (tmp_path / "a.csv").write_text("vliegt,slaapt\n" + "\n".join(rows), encoding="utf-8")
    items = source_of(wb.describe(tmp_path / "a.csv").toml)["items"]
    assert sorted(items["slaapt"]["asked_if"]["vliegt"]) == ["altijd", "soms"]


def routed(tmp_path, heading, rows):
    (tmp_path / "a.csv").write_text(f"{heading},slaapt\n" + "\n".join(rows), encoding="utf-8")
    return source_of(wb.describe(tmp_path / "a.csv").toml)["items"]["slaapt"]


def test_answers_that_routing_leaves_out_are_asked(tmp_path):
    rows = ["soms,ja", "soms,nee"] * 20 + ["nooit,"] * 39
    assert "doubt" not in routed(tmp_path, "vliegt", rows)
    item = routed(tmp_path, "vliegt", [*rows, "nooit,ja"])
    assert item["asked_if"] == {"vliegt": ["soms"]}
    assert item["doubt"].startswith("Antwoorden van mensen aan wie deze vraag niet gesteld")
    assert "lijkt: 1." in item["doubt"]


def test_having_come_to_the_end_is_no_answer_that_leads_to_a_question(tmp_path):
    rows = ["Complete,ja", "Complete,nee"] * 20 + ["Partial,"] * 20
    assert "asked_if" not in routed(tmp_path, "Status", rows)


def test_a_question_that_others_answered_too_is_not_routed(tmp_path):
    rows = ["soms,ja", "soms,nee"] * 20 + ["nooit,"] * 39 + [",ja"] * 60
    assert "asked_if" not in routed(tmp_path, "vliegt", rows)


def test_an_export_of_forms_saved_as_csv_has_the_same_own_columns(tmp_path):
    head = "Id,Begintijd,Tijd van voltooien,E-mail,Naam,Hoe gaat het?"
    items = items_of(tmp_path / "a.csv", [
        head, *(f"{n},1-9-2025 9:00,1-9-2025 9:05,anonymous,,{'goed' if n % 2 else 'slecht'}"
                for n in range(1, 9))])
    assert [item["column"] for item in items.values()] == ["Hoe gaat het?"]


def test_a_question_for_a_name_stays_one_in_a_file_of_no_program(tmp_path):
    items = items_of(tmp_path / "a.csv", ["Naam,Hoe gaat het?", "Linde,goed", "Beuk,slecht"])
    assert [item["column"] for item in items.values()] == ["Naam", "Hoe gaat het?"]


def test_the_page_timers_of_qualtrics_are_no_questions(tmp_path):
    names = ["ResponseId", "Q1_First Click", "Q1_Page Submit", "Q1_Click Count", "Q2"]
    words = ["Response ID", "Timing - First Click", "Timing - Page Submit", "Timing - Click Count",
             "How are you?"]
    marks = [f'"{{""ImportId"":""{name}""}}"' for name in names]
    rows = [f"R_{n},{n}.841,{n + 3}.203,1,{'good' if n % 2 else 'bad'}" for n in range(1, 7)]
    lines = [",".join(names), ",".join(words), ",".join(marks), *rows]
    items = items_of(tmp_path / "a.csv", lines)
    assert [item["column"] for item in items.values()] == ["Q2"]


@pytest.mark.parametrize(("numbers", "said"), [("1,1,2,2,3", True), ("1,2,3,4,5", False)])
def test_more_rows_of_one_person_are_said(tmp_path, numbers, said):
    rows = [f"{number},visit_{place},{place % 3}" for place, number in
            enumerate(numbers.split(","))]
    (tmp_path / "a.csv").write_text("\n".join(["record_id,redcap_event_name,mood", *rows]))
    text = wb.describe(tmp_path / "a.csv").toml
    assert ("VRAAG  record_id: 3 nummers staan in 5 rijen." in text) == said


@pytest.mark.parametrize(("first", "said"), [
    ("1-9-2025 16:07,student,ja", True), ("Tijd,Rol,Ben je er?", False),
    ("student,rol,ja", False),
])
def test_a_first_row_of_answers_is_said(tmp_path, first, said):
    rows = [f"{n}-9-2025 16:1{n},{'student' if n % 2 else 'docent'},{'ja' if n % 3 else 'nee'}"
            for n in range(1, 8)]
    (tmp_path / "a.csv").write_text("\n".join([first, *rows]))
    assert ("VRAAG  Rij 1 lijkt geen rij" in wb.describe(tmp_path / "a.csv").toml) == said


@pytest.mark.parametrize(("first", "asked"), [("{n}", False), ("{n}{n}7", True)])
def test_row_numbers_without_a_heading_are_not_asked_about(tmp_path, first, asked):
    rows = [f"{first.format(n=n % 4 if asked else n)},{'goed' if n % 2 else 'slecht'},{n % 5}"
            for n in range(1, 15)]
    item, *others = items_of(tmp_path / "a.csv", [",Hoe gaat het?,Uren", *rows]).values()
    assert [one["column"] for one in others] == ["Hoe gaat het?", "Uren"]
    assert ("doubt" in item) == asked
    assert item.get("sensitivity") == (None if asked else "identifier")


def test_remarks_about_everything_are_not_joined_to_the_question_before_them(tmp_path):
    path = tmp_path / "enquete.csv"
    lines = ["Aanbevelen (0-10);Opmerkingen", *(f"{n};{'Leuk' if n % 2 else 'Goed'}"
                                               for n in [*range(11)] * 3)]
    path.write_text("\n".join(lines), encoding="utf-8")
    item = source_of(wb.describe(path).toml)["items"]["opmerkingen"]
    assert (item["kind"], item.get("label")) == ("open", None)


def test_an_answer_is_compared_with_those_to_other_questions_on_the_same_list(tmp_path):
    path = tmp_path / "enquete.csv"
    steps = ["Eens", "Oneens", "Neutraal"]
    rows = [f"{steps[n % 3]};{['Helemaal eens', *steps][n % 4]}" for n in range(40)]
    path.write_text("\n".join(["Sfeer is goed;Rust is er", "Hellemaal eens;Eens", *rows]),
                    encoding="utf-8")
    item = next(iter(source_of(wb.describe(path).toml)["items"].values()))
    assert item["corrections"] == {"Hellemaal eens": "Helemaal eens"}
    assert item["values"] == ["Oneens", "Neutraal", "Eens", "Helemaal eens"]
