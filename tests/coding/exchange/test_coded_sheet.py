"""A sheet in which somebody coded answers by hand gives texts, codes and what was looked at."""

import pandas as pd
import pytest
from builders.transcripts import codebook

import wbkit as wb

ANSWERS = ["Ik had stress.", "Mijn coach hielp.", "", "Weet ik niet."]


def sheet(path, columns, *, above=()):
    """Save columns as an Excel sheet, with rows above the headings."""
    frame = pd.DataFrame([*above, list(columns), *zip(*columns.values(), strict=True)])
    if path.suffix == ".csv":
        frame.to_csv(path, index=False, header=False, sep=";", encoding="cp1252")
    else:
        frame.to_excel(path, index=False, header=False)
    return path


def found(project):
    return sorted(project.codings[["document", "quote", "code", "coder"]].itertuples(
        index=False, name=None))


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_column_for_each_code(tmp_path, ending):
    path = sheet(tmp_path / f"a{ending}", {
        "Id": ["a1", "a2", "a3", "a4"], "Wat hielp je?": ANSWERS, "Druk": ["x", "", "x", ""],
        "Steun": ["", "X", "", ""], "opmerking": ["", "ja", "", ""]},
        above=[["Codering van juni", "", "", "", ""]])
    project = wb.read_coded_sheet(path, text="Wat hielp je?", codes=["Druk", "Steun"], id="Id",
                                  coder="Anna")
    assert found(project) == [("a1", "Ik had stress.", "druk", "anna"),
                              ("a2", "Mijn coach hielp.", "steun", "anna")]
    assert list(project.codebook.codes) == ["druk", "steun"]
    assert [one[0] for one in project.looked()] == ["a1", "a2", "a4"]  # marks alone: all read
    assert project.left_out == ("coded rows without an answer: 1", "other columns of the sheet: 1")


def test_where_the_sheet_says_no_an_empty_cell_was_not_looked_at(tmp_path):
    path = sheet(tmp_path / "a.xlsx", {"tekst": ["een", "twee", "drie"], "druk": [1, 0, ""],
                                       "steun": [0, "", ""]})
    project = wb.read_coded_sheet(path, text="tekst", codes=["druk", "steun"], coder="anna")
    assert project.looked() == [("2", "anna", ("druk", "steun")), ("3", "anna", ("druk",))]
    assert "3 cells are empty. The sheet also says 0 or nee" in project.warnings[0]


def test_one_column_with_codes(tmp_path):
    path = sheet(tmp_path / "a.xlsx", {
        "tekst": ["een", "twee", "drie", "vier"], "code": ["Druk; steun", "druk", "geen", ""]})
    project = wb.read_coded_sheet(path, text="tekst", codes="code", coder="anna")
    assert found(project) == [("2", "een", "druk", "anna"), ("2", "een", "steun", "anna"),
                              ("3", "twee", "druk", "anna")]
    assert [one[0] for one in project.looked()] == ["2", "3", "4"]
    assert "1 answer without a code, taken as not looked at" in project.warnings[0]


def test_two_possible_separators_are_asked(tmp_path):
    path = sheet(tmp_path / "a.xlsx", {"tekst": ["een", "twee"],
                                       "code": ["druk, thuis; steun", "druk"]})
    with pytest.raises(wb.CodingError, match="a.xlsx, code: ';', ',' stand in its cells"):
        wb.read_coded_sheet(path, text="tekst", codes="code", coder="anna")
    project = wb.read_coded_sheet(path, text="tekst", codes="code", coder="anna", separator=";")
    assert list(project.codebook.codes) == ["druk_thuis", "steun", "druk"]


def test_what_is_wrong_is_refused_with_its_place_and_without_the_words(tmp_path):
    path = sheet(tmp_path / "a.xlsx", {
        "id": [1, 1], "tekst": ["een", "twee"], "druk": ["x", "ik was moe"], "dubbel": ["", ""]})
    asked = {"text": "tekst", "coder": "anna"}
    with pytest.raises(wb.CodingError, match="a.xlsx, druk, row 3: a cell of a code") as caught:
        wb.read_coded_sheet(path, codes=["druk"], **asked)
    assert "moe" not in str(caught.value)
    with pytest.raises(wb.CodingError, match="a.xlsx, id, row 2: the id is empty or stands there"):
        wb.read_coded_sheet(path, codes=["dubbel"], id="id", **asked)
    with pytest.raises(wb.CodingError, match="no sheet has a row with the headings 'tekst', 'weg'"):
        wb.read_coded_sheet(path, codes=["weg"], **asked)
    twice = tmp_path / "b.csv"
    twice.write_text("tekst;druk;druk\neen;x;\n")
    with pytest.raises(wb.CodingError, match="b.csv: the heading 'druk' stands there twice"):
        wb.read_coded_sheet(twice, codes=["druk"], **asked)
    with pytest.raises(wb.CodingError, match=r"a.docx: ends with '.docx'; it may be .xlsx"):
        wb.read_coded_sheet(tmp_path / "a.docx", codes=["druk"], **asked)
    with pytest.raises(wb.CodingError, match="weg.xlsx: there is no such file"):
        wb.read_coded_sheet(tmp_path / "weg.xlsx", codes=["druk"], **asked)
    (tmp_path / "kapot.xlsx").write_bytes(b"PK niets")
    with pytest.raises(wb.CodingError, match="kapot.xlsx: its cells cannot be read"):
        wb.read_coded_sheet(tmp_path / "kapot.xlsx", codes=["druk"], **asked)


def test_a_sheet_reaches_the_store_as_answers_to_an_item(tmp_path):
    path = sheet(tmp_path / "a.xlsx", {"tekst": ["een", "twee"], "druk": ["x", ""]})
    project = wb.read_coded_sheet(path, text="tekst", codes=["druk"], coder="anna")
    book = codebook(druk=["x"])
    with wb.CodingStore(tmp_path / "coding", codes=book.codes) as store:
        with pytest.raises(wb.CodingError, match="a: holds answers to an open item. Give the id"):
            store.add_refi(project, privacy="synthetic")
        done = store.add_refi(project, privacy="synthetic", source="leerlingen", item="hulp")
        assert (done.texts, done.codings, done.memos) == (2, 1, 0)
        assert [one.document for one in store.codings()] == ["leerlingen.hulp/2"]
        assert [(one.document, one.codes) for one in store.considered()] == [
            ("leerlingen.hulp/2", ("druk",)), ("leerlingen.hulp/3", ("druk",))]
        other = wb.read_coded_sheet(sheet(tmp_path / "b.xlsx", {
            "tekst": ["een!", "twee"], "druk": ["x", ""]}), text="tekst", codes=["druk"],
            coder="anna")
        with pytest.raises(wb.CodingError, match="another text with the id"):
            store.add_refi(other, privacy="synthetic", source="leerlingen", item="hulp")
