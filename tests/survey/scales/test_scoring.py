"""Scores: what they are made of, who has none, and what is warned of and never repaired."""

import warnings

import numpy as np
import pandas as pd
import pytest
from builders.responses import answers
from builders.scales import ITEM, NUMBER, WORDS, numbers, scaled
from hypothesis import given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.study.scale import Scale

UP = list(range(1, 11))


def scores(responses, name="s"):
    return wb.score(responses, name).data[name].tolist()


def test_a_score_is_the_mean_of_the_items_with_the_reversed_turned_round():
    # row 1: 1, 3 and (reversed) 4 - 1 = 3; row 2: 2, 2, 2
    who = scaled({"a": ["nooit", "soms"], "b": ["vaak", "soms"], "c": ["nooit", "soms"]},
                 scale={"reversed": ["c"]})
    assert scores(who) == pytest.approx([7 / 3, 2])


def test_who_answered_too_few_has_no_score_and_the_table_says_why():
    who = scaled({"a": ["nooit", "vaak", None], "b": ["vaak", None, None], "c": ["soms", None,
                                                                                 None]},
                 scale={"minimum_answered": 2})
    scored = wb.score(who, "s")
    assert scored.data["s"].tolist()[:1] == [2] and scored.data["s"].isna().sum() == 2
    assert scored.state("s").tolist() == ["answered", "too_few_answered", "no_answer"]
    assert "1 × ‘te weinig vragen beantwoord’, 1 × geen antwoord" in repr(
        wb.frequency(scored, "s")).replace("\N{NO-BREAK SPACE}", " ")


def test_the_mean_is_of_the_answers_there_are():
    who = scaled({"a": ["nooit"], "b": ["vaak"], "c": [None]}, scale={"minimum_answered": 2})
    assert scores(who) == [2]


def test_without_a_missing_rule_every_item_counts():
    assert np.isnan(scores(scaled({"a": ["nooit"], "b": ["vaak"], "c": [None]}))).all()


def test_who_was_asked_none_of_the_items_is_not_asked():
    rows = [(2, "a", "not_asked"), (2, "b", "not_asked")]
    who = scaled({"a": [None, "soms"], "b": [None, "soms"]}, reasons=rows)
    assert wb.score(who, "s").state("s").tolist() == ["not_asked", "answered"]


def test_not_validated_stands_under_every_table_of_the_score():
    who = wb.score(scaled({"a": ["soms"] * 4, "b": ["vaak"] * 4} | {"c": ["soms"] * 4}), "s")
    for table in (wb.frequency(who, "s"), wb.frequency(who, ["s", "a"]),
                  wb.reliability(who, "s")):
        assert "Niet gevalideerd: in study.toml staat geen onderzoek" in repr(table)
    assert "Niet gevalideerd" not in repr(wb.frequency(who, "a"))


def test_a_validated_scale_is_not_called_unproven():
    scale = {"validated": True, "source": "Jansen (2020)"}
    who = wb.score(scaled({"a": ["soms"], "b": ["vaak"], "c": ["soms"]}, scale=scale), "s")
    table = wb.frequency(who, "s")
    assert "valideerd" not in repr(table)
    assert "Score (variant v1): gemiddelde van 3 vragen" in repr(table)


def test_the_score_is_an_item_that_knows_its_range_and_theme():
    items = dict.fromkeys("ab", ITEM | {"theme": "welzijn", "sensitivity": "health"})
    item = wb.score(scaled({"a": ["soms"], "b": ["vaak"]}, items=items), "s").item("s")
    assert (item.kind, item.range, item.theme, item.sensitivity) == (
        "numeric", (1, 3), "welzijn", "health")


def test_a_score_is_as_sensitive_as_its_most_sensitive_item():
    items = {"a": ITEM | {"sensitivity": "politics"}, "b": ITEM | {"sensitivity": "quasi"}}
    item = wb.score(scaled({"a": ["soms"], "b": ["vaak"]}, items=items), "s").item("s")
    assert item.sensitivity == "politics"


