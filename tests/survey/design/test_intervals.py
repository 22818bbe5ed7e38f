"""Intervals: their values, and the designs that do not carry one."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from builders.responses import people
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb

SRS = "srs"


@pytest.mark.parametrize(("n", "base", "low", "high"), [
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
])
def test_interval_matches_newcombe_1998(n, base, low, high):
    assert wb.share_interval(n, base) == pytest.approx((low, high), abs=5e-5)


def test_a_random_sample_carries_its_interval_in_the_table():
    table = wb.frequency(people(["eens"] * 81 + ["oneens"] * 182, design=SRS), "gezien")
    low, high = table.data.set_index("value").loc["eens", ["low", "high"]]
    assert (low, high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert table.show().basis == "95%-interval (Wilson)."


@settings(derandomize=True, deadline=None)
@given(st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_the_interval_holds_the_share(pair):
    n, base = pair
    low, high = wb.share_interval(n, base)
    assert -1e-12 <= low <= n / base + 1e-12 and n / base - 1e-12 <= high <= 1 + 1e-12


@pytest.mark.parametrize("arguments", [(5, 4), (-1, 4), (0, 0)])
def test_a_count_outside_its_base_is_refused(arguments):
    with pytest.raises(wb.DataError, match=r"is no share. n lies between 0 and base"):
        wb.share_interval(*arguments)


def test_an_unknown_method_is_refused():
    with pytest.raises(wb.DataError, match="there is no method 'wald'. Use 'wilson'"):
        wb.share_interval(1, 2, method="wald")


@pytest.mark.parametrize("method", ["wilson", "clopper-pearson", "hypergeometric"])
def test_a_share_of_everyone_has_no_margin(method):
    assert wb.share_interval(3, 7, method, population=7) == (3 / 7, 3 / 7)


GUARDS = [
    (None, r"how the units came in was not declared.*Add a design"),
    ({"kind": "convenience"}, r"whoever was there took part.*State the assumption first"),
    ({"kind": "joint", "people": 65}, r"joint answer of several people.*Show counts"),
    ({"kind": "census", "population": 4}, r"everyone took part.*Leave the interval out"),
    ({"kind": "census", "population": 9, "invited": 4}, r"4 of 9 students answered"),
    ({"kind": "census", "population": 9}, r"4 of 9 students answered.*State the assumption"),
    # Wilson's interval is for a simple random sample: in whole classes it is far too narrow
    ({"kind": "cluster"}, r"in whole groups, and which groups.*Name strata or cluster"),
    ({"kind": "stratified"}, r"drawn by group.*Name strata or cluster"),
    ({"kind": "srs", "invited": 9}, r"4 of 9 students answered.*State the assumption"),
]


@pytest.mark.parametrize(("design", "message"), GUARDS)
def test_a_demanded_interval_is_refused_where_the_design_carries_none(design, message):
    responses = people(["eens", "eens", "oneens", "oneens"], design=design, language="en")
    with pytest.raises(wb.DataError, match=message):
        wb.frequency(responses, "gezien", interval="wilson")


@pytest.mark.parametrize(("design", "message"), GUARDS)
def test_without_demand_the_table_says_why_there_is_no_interval(design, message):
    table = wb.frequency(people(["eens", "eens", "oneens", "oneens"], design=design), "gezien")
    assert table.data[["low", "high"]].isna().all(axis=None)
    assert table.show().basis.startswith("Geen interval: ")


DUTCH = [
    (None, "Geen interval: .* niet vastgelegd .* Zet in study.toml bij de bron hoe"),
    ({"kind": "convenience"}, r"wie toevallig aanwezig was.*Schrijf eerst op .*assume\(responses"),
    ({"kind": "joint", "people": 65}, "elk antwoord is van een groep samen. Toon de aantallen"),
    ({"kind": "census", "population": 4}, "iedereen deed mee.*Laat het interval weg"),
    ({"kind": "census", "population": 3}, "meer antwoorden.*Verbeter population in het design"),
    ({"kind": "cluster"}, "in hele groepen geloot.*Noem strata of cluster in het design"),
    ({"kind": "srs", "invited": 9}, "4 van de 9 studenten deden mee.*Schrijf eerst op"),
]


@pytest.mark.parametrize(("design", "message"), DUTCH)
def test_the_refusal_of_an_interval_is_in_the_language_of_the_study(design, message):
    responses = people(["eens", "eens", "oneens", "oneens"], design=design)
    with pytest.raises(wb.DataError, match=f"studenten: .*{message}"):
        wb.frequency(responses, "gezien", interval="wilson")


def test_an_assumption_gives_an_interval_and_is_printed_under_every_table():
    responses = wb.assume(people(["eens", "oneens"] * 10), "aselect binnen de leerwegen")
    for table in (wb.frequency(responses, "gezien"),
                  wb.frequency(responses.where(gezien="eens"), "gezien")):
        assert table.data["low"].notna().any()
        assert "onder de aanname: ‘aselect binnen de leerwegen’" in repr(table)
    assert "aselect binnen de leerwegen" in repr(wb.crosstab(responses, "leerweg", "gezien"))


def test_an_assumption_does_not_turn_a_full_census_into_a_sample():
    whole = people(["eens", "oneens"], design={"kind": "census", "population": 2})
    table = wb.frequency(wb.assume(whole, "aselect binnen de leerwegen"), "gezien")
    assert table.data["low"].isna().all()


@pytest.mark.parametrize(("design", "words", "message"), [
    ({"kind": "convenience"}, "", r"assume needs the assumption in words, and there is ''"),
    ({"kind": "convenience"}, "ja", r"Write why these units may be treated as a random sample"),
    (None, "aselect binnen de leerwegen", r"no design, so there is nothing to assume"),
    ({"kind": "joint"}, "aselect binnen de leerwegen", r"joint answer of several people"),
])
def test_an_assumption_is_refused(design, words, message):
    with pytest.raises(wb.DataError, match=message):
        wb.assume(people(["eens"], design=design, language="en"), words)


@pytest.mark.parametrize(("design", "words", "message"), [
    (None, "wie er was, was er toevallig", "bij de bron staat geen design"),
    ({"kind": "joint"}, "wie er was, was er toevallig", "Geen enkele aanname maakt daar een"),
    ({"kind": "convenience"}, "aselect binnen strata", "geen strata om binnen te loten"),
])
def test_an_assumption_is_refused_in_the_language_of_the_study(design, words, message):
    with pytest.raises(wb.DataError, match=message):
        wb.assume(people(["eens"], design=design), words)


def test_a_group_without_answers_has_no_interval():
    table = wb.frequency(people(["eens"], leerweg=["bol"], design=SRS), "gezien", by="leerweg")
    empty = table.data[table.data["leerweg"] == "bbl"]
    assert empty["low"].map(math.isnan).all()


def test_an_interval_says_what_it_assumes_of_those_who_skipped_the_question():
    table = wb.frequency(people(["eens"] * 20 + [None] * 10 + ["weet ik niet"], design=SRS),
                         "gezien")
    assert table.data["low"].notna().all()
    assert "niet verschilt van wie wel antwoordde" in table.show().basis
    assert "niet te controleren" in table.show().basis


@pytest.mark.parametrize("kind", ["srs", "census"])
def test_a_design_without_its_number_of_invited_carries_no_interval(kind):
    responses = people(["eens"] * 20, design={"kind": kind})
    table = wb.frequency(responses, "gezien")
    assert table.data["low"].isna().all()
    assert table.show().basis == (
        "Geen interval: er is niet vastgelegd hoeveel studenten geloot of gevraagd zijn.")
    with pytest.raises(wb.DataError, match=r"Schrijf in study.toml hoeveel er geloot.*invited = …"):
        wb.frequency(responses, "gezien", interval="wilson")


def test_a_census_of_unknown_size_carries_no_interval_under_an_assumption_either():
    responses = wb.assume(people(["eens"], design={"kind": "census"}), "wie antwoordt is toeval")
    assert wb.frequency(responses, "gezien").data["low"].isna().all()


@pytest.mark.parametrize("field", ["cluster", "strata"])
def test_a_part_of_the_design_that_would_not_be_used_is_refused(field):
    with pytest.raises(ValueError, match=f'{field} is declared, and kind = "srs"'):
        people(["eens"], design={"kind": "srs", "invited": 1, field: "leerweg"})


@pytest.mark.parametrize("words", ["", "ja", "  kort   ", 5])
def test_an_assumption_cannot_be_set_without_words(words):
    with pytest.raises(wb.DataError, match="assume needs the assumption in words"):
        replace(people(["eens"]), assumption=words)


def test_a_cross_table_claims_no_interval():
    table = wb.crosstab(people(["eens", "oneens"], leerweg=["bol", "bbl"], design=SRS),
                        "leerweg", "gezien")
    assert table.show().basis == ""


@pytest.mark.parametrize(("design", "words"), [
    ({"kind": "srs", "invited": 3}, "meer antwoorden (4) dan studenten die zijn gevraagd (3)"),
    ({"kind": "convenience", "invited": 3}, "die zijn gevraagd (3)"),
    ({"kind": "census", "invited": 3}, "die zijn gevraagd (3)"),
    ({"kind": "census", "population": 3}, "dan studenten in de populatie (3)"),
])
def test_more_answers_than_were_invited_carry_no_interval(design, words):
    table = wb.frequency(people(["eens"] * 4, design=design), "gezien")
    assert table.data["low"].isna().all()
    assert words in table.show().basis
    stated = wb.assume(people(["eens"] * 4, design=design), "doet er niet toe")
    with pytest.raises(wb.DataError, match="er zijn meer antwoorden.*zet rijen apart"):
        wb.frequency(stated, "gezien", interval="wilson")


def test_weights_of_nought_are_not_counted_twice_as_answers():
    given = wb.responses(pd.DataFrame({"q": ["ja", "nee"] * 4, "w": [1.0, 0.0] * 4}),
                         unit="student", design=wb.Design(kind="srs", invited=8, weight="w"))
    assert wb.count_cells(given, "q").sample == given.sample == 8
