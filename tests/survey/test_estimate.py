"""Estimates: what they say, what they refuse, and the laws that they keep."""

import numpy as np
import pandas as pd
import pytest
from builders.responses import answers, people, renamed
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.reference_data import responses_of

import wbkit as wb

SRS = {"kind": "srs", "invited": 4}  # everyone who was drawn took part
TWO = SRS | {"invited": 2}
STRATA = {"kind": "convenience", "population": 60,
          "margins": {"leerweg": {"bol": 40, "bbl": 20}}}


def clustered(**design):
    """Two strata; two clusters in the first, one in the second."""
    frame = pd.DataFrame({"y": [1.0, 3.0, 5.0, 7.0, 9.0], "s": list("aaaab"),
                          "c": list("ppqqr"), "w": [1.0, 1.0, 2.0, 2.0, 3.0]})
    rules = {"kind": "cluster", "strata": "s", "cluster": "c", "weight": "w"} | design
    return responses_of(frame, rules, numbers=["y", "w"], closed=["s", "c"])


def test_a_mean_and_its_error_can_be_checked_by_hand():
    # 1, 2, 3, 6: mean 3, variance 14/3, standard error sqrt(14/12); t with 3 degrees: 3.182446.
    given = answers({"x": [1.0, 2.0, 3.0, 6.0]}, items={"x": {"kind": "numeric"}}, design=SRS)
    row = wb.estimate(given, "x").data.iloc[0]
    assert (row["estimate"], row["se"], row["df"]) == pytest.approx((3, np.sqrt(14 / 12), 3))
    assert row["high"] == pytest.approx(3 + 3.182446305 * np.sqrt(14 / 12))


def test_a_population_enters_the_error_and_the_words_say_so():
    # The same four out of eight: the variance halves.
    table = wb.estimate(answers({"x": [1.0, 2.0, 3.0, 6.0]}, items={"x": {"kind": "numeric"}},
                                design=SRS | {"population": 8}), "x")
    assert table.data["se"].iloc[0] == pytest.approx(np.sqrt(14 / 24))
    assert "Het interval gaat over de 8 studenten van nu" in repr(table)
    total = wb.estimate(answers({"x": [1.0, 2.0, 3.0, 6.0]}, items={"x": {"kind": "numeric"}},
                                design=SRS | {"population": 8}), "x", "total")
    assert total.data["estimate"].iloc[0] == pytest.approx(24)


def test_a_stratum_with_one_cluster_is_refused_with_the_choice_to_make():
    with pytest.raises(wb.DataError, match=r"b holds one sampling unit at stage 1.*Merge it.*"
                                           r'lonely = "certainty".*lonely = "adjust"'):
        wb.estimate(clustered(), "y")
    sure = wb.estimate(clustered(lonely="certainty"), "y").data["se"].iloc[0]
    assert 0 < sure < wb.estimate(clustered(lonely="adjust"), "y").data["se"].iloc[0]


@pytest.mark.parametrize("sizes", [[4.0, 4.0, 4.0, 40.0], [np.nan, 4.0, 4.0, 4.0],
                                   [0.0, 0.0, 0.0, 0.0], [-9.0, -9.0, -9.0, -9.0]])
def test_a_population_that_is_not_one_number_is_refused(sizes):
    # R: "fpc varies within strata", "FPC implies population smaller than sample"
    frame = pd.DataFrame({"y": [1.0, 3.0, 5.0, 7.0], "many": sizes})
    given = responses_of(frame, {"kind": "srs", "fpc": "many"}, numbers=["y", "many"], closed=[])
    with pytest.raises(wb.DataError, match=r"many says out of how many.*the same number"):
        wb.estimate(given, "y")


def test_a_population_that_differs_between_two_parts_is_refused():
    def part(size):
        frame = pd.DataFrame({"y": [1.0, 3.0, 5.0], "many": [size] * 3})
        return wb.count_cells(responses_of(frame, {"kind": "srs", "fpc": "many", "invited": 6},
                                     numbers=["y", "many"], closed=[]), ["y"])

    with pytest.raises(wb.DataError, match=r"many says out of how many"):
        wb.estimate(part(8.0) + part(80.0), "y")


def test_weights_of_nought_are_left_out_in_words_and_endless_ones_refused():
    assert "of het gewicht is 0" in repr(wb.estimate(weighted_by([0.0, 1.0, 1.0, 2.0]), "y"))
    with pytest.raises(wb.DataError, match="w holds a weight without end"):
        wb.estimate(weighted_by([np.inf, 1.0, 1.0, 2.0]), "y")


