"""A Table in Word: real rows and columns, read by people and by screen readers."""

import docx
import pytest
from builders.responses import answers, people
from docx.oxml.ns import qn

import wbkit as wb
from wbkit.errors import DataError
from wbkit.table.count_layouts import Grid
from wbkit.table.word import column_shares, is_wide, new_document

GIVEN = ["eens"] * 12 + ["oneens"] * 8


@pytest.fixture
def table():
    return wb.frequency(people(GIVEN), "gezien")


@pytest.fixture
def document(table, tmp_path):
    return docx.Document(table.to_word(tmp_path / "tabel.docx", title="Wie voelt zich gezien?"))


def cells(document):
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_what_is_shown_stands_in_the_cells(document):
    assert cells(document) == [["antwoord", "aantal", "aandeel"], ["oneens", "8", "40 %"],
                               ["neutraal", "0", "0 %"], ["eens", "12", "60 %"]]


def test_the_first_row_returns_on_each_page_and_no_row_is_cut(document):
    rows = document.tables[0]._tbl.tr_lst
    assert [bool(row.xpath("w:trPr/w:tblHeader")) for row in rows] == [True, False, False, False]
    assert all(row.xpath("w:trPr/w:cantSplit") for row in rows)


def test_the_first_column_names_the_row(document):
    (look,) = document.tables[0]._tbl.xpath("w:tblPr/w:tblLook")
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    (style,) = document.tables[0]._tbl.xpath("w:tblPr/w:tblStyle")
    kinds = document.styles.element.xpath(
        f"w:style[@w:styleId='{style.get(qn('w:val'))}']/w:tblStylePr/@w:type")
    assert kinds == ["firstRow", "firstCol"]


def test_title_and_base_are_read_aloud(document):
    (title,), (words,) = (document.tables[0]._tbl.xpath(f"w:tblPr/w:{tag}/@w:val")
                          for tag in ("tblCaption", "tblDescription"))
    assert title == "Wie voelt zich gezien?"
    assert words.startswith("Basis: 20 van de 20 studenten")


def test_properties_stand_in_the_order_of_the_format(document):
    tags = [one.tag.split("}")[1] for one in document.tables[0]._tbl.tblPr]
    assert tags == ["tblStyle", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook",
                    "tblCaption", "tblDescription"]


def test_the_caption_has_a_number_that_word_renews(document):
    caption = next(one for one in document.paragraphs if one.style.name == "Caption")
    assert caption.text == "Tabel\N{NO-BREAK SPACE}1  Wie voelt zich gezien?"
    assert caption._p.xpath(".//w:instrText")[0].text.strip() == r"SEQ Tabel \* ARABIC"


def test_base_and_source_stand_below_it(document, table):
    below = [one.text for one in document.paragraphs if one.style.name == "wbkit note"]
    assert below[0].startswith("Basis: 20 van de 20")
    assert below[-1] == f"Vingerafdruk: {table.fingerprint}"


def test_the_document_says_its_language(table, tmp_path):
    for language, region in (("nl", "nl-NL"), ("en", "en-GB")):
        made = docx.Document(table.to_word(tmp_path / "t.docx", language=language))
        assert made.core_properties.language == region
        assert set(made.styles.element.xpath(".//w:lang/@w:val")) == {region}


def test_the_same_table_is_the_same_bytes(table, tmp_path):
    files = [table.to_word(tmp_path / name) for name in ("a.docx", "b.docx")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_hidden_count_stays_hidden(tmp_path):
    table = wb.frequency(people(["eens"] * 12 + ["oneens"] * 2, synthetic=False), "gezien")
    made = docx.Document(table.to_word(tmp_path / "t.docx"))
    assert "2" not in {cell for row in cells(made) for cell in row}


def test_signs_that_no_xml_can_hold_are_left_out(tmp_path):
    responses = answers({"x": ["a\x0bb"] * 3},
                        items={"x": {"kind": "nominal", "values": ["a\x0bb"]}})
    made = docx.Document(wb.frequency(responses, "x").to_word(tmp_path / "t.docx"))
    assert cells(made)[1][0] == "ab"


@pytest.mark.parametrize("name", ["tabel.doc", "tabel", "tabel.pdf"])
def test_another_ending_is_refused(table, tmp_path, name):
    with pytest.raises(DataError, match="Give a name that ends in .docx"):
        table.to_word(tmp_path / name)


def test_a_table_of_long_words_lies_on_its_side():
    upright = Grid(("vraag", "n"), (("een lange zin met heel veel korte woorden " * 9, "1"),))
    wide = Grid(("gelegenheidssteekproef",) * 6, (("0",) * 6,))
    assert (is_wide(upright), is_wide(wide)) == (False, True)


def test_every_column_has_room_for_its_longest_word():
    grid = Grid(("vraag", "gelegenheidssteekproef", "n"), (("zin " * 200, "1", "2"),))
    shares, tight = column_shares(grid, turned=False)
    assert sum(shares) == pytest.approx(1)
    assert 92 * shares[1] >= len("gelegenheidssteekproef")
    assert shares[0] > shares[2]
    assert not tight


def test_a_column_of_sentences_is_wider_than_columns_of_a_few_words():
    asked = "Leg toetsen vast in het gesprek, en vraag eerst wat de student al doet. " * 2
    grid = Grid(("wie", "wat", "kosten", "wanneer"),
                (("coaches", asked, "1 uur teamoverleg", "1 september 2023"),), 1, 4)
    who, what, cost, when = column_shares(grid, turned=False)[0]
    assert what > 0.5
    assert 92 * when >= len("september") and 92 * cost >= len("teamoverleg")
    assert 92 * who >= len("coaches")


def test_numbers_and_short_names_stay_on_one_line_beside_long_words():
    counts = ("6,9 % (11 van 160)", "11,0 % (19 van 172)")
    grid = Grid(("team", "2021-2022", "2022-2023"), (("Groen en Dier " * 9, *counts),), 1)
    shares, _ = column_shares(grid, turned=False)
    assert all(92 * share >= len(words) for share, words in zip(shares[1:], counts, strict=True))
    grid = Grid(("team", "fragment"), (("Groen en Dier", "Leren in de les. " * 20),), 1, 2)
    assert 92 * column_shares(grid, turned=False)[0][0] >= len("Groen en Dier")


def test_a_template_that_is_no_word_file_is_refused(tmp_path):
    file = tmp_path / "sjabloon.docx"
    file.write_bytes(b"geen zip")
    with pytest.raises(DataError, match="sjabloon.docx: is no Word document"):
        new_document("nl", title="x", template=file)
