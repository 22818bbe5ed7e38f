"""The 91 published figures: complete, in our own words, and their sums recomputed."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = (ROOT / os.environ.get("WBKIT_SHARED", "../shared")).resolve()
ORIGINAL = SHARED / "domain" / "published_figures.csv"
SEEDS = SHARED / "seeds"

CHECKABLE = {"nee", "deels", "ja"}
REASONS = {
    "rekensom_klopt",
    "rekensom_klopt_niet",
    "past_bij_ander_cijfer",
    "tegenspraak",
    "telling_uit_tekst",
    "noemer_ontbreekt",
    "gegevens_niet_gepubliceerd",
    "andere_bron_nodig",
    "definitie_of_regel",
    "jaartal",
    "een_persoon",
    "dubbeltelling_mogelijk",
}
COLUMNS = [
    "id",
    "document",
    "section",
    "population",
    "measure",
    "value",
    "unit",
    "base",
    "origin",
    "checkable",
    "reason",
    "check",
]


def read_text_csv(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def figures():
    return read_text_csv(ROOT / "data" / "raw" / "published_figures.csv")


@pytest.fixture(scope="module")
def value(figures):
    return figures.set_index("id")["value"]


def word_runs(text, length):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def shared_runs(figures, seed, length):
    """Runs of words that a cell of the table has in common with a seed text."""
    ours = set().union(*(word_runs(cell, length) for cell in figures.drop(columns="id").stack()))
    return ours & word_runs(seed, length)


def test_there_are_91_figures_with_one_id_each(figures):
    assert list(figures.columns) == COLUMNS
    assert len(figures) == 91
    assert figures["id"].is_unique
    assert figures["id"].str.fullmatch(r"F\d{3}-\d{2}").all()


def test_every_cell_is_filled_and_has_no_stray_space(figures):
    cells = figures.stack()
    assert (cells != "").all()
    assert (cells == cells.str.strip()).all()


def test_every_judgement_comes_from_a_closed_list(figures):
    assert set(figures["origin"]) == {"published", "derived"}
    assert set(figures["checkable"]) <= CHECKABLE
    assert set(figures["reason"]) <= REASONS


def test_ids_and_values_are_those_of_the_shared_list(value):
    if not ORIGINAL.exists():
        pytest.skip(f"the shared list of figures is absent: {ORIGINAL.name} (set WBKIT_SHARED)")
    assert value.to_dict() == read_text_csv(ORIGINAL).set_index("id")["value"].to_dict()


def test_no_cell_repeats_more_than_four_words_of_a_source(figures):
    seeds = sorted(SEEDS.glob("*.txt")) if SEEDS.exists() else []
    if not seeds:
        pytest.skip("the texts of the three sources are absent: seeds/*.txt (set WBKIT_SHARED)")
    for seed in seeds:
        text = seed.read_text(encoding="utf-8", errors="replace")
        assert shared_runs(figures, text, length=5) == set(), seed.name


def test_a_copied_sentence_would_be_found():
    copied = pd.DataFrame({"id": ["F000-01"], "check": ["hier gaan een, twee en drie samen"]})
    assert shared_runs(copied, "Een twee\nen drie samen!", length=5) == {"een twee en drie samen"}


def test_bol_and_bbl_add_up_to_the_derived_population(value):
    assert int(value["F004-17"]) == 1247
    assert int(value["F004-18"]) == 266
    assert int(value["F004-35"]) == 1513 == 1247 + 266


def test_the_survey_covers_13_4_percent_of_the_population(value):
    coverage = int(value["F004-14"]) / int(value["F004-35"])
    assert coverage == pytest.approx(0.134, abs=0.0005)
    assert round(100 * coverage) == int(value["F004-15"])


def test_only_110_or_111_staff_make_65_people_59_percent(value):
    people, percentage = int(value["F004-22"]), int(value["F004-23"])
    fitting = [staff for staff in range(people, 1000) if round(100 * people / staff) == percentage]
    assert fitting == [110, 111]
    assert value["F004-36"] == "110-111"


def test_entry_level_and_level_2_add_up_to_20_percent(value):
    assert int(value["F000-08"]) + int(value["F000-09"]) == int(value["F000-10"]) == 20


def test_only_97_or_98_of_203_students_make_48_percent(value):
    students, percentage = int(value["F004-14"]), int(value["F004-03"])
    fitting = [n for n in range(students + 1) if round(100 * n / students) == percentage]
    assert fitting == [97, 98]
    assert value["F004-04"] == value["F004-03"]


def test_teams_with_and_without_an_answer_are_all_five(value):
    assert int(value["F004-24"]) + int(value["F004-25"]) == int(value["F004-16"]) == 5


def test_two_sections_name_another_number_of_organisations(figures, value):
    pair = ["F000-18", "F000-19"]
    assert value[pair].tolist() == ["4", "5"]
    assert set(figures.set_index("id").loc[pair, "reason"]) == {"tegenspraak"}


def test_the_sum_over_all_sources_is_marked_as_possible_double_counting(figures, value):
    parts = ["F004-14", "F004-20", "F004-22", "F004-26", "F004-27", "F004-28"]
    assert value[parts].astype(int).sum() == int(value["F004-37"]) == 291
    assert figures.set_index("id").loc["F004-37", "reason"] == "dubbeltelling_mogelijk"


def test_a_figure_called_right_is_never_called_uncheckable(figures):
    right = figures["reason"].isin(["rekensom_klopt", "past_bij_ander_cijfer", "tegenspraak"])
    assert (figures.loc[right, "checkable"] != "nee").all()
    assert (
        figures.loc[figures["checkable"] == "ja", "reason"].isin(figures.loc[right, "reason"])
    ).all()
