"""SPSS files and exports of LimeSurvey and Qualtrics become the same text cells as Forms."""

import pytest
from builders.files import write_text
from builders.platform_exports import LABEL_ROW, LIMESURVEY, LIMESURVEY_WORDS, QUALTRICS, write_sav
from builders.raw import source

from wbkit.cleaning.cleaner import clean
from wbkit.errors import DataError
from wbkit.intake.layout import Grid, Layout
from wbkit.intake.platforms import named_sheet
from wbkit.intake.source_files import read_source

E5 = ["helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens"]
GEZIEN = {"kind": "ordinal", "values": E5, "missing": ["weet ik niet"]}


def read(tmp_path, kind, items, *, text=None):
    file = {"spss": "a.sav", "limesurvey": "a.csv", "qualtrics": "a.csv"}[kind]
    if text is None:
        write_sav(tmp_path / file)
    else:
        write_text(tmp_path / file, text)
    return read_source(source(items, folder=tmp_path, file=file, format=kind))


def cells(raw, heading):
    return raw.data[heading].tolist()


def test_values_of_spss_are_the_words_of_their_label(tmp_path):
    raw = read(tmp_path, "spss", {"gezien": GEZIEN})
    assert cells(raw, "gezien")[:6] == [*E5, "weet ik niet"]
    assert raw.data.index[0] == 2
    assert "user-missing values in gezien, leeftijd" in raw.found


def test_user_missing_of_spss_is_counted_as_a_missing_code(tmp_path):
    age = {"kind": "numeric", "missing": ["wil ik niet zeggen"]}
    raw = read(tmp_path, "spss", {"gezien": GEZIEN, "leeftijd": age})
    cleaned = clean(raw)
    assert cleaned.data["gezien"].value_counts()["eens"] == 2
    assert cleaned.state("gezien").eq("weet ik niet").sum() == 2
    assert cleaned.data["leeftijd"].tolist()[:3] == [16, 17, 18]
    assert cleaned.state("leeftijd").tolist()[3] == "wil ik niet zeggen"


def test_a_multiple_response_set_of_spss_is_ticks_in_columns(tmp_path):
    ticks = {"kind": "multiple", "columns": {"plannen": "h1", "taal": "h2"}}
    cleaned = clean(read(tmp_path, "spss", {"hulp": ticks}))
    assert cleaned.data["hulp:plannen"].tolist()[:4] == [False, True, False, True]
    assert cleaned.data["hulp:taal"].sum() == 4


def test_variables_of_a_set_can_be_items_of_their_own(tmp_path):
    raw = read(tmp_path, "spss", {"h1": {"kind": "nominal", "values": ["0", "1"]}})
    assert cells(raw, "h1")[:3] == ["0", "1", "0"]


@pytest.mark.parametrize(("text", "message"), [
    ("id;a\n1;2\n", "is no SPSS file. It should be a .sav file .* Save it again there"),
    ("PK\x03\x04", "is no SPSS file. It should be a .sav file"),
    ("$FL2", "is damaged: its variables cannot be read. Open it in SPSS and save it again"),
])
def test_what_is_no_spss_file_is_named(tmp_path, text, message):
    write_text(tmp_path / "a.sav", text)
    with pytest.raises(DataError, match=message):
        read_source(source({"a": GEZIEN}, folder=tmp_path, file="a.sav", format="spss"))


def test_a_heading_that_spss_does_not_have_is_named(tmp_path):
    with pytest.raises(DataError, match=r"items.gezein: 'gezein' is not there. Did you mean 'gez"):
        read(tmp_path, "spss", {"gezein": GEZIEN})


