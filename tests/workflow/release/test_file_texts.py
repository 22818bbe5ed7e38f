import base64
import bz2
import gzip
import io
import json
import struct
import zipfile
import zlib
from functools import partial

import docx
import openpyxl
import pandas as pd
import pyreadstat
import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes
from openpyxl.comments import Comment

from wbkit.workflow.release.file_texts import Unreadable, pieces

WORDS = "bel Fatima op 0612345678"


def found(name, content):
    """Give the places where the words stand."""
    return [piece.place for piece in pieces(name, content) if "0612345678" in piece.text]


def workbook(comment="", cell="", author="", footer=""):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "vragen"
    sheet["B4"] = cell or "een vraag"
    if comment:
        sheet["C2"] = "x"
        sheet["C2"].comment = Comment(comment, "onderzoeker")
    sheet.oddFooter.left.text = footer
    book.properties.creator = author
    book.save(stream)
    return stream.getvalue()


def png(**words):
    stream = io.BytesIO()
    Figure(figsize=(1, 1)).savefig(stream, format="png", metadata=words)
    return stream.getvalue()


def notebook(*cells, **metadata):
    return writes(new_notebook(cells=list(cells), metadata=metadata)).encode()


@pytest.mark.parametrize(("name", "text", "place"), [
    ("study.toml", f"title = 'x'\nnote = '{WORDS}'", "line 2"),
    ("enquete.csv", f"nr;antwoord\r\n1;{WORDS}\r\n", "line 2"),
    ("LEESMIJ.html", f"<h1>x</h1>\n<p title='a'>{WORDS}</p>", "line 2"),
    ("alt.json", json.dumps({"alt": WORDS, "n": 3}), "alt"),
    ("kapot.json", f'{{"alt": "{WORDS}"', "line 1"),
    ("getal.json", '{"n": 612345678, "nummer": "0612345678"}', "nummer"),
])
def test_words_of_a_text_file_have_a_place(name, text, place):
    assert found(name, text.encode()) == [place]


MAIL = "p.jansen@school.nl"


@pytest.mark.parametrize(("name", "text"), [
    ("study.toml", f'contact = "Petra <{MAIL}>"'),
    ("a.md", f"Vraag <{MAIL}> om uitleg"),
    ("a.md", f"<!-- vraag {MAIL} -->"),
    ("a.md", f"<mailto:{MAIL}>"),
    ("a.html", f'<p>x</p><img src="x.png" alt="van {MAIL}">'),
    ("a.html", f"<a href=mailto:{MAIL}>x</a>"),
    ("a.html", f"<span title='{MAIL.replace('@', '&#64;')}'>x</span>"),
    ("a.svg", f'<svg>\n<g aria-label="{MAIL}"/>\n</svg>'),
    ("a.ipynb", notebook(new_code_cell("x", outputs=[new_output(
        "display_data", data={"text/html": f'<img src="x.png"\n alt="{MAIL}">'})])).decode()),
])
def test_what_stands_between_angle_brackets_is_read(name, text):
    assert any(MAIL in piece.text for piece in pieces(name, text.encode()))


def test_the_alternative_text_of_a_picture_in_a_document_is_read():
    document, stream, picture = docx.Document(), io.BytesIO(), io.BytesIO(png())
    document.add_picture(picture)._inline.docPr.set("descr", WORDS)
    document.save(stream)
    assert found("verslag.docx", stream.getvalue()) == ["word/document.xml"]


@pytest.mark.parametrize("line", [
    '<td style="margin:0" class="martin" id="p0612345678">3</td>',
    '<path d="M 06 12345678 L 0612345678 3" transform="translate(0612345678)"/>',
    '<img src="data:image/png;base64,0612345678" alt="staven">',
    '<w:p w:rsidR="0612345678" w14:paraId="0612345678"><w:rFonts w:ascii="Georgia"/></w:p>',
])
def test_shapes_fonts_and_markup_are_no_words(line):
    words = " ".join(piece.text for piece in pieces("a.html", line.encode()))
    assert not any(one in words for one in ("0612345678", "12345678", "martin", "margin",
                                            "Georgia", "td", "path"))


