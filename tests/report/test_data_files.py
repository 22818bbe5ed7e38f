"""Cleaned answers for SPSS and Excel: what other programs and wbkit itself read back."""

import pandas as pd
import pyreadstat
import pytest
from builders.responses import GEZIEN, LEERWEG, answers
from openpyxl import load_workbook

import wbkit as wb
from wbkit.study.source import Source

ITEMS = {
    "gezien": GEZIEN, "leerweg": LEERWEG,
    "hulp": {"kind": "multiple", "label": "Waar heb je hulp bij nodig?",
             "values": ["plannen en leren", "geld"]},
    "cijfer": {"kind": "numeric", "missing": ["weet ik niet"]},
    "idee": {"kind": "open", "label": "Wat zou jij veranderen?"},
}
REASONS = [(4, "gezien", "weet ik niet"), (5, "gezien", "not_asked"), (2, "cijfer", "weet ik niet")]


def given(**fields):
    """Five made-up students; the last but one ticked nothing."""
    return answers({
        "gezien": ["eens", "oneens", None, None, "eens"],
        "leerweg": ["bol", "bol", "bbl", None, "bbl"],
        "hulp:plannen en leren": [True, True, False, False, False],
        "hulp:geld": [False, True, True, False, True],
        "cijfer": [None, 7.5, 950.0, 6.0, 8.0],
        "idee": ["meer rust", "", "", "een bank", ""],
    }, items=ITEMS, reasons=REASONS, **fields)


@pytest.fixture
def sav(tmp_path):
    wb.export_data(given(), tmp_path / "data.sav")
    return tmp_path / "data.sav"


def test_spss_gets_words_of_questions_answers_and_missing_codes(sav):
    frame, meta = pyreadstat.read_sav(str(sav), user_missing=True)
    assert meta.column_names_to_labels == {
        "gezien": "Ik voel mij gezien", "leerweg": "leerweg", "cijfer": "cijfer",
        "hulp_1": "Waar heb je hulp bij nodig?: plannen en leren",
        "hulp_2": "Waar heb je hulp bij nodig?: geld"}
    assert meta.variable_value_labels["gezien"] == {
        1.0: "oneens", 2.0: "neutraal", 3.0: "eens", 900.0: "weet ik niet", 901.0: "niet gevraagd"}
    assert frame["gezien"].tolist() == [3, 1, 900, 901, 3]
    assert meta.missing_ranges["gezien"] == [{"lo": 900.0, "hi": 901.0}]
    assert meta.variable_measure["gezien"] == "ordinal"


def test_missing_codes_count_as_missing_in_another_program(sav):
    frame, _ = pyreadstat.read_sav(str(sav))
    assert frame["gezien"].notna().sum() == 3
    assert frame["cijfer"].dropna().tolist() == [7.5, 950.0, 6.0, 8.0]


def test_a_missing_code_is_never_a_number_that_somebody_gave(sav):
    frame, meta = pyreadstat.read_sav(str(sav), user_missing=True)
    assert meta.missing_ranges["cijfer"] == [{"lo": 9000.0, "hi": 9000.0}]
    assert frame["cijfer"].tolist() == [9000.0, 7.5, 950.0, 6.0, 8.0]


def test_options_are_0_and_1_and_who_ticked_nothing_has_no_answer(sav):
    frame, meta = pyreadstat.read_sav(str(sav))
    assert frame["hulp_1"].fillna(-1).tolist() == [1, 1, 0, -1, 0]
    assert frame["hulp_2"].fillna(-1).tolist() == [0, 1, 1, -1, 1]
    assert meta.variable_value_labels["hulp_1"] == {0.0: "nee", 1.0: "ja"}


