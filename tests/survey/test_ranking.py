"""Rankings: first places, first half, mean place, and what may not be shown."""

import numpy as np
import pandas as pd
import pytest
from builders.rankings import NEEDS, WORDS, need, ranked
from builders.responses import LEERWEG
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb

SIX = ((1, 2, 3), (1, 3, 2), (2, 1, None), (None, 1, None), (3, 2, 1), (None, None, None))


def column(table, name, **group):
    data = table.data
    for key, value in group.items():
        data = data[data[key] == value]
    return dict(zip(data["value"], data[name], strict=True))


def test_first_near_the_first_and_mean_place_by_hand():
    table = wb.frequency(ranked(*SIX), "nodig")
    assert table.kind == "ranking"
    assert column(table, "n") == {"tijd": 2, "geld": 2, "rust": 1}
    assert column(table, "top") == {"tijd": 3, "geld": 4, "rust": 2}
    assert column(table, "ranked") == {"tijd": 4, "geld": 5, "rust": 3}
    assert column(table, "mean") == {"tijd": 7 / 4, "geld": 9 / 5, "rust": 2}
    assert set(table.data["base"]) == {5}
    assert column(table, "share")["tijd"] == pytest.approx(2 / 5)
    assert column(table, "share_top")["geld"] == pytest.approx(4 / 5)


def test_base_and_reasons_are_said():
    responses = ranked(*SIX, leerweg=["bol"] * 6)
    shown = wb.frequency(responses, "nodig").show()
    assert shown.title == WORDS["nl"]
    assert shown.base == "Basis: 5 van de 6 studenten; zij gaven minstens één optie een plaats."
    assert shown.notes[0] == ("Plaats 1 is de eerste. De gemiddelde plaats is van wie de optie een "
                              "plaats gaf.")
    assert shown.notes[1].replace("\xa0", " ") == "Niet in de basis: 1 × geen antwoord."
    assert wb.frequency(responses, "nodig").show("en").base == (
        "Base: 5 of the 6 students, who gave at least one option a place.")


@pytest.mark.parametrize(("options", "top"), [(2, None), (3, 2), (4, 2), (5, 3)])
def test_the_first_half_of_few_options_and_the_first_three_of_more(options, top):
    row = tuple(range(1, options + 1))
    table = wb.frequency(ranked(row, row[::-1], options=NEEDS[:options]), "nodig")
    text = repr(table.show("en"))
    if top is None:
        assert "top" not in table.data and "share_top" not in table.data
        assert "in the first" not in text
    else:
        assert f"in the first {top}" in text
        assert column(table, "top")[NEEDS[0]] == 1


def test_groups_have_a_base_of_their_own():
    table = wb.frequency(ranked(*SIX, leerweg=["bol", "bbl", "bol", None, "bbl", "bol"]), "nodig",
                         by="leerweg")
    assert column(table, "n", leerweg="bol") == {"tijd": 1, "geld": 1, "rust": 0}
    assert column(table, "mean", leerweg="bbl") == {"tijd": 2, "geld": 2.5, "rust": 1.5}
    assert set(table.data.loc[table.data["leerweg"] == "bol", "base"]) == {2}
    assert any("1 student" in note for note in table.show().notes)


def test_routing_missing_code_and_guess_are_stated():
    responses = ranked(*SIX, leerweg=["bol"] * 5 + ["bbl"], items={
        "nodig": need(NEEDS[:3]) | {"asked_if": {"leerweg": ["bol"]}, "guessed": True}},
        reasons=[(7, "nodig", "not_asked")])
    text = repr(wb.frequency(responses, "nodig")).replace("\xa0", " ")
    assert "Gevraagd aan wie op ‘leerweg’ antwoordde: ‘bol’." in text
    assert "Niet in de basis: 1 × niet gevraagd." in text
    assert "Wat heb je het meest nodig?’" in text.split("Bron:")[0]


def test_weights_count_in_shares_and_in_the_mean_place():
    # By hand: with weights 1 and 3 the mean of places 1 and 2 is (1 × 1 + 3 × 2) / 4 = 1.75.
    responses = ranked((1, 2, 3), (2, 1, 3), more={"gewicht": [1.0, 3.0]},
                       items={"gewicht": {"kind": "numeric"}},
                       design={"kind": "srs", "invited": 2, "weight": "gewicht"})
    table = wb.frequency(responses, "nodig")
    assert column(table, "mean") == pytest.approx({"tijd": 1.75, "geld": 1.25, "rust": 3})
    assert column(table, "share") == pytest.approx({"tijd": 0.25, "geld": 0.75, "rust": 0})
    assert column(table, "share_raw")["tijd"] == pytest.approx(0.5)
    assert column(table, "share_top") == pytest.approx({"tijd": 1, "geld": 1, "rust": 0})
    assert "ongewogen" in repr(table)


