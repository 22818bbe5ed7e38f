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
HULP = {"kind": "multiple", "values": ["plannen", "taal"]}


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


def test_a_multiple_response_set_of_spss_becomes_one_cell(tmp_path):
    raw = read(tmp_path, "spss", {"hulp": HULP})
    assert cells(raw, "hulp")[:4] == ["taal", "plannen", "", "plannen;taal"]
    assert clean(raw).data["hulp:taal"].sum() == 4


def test_variables_of_a_set_can_be_items_of_their_own(tmp_path):
    raw = read(tmp_path, "spss", {"h1": {"kind": "nominal", "values": ["0", "1"]}})
    assert cells(raw, "h1")[:3] == ["0", "1", "0"]


@pytest.mark.parametrize("text", ["id;a\n1;2\n", "PK\x03\x04", "$FL2"])
def test_what_is_no_spss_file_is_named(tmp_path, text):
    with pytest.raises(DataError, match="(is no SPSS file|is damaged).* save it (again|there)|"
                                        "Save it again in SPSS"):
        write_text(tmp_path / "a.sav", text)
        read_source(source({"a": GEZIEN}, folder=tmp_path, file="a.sav", format="spss"))


def test_a_heading_that_spss_does_not_have_is_named(tmp_path):
    with pytest.raises(DataError, match=r"items.gezein: 'gezein' is not there. Did you mean 'gez"):
        read(tmp_path, "spss", {"gezein": GEZIEN})


def test_ticks_of_limesurvey_become_one_cell_with_the_words_behind_other(tmp_path):
    items = {"q1": GEZIEN, "q2": {"kind": "multiple", "values": ["SQ001", "SQ002"],
                                  "other": "other"}}
    raw = read(tmp_path, "limesurvey", items, text=LIMESURVEY)
    assert cells(raw, "q2") == ["SQ001", "SQ001;SQ002;other: rust", "", "SQ002"]
    cleaned = clean(raw)
    assert cleaned.data["q2:other"].tolist() == [False, True, False, False]
    assert cleaned.data["q2:other_text"].tolist()[1] == "rust"


def test_one_answer_of_limesurvey_carries_the_words_behind_other(tmp_path):
    items = {"q3": {"kind": "nominal", "values": ["rooster", "stage"], "other": "other"}}
    raw = read(tmp_path, "limesurvey", items, text=LIMESURVEY)
    assert cells(raw, "q3") == ["rooster", "other: de kantine", "", "stage"]
    assert clean(raw).data["q3"].tolist()[1] == "other"


def test_rows_of_a_table_stay_questions_of_their_own(tmp_path):
    raw = read(tmp_path, "limesurvey", {"a": {**GEZIEN, "column": "q4[A]"}}, text=LIMESURVEY)
    assert cells(raw, "q4[A]") == ["oneens", "eens", "", "neutraal"]


def test_the_columns_of_limesurvey_itself_are_known(tmp_path):
    raw = read(tmp_path, "limesurvey", {"q1": GEZIEN}, text=LIMESURVEY)
    assert (raw.ids["id"], raw.ids["completed"]) == ("id", "submitdate")
    assert raw.completed.notna().sum() == 3
    assert not any("lastpage" in words for words in raw.found)


def test_headings_in_words_and_yes_or_no_are_read_alike(tmp_path):
    items = {"hulp": {**HULP, "column": "Waarbij heb je hulp nodig?", "other": "Anders"}}
    raw = read(tmp_path, "limesurvey", items, text=LIMESURVEY_WORDS)
    assert cells(raw, "Waarbij heb je hulp nodig?") == ["plannen", "plannen;taal;Anders: rust", ""]


def test_a_row_of_labels_above_the_codes_names_the_options(tmp_path):
    items = {"q2": HULP}
    raw = read(tmp_path, "limesurvey", items, text=LABEL_ROW)
    assert cells(raw, "q2") == ["plannen", "plannen;taal"]
    assert raw.data.index.tolist() == [3, 4]


def test_columns_that_the_study_names_are_not_joined(tmp_path):
    items = {"plan": {"kind": "nominal", "values": ["Y"], "column": "q2[SQ001]"}}
    raw = read(tmp_path, "limesurvey", items, text=LIMESURVEY)
    assert cells(raw, "q2[SQ001]") == ["Y", "Y", "", ""]


def test_a_multiple_question_that_holds_no_ticks_is_refused(tmp_path):
    text = LIMESURVEY.replace("eens,Y,,,", "eens,misschien,,,")
    with pytest.raises(DataError, match=r"'q2\[SQ001\]' \(1 cells\) should say for each row"):
        read(tmp_path, "limesurvey", {"q2": HULP}, text=text)


def test_the_three_heading_rows_of_qualtrics_are_no_answers(tmp_path):
    raw = read(tmp_path, "qualtrics", {"Q1".lower(): {**GEZIEN, "column": "Q1"}}, text=QUALTRICS)
    assert cells(raw, "Q1") == ["eens", "oneens", "neutraal"]
    assert raw.data.index.tolist() == [4, 5, 6]
    assert raw.started.notna().all()
    assert raw.ids["email"] == "RecipientEmail"


def test_options_of_qualtrics_in_columns_or_with_commas_become_one_cell(tmp_path):
    items = {"q2": {**HULP, "column": "Q2", "other": "Anders, namelijk:"},
             "q3": {"column": "Q3", "kind": "nominal", "values": ["rooster", "stage"],
                    "other": "Anders, namelijk:"},
             "q4": {"column": "Q4", "kind": "multiple", "values": ["coach", "ouder of verzorger"]}}
    raw = read(tmp_path, "qualtrics", items, text=QUALTRICS)
    assert cells(raw, "Q2") == ["plannen", "plannen;taal;Anders, namelijk: rust", "taal"]
    assert cells(raw, "Q3") == ["rooster", "Anders, namelijk: de kantine", "stage"]
    assert cells(raw, "Q4") == ["coach;ouder of verzorger", "coach", "coach;ouder of verzorger"]
    cleaned = clean(raw)
    assert cleaned.data["q2:other_text"].tolist() == ["", "rust", ""]
    assert cleaned.data["q4:coach"].sum() == 3


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
