"""Slips of somebody who knows Excel: each is refused in words, or does what was meant."""

import numpy as np
import pandas as pd
import pytest

import wbkit as wb

FRAME = pd.DataFrame({
    "stel": ["oneens", "eens", "neutraal"] * 20, "leerweg": ["bol", "bbl"] * 30,
    "klas": list("abcd") * 15, "cijfer": [6.0, 7, 8, 5, 9, 7] * 10,
    "code": [f"c{place}" for place in range(60)]})
ITEMS = {"stel": {"kind": "ordinal", "values": ["oneens", "neutraal", "eens"]},
         "leerweg": {"kind": "nominal", "values": ["bol", "bbl"]},
         "klas": {"kind": "nominal", "values": list("abcd")}, "cijfer": {"kind": "numeric"}}
SRS = {"kind": "srs", "invited": 60}
COUNTS = {"leerweg": {"bol": 700, "bbl": 300}}


def asked(frame=FRAME, **design):
    return wb.responses(frame, unit="student", items={n: one for n, one in ITEMS.items()
                                                      if n in frame} | extra(frame),
                        design=wb.Design(**(design or SRS)))


def extra(frame):
    return {"w": {"kind": "numeric"}} if "w" in frame else {}


@pytest.mark.parametrize(("slip", "words"), [
    (lambda r: wb.frequency(r, "stel", by=["leerweg", "klas"]), r"one item is wanted.*derived"),
    (lambda r: wb.compare(r, "stel", by=["leerweg"]), r"one item .*there is \['leerweg'\]"),
    (lambda r: wb.crosstab(r, ["stel"], "klas"), r"one item .*there is \['stel'\]"),
    (lambda r: wb.frequency(r, "stel", by="stel"), "stel by stel says nothing"),
    (lambda r: wb.pool_cells([wb.count_cells(r, "stel")]),
     r"pool_cells: takes a name for each source.* a list"),
    (lambda _: wb.assume("students", "random within strata"), "assume: takes Responses or Cells"),
    (lambda r: wb.weight(r, ["leerweg"]), r"margins=\['leerweg'\] does not say how many"),
    (lambda r: wb.weight(r, {"leerweg": [70, 30]}), "does not say how many there are"),
    (lambda r: wb.weight(r, {"leerweg": {"bol": "70%", "bbl": "30%"}}), "counts from 0 on"),
    (lambda r: wb.weight(r, COUNTS, trim=3), r"trim=3 leaves no room.*trim=\(0.3, 3\)"),
    (lambda r: wb.weight(r, {"leerweg": {"bol": 7, "bbl": 3}}), "add up to 10, and 60 answered"),
    (lambda r: wb.weight(wb.weight(r, COUNTS), {"klas": dict.fromkeys("abcd", 250)}),
     "weighted already, to leerweg"),
])
def test_a_slip_is_refused_in_words(slip, words):
    with pytest.raises(wb.DataError, match=words):
        slip(asked())


def test_margins_in_percentages_are_refused_beside_a_population():
    with pytest.raises(wb.DataError, match="add up to 100, and the population is 1,000.*counts"):
        wb.weight(asked(**SRS, population=1000), {"leerweg": {"bol": 70, "bbl": 30}})
    total = wb.estimate(wb.weight(asked(**SRS, population=1000), COUNTS), "cijfer", "total")
    # 700 and 300 students, times the mean mark of 30 bol and 30 bbl students
    means = FRAME.groupby("leerweg")["cijfer"].mean()
    assert total.data["estimate"].item() == pytest.approx(700 * means["bol"] + 300 * means["bbl"])


def test_nothing_is_explained_where_everyone_answered_alike():
    with pytest.raises(wb.DataError, match="everyone gave the same answer to cijfer"):
        wb.regress(asked(FRAME.assign(cijfer=5.0)), "cijfer", "leerweg")


@pytest.mark.parametrize("weights", [0.0, np.nan])
def test_weights_that_count_nobody_are_refused(weights):
    with pytest.raises(wb.DataError, match="w holds no weight above 0"):
        wb.frequency(asked(FRAME.assign(w=weights), **SRS, weight="w"), "stel")


