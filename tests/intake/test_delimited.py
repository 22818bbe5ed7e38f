"""Text files with separators: everything about them is found by evidence."""

import random

import pytest
from builders.files import write_text
from builders.raw import E3, source

import wbkit as wb
from wbkit.intake.delimited import read_delimited
from wbkit.intake.layout import Layout

ITEMS = {"gezien": E3, "cijfer": {"kind": "numeric"}, "idee": {"kind": "open"}}


def described(folder, text, *, encoding="utf-8", items=None):
    write_text(folder / "raw/s.csv", text, encoding=encoding)
    return source(items or ITEMS, folder=folder, file="raw/s.csv", format="csv")


def read(folder, text, **fields):
    return wb.read_source(described(folder, text, **fields))


@pytest.mark.parametrize(("mark", "words"), [
    (";", "semicolon"), (",", "comma"), ("\t", "tab"), ("|", "vertical bar"),
])
def test_the_separator_is_found_and_reported(tmp_path, mark, words):
    raw = read(tmp_path, f"gezien{mark}cijfer{mark}idee\neens{mark}7{mark}x\n")
    assert raw.data.loc[2].tolist() == ["eens", "7", "x"]
    assert raw.found == ("UTF-8", f"separator {words}")


def test_the_headings_of_the_study_outweigh_a_more_frequent_mark(tmp_path):
    raw = read(tmp_path, "gezien;cijfer;idee\neens;7,5;a, b, c\noneens;6,5;d, e, f\n")
    assert raw.data["idee"].tolist() == ["a, b, c", "d, e, f"]


@pytest.mark.parametrize(("encoding", "words"), [
    ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with byte order mark"), ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16"), ("cp1252", "Windows-1252 (cp1252)"),
])
def test_the_encoding_is_found_and_reported(tmp_path, encoding, words):
    raw = read(tmp_path, "gezien;cijfer;idee\neens;7;één “idee”\n", encoding=encoding)
    assert raw.data.loc[2, "idee"] == "één “idee”"
    assert raw.found[0] == words


def test_a_cell_may_hold_a_line_break_a_quote_and_the_separator(tmp_path):
    raw = read(tmp_path, 'gezien;cijfer;idee\r\neens;7;"zei: ""ja"";\nen meer"\r\noneens;6;x\r\n')
    assert raw.data["idee"].to_dict() == {2: 'zei: "ja";\nen meer', 3: "x"}


def test_numbers_written_as_2_0_throughout_a_column_become_2(tmp_path):
    raw = read(tmp_path, "gezien;cijfer;idee\n2.0;2.0;1\n3.0;2.5;\n;;\n",
               items=ITEMS | {"gezien": {"kind": "ordinal", "values": ["2", "3"]}})
    assert raw.data["gezien"].tolist() == ["2", "3"]
    assert raw.data["cijfer"].tolist() == ["2.0", "2.5"]
    assert raw.found[2:] == ("1 empty row was skipped", "2.0 read as 2 in gezien")


def test_a_decimal_comma_is_found_and_is_no_change(tmp_path):
    raw = read(tmp_path, "gezien;cijfer;idee\neens;7,5;x\neens;8;y\n")
    cleaned = wb.clean(raw)
    assert "decimal comma in cijfer" in raw.found
    assert cleaned.data["cijfer"].tolist() == [7.5, 8.0]
    assert cleaned.log.empty


def test_headings_are_compared_without_their_spaces(tmp_path):
    assert read(tmp_path, " gezien;cijfer\u00a0;idee\neens;7;x\n").data.shape == (1, 3)


def test_a_file_with_one_column_has_no_separator(tmp_path):
    raw = read(tmp_path, "gezien\neens\n", items={"gezien": E3})
    assert raw.data["gezien"].tolist() == ["eens"]


@pytest.mark.parametrize(("text", "message"), [
    ("gezien;cijfer;idee\neens;7\n", r"headings make 3 cells, but row 2 has 2\."),
    ("gezien;cijfer;idee\neens;7;x;y\n", r"headings make 3 cells, but row 2 has 4\."),
    ('gezien;cijfer;idee\neens;7;"x\noneens;6;y\n', r"line 3: a double quote has no end"),
    ('gezien;cijfer;idee\neens;7;"x"y\n', "line 2: something stands behind"),
    ("\ngezien;cijfer;idee\neens;7;x\n", r"its first row is empty"),
    (";;\neens;7;x\n", r"its first row is empty"),
    ("gezien;cijfer;idee\n", r"holds headings and no answers"),
    ("gezien;cijfer;idee\neens;7;x\0\n", r"is not a text file"),
    ("gezien;cijfer\neens;7\n", r"items\.idee: 'idee' is not there"),
    ("gezien;cijfer;idee\neens;7;" + 140_000 * "x" + "\n", r"a cell is too long"),
])
def test_what_cannot_be_read_is_refused(tmp_path, text, message):
    with pytest.raises(wb.DataError, match=message) as error:
        read(tmp_path, text)
    assert str(error.value).startswith("students (raw/s.csv)")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    bad = described(tmp_path, "")
    bad.path.write_bytes(b"gezien;cijfer;idee\neens;7;\x81\x9d\n")
    with pytest.raises(wb.DataError, match=r"is not a text file\. It should be a csv"):
        wb.read_source(bad)


@pytest.mark.parametrize("content", [
    bytes(range(1, 32)) * 20, b"\x89PNG\x03\x04\x14\x06\x08" * 9, b"\xff\xd8\x01\x02\x03\x04;a\n"])