def test_two_attributes_do_not_make_one_number():
    texts = [piece.text for piece in pieces("a.svg", b'<use x="06" y="12345678"/>')]
    assert [text.splitlines() for text in texts] == [["06", "12345678"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_letters_in_which_it_was_written(encoding):
    assert pieces("a.csv", "café é".encode(encoding))[0].text.strip() == "café é"


@pytest.mark.parametrize(("content", "place"), [
    (workbook(cell=WORDS), "sheet vragen, cell B4"),
    (workbook(comment=WORDS), "comment at cell C2"),
    (workbook(author=WORDS), "docProps/core.xml"),
    (workbook(footer=WORDS), "xl/worksheets/sheet1.xml"),
])
def test_words_of_a_workbook_have_a_place(content, place):
    assert found("vragen.xlsx", content) == [place]


def test_a_number_in_a_workbook_is_read_as_its_digits():
    assert [piece.place for piece in pieces("a.xlsx", workbook(cell=111222333))
            if piece.text == "111222333"] == ["sheet vragen, cell B4"]


def test_words_of_a_document_are_read_across_its_markup():
    document, stream = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("bel Fatima op 0612")
    paragraph.add_run("345678").bold = True
    document.save(stream)
    assert found("verslag.docx", stream.getvalue()) == ["word/document.xml"]


@pytest.mark.parametrize(("content", "place"), [
    (notebook(new_markdown_cell("uitleg"), new_code_cell(f"# {WORDS}")), "cell 2"),
    (notebook(new_code_cell("x", outputs=[new_output("stream", text=WORDS)])),
     "cell 1, its output"),
    (notebook(new_code_cell("x", outputs=[new_output(
        "display_data", data={"text/html": f"<td>{WORDS}</td>"})])), "cell 1, its output"),
    (notebook(new_code_cell("x", outputs=[new_output(
        "display_data", data={"application/json": {"a": [WORDS]}})])), "cell 1, its output.a"),
    (notebook(new_code_cell("x", metadata={"tags": [WORDS]})), "cell 1, its properties.tags"),
    (notebook(widgets={"state": {"m": {"value": WORDS}}}),
     "properties of the notebook.widgets.state.m.value"),
])
def test_words_of_a_notebook_have_a_place(content, place):
    assert found("10_gezien.ipynb", content) == [place]


def test_the_bytes_of_a_picture_in_a_notebook_are_no_words():
    data = {"image/png": base64.b64encode(WORDS.encode()).decode()}
    content = notebook(new_code_cell("x", outputs=[new_output("display_data", data=data)]))
    assert data["image/png"] in content.decode()
    assert not any(data["image/png"] in piece.text for piece in pieces("a.ipynb", content))


def test_words_in_the_properties_of_a_picture_are_found():
    assert found("figuur.png", png(Description=WORDS)) == ["property Description of the picture"]
    assert found("figuur.png", png(Description="niets")) == []


def chunk(kind, data):
    return struct.pack(">I4s", len(data), kind) + data + b"\0\0\0\0"


@pytest.mark.parametrize("part", [
    chunk(b"zTXt", b"Comment\0\0" + zlib.compress(WORDS.encode())),
    chunk(b"iTXt", b"Comment\0\0\0nl\0\0" + WORDS.encode()),
    chunk(b"iTXt", b"Comment\0\1\0nl\0\0" + zlib.compress(WORDS.encode())),
])
def test_packed_words_of_a_picture_are_found(part):
    assert found("figuur.png", b"\x89PNG\r\n\x1a\n" + part) == ["property Comment of the picture"]


@pytest.mark.parametrize(("name", "write"), [
    ("a.sav", pyreadstat.write_sav), ("a.zsav", partial(pyreadstat.write_sav, compress=True)),
    ("a.dta", pyreadstat.write_dta)])
def test_words_of_a_file_of_spss_or_stata_have_a_place(tmp_path, name, write):
    file = tmp_path / name
    write(pd.DataFrame({"kwijt": ["niets", WORDS]}), str(file))
    assert found(name, file.read_bytes()) == ["row 2, kwijt"]


def test_a_packed_text_is_read():
    packed = gzip.compress(f"nr;wat\n1;{WORDS}\n".encode())
    assert found("klas.csv.gz", packed) == ["line 2"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.pdf", "a.png", "a.ipynb", "a.sav"])
def test_a_file_into_which_nobody_can_look_is_said(name):
    with pytest.raises(Unreadable):
        pieces(name, b"\x00\x01 kapot")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + WORDS.encode()


@pytest.mark.parametrize(("name", "content"), [
    ("klas.xls", OLE), ("klas.doc", OLE), ("klas.parquet", OLE), ("klas.sqlite", OLE),
    ("gesprek.mp3", OLE), ("klas", OLE), ("klas.csv", OLE), ("klas.xlsb", OLE),
    ("klas.txt", b"een regel\n" * 1000 + OLE),
    ("klas.csv", f"nr;wat\n1;{WORDS}".encode("utf-16-le")),
    ("klas.txt", WORDS.encode("utf-16-be")),
    ("klas.txt.bz2", bz2.compress(WORDS.encode())), ("klas.7z", bytes(range(1, 256)) * 4),
    ("klas.csv.gz", gzip.compress(OLE, mtime=0)), ("klas.csv.gz", WORDS.encode()),
])
def test_a_file_of_a_kind_that_cannot_be_read_does_not_pass_as_clean(name, content):
    with pytest.raises(Unreadable):
        pieces(name, content)


def test_a_document_with_something_in_it_that_cannot_be_read_does_not_pass_as_clean():
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/printerSettings/printerSettings1.bin", OLE)
    assert found("a.xlsx", stream.getvalue()) == []
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/embeddings/oleObject1.bin", OLE)
    with pytest.raises(Unreadable):
        pieces("a.xlsx", stream.getvalue())


def test_a_text_into_which_a_strange_sign_slipped_is_read():
    assert found("a.txt", f"{WORDS} \x02 {'en verder ' * 5}\x1a".encode()) == ["line 1"]


@pytest.mark.parametrize("name", ["foto.jpg", "letter.ttf", "foto.HEIC"])
def test_a_file_without_words_has_none(name):
    assert pieces(name, b"\x00\x01\x02\x03") == []


def test_the_words_of_a_drawing_are_read_and_the_font_in_it_is_not():
    svg = (b'<svg role="img"><title>Gezien</title><desc>Jan zei dat</desc>\n'
           b"<style>@font-face{src:url(data:font/woff2;base64,d09GMgABAAAA)}</style>\n"
           b"<text>12 van 40</text></svg>")
    words = " ".join(piece.text for piece in pieces("a.svg", svg))
    assert "Jan zei dat" in words and "12 van 40" in words
    assert "d09GMg" not in words
