"""Numbers in classes and in bands: of groups, never of persons."""

import pytest
from builders.responses import answers
from builders.scales import NUMBER, numbers, scaled

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


@pytest.mark.parametrize(("call", "words"), [
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