def test_the_bytes_of_a_program_or_picture_are_said_to_be_no_text(tmp_path, content):
    bad = described(tmp_path, "")
    bad.path.write_bytes(content)
    with pytest.raises(wb.DataError, match=r"is not a text file\. It should be a csv"):
        wb.read_source(bad)


def test_the_line_for_excel_that_names_the_separator_is_no_heading(tmp_path):
    raw = read(tmp_path, "sep=;\ngezien;cijfer;idee\neens;7;a,b\n")
    assert raw.data.to_dict("list") == {"gezien": ["eens"], "cijfer": ["7"], "idee": ["a,b"]}
    assert raw.data.index.tolist() == [2]
    assert "separator semicolon" in raw.found


def test_a_title_above_the_headings_is_named(tmp_path):
    with pytest.raises(wb.DataError, match=r"headings make 1 cell, but row 2 has 3, row 3 has 3"
                                           r".*Is the first row a title\? Then remove"):
        read(tmp_path, "Enquête 2022\ngezien;cijfer;idee\neens;7;x\n")


def test_a_stray_control_character_in_a_real_file_does_no_harm(tmp_path):
    text = "gezien;cijfer;idee\n" + "eens;7;een gewoon antwoord\n" * 20 + "eens;7;x\x1fy\n"
    assert len(read(tmp_path, text).data) == 21


def test_empty_cells_behind_the_last_heading_do_no_harm(tmp_path):
    assert read(tmp_path, "gezien;cijfer;idee\neens;7;x;;\n").data.shape == (1, 3)


def test_200_mutated_files_end_in_responses_or_a_message(tmp_path):
    good = b"gezien;cijfer;idee\n" + b'eens;7,5;"a ""b""\nc"\noneens;8;x\n' * 3
    bad = described(tmp_path, "")
    generator = random.Random(20221115)
    whole = {True: 0, False: 0}
    for _ in range(200):
        content = bytearray(good)
        place = generator.randrange(len(content))
        change = generator.choice([b"", b";", b'"', b"\n", b"\0", b"\xe9", b"x;y", b"\r"])
        content[place:place + generator.randint(0, 3)] = change
        bad.path.write_bytes(bytes(content))
        try:
            raw = wb.read_source(bad)
            cleaned = wb.clean(raw)
            assert len(cleaned.data) + (cleaned.log["after"] == "set aside").sum() == len(raw.data)
            whole[True] += 1
        except wb.DataError as error:
            whole[False] += 1
            assert str(error).startswith("students")
    assert min(whole.values()) > 20


def test_one_byte_of_windows_in_utf_8_is_read_and_named(tmp_path):
    good = described(tmp_path, "")
    good.path.write_bytes("gezien;cijfer;idee\néén;7;mooi café\n".encode() + b"eens;8;it\x92s\n")
    raw = wb.read_source(good)
    assert raw.data["idee"].tolist() == ["mooi café", "it’s"]
    assert any("1 byte in line 3 is no UTF-8 and read as Windows-1252" in one for one in raw.found)


def test_a_file_of_windows_is_not_taken_for_damaged_utf_8(tmp_path):
    good = described(tmp_path, "")
    good.path.write_bytes("gezien;cijfer;idee\néén;7;café\n".encode("cp1252"))
    raw = wb.read_source(good)
    assert raw.data["idee"].tolist() == ["café"]
    assert "Windows-1252 (cp1252)" in raw.found


def test_what_begins_as_a_workbook_is_refused_as_a_damaged_one(tmp_path):
    bad = described(tmp_path, "")
    bad.path.write_bytes(b"PK\x03\x04\x14\x06\x08" * 9)
    with pytest.raises(wb.DataError, match="is not a whole xlsx file. .* Download it again"):
        wb.read_source(bad)


NA_OF_R = "id,cijfer,uren,waarom\n1,7,NA,NA\n2,NA,3,zomaar\n3,6,NA,NA\n"


def test_na_in_columns_of_numbers_is_an_empty_cell_of_r():
    grid = read_delimited(NA_OF_R.encode(), "a.csv", (), Layout(), lambda rows: 1)
    assert [*map(list, grid.columns)][1:] == [["7", "", "6"], ["", "3", ""], ["", "zomaar", ""]]
    assert "5 cells hold NA, as R writes an empty cell: read as empty" in grid.found


@pytest.mark.parametrize("text", [
    "id,cijfer,uren\n1,7,NA\n2,,3\n3,NA,\n",  # somebody typed it beside empty cells
    "id,cijfer,land\n1,7,NA\n2,NA,NL\n",  # one column of numbers is no sign
])
def test_na_that_may_have_been_typed_is_kept(text):
    grid = read_delimited(text.encode(), "a.csv", (), Layout(), lambda rows: 1)
    assert "NA" in {cell for column in grid.columns for cell in column}


def test_a_csv_of_excel_on_a_mac_keeps_its_letters(tmp_path):
    text = "gezien;cijfer;idee\neens;7;één idee over financiën, beïnvloed door\u00a0mij\n"
    raw = read(tmp_path, text, encoding="mac_roman")
    assert raw.data.loc[2, "idee"] == "één idee over financiën, beïnvloed door\u00a0mij"
    assert raw.found[0] == "Mac Roman"


@pytest.mark.parametrize(
    "words", ["foto’s — één café", "‘mooi’ ÉÉN", "½ uur à € 5", "naïef, zoëven"])
def test_words_of_windows_stay_as_they_are(tmp_path, words):
    raw = read(tmp_path, f"gezien;cijfer;idee\neens;7;{words}\n", encoding="cp1252")
    assert (raw.data.loc[2, "idee"], raw.found[0]) == (words, "Windows-1252 (cp1252)")
