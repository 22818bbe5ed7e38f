"""An infographic fits on its sheet, says what its Tables say, and is read by everybody."""

import io
import re

import pandas as pd
import pytest
from builders.random_sheets import random_sheets
from builders.set_pages import Run, outside_page, overlapping, runs
from builders.sheet_tables import example_tables
from pypdf import PdfReader

import wbkit as wb
from wbkit.errors import DataError, StudyError
from wbkit.report.infographics import grids
from wbkit.report.infographics.blocks import Made
from wbkit.report.infographics.infographic import page_content
from wbkit.report.infographics.sheets import load_sheets
from wbkit.report.infographics.teams import teams_of
from wbkit.report.pages.typesetting import typeset

pytest.importorskip("typst")
TEAM = "Zorg en Kind"
NAMES = ("hulpvragen", "studenten", "teamleiders", "teams", "verschillen", "wie_begeleidt",
         "in_beeld", "sab", "entree", "team")


@pytest.fixture(scope="session")
def tables(processed):
    return example_tables(processed)


@pytest.fixture(scope="session")
def made(processed, tables):
    """Every page of the example, by name."""
    sheets = load_sheets(processed)
    return {name: wb.infographic(name, tables, study=processed, team=TEAM if one.team else None)
            for name, one in sheets.items()}


def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in reader(pdf).pages).split())


def test_the_example_has_eight_numbered_pages_one_on_levels_and_one_for_a_team(processed):
    sheets = load_sheets(processed)
    assert tuple(sheets) == NAMES
    assert sorted(one.number for one in sheets.values()) == [0, 0, *range(1, 9)]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_one_sheet_on_which_no_words_overlap_or_leave_the_paper(made, name):
    page = made[name]
    assert len(page.png) == len(reader(page.pdf).pages) == 1
    assert overlapping(page.pdf) == []
    assert outside_page(page.pdf) == []


def test_words_that_overlap_or_leave_the_paper_are_found():
    page = '#set text(font: "Public Sans")\n#set document(title: "a")\n'
    pdf = typeset(page + "#place(dx: 2mm)[plannen]#place(dx: 5mm)[toetsen]")[0]
    assert overlapping(pdf) == [("plannen", "toetsen")]
    far = typeset(page + "#place(dx: 180mm, box(width: 60mm)[een heel lange naam])")[0]
    assert len(outside_page(far)) == 1
    assert [one.words for one in runs(far)] == ["een heel lange naam"]
    assert isinstance(runs(far)[0], Run)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_a_tagged_pdf_with_language_and_title(made, name):
    pdf = reader(made[name].pdf)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert pdf.metadata.title == made[name].title
    assert "pdfuaid" in root["/Metadata"].get_data().decode("utf-8")


def numbers_of(table):
    """Give every number that a Table holds, as a page may write it."""
    found = {f"{value:.0f}" for column in table.data.select_dtypes("number")
             for value in table.data[column].dropna() if value == round(value)}
    if "share" in table.data:
        found |= {f"{100 * one:.{places}f}".replace(".", ",") for one in
                  table.data["share"].dropna() for places in (0, 1)}
    if table.kind == "answers":
        groups = table.data[table.data["state"] == "shown"].groupby(["item", "value"]).size()
        taking = table.data[table.data["state"] == "shown"][table.dimensions[0]].nunique()
        found |= {str(n) for n in groups} | {str(taking), "0"}
    if table.kind == "frequency":
        for (_, rows) in table.data.groupby("item"):
            agreed = rows["n"].iloc[-2:].sum()
            found.add(f"{agreed:.0f}")
    return found