def test_the_share_of_first_places_has_the_interval_of_a_share():
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3: 81 of 263.
    rows = [(1, 2, 3)] * 81 + [(2, 1, 3)] * 182
    table = wb.frequency(ranked(*rows, design="srs"), "nodig", interval="wilson")
    low, high = table.data.set_index("value").loc["tijd", ["low", "high"]]
    assert (low, high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert "25,5–36,6 %" in repr(table)


def test_an_interval_that_the_design_does_not_carry_is_refused():
    with pytest.raises(wb.DataError, match="eerste plaats zette, heeft geen interval.*toevallig"):
        wb.frequency(ranked(*SIX), "nodig", interval="wilson")
    with pytest.raises(wb.DataError, match="interval='wald' is unknown"):
        wb.frequency(ranked(*SIX), "nodig", interval="wald")


def test_cells_give_the_same_table_also_in_parts():
    responses = ranked(*SIX, leerweg=["bol", "bbl"] * 3)
    whole = wb.frequency(responses, "nodig", by="leerweg")
    cells = wb.count_cells(responses, "nodig", by="leerweg")
    assert wb.frequency(cells, "nodig", by="leerweg").fingerprint == whole.fingerprint
    framed = wb.count_cells(responses.data.reset_index(drop=True), "nodig", by="leerweg",
                            source=responses.source)
    assert wb.frequency(framed, "nodig", by="leerweg").data.equals(whole.data)
    twice = wb.frequency(cells + cells, "nodig", by="leerweg")
    assert (twice.data["n"] == 2 * whole.data["n"]).all()
    assert twice.data["mean"].equals(whole.data["mean"])


def test_pooled_cells_count_both_sources():
    one, other = (wb.count_cells(ranked(*SIX, name=name), "nodig") for name in ("a", "b"))
    table = wb.frequency(wb.pool_cells({"a": one, "b": other}), "nodig")
    assert column(table, "n") == {"tijd": 4, "geld": 4, "rust": 2}
    with pytest.raises(wb.DataError, match="nodig is not the same item"):
        wb.pool_cells({"a": one, "b": wb.count_cells(
            ranked((1, 2), options=NEEDS[:2], name="b"), "nodig")})


def test_cells_on_disk_keep_a_ranking(tmp_path):
    cells = wb.count_cells(ranked(*SIX), "nodig")
    wb.write_cells(cells, tmp_path / "cells.npz")
    found = wb.frequency(wb.read_cells(tmp_path / "cells.npz"), "nodig")
    assert found.data.equals(wb.frequency(ranked(*SIX), "nodig").data)


def test_nobody_answered_gives_no_share_and_no_mean():
    table = wb.frequency(ranked((None,) * 3, (None,) * 3), "nodig")
    assert table.data[["share", "share_top", "mean"]].isna().all(axis=None)
    assert table.sentence() == "Niemand gaf een optie een plaats."
    assert "–" not in repr(table).split("Basis")[0].split("\n", 4)[4]


def test_what_came_first_most_often_is_said():
    rows = [(1, 2, 3)] * 12 + [(2, 1, 3)] * 8 + [(3, 2, 1)] * 5
    table = wb.frequency(ranked(*rows), "nodig")
    assert table.sentence() == (
        "Het vaakst op de eerste plaats: ‘tijd’, bij 12 van de 25 studenten (48 %).")
    assert table.sentence(language="en") == (
        "Most often in first place: ‘Tijd’, with 12 of the 25 students (48%).")
    assert table.sentence("rust") == (
        "Bij 5 van de 25 studenten (20 %) staat ‘rust’ op de eerste plaats.")
    assert table.sentence(["geld", "rust"], language="en") == (
        "With 13 of the 25 students (52%), ‘Geld’ or ‘Rust’ is in first place.")


def test_no_tie_is_passed_off_as_first():
    table = wb.frequency(ranked(*[(1, 2, 3)] * 6, *[(2, 1, 3)] * 6), "nodig")
    assert table.sentence() == (
        "Het vaakst op de eerste plaats: ‘tijd’ en ‘geld’, elk bij 6 van de 12 studenten (50 %).")


def test_a_group_has_its_own_sentence():
    table = wb.frequency(ranked(*[(1, 2, 3)] * 10, *[(2, 1, 3)] * 10,
                                leerweg=["bol"] * 10 + ["bbl"] * 10), "nodig", by="leerweg")
    assert table.sentence(leerweg="bbl") == (
        "bbl: Het vaakst op de eerste plaats: ‘geld’, bij 10 van de 10 studenten (100 %).")


def test_small_counts_are_hidden_with_what_would_give_them_away():
    rows = [(1, 2, 3)] * 20 + [(2, 1, 3)] * 17 + [(3, 2, 1)] * 3
    table = wb.frequency(ranked(*rows, synthetic=False), "nodig")
    assert column(table, "state")["rust"] == "hidden"
    assert list(table.data["state"]).count("hidden") > 1
    hidden = table.data[table.data["state"] == "hidden"]
    assert hidden[["n", "share", "mean"]].isna().all(axis=None)
    assert "niet getoond" in repr(table)


def test_tables_that_differ_by_a_hidden_count_look_the_same():
    def shown(few):
        rows = [(1, 2, 3)] * 30 + [(2, 1, 3)] * (15 - few) + [(3, 2, 1)] * few
        return wb.frequency(ranked(*rows, synthetic=False), "nodig")
    assert repr(shown(2)) == repr(shown(3)) and shown(2).fingerprint == shown(3).fingerprint


def test_no_sentence_names_a_first_that_a_hidden_option_could_be():
    rows = [(1, 2, 3)] * 9 + [(3, 1, 2)] * 8 + [(2, 3, 1)] * 3
    table = wb.frequency(ranked(*rows, synthetic=False), "nodig")
    assert "niet getoond" in table.sentence()


def test_a_group_of_few_is_hidden_whole():
    rows = [(1, 2, 3)] * 3 + [(2, 1, 3)] * 30 + [(1, 2, 3)] * 30
    table = wb.frequency(ranked(*rows, leerweg=["bbl"] * 3 + ["bol"] * 60, synthetic=False),
                         "nodig", by="leerweg")
    few = table.data[table.data["leerweg"] == "bbl"]
    assert few[["n", "top", "ranked", "mean", "base"]].isna().all(axis=None)


def test_few_who_left_an_option_out_are_not_counted_beside_it():
    rows = [(1, 2, 3)] * 20 + [(2, 1, None)] * 3 + [(2, 1, 3)] * 17
    table = wb.frequency(ranked(*rows, synthetic=False), "nodig")
    assert np.isnan(column(table, "ranked")["rust"]) and column(table, "ranked")["tijd"] == 40
    assert "niet getoond" in repr(table)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=5, max_size=60))