@pytest.mark.parametrize("name", ["data.sav", "data.xlsx"])
def test_wbkit_reads_back_the_same_counts(tmp_path, name):
    before = given()
    wb.export_data(before, tmp_path / name)
    items = ITEMS | {"hulp": ITEMS["hulp"] | {
        "columns": {"plannen en leren": "hulp_1", "geld": "hulp_2"},
        "ticked": ["ja"], "unticked": ["nee"]}}
    del items["idee"]
    items["gezien"] = {**GEZIEN, "missing": ["weet ik niet", "niet gevraagd"], "missing_labels": {}}
    items["leerweg"] = {"kind": "nominal", "values": ["bol", "bbl"]}
    source = Source.model_validate({
        "name": "terug", "file": name, "format": "spss" if name.endswith("sav") else "excel",
        "unit": "student", "synthetic": True, "items": items, "setting": {"folder": tmp_path}})
    after = wb.clean(wb.read_source(source), source)
    for item in ("gezien", "leerweg", "hulp", "cijfer"):
        counts = [wb.frequency(one, item).data[["value", "n", "base"]] for one in (before, after)]
        pd.testing.assert_frame_equal(*counts)


def test_a_workbook_has_words_and_a_codebook(tmp_path):
    wb.export_data(given(language="en"), tmp_path / "data.xlsx")
    book = load_workbook(tmp_path / "data.xlsx")
    data, codebook = (list(book[name].values) for name in ("answers", "codebook"))
    assert data[0] == ("gezien", "leerweg", "hulp_1", "hulp_2", "cijfer")
    assert data[1] == ("agree", "bol", "yes", "no", "weet ik niet")
    assert data[4] == ("not asked", None, None, None, 6)
    assert codebook[1][:4] == ("gezien", "Ik voel mij gezien", "choice in order",
                               "disagree\nneutral\nagree")


def test_only_the_part_that_is_looked_at_is_written(tmp_path):
    wb.export_data(given().where(leerweg="bbl"), tmp_path / "data.sav")
    assert len(pyreadstat.read_sav(str(tmp_path / "data.sav"))[0]) == 2


def test_words_that_nobody_may_read_are_left_out(tmp_path):
    wb.export_data(given(), tmp_path / "data.xlsx")
    book = load_workbook(tmp_path / "data.xlsx")
    cells = [cell for sheet in book for row in sheet.values for cell in row]
    assert "meer rust" not in cells
    assert "idee" not in cells


@pytest.mark.parametrize(("fields", "written"), [
    ({"synthetic": False}, False), ({"synthetic": False, "public": True}, True),
    ({"synthetic": True}, True),
])
def test_answers_of_real_people_are_not_written(tmp_path, fields, written):
    file = tmp_path / "data.sav"
    if written:
        wb.export_data(given(**fields), file)
    else:
        with pytest.raises(wb.DisclosureError, match=(
                "answers of real students.*give a path in .*processed. To share: save Tables")):
            wb.export_data(given(**fields), file)
    assert file.exists() == written


def test_answers_of_real_people_are_written_beside_the_cleaned_ones_only(tmp_path):
    real = given(synthetic=False, setting={"folder": tmp_path})
    wb.export_data(real, tmp_path / "processed" / "voor_spss.sav")
    assert (tmp_path / "processed" / "voor_spss.sav").is_file()
    with pytest.raises(wb.DisclosureError, match="makes somebody recognisable"):
        wb.export_data(real, tmp_path / "processed" / ".." / "voor_spss.sav")


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(wb.DataError, match=r"'data.csv' ends in '.csv'. Give a name that ends in"):
        wb.export_data(given(), tmp_path / "data.csv")


def test_names_that_spss_does_not_take_become_others(tmp_path):
    items = {"by": {"kind": "numeric"}, "a" * 60: {"kind": "numeric"},
             "a" * 60 + "b": {"kind": "numeric"}}
    wb.export_data(answers({name: [1.0, 2.0] for name in items}, items=items),
                   tmp_path / "data.sav")
    names = pyreadstat.read_sav(str(tmp_path / "data.sav"))[1].column_names
    assert names == ["by_v", "a" * 56, "a" * 56 + "_2"]
