"""The other synthetic sources hold what sections 3 to 7 and 9 of the example study promise.

Everything is read from the raw files with pandas and the standard library: no wbkit.
"""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

DATA = Path(__file__).parents[2] / "data"
EXAMPLE = DATA.parent / "example"
RAW, TEXTS = DATA / "raw", DATA / "raw" / "texts"
TEAMS = ["Zorg en Kind", "Bouw en Techniek", "Handel en Kantoor", "Media en Podium"]
LEADERS = ["groen", "handel", "media", "techniek", "zorg"]
MADE = ["studentenenquete.xlsx", "teamvragenlijst.xlsx", "register.csv", "begrip.toml",
        "begripscheck.csv", "good_practices.csv", "activiteiten.csv", "texts/sterc.vtt",
        "texts/sab.odt", "texts/worldcafe.txt", "texts/guide_leaders.csv",
        "texts/guide_support.csv", *(f"texts/interview_{team}.docx" for team in LEADERS)]


@pytest.fixture(scope="module")
def teams():
    questions = pd.read_csv(EXAMPLE / "inputs" / "team_questions.csv", dtype=str)["id"]
    sheet = pd.read_excel(RAW / "teamvragenlijst.xlsx", engine="calamine", dtype=str)
    answers = sheet[sheet.columns[5:]].set_axis(questions, axis="columns").fillna("")
    return answers.set_index("t_team").loc[TEAMS]


@pytest.fixture(scope="module")
def register():
    return pd.read_csv(RAW / "register.csv", sep=";", dtype=str, keep_default_na=False)


def listed(name):
    return pd.read_csv(RAW / f"{name}.csv", sep=";", dtype=str, keep_default_na=False)


def paragraphs(team):
    return [one.text for one in Document(TEXTS / f"interview_{team}.docx").paragraphs]