def test_a_score_of_drafted_items_is_itself_unconfirmed():
    items = {"a": ITEM | {"guessed": True}, "b": ITEM}
    assert wb.score(scaled({"a": ["soms"], "b": ["vaak"]}, items=items), "s").item("s").guessed


def test_an_item_that_runs_against_the_others_is_warned_of_and_counted_as_it_stands():
    who = numbers({"a": UP, "b": UP, "c": UP[::-1]})
    with pytest.warns(UserWarning, match="scale s: .*c.* correlates negatively with the other"):
        scored = wb.score(who, "s")
    assert scored.data["s"].tolist() == pytest.approx([(one + one + 11 - one) / 3 for one in UP])
    assert "Let op: ‘c’ hangt negatief samen met de andere vragen (r = -1,00)" in repr(
        wb.frequency(scored, "s"))


def test_a_scale_in_order_is_not_warned_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wb.score(numbers({"a": UP, "b": UP, "c": UP}), "s")


def test_an_answer_under_the_range_is_warned_of_too():
    with pytest.warns(UserWarning, match="1 × an answer to ‘a’ outside 1 to 5"):
        wb.score(numbers({"a": [0, 4], "b": [2, 3]}, scale={"range": [1, 5]}), "s")


def test_an_item_that_runs_only_a_little_against_the_others_is_named_too():
    # cor(b, a + c) = -0.08 in R
    with pytest.warns(UserWarning, match="‘b’"):
        wb.score(numbers({"a": UP, "b": [3, 1, 5, 2, 4, 4, 1, 5, 2, 2], "c": UP}), "s")


def test_answers_outside_the_range_are_warned_of_and_counted_as_they_stand():
    who = numbers({"a": [1, 99], "b": [2, 3]}, scale={"range": [1, 5]})
    with pytest.warns(UserWarning, match="1 × an answer to ‘a’ outside 1 to 5"):
        scored = wb.score(who, "s")
    assert scored.data["s"].tolist() == [1.5, 51]
    assert "1 × een antwoord op ‘a’ buiten 1 tot 5" in repr(wb.frequency(scored, "s"))


def test_numerals_count_what_they_say():
    items = dict.fromkeys("ab", {"kind": "ordinal", "values": ["2", "4", "6"]})
    who = scaled({"a": ["2", "6"], "b": ["4", "4"]}, items=items, scale={"range": None})
    assert scores(who) == [3, 5]


def test_answers_in_words_count_what_the_scale_says():
    who = scaled({"a": ["nooit", "vaak"], "b": ["soms", "soms"]},
                 scale={"answers": {"nooit": 0, "soms": 5, "vaak": 20}, "range": [0, 20]})
    assert scores(who) == [2.5, 12.5]


def test_numbers_can_be_given_points_too():
    who = numbers({"a": [1, 2], "b": [2, 2]}, scale={"answers": {"1": 10, "2": 20},
                                                      "range": [10, 20]})
    assert scores(who) == [15, 20]


def test_a_scale_made_in_python_scores_as_well():
    who = scaled({"a": ["soms"], "b": ["vaak"]})
    assert scores(who, "s") == wb.score(
        who, Scale(name="t", variant="v1", items=("a", "b"))).data["t"].tolist()


@pytest.mark.parametrize(("name", "words"), [
    ("x", "there is no scale 'x'. It has s. Declare it in study.toml as .sources.studenten"),
    ("ss", "there is no scale 'ss'. Did you mean 's'"),
])
def test_a_scale_that_is_not_there_is_refused(name, words):
    with pytest.raises(wb.DataError, match=words):
        wb.score(scaled({"a": ["soms"], "b": ["vaak"]}), name)


def test_a_source_without_scales_says_so():
    with pytest.raises(wb.DataError, match="there is no scale 'x'. It has none. Declare it"):
        wb.score(answers({"gezien": ["eens"], "leerweg": ["bol"]}), "x")


