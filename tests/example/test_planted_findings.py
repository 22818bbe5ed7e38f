"""What was planted in the example comes out of the raw files, as a Table of the public functions.

The figures are those of the plan of the example (docs/findings.md), written before the code.
"""

import re
from pathlib import Path

import pytest

import wbkit as wb

STUDY = wb.load_study(Path(__file__).resolve().parents[2] / "data")
AGREE = ["eens", "helemaal eens"]
DISAGREE = ["helemaal oneens", "oneens"]


@pytest.fixture(scope="module")
def clean():
    """Give a function that reads and cleans the raw file of a source, once."""
    made = {}

    def get(name):
        if name not in made:
            made[name] = wb.clean(wb.read_source(STUDY.source(name)))
        return made[name]

    return get


@pytest.fixture(scope="module")
def students(clean):
    return clean("students")


@pytest.fixture(scope="module")
def teams(clean):
    return clean("teams")


def count(table, values, **where):
    """Return how many of how many units a Table has for these values."""
    rows = table.data[table.data["value"].isin([values] if isinstance(values, str) else values)]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    (base,) = rows["base"].unique()
    return int(rows["n"].sum()), int(base)


def first(table, n):
    """Return the values that are chosen most, without "none" and "something else"."""
    rows = table.data[~table.data["value"].isin(["ik heb nu geen hulp nodig", "other"])]
    return list(rows.nlargest(n, "n")["value"])


def test_151_of_198_feel_seen_and_5_do_not_know(students):
    seen = wb.frequency(students, "gezien")
    assert count(seen, AGREE) == (151, 198)
    assert re.search(r"Niet in de basis: 5\s×\s‘weet\sik\sniet’\.", repr(seen))


def test_bbl_students_feel_seen_least_and_are_14(students):
    seen = wb.frequency(students, "gezien", by="leerweg")
    n, base = count(seen, AGREE, leerweg="bbl")
    others, other_base = count(seen, AGREE, leerweg="bol")
    assert base == 14
    assert n / base < others / other_base


def test_more_are_willing_than_doing(students):
    both = wb.frequency(students, ["nieuwsgierig", "eigen_tijd"])
    assert count(both, AGREE, item="nieuwsgierig") == (139, 200)
    assert count(both, AGREE, item="eigen_tijd") == (71, 199)


@pytest.mark.parametrize(("willing", "doing", "n"), [
    (True, False, 74), (True, True, 65), (False, True, 6)])
def test_pairs_of_willing_and_doing(students, willing, doing, n):
    pairs = wb.crosstab(students, "nieuwsgierig", "eigen_tijd", share="total").data
    wanted = (pairs["nieuwsgierig"].isin(AGREE) == willing) & (
        pairs["eigen_tijd"].isin(AGREE) == doing)
    assert pairs.loc[wanted, "n"].sum() == n


@pytest.mark.parametrize(("item", "n"), [
    ("niet_vak", 83), ("diploma_of_moeten", 144), ("motivatie_beide", 67)])
def test_three_definitions_of_not_out_of_interest(students, item, n):
    assert count(wb.frequency(students, item), "ja") == (n, 203)


def test_37_of_203_need_help_now(students):
    needing = wb.frequency(students, "steun_nodig")
    assert count(needing, "ja, al langer dan een half jaar") == (26, 203)
    assert count(needing, "ja, sinds kort") == (11, 203)
    assert count(wb.frequency(students, "steun_ja"), "ja") == (37, 203)


def test_14_of_37_get_too_little_help(students):
    enough = wb.frequency(students, "steun_genoeg", of="asked")
    assert count(enough, "nee") == (14, 37)


def test_students_and_teams_name_other_help_questions_first(students, teams):
    assert first(wb.frequency(students, "hulpvragen"), 3) == [
        "plannen", "toetsen en deadlines", "motivatie"]
    urgent = wb.frequency(teams, ["t_hulp_1", "t_hulp_2", "t_hulp_3"]).data
    most = urgent.groupby("value")["n"].sum().nlargest(4)
    assert set(most.index[:3]) == {"somber of alleen", "thuis en geld", "motivatie"}
    assert most.iloc[3] < most.iloc[2]


def test_158_students_wrote_an_answer(students):
    assert wb.open_answers(students, "open_hulp").n == 158


@pytest.mark.parametrize(("code", "n", "base"), [
    ("vraag_geen", 31, 158), ("vraag_vaag", 74, 158), ("vraag_concreet", 53, 158),
    ("rest", 22, 127)])
def test_a_reader_found_what_was_asked_and_what_fits_no_aspect(students, code, n, base):
    written = wb.open_answers(students, "open_hulp")
    read = wb.read_codings(STUDY, "students.open_hulp", documents=written)
    assert count(wb.code_frequency(read, codes=[code]), code) == (n, base)


@pytest.mark.parametrize(("value", "n"), [
    ("hielp goed", 49), ("hielp een beetje", 34), ("hielp niet", 13)])
