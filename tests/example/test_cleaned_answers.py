"""What was planted in the example comes out of the raw file."""

from collections import Counter
from pathlib import Path

import pytest

import wbkit as wb

AGREE = ["eens", "helemaal eens"]


@pytest.fixture(scope="module")
def students():
    study = wb.load_study(Path(__file__).resolve().parents[2] / "data/study.toml")
    return wb.clean(wb.read_source(study.source("students")))


def counts(responses, item):
    return responses.data[item].value_counts().to_dict()


def test_206_rows_are_203_students_and_three_that_were_set_aside(students):
    assert (students.raw_rows, len(students.data)) == (206, 203)
    rules = Counter(students.log["rule"].str.replace(r"row \d+", "row …", regex=True))
    assert rules == {
        "set aside: testrij van de onderzoeker": 1, "no answer at all": 1,
        "suspected duplicate of row …": 1, "correction": 4, "decimal comma": 6,
        "own words behind the list": 26, "near miss of an option: a person decides": 4,
    }


def test_no_address_and_no_own_words_are_in_data_or_log(students):
    assert "anonymous" not in students.data.to_csv()
    words = {text for name in students.data if name.endswith("_text")
             for text in students.data[name] if text}
    assert words
    assert not words & set(students.log[["before", "after"]].to_numpy().ravel())


def test_seen_by_the_coach(students):
    seen = students.data["gezien"]
    assert (seen.isin(AGREE).sum(), seen.notna().sum()) == (151, 198)
    assert students.state("gezien").value_counts()["weet ik niet"] == 5


def test_willing_against_doing(students):
    willing, doing = students.data["nieuwsgierig"], students.data["eigen_tijd"]
    assert (willing.isin(AGREE).sum(), willing.notna().sum()) == (139, 200)
    assert (doing.isin(AGREE).sum(), doing.notna().sum()) == (71, 199)
    both = willing.notna() & doing.notna()
    pairs = Counter(zip(willing[both].isin(AGREE), doing[both].isin(AGREE), strict=True))
    assert (pairs[True, False], pairs[True, True], pairs[False, True]) == (74, 65, 6)


@pytest.mark.parametrize(("item", "n"), [
    ("niet_vak", 83), ("diploma_of_moeten", 144), ("motivatie_beide", 67), ("steun_ja", 37),
])
def test_derived_items(students, item, n):
    assert counts(students, item)["ja"] == n
    assert students.data[item].notna().sum() == 203


def test_help_that_is_needed_and_not_enough(students):
    assert counts(students, "steun_nodig")["ja, al langer dan een half jaar"] == 26
    assert counts(students, "steun_nodig")["ja, sinds kort"] == 11
    assert counts(students, "steun_genoeg")["nee"] == 14
    assert (students.state("steun_genoeg") != "not_asked").sum() == 37


def test_the_three_help_questions_that_are_ticked_most(students):
    options = [value for value in students.values("hulpvragen")
               if value not in students.item("hulpvragen").exclusive]
    ticked = students.data[[f"hulpvragen:{value}" for value in options]].sum()
    assert list(ticked.nlargest(3).index.str.removeprefix("hulpvragen:")) == [
        "plannen", "toetsen en deadlines", "motivatie"]


def test_what_was_tried_is_counted_among_those_who_had_it(students):
    assert counts(students, "h_coach") == {"hielp goed": 49, "hielp een beetje": 34,
                                           "hielp niet": 13}
    assert students.data["h_klas"].notna().sum() == 41


def test_open_answers_moments_and_what_students_know(students):
    assert (students.data["open_hulp"] != "").sum() == 158
    assert counts(students, "moment") == {"m1": 88, "m2": 71, "m3": 44}
    evening = students.data.loc[students.data["leerweg"] == "bbl", "moment"]
    assert (evening == "m3").sum() == 11
    assert counts(students, "vp_bekend")["ja, ik weet wie"] == 38
    assert students.data["raad_bekend"].isin(["ja", "ja, en ik doe mee"]).sum() == 41
