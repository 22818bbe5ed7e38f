"""The answers of the example: on the right Tables, without a word that no Table supports."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

import wbkit as wb

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
TABLES = DATA / "expected" / "tables"
DROPPED = {"coach_toelichting", "steun_toelichting", "rolgroep", "section", "activity"}


@pytest.fixture(scope="module", params=["nl", "en"])
def study(request):
    return wb.load_study(DATA, language=request.param)


def read(name):
    return pd.read_csv(TABLES / f"{name}.csv", dtype=str, keep_default_na=False)


def test_every_question_has_an_answer_that_its_tables_support(study):
    for question in study.questions:
        made = wb.interpretation(study, question, strict=True)
        assert made.text and "{" not in made.text, question
        assert made.certainty == made.chosen != "", question
        assert (made.outdated, made.others) == ((), ()), question


def test_1b_is_about_the_37_who_need_help_now():
    study = wb.load_study(DATA, language="nl")
    text = wb.interpretation(study, "1b").text
    assert "plannen (21 van de 37) en toetsen en deadlines (20 van de 37), ongeveer even vaak" \
        in text
    assert "26 al langer dan een half jaar" in text and "14 van de 33" in text


def test_the_side_by_side_keeps_two_columns_of_students():
    sources = read("21_naast_elkaar")["source"].unique().tolist()
    assert [one for one in sources if one.startswith("students")] == [
        "students: hulpvragen", "students: hulpvragen: steun_ja=ja"]


def test_not_recognised_stands_beside_the_answer():
    said = repr(wb.interpretation(wb.load_study(DATA, language="nl"), "3"))
    assert "niet herkend. Wat zij misten: Volgens hen koppelen zij wel terug" in said


def test_each_recommendation_rests_on_an_answer(study):
    found = wb.recommendations(study).data
    assert len(found) >= 5 and set(found["level"]) == {"micro", "meso", "macro"}
    assert set(found["flag"]) <= {"", "low_certainty"}


def test_all_91_published_figures_have_a_verdict_and_a_reason():
    found = read("15_oordelen")
    assert len(found) == 91 and (found[["verdict", "reason"]] != "").all(axis=None)
    by_id = found.assign(id=found["sentence"].str.partition(":")[0]).set_index("id")["verdict"]
    sums = read("15_sommen")["figure_id"]
    assert set(by_id[by_id != "niet te controleren"].index) == set(sums)
    assert list(by_id[by_id == "wijkt af"].index) == ["F000-18", "F000-19"]  # 4 and 5


def test_the_recommendations_of_both_reports_name_the_figure_they_rest_on_or_none():
    found = read("15_aanbevelingen")
    assert found["document"].value_counts().tolist() == [15, 8]
    figures = set(read("15_lijst")["figure_id"]) | {"geen"}
    assert set(found["rests_on"]) <= figures and (found["rests_on"] == "geen").sum() > 10


def test_every_item_that_was_collected_has_an_output_or_a_reason_why_not():
    study = wb.load_study(DATA, language="nl")
    words = set()
    for file in TABLES.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                words.update(row)
    notebooks = " ".join(path.read_text("utf-8") for path in (ROOT / "notebooks").glob("*.ipynb"))
    unused = {item.name for source in study.sources.values() for item in source.items.values()
              if item.name not in words and not re.search(rf"\b{item.name}\b", notebooks)}
    assert unused <= DROPPED