def test_no_hidden_count_stands_alone(rows):
    data = wb.frequency(ranked(*rows, options=NEEDS[:4], synthetic=False), "nodig").data
    for one in ("n", "top"):
        assert data[one].isna().sum() != 1
        assert not ((data[one] > 0) & (data[one] < 5)).any()
        rest = data["base"] - data[one]
        assert not ((rest > 0) & (rest < 5)).any()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.permutations([1, 2, 3]), min_size=20, max_size=60))
def test_no_hidden_count_of_a_group_stands_alone_in_its_group_or_option(rows):
    tracks = [("bol", "bbl")[at % 3 == 0] for at in range(len(rows))]
    data = wb.frequency(ranked(*rows, leerweg=tracks, synthetic=False), "nodig",
                        by="leerweg").data
    for name in ("n", "top"):
        for key in ("leerweg", "value"):
            assert not (data[name].isna().groupby(data[key]).sum() == 1).any()
        assert not ((data[name] > 0) & (data[name] < 5)).any()
    alone = wb.frequency(ranked(*rows, synthetic=False), "nodig").data.set_index("value")["n"]
    hidden = data.groupby("value")["n"].apply(lambda one: one.isna().all())
    assert hidden[alone.index[alone.isna()]].all()


def test_a_ranking_stands_alone_and_knows_one_base():
    responses = ranked(*SIX)
    with pytest.raises(wb.DataError, match="nodig is a ranking.*alone"):
        wb.frequency(responses, ["nodig", "leerweg"])
    with pytest.raises(wb.DataError, match="of='asked' is not for nodig"):
        wb.frequency(responses, "nodig", of="asked")


def test_a_number_that_is_no_place_is_refused():
    for place in (4, 0, 1.5, -1):
        with pytest.raises(wb.DataError, match="nodig:tijd holds a number that is no place"):
            wb.frequency(ranked((place, 1, 2)), "nodig")