def weighted_by(weights):
    frame = pd.DataFrame({"y": [1.0, 3.0, 5.0, 7.0], "w": weights})
    return responses_of(frame, {"kind": "srs", "weight": "w"}, numbers=["y", "w"], closed=[])


def test_one_sampling_unit_alone_is_refused_and_its_silence_explained():
    given = {name: wb.Responses(one.data.assign(s="b", c="r"), one.source) for name, one in (
        (name, clustered(strata=None, lonely=name)) for name in (None, "certainty"))}
    with pytest.raises(wb.DataError, match="the sample holds one sampling unit at stage 1"):
        wb.estimate(given[None], "y")
    table = wb.estimate(given["certainty"], "y")
    assert table.data["low"].isna().all()
    assert "te weinig steekproefeenheden zijn (df = 0)" in repr(table)
    assert "te weinig steekproefeenheden zijn (df = 0)" in repr(
        wb.frequency(given["certainty"], "s"))


def test_an_assumed_stratum_counts_for_its_part_and_a_wider_interval_stands_beside_it():
    # bol 5 of 10 said yes, 40 of 60 students; bbl 10 of 10, 20 of 60: 2/3 × 1/2 + 1/3 × 1.
    given = people(["eens", "oneens"] * 5 + ["eens"] * 10, design=STRATA,
                   leerweg=["bol"] * 10 + ["bbl"] * 10)
    table = wb.frequency(wb.assume(given, "random within strata"), "gezien")
    row = table.data.set_index("value").loc["eens"]
    assert row["share"] == pytest.approx(2 / 3)
    assert row["share_raw"] == pytest.approx(15 / 20)
    assert row["low_deff2"] < row["low"] < row["high"] < row["high_deff2"]
    # R: r <- qt(.975, 18) * sqrt(.75 / 81) * sqrt(2) / (2 / 9); plogis(qlogis(2/3) + c(-r, r))
    assert row[["low_deff2", "high_deff2"]].tolist() == pytest.approx(
        [0.355855216638, 0.878648530826], rel=1e-9)
    # Stratified, with fpc: (2/3)² (1 - 10/40) (1/4) / 9; nothing from the second stratum.
    se = wb.estimate(wb.assume(given, "random within strata"), "gezien", "share").data["se"]
    assert se.iloc[2] == pytest.approx(2 / 3 * np.sqrt(0.75 / 36))
    words = repr(table)
    assert "Niet nagegaan is of de studenten binnen een groep (leerweg) aselect" in words
    assert "ontwerpeffect 2" in words


def test_sparse_strata_are_merged_and_listed():
    given = people(["eens", "oneens"] * 6, design=STRATA, leerweg=["bol"] * 10 + ["bbl"] * 2)
    table = wb.frequency(wb.assume(given, "random within strata"), "gezien")
    assert "Samengevoegd, omdat er minder dan 5 waren: bol + bbl." in table.show().notes


def test_merged_strata_are_named_in_words():
    items = {"gezien": {"kind": "nominal", "values": ["ja"]}, "leerweg": {
        "kind": "nominal", "values": ["bol", "bbl"], "value_labels": {"nl": ["school", "werk"]}}}
    given = answers({"gezien": ["ja"] * 7, "leerweg": ["bol"] * 5 + ["bbl"] * 2}, items=items,
                    design=STRATA)
    assert "Samengevoegd, omdat er minder dan 5 waren: school + werk." in \
        wb.frequency(wb.assume(given, "random within strata"), "gezien").show().notes


def test_who_has_no_stratum_is_left_out_and_counted():
    given = people(["eens", "oneens"] * 6, design=STRATA, leerweg=[*["bol", "bbl"] * 5, None, None])
    table = wb.frequency(wb.assume(given, "random within strata"), "gezien")
    assert table.data["base"].iloc[0] == 10
    notes = table.show().notes
    assert "2 studenten tellen niet mee: een kenmerk van het ontwerp is onbekend." in notes


def test_without_an_assumption_there_is_an_estimate_and_no_interval():
    given = answers({"x": [1.0, 2.0]}, items={"x": {"kind": "numeric"}})
    row = wb.estimate(given, "x").data.iloc[0]
    assert row["estimate"] == 1.5 and row[["se", "low", "high"]].isna().all()


NUMBERS = {"x": {"kind": "numeric"}, "y": {"kind": "numeric"},
           "g": {"kind": "nominal", "values": ["a", "b"]}}
COLUMNS = {"x": [1.0, 2.0], "y": [0.0, 0.0], "g": ["a", "b"]}