def said_in(tables):
    """Give the words in Tables that hold a digit: quotations and labels."""
    found = {str(one) for table in tables for column in table.data
             if not pd.api.types.is_numeric_dtype(table.data[column])
             for one in table.data[column] if re.search(r"\d", str(one))}
    return sorted(found, key=len, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_on_a_page_stands_in_one_of_its_tables(processed, tables, name):
    sheet = load_sheets(processed)[name]
    used = {one: tables[one] for one in tables}
    content = page_content(sheet, Made(name, used, "nl", TEAM if sheet.team else ""), [])
    text = " ".join(_texts({key: content[key] for key in ("title", "sub", "parts")}))
    for words in said_in(tables[one] for one in sheet.tables):
        text = text.replace(words, " ")
    text = re.sub(r"Entree en niveau 2", " ", text)
    known = set().union(*(numbers_of(tables[one]) for one in {
        *sheet.tables, *re.findall(r"\{(?:top\()?([\w-]+)[:)]", sheet.title.nl + sheet.sub.nl)}))
    assert [one for one in re.findall(r"\d+(?:,\d+)?", text) if one not in known] == []


def _texts(value):
    if isinstance(value, dict):
        return [word for key, one in value.items()
                if key not in ("colour", "ink", "letter") for word in _texts(one)]
    if isinstance(value, list):
        return [word for one in value for word in _texts(one)]
    return [value] if isinstance(value, str) else []


def test_a_number_typed_by_hand_would_be_found(tables):
    assert "22" not in numbers_of(tables["40_in_beeld"])
    assert "21" in numbers_of(tables["21_hulpvragen_ja"])


def test_the_missing_team_keeps_its_place_and_no_team_is_ranked(made, tables):
    words = words_of(made["verschillen"].pdf)
    assert "Groen en Dier" in words and "geen ranglijst" in words
    order = [one.name for one in teams_of(tables["11_dringend"].show("nl"))]
    assert order == ["Zorg en Kind", "Bouw en Techniek", "Handel en Kantoor", "Media en Podium",
                     "Groen en Dier"]
    assert sorted(words.index(one) for one in order[:4]) == [words.index(one) for one in order[:4]]


def test_a_page_of_a_team_shows_no_other_team_and_how_far_it_agreed(made):
    words = words_of(made["team"].pdf)
    assert made["team"].name == "team_zorg_en_kind"
    assert TEAM in words and "Bouw en Techniek" not in words and "Groen en Dier" not in words
    for part in ("Waren jullie het eens?", "Drie vragen", "Herkennen wij dit?", "niet herkend",
                 "voor het team zelf"):
        assert part in words


def test_a_team_leader_is_never_named(made):
    words = words_of(made["teamleiders"].pdf)
    assert "een teamleider" in words
    assert not re.search(r"interview_|Zorg en Kind|Groen en Dier", words)


def test_a_page_made_twice_is_the_same_to_the_byte(processed, tables, made):
    again = wb.infographic("sab", tables, study=processed)
    assert again.files == made["sab"].files


def test_the_code_changes_with_a_table(processed, tables, made):
    other = {**tables, "40_sab_wensen": tables["11_hulpvragen_teams"]}
    changed = {**tables, "40_sab_open": tables["41_school"]}
    assert wb.infographic("sab", changed, study=processed).code != made["sab"].code
    assert other.keys() == tables.keys()


def test_a_team_that_did_not_answer_gets_no_page(processed, tables):
    with pytest.raises(DataError, match=r"'Groen en Dier' is no team that answered\. The teams"):
        wb.infographic("team", tables, study=processed, team="Groen en Dier")


def test_a_page_that_is_not_described_is_refused_with_those_that_are(processed, tables):
    with pytest.raises(DataError, match=r"there is no page 'ouders'\. The pages are hulpvragen"):
        wb.infographic("ouders", tables, study=processed)


def test_a_table_that_nobody_saved_is_named(processed, tables):
    without = {name: one for name, one in tables.items() if name != "40_sab_open"}
    with pytest.raises(DataError, match="sab: needs the Table 40_sab_open, and no notebook saved"):
        wb.infographic("sab", without, study=processed)


def test_a_key_that_does_not_exist_is_refused(tmp_path):
    made = random_sheets(1, tmp_path)
    file = tmp_path / "infographics.toml"
    file.write_text(file.read_text("utf-8").replace("kicker", "kop", 1), encoding="utf-8")
    with pytest.raises(StudyError, match=r"infographics\.toml"):
        load_sheets(made.study)


def test_a_study_without_the_file_has_no_pages(tmp_path):
    made = random_sheets(1, tmp_path)
    (tmp_path / "infographics.toml").unlink()
    assert load_sheets(made.study) == {}


def check_random(seed, folder):
    study = random_sheets(seed, folder)
    page = wb.infographic("alles", study.tables, study=study.study)
    assert overlapping(page.pdf) == [], seed
    assert outside_page(page.pdf) == [], seed
    there = re.sub(r"[\s\u00ad-]", "", words_of(page.pdf))
    lost = [one for one in study.words if re.sub(r"[\s\u00ad-]", "", one) not in there]
    assert lost == [], seed


@pytest.mark.parametrize("seed", range(4))
def test_long_names_many_answers_and_missing_teams_overlap_nowhere_and_lose_no_word(
    seed, tmp_path
):
    check_random(seed, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(200))
def test_no_random_study_has_words_that_overlap_or_are_lost(seed, tmp_path):
    check_random(1000 + seed, tmp_path)


def test_rounds_count_the_teams_that_gave_an_answer(processed, tables):
    table = Made("x", tables, "nl").table("11_hulpvragen_teams")
    cell = grids._pips(table, "motivatie", 3, Made("x", tables, "nl"))
    assert cell["n"] == "3"
    assert [one["state"] for one in cell["pips"]] == ["no", "yes", "yes", "yes", "absent"]