REFUSED = {
    "where": lambda one: one.where(nodig="tijd"),
    "by": lambda one: wb.frequency(one, "leerweg", by="nodig"),
    "crosstab": lambda one: wb.crosstab(one, "leerweg", "nodig"),
    "compare": lambda one: wb.compare(one, "nodig", "leerweg"),
    "compare by": lambda one: wb.compare(one, "leerweg", "nodig"),
    "compare_paired": lambda one: wb.compare_paired(one, one, "nodig", key="leerweg"),
    "regress": lambda one: wb.regress(one, "nodig", ["leerweg"]),
    "regress on": lambda one: wb.regress(one, "leerweg", ["nodig"]),
    "estimate share": lambda one: wb.estimate(one, "nodig", "share"),
    "estimate mean": lambda one: wb.estimate(one, "nodig"),
    "estimate total": lambda one: wb.estimate(one, "nodig", "total"),
    "distribution": lambda one: wb.distribution(one, "nodig"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_takes_no_ranking_says_what_does(name):
    with pytest.raises(wb.DataError, match=r"nodig is a ranking.*frequency\(responses, 'nodig'\)"):
        REFUSED[name](ranked(*SIX, leerweg=["bol", "bbl"] * 3, design="srs"))


def test_a_score_takes_no_ranking():
    scale = {"variant": "v1", "items": ["nodig", "leerweg"], "range": [1, 3]}
    responses = ranked(*SIX, scales={"druk": scale}, design="srs")
    for make in (wb.score, wb.reliability):
        with pytest.raises(wb.DataError, match="nodig is"):
            make(responses, "druk")


def test_state_and_nonresponse_know_who_ranked():
    responses = ranked(*SIX)
    assert list(responses.state("nodig")) == ["answered"] * 5 + ["no_answer"]
    assert responses.answered("nodig") == 5
    counted = wb.nonresponse(ranked(*SIX, leerweg=["bol"] * 6)).data
    assert counted["skipped"].tolist() == [1] and counted["base"].tolist() == [12]


def test_columns_of_places_of_a_dataframe_are_a_ranking():
    data = pd.DataFrame({"nodig:tijd": [1, 2, np.nan], "nodig:geld": [2.0, 1.0, np.nan],
                         "leerweg": ["bol", "bbl", "bol"]})
    found = wb.responses(data, unit="student", public=True, items={
        "nodig": need(NEEDS[:3]), "leerweg": LEERWEG})
    assert str(found.data["nodig:tijd"].dtype) == "float64"
    table = wb.frequency(found, "nodig")
    assert column(table, "n") == {"tijd": 1, "geld": 1, "rust": 0}
    assert set(table.data["base"]) == {2}


@pytest.mark.parametrize(("places", "words"), [
    ([1, 1], "items.nodig: may hold .*once, row 0"), ([1, 4], "'4' once"),
    ([1, 1.5], "'1.5' once")])
def test_places_of_a_dataframe_that_are_none_are_refused(places, words):
    data = pd.DataFrame({"nodig:tijd": [places[0]], "nodig:geld": [places[1]]})
    with pytest.raises(wb.DataError, match=f"(?s){words}"):
        wb.responses(data, unit="student", items={"nodig": need(NEEDS[:3])})


def test_a_joint_ranking_is_listed_in_its_order():
    responses = ranked((2, 1, None), leerweg=["bol"], unit="team", design={"kind": "joint"})
    table = wb.team_answers(responses, ["nodig"], by="leerweg")
    assert list(table.data.loc[table.data["leerweg"] == "bol", "value"]) == ["geld", "tijd"]


def test_a_ranking_is_no_column_of_a_list_and_routes_nobody():
    with pytest.raises(wb.DataError, match="nodig cannot be a column of a list"):
        wb.list_rows(ranked(*SIX, kind="list"), ["nodig"])
    with pytest.raises(ValueError, match="takes answers of nodig, which is a ranking"):
        ranked(*SIX, items={"leerweg": LEERWEG | {"asked_if": {"nodig": ["tijd"]}}})


def test_an_option_that_the_ranking_does_not_have_is_refused():
    data = pd.DataFrame({"nodig:tijd": [1], "nodig:geluk": [2]})
    with pytest.raises(wb.DataError, match="'geluk' is not one of the options of nodig"):
        wb.responses(data, unit="student", items={"nodig": need(NEEDS[:3])})
