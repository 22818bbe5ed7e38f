"""Numbers in classes and in bands: of groups, never of persons."""

import pytest
from builders.responses import answers
from builders.scales import NUMBER, numbers, scaled
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb

HALVES = [1, 1.5, 1.49, 3.5, 5]
BANDED = {"validated": True, "source": "Jansen (2020)", "range": [1, 5],
          "bands": [{"name": "low", "label": "laag", "below": 2}, {"name": "middle", "up_to": 4},
                    {"name": "high"}]}
LEERWEG = {"kind": "nominal", "values": ["bol", "bbl"]}


def counts(table):
    return table.data.set_index("value")["n"].astype(int).to_dict()


def number(values, **item):
    return answers({"x": values}, items={"x": NUMBER | item})


def grouped(values, leerweg):
    items = {"a": NUMBER, "leerweg": LEERWEG}
    scale = {"name": "s", "variant": "v1", "items": ["a"]} | BANDED
    return answers({"a": [float(one) for one in values], "leerweg": leerweg}, items=items,
                   scales={"s": scale})


def test_a_class_holds_its_lower_end_and_the_last_holds_both():
    found = counts(wb.distribution(number(HALVES, range=[1, 5]), "x"))
    assert found == {"1_1.5": 2, "1.5_2": 1, "2_2.5": 0, "2.5_3": 0, "3_3.5": 0, "3.5_4": 1,
                     "4_4.5": 0, "4.5_5": 1}


def test_the_classes_are_named_in_words():
    words = repr(wb.distribution(number(HALVES, range=[1, 5]), "x"))
    assert "1 tot 1,5" in words and "4,5 tot en met 5" in words
    assert "x: verdeling" in words


def test_a_score_just_under_an_edge_by_rounding_is_put_where_it_belongs():
    assert counts(wb.distribution(number([0.1 + 0.2], range=[0, 1]), "x", step=0.3))["0.3_0.6"] == 1


def test_few_whole_numbers_are_each_a_class():
    found = counts(wb.distribution(number([1, 9, 10, 10], range=[1, 10]), "x"))
    assert (found["1_2"], found["9_10"], found["10_11"], len(found)) == (1, 1, 2, 10)


def test_many_whole_numbers_stand_up_to_and_including():
    table = wb.distribution(number([0, 9, 10, 100], range=[0, 100]), "x")
    assert (counts(table)["0_10"], counts(table)["10_20"], counts(table)["90_100"]) == (2, 1, 1)
    assert "0 tot en met 9" in repr(table) and "90 tot en met 100" in repr(table)


def test_answers_outside_the_range_are_counted_too():
    assert sum(counts(wb.distribution(number([1, 3, 9.5], range=[1, 5]), "x")).values()) == 3


def test_without_a_range_the_classes_do_not_start_at_the_lowest_answer():
    assert next(iter(counts(wb.distribution(number([13.7, 52.1]), "x")))) == "10_15"


def test_one_answer_only_is_one_class_or_more():
    assert sum(counts(wb.distribution(number([3.2] * 3), "x")).values()) == 3


def test_who_has_no_number_is_outside_the_base():
    table = wb.distribution(number([1.0, None, 4.5], range=[1, 5]), "x")
    assert set(table.data["base"]) == {2}
    assert "1 × geen antwoord" in repr(table).replace("\N{NO-BREAK SPACE}", " ")


def test_few_units_in_a_class_are_hidden_in_a_study_of_people():
    who = answers({"x": [1.0] * 20 + [2.0] * 20 + [4.9]}, synthetic=False,
                  items={"x": NUMBER | {"range": [1, 5]}})
    data = wb.distribution(who, "x").data.set_index("value")
    assert data.loc["4.5_5", "state"] == "hidden"


def test_the_distribution_of_a_score_says_that_it_is_not_validated():
    who = wb.score(scaled({"a": ["soms"], "b": ["vaak"]}), "s")
    assert "Niet gevalideerd" in repr(wb.distribution(who, "s"))


TEN = [float(one) for one in range(1, 11)]


@pytest.mark.parametrize("far", [101.0, 99_999.0, 1e6, 999_999_999.0, 1e300])
def test_one_typing_error_does_not_swallow_the_others(far):
    table = wb.distribution(number([*TEN, far]), "x")
    assert counts(table) == {"0_2": 1, "2_4": 2, "4_6": 2, "6_8": 2, "8_10": 3, "above_10": 1}
    assert "meer dan 10" in repr(table) and "more than 10" in str(table.show("en"))
    assert any(note.startswith("Ver van de andere antwoorden, een typefout?: ")
               for note in table.show().notes)


