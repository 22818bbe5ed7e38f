"""One pass to Cells: what is counted, and what may be added."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from builders.responses import answers, people

import wbkit as wb
from wbkit.survey.counts.cells import count_cells

NUMBERS = {"a": {"kind": "numeric"}, "b": {"kind": "numeric"}}


def test_every_unit_stands_in_one_cell_of_an_item():
    given = people(["eens", "oneens", "weet ik niet", None], leerweg=["bol", None, "bbl", "bbl"])
    made = count_cells(given, ["gezien"], by="leerweg")
    rows = made.counts.set_index(["group", "value"])["n"]
    assert rows.to_dict() == {("bol", "eens"): 1, ("", "oneens"): 1, ("bbl", "weet ik niet"): 1,
                              ("bbl", "no_answer"): 1}
    assert made.n == 4
    assert made.state_counts("gezien") == {"weet ik niet": 1, "no_answer": 1}


def test_a_part_is_counted_and_the_sample_stays_whole():
    given = people(["eens", "oneens", "eens"], leerweg=["bol", "bbl", "bol"])
    made = count_cells(given.where(leerweg="bol"), ["gezien"])
    assert made.counts["n"].sum() == made.n == 2
    assert made.units["n"].sum() == made.sample == 3


def test_sums_of_numbers_and_products_are_those_of_complete_rows():
    given = answers({"a": [1.0, 2.0, np.nan], "b": [2.0, 3.0, 4.0]}, items=NUMBERS)
    made = count_cells(given, ["a", "b"])
    both = made.moments_of(["a", "b"])
    assert both.n.tolist() == [2]
    assert both.wxx[0].tolist() == [[1 + 4, 2 + 6], [2 + 6, 4 + 9]]
    assert made.moments_of("b").wx.tolist() == [[9.0]]


def test_options_of_a_multiple_item_are_counted_together():
    data = {"m:x": [True, False, False], "m:y": [True, True, False]}
    items = {"m": {"kind": "multiple", "values": ["x", "y"]}}
    made = count_cells(answers(data, items=items), "m")
    assert made.counts.set_index("value")["n"].to_dict() == \
        {"answered": 2, "no_answer": 1, "x": 1, "y": 2}
    assert made.moments_of(["m:x", "m:y"]).wxx[0].tolist() == [[1, 1], [1, 2]]


def test_two_halves_add_up_to_the_whole():
    given = weighted()
    halves = [dataclasses.replace(given, data=part) for part in
              (given.data.iloc[:3], given.data.iloc[3:])]
    whole, *parts = (count_cells(one, ["a", "g"]) for one in (given, *halves))
    summed = sum_of(parts)
    keys = ["item", "value", "role"]
    pd.testing.assert_frame_equal(whole.counts.sort_values(keys, ignore_index=True),
                                  summed.counts.sort_values(keys, ignore_index=True))
    np.testing.assert_allclose(whole.moments_of("a").w2xx, summed.moments_of("a").w2xx, rtol=1e-12)


@pytest.mark.parametrize(("other", "message"), [
    (lambda: count_cells(people(["eens"], name="anders"), ["gezien"]),
     r"differ in source.*pool_cells\("),
    (lambda: count_cells(people(["eens"]), ["leerweg"]), r"differ in items"),
    (lambda: count_cells(people(["eens"]).where(leerweg="bol"), ["gezien"]),
     r"differ in conditions"),
    (lambda: 3, r"Cells can be added to Cells only, and there is int"),
])
def test_cells_that_are_no_parts_of_one_source_are_not_added(other, message):
    with pytest.raises(wb.DataError, match=message):
        count_cells(people(["eens"]), ["gezien"]) + other()


@pytest.mark.parametrize(("call", "message"), [
    (lambda: count_cells(people(["eens"]), ["gezien"], numeric="all"), r"numeric='all' is unknown"),
    (lambda: count_cells(people(["eens"]).data, ["gezien"]), r"does not say what its columns mean"),
    (lambda: count_cells(people(["eens"]), ["gezien"]).of("leerweg"), r"do not count leerweg"),
    (lambda: count_cells(weighted(), ["a"]).moments_of(["a", "w"]), r"no moments of a, w together"),
    (lambda: count_cells(answers({"t": ["x"]}, items={"t": {"kind": "open"}}), "t"), r"t is open"),
    (lambda: count_cells(answers({"a": [1.0], "w": [-1.0]}, items=NUMBERS | {"w": NUMBERS["a"]},
                              design={"kind": "srs", "weight": "w"}), "a"),
     r"weights under 0 \(1 of 1\)"),
])
def test_wrong_requests_are_refused(call, message):
    with pytest.raises(wb.DataError, match=message):
        call()


@pytest.mark.parametrize("design", [
    {"kind": "convenience"}, {"kind": "srs", "weight": "w", "invited": 4},
    {"kind": "stratified", "strata": "g", "invited": 4, "lonely": "adjust",
     "margins": {"g": {"x": 30, "y": 10}}},
])
@pytest.mark.parametrize("item", ["a", "m", "g"])
def test_a_frequency_of_cells_is_that_of_the_answers(design, item):
    given = answers(
        {"a": [1.0, 2.0, np.nan, 8.0], "g": ["x", "y", "x", "x"], "w": [0.5, 1.5, 2.0, 3.0],
         "m:p": [True, False, False, True], "m:q": [True, True, False, False]},
        items={"a": NUMBERS["a"], "w": NUMBERS["a"], "g": {"kind": "nominal", "values": ["x", "y"]},
               "m": {"kind": "multiple", "values": ["p", "q"]}}, design=design)
    by = None if item == "g" else "g"
    counted = count_cells(given, item, by=by, numeric="values")
    columns = [*([by] if by else []), "value", "n", "base", "share", "state"]
    pd.testing.assert_frame_equal(wb.frequency(counted, item, by=by).data[columns],
                                  wb.frequency(given, item, by=by).data[columns])


def test_counts_and_units_are_frames_with_texts_as_objects():
    made = count_cells(weighted(), ["a", "g"], by="g")
    for frame in (made.counts, made.units):
        assert {str(frame[name].dtype) for name in ("stratum", "psu", "margin_cell")} == {"object"}
    assert made.counts is made.counts
    assert len(made.counts) == len(made.of("a")) + len(made.of("g"))


def test_a_value_that_was_not_declared_is_refused_and_not_shown():
    given = people(["eens"])
    strange = given.data.assign(gezien=pd.Series(["geheim"], index=given.data.index))
    with pytest.raises(wb.DataError, match=r"gezien: an answer is not one of its values") as error:
        count_cells(dataclasses.replace(given, data=strange), ["gezien"])
    assert "geheim" not in str(error.value)


def weighted():
    data = {"a": [1.0, 2.0, 4.0, 8.0], "g": ["x", "y", "x", "x"], "w": [0.5, 1.5, 2.0, 3.0]}
    items = {"a": NUMBERS["a"], "w": NUMBERS["a"], "g": {"kind": "nominal", "values": ["x", "y"]}}
    return answers(data, items=items, design={"kind": "srs", "weight": "w"})


def sum_of(parts):
    first, *rest = parts
    for one in rest:
        first = first + one
    return first


def marked(**more):
    """Make six students: two ticked, two marked no, two left the question blank."""
    frame = pd.DataFrame({"h:a": [True, True, False, False, None, None],
                          "h:b": [True, False, False, None, None, None], "g": list("xyxyxy")})
    return wb.responses(frame.assign(**more), unit="student", public=True,
                        design=wb.Design(kind="srs", invited=6, weight="w" if more else None))


@pytest.mark.parametrize("given", [marked(), marked(w=[1.0, 2.0, 1.0, 2.0, 1.0, 2.0])])
def test_who_marked_no_option_is_in_the_base_of_every_count(given):
    made = count_cells(given, "h", by="g")
    assert made.answered("h") == 4
    assert made.state_counts("h") == {"no_answer": 2}
    assert made.moments_of(["h:a", "h:b"]).n.sum() == 4
    for answers_ in (given, made):
        assert wb.frequency(answers_, "h", by="g").data["base"].tolist() == [2] * 4
    stated = wb.assume(given, "wie niets invulde, verschilt niet")
    assert wb.compare(stated, "h", "g").data["n"].tolist() == [4] * 3
    assert wb.estimate(stated, "h", "share").data["n"].tolist() == [4] * 2


def test_parts_of_a_file_count_who_marked_no_option():
    given = marked()
    made = count_cells(given.data, "h", source=given.source)
    assert made.answered("h") == 4


def test_a_paired_test_takes_who_marked_no_option_both_times():
    frame = marked().data.assign(k=list("abcdef"))
    given = wb.responses(frame, unit="student", public=True,
                         design=wb.Design(kind="srs", invited=6))
    both = wb.assume(given, "wie niets invulde, verschilt niet")
    assert wb.compare_paired(both, both, "h", key="k").data["n"].tolist() == [4, 4]