@pytest.mark.parametrize(("call", "message"), [
    (lambda r: wb.estimate(r, "g"), r"the mean needs a numeric item; g is nominal"),
    (lambda r: wb.estimate(r, "x", "share"), r"a share needs a closed item; x is numeric"),
    (lambda r: wb.estimate(r, "x", "median"), r"statistic='median' is unknown"),
    (lambda r: wb.estimate(r, "x", "ratio"), r"a ratio, and only a ratio, needs per"),
    (lambda r: wb.estimate(r, "x", per="y"), r"a ratio, and only a ratio, needs per"),
    (lambda r: wb.estimate(r, "x", q=0.5), r"q=0.5 does not fit"),
    (lambda r: wb.estimate(r, "x", "quantile", q=2), r"q=2 does not fit"),
    (lambda r: wb.estimate(r, "x", by="y"), r"need a nominal or ordinal item; y is numeric"),
    (lambda r: wb.estimate(r, "x", "total"), r"een totaal gaat over de hele groep.*Schrijf eerst"),
    (lambda r: wb.estimate(wb.count_cells(r, ["x"]), "x", by="g"), r"counted by no item.*by='g'"),
    (lambda r: wb.estimate(wb.count_cells(r, ["x"]), "x", "quantile"), r"numeric='values'"),
    (lambda r: wb.frequency(wb.count_cells(r, ["x"]), "g"), r"do not count g; they count x"),
    (lambda r: wb.assume(r, "random within strata"), r"geen strata om binnen te loten"),
])
def test_wrong_requests_are_refused(call, message):
    with pytest.raises(wb.DataError, match=message):
        call(answers(COLUMNS, items=NUMBERS))


@pytest.mark.parametrize(("design", "part", "method", "message"), [
    (TWO | {"weight": "x"}, False, "wilson", r"strata, clusters or unequal weights. Use 'logit'"),
    (TWO, False, "hypergeometric", r"needs a known population"),
    (TWO | {"population": 9}, True, "hypergeometric", r"that of a group or part is not declared"),
])
def test_an_interval_that_the_design_does_not_carry_is_refused(design, part, method, message):
    responses = answers(COLUMNS, items=NUMBERS, design=design)
    responses = responses.where(g="a") if part else responses
    with pytest.raises(wb.DataError, match=message):
        wb.frequency(responses, "g", interval=method)


def test_more_drawn_than_there_are_is_refused():
    with pytest.raises(wb.DataError, match=r"2 were drawn at stage 1, out of a population of 1"):
        wb.estimate(answers(COLUMNS, items=NUMBERS, design=TWO | {"population": 1}), "x")


def test_response_is_a_word_for_designs_that_invited():
    invited = people(["eens"] * 4, design=SRS | {"population": 40, "invited": 10})
    base = wb.coverage(invited).show().base
    assert base.startswith("4 van de 10 uitgenodigde studenten antwoordden")
    met = people(["eens"] * 4, design=STRATA | {"margins": {}})
    assert "geen respons" in wb.coverage(met).show().base


ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"),
                          st.floats(0.25, 8.0), st.floats(-50, 50)), min_size=4, max_size=30)
LAWS = settings(derandomize=True, max_examples=12, deadline=None)


def sample(rows, *, weight="w", values=("a", "b", "c")):
    frame = pd.DataFrame(rows, columns=["v", "g", "w", "x"])
    frame["v"] = frame["v"].map(dict(zip("abc", values, strict=True)))
    given = responses_of(frame, {"kind": "srs"} | ({"weight": weight} if weight else {}),
                         numbers=["w", "x"], closed=["v", "g"])
    return given


@LAWS
@given(ROWS)
def test_intervals_hold_the_share_and_shares_add_up(rows):
    data = wb.frequency(sample(rows), "v").data
    assert data["share"].sum() == pytest.approx(1)
    assert (data["low"] <= data["share"] + 1e-12).all()
    assert (data["share"] <= data["high"] + 1e-12).all()
    assert (wb.estimate(sample(rows), "x").data["se"] >= 0).all()


@LAWS
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    turned = random.sample(rows, len(rows))
    for call in (lambda one: wb.frequency(one, "v", by="g"), lambda one: wb.estimate(one, "x")):
        assert call(sample(rows)).fingerprint == call(sample(turned)).fingerprint


@LAWS
@given(ROWS)
def test_other_names_for_categories_change_nothing(rows):
    one = wb.frequency(sample(rows), "v").data
    other = wb.frequency(sample(rows, values=("r", "s", "t")), "v").data
    numbers = ["n", "base", "share", "low", "high"]
    pd.testing.assert_frame_equal(one[numbers], other[numbers])


