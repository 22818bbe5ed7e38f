"""Follow the worksheet for coding in pairs: its sheets, its lines of Python and its answers."""

import re
from pathlib import Path

import openpyxl
import pytest

SHEET = (Path(__file__).resolve().parents[2] / "docs" / "nl" / "werkblad-coderen.md").read_text(
    encoding="utf-8")
CODES = ("tijd", "uitleg", "rust")
TABLE = re.compile(r"^\| (.+) \|\n\| ---.*\n((?:\|.*\n)+)", re.MULTILINE)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SENTENCE = re.compile(r"[.?!:;](?:\s|$)|\n\n|\n(?=\d\.)")
ANSWERS = SHEET.split("## De antwoorden")[1]


def tables():
    """Give the tables of the worksheet: heading = rows."""
    return [(head.split(" | "), [row.strip("| ").split(" | ") for row in rows.splitlines()])
            for head, rows in TABLE.findall(SHEET)]


def answers():
    return next(rows for head, rows in tables() if head == ["nr", "antwoord"])


def given():
    """Give what Anna and Bram typed, in this order."""
    return [rows for head, rows in tables() if head == ["nr", *CODES]]


def write_sheet(path, marks):
    book = openpyxl.Workbook()
    book.active.append(["nr", "antwoord", *CODES])
    for (number, answer), (same, *cells) in zip(answers(), marks, strict=True):
        assert number == same
        book.active.append([int(number), answer, *map(int, cells)])
    book.save(path)


def blocks(kind):
    return [lines for language, lines in BLOCK.findall(SHEET) if language == kind]


def test_the_lines_of_python_say_what_the_sheet_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, marks in zip(("anna", "bram"), given(), strict=True):
        write_sheet(Path(f"{name}.xlsx"), marks)
    exec("".join(blocks("python")), {})
    assert capsys.readouterr().out == blocks("text")[0]


def test_every_box_is_filled_in_and_the_codes_are_those_with_a_meaning():
    (meanings,) = [rows for head, rows in tables() if head[0] == "code"]
    assert tuple(code for code, _ in meanings) == CODES
    assert all(cell in "01" for marks in given() for _, *cells in marks for cell in cells)
    boxes = {int(n) for n in re.findall(r"(\d+) vakjes in\.|van de (\d+) vakjes", SHEET)
             for n in n if n}
    assert boxes == {len(answers()) * len(CODES)}


def test_the_answers_hold_for_what_anna_and_bram_gave():
    anna, bram = ([cell for _, *cells in marks for cell in cells] for marks in given())
    pairs = list(zip(anna, bram, strict=True))
    both, none = pairs.count(("1", "1")), pairs.count(("0", "0"))
    assert f"In {both} vakjes. Minstens één van beiden gaf een `1` in {len(pairs) - none} " \
        "vakjes." in ANSWERS
    assert f"dat gebeurde in {none} vakjes." in ANSWERS
    assert f"{both + none} van de {len(pairs)}" in SHEET.split("## 5.")[1]


def test_the_minutes_of_the_parts_are_those_of_the_start():
    (whole,) = re.findall(r"hebben (\d+) minuten", SHEET)
    assert sum(map(int, re.findall(r"^## .*\((\d+) minuten\)", SHEET, re.MULTILINE))) == int(whole)


def test_a_sentence_has_twelve_words_at_most_on_average():
    text = re.sub(r"^(?:#|\|).*$", "", BLOCK.sub("", SHEET), flags=re.MULTILINE)
    sentences = [re.findall(r"\w+", one) for one in SENTENCE.split(text)]
    lengths = [len(one) for one in sentences if one]
    assert len(lengths) > 40
    assert sum(lengths) / len(lengths) <= 12


@pytest.mark.parametrize("term", ["code", "notebook", "blind"])
def test_a_term_is_explained_where_it_first_stands_out(term):
    assert re.search(rf"\*{{1,2}}{term}\*{{1,2}}(?: is|:) \w+ \w+", SHEET)