def test_scoring_twice_is_refused():
    scored = wb.score(scaled({"a": ["soms"], "b": ["vaak"]}), "s")
    with pytest.raises(wb.DataError, match="there is an item 's' already. Score a scale once"):
        wb.score(scored, "s")


@pytest.mark.parametrize(("items", "scale", "words"), [
    ({"a": ITEM, "b": {"kind": "multiple", "values": WORDS}}, {},
     "b is multiple, and a score is made of ordinal or numeric items. Take it out"),
    ({"a": ITEM, "b": {"kind": "nominal", "values": WORDS}}, {},
     "b is nominal, so its answers have no order. Write answers = "),
    ({"a": ITEM, "b": ITEM}, {"range": [1, 5]},
     "range runs from 1 to 5, and a has 3 values .nooit, soms, vaak.. Correct range"),
    ({"a": ITEM, "b": {"kind": "ordinal", "values": ["oneens", "eens"]}}, {"range": None},
     "nothing says from where to where one answer counts .a: 1 to 3; b: 1 to 2"),
    ({"a": NUMBER, "b": NUMBER}, {"range": None, "reversed": ["a"]},
     "nothing says from where to where one answer counts .a: not declared; b: not declared"),
    ({"a": ITEM, "b": ITEM}, {"answers": {"nooit": 1, "soms": 2}},
     "answers says nothing about 'vaak', an answer to a. It has nooit, soms. Add it"),
    ({"a": ITEM, "b": ITEM}, {"answers": {"nooit": "no", "soms": 2, "vaak": 3}},
     "answers gives 'no', and points are numbers"),
])
def test_what_cannot_be_scored_is_refused(items, scale, words):
    who = scaled({name: [None] for name in items}, items=items, scale=scale)
    with pytest.raises(wb.DataError, match=words):
        wb.score(who, "s")


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*[st.sampled_from([1.0, 2, 3, 4, 5])] * 3), min_size=1, max_size=8),
       st.randoms())
def test_scores_stay_in_range_and_follow_their_row(rows, random):
    columns = dict(zip("abc", map(list, zip(*rows, strict=True)), strict=True))
    rules = {"range": [1, 5], "reversed": ["b"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = scores(numbers(columns, scale=rules))
        order = random.sample(range(len(rows)), len(rows))
        shuffled = {name: [column[place] for place in order] for name, column in columns.items()}
        assert scores(numbers(shuffled, scale=rules)) == [found[place] for place in order]
    assert all(1 <= one <= 5 for one in found)


def test_the_example_scores_by_hand():
    # One student: 5, 4, (reversed) 6 - 2 = 4, 4, 5, 2 -> 24 / 6
    words = ["nooit", "zelden", "soms", "vaak", "altijd"]
    items = {f"wb{n}": {"kind": "ordinal", "values": words} for n in range(1, 7)}
    given_answers = ["altijd", "vaak", "zelden", "vaak", "altijd", "zelden"]
    data = {name: [one] for name, one in zip(items, given_answers, strict=True)}
    who = scaled(data, items=items, scale={"range": [1, 5], "reversed": ["wb3"]})
    assert scores(who) == [4]
    assert pd.notna(scores(who)).all()


def test_a_few_answers_outside_the_range_are_not_counted_out_in_a_study_of_people():
    who = numbers({"a": [99] + [3] * 9, "b": [2] * 10}, scale={"range": [1, 5]}, synthetic=False)
    with pytest.warns(UserWarning, match="fewer than 5 × an answer to ‘a’ outside 1 to 5"):
        wb.score(who, "s")


def test_the_mean_of_a_score_without_interval_has_no_empty_column():
    who = wb.score(scaled({"a": ["soms", "vaak"], "b": ["vaak", "vaak"]}), "s")
    table = wb.estimate(who, "s")
    assert table.data["estimate"].iloc[0] == 2.75
    assert "standaardfout" not in repr(table) and "Niet gevalideerd" in repr(table)