def test_ticks_of_limesurvey_stand_in_columns_with_the_words_behind_other(tmp_path):
    columns = {"plannen": "q2[SQ001]", "taal": "q2[SQ002]", "other": "q2[other]"}
    items = {"q2": {"kind": "multiple", "columns": columns, "ticked": ["Y"], "other": "other"}}
    raw = read(tmp_path, "limesurvey", items, text=LIMESURVEY)
    assert cells(raw, "q2[SQ001]") == ["Y", "Y", "", ""]
    cleaned = clean(raw)
    assert cleaned.data["q2:plannen"].tolist() == [True, True, False]
    assert cleaned.data["q2:other"].tolist() == [False, True, False]
    assert cleaned.data["q2:other_text"].tolist() == ["", "rust", ""]


def test_one_answer_of_limesurvey_has_the_words_behind_other_in_a_column_of_their_own(tmp_path):
    items = {"q3": {"kind": "nominal", "values": ["rooster", "stage"], "other": "-oth-",
                    "other_column": "q3[other]"}}
    cleaned = clean(read(tmp_path, "limesurvey", items, text=LIMESURVEY))
    assert cleaned.data["q3"].tolist() == ["rooster", "other", "stage"]
    assert cleaned.data["q3:other_text"].tolist() == ["", "de kantine", ""]


def test_rows_of_a_table_stay_questions_of_their_own(tmp_path):
    raw = read(tmp_path, "limesurvey", {"a": {**GEZIEN, "column": "q4[A]"}}, text=LIMESURVEY)
    assert cells(raw, "q4[A]") == ["oneens", "eens", "", "neutraal"]


def test_the_columns_of_limesurvey_itself_are_known(tmp_path):
    raw = read(tmp_path, "limesurvey", {"q1": GEZIEN}, text=LIMESURVEY)
    assert (raw.ids["id"], raw.ids["completed"]) == ("id", "submitdate")
    assert raw.completed.notna().sum() == 3
    assert not any("lastpage" in words for words in raw.found)


def test_headings_in_words_and_yes_or_no_are_read_alike(tmp_path):
    question = "Waarbij heb je hulp nodig?"
    columns = {"plannen": f"{question} [plannen]", "taal": f"{question} [taal]",
               "other": f"{question} [Anders]"}
    items = {"hulp": {"kind": "multiple", "columns": columns, "other": "Anders",
                      "ticked": ["Ja"], "unticked": ["Nee"]}}
    cleaned = clean(read(tmp_path, "limesurvey", items, text=LIMESURVEY_WORDS))
    assert cleaned.data["hulp:plannen"].tolist() == [True, True, False]
    assert cleaned.data["hulp:other_text"].tolist() == ["", "rust", ""]
    assert cleaned.data["hulp.answered"].tolist() == [True, True, True]


def test_a_row_of_labels_above_the_codes_is_no_answer(tmp_path):
    items = {"q2": {"kind": "multiple", "columns": {"plannen": "q2[SQ001]", "taal": "q2[SQ002]"}}}
    raw = read(tmp_path, "limesurvey", items, text=LABEL_ROW)
    assert raw.data.index.tolist() == [3, 4]
    assert clean(raw).data["q2:taal"].tolist() == [False, True]


def test_a_column_of_ticks_can_be_an_item_of_its_own(tmp_path):
    items = {"plan": {"kind": "nominal", "values": ["Y"], "column": "q2[SQ001]"}}
    raw = read(tmp_path, "limesurvey", items, text=LIMESURVEY)
    assert cells(raw, "q2[SQ001]") == ["Y", "Y", "", ""]


def test_a_cell_that_is_no_tick_is_refused_with_its_row(tmp_path):
    text = LIMESURVEY.replace("eens,Y,,,", "eens,misschien,,,")
    items = {"q2": {"kind": "multiple", "columns": {"a": "q2[SQ001]", "b": "q2[SQ002]"}}}
    with pytest.raises(DataError, match=r"items.q2: .*\n    'misschien' once, row 2"):
        clean(read(tmp_path, "limesurvey", items, text=text))


