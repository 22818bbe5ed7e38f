import io
import json
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from builders.tables import BASE, NAN, frequencies, question, source
from PIL import Image

from wbkit.errors import DataError
from wbkit.report import saving
from wbkit.report.plots.bars import plot_bars
from wbkit.report.saving import save, workbook
from wbkit.study.item import Item
from wbkit.table.facts import ItemNotes
from wbkit.table.stored import stored
from wbkit.table.table import Figure, Table


@pytest.fixture
def table(tmp_path):
    return frequencies({"gezien": [None, 12, 31, 101, 50]}, base=198,
                       sources=(source(results=tmp_path),))


def sheet_of(table):
    return openpyxl.load_workbook(io.BytesIO(workbook(table.show()))).worksheets[0]


def written_in(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.*"))


def rows_of(table):
    return [list(row) for row in sheet_of(table).iter_rows(values_only=True)]


def test_a_table_is_saved_as_csv_xlsx_and_json(table, tmp_path):
    save(table, "20_gezien")
    assert written_in(tmp_path) == [
        "tables/20_gezien.csv", "tables/20_gezien.json", "tables/20_gezien.xlsx"]


def test_a_figure_is_saved_as_svg_png_and_json(table, tmp_path):
    save(plot_bars(table), "20_gezien")
    assert written_in(tmp_path) == [
        "figures/20_gezien.json", "figures/20_gezien.png", "figures/20_gezien.svg"]
    assert (tmp_path / "figures/20_gezien.png").read_bytes().startswith(b"\x89PNG")


def test_what_was_saved_is_given_back_to_be_shown(table, tmp_path):
    figure = plot_bars(table)
    assert save(table, "gezien") is table
    assert save(figure, "gezien") is figure
    assert str(tmp_path) not in repr(table) + repr(figure)


@pytest.mark.parametrize(("language", "title", "first"), [
    (None, "Ik voel mij gezien door mijn coach", "vraag"),
    ("en", "I feel seen by my coach", "question"),
])
def test_files_are_in_the_language_of_the_study_or_in_the_one_that_is_asked_for(
    table, tmp_path, language, title, first,
):
    save(table, "gezien", language=language)
    about = json.loads((tmp_path / "tables/gezien.json").read_text(encoding="utf-8"))
    sheet = openpyxl.load_workbook(tmp_path / "tables/gezien.xlsx").worksheets[0]
    assert (about["title"], about["language"]) == (title, language or "nl")
    assert (sheet["A1"].value, sheet["A3"].value) == (title, first)
    assert about["fingerprint"] == table.fingerprint


def test_the_csv_holds_ids_and_plain_numbers(table, tmp_path):
    save(table, "gezien")
    lines = (tmp_path / "tables/gezien.csv").read_bytes().decode("utf-8").split("\n")
    assert lines[0] == "item,value,n,base,share,low,high,state"
    assert lines[1] == "gezien,v1,,198,,,,hidden"
    assert lines[2] == "gezien,v2,12,198,0.06060606061,,,shown"


def test_the_sidecar_says_what_the_result_is(table, tmp_path):
    figure = plot_bars(table)
    save(table, "gezien")
    save(figure, "gezien")
    about = json.loads((tmp_path / "tables/gezien.json").read_text(encoding="utf-8"))
    drawn = json.loads((tmp_path / "figures/gezien.json").read_text(encoding="utf-8"))
    assert about == {"kind": "frequency", "title": table.show().title, "language": "nl",
                     "fingerprint": table.fingerprint, "synthetic": True, "sources": ["students"],
                     "table": stored(table)}
    assert drawn == about | {"alt": figure.alt, "plot": "plot_bars", "choices": {}}


def test_saving_twice_gives_the_same_bytes(table, tmp_path):
    def everything():
        save(table, "gezien")
        save(plot_bars(table), "gezien")
        return {file.name: file.read_bytes() for file in tmp_path.rglob("gezien.*")}

    assert everything() == everything()


def test_a_file_that_cannot_be_finished_leaves_the_old_one(table, tmp_path, monkeypatch):
    save(table, "gezien")
    before = (tmp_path / "tables/gezien.csv").read_bytes()
    monkeypatch.setattr(saving.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        save(replace(table, data=table.data.head(1)), "gezien")
    assert (tmp_path / "tables/gezien.csv").read_bytes() == before
    assert not list(tmp_path.rglob("*.part"))


def test_the_alternative_text_and_the_fingerprint_stand_inside_both_pictures(table, tmp_path):
    figure = save(plot_bars(table), "gezien")
    with Image.open(tmp_path / "figures/gezien.png") as picture:
        inside = picture.text
    assert inside["Description"] == figure.alt
    assert inside["Identifier"] == figure.fingerprint
    svg = ElementTree.parse(tmp_path / "figures/gezien.svg").getroot()
    assert svg.get("role") == "img"
    named = {one.get("id"): one.text for one in svg if one.get("id")}
    title, words = (named[one] for one in svg.get("aria-labelledby").split())
    assert (title, words) == (figure.around.title.replace("\n", " "), figure.alt)
    assert figure.fingerprint in ElementTree.tostring(svg, encoding="unicode")


def test_words_of_an_svg_are_text_in_the_font_that_it_carries(table):
    svg = plot_bars(table).svg().decode()
    assert ">Ik voel mij gezien door mijn coach</text>" in svg
    assert svg.count("font/woff2;base64") == 2
    assert "'Public Sans'" in svg


def test_a_page_can_give_title_footer_and_font_itself(table):
    figure = plot_bars(table)
    whole, bare = figure.svg().decode(), figure.svg(bare=True, fonts=False).decode()
    assert "Bron: Studentenenquête" in whole and ">Ik voel mij gezien" in whole
    assert "Bron: Studentenenquête" not in bare.partition("</desc>")[2]
    assert "Ik voel mij gezien" not in bare.partition("</desc>")[2]
    assert "eens</text>" in bare and "woff2" not in bare
    assert len(figure.png(bare=True)) < len(figure.png())
    assert figure.svg().decode() == whole  # looking at a part changes nothing


def test_two_pictures_on_a_page_have_no_id_in_common(table):
    ids = [set(re.findall(r'\bid="([^"]+)"', figure.svg(bare=bare).decode()))
           for figure in (plot_bars(table), plot_bars(table, language="en"))
           for bare in (False, True)]
    assert len(set.union(*ids)) == sum(map(len, ids))


@pytest.mark.parametrize(("size", "shape"), [
    ("phone", (9, 0)), ("slide", (16, 9)), ("a4", (16, 0))])
def test_a_figure_is_saved_at_the_size_that_is_asked_for(table, tmp_path, size, shape):
    saved = save(plot_bars(table), "gezien", size=size)
    width, height = saved.picture.get_size_inches() * 2.54
    assert width == pytest.approx(shape[0])
    assert height == pytest.approx(shape[1]) or not shape[1]
    assert json.loads((tmp_path / "figures/gezien.json").read_text())["choices"] == {"size": size}


def test_a_size_that_is_not_known_is_refused(table):
    with pytest.raises(DataError, match="size='a5' is unknown. Use a4, phone, slide."):
        save(plot_bars(table), "gezien", size="a5")
    with pytest.raises(DataError, match="title='mooi' is unknown. Use finding, question."):
        plot_bars(table, title="mooi")
    with pytest.raises(DataError, match="a Table has no size, and size='phone' was given."):
        save(table, "gezien", size="phone")


def test_a_picture_of_ones_own_has_one_size(table):
    own = Figure(plot_bars(table).picture, table, "met de hand")
    with pytest.raises(DataError, match="not drawn by a plot of wbkit, so it has one size"):
        own.sized("phone")


@pytest.mark.parametrize("name", [
    "", "Gezien", "20_Coach", "a b", "../a", "a.b", "é", "a/b", "a\n", None,
])
def test_a_name_that_is_no_file_name_is_refused(table, name):
    with pytest.raises(DataError, match="is no name for a file. Use small letters, digits, _ and"):
        save(table, name)


@pytest.mark.parametrize("name", ["con", "aux", "lpt1"])
def test_a_name_that_windows_keeps_is_refused(table, name, tmp_path):
    with pytest.raises(DataError, match=f"'{name}' is a name that Windows keeps for a device. "
                                        f"Choose another, such as 20_{name}"):
        save(table, name)
    assert written_in(tmp_path) == []


def test_a_table_without_source_is_refused_with_what_to_do(table):
    with pytest.raises(DataError, match=r"has no source, .* Give its sources: dataclasses.replace"):
        save(replace(table, sources=()), "gezien")


def test_something_else_is_refused():
    with pytest.raises(DataError, match="there is a DataFrame. Give a Table or a Figure"):
        save(pd.DataFrame(), "gezien")


def test_the_sheet_has_the_words_and_the_numbers(table):
    rows = rows_of(table)
    assert rows[0][0] == table.show().title
    assert rows[2][:5] == ["vraag", "antwoord", "aantal", "basis", "aandeel"]
    assert rows[3][:5] == ["Ik voel mij gezien door mijn coach", "helemaal oneens", "–", 198, None]
    assert rows[4][1:4] == ["oneens", 12, 198]
    assert rows[4][4] == pytest.approx(12 / 198)
    below = [row[0] for row in rows[9:]]
    assert below[0] == BASE["nl"]
    assert "Bron: Studentenenquête (synthetisch: verzonnen gegevens)." in below
    assert f"Vingerafdruk: {table.fingerprint}" in below


def test_the_sheet_shows_no_percentage_under_a_base_of_ten_and_no_decimals_under_a_hundred():
    formats = {base: sheet_of(frequencies({"gezien": [1, 2, 3, 0, 0]}, base=base))["E5"]
               for base in (9, 50, 100)}
    assert formats[9].value is None
    assert formats[50].number_format == "0%"
    assert formats[100].number_format == "0.0%"


@pytest.mark.parametrize("words", ["=1+1", "+31", "-5", "@SUM(A1)", "{=1}", "http://x.nl", "12"])
def test_no_text_becomes_a_formula_a_link_or_a_number(words):
    item = question("gezien", {"v1": words}, words=words, note=words)
    table = frequencies({"gezien": [1]}, answers={"v1": words}, items=[item], base=10,
                        facts=[ItemNotes(("gezien",))])
    content = workbook(table.show())
    cells = [cell for row in sheet_of(table).iter_rows() for cell in row if cell.value == words]
    assert len(cells) == 4  # title, question, answer, note
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml and b"hyperlink" not in xml


def test_a_table_of_another_kind_is_saved_too(tmp_path):
    data = pd.DataFrame({"item": ["cijfer"], "estimate": [7.25], "n": [40], "low": [NAN]})
    mark = Item(name="cijfer", kind="numeric")
    table = Table(data=data, kind="estimate", sources=(source(results=tmp_path, items=[mark]),))
    save(table, "cijfer")
    assert rows_of(table)[3] == ["cijfer", 7.25, 40]