def test_96_students_had_extra_talks(students, value, n):
    assert count(wb.frequency(students, "h_coach"), value) == (n, 96)


def test_41_students_had_help_in_class(students):
    assert wb.frequency(students, "h_klas").data["base"].unique().tolist() == [41]


def test_evening_and_bbl_cannot_be_told_apart(students):
    moments = wb.crosstab(students, "moment", "leerweg", share="columns")
    rows = moments.data.set_index(["moment", "leerweg"])
    assert rows.loc[("m3", "bbl"), ["n", "base"]].tolist() == [11, 14]
    assert rows["n"].groupby("moment").sum().to_dict() == {"m1": 88, "m2": 71, "m3": 44}


def test_wellbeing_scale_hangs_together(students):
    measures = wb.reliability(students, "linde_wb").data
    alpha = measures.loc[measures["measure"] == "alpha", "estimate"]
    assert alpha.tolist() == [pytest.approx(0.80, abs=0.02)]


def test_wellbeing_is_lower_for_who_needs_help(students):
    scored = wb.score(students, "linde_wb")
    mean = wb.estimate(scored, "linde_wb", by="steun_ja").data.set_index("steun_ja")["estimate"]
    assert mean["ja"] < mean["nee"]


def test_an_item_that_was_not_reversed_is_warned_of(students):
    items = [f"wb{place}" for place in range(1, 7)]
    measures = wb.reliability(students, items).data
    assert measures.loc[measures["reason"] == "unreversed", "item"].tolist() == ["wb3"]
    reversed_too = wb.reliability(students, "linde_wb").data
    assert "unreversed" not in set(reversed_too["reason"])


def test_3_of_4_teams_say_that_they_could_not_choose(teams):
    assert count(wb.frequency(teams, "t_keuze"), DISAGREE) == (3, 4)


@pytest.mark.parametrize(("item", "values", "n"), [
    ("raad_bekend", ["ja", "ja, en ik doe mee"], 41), ("vp_bekend", ["ja, ik weet wie"], 38)])
def test_few_know_the_council_and_the_confidant(students, item, values, n):
    assert count(wb.frequency(students, item), values) == (n, 203)


def test_206_rows_are_203_students_and_3_that_were_set_aside(students):
    changes = wb.cleaning_summary(students)
    assert "206 rijen: 203 zijn behouden en 3 apart gezet" in changes.show().base


@pytest.mark.parametrize(("group", "n", "population"), [
    ("zorg", 71, 498), ("techniek", 34, 319), ("handel", 52, 329), ("media", 35, 190),
    ("groen", 11, 177), ("bol", 189, 1247), ("bbl", 14, 266)])
def test_coverage_by_team_and_track(students, group, n, population):
    names = {"zorg": "Zorg en Kind", "techniek": "Bouw en Techniek", "handel": "Handel en Kantoor",
             "media": "Media en Podium", "groen": "Groen en Dier"}
    table = wb.coverage(students).data
    row = table[table["value"].isin([group, names.get(group)])].iloc[0]
    assert (row["n"], row["population"]) == (n, population)


def test_too_few_entree_students_stand_alone(students):
    level = wb.frequency(students, "niveau_3")
    assert count(level, "entree_2") == (35, 203)


def test_65_people_are_another_share_of_teachers_than_of_staff(teams):
    people = wb.team_coverage(teams, "t_aanwezig", of="t_staf", by="t_team").data
    rows = people.set_index("t_team")[["n", "base"]]
    assert rows.loc["people_1"].tolist() == [65, 101]
    assert rows.loc["people_2"].tolist() == [65, 110]


def test_the_missing_team_keeps_its_column(teams):
    answers = wb.team_answers(teams, ["t_keuze"], by="t_team", people="t_aanwezig")
    states = answers.data.set_index("t_team")["state"]
    assert states[states == "absent"].index.tolist() == ["Groen en Dier"]


def test_the_register_counts_the_students_of_the_frame(clean):
    enrolled = wb.trend(clean("register"), "ingeschreven", year="schooljaar", by="leerweg").data
    last = enrolled[enrolled["schooljaar"] == "2022-2023"].set_index("leerweg")["n"]
    assert last.to_dict() == {"bol": 1247, "bbl": 266}


def test_a_year_that_was_not_delivered_is_no_zero(clean):
    rates = wb.trend(clean("register"), "vertragers", year="schooljaar", by="team").data
    absent = rates[rates["state"] == "absent"]
    assert absent[["schooljaar", "team"]].to_numpy().tolist() == [["2020-2021", "Groen en Dier"]]
    assert absent["n"].isna().all()


def test_the_rates_break_where_the_definition_changes(clean):
    rates = wb.trend(clean("register"), "vertragers", year="schooljaar")
    assert "Vanaf 2021-2022 geldt een andere omschrijving" in repr(rates)
    with pytest.raises(wb.DataError, match="nu 2 vóór 2020-2021"):
        wb.trend(clean("register"), "vertragers", year="schooljaar", test="2020-2021")
