"""A sum of numbers tells how few people gave another number than the least or the greatest."""

import pandas as pd
import pytest

import wbkit as wb


def numbers(given, *, statistic="mean", span=(1, 5), design=None, **field):
    """Return the estimate for a group of people who gave these numbers, beside one of twenty."""
    item = {"kind": "numeric", "range": list(span)} | field
    data = pd.DataFrame({"g": ["A"] * len(given) + ["B"] * 20,
                         "c": [*given, *[span[0], span[1]] * 10]})
    items = {"g": {"kind": "nominal", "values": ["A", "B"]}, "c": item}
    design = design or wb.Design(kind="census", invited=len(data), population=len(data))
    made = wb.responses(data, unit="student", items=items, design=design)
    return wb.estimate(made, "c", statistic, by="g")


def state(table, profile="intern", group="A"):
    safe, = wb.protect([table], profile=profile)
    return safe.data.set_index("g").loc[group, "state"]


UNKNOWN = wb.Design(kind="convenience", participants="unknown")


@pytest.mark.parametrize(("given", "profile", "expected"), [
    ([1] * 11 + [2], "intern", "hidden"),  # 13 of 12 people: one said 2
    ([1] * 10 + [2] * 2, "intern", "hidden"),  # 14: one said 3, or two said 2
    ([1] * 9 + [2] * 3, "intern", "shown"),  # 15: one, two or three people
    ([1] * 9 + [2] * 3, "publicatie", "hidden"),  # three possible numbers are too few there
    ([5] * 11 + [4], "intern", "hidden"),  # from the other end
    ([1] * 12, "intern", "shown"),  # all of a census, and nothing of a special category
    ([2, 3, 4] * 4, "publicatie", "shown"),
])
def test_a_mean_near_an_end_is_hidden_where_it_tells_how_few(given, profile, expected):
    assert state(numbers(given), profile) == expected


@pytest.mark.parametrize(("ones", "expected"), [(4, "hidden"), (5, "shown"), (9, "hidden")])
def test_a_mean_of_noughts_and_ones_is_a_count(ones, expected):
    assert state(numbers([1] * ones + [0] * (12 - ones), span=(0, 1))) == expected


@pytest.mark.parametrize(("ones", "expected"), [
    (0, "hidden"), (1, "hidden"), (2, "shown"), (11, "hidden"), (12, "hidden")])
def test_none_one_and_all_of_a_special_category_are_not_told_by_a_mean(ones, expected):
    table = numbers([1] * ones + [0] * (12 - ones), span=(0, 1), design=UNKNOWN,
                    sensitivity="health")
    assert state(table, "intern") == expected


def test_a_mean_of_people_who_are_unknown_may_be_near_an_end():
    assert state(numbers([1] * 11 + [2], design=UNKNOWN)) == "shown"


def test_a_total_of_noughts_and_ones_is_a_count():
    table = numbers([1] + [0] * 11, span=(0, 1), statistic="total")
    assert (state(table), state(table, group="B")) == ("hidden", "shown")


def test_the_place_of_an_option_that_nearly_all_put_first_is_hidden():
    orders = ["x;y;z"] * 11 + ["y;x;z"]
    items = {"r": {"kind": "ranking", "values": ["x", "y", "z"]}}
    made = wb.responses(pd.DataFrame({"r": orders}), unit="student", items=items,
                        design=wb.Design(kind="census", invited=12))
    safe, = wb.protect([wb.frequency(made, "r")], profile="intern")
    assert safe.data.set_index("value").loc[["x", "y"], "mean"].isna().all()