def source_lines(name):
    text = (EXAMPLE / "inputs" / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def test_the_script_writes_the_same_bytes_again(tmp_path):
    subprocess.run([sys.executable, str(EXAMPLE / "make_example.py"), str(tmp_path)], check=True)
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [path.relative_to(tmp_path).as_posix() for path in made] == sorted(MADE)
    assert [name for name in MADE if (tmp_path / name).read_bytes() != (RAW / name).read_bytes()
            ] == []


@pytest.mark.parametrize("name", MADE)
def test_every_file_says_that_it_is_synthetic(name):
    path = RAW / name
    text = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            text = b" ".join(archive.read(part) for part in archive.namelist())
    assert re.search(rb"synthe(tic|tisch)", text, re.IGNORECASE)


def test_four_of_five_teams_answered(teams):
    assert teams["t_aanwezig"].str.extract(r"(\d+)")[0].astype(int).tolist() == [24, 13, 17, 11]
    assert len(teams) == 4


def test_three_of_four_teams_disagree_that_they_could_choose(teams):
    assert teams["t_keuze"].to_dict() == {
        "Zorg en Kind": "oneens", "Bouw en Techniek": "oneens",
        "Handel en Kantoor": "helemaal oneens", "Media en Podium": "eens"}


def test_the_leader_of_a_team_that_disagrees_says_there_was_a_choice():
    assert any("Wij hadden daar de vrije hand in" in one for one in paragraphs("handel"))


def test_the_first_three_of_the_teams_are_not_those_of_the_students(teams):
    ranks = teams[["t_hulp_1", "t_hulp_2", "t_hulp_3"]].stack().value_counts()
    assert set(ranks.index[:3]) == {"somber of alleen", "thuis en geld", "motivatie"}
    assert ranks.iloc[3] < ranks.iloc[2]


def test_every_block_of_the_team_questionnaire_ends_with_agreement(teams):
    assert [name for name in teams if name.startswith("t_eens")] == [
        f"t_eens_{block}" for block in range(1, 7)]
    closing = teams[[f"t_eens_{block}" for block in range(1, 7)]]
    assert set(closing.stack()) == {"iedereen", "de meesten", "verdeeld"}


def test_the_register_lacks_groen_in_one_year_and_holds_a_thousands_mark(register):
    empty = register[register["ingeschreven"].eq("")]
    assert set(zip(empty["schooljaar"], empty["team"], strict=True)) == {
        ("2020-2021", "Groen en Dier")}
    assert (empty[["vertragers", "extraneus"]] == "").all(axis=None)
    assert register.loc[register["team"].eq("alle teams"), "ingeschreven"].tolist() == ["1.247"]
    assert len(register) == 5 * 9 + 1


def test_the_definition_of_delayed_changes_in_2021(register):
    assert register.groupby("schooljaar")["definitie"].agg("unique").str.join("").to_dict() == {
        "2018-2019": "v1", "2019-2020": "v1", "2020-2021": "v1", "2021-2022": "v2",
        "2022-2023": "v2"}


def test_the_last_year_of_the_register_is_the_population_of_the_student_survey(register):
    study = tomllib.loads((DATA / "study.toml").read_text(encoding="utf-8"))
    margins = study["sources"]["students"]["design"]["margins"]
    last = register[register["schooljaar"].eq("2022-2023") & register["team"].ne("alle teams")]
    last = last.assign(n=last["ingeschreven"].astype(int))
    assert last.groupby("team")["n"].sum().to_dict() == margins["team"]
    assert last.groupby("leerweg")["n"].sum().to_dict() == margins["leerweg"]


def test_five_interviews_are_long_and_keep_every_line_of_their_text():
    for team in LEADERS:
        lines = [line.removeprefix("## ") for line in source_lines(f"interview_{team}")]
        assert paragraphs(team) == lines
        assert sum(len(line.split()) for line in lines) >= 1200


def test_questions_of_the_guide_are_headings_in_word():
    document = Document(TEXTS / "interview_techniek.docx")
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert headings[0].startswith("L1 ")
    assert not any(one.startswith("L12") for one in headings)


def test_the_transcript_is_as_teams_writes_it():
    text = (TEXTS / "sterc.vtt").read_text(encoding="utf-8")
    cues = re.findall(r"^\S+/\d+-0\n(\S+) --> (\S+)\n<v ([^>]+)>.+</v>$", text, re.MULTILINE)
    assert text.startswith("WEBVTT\n")
    assert {voice for _, _, voice in cues} == {"I1", "I2", "Noor A.", "Ramon C.", "Ilse B."}
    assert all(start < end for start, end, _ in cues)
    assert any(one[2] == two[2] for one, two in zip(cues, cues[1:], strict=False))


def test_the_odt_is_a_package_with_its_kind_first():
    with zipfile.ZipFile(TEXTS / "sab.odt") as archive:
        first = archive.infolist()[0]
        content = archive.read("content.xml").decode()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert [content.count(f"[S{number}]") for number in range(1, 11)] == [1] * 10


def test_eighteen_sheets_hold_six_statements_at_three_tables():
    text = (TEXTS / "worldcafe.txt").read_text(encoding="utf-8")
    seen = re.findall(r"^# tafel: (\w)\n# ronde: \d\n# stelling: (W\d)$", text, re.MULTILINE)
    assert sorted(seen) == [(table, f"W{number}") for table in "ABC" for number in range(1, 7)]
    assert len(re.findall(r"^# herkend: (?:ja|deels|nee)$", text, re.MULTILINE)) == 18


def test_small_lists_are_as_large_as_the_study_needs():
    practices = listed("good_practices")
    assert len(practices) >= 14
    assert practices["herkomst"].ne("dit team").sum() >= 5
    assert len(listed("begripscheck")) == 24
    versions = tomllib.loads((RAW / "begrip.toml").read_text(encoding="utf-8"))["versions"]
    assert set(listed("begripscheck")["versie"]) == set(versions)
    assert set(listed("activiteiten")["pijler"]) == {"educatie", "omgeving", "signaleren", "beleid"}
