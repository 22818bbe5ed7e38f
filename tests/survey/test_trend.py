"""Rates of a register: added up by hand, a gap stays a gap, and no test comes in."""

import pytest
from builders.register import ROWS, changed, register

import wbkit as wb


def counts(**fields):
    return wb.clean(register(**fields))


def rates(**options):
    table = wb.trend(counts(), "traag", year="jaar", by="team", **options)
    return table.data.set_index(["team", "jaar"])


def test_cells_are_added_up_over_what_is_not_named():
    zorg = rates().loc["zorg"]
    assert zorg["n"].tolist()[:3] == [12, 24, 306]
    assert zorg["base"].tolist()[:3] == [120, 120, 1020]
    assert zorg["share"].tolist()[:3] == pytest.approx([0.1, 0.2, 0.3])


def test_what_was_not_delivered_is_absent_and_keeps_its_place():
    groen = rates().loc["groen"]
    assert groen["state"].tolist() == ["shown", "absent", "shown", "absent"]
    assert groen.loc["2020", ["n", "base", "share"]].isna().all()


def test_a_sum_of_which_a_part_is_missing_is_not_given():
    table = wb.trend(counts(), "traag", year="jaar")
    assert table.data["n"].tolist()[0] == 15
    assert table.data["state"].tolist() == ["shown", "absent", "shown", "absent"]
    assert "niet aangeleverd" in repr(table)
    assert any("wordt niet gegeven" in note for note in table.show().notes)


def test_a_row_that_was_left_out_is_absent_too():
    table = wb.trend(counts(rows=[one for one in ROWS if one[:2] != ("2020", "groen")]), "traag",
                     year="jaar")
    assert table.data["state"].tolist()[1] == "absent"


def test_the_break_stands_at_the_first_year_of_another_definition():
    found = rates()
    assert found.loc["zorg", "break"].tolist() == [False, False, True, False]
    table = wb.trend(counts(), "traag", year="jaar", by="team")
    assert "* 2021" in repr(table)
    assert any(note.startswith("* Vanaf 2021") for note in table.show().notes)


def test_a_count_beside_the_base_has_no_rate_and_no_break():
    data = wb.trend(counts(), "naast", year="jaar").data
    assert data["n"].tolist()[0] == 1
    assert data["share"].isna().all()
    assert not data["break"].any()


def test_a_part_can_be_looked_at():
    table = wb.trend(counts().where(weg="bol"), "traag", year="jaar", by="team")
    assert table.data["base"].tolist()[:2] == [100, 100]
    assert "Alleen weg: bol." in table.show().base


def test_under_a_base_of_ten_there_is_no_percentage():
    text = repr(wb.trend(counts(), "traag", year="jaar", by="team"))
    assert "3 van 8" in text
    assert "37" not in text


def test_small_counts_of_real_students_are_hidden():
    real = wb.trend(counts(synthetic=False), "traag", year="jaar", by="team").data
    groen = real[real["team"] == "groen"]
    assert groen["state"].tolist() == ["hidden", "absent", "shown", "absent"]
    assert groen[["n", "share"]].iloc[0].isna().all()


def test_there_is_no_interval_and_it_says_why():
    table = wb.trend(counts(), "traag", year="jaar")
    assert not {"low", "high", "p"} & set(table.data)
    assert "volledige telling" in table.show().basis


@pytest.mark.parametrize("make", [lambda one: one,
                                  lambda one: wb.assume(one, "jaren zijn te vergelijken")])
def test_an_interrupted_series_says_what_it_would_need(make):
    with pytest.raises(wb.DataError) as refused:
        wb.trend(make(counts()), "traag", year="jaar", test="2021")
    words = str(refused.value)
    assert "ten minste 3 punten ervoor en erna" in words
    assert "nu 1 vóór 2021 en 1 vanaf dan" in words
    assert "die verandert in 2021" in words


@pytest.mark.parametrize(("options", "words"), [
    ({"item": "team"}, "team holds no counts. Use one of alle, traag, naast"),
    ({"year": "soort"}, "soort does not name a cell. Use one of jaar, team, weg"),
    ({"by": "jaar"}, "jaar names the years and the groups"),
    ({"by": "alle"}, "alle does not name a cell"),
    ({"population": "traag"}, "traag is no population of traag"),
    ({"population": "naast"}, "traag is larger than naast"),
    ({"test": "1999"}, "'1999' is neither 'linear' nor one of the values of jaar"),
])
def test_items_that_do_not_fit_are_refused(options, words):
    with pytest.raises(wb.DataError, match=words):
        wb.trend(counts(), **{"item": "traag", "year": "jaar"} | options)


def test_a_year_with_two_definitions_is_refused():
    two = counts(rows=changed(0, soort="v2"))
    with pytest.raises(wb.DataError, match="2019 holds the definitions v2, v1"):
        wb.trend(two, "traag", year="jaar")


BY_YEAR = {"cells": ["jaar"], "base": "alle", "parts": ["traag"], "beside": ["naast"],
           "persons": "different"}
YEARS = [("2019", "zorg", "bol", "100", "4", "10", "v1"),
         ("2020", "zorg", "bol", "100", "6", "20", "v1"),
         ("2021", "zorg", "bol", "100", "9", "30", "v1")]


def test_a_register_with_only_the_year_counts_each_year_once():
    data = wb.trend(counts(rows=YEARS, counts=BY_YEAR), "traag", year="jaar").data
    assert data["n"].tolist()[:3] == [4, 6, 9]
    assert data["base"].tolist()[:3] == [100, 100, 100]
    assert data["state"].tolist() == ["shown", "shown", "shown", "absent"]


def test_a_trend_of_only_the_year_is_tested_on_each_year_once():
    # By hand, as Armitage (1955): (9 - 4)² / (0.0633 × 0.9367 × 200) = 2.107 on 1 df, p = 0.1466.
    row = wb.trend(counts(rows=YEARS, counts=BY_YEAR), "traag", year="jaar", test=True).data.iloc[0]
    assert row["n"] == 300
    assert row["p"] == pytest.approx(0.1466, abs=5e-5)


def test_only_the_year_and_another_population_count_each_year_once():
    data = wb.trend(counts(rows=YEARS, counts=BY_YEAR), "traag", year="jaar", population="naast")
    assert data.data["base"].tolist()[:3] == [10, 20, 30]
    assert data.data["share"].tolist()[:3] == pytest.approx([0.4, 0.3, 0.3])


def test_a_cell_beside_the_year_adds_up_to_the_whole():
    rules = BY_YEAR | {"cells": ["jaar", "team"]}
    both = [*YEARS, ("2019", "groen", "bol", "50", "1", "1", "v1"),
            ("2020", "groen", "bol", "50", "2", "1", "v1"),
            ("2021", "groen", "bol", "50", "3", "1", "v1")]
    found = counts(rows=both, counts=rules)
    assert wb.trend(found, "traag", year="jaar").data["n"].tolist()[:3] == [5, 8, 12]
    assert wb.trend(found, "traag", year="jaar", by="team").data["base"].tolist() == [
        100, 100, 100, pytest.approx(float("nan"), nan_ok=True), 50, 50, 50,
        pytest.approx(float("nan"), nan_ok=True)]


def test_a_year_outside_the_part_is_no_year_that_was_not_delivered():
    table = wb.trend(counts(rows=YEARS, counts=BY_YEAR).where(jaar=["2019", "2020"]), "traag",
                     year="jaar")
    assert table.data["jaar"].tolist() == ["2019", "2020"]
    assert "niet aangeleverd" not in repr(table)
