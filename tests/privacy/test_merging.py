"""Answers are merged where that makes small counts vanish, and nowhere else."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

import wbkit as wb
from wbkit.privacy.merging import Merge, and_then, next_merge, with_merged

STEPS = ("helemaal oneens", "oneens", "neutraal", "eens", "helemaal eens")
ITEMS = {"team": {"kind": "nominal", "values": ["A", "B", "C"]},
         "q": {"kind": "ordinal", "values": list(STEPS), "agree": list(STEPS[3:]),
               "neutral": "neutraal"}}
FEW_AT_THE_ENDS = [[12, 11, 10, 13, 3], [14, 12, 11, 15, 2], [11, 13, 12, 14, 4]]
SMALL_TEAM = [[12, 11, 10, 13, 11], [14, 12, 11, 15, 12], [2, 1, 3, 1, 2]]
PLENTY = [[12, 11, 10, 13, 11], [14, 12, 11, 15, 12], [11, 13, 12, 14, 10]]


def people(spread, *, items=ITEMS, **design):
    rows = [pair for pair, n in zip(product("ABC", STEPS), np.ravel(spread), strict=True)
            for _ in range(n)]
    return wb.responses(pd.DataFrame(rows, columns=["team", "q"]), unit="student", items=items,
                        design=wb.Design(**({"kind": "convenience"} | design)))


def counted(responses):
    """Count with nothing hidden, of real people all the same."""
    source = responses.source
    bare = type(responses)(responses.data, source.model_copy(update={"synthetic": True}))
    return [wb.Table(one.data, one.kind, one.dimensions, one.facts, (source,))
            for one in (wb.frequency(bare, "q", by="team"), wb.crosstab(bare, "team", "q"))]


def test_a_rare_last_step_goes_with_the_one_beside_it():
    found = next_merge(counted(people(FEW_AT_THE_ENDS)), "intern")
    assert found.items == ("q",)
    assert found.together == (("eens", "helemaal eens"),)


def test_a_small_team_goes_with_another_team():
    found = next_merge(counted(people(SMALL_TEAM)), "intern")
    assert found.items == ("team",)
    assert "C" in found.together[0]


@pytest.mark.parametrize("spread", [PLENTY, np.zeros((3, 5), dtype=int) + 30])
def test_nothing_is_merged_where_no_count_is_small(spread):
    assert next_merge(counted(people(spread)), "intern") is None


def test_a_merge_never_crosses_the_middle_of_a_scale():
    few = [[12, 11, 10, 13, 20]] * 2 + [[20, 18, 2, 21, 20]]  # neutral has no step of its own side
    found = next_merge(counted(people(few)), "intern")
    assert found is None or found.items == ("team",)


def test_steps_that_a_derived_item_tells_apart_stay_apart():
    fans = {"kind": "nominal", "any_of": {"item": "q", "values": ["helemaal eens"]}}
    items = {"q": ITEMS["q"], "fan": fans, "team": ITEMS["team"] | {"kind": "ordinal"}}
    free = {one: ITEMS[one] | {"kind": "ordinal"} for one in ITEMS}
    apart = next_merge(counted(people(FEW_AT_THE_ENDS, items=items)), "intern")
    assert next_merge(counted(people(FEW_AT_THE_ENDS, items=free)), "intern").items == ("q",)
    assert apart is None or apart.items != ("q",) or "helemaal eens" not in apart.together[0]


def test_steps_that_a_part_of_the_people_is_chosen_by_stay_apart():
    responses = people(FEW_AT_THE_ENDS)
    part = wb.frequency(responses.where(q="eens"), "team")
    found = next_merge([*counted(responses), part], "intern")
    assert found is None or ("eens", "helemaal eens") not in found.together


def test_teams_that_answered_together_are_never_merged():
    assert next_merge(counted(people(FEW_AT_THE_ENDS, kind="joint", people=300)), "intern") is None


def test_a_second_merge_of_the_same_answers_holds_all_three():
    first = Merge("data", ("q",), (("a",), ("b", "c"), ("d",)))
    second = Merge("data", ("q",), (("a",), ("b + c", "d")))
    (both,) = and_then(and_then([], first), second)
    assert both.parts == (("a",), ("b", "c", "d"))
    assert both.names["d"] == both.names["b"] == "b + c + d"


def test_merged_answers_are_counted_as_one_and_nobody_is_lost():
    responses = people(FEW_AT_THE_ENDS)
    made = with_merged(responses, [next_merge(counted(responses), "intern")])
    table = wb.frequency(made, "q")
    assert table.data["n"].tolist() == [37, 36, 33, 51]
    assert table.data["value"].tolist()[-1] == "eens + helemaal eens"
    assert made.source.items["q"].agree == ("eens + helemaal eens",)
    assert wb.frequency(responses, "q").data["n"].sum() in (157, 148)  # 9 are hidden with company


def test_a_recode_of_merged_answers_still_says_what_it_said():
    side = {"kind": "nominal", "values": ["nee", "ja"], "recode": {
        "item": "q", "map": dict(zip(STEPS, ["nee", "nee", "nee", "ja", "ja"], strict=True))}}
    responses = people(FEW_AT_THE_ENDS, items=ITEMS | {"side": side})
    made = with_merged(responses, [next_merge(counted(responses), "intern")])
    assert made.source.items["side"].recode.map["eens + helemaal eens"] == "ja"
    after = wb.frequency(made, "side").data["n"].tolist()
    assert after == wb.frequency(responses, "side").data["n"].tolist()