def test_answers_far_out_on_both_sides_are_named():
    table = wb.distribution(number([-1e9, *TEN, 999_999_999.0, 2e9]), "x")
    assert (counts(table)["below_0"], counts(table)["above_10"], len(table.data)) == (1, 2, 7)
    assert any("2000000000, -1000000000 en 999999999 (3 studenten)" in note
               for note in table.show().notes)


def test_an_answer_that_is_larger_but_not_far_out_is_no_error():
    table = wb.distribution(number([*TEN, 30.0]), "x")
    assert counts(table)["25_30"] == 1
    assert not any("Ver van" in note for note in table.show().notes)


def test_two_heaps_are_both_counted_in_classes():
    table = wb.distribution(number([1.0, 2.0] * 5 + [1000.0, 1001.0] * 5), "x")
    assert not any("Ver van" in note for note in table.show().notes)
    assert sum(counts(table).values()) == 20


def test_who_is_far_out_but_not_in_the_part_is_not_named():
    two = answers({"x": [*TEN, 1e9], "leerweg": ["bol"] * 10 + ["bbl"]},
                  items={"x": NUMBER, "leerweg": LEERWEG})
    assert not any("Ver van" in note for note in
                   wb.distribution(two.where(leerweg="bol"), "x").show().notes)


def test_an_answer_of_a_real_person_is_not_named():
    real = answers({"x": [1.0, 2.0] * 50 + [123_456_789.0]}, synthetic=False, items={"x": NUMBER})
    table = wb.distribution(real, "x")
    assert table.data["state"].tolist()[-1] == "hidden"
    assert any("het antwoord van minder dan 5 studenten" in note for note in table.show().notes)
    assert "123456789" not in repr(table) and "123.456.789" not in repr(table)
    assert "123456789" not in table.data.to_csv()


@pytest.mark.parametrize(("values", "classes"), [
    ([5.0] * 10, {"5_6": 10}),  # everybody the same
    ([2.3] * 10, {"2.3_2.4": 10}),
    ([-7.25] * 4, {"-7.3_-7.2": 4}),
    ([0.0] * 4, {"0_1": 4}),
    ([0.0, 1e-320], {"0_1": 2}),
    ([1e6, 1e6 + 1e-9], {"1000000_1100000": 2}),  # the same but for rounding
    ([5.0] * 10 + [6.0, 1e9], {"5_6": 10, "6_7": 1, "above_7": 1}),
    ([5.0] * 10 + [1e9], {"5_6": 10, "above_6": 1}),
    ([-5.0, -3.5, -1.0, -2.0], {"-5_-4.5": 1, "-4.5_-4": 0, "-4_-3.5": 0, "-3.5_-3": 1,
                                "-3_-2.5": 0, "-2.5_-2": 0, "-2_-1.5": 1, "-1.5_-1": 1}),
])
def test_equal_and_negative_answers_have_classes(values, classes):
    assert counts(wb.distribution(number(values), "x")) == classes


@pytest.mark.parametrize("values", [
    TEN, [*TEN, 11.0], [9.5, 50.0, 109.4], [1e-12, 3e-12], [1e-5, 2e-5, 3e-5], [1e17, 3e17],
    [1.0, 999_999_999.0], [float(one) for one in range(0, 2001, 10)], [-0.004, 0.004],
    [1e15, 1e15 + 3], [1.0, 1e-9],
])
def test_there_are_at_most_ten_classes_and_everyone_is_in_one(values):
    table = wb.distribution(number(values), "x")
    assert 1 <= len(table.data) <= 10
    assert sum(counts(table).values()) == len(values)
    assert len(set(table.data["value"])) == len(table.data)


@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=1, max_size=30))
@settings(deadline=None, max_examples=50)
def test_any_numbers_fit_in_ten_classes(values):
    table = wb.distribution(number(values), "x")
    assert len(table.data) <= 10
    assert sum(counts(table).values()) == len(values)


def test_small_classes_are_named_with_their_decimals():
    assert "0,00001 tot 0,0000125" in repr(wb.distribution(number([1e-5, 2e-5, 3e-5]), "x"))


