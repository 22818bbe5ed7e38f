"""Files that cannot be read end in a message, never in another exception."""

import io
import random
import zipfile

import pytest
from builders.raw import E3, source
from builders.workbooks import write_forms

import wbkit as wb

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def described(tmp_path):
    write_forms(tmp_path / "raw/students.xlsx", ["gezien"], [["eens"], ["oneens"], ["eens"]])
    return source({"gezien": E3}, folder=tmp_path)


def repacked(described, **parts):
    """Write the file again with other text in some of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(described.path) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    described.path.write_bytes(stream.getvalue())


def sheet(described):
    with zipfile.ZipFile(described.path) as package:
        return package.read(SHEET)


def refused(described, message):
    with pytest.raises(wb.DataError, match=message) as error:
        wb.read_source(described)
    assert str(error.value).startswith("students (raw/students.xlsx)")


def test_no_such_file(described):
    described.path.unlink()
    refused(described, r"there is no such file in .*raw\. Put the export there, or correct file")


def test_a_folder(described):
    described.path.unlink()
    described.path.mkdir()
    refused(described, r"is a folder, not a file. Correct file")


def test_a_file_that_is_locked(described, monkeypatch):
    def locked(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", locked)
    refused(described, r"cannot be read\. Close it in Excel.* \(Permission denied\)")


@pytest.mark.parametrize(("content", "message"), [
    (b"", r"is empty\. It should hold headings and answers"),
    (b" \n", r"is empty\. It should hold headings and answers"),
    (b"gezien\neens\n", r'is not a whole xlsx file\. .*format = "csv"'),
    (b"PK\x03\x04 and then nothing", r"is not a whole xlsx file"),
    (b"\xd0\xcf\x11\xe0" + bytes(600), r"is an old \.xls file\. .*save it so"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
     r"is protected with a password\. .*without a password"),
])
def test_content_that_is_no_xlsx(described, content, message):
    described.path.write_bytes(content)
    refused(described, message)


def test_a_truncated_file(described):
    described.path.write_bytes(described.path.read_bytes()[:-200])
    refused(described, r"is not a whole xlsx file")


def test_a_zip_file_of_something_else(described):
    with zipfile.ZipFile(described.path, "w") as package:
        package.writestr("brief.txt", "hallo")
    refused(described, r"is damaged: its cells cannot be read")


def test_a_sheet_that_breaks_off(described):
    repacked(described, **{SHEET: sheet(described)[:-60]})
    refused(described, r"is damaged: its cells cannot be read")


def test_a_workbook_without_cells(described):
    start, rest = sheet(described).split(b"<sheetData>")
    repacked(described, **{SHEET: start + b"<sheetData>" + rest[rest.index(b"</sheetData>"):]})
    refused(described, r"is an empty workbook")


def test_headings_without_answers(tmp_path):
    write_forms(tmp_path / "raw/students.xlsx", ["gezien"], [])
    refused(source({"gezien": E3}, folder=tmp_path), r"holds headings and no answers")


def test_a_cell_far_away_is_refused_before_memory_is_set_aside(described):
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    repacked(described, **{SHEET: sheet(described).replace(b"</sheetData>", far)})
    refused(described, r"reaches to row 1048576 and column 16384, 17,179,869,184 cells")


def test_a_row_that_stands_there_twice_is_not_read_over_the_first(described):
    repacked(described, **{SHEET: sheet(described).replace(b'3"', b'2"')})
    refused(described, r"its row 2 stands there twice")


def test_a_package_that_unpacks_to_far_more_than_it_is(described):
    repacked(described, **{"xl/sharedStrings.xml": bytes(120_000_000)})
    refused(described, r"unpacks to 120 MB, \d+ times its size")


def test_entities_that_multiply_do_no_harm(described):
    bomb = ('<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi",
                                                                   strict=True)) + "]>")
    with zipfile.ZipFile(described.path) as package:
        strings = package.read("xl/sharedStrings.xml").decode()
    strings = strings.replace("?>", "?>" + bomb).replace("<t>eens</t>", "<t>&i;</t>")
    repacked(described, **{"xl/sharedStrings.xml": strings})
    with pytest.raises(wb.DataError, match="is damaged: its cells cannot be read"):
        wb.clean(wb.read_source(described))


def test_200_mutated_files_end_in_responses_or_a_message(described):
    generator = random.Random(20221115)
    good = described.path.read_bytes()
    whole = {True: 0, False: 0}
    for _ in range(200):
        mutate(described, good, generator)
        try:
            raw = wb.read_source(described)
            cleaned = wb.clean(raw)
            whole[True] += 1
            assert len(cleaned.data) + (cleaned.log["after"] == "set aside").sum() == len(raw.data)
        except wb.DataError as error:
            whole[False] += 1
            assert str(error).startswith("students")
    assert min(whole.values()) > 20


def mutate(described, good, generator):
    """Change, remove or repeat some bytes of the file, or of its sheet."""
    described.path.write_bytes(good)
    content = bytearray(sheet(described) if generator.random() < 0.7 else good)
    inside = bytes(content) != good
    place = generator.randrange(len(content))
    length = generator.randint(1, 20)
    how = generator.choice(["change", "remove", "repeat"])
    if how == "change":
        content[place] = generator.randrange(256)
    elif how == "remove":
        del content[place:place + length]
    else:
        content[place:place] = content[place:place + length]
    if inside:
        repacked(described, **{SHEET: bytes(content)})
    else:
        described.path.write_bytes(bytes(content))


@pytest.mark.parametrize(("old", "new", "written"), [
    (b'r="A2"', b'r="XFE2"', "XFE2"), (b'r="A2"', b'r="A1048577"', "A1048577"),
    (b'r="A2"', b'r="AAAAAAAAAA2"', "AAAAAAAAAA2"), (b'r="A2"', b'r="a2"', "a2"),
    (b'r="A2"', b"r='ZZZZ2'", "ZZZZ2"), (b'r="A2"', b'r = "ZZZZ2"', "ZZZZ2"),
    (b'<c r="A2"', b'<c\nr="ZZZZ2"', "ZZZZ2"), (b'<c r="A2"', b'<c t="s" r="ZZZZ2"', "ZZZZ2"),
    (b'<row r="2"', b'<row r="1048577"', "1048577"), (b'r="A2"', b'r="&#90;ZZZ2"', "&#90;ZZZ2"),
])
def test_a_cell_where_no_sheet_has_one_is_refused_before_it_ends_python(
        described, old, new, written):
    with zipfile.ZipFile(described.path) as package:
        content = package.read(SHEET)
    assert old in content
    repacked(described, **{SHEET: content.replace(old, new, 1)})
    with pytest.raises(wb.DataError, match=f"holds a cell at '{written}', and a sheet goes from A1"
                                           " to XFD1048576. The file is damaged"):
        wb.read_source(described)


def test_merged_cells_below_the_last_row_do_no_harm(described):
    with zipfile.ZipFile(described.path) as package:
        content = package.read(SHEET)
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A9:A7"/></mergeCells>'
    repacked(described, **{SHEET: content.replace(b"</sheetData>", merged)})
    assert len(wb.read_source(described).data) == 3