def test_the_three_heading_rows_of_qualtrics_are_no_answers(tmp_path):
    raw = read(tmp_path, "qualtrics", {"Q1".lower(): {**GEZIEN, "column": "Q1"}}, text=QUALTRICS)
    assert cells(raw, "Q1") == ["eens", "oneens", "neutraal"]
    assert raw.data.index.tolist() == [4, 5, 6]
    assert raw.started.notna().all()
    assert raw.ids["email"] == "RecipientEmail"


def test_options_of_qualtrics_stand_in_columns_or_in_one_cell_with_commas(tmp_path):
    other = "Anders, namelijk:"
    items = {"q2": {"kind": "multiple", "columns": {"plannen": "Q2_1", "taal": "Q2_2",
                    "other": "Q2_3"}, "other": other, "other_column": "Q2_3_TEXT"},
             "q3": {"column": "Q3", "kind": "nominal", "values": ["rooster", "stage"],
                    "other": other, "other_column": "Q3_4_TEXT"},
             "q4": {"column": "Q4", "kind": "multiple", "values": ["coach", "ouder of verzorger"],
                    "separator": ","}}
    cleaned = clean(read(tmp_path, "qualtrics", items, text=QUALTRICS)).data
    assert cleaned["q2:plannen"].tolist() == [True, True, False]
    assert cleaned["q2:other"].tolist() == [False, True, False]
    assert cleaned["q2:other_text"].tolist() == ["", "rust", ""]
    assert cleaned["q3"].tolist() == ["rooster", "other", "stage"]
    assert cleaned["q3:other_text"].tolist() == ["", "de kantine", ""]
    assert cleaned["q4:coach"].sum() == 3
    assert cleaned["q4:ouder of verzorger"].tolist() == [True, False, True]


def test_rows_of_a_matrix_of_qualtrics_stay_questions(tmp_path):
    raw = read(tmp_path, "qualtrics",
               {"les": {"column": "Q5_1", "kind": "nominal", "values": "any"}}, text=QUALTRICS)
    assert cells(raw, "Q5_1") == ["goed", "goed", "slecht"]


def test_another_csv_is_no_export_of_qualtrics(tmp_path):
    with pytest.raises(DataError, match="Its third row should hold ImportId"):
        read(tmp_path, "qualtrics", {"q1": GEZIEN}, text=LIMESURVEY)


def test_an_option_of_kobo_may_hold_a_slash():
    options = ["Rust", "Computer/tablet", "Taal / rekenen"]
    heads = [*(f"Welke hulp?/{option}" for option in options), "Klas"]
    sheet = named_sheet(Grid([heads], [["1", "0"]] * 4, [2, 3]), Layout("kobo"), "a.csv")
    parts = [(sheet.hints[one].group, sheet.hints[one].part) for one in heads[:3]]
    assert parts == [("Welke hulp?", option) for option in options]


@pytest.mark.parametrize(("kind", "text"), [
    ("limesurvey", "id;submitdate;lastpage;Q5[coaching];Q5[bijles]\n1;2026;3;Y;N\n2;2026;3;N;N\n"
                   "3;2026;3;;\n4;2026;3;N;Y\n"),
    ("qualtrics", 'ResponseId,Q5_1,Q5_2\nId,Hulp - coaching,Hulp - bijles\n"{""ImportId"":""a""}",'
                  '"{""ImportId"":""b""}","{""ImportId"":""c""}"\nR1,1,0\nR2,0,0\nR3,,\nR4,0,1\n'),
])
def test_a_study_may_name_the_question_and_not_each_of_its_columns(tmp_path, kind, text):
    hulp = {"column": "Q5", "kind": "multiple", "values": ["coaching", "bijles"]}
    raw = read(tmp_path, kind, {"hulp": hulp}, text=text)
    made = clean(raw)
    assert made.data["hulp:coaching"].tolist() == [True, False, False]
    assert made.answered("hulp") == 3  # who only said no gave an answer, the blank row is aside
    assert made.data.columns.tolist() == ["hulp:coaching", "hulp:bijles", "hulp.answered"]
