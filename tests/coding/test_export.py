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


def test_without_codings_the_matrix_has_a_column_for_what_was_looked_for(tmp_path):
    looked = pd.DataFrame({"document": ["1"], "revision": "x", "coder": "anna", "codes": [("a",)]})
    one = codings()
    empty = Codings(one.data.iloc[:0], one.documents, one.codebook, looked)
    path = wb.export_codings(empty, tmp_path / "m.csv", shape="matrix")
    assert pd.read_csv(path)["a"].tolist() == [0] * 8


def test_words_of_real_people_do_not_leave_and_noughts_and_ones_do(tmp_path):
    real = codings(synthetic=False)
    with pytest.raises(wb.DisclosureError, match="do not leave the store.*shape=.matrix."):
        wb.export_codings(real, tmp_path / "a.csv")
    assert wb.export_codings(real, tmp_path / "m.csv", shape="matrix").exists()


def test_an_unknown_ending_is_refused(tmp_path):
    with pytest.raises(wb.CodingError, match=r"\.csv or \.xlsx"):
        wb.export_codings(codings(), tmp_path / "a.ods", shape="matrix")


def test_an_unknown_shape_is_refused(tmp_path):
    with pytest.raises(wb.CodingError, match="Use rows or matrix"):
        wb.export_codings(codings(), tmp_path / "a.csv", shape="table")