@LAWS
@given(ROWS)
def test_weights_of_one_equal_no_weights(rows):
    ones = [(v, g, 1.0, x) for v, g, _, x in rows]
    for call in (lambda one: wb.frequency(one, "v", by="g"), lambda one: wb.estimate(one, "x"),
                 lambda one: wb.estimate(one, "v", "share")):
        assert call(sample(ones)).fingerprint == call(sample(ones, weight=None)).fingerprint


@LAWS
@given(ROWS)
def test_groups_add_up_to_the_whole(rows):
    given, weight = sample(rows), pd.DataFrame(rows)[2].sum()
    whole = wb.estimate(given, "x", "total").data["estimate"].iloc[0]
    assert wb.estimate(given, "x", "total", by="g").data["estimate"].sum() == \
        pytest.approx(whole, abs=1e-9 * weight * 50)


@pytest.mark.parametrize("coded", [
    [0, 1, 1, 0], [False, True, True, False], ["0", "1", "1", "0"], [0.0, 1.0, 1.0, 0.0],
    pd.Categorical([0, 1, 1, 0]), pd.Series(["0", "1", "1", "0"], dtype=object),
])
def test_whole_numbers_truth_values_and_text_give_the_same_table(coded):
    frame = pd.DataFrame({"v": ["0", "1", "1", "0"]})
    text = responses_of(frame, SRS, numbers=[], closed=["v"])
    other = wb.Responses(pd.DataFrame({"v": coded}), text.source)
    assert wb.frequency(other, "v").fingerprint == wb.frequency(text, "v").fingerprint


@pytest.mark.parametrize(("synthetic", "states"), [
    (False, ["hidden", "shown", "hidden"]), (True, ["shown", "shown", "shown"])])
def test_a_quantile_of_one_real_person_is_hidden(synthetic, states):
    given = answers({"x": [float(one) for one in range(1, 31)]}, items={"x": {"kind": "numeric"}},
                    design="srs", synthetic=synthetic)
    table = wb.estimate(given, "x", "quantile", q=[0.001, 0.5, 0.999])
    assert table.data["state"].tolist() == states
    assert table.data["estimate"].notna().tolist() == [one == "shown" for one in states]


def test_everyone_who_answered_is_a_total_without_interval():
    given = answers({"x": [1.0, 2.0, 3.0, 6.0]}, items={"x": {"kind": "numeric"}},
                    design={"kind": "census", "population": 4})
    table = wb.estimate(given, "x", "total")
    assert table.data["estimate"].tolist() == [12]
    assert table.data["se"].isna().all()
    assert "iedereen deed mee" in repr(table)


def test_a_total_is_of_numbers_or_of_answers():
    given = answers({"x": [1.0, 2.0], "y": ["ja", "nee"]}, items={
        "x": {"kind": "numeric"}, "y": {"kind": "nominal", "values": ["ja", "nee"]}}, design=TWO)
    with pytest.raises(wb.DataError, match="the total needs a numeric item; y is nominal"):
        wb.estimate(given, ["x", "y"], "total")


def test_a_ratio_over_nothing_still_says_how_many_answered():
    given = answers({"x": [1.0, 2.0, 3.0], "z": [0.0] * 3}, items={
        "x": {"kind": "numeric"}, "z": {"kind": "numeric"}}, design={"kind": "srs", "invited": 3})
    row = wb.estimate(given, "x", "ratio", per="z").data.iloc[0]
    assert np.isnan(row["estimate"])
    assert row["n"] == 3


PARTS = {"x": {"kind": "numeric"}, "deel": {
    "kind": "nominal", "values": ["a", "b"], "label": {"nl": "Welk deel?", "en": "Which part?"},
    "value_labels": {"nl": ["eerste", "tweede"], "en": ["first", "second"]}}}


@pytest.mark.parametrize("name", ["people", "after", "test", "statistic", "margin", "group"])
def test_a_group_may_be_called_like_a_column_of_another_kind(name):
    given = renamed(answers({"x": [1.0, 2.0], "deel": ["a", "b"]}, items=PARTS), deel=name)
    table = wb.estimate(given, "x", by=name)
    assert table.dimensions == (name,)
    assert "Welk deel?" in repr(table) and "tweede" in repr(table)
    assert "Which part?" in repr(table.show("en")) and "second" in repr(table.show("en"))


def test_a_group_called_like_a_column_of_estimates_is_refused():
    given = renamed(answers({"x": [1.0], "deel": ["a"]}, items=PARTS), deel="deff")
    with pytest.raises(wb.DataError, match="'deff' is a column that a estimate Table has itself"):
        wb.estimate(given, "x", by="deff")