@pytest.mark.parametrize(("call", "words"), [
    (lambda: wb.distribution(number([1.0, float("inf")]), "x"), "an answer to x is infinite"),
    (lambda: wb.distribution(number([1e308, -1e308]), "x"), "lie too far apart for classes"),
    (lambda: wb.distribution(number(TEN), "x", step=0.001),
     "step=0.001 makes more than 100 classes between 1 and 10. Give a wider one"),
    (lambda: wb.distribution(number(TEN), "x", step=float("nan")), "step=nan is no width"),
    (lambda: wb.distribution(number(TEN), "x", step="1"), "step='1' is no width"),
    (lambda: wb.distribution(answers({"gezien": ["eens"], "leerweg": ["bol"]}), "gezien"),
     "gezien is ordinal. Use frequency"),
    (lambda: wb.distribution(number([None]), "x"), "x has no answer to count"),
    (lambda: wb.distribution(number([1.0]), "x", step=0), "step=0 is no width of a class"),
])
def test_what_has_no_distribution_is_refused(call, words):
    with pytest.raises(wb.DataError, match=words):
        call()


def test_bands_hold_their_ends_as_published():
    who = grouped([1, 1.99, 2, 4, 4.01, 5] + [3] * 6, ["bol"] * 12)
    table = wb.score_bands(who, "s")
    assert counts(table) == {"low": 2, "middle": 8, "high": 2}
    assert "Indeling volgens Jansen (2020)" in repr(table)
    assert "geen diagnose" in repr(table) and "laag" in repr(table)


def test_bands_of_a_small_group_are_not_shown():
    who = grouped([1] * 10 + [5] * 9, ["bol"] * 10 + ["bbl"] * 9)
    data = wb.score_bands(who, "s", by="leerweg").data.set_index(["leerweg", "value"])
    assert data.loc[("bol", "low"), "n"] == 10
    assert data.loc["bbl"]["n"].isna().all() and set(data.loc["bbl"]["state"]) == {"hidden"}


def test_nobody_gets_a_band_of_their_own():
    who = grouped([1] * 10, ["bol"] * 10)
    wb.score_bands(who, "s")
    assert list(wb.score(who, "s").data) == ["a", "leerweg", "s"]


def test_bands_of_an_instrument_are_those_of_its_variant():
    # 60 is unhealthy for the health monitors and healthy for CBS.
    names = ["negative_1", "negative_2", "negative_3", "positive_1", "positive_2"]
    data = {name: [2 if "negative" in name else 3] * 10 for name in names}
    for variant, band in (("cbs", "healthy"), ("gezondheidsmonitor", "complaints")):
        who = numbers(data, scale={"instrument": "mhi5", "variant": variant, "validated": True,
                                   "source": "CBS (2021)"})
        assert set(wb.score(who, "s").data["s"]) == {60}
        assert counts(wb.score_bands(who, "s"))[band] == 10


@pytest.mark.parametrize(("scale", "words"), [
    ({}, "bands are for a validated scale, and study.toml says validated = false"),
    ({"validated": True, "source": "Jansen (2020)"}, "there are no bands, neither of its own nor"),
])
def test_a_scale_without_bands_has_none(scale, words):
    with pytest.raises(wb.DataError, match=words):
        wb.score_bands(numbers({"a": [1.0], "b": [2.0]}, scale=scale), "s")


def test_bands_are_of_their_own_scale_whatever_was_scored_under_its_name():
    asked = grouped([1, 2, 3, 4, 5] * 4, ["bol"] * 20)
    turned = wb.Scale(name="s", variant="v2", items=["a"], reversed=["a"], range=[1, 5])
    scored = wb.score(asked, turned)
    found = wb.score_bands(scored, asked.source.scales["s"])
    assert counts(found) == counts(wb.score_bands(asked, "s"))
    with pytest.raises(wb.DataError, match="bands are for a validated scale"):
        wb.score_bands(scored, "s")
    assert counts(wb.score_bands(asked, "s")) == {"low": 4, "middle": 12, "high": 4}


def test_bands_of_a_scored_scale_are_the_same():
    who = grouped([1] * 5 + [5] * 5, ["bol"] * 10)
    scored = wb.score_bands(wb.score(who, "s"), "s")
    assert scored.fingerprint == wb.score_bands(who, "s").fingerprint
