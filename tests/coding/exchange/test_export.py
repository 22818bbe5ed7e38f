"""Codings leave as csv, xlsx and a matrix, and no spreadsheet computes what people said."""

import io

import pandas as pd
import pytest
from builders.transcripts import codebook, documents
from python_calamine import CalamineWorkbook

import wbkit as wb
from wbkit.data.codings import Codings

ODD = ("=1+1", "-2 graden", "+31 6", "@jan", "goed", "een\ntwee", "👩‍👩‍👧 \"ja\"; nee")


def codings(**fields):
    texts = documents(*ODD, "zonder code", **fields)
    rows = [{"document": str(at), "revision": "x", "start": 0, "end": len(text),
             "code": "ab"[at % 2], "coder": "anna", "origin": "manual", "status": "accepted",
             "term": ""} for at, text in enumerate(ODD, start=1)]
    return Codings(pd.DataFrame(rows), texts, codebook(a=["x"], b=["y"], c=["z"]))


def test_csv_and_xlsx_hold_every_quote_as_text(tmp_path):
    first = wb.export_codings(codings(), tmp_path / "a.csv")
    back = pd.read_csv(first, dtype="str", keep_default_na=False)
    assert back["quote"].tolist() == [f"'{one}" if one[0] in "=-+@" else one for one in ODD]
    book = CalamineWorkbook.from_filelike(io.BytesIO(
        wb.export_codings(codings(), tmp_path / "a.xlsx").read_bytes()))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[rows[0].index("quote")] for row in rows[1:]] == list(ODD)
    assert [row[rows[0].index("start")] for row in rows[1:]] == [0] * len(ODD)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_the_same_codings_give_the_same_bytes(tmp_path, name):
    for shape in ("rows", "matrix"):
        one, two = (wb.export_codings(codings(), tmp_path / folder / name, shape=shape)
                    for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_the_matrix_has_a_row_for_every_text_and_says_0_and_1(tmp_path):
    path = wb.export_codings(codings(), tmp_path / "m.csv", shape="matrix")
    assert path.read_text() == (
        "document,a,b\n1,0,1\n2,1,0\n3,0,1\n4,1,0\n5,0,1\n6,1,0\n7,0,1\n8,0,0\n")


def test_what_nobody_looked_for_is_empty_and_not_0(tmp_path):
    looked = pd.DataFrame({"document": ["1"], "revision": "x", "coder": "anna", "codes": [("a",)]})
    one = codings()
    empty = Codings(one.data.iloc[:0], one.documents, one.codebook, looked)
    path = wb.export_codings(empty, tmp_path / "m.csv", shape="matrix")
    assert path.read_text() == "document,a\n1,0\n" + "".join(f"{at},\n" for at in range(2, 9))
    book = CalamineWorkbook.from_path(wb.export_codings(empty, tmp_path / "m.xlsx", shape="matrix"))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["a", 0, *[""] * 7]


def test_a_code_above_others_has_what_they_have_as_in_code_frequency(tmp_path):
    book = codebook(druk={}, toets={"parents": ["druk"]}, stage={"parents": ["druk"]}, rust={})
    texts = documents("toets", "stage", "rust", "niets", "ongelezen")
    rows = [{"document": str(at), "revision": "x", "start": 0, "end": 5, "code": code,
             "coder": "anna", "origin": "manual", "status": "accepted", "term": ""}
            for at, code in ((1, "toets"), (2, "stage"))]
    looked = pd.DataFrame({"document": list("1234"), "revision": "x", "coder": "anna",
                           "codes": [("toets", "stage", "rust")] * 3 + [("stage",)]})
    one = Codings(pd.DataFrame(rows), texts, book, looked)
    path = wb.export_codings(one, tmp_path / "m.csv", shape="matrix")
    assert path.read_text() == ("document,druk,toets,stage,rust\n1,1,1,0,0\n2,1,0,1,0\n"
                                "3,0,0,0,0\n4,0,,0,\n5,,,,\n")
    sums = pd.read_csv(path).drop(columns="document")
    table = wb.code_frequency(one).data.set_index("value")
    assert table["n"].to_dict() == sums.sum().to_dict()
    assert table["base"].to_dict() == sums.notna().sum().to_dict()


def test_words_of_real_people_do_not_leave_and_noughts_and_ones_do(tmp_path):
    real = codings(synthetic=False)
    with pytest.raises(wb.DisclosureError, match="once they are pseudonymised.*shape=.matrix."):
        wb.export_codings(real, tmp_path / "a.csv")
    assert wb.export_codings(real, tmp_path / "m.csv", shape="matrix").exists()


def test_an_unknown_ending_is_refused(tmp_path):
    with pytest.raises(wb.CodingError, match=r"\.csv or \.xlsx"):
        wb.export_codings(codings(), tmp_path / "a.ods", shape="matrix")


def test_an_unknown_shape_is_refused(tmp_path):
    with pytest.raises(wb.CodingError, match="Use rows, matrix or segments"):
        wb.export_codings(codings(), tmp_path / "a.csv", shape="table")