def test_one_unit_gives_no_advice_on_strata():
    with pytest.raises(wb.DataError, match="there is one student.*without interval"):
        wb.estimate(asked(FRAME.head(1), kind="srs", invited=1), "cijfer")


@pytest.mark.parametrize("moved", [1.0, 0.1, 1.2])
def test_a_change_that_is_the_same_for_all_is_no_test(moved):
    later = asked(FRAME.assign(cijfer=FRAME["cijfer"] + 0.1 + moved))
    table = wb.compare_paired(asked(FRAME.assign(cijfer=FRAME["cijfer"] + 0.1)), later, "cijfer",
                            key="code")
    assert table.data["test"].tolist() == ["none"]


def test_a_declared_population_counts_in_every_interval():
    few, all_of_them, endless = (asked(**SRS, population=n) for n in (90, 60, None))
    table, wide = wb.frequency(few, "stel"), wb.frequency(endless, "stel")
    counted = wb.frequency(wb.count_cells(few, "stel"), "stel")
    pd.testing.assert_frame_equal(table.data, counted.data)
    for row, (_, low, high) in zip(table.data.itertuples(), wide.data[
            ["n", "low", "high"]].itertuples(index=False), strict=True):
        ends = wb.share_interval(row.n, row.base, population=90)
        assert (row.low, row.high) == pytest.approx(ends)
        assert low < row.low and row.high < high
    assert any("90 studenten van nu" in note for note in table.show().notes)
    everyone = wb.frequency(all_of_them, "stel").data
    assert (everyone["high"] == everyone["low"]).all()
    exact = wb.frequency(few, "stel", interval="clopper-pearson")
    assert not any("eindige populatie" in note for note in exact.show().notes)
    with pytest.raises(wb.DataError, match="60 were drawn at stage 1, out of a population of 30"):
        wb.frequency(asked(**SRS, population=30), "stel")


def test_more_answers_than_the_population_are_no_census():
    table = wb.frequency(asked(kind="census", population=30), "stel")
    assert "meer antwoorden (60) dan studenten in de populatie (30)" in table.show().basis
    with pytest.raises(wb.DataError, match="meer antwoorden .60. dan .*Verbeter population"):
        wb.frequency(asked(kind="census", population=30), "stel", interval="wilson")


def test_clusters_of_one_name_in_several_strata_are_told():
    crossed = asked(FRAME.assign(klas=["a", "a", "b", "b"] * 15), kind="cluster", cluster="klas",
                    strata="leerweg")
    assumed = wb.assume(crossed, "klassen geloot binnen leerwegen")
    notes = wb.estimate(assumed, "cijfer").show().notes
    assert any(note.startswith("2 waarden van klas komen voor bij meer dan") for note in notes)
    nested = asked(kind="cluster", cluster="klas", strata="leerweg")
    notes = wb.estimate(wb.assume(nested, "klassen geloot binnen leerwegen"), "cijfer").show().notes
    assert not any("meer dan één waarde" in note for note in notes)


def test_a_weighted_sentence_says_so():
    table = wb.frequency(wb.weight(asked(FRAME.assign(stel=[
        "eens" if way == "bol" else "oneens" for way in FRAME["leerweg"]])), COUNTS), "stel")
    assert "30 van de 60 studenten (50 %; gewogen 70 %)" in table.sentence("eens")


def test_waves_are_said_to_be_other_people():
    later = asked(FRAME.assign(cijfer=FRAME["cijfer"] + 1))
    assert any("compare_paired" in note for note in wb.compare({"een": asked(), "twee": later},
                                                             "cijfer").show().notes)


def test_kish_says_what_it_leaves_out_of_clusters():
    weights = FRAME.assign(w=[1.0, 2.0, 3.0] * 20)
    def notes(**design):
        return wb.estimate(wb.assume(asked(weights, **design), "klassen zijn geloot"),
                           "cijfer").show().notes
    assert any("uit hetzelfde cluster" in one
               for one in notes(kind="cluster", cluster="klas", weight="w"))
    assert not any("uit hetzelfde cluster" in one for one in notes(**SRS, weight="w"))