def test_one_estimate_has_words_in_both_languages():
    given = answers({"x": [1.0, 2.0], "y": [2.0, 4.0]}, items={
        "x": {"kind": "numeric", "label": {"nl": "Uren", "en": "Hours"}},
        "y": {"kind": "numeric", "label": {"nl": "Dagen", "en": "Days"}}})
    table = wb.estimate(given, "x", "ratio", per="y")
    assert table.show("nl").title == "Uren: verhouding tot Dagen"
    assert table.show("en").title == "Hours: ratio to Days"
    middle = wb.estimate(given, "x", "quantile", q=[0.25, 0.5])
    assert middle.show("nl").heading("value") == "kwantiel" and "0,25" in repr(middle.show("nl"))
    assert middle.show("en").heading("value") == "quantile" and "0.25" in repr(middle.show("en"))


def test_questions_of_which_no_base_is_shown_are_still_counted_apart():
    items = {"x": {"kind": "numeric"}, "y": {"kind": "numeric"}}
    few = answers({"x": [1.0, 2.0], "y": [2.0, 4.0]}, items=items, synthetic=False)
    assert wb.estimate(few, ["x", "y"]).show().base == (
        "Basis: studenten die de vraag kregen en antwoord gaven, per vraag apart geteld.")


@pytest.mark.parametrize("statistic", ["mean", "total"])
def test_a_number_that_is_the_same_for_all_has_no_interval(statistic):
    given = wb.responses(pd.DataFrame({"x": [2.1] * 8, "w": [1.0, 2.0] * 4}), unit="student",
                         public=True, design=wb.Design(kind="srs", invited=8, weight="w"))
    table = wb.estimate(given, "x", statistic)
    if statistic == "mean":
        assert table.data["se"].iloc[0] == 0
        assert table.data[["low", "high"]].isna().all(axis=None)
        assert any("geen spreiding is gezien" in one for one in table.show().notes)
    else:
        assert table.data["low"].notna().all()


def test_a_share_that_all_or_none_have_has_no_t_interval():
    given = people(["eens"] * 8, design={"kind": "srs", "invited": 8})
    table = wb.estimate(given, "gezien", "share")
    assert table.data[["low", "high"]].isna().all(axis=None)
    assert any("geen spreiding is gezien" in one for one in table.show().notes)


def test_all_of_a_population_have_an_interval_without_width():
    given = answers({"x": [1.0, 2.0, 6.0, 3.0]}, items={"x": {"kind": "numeric"}},
                    design={"kind": "srs", "invited": 4, "population": 4})
    data = wb.estimate(given, "x").data
    assert data[["estimate", "low", "high"]].to_numpy().tolist() == [[3, 3, 3]]


HOURS = [float(n) for n in range(25)]


def test_an_answer_far_out_is_named_under_the_mean_that_it_moves():
    two = answers({"x": [*HOURS, 400.0], "y": [*HOURS, 25.0]},
                  items={"x": {"kind": "numeric"}, "y": {"kind": "numeric"}})
    far = [note for note in wb.estimate(two, "x").show().notes if "Ver van de andere" in note]
    assert far == ["Ver van de andere antwoorden, een typefout?: 400 (1 student)."]
    assert far[0] in wb.distribution(two, "x").show().notes
    both = wb.estimate(two, ["x", "y"]).show().notes
    assert [note for note in both if "Ver van de andere" in note] == [f"‘x’ – {far[0]}"]
    for table in (wb.estimate(two, "y"), wb.estimate(two, "x", "quantile")):
        assert not any("Ver van de andere" in note for note in table.show().notes)


def test_an_answer_far_out_of_a_real_person_is_not_named_under_a_mean():
    real = answers({"x": [1.0, 2.0] * 50 + [123_456.0]}, items={"x": {"kind": "numeric"}},
                   synthetic=False)
    notes = wb.estimate(real, "x").show().notes
    assert any("het antwoord van minder dan 5 studenten" in note for note in notes)
    assert not any("123" in note for note in notes)


def test_a_title_has_no_colon_behind_a_question_mark():
    asked = {"kind": "numeric", "label": "Hoeveel uur naast school?"}
    given = answers({"x": HOURS}, items={"x": asked})
    assert wb.estimate(given, "x").show().title == "Hoeveel uur naast school? Gemiddelde"
    assert wb.distribution(given, "x").show().title == "Hoeveel uur naast school? Verdeling"
    plain = answers({"x": HOURS}, items={"x": asked | {"label": "Uren naast school"}})
    assert wb.distribution(plain, "x").show().title == "Uren naast school: verdeling"
